// SPDX-License-Identifier: GPL-2.0-only
// Specs of ioctls, sysfs attributes and sockets.
#include "macro_sample.h"

using namespace kapi;
using Strings = std::vector<std::string>;

TEST_CASE("a driver's command as RFC v1 declares it") {
  const MacroSample sample(R"(
static const struct kapi_ioctl_spec fwctl_info_spec __used = {
	.cmd = _IOWR(0x9a, 1, __u64),
	.cmd_name = "FWCTL_INFO",
	.input_size = sizeof(__u32),
	.output_size = sizeof(struct fwctl_info),
	.file_ops_name = "fwctl_fops",
	.api_spec = {
		.name = "fwctl_info",
		KAPI_DESCRIPTION("Ask")
		KAPI_IOCTL_PARAM_SIZE
		KAPI_IOCTL_PARAM_FLAGS
		KAPI_IOCTL_PARAM_USER_OUT_BUF(2, "out", "Data", 0)
		KAPI_IOCTL_PARAM_LEN(3, "len", "Length", 1 << 20)
		.param_count = 4,
	},
};
static const struct kapi_ioctl_spec *all[] = { &fwctl_info_spec };
KAPI_IOCTL_SPEC_DRIVER("fwctl", { &fwctl_info_spec, })
)");
  CHECK(sample.problems() == Strings{});
  REQUIRE(sample.specs.apis.size() == 1);
  const Api& api = sample.api();
  CHECK(api.name == "fwctl_info");
  CHECK(api.kind == "ioctl");
  CHECK(api.description == "Ask");
  CHECK(api.cmd == Bits{0xc0089a01});
  CHECK(api.cmd_name == "FWCTL_INFO");
  CHECK(api.input_size == 4U);
  CHECK(!api.output_size);
  CHECK(expression_of(api, "output_size") == "sizeof(struct fwctl_info)");
  CHECK(api.file_ops_name == "fwctl_fops");
  REQUIRE(api.params.size() == 4);
  CHECK(api.params[0].constraint->type == "custom");
  CHECK(api.params[1].constraint->mask == Bits{0});
  CHECK(api.params[2].flags == Strings{"out", "user"});
  CHECK(api.params[2].size_param == 0);
  CHECK(api.params[3].constraint->max == 1048576);
  CHECK(api.params[3].flags == Strings{"inout"});
  CHECK(sample.specs.origins.at(0).symbol == "fwctl_info_spec");
}

TEST_CASE("a driver's command by macros") {
  const MacroSample sample(R"(
DEFINE_KAPI_IOCTL_SPEC(binder_freeze)
	KAPI_IOCTL_CMD(_IOW('b', 14, __u64)) KAPI_IOCTL_CMD_NAME("BINDER_FREEZE")
	KAPI_IOCTL_INPUT_SIZE(12) KAPI_IOCTL_OUTPUT_SIZE(0) KAPI_IOCTL_FILE_OPS_NAME("binder_fops")
KAPI_END_SPEC;
KAPI_DEFINE_IOCTL_SPEC(two_spec, _IO('b', 2), "TWO", 1, 2, "fops")
	KAPI_DESCRIPTION("second")
KAPI_END_IOCTL_SPEC;
DEFINE_IOCTL_API_SPEC(three, THREE, "THREE")
	KAPI_DESCRIPTION("third")
	KAPI_IOCTL_SIZE(5, 6)
	KAPI_IOCTL_FILE_OPS(some_fops)
KAPI_IOCTL_END_SPEC
DEFINE_IOCTL_HANDLER(four, FOUR, four_handler, u64, last)
	KAPI_DESCRIPTION("fourth")
KAPI_IOCTL_HANDLER_END;
)");
  CHECK(sample.problems() == Strings{});
  REQUIRE(sample.specs.apis.size() == 4);
  CHECK(sample.api(0).kind == "ioctl");
  CHECK(sample.api(0).version == 1);
  CHECK(sample.api(0).cmd == Bits{0x4008620e});
  CHECK(sample.api(0).input_size == 12U);
  CHECK(!sample.api(0).output_size);
  CHECK(sample.specs.origins[0].symbol == "__kapi_ioctl_spec_binder_freeze");
  CHECK(sample.api(1).name == "two_spec");
  CHECK(sample.api(1).cmd == Bits{0x6202});
  CHECK(sample.api(1).description == "second");
  CHECK(sample.api(1).file_ops_name == "fops");
  CHECK(sample.api(2).kind == "ioctl");
  CHECK(sample.api(2).description == "third");
  CHECK(sample.api(2).output_size == 6U);
  CHECK(sample.api(2).file_ops_name == "some_fops");
  CHECK(expression_of(sample.api(2), "cmd") == "THREE");
  CHECK(sample.api(3).cmd_name == "FOUR");
  CHECK(sample.api(3).input_size == 8U);
  CHECK(sample.api(3).description == "fourth");
}

