#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Reports for other programs, held against those programs or their documented rules.

    formats.py KAPITOOL FIXTURES SOURCE CLASS

SARIF is validated by Microsoft's multitool and against the schema that it brings (scripts/report-tools
fetches it); JUnit by xmllint against tests/junit.rng; Markdown is rendered by cmark-gfm. The reports
are those of the fixture kernels, of real ones where scripts/real-kernels has fetched them, of kernels
whose texts are markup of every kind, and of one that could not be read in full.
"""
import html.parser
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

import jsonschema

KAPITOOL, FIXTURES, SOURCE = (pathlib.Path(p).resolve() for p in sys.argv[1:4])
OLD, NEW = FIXTURES / "kernel-old", FIXTURES / "kernel-new"
FORMATS = sorted(p.stem for p in (SOURCE / "src/report/formats").glob("*.cc")
                 if ".findings" in p.read_text())

# What the readers of the formats take for markup, commands or references.
EVIL = [
    "]]>", "<script>alert(1)</script>", "</summary></details>", "<img src=x onerror=y>", "<!--",
    "%0A::error::x", "a\n::stop-commands::x\n##[error]y", "a | b || c", "`` ` ``", "```", "~~~",
    "@user @org/team", "#1 o/r#2 GH-3 !4 $5 %6 ~label &7", "https://example.org/", "www.example.org",
    "user@example.org", "[text](https://example.org)", "![i](x)", "[a]: https://example.org",
    "**bold** _it_ __it__ ~~gone~~", "$x$ :smile:", "# heading", "- item", "1. item", "=====", "---",
    "> quote", "{0} {{1}}", "[link](0)", "\x1b[31mred\x07", "\x01\x7f", "\u202eright", "\ufffe\uffff",
    "line\u2028separator", "a:b,c=d;e", "\"quoted\" 'text' &amp; &#64;", "${{ github.token }}", "\\",
    "x" * 3000, "café → 日本", "a\tb\r\nc", "    indented",
]

# What the multitool notes and we know: a run of ours has none of these, for the reason beside it.
NOTED = {
    "SARIF2002": "GitHub shows message.text, and no message that is put together from a rule's",
    "SARIF2003": "an image does not say which repository it was built from",
    "SARIF2005": "there is no site to point to",
    "SARIF2006": "the schema's address is looked up in the network",
    "SARIF2009": "rule ids are words",
    "SARIF2010": "an image has no lines to show",
    "SARIF2011": "an image has no lines to show",
    "SARIF2012": "there is no site to point to; the help is in the log",
    "SARIF2013": "an image has no lines to show",
}


def run(*args):
    return subprocess.run([KAPITOOL, *map(str, args)], stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, encoding="utf-8", timeout=300)


def spoiled(value, texts, key=""):
    """The same with other texts, except for what tells kinds of things apart."""
    tokens = ("kind", "type", "check", "scope", "action", "state", "abi", "entry", "fact", "subject",
              "level", "code", "group", "contexts", "flags", "types", "direction")
    if isinstance(value, list):
        return [spoiled(v, texts, key) for v in value]
    if isinstance(value, dict):
        return {k: v if k in ("source", "coverage", "diagnostics", "syscalls", "constants", "omits")
                else spoiled(v, texts, k) for k, v in value.items()}
    keep = not isinstance(value, str) or key in tokens or re.fullmatch("0x[0-9a-f]+", value)
    return value if keep else next(texts)


def evil_corpus(corpus, first):
    texts = iter(EVIL[(first + i) % len(EVIL)] for i in range(1 << 20))
    evil = spoiled(corpus, texts)
    for api, good in zip(evil["apis"], corpus["apis"]):
        api["name"] = good["name"]  # or nothing would be compared
    evil["source"] = {**corpus["source"], "file": EVIL[first], "release": EVIL[first + 1]}
    return evil


def real_kernels():
    listed = subprocess.run([SOURCE / "scripts/real-kernels", "--cached"], capture_output=True,
                            text=True)
    return dict(line.split() for line in listed.stdout.splitlines()) if listed.returncode == 0 else {}


class Reports(unittest.TestCase):
    """Each pair of kernels in each format."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        stored = {}
        for image in (OLD, NEW):
            stored[image] = json.loads(run("extract", image).stdout)

        def store(name, corpus):
            path = cls.folder / f"{name}.json"
            path.write_text(json.dumps(corpus), encoding="utf-8", errors="surrogatepass")
            return path

        pairs = {"new": (OLD, NEW), "back": (NEW, OLD), "same": (OLD, OLD)}
        for first in range(0, len(EVIL) - 1, 6):
            pairs[f"evil-{first}"] = (store(f"old-{first}", evil_corpus(stored[OLD], first)),
                                      store(f"new-{first}", evil_corpus(stored[NEW], first + 1)))
        partial = json.loads(json.dumps(stored[NEW]))
        for fact in partial["coverage"]:
            if fact["fact"] == "specs":
                fact.update(state="partial", detail="half of <it> is @missing")
        pairs["partial"] = (OLD, store("partial", partial))
        real = real_kernels()
        if real:
            pairs["real"] = (real["6.1"], real["6.12"])
        cls.pairs = pairs
        cls.accept_and_know(stored)

    @classmethod
    def accept_and_know(cls, stored):
        """A pair of which one finding is waived and one is known."""
        plain = json.loads(run("diff", "--no-policy", "--format", "json", OLD, NEW).stdout)
        baseline = cls.folder / "baseline.json"
        baseline.write_text(json.dumps({**plain, "findings": plain["findings"][1:2]}))
        policy = cls.folder / "kapitool.toml"
        policy.write_text('version = 1\n[[waiver]]\nreason = "<b>@nobody</b> uses it"\n'
                          f'fingerprint = "{plain["findings"][0]["fingerprint"]}"\n')
        cls.settled = plain["findings"][:2]
        cls.options = {"settled": ["--policy", policy, "--baseline", baseline]}
        cls.pairs["settled"] = (OLD, NEW)

    def report(self, name, form, *options):
        options = [*self.options.get(name, ["--no-policy"]), *options]
        result = run("diff", "--format", form, "--words", *options, *self.pairs[name])
        self.assertIn(result.returncode, (0, 1, 2), result.stderr)
        self.assertNotEqual(result.stdout, "", result.stderr)
        return result.stdout

    def each(self, form, check):
        for name in self.pairs:
            with self.subTest(name):
                check(self.report(name, form))


