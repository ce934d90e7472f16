// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/macro_schema.h"

#include <algorithm>

namespace kapi {
namespace {

using Kind = MacroMember::Kind;

constexpr size_t kName = 128;  // characters, until PATCH v2
constexpr size_t kDesc = 512;

constexpr MacroMember number(std::string_view name, size_t count = 0) {
  return {name, Kind::number, count, nullptr};
}
constexpr MacroMember text(std::string_view name, size_t capacity) {
  return {name, Kind::text, capacity, nullptr};
}
constexpr MacroMember list(std::string_view name) { return {name, Kind::list, 0, nullptr}; }
constexpr MacroMember record(std::string_view name, const MacroStruct& type, size_t count = 0) {
  return {name, Kind::record, count, &type};
}

constexpr MacroMember kParamMembers[] = {
    text("name", kName),
    text("type_name", kName),
    number("type"),
    number("flags"),
    number("size"),
    number("alignment"),
    number("min_value"),
    number("max_value"),
    number("valid_mask"),
    list("enum_values"),
    number("enum_count"),
    number("constraint_type"),
    number("validate"),
    text("description", kDesc),
    text("constraints", kDesc),
    number("size_param_idx"),
    number("size_multiplier"),
    text("sysfs_path", kName),
    number("sysfs_permissions"),
    text("default_value", kName),
    text("units", 32),
    number("step"),
    list("allowed_strings"),
    number("allowed_string_count"),
};
constexpr MacroStruct kParam{"kapi_param_spec", kParamMembers};

constexpr MacroMember kErrorMembers[] = {number("error_code"), text("name", kName),
                                         text("condition", kDesc), text("description", kDesc)};
constexpr MacroStruct kError{"kapi_error_spec", kErrorMembers};

constexpr MacroMember kReturnMembers[] = {text("type_name", kName), number("type"),
                                          number("check_type"),     number("success_value"),
                                          number("success_min"),    number("success_max"),
                                          list("error_values"),     number("error_count"),
                                          number("is_success"),     text("description", kDesc)};
constexpr MacroStruct kReturn{"kapi_return_spec", kReturnMembers};

constexpr MacroMember kLockMembers[] = {text("lock_name", kName),   number("lock_type"),
                                        number("acquired"),         number("released"),
                                        number("held_on_entry"),    number("held_on_exit"),
                                        text("description", kDesc), number("scope")};
constexpr MacroStruct kLock{"kapi_lock_spec", kLockMembers};

constexpr MacroMember kConstraintMembers[] = {text("name", kName), text("description", kDesc),
                                              text("expression", kDesc)};
constexpr MacroStruct kConstraint{"kapi_constraint_spec", kConstraintMembers};

constexpr MacroMember kSignalMembers[] = {
    number("signal_num"),        text("signal_name", 32),
    number("direction"),         number("action"),
    text("target", kDesc),       text("condition", kDesc),
    text("description", kDesc),  number("restartable"),
    number("sa_flags_required"), number("sa_flags_forbidden"),
    number("error_on_signal"),   number("transform_to"),
    text("timing", 32),          number("priority"),
    number("interruptible"),     text("queue_behavior", kName),
    number("state_required"),    number("state_forbidden"),
};
constexpr MacroStruct kSignal{"kapi_signal_spec", kSignalMembers};

constexpr MacroMember kSignalMaskMembers[] = {text("mask_name", kName), number("signals", 32),
                                              number("signal_count"), text("description", kDesc)};
constexpr MacroStruct kSignalMask{"kapi_signal_mask_spec", kSignalMaskMembers};

constexpr MacroMember kFieldMembers[] = {text("name", kName),
                                         number("type"),
                                         text("type_name", kName),
                                         number("offset"),
                                         number("size"),
                                         number("flags"),
                                         number("constraint_type"),
                                         number("min_value"),
                                         number("max_value"),
                                         number("valid_mask"),
                                         text("description", kDesc),
                                         text("enum_values", kDesc)};
constexpr MacroStruct kField{"kapi_struct_field", kFieldMembers};

constexpr MacroMember kStructMembers[] = {text("name", kName),          number("size"),
                                          number("alignment"),          number("field_count"),
                                          record("fields", kField, 16), text("description", kDesc)};
constexpr MacroStruct kStruct{"kapi_struct_spec", kStructMembers};

constexpr MacroMember kEffectMembers[] = {number("type"), text("target", kName),
                                          text("condition", kDesc), text("description", kDesc),
                                          number("reversible")};
constexpr MacroStruct kEffect{"kapi_side_effect", kEffectMembers};

constexpr MacroMember kTransitionMembers[] = {text("from_state", kName), text("to_state", kName),
                                              text("condition", kDesc), text("object", kName),
                                              text("description", kDesc)};
constexpr MacroStruct kTransition{"kapi_state_transition", kTransitionMembers};

constexpr MacroMember kCapabilityMembers[] = {
    number("capability"),  text("cap_name", kName),    number("action"),
    text("allows", kDesc), text("without_cap", kDesc), text("check_condition", kDesc),
    number("priority"),    number("alternative", 8),   number("alternative_count")};
constexpr MacroStruct kCapability{"kapi_capability_spec", kCapabilityMembers};

constexpr MacroMember kSocketStateMembers[] = {
    number("required_states", 16),   number("required_state_count"), number("forbidden_states", 16),
    number("forbidden_state_count"), number("resulting_state"),      text("state_condition", kDesc),
    number("applicable_protocols")};
constexpr MacroStruct kSocketState{"kapi_socket_state_spec", kSocketStateMembers};

constexpr MacroMember kProtocolMembers[] = {number("applicable_protocols"), text("behavior", kDesc),
                                            number("protocol_flags"),
                                            text("flag_description", kDesc)};
constexpr MacroStruct kProtocol{"kapi_protocol_behavior", kProtocolMembers};

constexpr MacroMember kBufferMembers[] = {number("buffer_behaviors"),
                                          number("min_buffer_size"),
                                          number("max_buffer_size"),
                                          number("optimal_buffer_size"),
                                          text("fragmentation_rules", kDesc),
                                          number("can_partial_transfer"),
                                          text("partial_transfer_rules", kDesc)};
constexpr MacroStruct kBuffer{"kapi_buffer_spec", kBufferMembers};

constexpr MacroMember kAsyncMembers[] = {number("supported_modes"),
                                         number("nonblock_errno"),
                                         number("poll_events_in"),
                                         number("poll_events_out"),
                                         text("completion_condition", kDesc),
                                         number("supports_timeout"),
                                         text("timeout_behavior", kDesc)};
constexpr MacroStruct kAsync{"kapi_async_spec", kAsyncMembers};

constexpr MacroMember kFamilyMembers[] = {number("family"),
                                          text("family_name", 32),
                                          number("addr_struct_size"),
                                          number("min_addr_len"),
                                          number("max_addr_len"),
                                          text("addr_format", kDesc),
                                          number("supports_wildcard"),
                                          number("supports_multicast"),
                                          number("supports_broadcast"),
                                          text("special_addresses", kDesc),
                                          number("port_range_min"),
                                          number("port_range_max")};
constexpr MacroStruct kFamily{"kapi_addr_family_spec", kFamilyMembers};

constexpr MacroMember kSpecMembers[] = {
    text("name", kName),
    number("api_type"),
    number("version"),
    text("description", kDesc),
    text("long_description", 4 * kDesc),
    number("context_flags"),
    number("param_count"),
    record("params", kParam, 16),
    record("return_spec", kReturn),
    number("error_count"),
    record("errors", kError, 32),
    number("lock_count"),
    record("locks", kLock, 32),
    number("constraint_count"),
    record("constraints", kConstraint, 32),
    text("examples", 2 * kDesc),
    text("notes", 2 * kDesc),
    text("since_version", 32),
    number("deprecated"),
    text("replacement", kName),
    number("signal_count"),
    record("signals", kSignal, 32),
    number("signal_mask_count"),
    record("signal_masks", kSignalMask, 32),
    number("struct_spec_count"),
    record("struct_specs", kStruct, 8),
    number("side_effect_count"),
    record("side_effects", kEffect, 32),
    number("state_trans_count"),
    record("state_transitions", kTransition, 8),
    number("capability_count"),
    record("capabilities", kCapability, 8),
    record("socket_state", kSocketState),
    record("protocol_behaviors", kProtocol, 8),
    number("protocol_behavior_count"),
    record("buffer_spec", kBuffer),
    record("async_spec", kAsync),
    record("addr_families", kFamily, 8),
    number("addr_family_count"),
    number("is_connection_oriented"),
    number("is_message_oriented"),
    number("supports_oob_data"),
    number("supports_peek"),
    number("supports_select_poll"),
    number("is_reentrant"),
    text("connection_establishment", kDesc),
    text("connection_termination", kDesc),
    text("data_transfer_semantics", kDesc),
    number("cmd"),
    text("cmd_name", kName),
    number("input_size"),
    number("output_size"),
    text("file_ops_name", kName),
    text("subsystem", kName),
    text("device_type", kName),
    number("param_magic"),
    number("return_magic"),
    number("error_magic"),
    number("lock_magic"),
    number("constraint_magic"),
    number("info_magic"),
    number("signal_magic"),
    number("sigmask_magic"),
    number("struct_magic"),
    number("effect_magic"),
    number("trans_magic"),
    number("cap_magic"),
};

constexpr MacroMember kIoctlMembers[] = {record("api_spec", kSpecStruct),
                                         number("cmd"),
                                         text("cmd_name", 0),
                                         number("input_size"),
                                         number("output_size"),
                                         text("file_ops_name", 0)};
constexpr MacroMember kHandlerMembers[] = {record("spec", kIoctlStruct), number("handler")};

}  // namespace

const MacroStruct kSpecStruct{"kernel_api_spec", kSpecMembers};
const MacroStruct kIoctlStruct{"kapi_ioctl_spec", kIoctlMembers};
const MacroStruct kHandlerStruct{"kapi_ioctl_handler", kHandlerMembers};

const MacroMember* MacroStruct::find(std::string_view member) const {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [&](const MacroMember& m) { return m.name == member; });
  return found == members.end() ? nullptr : &*found;
}

}  // namespace kapi
