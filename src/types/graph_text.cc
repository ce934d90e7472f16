// SPDX-License-Identifier: GPL-2.0-only
// The text form of a type graph: its debugger, the language of its tests, and the source form of
// built-in layouts. One declaration or member a line; types read from left to right.
//
//   pointer size 4                    of the types below; 8 unless said
//   base unsigned long size 4         words behind the size: signed, char, bool, float
//   base char size 1 char
//   enum lock_type size 4 {           words behind the size: signed
//     NONE 0
//     MUTEX 1
//   }
//   enum pid_type                     declared only
//   struct module                     declared only
//   struct param size 24 {
//     name @0 *const char             at byte 0 a pointer to const char
//     codes @4 [4]int                 [] is a flexible array
//     kind @20:0 bits 3 enum lock_type    a bit-field, 3 bits wide from bit 0 of byte 20
//     - @20 union size 4 {            no name: an anonymous member
//       raw @0 u32
//       run @0 *func(*struct param, ...) int
//     }
//   }
//   typedef u32 unsigned int
//
//   file   = { "pointer" "size" N | base | enum | record | typedef }
//   base   = "base" NAME "size" N { "signed" | "char" | "bool" | "float" }
//   enum   = "enum" NAME [ enum-body ]             enum-body   = "size" N [ "signed" ] "{" { NAME N
//   } "}" record = ("struct" | "union") NAME [ record-body ]
//            record-body = [ "size" N ] [ "packed" ] "{" { member } "}"
//   member = (NAME | "-") [ "@" N [ ":" N ] ] [ "bits" N ] type
//   type   = "void" | NAME | ("struct" | "union" | "enum") (NAME | body)
//          | "*" [ ":" N ] type                    N if its size is not that of the others
//          | "[" [ N ] "]" type | ("const" | "volatile" | "restrict" | "_Atomic") type
//          | "func" "(" [ type { "," type } [ "," "..." ] | "..." ] ")" type
//
// A NAME is one or, for base types, several words; anything else, and the words of the grammar
// where a type may stand, is written "in quotes" with \" \\ \xNN. Different types of one name are
// NAME, NAME#2, NAME#3. "#" after white space begins a comment. Numbers are decimal or 0x. A record
// without "size", or a member without "@", is laid out by an Abi; `packed` then drops its padding.
//
// Every named type is printed once, on its own; unnamed ones where they are used. A cycle without a
// named type in it, which no compiler makes, has no text and ends at void.
#include "types/graph_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "kapi/types.h"

namespace kapi {

std::string_view qualifier_word(Qualifier qualifier) {
  switch (qualifier) {
    case Qualifier::const_:
      return "const";
    case Qualifier::volatile_:
      return "volatile";
    case Qualifier::restrict_:
      return "restrict";
    case Qualifier::atomic_:
      return "_Atomic";
  }
  return "const";
}

std::optional<Qualifier> qualifier_of(std::string_view word) {
  for (const Qualifier qualifier :
       {Qualifier::const_, Qualifier::volatile_, Qualifier::restrict_, Qualifier::atomic_}) {
    if (qualifier_word(qualifier) == word) {
      return qualifier;
    }
  }
  return std::nullopt;
}

bool is_word_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}
bool is_word(char c) { return is_word_start(c) || (c >= '0' && c <= '9') || c == '.'; }

bool is_reserved(std::string_view word) {
  static constexpr auto kReserved = std::to_array<std::string_view>(
      {"void", "struct", "union", "enum", "func", "const", "volatile", "restrict", "_Atomic",
       "size", "bits", "base", "typedef", "packed"});
  return std::find(kReserved.begin(), kReserved.end(), word) != kReserved.end();
}

namespace {

bool is_plain_word(std::string_view word) {
  return !word.empty() && is_word_start(word.front()) &&
         std::all_of(word.begin(), word.end(), is_word);
}

std::string quoted(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) {
    const auto byte = static_cast<uint8_t>(c);
    if (c == '"' || c == '\\') {
      text += '\\';
      text += c;
    } else if (byte < 0x20 || byte >= 0x7f) {
      text += fmt::format("\\x{:02x}", byte);
    } else {
      text += c;
    }
  }
  return text + "\"";
}

