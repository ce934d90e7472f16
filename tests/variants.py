#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The fixture kernel in every shape an image comes in: one truth for all.

What the specs say comes from kernel-truth, a host program that prints the same C structures; what
the images are, from readelf; the syscalls stand in the table below.

    variants.py KAPITOOL FIXTURES
"""
import json
import pathlib
import re
import subprocess
import sys
import unittest

X86_64 = ("x86_64", 64, "little")
ARM64 = ("arm64", 64, "little")
S390X = ("s390x", 64, "big")
I386 = ("i386", 32, "little")
ARM = ("arm", 32, "little")
RISCV64 = ("riscv64", 64, "little")
PPC64LE = ("ppc64", 64, "little")
PPC64 = ("ppc64", 64, "big")
PPC = ("ppc", 32, "big")
MIPS64 = ("mips", 64, "little")
MIPS = ("mips", 32, "little")
# The ABI of the kernel's own table and its first number, where it is not the architecture's name and 0.
ABIS = {MIPS64: ("n64", 5000), MIPS: ("o32", 4000)}

# image: architecture, format, where the layout comes from.
VARIANTS = {
    "kernel-btf": (X86_64, "ET_EXEC", "BTF"),
    "kernel-dwarf": (X86_64, "ET_EXEC", "DWARF"),
    "kernel-both": (X86_64, "ET_EXEC", "BTF"),
    "kernel-none": (X86_64, "ET_EXEC", "built-in"),
    "kernel-clang": (X86_64, "ET_EXEC", "BTF"),
    "kernel-pie": (X86_64, "ET_DYN", "BTF"),
    "kernel-relr": (X86_64, "ET_DYN", "BTF"),
    "kernel-arm64": (ARM64, "ET_EXEC", "BTF"),
    "kernel-arm64-pie": (ARM64, "ET_DYN", "BTF"),
    "kernel-s390x-btf": (S390X, "ET_EXEC", "BTF"),
    "kernel-s390x-dwarf": (S390X, "ET_EXEC", "DWARF"),
    "kernel-s390x-none": (S390X, "ET_EXEC", "built-in"),
    "kernel-i386-btf": (I386, "ET_EXEC", "BTF"),
    "kernel-i386-none": (I386, "ET_EXEC", "built-in"),
    "kernel-arm-dwarf": (ARM, "ET_EXEC", "DWARF"),
    "kernel-thumb-dwarf": (ARM, "ET_EXEC", "DWARF"),
    "kernel-riscv64-dwarf": (RISCV64, "ET_EXEC", "DWARF"),
    "kernel-ppc64le-dwarf": (PPC64LE, "ET_EXEC", "DWARF"),
    "kernel-ppc64-dwarf": (PPC64, "ET_EXEC", "DWARF"),
    "kernel-ppc-dwarf": (PPC, "ET_EXEC", "DWARF"),
    "kernel-mips64-dwarf": (MIPS64, "ET_EXEC", "DWARF"),
    "kernel-mips-dwarf": (MIPS, "ET_EXEC", "DWARF"),
    "module-btf.ko": (X86_64, "ET_REL", "BTF"),
    "module-dwarf.ko": (X86_64, "ET_REL", "DWARF"),
    "module-none.ko": (X86_64, "ET_REL", "built-in"),
    "module-i386.ko": (I386, "ET_REL", "BTF"),
}

# number: name, parameters; None for an entry without metadata. Number 13 is a weak stub.
SYSCALLS = {
    0: ("read", "unsigned int fd, char * buf, size_t count"),
    1: ("write", "unsigned int fd, const char * buf, size_t count"),
    2: ("open", "const char * filename, int flags, umode_t mode"),
    3: ("close", "unsigned int fd"),
    5: ("newfstat", "unsigned int fd, struct stat * statbuf"),
    8: ("lseek", "unsigned int fd, off_t offset, unsigned int whence"),
    9: ("mmap", "unsigned long addr, unsigned long len, unsigned long prot, unsigned long flags, "
                "unsigned long fd, unsigned long off"),
    11: ("munmap", "unsigned long addr, size_t len"),
    12: ("madvise", "unsigned long start, size_t len_in, int behavior"),
    15: ("rt_sigreturn", None),
    16: ("getpid", ""),
    17: ("exit", "int error_code"),
    18: ("wait4", "pid_t upid, int * stat_addr, int options, struct rusage * ru"),
    19: ("prctl", "int option, unsigned long arg2, unsigned long arg3, unsigned long arg4, "
                  "unsigned long arg5"),
    20: ("openat", "int dfd, const char * filename, int flags, umode_t mode"),
    21: ("words", ""),
    22: ("catalogue_query", "struct catalogue_args * args, size_t size"),
    24: ("uselib", "const char * library"),
}

ORDERED = {"params", "fields", "state_transitions"}


def readable(text):
    """The bytes behind \\u0000 to \\u00ff, in the model's form of text."""
    raw = text.encode("latin-1")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.replace(b"\\", b"\\\\").decode(errors="backslashreplace")


