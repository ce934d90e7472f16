#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""Every revision in images with types, without, and without symbols.

The truth is what the compiler sees: revisions-truth-*, the same specs in a program that prints them.
"""
import json
import pathlib
import re
import subprocess
import sys
import unittest

from variants import lines, normal, readable, run

# What tools call a revision: what its table is called.
REVISIONS = {
    "rfc1": "RFC v1",
    "rfc2": "RFC v2",
    "rfc2-no-net": "RFC v2 without CONFIG_NET",
    "rfc3": "RFC v3",
    "rfc3-no-net": "RFC v3 without CONFIG_NET",
    "rfc4": "RFC v4",
    "rfc5": "RFC v5",
    "p1": "PATCH v1",
    "p2": "PATCH v2",
    "p3": "PATCH v3/v4",
    "p4": "PATCH v3/v4",
}
SIZES = {"rfc1": 308049, "rfc2": 355033, "rfc2-no-net": 333685, "rfc3": 415073,
         "rfc3-no-net": 393725, "rfc4": 462304, "rfc5": 462304, "p1": 462304, "p2": 462272,
         "p3": 26400, "p4": 26400}
# Other compilers, machines and ways of linking: the revision whose truth they hold.
OTHERS = {
    "rfc1-clang": "rfc1",
    "rfc3-clang-stripped": "rfc3",
    "rfc5-stripped-btf": "rfc5",
    "p2-clang-stripped": "p2",
    "p4-pie-stripped": "p4",
    "p4-s390x-stripped": "p4",
    "p4-i386-stripped": "p4",
} | {f"{revision}-{arch}": revision
     for revision in ("rfc1", "rfc4", "p2", "p4") for arch in ("s390x", "i386")}
# RFC v1 keeps ioctls outside of the section, where symbols alone tell them.
SYMBOLS_ONLY = {"rfc1": {"DEMO_SET"}}


class Revisions(unittest.TestCase):
    maxDiff = None
    tool, fixtures = None, None

    def corpus(self, image):
        result = run(self.tool, "extract", "--only", "specs", self.fixtures / image, "-o", "-")
        self.assertEqual(0, result.returncode, result.stderr)
        return json.loads(result.stdout)

    def truth(self, revision):
        printed = subprocess.run([self.fixtures / f"revisions-truth-{revision}"],
                                 capture_output=True, text=True, check=True).stdout
        return normal(json.loads(printed), text=readable)

    def specs(self, corpus):
        (coverage,) = [c for c in corpus["coverage"] if c["fact"] == "specs"]
        return coverage

    def check(self, image, revision, stripped=False):
        corpus = self.corpus(image)
        truth = self.truth(revision)
        hidden = SYMBOLS_ONLY.get(revision, set()) if stripped else set()
        truth = [api for api in truth if api["name"] not in hidden]
        self.assertEqual(lines(truth), lines(normal(corpus.get("apis", []))))
        specs = self.specs(corpus)
        self.assertEqual(("partial" if hidden else "complete", len(truth), len(truth)),
                         (specs["state"], specs["read"], specs["total"]), specs["detail"])
        if hidden:
            self.assertIn("ioctl", specs["detail"])
        self.assertEqual([], corpus.get("diagnostics", []))
        return corpus

    def test_types(self):
        """The image's own types, and whose revision they are."""
        for revision, called in REVISIONS.items():
            for origin in ("BTF", "DWARF"):
                with self.subTest(revision=revision, origin=origin):
                    source = self.check(f"{revision}-{origin.lower()}", revision)["source"]
                    self.assertEqual(origin, source["spec_layout"])
                    self.assertIn(f"its members and numbers are those of {called}",
                                  source["spec_evidence"])

    def test_bare(self):
        """A table, and the evidence for it."""
        for revision, called in REVISIONS.items():
            with self.subTest(revision):
                source = self.check(f"{revision}-bare", revision)["source"]
                self.assertEqual(f"the built-in table of {called}", source["spec_layout"])
                self.assertRegex(" ".join(source["spec_evidence"]),
                                 rf"__kapi_\w+ is {SIZES[revision]} bytes")

    def test_stripped(self):
        """Where a section or magics mark the specs, no symbol is needed."""
        for revision, called in REVISIONS.items():
            with self.subTest(revision):
                source = self.check(f"{revision}-stripped", revision, stripped=True)["source"]
                self.assertEqual(f"the built-in table of {called}", source["spec_layout"])
                by = "section .kapi_specs" if revision.startswith("rfc") and revision != "rfc5" \
                    else "no symbols; by the magics of"
                self.assertIn(by, source["spec_section"])
                self.assertRegex(" ".join(source["spec_evidence"]), f"{SIZES[revision]} bytes")
                self.assertFalse(any(origin.get("symbol") for origin in source["origins"]))

    def test_others(self):
        for image, revision in OTHERS.items():
            with self.subTest(image):
                self.check(image, revision, stripped="stripped" in image)

    def test_one_size(self):
        """Three revisions share a size: what tells them apart is named."""
        for revision, others in (("rfc4", ("RFC v5", "PATCH v1")), ("rfc5", ("RFC v4", "PATCH v1")),
                                 ("p1", ("RFC v4", "RFC v5"))):
            evidence = " ".join(self.corpus(f"{revision}-bare")["source"]["spec_evidence"])
            for other in others:
                self.assertIn(f"not {other}: in the spec at ", evidence)

    def test_ambiguous(self):
        """What nothing tells apart is left open where it matters, and read where it does not."""
        for image, left_open in (
                ("vague-rfc4-none", {"params/what/constraint"}),
                ("vague-rfc5-none", {"params/what/constraint"}),
                ("vague-rfc4-s390x", {"params/what/constraint", "locks/demo_lock/scope"}),
                ("vague-rfc5-s390x", {"params/what/constraint", "locks/demo_lock/scope"})):
            with self.subTest(image):
                corpus = self.corpus(image)
                (api,) = corpus["apis"]
                unresolved = {u["path"]: u["expression"] for u in api["unresolved"]}
                self.assertEqual(left_open, set(unresolved))
                self.assertEqual("user_string (RFC v5) or custom (RFC v4)",
                                 unresolved["params/what/constraint"])
                if "locks/demo_lock/scope" in left_open:
                    self.assertEqual("acquires (RFC v5) or caller_held (RFC v4)",
                                     unresolved["locks/demo_lock/scope"])
                else:
                    self.assertEqual("acquires", api["locks"][0]["scope"])
                self.assertNotIn("constraint", api["params"][0])
                self.assertEqual({"type": "range", "min": 0, "max": 7},
                                 api["params"][1]["constraint"])
                self.assertEqual(["layout-ambiguous"], [d["code"] for d in corpus["diagnostics"]])
                self.assertEqual("the built-in table of RFC v5 or RFC v4",
                                 corpus["source"]["spec_layout"])
                self.assertRegex(" ".join(corpus["source"]["spec_evidence"]),
                                 "nothing in the image tells RFC v5 and RFC v4 apart")
        # Types, or the magic of a return value, decide.
        for image, constraint in (("vague-rfc4-btf", "custom"), ("vague-rfc5-btf", "user_string"),
                                  ("vague-p1-none", "user_string")):
            corpus = self.corpus(image)
            self.assertEqual(constraint, corpus["apis"][0]["params"][0]["constraint"]["type"])
            self.assertEqual([], corpus.get("diagnostics", []))

    def test_nothing(self):
        """What looks like a spec here and there is none."""
        corpus = self.corpus("none-stripped")
        specs = self.specs(corpus)
        self.assertEqual(("unread", 0), (specs["state"], specs["total"]))
        self.assertRegex(specs["detail"], r"no symbol table.*\d+ bytes in .* were searched")
        self.assertNotIn("apis", corpus)

    def test_difference(self):
        """Images of one revision differ in nothing, however they were read; one that may hold more is
        not called equal."""
        for revision in REVISIONS:
            for image in ("dwarf", "bare", "stripped"):
                with self.subTest(revision=revision, image=image):
                    result = run(self.tool, "diff", "--words", "--fail-on", "info", "--only",
                                 "specs", self.fixtures / f"{revision}-btf",
                                 self.fixtures / f"{revision}-{image}")
                    partial = image == "stripped" and revision in SYMBOLS_ONLY
                    self.assertEqual(2 if partial else 0, result.returncode,
                                     result.stdout + result.stderr)
                    self.assertIn("0 breaking, 0 review, 0 info", result.stdout)

    def test_images_are_what_they_are_called(self):
        for revision in REVISIONS:
            for image, types, symbols in (("btf", ".BTF", True), ("dwarf", ".debug_info", True),
                                          ("bare", None, True), ("stripped", None, False)):
                table = subprocess.run(["readelf", "-SW", self.fixtures / f"{revision}-{image}"],
                                       capture_output=True, text=True, check=True).stdout
                names = set(re.findall(r"^ *\[ *\d+\] (\S+)", table, re.M))
                self.assertEqual({types} - {None}, names & {".BTF", ".debug_info"})
                self.assertEqual(symbols, ".symtab" in names)
                self.assertEqual(revision.startswith("rfc") and revision != "rfc5",
                                 ".kapi_specs" in names)


if __name__ == "__main__":
    Revisions.fixtures = pathlib.Path(sys.argv.pop()) / "revisions"
    Revisions.tool = pathlib.Path(sys.argv.pop())
    unittest.main()