class Formats(Reports):
    def test_one_run_writes_all_formats(self):
        self.assertGreaterEqual(len(FORMATS), 8)
        outputs = {form: self.folder / f"all.{form}" for form in FORMATS}
        args = [arg for form, path in outputs.items() for arg in ("-o", f"{form}:{path}")]
        result = run("diff", "--no-policy", "--words", *args, OLD, NEW)
        self.assertEqual((result.returncode, result.stdout), (1, ""), result.stderr)
        for form, path in outputs.items():
            self.assertEqual(path.read_text(), self.report("new", form), form)

    def test_two_runs_give_the_same_bytes(self):
        for form in FORMATS:
            self.assertEqual(self.report("new", form), self.report("new", form), form)

    def test_junit(self):
        path = self.folder / "junit.xml"

        def errors(text):
            path.write_text(text)
            lint = subprocess.run(["xmllint", "--noout", "--relaxng", SOURCE / "tests/junit.rng", path],
                                  capture_output=True, text=True)
            return lint.stderr if lint.returncode else ""

        def check(text):
            self.assertEqual(errors(text), "")
            root = xml.etree.ElementTree.fromstring(text)
            for group in [root, *root]:
                cases = list(group.iter("testcase"))
                self.assertEqual(int(group.get("tests")), len(cases))
                for attribute, element in (("failures", "failure"), ("errors", "error"),
                                           ("skipped", "skipped")):
                    self.assertEqual(int(group.get(attribute)), len(list(group.iter(element))))
            names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
            self.assertEqual(len(names), len(set(names)))
        self.each("junit", check)
        new = self.report("new", "junit")
        for spoil in (lambda t: t.replace("<skipped ", "<skip "), lambda t: t.replace("tests=", "test="),
                      lambda t: t.replace("]]&gt;", "").replace("</testsuites>", "\x01</testsuites>")):
            self.assertNotEqual(errors(spoil(new)), "")

    def test_junit_passes_nothing_that_fails_the_run(self):
        def outcome(*options):
            root = xml.etree.ElementTree.fromstring(self.report("new", "junit", *options))
            return int(root.get("failures"))
        counts = json.loads(self.report("new", "json"))["summary"]
        self.assertEqual(outcome(), counts["breaking"])
        self.assertEqual(outcome("--fail-on", "review"), counts["breaking"] + counts["review"])
        self.assertEqual(outcome("--fail-on", "never"), 0)
        root = xml.etree.ElementTree.fromstring(self.report("partial", "junit"))
        broken = [case.get("name") for case in root.iter("testcase") if case.find("error") is not None]
        self.assertEqual(broken, ["specs"])

    def test_markdown(self):
        def check(text):
            self.assertLess(len(text.encode()), 60 * 1024)
            self.assertEqual(Page.of(text).wrong, [])
        self.each("markdown", check)
        self.assertNotEqual(Page.of("[a](https://x.org) <b>x</b> @user\n").wrong, [])
        self.assertEqual(len(Page.of("x https://x.org www.x.org a@x.org #1 @u\n").wrong), 5)

    def test_markdown_of_rules(self):
        ids = [rule["id"] for rule in json.loads(run("rules", "--format", "json").stdout)]
        pages = {rule: run("explain", rule, "--format", "markdown").stdout for rule in ids}
        for rule, text in pages.items():
            page = Page.of(text)
            self.assertEqual([w for w in page.wrong if w not in ("<a>", "<h1>", "<pre>")], [], rule)
            self.assertLessEqual({link.removesuffix(".md") for link in page.links}, set(ids))
            self.assertIn(rule, page.text)
        page = Page.of(run("rules", "--format", "markdown").stdout)
        self.assertEqual(page.links, [f"{rule}.md" for rule in ids])

    def test_github(self):
        # As src/Runner.Common/ActionCommand.cs of the runner reads them.
        command = re.compile(r"::(error|warning|notice) title=([^:,\r\n]*)::([^\r\n]*)\n")
        def check(text):
            lines = text.split("\n")
            self.assertEqual(lines.pop(), "")
            kinds = []
            for line in lines:
                match = command.fullmatch(line + "\n")
                self.assertIsNotNone(match, line)
                for value in match.groups():
                    self.assertEqual(re.findall("%(?!25|0A|0D|3A|2C)", value), [])
                kinds.append(match.group(1))
            for kind in ("error", "warning", "notice"):
                self.assertLessEqual(kinds.count(kind), 10)
            self.assertEqual(kinds, sorted(kinds, key=["error", "warning", "notice"].index))
        self.each("github", check)

    def test_gitlab(self):
        def check(text):
            self.assertFalse(text.startswith("\ufeff"))
            issues = json.loads(text)
            self.assertIsInstance(issues, list)
            for issue in issues:
                self.assertEqual(sorted(issue), ["check_name", "description", "fingerprint",
                                                 "location", "severity"])
                for member in ("check_name", "description", "fingerprint"):
                    self.assertTrue(issue[member])
                self.assertIn(issue["severity"], ("info", "minor", "major", "critical", "blocker"))
                self.assertTrue(issue["location"]["path"])
                self.assertFalse(issue["location"]["path"].startswith("./"))
                self.assertEqual(issue["location"]["lines"], {"begin": 1})
            prints = [issue["fingerprint"] for issue in issues]
            self.assertEqual(len(prints), len(set(prints)), "GitLab shows one of those that are alike")
            self.assertIn("Not compared: ", issues[-1]["description"])
        self.each("gitlab", check)

    def test_what_does_not_count(self):
        waived, known = self.settled
        junit = xml.etree.ElementTree.fromstring(self.report("settled", "junit"))
        reasons = [e.get("message") for e in junit.iter("skipped")]
        self.assertTrue(any(r.startswith("accepted: <b>@nobody</b> uses it (") for r in reasons))
        self.assertTrue(any(r.startswith("known: ") for r in reasons))
        for form in ("github", "gitlab"):
            text = self.report("settled", form)
            self.assertNotIn(waived["fingerprint"], text)
            self.assertNotIn(known["fingerprint"], text)
        page = Page.of(self.report("settled", "markdown"))
        self.assertIn("accepted (1)", page.text)
        self.assertIn("1 accepted, 1 known", page.text)


