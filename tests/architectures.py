#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""One kernel of each architecture that Debian ships, as it is shipped, held against linux-libc-dev.

The headers say which number userspace uses for which syscall; the table of the kernel says which
function has that number. Each difference between the two must be one of those that are explained
here: the function has another name than the syscall (NAMES), or the kernel does not implement it
(RETIRED, NEEDS). docs/architectures.md is what this finds: KAPI_RECORD=1 writes it.
"""
import json
import os
import pathlib
import re
import subprocess
import sys

SKIPPED = 77

# By ABI: where its numbers stand, and what the preprocessor must be told to see them.
ABIS = {
    "x86_64": ("asm/unistd_64.h",),
    "arm64": ("asm/unistd.h",),
    "arm": ("asm/unistd.h", "-D__ARM_EABI__"),
    "i386": ("asm/unistd_32.h",),
    "s390x": ("asm/unistd_64.h",),
    "s390": ("asm/unistd_32.h",),
    "ppc64": ("asm/unistd_64.h",),
    "riscv64": ("asm/unistd.h",),
    "n64": ("asm/unistd_n64.h", "-D__NR_Linux=5000"),
    "n32": ("asm/unistd_n32.h", "-D__NR_Linux=6000"),
    "o32": ("asm/unistd_o32.h", "-D__NR_Linux=4000"),
}
TRIPLETS = {
    "amd64": "x86_64-linux-gnu", "arm64": "aarch64-linux-gnu", "armhf": "arm-linux-gnueabihf",
    "i386": "i386-linux-gnu", "s390x": "s390x-linux-gnu", "ppc64el": "powerpc64le-linux-gnu",
    "mips64el": "mips64el-linux-gnuabi64", "riscv64": "riscv64-linux-gnu",
}
# A kernel in miniature of that architecture, with as many API specs in each.
FIXTURES = {
    "amd64": "kernel-both", "arm64": "kernel-arm64", "armhf": "kernel-arm-dwarf",
    "i386": "kernel-i386-btf", "s390x": "kernel-s390x-btf", "ppc64el": "kernel-ppc64le-dwarf",
    "mips64el": "kernel-mips64-dwarf", "riscv64": "kernel-riscv64-dwarf",
}
SPECS = 10
# Whose headers have the numbers of an ABI that is not the kernel's own.
HEADERS_OF = {("arm64", "arm"): "armhf"}

# Why a function is called otherwise than the syscall that it implements: what it is called, and what
# the syscall is then called. Each may apply to what another leaves.
NAMES = (
    ("what an architecture does its own way",
     r"(?:s390|ia32|aarch32|mips|arm64|ppc64|ppc32|riscv|arm)_(.+)", (r"\1", r"arm_\1")),
    ("16-bit user ids", r"(.+)16", (r"\1",)),
    ("32-bit user ids, where the plain name is that of 16 bits",
     r"((?:l|f)?chown|[gs]et(?:re|res|fs|e)?[ug]id|[gs]etgroups)", (r"\g<1>32",)),
    ("32-bit time", r"(.+?)(?:_time32|32)", (r"\1",)),
    ("64-bit time, where the plain name is that of 32 bits",
     r"((?:clock|timer|timerfd|mq_timed)_?\w+|utimensat|pselect6|ppoll|io_pgetevents|recvmmsg|futex|"
     r"semtimedop|rt_sigtimedwait|sched_rr_get_interval)", (r"\1_time64", r"\g<1>64")),
    ("the newest of several", r"new(.+)", (r"\1", r"\g<1>64", r"\g<1>at64")),
    ("the newest of several", r"newfstatat", (r"fstatat64",)),
    ("an older one", r"old_?(.+)", (r"\1", r"oldold\1", r"unused59")),
    ("the oldest one", r"(stat|fstat|lstat)", (r"old\1",)),
    ("the older one, or one that libc never called", r"uname", (r"olduname", r"unused109")),
    ("the one that programs are to use",
     r"(umount|getrlimit|llseek|select|pread|pwrite|mmap|mmap_pgoff|sync_file_range2)",
     (r"umount2", r"ugetrlimit", r"_llseek", r"_newselect", r"pread64", r"pwrite64", r"mmap2",
      r"arm_sync_file_range")),
    ("one for files of any size", r"(sendfile|fadvise64)_?64", (r"\1",)),
)

# Numbers that no kernel implements any more, or never did, or that are no numbers of syscalls.
RETIRED = set("""
    _sysctl afs_syscall arch_specific_syscall bdflush break create_module ftime get_kernel_syms getpmsg
    gtty idle lock lookup_dcookie mpx multiplexer nfsservctl pciconfig_iobase prof profil putpmsg
    query_module signal stty syscalls sys_debug_setcontext timerfd tuxcall ulimit vserver modify_ldt
    vm86 vm86old ioperm iopl readdir oldstat oldfstat oldlstat oldolduname olduname umount sigaction
    sigsuspend sigpending sigprocmask sigreturn getrlimit select security set_thread_area
    get_thread_area epoll_ctl_old epoll_wait_old
