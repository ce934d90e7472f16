// SPDX-License-Identifier: GPL-2.0-only
#include "diff/layout_types.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "diff/c_type.h"
#include "diff/layout.h"

namespace kapi {
namespace {

bool is_number(const Field& field) {
  return field.type == "int" || field.type == "uint" || field.type == "bool" ||
         field.type == "enum";
}
bool is_record(const Field& field) { return field.type == "struct" || field.type == "union"; }

// What a pointer to it would have to be followed to: "open_how" of "struct open_how *".
template <class T>
std::string pointee(T element, uint64_t bits) {
  element.name.clear();  // no part of the text here, though it may be that of the struct
  const CType type = c_type(element, bits);
  const auto stars = std::count(type.bare.begin(), type.bare.end(), "*");
  const bool record =
      type.bare.size() == 3 && (type.bare[0] == "struct" || type.bare[0] == "union");
  return stars == 1 && record                  ? type.bare[1]
         : stars == 1 && type.bare.size() == 2 ? type.bare[0]
                                               : std::string();
}

Pointees differing(const std::string& old_name, const std::string& new_name,
                   const Corpus& old_corpus, const Corpus& new_corpus) {
  const Struct* before = find_type(old_corpus, old_name);
  const Struct* after = find_type(new_corpus, new_name);
  const bool differ = old_name != new_name && before != nullptr && after != nullptr &&
                      !same_layout(*before, *after);
  return differ ? Pointees{before, after} : Pointees{};
}

FieldRelation relate_records(const Field& before, const Field& after, const Corpus& old_corpus,
                             const Corpus& new_corpus) {
  const std::string_view old_name = record_name(before);
  const std::string_view new_name = record_name(after);
  const Struct* old_type = find_type(old_corpus, old_name);
  const Struct* new_type = find_type(new_corpus, new_name);
  if (old_name == new_name && !old_name.empty()) {
    return FieldRelation::respelled;  // what is in it is told of itself
  }
  if (old_type == nullptr || new_type == nullptr) {
    return FieldRelation::reread;
  }
  return same_layout(*old_type, *new_type) ? FieldRelation::respelled : FieldRelation::changed;
}

// "__u8" of "__u8[4]", as a type of its own.
CType element_type(const Field& field, uint64_t bits) {
  Field element;
  element.type_name = field.type_name.substr(0, field.type_name.find('['));
  return c_type(element, bits);
}

FieldRelation relate_arrays(const Field& before, const Field& after, const Corpus& old_corpus,
                            const Corpus& new_corpus) {
  const CType old_type = element_type(before, old_corpus.source.bits);
  const CType new_type = element_type(after, new_corpus.source.bits);
  const auto width = [](const CType& type) {
    const bool text = type.bare.size() == 1 && type.bare[0] == "char";
    return text ? 8 : type.scalar ? type.scalar->width : 0;
  };
  if (old_type.bare == new_type.bare ||
      (width(old_type) != 0 && width(old_type) == width(new_type))) {
    return FieldRelation::respelled;
  }
  return FieldRelation::reread;
}

}  // namespace

FieldRelation relate_fields(const Field& before, const Field& after, const Corpus& old_corpus,
                            const Corpus& new_corpus) {
  if (is_number(before) && is_number(after)) {
    const bool sign = (before.type == "int" && (after.type == "uint" || after.type == "bool")) ||
                      (after.type == "int" && (before.type == "uint" || before.type == "bool"));
    return sign ? FieldRelation::reread : FieldRelation::respelled;
  }
  if (is_record(before) && is_record(after)) {
    return relate_records(before, after, old_corpus, new_corpus);
  }
  if (before.type == "float" || after.type == "float") {
    return before.type == after.type ? FieldRelation::respelled : FieldRelation::changed;
  }
  if (before.type != after.type) {
    return FieldRelation::reread;
  }
  if (before.type == "array") {
    return relate_arrays(before, after, old_corpus, new_corpus);
  }
  if (before.type == "ptr") {
    const Pointees pointees =
        differing(pointee(before, old_corpus.source.bits), pointee(after, new_corpus.source.bits),
                  old_corpus, new_corpus);
    return pointees.before == nullptr ? FieldRelation::respelled : FieldRelation::changed;
  }
  return FieldRelation::respelled;
}

Pointees other_pointees(const Param& before, const Param& after, const Corpus& old_corpus,
                        const Corpus& new_corpus) {
  return differing(pointee(before, old_corpus.source.bits), pointee(after, new_corpus.source.bits),
                   old_corpus, new_corpus);
}

}  // namespace kapi
