// SPDX-License-Identifier: GPL-2.0-only
// Test suites in the XML that Jenkins and GitLab read.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kapi::junit {

struct Counts {
  size_t tests = 0;
  size_t failures = 0;
  size_t errors = 0;
  size_t skipped = 0;
};

struct Property {
  std::string name;
  std::string value;
};

// Collects tests. Any text may be given; of two tests with one group and name the second gets a
// number, because GitLab shows only one of them.
class Suite {
 public:
  explicit Suite(std::string_view name) : name_(name) {}

  void pass(const std::string& group, const std::string& name, const std::string& text);
  void fail(const std::string& group, const std::string& name, std::string_view type,
            const std::string& message, const std::string& text);
  void error(const std::string& group, const std::string& name, const std::string& message);
  void skip(const std::string& group, const std::string& name, const std::string& message,
            const std::string& text);

  const std::string& name() const { return name_; }
  const Counts& counts() const { return counts_; }
  const std::string& tests() const { return body_; }
  size_t size() const { return body_.size(); }  // bytes

 private:
  void add(const std::string& group, const std::string& name, const std::string& content);

  std::string name_;
  Counts counts_;
  std::map<std::string, size_t> names_;
  std::string body_;
};

// The whole file. The properties are those of every suite.
std::string document(std::string_view name, const std::vector<Property>& properties,
                     const std::vector<Suite>& suites);

}  // namespace kapi::junit
