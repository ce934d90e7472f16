// SPDX-License-Identifier: GPL-2.0-only
// A report is read as a stream of events, because a baseline may hold a hundred thousand findings
// of which only the fingerprints are wanted.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "kapi/policy.h"

namespace kapi {
namespace {

using Json = nlohmann::json;

constexpr size_t kMaxDepth = 64;  // a report needs about ten levels
constexpr std::string_view kHint = "`kapitool diff --format json` writes one";
constexpr size_t kFingerprintSize = 16;

class ReportHandler {
 public:
  ReportHandler(const std::string& file, const std::function<void(const ReportedFinding&)>& visit)
      : file_(file), visit_(visit) {}

  bool null() { return other(); }
  bool boolean(bool) { return other(); }
  bool number_float(double, const std::string&) { return other(); }
  bool number_integer(int64_t value) { return number(value); }
  bool number_unsigned(uint64_t value) {
    return number(static_cast<int64_t>(std::min<uint64_t>(value, INT64_MAX)));
  }
  bool binary(Json::binary_t&) { return false; }  // JSON text has none

  bool string(std::string& value) {
    std::string* member = text_member();
    if (member == nullptr) {
      return other();
    }
    if (!member->empty()) {
      fail(fmt::format("the member \"{}\" is there twice", key_));
    }
    *member = std::move(value);
    return true;
  }

  bool key(std::string& name) {
    key_ = std::move(name);
    return true;
  }

  bool start_object(size_t) {
    const Place at = here();
    if (at == Place::findings) {
      finding_ = {};
      return open(Place::finding);
    }
    if (at == Place::consequences) {
      finding_.consequences.emplace_back();
      return open(Place::consequence);
    }
    if (frames_.empty()) {
      return open(Place::report);
    }
    other();
    return open(Place::other);
  }

  bool start_array(size_t) {
    const Place at = here();
    if (at == Place::report && key_ == "findings") {
      has_findings_ = true;
      return open(Place::findings);
    }
    if (at == Place::finding && key_ == "consequences") {
      return open(Place::consequences);
    }
    other();
    return open(Place::other);
  }

  bool end_array() {
    frames_.pop_back();
    return true;
  }

  bool end_object() {
    const Place at = here();
    if (at == Place::finding) {
      check(finding_);
      visit_(finding_);
      count_++;
    } else if (at == Place::consequence) {
      check(finding_.consequences.back());
    }
    frames_.pop_back();
    return true;
  }

  bool parse_error(size_t position, const std::string&, const nlohmann::detail::exception& error) {
    std::string_view what = error.what();
    what.remove_prefix(std::min(what.find("] ") + 2, what.size()));
    throw InputError({file_, {}, position == 0 ? 0 : position - 1},
                     "not JSON, or cut short: " +
                         to_utf8(what.substr(0, what.find("; last read")).substr(0, 200)));
  }

  void finish() const {
    if (!schema_ || !has_findings_) {
      throw InputError(
          {file_, {}, {}},
          fmt::format("not a report: no member \"{}\"", schema_ ? "findings" : "schema"),
          std::string(kHint));
    }
  }

 private:
  enum class Place { none, report, findings, finding, consequences, consequence, other };

  Place here() const { return frames_.empty() ? Place::none : frames_.back(); }

  bool open(Place place) {
    if (frames_.size() == kMaxDepth) {
      fail(fmt::format("nested more than {} levels deep", kMaxDepth));
    }
    frames_.push_back(place);
    return true;
  }

  [[noreturn]] void fail(std::string reason, std::string_view hint = {}) const {
    const bool in_finding =
        std::find(frames_.begin(), frames_.end(), Place::finding) != frames_.end();
    throw InputError({file_, in_finding ? fmt::format("/findings/{}", count_) : "", {}},
                     std::move(reason), std::string(hint));
  }

  // The text that the next value is for; null if nobody wants it.
  std::string* text_member() {
    const Place at = here();
    if (at != Place::finding && at != Place::consequence) {
      return nullptr;
    }
    ReportedFinding& record = at == Place::finding ? finding_ : finding_.consequences.back();
    return key_ == "fingerprint" ? &record.fingerprint
           : key_ == "rule"      ? &record.rule
           : key_ == "subject"   ? &record.subject
                                 : nullptr;
  }

  // A value of a kind that is wanted nowhere. What stands where something else must stand is an
  // error: that the file is no report may show nowhere else.
  bool other() {
    const Place at = here();
    if (at == Place::none) {
      fail("not a report, which is an object", kHint);
    }
    if (at == Place::report && key_ == "findings") {
      fail("not a report: \"findings\" is no list", kHint);
    }
    if (at == Place::report && key_ == "schema") {
      fail("not a report: \"schema\" is no number", kHint);
    }
    if (at == Place::findings || at == Place::consequences) {
      fail("not a report: a finding is an object", kHint);
    }
    if (text_member() != nullptr) {
      fail(fmt::format("the member \"{}\" is no string", key_));
    }
    return true;
  }

  bool number(int64_t value) {
    if (here() != Place::report || key_ != "schema") {
      return other();
    }
    if (value != kReportSchema) {
      fail(fmt::format("schema version {}, but this build reads version {}", value, kReportSchema),
           "write the report again with this kapitool");
    }
    schema_ = true;
    return true;
  }

  void check(const ReportedFinding& record) const {
    const bool is_fingerprint =
        record.fingerprint.size() == kFingerprintSize &&
        record.fingerprint.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!is_fingerprint || record.rule.empty()) {
      fail(fmt::format("a finding without {}", is_fingerprint ? "a rule" : "a fingerprint"), kHint);
    }
  }

  const std::string& file_;
  const std::function<void(const ReportedFinding&)>& visit_;
  std::vector<Place> frames_;
  std::string key_;  // of the innermost object: the one whose value comes next
  ReportedFinding finding_;
  size_t count_ = 0;
  bool schema_ = false;
  bool has_findings_ = false;
};

}  // namespace

void read_report(std::istream& stream, const std::string& file,
                 const std::function<void(const ReportedFinding&)>& visit) {
  ReportHandler handler(file, visit);
  Json::sax_parse(stream, &handler);
  handler.finish();
}

void apply_baseline(Report& report, std::istream& stream, const std::string& file) {
  std::unordered_map<std::string_view, bool> held;
  for (const Finding& finding : report.findings) {
    held.emplace(finding.fingerprint, false);
  }
  const auto hold = [&](const std::string& fingerprint) {
    const auto found = held.find(fingerprint);
    if (found != held.end()) {
      found->second = true;
    }
  };
  read_report(stream, file, [&](const ReportedFinding& finding) {
    hold(finding.fingerprint);
    for (const ReportedFinding& consequence : finding.consequences) {
      hold(consequence.fingerprint);
    }
  });
  for (Finding& finding : report.findings) {
    finding.known = held.at(finding.fingerprint);
  }
}

}  // namespace kapi
