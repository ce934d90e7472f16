// SPDX-License-Identifier: GPL-2.0-only
#include "diff/config_causes.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

#include "diff/config.h"
#include "diff/spec_revisions.h"
#include "diff/syscall_configs.h"
#include "diff/text.h"

namespace kapi {
namespace {

// What a symbol makes differ that no finding shows.
struct Effect {
  std::string_view symbol;
  std::string_view text;
};
constexpr Effect kEffects[] = {
    // arch/x86/Kconfig, arch/arm64/Kconfig
    {"COMPAT", "Without it the kernel runs no 32-bit programs."},
    {"IA32_EMULATION", "Without it the kernel runs no 32-bit programs: the ABI ia32 is gone."},
    {"X86_X32_ABI", "Without it the kernel runs no x32 programs."},
    // kernel/api/Kconfig; the wrappers of include/linux/syscalls.h
    {"KAPI_RUNTIME_CHECKS",
     "With it the kernel refuses with EINVAL, before the call runs, an argument that its spec does "
     "not allow; without it the call itself decides, and may take it or fail with another errno."},
    {"KAPI_SPEC", "Without it the kernel declares no API specs."},
};
constexpr std::string_view kFramework = "KAPI_";

std::string_view effect_of(std::string_view symbol) {
  const auto* found = std::find_if(std::begin(kEffects), std::end(kEffects),
                                   [&](const Effect& effect) { return effect.symbol == symbol; });
  return found == std::end(kEffects) ? std::string_view() : found->text;
}

// Which side lacks what the finding tells of; nothing if both have it.
enum class Lacking { before, after };
std::optional<Lacking> lacking_side(std::string_view rule) {
  constexpr std::pair<std::string_view, Lacking> kRules[] = {
      {"api-added", Lacking::before},         {"api-removed", Lacking::after},
      {"specs-gained", Lacking::before},      {"specs-lost", Lacking::after},
      {"syscall-added", Lacking::before},     {"syscall-removed", Lacking::after},
      {"syscall-abi-added", Lacking::before}, {"syscall-abi-removed", Lacking::after},
  };
  const auto* found = std::find_if(std::begin(kRules), std::end(kRules),
                                   [&](const auto& entry) { return entry.first == rule; });
  return found == std::end(kRules) ? std::nullopt : std::optional(found->second);
}

// What each ABI that a kernel may lack needs; empty for one that this does not know.
std::string_view abi_symbol(std::string_view subject) {
  constexpr std::pair<std::string_view, std::string_view> kSymbols[] = {
      {"syscall/arm", "COMPAT"},          {"syscall/arm-oabi", "OABI_COMPAT"},
      {"syscall/ia32", "IA32_EMULATION"}, {"syscall/n32", "MIPS32_N32"},
      {"syscall/o32", "MIPS32_O32"},      {"syscall/ppc", "COMPAT"},
      {"syscall/riscv32", "COMPAT"},      {"syscall/s390", "COMPAT"},
      {"syscall/x32", "X86_X32_ABI"},
  };
  const auto* found = std::find_if(std::begin(kSymbols), std::end(kSymbols),
                                   [&](const auto& entry) { return entry.first == subject; });
  return found == std::end(kSymbols) ? std::string_view() : found->second;
}

// RFC v3 to v5 compile the specs of all syscalls into one object, whatever the configuration.
bool specs_follow_config(const Source& source) {
  const auto revision = spec_revision(source);
  return !revision || *revision < SpecRevision::rfc3 || *revision > SpecRevision::rfc5;
}

class Causes {
 public:
  Causes(const Corpus& before, const Corpus& after)
      : old_(before.source), new_(after.source), old_config_(before), new_config_(after) {}

  // The symbol that explains a finding; empty if none does.
  std::string_view symbol_of(const Finding& finding) const {
    const auto lacking = lacking_side(finding.rule);
    if (!lacking) {
      return {};
    }
    const bool in_new = *lacking == Lacking::after;
    if (finding.rule.starts_with("specs-")) {
      return unset("KAPI_SPEC", in_new);
    }
    if (finding.rule.starts_with("syscall-abi-")) {
      return unset(abi_symbol(finding.subject), in_new);
    }
    const Source& source = in_new ? new_ : old_;
    const auto* row = find_syscall_config(syscall_of(finding.subject));
    if (row == nullptr || (finding.rule.starts_with("api-") && !specs_follow_config(source))) {
      return {};
    }
    if (row->since != Release{} && parse_release(source.release).value_or(Release{}) < row->since) {
      return {};  // that kernel is older than the syscall
    }
    return unset(row->symbols, in_new);
  }

