#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The files of debugfs against the image whose specs they show.

The files are printed by a host program from the C structures that the images are compiled from, in
the shapes of PATCH v4 (fixtures/kernel/debugfs*.c). Every form must agree with the image in all
that it does not say it omits.

    debugfs.py KAPITOOL FIXTURES
"""
import copy
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

PAIRS = {"kernel-debugfs-old": "kernel-old", "kernel-debugfs-new": "kernel-new",
         "kernel-debugfs-odd": "kernel-odd"}
FORMS = {"text": ["specs"], "json": ["specs-json"], "both": ["specs", "specs-json"]}

# What the kernel prints in neither form, in the text and in the JSON.
NEITHER = {"network", "params.constraint.values", "params.size_param", "params.size_multiplier",
           "return.error_values", "signal_masks", "structs"}
SIGNALS = {"condition", "error", "interruptible", "priority", "queue_behavior", "restartable",
           "sa_flags_forbidden", "sa_flags_required", "state_forbidden", "state_required", "target",
           "timing", "transform_to"}
OMITS = {
    "text": NEITHER | {f"signals.{member}" for member in SIGNALS} |
            {"capabilities.action", "capabilities.alternatives", "capabilities.check_condition",
             "capabilities.priority", "params.constraint_text", "return.type",
             "side_effects.condition", "side_effects.types", "state_transitions.condition"},
    "json": (NEITHER - {"params.constraint.values"}) |
            {"params.alignment", "params.constraint", "params.constraint.values",
             "params.constraint_text", "params.size", "state_transitions"},
    "both": NEITHER | {"params.constraint_text", "state_transitions.condition"},
}

# The changes planted between the two fixture kernels that some form can say, with those forms.
DRIFT = {
    ("param-constraint-loosened", "sys_open/params/flags"): {"text", "both"},
    ("param-constraint-tightened", "sys_open/params/mode"): {"text", "both"},
    ("param-optional-lost", "sys_open/params/mode"): {"text", "json", "both"},
    ("error-removed", "sys_read/errors/ENOBUFS"): {"text", "json", "both"},
    ("error-added", "sys_write/errors/EDEADLK"): {"text", "json", "both"},
    ("signal-restart-lost", "sys_write/signals/Any signal"): {"json", "both"},
    ("lock-caller-held-added", "catalogue_register/locks/catalogue_rwlock"):
        {"text", "json", "both"},
    ("words-changed", "sys_close"): {"text", "json", "both"},
    ("api-added", "sys_mseal"): {"text", "json", "both"},
    ("capability-required-added", "sys_madvise/capabilities/CAP_IPC_LOCK"): {"json", "both"},
    # The text does not say what the capability does.
    ("capability-added", "sys_madvise/capabilities/CAP_IPC_LOCK"): {"text"},
}


def run(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True)


def erase(element, path):
    """Empties "params.constraint_text" in an API."""
    head, _, rest = path.partition(".")
    if not rest:
        element.pop(head, None)
        return
    inner = element.get(head, {})
    for one in inner if isinstance(inner, list) else [inner]:
        erase(one, rest)


def erase_unresolved(api, path):
    """Empties "locks/NAME/type" or "return"; half a constraint is none."""
    head, _, rest = path.partition("/")
    if not rest:
        api.pop(head, None)
        return
    if head == "return":
        api.get(head, {}).pop(rest, None)
        return
    for element in api.get(head, []):
        name = element.get("name", "(unnamed)")
        if rest.startswith(name + "/"):
            element.pop(rest[len(name) + 1:].split("/")[0], None)


def common(corpus, omits, unresolved):
    """The APIs by name, without what the other side cannot say."""
    apis = {}
    for api in copy.deepcopy(corpus.get("apis", [])):
        for path in omits:
            erase(api, path)
        for path in unresolved.get(api["name"], []):
            erase_unresolved(api, path)
        api.pop("unresolved", None)
        # An element with nothing left but what was erased is no less an element; sets have the
        # order of what is left.
        for key, value in api.items():
            if isinstance(value, list) and key not in ("params", "state_transitions"):
                value.sort(key=lambda v: json.dumps(v, sort_keys=True))
        apis[api["name"]] = {k: v for k, v in api.items() if v not in ([], {})}
    return apis


class Debugfs(unittest.TestCase):
    maxDiff = None
    tool, fixtures = None, None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def form(self, fixture, form):
        """A copy of a fixture's kapi folder with one of its forms, or both."""
        target = self.folder / f"{fixture}-{form}"
        if not target.exists():
            for part in FORMS[form]:
                shutil.copytree(self.fixtures / fixture / "kapi" / part, target / part)
            shutil.copy(self.fixtures / fixture / "kapi" / "list", target / "list")
        return target

    def extract(self, path, *options, status=0):
        result = run(self.tool, "extract", path, *options)
        self.assertEqual(status, result.returncode, result.stderr)
        return json.loads(result.stdout) if status == 0 else result.stderr

    def diff(self, old, new, *options):
        result = run(self.tool, "diff", "--words", "--fail-on", "never", "--only", "specs",
                     "--format", "json", *options, old, new)
        self.assertIn(result.returncode, (0, 2), result.stderr)
        self.assertTrue(result.stdout, result.stderr)
        report = json.loads(result.stdout)
        return {(f["rule"], f["subject"]) for f in report.get("findings", [])}, result

    def images(self):
        for fixture, image in PAIRS.items():
            for form in FORMS:
                with self.subTest(fixture, form=form):
                    yield fixture, form, self.fixtures / image

    def test_says_what_the_image_says(self):
        for fixture, form, image in self.images():
            shown = self.extract(self.form(fixture, form))
            omits = shown["source"]["omits"]
            unresolved = {api["name"]: [u["path"] for u in api.get("unresolved", [])]
                          for api in shown["apis"]}
            said = common(shown, omits, unresolved)
            truth = common(self.extract(image, "--only", "specs"), omits, unresolved)
            for diagnostic in shown.get("diagnostics", []):
                if diagnostic["level"] == "error":  # the one that is too long for JSON
                    self.assertEqual(("sys_long", "json"), (diagnostic["subject"], form))
                    del said["sys_long"], truth["sys_long"]
            self.assertEqual(truth, said)
            self.assertEqual("debugfs", shown["source"]["kind"])

    def test_omits(self):
        for fixture, form, _ in self.images():
            omits = OMITS[form]
            if form == "both" and fixture == "kernel-debugfs-odd":
                omits = OMITS["text"]  # sys_long is whole as a text only
            self.assertEqual(sorted(omits),
                             self.extract(self.form(fixture, form))["source"]["omits"])

    def test_values_of_omitted_members_are_kept(self):
        """A custom constraint's text is printed, though that of others is not."""
        corpus = self.extract(self.form("kernel-debugfs-old", "both"))
        params = {p["name"]: p for api in corpus["apis"] if api["name"] == "sys_catalogue"
                  for p in api["params"]}
        self.assertEqual("Members agree with each other", params["config"]["constraint_text"])

    def test_no_difference_from_the_image(self):
        for fixture, form, image in self.images():
            shown = self.form(fixture, form)
            for old, new in ((shown, image), (image, shown)):
                self.assertEqual(set(), self.diff(old, new)[0])

    def test_drift_is_found(self):
        images, _ = self.diff(self.fixtures / "kernel-old", self.fixtures / "kernel-new")
        for form in FORMS:
            with self.subTest(form):
                old = self.form("kernel-debugfs-old", form)
                expected = {drift for drift, forms in DRIFT.items() if form in forms}
                self.assertLessEqual({d for d in expected if d[0] != "capability-added"}, images)
                found, _ = self.diff(old, self.fixtures / "kernel-new")
                self.assertEqual(expected, found)
                found, _ = self.diff(old, self.form("kernel-debugfs-new", form))
                self.assertEqual(expected, found)

    def test_inputs(self):
        """A mount, its folder, a copy of one, and single files."""
        mount = self.fixtures / "kernel-debugfs-old"
        whole = self.extract(mount)
        self.assertEqual(whole["apis"], self.extract(mount / "kapi")["apis"])
        self.assertEqual(whole["apis"], self.extract(mount, "--kind", "debugfs")["apis"])
        self.assertEqual({"fact": "specs", "state": "complete", "read": 9, "total": 9},
                         {k: v for k, v in whole["coverage"][0].items() if k != "detail"})
        self.assertEqual(["specs-json/sys_open:1", "specs/sys_open:1"],
                         sorted(o["section"] for o in whole["source"]["origins"]
                                if o["subject"] == "sys_open"))
        for part in ("specs", "specs-json"):
            one = self.extract(mount / "kapi" / part / "sys_open")
            self.assertEqual(["sys_open"], [api["name"] for api in one["apis"]])
        listed = self.extract(mount / "kapi" / "list")
        self.assertEqual([(a["name"], a["description"]) for a in whole["apis"]],
                         [(a["name"], a["description"]) for a in listed["apis"]])
        self.assertEqual(set(), self.diff(mount / "kapi" / "list", self.fixtures / "kernel-old")[0])

    def test_inputs_that_are_none(self):
        empty = self.folder / "empty"
        empty.mkdir()
        self.assertIn("CONFIG_KAPI_SPEC_DEBUGFS",
                      self.extract(empty, "--kind", "debugfs", status=2))
        other = self.folder / "other.txt"
        other.write_text("Kernel API documentation\n")
        self.assertIn("expected list", self.extract(other, "--kind", "debugfs", status=2))

    def test_cut_text(self):
        """A cut file is one API that is not compared; the others are."""
        whole = (self.fixtures / "kernel-debugfs-old/kapi/specs/sys_open").read_bytes()
        last_section = whole.rindex(b"\n\nExamples")  # behind it nothing tells a cut at its end
        for end in list(range(30, last_section, 331)):
            with self.subTest(end):
                folder = self.form("kernel-debugfs-old", "text")
                (folder / "specs/sys_open").write_bytes(whole[:end])
                found, result = self.diff(folder, self.fixtures / "kernel-new")
                names = {subject.split("/")[0] for _, subject in found}
                self.assertIn("sys_read", names)
                if whole[:end].endswith(b"\n\n"):
                    continue
                self.assertNotIn("sys_open", names)
                self.assertEqual(2, result.returncode)
                self.assertIn("sys_open", result.stderr)

    def test_cut_json(self):
        """With a text beside it nothing is lost but what only JSON says."""
        whole = (self.fixtures / "kernel-debugfs-old/kapi/specs-json/sys_open").read_bytes()
        for end in range(30, len(whole) - 2, 557):
            with self.subTest(end):
                folder = self.form("kernel-debugfs-old", "both")
                (folder / "specs-json/sys_open").write_bytes(whole[:end])
                found, result = self.diff(folder, self.fixtures / "kernel-new")
                self.assertEqual({d for d, forms in DRIFT.items() if "text" in forms}, found)
                self.assertEqual(0, result.returncode, result.stderr)
                self.assertRegex(result.stderr, r"specs-json/sys_open:\d+")
                folder = self.form("kernel-debugfs-old", "json")
                (folder / "specs-json/sys_open").write_bytes(whole[:end])
                found, result = self.diff(folder, self.fixtures / "kernel-new")
                self.assertNotIn("sys_open", {subject.split("/")[0] for _, subject in found})
                self.assertEqual(2, result.returncode)

    def test_long_json(self):
        """64 KiB are not enough for sys_long; its text is whole."""
        corpus = self.extract(self.fixtures / "kernel-debugfs-odd")
        api = next(a for a in corpus["apis"] if a["name"] == "sys_long")
        self.assertEqual(100000, len(api["long_description"]))
        self.assertEqual("Behind the cut", api["notes"])
        self.assertEqual("0x3", api["params"][0]["constraint"]["mask"])
        notice = next(d for d in corpus["diagnostics"] if d["code"] == "json-broken")
        self.assertEqual(("warning", "specs-json/sys_long:5"),
                         (notice["level"], notice["section"]))
        self.assertEqual("complete", corpus["coverage"][0]["state"])

    def test_other_bytes(self):
        for form in FORMS:
            corpus = self.extract(self.form("kernel-debugfs-odd", form))
            api = next(a for a in corpus["apis"] if a["name"] == "sys_words")
            self.assertEqual(["", "caf\\xe9 \\\\ bar", "caf\u00e9 \\ bar"],
                             [p.get("description", "") for p in api["params"]])
            self.assertIn("not-utf8", {d["code"] for d in corpus["diagnostics"]})

    def test_unsaid_is_unresolved(self):
        corpus = self.extract(self.form("kernel-debugfs-old", "text"))
        api = next(a for a in corpus["apis"] if a["name"] == "catalogue_register")
        self.assertEqual([{"path": "locks/none/type", "expression": "unknown"}], api["unresolved"])
        corpus = self.extract(self.form("kernel-debugfs-old", "both"))
        self.assertFalse([a for a in corpus["apis"] if "unresolved" in a])

    def test_listed_without_a_file(self):
        folder = self.form("kernel-debugfs-old", "both")
        for part in FORMS["both"]:
            (folder / part / "sys_open").unlink()
        corpus = self.extract(folder)
        self.assertEqual("partial", corpus["coverage"][0]["state"])
        found, result = self.diff(folder, self.fixtures / "kernel-old")
        self.assertEqual((set(), 2), (found, result.returncode))


if __name__ == "__main__":
    Debugfs.fixtures = pathlib.Path(sys.argv.pop())
    Debugfs.tool = pathlib.Path(sys.argv.pop())
    unittest.main()
