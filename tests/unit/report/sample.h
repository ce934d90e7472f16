// SPDX-License-Identifier: GPL-2.0-only
// Values in which every member is set to something that occurs once.
#pragma once

#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include "kapi/report.h"

// The tests name the members that matter; the others are empty on purpose.
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

namespace kapi {

// Fills a value through its `members`, so that a member added later is filled as well.
class Filler {
 public:
  // What a text must show.
  const std::vector<std::string>& marks() const { return marks_; }

  void fill(std::string& text) { text = mark("text" + std::to_string(next_++) + "x"); }
  void fill(bool& value) { value = true; }
  void fill(int64_t& value) {
    value = -static_cast<int64_t>(1000 + next_++);
    mark(std::to_string(value));
  }
  void fill(uint64_t& value) {
    value = 1000 + next_++;
    mark(std::to_string(value));
  }
  void fill(Bits& bits) {
    bits.value = 0xa0000 + next_++;
    mark(hex(bits.value));
  }
  // No API has them: syscalls do.
  void fill(std::optional<Accepts>&) {}
  void fill(std::vector<AcceptedField>&) {}
  template <class T>
  void fill(std::optional<T>& value) {
    fill(value.emplace());
  }
  template <class T>
  void fill(std::vector<T>& list) {
    list.resize(2);
    for (T& element : list) {
      fill(element);
    }
  }
  template <class T>
  void fill(T& record) {
    T::members(record, [&](const char*, auto& member) { fill(member); });
  }

 private:
  const std::string& mark(std::string text) {
    marks_.push_back(std::move(text));
    return marks_.back();
  }

  uint64_t next_ = 0;
  std::vector<std::string> marks_;
};

inline Report sample_report() {
  Report report;
  report.old_source.file = "old.elf";
  report.old_source.release = "6.1.0";
  report.old_source.architecture = "x86_64";
  report.old_source.build_id = "0123456789abcdef0123";
  report.new_source.file = "new.elf";
  report.findings = {
      {.rule = "param-constraint-tightened",
       .severity = Severity::breaking,
       .subject = "sys_open/params/flags",
       .before = "mask 0x7f",
       .after = "mask 0x3f",
       .witness = "0x40 (O_CREAT)",
       .evidence = "new.elf: .rodata at 0x100",
       .fingerprint = "00000000000000aa",
       .message = "accepts less than it did"},
      {.rule = "error-added",
       .severity = Severity::review,
       .subject = "sys_open/errors/ELOOP",
       .after = "-40",
       .fingerprint = "00000000000000bb",
       .message = "can fail in a new way"},
      {.rule = "words-changed",
       .severity = Severity::info,
       .subject = "sys_open/description",
       .before = "Open a file",
       .after = "Opens a file",
       .fingerprint = "00000000000000cc",
       .message = "says it in other words"},
  };
  report.coverage = {{.fact = "specs", .compared = true, .detail = "8 and 8 APIs"},
                     {.fact = "syscalls/x86_64", .detail = "no table in either"}};
  return report;
}

}  // namespace kapi
