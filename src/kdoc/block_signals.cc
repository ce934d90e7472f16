// SPDX-License-Identifier: GPL-2.0-only
// Signals and capabilities.
#include <fmt/format.h>

#include <algorithm>

#include "kdoc/block_spec.h"
#include "kdoc/macro_names.h"
#include "kdoc/spec_items.h"

namespace kapi {
namespace {

constexpr std::string_view kSignalKeys =
    " direction action condition desc errno timing priority restartable interruptible number "
    "target queue queue_behavior transform transform_to transform-to sa_flags_required "
    "sa-flags-required sa_flags_forbidden sa-flags-forbidden state_required state-required "
    "state_forbidden state-forbidden ";

std::optional<int64_t> nonzero(std::optional<int64_t> value) {
  return value && *value != 0 ? value : std::nullopt;
}

// What a member of one byte keeps of a number.
std::optional<uint64_t> byte(std::optional<int64_t> value) {
  const uint64_t low = value ? static_cast<uint64_t>(*value) & 0xff : 0;
  return low != 0 ? std::optional(low) : std::nullopt;
}

std::optional<Bits> word(std::optional<int64_t> value) {
  const uint64_t low = value ? static_cast<uint64_t>(*value) & 0xffffffff : 0;
  return low != 0 ? std::optional(Bits{low}) : std::nullopt;
}

class SignalReader {
 public:
  SignalReader(const DocLine& head, const Subfields& fields, const SpecValues& values)
      : line_(head.number), fields_(fields), values_(values) {
    signal_.name =
        values.text(trim(head.text), SpecValues::kSignalName, "the name of a signal", head.number);
    path_ = "signals/" + signal_.name + '/';
  }

  Signal read() {
    signal_.direction =
        values_.tokens(canonical_list(given("direction", "KAPI_SIGNAL_RECEIVE"), kDirectionFamily),
                       kDirectionFamily, path_ + "direction", line_);
    signal_.action =
        values_.token(canonical(given("action", "KAPI_SIGNAL_ACTION_RETURN"), kActionFamily),
                      kActionFamily, path_ + "action", line_);
    signal_.number = nonzero(values_.number(given("number", "0"), path_ + "number"));
    signal_.target = text({"target"});
    signal_.condition = prose("condition");
    signal_.description = prose("desc");
    signal_.timing = timing();
    signal_.priority = byte(number({"priority"}, "priority"));
    signal_.restartable = is_yes(fields_, "restartable", {"yes"}, values_);
    signal_.interruptible = is_yes(fields_, "interruptible", {"yes"}, values_);
    signal_.error = nonzero(number({"errno"}, "error"));
    if (signal_.error && *signal_.error > 0) {
      values_.warn("errno-positive",
                   fmt::format("\"errno: {}\" is stored as it stands, a positive number",
                               excerpt(fields_.get("errno"))),
                   line_);
    }
    signal_.transform_to =
        nonzero(number({"transform", "transform_to", "transform-to"}, "transform_to"));
    signal_.queue_behavior = text({"queue", "queue_behavior"});
    signal_.sa_flags_required =
        word(number({"sa_flags_required", "sa-flags-required"}, "sa_flags_required"));
    signal_.sa_flags_forbidden =
        word(number({"sa_flags_forbidden", "sa-flags-forbidden"}, "sa_flags_forbidden"));
    signal_.state_required = states({"state_required", "state-required"}, "state_required");
    signal_.state_forbidden = states({"state_forbidden", "state-forbidden"}, "state_forbidden");
    return std::move(signal_);
  }

 private:
  using Keys = std::initializer_list<std::string_view>;

  std::string given(std::string_view key, std::string_view otherwise) const {
    return fields_.has(key) ? fields_.get(key) : std::string(otherwise);
  }
  std::string text(Keys keys) const {
    const auto* field = fields_.find(keys);
    return field == nullptr ? ""
                            : values_.text(field->value, SpecValues::kDescription,
                                           "the text of a signal", field->line);
  }
  std::string prose(std::string_view key) const {
    return values_.prose(fields_.get(key), SpecValues::kDescription, "the text of a signal", line_);
  }
  std::optional<int64_t> number(Keys keys, std::string_view member) const {
    const auto* field = fields_.find(keys);
    return field == nullptr ? std::nullopt
                            : values_.number(field->value, path_ + std::string(member));
  }
  std::vector<std::string> states(Keys keys, std::string_view member) const {
    const auto* field = fields_.find(keys);
    return field == nullptr ? std::vector<std::string>()
                            : values_.tokens(field->value, kStateFamily,
                                             path_ + std::string(member), field->line);
  }

  // The name of a text in the framework's header.
  std::string timing() const {
    const auto* field = fields_.find({"timing"});
    if (field == nullptr) {
      return {};
    }
    constexpr TokenFamily kTiming = {"", "KAPI_SIGNAL_TIME_", " before during after "};
    const std::string name = canonical_list(field->value, kTiming);
    if (const auto known = macro_text(name)) {
      return std::string(*known);
    }
    values_.warn(
        "does-not-compile",
        fmt::format("the timing \"{}\" is no single KAPI_SIGNAL_TIME_…", excerpt(field->value)),
        field->line);
    values_.unresolved(path_ + "timing", field->value);
    return {};
  }

