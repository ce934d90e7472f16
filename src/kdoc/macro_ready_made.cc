// SPDX-License-Identifier: GPL-2.0-only
// Macros that fill whole elements. Their words are the framework's and not known here: a name
// without a value stands for them, so that they are unresolved and compared with nothing. Where
// revisions differ, RFC v2 holds.
#include "kdoc/macro_table.h"

namespace kapi {
namespace {

constexpr MacroRow kRows[] = {
    {"KAPI_SYSCALL_SLEEPABLE", 0, ".context_flags = KAPI_CTX_PROCESS | KAPI_CTX_SLEEPABLE,"},
    {"KAPI_SYSCALL_ATOMIC", 0, ".context_flags = KAPI_CTX_PROCESS | KAPI_CTX_ATOMIC,"},

    {"KAPI_PARAM_FD", 2,
     ".params[$1] = { .name = \"fd\", .type_name = \"int\", .description = $2,"
     " .size_param_idx = -1, .flags = KAPI_PARAM_IN, .type = KAPI_TYPE_FD },"},
    {"KAPI_PARAM_USER_BUF", 3,
     ".params[$1] = { .name = $2, .type_name = \"void __user *\", .description = $3,"
     " .size_param_idx = -1, .flags = KAPI_PARAM_USER | KAPI_PARAM_IN },"},
    {"KAPI_PARAM_USER_STRUCT", 4,
     ".params[$1] = { .name = $2, .type_name = $s3 \" __user *\", .description = $4,"
     " .size_param_idx = -1, .flags = KAPI_PARAM_USER | KAPI_PARAM_IN, .type = KAPI_TYPE_USER_PTR,"
     " .size = sizeof($3) },"},
    {"KAPI_PARAM_USER_PTR_SIZED", 4,
     ".params[$1] = { .name = $2, .type_name = \"void __user *\", .description = $4,"
     " .size_param_idx = -1, .flags = KAPI_PARAM_USER | KAPI_PARAM_IN, .type = KAPI_TYPE_USER_PTR,"
     " .size = $3, .constraint_type = KAPI_CONSTRAINT_USER_PTR },"},
    {"KAPI_PARAM_USER_STRING", 5,
     ".params[$1] = { .name = $2, .type_name = \"const char __user *\", .description = $5,"
     " .size_param_idx = -1, .flags = KAPI_PARAM_USER | KAPI_PARAM_IN, .type = KAPI_TYPE_USER_PTR,"
     " .constraint_type = KAPI_CONSTRAINT_USER_STRING, .min_value = $3, .max_value = $4 },"},
    {"KAPI_PARAM_USER_PATH", 3,
     ".params[$1] = { .name = $2, .type_name = \"const char __user *\", .description = $3,"
     " .size_param_idx = -1, .flags = KAPI_PARAM_USER | KAPI_PARAM_IN, .type = KAPI_TYPE_PATH,"
     " .constraint_type = KAPI_CONSTRAINT_USER_PATH },"},
    {"KAPI_PARAM_SIZE_T", 3,
     ".params[$1] = { .name = $2, .type_name = \"size_t\", .description = $3,"
     " .size_param_idx = -1, .flags = KAPI_PARAM_IN, .min_value = 0, .max_value = SIZE_MAX },"},

    {"KAPI_IOCTL_PARAM_SIZE", 0,
     ".params[0] = { .name = \"size\", .type_name = \"__u32\","
     " .description = WORDS_OF_KAPI_IOCTL_PARAM_SIZE, .size_param_idx = -1, .flags = KAPI_PARAM_IN,"
     " .type = KAPI_TYPE_UINT, .constraint_type = KAPI_CONSTRAINT_CUSTOM,"
     " .constraints = WORDS_OF_KAPI_IOCTL_PARAM_SIZE },"},
    {"KAPI_IOCTL_PARAM_FLAGS", 0,
     ".params[1] = { .name = \"flags\", .type_name = \"__u32\", .description = "
     "WORDS_OF_KAPI_IOCTL_PARAM_FLAGS,"
     " .size_param_idx = -1, .flags = KAPI_PARAM_IN, .type = KAPI_TYPE_UINT,"
     " .constraint_type = KAPI_CONSTRAINT_MASK },"},
    {"KAPI_IOCTL_PARAM_USER_BUF", 4,
     ".params[$1] = { .name = $2, .type_name = \"__aligned_u64\", .description = $3,"
     " .flags = KAPI_PARAM_IN | KAPI_PARAM_USER, .type = KAPI_TYPE_USER_PTR,"
     " .size_param_idx = $4 },"},
    {"KAPI_IOCTL_PARAM_USER_OUT_BUF", 4,
     ".params[$1] = { .name = $2, .type_name = \"__aligned_u64\", .description = $3,"
     " .flags = KAPI_PARAM_OUT | KAPI_PARAM_USER, .type = KAPI_TYPE_USER_PTR,"
     " .size_param_idx = $4 },"},
    {"KAPI_IOCTL_PARAM_LEN", 4,
     ".params[$1] = { .name = $2, .type_name = \"__u32\", .description = $3,"
     " .size_param_idx = -1, .flags = KAPI_PARAM_IN | KAPI_PARAM_OUT, .type = KAPI_TYPE_UINT,"
     " .constraint_type = KAPI_CONSTRAINT_RANGE, .min_value = 0, .max_value = $4 },"},

    {"KAPI_RETURN_SUCCESS_ZERO", 0,
     ".return_spec = { .type_name = \"long\","
     " .description = WORDS_OF_KAPI_RETURN_SUCCESS_ZERO },"},
    {"KAPI_RETURN_FD_SPEC", 0,
     ".return_spec = { .type_name = \"long\","
     " .description = WORDS_OF_KAPI_RETURN_FD_SPEC,"
     " .check_type = KAPI_RETURN_FD },"},
    {"KAPI_RETURN_COUNT", 0,
     ".return_spec = { .type_name = \"long\","
     " .description = WORDS_OF_KAPI_RETURN_COUNT },"},

    {"KAPI_ERROR_EBADF", 1,
     ".errors[$1] = { -EBADF, \"EBADF\", WORDS_OF_KAPI_ERROR_EBADF,"
     " WORDS_OF_KAPI_ERROR_EBADF },"},
    {"KAPI_ERROR_EINVAL", 2,
     ".errors[$1] = { -EINVAL, \"EINVAL\", $2, WORDS_OF_KAPI_ERROR_EINVAL },"},
    {"KAPI_ERROR_ENOMEM", 1,
     ".errors[$1] = { -ENOMEM, \"ENOMEM\", WORDS_OF_KAPI_ERROR_ENOMEM,"
     " WORDS_OF_KAPI_ERROR_ENOMEM },"},
    {"KAPI_ERROR_EPERM", 1,
     ".errors[$1] = { -EPERM, \"EPERM\", WORDS_OF_KAPI_ERROR_EPERM,"
     " WORDS_OF_KAPI_ERROR_EPERM },"},
    {"KAPI_ERROR_EFAULT", 1,
     ".errors[$1] = { -EFAULT, \"EFAULT\", WORDS_OF_KAPI_ERROR_EFAULT,"
     " WORDS_OF_KAPI_ERROR_EFAULT },"},

    {"KAPI_SIGNAL_INTERRUPTIBLE_SLEEP", 0,
     ".signals[0] = { .signal_num = SIGINT, .signal_name = \"SIGINT\","
     " .direction = KAPI_SIGNAL_RECEIVE, .action = KAPI_SIGNAL_ACTION_RETURN,"
     " .timing = KAPI_SIGNAL_TIME_SLEEPING, .error_on_signal = -EINTR, .restartable = true,"
     " .description = WORDS_OF_KAPI_SIGNAL_INTERRUPTIBLE_SLEEP },"
     ".signals[1] = { .signal_num = SIGTERM, .signal_name = \"SIGTERM\","
     " .direction = KAPI_SIGNAL_RECEIVE, .action = KAPI_SIGNAL_ACTION_RETURN,"
     " .timing = KAPI_SIGNAL_TIME_SLEEPING, .error_on_signal = -EINTR, .restartable = true,"
     " .description = WORDS_OF_KAPI_SIGNAL_INTERRUPTIBLE_SLEEP },"},
    {"KAPI_SIGNAL_FATAL_DEFAULT", 0,
     ".signals[2] = { .signal_num = SIGKILL, .signal_name = \"SIGKILL\","
     " .direction = KAPI_SIGNAL_RECEIVE, .action = KAPI_SIGNAL_ACTION_TERMINATE,"
     " .timing = KAPI_SIGNAL_TIME_ANYTIME, .description = WORDS_OF_KAPI_SIGNAL_FATAL_DEFAULT },"},
    {"KAPI_SIGNAL_STOP_CONT", 0,
     ".signals[3] = { .signal_num = SIGSTOP, .signal_name = \"SIGSTOP\","
     " .direction = KAPI_SIGNAL_RECEIVE, .action = KAPI_SIGNAL_ACTION_STOP,"
     " .timing = KAPI_SIGNAL_TIME_ANYTIME, .description = WORDS_OF_KAPI_SIGNAL_STOP_CONT },"
     ".signals[4] = { .signal_num = SIGCONT, .signal_name = \"SIGCONT\","
     " .direction = KAPI_SIGNAL_RECEIVE, .action = KAPI_SIGNAL_ACTION_CONTINUE,"
     " .timing = KAPI_SIGNAL_TIME_ANYTIME, .description = WORDS_OF_KAPI_SIGNAL_STOP_CONT },"},
};

}  // namespace

std::span<const MacroRow> macro_ready_made_rows() { return kRows; }

}  // namespace kapi
