#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The program as its users meet it: golden output, exit statuses, files, terminals, schemas, man page.

    cli.py KAPITOOL FIXTURES SOURCE

With KAPI_RECORD=1 the golden files in tests/golden and the man page are written anew; read the
difference before you commit it.
"""
import json
import os
import pathlib
import pty
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

import jsonschema

KAPITOOL, FIXTURES, SOURCE = (pathlib.Path(p).resolve() for p in sys.argv[1:4])
RECORD = "KAPI_RECORD" in os.environ
OLD, NEW, ARM64 = "kernel-old", "kernel-new", "kernel-arm64"

# Golden file: exit status, arguments.
GOLDEN = {
    "diff": (1, ["diff", OLD, NEW]),
    "diff-words": (1, ["diff", "--words", "--only", "specs", OLD, NEW]),
    "diff-json": (1, ["diff", "--format", "json", OLD, NEW]),
    "diff-github": (1, ["diff", "--format", "github", OLD, NEW]),
    "diff-markdown": (1, ["diff", "--format", "markdown", OLD, NEW]),
    "diff-same": (0, ["diff", OLD, OLD]),
    "diff-same-junit": (0, ["diff", "--format", "junit", OLD, OLD]),
    "diff-same-sarif": (0, ["diff", "--format", "sarif", OLD, OLD]),
    "diff-syscalls": (1, ["diff", "--only", "syscalls", OLD, NEW]),
    "diff-architectures": (2, ["diff", OLD, ARM64]),
    "list": (0, ["list", OLD]),
    "list-json": (0, ["list", "--format", "json", OLD]),
    "show-spec": (0, ["show", OLD, "sys_open"]),
    "show-spec-json": (0, ["show", OLD, "open", "--format", "json"]),
    "show-spec-rst": (0, ["show", OLD, "sys_open", "--format", "rst"]),
    "show-spec-man": (0, ["show", OLD, "sys_open", "--format", "man"]),
    "show-syscall": (0, ["show", OLD, "openat"]),
    "show-unknown": (2, ["show", OLD, "opne"]),
    "explain": (0, ["explain", "param-constraint-tightened"]),
    "explain-markdown": (0, ["explain", "param-constraint-tightened", "--format", "markdown"]),
    "explain-unknown": (2, ["explain", "param-constraint-tightend"]),
    "help": (0, ["--help"]),
    "help-diff": (0, ["diff", "--help"]),
}


def run(*args, stdin=None, **environment):
    env = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run([KAPITOOL, *map(str, args)], cwd=FIXTURES, env=env, text=True,
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=120)


def settled(text):
    """Without what the compiler that built the fixtures decides: where things lie, and its name."""
    text = re.sub(r"\b(at|address) 0x[0-9a-f]+", r"\1 0x…", text)
    text = re.sub(r'("(?:address|offset)": )"0x[0-9a-f]+"', r'\1"0x…"', text)
    text = re.sub(r"\bbuild id [0-9a-f]+", "build id …", text)
    text = re.sub(r'("(?:build_id|compiler|banner)": )"[^"\n]*"', r'\1"…"', text)
    return text


class Output(unittest.TestCase):
    maxDiff = None

    def compare_with_file(self, path, text):
        if RECORD:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        self.assertTrue(path.exists(), f"{path} is not there: record it with KAPI_RECORD=1")
        self.assertEqual(path.read_text(), text, f"{path} (KAPI_RECORD=1 records it anew)")

    def test_golden(self):
        for name, (status, args) in GOLDEN.items():
            with self.subTest(name):
                result = run(*args)
                self.assertEqual(result.returncode, status, result.stderr)
                text = settled(f"$ kapitool {' '.join(args)}\n{result.stdout}")
                text += settled("".join(f"stderr: {line}\n" for line in result.stderr.splitlines()))
                self.compare_with_file(SOURCE / "tests/golden" / f"{name}.txt", text)

    def test_no_golden_file_is_left_over(self):
        self.assertEqual(sorted(GOLDEN), sorted(p.stem for p in (SOURCE / "tests/golden").iterdir()))

    def test_two_runs_give_the_same_bytes(self):
        for args in (["diff", OLD, NEW], ["diff", "--format", "json", OLD, NEW], ["extract", OLD],
                     ["list", OLD]):
            self.assertEqual(run(*args).stdout, run(*args).stdout, args)

    def test_every_rule_is_listed_and_explained(self):
        ids = sorted(p.stem for p in (SOURCE / "src/diff/rules").glob("*.cc"))
        listed = [line.split()[0] for line in run("rules").stdout.splitlines()]
        self.assertEqual(listed, ids)
        self.assertEqual([r["id"] for r in json.loads(run("rules", "--format", "json").stdout)], ids)
        for rule in ids:
            result = run("explain", rule)
            self.assertEqual(result.returncode, 0, rule)
            for heading in ("Why it matters", "Example", "What to do"):
                self.assertIn(f"\n{heading}\n  ", result.stdout, rule)


    def test_the_documents_say_what_the_rules_say(self):
        folder = SOURCE / "docs/rules"
        ids = [r["id"] for r in json.loads(run("rules", "--format", "json").stdout)]
        pages = {rule: run("explain", rule, "--format", "markdown").stdout for rule in ids}
        pages["README"] = ("# Rules\n\nEach rule with its default severity, as `kapitool rules` lists "
                           "them. `kapitool explain RULE` prints a rule's page.\n\n"
                           + run("rules", "--format", "markdown").stdout)
        for name, text in pages.items():
            self.compare_with_file(folder / f"{name}.md", text)
        self.assertEqual(sorted(pages), sorted(p.stem for p in folder.iterdir()))


class Schemas(unittest.TestCase):
    def validate(self, name, text):
        schema = json.loads((SOURCE / "docs/schema" / f"{name}.schema.json").read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(json.loads(text))

    def test_corpora(self):
        for image in sorted(FIXTURES.glob("kernel-*")) + sorted(FIXTURES.glob("module-*.ko")):
            if not os.access(image, os.X_OK) or "truth" not in image.name:
                with self.subTest(image.name):
                    self.validate("corpus", run("extract", image).stdout)

    def test_reports(self):
        for old, new in ((OLD, NEW), (NEW, OLD), (OLD, OLD)):
            text = run("diff", "--format", "json", old, new).stdout
            self.validate("report", text)
            report = json.loads(text)
            for severity in ("breaking", "review", "info"):
                found = [f for f in report["findings"] if f["severity"] == severity]
                self.assertEqual(len(found), report["summary"][severity])
            prints = [f["fingerprint"] for f in report["findings"]]
            self.assertEqual(len(prints), len(set(prints)), "a fingerprint names one finding")

    def test_the_schema_refuses(self):
        report = json.loads(run("diff", "--format", "json", OLD, NEW).stdout)
        for spoil in (lambda r: r.pop("summary"), lambda r: r.update(schema=99),
                      lambda r: r["findings"][0].update(severity="fatal"),
                      lambda r: r["findings"][0].update(before="")):
            spoiled = json.loads(json.dumps(report))
            spoil(spoiled)
            with self.assertRaises(jsonschema.ValidationError):
                self.validate("report", json.dumps(spoiled))


class Names(unittest.TestCase):
    """Values by the names of the image's own enumerations, and of headers."""

    def messages(self, old, new, *options):
        report = json.loads(run("diff", "--format", "json", *options, old, new).stdout)
        return {f["rule"]: f["message"] for f in report["findings"]}

    def test_enumerators_of_the_image(self):
        images = [FIXTURES / "rules" / f"param-constraint-loosened.{side}" for side in ("old", "new")]
        self.assertEqual(self.messages(*images)["param-constraint-loosened"],
                         "sys_example: where now accepts SHELF_DEEP (0x2)")

    def test_macros_of_installed_headers(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            (folder / "include/linux").mkdir(parents=True)
            (folder / "include/linux/fcntl.h").write_text(
                "#define O_NOATIME 01000000\n#define O_DIRECT (1 << 14)\n#define MAP_HUGE 01000000\n")
            corpus = json.loads(run("extract", NEW).stdout)
            flags = next(p for a in corpus["apis"] if a["name"] == "sys_open" for p in a["params"]
                         if p["name"] == "flags")
            mask = int(flags["constraint"]["mask"], 16)
            self.assertEqual(mask & 0o1040000, 0o1040000)
            flags["constraint"]["mask"] = hex(mask & ~0o1040000)
            changed = folder / "changed.json"
            changed.write_text(json.dumps(corpus))
            plain = self.messages(NEW, changed)
            named = self.messages(NEW, changed, "--uapi", folder / "include")
            self.assertEqual(plain, {"param-constraint-tightened":
                             "sys_open: flags no longer accepts 0x4000 (16384), 0x40000 (262144)"})
            self.assertEqual(named, {"param-constraint-tightened":
                             "sys_open: flags no longer accepts O_DIRECT (0x4000), O_NOATIME (0x40000)"})
            # A name is no part of what a waiver goes by.
            prints = [json.loads(run("diff", "--format", "json", *options, NEW, changed).stdout)
                      ["findings"][0]["fingerprint"]
                      for options in ([], ["--uapi", folder / "include"])]
            self.assertEqual(prints[0], prints[1])


class ExitStatus(unittest.TestCase):
    def refused(self, *args, says):
        result = run(*args)
        self.assertEqual(result.returncode, 2, (args, result.stdout))
        self.assertEqual(result.stdout, "", args)
        lines = result.stderr.splitlines()
        self.assertTrue(lines and all(line.startswith("kapitool: ") for line in lines), lines)
        self.assertIn(says, lines[-1])

    def test_fail_on(self):
        counts = json.loads(run("diff", "--format", "json", OLD, NEW).stdout)["summary"]
        self.assertGreater(counts["breaking"], 0)
        for level in ("breaking", "review", "info"):
            self.assertEqual(run("diff", "--fail-on", level, OLD, NEW).returncode, 1)
            self.assertEqual(run("diff", "--fail-on", level, OLD, OLD).returncode, 0)
        self.assertEqual(run("diff", "--fail-on", "never", OLD, NEW).returncode, 0)

    def test_usage(self):
        for args in ([], ["differ"], ["diff", OLD], ["diff", OLD, NEW, NEW], ["list"], ["--nonsense"],
                     ["diff", "--fail-on", "fatal", OLD, NEW], ["diff", "--format", "xml", OLD, NEW],
                     ["diff", "--only", "colours", OLD, NEW], ["diff", "-o", OLD, NEW],
                     ["show", OLD], ["list", OLD, "list", OLD]):
            with self.subTest(args):
                self.refused(*args, says="--help")
        self.refused("diff", "-o", "text", OLD, NEW, says="expected FORMAT:FILE")
        self.refused("diff", "-o", "json:", OLD, NEW, says="expected FORMAT:FILE")
        self.refused("diff", "-o", "xml:-", OLD, NEW, says="there are: github, ")
        self.refused("diff", "-o", "text:-", "-o", "json:-", OLD, NEW, says="two outputs")

    def test_inputs_that_cannot_be_used(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            (folder / "empty").touch()
            (folder / "text").write_text("not a kernel\n")
            (folder / "cut").write_bytes((FIXTURES / OLD).read_bytes()[:3000])
            (folder / "new\x1b[31mline\n").write_text("x")
            (folder / "future.json").write_text('{\n  "schema": 99\n}\n')
            for name in ("missing", "empty", "text", "cut", "future.json"):
                with self.subTest(name):
                    self.refused("list", folder / name, says=name)
                    self.refused("diff", OLD, folder / name, says=name)
            self.refused("list", folder, says=str(folder))
            self.refused("list", folder / "new\x1b[31mline\n", says="new\\x1b[31mline\\x0a")

    def test_architectures(self):
        self.refused("diff", OLD, ARM64, says="--allow-arch-mismatch")
        result = run("diff", "--allow-arch-mismatch", NEW, ARM64)
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stdout, r"not compared: .*syscalls/x86_64")

    def test_what_could_not_be_read_is_no_pass(self):
        corpus = json.loads(run("extract", OLD).stdout)
        for state in ("partial", "unread"):
            for fact in corpus["coverage"]:
                if fact["fact"] in ("specs", "syscalls/x86_64"):
                    fact["state"] = state
                    fact["detail"] = "half of it is missing"
            with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
                json.dump(corpus, file)
                file.flush()
                for args in ([OLD, file.name], [file.name, OLD],
                             ["--fail-on", "never", file.name, file.name]):
                    with self.subTest(state=state, args=args):
                        result = run("diff", *args)
                        self.assertEqual(result.returncode, 2, result.stdout)
                        self.assertIn("specs could not be compared in full", result.stderr)
                        self.assertNotIn("Unchanged", result.stdout)
                # What could be read still counts: a finding is a finding.
                self.assertEqual(run("diff", "--fail-on", "info", file.name, NEW).returncode,
                                 1 if state == "partial" else 2)

    def test_unknown_names(self):
        self.refused("show", OLD, "opne", says="open")
        self.refused("show", OLD, "no_such_thing_at_all", says="kapitool list")
        self.refused("explain", "no-such-rule-at-all", says="kapitool rules")

    def test_version(self):
        self.assertRegex(run("--version").stdout, r"^kapitool \d+\.\d+\.\d+\n$")


class Files(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def test_one_run_feeds_several_outputs(self):
        text, report = self.folder / "r.txt", self.folder / "r.json"
        result = run("diff", "-o", f"text:{text}", "-o", f"json:{report}", OLD, NEW)
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertEqual(text.read_text(), run("diff", OLD, NEW).stdout)
        self.assertEqual(report.read_text(), run("diff", "--format", "json", OLD, NEW).stdout)
        result = run("diff", "--format", "text", "-o", f"json:{report}", OLD, NEW)
        self.assertEqual(result.stdout, text.read_text())

    def test_a_stored_corpus_is_as_good_as_its_image(self):
        stored = {}
        for image in (OLD, NEW):
            stored[image] = self.folder / f"{image}.json"
            self.assertEqual(run("extract", image, "-o", stored[image]).returncode, 0)
            self.assertEqual(stored[image].read_text(), run("extract", image).stdout)
            self.assertEqual(stored[image].read_text(), run("extract", stored[image]).stdout)
        self.assertEqual(run("diff", stored[OLD], stored[NEW]).stdout, run("diff", OLD, NEW).stdout)

    def test_a_file_is_replaced_as_a_whole_or_not_at_all(self):
        target, link = self.folder / "c.json", self.folder / "link"
        target.write_text("old")
        target.chmod(0o640)
        link.symlink_to(target)
        self.assertEqual(run("extract", OLD, "-o", link).returncode, 0)
        self.assertTrue(link.is_symlink())
        self.assertEqual(target.read_text(), run("extract", OLD).stdout)
        self.assertEqual(stat.S_IMODE(target.stat().st_mode), 0o640)
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["c.json", "link"])
        result = run("extract", OLD, "-o", self.folder / "nowhere" / "c.json")
        self.assertEqual(result.returncode, 2)
        self.assertIn("nowhere/c.json: cannot write: No such file or directory", result.stderr)
        self.assertEqual(run("extract", OLD, "-o", "/dev/null").returncode, 0)
        self.assertTrue(stat.S_ISCHR(os.stat("/dev/null").st_mode))

    def test_output_that_is_lost_is_no_success(self):
        for args in (["list", OLD], ["--help"], ["extract", OLD], ["diff", OLD, OLD]):
            with self.subTest(args), open("/dev/full", "w") as full:
                result = subprocess.run([KAPITOOL, *args], cwd=FIXTURES, stdout=full,
                                        stderr=subprocess.PIPE, text=True)
                self.assertEqual(result.returncode, 2)
                self.assertIn("standard output: cannot write: No space left", result.stderr)
        # One output lost: the other is still written, and the run has failed.
        report = self.folder / "r.json"
        result = run("diff", "-o", "text:/dev/full", "-o", f"json:{report}", OLD, OLD)
        self.assertEqual(result.returncode, 2)
        self.assertEqual(json.loads(report.read_text())["findings"], [])


    def test_a_reader_that_has_had_enough_is_no_error(self):
        report = self.folder / "r.json"
        for status, args in ((0, ["list", OLD]), (0, ["diff", OLD, OLD]), (1, ["diff", OLD, NEW]),
                             (2, ["diff", OLD, ARM64]), (0, ["--help"]),
                             (1, ["diff", "-o", "text:-", "-o", f"json:{report}", OLD, NEW])):
            with self.subTest(args):
                read_end, write_end = os.pipe()
                os.close(read_end)
                result = subprocess.run([KAPITOOL, *args], cwd=FIXTURES, stdout=write_end,
                                        stderr=subprocess.PIPE, text=True)
                os.close(write_end)
                self.assertEqual(result.returncode, status, result.stderr)
                self.assertNotIn("pipe", result.stderr)
                self.assertEqual(result.stderr == "", status != 2)
        self.assertTrue(json.loads(report.read_text())["findings"])

    def test_quiet_says_only_what_went_wrong(self):
        report = self.folder / "r.json"
        for status, args in ((0, [OLD, OLD]), (1, [OLD, NEW]), (1, ["-o", f"json:{report}", OLD, NEW])):
            with self.subTest(args):
                result = run("diff", "--quiet", *args)
                self.assertEqual((result.returncode, result.stdout, result.stderr), (status, "", ""))
        self.assertEqual(report.read_text(), run("diff", "--format", "json", OLD, NEW).stdout)
        self.assertIn("cannot compare", run("diff", "-q", OLD, ARM64).stderr)
        for args in (["--format", "json"], ["-o", "text:-"]):
            result = run("diff", "--quiet", *args, OLD, NEW)
            self.assertEqual((result.returncode, result.stdout), (2, ""))
            self.assertIn("--quiet", result.stderr)
        # Warnings are left out, errors are not.
        corpus = json.loads(run("extract", OLD).stdout)
        corpus["diagnostics"] = [{"level": level, "code": f"some-{level}", "message": level}
                                 for level in ("note", "warning", "error")]
        noisy = self.folder / "noisy.json"
        noisy.write_text(json.dumps(corpus))
        loud = run("diff", noisy, OLD).stderr
        for level in ("note", "warning", "error"):
            self.assertIn(f"some-{level}", loud)
        quiet = run("diff", "--quiet", noisy, OLD).stderr
        self.assertIn("some-error", quiet)
        self.assertNotIn("some-note", quiet)
        self.assertNotIn("some-warning", quiet)

    def test_the_summary_is_the_last_line(self):
        for args in ([OLD, NEW], [OLD, OLD]):
            result = run("diff", "--summary", *args)
            whole = run("diff", *args)
            self.assertEqual(result.stdout, whole.stdout.splitlines(keepends=True)[-1])
            self.assertEqual(result.returncode, whole.returncode)


class Terminal(unittest.TestCase):
    def on_terminal(self, **environment):
        master, slave = pty.openpty()
        env = {"PATH": os.environ["PATH"], "TERM": "xterm", **environment}
        process = subprocess.Popen([KAPITOOL, "diff", "--fail-on", "never", OLD, NEW], cwd=FIXTURES,
                                   env=env, stdout=slave, stderr=subprocess.DEVNULL)
        os.close(slave)
        out = b""
        try:
            while block := os.read(master, 65536):
                out += block
        except OSError:  # the terminal is gone: all is read
            pass
        os.close(master)
        self.assertEqual(process.wait(), 0)
        return out.decode().replace("\r\n", "\n")

    def test_colour_is_for_terminals_that_want_it(self):
        plain = run("diff", "--fail-on", "never", OLD, NEW, TERM="xterm").stdout
        self.assertNotIn("\x1b", plain)
        coloured = self.on_terminal()
        self.assertIn("\x1b[1;31mBREAKING", coloured)
        self.assertEqual(re.sub(r"\x1b\[[0-9;]*m", "", coloured), plain)
        self.assertEqual(self.on_terminal(NO_COLOR="1"), plain)
        self.assertEqual(self.on_terminal(TERM="dumb"), plain)
        self.assertIn("\x1b", self.on_terminal(NO_COLOR=""))


class Manual(unittest.TestCase):
    def test_man_page_is_what_the_program_says(self):
        page = SOURCE / "man/kapitool.1"
        text = run("--help-man").stdout
        if RECORD:
            page.parent.mkdir(exist_ok=True)
            page.write_text(text)
        self.assertEqual(page.read_text(), text, "KAPI_RECORD=1 records it anew")

    @unittest.skipUnless(shutil.which("mandoc"), "mandoc is not installed")
    def test_man_page_is_clean(self):
        lint = subprocess.run(["mandoc", "-T", "lint", "-W", "warning"], text=True,
                              input=run("--help-man").stdout, stdout=subprocess.PIPE)
        self.assertEqual((lint.returncode, lint.stdout), (0, ""))

    def test_every_option_is_in_help_and_man_page(self):
        page = run("--help-man").stdout.replace("\\-", "-").replace("Fl ", "-").replace("Fl -", "--")
        for command in ("diff", "extract", "list", "show", "explain", "rules"):
            help_text = run(command, "--help").stdout
            for option in re.findall(r"^  (?:-o, )?(--[a-z-]+)", help_text, re.M):
                self.assertIn(option, page + "--help")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
