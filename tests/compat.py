#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""`kapitool compat kapi` against the shapes of tools/kapi of PATCH v4: keys, lines, exit statuses.

The shapes stand in the tables below; what is in them comes from kernel-truth, a host program that
prints the C structures the fixture images are compiled from.

    compat.py KAPITOOL FIXTURES
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

TOP = ["name", "description", "long_description", "context_flags", "examples", "notes",
       "subsystem", "sysfs_path", "permissions", "capabilities", "state_transitions",
       "side_effects", "parameters", "return_spec", "errors", "locks", "struct_specs", "signals",
       "signal_masks", "constraints"]
KEYS = {
    "capabilities": "capability name action allows without_cap check_condition priority "
                    "alternatives",
    "state_transitions": "object from_state to_state condition description",
    "side_effects": "effect_type target condition description reversible",
    "parameters": "index name type_name description flags param_type constraint_type constraint "
                  "min_value max_value valid_mask enum_values size alignment size_param_idx",
    "return_spec": "type_name description return_type check_type success_value success_min "
                   "success_max error_values",
    "errors": "error_code name condition description",
    "locks": "lock_name lock_type scope description",
    "struct_specs": "name size alignment field_count fields description",
    "fields": "name field_type type_name offset size flags constraint_type min_value max_value "
              "valid_mask description",
    "signals": "signal_num signal_name direction action target condition description timing "
               "priority restartable interruptible queue sa_flags sa_flags_required "
               "sa_flags_forbidden state_required state_forbidden error_on_signal transform_to",
    "signal_masks": "name description",
    "constraints": "name description expression",
}
MAY_BE_NULL = {"check_condition", "condition", "constraint", "min_value", "max_value",
               "valid_mask", "size", "alignment", "size_param_idx", "success_value",
               "success_min", "success_max", "target", "description", "queue", "error_on_signal",
               "transform_to", "expression", "priority"}
# Enumerators by value.
TYPES = ["void", "int", "uint", "ptr", "struct", "union", "enum", "func_ptr", "array", "fd",
         "user_ptr", "path", "custom"]
FLAGS = {"in": 1, "out": 2, "inout": 3, "optional": 8, "const": 16, "volatile": 32, "user": 64,
         "dma": 128, "aligned": 256}
CONSTRAINTS = ["none", "range", "mask", "enum", "alignment", "power_of_two", "page_aligned",
               "nonzero", "user_string", "user_path", "user_ptr", "buffer", "custom"]
CHECKS = ["exact", "range", "error_check", "fd", "custom", "no_return"]
LOCKS = ["none", "mutex", "spinlock", "rwlock", "seqlock", "rcu", "semaphore", "custom"]
SCOPES = ["internal", "acquires", "releases", "caller_held"]
ACTIONS = ["default", "terminate", "coredump", "stop", "continue", "custom", "return", "restart",
           "queue", "discard", "transform"]
CONTEXTS = ["PROCESS", "SOFTIRQ", "HARDIRQ", "NMI", "ATOMIC", "SLEEPABLE", "PREEMPT_DISABLED",
            "IRQ_DISABLED"]
EFFECTS = ["alloc_memory", "free_memory", "modify_state", "signal_send", "file_position",
           "lock_acquire", "lock_release", "resource_create", "resource_destroy", "schedule",
           "hardware", "network", "filesystem", "process_state", "irreversible"]

# The blocks of the plain form in order, each with the lines it may have; {6} is six blanks.
DETAIL = r" {6}\S.*"
PLAIN = [
    (r"Detailed information for \w+:", [r"=+"]),
    (r"Description: .+", []),
    (r"Detailed Description:", [r".+"]),
    (r"Execution Context:", [r"  - KAPI_CTX_\w+"]),
    (r"Parameters \(\d+\):", [r"  \[\d+\] \w+ \(.*\)", r" {6}Flags: \w+( \| \w+)*",
                              r" {6}Constraint: .+", r" {6}Range: -?\d+ to -?\d+",
                              r" {6}Valid mask: 0x[0-9a-f]+", DETAIL]),
    (r"Return Value:", [r"  Type: .*", r"  Success value: -?\d+",
                        r"  Success range: -?\d+ to -?\d+", r"  .*"]),
    (r"Possible Errors \(\d+\):", [r"  \S+ \(-\d+\)", r" {6}Condition: .+", DETAIL]),
    (r"Notes:", [r".+"]),
    (r"Examples:", [r".+"]),
    (r"Required Capabilities:", [r"  .+ \(\d+\) - KAPI_CAP_[A-Z_]+", r"    Allows: .+",
                                 r"    Without capability: .+", r"    Condition: .+"]),
    (r"Signal Specifications \(\d+\):",
     [r"  .+ \(\d+\) - (UNKNOWN|[A-Z]+(\|[A-Z]+)*) - [A-Z]+",
      r" {6}Timing: (BEFORE|DURING|AFTER|EXIT|UNKNOWN)", r" {6}Priority: \d+",
      r" {6}S[At].* (required|forbidden): 0x[0-9a-f]+", DETAIL]),
    (r"Signal Masks \(\d+\):", [r"  \S+", DETAIL]),
    (r"Side Effects \(\d+\):", [r"  .+ - .*", r" {6}Condition: .+", r" {6}Reversible: yes"]),
    (r"State Transitions \(\d+\):", [r"  .+ : .+ -> .+", DETAIL]),
    (r"Additional Constraints \(\d+\):", [r"  \S.*", r" {6}Expression: .+", DETAIL]),
    (r"Locking Requirements \(\d+\):", [r"  .+ \([A-Z]+\)", r" {6}Scope: .+", DETAIL]),
    (r"Structure Specifications \(\d+\):",
     [r"  \w+ \(size=\d+, align=\d+\):", r" {6}Fields \(\d+\):", r" {8}- \w+ \(.*\):.*",
      r" {10}Range: \[-?\d+, -?\d+\]", r" {10}Mask: 0x[0-9a-f]+", DETAIL]),
]


