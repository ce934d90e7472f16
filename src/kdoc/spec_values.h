// SPDX-License-Identifier: GPL-2.0-only
// What all parts of one spec in a comment share: the API being filled, and how words of the comment
// become its values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/kdoc.h"
#include "kdoc/doc_comment.h"
#include "kdoc/place.h"

namespace kapi {

// An enumeration of the framework as specs spell it: "fd" for KAPI_TYPE_FD.
struct TokenFamily {
  std::string_view enumeration;  // "kapi_param_type"
  std::string_view prefix;       // "KAPI_TYPE_"
  std::string_view words;        // the short ones, each between two blanks; those of p4
};
extern const TokenFamily kContextFamily;
extern const TokenFamily kTypeFamily;
extern const TokenFamily kFlagFamily;
extern const TokenFamily kLockTypeFamily;
extern const TokenFamily kDirectionFamily;
extern const TokenFamily kActionFamily;
extern const TokenFamily kStateFamily;
extern const TokenFamily kCheckFamily;
extern const TokenFamily kEffectFamily;
extern const TokenFamily kConstraintFamily;
extern const TokenFamily kCapabilityFamily;

// "fd" as "KAPI_TYPE_FD"; what is no short word of the family stays as it is.
std::string canonical(std::string_view word, const TokenFamily& family);
// "in, user" or "in | user" as "KAPI_PARAM_IN | KAPI_PARAM_USER".
std::string canonical_list(std::string_view words, const TokenFamily& family);

class SpecValues {
 public:
  SpecValues(Api& api, const TextNotes& notes, const Constants& constants)
      : api_(&api), notes_(&notes), constants_(&constants) {}

  Api& api() const { return *api_; }
  void note(Level level, std::string code, std::string message, size_t line) const;
  void warn(std::string code, std::string message, size_t line) const;

  // Text as the compiled string holds it: on one line, cut where the generator cuts (0: nowhere).
  static constexpr size_t kDescription = 511;
  static constexpr size_t kSignalName = 31;
  std::string text(std::string_view value, size_t limit, std::string_view what, size_t line) const;
  // The same without blanks at its end, as prose is read from an image.
  std::string prose(std::string_view value, size_t limit, std::string_view what, size_t line) const;

  // The value of an expression; if that is not known, it stands in `unresolved` under the path.
  std::optional<int64_t> number(std::string_view expression, const std::string& path) const;
  // One enumerator as a token; empty and unresolved if it is none.
  std::string token(std::string_view enumerator, const TokenFamily& family, const std::string& path,
                    size_t line) const;
  // Enumerators joined with "|", sorted.
  std::vector<std::string> tokens(std::string_view enumerators, const TokenFamily& family,
                                  const std::string& path, size_t line) const;
  void unresolved(const std::string& path, std::string_view expression) const;

 private:
  std::optional<int64_t> value_of(std::string_view expression) const;

  Api* api_;
  const TextNotes* notes_;
  const Constants* constants_;
};

}  // namespace kapi
