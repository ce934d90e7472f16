#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Pages about one API, through the programs that read them: docutils and mandoc.

    show.py KAPITOOL FIXTURES

Every API and syscall of the fixture kernels is shown, and the same with texts that are markup of
every kind in each of their members. Neither reader may have anything to say.
"""
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import docutils.core
import docutils.nodes

KAPITOOL, FIXTURES = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
KERNELS = ["kernel-old", "kernel-new", "kernel-none", "kernel-s390x-btf"]
DATED = " #1 SMP Debian 6.99.0-1 (2026-08-14)"

# What other tools take for markup, and what no terminal should see.
EVIL = [
    ".SH NAME\n.so /etc/passwd", "'br\n'in 9", "\\fBbold\\fP \\n(.x \\*(lq", '"quoted" \'text\'',
    "- a\n- b\n  - c", "* one\n\n  deep\n* two", "1. one\n2. two", "iv) roman", "#. any",
    "=====", "text\n====", "a\n-\nb", "::", "example::\n\n    x", ".. note:: x", ".. _target:",
    ":field: x", ":math:`x`", "a*b **c** `d` ``e`` |f| g_ h__ [1]_ <i>", "__start_x _y_", "| line",
    ">>> python", "-o FILE  option", "--long=x", "+--+\n|  |\n+--+", "term : classifier", "a\tb",
    "\x1b[31mred\x07", "\u202eright to left\u2069", "line\u2028separator\u2029end", "café → 日本",
    "...", "..", "\\", "`", "T{\nx\nT}", "_", "word " * 60, "x" * 300, "a\u00a0b", "\r\n\f\v",
    "~^-'`\"", "%", "{}", "/V", "@", "http://example.org/_a_*", "user@example.org", "   ", "(a) b",
]


def run(*args, reader=None):
    return subprocess.run(args, input=reader, capture_output=True, text=True, timeout=120)


def show(corpus, name, form):
    result = run(KAPITOOL, "show", corpus, name, "--format", form)
    assert result.returncode == 0, (corpus, name, form, result.stderr)
    return result.stdout


def subjects(corpus):
    return ([api["name"] for api in corpus.get("apis", [])]
            + sorted({call["name"] for call in corpus.get("syscalls", [])}))


def docutils_says(page):
    """The document, and all that docutils has to say of it, information too."""
    said = io.StringIO()
    document = docutils.core.publish_doctree(page, settings_overrides={
        "report_level": 1, "halt_level": 5, "warning_stream": said, "_disable_config": True,
        "raw_enabled": False, "file_insertion_enabled": False})
    return document, said.getvalue()


def spoil(value, texts):
    """The same with other texts, except in tokens, which select how a member is shown."""
    tokens = ("kind", "type", "check", "scope", "action", "flags", "types", "contexts", "name")
    if isinstance(value, list):
        return [spoil(v, texts) for v in value]
    if isinstance(value, dict):
        return {k: v if k in tokens and isinstance(v, (str, list)) else spoil(v, texts)
                for k, v in value.items()}
    return next(texts) if isinstance(value, str) and not re.fullmatch("0x[0-9a-f]+", value) else value


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.corpora = {name: json.loads(run(KAPITOOL, "extract", FIXTURES / name).stdout)
                       for name in KERNELS}
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)

    def stored(self, name, corpus):
        file = pathlib.Path(self.folder.name) / f"{name}.json"
        file.write_text(json.dumps(corpus))
        return file

    def dated(self, name):
        corpus = json.loads(json.dumps(self.corpora[name]))
        corpus["source"]["banner"] += DATED
        return self.stored(name, corpus)

    def check_man(self, page, allowed=()):
        lint = run("mandoc", "-T", "lint", "-W", "style", reader=page)
        said = [line for line in lint.stdout.splitlines()
                if not any(known in line for known in allowed)]
        self.assertEqual(said, [], page)
        shown = run("mandoc", "-T", "utf8", reader=page)
        self.assertEqual((shown.returncode, shown.stderr), (0, ""))
        return re.sub(".\b", "", shown.stdout)

    def check_rst(self, page):
        document, said = docutils_says(page)
        self.assertEqual(said, "", page)
        for kind in ("problematic", "system_message", "reference", "image", "comment"):
            found = [n for n in document.findall(getattr(docutils.nodes, kind))
                     if n.astext() != "SPDX-License-Identifier: GPL-2.0"
                     and not n.get("refuri", "").startswith(("http", "mailto"))]
            self.assertEqual(found, [], page)
        return document

    def test_reStructuredText(self):
        for kernel, corpus in self.corpora.items():
            for name in subjects(corpus):
                with self.subTest(kernel=kernel, name=name):
                    document = self.check_rst(show(self.stored(kernel, corpus), name, "rst"))
                    self.assertEqual(document.next_node(docutils.nodes.title).astext(),
                                     next((api["name"] for api in corpus["apis"]
                                           if api["name"] in (name, f"sys_{name}")), name))

    def test_manual(self):
        for kernel, corpus in self.corpora.items():
            for name in subjects(corpus):
                with self.subTest(kernel=kernel, name=name):
                    shown = self.check_man(show(self.dated(kernel), name, "man"))
                    self.assertIn("2026-08-14", shown)

    def test_a_page_says_what_the_spec_says(self):
        for kernel, corpus in self.corpora.items():
            for api in corpus["apis"]:
                text = show(FIXTURES / kernel, api["name"], "rst")
                document = " ".join(self.check_rst(text).astext().split())
                manual = " ".join(self.check_man(show(self.dated(kernel), api["name"], "man")).split())
                plain = " ".join(show(FIXTURES / kernel, api["name"], "text").split())
                for said in ([e["name"] for e in api.get("errors", [])]
                             + [c["name"] for c in api.get("capabilities", [])]
                             + [p["name"] for p in api.get("params", [])]
                             + [e["description"] for e in api.get("errors", [])
                                if "description" in e and len(e["description"]) < 40
                                and e["description"].isascii()]):
                    with self.subTest(kernel=kernel, api=api["name"], said=said):
                        for page in (document, manual, plain):
                            self.assertIn(said, page)

    def test_no_text_is_markup(self):
        corpus = self.corpora["kernel-new"]
        for turn in range(0, len(EVIL), 3):
            texts = (text for _ in range(10000) for text in EVIL[turn:] + EVIL[:turn])
            spoiled = json.loads(json.dumps(corpus))
            spoiled["apis"] = spoil(spoiled["apis"], texts)
            spoiled["source"]["banner"] += DATED
            file = self.stored(f"evil-{turn}", spoiled)
            for api in corpus["apis"]:
                with self.subTest(turn=turn, api=api["name"]):
                    self.check_rst(show(file, api["name"], "rst"))
                    # Long words cannot be broken; tbl, fonts and requests must stay quiet.
                    self.check_man(show(file, api["name"], "man"), allowed=("longer than 80",))
                    text = show(file, api["name"], "text")
                    self.assertIsNone(re.search("[\x00-\x08\x0b-\x1f\u2028-\u202e\u2066-\u2069]", text))

    def test_names_may_be_anything(self):
        for text in EVIL:
            name = text.replace("/", "").strip().lstrip("-")
            if not name:
                continue
            elements = {"name": text, "code": -1, "condition": text}
            corpus = {"schema": 3, "source": {"kind": "elf", "banner": DATED, "bits": 64}, "apis": [{
                "name": name, "kind": "syscall", "version": 1, "description": text,
                "params": [{"name": text, "type_name": text, "type": "int"}],
                "errors": [elements, elements],
                "structs": [{"name": text, "fields": [{"name": text, "offset": 0}]}] * 2,
                "unresolved": [{"path": text, "expression": text}]}]}
            with self.subTest(text=text):
                file = self.stored("names", corpus)
                self.check_rst(show(file, name, "rst"))
                self.check_man(show(file, name, "man"), allowed=("longer than 80", "lower case character"))

    def test_without_a_date_the_release_stands_in_its_place(self):
        page = show(FIXTURES / "kernel-old", "open", "man")
        self.assertIn('"6.99.0\\-fixture"', page)
        self.check_man(page, allowed=("cannot parse date",))
        self.assertEqual(page, show(FIXTURES / "kernel-old", "open", "man"))

    def test_only_show_prints_pages(self):
        kernel = FIXTURES / "kernel-old"
        for form in ("rst", "man"):
            for args in (["diff", "--format", form, kernel, kernel], ["list", "--format", form, kernel],
                         ["diff", "-o", f"{form}:-", kernel, kernel], ["rules", "--format", form],
                         ["explain", "--format", form, "error-added"]):
                with self.subTest(args=args):
                    result = run(KAPITOOL, *args)
                    self.assertEqual((result.returncode, result.stdout), (2, ""))
                    self.assertRegex(result.stderr, f"{form}.*json,.*text")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