""".split())
# And those that a configuration leaves out: the symbol that they need.
NEEDS = {
    "CONFIG_NUMA": "mbind get_mempolicy set_mempolicy set_mempolicy_home_node migrate_pages move_pages",
    "CONFIG_ARCH_HAS_PKEYS": "pkey_mprotect pkey_alloc pkey_free",
    "CONFIG_KEXEC_FILE": "kexec_file_load",
    "CONFIG_USELIB": "uselib",
    "CONFIG_SYSFS_SYSCALL": "sysfs",
    "CONFIG_SPU_BASE": "spu_run spu_create",
    "CONFIG_PPC_SUBPAGE_PROT": "subpage_prot",
    "CONFIG_ARCH_HAS_USER_SHADOW_STACK": "map_shadow_stack",
    "CONFIG_VM86": "vm86 vm86old",
    "CONFIG_X86_IOPL_IOPERM": "ioperm iopl",
    "CONFIG_MODIFY_LDT_SYSCALL": "modify_ldt",
    "CONFIG_MEMFD_SECRET": "memfd_secret",
    "CONFIG_SECRETMEM": "memfd_secret",
}


def userspace_numbers(folder, architecture, abi):
    """The numbers of a header, by number: the names they have."""
    header, *options = ABIS[abi]
    include = folder / "usr/include"
    folders = [include, include / TRIPLETS[architecture]]
    text = subprocess.run(["cpp", "-dM", "-nostdinc", "-undef", "-D__SIZEOF_POINTER__=8", *options,
                           *(f"-I{f}" for f in folders), "-"], input=f"#include <{header}>\n",
                          capture_output=True, text=True, check=True).stdout
    macros = dict(re.findall(r"^#define (__(?:ARM_)?NR\w*) (.+)$", text, re.M))

    def value(expression):
        return sum(int(part, 0) if part[0].isdigit() else value(macros[part])
                   for part in re.sub(r"[() ]", "", expression).split("+"))

    numbers = {}
    for macro, expression in macros.items():
        name = re.fullmatch(r"__NR_([a-z_]\w*)", macro)
        if name and not name[1].isupper():
            try:
                numbers.setdefault(value(expression), set()).add(name[1])
            except KeyError:
                pass  # said with a macro that is not the header's own: no number of this ABI
    return numbers


def called(function, depth=3):
    """What the syscall of a function may be called."""
    names = {function}
    if depth:
        for _, pattern, results in NAMES:
            match = re.fullmatch(pattern, function)
            for result in results if match else ():
                name = match.expand(result)
                if name and name != function:
                    names |= called(name, depth - 1)
    return names


class Checks:
    def __init__(self, tool):
        self.tool, self.failures, self.count = tool, [], 0

    def check(self, what, holds):
        self.count += 1
        if not holds:
            self.failures.append(what)

    def corpus(self, path):
        result = subprocess.run([self.tool, "extract", path], capture_output=True, text=True)
        self.check(f"extract {path}: {result.stderr.strip()}", result.returncode == 0)
        return json.loads(result.stdout) if result.stdout else {}


def missing_is_explained(names, config):
    for symbol, syscalls in NEEDS.items():
        if names & set(syscalls.split()) and not re.search(rf"^{symbol}=y$", config, re.M):
            return True
    return bool(names & RETIRED) or any(re.fullmatch(r"(unused|reserved)\d+", n) for n in names)


def agreement(checks, label, corpus, abi, numbers, config):
    """How many of the table's syscalls have the number that userspace uses."""
    table = {s["number"]: s["name"] for s in corpus["syscalls"] if s["abi"] == abi}
    agreed = 0
    for number, function in sorted(table.items()):
        agrees = bool(called(function) & numbers.get(number, set()))
        agreed += agrees
        checks.check(f"{label}: {abi} {number} is {function}, userspace calls it "
                     f"{sorted(numbers.get(number, []))}", agrees)
    for number in sorted(numbers.keys() - table.keys()):
        checks.check(f"{label}: {abi} has no {number} ({sorted(numbers[number])})",
                     missing_is_explained(numbers[number], config))
    return agreed, len(table)