  Signal signal_;
  std::string path_;
  size_t line_;
  const Subfields& fields_;
  const SpecValues& values_;
};

// In words, in short words of the generator's own, or as an enumerator; what it does not know is
// perform_operation.
std::string capability_action(const std::string& type, size_t line, const SpecValues& values) {
  constexpr std::pair<std::string_view, std::string_view> kShort[] = {
      {"KAPI_CAP_REQUIRED", "perform_operation"},
      {"required", "perform_operation"},
      {"bypass", "bypass_check"},
      {"grant", "grant_permission"},
      {"override", "override_restriction"},
      {"access", "access_resource"},
      {"modify", "modify_behavior"},
      {"limit", "increase_limit"}};
  constexpr std::string_view kActions[] = {
      "bypass_check",    "increase_limit",  "override_restriction", "grant_permission",
      "modify_behavior", "access_resource", "perform_operation"};
  for (const auto& [name, action] : kShort) {
    if (type == name) {
      return std::string(action);
    }
  }
  for (const std::string_view action : kActions) {
    if (type == action || type == std::string(kCapabilityFamily.prefix) + upper(action)) {
      return std::string(action);
    }
  }
  std::string action = type.find("BYPASS") != type.npos ? "bypass_check" : "perform_operation";
  values.warn("token-unknown",
              fmt::format("the capability action \"{}\" counts as {}", excerpt(type), action),
              line);
  return action;
}

void add_capability(const DocLine& head, const Subfields& fields, const SpecValues& values) {
  const std::vector<std::string> parts = split(trim(head.text), ',', 3);
  const std::string& constant = parts[0];
  std::string name = fields.has("desc") ? fields.get("desc") : constant;
  std::string type = fields.has("type") ? fields.get("type") : "KAPI_CAP_PERFORM_OPERATION";
  if (parts.size() > 1) {
    type = parts[1];
    if (parts.size() > 2) {
      name = parts[2];
    }
  }
  const auto limited = [&](const std::string& value) {
    return values.prose(value, SpecValues::kDescription, "the text of a capability", head.number);
  };
  Capability out;
  out.name = values.text(name, SpecValues::kDescription, "the text of a capability", head.number);
  const std::string path = "capabilities/" + out.name + '/';
  if (const auto number = values.number(constant, path + "number")) {
    out.number = *number;
  }
  out.action = capability_action(type, head.number, values);
  out.allows = limited(fields.get("allows"));
  out.without_cap = limited(fields.get("without"));
  out.check_condition = limited(fields.get("condition"));
  if (const auto* priority = fields.find({"priority"})) {
    out.priority = byte(values.number(priority->value, path + "priority"));
  }
  values.api().capabilities.push_back(std::move(out));
}

}  // namespace

void read_block_signals(const DocComment& comment, const SpecValues& values) {
  const DocSection* section = comment.find("signal");
  read_items(section, values, [&](const std::vector<DocLine>& lines, size_t& index) {
    const DocLine& head = lines[index++];
    const Subfields fields = Subfields::read(lines, index, kSignalKeys, "a signal", values);
    values.api().signals.push_back(SignalReader(head, fields, values).read());
  });
  check_room(values.api().signals.size(), 32, "signals", section, values);
}

// Unlike elsewhere, every line that is neither blank nor begins with a key starts an item, indented
// or not.
void read_block_capabilities(const DocComment& comment, const SpecValues& values) {
  constexpr std::string_view kKeys = " allows without condition priority type desc ";
  const DocSection* section = comment.find("capability");
  const auto lines = section != nullptr ? trim_lines(section->lines) : std::vector<DocLine>();
  for (size_t i = 0; i < lines.size();) {
    const std::string_view text = trim(lines[i].text);
    const size_t colon = text.find(':');
    const bool is_key = colon != text.npos && !text.substr(0, colon).empty() &&
                        text.find(' ') > colon &&
                        kKeys.find(' ' + std::string(text.substr(0, colon)) + ' ') != kKeys.npos;
    if (text.empty() || is_key) {
      if (is_key) {
        values.warn("text-lost",
                    fmt::format("a key behind the end of a capability is lost: {}", excerpt(text)),
                    lines[i].number);
      }
      i++;
      continue;
    }
    const DocLine& head = lines[i];
    if (head.is_indented()) {
      values.warn("item-made-up",
                  fmt::format("behind a blank line, text becomes a capability: {}", excerpt(text)),
                  head.number);
    }
    i++;
    const Subfields fields = Subfields::read(lines, i, kKeys, "a capability", values);
    if (lower(text) != "none") {
      add_capability(head, fields, values);
    }
  }
  check_room(values.api().capabilities.size(), 8, "capabilities", section, values);
}

}  // namespace kapi
