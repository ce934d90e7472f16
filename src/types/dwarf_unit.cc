// SPDX-License-Identifier: GPL-2.0-only
#include "types/dwarf_unit.h"

#include <dwarf.h>
#include <fmt/format.h>

#include "types/dwarf_bytes.h"

namespace kapi {
namespace {

constexpr uint64_t kCompressed = 0x800;  // SHF_COMPRESSED
constexpr size_t kMaxAttributes = 1 << 12;

void mix(uint64_t& hash, uint64_t value) {
  hash = (hash ^ value) * 0x9e3779b97f4a7c15;
  hash ^= hash >> 29;
}

void read_units(const DwarfSections& sections, bool in_types, std::vector<DwarfUnit>& units) {
  const std::string_view section = in_types ? sections.types : sections.info;
  const char* name = in_types ? ".debug_types" : ".debug_info";
  for (uint64_t at = 0; at < section.size();) {
    DwarfBytes bytes(sections.file, name, section, at, section.size(), sections.endian);
    DwarfUnit unit;
    unit.in_types = in_types;
    unit.offset = at;
    const auto [length, offset_size] = bytes.length();
    bytes.need(length);
    unit.end = bytes.at() + length;
    unit.offset_size = offset_size;
    unit.version = static_cast<uint16_t>(bytes.u16());
    if (unit.version < 2 || unit.version > 5) {
      bytes.fail(fmt::format("DWARF version {}", unit.version));
    }
    uint64_t type = in_types ? DW_UT_type : DW_UT_compile;
    if (unit.version == 5) {
      type = bytes.u8();
      unit.address_size = static_cast<uint8_t>(bytes.u8());
      unit.abbrev = bytes.word(offset_size);
    } else {
      unit.abbrev = bytes.word(offset_size);
      unit.address_size = static_cast<uint8_t>(bytes.u8());
    }
    if (type == DW_UT_type || type == DW_UT_split_type) {
      bytes.skip(8 + uint64_t{offset_size});  // signature, and where its type is
    } else if (type == DW_UT_skeleton || type == DW_UT_split_compile) {
      bytes.skip(8);
    }
    unit.entries = bytes.at();
    if (unit.entries > unit.end) {
      bytes.fail("a unit shorter than its header");
    }
    at = unit.end;
    units.push_back(unit);
  }
}

}  // namespace

std::optional<DwarfSections> dwarf_sections(const Image& image) {
  if (image.format() == ImageFormat::elf_rel || image.section(".gnu_debugaltlink") != nullptr) {
    return std::nullopt;
  }
  DwarfSections sections;
  sections.file = image.file();
  sections.endian = image.endian();
  const auto take = [&image](const char* name, std::string_view& bytes) {
    const Section* section = image.section(name);
    if (section == nullptr || !section->has_bytes) {
      return true;
    }
    if ((section->flags & kCompressed) != 0) {
      return false;
    }
    const auto span = image.contents(*section).span();
    bytes = {reinterpret_cast<const char*>(span.data()), span.size()};
    return true;
  };
  const bool readable =
      take(".debug_info", sections.info) && take(".debug_types", sections.types) &&
      take(".debug_abbrev", sections.abbrev) && take(".debug_str", sections.str) &&
      take(".debug_line_str", sections.line_str) &&
      take(".debug_str_offsets", sections.str_offsets) && take(".debug_aranges", sections.aranges);
  // A text may begin anywhere in them and ends at a NUL.
  for (std::string_view* texts : {&sections.str, &sections.line_str}) {
    *texts = texts->substr(0, texts->rfind('\0') + 1);
  }
  return readable && !sections.info.empty() ? std::optional(sections) : std::nullopt;
}

std::vector<DwarfUnit> dwarf_units(const DwarfSections& sections) {
  std::vector<DwarfUnit> units;
  read_units(sections, false, units);
  read_units(sections, true, units);
  return units;
}

void AbbrevTable::read(const DwarfSections& sections, uint64_t offset) {
  if (offset_ == offset) {
    return;
  }
  offset_.reset();
  dense_.clear();
  others_.clear();
  DwarfBytes bytes(sections.file, ".debug_abbrev", sections.abbrev, offset, sections.abbrev.size(),
                   sections.endian);
  while (const uint64_t code = bytes.uleb()) {
    Abbrev abbrev;
    abbrev.tag = static_cast<uint32_t>(bytes.uleb());
    abbrev.has_children = bytes.u8() != 0;
    while (true) {
      AbbrevAttribute attribute;
      attribute.name = static_cast<uint32_t>(bytes.uleb());
      attribute.form = static_cast<uint32_t>(bytes.uleb());
      if (attribute.form == DW_FORM_implicit_const) {
        attribute.constant = bytes.sleb();
      }
      if (attribute.name == 0 && attribute.form == 0) {
        break;
      }
      if (abbrev.attributes.size() == kMaxAttributes) {
        bytes.fail("an entry with more attributes than there are");
      }
      abbrev.attributes.push_back(attribute);
    }
    if (code == dense_.size() + 1) {
      dense_.push_back(std::move(abbrev));
    } else {
      others_.try_emplace(code, std::move(abbrev));
    }
  }
  offset_ = offset;
}

const Abbrev* AbbrevTable::find(uint64_t code) const {
  if (code - 1 < dense_.size()) {
    return &dense_[code - 1];
  }
  const auto it = others_.find(code);
  return it == others_.end() ? nullptr : &it->second;
}

class UnitReader::Bytes : public DwarfBytes {
 public:
  using DwarfBytes::DwarfBytes;