class Page(html.parser.HTMLParser):
    """A rendered comment: what is wrong with it, its text and its links."""

    ALLOWED = {"h2", "h3", "p", "ul", "li", "code", "strong", "details", "summary", "table", "thead",
               "tbody", "tr", "th", "td", "blockquote", "span"}
    # What sites make of a text that is not code, after it is rendered.
    REFERENCE = re.compile(r"(?<![\w/])@\w|(?<!\w)#\d|GH-\d|https?://|www\.\w|\w@\w|:\w+:|![0-9]")

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.wrong, self.links, self.text = [], [], [], ""

    @classmethod
    def of(cls, markdown):
        rendered = subprocess.run(
            ["cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e",
             "tasklist"], input=markdown, capture_output=True, text=True, encoding="utf-8", check=True)
        page = cls()
        page.feed(rendered.stdout)
        page.close()
        page.wrong += [f"<{tag}> is left open" for tag in page.open]
        return page

    def handle_starttag(self, tag, attributes):
        if tag not in self.ALLOWED:
            self.wrong.append(f"<{tag}>")
        self.links += [value for key, value in attributes if key == "href"]
        self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing")

    def handle_comment(self, data):
        self.wrong.append("a comment")

    def handle_data(self, data):
        self.text += data
        if "code" not in self.open and "a" not in self.open:
            self.wrong += self.REFERENCE.findall(data)


