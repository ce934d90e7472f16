#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The html format in a real browser: filters, keys, contrast, paper, no script, hostile text.

    html_page.py KAPITOOL FIXTURES [FOLDER]

With FOLDER, pictures of the pages are left there, for people to look at.
"""
import json
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest

import browser

KAPITOOL, FIXTURES = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
PICTURES = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None
EVIL = ('</script><script>alert(1)</script>"><img src=x onerror=alert(2)><!--</title></style>'
        "\x01\x1b[31m\u202eright to left\u2069 " + "w" * 300)
LIMIT = 5000  # findings on a page

VISIBLE = "return [...document.querySelectorAll('article')].filter(a => a.offsetParent !== null)"

CONTRAST = pathlib.Path(__file__).with_name("contrast.js").read_text()


def run(*args, status):
    result = subprocess.run([KAPITOOL, *map(str, args)], cwd=FIXTURES, text=True,
                            capture_output=True, timeout=120)
    assert result.returncode in status, (args, result.stderr)
    return result.stdout


def corpus(image):
    return json.loads(run("extract", image, status=[0]))


def with_text(value, text):
    """The same with the text in each place that holds running text."""
    running = {"description", "long_description", "condition", "detail", "banner", "release",
               "build_id", "notes", "examples", "compiler", "type_name", "target"}
    if isinstance(value, dict):
        return {k: text if k in running and isinstance(v, str) else with_text(v, text)
                for k, v in value.items()}
    return [with_text(v, text) for v in value] if isinstance(value, list) else value


def hostile(image, mark):
    kernel = with_text(corpus(image), EVIL + mark)
    kernel["source"]["file"] = EVIL
    for api in kernel["apis"]:
        for error in api.get("errors", []):
            error["name"] = EVIL + mark + error["name"]
    return kernel


def unread(kernel):
    for fact in kernel["coverage"]:
        if fact["fact"] == "specs":
            fact.update(state="partial")
    return kernel


def crowd(count):
    kernel = corpus("kernel-old")
    api = next(a for a in kernel["apis"] if a["name"] == "sys_open")
    kernel["apis"] = [dict(api, name=f"sys_open_{i:06}") for i in range(count)]
    kernel["source"].pop("origins", None)
    return kernel


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.server = browser.Server(cls.folder)
        cls.addClassCleanup(cls.server.server_close)
        cls.addClassCleanup(cls.server.shutdown)
        cls.browser = browser.Browser()
        cls.addClassCleanup(cls.browser.close)

        def stored(name, kernel):
            (cls.folder / f"{name}.json").write_text(json.dumps(kernel))
            return cls.folder / f"{name}.json"

        def page(name, *inputs):
            text = run("diff", "--format", "html", *inputs, status=[0, 1, 2])
            (cls.folder / f"{name}.html").write_text(text)

        page("pair", "kernel-old", "kernel-new")
        page("words", "--words", "kernel-old", "kernel-new")
        page("clean", "kernel-old", "kernel-old")
        page("failed", stored("partial", unread(corpus("kernel-old"))), "kernel-old")
        page("hostile", stored("a", unread(hostile("kernel-old", "1"))),
             stored("b", hostile("kernel-new", "2")))
        page("crowd", stored("all", crowd(LIMIT + 500)), stored("none", crowd(1)))

    def open(self, name, width=1440, anchor="", **screen):
        self.browser.screen(width, **screen)
        self.browser.open("about:blank")  # else a new anchor alone would not load the page anew
        self.browser.open(f"http://127.0.0.1:{self.server.server_port}/{name}.html{anchor}")

    def js(self, text, *arguments):
        return self.browser.script(text, *arguments)

    def shown(self):
        """The group and the rule of each finding that can be seen."""
        return self.js(VISIBLE + ".map(a => [a.parentElement.id, a.querySelector('.about')"
                       ".lastElementChild.textContent])")

    def choose(self, selector, text):
        self.js("const s = document.querySelector(arguments[0]);"
                "s.value = [...s.options].find(o => o.text === arguments[1]).value;"
                "s.dispatchEvent(new Event('input', {bubbles: true}))", selector, text)

    # ---- what is on the page

    def test_a_page_asks_for_nothing_and_has_nothing_to_complain_of(self):
        for name in ("pair", "clean", "failed", "hostile", "crowd"):
            with self.subTest(name):
                self.browser.log("browser")
                self.server.asked.clear()
                self.open(name)
                self.js(VISIBLE + ".length")
                self.assertEqual(self.server.asked, [f"/{name}.html"])
                self.assertEqual(self.browser.log("browser"), [])

    def test_structure(self):
        for name in ("pair", "clean", "failed", "hostile"):
            with self.subTest(name):
                self.open(name)
                self.assertEqual(self.js("return document.documentElement.lang"), "en")
                self.assertEqual(self.js("return document.compatMode"), "CSS1Compat")
                levels = self.js("return [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')]"
                                 ".map(h => +h.localName[1])")
                self.assertEqual(levels.count(1), 1)
                for before, after in zip(levels, levels[1:]):
                    self.assertLessEqual(after, before + 1, levels)
                for landmark in ("header", "main", "footer"):
                    self.assertEqual(self.js("return document.querySelectorAll('body > ' + "
                                             "arguments[0]).length", landmark), 1)
                ids = self.js("return [...document.querySelectorAll('[id]')].map(e => e.id)")
                self.assertEqual(len(ids), len(set(ids)))
                nameless = self.js(
                    "return [...document.querySelectorAll('input, select, button')].filter(e =>"
                    " !e.ariaLabel && !e.labels[0]?.textContent.trim() && !e.textContent.trim())"
                    ".length")
                self.assertEqual(nameless, 0)

    def test_the_title_and_the_heading_say_the_verdict(self):
        self.open("clean")
        self.assertRegex(self.js("return document.title"), "^No change: ")
        self.open("pair")
        self.assertRegex(self.js("return document.title"), r"^\d+ breaking changes: ")
        self.open("failed")
        self.assertRegex(self.js("return document.title"), "^No change in what could be read: ")
        alarm = self.js("return document.querySelector('.alarm').getBoundingClientRect().top")
        self.assertLess(alarm, 500, "seen without scrolling")
        self.assertIn("Incomplete: specs",
                      self.js("return document.querySelector('.alarm').innerText"))

    @unittest.skipUnless(shutil.which("tidy"), "no tidy")
    def test_tidy_has_nothing_to_say(self):
        for page in sorted(self.folder.glob("*.html")):
            result = subprocess.run(["tidy", "-q", "-e", page], capture_output=True, text=True)
            self.assertEqual(result.stderr[:2000], "", page.name)

    # ---- what can be done with it

    def test_filters(self):
        self.open("pair")
        everything = self.shown()
        groups = {group for group, _ in everything}
        self.assertEqual(groups, {"breaking", "review", "info"})
        self.browser.click("[value=breaking]")
        self.assertEqual({group for group, _ in self.shown()}, {"review", "info"})
        self.assertIsNone(self.js("return document.getElementById('breaking').offsetParent"))
        self.assertIn(f"{len(self.shown())} of ", self.js("return shown.textContent"))
        self.browser.click("#reset")
        self.assertEqual(self.shown(), everything)
        self.browser.click("[value=wording]")
        self.assertIn("wording", {group for group, _ in self.shown()})
        self.browser.click("#reset")
        self.choose("#rule", "error-added")
        self.assertEqual(self.shown(), [["review", "error-added"]])
        self.browser.click("#reset")
        self.choose("#api", "sys_open")
        subjects = self.js(VISIBLE + ".map(a => a.querySelector('.subject').textContent)")
        self.assertTrue(subjects)
        self.assertTrue(all(s.split("/")[0] == "sys_open" for s in subjects), subjects)
        self.choose("#rule", "error-added")
        self.assertEqual(self.shown(), [])

    def test_wording_is_shown_at_once_if_it_was_asked_for(self):
        self.open("words")
        self.assertIn(["wording", "words-changed"], self.shown())

    def test_search(self):
        self.open("pair")
        everything = len(self.shown())
        self.browser.click("#search")
        self.browser.keys(*"CAP_ipc madvise")
        self.assertEqual(self.shown(), [["breaking", "capability-required-added"]])
        self.browser.keys("Escape")
        self.assertEqual(len(self.shown()), everything)
        # What is said of a rule is not said of the finding.
        self.browser.keys(*"What to do")
        self.assertEqual(self.shown(), [])

    def test_keys(self):
        for width in (1000, 1440):  # the controls stay in view, in three lines and in two
            with self.subTest(width=width):
                self.keys_at(width)

    def keys_at(self, width):
        self.open("pair", width)
        focus = "return document.activeElement.id"
        at = ("return [...document.querySelectorAll('article')].filter(a => a.offsetParent)"
              ".indexOf(document.activeElement)")
        self.browser.keys("j")
        self.assertEqual(self.js(at), 0)
        self.browser.keys("j", "j")
        self.assertEqual(self.js(at), 2)
        top = self.js("return document.activeElement.getBoundingClientRect().top")
        below = self.js("return document.querySelector('.controls').getBoundingClientRect().bottom")
        self.assertGreaterEqual(top, below, "not behind the controls")
        self.browser.keys("k")
        self.assertEqual(self.js(at), 1)
        self.browser.keys("/")
        self.assertEqual(self.js(focus), "search")
        self.browser.keys("j", "k", "/")
        self.assertEqual(self.js("return search.value"), "jk/")
        self.browser.keys("Escape")
        self.browser.click("#keys")  # single keys can be switched off (WCAG 2.1.4)
        self.browser.keys("j")
        self.assertEqual(self.js(focus), "keys")

    def test_all_is_reached_with_tab_and_seen(self):
        self.open("pair")
        self.browser.keys("Tab")
        self.assertEqual(self.js("return document.activeElement.className"), "skip")
        self.assertGreaterEqual(
            self.js("return document.activeElement.getBoundingClientRect().left"), 0)
        self.browser.keys("Enter", "Tab")
        self.assertEqual(self.js("return document.activeElement.id"), "search")
        seen = set()
        for _ in range(16):
            style, width, name = self.js(
                "const e = document.activeElement, s = getComputedStyle(e);"
                "return [s.outlineStyle, parseFloat(s.outlineWidth), e.localName]")
            self.assertNotEqual(style, "none", name)
            self.assertGreaterEqual(width, 2, name)
            seen.add(name)
            self.browser.keys("Tab")
        self.assertEqual(seen, {"input", "select", "button", "summary"})
        self.js("document.querySelector('.why summary').focus()")
        self.browser.keys("Enter")
        self.assertTrue(self.js("return document.querySelector('.why').open"))

    def test_copy(self):
        self.open("pair")
        self.browser.click("article .copy")
        self.assertEqual(self.js("return document.querySelector('article .copy').textContent"),
                         "Copied")
        self.assertRegex(self.js("return getSelection().toString()"), "^[0-9a-f]{16}$")
        self.browser.click(".why summary")
        self.browser.click(".why .copy")
        self.assertRegex(self.js("return getSelection().toString()"),
                         r"^kapitool waive [0-9a-f]{16}( [0-9a-f]{16})* --reason 'REASON'$")

    def test_the_commands_of_the_page_accept_its_findings(self):
        self.open("pair")
        commands = self.js("return [...document.querySelectorAll('.why code')]"
                           ".map(c => c.textContent)")
        with tempfile.TemporaryDirectory() as folder:
            for command in commands:
                subprocess.run([KAPITOOL, *shlex.split(command)[1:]], cwd=folder, check=True,
                               capture_output=True, timeout=60)
            report = json.loads(run("diff", "--policy", f"{folder}/kapitool.toml", "--format",
                                    "json", "kernel-old", "kernel-new", status=[0]))
        self.assertEqual(report["summary"]["waived"], len(commands))
        self.assertEqual(len(report["findings"]), len(commands))

    def test_an_address_names_a_finding_whatever_the_filters_say(self):
        self.open("pair")
        wording = self.js("return document.querySelector('#wording article').id")
        self.open("pair", anchor="#" + wording)
        self.assertEqual(self.js("return document.activeElement.id"), wording)
        self.assertIn("wording", {group for group, _ in self.shown()})

    # ---- where it is read

    def test_no_width_needs_sideways_scrolling(self):
        for name in ("pair", "hostile", "failed"):
            for width in (320, 360, 768, 1440):
                with self.subTest(name=name, width=width):
                    self.open(name, width)
                    self.js("for (const d of document.querySelectorAll('details')) d.open = true")
                    self.assertLessEqual(
                        self.js("return document.documentElement.scrollWidth"), width)

    def test_contrast(self):
        for scheme in ("light", "dark"):
            for media in ("screen", "print"):
                for name in ("pair", "words", "failed", "hostile"):
                    with self.subTest(name=name, scheme=scheme, media=media):
                        self.open(name, scheme=scheme, media=media)
                        self.js("for (const d of document.querySelectorAll('details'))"
                                "d.open = true; scrollTo(0, 0)")
                        texts, poor = self.js(CONTRAST)
                        self.assertGreater(texts, 20)
                        self.assertEqual(poor, [])
        self.open("pair", scheme="dark")
        self.js("document.body.style.color = '#777'")
        self.assertNotEqual(self.js(CONTRAST)[1], [], "the measure finds what is poor")

    def test_light_and_dark_differ(self):
        grounds = []
        for scheme in ("light", "dark"):
            self.open("pair", scheme=scheme)
            grounds.append(self.js(
                "return getComputedStyle(document.documentElement).backgroundColor"))
        self.assertEqual(len(set(grounds)), 2)

    def test_on_paper(self):
        self.open("pair", width=760, media="print")
        self.assertIsNone(self.js("return document.getElementById('search').offsetParent"))
        self.assertIsNone(self.js("return document.querySelector('.copy').offsetParent"))
        self.assertIsNotNone(self.js("return document.getElementById('shown').offsetParent"))
        self.assertGreater(len(self.shown()), 3)
        folded = ("return [...document.querySelectorAll('.with li')]"
                  ".filter(l => !l.checkVisibility({contentVisibilityAuto: true})).length")
        self.assertEqual(self.js(folded), 0)
        self.js("dispatchEvent(new Event('beforeprint'))")
        self.assertEqual(self.js("return document.querySelectorAll('details:not([open])').length"),
                         0)
        self.js("dispatchEvent(new Event('afterprint'))")
        self.assertEqual(self.js("return document.querySelectorAll('details[open]').length"), 0)
        self.browser.screen(1440)
        pdf = self.browser.pdf()
        self.assertTrue(pdf.startswith(b"%PDF-"))
        self.assertGreater(len(re.findall(rb"/Type\s*/Page\b", pdf)), 1)

    def test_without_a_script(self):
        self.browser.scripting(False)
        self.addCleanup(self.browser.scripting, True)
        for width in (360, 1440):
            self.open("pair", width)
            total = self.js("return document.querySelectorAll('article').length")
            self.assertGreater(total, 10)
            self.assertEqual(len(self.shown()), total)
            for control in (".controls", ".copy"):
                self.assertEqual(self.js("return getComputedStyle(document.querySelector("
                                         "arguments[0])).display", control), "none")
            self.assertLessEqual(self.js("return document.documentElement.scrollWidth"), width)

    # ---- what it withstands

    def test_hostile_text_is_text(self):
        self.open("hostile")  # an alert would fail every call from here on
        self.assertEqual(self.js("return document.images.length"), 0)
        self.assertEqual(self.js("return document.scripts.length"), 1)
        handlers = self.js("return [...document.querySelectorAll('*')].filter(e => "
                           "[...e.attributes].some(a => a.name.startsWith('on'))).length")
        self.assertEqual(handlers, 0)
        body = self.js("return document.body.textContent")
        self.assertIn("<img src=x onerror=alert(2)>", body)
        self.assertIn("\\x01\\x1b[31m\\u202eright", body)
        self.assertNotRegex(body, "[\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1f\x7f]")
        self.browser.click("#search")
        self.browser.keys(*"<script>alert(1)")
        self.assertGreater(len(self.shown()), 0)

    def test_the_policy_of_the_page_holds(self):
        self.open("pair")
        self.js("const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
                "document.body.append(s);"
                "const i = new Image(); i.src = '/picture.png'; document.body.append(i);")
        self.assertIsNone(self.js("return window.ran ?? null"))
        self.assertNotIn("/picture.png", self.server.asked)
        refused = self.browser.log("browser")
        self.assertEqual(len(refused), 2, refused)
        self.assertTrue(all("Content Security Policy" in entry["message"] for entry in refused))

    def test_a_crowd(self):
        self.open("crowd")
        self.assertEqual(len(self.shown()), LIMIT)
        self.assertRegex(self.js("return document.querySelector('.notice').innerText"),
                         r"^\d+ of 5,\d+ findings are left out of this page")
        self.browser.click("#search")
        self.browser.keys(*"sys_open_004321")
        self.assertEqual(len(self.shown()), 1)
        self.browser.keys("Escape")
        self.assertEqual(len(self.shown()), LIMIT)

    def test_pictures(self):
        if PICTURES is None:
            self.skipTest("not asked for")
        PICTURES.mkdir(parents=True, exist_ok=True)
        for name in ("pair", "clean", "failed", "hostile"):
            for width in (360, 1440):
                for scheme in ("light", "dark"):
                    self.open(name, width, scheme=scheme)
                    height = min(self.js("return document.documentElement.scrollHeight"), 2600)
                    self.browser.screen(width, height, scheme=scheme)
                    self.browser.screenshot(PICTURES / f"{name}-{width}-{scheme}.png")
            self.open(name, 760, height=2000, media="print")
            self.browser.screenshot(PICTURES / f"{name}-print.png")


if __name__ == "__main__":
    if browser.missing():
        print("skipped: there is no", " and no ".join(browser.missing()))
        sys.exit(77)
    unittest.main(argv=sys.argv[:1], verbosity=1)
