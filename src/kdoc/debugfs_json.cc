// SPDX-License-Identifier: GPL-2.0-only
// kapi/specs-json/<name>, or what kapi_export_json wrote elsewhere, as the model has it.
#include <fmt/format.h>

#include <algorithm>

#include "kdoc/debugfs_omits.h"
#include "kdoc/debugfs_value.h"
#include "kdoc/debugfs_words.h"
#include "kdoc/place.h"

namespace kapi {
namespace {

using Kind = DebugfsValue::Kind;

class JsonReader {
 public:
  JsonReader(DebugfsJson json, const std::string& file, std::vector<Diagnostic>& out)
      : json_(std::move(json)), notes_(file, out) {}

  std::optional<DebugfsSpec> read() {
    const DebugfsValue& top = json_.value;
    api_.name = text(top, "name");
    if (top.kind != Kind::object || api_.name.empty()) {
      notes_.add(Level::error, "not-a-spec", "", "expected a JSON object with a name",
                 std::max<size_t>(json_.broken_line, 1));
      return std::nullopt;
    }
    whole(top);
    each(top, "parameters", [&](const DebugfsValue& v) { param(v); });
    if (const DebugfsValue* value = top.find("return")) {
      return_value(*value);
    }
    each(top, "errors", [&](const DebugfsValue& v) {
      Error error{text(v, "name"), number(v, "code"), prose(v, "condition"),
                  prose(v, "description")};
      if (error != Error{}) {
        api_.errors.push_back(std::move(error));
      }
    });
    each(top, "locks", [&](const DebugfsValue& v) { lock(v); });
    each(top, "constraints", [&](const DebugfsValue& v) {
      api_.constraints.push_back(
          {text(v, "name"), prose(v, "expression"), prose(v, "description")});
    });
    each(top, "signals", [&](const DebugfsValue& v) { signal(v); });
    each(top, "side_effects", [&](const DebugfsValue& v) {
      api_.side_effects.push_back({effect_bits(bits(v, "type")), text(v, "target"),
                                   prose(v, "condition"), prose(v, "description"),
                                   number(v, "reversible") != 0});
    });
    each(top, "capabilities", [&](const DebugfsValue& v) { capability(v); });
    remarks();
    return DebugfsSpec{std::move(api_), debugfs_json_omits(traits(top))};
  }

 private:
  // ---- values ----

  const DebugfsValue* member(const DebugfsValue& holder, std::string_view key, Kind kind) {
    const DebugfsValue* value = holder.find(key);
    if (value == nullptr || value->kind == Kind::null) {
      return nullptr;
    }
    const bool number_like = kind == Kind::number && value->kind == Kind::boolean;
    if (value->kind != kind && !number_like) {
      notes_.add(Level::error, "wrong-type", api_.name, fmt::format("'{}' is of another type", key),
                 value->line);
      return nullptr;
    }
    return value;
  }
  std::string_view raw(const DebugfsValue& holder, std::string_view key) {
    const DebugfsValue* value = member(holder, key, Kind::text);
    if (value == nullptr) {
      return {};
    }
    valid_ = valid_ && is_utf8(value->text);
    return value->text;
  }
  std::string text(const DebugfsValue& holder, std::string_view key) {
    return to_utf8(raw(holder, key));
  }
  std::string prose(const DebugfsValue& holder, std::string_view key) {
    std::string_view words = raw(holder, key);
    words = words.substr(0, words.find_last_not_of(" \t\r\n") + 1);
    return to_utf8(words);
  }
  int64_t number(const DebugfsValue& holder, std::string_view key) {
    const DebugfsValue* value = member(holder, key, Kind::number);
    return value == nullptr ? 0 : value->number;
  }
  std::optional<int64_t> nonzero(const DebugfsValue& holder, std::string_view key) {
    const int64_t value = number(holder, key);
    return value == 0 ? std::nullopt : std::optional(value);
  }
  uint64_t bits(const DebugfsValue& holder, std::string_view key) {
    const std::string_view digits = raw(holder, key);
    const auto value = parse_hex(digits);
    if (!value && !digits.empty()) {
      notes_.add(Level::error, "wrong-type", api_.name,
                 fmt::format("'{}' is no hexadecimal number", key), holder.find(key)->line);
    }
    return value.value_or(0);
  }
  std::optional<Bits> mask(const DebugfsValue& holder, std::string_view key) {
    const uint64_t value = bits(holder, key);
    return value == 0 ? std::nullopt : std::optional(Bits{value});
  }
  template <class Read>
  void each(const DebugfsValue& holder, std::string_view key, Read read) {
    if (const DebugfsValue* list = member(holder, key, Kind::list)) {
      for (const DebugfsValue& item : list->items) {
        if (item.kind == Kind::object) {
          read(item);
        } else {
          notes_.add(Level::error, "wrong-type", api_.name,
                     fmt::format("an element of '{}' is no object", key), item.line);
        }
      }
    }
  }
  void unresolved(std::string path, std::string_view word) {
    api_.unresolved.push_back({std::move(path), to_utf8(word)});
  }
  static std::string subject(const std::string& name) { return name.empty() ? "(unnamed)" : name; }

