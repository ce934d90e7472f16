// SPDX-License-Identifier: GPL-2.0-only
// Numbers that no header has to be read for.
#include "names/numbers.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>

#include "kapi/names.h"

namespace kapi {
namespace {

struct Named {
  std::string_view name;
  int64_t value;
};
constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
constexpr int64_t kMin = std::numeric_limits<int64_t>::min();

// Both tables are sorted by name.
constexpr Named kConstants[] = {
    {"AT_EACCESS", 0x200},
    {"AT_EMPTY_PATH", 0x1000},
    {"AT_FDCWD", -100},
    {"AT_NO_AUTOMOUNT", 0x800},
    {"AT_REMOVEDIR", 0x200},
    {"AT_SYMLINK_FOLLOW", 0x400},
    {"AT_SYMLINK_NOFOLLOW", 0x100},
    {"CAP_AUDIT_CONTROL", 30},
    {"CAP_AUDIT_READ", 37},
    {"CAP_AUDIT_WRITE", 29},
    {"CAP_BLOCK_SUSPEND", 36},
    {"CAP_BPF", 39},
    {"CAP_CHECKPOINT_RESTORE", 40},
    {"CAP_CHOWN", 0},
    {"CAP_DAC_OVERRIDE", 1},
    {"CAP_DAC_READ_SEARCH", 2},
    {"CAP_FOWNER", 3},
    {"CAP_FSETID", 4},
    {"CAP_IPC_LOCK", 14},
    {"CAP_IPC_OWNER", 15},
    {"CAP_KILL", 5},
    {"CAP_LAST_CAP", 40},
    {"CAP_LEASE", 28},
    {"CAP_LINUX_IMMUTABLE", 9},
    {"CAP_MAC_ADMIN", 33},
    {"CAP_MAC_OVERRIDE", 32},
    {"CAP_MKNOD", 27},
    {"CAP_NET_ADMIN", 12},
    {"CAP_NET_BIND_SERVICE", 10},
    {"CAP_NET_BROADCAST", 11},
    {"CAP_NET_RAW", 13},
    {"CAP_PERFMON", 38},
    {"CAP_SETFCAP", 31},
    {"CAP_SETGID", 6},
    {"CAP_SETPCAP", 8},
    {"CAP_SETUID", 7},
    {"CAP_SYSLOG", 34},
    {"CAP_SYS_ADMIN", 21},
    {"CAP_SYS_BOOT", 22},
    {"CAP_SYS_CHROOT", 18},
    {"CAP_SYS_MODULE", 16},
    {"CAP_SYS_NICE", 23},
    {"CAP_SYS_PACCT", 20},
    {"CAP_SYS_PTRACE", 19},
    {"CAP_SYS_RAWIO", 17},
    {"CAP_SYS_RESOURCE", 24},
    {"CAP_SYS_TIME", 25},
    {"CAP_SYS_TTY_CONFIG", 26},
    {"CAP_WAKE_ALARM", 35},
    {"INT32_MAX", 0x7fffffff},
    {"INT64_MAX", kMax},
    {"INT_MAX", 0x7fffffff},
    {"INT_MIN", -0x7fffffff - 1},
    {"LLONG_MAX", kMax},
    {"LLONG_MIN", kMin},
    {"LONG_MAX", kMax},
    {"LONG_MIN", kMin},
    {"NAME_MAX", 255},
    {"NGROUPS_MAX", 65536},
    {"NULL", 0},
    {"O_ACCMODE", 3},
    {"O_RDONLY", 0},
    {"O_RDWR", 2},
    {"O_WRONLY", 1},
    {"PATH_MAX", 4096},
    {"PIPE_BUF", 4096},
    {"S16_MAX", 0x7fff},
    {"S16_MIN", -0x8000},
    {"S32_MAX", 0x7fffffff},
    {"S32_MIN", -0x7fffffff - 1},
    {"S64_MAX", kMax},
    {"S64_MIN", kMin},
    {"S8_MAX", 0x7f},
    {"S8_MIN", -0x80},
    {"SHRT_MAX", 0x7fff},
    {"SHRT_MIN", -0x8000},
    {"SIGABRT", 6},
    {"SIGALRM", 14},
    {"SIGFPE", 8},
    {"SIGHUP", 1},
    {"SIGILL", 4},
    {"SIGINT", 2},
    {"SIGIOT", 6},
    {"SIGKILL", 9},
    {"SIGPIPE", 13},
    {"SIGQUIT", 3},
    {"SIGSEGV", 11},
    {"SIGTERM", 15},
    {"SIGTRAP", 5},
    {"SIZE_MAX", -1},
    {"SSIZE_MAX", kMax},
    {"S_IALLUGO", 07777},
    {"S_IFBLK", 0060000},
    {"S_IFCHR", 0020000},
    {"S_IFDIR", 0040000},
    {"S_IFIFO", 0010000},
    {"S_IFLNK", 0120000},
    {"S_IFMT", 0170000},
    {"S_IFREG", 0100000},
    {"S_IFSOCK", 0140000},
    {"S_IRGRP", 040},
    {"S_IROTH", 04},
    {"S_IRUGO", 0444},
    {"S_IRUSR", 0400},
    {"S_IRWXG", 070},
    {"S_IRWXO", 07},
    {"S_IRWXU", 0700},
    {"S_IRWXUGO", 0777},
    {"S_ISGID", 02000},
    {"S_ISUID", 04000},
    {"S_ISVTX", 01000},
    {"S_IWGRP", 020},
    {"S_IWOTH", 02},
    {"S_IWUGO", 0222},
    {"S_IWUSR", 0200},
    {"S_IXGRP", 010},
    {"S_IXOTH", 01},
    {"S_IXUGO", 0111},
    {"S_IXUSR", 0100},
    {"U16_MAX", 0xffff},
    {"U32_MAX", 0xffffffff},
    {"U64_MAX", -1},
    {"U8_MAX", 0xff},
    {"UINT32_MAX", 0xffffffff},
    {"UINT64_MAX", -1},
    {"UINTPTR_MAX", -1},
    {"UINT_MAX", 0xffffffff},
    {"UIO_MAXIOV", 1024},
    {"ULLONG_MAX", -1},
    {"ULONG_MAX", -1},
    {"USHRT_MAX", 0xffff},
    {"XATTR_LIST_MAX", 65536},
    {"XATTR_NAME_MAX", 255},
    {"XATTR_SIZE_MAX", 65536},
    {"false", 0},
    {"true", 1},
};

constexpr Named kErrnos[] = {
    {"E2BIG", 7},
    {"EACCES", 13},
    {"EADDRINUSE", 98},
    {"EADDRNOTAVAIL", 99},
    {"EADV", 68},
    {"EAFNOSUPPORT", 97},
    {"EAGAIN", 11},
    {"EALREADY", 114},
    {"EBADCOOKIE", 523},
    {"EBADE", 52},
    {"EBADF", 9},
    {"EBADFD", 77},
    {"EBADHANDLE", 521},
    {"EBADMSG", 74},
    {"EBADR", 53},
    {"EBADRQC", 56},
    {"EBADSLT", 57},
    {"EBADTYPE", 527},
    {"EBFONT", 59},
    {"EBUSY", 16},
    {"ECANCELED", 125},
    {"ECHILD", 10},
    {"ECHRNG", 44},
    {"ECOMM", 70},
    {"ECONNABORTED", 103},
    {"ECONNREFUSED", 111},
    {"ECONNRESET", 104},
    {"EDEADLK", 35},
    {"EDEADLOCK", 35},
    {"EDESTADDRREQ", 89},
    {"EDOM", 33},
    {"EDOTDOT", 73},
    {"EDQUOT", 122},
    {"EEXIST", 17},
    {"EFAULT", 14},
    {"EFBIG", 27},
    {"EHOSTDOWN", 112},
    {"EHOSTUNREACH", 113},
    {"EHWPOISON", 133},
    {"EIDRM", 43},
    {"EILSEQ", 84},
    {"EINPROGRESS", 115},
    {"EINTR", 4},
    {"EINVAL", 22},
    {"EIO", 5},
    {"EIOCBQUEUED", 529},
    {"EISCONN", 106},
    {"EISDIR", 21},
    {"EISNAM", 120},
    {"EJUKEBOX", 528},
    {"EKEYEXPIRED", 127},
    {"EKEYREJECTED", 129},
    {"EKEYREVOKED", 128},
    {"EL2HLT", 51},
    {"EL2NSYNC", 45},
    {"EL3HLT", 46},
    {"EL3RST", 47},
    {"ELIBACC", 79},
    {"ELIBBAD", 80},
    {"ELIBEXEC", 83},
    {"ELIBMAX", 82},
    {"ELIBSCN", 81},
    {"ELNRNG", 48},
    {"ELOOP", 40},
    {"EMEDIUMTYPE", 124},
    {"EMFILE", 24},
    {"EMLINK", 31},
    {"EMSGSIZE", 90},
    {"EMULTIHOP", 72},
    {"ENAMETOOLONG", 36},
    {"ENAVAIL", 119},
    {"ENETDOWN", 100},
    {"ENETRESET", 102},
    {"ENETUNREACH", 101},
    {"ENFILE", 23},
    {"ENOANO", 55},
    {"ENOBUFS", 105},
    {"ENOCSI", 50},
    {"ENODATA", 61},
    {"ENODEV", 19},
    {"ENOENT", 2},
    {"ENOEXEC", 8},
    {"ENOGRACE", 531},
    {"ENOIOCTLCMD", 515},
    {"ENOKEY", 126},
    {"ENOLCK", 37},
    {"ENOLINK", 67},
    {"ENOMEDIUM", 123},
    {"ENOMEM", 12},
    {"ENOMSG", 42},
    {"ENONET", 64},
    {"ENOPARAM", 519},
    {"ENOPKG", 65},
    {"ENOPROTOOPT", 92},
    {"ENOSPC", 28},
    {"ENOSR", 63},
    {"ENOSTR", 60},
    {"ENOSYS", 38},
    {"ENOTBLK", 15},
    {"ENOTCONN", 107},
    {"ENOTDIR", 20},
    {"ENOTEMPTY", 39},
    {"ENOTNAM", 118},
    {"ENOTRECOVERABLE", 131},
    {"ENOTSOCK", 88},
    {"ENOTSUPP", 524},
    {"ENOTSYNC", 522},
    {"ENOTTY", 25},
    {"ENOTUNIQ", 76},
    {"ENXIO", 6},
    {"EOPENSTALE", 518},
    {"EOPNOTSUPP", 95},
    {"EOVERFLOW", 75},
    {"EOWNERDEAD", 130},
    {"EPERM", 1},
    {"EPFNOSUPPORT", 96},
    {"EPIPE", 32},
    {"EPROBE_DEFER", 517},
    {"EPROTO", 71},
    {"EPROTONOSUPPORT", 93},
    {"EPROTOTYPE", 91},
    {"ERANGE", 34},
    {"ERECALLCONFLICT", 530},
    {"EREMCHG", 78},
    {"EREMOTE", 66},
    {"EREMOTEIO", 121},
    {"ERESTART", 85},
    {"ERESTARTNOHAND", 514},
    {"ERESTARTNOINTR", 513},
    {"ERESTARTSYS", 512},
    {"ERESTART_RESTARTBLOCK", 516},
    {"ERFKILL", 132},
    {"EROFS", 30},
    {"ESERVERFAULT", 526},
    {"ESHUTDOWN", 108},
    {"ESOCKTNOSUPPORT", 94},
    {"ESPIPE", 29},
    {"ESRCH", 3},
    {"ESRMNT", 69},
    {"ESTALE", 116},
    {"ESTRPIPE", 86},
    {"ETIME", 62},
    {"ETIMEDOUT", 110},
    {"ETOOMANYREFS", 109},
    {"ETOOSMALL", 525},
    {"ETXTBSY", 26},
    {"EUCLEAN", 117},
    {"EUNATCH", 49},
    {"EUSERS", 87},
    {"EWOULDBLOCK", 11},
    {"EXDEV", 18},
    {"EXFULL", 54},
};

// From 1, as include/uapi/asm-generic/signal.h and x86 number them.
constexpr std::string_view kSignals[] = {
    "SIGHUP",  "SIGINT",    "SIGQUIT", "SIGILL",   "SIGTRAP", "SIGABRT", "SIGBUS",  "SIGFPE",
    "SIGKILL", "SIGUSR1",   "SIGSEGV", "SIGUSR2",  "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT",
    "SIGCHLD", "SIGCONT",   "SIGSTOP", "SIGTSTP",  "SIGTTIN", "SIGTTOU", "SIGURG",  "SIGXCPU",
    "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO",   "SIGPWR",  "SIGSYS"};

// Whether an architecture is known to have the numbers of most for errno and signals.
bool is_generic(std::string_view architecture) {
  constexpr std::string_view kOwn[] = {"alpha", "mips", "parisc", "sparc"};
  return !architecture.empty() &&
         std::none_of(std::begin(kOwn), std::end(kOwn),
                      [&](std::string_view own) { return architecture.starts_with(own); });
}

template <size_t n>
std::optional<int64_t> find(const Named (&table)[n], std::string_view name) {
  const auto* at = std::lower_bound(
      std::begin(table), std::end(table), name,
      [](const Named& entry, std::string_view wanted) { return entry.name < wanted; });
  return at != std::end(table) && at->name == name ? std::optional(at->value) : std::nullopt;
}

}  // namespace

std::string errno_name(int64_t code, std::string_view architecture) {
  const int64_t number = code < 0 && code != kMin ? -code : code;
  // include/uapi/asm-generic/errno-base.h, and the kernel's own ones, are everybody's.
  const bool everywhere = number <= 34 || number >= 512;
  const auto* at = std::find_if(std::begin(kErrnos), std::end(kErrnos),
                                [&](const Named& entry) { return entry.value == number; });
  return at != std::end(kErrnos) && (everywhere || is_generic(architecture)) ? std::string(at->name)
                                                                             : std::string();
}

std::string signal_name(int64_t number, std::string_view architecture) {
  constexpr std::string_view kEverywhere[] = {"SIGHUP",  "SIGINT",  "SIGQUIT", "SIGILL",
                                              "SIGTRAP", "SIGABRT", "SIGFPE",  "SIGKILL",
                                              "SIGSEGV", "SIGPIPE", "SIGALRM", "SIGTERM"};
  if (number < 1 || number > static_cast<int64_t>(std::size(kSignals))) {
    return {};
  }
  const std::string_view name = kSignals[number - 1];
  const bool everywhere =
      std::find(std::begin(kEverywhere), std::end(kEverywhere), name) != std::end(kEverywhere);
  return everywhere || is_generic(architecture) ? std::string(name) : std::string();
}

std::string capability_name(int64_t number) {
  const auto* at =
      std::find_if(std::begin(kConstants), std::end(kConstants), [&](const Named& entry) {
        return entry.value == number && entry.name.starts_with("CAP_") &&
               entry.name != "CAP_LAST_CAP";
      });
  return at == std::end(kConstants) ? std::string() : std::string(at->name);
}

void for_each_builtin(const std::function<void(std::string_view, int64_t)>& visit) {
  for (const Named& entry : kConstants) {
    visit(entry.name, entry.value);
  }
}

std::optional<int64_t> builtin_constant(std::string_view name) { return find(kConstants, name); }

std::optional<int64_t> generic_errno(std::string_view name) { return find(kErrnos, name); }

}  // namespace kapi
