#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""A kernel as it is shipped says what the vmlinux of the same build says.

    shipped.py KAPITOOL PRINT_SYMBOLS FIXTURES          the kernels of fixtures/kallsyms
    shipped.py KAPITOOL PRINT_SYMBOLS PROJECT --real    Debian's kernels, from scripts/real-kernels

Symbols are held against nm, the rest against what the tool reads of the vmlinux.
"""
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile

SKIPPED = 77


class Checks:
    def __init__(self):
        self.count = 0
        self.failures = []

    def equal(self, what, found, expected):
        self.count += 1
        if found != expected:
            self.failures.append(f"{what}:\n  found    {str(found)[:2000]}\n"
                                 f"  expected {str(expected)[:2000]}")


def output(*command):
    result = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: status {result.returncode}\n{result.stderr}")
    return result.stdout


def symbols_by_nm(path):
    """Of those that kallsyms may hold: address, binding, name."""
    symbols = set()
    for line in output("nm", path).splitlines():
        words = line.split()
        if len(words) == 3:
            letter = words[1]
            binding = "w" if letter in "WwVv" else "l" if letter.islower() else "g"
            symbols.add((f"{int(words[0], 16):016x}", binding, words[2]))
    return symbols


def check_symbols(checks, printer, shipped, vmlinux):
    lines = output(printer, shipped).splitlines()
    checks.equal(f"{shipped}: symbols from", lines[0], "from kallsyms")
    found = {tuple(line.split(" ", 2)) for line in lines[1:]}
    expected = symbols_by_nm(vmlinux)
    # per-CPU symbols of x86_64 are local or global to nm, and absolute to kallsyms.
    places = {(address, name) for address, _, name in expected}
    checks.equal(f"{shipped}: symbols that nm does not show",
                 sorted((a, n) for a, _, n in found if (a, n) not in places)[:20], [])
    different = [symbol for symbol in found - expected if int(symbol[0], 16) >= 1 << 20]
    checks.equal(f"{shipped}: symbols that nm binds otherwise", sorted(different)[:20], [])
    functions = {name for _, _, name in found}
    for name in ("_stext", "linux_banner", "sys_call_table"):
        checks.equal(f"{shipped}: {name}", name in functions, name in {n for _, _, n in expected})
    return len(found)


def surface_of(tool, path):
    corpus = json.loads(output(tool, "extract", path))
    syscalls = [(s["abi"], s["number"], s["name"], s.get("entry"), bool(s.get("signature_from")),
                 [(p.get("name"), p["type_name"], p.get("type"), p.get("size"))
                  for p in s.get("params", [])])
                for s in corpus.get("syscalls", [])]
    return corpus, syscalls


def diff(tool, old, new):
    result = subprocess.run([tool, "diff", "--format", "json", old, new], capture_output=True,
                            text=True)
    if not result.stdout:
        sys.exit(f"diff {old} {new}: status {result.returncode}\n{result.stderr}")
    return result.returncode, json.loads(result.stdout).get("findings", [])


def check_kernel(checks, tool, printer, shipped, vmlinux):
    count = check_symbols(checks, printer, shipped, vmlinux)
    corpus, syscalls = surface_of(tool, shipped)
    expected, expected_syscalls = surface_of(tool, vmlinux)
    checks.equal(f"{shipped}: syscalls", syscalls, expected_syscalls)
    checks.equal(f"{shipped}: specs", corpus.get("apis"), expected.get("apis"))
    for member in ("release", "build_id", "architecture", "bits", "endianness", "banner"):
        checks.equal(f"{shipped}: {member}", corpus["source"].get(member),
                     expected["source"].get(member))
    rows, expected_rows = (
        {row["fact"]: (row["state"], row.get("read"), row.get("total")) for row in c["coverage"]
         if row["fact"].startswith(("syscalls", "signatures", "specs"))}
        for c in (corpus, expected))
    checks.equal(f"{shipped}: coverage", rows, expected_rows)
    # What the vmlinux lacks makes a comparison with itself incomplete too.
    (status, findings), (expected_status, _) = (
        diff(tool, vmlinux, other) for other in (shipped, vmlinux))
    checks.equal(f"{shipped}: status of a diff with {vmlinux}", status, expected_status)
    checks.equal(f"{shipped}: findings", findings, [])
    return count, len(syscalls)


def as_booted(path, folder):
    """A flat image without a header is no file that says what it is: boot loaders get it packed."""
    contents = pathlib.Path(path).read_bytes()
    if contents.startswith((b"\x7fELF", b"MZ")):
        return path
    packed = pathlib.Path(folder) / (pathlib.Path(path).name + ".gz")
    packed.write_bytes(gzip.compress(contents))
    return str(packed)


def real_pairs(project):
    listed = subprocess.run([f"{project}/scripts/real-kernels", "--cached"], capture_output=True,
                            text=True)
    if listed.returncode != 0:
        print(listed.stderr, end="")
        sys.exit(SKIPPED)
    paths = dict(line.split(" ", 1) for line in listed.stdout.splitlines())
    return [(paths[f"{series}-vmlinuz"], paths[series]) for series in ("6.1", "6.12")]


def main():
    tool, printer, where = sys.argv[1:4]
    checks = Checks()
    if sys.argv[4:] == ["--real"]:
        pairs = real_pairs(where)
    else:
        pairs = [(str(path).removesuffix(".vmlinux"), str(path))
                 for path in sorted(pathlib.Path(where).glob("*.vmlinux"))]
    with tempfile.TemporaryDirectory() as folder:
        for shipped, vmlinux in pairs:
            count, syscalls = check_kernel(checks, tool, printer, as_booted(shipped, folder),
                                           vmlinux)
            print(f"{shipped}: {count} symbols, {syscalls} syscalls")
    checks.equal("kernels were compared", bool(pairs), True)
    print(f"{checks.count} checks")
    for failure in checks.failures:
        print(f"FAILED {failure}")
    sys.exit(1 if checks.failures else 0)


main()
