// SPDX-License-Identifier: GPL-2.0-only
#include "diff/preflight.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>

#include "diff/config_causes.h"
#include "diff/spec_revisions.h"
#include "kapi/names.h"

namespace kapi {
namespace {

std::string_view compiler_family(const std::string& compiler) {
  constexpr std::string_view kFamilies[] = {"clang", "GCC"};
  const auto* found = std::find_if(
      std::begin(kFamilies), std::end(kFamilies),
      [&](std::string_view family) { return compiler.find(family) != std::string::npos; });
  return found == std::end(kFamilies) ? std::string_view() : *found;
}

// Whether two facts are known and are not the same.
template <class T>
bool differ(const T& before, const T& after) {
  return before != T{} && after != T{} && before != after;
}

class Machine {
 public:
  Machine(const Corpus& before, const Corpus& after, std::vector<Finding>& findings)
      : old_(before.source), new_(after.source), findings_(findings) {}

  std::vector<Difference> run() {
    architecture();
    compiler();
    revision();
    return std::move(differences_);
  }

 private:
  using Explains = std::function<bool(const Finding&)>;

  // Makes it the cause of the findings that it explains.
  void add(Difference difference, const Explains& explains) {
    for (Finding& finding : findings_) {
      if (finding.cause.empty() && explains(finding)) {
        finding.cause = cause_text(difference);
        difference.explains++;
      }
    }
    differences_.push_back(std::move(difference));
  }

  void architecture() {
    if (differ(old_.architecture, new_.architecture)) {
      // EDEADLK is 35 wherever errno has the values of include/uapi/asm-generic.
      const auto own_errnos = [](const std::string& architecture) {
        return errno_name(35, architecture).empty();
      };
      const bool errnos = own_errnos(old_.architecture) || own_errnos(new_.architecture);
      add({"architecture", old_.architecture, new_.architecture,
           "Numbers, masks and sizes differ between architectures; a finding about one need not be "
           "a change.",
           0},
          [&](const Finding& finding) { return errnos && finding.rule == "error-code-changed"; });
    }
    if (differ(old_.bits, new_.bits)) {
      add({"word size", fmt::format("{} bits", old_.bits), fmt::format("{} bits", new_.bits),
           "What holds a long or a pointer is of another size.", 0},
          [](const Finding&) { return false; });
    }
  }

  // Clang's link-time optimisation and control-flow integrity name the entries of a table anew, and
  // syscalls are called after their entries. Nothing else that is compared is the compiler's.
  void compiler() {
    const std::string_view before = compiler_family(old_.compiler);
    const std::string_view after = compiler_family(new_.compiler);
    const auto renamed = [](const Finding& finding) {
      const std::string_view name = syscall_of(finding.subject);
      return finding.rule.starts_with("syscall-") &&
             (name.ends_with(".cfi_jt") || name.find(".llvm.") != name.npos);
    };
    if (differ(before, after) && std::any_of(findings_.begin(), findings_.end(), renamed)) {
      add({"compiler", std::string(before), std::string(after),
           "It gave the entries of syscalls other endings.", 0},
          renamed);
    }
  }

  void revision() {
    const auto before = spec_revision(old_);
    const auto after = spec_revision(new_);
    if (before && after && *before != *after) {
      add({"revision of the spec layout", std::string(name(*before)), std::string(name(*after)),
           "A member that only one of them has is in no spec of the other kernel, whatever that "
           "kernel does.",
           0},
          [&](const Finding& finding) { return explained_by_revision(finding, *before, *after); });
    }
  }

  const Source& old_;
  const Source& new_;
  std::vector<Finding>& findings_;
  std::vector<Difference> differences_;
};

}  // namespace

Preflight preflight(const Corpus& old_corpus, const Corpus& new_corpus,
                    std::vector<Finding>& findings) {
  Preflight result;
  result.differences = Machine(old_corpus, new_corpus, findings).run();
  ConfigCauses config = config_causes(old_corpus, new_corpus, findings);
  result.differences.insert(result.differences.end(),
                            std::make_move_iterator(config.differences.begin()),
                            std::make_move_iterator(config.differences.end()));
  result.config = std::move(config.row);
  return result;
}

}  // namespace kapi
