// SPDX-License-Identifier: GPL-2.0-only
#include "diff/layout.h"

#include <algorithm>
#include <cctype>

#include "diff/c_type.h"
#include "diff/subject.h"

namespace kapi {
namespace {

constexpr uint64_t kMostBytes = UINT64_MAX / 32;  // beyond that a made-up place

template <size_t N>
bool is_one_of(std::string_view word, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// "reserved" of "Reserved_1" and of "__reserved2": the words of a name, without numbers.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) {
      words.push_back(std::move(word));
    }
    word.clear();
  };
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalpha(byte) != 0) {
      word += static_cast<char>(std::tolower(byte));
    } else {
      finish();
    }
  }
  finish();
  return words;
}

std::vector<std::string> users_of(const Change& change) {
  std::vector<std::string> users;
  for (const Side* side : {&change.old_side, &change.new_side}) {
    if (side->structure != nullptr) {
      users.insert(users.end(), side->structure->users.begin(), side->structure->users.end());
    }
  }
  return users;
}

// How the size of a struct travels that no syscall argument shows. An option's or an attribute's
// length, or the number of an ioctl whose core pads what is short (drivers/gpu/drm/drm_ioctl.c).
bool travels_by_convention(std::string_view name) {
  constexpr std::string_view kNames[] = {
      "bpf_attr",
      "clone_args",
      "landlock_ruleset_attr",
      "mnt_id_req",
      "mount_attr",
      "mptcp_info",
      "mptcp_full_info",
      "open_how",
      "rseq",
      "perf_event_attr",
      "sched_attr",
      "rtnl_link_stats64",
      "tcp_zerocopy_receive",
      "statmount",
      "tcp_info",
      "tcp_diag_md5sig",
      "bpf_prog_info",
      "bpf_map_info",
      "bpf_btf_info",
      "bpf_link_info",
      "xdp_statistics",
      "xdp_options",
      "xdp_umem_reg",
      "xdp_mmap_offsets",
      "btrfs_ioctl_fs_info_args_ext",
  };
  return is_one_of(name, kNames) || name.starts_with("drm_");
}

}  // namespace

bool is_layout(const Change& change) { return is_type(change.root); }

bool is_internal(const Change& change) { return is_layout(change) && users_of(change).empty(); }

bool only_declared(const Change& change) {
  const auto users = users_of(change);
  return is_layout(change) && !users.empty() &&
         std::all_of(users.begin(), users.end(),
                     [](const std::string& user) { return user == kUapiUser; });
}

std::string users_text(const Change& change) {
  constexpr size_t kNamed = 4;
  std::set<std::string> users;
  for (std::string& user : users_of(change)) {
    users.insert(std::move(user));
  }
  const bool declared = users.erase(std::string(kUapiUser)) != 0;
  std::string text;
  size_t named = 0;
  for (const std::string& user : users) {
    if (++named <= kNamed) {
      text += (text.empty() ? "used by " : ", ") + user;
    }
  }
  if (named > kNamed) {
    text += " and " + std::to_string(named - kNamed) + " more";
  }
  if (declared) {
    text += text.empty() ? "declared by installed headers" : "; declared by installed headers";
  }
  return text;
}

bool is_reserved(const Field& field) {
  constexpr std::string_view kReserved[] = {"reserved", "reserve", "rsvd",    "resv",   "rsv",
                                            "res",      "pad",     "padding", "unused", "spare",
                                            "filler",   "fill",    "mbz",     "align"};
  constexpr std::string_view kCounts[] = {"nr", "num", "count", "total", "n", "max", "min"};
  if (field.type == "ptr" || field.type == "struct" || field.type == "function") {
    return false;
  }
  const auto words = words_of(field.name.substr(field.name.rfind('.') + 1));
  if (words.empty()) {
    return field.type != "union";  // an unnamed bit-field
  }
  const std::string& first = words.front();
  const bool all = std::all_of(words.begin(), words.end(),
                               [&](const std::string& word) { return is_one_of(word, kReserved); });
  return all ||
         (words.back() != "res" && words.back() != "fill" && words.back() != "align" &&
          is_one_of(words.back(), kReserved) && !is_one_of(first, kCounts)) ||
         (first == "reserved" && field.name.starts_with("__"));
}

bool is_open(const Field& field) {
  return field.type == "array" && field.size.value_or(0) == 0 &&
         (field.type_name.ends_with("[]") || field.type_name.ends_with("[0]"));
}

std::string_view record_name(const Field& field) {
  std::string_view text = field.type_name;
  for (const std::string_view kind : {"struct ", "union "}) {
    if (text.starts_with(kind)) {
      text.remove_prefix(kind.size());
    }
  }
  const auto* const end = std::find_if(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '_';
  });
  const std::string_view rest = text.substr(static_cast<size_t>(end - text.begin()));
  const bool plain = rest.find('*') == rest.npos && rest.find('(') == rest.npos;
  return plain ? text.substr(0, text.size() - rest.size()) : std::string_view();
}