  // What a form holds: a number, or text.
  struct Value {
    uint64_t number = 0;
    std::string_view text;
  };

  Value value(const DwarfUnit& unit, uint32_t form, int64_t constant) {
    switch (form) {
      case DW_FORM_data1:
      case DW_FORM_flag:
      case DW_FORM_ref1:
      case DW_FORM_strx1:
      case DW_FORM_addrx1:
        return {u8(), {}};
      case DW_FORM_data2:
      case DW_FORM_ref2:
      case DW_FORM_strx2:
      case DW_FORM_addrx2:
        return {u16(), {}};
      case DW_FORM_strx3:
      case DW_FORM_addrx3:
        return {u24(), {}};
      case DW_FORM_data4:
      case DW_FORM_ref4:
      case DW_FORM_ref_sup4:
      case DW_FORM_strx4:
      case DW_FORM_addrx4:
        return {u32(), {}};
      case DW_FORM_data8:
      case DW_FORM_ref8:
      case DW_FORM_ref_sig8:
      case DW_FORM_ref_sup8:
        return {u64(), {}};
      case DW_FORM_data16:
        skip(16);
        return {};
      case DW_FORM_addr:
        return {word(unit.address_size), {}};
      case DW_FORM_ref_addr:
        return {word(unit.version == 2 ? unit.address_size : unit.offset_size), {}};
      case DW_FORM_strp:
      case DW_FORM_line_strp:
      case DW_FORM_sec_offset:
      case DW_FORM_strp_sup:
      case DW_FORM_GNU_ref_alt:
      case DW_FORM_GNU_strp_alt:
        return {word(unit.offset_size), {}};
      case DW_FORM_flag_present:
        return {1, {}};
      case DW_FORM_implicit_const:
        return {static_cast<uint64_t>(constant), {}};
      case DW_FORM_sdata:
        return {static_cast<uint64_t>(sleb()), {}};
      case DW_FORM_string:
        return {0, text()};
      case DW_FORM_indirect:
        return indirect(unit);
      default:
        return variable(form);
    }
  }

 private:
  Value indirect(const DwarfUnit& unit) {
    const uint64_t form = uleb();
    if (form == DW_FORM_indirect || form == DW_FORM_implicit_const) {
      fail("a form that names another such form");
    }
    return value(unit, static_cast<uint32_t>(form), 0);
  }

