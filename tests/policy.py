#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""A gate as a project runs it, through the command line: policy, waivers, baseline.

    policy.py KAPITOOL FIXTURES SOURCE
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import jsonschema

KAPITOOL, FIXTURES, SOURCE = (pathlib.Path(p).resolve() for p in sys.argv[1:4])
OLD, NEW = FIXTURES / "kernel-old", FIXTURES / "kernel-new"
PASS, FINDINGS, FAILED = 0, 1, 2


def epoch(day):
    """Seconds since 1970 of the last moment of a day."""
    done = subprocess.run(["date", "-u", "-d", f"{day} 23:59:59", "+%s"], capture_output=True,
                          text=True, check=True)
    return done.stdout.strip()


def rule_pair(rule):
    return FIXTURES / "rules" / f"{rule}.old", FIXTURES / "rules" / f"{rule}.new"


class Gate(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def run_tool(self, *args, day="2026-11-21"):
        env = {"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": epoch(day)}
        return subprocess.run([KAPITOOL, *map(str, args)], cwd=self.folder, env=env, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=120)

    def policy(self, text, name="kapitool.toml"):
        (self.folder / name).write_text("version = 1\n" + text)

    def report(self, *args, status, **options):
        """The report of a diff, which must have that exit status and keep to the schema."""
        result = self.run_tool("diff", "--format", "json", *args, **options)
        self.assertEqual(result.returncode, status, result.stderr)
        report = json.loads(result.stdout)
        schema = json.loads((SOURCE / "docs/schema/report.schema.json").read_text())
        jsonschema.Draft202012Validator(schema).validate(report)
        return report

    def rules_of(self, report):
        return [f["rule"] for f in report["findings"]]

    def row(self, report, fact="policy"):
        return next((c["detail"] for c in report["coverage"] if c["fact"] == fact), None)

    def refused(self, *args, says, **options):
        result = self.run_tool(*args, **options)
        self.assertEqual((result.returncode, result.stdout), (FAILED, ""), result.stderr)
        self.assertIn(says, result.stderr)
        return result.stderr.splitlines()


class Baseline(Gate):
    def test_a_gate_switched_on_today(self):
        """Day one: what is there is known. Later: only what is new fails."""
        old, new = OLD, NEW
        baseline = self.folder / "baseline.json"
        result = self.run_tool("diff", "-o", f"json:{baseline}", "--fail-on", "never", old, new)
        self.assertEqual(result.returncode, PASS)
        report = self.report("--baseline", baseline, "--fail-on", "info", old, new, status=PASS)
        self.assertGreater(report["summary"]["known"], 0)
        self.assertTrue(all(f["known"] for f in report["findings"]))
        self.assertEqual(report["summary"]["breaking"], 0)
        # A new finding.
        corpus = json.loads(self.run_tool("extract", new).stdout)
        lost = next(api for api in corpus["apis"] if api["name"] == "sys_read")
        corpus["apis"].remove(lost)
        later = self.folder / "later.json"
        later.write_text(json.dumps(corpus))
        report = self.report("--baseline", baseline, old, later, status=FINDINGS)
        standing = [f for f in report["findings"] if not f.get("known")]
        self.assertTrue(standing)
        self.assertEqual([f["subject"] for f in standing], [lost["name"]])
        text = self.run_tool("diff", "--baseline", baseline, old, new).stdout
        self.assertIn("that the baseline holds", text)

    def test_what_was_waived_or_known_in_the_baseline_is_known(self):
        plain = self.report(OLD, NEW, status=FINDINGS)
        self.policy('[[waiver]]\nrule = "syscall-removed"\nsubject = "**"\nreason = "gone"\n')
        first, second = self.folder / "1.json", self.folder / "2.json"
        self.run_tool("diff", "-o", f"json:{first}", OLD, NEW)
        self.run_tool("diff", "-o", f"json:{second}", "--baseline", first, OLD, NEW)
        for baseline in (first, second):
            report = self.report("--no-policy", "--baseline", baseline, OLD, NEW, status=PASS)
            # Every finding and every consequence of it: nothing is left to stand.
            self.assertEqual(report["summary"]["known"], len(report["findings"]))
            self.assertEqual(self.prints(report), self.prints(plain))

    def prints(self, report):
        return sorted(part["fingerprint"] for f in report["findings"]
                      for part in [f, *f.get("consequences", [])])

    def test_what_is_no_report_is_refused(self):
        good = self.run_tool("diff", "--format", "json", OLD, NEW).stdout
        corpus = self.run_tool("extract", OLD).stdout
        future = good.replace('"schema": 1,', '"schema": 2,', 1)
        for name, text, says in (("empty", "", "not JSON"), ("cut", good[:-200], "cut short"),
                                 ("corpus", corpus, "schema version 3"),
                                 ("future", future, "schema version 2"), ("text", "x", "not JSON")):
            with self.subTest(name):
                (self.folder / name).write_text(text)
                lines = self.refused("diff", "--baseline", name, OLD, NEW, says=says)
                self.assertIn(name, lines[-1])
        self.refused("diff", "--baseline", "nowhere", OLD, NEW, says="nowhere: cannot open: No such")
        self.refused("diff", "--baseline", self.folder, OLD, NEW, says="is a folder")

    def test_a_hundred_thousand_findings(self):
        report = self.report(OLD, NEW, status=FINDINGS)
        sample = report["findings"][0]
        many = [dict(sample, fingerprint=f"{i:016x}") for i in range(100000)]
        report["findings"] = many + report["findings"]
        baseline = self.folder / "many.json"
        baseline.write_text(json.dumps(report, indent=2))
        report = self.report("--baseline", baseline, OLD, NEW, status=PASS)
        self.assertEqual(report["summary"]["known"], len(report["findings"]))


class Waivers(Gate):
    def waivable(self):
        """A breaking finding that is alone in its report."""
        old, new = rule_pair("error-removed")
        report = self.report("--no-policy", old, new, status=FINDINGS)
        breaking = [f for f in report["findings"] if f["severity"] == "breaking"]
        self.assertEqual(len(breaking), 1)
        return old, new, breaking[0]

    def test_a_waiver_that_expires(self):
        old, new, finding = self.waivable()
        self.policy(f'[[waiver]]\nfingerprint = "{finding["fingerprint"]}"\n'
                    'reason = "until the next release"\nexpires = 2027-03-31\n')
        for day in ("2027-03-30", "2027-03-31"):
            with self.subTest(day):
                report = self.report(old, new, status=PASS, day=day)
                waived = next(f for f in report["findings"] if "waiver" in f)
                self.assertEqual(waived["waiver"], {"reason": "until the next release",
                                                    "expires": "2027-03-31",
                                                    "place": "kapitool.toml:2"})
                self.assertNotIn("waiver-expired", self.rules_of(report))
        report = self.report(old, new, status=FINDINGS, day="2027-04-01")
        self.assertEqual(report["summary"]["waived"], 0)
        expired = next(f for f in report["findings"] if f["rule"] == "waiver-expired")
        self.assertEqual(expired["severity"], "review")
        for part in ("kapitool.toml:2", "2027-03-31", finding["subject"], "until the next release"):
            self.assertIn(part, expired["message"])

    def test_a_waiver_that_matches_no_longer(self):
        old, new, finding = self.waivable()
        self.policy(f'[[waiver]]\nfingerprint = "{finding["fingerprint"]}"\nreason = "known"\n')
        report = self.report(old, old, status=PASS)
        self.assertEqual(self.rules_of(report), ["waiver-unused"])
        self.assertIn("kapitool.toml:2", report["findings"][0]["message"])
        self.assertIn("known", report["findings"][0]["message"])
        self.report("--fail-on", "info", old, old, status=FINDINGS)
        # Of what was not compared nothing can be said.
        report = self.report("--only", "syscalls", OLD, OLD, status=PASS)
        self.assertEqual(self.rules_of(report), [])
        self.assertIn("not compared", self.row(report, "waivers"))
        for part in ("specs", "syscalls"):
            stored = self.folder / f"{part}.json"
            self.run_tool("extract", "--only", part, OLD, "-o", stored)
            for sides in ((stored, OLD), (OLD, stored)):
                with self.subTest(sides):
                    report = self.report("--fail-on", "never", *sides, status=PASS)
                    self.assertNotIn("waiver-unused", self.rules_of(report))
                    self.assertIn("not compared", self.row(report, "waivers"))

    def test_a_waiver_by_rule_and_subject(self):
        old, new, finding = self.waivable()
        for glob, status in ((finding["subject"], PASS), ("sys_*/errors/*", PASS), ("**", PASS),
                             ("sys_*", FINDINGS), ("*", FINDINGS)):
            with self.subTest(glob):
                self.policy(f'[[waiver]]\nrule = "error-removed"\nsubject = "{glob}"\nreason = "r"\n')
                self.report(old, new, status=status)

    def test_waive_makes_the_gate_pass(self):
        old, new, finding = self.waivable()
        policy = self.folder / "kapitool.toml"
        result = self.run_tool("waive", finding["fingerprint"], "--reason", 'No "program"\nfails')
        self.assertEqual(result.returncode, PASS, result.stderr)
        self.assertEqual(policy.read_text(),
                         f'version = 1\n\n[[waiver]]\nfingerprint = "{finding["fingerprint"]}"\n'
                         'reason = "No \\"program\\"\\nfails"\n')
        report = self.report(old, new, status=PASS)
        waived = next(f for f in report["findings"] if "waiver" in f)
        self.assertEqual(waived["waiver"]["reason"], 'No "program"\nfails')
        self.assertIn("ACCEPTED (1)", self.run_tool("diff", old, new).stdout)
        before = policy.read_text()
        self.refused("waive", finding["fingerprint"], "--reason", "again", says="kapitool.toml:3 accepts")
        self.assertEqual(policy.read_text(), before)

    def test_waive_with_a_report_takes_what_was_folded_along(self):
        result = self.run_tool("diff", "--format", "json", OLD, NEW)
        (self.folder / "r.json").write_text(result.stdout)
        findings = json.loads(result.stdout)["findings"]
        whole = next((f for f in findings if f.get("consequences")), None)
        self.assertIsNotNone(whole, "the fixtures have a finding with consequences")
        mine = "# ours\r\nversion   =  1   # keep\r\n[severity]\r\nerror-added = 'info'"
        policy = self.folder / "mine.toml"
        policy.write_bytes(mine.encode())
        result = self.run_tool("waive", whole["fingerprint"], "--reason", "r", "--report", "r.json",
                               "--expires", "2027-03-31", "--policy", "mine.toml")
        self.assertEqual(result.returncode, PASS, result.stderr)
        text = policy.read_bytes().decode()
        self.assertTrue(text.startswith(mine))
        self.assertIn("expires = 2027-03-31\n", text)
        for part in [whole, *whole["consequences"]]:
            self.assertIn(f'"{part["fingerprint"]}",  # {part["rule"]} {part["subject"]}\n', text)
        report = self.report("--policy", "mine.toml", OLD, NEW, status=FINDINGS)
        waived = [f for f in report["findings"] if "waiver" in f]
        self.assertEqual([f["fingerprint"] for f in waived], [whole["fingerprint"]])
        self.assertEqual(waived[0]["consequences"], whole["consequences"])
        # All that is left, in one command.
        rest = [f["fingerprint"] for f in report["findings"] if "waiver" not in f]
        result = self.run_tool("waive", *rest, "--reason", "r", "--report", "r.json", "--policy",
                               "mine.toml")
        self.assertEqual(result.returncode, PASS, result.stderr)
        self.report("--policy", "mine.toml", "--fail-on", "info", OLD, NEW, status=PASS)

    def test_waive_refuses_what_would_not_work(self):
        good = "0123456789abcdef"
        self.refused("waive", good, says="--reason is required")
        self.refused("waive", "--reason", "r", says="--help")
        self.refused("waive", good, "--reason", " ", says="the reason is blank")
        self.refused("waive", "0123", "--reason", "r", says="is no fingerprint")
        self.refused("waive", good, "--reason", "r", "--expires", "soon", says="such as 2027-03-31")
        self.refused("waive", good, "--reason", "r", "--expires", "2026-11-20", says="is over")
        (self.folder / "r.json").write_text(self.run_tool("diff", "--format", "json", OLD, NEW).stdout)
        self.refused("waive", good, "--reason", "r", "--report", "r.json",
                     says=f"r.json has no finding {good}")
        self.assertFalse((self.folder / "kapitool.toml").exists())
        # What is said of a waiver is mended in the policy.
        self.policy(f'[[waiver]]\nfingerprint = "{good}"\nreason = "r"\n')
        unused = self.run_tool("diff", "--format", "json", OLD, OLD).stdout
        (self.folder / "r.json").write_text(unused)
        self.refused("waive", json.loads(unused)["findings"][0]["fingerprint"], "--reason", "r",
                     "--report", "r.json", says="is about a waiver (waiver-unused)")
        self.policy("nonsense = 1\n")
        self.refused("waive", good, "--reason", "r", says="kapitool.toml:2:1: unknown key")
        # A list of this form cannot be added to as text.
        self.policy(f'waiver = [{{fingerprint = "{good}", reason = "r"}}]\n')
        before = (self.folder / "kapitool.toml").read_text()
        self.refused("waive", "00000000000000aa", "--reason", "r", says="no waiver was added")
        self.assertEqual((self.folder / "kapitool.toml").read_text(), before)


class Policy(Gate):
    def test_a_policy_that_raises_a_rule(self):
        old, new = rule_pair("error-added")
        self.report(old, new, status=PASS)
        self.policy('[severity]\nerror-added = "breaking"\n')
        report = self.report(old, new, status=FINDINGS)
        self.assertEqual({f["severity"] for f in report["findings"] if f["rule"] == "error-added"},
                         {"breaking"})
        self.assertIn("BREAKING (1)", self.run_tool("diff", old, new).stdout)

    def test_a_policy_that_lowers_or_ignores_a_rule(self):
        old, new = rule_pair("error-removed")
        before = self.report(old, new, status=FINDINGS)
        self.policy('[severity]\nerror-removed = "info"\n')
        lowered = self.report(old, new, status=PASS)
        self.assertEqual(self.rules_of(lowered), self.rules_of(before))
        self.assertEqual(self.row(lowered), "kapitool.toml: error-removed counts as info instead of "
                                            "breaking (1 finding)")
        self.policy('[severity]\nerror-removed = "ignore"\n')
        report = self.report(old, new, status=PASS)
        self.assertNotIn("error-removed", self.rules_of(report))
        self.assertEqual(self.row(report),
                         "kapitool.toml: leaves out 1 finding: 1 of ignored rules")
        text = self.run_tool("diff", old, new).stdout
        self.assertIn("kapitool.toml: leaves out 1 finding", text)
        self.assertNotIn("Unchanged", text)

    def test_scope(self):
        whole = self.report(OLD, NEW, status=FINDINGS)

        def parts_of(report):
            return sorted((part["subject"], part["fingerprint"]) for f in report["findings"]
                          for part in [f, *f.get("consequences", [])])

        parts = parts_of(whole)
        for scope, inside in (('apis = ["sys_open"]', r"sys_open(/|$)|syscall/\w+/open(/|$)"),
                              ('apis = ["open"]', r"sys_open(/|$)|syscall/\w+/open(/|$)"),
                              ('kinds = ["function"]', r"catalogue_"),
                              ('kinds = ["syscall"]', r"sys_|syscall/"),
                              ('exclude-apis = ["syscall/**"]', r"(?!syscall/)"),
                              ('apis = ["*"]\nexclude-apis = ["sys_*"]', r"(?!sys_|syscall/)")):
            with self.subTest(scope):
                self.policy(f"[scope]\n{scope}\n")
                report = self.report("--fail-on", "never", OLD, NEW, status=PASS)
                found = parts_of(report)
                self.assertEqual(found, [part for part in parts if re.match(inside, part[0])])
                self.assertTrue(found and found != parts)
                self.assertIn(f"leaves out {len(parts) - len(found)} finding", self.row(report))

    def test_fail_on(self):
        old, new = rule_pair("error-added")  # review at most
        for in_policy, option, status in ((None, None, PASS), ("review", None, FINDINGS),
                                          ("review", "breaking", PASS), ("review", "never", PASS),
                                          ("never", None, PASS), ("never", "review", FINDINGS),
                                          ("breaking", "info", FINDINGS)):
            with self.subTest(policy=in_policy, option=option):
                self.policy(f'fail-on = "{in_policy}"\n' if in_policy else "")
                self.report(*(["--fail-on", option] if option else []), old, new, status=status)

    def test_which_policy(self):
        old, new = rule_pair("error-added")
        self.policy('[severity]\nerror-added = "breaking"\n')
        self.policy("", name="other.toml")
        self.report(old, new, status=FINDINGS)
        self.report("--policy", "other.toml", old, new, status=PASS)
        self.report("--no-policy", old, new, status=PASS)
        self.refused("diff", "--no-policy", "--policy", "other.toml", old, new, says="exclude each other")
        self.refused("diff", "--policy", "nowhere.toml", old, new, says="nowhere.toml")
        # A link that leads nowhere is a policy that cannot be read, not none.
        (self.folder / "kapitool.toml").unlink()
        (self.folder / "kapitool.toml").symlink_to("nowhere.toml")
        self.refused("diff", old, new, says="kapitool.toml")

    def test_all_mistakes_are_told_at_once(self):
        self.policy('fail_on = "info"\n[severity]\nerror-add = "info"\n[[waiver]]\n'
                    'fingerprint = "123"\n')
        for command in (["diff", OLD, NEW], ["policy", "check"]):
            lines = self.refused(*command, says="4 problems")
            self.assertEqual([line.split(": ")[1] for line in lines[:-1]],
                             ["kapitool.toml:2:1", "kapitool.toml:4:1", "kapitool.toml:5:1",
                              "kapitool.toml:6:15"])
        self.refused("policy", "check", "nowhere.toml", says="nowhere.toml")
        self.refused("policy", "chek", says="--help")

    def test_check_tells_what_a_policy_holds(self):
        example = SOURCE / "docs/kapitool.toml"
        result = self.run_tool("policy", "check", example)
        self.assertEqual((result.returncode, result.stderr), (PASS, ""))
        for line in ("fail-on   breaking", "severity  2 rules", "waivers   3",
                     "scope     without syscall/ia32/*; kinds syscall, ioctl, sysfs"):
            self.assertIn(f"  {line}\n", result.stdout)
        result = self.run_tool("policy", "check", example, day="2027-04-01")
        self.assertEqual(result.returncode, FAILED)
        self.assertIn("  waivers   3, 1 expired\n", result.stdout)
        self.assertRegex(result.stderr, r"kapitool.toml:\d+: the waiver ended on 2027-03-31")

    def test_the_example_does_what_it_says(self):
        result = self.run_tool("diff", "--format", "json", "--policy", SOURCE / "docs/kapitool.toml",
                               OLD, NEW)
        report = json.loads(result.stdout)
        waived = {f["rule"] for f in report["findings"] if "waiver" in f}
        self.assertEqual(waived, {"param-constraint-tightened", "syscall-removed", "error-removed",
                                  "capability-required-added"})
        self.assertNotIn("waiver-unused", self.rules_of(report))

    def test_the_day_is_one(self):
        self.policy("")
        for value in ("yesterday", "-1", "1e9", "99999999999999999999"):
            with self.subTest(value):
                result = subprocess.run([KAPITOOL, "diff", OLD, OLD], cwd=self.folder, text=True,
                                        capture_output=True, env={"SOURCE_DATE_EPOCH": value})
                self.assertEqual(result.returncode, FAILED)
                self.assertIn("SOURCE_DATE_EPOCH", result.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
