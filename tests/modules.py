#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Modules as inputs of their own, with the BTF of their kernel, and with their kernel.

    modules.py KAPITOOL FIXTURES
"""
import gzip
import json
import lzma
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

KAPITOOL, FIXTURES = sys.argv[1], pathlib.Path(sys.argv[2])
MODULES = FIXTURES / "modules"
KERNEL = FIXTURES / "kernel-btf"
RELEASE = "6.99.0-fixture"


def raw_btf(image, to):
    subprocess.run(["objcopy", "-O", "binary", "--only-section=.BTF", "--set-section-flags",
                    ".BTF=alloc", image, to], check=True)
    return to


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_tool(self, *arguments):
        run = subprocess.run([KAPITOOL, *map(str, arguments)], capture_output=True, text=True)
        self.assertNotIn("runtime error", run.stderr)
        return run

    def extract(self, image, *options):
        run = self.run_tool("extract", image, "--no-system-debug-dir", *options)
        self.assertEqual(run.returncode, 0, run.stderr)
        return json.loads(run.stdout)

    def rows(self, corpus):
        return {row["fact"]: row for row in corpus["coverage"]}

    def codes(self, corpus):
        return [d["code"] for d in corpus.get("diagnostics", [])]

    def names(self, corpus):
        return [api["name"] for api in corpus["apis"]]


class Alone(Case):
    def test_with_the_base_that_was_given(self):
        module = MODULES / "gadget.ko"
        for base in (KERNEL, raw_btf(KERNEL, self.folder / "vmlinux.btf")):
            corpus = self.extract(module, "--btf-base", base)
            self.assertEqual(self.names(corpus), ["gadget_turn"])
            self.assertEqual(corpus["source"]["types_from"], "BTF")
            self.assertEqual(corpus["source"]["spec_layout"], "BTF")
            self.assertEqual(self.codes(corpus), [])

    def test_with_the_base_of_the_tree_it_lies_in(self):
        module = self.folder / "lib" / "modules" / RELEASE / "kernel" / "gadget.ko"
        module.parent.mkdir(parents=True)
        shutil.copy(MODULES / "gadget.ko", module)
        self.assertIn("btf-base-missing", self.codes(self.extract(module)))
        kernel = self.folder / "boot" / f"vmlinux-{RELEASE}"
        kernel.parent.mkdir()
        shutil.copy(KERNEL, kernel)
        corpus = self.extract(module)
        self.assertEqual((corpus["source"]["spec_layout"], self.codes(corpus)), ("BTF", []))

    def test_without_a_base_the_built_in_tables_serve(self):
        corpus = self.extract(MODULES / "gadget.ko")
        self.assertEqual(self.codes(corpus), ["btf-base-missing"])
        self.assertEqual(self.names(corpus), ["gadget_turn"])
        self.assertNotEqual(corpus["source"]["spec_layout"], "BTF")

    def test_a_base_of_another_build_is_refused(self):
        """By its types, where its release is the same."""
        other = raw_btf(FIXTURES / "types" / "gcc", self.folder / "other.btf")
        corpus = self.extract(MODULES / "gadget.ko", "--btf-base", other)
        self.assertIn("btf-malformed", self.codes(corpus))
        self.assertNotEqual(corpus["source"]["spec_layout"], "BTF")

    def test_a_base_of_another_release_is_refused(self):
        corpus = self.extract(MODULES / "gadget.ko", "--btf-base", FIXTURES / "kernel-new")
        told = {d["code"]: d["message"] for d in corpus["diagnostics"]}
        self.assertIn("is the kernel 6.99.1-fixture, and the module was built for 6.99.0-fixture",
                      told["btf-base-unusable"])
        # Of several, the one of the release is taken.
        corpus = self.extract(MODULES / "gadget.ko", "--btf-base", FIXTURES / "kernel-new",
                              "--btf-base", KERNEL)
        self.assertEqual((corpus["source"]["spec_layout"], self.codes(corpus)), ("BTF", []))

    def test_a_base_without_btf(self):
        corpus = self.extract(MODULES / "gadget.ko", "--btf-base", FIXTURES / "kernel-none")
        told = {d["code"]: d["message"] for d in corpus["diagnostics"]}
        self.assertIn("holds no BTF", told["btf-base-unusable"])

    def test_raw_btf_of_a_module(self):
        own = raw_btf(MODULES / "gadget.ko", self.folder / "gadget")
        run = self.run_tool("extract", own)
        self.assertEqual(run.returncode, 2)
        self.assertIn("the BTF of a module, which continues that of its vmlinux", run.stderr)
        self.assertIn("--btf-base", run.stderr)
        corpus = self.extract(own, "--btf-base", KERNEL)
        self.assertEqual(corpus["source"]["kind"], "btf")
        run = self.run_tool("extract", own, "--btf-base", FIXTURES / "types" / "gcc")
        self.assertEqual(run.returncode, 2)
        self.assertIn("--btf-base", run.stderr)


class WithTheirKernel(Case):
    def setUp(self):
        super().setUp()
        self.modules = self.folder / "kernel"
        (self.modules / "drivers").mkdir(parents=True)
        data = (MODULES / "gadget.ko").read_bytes()
        (self.modules / "drivers" / "gadget.ko").write_bytes(data)
        plain = (MODULES / "plain.ko").read_bytes()
        (self.modules / "plain-one.ko.gz").write_bytes(gzip.compress(plain))
        (self.modules / "plain-two.ko.xz").write_bytes(lzma.compress(plain))
        (self.modules / "modules.order").write_text("drivers/gadget.ko\n")

    def test_specs_of_modules_stand_with_those_of_the_kernel(self):
        alone = self.extract(KERNEL)
        corpus = self.extract(KERNEL, "--modules", self.modules)
        self.assertEqual(self.names(corpus), sorted(self.names(alone) + ["gadget_turn"]))
        row = self.rows(corpus)["modules"]
        self.assertEqual((row["state"], row["read"], row["total"]), ("complete", 3, 3))
        self.assertEqual(row["detail"], "3 of 3 modules, 1 with specs")
        specs, before = self.rows(corpus)["specs"], self.rows(alone)["specs"]
        self.assertEqual((specs["state"], specs["read"]), ("complete", before["read"] + 1))
        origin = [o for o in corpus["source"]["origins"] if o["subject"] == "gadget_turn"]
        self.assertEqual(origin[0]["module"], "gadget")
        self.assertEqual([o for o in corpus["source"]["origins"] if "module" not in o],
                         alone["source"]["origins"])

    def test_packed_or_not_gives_the_same(self):
        corpus = self.extract(KERNEL, "--modules", self.modules)
        module = self.modules / "drivers" / "gadget.ko"
        data = module.read_bytes()
        module.unlink()
        packers = {"gz": gzip.compress, "xz": lzma.compress}
        if shutil.which("zstd"):
            packers["zst"] = lambda data: subprocess.run(["zstd", "-q"], input=data, check=True,
                                                         capture_output=True).stdout
        for suffix, pack in packers.items():
            packed = module.with_name(f"gadget.ko.{suffix}")
            packed.write_bytes(pack(data))
            self.assertEqual(self.extract(KERNEL, "--modules", self.modules), corpus)
            packed.unlink()

    def test_the_order_is_that_of_the_paths(self):
        texts = {self.run_tool("extract", KERNEL, "--modules", self.modules).stdout
                 for _ in range(5)}
        self.assertEqual(len(texts), 1)

    def test_what_cannot_be_read_is_named(self):
        (self.modules / "broken.ko").write_bytes(b"\x7fELF no module")
        (self.modules / "cut.ko.xz").write_bytes(
            (self.modules / "plain-two.ko.xz").read_bytes()[:500])
        shutil.copy(MODULES / "elsewhere.ko", self.modules)
        shutil.copy(FIXTURES / "module-i386.ko", self.modules)
        corpus = self.extract(KERNEL, "--modules", self.modules)
        row = self.rows(corpus)["modules"]
        self.assertEqual((row["state"], row["read"], row["total"]), ("partial", 3, 7))
        self.assertEqual(self.rows(corpus)["specs"]["state"], "partial")
        self.assertNotIn("elsewhere", self.names(corpus))
        told = {d["subject"]: d["message"] for d in corpus["diagnostics"]
                if d["code"] == "module-unreadable"}
        self.assertEqual(sorted(told), ["broken", "cut", "elsewhere", "module_i386"])
        self.assertIn("was built for the kernel 6.98.0-other, and this is 6.99.0-fixture",
                      told["elsewhere"])
        self.assertIn("is of i386, the kernel of x86_64", told["module_i386"])

    def test_a_second_spec_of_one_name_is_told(self):
        shutil.copy(MODULES / "gadget.ko", self.modules / "gadget-copy.ko")
        corpus = self.extract(KERNEL, "--modules", self.modules)
        self.assertIn("duplicate-api", self.codes(corpus))

    def test_a_base_that_modules_do_not_fit_is_told(self):
        other = raw_btf(FIXTURES / "types" / "gcc", self.folder / "other.btf")
        corpus = self.extract(KERNEL, "--modules", self.modules, "--btf-base", other)
        self.assertIn("btf-malformed", self.codes(corpus))

    def test_nothing_to_read(self):
        run = self.run_tool("extract", KERNEL, "--modules", self.folder / "nowhere")
        self.assertEqual(run.returncode, 2)
        corpus = self.extract(KERNEL, "--modules", "package")
        self.assertEqual(self.rows(corpus)["modules"]["detail"], "the input is no package")
        corpus = self.extract(MODULES / "gadget.ko", "--modules", self.modules)
        self.assertEqual(self.rows(corpus)["modules"]["state"], "absent")
        corpus = self.extract(KERNEL, "--only", "syscalls", "--modules", self.modules)
        self.assertEqual(self.rows(corpus)["modules"]["state"], "not_asked")

    def test_a_comparison_has_modules_on_each_side(self):
        empty = self.folder / "empty"
        empty.mkdir()
        run = self.run_tool("diff", KERNEL, KERNEL, "--only", "specs", "--old-modules",
                            self.modules, "--new-modules", empty, "--format", "json")
        self.assertEqual(run.returncode, 1)
        findings = json.loads(run.stdout)["findings"]
        self.assertEqual([(f["rule"], f["subject"]) for f in findings],
                         [("api-removed", "gadget_turn")])
        self.assertIn("module gadget", json.dumps(findings[0]["evidence"]))
        # Modules that nobody read are not removed.
        run = self.run_tool("diff", KERNEL, KERNEL, "--only", "specs", "--old-modules",
                            self.modules)
        self.assertEqual((run.returncode, "gadget_turn" in run.stdout), (0, False),
                         run.stdout + run.stderr)
        run = self.run_tool("diff", KERNEL, KERNEL, "--only", "specs", "--modules", self.modules)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
