// SPDX-License-Identifier: GPL-2.0-only
// What a spec says about sockets.
#include <algorithm>

#include "kdoc/macro_build.h"

namespace kapi {
namespace {

constexpr std::string_view kProtocols = "kapi_socket_protocol";
constexpr std::string_view kStates = "kapi_socket_state";

std::optional<Bits> mask(std::optional<uint64_t> bits) {
  return bits ? std::optional(Bits{*bits}) : std::nullopt;
}

std::optional<bool> truth(const MacroRecord& record, std::string_view member) {
  return record.flag(member, member) ? std::optional(true) : std::nullopt;
}

struct Feature {
  std::string_view member;
  std::string_view name;
};
template <size_t N>
std::vector<std::string> features(const MacroRecord& record, const Feature (&all)[N]) {
  std::vector<std::string> names;
  for (const Feature& feature : all) {
    if (record.flag(feature.member, "features")) {
      names.emplace_back(feature.name);
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

SocketState build_socket_state(const MacroRecord& record) {
  SocketState state;
  state.required_states =
      record.token_list("required_states", "required_state_count", kStates, "required_states");
  state.forbidden_states =
      record.token_list("forbidden_states", "forbidden_state_count", kStates, "forbidden_states");
  const std::string result = record.token("resulting_state", kStates, "resulting_state");
  state.resulting_state = result == "unspec" ? "" : result;
  state.state_condition = record.prose("state_condition", "state_condition");
  state.applicable_protocols =
      record.tokens("applicable_protocols", kProtocols, "applicable_protocols");
  return state;
}

ProtocolBehavior build_protocol(const MacroRecord& record) {
  return {record.tokens("applicable_protocols", kProtocols, "applicable_protocols"),
          record.prose("behavior", "behavior"), record.nonzero("protocol_flags", "protocol_flags"),
          record.prose("flag_description", "flag_description")};
}

BufferSpec build_buffer(const MacroRecord& record) {
  return {record.tokens("buffer_behaviors", "kapi_buffer_behavior", "buffer_behaviors"),
          record.nonzero_bits("min_buffer_size", "min_buffer_size"),
          record.nonzero_bits("max_buffer_size", "max_buffer_size"),
          record.nonzero_bits("optimal_buffer_size", "optimal_buffer_size"),
          record.prose("fragmentation_rules", "fragmentation_rules"),
          truth(record, "can_partial_transfer"),
          record.prose("partial_transfer_rules", "partial_transfer_rules")};
}

AsyncSpec build_async(const MacroRecord& record) {
  return {record.tokens("supported_modes", "kapi_async_behavior", "supported_modes"),
          record.nonzero("nonblock_errno", "nonblock_errno"),
          mask(record.nonzero_bits("poll_events_in", "poll_events_in", 32)),
          mask(record.nonzero_bits("poll_events_out", "poll_events_out", 32)),
          record.prose("completion_condition", "completion_condition"),
          truth(record, "supports_timeout"),
          record.prose("timeout_behavior", "timeout_behavior")};
}

AddressFamily build_family(const MacroRecord& record) {
  AddressFamily family;
  family.name = record.text("family_name", "name");
  family.family = record.number("family", "family");
  family.addr_struct_size = record.nonzero_bits("addr_struct_size", "addr_struct_size");
  family.min_addr_len = record.nonzero_bits("min_addr_len", "min_addr_len");
  family.max_addr_len = record.nonzero_bits("max_addr_len", "max_addr_len");
  family.addr_format = record.prose("addr_format", "addr_format");
  family.features = features(record, {{"supports_broadcast", "broadcast"},
                                      {"supports_multicast", "multicast"},
                                      {"supports_wildcard", "wildcard"}});
  family.special_addresses = record.prose("special_addresses", "special_addresses");
  family.port_range_min = record.nonzero_bits("port_range_min", "port_range_min", 32);
  family.port_range_max = record.nonzero_bits("port_range_max", "port_range_max", 32);
  return family;
}

// A part that is all zero says nothing.
template <class T>
std::optional<T> build_part(const MacroRecord& spec, std::string_view member,
                            T (*build)(const MacroRecord&)) {
  const auto record = spec.record(member, "network/" + std::string(member) + "/");
  return record.blank() ? std::nullopt : std::optional(build(record));
}

}  // namespace

std::optional<Network> build_macro_network(const MacroRecord& spec) {
  Network network;
  network.socket_state = build_part(spec, "socket_state", build_socket_state);
  for (const auto& record : spec.records("protocol_behaviors", "protocol_behavior_count")) {
    network.protocol_behaviors.push_back(build_protocol(record.at("network/protocol_behaviors/")));
  }
  network.buffer_spec = build_part(spec, "buffer_spec", build_buffer);
  network.async_spec = build_part(spec, "async_spec", build_async);
  for (const auto& record : spec.records("addr_families", "addr_family_count")) {
    network.addr_families.push_back(build_family(record.at("network/addr_families/")));
  }
  const MacroRecord own = spec.at("network/");
  network.features = features(own, {{"is_connection_oriented", "connection_oriented"},
                                    {"is_message_oriented", "message_oriented"},
                                    {"supports_oob_data", "oob_data"},
                                    {"supports_peek", "peek"},
                                    {"supports_select_poll", "select_poll"},
                                    {"is_reentrant", "reentrant"}});
  network.connection_establishment =
      own.prose("connection_establishment", "connection_establishment");
  network.connection_termination = own.prose("connection_termination", "connection_termination");
  network.data_transfer_semantics = own.prose("data_transfer_semantics", "data_transfer_semantics");
  return network == Network{} ? std::nullopt : std::optional(std::move(network));
}

}  // namespace kapi