  // ---- parts ----

  void whole(const DebugfsValue& top) {
    api_.kind = debugfs_kind(api_.name, raw(top, "api_type"));
    api_.version = static_cast<uint64_t>(number(top, "version"));
    api_.description = prose(top, "description");
    api_.long_description = prose(top, "long_description");
    api_.contexts = context_bits(bits(top, "context_flags"));
    api_.examples = prose(top, "examples");
    api_.notes = prose(top, "notes");
    api_.since_version = text(top, "since_version");
    if (number(top, "deprecated") != 0) {
      api_.deprecated = true;
    }
    api_.replacement = text(top, "replacement");
    api_.subsystem = text(top, "subsystem");
    api_.device_type = text(top, "device_type");
  }

  void param(const DebugfsValue& value) {
    Param param;
    param.name = text(value, "name");
    if (param.name.empty()) {
      param.name = fmt::format("unnamed_{}", api_.params.size());
    }
    param.type_name = text(value, "type");
    param.type = type_class_word(raw(value, "type_class"));
    if (param.type.empty()) {
      unresolved("params/" + param.name + "/type", raw(value, "type_class"));
    }
    param.flags = param_flag_bits(bits(value, "flags"));
    param.description = prose(value, "description");
    param.sysfs_path = text(value, "sysfs_path");
    param.sysfs_permissions = text(value, "permissions");
    param.default_value = text(value, "default_value");
    param.units = text(value, "units");
    param.step = nonzero(value, "step");
    api_.params.push_back(std::move(param));
  }

  void return_value(const DebugfsValue& value) {
    Return out;
    out.type_name = text(value, "type");
    out.type = type_class_word(raw(value, "type_class"));
    out.check = check_word(raw(value, "check_type"));
    out.description = prose(value, "description");
    if (out.check == "exact") {
      out.success_value = number(value, "success_value");
    } else if (out.check == "range") {
      out.success_min = number(value, "success_min");
      out.success_max = number(value, "success_max");
    }
    // All of a spec that has none prints as this, and so does one that returns void and 0.
    if (out.type_name.empty() && out.description.empty() && out.type == "void" &&
        out.success_value == 0) {
      unresolved("return", "no return value, or one that says nothing");
      return;
    }
    if (out.type.empty()) {
      unresolved("return/type", raw(value, "type_class"));
    }
    if (out.check.empty()) {
      unresolved("return/check", raw(value, "check_type"));
    }
    api_.return_ = std::move(out);
  }

  void lock(const DebugfsValue& value) {
    Lock lock;
    lock.name = text(value, "name");
    const std::string_view type = raw(value, "type");
    lock.type = type == "none" || type == "custom" ? std::string(type) : lock_type_word(type);
    const std::string path = "locks/" + subject(lock.name);
    if (lock.type.empty()) {
      unresolved(path + "/type", type);
    }
    if (value.find("scope") != nullptr) {
      const std::string_view scope = raw(value, "scope");
      lock.scope = scope == kUnknownWord ? std::string() : to_utf8(scope);
      if (lock.scope.empty()) {
        unresolved(path + "/scope", scope);
      }
    } else {
      const bool acquired = number(value, "acquired") != 0;
      const bool released = number(value, "released") != 0;
      const bool held = number(value, "held_on_entry") != 0 || number(value, "held_on_exit") != 0;
      lock.scope = acquired != released ? (acquired ? "acquires" : "releases")
                   : held && !acquired  ? "caller_held"
                                        : "internal";
    }
    lock.description = prose(value, "description");
    api_.locks.push_back(std::move(lock));
  }

