// SPDX-License-Identifier: GPL-2.0-only
// Kernel functions that BPF programs may call (include/linux/btf_ids.h, include/linux/btf.h).
//
// A set is {cnt, flags, {BTF id, KF_* flags}[cnt]} in the section .BTF_ids, where the symbol
// __BTF_ID__set8__<name> marks it. Since Linux 6.9 a set of kfuncs says so (BTF_SET8_KFUNCS);
// before, sets of functions that a program may replace the result of have the same form (since 6.3)
// and are told apart by their names. Without symbols only sets that say so can be found.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "kapi/types/functions.h"
#include "tables/read.h"

namespace kapi {
namespace {

constexpr const char* kFact = "kfuncs";
constexpr std::string_view kSymbol = "__BTF_ID__set8__";
constexpr std::string_view kSection = ".BTF_ids";
constexpr uint64_t kHoldsKfuncs = 1;      // BTF_SET8_KFUNCS, a macro
constexpr uint64_t kMaxFunctions = 4096;  // of one set; the largest of Linux 6.12 has 40
constexpr size_t kMaxKfuncs = 65536;

// KF_* by bit; they are macros, which no type information holds.
constexpr std::string_view kFlags[] = {
    "acquire",     "release",   "ret_null",   "kptr_get",   "trusted_args", "sleepable",
    "destructive", "rcu",       "iter_new",   "iter_next",  "iter_destroy", "rcu_protected",
    "fastcall",    "arena_ret", "arena_arg1", "arena_arg2", "implicit_args"};

std::vector<std::string> flag_names(uint64_t flags) {
  std::vector<std::string> names;
  for (size_t bit = 0; bit < 32; bit++) {
    if ((flags >> bit & 1) != 0) {
      names.emplace_back(bit < std::size(kFlags) ? std::string(kFlags[bit])
                                                 : fmt::format("unknown_{}", bit));
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

struct Pair {
  uint64_t id = 0;
  uint64_t flags = 0;
};
struct Set {
  std::string name;
  uint64_t flags = 0;
  std::vector<Pair> pairs;
};

// struct btf_id_set8 as the image has it.
class SetReader {
 public:
  SetReader(const std::shared_ptr<const Image>& image, const TypeGraph& graph, TypeId type)
      : image_(*image), reader_(image, graph), type_(type) {
    const auto pairs = find_member(graph, type, "pairs");
    const auto* array = pairs ? std::get_if<ArrayType>(&graph[graph.strip(pairs->type)]) : nullptr;
    if (array != nullptr) {
      pair_ = array->element;
      pairs_offset_ = pairs->bit_offset / 8;
      pair_size_ = graph.size_of(pair_);
    }
  }

  bool usable() const { return pair_size_ != 0; }

  std::optional<Set> at(uint64_t address) {
    if (!image_.covers(address, pairs_offset_)) {
      return std::nullopt;
    }
    const Object head = reader_.object(type_, address);
    const auto count = word(head, "cnt");
    const auto flags = word(head, "flags");
    if (!count || !flags || *count > kMaxFunctions ||
        !image_.covers(address + pairs_offset_, *count * pair_size_)) {
      return std::nullopt;
    }
    Set set{"", *flags, {}};
    for (uint64_t i = 0; i < *count; i++) {
      const Object pair = reader_.object(pair_, address + pairs_offset_ + i * pair_size_);
      const auto id = word(pair, "id");
      const auto kf = word(pair, "flags");
      if (!id || !kf) {
        return std::nullopt;
      }
      set.pairs.push_back({*id, *kf});
    }
    return set;
  }

 private:
  static std::optional<uint64_t> word(const Object& object, const char* name) {
    const auto member = object.member(name);
    return member ? member->bits() : std::nullopt;
  }

  const Image& image_;
  ObjectReader reader_;
  TypeId type_;
  TypeId pair_ = 0;
  uint64_t pairs_offset_ = 0;
  uint64_t pair_size_ = 0;
};

// Sets that the section holds by the looks of them: they say that they hold kfuncs, and all their
// ids are functions, in the order in which the kernel's build sorts them.
std::vector<Set> sets_by_shape(const Image& image, SetReader& reader,
                               const FunctionReader& functions) {
  std::vector<Set> sets;
  const Section* section = image.section(kSection);
  if (section == nullptr) {
    return sets;
  }
  for (uint64_t at = section->address; at + 8 <= section->address + section->size; at += 4) {
    auto set = reader.at(at);
    if (!set || set->flags != kHoldsKfuncs || set->pairs.empty()) {
      continue;
    }
    const bool sorted = std::is_sorted(set->pairs.begin(), set->pairs.end(),
                                       [](const Pair& a, const Pair& b) { return a.id < b.id; });
    // 0 stands for a function that the configuration left out, at the front.
    const bool named = std::all_of(set->pairs.begin(), set->pairs.end(), [&](const Pair& pair) {
      return pair.id == 0 ||
             (pair.id <= UINT32_MAX && !functions.name(static_cast<uint32_t>(pair.id)).empty());
    });
    if (sorted && named && set->pairs.back().id != 0) {
      sets.push_back(std::move(*set));
    }
  }
  return sets;
}

// Functions whose result a BPF program may replace stand in sets of the same form.
bool holds_modifiable(std::string_view name) {
  return name.find("fmodret") != name.npos || name.find("modify_return") != name.npos;
}

std::string kind_of(const TypeGraph& graph, TypeId id) {
  const TypeNode& node = graph[graph.strip(id)];
  if (const auto* integer = std::get_if<IntegerType>(&node)) {
    return integer->is_bool ? "bool" : integer->is_signed ? "int" : "uint";
  }
  if (const auto* enumeration = std::get_if<EnumType>(&node)) {
    return enumeration->is_signed ? "int" : "uint";
  }
  return std::holds_alternative<PointerType>(node) ? "ptr"
         : std::holds_alternative<VoidType>(node)  ? "void"
                                                   : "struct";
}

Kfunc kfunc_of(const TypeGraph& graph, const Function& function, uint64_t flags) {
  Kfunc kfunc;
  kfunc.name = to_utf8(function.name);
  kfunc.flags = flag_names(flags);
  const auto& prototype = std::get<FunctionType>(graph[function.type]);
  for (size_t i = 0; i < prototype.parameters.size(); i++) {
    Param param;
    param.name = to_utf8(function.parameters[i]);
    param.type_name = to_utf8(graph.spelling(prototype.parameters[i]));
    param.type = kind_of(graph, prototype.parameters[i]);
    if (const uint64_t size = graph.size_of(prototype.parameters[i])) {
      param.size = size;
    }
    kfunc.params.push_back(std::move(param));
  }
  Return result;
  result.type_name = to_utf8(graph.spelling(prototype.result));
  result.type = kind_of(graph, prototype.result);
  kfunc.return_ = std::move(result);
  return kfunc;
}

struct Sets {
  std::vector<Set> sets;
  size_t broken = 0;
  bool told = false;  // by the flag of a set what it holds, not by its name
};

Sets find_sets(const Image& image, SetReader& reader, const FunctionReader& functions) {
  Sets found;
  for (const Symbol& symbol : image.symbols_with_prefix(kSymbol)) {
    auto set = reader.at(symbol.address);
    if (!set) {
      found.broken++;
      continue;
    }
    set->name = to_utf8(symbol.name.substr(kSymbol.size()));
    found.told = found.told || (set->flags & kHoldsKfuncs) != 0;
    found.sets.push_back(std::move(*set));
  }
  if (found.sets.empty() && found.broken == 0) {
    found.sets = sets_by_shape(image, reader, functions);
    found.told = true;
  }
  const auto other = std::remove_if(found.sets.begin(), found.sets.end(), [&](const Set& set) {
    return found.told ? (set.flags & kHoldsKfuncs) == 0 : holds_modifiable(set.name);
  });
  found.sets.erase(other, found.sets.end());
  return found;
}

// Nothing if the image has no set; a row of coverage that says what stands in the way of reading.
void read_sets(const std::shared_ptr<const Image>& image, SetReader& reader,
               const FunctionReader& functions, Corpus& corpus) {
  const Sets found = find_sets(*image, reader, functions);
  if (found.sets.empty() && found.broken == 0) {
    corpus.coverage.push_back({kFact, "absent", 0, 0, "the image holds no set of them"});
    return;
  }
  TypeGraph graph;
  std::map<std::string, uint64_t> flags;  // of a function in several sets, all that any says
  std::map<std::string, uint32_t> ids;
  uint64_t broken = found.broken;
  for (const Set& set : found.sets) {
    for (const Pair& pair : set.pairs) {
      if (pair.id == 0) {
        continue;  // the configuration has no such function
      }
      const std::string name =
          pair.id > UINT32_MAX ? "" : functions.name(static_cast<uint32_t>(pair.id));
      if (name.empty() || ids.size() >= kMaxKfuncs) {
        broken++;
        continue;
      }
      flags[name] |= pair.flags;
      ids.emplace(name, static_cast<uint32_t>(pair.id));
    }
  }
  uint64_t read = 0;
  for (const auto& [name, id] : ids) {
    try {
      const auto function = functions.import(graph, id);
      corpus.kfuncs.push_back(kfunc_of(graph, *function, flags[name]));
      read++;
    } catch (const InputError& error) {
      corpus.diagnostics.push_back({Level::error, "kfunc-unreadable", kFact, error.reason(),
                                    error.place().section, error.place().offset});
      broken++;
    }
  }
  std::string detail =
      fmt::format("{} in {} set{}", read, found.sets.size(), found.sets.size() == 1 ? "" : "s");
  if (!found.told) {
    detail +=
        "; this kernel does not mark sets of kfuncs: those of other functions are known by "
        "their names";
  }
  if (broken != 0) {
    detail += fmt::format("; {} could not be read", broken);
  }
  corpus.coverage.push_back(
      {kFact, broken == 0 ? "complete" : "partial", read, read + broken, detail});
}

}  // namespace

void read_kfuncs(const std::shared_ptr<const Image>& image, TypeReader& types, Corpus& corpus) {
  TypeGraph graph;
  const auto type = types.import(graph, {TypeTag::structure, "btf_id_set8"});
  const bool marked = !image->symbols_with_prefix(kSymbol).empty();
  if (!type) {
    corpus.coverage.push_back({kFact, marked ? "unread" : "absent", 0, 0,
                               marked ? "neither BTF nor DWARF describes struct btf_id_set8"
                                      : "the image knows no struct btf_id_set8 (Linux 6.0)"});
    return;
  }
  SetReader reader(image, graph, *type);
  std::unique_ptr<FunctionReader> functions;
  std::string obstacle;
  try {
    functions = open_functions(image);
    obstacle = "the image has no BTF of its own to name functions by";
  } catch (const InputError& error) {
    obstacle = error.reason();
  }
  if (!functions || !reader.usable()) {
    corpus.coverage.push_back({kFact, marked ? "unread" : "absent", 0, 0, obstacle});
    return;
  }
  if (!marked && image->section(kSection) == nullptr) {
    corpus.coverage.push_back({kFact, "absent", 0, 0, "the image holds no set of them"});
    return;
  }
  read_sets(image, reader, *functions, corpus);
}

}  // namespace kapi
