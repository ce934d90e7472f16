// SPDX-License-Identifier: GPL-2.0-only
// What a release manager reads in a terminal and what a CI log keeps.
#include "report/text.h"

#include "report/format.h"

namespace kapi {

extern const Format format_text;
const Format format_text = {
    .name = "text",
    .findings = findings_text,
    .list = list_text,
    .subject = subject_text,
    .rule_list = rule_list_text,
    .rule = rule_text,
};

}  // namespace kapi
