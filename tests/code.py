#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""What kapitool reads off the code of syscalls, held against what their source says.

    code.py KAPITOOL SOURCE FIXTURES             the fixtures, as the lines "expect:" of their source say
    code.py KAPITOOL TRUTH --real PROJECT        Debian's 6.1 and 6.12, as code_truth.toml says

Nothing that is called proved may be wrong, and nothing may be claimed of what never is rejected. Of the
real kernels a share has to be proved; the shares are printed by category.
"""
import collections
import functools
import json
import operator
import pathlib
import re
import subprocess
import sys
import tomllib

SKIPPED = 77
# gcc keeps what is followed in a register that the call should have destroyed (-fipa-ra), which is seen.
LOST = {("gcc-O2", "later.flags")}
LEAST_PROVED = 0.55  # of the rows of masks and lists


def accepts_of(kapitool, image):
    """(syscall, argument, field or None) -> what is accepted."""
    done = subprocess.run([kapitool, "extract", "--only", "syscalls", "--only", "types", "--code",
                           str(image)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"extract --code {image}: status {done.returncode}\n{done.stderr}")
    facts = {}
    for syscall in json.loads(done.stdout)["syscalls"]:
        if syscall["abi"] != "x86_64":
            continue
        # The table calls some by another name than SYSCALL_DEFINE.
        names = {syscall["name"], syscall["entry"].removeprefix("__x64_sys_")}
        for param in syscall.get("params", []):
            for name in names:
                if "accepts" in param:
                    facts[name, param["name"], None] = param["accepts"]
                for field in param.get("fields", []):
                    # A truth names a field without the anonymous struct or union that it is in.
                    facts[name, param["name"], field["field"].split(".")[-1]] = field["accepts"]
    return facts


def same(accepts, kind, expected, width):
    """A mask of all low bits and the list of all its values say the same."""
    low = (1 << width) - 1
    if accepts["kind"] == "mask":
        mask = int(accepts.get("mask", "0x0"), 16)
        if kind == "mask":
            return mask == expected
        return mask <= 0xffff and set(expected) == {v for v in range(mask + 1) if v & ~mask == 0}
    values = {value & low for value in accepts.get("values", [])}
    if kind == "values":
        return values == {value & low for value in expected}
    return expected <= 0xffff and values == {v for v in range(expected + 1) if v & ~expected == 0}


def check_fixtures(kapitool, source, folder):
    text = pathlib.Path(source).read_text()
    errno = dict(re.findall(r"#define (E\w+) (\d+)", text + (
        pathlib.Path(source).parent / "syscall.h").read_text()))
    expected = re.findall(r"^// (expect|may): (\S+) (mask|values) (\S+) (\w+) (proved|conditional)$", text, re.M)
    unknown = re.findall(r"^// unknown: (\S+)$", text, re.M)
    if len(expected) < 10 or len(unknown) < 3:
        sys.exit(f"{source}: its lines 'expect:' and 'unknown:' were not understood")
    failures = []
    images = sorted(path for path in pathlib.Path(folder).iterdir() if path.is_file())
    if len(images) < 4:
        sys.exit(f"{folder}: expected an image for each compiler and level")

    def key(subject):
        syscall, argument, *field = subject.split(".")
        return syscall, argument, field[0] if field else None

    for image in images:
        facts = accepts_of(kapitool, image)
        for must, subject, kind, value, error, verdict in expected:
            found = facts.get(key(subject))
            if found is not None and found["kind"] == "unknown" and (
                    must == "may" or image.name.endswith("-tables") or (image.name, subject) in LOST):
                continue
            want = int(value, 16) if kind == "mask" else [int(v) for v in value.split(",")]
            # A compiler may make of two bits a comparison with their values; those then say which pass.
            as_bits = kind == "mask" and found is not None and functools.reduce(
                operator.or_, found.get("values", []), 0) == want != 0
            if found is None or found["verdict"] != verdict or \
                    not (as_bits or same(found, kind, want, 64)) or \
                    -int(errno[error]) not in found.get("errno", []):
                failures.append(f"{image.name}: {subject}: expected {kind} {value} {error} {verdict}, "
                                f"found {found}")
        for subject in unknown:
            found = facts.get(key(subject))
            if found is not None and found["kind"] != "unknown":
                failures.append(f"{image.name}: {subject}: nothing can be said, found {found}")
    print("\n".join(failures) if failures else
          f"{len(images)} images, {len(expected) + len(unknown)} subjects each")
    return 1 if failures else 0


def check_real(kapitool, truth, project):
    done = subprocess.run([str(pathlib.Path(project) / "scripts/real-kernels"), "--cached"],
                          capture_output=True, text=True)
    kernels = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    if done.returncode != 0 or not {"6.1", "6.12"} <= set(kernels):
        print("no real kernels: scripts/real-kernels fetches them")
        return SKIPPED
    rows = tomllib.loads(pathlib.Path(truth).read_text())["row"]
    failures, low = [], []
    for release, suffix in (("6.1", "61"), ("6.12", "612")):
        facts = accepts_of(kapitool, kernels[release])
        totals = collections.defaultdict(collections.Counter)
        for row in rows:
            if row.get(f"absent_{suffix}"):
                continue
            subject = row.get("symbol", row["syscall"]), row["argument"], row.get("field")
            found = facts.get(subject) or facts.get((row["syscall"], *subject[1:]))
            claimed = found is not None and found["verdict"] == "proved"
            label = f"{release}: {'.'.join(filter(None, subject))}"
            kind = row.get(f"kind_{suffix}", row["kind"])
            if kind in ("any", "mixed"):
                totals[row["category"]]["left alone" if not claimed else "claimed"] += 1
                if claimed:
                    failures.append(f"{label}: {kind}, claimed {found}")
                continue
            expected = row[f"accepts_{suffix}"]
            expected = int(expected, 16) if kind == "mask" else expected
            if not claimed:
                conditional = found is not None and found["verdict"] == "conditional"
                totals[row["category"]]["conditional" if conditional else "unknown"] += 1
            elif same(found, kind, expected, row["width"]):
                totals[row["category"]]["proved"] += 1
            else:
                failures.append(f"{label}: expected {kind} {row[f'accepts_{suffix}']}, "
                                f"found {found}")
        print(f"Linux {release}")
        for category, counts in sorted(totals.items()):
            print(f"  {category:9} " + ", ".join(f"{n} {what}" for what, n in sorted(counts.items())))
        sums = sum(totals.values(), collections.Counter())
        answerable = sums["proved"] + sums["conditional"] + sums["unknown"]
        share = sums["proved"] / answerable
        print(f"  all       {sums['proved']} of {answerable} proved ({share:.0%})")
        if share < LEAST_PROVED:
            low.append(f"{release}: {share:.0%} proved, expected at least {LEAST_PROVED:.0%}")
    print("\n".join(failures + low))
    return 1 if failures or low else 0


def main():
    if len(sys.argv) > 4 and sys.argv[3] == "--real":
        return check_real(sys.argv[1], sys.argv[2], sys.argv[4])
    return check_fixtures(*sys.argv[1:4])


if __name__ == "__main__":
    sys.exit(main())
