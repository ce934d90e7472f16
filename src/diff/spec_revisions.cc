// SPDX-License-Identifier: GPL-2.0-only
#include "diff/spec_revisions.h"

#include <algorithm>
#include <iterator>

namespace kapi {
namespace {

using enum SpecRevision;

constexpr std::pair<SpecRevision, std::string_view> kNames[] = {
    {rfc1, "RFC v1"}, {rfc2, "RFC v2"},     {rfc3, "RFC v3"},     {rfc4, "RFC v4"},
    {rfc5, "RFC v5"}, {patch1, "PATCH v1"}, {patch2, "PATCH v2"}, {patch3, "PATCH v3/v4"},
};

// What src/spec says of a layout before it names the revision.
constexpr std::string_view kSays[] = {
    "the built-in table of ",
    "its members and numbers are those of ",
    "its members and numbers are nearest to those of ",
};

// Members of struct kernel_api_spec and of what it holds that not all revisions have, by the list
// they stand in and by their name in the model; without a name, the whole list.
struct Member {
  std::string_view list;
  std::string_view name;
  SpecRevision first;
  SpecRevision last;
};
constexpr Member kMembers[] = {
    {"capabilities", "", rfc2, patch3},
    {"signals", "error", rfc2, patch3},
    {"signals", "interruptible", rfc2, patch3},
    {"signals", "priority", rfc2, patch3},
    {"signals", "queue_behavior", rfc2, patch3},
    {"signals", "sa_flags_forbidden", rfc2, patch3},
    {"signals", "sa_flags_required", rfc2, patch3},
    {"signals", "state_forbidden", rfc2, patch3},
    {"signals", "state_required", rfc2, patch3},
    {"signals", "timing", rfc2, patch3},
    {"signals", "transform_to", rfc2, patch3},
    {"", "network", rfc2, patch2},
    {"", "deprecated", rfc1, rfc3},
    {"", "replacement", rfc1, rfc3},
    {"", "since_version", rfc1, patch1},
    {"", "cmd", rfc1, rfc2},
    {"", "cmd_name", rfc1, rfc2},
    {"", "input_size", rfc1, rfc2},
    {"", "output_size", rfc1, rfc2},
    {"", "file_ops_name", rfc1, rfc2},
    {"", "subsystem", rfc2, rfc2},
    {"", "device_type", rfc2, rfc2},
};

// "capabilities" of "sys_open/capabilities/CAP_SYS_ADMIN"
std::string_view list_of(std::string_view subject) {
  const size_t first = subject.find('/');
  if (first == subject.npos) {
    return {};
  }
  const std::string_view rest = subject.substr(first + 1);
  return rest.substr(0, rest.find('/'));
}

std::optional<SpecRevision> named_in(std::string_view text) {
  for (const std::string_view words : kSays) {
    if (!text.starts_with(words)) {
      continue;
    }
    const std::string_view rest = text.substr(words.size());
    for (const auto& [revision, known] : kNames) {
      // "RFC v2 without CONFIG_NET" is v2; "RFC v4 and RFC v5" is neither.
      const std::string_view after = rest.starts_with(known) ? rest.substr(known.size()) : "?";
      if (after.empty() || after.starts_with(" (") || after == " without CONFIG_NET") {
        return revision;
      }
    }
  }
  return std::nullopt;
}

}  // namespace

std::string_view name(SpecRevision revision) {
  return std::find_if(std::begin(kNames), std::end(kNames),
                      [&](const auto& entry) { return entry.first == revision; })
      ->second;
}

std::optional<SpecRevision> spec_revision(const Source& source) {
  if (const auto by_table = named_in(source.spec_layout)) {
    return by_table;
  }
  for (const std::string& evidence : source.spec_evidence) {
    if (const auto by_types = named_in(evidence)) {
      return by_types;
    }
  }
  return std::nullopt;
}

bool explained_by_revision(const Finding& finding, SpecRevision before, SpecRevision after) {
  if (finding.before.empty() == finding.after.empty()) {
    return false;  // both say it
  }
  const SpecRevision silent = finding.before.empty() ? before : after;
  const std::string_view said = finding.before.empty() ? finding.after : finding.before;
  const std::string_view list = list_of(finding.subject);
  return std::any_of(std::begin(kMembers), std::end(kMembers), [&](const Member& member) {
    const bool lacking = silent < member.first || silent > member.last;
    return lacking && member.list == list &&
           (member.name.empty() ||
            (said.starts_with(member.name) && said.substr(member.name.size()).starts_with(": ")));
  });
}

}  // namespace kapi