  // Blocks, expressions and numbers of no fixed size.
  Value variable(uint32_t form) {
    switch (form) {
      case DW_FORM_udata:
      case DW_FORM_ref_udata:
      case DW_FORM_strx:
      case DW_FORM_addrx:
      case DW_FORM_loclistx:
      case DW_FORM_rnglistx:
      case DW_FORM_GNU_addr_index:
      case DW_FORM_GNU_str_index:
        return {uleb(), {}};
      case DW_FORM_block1:
        skip(u8());
        return {};
      case DW_FORM_block2:
        skip(u16());
        return {};
      case DW_FORM_block4:
        skip(u32());
        return {};
      case DW_FORM_block:
      case DW_FORM_exprloc:
        skip(uleb());
        return {};
      default:
        fail(fmt::format("an attribute of form {:#x}, which no version of DWARF has", form));
    }
  }
};

UnitReader::UnitReader(const DwarfSections& sections, const DwarfUnit& unit, AbbrevTable& abbrevs)
    : sections_(sections),
      unit_(unit),
      abbrevs_(abbrevs),
      section_(unit.in_types ? sections.types : sections.info) {
  abbrevs_.read(sections, unit.abbrev);
}

std::optional<ScannedEntry> UnitReader::entry(uint64_t offset) {
  if (offset < unit_.entries || offset >= unit_.end) {
    return std::nullopt;
  }
  Bytes bytes(sections_.file, unit_.in_types ? ".debug_types" : ".debug_info", section_, offset,
              unit_.end, sections_.endian);
  const uint64_t code = bytes.uleb();
  if (code == 0) {
    return std::nullopt;
  }
  ScannedEntry entry;
  entry.offset = offset;
  entry.abbrev = abbrevs_.find(code);
  if (entry.abbrev == nullptr) {
    bytes.fail(fmt::format("an entry of the form {}, which the unit does not describe", code));
  }
  for (const AbbrevAttribute& attribute : entry.abbrev->attributes) {
    this->attribute(bytes, attribute, entry);
  }
  entry.next = bytes.at();
  return entry;
}

void UnitReader::attribute(Bytes& bytes, const AbbrevAttribute& attribute, ScannedEntry& entry) {
  const auto value = bytes.value(unit_, attribute.form, attribute.constant);
  switch (attribute.name) {
    case DW_AT_name:
      switch (attribute.form) {
        case DW_FORM_strp:
          entry.name_offset = value.number;
          break;
        case DW_FORM_line_strp:
          if (value.number < sections_.line_str.size()) {
            entry.name = sections_.line_str.data() + value.number;
          }
          break;
        case DW_FORM_strx:
        case DW_FORM_strx1:
        case DW_FORM_strx2:
        case DW_FORM_strx3:
        case DW_FORM_strx4:
          entry.name = indexed_string(value.number);
          break;
        default:
          entry.name = value.text;
          break;
      }
      break;
    case DW_AT_sibling:
      entry.sibling = unit_.offset + value.number;
      break;
    case DW_AT_declaration:
      entry.declaration = value.number != 0;
      break;
    case DW_AT_str_offsets_base:
      str_offsets_base_ = value.number;
      break;
    case DW_AT_type:
      if (attribute.form == DW_FORM_ref1 || attribute.form == DW_FORM_ref2 ||
          attribute.form == DW_FORM_ref4 || attribute.form == DW_FORM_ref8 ||
          attribute.form == DW_FORM_ref_udata) {
        entry.type = unit_.offset + value.number;
      }
      break;
    case DW_AT_byte_size:
    case DW_AT_data_member_location:
    case DW_AT_data_bit_offset:
    case DW_AT_bit_offset:
    case DW_AT_bit_size:
    case DW_AT_const_value:
    case DW_AT_upper_bound:
    case DW_AT_count:
      mix(entry.shape, attribute.name);
      mix(entry.shape, value.number);
      break;
    default:
      break;
  }
}

std::string_view UnitReader::indexed_string(uint64_t index) const {
  const uint64_t size = unit_.offset_size;
  if (index > sections_.str_offsets.size() / size ||
      str_offsets_base_ > sections_.str_offsets.size()) {
    return {};
  }
  DwarfBytes bytes(sections_.file, ".debug_str_offsets", sections_.str_offsets,
                   str_offsets_base_ + index * size, sections_.str_offsets.size(),
                   sections_.endian);
  const uint64_t offset = bytes.word(static_cast<unsigned>(size));
  return offset < sections_.str.size() ? std::string_view(sections_.str.data() + offset)
                                       : std::string_view();
}

std::string_view UnitReader::name_of(const ScannedEntry& entry) const {
  if (!entry.name_offset) {
    return entry.name;
  }
  return *entry.name_offset < sections_.str.size()
             ? std::string_view(sections_.str.data() + *entry.name_offset)
             : std::string_view();
}

}  // namespace kapi
