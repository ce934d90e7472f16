// SPDX-License-Identifier: GPL-2.0-only
// DWARF 4 and 5 through libdw: https://dwarfstd.org. Names are looked up among the top-level
// entries (DIEs) of each unit; a unit is walked once, and only as far as needed to find what is
// asked for, since a kernel has thousands.
#include <dwarf.h>
#include <fmt/format.h>

#include <cstring>
#include <map>

#include "kapi/types.h"
#include "types/base_names.h"
#include "types/dwarf_definitions.h"
#include "types/dwarf_die.h"
#include "types/dwarf_file.h"
#include "types/exact_types.h"
#include "types/importer.h"
#include "types/name_index.h"

namespace kapi {
namespace {

constexpr int kMaxTextSearches = 16;
constexpr uint64_t kCompressed = 0x800;  // SHF_COMPRESSED

class DwarfSource : public TypeSource {
 public:
  explicit DwarfSource(const Image& image)
      : image_(image), file_(image), pointer_size_(image.bits() / 8) {}

  std::optional<SourceId> find(const TypeName& name) override {
    for (bool searched_text = units_done_;;) {
      if (const auto id = known(name)) {
        return id;
      }
      if (!searched_text && ++text_searches_ <= kMaxTextSearches && !text_occurs(name)) {
        return std::nullopt;
      }
      searched_text = true;
      if (!index_next_unit()) {
        return std::nullopt;
      }
    }
  }

  Shape describe(SourceId id, Detail detail) override {
    const Die die = this->die(id);
    switch (die.tag()) {
      case DW_TAG_base_type:
        return {base(die), {}};
      case DW_TAG_pointer_type:
      case DW_TAG_reference_type:
      case DW_TAG_rvalue_reference_type:
        return {PointerType{0, die.number(DW_AT_byte_size).value_or(pointer_size_)}, {target(die)}};
      case DW_TAG_array_type:
        return array(id, die);
      case DW_TAG_structure_type:
      case DW_TAG_class_type:
      case DW_TAG_union_type:
        return record(die, detail);
      case DW_TAG_enumeration_type:
        return {enumeration(die), {}};
      case DW_TAG_typedef:
        return {TypedefType{std::string(die.name()), 0}, {target(die)}};
      case DW_TAG_const_type:
        return {QualifiedType{Qualifier::const_, 0}, {target(die)}};
      case DW_TAG_volatile_type:
        return {QualifiedType{Qualifier::volatile_, 0}, {target(die)}};
      case DW_TAG_restrict_type:
        return {QualifiedType{Qualifier::restrict_, 0}, {target(die)}};
      case DW_TAG_atomic_type:
        return {QualifiedType{Qualifier::atomic_, 0}, {target(die)}};
      case DW_TAG_subroutine_type:
        return function(die);
      default:
        fail(die, fmt::format("an entry with tag {:#x} is used as a type", die.tag()));
    }
  }

  Place place(SourceId id) const override { return place(die(id)); }

  std::vector<std::vector<SourceId>> find_all(const std::vector<TypeName>& names) override {
    std::vector<std::vector<SourceId>> found;
    for (const auto& dies : definitions().types(names)) {
      found.push_back(ids(dies));
    }
    return found;
  }

  std::vector<std::vector<FunctionShape>> functions(
      const std::vector<FunctionName>& names) override {
    std::vector<std::vector<FunctionShape>> found;
    for (const auto& dies : definitions().functions(names)) {
      auto& shapes = found.emplace_back();
      for (const Die& die : dies) {
        FunctionShape shape{target(die), {}};
        die.for_each_child([&](const Die& child) {
          if (child.tag() == DW_TAG_formal_parameter) {
            shape.parameters.emplace_back(child.name(), target(child));
          }
        });
        shapes.push_back(std::move(shape));
      }
    }
    return found;
  }

  std::vector<TypeName> names() override { return definitions().names(); }
  std::vector<SourceId> unnamed_enumerations() override {
    return ids(definitions().unnamed_enumerations());
  }

  std::vector<Enumerator> enumerators() const {
    std::vector<Enumerator> all;
    Dwarf_CU* position = nullptr;
    Dwarf_Die unit;
    while (next_unit(position, unit)) {
      Die(unit).for_each_child([&all](const Die& die) {
        if (die.tag() == DW_TAG_enumeration_type) {
          auto own = enumeration(die).enumerators;
          std::move(own.begin(), own.end(), std::back_inserter(all));
        }
      });
    }
    return all;
  }

 private:
  [[noreturn]] void fail(const Die& die, std::string reason) const {
    throw InputError(place(die), std::move(reason));
  }

  Place place(const Die& die) const {
    Place place{image_.file(), ".debug_info", std::nullopt};
    const Section* section = image_.section(".debug_info");
    if (section != nullptr && (section->flags & kCompressed) == 0) {  // else not a byte of the file
      place.offset = section->offset + die.offset();
    }
    return place;
  }

  const DwarfDefinitions& definitions() {
    if (!definitions_) {
      definitions_.emplace(image_, file_.get());
    }
    return *definitions_;
  }

