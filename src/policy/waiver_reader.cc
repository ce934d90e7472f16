// SPDX-License-Identifier: GPL-2.0-only
#include "policy/waiver_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace kapi {
namespace {

constexpr size_t kFingerprintSize = 16;

bool is_fingerprint(std::string_view text) {
  return text.size() == kFingerprintSize && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

}  // namespace

std::string unknown_rule(std::string_view id) {
  return fmt::format("no rule is named {}; 'kapitool rules' shows all", quoted(id));
}

void WaiverReader::read(const toml::node& node) {
  const toml::array* list = node.as_array();
  if (list == nullptr) {
    values_.problem(node.source(), "expected entries [[waiver]], with two brackets on each side");
    return;
  }
  for (const toml::node& element : *list) {
    if (const toml::table* table = values_.table(element)) {
      entry(*table);
    }
  }
}

void WaiverReader::entry(const toml::table& table) {
  values_.check_keys(table, {"fingerprint", "rule", "subject", "reason", "expires"});
  WaiverEntry waiver;
  waiver.line = table.source().begin.line;
  what(table, waiver);
  reason(table, waiver);
  if (const toml::node* node = table.get("expires")) {
    waiver.expires = values_.date(*node);
  }
  policy_.waivers.push_back(std::move(waiver));
}

void WaiverReader::what(const toml::table& table, WaiverEntry& waiver) {
  const toml::node* fingerprint = table.get("fingerprint");
  const bool has_rule = table.contains("rule") || table.contains("subject");
  if (fingerprint != nullptr && has_rule) {
    values_.problem(table.source(),
                    "a waiver is by \"fingerprint\" or by \"rule\" and \"subject\", not by both");
  } else if (fingerprint != nullptr) {
    fingerprints(*fingerprint, waiver);
  } else if (has_rule) {
    rule_and_subject(table, waiver);
  } else {
    values_.problem(table.source(),
                    "the waiver does not say what it accepts: \"fingerprint\", or \"rule\" and "
                    "\"subject\"");
  }
}

void WaiverReader::fingerprints(const toml::node& node, WaiverEntry& waiver) {
  const auto one = [&](const toml::node& element) {
    auto value = values_.text(element);
    if (!value) {
      return;
    }
    if (!is_fingerprint(*value)) {
      values_.problem(element.source(),
                      fmt::format("{} is no fingerprint: 16 hexadecimal digits in lower case, as a "
                                  "report shows them",
                                  quoted(*value)));
      return;
    }
    only_once(*value, element.source());
    waiver.fingerprints.push_back(std::move(*value));
  };
  const toml::array* list = node.as_array();
  if (list == nullptr) {
    one(node);
    return;
  }
  if (list->empty()) {
    values_.problem(node.source(), "the list is empty");
  }
  for (const toml::node& element : *list) {
    one(element);
  }
}

void WaiverReader::rule_and_subject(const toml::table& table, WaiverEntry& waiver) {
  const toml::node* rule = table.get("rule");
  const toml::node* subject = table.get("subject");
  if (rule == nullptr || subject == nullptr) {
    values_.problem(table.source(),
                    fmt::format("the key \"{}\" is missing: a waiver is by fingerprint, or by both "
                                "rule and subject",
                                rule == nullptr ? "rule" : "subject"));
  }
  if (rule != nullptr) {
    waiver.rule = values_.text(*rule).value_or("");
    if (rule->is_string() && !find_rule(waiver.rule)) {
      values_.problem(rule->source(), unknown_rule(waiver.rule));
    } else if (is_about_waivers(waiver.rule)) {
      values_.problem(rule->source(),
                      "what is said of waivers cannot be accepted by one; set its severity");
    }
  }
  if (subject != nullptr) {
    waiver.subject = values_.text(*subject).value_or("");
    if (subject->is_string() && waiver.subject.empty()) {
      values_.problem(subject->source(), "the string is empty");
    }
  }
  if (!waiver.rule.empty() && !waiver.subject.empty()) {
    only_once(waiver.rule + " " + waiver.subject, table.source());
  }
}

void WaiverReader::reason(const toml::table& table, WaiverEntry& waiver) {
  const toml::node* node = table.get("reason");
  if (node == nullptr) {
    values_.problem(table.source(),
                    "the key \"reason\" is missing: whoever meets the waiver in a "
                    "year must know why it is there");
    return;
  }
  waiver.reason = values_.text(*node).value_or("");
  if (node->is_string() && is_blank(waiver.reason)) {
    values_.problem(node->source(), "the reason is blank");
  }
}

void WaiverReader::only_once(const std::string& what, const toml::source_region& where) {
  const auto [first, added] = lines_.emplace(what, where.begin.line);
  if (!added) {
    values_.problem(where,
                    fmt::format("{} is accepted in line {} already", quoted(what), first->second));
  }
}

}  // namespace kapi