class Sarif(Reports):
    @classmethod
    def setUpClass(cls):
        found = subprocess.run([SOURCE / "scripts/report-tools", "--cached"], capture_output=True,
                               text=True)
        if found.returncode != 0:
            print(found.stderr)
            sys.exit(77)
        cls.tool = pathlib.Path(found.stdout.strip())
        super().setUpClass()

    def complaints(self, logs):
        """What the multitool says of the logs, most severe first: (level, rule, place)."""
        files = []
        for name, text in logs.items():
            files.append(self.folder / f"{name}.sarif")
            files[-1].write_text(text)
        out = self.folder / "out.json"
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder),
                       "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",
                       "DOTNET_BUNDLE_EXTRACT_BASE_DIR": str(self.folder / "net")}
        result = subprocess.run(
            [self.tool, "validate", *files, "--rule-kind", "Sarif;Gh", "--level", "Error;Warning;Note",
             "--log", "ForceOverwrite", "--output", out, "--quiet"], env=environment,
            capture_output=True, text=True, timeout=300)
        self.assertTrue(out.exists(), result.stdout + result.stderr)
        run = json.loads(out.read_text(encoding="utf-8-sig"))["runs"][0]
        told = run["invocations"][0].get("toolExecutionNotifications", [])
        self.assertEqual([n for n in told if n.get("level") == "error"], [])
        order = ["error", "warning", "note"]
        return sorted(((r.get("level", "warning"), r["ruleId"],
                        r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
                       for r in run.get("results", [])), key=lambda r: (order.index(r[0]), r[1:]))

    def test_the_multitool_has_nothing_to_say(self):
        logs = {name: self.report(name, "sarif") for name in self.pairs}
        self.assertEqual([c for c in self.complaints(logs) if c[1] not in NOTED], [])

    def test_the_multitool_would_have_something_to_say(self):
        log = json.loads(self.report("new", "sarif"))
        run = log["runs"][0]
        run["results"][0]["ruleIndex"] = 999
        run["results"][1]["locations"] = []
        run["tool"]["driver"]["rules"][0].pop("help")
        said = {rule for level, rule, place in self.complaints({"spoiled": json.dumps(log)})}
        self.assertGreaterEqual(len(said - set(NOTED)), 3, said)

    def test_the_schema_accepts(self):
        schema = json.loads((self.tool.parent / "sarif-2.1.0.json").read_text(encoding="utf-8-sig"))
        validator = jsonschema.validators.validator_for(schema)(schema)
        def check(text):
            errors = [f"{list(e.path)}: {e.message}" for e in validator.iter_errors(json.loads(text))]
            self.assertEqual(errors, [])
        self.each("sarif", check)
        spoiled = json.loads(self.report("new", "sarif"))
        spoiled["runs"][0]["results"][0]["level"] = "breaking"
        self.assertFalse(validator.is_valid(spoiled))

    def test_what_does_not_count(self):
        run = json.loads(self.report("settled", "sarif"))["runs"][0]
        by_print = {r["partialFingerprints"]["kapitool/v1"]: r for r in run["results"]}
        waived, known = (by_print[f["fingerprint"]] for f in self.settled)
        self.assertIn("@nobody", waived["suppressions"][0]["justification"])
        self.assertEqual((known["suppressions"], known["baselineState"]), ([], "unchanged"))

    def test_what_was_not_compared(self):
        run = json.loads(self.report("partial", "sarif"))["runs"][0]
        self.assertFalse(run["invocations"][0]["executionSuccessful"])
        errors = [n for n in run["invocations"][0]["toolExecutionNotifications"]
                  if n["level"] == "error"]
        self.assertEqual([n["descriptor"]["id"] for n in errors], ["incomplete"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], defaultTest=sys.argv[4])