const Struct* find_type(const Corpus& corpus, std::string_view name) {
  const auto found =
      std::lower_bound(corpus.types.begin(), corpus.types.end(), name,
                       [](const Struct& type, std::string_view key) { return type.name < key; });
  return name.empty() || found == corpus.types.end() || found->name != name ? nullptr : &*found;
}

bool same_layout(const Struct& a, const Struct& b) {
  return a.size == b.size && std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(),
                                        b.fields.end(), [](const Field& x, const Field& y) {
                                          return x.offset == y.offset && x.size == y.size &&
                                                 x.type == y.type && x.bits == y.bits &&
                                                 x.bit_offset == y.bit_offset;
                                        });
}

SizedTypes::SizedTypes(const Corpus& corpus) {
  constexpr std::string_view kSizes[] = {"size",     "usize",    "bufsize",  "uargs_size",
                                         "rseq_len", "req_size", "attr_size"};
  for (const Syscall& syscall : corpus.syscalls) {
    for (size_t i = 0; i + 1 < syscall.params.size(); i++) {
      const Param& size = syscall.params[i + 1];
      Param pointer = syscall.params[i];
      pointer.name.clear();  // no part of the text here, though it may be that of the struct
      const CType type = c_type(pointer, corpus.source.bits);
      if (!type.pointer || size.type == "ptr" || !is_one_of(size.name, kSizes)) {
        continue;
      }
      for (const std::string& word : type.bare) {
        by_argument_.insert(word);
      }
    }
  }
}

bool SizedTypes::contains(const Struct& layout) const {
  constexpr std::string_view kSizes[] = {"size", "usize", "argsz", "struct_size"};
  const bool in_itself =
      std::any_of(layout.fields.begin(), layout.fields.end(), [&](const Field& field) {
        return field.offset == 0 && field.size == 4U && field.type == "uint" &&
               is_one_of(field.name, kSizes);
      });
  return in_itself || by_argument_.count(layout.name) != 0 || travels_by_convention(layout.name);
}

Rooms::Rooms(const Struct& here, const Struct& there,
             const std::vector<std::pair<size_t, size_t>>& pairs) {
  std::vector<bool> stays(there.fields.size());
  for (const auto& [own, other] : pairs) {
    const Extent a = extent_of(here.fields[own]);
    const Extent b = extent_of(there.fields[other]);
    stays[other] = a.begin == b.begin && a.end == b.end;
  }
  for (size_t i = 0; i < there.fields.size(); i++) {
    const Field& field = there.fields[i];
    const Extent extent = extent_of(field);
    if (extent.begin != extent.end) {
      (is_reserved(field) ? reserved_ : stays[i] ? staying_ : displaced_).push_back(extent);
    }
    end_ = std::max(end_, extent.end);
  }
  if (there.size) {
    end_ = std::min(*there.size, kMostBytes) * 8;
  }
  for (auto* extents : {&reserved_, &staying_, &displaced_}) {
    merge(*extents);
  }
}

Rooms::Extent Rooms::extent_of(const Field& field) {
  const uint64_t begin =
      std::min(field.offset, kMostBytes) * 8 + std::min<uint64_t>(field.bit_offset.value_or(0), 7);
  const uint64_t bits = field.bits ? std::min<uint64_t>(*field.bits, 64)
                                   : std::min(field.size.value_or(0), kMostBytes) * 8;
  return {begin, begin + bits};
}

void Rooms::merge(std::vector<Extent>& extents) {
  std::sort(extents.begin(), extents.end(),
            [](const Extent& a, const Extent& b) { return a.begin < b.begin; });
  std::vector<Extent> merged;
  for (const Extent& extent : extents) {
    if (!merged.empty() && extent.begin <= merged.back().end) {
      merged.back().end = std::max(merged.back().end, extent.end);
    } else {
      merged.push_back(extent);
    }
  }
  extents = std::move(merged);
}

bool Rooms::overlaps(const std::vector<Extent>& merged, Extent extent) {
  const auto after = std::lower_bound(merged.begin(), merged.end(), extent.end,
                                      [](const Extent& e, uint64_t end) { return e.begin < end; });
  return after != merged.begin() && std::prev(after)->end > extent.begin;
}

Room Rooms::of(const Field& field) const {
  const Extent extent = extent_of(field);
  if (extent.begin == extent.end) {
    return Room::open_end;
  }
  if (overlaps(displaced_, extent)) {
    return Room::taken;
  }
  if (extent.end > end_) {
    return Room::end;
  }
  return overlaps(staying_, extent)    ? Room::shared
         : overlaps(reserved_, extent) ? Room::reserved
                                       : Room::padding;
}

}  // namespace kapi
