// SPDX-License-Identifier: GPL-2.0-only
#include "surface/signatures.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <set>

#include "surface/argument_types.h"
#include "surface/syscall_metadata.h"

namespace kapi {
namespace {

// SYSCALL_DEFINEn and COMPAT_SYSCALL_DEFINEn make all functions return that.
const Return kLong = {"long", "int", "", std::nullopt, std::nullopt, std::nullopt, {}, ""};

// The functions that have a syscall's true parameters, best first: what its macro makes of its body
// (include/linux/syscalls.h), and what is written without the macro.
std::array<std::string, 2> functions_of(const Syscall& syscall, bool native) {
  return native ? std::array{"__do_sys_" + syscall.name, "sys_" + syscall.name}
                : std::array{"__do_compat_sys_" + syscall.name, "compat_sys_" + syscall.name};
}

// The value's own qualifiers are no part of its type to a caller.
TypeId unqualified(const TypeGraph& graph, TypeId id) {
  for (size_t steps = 0; steps < graph.size(); steps++) {
    const auto* qualified = std::get_if<QualifiedType>(&graph[id]);
    if (qualified == nullptr) {
      break;
    }
    id = qualified->target;
  }
  return id;
}

// What SYSCALL_DEFINE0 makes of a body without parameters where entries take the registers.
bool takes_registers_only(const TypeGraph& graph, const Prototype& prototype) {
  return prototype.parameters.size() == 1 &&
         graph.spelling(prototype.parameters[0].second).ends_with("struct pt_regs *");
}

class Signatures {
 public:
  Signatures(const std::shared_ptr<const Image>& image, TypeReader& types,
             std::span<const TableKind> kinds, Corpus& corpus)
      : image_(image), types_(types), corpus_(corpus) {
    for (Syscall& syscall : corpus.syscalls) {
      for (const TableKind& kind : kinds) {
        if (kind.abi == syscall.abi) {
          wanted_.push_back({&syscall, is_native(kind, syscall.entry)});
        }
      }
    }
  }

  SyscallTypes run(const std::string& types_from, std::span<const TableKind> kinds) {
    by_name(types_from);
    if (wanted_.empty()) {
      return std::move(result_);
    }
    if (types_from == "dwarf") {
      from_functions("DWARF");
    }
    from_metadata();
    if (types_from.empty() && !has_metadata_) {
      from_functions("DWARF");
    }
    if (types_from != "dwarf") {
      from_functions("BTF");
    }
    result_.all_compat = std::all_of(wanted_.begin(), wanted_.end(), [](const Wanted& wanted) {
      return wanted.native || wanted.syscall->has_signature();
    });
    result_.all_native = std::all_of(wanted_.begin(), wanted_.end(), [](const Wanted& wanted) {
      return !wanted.native || wanted.syscall->has_signature();
    });
    complete_ = types_from == "dwarf" || image_->section(".debug_info") == nullptr;
    for (const TableKind& kind : kinds) {
      cover(kind);
    }
    return std::move(result_);
  }

 private:
  struct Wanted {
    Syscall* syscall;
    bool native;
  };

  void from_metadata() {
    const auto metadata = read_syscall_metadata(image_, types_, corpus_.diagnostics);
    has_metadata_ = !metadata.signatures.empty();
    metadata_failed_ = metadata.failed;
    obstacle_ = metadata.obstacle;
    for (const Wanted& wanted : wanted_) {
      const auto found = metadata.signatures.find(wanted.syscall->name);
      if (!wanted.syscall->has_signature() && wanted.native && found != metadata.signatures.end()) {
        wanted.syscall->signature_from = "metadata";
        wanted.syscall->params = found->second;
        wanted.syscall->return_ = kLong;
      }
    }
  }

  void from_functions(const char* origin) {
    std::vector<const Wanted*> open;
    std::vector<FunctionName> names;
    for (const Wanted& wanted : wanted_) {
      if (wanted.syscall->has_signature()) {
        continue;
      }
      open.push_back(&wanted);
      const auto entry = image_->symbol(wanted.syscall->entry);
      for (auto& name : functions_of(*wanted.syscall, wanted.native)) {
        names.push_back({std::move(name), entry ? entry->address : 0});
      }
    }
    if (open.empty()) {
      return;
    }
    guarded([&] {
      SyscallTypes::Source* source = source_of(origin);
      if (source == nullptr) {
        return;
      }
      const auto found = source->types->functions(names);
      for (size_t i = 0; i < open.size(); i++) {
        take(*source, *open[i], found, i * names.size() / open.size());
      }
    });
  }

