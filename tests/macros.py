#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""Specs in the framework's macros, from the source and from the image compiled from it."""
import json
import pathlib
import sys
import tempfile
import unittest

from variants import run

# By image: its source, and what the compiler makes of it.
IMAGES = {"macros": "specs.c", "macros-first": "first.c"}
# A change of the source, the subject of the finding it makes, and the finding's rule.
DRIFTS = [
    ("macros", "(DEMO_FIRST | 0x6)", "(DEMO_FIRST | 0x2)", "sys_demo/params/flags",
     "param-constraint-loosened"),
    ("macros", "{-EINVAL, -EPERM}", "{-EINVAL, -EINTR}", "sys_demo/return",
     "return-errors-changed"),
    ("macros", "KAPI_ERROR_COUNT(4)", "KAPI_ERROR_COUNT(2)", "sys_demo/errors/EAGAIN",
     "error-added"),
    ("macros", "KAPI_CAP_INCREASE_LIMIT", "KAPI_CAP_PERFORM_OPERATION",
     "sys_demo/capabilities/CAP_IPC_LOCK", None),
    ("macros-first", "8, 3, 5", "8, 3", "demo_info/params/type", "param-constraint-loosened"),
]


def take(record, path):
    """Takes the member that "errors/EBADF/condition" leads to out of a record."""
    member, _, rest = path.partition("/")
    if not rest:
        return record.pop(member)
    if isinstance(record[member], dict):
        return take(record[member], rest)
    name, _, rest = rest.partition("/")
    return take(next(e for e in record[member] if e["name"] == name), rest)


class Macros(unittest.TestCase):
    maxDiff = None
    tool, fixtures, sources = None, None, None

    def corpus(self, *arguments):
        result = run(self.tool, "extract", "--only", "specs", *arguments, "-o", "-")
        self.assertEqual(0, result.returncode, result.stderr)
        return json.loads(result.stdout)

    def drift(self, source, image):
        return run(self.tool, "diff", "--only", "specs", "--kind", "source", "--format", "json",
                   source, self.fixtures / image)

    def test_source_and_image_say_the_same(self):
        for image, source in IMAGES.items():
            with self.subTest(image):
                from_source = self.corpus("--kind", "source", self.sources / source)
                from_image = self.corpus(self.fixtures / image)
                for api in from_source["apis"]:
                    twin = next(a for a in from_image["apis"] if a["name"] == api["name"])
                    for value in api.pop("unresolved", []):
                        # Only the words of ready-made elements are not known.
                        self.assertTrue(value["expression"].startswith("WORDS_OF_KAPI_"), value)
                        self.assertEqual("words of the framework", take(twin, value["path"]))
                self.assertEqual(from_image["apis"], from_source["apis"])

    def test_what_a_binary_does_not_keep_is_said(self):
        said = {(d["code"], d["subject"])
                for d in self.corpus("--kind", "source", self.sources / "specs.c")["diagnostics"]}
        self.assertEqual({("element-blank", "sys_demo"), ("element-uncounted", "sys_demo")}, said)

    def test_no_drift_without_a_change(self):
        for image, source in IMAGES.items():
            with self.subTest(image):
                result = self.drift(self.sources / source, image)
                self.assertEqual(0, result.returncode, result.stderr)
                self.assertEqual([], json.loads(result.stdout)["findings"])

    def test_planted_drift_is_found(self):
        for image, before, after, subject, rule in DRIFTS:
            with self.subTest(after), tempfile.TemporaryDirectory() as folder:
                text = (self.sources / IMAGES[image]).read_text()
                self.assertEqual(1, text.count(before), before)
                changed = pathlib.Path(folder, "changed.c")
                changed.write_text(text.replace(before, after))
                found = json.loads(self.drift(changed, image).stdout)["findings"]
                self.assertIn(subject, {each["subject"] for each in found})
                if rule:
                    self.assertIn((rule, subject), {(f["rule"], f["subject"]) for f in found})


if __name__ == "__main__":
    Macros.tool = pathlib.Path(sys.argv[1])
    Macros.fixtures = pathlib.Path(sys.argv[2])
    Macros.sources = pathlib.Path(sys.argv[3])
    unittest.main(argv=sys.argv[:1])
