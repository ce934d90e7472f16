// SPDX-License-Identifier: GPL-2.0-only
// What the framework's macros and plain initialisers come to.
#include "macro_sample.h"

using namespace kapi;
using Strings = std::vector<std::string>;

TEST_CASE("a syscall's spec") {
  const MacroSample sample(R"(
#include <linux/syscall_api_spec.h>
/* DEFINE_KERNEL_API_SPEC(in_a_comment) KAPI_END_SPEC; */
static const s64 lock_errors[] = { -ENOMEM, -EPERM, };

DEFINE_KERNEL_API_SPEC(sys_mlock)
	KAPI_DESCRIPTION("Lock pages "
			 "in memory")
	KAPI_LONG_DESC("All of them.\n" "Really.  ")
	KAPI_SYSCALL_SLEEPABLE

	KAPI_PARAM(0, "start", "unsigned long", "First address")
		KAPI_PARAM_FLAGS(KAPI_PARAM_IN)
		.type = KAPI_TYPE_UINT,
		.constraint_type = KAPI_CONSTRAINT_NONE,
	KAPI_PARAM_END
	KAPI_PARAM(1, "len", "size_t", "How much")
		KAPI_PARAM_FLAGS(KAPI_PARAM_IN | KAPI_PARAM_OPTIONAL)
		KAPI_PARAM_TYPE(KAPI_TYPE_UINT)
		KAPI_PARAM_RANGE(0, LONG_MAX)
		KAPI_PARAM_CONSTRAINT_TYPE(KAPI_CONSTRAINT_RANGE)
		.constraints = "Rounded up",
	KAPI_PARAM_END
	.param_count = 2,

	.return_spec = {
		.type_name = "long",
		.type = KAPI_TYPE_INT,
		.check_type = KAPI_RETURN_ERROR_CHECK,
		.error_values = lock_errors,
		.error_count = ARRAY_SIZE(lock_errors),
		.description = "0 or an error",
	},
	KAPI_ERROR(0, -ENOMEM, "ENOMEM", "no memory", "There is none.")
	KAPI_ERROR(1, -EPERM, "EPERM", "not allowed", "Limit is 0.")
	.error_count = 2,

	.locks[0] = {
		.lock_name = "mmap_lock",
		.lock_type = KAPI_LOCK_RWLOCK,
		.acquired = true,
		.released = true,
		.description = "of the process",
	},
	KAPI_LOCK(1, "caller's", KAPI_LOCK_MUTEX)
		KAPI_LOCK_HELD_ENTRY
		KAPI_LOCK_HELD_EXIT
	KAPI_LOCK_END
	KAPI_LOCK(2, "taken", KAPI_LOCK_SPINLOCK)
		KAPI_LOCK_ACQUIRED
		KAPI_LOCK_DESC("and kept")
	KAPI_LOCK_END
	KAPI_LOCK_COUNT(3)
	KAPI_SINCE_VERSION("2.0")
KAPI_END_SPEC;
)");
  REQUIRE(sample.specs.apis.size() == 1);
  CHECK(sample.problems() == Strings{});
  CHECK(sample.specs.forms == std::set<std::string>{"macros"});
  REQUIRE(sample.specs.origins.size() == 1);
  CHECK(sample.specs.origins[0].subject == "sys_mlock");
  CHECK(sample.specs.origins[0].symbol == "__kapi_spec_sys_mlock");
  CHECK(sample.specs.origins[0].section == "fs/x.c:6");

  Api expected;
  expected.name = "sys_mlock";
  expected.kind = "syscall";
  expected.version = 1;
  expected.description = "Lock pages in memory";
  expected.long_description = "All of them.\nReally.";
  expected.contexts = {"process", "sleepable"};
  expected.params.resize(2);
  expected.params[0].name = "start";
  expected.params[0].type_name = "unsigned long";
  expected.params[0].type = "uint";
  expected.params[0].flags = {"in"};
  expected.params[0].description = "First address";
  expected.params[1].name = "len";
  expected.params[1].type_name = "size_t";
  expected.params[1].type = "uint";
  expected.params[1].flags = {"in", "optional"};
  expected.params[1].constraint = Constraint{"range", 0, INT64_MAX, {}, {}, {}, {}};
  expected.params[1].description = "How much";
  expected.params[1].constraint_text = "Rounded up";
  expected.return_ = Return{"long", "int", "error_check", {}, {}, {}, {-12, -1}, "0 or an error"};
  expected.errors = {{"ENOMEM", -12, "no memory", "There is none."},
                     {"EPERM", -1, "not allowed", "Limit is 0."}};
  expected.locks = {{"mmap_lock", "rwlock", "internal", "of the process"},
                    {"caller's", "mutex", "caller_held", ""},
                    {"taken", "spinlock", "acquires", "and kept"}};
  expected.since_version = "2.0";
  CHECK(sample.api() == expected);
}

