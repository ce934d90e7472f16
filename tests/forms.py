#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""One spec in every form: what each says, and that comparing two forms invents nothing.

The image is compiled from C structures (fixtures/forms/spec.c) that were written by hand from the
rules of the framework's generator; the texts in fixtures/forms/text and the files of debugfs must
agree with it wherever their form can say it. The table of docs/forms.md is made of what was seen
(KAPI_RECORD=1 writes it).

    forms.py KAPITOOL FIXTURES PROJECT
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

# What the generator drops of a form, or a form does not print: where its corpus differs from the
# image's, and nowhere else.
SOURCES = {
    "short": set(),
    # An indented `error:` is a section of its own to kernel-doc.
    "blocks": {"signals.error"},
    # No count of parameters is written; line breaks stay; no key exists for a result's text or for
    # a signal's restart; what the lock keys say holds for all locks; behind a condition the rest of
    # a side effect is dropped.
    "flat": {"params", "long_description", "return.type_name", "return.success_max",
             "return.description", "locks.description", "locks.scope", "signals.restartable",
             "side_effects.reversible"},
}
DEBUGFS = {
    "debugfs text": {"params.size_param", "params.constraint_text", "return.type",
                     "signals.condition", "signals.error", "signals.interruptible",
                     "signals.restartable", "signals.timing", "side_effects.condition",
                     "side_effects.types", "capabilities.action", "capabilities.check_condition",
                     "capabilities.priority"},
    "debugfs JSON": {"params.constraint", "params.size_param", "params.constraint_text",
                     "state_transitions"},
}
# The changes planted in the new image.
DRIFT = {
    ("param-constraint-tightened", "sys_forms/params/fd"),
    ("param-constraint-tightened", "sys_forms/params/flags"),
    ("error-removed", "sys_forms/errors/EAGAIN"),
    ("lock-caller-held-added", "sys_forms/locks/rcu"),
    ("signal-action-changed", "sys_forms/signals/SIGINT"),
    ("side-effect-irreversible", "sys_forms/side_effects/the store's position"),
}


def differences(old, new, path=""):
    """Paths of the members in which two values differ, elements by their place."""
    if isinstance(old, dict) and isinstance(new, dict):
        found = set()
        for key in old.keys() | new.keys():
            inner = f"{path}.{key}" if path else key
            if key not in old or key not in new:
                found.add(inner)
            else:
                found |= differences(old[key], new[key], inner)
        return found
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return set().union(*(differences(a, b, path) for a, b in zip(old, new)), set())
    return set() if old == new else {path}


def members(value, path=""):
    """All paths down to the members of elements."""
    if isinstance(value, dict):
        return set().union(*(members(inner, f"{path}.{key}" if path else key)
                             for key, inner in value.items()))
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return set().union(*(members(inner, path) for inner in value))
    return {path}