  std::vector<Difference> differences(const std::map<std::string_view, uint64_t>& counts) const {
    std::vector<Difference> list;
    for (const std::string_view symbol : differing_) {
      const auto found = counts.find(symbol);
      const std::string_view effect = effect_of(symbol);
      if (found != counts.end() || !effect.empty() || symbol.starts_with(kFramework)) {
        list.push_back(difference(symbol, found == counts.end() ? 0 : found->second));
      }
    }
    std::stable_sort(list.begin(), list.end(), [](const Difference& a, const Difference& b) {
      return a.explains > b.explains;
    });
    return list;
  }

  Difference difference(std::string_view symbol, uint64_t explains) const {
    return {fmt::format("CONFIG_{}", symbol), std::string(*old_config_.value(symbol)),
            std::string(*new_config_.value(symbol)), std::string(effect_of(symbol)), explains};
  }

  Compared row(size_t explaining) const {
    const bool old_known = old_config_.known();
    const bool new_known = new_config_.known();
    Compared row;
    row.fact = "config";
    row.compared = old_known && new_known;
    const std::string doubts =
        !old_config_.heard_of() && !new_config_.heard_of()
            ? "neither kernel's is known"
            : join({old_config_.doubt("the old kernel"), new_config_.doubt("the new kernel")},
                   "; ");
    if (!row.compared) {
      row.detail = fmt::format("{}; {} can give it", doubts,
                               old_known   ? "--new-config"
                               : new_known ? "--old-config"
                                           : "--old-config and --new-config");
      return row;
    }
    row.detail =
        fmt::format("{} and {} symbols set, {} differ{}", old_config_.size(), new_config_.size(),
                    differing_.size(),
                    explaining == 0   ? ", which explains no finding"
                    : explaining == 1 ? ", 1 of which explains findings"
                                      : fmt::format(", {} of which explain findings", explaining));
    if (differing_.empty()) {
      row.detail =
          fmt::format("{} and {} symbols set, all alike", old_config_.size(), new_config_.size());
    }
    row.detail += doubts.empty() ? "" : "; " + doubts;
    return row;
  }

 private:
  // The first of the symbols that the side with the thing sets and the other does not.
  std::string_view unset(std::string_view symbols, bool in_new) const {
    const Config& with = in_new ? old_config_ : new_config_;
    const Config& without = in_new ? new_config_ : old_config_;
    while (!symbols.empty()) {
      const std::string_view symbol = symbols.substr(0, symbols.find(' '));
      symbols.remove_prefix(std::min(symbols.size(), symbol.size() + 1));
      if (with.value(symbol).value_or("n") != "n" && without.value(symbol) == "n") {
        return symbol;
      }
    }
    return {};
  }

  const Source& old_;
  const Source& new_;
  Config old_config_;
  Config new_config_;
  std::set<std::string_view> differing_ = differing(old_config_, new_config_);
};

}  // namespace

std::string_view syscall_of(std::string_view subject) {
  constexpr std::string_view kSyscall = "syscall/";
  constexpr std::string_view kApi = "sys_";
  constexpr std::string_view kCompat = "compat_";
  std::string_view name;
  if (subject.starts_with(kSyscall)) {
    const size_t abi_end = subject.find('/', kSyscall.size());
    name = abi_end == subject.npos ? name : subject.substr(abi_end + 1);
  } else if (subject.starts_with(kApi)) {
    name = subject.substr(kApi.size());
  }
  name = name.substr(0, name.find('/'));
  return name.starts_with(kCompat) ? name.substr(kCompat.size()) : name;
}

std::string cause_text(const Difference& difference) {
  return fmt::format("{}: {} → {}", difference.what, difference.before, difference.after);
}

ConfigCauses config_causes(const Corpus& old_corpus, const Corpus& new_corpus,
                           std::vector<Finding>& findings) {
  const Causes causes(old_corpus, new_corpus);
  std::map<std::string_view, uint64_t> counts;
  for (Finding& finding : findings) {
    const std::string_view symbol =
        finding.cause.empty() ? causes.symbol_of(finding) : std::string_view();
    if (!symbol.empty()) {
      finding.cause = cause_text(causes.difference(symbol, 0));
      counts[symbol]++;
    }
  }
  return {causes.differences(counts), causes.row(counts.size())};
}

}  // namespace kapi