std::string one_word(std::string_view name) {
  return is_plain_word(name) ? std::string(name) : quoted(name);
}

// "unsigned long": words that none of the grammar's can be mistaken for.
std::string words(std::string_view name) {
  for (std::string_view rest = name;;) {
    const size_t space = rest.find(' ');
    const std::string_view word = rest.substr(0, space);
    if (!is_plain_word(word) || is_reserved(word)) {
      return quoted(name);
    }
    if (space == std::string_view::npos) {
      return std::string(name);
    }
    rest.remove_prefix(space + 1);
  }
}

// Typedefs and base types share C's ordinary name space.
TypeTag name_space(TypeTag tag) { return tag == TypeTag::typedef_ ? TypeTag::base : tag; }

class Printer {
 public:
  explicit Printer(const TypeGraph& graph) : graph_(graph) {
    // Base types first, since the rest is made of them.
    const auto rank = [](TypeTag tag) {
      switch (tag) {
        case TypeTag::base:
          return 0;
        case TypeTag::enumeration:
          return 1;
        case TypeTag::structure:
          return 2;
        case TypeTag::union_:
          return 3;
        case TypeTag::typedef_:
          return 4;
      }
      return 5;
    };
    for (TypeId id = 0; id < graph.size(); id++) {
      if (const auto name = name_of(graph[id])) {
        order_.emplace_back(rank(name->tag), name->name, id);
      }
    }
    std::sort(order_.begin(), order_.end());
    std::map<std::pair<TypeTag, std::string>, int> counts;
    for (const auto& [tag_rank, name, id] : order_) {
      ordinals_[id] = ++counts[{name_space(name_of(graph[id])->tag), name}];
    }
  }

  // The size of most pointers is not known before all are seen, so the text is made twice: the
  // widest pointer is the one not marked.
  std::string print() {
    print_all();
    pointer_size_ = widest_;
    print_all();
    return widest_ == 0 || widest_ == 8 ? out_ : fmt::format("pointer size {}\n", widest_) + out_;
  }

 private:
  void print_all() {
    out_.clear();
    for (const auto& entry : order_) {
      declaration(std::get<2>(entry));
    }
  }

  std::string name(TypeId id) const {
    const int ordinal = ordinals_.at(id);
    const std::string plain = name_of(graph_[id])->name;
    const bool split = std::holds_alternative<TypedefType>(graph_[id]) &&
                       plain.find(' ') != std::string::npos;  // its type follows the name
    std::string text = split ? quoted(plain) : words(plain);
    return ordinal == 1 ? text : fmt::format("{}#{}", text, ordinal);
  }

  void declaration(TypeId id) {
    const TypeNode& node = graph_[id];
    if (const auto* integer = std::get_if<IntegerType>(&node)) {
      out_ += fmt::format("base {} size {}{}{}{}\n", name(id), integer->size,
                          integer->is_signed ? " signed" : "", integer->is_char ? " char" : "",
                          integer->is_bool ? " bool" : "");
    } else if (const auto* floating = std::get_if<FloatType>(&node)) {
      out_ += fmt::format("base {} size {} float\n", name(id), floating->size);
    } else if (const auto* definition = std::get_if<TypedefType>(&node)) {
      out_ += fmt::format("typedef {} ", name(id));
      type(definition->target, 0);
      out_ += '\n';
    } else if (const auto* record = std::get_if<RecordType>(&node)) {
      out_ += fmt::format("{} {}", record->is_union ? "union" : "struct", name(id));
      if (record->complete) {
        record_body(*record, 0);
      }
      out_ += '\n';
    } else if (const auto* enumeration = std::get_if<EnumType>(&node)) {
      out_ += fmt::format("enum {}", name(id));
      if (enumeration->complete) {
        enum_body(*enumeration, 0);
      }
      out_ += '\n';
    }
  }

