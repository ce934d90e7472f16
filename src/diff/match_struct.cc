// SPDX-License-Identifier: GPL-2.0-only
// Two structs: of a spec, or as compiled. Of the latter every byte is known, so what is reserved is
// no field: it is the room that fields come from and go to.
#include "diff/match_struct.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "diff/layout.h"
#include "diff/match_lists.h"

namespace kapi {
namespace {

// "8", "8 bit 3"
std::string place_text(const Field& field) {
  return field.bits || field.bit_offset
             ? fmt::format("{} bit {}", field.offset, field.bit_offset.value_or(0))
             : to_text(field.offset);
}

std::string size_text(const Field& field) {
  if (field.bits) {
    return fmt::format("{} bit{}", *field.bits, *field.bits == 1 ? "" : "s");
  }
  return is_open(field) ? "any number of" : to_text(field.size);
}

// Of a bit-field the unit it is declared in is no matter: where its bits lie is.
void match_place(const Field& before, const Field& after, const Where& where,
                 std::vector<Change>& out) {
  const auto bit = [](const Field& f) { return f.offset * 8 + f.bit_offset.value_or(0); };
  const std::string name = common_name(before, after);
  const Where at = inside(where, "fields", name, &before, &after);
  if (bit(before) != bit(after)) {
    out.push_back(
        member_change(at, Element::field, name, "offset", place_text(before), place_text(after)));
  }
  if (size_text(before) != size_text(after)) {
    out.push_back(
        member_change(at, Element::field, name, "size", size_text(before), size_text(after)));
  }
}

// A field of a layout that both sides have. A type that has another size differs in its text as
// well, which is not a second change.
void match_kept(const Field& before, const Field& after, const Where& where,
                std::vector<Change>& out) {
  std::vector<Change> changes;
  compare_renamable(before, after, "fields", where, changes);
  const bool resized = size_text(before) != size_text(after);
  for (Change& change : changes) {
    const bool of_type = change.member == "type" || change.member == "type_name";
    const bool compiled = of_type || change.action == Action::renamed;  // not what specs say
    if (compiled && !(resized && of_type)) {
      out.push_back(std::move(change));
    }
  }
  match_place(before, after, where, out);
}

std::string_view last_part(std::string_view name) { return name.substr(name.rfind('.') + 1); }

// A field is renamed if it alone on each side stands at its offset with its type and size: then
// the same bytes got another name. In a layout a field that came to be in a union or struct of some
// name keeps its own: "addr" and "u.addr".
void pair_renamed(const std::vector<Field>& old_fields, const std::vector<Field>& new_fields,
                  bool layouts, bool by_name, Pairing& pairing) {
  using Indices = std::vector<size_t>;
  std::map<std::string, std::pair<Indices, Indices>> places;
  const auto place = [&](const Field& field) {
    const CType type = c_type(field, 0);
    const std::string kind =
        layouts ? field.type : fmt::format("{} {}", type.token, fmt::join(type.spelling, " "));
    return fmt::format("{} {} {} {}", place_text(field), size_text(field), kind,
                       by_name ? last_part(field.name) : std::string_view());
  };
  for (const size_t index : pairing.removed) {
    places[place(old_fields[index])].first.push_back(index);
  }
  for (const size_t index : pairing.added) {
    places[place(new_fields[index])].second.push_back(index);
  }
  std::vector<std::pair<size_t, size_t>> renamed;
  for (const auto& entry : places) {
    const auto& [before, after] = entry.second;
    if (before.size() == 1 && after.size() == 1) {
      renamed.emplace_back(before[0], after[0]);
    }
  }
  pairing.add_pairs(renamed);
}

// A layout without what is reserved in it, and that.
struct Parts {
  Struct fields;              // what has a meaning
  Struct reserved;            // what has none yet
  std::vector<size_t> index;  // of fields.fields in the whole

