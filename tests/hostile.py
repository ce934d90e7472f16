#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Inputs that are truncated, lie, or are no images at all.

Each case says what must come of it: a refusal (exit status 2, one message), or a corpus that is
honestly smaller, with a diagnostic. For all of them: no crash, no sanitizer report, and neither
"complete" nor exit status 0 unless what was read is what the undamaged image says.

    hostile.py KAPITOOL FIXTURES
"""
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unittest

from damage import BTF_STRUCT, BTF_TYPEDEF, Elf

# Offsets in struct kernel_api_spec and, from there, in the first parameter; 64-bit.
NAME, PARAM_MAGIC, PARAM_COUNT, PARAMS, ERROR_COUNT = 0, 36, 40, 48, 2052
COMMAND = PARAMS + 6 * 120  # the enumerated parameter of sys_catalogue
ENUM_VALUES, ENUM_COUNT = 64, 72
NOWHERE = 0x123456789000

# What cannot be read at all: bytes, or what is done to kernel-old; the reason in the message.
REFUSED = {
    "empty": (b"", "empty"),
    "text": (b"This is not a kernel.\n" * 9, "no kind|not an ELF"),
    "zeros": (bytes(8192), "no kind"),
    "magic only": (b"\x7fELF", "ELF"),
    "compressed": (b"\x1f\x8b\x08\0\0\0\0\0\0\0", "cut short"),
    "wrong class": (lambda elf: elf.put(4, "B", 9), "ELF|class"),
    "wrong byte order": (lambda elf: elf.put(5, "B", 2), "ELF|section|header"),
    "section headers outside": (lambda elf: elf.put(40, "Q", 1 << 40), "section header"),
    "section headers wrap": (lambda elf: elf.put(40, "Q", (1 << 64) - 64), "section header"),
    "section names outside": (lambda elf: elf.put(62, "H", 9999), "section"),
    "symbol names outside": (lambda elf: elf.section(".strtab", offset=1 << 40), r"\.strtab"),
    "symbol table too large": (lambda elf: elf.section(".symtab", size=1 << 60), r"\.symtab"),
    "section header size": (lambda elf: elf.put(58, "H", 3), "section header"),
    "json": (b'{"schema": 1, "apis": [', "JSON|json|parse"),
    "json of another kind": (b'{"schema": 3}', "source|missing|required"),
    "json of another schema": (b'{"schema": 999, "source": {}}', "schema.*999"),
    "json too deep": (b'{"schema": 1, "apis": ' + b"[" * 200000, "JSON|json|deep|nest"),
}

# What is done to an image; the state of its specs; the diagnostic.
DAMAGED = {
    # The array.
    "stop before start": ("kernel-btf", lambda elf: elf.move(
        "__stop_kapi_specs", elf.value("__start_kapi_specs") - 8), "unread", "before"),
    "not whole pointers": ("kernel-btf", lambda elf: elf.move(
        "__stop_kapi_specs", elf.value("__stop_kapi_specs") - 4), "unread", "whole pointers"),
    "array without end": ("kernel-btf", lambda elf: elf.move(
        "__stop_kapi_specs", (1 << 64) - 64), "unread", "not all in the file"),
    "array nowhere": ("kernel-btf", lambda elf: elf.move("__start_kapi_specs", NOWHERE).move(
        "__stop_kapi_specs", NOWHERE + 8), "unread", "not all in the file"),
    "start without stop": ("kernel-btf", lambda elf: elf.rename("__stop_kapi_specs"), "unread",
                           "__stop_kapi_specs is not"),
    "no symbols": ("kernel-btf", lambda elf: elf.section(".symtab", type=1), "complete",
                   "no symbols; by the magics"),
    "array over foreign bytes": ("kernel-btf", lambda elf: elf.move(
        "__start_kapi_specs", elf.value("__kapi_spec_sys_open") + 8).move(
        "__stop_kapi_specs", elf.value("__kapi_spec_sys_open") + 24), "unread", "spec-outside"),
    # Slots and counts.
    "slot to nowhere": ("kernel-btf", lambda elf: elf.slot(2, NOWHERE), "partial",
                        "spec-outside"),
    "slot to the end": ("kernel-btf", lambda elf: elf.slot(2, elf.end(".rodata") - 8), "partial",
                        "spec-outside"),
    "two slots, one spec": ("kernel-btf", lambda elf: elf.slot(
        2, elf.value("__kapi_spec_sys_open")), "partial", "duplicate-api"),
    "1000 parameters": ("kernel-btf", lambda elf: elf.spec(
        "sys_open", PARAM_COUNT, "I", 1000), "partial", "count-too-large"),
    "4294967295 errors": ("kernel-none", lambda elf: elf.spec(
        "sys_open", ERROR_COUNT, "I", 0xffffffff), "partial", "count-too-large"),
    "too many enum values": ("kernel-btf", lambda elf: elf.spec(
        "sys_catalogue", COMMAND + ENUM_COUNT, "I", 0xffffffff), "partial", "sys_catalogue"),
    # Pointers.
    "enum values nowhere": ("kernel-btf", lambda elf: elf.spec(
        "sys_catalogue", COMMAND + ENUM_VALUES, "Q", NOWHERE), "partial", "sys_catalogue"),
    "enum values missing": ("kernel-btf", lambda elf: elf.spec(
        "sys_catalogue", COMMAND + ENUM_VALUES, "Q", 0), "partial", "list-missing"),
    "enum values at the end": ("kernel-btf", lambda elf: elf.spec(
        "sys_catalogue", COMMAND + ENUM_VALUES, "Q", elf.end(".init.data") - 8), "partial",
        "sys_catalogue"),
    "name nowhere": ("kernel-btf", lambda elf: elf.spec("sys_open", NAME, "Q", NOWHERE), "partial",
                     "pointer-to-nowhere"),
    "parameter name nowhere": ("kernel-btf", lambda elf: elf.spec(
        "sys_open", PARAMS, "Q", NOWHERE), "partial", "sys_open"),
    "text without end": ("kernel-btf", lambda elf: elf.spec(
        "sys_open", PARAMS, "Q", elf.end(".rodata") - 1), "partial", "sys_open"),
    "pointer wraps": ("kernel-btf", lambda elf: elf.spec(
        "sys_open", PARAMS, "Q", (1 << 64) - 1), "partial", "sys_open"),
    "wrong magic": ("kernel-btf", lambda elf: elf.spec(
        "sys_open", PARAM_MAGIC, "I", 0x41414141), "partial", "bad-magic"),
    # Sections.
    "rodata outside": ("kernel-btf", lambda elf: elf.section(".rodata", offset=1 << 40), "unread",
                       r"\.rodata"),
    "rodata too large": ("kernel-btf", lambda elf: elf.section(".rodata", size=1 << 60), "unread",
                         r"\.rodata"),
    "rodata without bytes": ("kernel-btf", lambda elf: elf.section(".rodata", type=8), "unread",
                             "not all in the file"),
    # Types: without them the built-in layout serves, and is proved by the size of the symbols.
    "BTF outside": ("kernel-btf", lambda elf: elf.section(".BTF", offset=1 << 40), "complete",
                    r"\.BTF"),
    "BTF of one byte": ("kernel-btf", lambda elf: elf.section(".BTF", size=1), "complete",
                        r"\.BTF"),
    "BTF without magic": ("kernel-btf", lambda elf: elf.inside(".BTF", 0, "H", 0), "complete",
                          r"\.BTF"),
    "BTF types outside": ("kernel-btf", lambda elf: elf.inside(".BTF", 12, "I", 0x7fffffff),
                          "complete", r"\.BTF"),
    "BTF strings outside": ("kernel-btf", lambda elf: elf.inside(".BTF", 20, "I", 0x7fffffff),
                            "complete", r"\.BTF"),
    "BTF typedef of itself": ("kernel-btf", lambda elf: elf.put(
        elf.btf(BTF_TYPEDEF, "u32")[1] + 8, "I", elf.btf(BTF_TYPEDEF, "u32")[0]), "complete",
        r"\.BTF"),
    "BTF struct inside itself": ("kernel-btf", lambda elf: elf.put(
        elf.btf(BTF_STRUCT, "kernel_api_spec")[1] + 16, "I",
        elf.btf(BTF_STRUCT, "kernel_api_spec")[0]), "complete", r"\.BTF"),
    "BTF member of no type": ("kernel-btf", lambda elf: elf.put(
        elf.btf(BTF_STRUCT, "kapi_param_spec")[1] + 16, "I", 0x7ffffff), "complete", r"\.BTF"),
    "BTF name outside": ("kernel-btf", lambda elf: elf.put(
        elf.btf(BTF_STRUCT, "kapi_param_spec")[1], "I", 0x7fffffff), "complete", r"\.BTF"),
    "BTF struct of 4 GB": ("kernel-btf", lambda elf: elf.put(
        elf.btf(BTF_STRUCT, "kernel_api_spec")[1] + 8, "I", 0xffffffff), "unread",
        "4294967295 bytes of a spec"),
    "DWARF outside": ("kernel-dwarf", lambda elf: elf.section(".debug_info", offset=1 << 40),
                      "complete", "debug_info|DWARF"),
    "DWARF without abbreviations": ("kernel-dwarf", lambda elf: elf.section(
        ".debug_abbrev", size=0), "complete", "DWARF"),
    "DWARF unit too long": ("kernel-dwarf", lambda elf: elf.inside(
        ".debug_info", 0, "I", 0x7fffffff), "complete", "DWARF"),
    # Relocations.
    "relocation of no symbol": ("module-btf.ko", lambda elf: elf.inside(
        ".rela.kapi_specs", 12, "I", 0x7fffffff), "unread", "symbol 2147483647"),
    "relocation outside": ("module-btf.ko", lambda elf: elf.inside(
        ".rela.kapi_specs", 0, "Q", 1 << 40), "partial", "relocation"),
    "relocation of no kind": ("module-btf.ko", lambda elf: elf.inside(
        ".rela.kapi_specs", 8, "I", 250), "partial", "relocation"),
    "relocations outside": ("module-btf.ko", lambda elf: elf.section(
        ".rela.kapi_specs", offset=1 << 40), "unread", "rela.kapi_specs"),
    "dynamic relocations outside": ("kernel-pie", lambda elf: elf.section(
        ".rela.dyn", offset=1 << 40), "unread", "rela.dyn"),
    "relative relocations lie": ("kernel-relr", lambda elf: elf.inside(
        ".relr.dyn", 0, "Q", NOWHERE), "complete", "relr"),
}

# A cut anywhere loses the section headers, which stand last.
LENGTHS = [1, 3, 4, 5, 15, 16, 31, 52, 63, 64, *random.Random(1).sample(range(65, 200000), 14)]


class Hostile(unittest.TestCase):
    tool, fixtures, folder = None, None, None
    truths = {}

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.scratch.name)

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def run_tool(self, *arguments):
        result = subprocess.run([self.tool, *map(str, arguments)], capture_output=True, text=True,
                                errors="replace", timeout=120)
        self.assertIn(result.returncode, (0, 1, 2), result.stderr)
        self.assertNotRegex(result.stderr, "Sanitizer|runtime error:|Assertion")
        return result

    def image(self, name):
        return self.fixtures / name

    def truth(self, image):
        if image not in self.truths:
            corpus = json.loads(self.run_tool("extract", self.image(image), "-o", "-").stdout)
            self.truths[image] = corpus
        return self.truths[image]

    def write(self, data):
        path = self.folder / "input"
        path.write_bytes(data)
        return path

    def check_refusal(self, path, reason):
        for arguments in (("extract", path, "-o", "-"), ("diff", path, self.image("kernel-old")),
                          ("diff", self.image("kernel-old"), path)):
            result = self.run_tool(*arguments)
            self.assertEqual((2, ""), (result.returncode, result.stdout), result.stderr)
            last = result.stderr.splitlines()[-1]
            self.assertRegex(last, f"^kapitool: {re.escape(str(path))}.*({reason})")

    def check_honesty(self, path, image):
        """Neither complete nor unchanged unless what was read is the truth."""
        result = self.run_tool("extract", path, "-o", "-")
        self.assertEqual(0, result.returncode, result.stderr)
        corpus, truth = json.loads(result.stdout), self.truth(image)
        (specs,) = [c for c in corpus["coverage"] if c["fact"] == "specs"]
        same = {fact: corpus.get(fact) == truth.get(fact) for fact in ("apis", "syscalls")}
        if specs["state"] == "complete":
            self.assertTrue(same["apis"], "complete, and not what the image says")
        else:
            self.assertLess(specs["read"], max(specs["total"], 1))
        compared = self.run_tool("diff", self.image(image), path)
        if compared.returncode == 0:
            self.assertEqual("complete", specs["state"], compared.stdout)
            self.assertTrue(all(same.values()), compared.stdout)
        return specs, result.stderr

    def test_refused(self):
        healthy = self.image("kernel-old").read_bytes()
        for name, (damage, reason) in REFUSED.items():
            with self.subTest(name):
                data = damage if isinstance(damage, bytes) else damage(Elf(healthy)).data
                self.check_refusal(self.write(data), reason)

    def test_no_file(self):
        self.check_refusal(self.folder, "directory|regular file")
        self.check_refusal(self.folder / "absent", "No such file")

    def test_truncated(self):
        for image in ("kernel-old", "module-btf.ko"):
            healthy = self.image(image).read_bytes()
            for length in LENGTHS + [len(healthy) - 1]:
                with self.subTest(image, length=length):
                    self.check_refusal(self.write(healthy[:length]), "ELF|section|no kind")

    def test_damaged(self):
        for name, (image, damage, state, message) in DAMAGED.items():
            with self.subTest(name):
                path = self.write(damage(Elf(self.image(image).read_bytes())).data)
                specs, complaints = self.check_honesty(path, image)
                self.assertEqual(state, specs["state"], complaints)
                self.assertRegex(complaints + specs["detail"], message)

    def test_flipped(self):
        """Random damage to what describes an image: anything but a crash or a hang."""
        chance = random.Random(2)
        for image, parts in (("kernel-both", (".BTF", ".debug_info", ".debug_abbrev", ".symtab")),
                             ("module-btf.ko", (".rela.kapi_specs", ".rela.rodata", ".symtab")),
                             ("kernel-relr", (".relr.dyn", ".BTF"))):
            healthy = self.image(image).read_bytes()
            elf = Elf(healthy)
            for part in (*parts, "headers"):
                for _ in range(6):
                    data = bytearray(healthy)
                    start, size = elf.table, len(data) - elf.table
                    if part != "headers":
                        start, size = elf.sections[part]["offset"], elf.sections[part]["size"]
                    for _ in range(8):
                        data[start + chance.randrange(size)] = chance.randrange(256)
                    with self.subTest(image, part=part):
                        path = self.write(data)
                        self.run_tool("extract", path, "-o", "-")
                        self.run_tool("diff", self.image(image), path)

    def test_not_comparable(self):
        old = self.image("kernel-old")
        cases = {
            "architecture": (old, self.image("kernel-arm64")),
            "nothing|neither|no ": (self.tool, self.tool),
        }
        for reason, (left, right) in cases.items():
            result = self.run_tool("diff", left, right)
            self.assertEqual((2, ""), (result.returncode, result.stdout))
            self.assertRegex(result.stderr.splitlines()[-1], f"^kapitool: .*({reason})")
        result = self.run_tool("diff", "--allow-arch-mismatch", *cases["architecture"])
        self.assertNotIn("cannot compare", result.stderr)

    def test_stored_corpus_is_checked(self):
        stored = json.loads(self.run_tool("extract", self.image("kernel-old"), "-o", "-").stdout)
        damages = {
            "schema": lambda c: c.update(schema=99),
            "surprise": lambda c: c.update(surprise=1),
            "/apis/0": lambda c: c["apis"][0].update(version="one"),
            "source": lambda c: c.pop("source"),
        }
        for place, damage in damages.items():
            with self.subTest(place):
                corpus = json.loads(json.dumps(stored))
                damage(corpus)
                self.check_refusal(self.write(json.dumps(corpus).encode()), place)


if __name__ == "__main__":
    Hostile.fixtures = pathlib.Path(sys.argv.pop())
    Hostile.tool = pathlib.Path(sys.argv.pop())
    unittest.main()