TEST_CASE("signals, structs, effects, transitions, capabilities") {
  const auto sample = macro_spec(R"(
	KAPI_SIGNAL(0, SIGIO, "SIGIO", KAPI_SIGNAL_SEND, KAPI_SIGNAL_ACTION_CUSTOM)
		KAPI_SIGNAL_TARGET("the owner")
		KAPI_SIGNAL_CONDITION("when ready")
		KAPI_SIGNAL_DESC("sent")
		KAPI_SIGNAL_RESTARTABLE
		KAPI_SIGNAL_SA_FLAGS_REQ(0x4)
		KAPI_SIGNAL_SA_FLAGS_FORBID(~0)
		KAPI_SIGNAL_ERROR(-EINTR)
		KAPI_SIGNAL_TRANSFORM(9)
		KAPI_SIGNAL_TIMING(KAPI_SIGNAL_TIME_BLOCKING)
		KAPI_SIGNAL_PRIORITY(7)
		KAPI_SIGNAL_INTERRUPTIBLE
		KAPI_SIGNAL_QUEUE(KAPI_SIGNAL_QUEUE_REALTIME)
		KAPI_SIGNAL_STATE_REQ(KAPI_SIGNAL_STATE_RUNNING | KAPI_SIGNAL_STATE_DEAD)
		KAPI_SIGNAL_STATE_FORBID(KAPI_SIGNAL_STATE_ZOMBIE)
	KAPI_SIGNAL_END
	KAPI_SIGNAL_COUNT(1)
	KAPI_SIGNAL_MASK(0, "blocked", "while it waits")
		KAPI_SIGNAL_MASK_SIGNALS(9, 2, 15)
	KAPI_SIGNAL_MASK_END
	KAPI_SIGNAL_MASK_COUNT(1)
	KAPI_STRUCT_SPEC(0, struct  how, "How to")
		KAPI_STRUCT_SIZE(sizeof(u64) * 2, 8)
		KAPI_STRUCT_FIELD_COUNT(2)
		KAPI_STRUCT_FIELD(0, "flags", KAPI_TYPE_UINT, "__u64", "What")
			KAPI_FIELD_OFFSET(0) KAPI_FIELD_SIZE(8) KAPI_FIELD_FLAGS(KAPI_PARAM_IN)
			KAPI_FIELD_CONSTRAINT_MASK(0xf0)
		KAPI_STRUCT_FIELD_END
		KAPI_STRUCT_FIELD(1, "mode", KAPI_TYPE_UINT, "__u64", "Mode")
			KAPI_FIELD_OFFSET(8)
			KAPI_FIELD_CONSTRAINT_RANGE(1, 7)
		KAPI_STRUCT_FIELD_END
	KAPI_STRUCT_SPEC_END
	KAPI_STRUCT_SPEC_COUNT(1)
	KAPI_SIDE_EFFECT(0, KAPI_EFFECTS_MEMORY | KAPI_EFFECT_SCHEDULE, "pages", "gets some")
		KAPI_EFFECT_CONDITION("if any") KAPI_EFFECT_REVERSIBLE
	KAPI_SIDE_EFFECT_END
	KAPI_SIDE_EFFECT_COUNT(1)
	KAPI_STATE_TRANS(0, "page", "free", "locked", "is locked")
		KAPI_STATE_TRANS_COND("on success")
	KAPI_STATE_TRANS_END
	KAPI_STATE_TRANS_COUNT(1)
	KAPI_CAPABILITY(0, CAP_IPC_LOCK, "CAP_IPC_LOCK", KAPI_CAP_INCREASE_LIMIT)
		KAPI_CAP_ALLOWS("more") KAPI_CAP_WITHOUT("less") KAPI_CAP_CONDITION("over it")
		KAPI_CAP_PRIORITY(3)
		.alternative = { CAP_SYS_ADMIN, CAP_CHOWN }, .alternative_count = 2,
	KAPI_CAPABILITY_END
	KAPI_CAPABILITY_COUNT(1)
	KAPI_CONSTRAINT(0, "limit", "of memory") KAPI_CONSTRAINT_EXPR("a < b") KAPI_CONSTRAINT_END
	KAPI_CONSTRAINT_COUNT(1)
)");
  CHECK(sample.problems() == Strings{});
  const Api& api = sample.api();
  Signal signal;
  signal.name = "SIGIO";
  signal.direction = {"send"};
  signal.action = "custom";
  signal.target = "the owner";
  signal.condition = "when ready";
  signal.description = "sent";
  signal.timing = "while_blocked";
  signal.priority = 7;
  signal.restartable = true;
  signal.interruptible = true;
  signal.error = -4;
  signal.transform_to = 9;
  signal.queue_behavior = "realtime";
  signal.sa_flags_required = Bits{4};
  signal.sa_flags_forbidden = Bits{0xffffffff};
  signal.state_required = {"dead", "running"};
  signal.state_forbidden = {"zombie"};
  signal.number = api.signals.at(0).number;  // of the target, see below
  CHECK(api.signals == std::vector<Signal>{signal});
  CHECK((signal.number == 29 || expression_of(api, "signals/SIGIO/number") == "SIGIO"));
  CHECK(api.signal_masks == std::vector<SignalMask>{{"blocked", {2, 9, 15}, "while it waits"}});

  REQUIRE(api.structs.size() == 1);
  const Struct& how = api.structs[0];
  CHECK(how.name == "struct how");
  CHECK(how.size == 16U);
  CHECK(how.alignment == 8U);
  REQUIRE(how.fields.size() == 2);
  CHECK(how.fields[0].constraint == Constraint{"mask", {}, {}, Bits{0xf0}, {}, {}, {}});
  CHECK(how.fields[0].flags == Strings{"in"});
  CHECK(how.fields[0].size == 8U);
  CHECK(how.fields[1].offset == 8);
  CHECK(how.fields[1].constraint == Constraint{"range", 1, 7, {}, {}, {}, {}});
  CHECK(api.side_effects ==
        std::vector<SideEffect>{
            {{"alloc_memory", "free_memory", "schedule"}, "pages", "if any", "gets some", true}});
  CHECK(api.state_transitions ==
        std::vector<StateTransition>{{"page", "free", "locked", "on success", "is locked"}});
  CHECK(api.capabilities ==
        std::vector<Capability>{
            {"CAP_IPC_LOCK", 14, "increase_limit", "more", "less", "over it", 3, {0, 21}}});
  CHECK(api.constraints == std::vector<ApiConstraint>{{"limit", "a < b", "of memory"}});
}