  static std::vector<SourceId> ids(const std::vector<Die>& dies) {
    std::vector<SourceId> ids;
    ids.reserve(dies.size());
    for (const Die& die : dies) {
      ids.push_back({die.address(), 0});
    }
    return ids;
  }

  Die die(SourceId id) const {
    const auto die = Die::at(file_.get(), id.key);
    if (!die) {
      throw InputError({image_.file(), ".debug_info", std::nullopt}, dwarf_errmsg(-1));
    }
    return *die;
  }

  // ---- names

  std::optional<SourceId> known(const TypeName& name) const {
    if (name.tag == TypeTag::base) {
      const auto it = bases_.find(name.name);
      return it == bases_.end() ? std::nullopt : std::optional(SourceId{it->second, 0});
    }
    const auto address = index_.find(name.tag, name.name);
    if (!address || die({*address, 0}).name() != name.name) {
      return std::nullopt;
    }
    return SourceId{*address, 0};
  }

  // Walking all units of a kernel takes seconds; seeing that the text of a name stands nowhere
  // takes a thirtieth of that. Base types have several spellings.
  bool text_occurs(const TypeName& name) const {
    if (name.tag == TypeTag::base || image_.section(".gnu_debugaltlink") != nullptr) {
      return true;
    }
    for (const char* section_name : {".debug_str", ".debug_info", ".debug_types"}) {
      const Section* section = image_.section(section_name);
      if (section == nullptr || !section->has_bytes) {
        continue;
      }
      if ((section->flags & kCompressed) != 0) {
        return true;
      }
      const auto bytes = image_.contents(*section).span();
      if (memmem(bytes.data(), bytes.size(), name.name.c_str(), name.name.size() + 1) != nullptr) {
        return true;
      }
    }
    return false;
  }

  // False after the last unit. `unit` is the one to go on from; null: the first.
  bool next_unit(Dwarf_CU*& unit, Dwarf_Die& die) const {
    Dwarf_Half version = 0;
    uint8_t type = 0;
    const int result = dwarf_get_units(file_.get(), unit, &unit, &version, &type, &die, nullptr);
    if (result < 0) {
      throw InputError({image_.file(), ".debug_info", std::nullopt},
                       fmt::format("a unit that libdw cannot read: {}", dwarf_errmsg(-1)));
    }
    return result == 0;
  }

  bool index_next_unit() {
    if (units_done_) {
      return false;
    }
    Dwarf_Die unit;
    units_done_ = true;  // should it throw
    units_done_ = !next_unit(unit_, unit);
    if (units_done_) {
      return false;
    }
    Die(unit).for_each_child([this](const Die& die) { index(die); });
    return true;
  }

  void index(const Die& die) {
    TypeTag tag{};
    switch (die.tag()) {
      case DW_TAG_structure_type:
      case DW_TAG_class_type:
        tag = TypeTag::structure;
        break;
      case DW_TAG_union_type:
        tag = TypeTag::union_;
        break;
      case DW_TAG_enumeration_type:
        tag = TypeTag::enumeration;
        break;
      case DW_TAG_typedef:
        tag = TypeTag::typedef_;
        break;
      case DW_TAG_base_type:
        bases_.emplace(name_of(base(die))->name, die.address());
        return;
      default:
        return;
    }
    const std::string_view name = die.name();
    if (!name.empty() && !die.has(DW_AT_declaration)) {
      index_.add(tag, name, die.address());
    }
  }

  // ---- types

  // What DW_AT_type names; void if it is absent.
  SourceId target(const Die& die) const {
    auto type = die.reference(DW_AT_type);
    // A type in a unit of its own is known here by a declaration with its signature.
    if (type && type->has(DW_AT_signature)) {
      type = type->reference(DW_AT_signature);
    }
    if (!type || type->tag() == DW_TAG_unspecified_type) {
      return {};
    }
    return {type->address(), 0};
  }

  static TypeNode base(const Die& die) {
    const uint64_t size = die.number(DW_AT_byte_size).value_or(0);
    const uint64_t encoding = die.number(DW_AT_encoding).value_or(DW_ATE_unsigned);
    switch (encoding) {
      case DW_ATE_float:
      case DW_ATE_complex_float:
      case DW_ATE_imaginary_float:
      case DW_ATE_decimal_float:
        return FloatType{std::string(die.name()), size};
      default:
        return canonical_integer(
            die.name(), size, encoding == DW_ATE_signed || encoding == DW_ATE_signed_char,
            encoding == DW_ATE_boolean,
            encoding == DW_ATE_signed_char || encoding == DW_ATE_unsigned_char);
    }
  }

  // One entry describes all dimensions; each is a type here.
  Shape array(SourceId id, const Die& die) const {
    std::vector<uint64_t> counts;
    die.for_each_child([&counts](const Die& child) {
      if (child.tag() == DW_TAG_subrange_type || child.tag() == DW_TAG_enumeration_type) {
        counts.push_back(child.element_count());
      }
    });
    const uint64_t count = id.part < counts.size() ? counts[id.part] : 0;
    const bool last = id.part + 1 >= counts.size();
    return {ArrayType{0, count}, {last ? target(die) : SourceId{id.key, id.part + 1}}};
  }

