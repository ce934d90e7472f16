#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The modules of Debian's kernels: all of a package with its kernel, and the types of one over the
BTF of its vmlinux, held against bpftool.

    real_modules.py KAPITOOL SOURCE
"""
import json
import lzma
import pathlib
import subprocess
import sys
import tempfile

SKIPPED = 77
MODULES = ("kernel/fs/xfs/xfs.ko", "kernel/fs/xfs/xfs.ko.xz")


def output(*command):
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True).stdout


def rows(corpus):
    return {row["fact"]: row for row in corpus["coverage"]}


def expect(what, got, wanted):
    if got != wanted:
        sys.exit(f"{what}: {got!r}, expected {wanted!r}")


def check_package(kapitool, package, tree, release):
    """Every module of the package is opened, from it and from where it is unpacked to."""
    listed = [line.split()[-1] for line in output("dpkg-deb", "-c", package).splitlines()]
    count = sum(path.endswith((".ko", ".ko.xz")) for path in listed)
    modules = tree / "lib" / "modules" / release / "kernel"
    for source, where in ((package, "package"), (tree / "boot" / f"vmlinuz-{release}", modules)):
        corpus = json.loads(output(kapitool, "extract", source, "--only", "specs",
                                   "--modules", where))
        row = rows(corpus)["modules"]
        expect(f"modules of {source}", (row["state"], row["read"], row["total"]),
               ("complete", count, count))
        errors = [d for d in corpus.get("diagnostics", []) if d["level"] == "error"]
        expect(f"errors of {source}", errors, [])
    return count


def types_by_bpftool(module, vmlinux):
    """Named structs of the module's own: sizes, and byte offsets of named members."""
    base = json.loads(output("bpftool", "-j", "btf", "dump", "file", vmlinux))["types"][-1]["id"]
    structs = {}
    for node in json.loads(output("bpftool", "-j", "btf", "dump", "file", module, "-B", vmlinux))[
            "types"]:
        if node["id"] > base and node["kind"] == "STRUCT" and node["name"] != "(anon)":
            members = {m["name"]: m["bits_offset"] // 8 for m in node["members"]
                       if m["name"] != "(anon)" and not m.get("bitfield_size")}
            structs.setdefault(node["name"], (node["size"], members))
    return structs


def check_types(kapitool, shipped, vmlinux, scratch):
    module = scratch / "xfs.ko"
    data = shipped.read_bytes()
    module.write_bytes(lzma.decompress(data) if shipped.suffix == ".xz" else data)
    wanted = types_by_bpftool(module, vmlinux)
    # As shipped it lies in the package's tree, where its kernel is found.
    for image, options in ((shipped, []), (module, ["--btf-base", vmlinux])):
        corpus = json.loads(output(kapitool, "extract", image, "--only", "types", "--scope", "all",
                                   *options))
        codes = {d["code"] for d in corpus.get("diagnostics", [])}
        expect(f"{image}: BTF was read", codes & {"btf-base-missing", "btf-malformed"}, set())
        found = {s["name"]: s for s in corpus["types"] if s.get("kind") == "struct"}
        compared = 0
        for name, (size, members) in wanted.items():
            if name not in found:
                sys.exit(f"{image}: struct {name} is missing")
            expect(f"{image}: size of {name}", found[name].get("size", 0), size)
            fields = {f["name"]: f.get("offset", 0) for f in found[name].get("fields", [])
                      if "name" in f}
            for member, offset in members.items():
                if member not in fields:  # of a type without a name, whose fields stand for it
                    fields[member] = min((at for field, at in fields.items()
                                          if field.startswith(f"{member}.")), default=None)
                expect(f"{image}: {name}.{member}", fields[member], offset)
                compared += 1
    return len(wanted), compared


def main():
    kapitool, source = sys.argv[1], pathlib.Path(sys.argv[2])
    kernels = subprocess.run([source / "scripts" / "real-kernels", "--cached"],
                             capture_output=True, text=True)
    if kernels.returncode != 0:
        print("no kernels here: run scripts/real-kernels")
        return SKIPPED
    paths = dict(line.split(" ", 1) for line in kernels.stdout.splitlines())
    for series in ("6.1", "6.12"):
        vmlinux, package = pathlib.Path(paths[series]), paths[f"{series}-package"]
        release = vmlinux.name.removeprefix("vmlinux-")
        with tempfile.TemporaryDirectory() as folder:
            tree = pathlib.Path(folder) / "tree"
            subprocess.run(["dpkg-deb", "-x", package, tree], check=True)
            count = check_package(kapitool, package, tree, release)
            print(f"{release}: {count} modules")
            modules = tree / "lib" / "modules" / release
            for shipped in filter(pathlib.Path.exists, (modules / name for name in MODULES)):
                structs, members = check_types(kapitool, shipped, vmlinux, pathlib.Path(folder))
                print(f"{release}: {structs} structs and {members} members of xfs as by bpftool")
    return 0


if __name__ == "__main__":
    sys.exit(main())