TEST_CASE("ready-made elements are filled but for their words, which are not known") {
  const auto sample = macro_spec(R"(
	KAPI_PARAM_FD(0, "the file")
	KAPI_PARAM_USER_BUF(1, "buf", "the bytes")
	KAPI_PARAM_USER_STRUCT(2, "ts", u64, "a time")
	KAPI_PARAM_SIZE_T(3, "n", "how many")
	KAPI_PARAM_COUNT(4)
	KAPI_RETURN_FD_SPEC
	KAPI_ERROR_EBADF(0) KAPI_ERROR_EINVAL(1, "n is odd")
	KAPI_ERROR_COUNT(2)
	KAPI_SIGNAL_INTERRUPTIBLE_SLEEP
	KAPI_SIGNAL_FATAL_DEFAULT,
	KAPI_SIGNAL_STOP_CONT
	KAPI_SIGNAL_COUNT(5)
)");
  CHECK(sample.problems() == Strings{});
  const Api& api = sample.api();
  REQUIRE(api.params.size() == 4);
  CHECK(api.params[0].type == "fd");
  CHECK(api.params[0].type_name == "int");
  CHECK(!api.params[0].constraint);
  CHECK(api.params[1].flags == Strings{"in", "user"});
  CHECK(api.params[2].type_name == "u64 __user *");
  CHECK(api.params[2].size == 8U);
  CHECK(!api.params[2].size_param);
  CHECK(api.return_->check == "fd");
  REQUIRE(api.errors.size() == 2);
  CHECK(api.errors[0].code == -9);
  CHECK(api.errors[1].condition == "n is odd");
  CHECK(api.errors[1].description.empty());
  const auto words = [&](const std::string& path) {
    return std::count_if(
        api.unresolved.begin(), api.unresolved.end(), [&](const Unresolved& value) {
          return value.path == path && value.expression.starts_with("WORDS_OF_KAPI_");
        });
  };
  CHECK(words("errors/EBADF/condition") == 1);
  CHECK(words("errors/EINVAL/description") == 1);
  CHECK(words("errors/EINVAL/condition") == 0);
  CHECK(words("return/description") == 1);
  CHECK(words("signals/SIGKILL/description") == 1);
  REQUIRE(api.signals.size() == 5);
  CHECK(api.signals[0].timing == "while_sleeping");
  CHECK(api.signals[2].action == "terminate");
  CHECK(api.signals[4].name == "SIGCONT");
}