TEST_CASE("a sysfs attribute") {
  const MacroSample sample(R"(
DEFINE_SYSFS_API_SPEC(nr_requests)
	KAPI_DESCRIPTION("Queue depth")
	KAPI_SUBSYSTEM("block") KAPI_DEVICE_TYPE("disk")
	KAPI_PARAM(0, "nr_requests", "unsigned long", "Requests")
		KAPI_PARAM_TYPE(KAPI_TYPE_UINT)
		KAPI_PARAM_FLAGS(KAPI_PARAM_SYSFS_RW)
		KAPI_PATH("/sys/block/<disk>/queue/nr_requests")
		KAPI_PERMISSIONS(0644)
		KAPI_PARAM_RANGE(4, INT_MAX)
		KAPI_STEP(2) KAPI_UNITS("requests") KAPI_DEFAULT("128")
	KAPI_PARAM_END
	KAPI_PARAM_COUNT(1)
KAPI_END_SPEC;
)");
  CHECK(sample.problems() == Strings{});
  const Api& api = sample.api();
  CHECK(api.kind == "sysfs");
  CHECK(api.subsystem == "block");
  CHECK(api.device_type == "disk");
  CHECK(!api.return_);
  REQUIRE(api.params.size() == 1);
  const Param& param = api.params[0];
  CHECK(param.sysfs_permissions == "0644");
  CHECK(param.flags == Strings{"sysfs_rw"});
  CHECK(param.constraint == Constraint{"range", 4, 2147483647, {}, {}, {}, {}});
  CHECK(param.step == 2);
  CHECK(param.default_value == "128");
  CHECK(param.units == "requests");
}