  Shape record(const Die& die, Detail detail) const {
    RecordType record{std::string(die.name()),
                      die.tag() == DW_TAG_union_type,
                      !die.has(DW_AT_declaration),
                      die.number(DW_AT_byte_size).value_or(0),
                      {}};
    std::vector<SourceId> refs;
    if (!record.complete || (detail == Detail::name && !record.name.empty())) {
      return {std::move(record), {}};
    }
    die.for_each_child([&](const Die& child) {
      if (child.tag() == DW_TAG_member && !child.has(DW_AT_declaration)) {
        record.members.push_back(member(child));
        refs.push_back(target(child));
      }
    });
    return {std::move(record), std::move(refs)};
  }

  Member member(const Die& die) const {
    Member member;
    member.name = die.name();
    member.bit_size = die.number(DW_AT_bit_size).value_or(0);
    if (const auto bits = die.number(DW_AT_data_bit_offset)) {
      member.bit_offset = *bits;
      return member;
    }
    uint64_t byte = 0;
    if (die.has(DW_AT_data_member_location)) {
      const auto offset = die.member_location();
      if (!offset) {
        fail(die, "a member at a place that is computed");
      }
      byte = *offset;
    }
    if (byte > UINT64_MAX / 16) {
      fail(die, "a member past the end of any type");
    }
    member.bit_offset = byte * 8;
    // DWARF 2 to 4 count a bit-field's bits from the most significant one of its storage unit.
    if (const auto from_top = die.number(DW_AT_bit_offset)) {
      if (image_.endian() == Endian::big) {
        member.bit_offset += *from_top;
      } else {
        member.bit_offset += storage_size(die) * 8 - *from_top - member.bit_size;
      }
    }
    return member;
  }

  // Bytes of the unit that holds an old-style bit-field: its own, or those of its type.
  uint64_t storage_size(const Die& member) const {
    if (const auto size = member.number(DW_AT_byte_size)) {
      return *size;
    }
    auto type = member.reference(DW_AT_type);
    for (int steps = 0; type && steps < 64; steps++) {
      if (const auto size = type->number(DW_AT_byte_size)) {
        return *size;
      }
      type = type->reference(DW_AT_type);
    }
    return 0;
  }

  static EnumType enumeration(const Die& die) {
    EnumType enumeration{std::string(die.name()), 0, false, !die.has(DW_AT_declaration), {}};
    if (!enumeration.complete) {
      return enumeration;
    }
    enumeration.size = die.number(DW_AT_byte_size).value_or(0);
    die.for_each_child([&enumeration](const Die& child) {
      if (child.tag() != DW_TAG_enumerator) {
        return;
      }
      const auto value = child.enumerator_value();
      enumeration.is_signed = enumeration.is_signed || value.negative;
      enumeration.enumerators.push_back({std::string(child.name()), value.bits});
    });
    return enumeration;
  }

  Shape function(const Die& die) const {
    FunctionType function;
    std::vector<SourceId> refs = {target(die)};
    die.for_each_child([&](const Die& child) {
      if (child.tag() == DW_TAG_formal_parameter) {
        refs.push_back(target(child));
      } else if (child.tag() == DW_TAG_unspecified_parameters) {
        function.variadic = true;
      }
    });
    return {std::move(function), std::move(refs)};
  }

  const Image& image_;
  DwarfFile file_;
  uint64_t pointer_size_;
  std::optional<DwarfDefinitions> definitions_;
  Dwarf_CU* unit_ = nullptr;  // the last one indexed
  bool units_done_ = false;
  int text_searches_ = 0;
  NameIndex index_;                        // to addresses of DIEs
  std::map<std::string, uint64_t> bases_;  // by canonical name
};

class DwarfReader : public TypeReader {
 public:
  explicit DwarfReader(std::shared_ptr<const Image> image)
      : image_(std::move(image)), source_(*image_) {}

  std::string_view origin() const override { return "DWARF"; }

  std::optional<TypeId> import(TypeGraph& graph, const TypeName& name) override {
    return placed([&] { return import_type(source_, graph, name); });
  }
  std::vector<Enumerator> enumerators() override {
    return placed([this] { return source_.enumerators(); });
  }
  std::unique_ptr<ExactTypes> exact(std::string_view asked) override {
    return asked.empty() || asked == origin() ? exact_types(source_, origin()) : nullptr;
  }

 private:
  template <class Action>
  auto placed(Action action) -> decltype(action()) {
    try {
      return action();
    } catch (const InputError& error) {
      if (!error.place().file.empty()) {
        throw;
      }
      // An entry knows its place, not its file.
      throw InputError({image_->file(), error.place().section, error.place().offset},
                       error.reason());
    }
  }

  std::shared_ptr<const Image> image_;
  DwarfSource source_;
};

}  // namespace

std::unique_ptr<TypeReader> open_dwarf(std::shared_ptr<const Image> image) {
  const Section* section = image->section(".debug_info");
  if (section == nullptr || !section->has_bytes) {
    return nullptr;
  }
  return std::make_unique<DwarfReader>(std::move(image));
}

}  // namespace kapi