  explicit Parts(const Struct& whole) {
    for (size_t i = 0; i < whole.fields.size(); i++) {
      const bool kept = !is_reserved(whole.fields[i]);
      (kept ? fields : reserved).fields.push_back(whole.fields[i]);
      if (kept) {
        index.push_back(i);
      }
    }
  }
  std::string reserved_text() const {
    std::vector<std::string> texts;
    for (const Field& field : reserved.fields) {
      texts.push_back(fmt::format("{} at {} ({}{})", field.name.empty() ? "unnamed" : field.name,
                                  place_text(field), size_text(field),
                                  field.bits         ? ""
                                  : field.size == 1U ? " byte"
                                                     : " bytes"));
    }
    return join(texts, ", ");
  }
};

// Whether all that the changes say is that a record inside has another size: the name of that one.
std::string cause_inside(const std::vector<Change>& changes) {
  std::string cause;
  for (const Change& change : changes) {
    if (change.element == Element::field && change.member == "size") {
      const Field& before = *change.old_side.as<Field>();
      const Field& after = *change.new_side.as<Field>();
      const std::string_view name = record_name(before);
      const Struct* old_type = find_type(*change.old_side.corpus, name);
      const Struct* new_type = find_type(*change.new_side.corpus, name);
      if (name != record_name(after) || old_type == nullptr || new_type == nullptr ||
          old_type->size == new_type->size) {
        return {};
      }
      cause = cause.empty() ? std::string(name) : cause;
    } else if (change.action != Action::changed ||
               (change.element == Element::field && change.member != "offset")) {
      return {};
    }
  }
  return cause;
}

void match_reserved(const Parts& before, const Parts& after, const Where& where,
                    std::vector<Change>& out) {
  const std::string old_text = before.reserved_text();
  const std::string new_text = after.reserved_text();
  if (old_text != new_text) {
    Change change = change_at(where, Element::structure, Action::changed,
                              element_name(*where.old_side.structure));
    change.member = "reserved";
    std::tie(change.before, change.after) = excerpts(old_text, new_text);
    out.push_back(std::move(change));
  }
}

// Size and alignment, where both sides state them.
void match_extent(const Struct& before, const Struct& after, const Where& where,
                  std::vector<Change>& out) {
  const auto compare = [&](std::string_view member, const std::optional<uint64_t>& a,
                           const std::optional<uint64_t>& b) {
    if (a && b && a != b) {
      out.push_back(member_change(where, Element::structure, common_name(before, after), member,
                                  to_text(*a), to_text(*b)));
    }
  };
  compare("size", before.size, after.size);
  compare("alignment", before.alignment, after.alignment);
}

}  // namespace

void match_struct(const Struct& old_struct, const Struct& new_struct, const Where& outer,
                  std::vector<Change>& out) {
  Where where = outer;
  where.old_side.structure = &old_struct;
  where.new_side.structure = &new_struct;
  compare_element(old_struct, new_struct, where, common_name(old_struct, new_struct), out);
  if (old_struct.fields == new_struct.fields) {
    return;
  }
  Pairing pairing = pair_elements(old_struct.fields, new_struct.fields);
  pair_renamed(old_struct.fields, new_struct.fields, false, false, pairing);
  bool moved = false;
  for (const auto& [old_index, new_index] : pairing.pairs) {
    const Field& before = old_struct.fields[old_index];
    const Field& after = new_struct.fields[new_index];
    compare_renamable(before, after, "fields", where, out);
    match_place(before, after, where, out);
    moved = moved || before.offset != after.offset;
  }
  for (const size_t index : pairing.removed) {
    one_sided(where, "fields", old_struct.fields[index], Action::removed, out);
  }
  for (const size_t index : pairing.added) {
    one_sided(where, "fields", new_struct.fields[index], Action::added, out);
  }
  if (!moved) {  // else the offsets have said it
    match_order(old_struct.fields, new_struct.fields, "fields", pairing, where, out);
  }
}

void match_layout(const Struct& old_struct, const Struct& new_struct, bool size_travels,
                  const Where& outer, std::vector<Change>& out) {
  Where where = outer;
  where.old_side.structure = &old_struct;
  where.new_side.structure = &new_struct;
  const Parts before(old_struct);
  const Parts after(new_struct);
  std::vector<Change> changes;
  match_extent(old_struct, new_struct, where, changes);
  if (old_struct.kind != new_struct.kind) {
    changes.push_back(member_change(where, Element::structure, common_name(old_struct, new_struct),
                                    "kind", old_struct.kind, new_struct.kind));
  }

  const auto& old_fields = before.fields.fields;
  const auto& new_fields = after.fields.fields;
  Pairing pairing = pair_elements(old_fields, new_fields);
  pair_renamed(old_fields, new_fields, true, true, pairing);
  pair_renamed(old_fields, new_fields, true, false, pairing);
  std::vector<std::pair<size_t, size_t>> whole;  // the pairs, as indices of all fields
  std::vector<std::pair<size_t, size_t>> swapped;
  for (const auto& [old_index, new_index] : pairing.pairs) {
    const Field& old_field = old_struct.fields[before.index[old_index]];
    const Field& new_field = new_struct.fields[after.index[new_index]];
    match_kept(old_field, new_field, where, changes);
    whole.emplace_back(before.index[old_index], after.index[new_index]);
    swapped.emplace_back(after.index[new_index], before.index[old_index]);
  }
  const Rooms old_rooms(old_struct, new_struct, whole);
  const Rooms new_rooms(new_struct, old_struct, swapped);
  const auto push = [&](const Field& field, Action action, const Rooms& rooms) {
    one_sided(where, "fields", field, action, changes);
    changes.back().room = rooms.of(field);
  };
  for (const size_t index : pairing.removed) {
    push(old_struct.fields[before.index[index]], Action::removed, old_rooms);
  }
  for (const size_t index : pairing.added) {
    push(new_struct.fields[after.index[index]], Action::added, new_rooms);
  }
  match_reserved(before, after, where, changes);

  const std::string cause = cause_inside(changes);
  for (Change& change : changes) {
    change.size_travels = size_travels;
    change.old_stays = new_rooms.all_stay();
    change.new_stays = old_rooms.all_stay();
    if (!cause.empty()) {
      change.effect_of = {"struct/" + cause};
    }
    out.push_back(std::move(change));
  }
}

}  // namespace kapi
