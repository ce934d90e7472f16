// SPDX-License-Identifier: GPL-2.0-only
// Which types are in the scope of userspace, and what several definitions of one name come to.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "kapi/surface.h"
#include "surface/layout.h"
#include "surface/reach.h"
#include "surface/type_text.h"

namespace kapi {
namespace {

struct NamedRoot {
  TypeName name;
  std::string user;
  bool of_syscall = false;
};

class Layouts {
 public:
  Layouts(SyscallTypes& types, const TypeScope& scope, Corpus& corpus)
      : types_(types), scope_(scope), corpus_(corpus) {}

  void run() {
    if (types_.sources.empty()) {
      for (const char* fact : {"types", "enumerators"}) {
        corpus_.coverage.push_back(
            {fact, "absent", 0, 0,
             "the image has no type information that may be used (BTF, DWARF)"});
      }
      return;
    }
    for (auto& source : types_.sources) {
      Reach reach(*source.types);
      const bool main = &source == &types_.sources.front();
      for (const auto& argument : source.arguments) {
        if (!argument.compat || types_.all_compat) {
          guarded(argument.syscall, [&] { reach.add(argument.type, argument.syscall); });
        }
      }
      if (main) {
        add_named(*source.types, reach);
      }
      collect(source.types->graph(), reach);
      if (main) {
        guarded("types", [&] { add_unnamed_enumerations(*source.types); });
      }
    }
    write();
    cover();
  }

 private:
  // ---- what is in scope

  std::vector<NamedRoot> named_roots() const {
    std::vector<NamedRoot> roots;
    const auto add = [&roots](const std::string& text, const std::string& user, bool of_syscall) {
      if (auto named = read_type_text(text).named) {
        roots.push_back({std::move(*named), user, of_syscall});
      }
    };
    for (const Syscall& syscall : corpus_.syscalls) {
      for (const Param& param : syscall.params) {
        if (syscall.signature_from == "metadata") {
          add(param.type_name, syscall.name, true);
        }
      }
    }
    for (const Api& api : corpus_.apis) {
      for (const Param& param : api.params) {
        add(param.type_name, api.name, false);
      }
      for (const Struct& structure : api.structs) {
        add(structure.name.find(' ') == std::string::npos ? "struct " + structure.name
                                                          : structure.name,
            api.name, false);
        for (const Field& field : structure.fields) {
          add(field.type_name, api.name, false);
        }
      }
    }
    for (const TypeName& name : scope_.named) {
      roots.push_back({name, "uapi", false});
    }
    return roots;
  }

  void add_named(ExactTypes& types, Reach& reach) {
    const auto roots = named_roots();
    std::vector<TypeName> names;
    names.reserve(roots.size());
    for (const NamedRoot& root : roots) {
      names.push_back(root.name);
    }
    std::vector<std::vector<TypeId>> found;
    guarded("types", [&] { found = types.find(names); });
    found.resize(roots.size());
    for (size_t i = 0; i < roots.size(); i++) {
      guarded(roots[i].user, [&] {
        for (const TypeId id : meant(types, roots[i], found[i])) {
          reach.add(id, roots[i].user);
        }
      });
    }
    if (scope_.all) {
      guarded("types", [&] { add_all(types, reach); });
    }
  }

  void add_all(ExactTypes& types, Reach& reach) {
    for (const auto& ids : types.find(types.names())) {
      for (const TypeId id : ids) {
        guarded("types", [&] { reach.add_alone(id); });
      }
    }
  }

  // Of several definitions of a syscall's argument that which the syscall's own function refers to;
  // else all, which then are left out if they differ.
  static std::vector<TypeId> meant(ExactTypes& types, const NamedRoot& root,
                                   const std::vector<TypeId>& found) {
    if (found.size() < 2 || !root.of_syscall) {
      return found;
    }
    const auto prototypes = types.functions({{"__do_sys_" + root.user, 0}}).front();
    if (prototypes.size() == 1) {
      for (const auto& parameter : prototypes.front().parameters) {
        TypeId id = types.graph().strip(parameter.second);
        while (const auto* pointer = std::get_if<PointerType>(&types.graph()[id])) {
          id = types.graph().strip(pointer->target);
        }
        if (std::find(found.begin(), found.end(), id) != found.end()) {
          return {id};
        }
      }
    }
    return found;
  }

  // ---- what it is

  struct Known {
    Struct layout;
    std::set<std::string> users;
    bool ambiguous = false;
  };

  void collect(const TypeGraph& graph, const Reach& reach) {
    for (const auto& [id, users] : reach.reached()) {
      const auto unnamed = named_by_typedef(graph, id);
      if (const auto* enumeration = std::get_if<EnumType>(&graph[unnamed.value_or(id)])) {
        const auto name = name_of(graph[id]);
        add_enumeration(name ? name->name : "", enumeration->enumerators);
        continue;
      }
      auto layout = layout_of(graph, id);
      if (!layout) {
        unreadable_++;
        continue;
      }
      const auto key = std::pair(layout->name, layout->kind);
      const auto [known, first] = layouts_.try_emplace(key, Known{*layout, users, false});
      known->second.ambiguous = known->second.ambiguous || known->second.layout != *layout;
      known->second.users.insert(users.begin(), users.end());
    }
  }

  void add_enumeration(const std::string& name, const std::vector<Enumerator>& enumerators) {
    if (name.empty()) {
      for (const Enumerator& enumerator : enumerators) {
        add_unnamed(enumerator);
      }
      return;
    }
    const auto [known, first] = enumerations_.try_emplace(name, enumerators);
    if (known->second != enumerators) {
      ambiguous_enumerations_.insert(name);
    }
  }