class Compat(unittest.TestCase):
    maxDiff = None
    tool, fixtures = None, None

    def kapi(self, *arguments, status=0):
        result = subprocess.run([self.tool, "compat", "kapi", *map(str, arguments)],
                                capture_output=True, text=True)
        self.assertEqual(status, result.returncode, result.stderr)
        return result.stdout if status == 0 else (result.stdout, result.stderr)

    def image(self, *arguments, **options):
        return self.kapi("--vmlinux", self.fixtures / "kernel-old", *arguments, **options)

    @property
    def truth(self):
        printed = subprocess.run([self.fixtures / "kernel-truth-old"], capture_output=True,
                                 text=True, check=True).stdout
        return {api["name"]: api for api in json.loads(printed) if api["name"] != "sys_words"}

    def details(self, *arguments):
        return json.loads(self.kapi(*arguments, "-f", "json"))["api_details"]

    # ---- lists ----

    def test_list(self):
        names = sorted(self.truth)
        calls = [name for name in names if name.startswith("sys_")]
        others = [name for name in names if not name.startswith("sys_")]
        plain = ["", "System Calls:", "-" * 13, *("  " + n for n in calls),
                 "", "Functions:", "-" * 10, *("  " + n for n in others),
                 "", f"Total specifications found: {len(names)}"]
        self.assertEqual(plain, self.image().splitlines())
        rst = ["", "System Calls", "=" * 12, "", *(f"* **{n}** (*syscall*)" for n in calls),
               "", "Functions", "=" * 9, "", *(f"* **{n}** (*function*)" for n in others),
               "", f"**Total specifications found:** {len(names)}"]
        self.assertEqual(rst, self.image("--format=rst").splitlines())
        self.assertEqual({"apis": [{"name": n, "api_type": "syscall" if n in calls else "function"}
                                   for n in names]}, json.loads(self.image("-fJSON")))
        self.assertEqual(self.image(), self.kapi("--debugfs", self.fixtures / "kernel-debugfs-old"))

    # ---- JSON ----

    def shape(self, holder, key):
        for one in holder if isinstance(holder, list) else [holder]:
            self.assertEqual(KEYS[key].split(), list(one), key)
            for name, value in one.items():
                if value is None:
                    self.assertIn(name, MAY_BE_NULL, key)
            if "fields" in one:
                self.shape(one["fields"], "fields")

    def test_json_shape(self):
        for source in (["--vmlinux", self.fixtures / "kernel-old"],
                       ["--debugfs", self.fixtures / "kernel-debugfs-old"]):
            for name in self.truth:
                api = self.details(*source, name)
                self.assertEqual([key for key in TOP if key in api], list(api))
                for key in set(KEYS) & set(api):
                    self.assertTrue(api[key])
                    self.shape(api[key], key)

    def test_json_bytes(self):
        """Two blanks, an empty list as [], a newline at the end."""
        text = self.image("sys_open", "-f", "json")
        self.assertEqual(json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n", text)

    def test_json_values(self):
        pick = lambda element, *names: tuple(element.get(name) for name in names)
        for name, truth in self.truth.items():
            api = self.details("--vmlinux", self.fixtures / "kernel-old", name)
            self.assertEqual(["KAPI_CTX_" + c for c in CONTEXTS
                              if c.lower() in truth.get("contexts", [])],
                             api.get("context_flags", []))
            for index, (ours, p) in enumerate(zip(api.get("parameters", []),
                                                  truth.get("params", []), strict=True)):
                c = p.get("constraint", {"type": "none"})
                self.assertEqual(
                    (index, p["name"], TYPES.index(p["type"]), sum(FLAGS[f] for f in p["flags"]),
                     CONSTRAINTS.index(c["type"]), c.get("min"), c.get("max"),
                     int(c["mask"], 16) if "mask" in c else None,
                     sorted(map(str, c.get("values", []))), p.get("size", c.get("size")),
                     p.get("alignment", c.get("alignment")), p.get("size_param"),
                     p.get("constraint_text")),
                    (*pick(ours, "index", "name", "param_type", "flags", "constraint_type",
                           "min_value", "max_value", "valid_mask"), sorted(ours["enum_values"]),
                     *pick(ours, "size", "alignment", "size_param_idx", "constraint")))
            r, ours = truth["return"], api["return_spec"]
            self.assertEqual((TYPES.index(r["type"]), CHECKS.index(r["check"]),
                              r.get("success_value"), r.get("success_min"), r.get("success_max"),
                              sorted(r.get("error_values", []))),
                             pick(ours, "return_type", "check_type", "success_value",
                                  "success_min", "success_max", "error_values"))
            same = lambda kind, ours_key, shown, told: self.assertEqual(
                sorted(map(told, truth.get(kind, [])), key=str),
                sorted(map(shown, api.get(ours_key, [])), key=str))
            same("errors", "errors", lambda e: pick(e, "name", "error_code"),
                 lambda e: pick(e, "name", "code"))
            same("locks", "locks", lambda l: pick(l, "lock_name", "lock_type", "scope"),
                 lambda l: (l["name"], LOCKS.index(l["type"]), SCOPES.index(l["scope"])))
            same("side_effects", "side_effects", lambda e: pick(e, "target", "effect_type"),
                 lambda e: (e["target"], sum(1 << EFFECTS.index(t) for t in e["types"])))
            same("capabilities", "capabilities",
                 lambda c: pick(c, "name", "capability", "action") + (sorted(c["alternatives"]),),
                 lambda c: (c["name"], c["number"], "KAPI_CAP_" + c["action"].upper(),
                            sorted(c["alternatives"])))
            same("signals", "signals",
                 lambda s: pick(s, "signal_name", "signal_num", "action", "error_on_signal",
                                "transform_to", "restartable", "priority"),
                 lambda s: (s["name"], s.get("number", 0), ACTIONS.index(s["action"]),
                            s.get("error"), s.get("transform_to"), s.get("restartable", False),
                            s.get("priority", 0)))
            same("structs", "struct_specs",
                 lambda s: pick(s, "name", "size", "alignment", "field_count"),
                 lambda s: (s["name"], s["size"], s.get("alignment", 0), len(s["fields"])))

    def test_debugfs_words(self):
        """In that mode upstream prints contexts bare and actions as phrases."""
        source = ["--debugfs", self.fixtures / "kernel-debugfs-old"]
        api = self.details(*source, "sys_open")
        self.assertEqual(["PROCESS", "SLEEPABLE"], api["context_flags"])
        self.assertEqual({"Bypasses check", "Increases limit"},
                         {c["action"] for c in api["capabilities"]})

    # ---- text ----

    def test_plain_lines(self):
        for name in self.truth:
            lines = self.image(name).splitlines()
            self.assertEqual(["", f"Detailed information for {name}:", "=" * (26 + len(name))],
                             lines[:3])
            block = -1
            for line in filter(None, lines):
                following = [i for i in range(block + 1, len(PLAIN))
                             if re.fullmatch(PLAIN[i][0], line)]
                if following and not line.startswith(" "):
                    block = following[0]
                else:
                    self.assertTrue(any(re.fullmatch(p, line) for p in PLAIN[block][1]),
                                    f"{line!r} in {PLAIN[block][0]}")

    def test_plain_values(self):
        text = self.image("sys_catalogue")
        for lines in ("  [4] config (struct catalogue_config config)\n      Flags: IN\n"
                      "      Constraint: Members agree with each other\n",
                      "  [9] fd (int fd)\n      Flags: IN\n      Range: -100 to 1023\n",
                      "  [10] entries (struct catalogue_entry __user * entries)\n"
                      "      Flags: INOUT | USER\n"):
            self.assertIn(lines, text)
        self.assertNotIn("Range: 0 to 0", text)
        text = self.image("sys_write")
        self.assertIn("  Any signal (0) - RECEIVE - RETURN\n"
                      "      Condition: Before the first byte\n"
                      "      Timing: DURING\n      Priority: 0\n      Restartable: yes\n"
                      "      Interruptible: yes\n      Error on signal: -4\n", text)
        text = self.image("catalogue_register")
        self.assertIn("  catalogue_seq (SEQLOCK)\n      Scope: released (held on entry)\n", text)
        self.assertIn("  struct catalogue_entry : new -> refused\n"
                      "      Condition: The name is taken\n", text)

    def test_rst(self):
        for name in self.truth:
            lines = self.image(name, "-f", "rst").splitlines()
            self.assertEqual(["", name, "=" * len(name), ""], lines[:4])
            for at, line in enumerate(lines):
                if re.fullmatch(r"(-+|~+|=+)", line):
                    self.assertEqual(len(lines[at - 1]), len(line), lines[at - 1])
                    self.assertEqual(["", ""], [lines[at - 2], lines[at + 1]])
        text = self.image("catalogue_register", "-f", "rst")
        self.assertIn("Locks (6)\n---------\n\n", text)
        self.assertIn("* **catalogue_seq** *(seqlock)*\n", text)
        self.assertIn("* **catalogue_sem** *(semaphore)*\n", text)
        self.assertIn("* **struct catalogue_entry**: new \u2192 listed\n  Listed\n", text)
        self.assertIn(".. code-block:: c\n\n   close(fd);\n", self.image("sys_close", "-frst"))

    # ---- exit statuses and messages ----

    def test_unknown_api(self):
        out, err = self.image("open", status=1)
        self.assertEqual("API 'open' not found.\n", err)
        self.assertEqual(["", "Available APIs:", "  catalogue_register (function)"],
                         out.splitlines()[:3])
        for form in ("json", "rst"):
            self.assertEqual(("", "API 'open' not found.\n"),
                             self.image("open", "-f", form, status=1))

    def test_wrong_usage(self):
        image = self.fixtures / "kernel-old"
        for arguments in (["--vmlinux", image, "--debugfs", "/x"], ["--nonsense"], ["a", "b"],
                          ["--vmlinux"], ["-f"], ["-f", "json", "-f", "rst"]):
            out, err = self.kapi(*arguments, status=2)
            self.assertEqual("", out)
            self.assertRegex(err, r"^error: .+\n\nUsage: kapi ")
        self.assertEqual(("", "Error: Unknown output format: XML\n"),
                         self.kapi("-f", "XML", status=1))
        self.assertEqual("kapi 0.1.0\n", self.kapi("-V"))
        self.assertIn("Usage: kapi [OPTIONS] [API_NAME]", self.kapi("--help"))

    def test_inputs_that_fail(self):
        def error(*arguments):
            out, err = self.kapi(*arguments, status=1)
            self.assertEqual("", out)
            return err

        with tempfile.TemporaryDirectory() as folder:
            missing = pathlib.Path(folder) / "missing"
            self.assertEqual(f"Error: Failed to read vmlinux file: {missing}\n\nCaused by:\n"
                             "    No such file or directory (os error 2)\n",
                             error("--vmlinux", missing))
            self.assertEqual(f"Error: Debugfs path does not exist: {missing}\n",
                             error("--debugfs", missing))
            self.assertEqual("Error: Kernel API debugfs interface not found at: "
                             f"{folder}/kapi\n", error("--debugfs", folder))
            (pathlib.Path(folder) / "kapi").mkdir()
            self.assertTrue(error("--debugfs", folder).startswith(
                f"Error: Failed to read {folder}/kapi/list\n"))
            text = pathlib.Path(folder) / "text"
            text.write_text("no ELF")
            self.assertTrue(error("--vmlinux", text).startswith(
                "Error: Failed to parse ELF file\n\nCaused by:\n"))
            self.assertEqual("\nTotal specifications found: 0\n", self.kapi("--source", missing))
            self.assertEqual("{}\n", self.kapi("--source", missing, "-f", "json"))

    def test_one_spec_that_fails(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["cp", "-r", self.fixtures / "kernel-debugfs-old/kapi", folder],
                           check=True)
            for part in ("specs", "specs-json"):
                (pathlib.Path(folder) / "kapi" / part / "sys_open").write_text("{")
            result = subprocess.run([self.tool, "compat", "kapi", "--debugfs", folder],
                                    capture_output=True, text=True)
            self.assertEqual(0, result.returncode)
            self.assertIn("  sys_close\n", result.stdout)
            self.assertRegex(result.stderr, r"(?m)^Warning: failed to parse API spec 'sys_open': ")

    def test_closed_pipe(self):
        with subprocess.Popen([self.tool, "compat", "kapi", "--vmlinux",
                               self.fixtures / "kernel-old"], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True) as process:
            process.stdout.close()
            self.assertEqual("Error: Broken pipe (os error 32)\n", process.stderr.read())
            self.assertEqual(1, process.wait())


if __name__ == "__main__":
    Compat.fixtures = pathlib.Path(sys.argv.pop())
    Compat.tool = pathlib.Path(sys.argv.pop())
    unittest.main()
