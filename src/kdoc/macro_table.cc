// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/macro_table.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>

namespace kapi {
namespace {

constexpr MacroRow kRows[] = {
    // The spec itself.
    {"KAPI_DESCRIPTION", 1, ".description = $1,"},
    {"KAPI_LONG_DESC", 1, ".long_description = $1,"},
    {"KAPI_CONTEXT", 1, ".context_flags = $1,"},
    {"KAPI_EXAMPLES", 1, ".examples = $1,"},
    {"KAPI_NOTES", 1, ".notes = $1,"},
    {"KAPI_SINCE_VERSION", 1, ".since_version = $1,"},
    {"KAPI_DEPRECATED", 0, ".deprecated = true,"},
    {"KAPI_REPLACEMENT", 1, ".replacement = $1,"},
    {"KAPI_SUBSYSTEM", 1, ".subsystem = $1,"},
    {"KAPI_DEVICE_TYPE", 1, ".device_type = $1,"},
    {"KAPI_PARAM_COUNT", 1, ".param_count = $1,"},
    {"KAPI_ERROR_COUNT", 1, ".error_count = $1,"},
    {"KAPI_LOCK_COUNT", 1, ".lock_count = $1,"},
    {"KAPI_CONSTRAINT_COUNT", 1, ".constraint_count = $1,"},
    {"KAPI_SIGNAL_COUNT", 1, ".signal_count = $1,"},
    {"KAPI_SIGNAL_MASK_COUNT", 1, ".signal_mask_count = $1,"},
    {"KAPI_STRUCT_SPEC_COUNT", 1, ".struct_spec_count = $1,"},
    {"KAPI_SIDE_EFFECT_COUNT", 1, ".side_effect_count = $1,"},
    {"KAPI_STATE_TRANS_COUNT", 1, ".state_trans_count = $1,"},
    {"KAPI_CAPABILITY_COUNT", 1, ".capability_count = $1,"},

    // Parameters. Until PATCH v2 each begins with "no parameter holds its size".
    {"KAPI_PARAM", 4,
     ".params[$1] = { .name = $2, .type_name = $3, .description = $4, .size_param_idx = -1,"},
    {"KAPI_PARAM_TYPE", 1, ".type = $1,"},
    {"KAPI_PARAM_FLAGS", 1, ".flags = $1,"},
    {"KAPI_PARAM_SIZE", 1, ".size = $1,"},
    {"KAPI_PARAM_ALIGNMENT", 1, ".alignment = $1,"},
    {"KAPI_PARAM_RANGE", 2, ".min_value = $1, .max_value = $2,"},
    {"KAPI_PARAM_CONSTRAINT_TYPE", 1, ".constraint_type = $1,"},
    {"KAPI_PARAM_CONSTRAINT", 1, ".constraints = $1,"},
    {"KAPI_PARAM_VALID_MASK", 1, ".valid_mask = $1,"},
    {"KAPI_PARAM_ENUM_VALUES", 1, ".enum_values = $1, .enum_count = ARRAY_SIZE($1),"},
    {"KAPI_PARAM_SIZE_PARAM_IDX", 1, ".size_param_idx = $1,"},
    {"KAPI_PARAM_SIZE_PARAM", 1, ".size_param_idx = $1,"},
    {"KAPI_PATH", 1, ".sysfs_path = $1,"},
    {"KAPI_PERMISSIONS", 1, ".sysfs_permissions = $1,"},
    {"KAPI_DEFAULT", 1, ".default_value = $1,"},
    {"KAPI_UNITS", 1, ".units = $1,"},
    {"KAPI_STEP", 1, ".step = $1,"},
    {"KAPI_ALLOWED_STRINGS", 2, ".allowed_strings = $1, .allowed_string_count = $2,"},
    {"KAPI_PARAM_END", 0, "},"},

    // The return value and errors. Words beside the value of success are dropped.
    {"KAPI_RETURN", 2, ".return_spec = { .type_name = $1, .description = $2,"},
    {"KAPI_RETURN_SUCCESS", 1, ".success_value = $1,"},
    {"KAPI_RETURN_TYPE", 1, ".type = $1,"},
    {"KAPI_RETURN_CHECK_TYPE", 1, ".check_type = $1,"},
    {"KAPI_RETURN_ERROR_VALUES", 1, ".error_values = $1,"},
    {"KAPI_RETURN_ERROR_COUNT", 1, ".error_count = $1,"},
    {"KAPI_RETURN_SUCCESS_RANGE", 2, ".success_min = $1, .success_max = $2,"},
    {"KAPI_RETURN_END", 0, "},"},
    {"KAPI_ERROR", 5,
     ".errors[$1] = { .error_code = $2, .name = $3, .condition = $4, .description = $5 },"},

    // Locks, with the four flags of RFC v1 to v4, and constraints.
    {"KAPI_LOCK", 3, ".locks[$1] = { .lock_name = $2, .lock_type = $3,"},
    {"KAPI_LOCK_ACQUIRED", 0, ".acquired = true,"},
    {"KAPI_LOCK_RELEASED", 0, ".released = true,"},
    {"KAPI_LOCK_HELD_ENTRY", 0, ".held_on_entry = true,"},
    {"KAPI_LOCK_HELD_EXIT", 0, ".held_on_exit = true,"},
    {"KAPI_LOCK_DESC", 1, ".description = $1,"},
    {"KAPI_LOCK_END", 0, "},"},
    {"KAPI_CONSTRAINT", 3, ".constraints[$1] = { .name = $2, .description = $3,"},
    {"KAPI_CONSTRAINT_EXPR", 1, ".expression = $1,"},
    {"KAPI_CONSTRAINT_END", 0, "},"},

    // Signals.
    {"KAPI_SIGNAL", 5,
     ".signals[$1] = { .signal_num = $2, .signal_name = $3, .direction = $4, .action = $5,"},
    {"KAPI_SIGNAL_TARGET", 1, ".target = $1,"},
    {"KAPI_SIGNAL_CONDITION", 1, ".condition = $1,"},
    {"KAPI_SIGNAL_DESC", 1, ".description = $1,"},
    {"KAPI_SIGNAL_RESTARTABLE", 0, ".restartable = true,"},
    {"KAPI_SIGNAL_INTERRUPTIBLE", 0, ".interruptible = true,"},
    {"KAPI_SIGNAL_SA_FLAGS_REQ", 1, ".sa_flags_required = $1,"},
    {"KAPI_SIGNAL_SA_FLAGS_FORBID", 1, ".sa_flags_forbidden = $1,"},
    {"KAPI_SIGNAL_ERROR", 1, ".error_on_signal = $1,"},
    {"KAPI_SIGNAL_TRANSFORM", 1, ".transform_to = $1,"},
    {"KAPI_SIGNAL_TIMING", 1, ".timing = $1,"},
    {"KAPI_SIGNAL_PRIORITY", 1, ".priority = $1,"},
    {"KAPI_SIGNAL_QUEUE", 1, ".queue_behavior = $1,"},
    {"KAPI_SIGNAL_STATE_REQ", 1, ".state_required = $1,"},
    {"KAPI_SIGNAL_STATE_FORBID", 1, ".state_forbidden = $1,"},
    {"KAPI_SIGNAL_END", 0, "},"},
    {"KAPI_SIGNAL_MASK", 3, ".signal_masks[$1] = { .mask_name = $2, .description = $3,"},
    {"KAPI_SIGNAL_MASK_SIGNALS", 1, ".signals = { $all }, .signal_count = $count,"},
    {"KAPI_SIGNAL_MASK_END", 0, "},"},

    // Structs.
    {"KAPI_STRUCT_SPEC", 3, ".struct_specs[$1] = { .name = $s2, .description = $3,"},
    {"KAPI_STRUCT_SIZE", 2, ".size = $1, .alignment = $2,"},
    {"KAPI_STRUCT_FIELD_COUNT", 1, ".field_count = $1,"},
    {"KAPI_STRUCT_FIELD", 5,
     ".fields[$1] = { .name = $2, .type = $3, .type_name = $4, .description = $5,"},
    {"KAPI_FIELD_OFFSET", 1, ".offset = $1,"},
    {"KAPI_FIELD_SIZE", 1, ".size = $1,"},
    {"KAPI_FIELD_FLAGS", 1, ".flags = $1,"},
    {"KAPI_FIELD_CONSTRAINT_RANGE", 2,
     ".constraint_type = KAPI_CONSTRAINT_RANGE, .min_value = $1, .max_value = $2,"},
    {"KAPI_FIELD_CONSTRAINT_MASK", 1, ".constraint_type = KAPI_CONSTRAINT_MASK, .valid_mask = $1,"},
    {"KAPI_FIELD_CONSTRAINT_ENUM", 1,
     ".constraint_type = KAPI_CONSTRAINT_ENUM, .enum_values = $1,"},
    {"KAPI_STRUCT_FIELD_END", 0, "},"},
    {"KAPI_STRUCT_SPEC_END", 0, "},"},

    // Side effects, state transitions, capabilities.
    {"KAPI_SIDE_EFFECT", 4, ".side_effects[$1] = { .type = $2, .target = $3, .description = $4,"},
    {"KAPI_EFFECT_CONDITION", 1, ".condition = $1,"},
    {"KAPI_EFFECT_REVERSIBLE", 0, ".reversible = true,"},
    {"KAPI_SIDE_EFFECT_END", 0, "},"},
    {"KAPI_STATE_TRANS", 5,
     ".state_transitions[$1] = { .object = $2, .from_state = $3, .to_state = $4,"
     " .description = $5,"},
    {"KAPI_STATE_TRANS_COND", 1, ".condition = $1,"},
    {"KAPI_STATE_TRANS_END", 0, "},"},
    {"KAPI_CAPABILITY", 4, ".capabilities[$1] = { .capability = $2, .cap_name = $3, .action = $4,"},
    {"KAPI_CAP_ALLOWS", 1, ".allows = $1,"},
    {"KAPI_CAP_WITHOUT", 1, ".without_cap = $1,"},
    {"KAPI_CAP_CONDITION", 1, ".check_condition = $1,"},
    {"KAPI_CAP_PRIORITY", 1, ".priority = $1,"},
    {"KAPI_CAP_ALTERNATIVE", 2, ".alternative = $1, .alternative_count = $2,"},
    {"KAPI_CAPABILITY_END", 0, "},"},

    // Sockets.
    {"KAPI_SOCKET_STATE_REQ", 1,
     ".socket_state = { .required_states = { $all }, .required_state_count = $count,"},
    {"KAPI_SOCKET_STATE_FORBID", 1,
     ".forbidden_states = { $all }, .forbidden_state_count = $count,"},
    {"KAPI_SOCKET_STATE_RESULT", 1, ".resulting_state = $1,"},
    {"KAPI_SOCKET_STATE_COND", 1, ".state_condition = $1,"},
    {"KAPI_SOCKET_STATE_PROTOS", 1, ".applicable_protocols = $1,"},
    {"KAPI_SOCKET_STATE_END", 0, "},"},
    {"KAPI_PROTOCOL_BEHAVIOR", 3,
     ".protocol_behaviors[$1] = { .applicable_protocols = $2, .behavior = $3,"},
    {"KAPI_PROTOCOL_FLAGS", 2, ".protocol_flags = $1, .flag_description = $2,"},
    {"KAPI_PROTOCOL_BEHAVIOR_END", 0, "},"},
    {"KAPI_PROTOCOL_BEHAVIOR_COUNT", 1, ".protocol_behavior_count = $1,"},
    {"KAPI_BUFFER_SPEC", 1, ".buffer_spec = { .buffer_behaviors = $1,"},
    {"KAPI_BUFFER_SIZE", 3,
     ".min_buffer_size = $1, .max_buffer_size = $2, .optimal_buffer_size = $3,"},
    {"KAPI_BUFFER_PARTIAL", 2, ".can_partial_transfer = $1, .partial_transfer_rules = $2,"},
    {"KAPI_BUFFER_FRAGMENT", 1, ".fragmentation_rules = $1,"},
    {"KAPI_BUFFER_END", 0, "},"},
    {"KAPI_ASYNC_SPEC", 2, ".async_spec = { .supported_modes = $1, .nonblock_errno = $2,"},
    {"KAPI_ASYNC_POLL", 2, ".poll_events_in = $1, .poll_events_out = $2,"},
    {"KAPI_ASYNC_COMPLETION", 1, ".completion_condition = $1,"},
    {"KAPI_ASYNC_TIMEOUT", 2, ".supports_timeout = $1, .timeout_behavior = $2,"},
    {"KAPI_ASYNC_END", 0, "},"},
    {"KAPI_ADDR_FAMILY", 6,
     ".addr_families[$1] = { .family = $2, .family_name = $3, .addr_struct_size = $4,"
     " .min_addr_len = $5, .max_addr_len = $6,"},
    {"KAPI_ADDR_FORMAT", 1, ".addr_format = $1,"},
    {"KAPI_ADDR_FEATURES", 3,
     ".supports_wildcard = $1, .supports_multicast = $2, .supports_broadcast = $3,"},
    {"KAPI_ADDR_SPECIAL", 1, ".special_addresses = $1,"},
    {"KAPI_ADDR_PORTS", 2, ".port_range_min = $1, .port_range_max = $2,"},
    {"KAPI_ADDR_FAMILY_END", 0, "},"},
    {"KAPI_ADDR_FAMILY_COUNT", 1, ".addr_family_count = $1,"},
    {"KAPI_NET_CONNECTION_ORIENTED", 0, ".is_connection_oriented = true,"},
    {"KAPI_NET_MESSAGE_ORIENTED", 0, ".is_message_oriented = true,"},
    {"KAPI_NET_SUPPORTS_OOB", 0, ".supports_oob_data = true,"},
    {"KAPI_NET_SUPPORTS_PEEK", 0, ".supports_peek = true,"},
    {"KAPI_NET_REENTRANT", 0, ".is_reentrant = true,"},
    {"KAPI_NET_CONN_ESTABLISH", 1, ".connection_establishment = $1,"},
    {"KAPI_NET_CONN_TERMINATE", 1, ".connection_termination = $1,"},
    {"KAPI_NET_DATA_TRANSFER", 1, ".data_transfer_semantics = $1,"},

    // Commands of a driver. KAPI_IOCTL_SIZE ends the part that all specs share.
    {"KAPI_IOCTL_CMD", 1, ".cmd = $1,"},
    {"KAPI_IOCTL_CMD_NAME", 1, ".cmd_name = $1,"},
    {"KAPI_IOCTL_INPUT_SIZE", 1, ".input_size = $1,"},
    {"KAPI_IOCTL_OUTPUT_SIZE", 1, ".output_size = $1,"},
    {"KAPI_IOCTL_FILE_OPS_NAME", 1, ".file_ops_name = $1,"},
    {"KAPI_IOCTL_SIZE", 2, "}, .input_size = $1, .output_size = $2,"},
    {"KAPI_IOCTL_FILE_OPS", 1, ".file_ops_name = $s1,"},
};

constexpr MacroOpener kOpeners[] = {
    {{"DEFINE_KERNEL_API_SPEC", 1, ".name = $s1, .version = 1,"}, &kSpecStruct, "__kapi_spec_"},
    {{"DEFINE_SYSFS_API_SPEC", 1, ".name = $s1, .api_type = KAPI_API_SYSFS, .version = 1,"},
     &kSpecStruct,
     "__kapi_sysfs_spec_"},
    {{"DEFINE_KAPI_IOCTL_SPEC", 1, ".name = $s1, .api_type = KAPI_API_IOCTL, .version = 1,"},
     &kSpecStruct,
     "__kapi_ioctl_spec_"},
    {{"KAPI_DEFINE_IOCTL_SPEC", 6,
      ".cmd = $2, .cmd_name = $3, .input_size = $4, .output_size = $5, .file_ops_name = $6,"
      " .api_spec = { .name = $s1,"},
     &kIoctlStruct,
     ""},
    {{"DEFINE_IOCTL_API_SPEC", 3, ".cmd = $2, .cmd_name = $3, .api_spec = { .name = $s1,"},
     &kIoctlStruct,
     ""},
    {{"DEFINE_IOCTL_HANDLER", 4,
      ".spec = { .cmd = $2, .cmd_name = $s2, .input_size = sizeof($4), .output_size = sizeof($4),"
      " .api_spec = { .name = $s1,"},
     &kHandlerStruct,
     ""},
    // With the number of the syscall's arguments in its name, which says nothing about the spec.
    {{"SYSCALL_DEFINE_SPEC", 2, ".name = \"sys_\" $s1, .version = 1, $2"},
     &kSpecStruct,
     "__kapi_spec_sys_",
     true},
    {{"COMPAT_SYSCALL_DEFINE_SPEC", 2, ".name = \"compat_sys_\" $s1, .version = 1, $2"},
     &kSpecStruct,
     "__kapi_spec_compat_sys_",
     true},
};

constexpr std::string_view kTerminators[] = {"KAPI_END_SPEC", "KAPI_END_IOCTL_SPEC",
                                             "KAPI_IOCTL_END_SPEC", "KAPI_IOCTL_HANDLER_END"};

}  // namespace

std::span<const MacroRow> macro_rows() { return kRows; }

const MacroDefinition* find_macro(std::string_view name) {
  static const auto kDefinitions = [] {
    std::unordered_map<std::string_view, MacroDefinition> definitions;
    for (const auto rows : {macro_rows(), macro_ready_made_rows()}) {
      for (const MacroRow& row : rows) {
        definitions[row.name] = {&row, lex_macro_text(row.body)};
      }
    }
    return definitions;
  }();
  const auto found = kDefinitions.find(name);
  return found == kDefinitions.end() ? nullptr : &found->second;
}

const MacroOpener* find_macro_opener(std::string_view name) {
  if (name.find("SYSCALL_DEFINE_SPEC") != name.npos && name.back() >= '0' && name.back() <= '6') {
    name.remove_suffix(1);
  }
  const auto found = std::find_if(std::begin(kOpeners), std::end(kOpeners),
                                  [&](const MacroOpener& o) { return o.macro.name == name; });
  return found == std::end(kOpeners) ? nullptr : &*found;
}

bool is_macro_terminator(std::string_view name) {
  return std::find(std::begin(kTerminators), std::end(kTerminators), name) !=
         std::end(kTerminators);
}

}  // namespace kapi
