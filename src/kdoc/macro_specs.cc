// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/macro_specs.h"

#include <algorithm>

#include "kdoc/macro_build.h"

namespace kapi {
namespace {

// One of these stands in every text that holds a spec.
constexpr std::string_view kWords[] = {"_API_SPEC",           "_IOCTL_SPEC",
                                       "SYSCALL_DEFINE_SPEC", "DEFINE_IOCTL_HANDLER",
                                       "kernel_api_spec",     "kapi_ioctl_"};

bool may_hold_macro_specs(std::string_view text) {
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&](std::string_view word) { return text.find(word) != text.npos; });
}

// What the struct holds, be it in another.
struct Parts {
  const MacroValue* spec;
  const MacroValue* ioctl = nullptr;
};
Parts parts_of(const MacroValue& root, const MacroStruct& record) {
  if (&record == &kSpecStruct) {
    return {&root};
  }
  const MacroValue* ioctl = &record == &kHandlerStruct ? root.member("spec") : &root;
  return {ioctl != nullptr ? ioctl->member("api_spec") : nullptr, ioctl};
}

std::string symbol_of(const MacroBlock& block) {
  return std::string(block.opener != nullptr ? block.opener->symbol : "") +
         std::string(block.variable);
}

void read_block(const MacroBlock& block, const MacroEvaluator& evaluator, const TextNotes& notes,
                SpecTexts& out) {
  MacroReport report(block.problems);
  const auto tokens = expand_macros(block, report);
  const MacroValue root = parse_initializer(tokens, *block.record, evaluator, report);
  const Parts parts = parts_of(root, *block.record);
  std::vector<Unresolved> unresolved;
  MacroContext context{evaluator, report, unresolved, block.line};
  Api api = build_macro_api({context, parts.spec, kSpecStruct, ""});
  if (parts.ioctl != nullptr) {
    api.kind = "ioctl";
    build_macro_command({context, parts.ioctl, kIoctlStruct, ""}, api);
  }
  if (api.name.empty()) {
    api.name = block.variable;
  }
  api.unresolved = std::move(unresolved);
  for (const MacroProblem& problem : report.problems()) {
    notes.add(problem.level, problem.code, api.name, problem.message, problem.line);
  }
  out.origins.push_back({api.name, "", symbol_of(block), text_place(notes.file(), block.line),
                         std::nullopt, std::nullopt});
  out.apis.push_back(std::move(api));
  out.forms.insert("macros");
}

}  // namespace

void read_macro_specs(std::string_view text, const TextNotes& notes, const Constants& constants,
                      SpecTexts& out) {
  if (!may_hold_macro_specs(text)) {
    return;
  }
  MacroArrays arrays;
  const MacroEvaluator evaluator(text, arrays, constants);
  scan_macro_specs(text, notes, arrays,
                   [&](const MacroBlock& block) { read_block(block, evaluator, notes, out); });
}

}  // namespace kapi