class Forms(unittest.TestCase):
    maxDiff = None

    def run_tool(self, *arguments):
        result = subprocess.run([KAPITOOL, *map(str, arguments)], capture_output=True, text=True)
        self.assertIn(result.returncode, (0, 1), result.stderr)
        return result

    def api(self, *arguments):
        corpus = json.loads(self.run_tool("extract", *arguments).stdout)
        self.assertEqual([api["name"] for api in corpus["apis"]], ["sys_forms"])
        return corpus["apis"][0]

    def findings(self, *arguments):
        report = json.loads(self.run_tool("diff", "--format", "json", *arguments).stdout)
        self.assertTrue(any(row["fact"] == "specs" and row["compared"]
                            for row in report["coverage"]))
        return {(finding["rule"], finding["subject"]) for finding in report.get("findings", [])}

    def source(self, form):
        return FORMS / "text" / f"{form}.c"

    def debugfs(self, form, folder):
        """A copy of what debugfs shows, in one form only."""
        copy = pathlib.Path(folder) / "kapi"
        shutil.copytree(FIXTURES / "forms-debugfs" / "kapi", copy)
        shutil.rmtree(copy / ("specs-json" if form == "debugfs text" else "specs"))
        return copy

    def seen(self):
        image = self.api(FIXTURES / "forms-old")
        seen = {form: differences(image, self.api("--uapi", UAPI, self.source(form)))
                for form in SOURCES}
        for form in DEBUGFS:
            with tempfile.TemporaryDirectory() as folder:
                seen[form] = differences(image, self.api(self.debugfs(form, folder)))
        return image, seen

    def test_each_form_says_what_the_fact_sheets_let_it_say(self):
        _, seen = self.seen()
        for form, expected in (SOURCES | DEBUGFS).items():
            with self.subTest(form):
                self.assertEqual(seen[form], expected)

    def test_what_the_generator_drops_is_told(self):
        for form, words in {"short": [], "blocks": ["item-dropped", "section-split"],
                            "flat": ["params-uncounted", "shared-value", "text-lost"]}.items():
            result = self.run_tool("extract", "--uapi", UAPI, self.source(form), "-o", os.devnull)
            with self.subTest(form):
                self.assertEqual(bool(words), bool(result.stderr), result.stderr)
                for word in words:
                    self.assertIn(f"[{word}]", result.stderr)

    def test_text_and_image_of_one_spec_do_not_differ(self):
        for options in ([], ["--uapi", UAPI]):
            for pair in ([self.source("short"), FIXTURES / "forms-old"],
                         [FIXTURES / "forms-old", self.source("short")]):
                result = self.run_tool("diff", "--words", *options, *pair)
                self.assertEqual(result.returncode, 0, result.stdout)
                self.assertIn("0 breaking, 0 review, 0 info", result.stdout)
        # Without the headers the mask has names only, and that is said.
        self.assertIn("FORMS_NOWAIT | FORMS_PEEK | 0x10",
                      self.run_tool("diff", self.source("short"), FIXTURES / "forms-old").stdout)

    def test_debugfs_and_image_of_one_spec_do_not_differ(self):
        for form in DEBUGFS:
            with tempfile.TemporaryDirectory() as folder:
                copy = self.debugfs(form, folder)
                for pair in ([copy, FIXTURES / "forms-old"], [FIXTURES / "forms-old", copy]):
                    self.assertEqual(self.findings("--words", *pair), set(), form)

    def test_each_planted_drift_is_found(self):
        image = FIXTURES / "forms-new"
        self.assertEqual(self.findings("--uapi", UAPI, self.source("short"), image), DRIFT)
        # The names of the mask are not known: one finding less, nothing invented.
        self.assertEqual(self.findings(self.source("short"), image),
                         DRIFT - {("param-constraint-tightened", "sys_forms/params/flags")})
        self.assertEqual(self.findings(FIXTURES / "forms-debugfs", image), DRIFT)

    def test_two_texts_of_one_spec_differ_in_what_one_loses(self):
        self.assertEqual(self.findings(self.source("short"), self.source("blocks")),
                         {("signal-changed", "sys_forms/signals/SIGINT")})

    def test_the_table_of_the_documentation(self):
        image, seen = self.seen()
        columns = ["short", "blocks", "flat", "debugfs text", "debugfs JSON"]
        lines = ["| member | " + " | ".join(columns) + " |",
                 "|---" * (len(columns) + 1) + "|"]
        for member in sorted(members(image)):
            cells = []
            for form in columns:
                lost = any(member == path or member.startswith(path + ".")
                           or path.startswith(member + ".") for path in seen[form])
                cells.append("–" if lost else "same")
            lines.append(f"| `{member}` | " + " | ".join(cells) + " |")
        page = PROJECT / "docs" / "forms.md"
        text = page.read_text()
        begin = text.index("| member |")
        end = text.index("\n\n", begin)
        if os.environ.get("KAPI_RECORD"):
            page.write_text(text[:begin] + "\n".join(lines) + text[end:])
        else:
            self.assertEqual(text[begin:end], "\n".join(lines))


if __name__ == "__main__":
    KAPITOOL, FIXTURES, PROJECT = sys.argv[1], *map(pathlib.Path, sys.argv[2:4])
    FORMS = PROJECT / "fixtures" / "forms"
    UAPI = FORMS / "uapi"
    unittest.main(argv=sys.argv[:1])