  void add_unnamed(const Enumerator& enumerator) {
    const auto [known, first] = unnamed_.try_emplace(enumerator.name, enumerator.value);
    if (known->second != enumerator.value) {
      ambiguous_enumerators_.insert(enumerator.name);
    }
  }

  // Of an enumeration without a name all are in scope if a header declares one of them.
  void add_unnamed_enumerations(ExactTypes& types) {
    if (scope_.enumerators.empty() && !scope_.all) {
      return;
    }
    const std::unordered_set<std::string> declared(scope_.enumerators.begin(),
                                                   scope_.enumerators.end());
    for (const TypeId id : types.unnamed_enumerations()) {
      const auto& enumerators = std::get<EnumType>(types.graph()[id]).enumerators;
      if (scope_.all || std::any_of(enumerators.begin(), enumerators.end(),
                                    [&](const auto& e) { return declared.count(e.name) != 0; })) {
        add_enumeration("", enumerators);
      }
    }
  }

  // ---- the result

  void write() {
    for (auto& [key, known] : layouts_) {
      if (known.ambiguous) {
        left_out(fmt::format("{} {}", key.second, key.first), ambiguous_);
        continue;
      }
      known.layout.users.assign(known.users.begin(), known.users.end());
      corpus_.types.push_back(std::move(known.layout));
    }
    std::set<std::pair<std::string, std::string>> have;
    for (const Constant& constant : corpus_.constants) {
      have.emplace(constant.enumeration, constant.name);
    }
    const auto add = [&](const std::string& enumeration, const std::string& name, int64_t value) {
      if (have.emplace(enumeration, name).second) {
        corpus_.constants.push_back({to_utf8(name), to_utf8(enumeration), "", value});
        enumerators_++;
      }
    };
    for (const auto& [name, enumerators] : enumerations_) {
      if (ambiguous_enumerations_.count(name) != 0) {
        left_out("enum " + name, ambiguous_constants_);
        continue;
      }
      for (const Enumerator& enumerator : enumerators) {
        add(name, enumerator.name, enumerator.value);
      }
    }
    for (const auto& [name, value] : unnamed_) {
      if (ambiguous_enumerators_.count(name) != 0) {
        left_out("enumerator " + name, ambiguous_constants_);
      } else {
        add("", name, value);
      }
    }
  }

  void left_out(const std::string& subject, uint64_t& count) {
    constexpr uint64_t kMaxDiagnostics = 50;
    if (++count <= kMaxDiagnostics) {
      corpus_.diagnostics.push_back({Level::warning, "type-ambiguous", subject,
                                     "the image has definitions of that name that differ", "",
                                     std::nullopt});
    }
  }

  void cover() {
    std::string detail = "from";
    for (const auto& source : types_.sources) {
      detail += fmt::format("{} {}", &source == &types_.sources.front() ? "" : " and",
                            source.types->origin());
    }
    std::string limits;
    if (ambiguous_ + ambiguous_constants_ != 0) {
      limits += fmt::format("; {} left out that have several definitions",
                            ambiguous_ + ambiguous_constants_);
    }
    if (unreadable_ + failed_ != 0) {
      limits += fmt::format("; {} could not be read", unreadable_ + failed_);
    }
    bool sure = ambiguous_ + ambiguous_constants_ + unreadable_ + failed_ == 0;
    if (!scope_.all) {
      // Compat calls stand in DWARF only, as a rule: then none of them counts, in any image alike.
      // A signature that the image does not hold is a limit of it, and no failure to read.
      limits += types_.all_compat ? "" : "; without what compat calls lead to";
      limits += types_.all_native ? "" : "; not every syscall has a signature";
      sure = sure && !syscalls_unread();
    }
    if (scope_.all && types_.sources.front().types->origin() == "DWARF") {
      limits += "; without those that are declared within a function";
    }
    const auto add = [&](const char* fact, uint64_t read, uint64_t lost) {
      const bool nothing = !scope_.all && corpus_.syscalls.empty() && read + lost == 0;
      const char* state = nothing ? "absent" : sure ? "complete" : read == 0 ? "unread" : "partial";
      corpus_.coverage.push_back(
          {fact, state, read, read + lost,
           nothing ? "without syscalls it is not known which types userspace sees"
                   : detail + limits});
    };
    add("types", corpus_.types.size(), ambiguous_ + unreadable_ + failed_);
    add("enumerators", enumerators_, ambiguous_constants_);
  }

  bool syscalls_unread() const {
    return std::any_of(corpus_.coverage.begin(), corpus_.coverage.end(), [](const Coverage& row) {
      return row.fact.starts_with("syscalls") && row.state == "unread";
    });
  }

  template <class Action>
  void guarded(const std::string& subject, Action action) {
    try {
      action();
    } catch (const InputError& error) {
      failed_++;
      corpus_.diagnostics.push_back({Level::error, "types-unreadable", subject, error.reason(),
                                     error.place().section, error.place().offset});
    }
  }

  SyscallTypes& types_;
  const TypeScope& scope_;
  Corpus& corpus_;
  std::map<std::pair<std::string, std::string>, Known> layouts_;  // by name and kind
  std::map<std::string, std::vector<Enumerator>> enumerations_;
  std::map<std::string, int64_t> unnamed_;  // enumerators of enumerations without a name
  std::set<std::string> ambiguous_enumerations_;
  std::set<std::string> ambiguous_enumerators_;
  uint64_t ambiguous_ = 0;
  uint64_t ambiguous_constants_ = 0;
  uint64_t unreadable_ = 0;
  uint64_t failed_ = 0;
  uint64_t enumerators_ = 0;
};

}  // namespace

void read_layouts(SyscallTypes& types, const TypeScope& scope, Corpus& corpus) {
  Layouts(types, scope, corpus).run();
}

}  // namespace kapi
