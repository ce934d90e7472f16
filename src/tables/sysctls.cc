// SPDX-License-Identifier: GPL-2.0-only
// Arrays of struct ctl_table (include/linux/sysctl.h).
//
// Until Linux 6.5 an element may be a folder, whose `child` is the array of what is in it; until
// 6.11 an array ends with an element without a name. A folder's path is known where it hangs, by
// such children, below one of the folders that /proc/sys itself has; where a table is registered
// below a path, only code says so.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "tables/read.h"
#include "tables/static_arrays.h"

namespace kapi {
namespace {

constexpr const char* kFact = "sysctls";
constexpr uint64_t kModes = 0777;
constexpr int64_t kMaxData = 1 << 20;  // bytes behind one sysctl; the longest bitmap takes 8192
constexpr int kMaxDepth = 8;           // of folders; the kernel's own tables have four
constexpr size_t kMaxEntries = 65536;  // of all tables: a kernel has about a thousand

// The folders right below /proc/sys.
constexpr std::array<std::string_view, 11> kRoots = {
    "abi", "crypto", "debug", "dev", "fs", "kernel", "net", "sunrpc", "lockdep", "user", "vm"};

struct Entry {
  std::string name;
  uint64_t mode = 0;
  uint64_t size = 0;
  std::string handler;
  uint64_t child = 0;  // of a folder, its array
};

struct Table {
  std::string symbol;
  std::vector<Entry> entries;
};

class Finder {
 public:
  Finder(const std::shared_ptr<const Image>& image, const TypeGraph& graph, TypeId type)
      : image_(*image),
        evidence_(*image),
        reader_(image, graph),
        type_(type),
        stride_(graph.size_of(type)) {
    if (const auto name = find_member(graph, type, "procname")) {
      name_offset_ = name->bit_offset / 8;
    }
  }

  // By address.
  std::map<uint64_t, Table> run(SymbolList& symbols) {
    std::map<uint64_t, Table> tables;
    size_t entries = 0;
    for (const ArrayPlace& place : array_places(image_, symbols, stride_)) {
      auto table = table_at(place);
      if (table && entries + table->entries.size() <= kMaxEntries) {
        entries += table->entries.size();
        tables.emplace(place.address, std::move(*table));
      }
    }
    return tables;
  }

 private:
  std::optional<Table> table_at(const ArrayPlace& place) {
    Table table{to_utf8(place.symbol), {}};
    for (uint64_t i = 0; i < place.count; i++) {
      const uint64_t address = place.address + i * stride_;
      if (evidence_.zero(address, stride_)) {
        break;
      }
      auto entry = entry_at(address);
      if (!entry) {
        if (place.is_bound) {
          break;  // the array ends where it stops to look like one
        }
        return std::nullopt;
      }
      table.entries.push_back(std::move(*entry));
    }
    return table.entries.empty() ? std::nullopt : std::optional(std::move(table));
  }

  std::optional<Entry> entry_at(uint64_t address) {
    // The cheapest question first: nearly all symbols are no tables.
    const auto name_address = evidence_.pointer(address + name_offset_);
    auto name = name_address ? evidence_.file_name(*name_address) : std::nullopt;
    if (!name) {
      return std::nullopt;
    }
    const Object object = reader_.object(type_, address);
    const auto number = [&](const char* member) {
      const auto found = object.member(member);
      return found ? found->integer() : std::nullopt;
    };
    const auto mode = number("mode");
    const auto size = number("maxlen");
    const auto handler = number("proc_handler");
    const int64_t child = number("child").value_or(0);
    reader_.take_diagnostics();  // what cannot be read is no table
    if (!mode || !size || !handler || *mode <= 0 || (*mode & ~int64_t{kModes}) != 0 || *size < 0 ||
        *size > kMaxData) {
      return std::nullopt;
    }
    Entry entry{std::move(*name), static_cast<uint64_t>(*mode), static_cast<uint64_t>(*size), "",
                static_cast<uint64_t>(child)};
    if (*handler != 0) {
      const auto function = evidence_.function(static_cast<uint64_t>(*handler));
      if (!function) {
        return std::nullopt;
      }
      entry.handler = *function;
    } else if (child == 0 && image_.format() != ImageFormat::elf_rel) {
      return std::nullopt;  // in a module the handler may be a function of the kernel
    }
    return child == 0 || image_.covers(entry.child, stride_) ? std::optional(std::move(entry))
                                                             : std::nullopt;
  }

