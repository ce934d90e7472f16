// SPDX-License-Identifier: GPL-2.0-only
#include "diff/judges.h"

#include <fmt/format.h>

#include <algorithm>

#include "diff/layout.h"
#include "diff/layout_types.h"
#include "diff/text.h"

namespace kapi {
namespace {

bool is_function(const Side& side) { return side.api == nullptr || side.api->kind == "function"; }

// What a constraint that speaks of lengths says of them: how long a string may be, how large a
// buffer must be. The value itself is an address and proves nothing.
std::optional<Constraint> lengths(const Constraint& constraint) {
  Constraint range;
  range.type = "range";
  if (constraint.type == "user_string") {
    range.min = std::max<int64_t>(constraint.min.value_or(0), 0);
    range.max = constraint.max;
    return range;
  }
  if (constraint.type == "user_ptr") {
    constexpr uint64_t kLargest = INT64_MAX;
    range.min = static_cast<int64_t>(std::min(constraint.size.value_or(0), kLargest));
    return range;
  }
  return std::nullopt;
}

struct ConstraintVerdict {
  ConstraintOrder order = ConstraintOrder::unproven;
  std::string witness;
  std::string witnesses;
};

constexpr size_t kNamedBits = 4;  // of those that a mask lost, told one by one

// One side of a changed constraint.
struct Accepting {
  const Constraint* constraint = nullptr;  // null accepts everything
  ValueType type;
  const Names* names = nullptr;
  Described element = {};
};

std::string value_text(uint64_t value, const Accepting& by) {
  const auto number = static_cast<int64_t>(value);
  static const Constraint kAny;
  const std::string called =
      by.names == nullptr
          ? std::string()
          : by.names->of_value(by.element, by.constraint == nullptr ? kAny : *by.constraint, value);
  if (!called.empty()) {
    return fmt::format("{} ({})", called, hex(value));
  }
  return by.type.is_signed && number < 0 ? fmt::format("{} ({})", number, hex(value))
                                         : fmt::format("{} ({})", hex(value), value);
}

// The bits that one mask has and the other lacks, if they are more than one.
std::string bits_text(const Accepting& by, const Accepting& other) {
  const auto mask_of = [](const Accepting& side) {
    const bool is_mask = side.constraint != nullptr && side.constraint->type == "mask";
    return is_mask ? side.constraint->mask : std::optional<Bits>();
  };
  const auto mask = mask_of(by);
  const auto other_mask = mask_of(other);
  if (!mask || !other_mask) {
    return {};
  }
  uint64_t rest = mask->value & ~other_mask->value;
  rest &= by.type.width >= 64 ? ~uint64_t{0} : (uint64_t{1} << by.type.width) - 1;
  std::vector<std::string> bits;
  size_t more = 0;
  for (; rest != 0; rest &= rest - 1) {
    if (bits.size() < kNamedBits) {
      bits.push_back(value_text(rest & -rest, by));
    } else {
      more++;
    }
  }
  const std::string text = join(bits, ", ");
  return bits.size() < 2 ? std::string()
         : more == 0     ? text
                         : fmt::format("{} and {} more bits", text, more);
}

ConstraintVerdict verdict_of(const SetComparison& comparison, const Accepting& before,
                             const Accepting& after, const char* length_of) {
  const auto witness = [&](const std::optional<uint64_t>& value, const Accepting& by) {
    return !value ? std::string()
           : length_of != nullptr
               ? fmt::format("{} of {} byte{}", length_of, *value, *value == 1 ? "" : "s")
               : value_text(*value, by);
  };
  const std::string lost = witness(comparison.lost, before);
  switch (comparison.order) {
    case SetOrder::equal:
      return {ConstraintOrder::rewritten, "", ""};
    case SetOrder::tightened:
      return {ConstraintOrder::tightened, lost, bits_text(before, after)};
    case SetOrder::loosened:
      return {ConstraintOrder::loosened, witness(comparison.gained, after),
              bits_text(after, before)};
    case SetOrder::changed:
      return {ConstraintOrder::changed, lost, bits_text(before, after)};
    case SetOrder::incomparable:
      break;
  }
  return {ConstraintOrder::unproven, "", ""};
}

ConstraintVerdict compare_of(const Accepting& before, const Accepting& after) {
  const Constraint* old_constraint = before.constraint;
  const Constraint* new_constraint = after.constraint;
  if (old_constraint != nullptr && new_constraint != nullptr &&
      old_constraint->type == new_constraint->type) {
    const auto old_lengths = lengths(*old_constraint);
    const auto new_lengths = lengths(*new_constraint);
    if (old_lengths && new_lengths) {
      return verdict_of(compare_constraints(&*old_lengths, &*new_lengths, {}, {}), before, after,
                        old_constraint->type == "user_ptr" ? "a buffer" : "a string");
    }
  }
  return verdict_of(compare_constraints(old_constraint, new_constraint, before.type, after.type),
                    before, after, nullptr);
}

template <class T>
std::optional<Verdict> type_verdict(const Change& change, const T& before, TypeRelation wanted) {
  const T& after = *change.new_side.as<T>();
  const TypeRelation relation =
      relate(c_type(before, change.old_side.bits), c_type(after, change.new_side.bits));
  const bool unproven = relation == TypeRelation::unproven && wanted == TypeRelation::changed;
  if (relation != wanted && !unproven) {
    return std::nullopt;
  }
  Verdict verdict;
  std::tie(verdict.before, verdict.after) = excerpts(type_text(before), type_text(after));
  if (unproven) {
    verdict.severity = Severity::review;
    verdict.message =
        "{root}: the type of {name} is written as another one, and whether they "
        "agree cannot be told: {before} became {after}";
  }
  return verdict;
}

// The same bytes at the same place: what a program sees of another type of them.
std::optional<Verdict> field_type_verdict(const Change& change, TypeRelation wanted) {
  const Field& before = *change.old_side.as<Field>();
  const Field& after = *change.new_side.as<Field>();
  const FieldRelation relation =
      relate_fields(before, after, *change.old_side.corpus, *change.new_side.corpus);
  const bool respelled = relation == FieldRelation::respelled;
  if (respelled != (wanted == TypeRelation::respelled)) {
    return std::nullopt;
  }
  Verdict verdict;
  std::tie(verdict.before, verdict.after) = excerpts(type_text(before), type_text(after));
  if (relation == FieldRelation::reread) {
    verdict.severity = Severity::review;
    verdict.message =
        "{root}: the bytes of the field {name} are of another type: {after} instead of {before}";
  }
  return verdict;
}

ArgumentRelation relation_of(const Param& before, const Param& after) {
  const auto is_integer = [](const Param& p) { return p.type == "int" || p.type == "uint"; };
  const auto is_pointer = [](const Param& p) { return p.type == "ptr"; };
  const bool other_class =
      (is_integer(before) && is_pointer(after)) || (is_pointer(before) && is_integer(after));
  if (other_class || (before.size && after.size && *before.size != *after.size)) {
    return ArgumentRelation::changed;
  }
  return is_integer(before) && is_integer(after) && before.type != after.type
             ? ArgumentRelation::sign
             : ArgumentRelation::respelled;
}

}  // namespace

bool in_kernel(const Change& change) {
  return is_function(change.old_side) && is_function(change.new_side);
}

std::optional<Verdict> judge_for_userspace(const Change& change) {
  Verdict verdict;
  if (in_kernel(change)) {
    verdict.severity = Severity::review;
  }
  return verdict;
}

std::optional<Verdict> judge_for_kernel(const Change& change) {
  Verdict verdict;
  if (!in_kernel(change)) {
    verdict.severity = Severity::review;
  }
  return verdict;
}

std::optional<Verdict> judge_constraint(const Change& change, ConstraintOrder order) {
  ConstraintVerdict found;
  const auto compare = [&](const auto& before, const auto& after) {
    const ValueTypes types = value_types(c_type(before, change.old_side.bits).scalar,
                                         c_type(after, change.new_side.bits).scalar);
    const auto accepting = [](const auto& element, ValueType type, const Side& side) {
      const bool known = side.names != nullptr && side.api != nullptr;
      return Accepting{element.constraint ? &*element.constraint : nullptr, type,
                       known ? side.names : nullptr,
                       known ? described(*side.api, element) : Described{}};
    };
    found = compare_of(accepting(before, types.old_type, change.old_side),
                       accepting(after, types.new_type, change.new_side));
  };
  if (const auto* before = change.old_side.as<Param>()) {
    compare(*before, *change.new_side.as<Param>());
  } else if (const auto* field = change.old_side.as<Field>()) {
    compare(*field, *change.new_side.as<Field>());
  }
  if (found.order != order) {
    return std::nullopt;
  }
  Verdict verdict;
  verdict.witness = found.witness;
  verdict.witnesses = found.witnesses;
  return verdict;
}

std::optional<Verdict> judge_type(const Change& change, TypeRelation relation) {
  if (const auto* param = change.old_side.as<Param>()) {
    return type_verdict(change, *param, relation);
  }
  if (const auto* field = change.old_side.as<Field>()) {
    return is_layout(change) ? field_type_verdict(change, relation)
                             : type_verdict(change, *field, relation);
  }
  return type_verdict(change, *change.old_side.as<Return>(), relation);
}

std::optional<Verdict> judge_argument(const Change& change, ArgumentRelation relation) {
  const Param& before = *change.old_side.as<Param>();
  const Param& after = *change.new_side.as<Param>();
  const ArgumentRelation own = relation_of(before, after);
  const Pointees pointees =
      own == ArgumentRelation::respelled
          ? other_pointees(before, after, *change.old_side.corpus, *change.new_side.corpus)
          : Pointees();
  if ((pointees.before == nullptr ? own : ArgumentRelation::changed) != relation) {
    return std::nullopt;
  }
  Verdict verdict;
  if (pointees.before != nullptr) {
    const auto text = [](const Param& param, const Struct& type) {
      return fmt::format("{}: {}", param.type_name, summary(type));
    };
    verdict.before = text(before, *pointees.before);
    verdict.after = text(after, *pointees.after);
    verdict.message = "{root}: {name} points to another layout: {after} instead of {before}";
    return verdict;
  }
  if (relation == ArgumentRelation::changed) {
    verdict.subject = change.root;
    std::string old_text = signature_text(*change.old_side.syscall);
    std::string new_text = signature_text(*change.new_side.syscall);
    if (old_text == new_text) {  // a typedef that is wider, say
      old_text = change.name + ": " + summary(before);
      new_text = change.name + ": " + summary(after);
    }
    std::tie(verdict.before, verdict.after) = excerpts(old_text, new_text);
  } else {
    std::tie(verdict.before, verdict.after) = excerpts(summary(before), summary(after));
  }
  return verdict;
}

bool token_lost(const std::vector<std::string>& before, const std::vector<std::string>& after,
                std::string_view token) {
  const auto has = [&](const std::vector<std::string>& tokens) {
    return std::find(tokens.begin(), tokens.end(), token) != tokens.end();
  };
  return has(before) && !has(after);
}

bool is_required(const Capability& capability) {
  return capability.action == "perform_operation" || capability.action == "access_resource" ||
         capability.action == "grant_permission";
}

bool is_bypass(const Capability& capability) {
  return capability.action == "bypass_check" || capability.action == "override_restriction" ||
         capability.action == "increase_limit";
}

const Capability& capability_of(const Change& change) {
  const auto* before = change.old_side.as<Capability>();
  return before != nullptr ? *before : *change.new_side.as<Capability>();
}

}  // namespace kapi
