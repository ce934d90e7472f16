#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""What the inputs differ in themselves, and the findings that this explains, as a user sees it.

The images of fixtures/config embed their configuration as the kernel does; the same files are given
by option for images that do not.

    preflight.py KAPITOOL FIXTURES PROJECT
"""
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

KAPITOOL, FIXTURES, SOURCE = (pathlib.Path(p).resolve() for p in sys.argv[1:4])
IMAGES = FIXTURES / "config"
CONFIGS = SOURCE / "fixtures/config"
UNKNOWN = "neither kernel's is known; --old-config and --new-config can give it"


def run(*args):
    return subprocess.run([KAPITOOL, *map(str, args)], text=True, capture_output=True, timeout=60)


class Preflight(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name)

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def corpus(self, image, *options, says=""):
        result = run("extract", image, *options)
        self.assertEqual((result.returncode, result.stderr), (0, says), result.stderr)
        return json.loads(result.stdout)

    def diff(self, old, new, *options, status=(0, 1)):
        result = run("diff", "--format", "json", old, new, *options)
        self.assertIn(result.returncode, status, result.stderr)
        report = json.loads(result.stdout)
        report["stderr"] = result.stderr
        report["row"] = next(c for c in report["coverage"] if c["fact"] == "config")
        report["shown"] = [f"{d['what']}: {d['before']} → {d['after']} ({d.get('explains', 0)})"
                           for d in report.get("preflight", [])]
        report["causes"] = {f"{f['rule']} {f['subject']}": f.get("cause", "")
                            for f in report["findings"]}
        return report

    def row(self, corpus):
        return next(c for c in corpus["coverage"] if c["fact"] == "config")

    def lines(self, name):
        text = (CONFIGS / f"{name}.config").read_text()
        return sorted(line for line in text.splitlines() if line.startswith("CONFIG_"))

    # What the diff of aio and bare must say, wherever the configurations come from.
    SHOWN = ["CONFIG_AIO: y → n (2)", "CONFIG_BSD_PROCESS_ACCT: n → y (1)",
             "CONFIG_KAPI_SPEC: y → n (1)"]
    CAUSES = {
        "specs-lost specs": "CONFIG_KAPI_SPEC: y → n",
        "syscall-added syscall/x86_64/acct": "CONFIG_BSD_PROCESS_ACCT: n → y",
        # Its symbol went on as well, but 6.1 is older than the syscall.
        "syscall-added syscall/x86_64/cachestat": "",
        "syscall-removed syscall/x86_64/io_destroy": "CONFIG_AIO: y → n",
        "syscall-removed syscall/x86_64/io_setup": "CONFIG_AIO: y → n",
        # Its symbol is on on both sides.
        "syscall-removed syscall/x86_64/sysfs": "",
    }
    ROW = "16 and 16 symbols set, 5 differ, 3 of which explain findings"

    def test_embedded(self):
        for name in ("aio", "bare", "checks", "aio-stripped", "aio-no-end"):
            with self.subTest(name):
                result = run("extract", IMAGES / name)
                corpus = json.loads(result.stdout)
                lines = self.lines(name.split("-")[0])
                self.assertEqual(corpus["source"]["config"], lines)
                self.assertEqual(self.row(corpus), {
                    "fact": "config", "state": "complete", "read": len(lines),
                    "total": len(lines), "detail": "embedded in the image (CONFIG_IKCONFIG)"})

    def test_differs_and_explains(self):
        report = self.diff(IMAGES / "aio", IMAGES / "bare")
        self.assertEqual(report["shown"], self.SHOWN)
        self.assertEqual(report["causes"], self.CAUSES)
        self.assertEqual(report["row"], {"fact": "config", "compared": True, "failed": False,
                                         "detail": self.ROW})
        self.assertNotIn("config", report["old"])
        # What is explained counts all the same.
        self.assertEqual(report["summary"]["breaking"], 4)
        swapped = self.diff(IMAGES / "bare", IMAGES / "aio")
        self.assertEqual(swapped["shown"], ["CONFIG_AIO: n → y (2)",
                                            "CONFIG_BSD_PROCESS_ACCT: y → n (1)",
                                            "CONFIG_KAPI_SPEC: n → y (1)"])

    def test_text(self):
        text = run("diff", IMAGES / "aio", IMAGES / "bare").stdout
        self.assertLess(text.index("CONFIG_AIO: y → n; explains 2 findings"), text.index("BREAKING"))
        self.assertEqual(text.count("explained by CONFIG_AIO: y → n"), 2)
        # Two configurations that differ are not "unchanged".
        text = run("diff", IMAGES / "aio", IMAGES / "checks").stdout
        self.assertIn("CONFIG_KAPI_RUNTIME_CHECKS: n → y\n", text)
        self.assertIn("Unchanged: enumerators, signatures/x86_64, specs, syscalls/x86_64, types.\n", text)

    def test_differs_and_explains_nothing(self):
        report = self.diff(IMAGES / "aio-silent", IMAGES / "aio-silent",
                           "--old-config", CONFIGS / "aio.config", "--new-config",
                           self.write("other", (CONFIGS / "aio.config").read_text().replace(
                               "SHIFT=17", "SHIFT=20") + "CONFIG_FUSE_FS=m\n"), status=(0,))
        self.assertEqual((report["shown"], report["findings"]), ([], []))
        self.assertEqual(report["row"]["detail"],
                         "16 and 17 symbols set, 2 differ, which explains no finding")

    def test_given(self):
        options = ("--old-config", CONFIGS / "aio.config", "--new-config",
                   self.write("config.gz", gzip.compress((CONFIGS / "bare.config").read_bytes())))
        report = self.diff(IMAGES / "aio-silent", IMAGES / "bare", *options)
        self.assertEqual(report["shown"], self.SHOWN)
        self.assertEqual(report["causes"], self.CAUSES)
        self.assertEqual(report["stderr"], "")
        # A stored corpus carries it.
        stored = self.folder / "old.json"
        self.assertEqual(0, run("extract", IMAGES / "aio-silent", "--config",
                                CONFIGS / "aio.config", "-o", stored).returncode)
        report = self.diff(stored, IMAGES / "bare")
        self.assertEqual((report["shown"], report["causes"]), (self.SHOWN, self.CAUSES))
        self.assertEqual(self.row(json.loads(stored.read_text()))["detail"], "aio.config")

    def test_one_side_only(self):
        for old, new, says in (
                ("aio", "bare-less", "the new kernel's is not known; --new-config can give it"),
                ("bare-less", "aio", "the old kernel's is not known; --old-config can give it"),
                ("bare-less", "bare-less", UNKNOWN)):
            with self.subTest(old=old, new=new):
                corpus = self.corpus(IMAGES / "bare")
                del corpus["source"]["config"]
                self.row(corpus).update(state="absent", read=0, total=0, detail="none")
                self.write("bare-less.json", json.dumps(corpus))
                files = [self.folder / "bare-less.json" if n == "bare-less" else IMAGES / n
                         for n in (old, new)]
                report = self.diff(*files)
                self.assertEqual(report["shown"], [])
                self.assertEqual(set(report["causes"].values()) - {""}, set())
                self.assertEqual(report["row"], {"fact": "config", "compared": False,
                                                 "failed": False, "detail": says})

    def test_damaged(self):
        whole = (IMAGES / "aio").read_bytes()
        data = whole.index(b"IKCFG_ST") + 8
        end = whole.index(b"IKCFG_ED")
        for name, bytes_ in (
                ("flipped", whole[:data + 30] + bytes([whole[data + 30] ^ 0xFF]) + whole[data + 31:]),
                ("checksum", whole[:end - 5] + bytes([whole[end - 5] ^ 0xFF]) + whole[end - 4:]),
                ("zeros", whole[:data] + bytes(end - data) + whole[end:]),
                ("not-text", whole[:data] + self.fill(b"no .config", end - data) + whole[end:]),
                ("bomb", whole[:data] + self.fill(b"\0" * (9 << 20), end - data) + whole[end:])):
            with self.subTest(name):
                image = self.write(name, bytes_)
                result = run("extract", image)
                self.assertEqual(result.returncode, 0, result.stderr)
                self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
                self.assertIn("[config-unreadable]", result.stderr)
                corpus = json.loads(result.stdout)
                self.assertNotIn("config", corpus["source"])
                self.assertEqual(self.row(corpus)["state"], "unread")
                # Nothing that is judged was lost with it: no exit status of its own.
                report = self.diff(image, IMAGES / "aio", status=(0,))
                self.assertEqual((report["shown"], report["findings"]), ([], []))
                self.assertEqual(report["row"]["compared"], False)
                self.assertIn("the old kernel's could not be read", report["row"]["detail"])
                report = self.diff(image, IMAGES / "bare", "--old-config", CONFIGS / "aio.config")
                self.assertEqual(report["shown"], self.SHOWN)

    @staticmethod
    def fill(text, size):
        """gzip data of a text, in a room of that size where it fits; a bomb is cut short."""
        return gzip.compress(text, 9, mtime=0)[:size].ljust(size, b"\0")

    def test_given_files_that_are_none(self):
        for name, content in (("empty", b""), ("script", b"#!/bin/sh\necho CONFIG_AIO=y\n"),
                              ("cut.gz", gzip.compress(b"CONFIG_AIO=y\n" * 90)[:30]),
                              ("elf", (IMAGES / "aio").read_bytes()[:4096])):
            with self.subTest(name):
                result = run("diff", IMAGES / "aio", IMAGES / "bare", "--new-config",
                             self.write(name, content))
                self.assertEqual((result.returncode, result.stdout), (2, ""))
                self.assertIn(name, result.stderr)
        result = run("extract", IMAGES / "aio", "--config", self.folder / "missing")
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn("missing", result.stderr)

    def test_given_instead_of_embedded(self):
        result = run("extract", IMAGES / "aio", "--config", CONFIGS / "bare.config")
        self.assertEqual(result.returncode, 0)
        self.assertEqual(json.loads(result.stdout)["source"]["config"], self.lines("bare"))
        self.assertIn("[config-replaced]", result.stderr)
        self.assertIn("6 lines differ: is it of this kernel?", result.stderr)
        # The same one twice is nothing to speak of.
        self.corpus(IMAGES / "aio", "--config", CONFIGS / "aio.config")

    def test_bad_lines(self):
        text = (CONFIGS / "bare.config").read_text().replace(
            "# CONFIG_AIO is not set", "<<<<<<< HEAD\nCONFIG_AIO=maybe")
        report = self.diff(IMAGES / "aio-silent", IMAGES / "bare", "--old-config",
                           CONFIGS / "aio.config", "--new-config", self.write("bad", text))
        # Whether CONFIG_AIO is set cannot be told any more.
        self.assertEqual(report["causes"]["syscall-removed syscall/x86_64/io_setup"], "")
        self.assertEqual(report["causes"]["syscall-added syscall/x86_64/acct"],
                         "CONFIG_BSD_PROCESS_ACCT: n → y")
        self.assertIn("2 lines of the new kernel's could not be read", report["row"]["detail"])
        self.assertRegex(report["stderr"], r"line \d+: config: '<<<<<<< HEAD' is no line of a "
                                           r"\.config \[config-line\], and 1 more")

    def test_runtime_checks_are_seen_in_the_image(self):
        corpus = self.corpus(IMAGES / "checks-silent")
        self.assertEqual(corpus["source"]["config"], ["CONFIG_KAPI_RUNTIME_CHECKS=y"])
        self.assertEqual(self.row(corpus)["state"], "partial")
        report = self.diff(IMAGES / "aio-silent", IMAGES / "checks-silent", status=(0,))
        self.assertEqual(report["shown"], ["CONFIG_KAPI_RUNTIME_CHECKS: n → y (0)"])
        self.assertEqual(report["row"]["detail"], UNKNOWN)
        report = self.diff(IMAGES / "checks", IMAGES / "aio-silent", status=(0,))
        self.assertEqual(report["shown"], ["CONFIG_KAPI_RUNTIME_CHECKS: y → n (0)"])

    def test_revisions(self):
        revisions = FIXTURES / "revisions"
        for old in ("rfc1-btf", "rfc1-dwarf", "rfc1-bare"):
            with self.subTest(old):
                report = self.diff(revisions / old, revisions / "p4-btf")
                (difference,) = [d for d in report["preflight"] if "revision" in d["what"]]
                self.assertEqual((difference["before"], difference["after"]),
                                 ("RFC v1", "PATCH v3/v4"))
                causes = report["causes"]
                self.assertIn("RFC v1", causes[
                    "capability-required-added sys_demo/capabilities/CAP_SYS_ADMIN"])
                self.assertEqual(causes["api-removed DEMO_SET"], "")
        for old, new in (("p3-btf", "p4-dwarf"), ("p4-btf", "p4-stripped")):
            report = self.diff(revisions / old, revisions / new, status=(0, 1, 2))
            self.assertEqual(report["shown"], [], (old, new))

    def test_a_side_without_tables_is_said_once(self):
        def rows(*inputs):
            result = run("diff", "--format", "json", "--kind", "source", *inputs, "--uapi",
                         SOURCE / "fixtures/forms/uapi")
            return {c["fact"]: c["detail"] for c in json.loads(result.stdout)["coverage"]}

        text = SOURCE / "fixtures/forms/text/short.c"
        self.assertEqual(rows(text, FIXTURES / "forms-new")["syscalls"],
                         "old: none (a source text has no syscall table; an image has); new: none")
        for inputs, side in (((text, FIXTURES / "kernel-old"), "old"),
                             ((FIXTURES / "kernel-old", text), "new")):
            found = rows(*inputs)
            self.assertEqual(found["syscalls"],
                             f"{side}: none (a source text has no syscall table; an image has)")
            self.assertEqual([f for f in found if f.startswith(("syscalls/", "signatures"))], [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
