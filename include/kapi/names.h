// SPDX-License-Identifier: GPL-2.0-only
// names: what userspace calls the numbers in a spec.
//
//   Names names(corpus);
//   names.of_value(described(api, param), *param.constraint, 0x40000);  // "O_NOATIME"
//   errno_name(-4);                                                     // "EINTR"
//
// A number alone has many names (0x40000 is O_NOATIME, CLONE_PARENT_SETTID and MAP_HUGETLB), so a
// name is only given where the family is known: from the words of the spec, or because it is one of
// the well-known arguments of a syscall. An empty string is the answer everywhere else.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/model.h"

namespace kapi {

// A name that stands for the same number on every LP64 architecture: CAP_*, S_I*, INT_MAX, …
// (include/uapi/linux/{capability,stat,limits}.h, include/linux/limits.h).
std::optional<int64_t> builtin_constant(std::string_view name);
// The number of an errno on most architectures (include/uapi/asm-generic/errno*.h, and the kernel's
// own ones from 512, include/linux/errno.h); alpha, mips, parisc and sparc have some of their own.
std::optional<int64_t> generic_errno(std::string_view name);

// "EINTR" of -4 or 4, "SIGTERM" of 15; empty if the number has no name, or another one on some
// architectures and this is none of the others. Without an architecture: as all of them have it.
std::string errno_name(int64_t code, std::string_view architecture = {});
std::string signal_name(int64_t number, std::string_view architecture = {});
std::string capability_name(int64_t number);

// The names that a text mentions and that can stand for a value of a parameter: "O_CREAT", not
// "PATH_MAX" or "CONFIG_NET". In order of appearance, each once.
std::vector<std::string> mentioned_constants(std::string_view words);
// Where the names of an argument's values come from.
struct ConstantFamily {
  std::string group;  // how the names begin, "O_", or the type whose enumerators they are, "enum x"
  bool certain = false;  // not just mentioned
};
// An argument or a field, and what its spec says of it.
struct Described {
  std::string_view api;
  std::string_view name;
  std::string_view type_name;
  std::string words;
};
Described described(const Api& api, const Param& param);
Described described(const Api& api, const Field& field);
// The enumeration that is the type, or the well-known family of a syscall's argument, or else those
// of the names that the words mention.
std::vector<ConstantFamily> constant_families(const Described& element);

// The names that one corpus knows.
class Names {
 public:
  explicit Names(const Corpus& corpus);

  // Of a value that `accepted` accepts. A family that is only mentioned counts if it has a name for
  // everything that is accepted (the mode of open mentions O_CREAT). A value of several bits that
  // has no name of its own is given bit by bit: "O_CREAT | O_EXCL".
  std::string of_value(const Described& element, const Constraint& accepted, uint64_t value) const;
  const std::string& architecture() const { return architecture_; }

 private:
  struct Search;
  std::string of_one(const Search& search, uint64_t value) const;
  bool covers(const Search& search, const Constraint& accepted) const;

  struct Named {
    std::string key;  // what a family is looked up by: the name, or "enum x/" and the name
    std::string name;
  };
  std::map<uint64_t, std::vector<Named>> by_value_;  // in order of key
  std::string architecture_;
};

}  // namespace kapi