TEST_CASE("a socket") {
  const auto sample = macro_spec(R"(
	KAPI_SOCKET_STATE_REQ(KAPI_SOCK_STATE_BOUND, KAPI_SOCK_STATE_OPEN)
		KAPI_SOCKET_STATE_FORBID(KAPI_SOCK_STATE_LISTEN)
		KAPI_SOCKET_STATE_RESULT(KAPI_SOCK_STATE_CONNECTED)
		KAPI_SOCKET_STATE_COND("when it can")
		KAPI_SOCKET_STATE_PROTOS(KAPI_PROTO_TCP | KAPI_PROTO_UDP)
	KAPI_SOCKET_STATE_END
	KAPI_PROTOCOL_BEHAVIOR(0, KAPI_PROTO_ALL, "as always")
		KAPI_PROTOCOL_FLAGS(3, "two of them")
	KAPI_PROTOCOL_BEHAVIOR_END
	KAPI_PROTOCOL_BEHAVIOR_COUNT(1)
	KAPI_BUFFER_SPEC(KAPI_BUF_PEEK | KAPI_BUF_SCATTER)
		KAPI_BUFFER_SIZE(0, 65536, 4096) KAPI_BUFFER_PARTIAL(true, "some") KAPI_BUFFER_FRAGMENT("no")
	KAPI_BUFFER_END
	KAPI_ASYNC_SPEC(KAPI_ASYNC_BLOCK | KAPI_ASYNC_EPOLL, -EAGAIN)
		KAPI_ASYNC_POLL(0x1, 0x4) KAPI_ASYNC_COMPLETION("done") KAPI_ASYNC_TIMEOUT(true, "late")
	KAPI_ASYNC_END
	KAPI_ADDR_FAMILY(0, 2, "AF_INET", 16, 16, 16)
		KAPI_ADDR_FORMAT("port and address") KAPI_ADDR_FEATURES(true, false, true)
		KAPI_ADDR_SPECIAL("0.0.0.0") KAPI_ADDR_PORTS(0, 65535)
	KAPI_ADDR_FAMILY_END
	KAPI_ADDR_FAMILY_COUNT(1)
	KAPI_NET_CONNECTION_ORIENTED KAPI_NET_SUPPORTS_OOB
	KAPI_NET_CONN_ESTABLISH("three ways")
)");
  CHECK(sample.problems() == Strings{});
  REQUIRE(sample.api().network);
  const Network& net = *sample.api().network;
  REQUIRE(net.socket_state);
  CHECK(net.socket_state->required_states == Strings{"bound", "open"});
  CHECK(net.socket_state->forbidden_states == Strings{"listen"});
  CHECK(net.socket_state->resulting_state == "connected");
  CHECK(net.socket_state->applicable_protocols == Strings{"tcp", "udp"});
  REQUIRE(net.protocol_behaviors.size() == 1);
  CHECK(net.protocol_behaviors[0].applicable_protocols == Strings{"all"});
  CHECK(net.protocol_behaviors[0].protocol_flags == 3);
  REQUIRE(net.buffer_spec);
  CHECK(net.buffer_spec->buffer_behaviors == Strings{"peek", "scatter"});
  CHECK(net.buffer_spec->can_partial_transfer == true);
  CHECK(!net.buffer_spec->min_buffer_size);
  REQUIRE(net.async_spec);
  CHECK(net.async_spec->supported_modes == Strings{"epoll"});
  CHECK(net.async_spec->nonblock_errno == -11);
  CHECK(net.async_spec->poll_events_out == Bits{4});
  REQUIRE(net.addr_families.size() == 1);
  CHECK(net.addr_families[0].features == Strings{"broadcast", "wildcard"});
  CHECK(net.addr_families[0].port_range_max == 65535U);
  CHECK(net.features == Strings{"connection_oriented", "oob_data"});
  CHECK(net.connection_establishment == "three ways");
}

TEST_CASE("a spec in the syscall's own definition") {
  const MacroSample sample(R"(
SYSCALL_DEFINE_SPEC1(x, KAPI_DESCRIPTION("one") KAPI_PARAM_FD(0, "it") KAPI_PARAM_COUNT(1), int, fd)
{
	return fd;
}
COMPAT_SYSCALL_DEFINE_SPEC0(y, KAPI_DESCRIPTION("none"))
{
	return 0;
}
)");
  CHECK(sample.problems() == Strings{});
  REQUIRE(sample.specs.apis.size() == 2);
  CHECK(sample.api(0).name == "sys_x");
  CHECK(sample.api(0).params.size() == 1);
  CHECK(sample.api(1).name == "compat_sys_y");
  CHECK(sample.api(1).kind == "function");
}

TEST_CASE("declarations that are no specs") {
  const MacroSample sample(R"(
struct kernel_api_spec { const char *name; };
extern struct kernel_api_spec __start_kapi_specs[], __stop_kapi_specs[];
static const struct kernel_api_spec *last = NULL;
int f(struct kernel_api_spec a, struct kapi_ioctl_spec b)
{
	struct kernel_api_spec copy = {0}, *p = &a;
	struct kapi_ioctl_spec other = b;
	KAPI_SIGNAL_COUNT(1);
	DEFINE_KERNEL_API_SPEC;
	return p->name == copy.name;
}
)");
  CHECK(sample.specs.apis.empty());
  CHECK(sample.problems() == Strings{});
}
