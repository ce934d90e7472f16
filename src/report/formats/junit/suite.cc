// SPDX-License-Identifier: GPL-2.0-only
#include "report/formats/junit/suite.h"

#include <fmt/format.h>

#include "report/formats/junit/xml.h"

namespace kapi::junit {
namespace {

std::string attributes(const Counts& counts) {
  return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\"", counts.tests,
                     counts.failures, counts.errors, counts.skipped);
}

// Jenkins shows the message, GitLab the content.
std::string outcome(std::string_view element, std::string_view type, const std::string& message,
                    const std::string& text) {
  const std::string content = text.empty() ? message : message + "\n" + text;
  return fmt::format("<{0}{1} message=\"{2}\">{3}</{0}>", element,
                     type.empty() ? "" : fmt::format(" type=\"{}\"", xml_text(type)),
                     xml_text(message), xml_text(content));
}

}  // namespace

void Suite::pass(const std::string& group, const std::string& name, const std::string& text) {
  add(group, name, fmt::format("<system-out>{}</system-out>", xml_text(text)));
}

void Suite::fail(const std::string& group, const std::string& name, std::string_view type,
                 const std::string& message, const std::string& text) {
  counts_.failures++;
  add(group, name, outcome("failure", type, message, text));
}

void Suite::error(const std::string& group, const std::string& name, const std::string& message) {
  counts_.errors++;
  add(group, name, outcome("error", "incomplete", message, {}));
}

void Suite::skip(const std::string& group, const std::string& name, const std::string& message,
                 const std::string& text) {
  counts_.skipped++;
  add(group, name, outcome("skipped", {}, message, text));
}

void Suite::add(const std::string& group, const std::string& name, const std::string& content) {
  counts_.tests++;
  const size_t number = ++names_[group + "\n" + name];
  body_ += fmt::format("    <testcase classname=\"kapitool.{}\" name=\"{}{}\">{}</testcase>\n",
                       xml_text(group), xml_text(name),
                       number == 1 ? "" : fmt::format(" ({})", number), content);
}

std::string document(std::string_view name, const std::vector<Property>& properties,
                     const std::vector<Suite>& suites) {
  std::string list = "    <properties>\n";
  for (const Property& property : properties) {
    list += fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", xml_text(property.name),
                        xml_text(property.value));
  }
  list += "    </properties>\n";
  Counts all;
  for (const Suite& suite : suites) {
    const Counts& counts = suite.counts();
    all = {all.tests + counts.tests, all.failures + counts.failures, all.errors + counts.errors,
           all.skipped + counts.skipped};
  }
  std::string out =
      fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"{}\" {}>\n",
                  xml_text(name), attributes(all));
  for (const Suite& suite : suites) {
    out += fmt::format("  <testsuite name=\"{}\" {}>\n", xml_text(suite.name()),
                       attributes(suite.counts()));
    out += list;
    out += suite.tests();
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

}  // namespace kapi::junit
