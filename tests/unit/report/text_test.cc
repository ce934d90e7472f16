// SPDX-License-Identifier: GPL-2.0-only
#include "report/text.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "sample.h"

using namespace kapi;

namespace {

const Format& text() { return *find_format("text"); }

bool has(const std::string& out, std::string_view part) {
  return out.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a report shows all of its findings, most severe first, and what it did not compare") {
  const std::string out = text().findings(sample_report(), {.words = true});
  CHECK(has(out, "old  old.elf  6.1.0  x86_64  build id 0123456789ab\n"));
  CHECK(has(out, "new  new.elf  no build id\n"));
  CHECK(has(out,
            "  sys_open/params/flags  [param-constraint-tightened]\n"
            "    accepts less than it did\n"
            "    mask 0x7f → mask 0x3f; for example 0x40 (O_CREAT)\n"
            "    00000000000000aa, new.elf: .rodata at 0x100\n"));
  CHECK(has(out, "    now -40\n    00000000000000bb\n"));
  CHECK(has(out, "compared\n  specs            8 and 8 APIs\n"));
  CHECK(has(out, "not compared\n  syscalls/x86_64  no table in either\n"));
  CHECK(out.find("BREAKING (1)") < out.find("REVIEW (1)"));
  CHECK(out.find("REVIEW (1)") < out.find("INFO (1)"));
  CHECK(out.ends_with(
      "1 breaking, 1 review, 1 info; compared: specs; not compared: syscalls/x86_64\n"));
}

TEST_CASE("what the message says in so many words is not said again") {
  Report report = sample_report();
  report.findings.resize(1);
  report.findings[0].message = "flags no longer accepts 0x40 (O_CREAT)";
  CHECK_FALSE(has(text().findings(report, {}), "for example"));
  CHECK(has(text().findings(report, {}), "    mask 0x7f → mask 0x3f\n"));
  report.findings[0].message = "mask 0x7f became mask 0x3f, and 0x400 (O_CREAT) is fine";
  CHECK_FALSE(has(text().findings(report, {}), "→"));
  CHECK(has(text().findings(report, {}), "for example 0x40 (O_CREAT)\n"));
}

TEST_CASE("changes of wording are hidden, counted, and shown when asked for") {
  Report report = sample_report();
  CHECK(has(text().findings(report, {}), "1 change of wording hidden; --words shows it"));
  CHECK_FALSE(has(text().findings(report, {}), "00000000000000cc"));
  CHECK_FALSE(has(text().findings(report, {.words = true}), "hidden"));
  report.findings.back().severity = Severity::breaking;  // a policy may say so
  CHECK(has(text().findings(report, {}), "00000000000000cc"));
}

TEST_CASE("silence is told apart: unchanged, not readable, not compared") {
  Report report = sample_report();
  report.findings.clear();
  CHECK(has(text().findings(report, {}), "Unchanged: specs.\n"));
  report.coverage[1].failed = true;
  const std::string failed = text().findings(report, {});
  CHECK_FALSE(has(failed, "Unchanged"));
  CHECK(has(failed, "  syscalls/x86_64  FAILED no table in either\n"));
  CHECK(has(failed, "not compared: syscalls/x86_64 (failed)"));
  report.coverage[1].compared = true;
  CHECK(has(text().findings(report, {}), "  syscalls/x86_64  INCOMPLETE no table in either\n"));
  report.coverage.clear();
  CHECK(has(text().findings(report, {}), "Nothing was compared"));
}

TEST_CASE("nothing from an image reaches the terminal as a control character") {
  const std::string evil = "\x1b]0;x\x07\n\xc2\x9b";
  Report report = sample_report();
  for (Finding& finding : report.findings) {
    finding = {finding.rule, finding.severity, evil, evil, evil, evil, evil, "f", evil};
  }
  report.coverage[0].fact = report.coverage[0].detail = evil;
  report.old_source.file = report.old_source.release = report.old_source.architecture = evil;
  report.old_source.build_id = evil;

  Corpus corpus;
  Filler filler;
  filler.fill(corpus.apis);
  corpus.apis[0].name = corpus.apis[0].kind = corpus.apis[0].examples = evil;
  corpus.apis[0].params[0].type_name = corpus.apis[0].errors[0].name = evil;
  corpus.apis[0].locks[0].type = corpus.apis[0].contexts[0] = evil;
  corpus.syscalls = {{.name = evil, .abi = evil, .entry = evil}};
  corpus.coverage = {{.fact = "specs", .state = "partial", .detail = evil}};
  corpus.source.origins = {{.subject = evil, .symbol = evil, .section = evil}};
  const Match api = {evil, &corpus.apis[0], {&corpus.syscalls[0]}};
  const Match syscall = {evil, nullptr, {&corpus.syscalls[0]}};

  for (const std::string& out :
       {text().findings(report, {.words = true}), text().list(corpus, {}),
        text().subject(corpus, api, {}), text().subject(corpus, syscall, {})}) {
    CHECK(out.find('\x1b') == std::string::npos);
    CHECK(out.find('\x07') == std::string::npos);
    CHECK(out.find("\xc2\x9b") == std::string::npos);
    CHECK(has(out, "\\x1b]0;x\\x07"));
  }
}

TEST_CASE("colour adds escapes and changes nothing else") {
  const std::string plain = text().findings(sample_report(), {});
  std::string coloured = text().findings(sample_report(), {.colour = true});
  CHECK(plain.find('\x1b') == std::string::npos);
  REQUIRE(coloured.find('\x1b') != std::string::npos);
  for (size_t at; (at = coloured.find('\x1b')) != std::string::npos;) {
    coloured.erase(at, coloured.find('m', at) - at + 1);
  }
  CHECK(coloured == plain);
}

TEST_CASE("an API is shown whole in every format: no member of the model is lost") {
  Corpus corpus;
  Filler filler;
  filler.fill(corpus.apis.emplace_back());
  filler.fill(corpus.source.omits);
  const Match match{corpus.apis[0].name, &corpus.apis[0], {}};
  for (const char* format : {"text", "rst", "man"}) {
    CAPTURE(format);
    std::string out = find_format(format)->subject(corpus, match, {});
    out.erase(std::remove(out.begin(), out.end(), '\\'), out.end());  // what the markup escapes
    for (const std::string& mark : filler.marks()) {
      CAPTURE(mark);
      CHECK(has(out, mark));
    }
    for (const char* word : {"reversible", "restartable", "interruptible", "Deprecated",
                             "Partial transfer: yes", "Timeout: yes"}) {
      CAPTURE(word);
      CHECK(has(out, word));
    }
  }
}

TEST_CASE("a syscall without a spec shows the surface and says why there is no more") {
  Corpus corpus;
  corpus.coverage = {{.fact = "specs", .state = "absent", .detail = "no spec section"}};
  corpus.syscalls = {{.name = "openat",
                      .abi = "x86_64",
                      .number = 257,
                      .entry = "__x64_sys_openat",
                      .signature_from = "metadata",
                      .params = {{.name = "dfd", .type_name = "int"},
                                 {.name = "filename", .type_name = "const char *"}}},
                     {.name = "openat", .abi = "x32", .number = 7, .entry = "__x64_sys_openat"}};
  const Match match = find_subject(corpus, "openat");
  const std::string out = text().subject(corpus, match, {});
  CHECK(has(out,
            "openat (system call)\n\n"
            "  long openat(int dfd, const char *filename);\n"
            "  long openat(/* not known */);\n"));
  CHECK(has(out,
            "  There is no API spec of this call (no spec section); this is what the image\n"
            "  itself exposes.\n"
            "  The image does not tell its parameters.\n"));
  CHECK(has(out,
            "  ABI     Number  Entry\n"
            "  x86_64     257  __x64_sys_openat\n"
            "  x32          7  __x64_sys_openat\n"));
  for (const char* format : {"rst", "man"}) {
    CAPTURE(format);
    const std::string page = find_format(format)->subject(corpus, match, {});
    CHECK(has(page, "no API spec of this call (no spec section)"));
    CHECK(has(page, "257"));
    CHECK(has(page, "not known"));
  }
}

TEST_CASE("lines keep to the width that is asked for") {
  Corpus corpus;
  Api& api = corpus.apis.emplace_back();
  api = {.name = "sys_x", .kind = "syscall", .version = 1};
  const std::string words = "many words of which each is short and all together are not so at all ";
  api.description = api.long_description = api.notes = words + words;
  api.params = {
      {.name = "first", .type_name = "const struct some_long_name *", .description = words},
      {.name = "second", .type_name = "unsigned long", .constraint_text = words}};
  api.errors = {{.name = "EINVAL", .code = -22, .condition = words, .description = words + words}};
  api.side_effects = {{.types = {"alloc_memory", "free_memory", "modify_state", "signal_send"},
                       .target = "everything there is"}};
  const Match match{api.name, &api, {}};
  for (const size_t columns : {size_t{40}, size_t{60}, size_t{80}, size_t{100}}) {
    CAPTURE(columns);
    const std::string out = text().subject(corpus, match, {.columns = columns});
    size_t longest = 0;
    for (size_t at = 0, end = 0; at < out.size(); at = end + 1) {
      end = out.find('\n', at);
      longest = std::max(longest, end - at);
    }
    CHECK(longest <= columns);
    CHECK(longest > columns - 16);
  }
}

TEST_CASE("the ends of 64 bits are no bounds to a reader") {
  Report report = sample_report();
  report.findings.resize(1);
  report.findings[0].before = "range -9223372036854775808..9223372036854775807";
  report.findings[0].after = "range -9223372036854775808..4096";
  CHECK(has(text().findings(report, {}), "    any value → range ..4096; for"));
  report.findings[0].before = "range -92233720368547758080..3";
  report.findings[0].after = "range 0..9223372036854775807";
  CHECK(has(text().findings(report, {}), "    range -92233720368547758080..3 → range 0..; for"));
}

TEST_CASE("a list says what there is, and plainly what there is not") {
  Corpus corpus;
  corpus.coverage = {{.fact = "specs", .state = "absent", .detail = "no spec section"},
                     {.fact = "syscalls/x86_64", .state = "complete", .read = 1, .total = 1}};
  corpus.syscalls = {{.name = "read", .abi = "x86_64", .entry = "__x64_sys_read"}};
  const std::string out = text().list(corpus, {});
  CHECK(has(out, "\nno API specs: no spec section\n"));
  CHECK(has(out, "\n1 syscall\n  x86_64    0  read (parameters unknown)\n"));

  corpus.coverage[0].state = "not_asked";
  CHECK_FALSE(has(text().list(corpus, {}), "API spec"));
  corpus.syscalls[0].signature_from = "metadata";
  CHECK(has(text().list(corpus, {}), "read(void)\n"));
}

TEST_CASE("a declaration is C, whether the type's text holds the name or not") {
  CHECK(declaration_text("int", "fd") == "int fd");
  CHECK(declaration_text("const char *", "name") == "const char *name");
  CHECK(declaration_text("int flags", "flags") == "int flags");
  CHECK(declaration_text("void (*done)(int)", "done") == "void (*done)(int)");
  CHECK(declaration_text("u32 table[8]", "table") == "u32 table[8]");
  CHECK(declaration_text("enum mode", "mode") == "enum mode mode");
  CHECK(declaration_text("enum mode mode", "mode") == "enum mode mode");
  CHECK(declaration_text("size_t", "size") == "size_t size");
  CHECK(declaration_text("", "size") == "size");
  CHECK(declaration_text("mode", "mode") == "mode mode");
}

TEST_CASE("rules are listed and explained") {
  const RuleInfo rule = {.id = "error-added",
                         .severity = Severity::review,
                         .twin = "error-removed",
                         .summary = "a new errno",
                         .why = "programs switch over errno",
                         .example = "before: x\n after: y",
                         .remedy = "look at callers"};
  CHECK(text().rule_list({rule}, {}) == "error-added  review    a new errno\n");
  const std::string out = text().rule(rule, {});
  for (const char* part : {"error-added (review by default)", "a new errno", "Why it matters",
                           "  before: x\n   after: y\n", "look at callers",
                           "When the two sides are swapped: error-removed"}) {
    CAPTURE(part);
    CHECK(has(out, part));
  }
}
