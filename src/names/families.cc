// SPDX-License-Identifier: GPL-2.0-only
// Which family the values of an argument come from.
#include <algorithm>
#include <array>
#include <map>

#include "kapi/names.h"

namespace kapi {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool in_word(char c) {
  return is_upper(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

// Whether a name of C may be one of several that an argument takes: not a limit, not an option of
// the build, not something that other members of a spec say.
bool is_choice(std::string_view name) {
  constexpr std::string_view kPrefixes[] = {"CONFIG_", "CAP_", "KAPI_", "CVE_", "RLIMIT_"};
  constexpr std::string_view kSuffixes[] = {"_MAX", "_MIN", "_SIZE", "_MASK", "_LEN"};
  const size_t part = name.find('_');
  return part != name.npos && part > 0 && part + 1 < name.size() && is_upper(name.front()) &&
         std::none_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; }) &&
         std::none_of(std::begin(kPrefixes), std::end(kPrefixes),
                      [&](std::string_view prefix) { return name.starts_with(prefix); }) &&
         std::none_of(std::begin(kSuffixes), std::end(kSuffixes),
                      [&](std::string_view suffix) { return name.ends_with(suffix); });
}

// Arguments of syscalls as SYSCALL_DEFINE names them, where man-pages section 2 names the family.
struct Known {
  std::string_view api;
  std::string_view argument;
  std::string_view family;
};
constexpr auto kKnown = std::to_array<Known>({
    {"accept4", "flags", "SOCK_"},
    {"clock_gettime", "which_clock", "CLOCK_"},
    {"clone", "clone_flags", "CLONE_"},
    {"close_range", "flags", "CLOSE_RANGE_"},
    {"creat", "mode", "S_I"},
    {"epoll_create1", "flags", "EPOLL_"},
    {"epoll_ctl", "op", "EPOLL_CTL_"},
    {"eventfd2", "flags", "EFD_"},
    {"fadvise64", "advice", "POSIX_FADV_"},
    {"fallocate", "mode", "FALLOC_FL_"},
    {"fanotify_init", "flags", "FAN_"},
    {"fanotify_mark", "flags", "FAN_MARK_"},
    {"fchmod", "mode", "S_I"},
    {"fchmodat", "mode", "S_I"},
    {"fchmodat2", "mode", "S_I"},
    {"fchownat", "flag", "AT_"},
    {"fcntl", "cmd", "F_"},
    {"flock", "cmd", "LOCK_"},
    {"fsmount", "flags", "FSMOUNT_"},
    {"fsopen", "flags", "FSOPEN_"},
    {"futex", "op", "FUTEX_"},
    {"getrandom", "flags", "GRND_"},
    {"inotify_add_watch", "mask", "IN_"},
    {"inotify_init1", "flags", "IN_"},
    {"io_uring_setup", "flags", "IORING_SETUP_"},
    {"kcmp", "type", "KCMP_"},
    {"linkat", "flags", "AT_"},
    {"lseek", "whence", "SEEK_"},
    {"madvise", "behavior", "MADV_"},
    {"memfd_create", "flags", "MFD_"},
    {"mkdir", "mode", "S_I"},
    {"mkdirat", "mode", "S_I"},
    {"mlock2", "flags", "MLOCK_"},
    {"mlockall", "flags", "MCL_"},
    {"mmap", "flags", "MAP_"},
    {"mmap", "prot", "PROT_"},
    {"mount", "flags", "MS_"},
    {"mprotect", "prot", "PROT_"},
    {"mremap", "flags", "MREMAP_"},
    {"msync", "flags", "MS_"},
    {"newfstatat", "flag", "AT_"},
    {"open", "flags", "O_"},
    {"open", "mode", "S_I"},
    {"openat", "flags", "O_"},
    {"openat", "mode", "S_I"},
    {"perf_event_open", "flags", "PERF_FLAG_"},
    {"pidfd_open", "flags", "PIDFD_"},
    {"pipe2", "flags", "O_"},
    {"pkey_mprotect", "prot", "PROT_"},
    {"prctl", "option", "PR_"},
    {"ptrace", "request", "PTRACE_"},
    {"recvfrom", "flags", "MSG_"},
    {"recvmsg", "flags", "MSG_"},
    {"renameat2", "flags", "RENAME_"},
    {"seccomp", "op", "SECCOMP_"},
    {"sendmsg", "flags", "MSG_"},
    {"sendto", "flags", "MSG_"},
    {"setns", "flags", "CLONE_"},
    {"signalfd4", "flags", "SFD_"},
    {"socket", "family", "AF_"},
    {"socket", "type", "SOCK_"},
    {"splice", "flags", "SPLICE_F_"},
    {"statx", "flags", "AT_"},
    {"statx", "mask", "STATX_"},
    {"sync_file_range", "flags", "SYNC_FILE_RANGE_"},
    {"tee", "flags", "SPLICE_F_"},
    {"timerfd_create", "flags", "TFD_"},
    {"umount", "flags", "MNT_"},
    {"unlinkat", "flag", "AT_"},
    {"unshare", "unshare_flags", "CLONE_"},
    {"userfaultfd", "flags", "O_"},
    {"waitid", "which", "P_"},
});

// The longest start of both that ends in an underscore.
std::string common_family(std::string_view a, std::string_view b) {
  const size_t length =
      static_cast<size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
  return std::string(a.substr(0, a.substr(0, length).rfind('_') + 1));
}

}  // namespace

std::vector<std::string> mentioned_constants(std::string_view words) {
  std::vector<std::string> names;
  for (size_t at = 0; at < words.size();) {
    size_t end = at;
    while (end < words.size() && in_word(words[end])) {
      end++;
    }
    const std::string name(words.substr(at, end - at));
    if (is_choice(name) && std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(name);
    }
    at = std::max(end, at + 1);
  }
  return names;
}

Described described(const Api& api, const Param& param) {
  return {api.name, param.name, param.type_name, param.description + "\n" + param.constraint_text};
}
Described described(const Api& api, const Field& field) {
  return {api.name, field.name, field.type_name, field.description + "\n" + field.enum_values};
}

std::vector<ConstantFamily> constant_families(const Described& element) {
  constexpr std::string_view kEnum = "enum ";
  if (element.type_name.starts_with(kEnum)) {
    const auto* const end = std::find_if_not(element.type_name.begin() + kEnum.size(),
                                             element.type_name.end(), in_word);
    return {{std::string(element.type_name.begin(), end), true}};
  }
  std::string_view api = element.api;
  api.remove_prefix(api.starts_with("sys_") ? 4 : 0);
  for (const Known& known : kKnown) {
    if (known.api == api && known.argument == element.name) {
      return {{std::string(known.family), true}};
    }
  }
  // By what stands before the first underscore, since one argument may mention two families.
  std::map<std::string, std::string> families;
  for (const std::string& name : mentioned_constants(element.words)) {
    const auto [at, is_new] = families.emplace(name.substr(0, name.find('_') + 1), name);
    if (!is_new) {
      at->second = common_family(at->second, name);
    }
  }
  std::vector<ConstantFamily> found;
  found.reserve(families.size());
  for (const auto& [first, common] : families) {
    // One name alone does not tell how far its family goes.
    found.push_back({common.ends_with('_') ? common : first, false});
  }
  return found;
}

}  // namespace kapi