  void signal(const DebugfsValue& value) {
    Signal signal;
    signal.name = text(value, "signal_name");
    signal.number = nonzero(value, "signal_num");
    signal.direction = direction_bits(bits(value, "direction"));
    signal.action = signal_action(number(value, "action"));
    signal.target = text(value, "target");
    signal.condition = prose(value, "condition");
    signal.description = prose(value, "description");
    signal.timing = text(value, "timing");
    const int64_t priority = number(value, "priority");
    signal.priority = priority == 0 ? std::nullopt : std::optional(static_cast<uint64_t>(priority));
    signal.restartable = number(value, "restartable") != 0;
    signal.interruptible = number(value, "interruptible") != 0;
    signal.error = nonzero(value, "error_on_signal");
    signal.transform_to = nonzero(value, "transform_to");
    signal.queue_behavior = text(value, "queue_behavior");
    signal.sa_flags_required = mask(value, "sa_flags_required");
    signal.sa_flags_forbidden = mask(value, "sa_flags_forbidden");
    signal.state_required = state_bits(bits(value, "state_required"));
    signal.state_forbidden = state_bits(bits(value, "state_forbidden"));
    api_.signals.push_back(std::move(signal));
  }

  void capability(const DebugfsValue& value) {
    Capability capability;
    capability.name = text(value, "name");
    capability.number = number(value, "capability");
    const std::string_view action = raw(value, "action");
    capability.action = action == kUnknownWord ? std::string() : to_utf8(action);
    if (capability.action.empty()) {
      unresolved("capabilities/" + subject(capability.name) + "/action", action);
    }
    capability.allows = prose(value, "allows");
    capability.without_cap = prose(value, "without_cap");
    capability.check_condition = prose(value, "check_condition");
    const int64_t priority = number(value, "priority");
    capability.priority =
        priority == 0 ? std::nullopt : std::optional(static_cast<uint64_t>(priority));
    if (const DebugfsValue* list = member(value, "alternatives", Kind::list)) {
      for (const DebugfsValue& item : list->items) {
        if (item.kind == Kind::number) {
          capability.alternatives.push_back(item.number);
        }
      }
      std::sort(capability.alternatives.begin(), capability.alternatives.end());
    }
    api_.capabilities.push_back(std::move(capability));
  }

  // ---- what is noticed ----

  DebugfsJsonTraits traits(const DebugfsValue& top) const {
    DebugfsJsonTraits traits;
    traits.typed = top.find("api_type") != nullptr;
    if (json_.broken_line != 0) {
      return traits;  // what is missing may have been cut off
    }
    traits.capabilities = top.find("capabilities") != nullptr;
    traits.late_lists = top.find("constraints") != nullptr && top.find("signals") != nullptr &&
                        top.find("side_effects") != nullptr;
    return traits;
  }

  void remarks() {
    if (json_.broken_line != 0) {
      notes_.add(Level::error, "json-broken", api_.name,
                 fmt::format("{}; what stands before was read", json_.broken_by),
                 json_.broken_line);
    }
    if (json_.spare_comma_line != 0) {
      notes_.add(Level::error, "count-too-large", api_.name,
                 "a comma behind the last element: the kernel had more than there is room for",
                 json_.spare_comma_line);
    }
    if (json_.unescaped) {
      notes_.add(Level::warning, "not-escaped", api_.name,
                 "quotes in a text are not escaped; a text was taken to end with its line", 1);
    }
    if (!valid_) {
      notes_.add(Level::note, "not-utf8", api_.name,
                 "the text is not UTF-8; its other bytes are shown as \\xNN", 1);
    }
  }

  DebugfsJson json_;
  TextNotes notes_;
  Api api_;
  bool valid_ = true;
};

}  // namespace

std::optional<DebugfsSpec> read_debugfs_json(std::string_view text, const std::string& file,
                                             std::vector<Diagnostic>& diagnostics) {
  return JsonReader(parse_debugfs_json(text), file, diagnostics).read();
}

}  // namespace kapi
