// SPDX-License-Identifier: GPL-2.0-only
// Arrays of struct cftype (include/linux/cgroup-defs.h), which end with an element without a name.
//
// A controller's struct cgroup_subsys points to its files in each hierarchy, and its symbol names
// the controller (SUBSYS() in kernel/cgroup/cgroup.c); policies of the block controller point to
// theirs. The kernel puts the controller's name before that of the file (cgroup_file_name()). Other
// arrays are registered by code, and are found by what they hold.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "tables/read.h"
#include "tables/static_arrays.h"

namespace kapi {
namespace {

constexpr const char* kFact = "cgroup_files";
constexpr std::string_view kSubsystemSuffix = "_cgrp_subsys";
constexpr std::string_view kPolicyPrefix = "blkcg_policy_";
constexpr std::string_view kFlagPrefix = "CFTYPE_";
constexpr uint64_t kMaxFiles = 512;  // of one array; the longest, memory's, has 40

// Who registers an array.
struct Owner {
  std::string controller;  // empty: the files' names are whole
  std::string hierarchy;
};

// Arrays that only code registers. A symbol of another name is read all the same, and its files
// then are called by what the array says.
struct KnownArray {
  std::string_view symbol;
  std::string_view controller;
  std::string_view hierarchy;
};
constexpr KnownArray kKnownArrays[] = {
    {"cgroup_base_files", "", "v2"},  {"cgroup_psi_files", "", "v2"},
    {"cgroup1_base_files", "", "v1"}, {"swap_files", "memory", "v2"},
    {"zswap_files", "memory", "v2"},  {"memsw_files", "memory", "v1"},
};

class Files {
 public:
  Files(const std::shared_ptr<const Image>& image, TypeReader& types, const TypeGraph& graph,
        TypeId type)
      : image_(*image),
        evidence_(*image),
        graph_(graph),
        reader_(image, graph),
        type_(type),
        stride_(graph.size_of(type)) {
    for (Enumerator& enumerator : types.enumerators()) {
      if (enumerator.name.starts_with(kFlagPrefix) && enumerator.value > 0) {
        flags_.push_back(std::move(enumerator));
      }
    }
  }

  uint64_t stride() const { return stride_; }

  // The files of an array of at most `bound` elements; nothing if that is no such array.
  std::optional<std::vector<CgroupFile>> array(uint64_t address, uint64_t bound,
                                               const Owner& owner) {
    std::vector<CgroupFile> files;
    for (uint64_t i = 0; i < std::min(bound, kMaxFiles); i++) {
      const uint64_t at = address + i * stride_;
      if (evidence_.zero(at, stride_)) {
        return files;
      }
      auto file = element(at, owner);
      if (!file) {
        return std::nullopt;
      }
      files.push_back(std::move(*file));
    }
    return files;
  }

 private:
  std::optional<CgroupFile> element(uint64_t address, const Owner& owner) {
    if (!image_.covers(address, stride_)) {
      return std::nullopt;
    }
    const Object object = reader_.object(type_, address);
    const auto text = [&] {
      const auto member = object.member("name");
      return member ? member->string() : std::nullopt;
    };
    const auto name = text();
    const auto flags_member = object.member("flags");
    const auto flags = flags_member ? flags_member->bits() : std::nullopt;
    reader_.take_diagnostics();
    if (!name || !flags || !Evidence::is_file_name(*name) || is_registered(object)) {
      return std::nullopt;
    }
    const auto reads = any_function(object, {"read_u64", "read_s64", "seq_show"});
    const auto writes = any_function(object, {"write_u64", "write_s64", "write"});
    if (!reads || !writes) {
      return std::nullopt;
    }
    CgroupFile file;
    file.flags = flag_names(*flags);
    const bool whole = owner.controller.empty() || has(file.flags, "no_prefix");
    file.name = whole ? *name : owner.controller + "." + *name;
    file.hierarchy = owner.hierarchy;
    if (*reads) {
      file.access.emplace_back("read");
    }
    if (*writes) {
      file.access.emplace_back("write");
    }
    return file;
  }