def row(checks, architecture, kernel, config, headers, fixtures):
    corpus = checks.corpus(kernel)
    source = corpus.get("source", {})
    coverage = {c["fact"]: c for c in corpus.get("coverage", [])}
    config_text = pathlib.Path(config).read_text() if config else ""
    abis = []
    for abi in sorted(f.removeprefix("syscalls/") for f in coverage if f.startswith("syscalls/")):
        state = coverage[f"syscalls/{abi}"]["state"]
        if state == "complete":
            owner = HEADERS_OF.get((architecture, abi), architecture)
            numbers = userspace_numbers(headers[owner], owner, abi)
            agreed, total = agreement(checks, architecture, corpus, abi, numbers, config_text)
            abis.append(f"{abi} {agreed} of {total}")
        elif state == "absent":
            abis.append(f"no {abi}")
        else:
            checks.check(f"{architecture}: {abi} is {state}", state == "unlisted")
            abis.append(f"{abi} by code")
    signatures = []
    for fact in sorted(f for f in coverage if f.startswith("signatures/")):
        entry = coverage[fact]
        signatures.append(f"{fact.removeprefix('signatures/')} {entry['read']} of {entry['total']}"
                          if entry["read"] else f"{fact.removeprefix('signatures/')} none")
    release = re.match(r"\d+\.\d+", source.get("release", ""))
    checks.check(f"{architecture}: a release", release)
    specs = len(checks.corpus(fixtures / FIXTURES[architecture]).get("apis", []))
    checks.check(f"{architecture}: {specs} specs in {FIXTURES[architecture]}", specs == SPECS)
    types = coverage.get("types", {}).get("state")
    types_from = source.get("types_from") if types in ("complete", "partial") else None
    return [architecture, release[0] if release else "", " in ".join(
        [source.get("format", ""), *reversed(source.get("wrapping", []))]),
        f"{source.get('bits')} {source.get('endianness')}", source.get("symbols_from", ""),
        "; ".join(abis), "; ".join(signatures) or "none", types_from or "none",
        f"{specs} of {SPECS}"]


HEADINGS = ["architecture", "kernel", "file", "bits, order", "symbols from", "syscalls that agree",
            "signatures", "types from", "specs of a fixture"]
PREFACE = """# Architectures

What is read of a kernel of each architecture that Debian ships, as it is shipped: the file of its
linux-image package. The test `real.architectures` makes this table (`KAPI_RECORD=1`) and holds each
kernel's syscall tables against the numbers of linux-libc-dev: *n of m* agree, of m that the kernel
implements. `scripts/architecture-kernels` fetches the kernels.

"""
NOTES = """
- *by code*: the kernel dispatches the ABI by code and has no table for it (x86 since 6.9, and stable
  kernels with the same change). *no*: the kernel has no such ABI.
- Kernels without CONFIG_KALLSYMS_ALL, as those of Debian 12 are, name no data. Their tables are found
  by their content: pointers to syscall entries in a row, with close() where the ABI has it.
- Signatures need types: BTF in the image, or a separate debug file. The calls of a 32-bit ABI that
  have arguments of their own (COMPAT_SYSCALL_DEFINE) are not described by the syscall metadata.
- A syscall is called by its function's name; userspace's may be another (`newfstat` is fstat).
"""


def table(rows):
    lines = ["| " + " | ".join(HEADINGS) + " |", "|" + " --- |" * len(HEADINGS)]
    return "\n".join(lines + ["| " + " | ".join(cells) + " |" for cells in rows]) + "\n"


def main():
    tool, source, fixtures = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    listed = []
    for script in ("architecture-kernels", "real-kernels"):
        result = subprocess.run([source / "scripts" / script, "--cached"], capture_output=True,
                                text=True)
        if result.returncode != 0:
            print(f"skipped: run scripts/{script} to fetch the kernels")
            return SKIPPED
        listed += [line.split() for line in result.stdout.splitlines()]
    headers = {words[0]: pathlib.Path(words[3]) for words in listed if len(words) == 4}
    amd64 = next(words[1] for words in listed if words[0] == "6.1-vmlinuz")
    checks = Checks(tool)
    rows = []
    for words in listed:
        if len(words) == 4:
            kernel, config = (amd64, "") if words[0] == "amd64" else (words[1], words[2])
            rows.append(row(checks, words[0], kernel, config, headers, fixtures))
    text = PREFACE + table(rows) + NOTES
    document = source / "docs/architectures.md"
    if os.environ.get("KAPI_RECORD"):
        document.write_text(text)
    checks.check("docs/architectures.md is not what was found; KAPI_RECORD=1 writes it",
                 document.exists() and document.read_text() == text)
    print("\n".join(checks.failures))
    print(f"{len(rows)} architectures, {checks.count} checks, {len(checks.failures)} failed")
    return 1 if checks.failures else 0


if __name__ == "__main__":
    sys.exit(main())
