// SPDX-License-Identifier: GPL-2.0-only
#include "source/kernel_image.h"

#include <fmt/format.h>

#include <filesystem>

#include "kapi/code.h"
#include "kapi/kdoc.h"
#include "kapi/spec.h"
#include "kapi/surface.h"
#include "kapi/tables.h"
#include "kapi/types.h"
#include "source/btf_base.h"
#include "source/config.h"
#include "source/debug_files.h"
#include "source/declared_types.h"
#include "source/modules.h"
#include "source/named_values.h"
#include "source/package_modules.h"

namespace kapi {
namespace {

Source provenance(const Image& image) {
  Source source;
  source.kind = "elf";
  source.file = to_utf8(std::filesystem::path(image.file()).filename().string());
  source.wrapping = image.wrapping();
  source.symbols_from = image.symbols_from();
  source.format = name(image.format());
  source.architecture = name(image.arch());
  source.bits = image.bits();
  source.endianness = image.endian() == Endian::little ? "little" : "big";
  source.banner = to_utf8(image.banner());
  source.release = release_in_banner(source.banner);
  source.build_id = image.build_id();
  source.compiler = to_utf8(image.compiler());
  return source;
}

Coverage not_asked(std::string fact) { return {std::move(fact), "not_asked", 0, 0, ""}; }

// Of "enum x". What begins like another name may be anybody's: only macros share a beginning.
NamedValues enumerators_of(TypeReader& types, const std::string& group) {
  constexpr std::string_view kEnum = "enum ";
  NamedValues values;
  if (group.starts_with(kEnum)) {
    TypeGraph graph;
    const auto id = types.import(graph, {TypeTag::enumeration, group.substr(kEnum.size())});
    const auto* type = id ? std::get_if<EnumType>(&graph[*id]) : nullptr;
    for (const Enumerator& enumerator :
         type == nullptr ? std::vector<Enumerator>() : type->enumerators) {
      values.emplace_back(enumerator.name, enumerator.value);
    }
  }
  return values;
}

// Whether what is asked for is found by symbols.
bool wants_symbols(const LoadOptions& options) {
  return options.specs || options.syscalls || options.types || options.tables;
}

// The image with symbols, if it or its debug file has any.
std::shared_ptr<const Image> find_symbols(const std::shared_ptr<const Image>& image,
                                          const LoadOptions& options, DebugFiles& debug_files,
                                          std::vector<Diagnostic>& diagnostics) {
  const auto debug = image->has_symbols() || !wants_symbols(options) ? nullptr : debug_files.find();
  if (!debug || !debug->has_symbols()) {
    return image;
  }
  try {
    return with_symbols_of(image, debug);
  } catch (const InputError& error) {
    diagnostics.push_back({Level::warning, "debug-file-mismatch", "", error.reason(),
                           error.place().section, error.place().offset});
    return image;
  }
}

// What a module's BTF continues, if types are asked of it: for its specs, its tables, or all.
std::shared_ptr<const BtfBase> find_btf_base(const Image& image, const LoadOptions& options,
                                             std::vector<Diagnostic>& diagnostics) {
  const bool wanted = (options.specs && image.section(".kapi_specs") != nullptr) ||
                      options.tables || (options.types && options.all_types);
  if (!wanted) {
    return nullptr;
  }
  try {
    return needs_btf_base(image) || image.section(".BTF.base") != nullptr
               ? btf_base_for(image, options)
               : nullptr;
  } catch (const InputError& error) {
    diagnostics.push_back({Level::error, "btf-base-unusable", "",
                           fmt::format("{}: {}", to_utf8(error.place().file), error.reason()),
                           error.place().section, error.place().offset});
    return nullptr;
  }
}

// What installed headers declare is in the scope of userspace.
TypeScope scope_of(const LoadOptions& options) {
  constexpr std::pair<std::string_view, TypeTag> kTags[] = {{"struct", TypeTag::structure},
                                                            {"union", TypeTag::union_},
                                                            {"enum", TypeTag::enumeration},
                                                            {"typedef", TypeTag::typedef_}};
  TypeScope scope;
  scope.all = options.all_types;
  for (const HeaderType& type : options.names->types()) {
    for (const auto& [word, tag] : kTags) {
      if (type.tag == word) {
        scope.named.push_back({tag, type.name});
      }
    }
  }
  scope.enumerators = options.names->unnamed_enumerators();
  return scope;
}

// Syscalls, and the types that their arguments lead to: those are needed for these.
void read_surface(const std::shared_ptr<const Image>& image, TypeReader& types,
                  const LoadOptions& options, Corpus& corpus) {
  SyscallTypes arguments;
  if (options.syscalls || options.types) {
    arguments = read_syscalls(image, types, options.types_from, corpus);
  }
  if (options.types) {
    read_layouts(arguments, scope_of(options), corpus);
    settle_declared_types(*options.names, corpus);
  } else {
    corpus.coverage.push_back(not_asked("types"));
    corpus.coverage.push_back(not_asked("enumerators"));
  }
  if (options.code) {  // else no row, as of what takes too long to be read unasked
    read_accepts(image, types, corpus);
  }
  if (!options.syscalls) {
    corpus.syscalls.clear();
    std::erase_if(corpus.coverage, [](const Coverage& row) {
      return row.fact.starts_with("syscalls") || row.fact.starts_with("signatures/");
    });
    corpus.coverage.push_back(not_asked("syscalls"));
  }
}

void read_static_tables(const std::shared_ptr<const Image>& image, TypeReader& types,
                        const LoadOptions& options, Corpus& corpus) {
  if (options.tables) {
    read_tables(image, types, corpus);
  } else {
    corpus.coverage.push_back(not_asked("sysctls"));
    corpus.coverage.push_back(not_asked("cgroup_files"));
  }
  if (options.bpf) {  // else no row: they are promised to nobody
    read_bpf_tables(image, types, corpus);
  }
}

// Says of what a debug file could have given where it was looked for.
void tell_obstacle(const std::string& obstacle, const Image& image, Corpus& corpus) {
  for (Coverage& row : corpus.coverage) {
    const bool by_symbols = row.fact == "specs" || row.fact.starts_with("syscalls");
    const bool by_types = !by_symbols && row.fact != "config" && row.fact != "modules";
    if (!obstacle.empty() && (row.state == "unread" || row.state == "absent") &&
        (by_types || (by_symbols && !image.has_symbols()))) {
      row.detail += fmt::format("{}{}", row.detail.empty() ? "" : "; ", obstacle);
    }
  }
}

void add_modules(const std::shared_ptr<const Image>& image, const LoadOptions& options,
                 const std::string& package, DebugFiles& debug_files, Corpus& corpus) {
  const auto none = [&corpus](std::string state, std::string why) {
    corpus.coverage.push_back({"modules", std::move(state), 0, 0, std::move(why)});
  };
  const bool packaged = options.modules == kModulesOfPackage;
  if (!options.specs) {
    none("not_asked", "only specs are read of modules, and they were not asked for");
    return;
  }
  if (image->format() == ImageFormat::elf_rel || (packaged && package.empty())) {
    none("absent", packaged ? "the input is no package" : "the input is itself a module");
    return;
  }
  ModuleReader reader({corpus.source.release, corpus.source.architecture, [&] {
                         if (!options.btf_bases.empty()) {
                           return given_btf_base(options, corpus.source.release);
                         }
                         auto base = open_btf_base(image);
                         const auto debug = base ? nullptr : debug_files.find();
                         return debug ? open_btf_base(debug) : base;
                       }});
  std::error_code ignored;
  if (packaged) {
    read_packaged_modules(package, reader);
  } else if (std::filesystem::is_regular_file(options.modules, ignored)) {
    read_packaged_modules(options.modules, reader);
  } else {
    for (ModuleFile& file : modules_below(options.modules, corpus.diagnostics)) {
      reader.add(std::move(file));
    }
  }
  reader.finish(corpus);
}

}  // namespace

Corpus load_kernel(const std::shared_ptr<const Image>& shipped, const LoadOptions& options,
                   const std::string& package) {
  Corpus corpus;
  corpus.diagnostics = shipped->diagnostics();
  const std::string release = shipped->format() == ImageFormat::elf_rel
                                  ? release_of_module(*shipped)
                                  : release_in_banner(shipped->banner());
  DebugFiles debug_files(*shipped, shipped->file(), release, options, corpus.diagnostics);
  const auto image = find_symbols(shipped, options, debug_files, corpus.diagnostics);
  corpus.source = provenance(*image);
  const auto types = open_types(image, corpus.diagnostics,
                                {find_btf_base(*image, options, corpus.diagnostics),
                                 [&debug_files] { return debug_files.find(); }});
  if (options.specs) {
    read_specs(image, *types, corpus);
  } else {
    corpus.coverage.push_back(not_asked("specs"));
  }
  read_surface(image, *types, options, corpus);
  read_static_tables(image, *types, options, corpus);
  if (!options.modules.empty()) {
    add_modules(image, options, package, debug_files, corpus);
  }
  corpus.source.types_from = types->origin();
  corpus.source.debug_file = debug_files.name();
  tell_obstacle(debug_files.obstacle(), *image, corpus);
  name_values(corpus, [&](const std::string& group) { return enumerators_of(*types, group); });
  read_own_config(*image, corpus);
  return corpus;
}

}  // namespace kapi
