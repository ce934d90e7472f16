#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""kapitool over real Debian kernels, held against a second reading of the same files.

The second reading shares nothing with the tool: symbols and sections are readelf's, the tables are
unpacked with struct.
"""
import json
import pathlib
import re
import struct
import subprocess
import sys

SKIPPED = 77


class Kernel:
    """The syscall table and the ftrace metadata of one x86_64 vmlinux, by readelf and struct."""

    def __init__(self, path):
        self.path = path
        self.file = open(path, "rb")
        self.sections = []
        for line in self.readelf("-SW"):
            match = re.match(r"\s*\[\s*\d+\]\s+\S+\s+(\S+)\s+([0-9a-f]+) ([0-9a-f]+) ([0-9a-f]+)", line)
            if match and int(match[2], 16) and match[1] != "NOBITS":
                self.sections.append(tuple(int(match[i], 16) for i in (2, 3, 4)))
        self.symbols, self.at = {}, {}
        for line in self.readelf("-sW"):
            words = line.split()
            if len(words) == 8 and words[0][:-1].isdigit() and words[6] != "UND":
                address, size, binding, name = int(words[1], 16), int(words[2], 0), words[4], words[7]
                self.symbols.setdefault(name, (address, size))
                self.at.setdefault(address, []).append((name, binding))
        self.syscalls = self.read_table()
        self.signatures = self.read_metadata()

    def readelf(self, option):
        return subprocess.run(["readelf", option, self.path], capture_output=True, text=True,
                              check=True).stdout.splitlines()

    def bytes_at(self, address, size):
        for start, offset, length in self.sections:
            if start <= address < start + length:
                self.file.seek(offset + address - start)
                return self.file.read(size)
        raise KeyError(hex(address))

    def words(self, address, count):
        return struct.unpack(f"<{count}Q", self.bytes_at(address, 8 * count))

    def text(self, address):
        return self.bytes_at(address, 256).split(b"\0")[0].decode()

    def read_table(self):
        address, size = self.symbols["sys_call_table"]
        syscalls = {}
        for number, entry in enumerate(self.words(address, size // 8)):
            names = self.at[entry]
            if any("sys_ni_" in name for name, _ in names):
                continue
            name, binding = next(n for n in names if n[0].startswith("__x64_sys_"))
            if binding != "WEAK":
                syscalls[name[len("__x64_sys_"):]] = number
        return syscalls

    def read_metadata(self):
        start = self.symbols["__start_syscalls_metadata"][0]
        stop = self.symbols["__stop_syscalls_metadata"][0]
        signatures = {}
        for item in self.words(start, (stop - start) // 8):
            name, _, count, types, args = struct.unpack("<QiiQQ", self.bytes_at(item, 32))
            signatures[self.text(name)[len("sys_"):]] = [
                (self.text(t), self.text(a)) for t, a in zip(
                    self.words(types, count) if count else (),
                    self.words(args, count) if count else ())]
        return signatures


# Each looked up in the sources: docs/surface-6.1-6.12.md.
TRUE_BREAKS = ["cgroup/v1/cgroup.event_control", "cgroup/v1/cpuset", "cgroup/v1/memory",
               "sysctl/sched_child_runs_first"]


class Checks:
    def __init__(self, tool):
        self.tool = tool
        self.failures = []
        self.count = 0

    def run(self, *arguments):
        result = subprocess.run([self.tool, *arguments], capture_output=True, text=True)
        return result.returncode, result.stdout, result.stderr

    def equal(self, what, found, expected):
        self.count += 1
        if found != expected:
            self.failures.append(f"{what}:\n  found    {found!r}\n  expected {expected!r}")

    def corpus(self, path):
        status, out, err = self.run("extract", path)
        self.equal(f"extract {path}", (status, err), (0, ""))
        return json.loads(out)


def spelled(type_name):
    """A C type in one spelling; const of the argument itself is nobody's business but the callee's."""
    text = re.sub(r"\bunsigned\b(?! (int|long|char|short))", "unsigned int", type_name)
    text = re.sub(r"\* (?=\*)", "*", text)
    return text.removesuffix("const") if "*" in text else text.removeprefix("const ")


def check_reading(checks, kernel):
    """What was read is what stands in the file."""
    corpus = checks.corpus(kernel.path)
    native = [s for s in corpus["syscalls"] if s["abi"] == "x86_64"]
    checks.equal("syscalls", {s["name"]: s["number"] for s in native}, kernel.syscalls)
    checks.equal("signatures",
                 {s["name"]: [(p["type_name"], p["name"]) for p in s.get("params", [])]
                  for s in native if s.get("signature_from")},
                 {name: [(spelled(t), n) for t, n in kernel.signatures[name]]
                  for name in kernel.syscalls})
    unresolved = sorted({p["type_name"] for s in native for p in s.get("params", [])
                         if "size" not in p})
    checks.equal("argument types without a size", unresolved, [])
    build_id = next(line.split()[-1] for line in kernel.readelf("-n") if "Build ID" in line)
    checks.equal("build id", corpus["source"]["build_id"], build_id)
    coverage = {c["fact"]: c["state"] for c in corpus["coverage"]}
    checks.equal("specs", coverage["specs"], "absent")
    checks.equal("syscalls", coverage["syscalls/x86_64"], "complete")
    checks.equal("apis", "apis" in corpus, False)

    status, out, _ = checks.run("list", kernel.path)
    checks.equal("list", status, 0)
    checks.equal("list says that there are no specs", "no API specs" in out, True)
    for name in kernel.syscalls:
        checks.equal(f"list shows {name}", bool(re.search(rf"\b{name}\b", out)), True)


def check_silence(checks, old, new):
    status, out, err = checks.run("diff", "--words", "--format", "json", old, new)
    checks.equal(f"diff {old} {new}: status", (status, err), (0, ""))
    checks.equal(f"diff {old} {new}: findings", json.loads(out).get("findings", []), [])


def check_change(checks, old, new):
    """6.1 against 6.12: of syscalls exactly what the two tables say, and no false alarm."""
    status, out, err = checks.run("diff", "--format", "json", "--words", old.path, new.path)
    checks.equal("status", (status, err), (1, ""))
    findings = json.loads(out)["findings"]
    by_rule = {}
    for finding in findings:
        by_rule.setdefault(finding["rule"], []).append(finding["subject"])
    gained = sorted(f"syscall/x86_64/{n}" for n in new.syscalls.keys() - old.syscalls.keys())
    checks.equal("lost", old.syscalls.keys() - new.syscalls.keys(), set())
    checks.equal("gained", sorted(by_rule.pop("syscall-added", [])), gained)
    # Spelled otherwise, same for the ABI: what the two metadata tables differ in.
    respelled = sorted(
        f"syscall/x86_64/{name}/params/{after[1]}"
        for name in old.syscalls.keys() & new.syscalls.keys()
        for before, after in zip(old.signatures[name], new.signatures[name])
        if spelled(before[0]) != spelled(after[0]))
    checks.equal("respelled", sorted(by_rule.pop("syscall-param-respelled", [])), respelled)
    checks.equal("other rules of syscalls", [r for r in by_rule if r.startswith("syscall-")], [])
    checks.equal("breaking", sorted(f["subject"] for f in findings if f["severity"] == "breaking"),
                 TRUE_BREAKS)
    return len(gained)


def main():
    tool, source = sys.argv[1], pathlib.Path(sys.argv[2])
    listing = subprocess.run([source / "scripts/real-kernels", "--cached"], capture_output=True,
                             text=True)
    paths = dict(line.split(maxsplit=1) for line in listing.stdout.splitlines())
    if not {"6.1", "6.12", "6.12-previous"} <= paths.keys():
        print("skipped: run scripts/real-kernels to fetch the kernels")
        return SKIPPED
    checks = Checks(tool)
    old, new = Kernel(paths["6.1"]), Kernel(paths["6.12"])
    for kernel in (old, new):
        check_reading(checks, kernel)
        check_silence(checks, kernel.path, kernel.path)
    check_silence(checks, paths["6.12-previous"], paths["6.12"])
    gained = check_change(checks, old, new)
    if pathlib.Path("/sys/kernel/btf/vmlinux").exists():
        status, _, err = checks.run("diff", "/sys/kernel/btf/vmlinux", new.path)
        checks.equal("raw BTF: status", status, 2)
        checks.equal("raw BTF: one line", len(err.splitlines()), 1)
    print("\n".join(checks.failures))
    print(f"{checks.count} checks, {len(checks.failures)} failed; "
          f"6.1 to 6.12 gains {gained} syscalls")
    return 1 if checks.failures else 0


if __name__ == "__main__":
    sys.exit(main())