  // Of the first of its functions that there is. One of several forms is nobody's.
  void take(SyscallTypes::Source& source, const Wanted& wanted,
            const std::vector<std::vector<Prototype>>& found, size_t first) {
    for (size_t i = first; i < first + 2; i++) {
      if (found[i].size() > 1) {
        corpus_.diagnostics.push_back(
            {Level::warning, "signature-ambiguous",
             fmt::format("syscall/{}/{}", wanted.syscall->abi, wanted.syscall->name),
             fmt::format("{} describes functions of one name and {} forms", source.types->origin(),
                         found[i].size()),
             "", std::nullopt});
      }
      if (!found[i].empty()) {
        // A body's macro gives it the registers if it has no parameters; else who takes them is a
        // wrapper, which does not say what it finds in them.
        if (found[i].size() == 1 &&
            (i == first || !takes_registers_only(source.types->graph(), found[i][0]))) {
          set(source, wanted, found[i][0]);
        }
        return;
      }
    }
  }

  void set(SyscallTypes::Source& source, const Wanted& wanted, const Prototype& prototype) {
    Syscall& syscall = *wanted.syscall;
    const TypeGraph& graph = source.types->graph();
    syscall.signature_from = source.types->origin();
    const TypeId result = unqualified(graph, prototype.result);
    const auto result_class = argument_class(graph, result, image_->bits() / 8);
    syscall.return_ = Return{graph.spelling(result),
                             result == 0    ? "void"
                             : result_class ? result_class->type
                                            : "",
                             "",
                             std::nullopt,
                             std::nullopt,
                             std::nullopt,
                             {},
                             ""};
    if (takes_registers_only(graph, prototype)) {
      return;
    }
    for (const auto& [name, id] : prototype.parameters) {
      const TypeId type = unqualified(graph, id);
      Param param;
      param.name = to_utf8(name);
      param.type_name = to_utf8(graph.spelling(type));
      if (const auto seen = argument_class(graph, type, image_->bits() / 8)) {
        param.type = seen->type;
        param.size = seen->size;
      }
      syscall.params.push_back(std::move(param));
      source.arguments.push_back({syscall.name, type, !wanted.native});
    }
  }

  // Calls without metadata do not make it partial: that DWARF may say more is told, and reading it
  // is for the user to ask.
  void cover(const TableKind& kind) {
    uint64_t total = 0;
    std::map<std::string, uint64_t> from;
    uint64_t known = 0;
    for (const Syscall& syscall : corpus_.syscalls) {
      total += syscall.abi == kind.abi ? 1 : 0;
      if (syscall.abi == kind.abi && syscall.has_signature()) {
        from[syscall.signature_from]++;
        known++;
      }
    }
    if (total == 0) {
      return;
    }
    const bool sure = known == total || !metadata_failed_;
    const char* state = known == 0 ? (sure ? "absent" : "unread") : sure ? "complete" : "partial";
    std::string detail = fmt::format("{} of {} syscalls", known, total);
    for (const auto& [origin, count] : from) {
      detail += from.size() > 1 ? fmt::format(", {} from {}", count, origin) : "";
    }
    if (known < total && !complete_) {
      detail += "; DWARF has the others (--types dwarf)";
    }
    if (known == 0 && !obstacle_.empty()) {
      detail = obstacle_ + (complete_ ? "" : "; DWARF has them (--types dwarf)");
    }
    corpus_.coverage.push_back(
        {fmt::format("signatures/{}", kind.abi), state, known, total, detail});
  }

  // Where to look for the types that the metadata and specs name comes first.
  void by_name(const std::string& types_from) {
    guarded([&] {
      source_of(types_from == "dwarf" ? "DWARF" : types_from == "btf" ? "BTF" : std::string_view());
    });
  }

  // Null if the image has none of that origin.
  SyscallTypes::Source* source_of(std::string_view origin) {
    for (auto& source : result_.sources) {
      if (source.types->origin() == origin) {
        return &source;
      }
    }
    std::shared_ptr<ExactTypes> types = types_.exact(origin);
    return types ? &result_.sources.emplace_back(SyscallTypes::Source{std::move(types), {}})
                 : nullptr;
  }

  template <class Action>
  void guarded(Action action) {
    try {
      action();
    } catch (const InputError& error) {
      corpus_.diagnostics.push_back({Level::error, "types-unreadable", "signatures", error.reason(),
                                     error.place().section, error.place().offset});
    }
  }

  std::shared_ptr<const Image> image_;
  TypeReader& types_;
  Corpus& corpus_;
  std::vector<Wanted> wanted_;
  SyscallTypes result_;
  bool has_metadata_ = false;
  bool metadata_failed_ = false;
  bool complete_ = false;  // nothing that was not asked for would say more
  std::string obstacle_;
};

}  // namespace

SyscallTypes read_signatures(const std::shared_ptr<const Image>& image, TypeReader& types,
                             const std::string& types_from, std::span<const TableKind> kinds,
                             Corpus& corpus) {
  return Signatures(image, types, kinds, corpus).run(types_from, kinds);
}

}  // namespace kapi
