// SPDX-License-Identifier: GPL-2.0-only
#include "spec/plausible.h"

#include <fmt/format.h>

#include <algorithm>

namespace kapi {
namespace {

using Objection = std::optional<std::string>;

constexpr size_t kMaxName = 128;  // the room for a name while it stood in the spec
constexpr int kMaxDepth = 4;      // spec, struct, field

// The count that belongs to a list, where it is not the list's name with "_count" for its "s".
struct Count {
  std::string_view list;
  std::string_view count;
};
constexpr Count kCounts[] = {
    {"params", "param_count"},
    {"errors", "error_count"},
    {"locks", "lock_count"},
    {"constraints", "constraint_count"},
    {"signals", "signal_count"},
    {"signal_masks", "signal_mask_count"},
    {"struct_specs", "struct_spec_count"},
    {"fields", "field_count"},
    {"side_effects", "side_effect_count"},
    {"state_transitions", "state_trans_count"},
    {"capabilities", "capability_count"},
    {"alternative", "alternative_count"},
    {"required_states", "required_state_count"},
    {"forbidden_states", "forbidden_state_count"},
    {"protocol_behaviors", "protocol_behavior_count"},
    {"addr_families", "addr_family_count"},
};

// Plain integers that hold bits of an enumeration.
struct Bitset {
  std::string_view record;
  std::string_view member;
  std::string_view enumeration;
};
constexpr Bitset kBitsets[] = {
    {"kernel_api_spec", "context_flags", "kapi_context_flags"},
    {"kapi_param_spec", "flags", "kapi_param_flags"},
    {"kapi_struct_field", "flags", "kapi_param_flags"},
    {"kapi_signal_spec", "direction", "kapi_signal_direction"},
    {"kapi_side_effect", "type", "kapi_side_effect_type"},
    {"kapi_buffer_spec", "buffer_behaviors", "kapi_buffer_behavior"},
    {"kapi_async_spec", "supported_modes", "kapi_async_behavior"},
};
constexpr uint64_t kInoutBit = 4;

bool is_text_byte(unsigned char c) { return c >= 0x20 ? c != 0x7f : (c >= '\t' && c <= '\r'); }

}  // namespace

bool is_api_name(std::string_view text) {
  return !text.empty() && text.size() <= kMaxName &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

Objection Plausibility::objection(uint64_t address) const {
  if (!image_.covers(address, layout_.size())) {
    return fmt::format("the file has no {} bytes there", layout_.size());
  }
  try {
    for (const auto& [member, value] : kSpecMagics) {
      const uint64_t found = word(member, address);
      if (found != 0 && found != value) {
        return fmt::format("{} is {:#x}", member, found);
      }
    }
    if (auto bad_name = name(address)) {
      return bad_name;
    }
    if (auto unlike = record(layout_.spec, address, "", 0)) {
      return unlike;
    }
    return meaning(address);
  } catch (const InputError& error) {
    return error.reason();
  }
}

uint64_t Plausibility::word(std::string_view member, uint64_t address) const {
  const auto found = find_member(layout_.graph, layout_.spec, member);
  return found ? image_.word_at(address + found->bit_offset / 8, layout_.graph.size_of(found->type))
               : 0;
}

Objection Plausibility::name(uint64_t address) const {
  const auto member = find_member(layout_.graph, layout_.spec, "name");
  if (!member) {
    return "it has no name";
  }
  uint64_t place = address + member->bit_offset / 8;
  const bool pointer = has_pointers(layout_);
  place = pointer ? image_.pointer_at(place) : place;
  const auto bytes = image_.at(place).span();
  const size_t room = pointer ? kMaxName + 1 : layout_.graph.size_of(member->type);
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), std::min(bytes.size(), room));
  text = text.substr(0, text.find('\0'));
  return is_api_name(text) ? std::nullopt : Objection("its name is no name of an API");
}

Objection Plausibility::record(TypeId type, uint64_t address, const std::string& path,
                               int depth) const {
  const auto* record = std::get_if<RecordType>(&layout_.graph[layout_.graph.strip(type)]);
  if (record == nullptr || record->is_union || depth > kMaxDepth) {
    return std::nullopt;
  }
  for (const auto& each : record->members) {
    if (auto bad = member(*record, each, address, path, depth)) {
      return bad;
    }
  }
  return std::nullopt;
}

Objection Plausibility::member(const RecordType& holder, const Member& member,
                               uint64_t holder_address, const std::string& path, int depth) const {
  const TypeGraph& graph = layout_.graph;
  const TypeId type = graph.strip(member.type);
  const uint64_t address = holder_address + member.bit_offset / 8;
  const std::string own = path + member.name;
  Objection bad;
  if (const auto* array = std::get_if<ArrayType>(&graph[type])) {
    const auto* element = std::get_if<IntegerType>(&graph[graph.strip(array->element)]);
    bad = element != nullptr && element->is_char ? text(member, address)
                                                 : list(holder, member, holder_address, own, depth);
    return bad;
  }
  if (std::holds_alternative<RecordType>(graph[type])) {
    return record(type, address, member.name.empty() ? path : own + ".", depth + 1);
  }
  if (std::holds_alternative<PointerType>(graph[type])) {
    const uint64_t target = image_.pointer_at(address);
    return target == 0 || image_.covers(target, 1)
               ? std::nullopt
               : Objection(
                     fmt::format("{} leads to {:#x}, where the file has no bytes", own, target));
  }
  bad = number(holder, member, address);
  return bad ? path + *bad : bad;
}