  void indent(int level) { out_.append(static_cast<size_t>(level) * 2, ' '); }

  void record_body(const RecordType& record, int level) {
    out_ += fmt::format(" size {} {{\n", record.size);
    for (const Member& member : record.members) {
      indent(level + 1);
      out_ += member.name.empty() ? "-" : one_word(member.name);
      out_ += fmt::format(" @{}", member.bit_offset / 8);
      if (member.bit_offset % 8 != 0 || member.bit_size != 0) {
        out_ += fmt::format(":{}", member.bit_offset % 8);
      }
      if (member.bit_size != 0) {
        out_ += fmt::format(" bits {}", member.bit_size);
      }
      out_ += ' ';
      type(member.type, level + 1);
      out_ += '\n';
    }
    indent(level);
    out_ += '}';
  }

  void enum_body(const EnumType& enumeration, int level) {
    out_ +=
        fmt::format(" size {}{} {{\n", enumeration.size, enumeration.is_signed ? " signed" : "");
    for (const Enumerator& enumerator : enumeration.enumerators) {
      indent(level + 1);
      out_ += one_word(enumerator.name);
      out_ += enumeration.is_signed ? fmt::format(" {}\n", enumerator.value)
                                    : fmt::format(" {}\n", static_cast<uint64_t>(enumerator.value));
    }
    indent(level);
    out_ += '}';
  }

  void type(TypeId id, int level) {
    const TypeNode& node = graph_[id];
    if (ordinals_.count(id) != 0) {
      reference(id);
      return;
    }
    if (id == 0 || std::find(path_.begin(), path_.end(), id) != path_.end()) {
      out_ += "void";
      return;
    }
    path_.push_back(id);
    if (const auto* pointer = std::get_if<PointerType>(&node)) {
      widest_ = std::max(widest_, pointer->size);
      out_ += pointer->size == pointer_size_ ? "*" : fmt::format("*:{} ", pointer->size);
      type(pointer->target, level);
    } else if (const auto* array = std::get_if<ArrayType>(&node)) {
      out_ += array->count == 0 ? "[]" : fmt::format("[{}]", array->count);
      type(array->element, level);
    } else if (const auto* qualified = std::get_if<QualifiedType>(&node)) {
      out_ += fmt::format("{} ", qualifier_word(qualified->qualifier));
      type(qualified->target, level);
    } else if (const auto* function = std::get_if<FunctionType>(&node)) {
      signature(*function, level);
    } else if (const auto* record = std::get_if<RecordType>(&node)) {
      out_ += record->is_union ? "union" : "struct";
      record_body(*record, level);
    } else if (const auto* enumeration = std::get_if<EnumType>(&node)) {
      out_ += "enum";
      enum_body(*enumeration, level);
    } else {
      out_ += "void";
    }
    path_.pop_back();
  }

  void reference(TypeId id) {
    switch (name_of(graph_[id])->tag) {
      case TypeTag::structure:
        out_ += "struct ";
        break;
      case TypeTag::union_:
        out_ += "union ";
        break;
      case TypeTag::enumeration:
        out_ += "enum ";
        break;
      case TypeTag::typedef_:
      case TypeTag::base:
        break;
    }
    out_ += name(id);
  }

  void signature(const FunctionType& function, int level) {
    out_ += "func(";
    std::string_view separator;
    for (const TypeId parameter : function.parameters) {
      out_ += separator;
      separator = ", ";
      type(parameter, level);
    }
    if (function.variadic) {
      out_ += fmt::format("{}...", separator);
    }
    out_ += ") ";
    type(function.result, level);
  }

  const TypeGraph& graph_;
  std::vector<std::tuple<int, std::string, TypeId>> order_;
  std::map<TypeId, int> ordinals_;
  std::vector<TypeId> path_;  // the unnamed types being printed, outermost first
  uint64_t pointer_size_ = 0;
  uint64_t widest_ = 0;
  std::string out_;
};

}  // namespace

std::string TypeGraph::print() const { return Printer(*this).print(); }

}  // namespace kapi