  const Image& image_;
  Evidence evidence_;
  ObjectReader reader_;
  TypeId type_;
  uint64_t stride_;
  uint64_t name_offset_ = 0;
};

// The path of each table whose place is certain.
class Paths {
 public:
  explicit Paths(const std::map<uint64_t, Table>& tables) : tables_(tables) {
    std::map<uint64_t, bool> is_child;
    for (const auto& [address, table] : tables) {
      for (const Entry& entry : table.entries) {
        is_child[entry.child] = true;
      }
    }
    for (const auto& [address, table] : tables) {
      if (is_child.count(address) == 0) {
        for (const Entry& entry : table.entries) {
          if (std::find(kRoots.begin(), kRoots.end(), entry.name) != kRoots.end()) {
            descend(entry.child, entry.name, 1);
          }
        }
      }
    }
  }

  std::string of(uint64_t address) const {
    const auto found = paths_.find(address);
    return found == paths_.end() ? std::string() : found->second;
  }

 private:
  void descend(uint64_t child, const std::string& path, int depth) {
    const auto table = tables_.find(child);
    if (child == 0 || depth > kMaxDepth || table == tables_.end() ||
        !paths_.emplace(child, path).second) {
      return;
    }
    for (const Entry& entry : table->second.entries) {
      descend(entry.child, path + "/" + entry.name, depth + 1);
    }
  }

  const std::map<uint64_t, Table>& tables_;
  std::map<uint64_t, std::string> paths_;
};

}  // namespace

void read_sysctls(const std::shared_ptr<const Image>& image, TypeReader& types, SymbolList& symbols,
                  Corpus& corpus) {
  TypeGraph graph;
  const auto type = types.import(graph, {TypeTag::structure, "ctl_table"});
  if (!type) {
    corpus.coverage.push_back(
        undescribed(*image, kFact, "struct ctl_table", "__register_sysctl_table"));
    return;
  }
  for (const char* member : {"procname", "maxlen", "mode", "proc_handler"}) {
    if (!find_member(graph, *type, member)) {
      corpus.coverage.push_back(
          {kFact, "unread", 0, 0, fmt::format("its struct ctl_table has no member {}", member)});
      return;
    }
  }
  if (!image->has_symbols()) {
    corpus.coverage.push_back(
        {kFact, "unread", 0, 0, "the image has no symbol table to find them by"});
    return;
  }
  const auto tables = Finder(image, graph, *type).run(symbols);
  const Paths paths(tables);
  uint64_t files = 0;
  uint64_t with_files = 0;
  for (const auto& [address, table] : tables) {
    const uint64_t before = files;
    for (const Entry& entry : table.entries) {
      if (entry.child == 0) {
        files++;
        Sysctl sysctl{entry.name,    paths.of(address),
                      table.symbol,  fmt::format("{:04o}", entry.mode),
                      entry.handler, {}};
        if (entry.size != 0) {  // else only the handler knows
          sysctl.size = entry.size;
        }
        corpus.sysctls.push_back(std::move(sysctl));
      }
    }
    with_files += files == before ? 0 : 1;
  }
  if (files == 0) {
    corpus.coverage.push_back({kFact, "absent", 0, 0, "the image holds no table of them"});
    return;
  }
  corpus.coverage.push_back(
      {kFact, "complete", files, files,
       fmt::format("{} tables, found by what they hold; those made at run time are in no image",
                   with_files)});
}

}  // namespace kapi