Objection Plausibility::list(const RecordType& holder, const Member& member,
                             uint64_t holder_address, const std::string& path, int depth) const {
  const TypeGraph& graph = layout_.graph;
  const auto& array = std::get<ArrayType>(graph[graph.strip(member.type)]);
  const auto* known = std::find_if(std::begin(kCounts), std::end(kCounts),
                                   [&](const Count& count) { return count.list == member.name; });
  if (known == std::end(kCounts)) {
    return std::nullopt;
  }
  const auto count = std::find_if(holder.members.begin(), holder.members.end(),
                                  [&](const Member& m) { return m.name == known->count; });
  if (count == holder.members.end()) {
    return std::nullopt;
  }
  const uint64_t used =
      image_.word_at(holder_address + count->bit_offset / 8, graph.size_of(count->type));
  if (used > array.count) {
    return fmt::format("{} is {}, and there is room for {}", count->name, used, array.count);
  }
  const uint64_t size = graph.size_of(array.element);
  for (uint64_t i = 0; i < used; i++) {
    const uint64_t address = holder_address + member.bit_offset / 8 + i * size;
    if (auto bad = record(array.element, address, fmt::format("{}[{}].", path, i), depth + 1)) {
      return bad;
    }
  }
  return std::nullopt;
}

Objection Plausibility::number(const RecordType& holder, const Member& member,
                               uint64_t address) const {
  const TypeGraph& graph = layout_.graph;
  const TypeNode& type = graph[graph.strip(member.type)];
  const uint64_t size = graph.size_of(member.type);
  if (member.bit_size != 0 || (size != 1 && size != 2 && size != 4 && size != 8)) {
    return std::nullopt;
  }
  const uint64_t value = image_.word_at(address, size);
  const auto* bits = std::find_if(std::begin(kBitsets), std::end(kBitsets), [&](const Bitset& b) {
    return b.record == holder.name && b.member == member.name;
  });
  if (bits != std::end(kBitsets)) {
    const auto tokens = tokens_.of_bits(bits->enumeration, value);
    const bool unknown = std::any_of(tokens.begin(), tokens.end(),
                                     [](const auto& t) { return t.starts_with("unknown_"); });
    const bool hidden = bits->enumeration == "kapi_param_flags" && (value & kInoutBit) != 0 &&
                        !layout_.meanings().inout_is_a_bit;
    return unknown || hidden ? Objection(fmt::format("{} is {:#x}", member.name, value))
                             : std::nullopt;
  }
  if (const auto* integer = std::get_if<IntegerType>(&type); integer && integer->is_bool) {
    return value > 1 ? Objection(fmt::format("{} is {} and a boolean", member.name, value))
                     : std::nullopt;
  }
  if (const auto* enumeration = std::get_if<EnumType>(&type)) {
    return tokens_.has(enumeration->name, static_cast<int64_t>(value))
               ? std::nullopt
               : Objection(fmt::format("{} is {}", member.name, value));
  }
  return std::nullopt;
}

// A text in the spec: what the compiler leaves of the array behind its end is zero.
Objection Plausibility::text(const Member& member, uint64_t address) const {
  const auto bytes = image_.at(address).take(layout_.graph.size_of(member.type));
  const std::string_view room(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const std::string_view text = room.substr(0, room.find('\0'));
  const bool is_text = std::all_of(
      text.begin(), text.end(), [](char c) { return is_text_byte(static_cast<unsigned char>(c)); });
  const bool padded = room.find_first_not_of('\0', text.size()) == room.npos;
  return is_text && padded ? std::nullopt : Objection(fmt::format("{} is no text", member.name));
}

// The magic of a return value was not written before PATCH v1, and wherever one is described since.
Objection Plausibility::meaning(uint64_t address) const {
  const auto magic = find_member(layout_.graph, layout_.spec, "return_magic");
  const auto spec = find_member(layout_.graph, layout_.spec, "return_spec");
  if (!magic || !spec) {
    return std::nullopt;
  }
  const bool written = word("return_magic", address) != 0;
  if (!layout_.meanings().writes_return_magic) {
    return written ? Objection("the magic of its return value is written") : std::nullopt;
  }
  const auto bytes =
      image_.at(address + spec->bit_offset / 8).take(layout_.graph.size_of(spec->type));
  const bool described =
      std::any_of(bytes.begin(), bytes.end(), [](std::byte b) { return b != std::byte{}; });
  return described && !written
             ? Objection("its return value is described, and the magic of it is not written")
             : std::nullopt;
}

}  // namespace kapi