def normal(value, key="", text=lambda t: t):
    """Sets in one order, and absent what is empty or false."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, dict):
        members = {k: normal(v, k, text) for k, v in value.items()}
        return {k: v for k, v in members.items() if v not in ("", [], {}) and v is not False}
    if isinstance(value, list):
        items = [normal(v, "", text) for v in value]
        return items if key in ORDERED else sorted(items, key=json.dumps)
    return value


def lines(value):
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False)


def run(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True)


def readelf(option, image):
    return subprocess.run(["readelf", "-W", option, str(image)], capture_output=True, text=True,
                          check=True).stdout


class Variants(unittest.TestCase):
    maxDiff = None
    tool, fixtures = None, None

    def corpus(self, image):
        result = run(self.tool, "extract", self.fixtures / image, "-o", "-")
        self.assertEqual(0, result.returncode, result.stderr)
        return json.loads(result.stdout)

    def truth(self, side):
        printed = subprocess.run([self.fixtures / f"kernel-truth-{side}"], capture_output=True,
                                 text=True, check=True).stdout
        return normal(json.loads(printed), text=readable)

    def test_specs(self):
        old = self.truth("old")
        for image in VARIANTS:
            with self.subTest(image):
                self.assertEqual(lines(old), lines(normal(self.corpus(image)["apis"])))
        for side in ("old", "new"):
            demo = [api for api in self.truth(side) if api["name"] != "sys_words"]
            self.assertEqual(lines(demo), lines(normal(self.corpus(f"kernel-{side}")["apis"])))

    def test_coverage(self):
        count = len(self.truth("old"))
        for image, (arch, _, layout) in VARIANTS.items():
            with self.subTest(image):
                corpus = self.corpus(image)
                facts = {c["fact"]: c for c in corpus["coverage"]}
                self.assertEqual(("complete", count, count),
                                 tuple(facts["specs"][k] for k in ("state", "read", "total")))
                # The one description that is no UTF-8, and nothing else.
                self.assertEqual(["not-utf8"], [d["code"] for d in corpus["diagnostics"]])
                if not image.endswith(".ko"):
                    abi, _ = ABIS.get(arch, (arch[0], 0))
                    self.assertEqual({f"syscalls/{abi}": "complete"},
                                     {fact: row["state"] for fact, row in facts.items()
                                      if fact.startswith("syscalls/") and row["state"] != "absent"})
                    # All but rt_sigreturn, if there are types to read the metadata by.
                    described = len(SYSCALLS) - 1 if layout != "built-in" else 0
                    self.assertEqual(described, facts[f"signatures/{abi}"]["read"])

    def test_source(self):
        for image, (arch, file_format, layout) in VARIANTS.items():
            with self.subTest(image):
                path = self.fixtures / image
                source = self.corpus(image)["source"]
                self.assertEqual((*arch, file_format, image),
                                 tuple(source[k] for k in ("architecture", "bits", "endianness",
                                                           "format", "file")))
                self.assertIn(layout, source["spec_layout"])
                self.assertTrue(source["spec_evidence"])
                if layout == "built-in":
                    size = 26400 if arch[1] == 64 else 18408
                    self.assertRegex(" ".join(source["spec_evidence"]),
                                     rf"__kapi_spec_\w+ is {size} bytes")
                else:
                    self.assertEqual(layout, source["types_from"])
                build_id = re.search("Build ID: ([0-9a-f]+)", readelf("-n", path))
                self.assertEqual(build_id[1] if build_id else None, source.get("build_id"))
                self.assertIn(source["compiler"], readelf("-p.comment", path))
                self.assertEqual(None if image.endswith(".ko") else "6.99.0-fixture",
                                 source.get("release"))

    def test_origins(self):
        """Each spec is traced to where readelf sees its symbol."""
        for image in VARIANTS:
            if image.endswith(".ko"):
                continue  # linked nowhere yet
            with self.subTest(image):
                symbols = re.findall(r"^ *\d+: 0*([0-9a-f]+) .* OBJECT .* "
                                     r"(__kapi_spec_(?!ptr_)\w+)$",
                                     readelf("-s", self.fixtures / image), re.M)
                origins = {(o["address"], o["symbol"])
                           for o in self.corpus(image)["source"]["origins"]
                           if o["section"] == ".rodata"}
                self.assertEqual({("0x" + address, name) for address, name in symbols}, origins)

    def test_syscalls(self):
        for image, (arch, _, layout) in VARIANTS.items():
            with self.subTest(image):
                corpus = self.corpus(image)
                if image.endswith(".ko"):
                    self.assertEqual([], corpus.get("syscalls", []))
                    continue
                found = {}
                for syscall in corpus["syscalls"]:
                    params = ", ".join(f"{p['type_name']} {p['name']}"
                                       for p in syscall.get("params", []))
                    known = "signature_from" in syscall
                    found[syscall["number"]] = (syscall["name"], params if known else None)
                described = layout != "built-in"
                abi, base = ABIS.get(arch, (arch[0], 0))
                self.assertEqual({base + number: (name, params if described else None)
                                  for number, (name, params) in SYSCALLS.items()}, found)
                self.assertEqual({abi}, {s["abi"] for s in corpus["syscalls"]})

    def test_difference(self):
        """Shapes of one kernel differ in nothing; those of two architectures are not compared."""
        for image, (arch, _, layout) in VARIANTS.items():
            if image.endswith(".ko"):
                continue
            with self.subTest(image):
                # Without types there are no signatures to compare.
                only = ["--only", "specs"] if layout == "built-in" else []
                result = run(self.tool, "diff", "--words", "--fail-on", "info", *only,
                             self.fixtures / "kernel-btf", self.fixtures / image)
                self.assertEqual(0 if arch == X86_64 else 2, result.returncode, result.stdout)

    def test_images_are_what_they_are_called(self):
        def sections(image):
            table = readelf("-S", self.fixtures / image)
            return set(re.findall(r"^ *\[ *\d+\] (\S+)", table, re.M))

        def words(image):
            """The spec array as the file has it."""
            path = self.fixtures / image
            symbols = dict(map(reversed, re.findall(
                r"^ *\d+: ([0-9a-f]+).* __(start|stop)_kapi_specs$", readelf("-s", path), re.M)))
            start, stop = int(symbols["start"], 16), int(symbols["stop"], 16)
            for address, offset, size in re.findall(
                    r" PROGBITS +([0-9a-f]{8,}) ([0-9a-f]+) ([0-9a-f]+)", readelf("-S", path)):
                if 0 <= start - int(address, 16) < int(size, 16):
                    begin = int(offset, 16) + start - int(address, 16)
                    return path.read_bytes()[begin:begin + stop - start]
            return None

        for image, (_, _, layout) in VARIANTS.items():
            names = sections(image)
            self.assertEqual(layout == "BTF", ".BTF" in names, image)
            self.assertEqual(layout == "DWARF" or image == "kernel-both", ".debug_info" in names,
                             image)
            self.assertEqual(image.endswith(".ko"), ".kapi_specs" in names, image)
        self.assertFalse(any(words("kernel-pie")))
        self.assertFalse(any(words("kernel-arm64-pie")))
        self.assertTrue(any(words("kernel-relr")))
        self.assertIn(".relr.dyn", sections("kernel-relr"))
        self.assertTrue(any(words("kernel-btf")))
        self.assertIn(".rela.rodata", sections("kernel-s390x-btf"))


if __name__ == "__main__":
    Variants.fixtures = pathlib.Path(sys.argv.pop())
    Variants.tool = pathlib.Path(sys.argv.pop())
    unittest.main()