  // Whether a member is set that only registering the file sets: then these are other bytes.
  bool is_registered(const Object& object) const {
    for (const char* name : {"ss", "kf_ops", "node"}) {
      const auto member = object.member(name);
      if (member && !evidence_.zero(member->address(), graph_.size_of(member->type()))) {
        return true;
      }
    }
    return false;
  }

  // Whether one of the members points to a function; nothing if one of them points elsewhere.
  std::optional<bool> any_function(const Object& object,
                                   std::initializer_list<const char*> members) {
    bool any = false;
    for (const char* name : members) {
      const auto member = object.member(name);
      const auto pointer = member ? member->bits() : std::nullopt;
      if (pointer.value_or(0) == 0) {
        continue;
      }
      if (!evidence_.function(*pointer)) {
        return std::nullopt;
      }
      any = true;
    }
    reader_.take_diagnostics();
    return any;
  }

  static bool has(const std::vector<std::string>& list, std::string_view item) {
    return std::find(list.begin(), list.end(), item) != list.end();
  }

  std::vector<std::string> flag_names(uint64_t flags) const {
    std::vector<std::string> names;
    for (const Enumerator& flag : flags_) {
      if ((flags & static_cast<uint64_t>(flag.value)) != 0) {
        std::string name = to_utf8(flag.name.substr(kFlagPrefix.size()));
        std::transform(name.begin(), name.end(), name.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        names.push_back(std::move(name));
        flags &= ~static_cast<uint64_t>(flag.value);
      }
    }
    for (uint64_t bit = 1; flags != 0 && bit != 0; bit <<= 1) {
      if ((flags & bit) != 0) {
        names.push_back(fmt::format("unknown_{:#x}", bit));
        flags &= ~bit;
      }
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
  }

  const Image& image_;
  Evidence evidence_;
  const TypeGraph& graph_;
  ObjectReader reader_;
  TypeId type_;
  uint64_t stride_;
  std::vector<Enumerator> flags_;
};

// Who registers which array, by its address.
class Owners {
 public:
  Owners(const std::shared_ptr<const Image>& image, TypeReader& types, SymbolList& symbols)
      : image_(image) {
    if (const auto type = types.import(graph_, {TypeTag::structure, "cgroup_subsys"})) {
      for (const Symbol& symbol : symbols.all()) {
        if (symbol.kind != SymbolKind::function && symbol.name.ends_with(kSubsystemSuffix) &&
            symbol.size >= graph_.size_of(*type)) {
          subsystem(symbol, *type);
        }
      }
    }
    if (const auto type = types.import(graph_, {TypeTag::structure, "blkcg_policy"})) {
      for (const Symbol& symbol : image->symbols_with_prefix(kPolicyPrefix)) {
        if (symbol.kind != SymbolKind::function && symbol.size >= graph_.size_of(*type)) {
          arrays(*type, symbol.address, "io", "blkio");
        }
      }
    }
    for (const KnownArray& known : kKnownArrays) {
      if (const auto symbol = image->symbol(known.symbol)) {
        add(symbol->address, {std::string(known.controller), std::string(known.hierarchy)});
      }
    }
  }

  // More than one for an array that both hierarchies share.
  const std::map<uint64_t, std::vector<Owner>>& all() const { return owners_; }

 private:
  void subsystem(const Symbol& symbol, TypeId type) {
    const std::string name =
        to_utf8(symbol.name.substr(0, symbol.name.size() - kSubsystemSuffix.size()));
    ObjectReader reader(image_, graph_);
    const auto member = reader.object(type, symbol.address).member("legacy_name");
    const auto legacy = member ? member->string() : std::nullopt;
    const bool named = legacy && Evidence::is_file_name(*legacy);
    arrays(type, symbol.address, name, named ? *legacy : name);
  }

  void arrays(TypeId type, uint64_t address, const std::string& name, const std::string& legacy) {
    ObjectReader reader(image_, graph_);
    const Object object = reader.object(type, address);
    const auto target = [&](const char* member_name) {
      const auto member = object.member(member_name);
      return member ? member->bits().value_or(0) : 0;
    };
    add(target("dfl_cftypes"), {name, "v2"});
    add(target("legacy_cftypes"), {legacy, "v1"});
  }

  void add(uint64_t address, Owner owner) {
    if (address == 0) {
      return;
    }
    std::vector<Owner>& owners = owners_[address];
    const auto same = [&](const Owner& known) { return known.hierarchy == owner.hierarchy; };
    if (std::none_of(owners.begin(), owners.end(), same)) {
      owners.push_back(std::move(owner));
    }
  }

  std::shared_ptr<const Image> image_;
  TypeGraph graph_;
  std::map<uint64_t, std::vector<Owner>> owners_;
};

// Puts the files of all arrays into the corpus.
class Collector {
 public:
  Collector(const std::shared_ptr<const Image>& image, Files files, Corpus& corpus)
      : image_(*image), files_(std::move(files)), corpus_(corpus) {}

  void owned(const Owners& owners) {
    for (const auto& [address, list] : owners.all()) {
      owned_.insert(address);
      for (const Owner& owner : list) {
        auto files = files_.array(address, kMaxFiles, owner);
        if (files) {
          take(std::move(*files), symbol_at(address));
        } else if (image_.covers(address, 1)) {
          broken_.push_back(fmt::format("{} at {:#x}", symbol_at(address), address));
        }
      }
    }
  }

  // The arrays that only code registers.
  void found(SymbolList& symbols) {
    for (const ArrayPlace& place : array_places(image_, symbols, files_.stride())) {
      auto files = owned_.count(place.address) != 0 ? std::nullopt
                                                    : files_.array(place.address, place.count, {});
      const auto in_use = [](const CgroupFile& file) { return !file.access.empty(); };
      if (!files || files->empty() || !std::all_of(files->begin(), files->end(), in_use)) {
        continue;
      }
      // Without a controller's name before them these are no files' names but what code makes them
      // of (hugetlb_dfl_tmpl).
      const bool whole = std::all_of(files->begin(), files->end(), [](const CgroupFile& file) {
        return file.name.find('.') != std::string::npos;
      });
      if (whole) {
        take(std::move(*files), to_utf8(place.symbol));
      } else if (files->size() > 1) {  // one alone may be anything that has a name
        templates_.push_back(to_utf8(place.symbol));
      }
    }
  }

  Coverage coverage() const {
    if (read_ == 0 && broken_.empty()) {
      return {kFact, "absent", 0, 0, "the image holds no table of them"};
    }
    std::string detail = fmt::format("{} tables", arrays_);
    if (!templates_.empty()) {
      detail += fmt::format("; files that are made at run time are in no image (templates: {})",
                            fmt::join(templates_, ", "));
    }
    if (!broken_.empty()) {
      detail += fmt::format("; could not be read: {}", fmt::join(broken_, ", "));
    }
    return {kFact, broken_.empty() ? "complete" : "partial", read_, read_ + broken_.size(), detail};
  }

 private:
  std::string symbol_at(uint64_t address) const {
    const auto symbols = image_.symbols_at(address);
    return symbols.empty() ? std::string() : to_utf8(symbols.front().name);
  }

  void take(std::vector<CgroupFile> files, const std::string& symbol) {
    arrays_ += files.empty() ? 0 : 1;
    for (CgroupFile& file : files) {
      file.table = symbol;
      corpus_.cgroup_files.push_back(std::move(file));
      read_++;
    }
  }

  const Image& image_;
  Files files_;
  Corpus& corpus_;
  std::set<uint64_t> owned_;
  uint64_t read_ = 0;
  uint64_t arrays_ = 0;
  std::vector<std::string> broken_;
  std::vector<std::string> templates_;
};

}  // namespace

void read_cgroup_files(const std::shared_ptr<const Image>& image, TypeReader& types,
                       SymbolList& symbols, Corpus& corpus) {
  TypeGraph graph;
  const auto type = types.import(graph, {TypeTag::structure, "cftype"});
  if (!type) {
    corpus.coverage.push_back(
        undescribed(*image, kFact, "struct cftype", "cgroup_add_dfl_cftypes"));
    return;
  }
  if (!image->has_symbols()) {
    corpus.coverage.push_back(
        {kFact, "unread", 0, 0, "the image has no symbol table to find them by"});
    return;
  }
  Collector collector(image, Files(image, types, graph, *type), corpus);
  collector.owned(Owners(image, types, symbols));
  collector.found(symbols);
  corpus.coverage.push_back(collector.coverage());
}

}  // namespace kapi
