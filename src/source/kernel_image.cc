// SPDX-License-Identifier: GPL-2.0-only
#include "source/kernel_image.h"

#include <filesystem>

#include "kapi/spec.h"
#include "kapi/surface.h"
#include "kapi/types.h"
#include "source/config.h"
#include "source/named_values.h"

namespace kapi {
namespace {

constexpr std::string_view kBannerStart = "Linux version ";

std::string release_of(const std::string& banner) {
  if (!banner.starts_with(kBannerStart)) {
    return {};
  }
  const std::string rest = banner.substr(kBannerStart.size());
  return rest.substr(0, rest.find(' '));
}

Source provenance(const Image& image) {
  Source source;
  source.kind = "elf";
  source.file = to_utf8(std::filesystem::path(image.file()).filename().string());
  source.format = name(image.format());
  source.architecture = name(image.arch());
  source.bits = image.bits();
  source.endianness = image.endian() == Endian::little ? "little" : "big";
  source.banner = to_utf8(image.banner());
  source.release = release_of(source.banner);
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

}  // namespace

Corpus load_kernel(const std::shared_ptr<const Image>& image, const LoadOptions& options) {
  Corpus corpus;
  corpus.source = provenance(*image);
  corpus.diagnostics = image->diagnostics();
  const auto types = open_types(image, corpus.diagnostics);
  if (options.specs) {
    read_specs(image, *types, corpus);
  } else {
    corpus.coverage.push_back(not_asked("specs"));
  }
  if (options.syscalls) {
    read_syscalls(image, *types, corpus);
  } else {
    corpus.coverage.push_back(not_asked("syscalls"));
  }
  corpus.source.types_from = types->origin();
  name_values(corpus, [&](const std::string& group) { return enumerators_of(*types, group); });
  read_own_config(*image, corpus);
  return corpus;
}

}  // namespace kapi
