// SPDX-License-Identifier: GPL-2.0-only
// The lists of a spec that are read member by member, without logic of their own.
#include <fmt/format.h>

#include "spec/decode.h"

namespace kapi {
namespace {

std::optional<Bits> mask(std::optional<uint64_t> bits) {
  return bits ? std::optional(Bits{*bits}) : std::nullopt;
}

Error decode_error(const Record& record) {
  return {record.text("name"), record.number("error_code"), record.prose("condition"),
          record.prose("description")};
}

// Until RFC v4 four flags say what one scope says since. A call that takes a lock and gives it
// back, like one that says nothing, keeps it to itself.
std::string decode_scope(const Record& record) {
  if (!record.has("acquired")) {
    return record.token("scope", "kapi_lock_scope");
  }
  const bool acquired = record.flag("acquired");
  const bool released = record.flag("released");
  if (acquired != released) {
    return acquired ? "acquires" : "releases";
  }
  const bool held = record.flag("held_on_entry") || record.flag("held_on_exit");
  return held && !acquired ? "caller_held" : "internal";
}

Lock decode_lock(const Record& record) {
  return {record.text("lock_name"), record.token("lock_type", "kapi_lock_type"),
          decode_scope(record), record.prose("description")};
}

ApiConstraint decode_api_constraint(const Record& record) {
  return {record.text("name"), record.prose("expression"), record.prose("description")};
}

// Until PATCH v2 the generator stored the macro's name as text.
std::string decode_timing(const Record& record) {
  constexpr std::string_view kPrefix = "KAPI_SIGNAL_TIME_";
  std::string timing = record.text("timing");
  return timing.starts_with(kPrefix) ? lower_case(timing.substr(kPrefix.size())) : timing;
}

Signal decode_signal(const Record& record) {
  Signal signal;
  signal.name = record.text("signal_name");
  signal.number = record.nonzero("signal_num");
  signal.direction = record.tokens("direction", "kapi_signal_direction");
  signal.action = record.token("action", "kapi_signal_action");
  signal.target = record.text("target");
  signal.condition = record.prose("condition");
  signal.description = record.prose("description");
  signal.timing = decode_timing(record);
  signal.priority = record.nonzero_bits("priority");
  signal.restartable = record.flag("restartable");
  signal.interruptible = record.flag("interruptible");
  signal.error = record.nonzero("error_on_signal");
  signal.transform_to = record.nonzero("transform_to");
  signal.queue_behavior = record.text("queue_behavior");
  signal.sa_flags_required = mask(record.nonzero_bits("sa_flags_required"));
  signal.sa_flags_forbidden = mask(record.nonzero_bits("sa_flags_forbidden"));
  signal.state_required = record.tokens("state_required", "kapi_signal_state");
  signal.state_forbidden = record.tokens("state_forbidden", "kapi_signal_state");
  return signal;
}

SignalMask decode_signal_mask(const Record& record) {
  return {record.text("mask_name"), record.integers("signals", "signal_count"),
          record.prose("description")};
}

Field decode_field(const Record& record) {
  Field field;
  field.name = record.text("name");
  field.type = record.token("type", "kapi_param_type");
  field.type_name = record.text("type_name");
  field.offset = record.bits("offset");
  field.size = record.nonzero_bits("size");
  field.flags = decode_flags(record);
  // A field's list of values is text, unlike a parameter's.
  field.constraint = decode_constraint(record, "");
  field.enum_values = record.text("enum_values");
  field.description = record.prose("description");
  return field;
}

Struct decode_struct(const Record& record) {
  Struct out;
  out.name = record.text("name");
  out.size = record.nonzero_bits("size");
  out.alignment = record.nonzero_bits("alignment");
  for (const auto& field : record.records("fields", "field_count")) {
    out.fields.push_back(decode_field(field));
  }
  out.description = record.prose("description");
  return out;
}

SideEffect decode_side_effect(const Record& record) {
  return {record.tokens("type", "kapi_side_effect_type"), record.text("target"),
          record.prose("condition"), record.prose("description"), record.flag("reversible")};
}

StateTransition decode_state_transition(const Record& record) {
  return {record.text("object"), record.text("from_state"), record.text("to_state"),
          record.prose("condition"), record.prose("description")};
}

Capability decode_capability(const Record& record) {
  Capability capability;
  capability.name = record.text("cap_name");
  capability.number = record.number("capability");
  capability.action = record.token("action", "kapi_capability_action");
  capability.allows = record.prose("allows");
  capability.without_cap = record.prose("without_cap");
  capability.check_condition = record.prose("check_condition");
  capability.priority = record.nonzero_bits("priority");
  capability.alternatives = record.integers("alternative", "alternative_count");
  return capability;
}

template <class T>
void decode_list(const Record& spec, std::string_view array, std::string_view count,
                 T (*decode)(const Record&), std::vector<T>& out) {
  for (const auto& record : spec.records(array, count)) {
    out.push_back(decode(record));
  }
}

// In RFC v3 the count of a return's error values lands in the count of errors.
void decode_errors(const Record& spec, std::vector<Error>& out) {
  if (!spec.meanings().return_sets_error_count) {
    decode_list(spec, "errors", "error_count", decode_error, out);
    return;
  }
  for (const auto& record : spec.filled_records("errors")) {
    out.push_back(decode_error(record));
  }
  if (const uint64_t count = spec.bits("error_count"); count != out.size()) {
    spec.report(Level::warning, "error-count-of-return",
                fmt::format("error_count is {} and {} errors are filled in; all of these were "
                            "read, since in RFC v3 the return value's macro sets that count",
                            count, out.size()),
                spec.address());
  }
}

}  // namespace

void decode_lists(const Record& spec, Api& api) {
  decode_errors(spec, api.errors);
  decode_list(spec, "locks", "lock_count", decode_lock, api.locks);
  decode_list(spec, "constraints", "constraint_count", decode_api_constraint, api.constraints);
  decode_list(spec, "signals", "signal_count", decode_signal, api.signals);
  decode_list(spec, "signal_masks", "signal_mask_count", decode_signal_mask, api.signal_masks);
  decode_list(spec, "struct_specs", "struct_spec_count", decode_struct, api.structs);
  decode_list(spec, "side_effects", "side_effect_count", decode_side_effect, api.side_effects);
  decode_list(spec, "state_transitions", "state_trans_count", decode_state_transition,
              api.state_transitions);
  decode_list(spec, "capabilities", "capability_count", decode_capability, api.capabilities);
}

}  // namespace kapi
