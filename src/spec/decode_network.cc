// SPDX-License-Identifier: GPL-2.0-only
// What a spec says about sockets, from RFC v2 to PATCH v2.
#include <algorithm>

#include "spec/decode.h"

namespace kapi {
namespace {

constexpr std::string_view kProtocols = "kapi_socket_protocol";
constexpr std::string_view kStates = "kapi_socket_state";

std::optional<Bits> mask(std::optional<uint64_t> bits) {
  return bits ? std::optional(Bits{*bits}) : std::nullopt;
}

std::optional<bool> truth(const Record& record, std::string_view member) {
  return record.flag(member) ? std::optional(true) : std::nullopt;
}

// The names of the members that are set.
struct Feature {
  std::string_view member;
  std::string_view name;
};
template <size_t N>
std::vector<std::string> features(const Record& record, const Feature (&all)[N]) {
  std::vector<std::string> names;
  for (const Feature& feature : all) {
    if (record.flag(feature.member)) {
      names.emplace_back(feature.name);
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

SocketState decode_socket_state(const Record& record) {
  SocketState state;
  state.required_states = record.token_list("required_states", "required_state_count", kStates);
  state.forbidden_states = record.token_list("forbidden_states", "forbidden_state_count", kStates);
  if (record.bits("resulting_state") != 0) {
    state.resulting_state = record.token("resulting_state", kStates);
  }
  state.state_condition = record.prose("state_condition");
  state.applicable_protocols = record.tokens("applicable_protocols", kProtocols);
  return state;
}

ProtocolBehavior decode_protocol(const Record& record) {
  return {record.tokens("applicable_protocols", kProtocols), record.prose("behavior"),
          record.nonzero("protocol_flags"), record.prose("flag_description")};
}

BufferSpec decode_buffer(const Record& record) {
  return {record.tokens("buffer_behaviors", "kapi_buffer_behavior"),
          record.nonzero_bits("min_buffer_size"),
          record.nonzero_bits("max_buffer_size"),
          record.nonzero_bits("optimal_buffer_size"),
          record.prose("fragmentation_rules"),
          truth(record, "can_partial_transfer"),
          record.prose("partial_transfer_rules")};
}

AsyncSpec decode_async(const Record& record) {
  return {record.tokens("supported_modes", "kapi_async_behavior"),
          record.nonzero("nonblock_errno"),
          mask(record.nonzero_bits("poll_events_in")),
          mask(record.nonzero_bits("poll_events_out")),
          record.prose("completion_condition"),
          truth(record, "supports_timeout"),
          record.prose("timeout_behavior")};
}

AddressFamily decode_family(const Record& record) {
  AddressFamily family;
  family.name = record.text("family_name");
  family.family = record.number("family");
  family.addr_struct_size = record.nonzero_bits("addr_struct_size");
  family.min_addr_len = record.nonzero_bits("min_addr_len");
  family.max_addr_len = record.nonzero_bits("max_addr_len");
  family.addr_format = record.prose("addr_format");
  family.features = features(record, {{"supports_broadcast", "broadcast"},
                                      {"supports_multicast", "multicast"},
                                      {"supports_wildcard", "wildcard"}});
  family.special_addresses = record.prose("special_addresses");
  family.port_range_min = record.nonzero_bits("port_range_min");
  family.port_range_max = record.nonzero_bits("port_range_max");
  return family;
}

// A part that is all zero says nothing.
template <class T>
std::optional<T> decode_part(const Record& spec, std::string_view member,
                             T (*decode)(const Record&)) {
  const auto record = spec.record(member);
  return record && !record->blank() ? std::optional(decode(*record)) : std::nullopt;
}

}  // namespace

std::optional<Network> decode_network(const Record& spec) {
  if (!spec.has("socket_state")) {
    return std::nullopt;
  }
  Network network;
  network.socket_state = decode_part(spec, "socket_state", decode_socket_state);
  for (const auto& record : spec.records("protocol_behaviors", "protocol_behavior_count")) {
    network.protocol_behaviors.push_back(decode_protocol(record));
  }
  network.buffer_spec = decode_part(spec, "buffer_spec", decode_buffer);
  network.async_spec = decode_part(spec, "async_spec", decode_async);
  for (const auto& record : spec.records("addr_families", "addr_family_count")) {
    network.addr_families.push_back(decode_family(record));
  }
  network.features = features(spec, {{"is_connection_oriented", "connection_oriented"},
                                     {"is_message_oriented", "message_oriented"},
                                     {"supports_oob_data", "oob_data"},
                                     {"supports_peek", "peek"},
                                     {"supports_select_poll", "select_poll"},
                                     {"is_reentrant", "reentrant"}});
  network.connection_establishment = spec.prose("connection_establishment");
  network.connection_termination = spec.prose("connection_termination");
  network.data_transfer_semantics = spec.prose("data_transfer_semantics");
  return network == Network{} ? std::nullopt : std::optional(std::move(network));
}

}  // namespace kapi
