// SPDX-License-Identifier: GPL-2.0-only
// What the inputs differ in themselves, and which findings that explains. A cause that is none
// would wave a real finding through, so most of this is about findings that get none.
#include "diff/preflight.h"

#include <doctest/doctest.h>

#include "diff/config_causes.h"
#include "diff/spec_revisions.h"
#include "diff/syscall_configs.h"
#include "sample.h"

namespace kapi {
namespace {

using namespace testing;

// A corpus of some syscalls, built with a configuration.
Corpus kernel(const std::vector<std::string>& syscalls, std::vector<std::string> config,
              const std::string& release = "6.12.1") {
  Corpus corpus;
  corpus.source.architecture = "x86_64";
  corpus.source.release = release;
  corpus.source.config = std::move(config);
  corpus.coverage = {{"config", "complete", 1, 1, ""}, complete("syscalls/x86_64")};
  uint64_t number = 0;
  for (const std::string& name : syscalls) {
    corpus.syscalls.push_back({name, "x86_64", number++, "__x64_sys_" + name, "", {}, {}});
  }
  return corpus;
}

Corpus without_config(Corpus corpus) {
  corpus.source.config.clear();
  corpus.coverage[0] = {"config", "absent", 0, 0, ""};
  return corpus;
}

// "rule subject: cause" of each finding.
std::set<std::string> causes(const Report& report) {
  std::set<std::string> texts;
  for (const Finding& finding : report.findings) {
    texts.insert(finding.rule + " " + finding.subject + ": " + finding.cause);
  }
  return texts;
}

// "what: before → after (explains)" of each difference, in order.
std::vector<std::string> differences(const Report& report) {
  std::vector<std::string> texts;
  for (const Difference& difference : report.preflight) {
    texts.push_back(cause_text(difference) + " (" + std::to_string(difference.explains) + ")");
  }
  return texts;
}

using Texts = std::vector<std::string>;
using Causes = std::set<std::string>;

TEST_CASE("a symbol that went off explains that its syscalls are gone, and the other way round") {
  const Corpus with = kernel({"read", "io_setup", "io_destroy"}, {"CONFIG_AIO=y", "CONFIG_NET=y"});
  const Corpus without = kernel({"read"}, {"CONFIG_NET=y"});
  const Report lost = compare(with, without);
  CHECK(differences(lost) == Texts{"CONFIG_AIO: y → n (2)"});
  CHECK(causes(lost) == Causes{"syscall-removed syscall/x86_64/io_setup: CONFIG_AIO: y → n",
                               "syscall-removed syscall/x86_64/io_destroy: CONFIG_AIO: y → n"});
  CHECK(coverage_of(lost, "config")->compared);
  CHECK(coverage_of(lost, "config")->detail ==
        "2 and 1 symbols set, 1 differ, 1 of which explains findings");
  const Report gained = compare(without, with);
  CHECK(differences(gained) == Texts{"CONFIG_AIO: n → y (2)"});
  CHECK(twins(lost) == said(gained));
}

TEST_CASE("what differs and explains nothing is counted and not listed") {
  const Report report = compare(kernel({"read"}, {"CONFIG_AIO=y", "CONFIG_HZ=250"}),
                                kernel({"read"}, {"CONFIG_HZ=1000", "CONFIG_NET=y"}));
  CHECK(report.preflight.empty());
  CHECK(coverage_of(report, "config")->detail ==
        "2 and 2 symbols set, 3 differ, which explains no finding");
  const Corpus same = kernel({"read"}, {"CONFIG_AIO=y"});
  CHECK(coverage_of(compare(same, same), "config")->detail == "1 and 1 symbols set, all alike");
}

TEST_CASE("the wrong direction, another symbol, or a symbol on both sides explains nothing") {
  const auto cause_of_removal = [](std::vector<std::string> before,
                                   std::vector<std::string> after) {
    const Report report = compare(kernel({"read", "io_setup"}, std::move(before)),
                                  kernel({"read"}, std::move(after)));
    REQUIRE(report.findings.size() == 1);
    return report.findings[0].cause;
  };
  CHECK(cause_of_removal({"CONFIG_AIO=y"}, {}) == "CONFIG_AIO: y → n");
  CHECK(cause_of_removal({}, {"CONFIG_AIO=y"}).empty());
  CHECK(cause_of_removal({"CONFIG_AIO=y"}, {"CONFIG_AIO=y"}).empty());
  CHECK(cause_of_removal({}, {}).empty());
  CHECK(cause_of_removal({"CONFIG_EPOLL=y"}, {}).empty());
  CHECK(cause_of_removal({"CONFIG_AIO_OTHER=y"}, {}).empty());
}

TEST_CASE("of several symbols one is enough") {
  const Report report = compare(
      kernel({"read", "timerfd_settime32"}, {"CONFIG_COMPAT_32BIT_TIME=y", "CONFIG_TIMERFD=y"}),
      kernel({"read"}, {"CONFIG_COMPAT_32BIT_TIME=y"}));
  CHECK(causes(report) ==
        Causes{"syscall-removed syscall/x86_64/timerfd_settime32: CONFIG_TIMERFD: y → n"});
}

TEST_CASE("a kernel that is older than the syscall lacks it for that reason") {
  const auto cause_on = [](const std::string& release) {
    const Report report =
        compare(kernel({"read"}, {}, release),
                kernel({"read", "cachestat"}, {"CONFIG_CACHESTAT_SYSCALL=y"}, "6.12.0"));
    REQUIRE(report.findings.size() == 1);
    return report.findings[0].cause;
  };
  CHECK(cause_on("6.5.0") == "CONFIG_CACHESTAT_SYSCALL: n → y");
  CHECK(cause_on("6.12.117+deb12-cloud-amd64") == "CONFIG_CACHESTAT_SYSCALL: n → y");
  CHECK(cause_on("7.0") == "CONFIG_CACHESTAT_SYSCALL: n → y");
  for (const char* release : {"6.4.16", "6.1.0-56-amd64", "5.19", "", "next", "6"}) {
    CAPTURE(release);
    CHECK(cause_on(release).empty());
  }
}

TEST_CASE("a configuration that is not known is neither equal nor a cause") {
  const Corpus with = kernel({"read", "io_setup"}, {"CONFIG_AIO=y"});
  const Corpus without = kernel({"read"}, {});
  struct Case {
    Corpus before;
    Corpus after;
    const char* says;
  };
  for (const Case& c :
       {Case{without_config(with), without_config(without),
             "neither kernel's is known; --old-config and --new-config can give it"},
        Case{without_config(with), without,
             "the old kernel's is not known; --old-config can give it"},
        Case{with, without_config(without),
             "the new kernel's is not known; --new-config can give it"}}) {
    const Report report = compare(c.before, c.after);
    CHECK(report.preflight.empty());
    CHECK(causes(report) == Causes{"syscall-removed syscall/x86_64/io_setup: "});
    const Compared& row = *coverage_of(report, "config");
    CHECK_FALSE(row.compared);
    CHECK_FALSE(row.failed);
    CHECK(row.detail == c.says);
  }
  Corpus damaged = without_config(without);
  damaged.coverage[0] = {"config", "unread", 0, 0, "what the image embeds is damaged"};
  CHECK(coverage_of(compare(with, damaged), "config")->detail ==
        "the new kernel's could not be read: what the image embeds is damaged; --new-config can "
        "give it");
  // A corpus that states nothing of it.
  Corpus unstated = without;
  unstated.coverage.erase(unstated.coverage.begin());
  CHECK(compare(with, unstated).preflight.empty());
  CHECK_FALSE(coverage_of(compare(with, unstated), "config")->compared);
}

TEST_CASE("what a partly read configuration lacks may be set") {
  const Corpus with = kernel({"read", "io_setup"}, {"CONFIG_AIO=y", "CONFIG_KAPI_SPEC=y"});
  Corpus part = kernel({"read"}, {"CONFIG_KAPI_SPEC=m"});
  part.coverage[0] = {"config", "partial", 1, 3, ""};
  const Report report = compare(with, part);
  CHECK(causes(report) == Causes{"syscall-removed syscall/x86_64/io_setup: "});
  CHECK(differences(report) == Texts{"CONFIG_KAPI_SPEC: y → m (0)"});
  CHECK(coverage_of(report, "config")->compared);
  CHECK(coverage_of(report, "config")->detail ==
        "2 and 1 symbols set, 1 differ, which explains no finding; 2 lines of the new kernel's "
        "could not be read, so what it lacks may be set");
  part.source.config = {"CONFIG_AIO=n"};  // said, not concluded
  CHECK(causes(compare(with, part)) ==
        Causes{"syscall-removed syscall/x86_64/io_setup: CONFIG_AIO: y → n"});
}

TEST_CASE("specs follow the configuration of their syscalls, and all of them CONFIG_KAPI_SPEC") {
  Corpus with = kernel({"read"}, {"CONFIG_AIO=y", "CONFIG_KAPI_SPEC=y"});
  with.coverage.push_back(complete("specs"));
  with.apis = {full_api("sys_io_setup"), full_api("sys_read")};
  Corpus without = with;
  without.source.config = {"CONFIG_KAPI_SPEC=y"};
  without.apis.erase(without.apis.begin());
  CHECK(causes(compare(with, without)) == Causes{"api-removed sys_io_setup: CONFIG_AIO: y → n"});
  CHECK(causes(compare(without, with)) == Causes{"api-added sys_io_setup: CONFIG_AIO: n → y"});

  // One object holds all specs of these revisions: it does not lose one to a configuration.
  without.source.spec_layout = "the built-in table of RFC v4";
  CHECK(causes(compare(with, without)) == Causes{"api-removed sys_io_setup: "});

  without.apis.clear();
  CHECK(causes(compare(with, without)) == Causes{"specs-lost specs: "});
  without.source.config.clear();
  CHECK(causes(compare(with, without)) == Causes{"specs-lost specs: CONFIG_KAPI_SPEC: y → n"});
  CHECK(causes(compare(without, with)) == Causes{"specs-gained specs: CONFIG_KAPI_SPEC: n → y"});
}

TEST_CASE("what no finding shows is told whenever it differs") {
  const Corpus before =
      kernel({"read"}, {"CONFIG_IA32_EMULATION=y", "CONFIG_KAPI_RUNTIME_CHECKS=y", "CONFIG_X=y"});
  const Report report = compare(before, kernel({"read"}, {"CONFIG_KAPI_SPEC_DEBUGFS=y"}));
  CHECK(differences(report) == Texts{"CONFIG_IA32_EMULATION: y → n (0)",
                                     "CONFIG_KAPI_RUNTIME_CHECKS: y → n (0)",
                                     "CONFIG_KAPI_SPEC_DEBUGFS: n → y (0)"});
  CHECK(report.preflight[1].effect.find("EINVAL") != std::string::npos);
  CHECK(compare(before, before).preflight.empty());
}

TEST_CASE("what explains most comes first; the sources of a report carry no configuration") {
  const Report report = compare(
      kernel({"read", "io_setup", "signalfd", "signalfd4"}, {"CONFIG_AIO=y", "CONFIG_SIGNALFD=y"}),
      kernel({"read"}, {}));
  CHECK(differences(report) == Texts{"CONFIG_SIGNALFD: y → n (2)", "CONFIG_AIO: y → n (1)"});
  CHECK(report.old_source.config.empty());
  CHECK(report.new_source.config.empty());
}

TEST_CASE("machines") {
  Corpus before = full_corpus();
  Corpus after = before;
  before.source.architecture = "x86_64";
  before.source.bits = 64;
  after.source.architecture = "i386";
  after.source.bits = 32;
  after.apis[0].errors[0].code = -99;
  CHECK(differences(compare(before, after)) ==
        Texts{"architecture: x86_64 → i386 (0)", "word size: 64 bits → 32 bits (0)"});
  // Their errno values are the same; those of mips are its own.
  after.source.architecture = "mips";
  CHECK(differences(compare(before, after))[0] == "architecture: x86_64 → mips (1)");
  after.source.architecture.clear();
  after.source.bits = 0;
  CHECK(compare(before, after).preflight.empty());
}

TEST_CASE("compilers: only what one has named otherwise") {
  Corpus before = kernel({"read", "write"}, {});
  Corpus after = kernel({"read", "write"}, {});
  before.source.compiler = "GCC: (Debian 12.2.0-14) 12.2.0";
  after.source.compiler = "Debian clang version 14.0.6";
  CHECK(compare(before, after).preflight.empty());
  after.syscalls[1].name = "write.cfi_jt";
  const Report report = compare(before, after);
  CHECK(differences(report) == Texts{"compiler: GCC → clang (1)"});
  after.source.compiler = "GCC: (Debian 13.1.0-1) 13.1.0";
  CHECK(compare(before, after).preflight.empty());
}

TEST_CASE("the revision by which specs were read") {
  const auto revision = [](const std::string& layout, const std::vector<std::string>& evidence) {
    Source source;
    source.spec_layout = layout;
    source.spec_evidence = evidence;
    const auto found = spec_revision(source);
    return found ? std::string(name(*found)) : std::string();
  };
  CHECK(revision("the built-in table of RFC v1", {}) == "RFC v1");
  CHECK(revision("the built-in table of RFC v2 without CONFIG_NET", {}) == "RFC v2");
  CHECK(revision("the built-in table of RFC v4 and RFC v5", {}).empty());
  CHECK(revision("the built-in table of RFC v9", {}).empty());
  CHECK(revision("BTF", {"a", "its members and numbers are those of PATCH v3/v4"}) ==
        "PATCH v3/v4");
  CHECK(
      revision("DWARF", {"its members and numbers are nearest to those of PATCH v2 (3 differ)"}) ==
      "PATCH v2");
  CHECK(revision("BTF", {"not RFC v4: it holds a number of RFC v5"}).empty());
  CHECK(revision("", {}).empty());
}

TEST_CASE("a member that a revision lacks is explained, and only where that side is silent") {
  Finding finding;
  const auto explained = [&](const char* subject, const char* before, const char* after) {
    finding.subject = subject;
    finding.before = before;
    finding.after = after;
    return explained_by_revision(finding, SpecRevision::rfc1, SpecRevision::patch3);
  };
  CHECK(explained("sys_open/capabilities/CAP_CHOWN", "", "CAP_CHOWN (0), bypass_check"));
  CHECK_FALSE(explained("sys_open/capabilities/CAP_CHOWN", "CAP_CHOWN (0), bypass_check", ""));
  CHECK_FALSE(explained("sys_open/capabilities/CAP_CHOWN", "CAP_CHOWN (0)", "CAP_CHOWN (1)"));
  CHECK(explained("sys_open/signals/SIGINT", "", "priority: 200"));
  CHECK_FALSE(explained("sys_open/signals/SIGINT", "", "restartable: true"));
  CHECK_FALSE(explained("sys_open/signals/SIGINT", "", "priority"));
  CHECK_FALSE(explained("sys_open/signals/SIGINT", "", "transmit (2)"));
  CHECK(explained("sys_open", "deprecated: true", ""));
  CHECK_FALSE(explained("sys_open", "", "deprecated: true"));
  CHECK_FALSE(explained("sys_open/errors/EIO", "", "EIO (-5)"));
  finding = {};
  finding.subject = "sys_open";
  finding.before = "network: socket_state";
  CHECK_FALSE(explained_by_revision(finding, SpecRevision::rfc2, SpecRevision::patch2));
  CHECK(explained_by_revision(finding, SpecRevision::rfc2, SpecRevision::patch3));
}

TEST_CASE("what a subject and a release say") {
  CHECK(syscall_of("syscall/x86_64/io_setup") == "io_setup");
  CHECK(syscall_of("syscall/ia32/compat_io_setup") == "io_setup");
  CHECK(syscall_of("syscall/x86_64/read/params/count") == "read");
  CHECK(syscall_of("sys_io_setup") == "io_setup");
  CHECK(syscall_of("sys_io_setup/errors/EIO") == "io_setup");
  CHECK(syscall_of("syscall/").empty());
  CHECK(syscall_of("syscall/x86_64").empty());
  CHECK(syscall_of("specs").empty());
  CHECK(syscall_of("demo_function").empty());
  CHECK(parse_release("6.12.117+deb12") == Release{6, 12});
  CHECK(parse_release("6.9-rc1") == Release{6, 9});
  for (const char* text : {"", "6", "6.", ".1", "v6.1", "-1.2", "99999999999.1"}) {
    CHECK_FALSE(parse_release(text));
  }
  CHECK(find_syscall_config("accept")->symbols == "NET");
  CHECK(find_syscall_config("vm86old") != nullptr);
  for (const char* name : {"", "a", "read", "zzz", "io_setupp"}) {
    CHECK(find_syscall_config(name) == nullptr);
  }
}

}  // namespace
}  // namespace kapi
