// SPDX-License-Identifier: GPL-2.0-only
#include "surface/syscall_metadata.h"

#include <fmt/format.h>

#include <algorithm>

#include "surface/argument_types.h"
#include "surface/find_metadata.h"
#include "surface/type_text.h"
#include "surface/word_scan.h"

namespace kapi {
namespace {

constexpr std::string_view kStart = "__start_syscalls_metadata";
constexpr std::string_view kStop = "__stop_syscalls_metadata";
constexpr uint64_t kMaxArguments = 6;  // of any Linux syscall
constexpr uint64_t kMaxEntries = 8192;

// One struct syscall_metadata; nothing, with a diagnostic, if it cannot be read.
std::optional<std::vector<Param>> read_params(const Object& metadata, ArgumentTypes& types,
                                              std::vector<Diagnostic>& diagnostics) {
  const auto count_member = metadata.member("nb_args");
  const auto type_names = metadata.member("types");
  const auto names = metadata.member("args");
  const auto count = count_member ? count_member->integer() : std::nullopt;
  if (!count || !type_names || !names) {
    return std::nullopt;
  }
  if (*count < 0 || static_cast<uint64_t>(*count) > kMaxArguments) {
    diagnostics.push_back(
        {Level::error, "bad-argument-count", "signatures",
         fmt::format("the syscall metadata at {:#x} says {} arguments", metadata.address(), *count),
         "", std::nullopt});
    return std::nullopt;
  }
  std::vector<Param> params;
  for (uint64_t i = 0; i < static_cast<uint64_t>(*count); i++) {
    const auto type_slot = type_names->pointee(i);
    const auto name_slot = names->pointee(i);
    const auto type = type_slot ? type_slot->string() : std::nullopt;
    const auto name = name_slot ? name_slot->string() : std::nullopt;
    if (!type || !name) {
      return std::nullopt;
    }
    Param param;
    param.name = to_utf8(*name);
    param.type_name = read_type_text(to_utf8(*type)).spelling;
    if (const auto& seen = types.classify(param.type_name)) {
      param.type = seen->type;
      param.size = seen->size;
    }
    params.push_back(std::move(param));
  }
  return params;
}

std::string strip_sys(const std::string& name) {
  return name.starts_with("sys_") ? name.substr(4) : name;
}

// Where the array of pointers to metadata lies. Without symbols for data it is looked for.
std::optional<AddressRange> bounds(const Image& image) {
  const auto start = image.symbol(kStart);
  const auto stop = image.symbol(kStop);
  if (start && stop) {
    return AddressRange{start->address, stop->address};
  }
  return names_data(image) ? std::nullopt : find_syscall_metadata(image);
}

}  // namespace

SyscallMetadata read_syscall_metadata(const std::shared_ptr<const Image>& image, TypeReader& types,
                                      std::vector<Diagnostic>& diagnostics) {
  SyscallMetadata result;
  const auto range = bounds(*image);
  if (!range || range->start == range->stop) {
    result.obstacle = "the image carries no syscall metadata (CONFIG_FTRACE_SYSCALLS)";
    return result;
  }
  const uint64_t stride = image->bits() / 8;
  const uint64_t size = range->stop - range->start;
  if (range->stop < range->start || size % stride != 0 || size / stride > kMaxEntries ||
      !image->covers(range->start, size)) {
    result.obstacle = fmt::format("{} and {} do not bound an array of pointers", kStart, kStop);
    result.failed = true;
    return result;
  }
  TypeGraph graph;
  const auto type = types.import(graph, {TypeTag::structure, "syscall_metadata"});
  if (!type) {
    result.obstacle = "neither BTF nor DWARF describes struct syscall_metadata";
    result.failed = true;
    return result;
  }
  ObjectReader reader(image, graph);
  reader.set_subject("signatures");
  ArgumentTypes arguments(types, stride);
  for (uint64_t slot = range->start; slot < range->stop; slot += stride) {
    try {
      const uint64_t address = image->pointer_at(slot);
      if (address == 0) {
        continue;
      }
      const Object metadata = reader.object(*type, address);
      const auto name_member = metadata.member("name");
      const auto name = name_member ? name_member->string() : std::nullopt;
      auto params = name ? read_params(metadata, arguments, diagnostics) : std::nullopt;
      if (!params) {
        result.failed = true;
        continue;
      }
      result.signatures.emplace(strip_sys(to_utf8(*name)), std::move(*params));
    } catch (const InputError& error) {
      result.failed = true;
      diagnostics.push_back({Level::error, "metadata-unreadable", "signatures", error.reason(),
                             error.place().section, error.place().offset});
    }
  }
  auto noticed = reader.take_diagnostics();
  diagnostics.insert(diagnostics.end(), noticed.begin(), noticed.end());
  if (result.signatures.empty()) {
    result.obstacle = "the syscall metadata is empty or could not be read";
  }
  return result;
}

}  // namespace kapi
