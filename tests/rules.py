#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Every rule fires on its own fixture, and there alone.

For each rule that the program knows, fixtures/rules/<id>.c is compiled to an old and a new image.
Comparing them must yield that rule, and besides only those that the fixture names in a line
"// also: <id>"; comparing them the other way round must yield the twins; comparing an image with
itself must be silent. A fixture without a rule is refused as well.

Where installed headers are what differs, they are in fixtures/rules/<id>.uapi/old and new.

A rule about the policy fires on no change and has no twin, but a reason why. Its fixture is a policy,
fixtures/rules/<id>.toml, judged over the images of the rule in its line "# over: <id>": what it adds
there is that rule and nothing else.
"""
import json
import pathlib
import re
import subprocess
import sys

PASS, FINDINGS = 0, 1


class Checker:
    def __init__(self, program, images, sources):
        self.program, self.images, self.sources = program, images, sources
        self.errors = []

    def run(self, *arguments):
        done = subprocess.run([self.program, *map(str, arguments)], capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr

    def findings(self, label, old, new, *options):
        """The findings and the exit status; None, and an error, if there is no report."""
        status, out, err = self.run("diff", "--format", "json", "--words", "--code", "--profile", "bpf",
                                    *map(str, options or ["--no-policy"]), old, new)
        try:
            if status not in (PASS, FINDINGS):
                raise ValueError(f"exit status {status}")
            # What is told under another finding was found as well.
            return [part for finding in json.loads(out).get("findings", [])
                    for part in [finding, *finding.get("consequences", [])]], status
        except ValueError as error:
            self.errors.append(f"{label}: no report ({error}): {err.strip() or out[:200]}")
            return None

    def expect(self, label, expected, found):
        for rule in sorted(expected - found):
            self.errors.append(f"{label}: {rule} does not fire")
        for rule in sorted(found - expected):
            self.errors.append(f"{label}: {rule} fires as well")

    def rule(self, rule, twins):
        source = self.sources / f"{rule}.c"
        if not source.exists():
            self.errors.append(f"{rule}: has no fixture {source}")
            return
        also = set(re.findall(r"^// also: (\S+)$", source.read_text(), re.M))
        for unknown in sorted(also - set(twins)):
            self.errors.append(f"{rule}: the fixture names an unknown rule: {unknown}")
        old, new = self.images / f"{rule}.old", self.images / f"{rule}.new"
        expected = {rule} | also
        headers = self.sources / f"{rule}.uapi"
        options, swapped, own = [], [], {"old": [], "new": []}
        if headers.is_dir():
            options = ["--old-uapi", headers / "old", "--new-uapi", headers / "new"]
            swapped = ["--old-uapi", headers / "new", "--new-uapi", headers / "old"]
            own = {side: ["--uapi", headers / side] for side in own}
        forth = self.findings(rule, old, new, "--no-policy", *options)
        back = self.findings(f"{rule} swapped", new, old, "--no-policy", *swapped)
        if forth is not None and back is not None:
            self.expect(rule, expected, {f["rule"] for f in forth[0]})
            self.symmetric(f"{rule} swapped", twins, forth[0], back[0])
        for side, image in (("old", old), ("new", new)):
            label = f"{rule} {side}/{side}"
            result = self.findings(label, image, image, "--no-policy", *own[side])
            if result is not None and (result[0] or result[1] != PASS):
                self.errors.append(f"{label}: not silent: {result}")

    def policy_rule(self, rule, reason):
        if not reason:
            self.errors.append(f"{rule}: has neither a twin nor a reason why there is none")
        source = self.sources / f"{rule}.toml"
        over = re.search(r"^# over: (\S+)$", source.read_text(), re.M) if source.exists() else None
        if over is None:
            self.errors.append(f"{rule}: has no fixture {source} with a line '# over: <id>'")
            return
        old, new = self.images / f"{over[1]}.old", self.images / f"{over[1]}.new"
        without = self.findings(rule, old, new)
        judged = self.findings(rule, old, new, "--policy", source)
        if without is not None and judged is not None:
            before, after = ([f["rule"] for f in findings] for findings, _ in (without, judged))
            if sorted(before + [rule]) != sorted(after):
                self.errors.append(f"{rule}: makes {sorted(after)} of {sorted(before)}")

    def symmetric(self, label, twins, forth, back):
        """What is said of the swapped sides are the twins, with before and after swapped."""
        def texts(finding, rule, before, after):
            return (rule, finding["subject"], finding.get(before, ""), finding.get(after, ""))

        expected = sorted(texts(f, twins.get(f["rule"]), "after", "before") for f in forth)
        found = sorted(texts(f, f["rule"], "before", "after") for f in back)
        if expected != found:
            self.errors.append(f"{label}: expected the twins {expected}, found {found}")


def main():
    program, images, sources = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    checker = Checker(program, images, sources)
    status, out, err = checker.run("rules", "--format", "json")
    if status != PASS:
        sys.exit(f"kapitool rules failed: {err}")
    listed = json.loads(out)
    rules = listed["rules"] if isinstance(listed, dict) else listed
    twins = {r["id"]: r.get("twin") for r in rules}
    reasons = {r["id"]: r.get("no_twin") for r in rules}
    for rule, twin in sorted(twins.items()):
        if twin is None:
            checker.policy_rule(rule, reasons[rule])
            continue
        if twins.get(twin) != rule:
            checker.errors.append(f"{rule}: its twin {twin} is not its twin in turn")
        checker.rule(rule, twins)
    for source in sorted([*sources.glob("*.c"), *sources.glob("*.toml")]):
        if source.stem not in twins:
            checker.errors.append(f"{source.name}: is the fixture of no rule")
    for error in checker.errors:
        print(error)
    print(f"{len(twins)} rules, {len(checker.errors)} errors")
    return 1 if checker.errors or not twins else 0


if __name__ == "__main__":
    sys.exit(main())
