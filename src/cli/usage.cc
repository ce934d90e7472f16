// SPDX-License-Identifier: GPL-2.0-only
#include "cli/usage.h"

#include <fmt/format.h>

#include <array>

namespace kapi::cli {
namespace {

// The formats that can print it.
template <auto Print>
std::vector<std::string> formats_of() {
  std::vector<std::string> names;
  for (const Format* format : formats()) {
    if (format->*Print != nullptr) {
      names.emplace_back(format->name);
    }
  }
  return names;
}
std::vector<std::string> fail_on_names() { return {"breaking", "review", "info", "never"}; }
std::vector<std::string> kind_names() {
  std::vector<std::string> names;
  for (const InputKind& kind : requestable_kinds()) {
    names.emplace_back(kind.name);
  }
  return names;
}
std::vector<std::string> fact_names() { return {"specs", "syscalls", "types", "tables"}; }
std::vector<std::string> scope_names() { return {"user", "all"}; }
std::vector<std::string> profile_names() { return {"bpf"}; }
std::vector<std::string> type_sources() { return {"btf", "dwarf"}; }

const Option kInput = {"INPUT", "", "The kernel to read.", &Request::input};
const Option kRuleFormat = {"--format", "FORMAT",
                            "How to print: text, for people (the default); markdown, for "
                            "documentation; or json, for scripts.",
                            &Request::format, formats_of<&Format::rule>};
Option format_option(std::vector<std::string> (*choices)()) {
  return {"--format", "FORMAT",
          "How to print: text, for people (the default), or json, for scripts.", &Request::format,
          choices};
}
const Option kOnly = {
    "--only", "FACT",
    "Read only specs, syscalls, types (layouts and enumerators) or tables (files below /proc/sys "
    "and of control groups); may be given several times. What is left out is stated as such.",
    &Request::only, fact_names};
const Option kScope = {
    "--scope", "SCOPE",
    "Which types count: user, those that syscall arguments lead to, specs name or the headers of "
    "--uapi declare (the default), or all that the image describes.",
    &Request::scope, scope_names};
const Option kProfile = {
    "--profile", "PROFILE",
    "Read what is no stable ABI as well, because some programs build on it all the same: bpf, "
    "tracepoints with the fields of their records, and the kernel functions that BPF programs may "
    "call.",
    &Request::profiles, profile_names};
const Option kCode = {
    "--code", "",
    "Read off the machine code what syscalls accept in their arguments: the bits of flags, the "
    "values of commands (x86_64). Takes most of a minute.",
    &Request::code};
const Option kTypes = {
    "--types", "SOURCE",
    "Where types and signatures come from: btf, which never opens DWARF, or dwarf, which takes "
    "signatures from it (those of compat calls stand nowhere else). By default BTF, and DWARF only "
    "for an image that has no BTF, or no metadata of its syscalls.",
    &Request::types, type_sources};

const Option kKind = {
    "--kind", "KIND",
    "What a folder or a text file is, where it does not say so itself: source, or "
    "debugfs. An ELF file, BTF or a stored corpus is always recognised.",
    &Request::kind, kind_names};
const Option kUapi = {
    "--uapi", "DIR",
    "Installed headers (usr/include of a kernel build, or /usr/include): their "
    "constants and the types they declare are part of what is compared, the specs "
    "in a source tree may name them, and findings tell values by their names. May "
    "be given several times.",
    &Request::uapi};
const Option kConstants = {"--constants", "IMAGE",
                           "A kernel image whose enumerators the specs in a source tree may name.",
                           &Request::constants};

const Option kDebugDir = {
    "--debug-dir", "DIR",
    "Where separate debug files lie, for an image that lacks symbols or types: those of a "
    "distribution, by build id or by name, or an unpacked package of them. May be given several "
    "times; /usr/lib/debug is searched after them, and then debuginfod is asked, if "
    "DEBUGINFOD_URLS is set. Only a file of the same build is used.",
    &Request::debug_dirs};
const Option kNoSystemDebugDir = {"--no-system-debug-dir", "",
                                  "Do not search /usr/lib/debug for separate debug files.",
                                  &Request::no_system_debug_dir};
const Option kBtfBase = {
    "--btf-base", "FILE",
    "The vmlinux, vmlinuz or raw BTF of the kernel that a module was built for, whose BTF is a "
    "continuation of it. May be given several times: the one of the module's release is taken. By "
    "default it is looked for in the package or tree that the module lies in, among the debug "
    "files, and in /sys/kernel/btf/vmlinux if the running kernel is that release.",
    &Request::btf_bases};
constexpr std::string_view kModulesHelp =
    "Also read the specs of the kernel's modules: those below a folder, such as "
    "/lib/modules/6.12.1/kernel, packed or not; those in a package of modules; or with the word "
    "package, those that lie in the same package as the kernel (./package is a folder of that "
    "name). A module of another release "
    "is told and not read.";
const Option kModules = {"--modules", "DIR|package", kModulesHelp, &Request::modules};

const std::array kDiffOptions = {
    Option{"OLD", "", "The kernel that programs were written for.", &Request::input},
    Option{"NEW", "", "The kernel they shall run on.", &Request::new_input},
    Option{"--fail-on", "SEVERITY",
           "The least severity that makes the exit status 1: breaking (the default), review, info, "
           "or never. Has the last word over the policy.",
           &Request::fail_on, fail_on_names},
    Option{"--policy", "FILE",
           "The policy to judge by: severities, scope and waivers. By default kapitool.toml in the "
           "working directory, if there is one.",
           &Request::policy},
    Option{"--no-policy", "", "Judge without a policy, even if there is a kapitool.toml.",
           &Request::no_policy},
    Option{"--baseline", "REPORT",
           "An earlier report of the json format. Findings that it holds, waived there or not, are "
           "known: they are counted, and do not make the exit status 1.",
           &Request::baseline},
    Option{
        "--format", "FORMAT",
        "How to print the report: text, for people (the default); html, for a browser; "
        "markdown, for a comment on a pull request; json, for scripts; sarif, for code scanning; "
        "junit, for Jenkins and GitLab; github, annotations of a workflow's step; gitlab, for "
        "the code quality widget.",
        &Request::format, formats_of<&Format::findings>},
    Option{
        "-o,--output", "FORMAT:FILE",
        "Write the report in that format to a file, or to standard output if FILE is '-'. May be "
        "given several times: one run feeds several outputs. Standard output is then written "
        "only if asked for, by FORMAT:- or by --format.",
        &Request::outputs},
    Option{
        "--words", "",
        "Also show changes of wording only (descriptions, notes, examples), which all formats but "
        "json and html leave out.",
        &Request::words},
    Option{"--summary", "",
           "Print only how many findings there are and what was compared. The formats for programs "
           "(json, sarif, junit, gitlab) hold all of them nevertheless.",
           &Request::summary},
    Option{"-q,--quiet", "",
           "Print no report to standard output, and only errors to standard error. Files asked for "
           "by -o are written.",
           &Request::quiet},
    kOnly,
    kCode,
    kProfile,
    kScope,
    kTypes,
    kKind,
    kUapi,
    kConstants,
    Option{"--old-uapi", "DIR", "The headers of OLD; those of --uapi are of both.",
           &Request::old_uapi},
    Option{"--new-uapi", "DIR", "The same for NEW.", &Request::new_uapi},
    Option{
        "--old-config", "FILE",
        "The configuration OLD was built with (a .config, a /boot/config-*, /proc/config.gz), if "
        "it does not embed it: what a change of configuration explains is then said.",
        &Request::old_config},
    Option{"--new-config", "FILE", "The same for NEW.", &Request::new_config},
    kDebugDir,
    kNoSystemDebugDir,
    kBtfBase,
    kModules,
    Option{"--old-modules", "DIR|package", "The modules of OLD, if --modules does not fit both.",
           &Request::old_modules},
    Option{"--new-modules", "DIR|package", "The same for NEW.", &Request::new_modules},
    Option{"--allow-arch-mismatch", "",
           "Compare kernels of different architectures. Numbers, masks and errno values differ "
           "between architectures, so expect findings that are none.",
           &Request::allow_arch_mismatch},
};

const std::array kExtractOptions = {
    kInput,
    Option{"-o,--output", "FILE",
           "Write to a file instead of standard output. It appears under its name only when it is "
           "complete.",
           &Request::file},
    kOnly,
    kCode,
    kProfile,
    kScope,
    kTypes,
    kKind,
    kUapi,
    kConstants,
    kDebugDir,
    kNoSystemDebugDir,
    kBtfBase,
    kModules,
    Option{"--config", "FILE",
           "The configuration the kernel was built with, to be stored with it; for an image that "
           "does not embed its own (CONFIG_IKCONFIG).",
           &Request::config},
};

const std::array kListOptions = {kInput,
                                 format_option(formats_of<&Format::list>),
                                 kOnly,
                                 kProfile,
                                 kScope,
                                 kTypes,
                                 kKind,
                                 kUapi,
                                 kConstants,
                                 kDebugDir,
                                 kNoSystemDebugDir,
                                 kBtfBase,
                                 kModules};

const std::array kShowOptions = {
    kInput,
    Option{"API", "",
           "Its name, with or without the prefix sys_, or the subject of a finding "
           "(sys_open/params/flags).",
           &Request::name},
    Option{"--format", "FORMAT",
           "How to print: text, for people (the default); json, for scripts; rst, a page for the "
           "kernel's documentation; or man, a manual page.",
           &Request::format, formats_of<&Format::subject>},
    kCode,
    kProfile,
    kKind,
    kUapi,
    kConstants,
    kDebugDir,
    kNoSystemDebugDir,
    kBtfBase,
    kModules,
};

const std::array kExplainOptions = {
    Option{"RULE", "", "The id of the rule, as a finding shows it.", &Request::name},
    kRuleFormat,
};

const std::array kRulesOptions = {kRuleFormat};

const std::array kWaiveOptions = {
    Option{"FINGERPRINT", "", "The 16 hexadecimal digits that a report shows with a finding.",
           &Request::fingerprints},
    Option{.flags = "--reason",
           .value = "TEXT",
           .help = "Why the finding is acceptable; it is part of every later report.",
           .target = &Request::reason,
           .optional = false},
    Option{"--expires", "DATE",
           "The last day that the waiver holds (2027-03-31). Without it, it holds for ever.",
           &Request::expires},
    Option{"--report", "REPORT",
           "A report of the json format that must hold the findings. Their rules and subjects are "
           "then written down as well, and what was folded under them is accepted with them.",
           &Request::report},
    Option{"--policy", "FILE", "The policy to add to, instead of kapitool.toml.", &Request::policy},
};

std::vector<std::string> policy_verbs() { return {"check"}; }

const std::array kPolicyOptions = {
    Option{"VERB", "", "check: validate the file, and say what it holds.", &Request::name,
           policy_verbs},
    Option{.flags = "FILE",
           .value = "",
           .help = "The policy, instead of kapitool.toml.",
           .target = &Request::policy,
           .optional = true},
};

std::vector<std::string> compat_tools() { return {std::string(kCompatTool)}; }

const std::array kCompatOptions = {
    Option{"TOOL", "", "kapi, the tool in the kernel's tools/kapi.", &Request::name, compat_tools},
    Option{"ARGS", "", "Its arguments: 'kapitool compat kapi --help' shows them.",
           &Request::arguments},
};

const std::array kCommands = {
    Command{Action::diff, "diff", "what changed between two kernels, judged",
            "Compares two inputs and judges each difference by a rule: breaking (a program that "
            "kept to the old contract can now fail), review (it may fail; a person must look) or "
            "info (compatible). The report always states what was compared and what was not.",
            kDiffOptions},
    Command{Action::extract, "extract", "the canonical corpus of one kernel, as JSON",
            "Writes down all that was read of an input: the same bytes for the same input, on any "
            "machine. The file can be used later wherever an input is asked for.",
            kExtractOptions},
    Command{Action::list, "list", "one line per API spec and per syscall",
            "Lists the APIs that have a spec, then the syscalls with their numbers and signatures.",
            kListOptions},
    Command{Action::show, "show", "one API in full",
            "Shows all that the spec of one API says. For a syscall without a spec, shows what the "
            "image itself exposes: its numbers and its signature.",
            kShowOptions},
    Command{Action::explain, "explain", "what a rule means and what to do about a finding",
            "Explains a rule: what it means, why it matters, an example, and what to do.",
            kExplainOptions},
    Command{Action::rules, "rules", "all rules with their default severities",
            "Lists all rules with their default severities.", kRulesOptions},
    Command{
        Action::waive, "waive", "accept a finding, with a reason",
        "Adds an entry to the policy file, which is created if there is none: the findings stay "
        "in the reports, marked as accepted, and do not count. All else in the file stays as it "
        "is.",
        kWaiveOptions},
    Command{
        Action::policy, "policy", "validate a policy file",
        "Tells all that is wrong with a policy file, each with line and column, and the waivers "
        "that have expired; the exit status is then 2. A policy is TOML: version = 1; fail-on, "
        "as --fail-on; [severity] with rule = breaking, review, info or ignore; [scope] with "
        "the globs apis and exclude-apis over names and kinds (syscall, ioctl, function, "
        "sysfs); and [[waiver]] with fingerprint (one or a list), or rule and a glob subject, "
        "with reason, and with expires if it shall end. In a glob * stands for any characters "
        "but a slash, ** for any, ? for one. A syscall is meant by its name with and without "
        "sys_, in its spec and in each table; syscall/ia32/* names one table's.",
        kPolicyOptions},
    Command{Action::compat, "compat", "what the kernel's own tool would print",
            "Answers as another tool does, for scripts that were written for it: its command line, "
            "its output in text, JSON and reStructuredText, its exit statuses (0 done, 1 not done, "
            "2 wrong usage). The values are those that kapitool reads.",
            kCompatOptions},
};

constexpr std::array kVariables = {
    Variable{"NO_COLOR",
             "If set and not empty, no colour is used. There is none in any case if standard "
             "output is not a terminal."},
    Variable{"TERM", "If unset or dumb, no colour is used."},
    Variable{"DEBUGINFOD_URLS",
             "Servers to ask for a separate debug file that no folder has, as debuginfod's own "
             "tools do. If unset or empty, none is asked."},
    Variable{"SOURCE_DATE_EPOCH",
             "Seconds since 1970. If set and not empty, that day, and not today, decides which "
             "waivers have expired, so that a run can be repeated later."},
};

constexpr std::array kExamples = {
    Example{"kapitool diff vmlinux.old vmlinux",
            "What changed, and whether it can break a program."},
    Example{"kapitool extract vmlinux -o 6.12.json",
            "Keep the contract of a release, to compare with it when its image is gone."},
    Example{"kapitool diff -o text:- -o json:report.json 6.12.json vmlinux",
            "In CI: text for the log, JSON for what comes after."},
    Example{"kapitool diff --baseline 6.12-report.json 6.12.json vmlinux",
            "A gate that only new findings fail."},
    Example{"kapitool waive ce825745df837530 --reason \"No program sets the bit\"",
            "Accept a finding."},
    Example{"kapitool show vmlinux openat", "Everything known about one syscall."},
};

}  // namespace

std::span<const Command> commands() { return kCommands; }
std::span<const Example> examples() { return kExamples; }
std::span<const Variable> variables() { return kVariables; }

std::string inputs_paragraph() {
  std::string text = "An input is one of:";
  for (const InputKind& kind : input_kinds()) {
    text += fmt::format("{} {}", text.ends_with(':') ? "" : ";", kind.summary);
  }
  return text + ".";
}

std::string synopsis(const Command& command) {
  std::string text(command.name);
  for (const Option& option : command.options) {
    if (!option.positional()) {
      text += " [OPTION...]";
      break;
    }
  }
  for (const Option& option : command.options) {
    if (option.positional()) {
      const std::string name = fmt::format("{}{}", option.flags, option.repeatable() ? "..." : "");
      text += option.required() ? " " + name : fmt::format(" [{}]", name);
    } else if (option.required()) {
      text += fmt::format(" {} {}", option.flags, option.value);
    }
  }
  return text;
}

}  // namespace kapi::cli
