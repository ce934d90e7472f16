// SPDX-License-Identifier: GPL-2.0-only
// tests/formats.py holds the files against xmllint and a schema.
#include <doctest/doctest.h>

#include "hostile.h"
#include "report/formats/junit/xml.h"

using namespace kapi;

namespace {

std::string written(const Report& report, const FormatOptions& options = {}) {
  return find_format("junit")->findings(report, options);
}

}  // namespace

TEST_CASE("junit: what fails a run is a failure, what a person must look at is skipped") {
  const std::string out = written(sample_report());
  CHECK(has(out,
            "<testsuites name=\"kapitool diff\" tests=\"5\" failures=\"1\" errors=\"0\" "
            "skipped=\"3\">"));
  CHECK(has(out,
            "<testcase classname=\"kapitool.param-constraint-tightened\" "
            "name=\"sys_open/params/flags\"><failure type=\"breaking\" message=\"accepts less "
            "than it did\">accepts less than it did\nmask 0x7f → mask 0x3f; for example 0x40 "
            "(O_CREAT)\nbreaking, fingerprint 00000000000000aa\nnew.elf: .rodata at 0x100\n"));
  CHECK(has(out,
            "name=\"sys_open/errors/ELOOP\"><skipped message=\"review: can fail in a new way\">"));
  CHECK(occurrences(written(sample_report(), {.fail_on = Severity::review}), "<failure") == 2);
  CHECK(occurrences(written(sample_report(), {.words = true, .fail_on = Severity::info}),
                    "<failure") == 3);
  const std::string never = written(sample_report(), {.fail_on = {}});
  CHECK_FALSE(has(never, "<failure"));
  CHECK(has(never, "<skipped message=\"breaking: accepts less than it did\">"));
}

TEST_CASE("junit: what was compared passes, what was not is skipped, what failed is an error") {
  Report report = sample_report();
  report.findings.clear();
  const std::string out = written(report);
  CHECK(has(out, "name=\"specs\"><system-out>8 and 8 APIs</system-out></testcase>"));
  CHECK(
      has(out, "name=\"syscalls/x86_64\"><skipped message=\"not compared: no table in either\">"));
  for (const bool compared : {true, false}) {
    report.coverage[0].compared = compared;
    report.coverage[0].failed = true;
    CHECK(has(written(report),
              "name=\"specs\"><error type=\"incomplete\" message=\"could not be "
              "compared in full: 8 and 8 APIs\">"));
    CHECK_FALSE(has(written(report), "<system-out>"));
  }
}

TEST_CASE("junit: what does not count is skipped with the reason") {
  const std::string out = written(settled_report());
  CHECK(has(out,
            "<skipped message=\"accepted: Nobody passes it (kapitool.toml:12, until "
            "2027-03-31); accepts less than it did\">"));
  CHECK(has(out, "<skipped message=\"known: the baseline holds it; can fail in a new way\">"));
  CHECK(has(out,
            "<property name=\"inputs differ\" value=\"CONFIG_AIO: y → n; explains 1 finding\"/>"));
  CHECK(has(out, "explained by CONFIG_AIO: y → n\nwith it: sys_io_submit  [api-removed]"));
  CHECK(occurrences(out, "<failure") == 1);
}

TEST_CASE("junit: no two tests have one name") {
  Report report = sample_report();
  report.findings.resize(1);
  report.findings.resize(3, report.findings[0]);
  const std::string out = written(report);
  for (const char* name : {"flags\"", "flags (2)\"", "flags (3)\""}) {
    CHECK(occurrences(out, std::string("name=\"sys_open/params/") + name) == 1);
  }
}

TEST_CASE("junit: text is XML 1.0, whatever it holds") {
  using junit::xml_text;
  CHECK(xml_text("a ]]> <b> & \"c\"\n\td") == "a ]]&gt; &lt;b&gt; &amp; &quot;c&quot;\n\td");
  CHECK(xml_text("\x1b\x01") == "\\x1b\\x01");
  CHECK(xml_text("a\xef\xbf\xbe\xef\xbf\xbf\xef\xbf\xbd z") == "a\\ufffe\\uffff\xef\xbf\xbd z");
  for (const std::string& text : hostile_texts()) {
    const std::string out = written(hostile_report(text), {.words = true});
    CHECK(is_utf8(out));
    CHECK(out.size() < 200 * 1024);
    for (const char c : out) {
      REQUIRE((c == '\n' || static_cast<unsigned char>(c) >= 0x20));
    }
  }
}