TEST_CASE("a count limits what a binary holds") {
  const std::string error = "KAPI_ERROR(0, -1, \"EPERM\", \"no\", \"\")\n";
  SUBCASE("without one there is nothing") {
    const auto sample = macro_spec(error);
    CHECK(sample.api().errors.empty());
    CHECK(sample.problems() == Strings{"element-uncounted fs/x.c:1"});
  }
  SUBCASE("a smaller one cuts") {
    const auto sample =
        macro_spec(error + "KAPI_ERROR(1, -2, \"ENOENT\", \"\", \"\")\nKAPI_ERROR_COUNT(1)");
    CHECK(sample.api().errors.size() == 1);
    CHECK(sample.problems() == Strings{"element-uncounted fs/x.c:4"});
  }
  SUBCASE("a larger one counts blanks, which are parameters only") {
    const auto sample = macro_spec(error + "KAPI_ERROR_COUNT(3)\nKAPI_PARAM_COUNT(1)");
    CHECK(sample.api().errors.size() == 1);
    REQUIRE(sample.api().params.size() == 1);
    CHECK(sample.api().params[0].name == "unnamed_0");
    CHECK(sample.has_problem("element-blank fs/x.c:3"));
  }
  SUBCASE("one past the array's end is cut") {
    const auto sample = macro_spec(error + "KAPI_ERROR_COUNT(4294967295)");
    CHECK(sample.api().errors.size() == 1);
    CHECK(sample.has_problem("count-too-large fs/x.c:3"));
  }
  SUBCASE("one that is not known does not") {
    const auto sample = macro_spec(error + "KAPI_ERROR_COUNT(HOW_MANY)");
    CHECK(sample.api().errors.size() == 1);
    CHECK(sample.has_problem("count-unresolved fs/x.c:3"));
  }
}

TEST_CASE("initialisers as C has them") {
  const auto sample = macro_spec(R"(
	.errors = { { -1, "EPERM", "a" }, [2] = { .name = "E2", .error_code = -7 }, { -3, "E3" } },
	.error_count = 4,
	.return_spec.type_name = "int", .return_spec.check_type = 3,
	.params[0] = { .name = "lost", .type_name = "int" },
	.params[0] = { .name = ("kept") },
	.params[0].flags = KAPI_PARAM_IN | KAPI_PARAM_OUT | KAPI_PARAM_USER,
	.param_count = 0x1u
	.version = { 7 },
	.description = "tab\tand \"quote\" and \x41\102 and \u00e9"
)");
  CHECK(sample.problems() == Strings{"element-blank fs/x.c:4"});
  const Api& api = sample.api();
  CHECK(api.version == 7);
  CHECK(api.description == "tab\tand \"quote\" and AB and \u00e9");
  CHECK(api.errors ==
        std::vector<Error>{{"EPERM", -1, "a", ""}, {"E2", -7, "", ""}, {"E3", -3, "", ""}});
  REQUIRE(api.return_);
  CHECK(api.return_->check == "fd");
  REQUIRE(api.params.size() == 1);
  CHECK(api.params[0].name == "kept");
  CHECK(api.params[0].type_name.empty());
  CHECK(api.params[0].flags == Strings{"inout", "user"});
}
