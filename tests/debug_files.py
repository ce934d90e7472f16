#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Separate debug files: found by build id, by release, by debug link, by a debuginfod server; and
refused where they are of another build.

    debug_files.py KAPITOOL FIXTURES
"""
import json
import os
import pathlib
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request
import zlib

KAPITOOL, FIXTURES = sys.argv[1], pathlib.Path(sys.argv[2])


def objcopy(*arguments):
    subprocess.run(["objcopy", *map(str, arguments)], check=True)


def build_id(image):
    notes = subprocess.run(["readelf", "-n", image], check=True, capture_output=True, text=True)
    return re.search(r"Build ID: ([0-9a-f]+)", notes.stdout)[1]


class DebugFiles(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.environment = {k: v for k, v in os.environ.items() if k != "DEBUGINFOD_URLS"}
        self.full = FIXTURES / "kernel-dwarf"
        self.debug = self.folder / "store" / "kernel.debug"
        self.debug.parent.mkdir()
        objcopy("--only-keep-debug", self.full, self.debug)
        self.image = self.folder / "boot" / "kernel"
        self.image.parent.mkdir()
        objcopy("--strip-all", self.full, self.image)

    def extract(self, image, *options, system=False):
        run = subprocess.run(
            [KAPITOOL, "extract", image, *map(str, options),
             *([] if system else ["--no-system-debug-dir"])],
            capture_output=True, text=True, env=self.environment)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertNotIn("runtime error", run.stderr)
        return json.loads(run.stdout)

    def rows(self, corpus):
        return {row["fact"]: row for row in corpus["coverage"]}

    def assert_whole(self, corpus, name):
        """As the image says before it was stripped."""
        full = self.extract(self.full)
        self.assertEqual(corpus["apis"], full["apis"])
        self.assertEqual(corpus["syscalls"], full["syscalls"])
        # That DWARF could say more is told of an image's own only.
        for rows in (ours := self.rows(corpus), theirs := self.rows(full)):
            for fact in [fact for fact in rows if fact.startswith("signatures/")]:
                rows[fact] = rows[fact]["read"]
        self.assertEqual(ours, theirs)
        self.assertEqual(corpus["source"]["types_from"], "DWARF")
        self.assertEqual(corpus["source"]["symbols_from"], ".symtab")
        self.assertEqual(corpus["source"]["release"], "6.99.0-fixture")
        self.assertEqual(corpus["source"]["debug_file"], name)
        self.assertNotIn("debug_file", full["source"])

    def assert_without(self, corpus, *words):
        """As the stripped image says alone; and why, in a diagnostic."""
        self.assertNotIn("debug_file", corpus["source"])
        self.assertEqual(self.rows(corpus)["syscalls/x86_64"]["state"], "unread")
        text = json.dumps(corpus.get("diagnostics", []))
        for word in words:
            self.assertIn(word, text)

    def by_build_id(self, folder, image=None):
        own = build_id(self.full)
        path = folder / ".build-id" / own[:2] / f"{own[2:]}.debug"
        path.parent.mkdir(parents=True)
        shutil.copy(image or self.debug, path)
        return path

    def linked(self, name=b"kernel.debug", crc=None, image=None):
        """The stripped image with a debug link."""
        if crc is None:
            crc = zlib.crc32(self.debug.read_bytes())
        link = self.folder / "link"
        link.write_bytes(name + b"\0" * (4 - len(name) % 4) + struct.pack("<I", crc))
        image = image or self.image
        objcopy("--add-section", f".gnu_debuglink={link}", image)
        return image

    def without_build_id(self, path):
        objcopy("--remove-section", ".notes", path)

    # ---- where it is found

    def test_nothing_found(self):
        corpus = self.extract(self.image)
        self.assert_without(corpus)
        detail = self.rows(corpus)["syscalls/x86_64"]["detail"]
        self.assertIn(f"no debug file with build id {build_id(self.full)} was found in any folder "
                      "(none was named); debuginfod was not asked (DEBUGINFOD_URLS is not set)",
                      detail)
        detail = self.rows(self.extract(self.image, "--debug-dir", self.folder, system=True))[
            "syscalls/x86_64"]["detail"]
        self.assertIn(f"was found in {self.folder}, /usr/lib/debug;", detail)

    def test_nothing_is_looked_for_without_need(self):
        self.by_build_id(self.folder / "dir")
        for name in ("kernel-dwarf", "kernel-btf"):
            corpus = self.extract(FIXTURES / name, "--debug-dir", self.folder / "dir")
            self.assertNotIn("debug_file", corpus["source"])

    def test_by_build_id(self):
        store = self.folder / "dir"
        path = self.by_build_id(store)
        self.assert_whole(self.extract(self.image, "--debug-dir", store), path.name)
        path.unlink()
        path.symlink_to(self.debug)  # as distributions install them
        self.assert_whole(self.extract(self.image, "--debug-dir", self.folder / "nowhere",
                                       "--debug-dir", store), "kernel.debug")

    def test_below_an_unpacked_package(self):
        self.by_build_id(self.folder / "root" / "usr" / "lib" / "debug")
        corpus = self.extract(self.image, "--debug-dir", self.folder / "root")
        self.assertIn("debug_file", corpus["source"])

    def test_by_release(self):
        shipped = self.image.with_name("vmlinuz-6.99.0-fixture")
        shutil.copy(self.image, shipped)
        for place in ("boot/vmlinux-6.99.0-fixture", "lib/modules/6.99.0-fixture/vmlinux"):
            store = self.folder / "release" / place.split("/")[0]
            path = store / place
            path.parent.mkdir(parents=True)
            shutil.copy(self.debug, path)
            self.assert_whole(self.extract(shipped, "--debug-dir", store), path.name)

    def test_by_debug_link(self):
        image = self.linked()
        for place in (image.parent, image.parent / ".debug"):
            place.mkdir(exist_ok=True)
            path = place / "kernel.debug"
            shutil.copy(self.debug, path)
            self.assert_whole(self.extract(image), "kernel.debug")
            path.unlink()
        store = self.folder / "dir"
        store.mkdir()
        shutil.copy(self.debug, store)
        self.assert_whole(self.extract(image, "--debug-dir", store), "kernel.debug")

    def test_by_checksum_where_no_build_id_is(self):
        self.without_build_id(self.image)
        self.without_build_id(self.debug)
        image = self.linked()
        shutil.copy(self.debug, image.parent)
        self.assert_whole(self.extract(image), "kernel.debug")

    # ---- what is of another build

    def other_debug(self):
        other = self.folder / "other.debug"
        objcopy("--only-keep-debug", FIXTURES / "kernel-none", other)
        return other

    def test_wrong_build_id(self):
        other = self.other_debug()
        store = self.folder / "dir"
        self.by_build_id(store, other)
        self.assert_without(self.extract(self.image, "--debug-dir", store), "debug-file-mismatch",
                            f"its build id is {build_id(other)}, that of the image "
                            f"{build_id(self.full)}")

    def test_a_wrong_file_does_not_hide_the_right_one(self):
        first, second = self.folder / "first", self.folder / "second"
        self.by_build_id(first, self.other_debug())
        self.by_build_id(second)
        corpus = self.extract(self.image, "--debug-dir", first, "--debug-dir", second)
        self.assertIn("debug-file-mismatch", json.dumps(corpus["diagnostics"]))
        self.assertIn("debug_file", corpus["source"])

    def test_wrong_checksum(self):
        self.without_build_id(self.image)
        self.without_build_id(self.debug)
        image = self.linked(crc=0x12345678)
        shutil.copy(self.debug, image.parent)
        self.assert_without(self.extract(image), "debug-file-mismatch",
                            f"its CRC-32 is {zlib.crc32(self.debug.read_bytes()):#010x}, the "
                            "image's debug link says 0x12345678")

    def test_nothing_says_whose_it_is(self):
        self.without_build_id(self.debug)
        store = self.folder / "dir"
        self.by_build_id(store)
        self.assert_without(self.extract(self.image, "--debug-dir", store), "debug-file-mismatch",
                            "it has no build id")

    def test_not_an_image(self):
        store = self.folder / "dir"
        self.by_build_id(store).write_bytes(b"no debug file at all")
        self.assert_without(self.extract(self.image, "--debug-dir", store), "debug-file-mismatch")

    # ---- links that lead nowhere

    def test_circular_links(self):
        itself, one, another = (self.image.with_name(name) for name in ("itself", "one", "another"))
        for image, name in ((itself, b"itself"), (one, b"another"), (another, b"one")):
            shutil.copy(self.image, image)
            self.linked(name=name, image=image)
        self.assert_without(self.extract(itself))
        self.assert_without(self.extract(one))

    def test_link_names(self):
        for name in (b"", b"..", b"../../etc/passwd", b"x" * 100000, b"\xff\x1b[2J"):
            image = self.image.with_name("linked")
            shutil.copy(self.image, image)
            self.linked(name=name, image=image)
            self.assert_without(self.extract(image),
                                *([] if name.startswith(b"\xff") else ["debug-link-malformed"]))

    def test_link_without_checksum(self):
        link = self.folder / "link"
        link.write_bytes(b"kernel.debug\0")
        objcopy("--add-section", f".gnu_debuglink={link}", self.image)
        self.assert_without(self.extract(self.image), "debug-link-malformed")

    # ---- debuginfod

    def serve(self):
        if shutil.which("debuginfod") is None:
            self.skipTest("debuginfod is not installed")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = subprocess.Popen(
            ["debuginfod", "-d", ":memory:", "-F", "-p", str(port), self.debug.parent],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.environment)

        def stop():
            server.terminate()
            server.wait()
        self.addCleanup(stop)
        url = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{url}/metrics") as reply:
                    if "thread_work_total" in reply.read().decode() and self.is_served(url):
                        return url
            except urllib.error.URLError:
                pass
            if server.poll() is not None:
                self.skipTest("debuginfod does not run here")
            time.sleep(0.2)
        return self.skipTest("debuginfod does not serve the fixture")

    def is_served(self, url):
        try:
            with urllib.request.urlopen(f"{url}/buildid/{build_id(self.full)}/debuginfo"):
                return True
        except urllib.error.HTTPError:
            return False

    def test_debuginfod(self):
        url = self.serve()
        self.environment["DEBUGINFOD_URLS"] = url
        self.environment["DEBUGINFOD_CACHE_PATH"] = str(self.folder / "cache")
        corpus = self.extract(self.image)
        self.assert_whole(corpus, "debuginfo")
        # What no server has.
        other = self.folder / "other"
        objcopy("--strip-all", FIXTURES / "kernel-none", other)
        corpus = self.extract(other)
        self.assertIn("debuginfod has none either",
                      self.rows(corpus)["syscalls/x86_64"]["detail"])

    def test_debuginfod_that_does_not_answer(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.environment["DEBUGINFOD_URLS"] = f"http://127.0.0.1:{port}"
        self.environment["DEBUGINFOD_CACHE_PATH"] = str(self.folder / "cache")
        self.assert_without(self.extract(self.image), "debuginfod-failed")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
