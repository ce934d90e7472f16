// SPDX-License-Identifier: GPL-2.0-only
// kdoc: specs as people write and the kernel prints them.
//
//   SpecTexts specs;
//   read_source_text(text, "fs/open.c", constants, specs);   // kernel-doc and macro forms
//   auto spec = read_debugfs_text(text, "specs/sys_open", diagnostics);  // what debugfs shows
//
// A text yields what the binary built from it would hold: the generator of the framework decides
// what a line means, and where the text says more than the generator keeps, a diagnostic says so.
// Diagnostics and origins name their place as "fs/open.c:120" in `section`. Nothing here throws for
// what a text may hold.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kapi/base.h"
#include "kapi/model.h"

namespace kapi {

// ---- names of numbers --------------------------------------------------------------------------

// A type that a header defines.
struct HeaderType {
  std::string tag;  // struct, union, enum; typedef of one of these without a tag
  std::string name;
  std::string header;  // as add_header() was told
  bool is_enumeration = false;
  // The names of its members, and of those of what it holds without a tag.
  std::set<std::string> members;
  std::set<std::string> open_members;  // those of them that are arrays without a length
  bool complete = true;  // false: macros stand in its body, and `members` are all words in it
  auto operator<=>(const HeaderType&) const = default;  // NOLINT(modernize-use-nullptr): its 0
};

// What of a machine the numbers in headers depend on.
struct Target {
  std::string_view architecture;
  // Bytes of "struct ifreq", "union x" or a typedef; nothing if it is not known.
  std::function<std::optional<uint64_t>(const std::string& type)> size_of;
};

// What the names in a spec stand for: object-like macros of headers, enumerators of an image, and
// what is the same on every architecture (INT_MAX, SIZE_MAX, CAP_*, and the like).
class Constants {
 public:
  Constants();
  ~Constants();
  Constants(Constants&&) noexcept;
  Constants& operator=(Constants&&) noexcept;

  // A name with its value: an enumerator of an image. What is added first stays.
  void add(std::string_view name, int64_t value);
  // All object-like macros and enumerations of a C header, unevaluated until they are asked for. Of
  // two headers the first stays (so asm/ goes before asm-generic/), except for what it gives under
  // `#ifndef NAME` only. A name that one header gives more than one meaning is not known.
  // `header` is what constants() says of where they stand.
  void add_header(std::string_view text, const std::string& header = {});

  // The value of a C constant expression: integers, names, ( ) ?: and the operators, casts to and
  // sizeof of basic types (LP64), BIT() and the like. An unsigned value above the signed range is
  // its bit pattern. Nothing if a name is not known, or if it is no such expression. Bounded, so a
  // macro that refers to itself is unknown.
  std::optional<int64_t> evaluate(std::string_view expression) const;
  // The target's number of "ENOENT" as a positive one; that of most architectures if no header
  // says otherwise.
  std::optional<int64_t> errno_of(std::string_view name) const;
  // All names that headers define, by name; also those whose value cannot be told. An ioctl command
  // (_IOWR) has a value if the size of its argument is known.
  std::vector<Constant> constants(const Target& target) const;
  // The types that headers define, sorted; more than one of a name where its definitions differ.
  const std::set<HeaderType>& types() const;
  // The names of enumerators that headers define in enumerations without a tag, sorted.
  std::vector<std::string> unnamed_enumerators() const;

 private:
  struct Names;
  std::unique_ptr<Names> names_;
};

// ---- C source ----------------------------------------------------------------------------------

struct SpecTexts {
  std::vector<Api> apis;
  std::vector<Origin> origins;
  std::vector<Diagnostic> diagnostics;
  std::set<std::string> forms;  // "macros", "kernel-doc flat", "kernel-doc blocks", …
};

// Whether a file may hold a spec, by the words without which none can be written. Never false for
// one that does; as fast as looking for them.
bool may_hold_specs(std::string_view text);

// All specs of one file of C. `file` is the path to show.
void read_source_text(std::string_view text, const std::string& file, const Constants& constants,
                      SpecTexts& out);

// ---- debugfs -----------------------------------------------------------------------------------

// Names and one-line descriptions in `kapi/list`, in its order.
struct DebugfsEntry {
  std::string name;
  std::string description;
};
std::vector<DebugfsEntry> read_debugfs_list(std::string_view text, const std::string& file,
                                            std::vector<Diagnostic>& diagnostics);
// One spec in one form, or in both merged.
struct DebugfsSpec {
  Api api;
  // The members that this form, of the kernel that printed it, cannot say: for Source::omits.
  std::vector<std::string> omits;
};
// One spec as `kapi/specs/<name>` and as `kapi/specs-json/<name>` print it, in any revision. None,
// with a diagnostic, if the text is no such thing. A diagnostic of level error about a part
// ("sys_open/errors") means that this part, one about the API that any part may be incomplete.
std::optional<DebugfsSpec> read_debugfs_text(std::string_view text, const std::string& file,
                                             std::vector<Diagnostic>& diagnostics);
std::optional<DebugfsSpec> read_debugfs_json(std::string_view text, const std::string& file,
                                             std::vector<Diagnostic>& diagnostics);
// Both forms of one spec in one, each giving what the other does not say.
DebugfsSpec merge_debugfs(const DebugfsSpec& text, const DebugfsSpec& json);
// What a text is by its beginning: a file of specs/, of specs-json/, or `list`. The first
// implementation printed JSON into specs/.
enum class DebugfsForm { none, text, json, list };
DebugfsForm debugfs_form(std::string_view head);
// All members but the names and descriptions that `list` gives, for Source::omits.
std::vector<std::string> debugfs_list_omits();

}  // namespace kapi
