// SPDX-License-Identifier: GPL-2.0-only
// report: corpora, findings and rules as text and JSON. One format per file in src/report/formats/.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kapi/diff.h"
#include "kapi/model.h"

namespace kapi {

struct FormatOptions {
  bool colour = false;
  bool words = false;  // also what is hidden unless asked for: changes of wording only
};

// An output format; a function that is null means that the format has no such form.
struct Format {
  std::string_view name;  // "text"
  std::string (*findings)(const Report& report, const FormatOptions& options);
  std::string (*list)(const Corpus& corpus, const FormatOptions& options);
  std::string (*api)(const Corpus& corpus, std::string_view api, const FormatOptions& options);
  std::string (*rule_list)(const FormatOptions& options);
  std::string (*rule)(const RuleInfo& rule, const FormatOptions& options);
};
const std::vector<const Format*>& formats();  // in order of name
const Format* find_format(std::string_view name);

// JSON Schema (2020-12) of the report that the json format writes.
std::string report_json_schema();

}  // namespace kapi
