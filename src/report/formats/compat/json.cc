// SPDX-License-Identifier: GPL-2.0-only
// The JSON of the kernel's own tool. Top-level members that are empty are left out; inside an
// object an absent value is null and an empty list is [].
#include <nlohmann/json.hpp>

#include "report/compat/view.h"

namespace kapi::compat {
namespace {

using Json = nlohmann::ordered_json;

std::string document(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }
template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

Json capability(const Corpus& corpus, const Capability& c) {
  return {{"capability", c.number},
          {"name", c.name},
          {"action", capability_action(corpus, c)},
          {"allows", c.allows},
          {"without_cap", c.without_cap},
          {"check_condition", or_null(c.check_condition)},
          {"priority", or_null(c.priority)},
          {"alternatives", c.alternatives}};
}

Json state_transition(const StateTransition& t) {
  return {{"object", t.object},
          {"from_state", t.from},
          {"to_state", t.to},
          {"condition", or_null(t.condition)},
          {"description", t.description}};
}

Json side_effect(const SideEffect& e) {
  return {{"effect_type", effect_types(e.types)},
          {"target", e.target},
          {"condition", or_null(e.condition)},
          {"description", e.description},
          {"reversible", e.reversible}};
}

// The kernel has one member for what a parameter and its constraint have each.
Json either(const std::optional<uint64_t>& own, const std::optional<Constraint>& constraint,
            std::optional<uint64_t> Constraint::*member) {
  if (own) {
    return *own;
  }
  return constraint ? or_null((*constraint).*member) : Json();
}

Json parameter(const Param& p, size_t index) {
  const auto& constraint = p.constraint;
  Json values = Json::array();
  for (const int64_t value : constraint ? constraint->values : std::vector<int64_t>()) {
    values.push_back(std::to_string(value));
  }
  return {{"index", index},
          {"name", p.name},
          {"type_name", p.type_name},
          {"description", p.description},
          {"flags", param_flags(p.flags)},
          {"param_type", param_type(p.type)},
          {"constraint_type", constraint_type(constraint)},
          {"constraint", or_null(p.constraint_text)},
          {"min_value", constraint ? or_null(constraint->min) : Json()},
          {"max_value", constraint ? or_null(constraint->max) : Json()},
          {"valid_mask", or_null(mask_of(constraint))},
          {"enum_values", values},
          {"size", either(p.size, constraint, &Constraint::size)},
          {"alignment", either(p.alignment, constraint, &Constraint::alignment)},
          {"size_param_idx", or_null(p.size_param)}};
}

Json return_spec(const Return& r) {
  return {{"type_name", r.type_name},
          {"description", r.description},
          {"return_type", param_type(r.type)},
          {"check_type", check_type(r.check)},
          {"success_value", or_null(r.success_value)},
          {"success_min", or_null(r.success_min)},
          {"success_max", or_null(r.success_max)},
          {"error_values", r.error_values}};
}

Json error(const Error& e) {
  return {{"error_code", e.code},
          {"name", e.name},
          {"condition", e.condition},
          {"description", e.description}};
}

Json lock(const Lock& l) {
  return {{"lock_name", l.name},
          {"lock_type", lock_type(l.type)},
          {"scope", lock_scope(l.scope)},
          {"description", l.description}};
}

Json field(const Field& f) {
  const auto& constraint = f.constraint;
  return {{"name", f.name},
          {"field_type", param_type(f.type)},
          {"type_name", f.type_name},
          {"offset", f.offset},
          {"size", f.size.value_or(0)},
          {"flags", param_flags(f.flags)},
          {"constraint_type", constraint_type(constraint)},
          {"min_value", constraint ? constraint->min.value_or(0) : 0},
          {"max_value", constraint ? constraint->max.value_or(0) : 0},
          {"valid_mask", mask_of(constraint).value_or(0)},
          {"description", f.description}};
}

Json structure(const Struct& s) {
  Json fields = Json::array();
  for (const Field& f : s.fields) {
    fields.push_back(field(f));
  }
  return {{"name", s.name},
          {"size", s.size.value_or(0)},
          {"alignment", s.alignment.value_or(0)},
          {"field_count", s.fields.size()},
          {"fields", fields},
          {"description", s.description}};
}

Json signal(const Signal& s) {
  const auto flags = [](const std::optional<Bits>& bits) { return bits ? bits->value : 0; };
  return {{"signal_num", s.number.value_or(0)},
          {"signal_name", s.name},
          {"direction", signal_direction(s.direction)},
          {"action", signal_action(s.action)},
          {"target", or_null(s.target)},
          {"condition", or_null(s.condition)},
          {"description", or_null(s.description)},
          {"timing", timing(s.timing)},
          {"priority", s.priority.value_or(0)},
          {"restartable", s.restartable},
          {"interruptible", s.interruptible},
          {"queue", or_null(s.queue_behavior)},
          {"sa_flags", 0},
          {"sa_flags_required", flags(s.sa_flags_required)},
          {"sa_flags_forbidden", flags(s.sa_flags_forbidden)},
          {"state_required", signal_states(s.state_required)},
          {"state_forbidden", signal_states(s.state_forbidden)},
          {"error_on_signal", or_null(s.error)},
          {"transform_to", or_null(s.transform_to)}};
}

void put_text(Json& out, const char* key, const std::string& text) {
  if (!text.empty()) {
    out[key] = text;
  }
}

template <class T, class Print>
void put_list(Json& out, const char* key, const std::vector<T>& list, Print print) {
  if (!list.empty()) {
    Json& array = out[key] = Json::array();
    for (const T& element : list) {
      array.push_back(print(element));
    }
  }
}

}  // namespace

std::string list_json(const Corpus& corpus) {
  Json out = Json::object();
  put_list(out, "apis", corpus.apis, [&](const Api& api) {
    return Json{{"name", api.name}, {"api_type", api_type(corpus, api)}};
  });
  return document(out);
}

std::string api_json(const Corpus& corpus, const Api& api) {
  Json out = {{"name", api.name}};
  put_text(out, "description", api.description);
  put_text(out, "long_description", api.long_description);
  put_list(out, "context_flags", context_flags(corpus, api), [](const auto& flag) { return flag; });
  put_text(out, "examples", api.examples);
  put_text(out, "notes", api.notes);
  if (api_type(corpus, api) == "sysfs") {
    put_text(out, "subsystem", api.subsystem);
    put_text(out, "sysfs_path", sysfs_path(api));
    put_text(out, "permissions", sysfs_permissions(api));
  }
  put_list(out, "capabilities", api.capabilities,
           [&](const Capability& c) { return capability(corpus, c); });
  put_list(out, "state_transitions", api.state_transitions, state_transition);
  put_list(out, "side_effects", api.side_effects, side_effect);
  size_t index = 0;
  put_list(out, "parameters", api.params, [&](const Param& p) { return parameter(p, index++); });
  if (api.return_) {
    out["return_spec"] = return_spec(*api.return_);
  }
  put_list(out, "errors", api.errors, error);
  put_list(out, "locks", api.locks, lock);
  put_list(out, "struct_specs", api.structs, structure);
  put_list(out, "signals", api.signals, signal);
  put_list(out, "signal_masks", api.signal_masks, [](const SignalMask& m) {
    return Json{{"name", m.name}, {"description", m.description}};
  });
  put_list(out, "constraints", api.constraints, [](const ApiConstraint& c) {
    return Json{
        {"name", c.name}, {"description", c.description}, {"expression", or_null(c.expression)}};
  });
  return document({{"api_details", out}});
}

}  // namespace kapi::compat
