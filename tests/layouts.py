#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Layouts and signatures held against a compiler, and BTF against DWARF.

For a kernel with BTF, bpftool writes its types as C; a compiler lays them out and
says by offsetof and sizeof where each field is that kapitool lists. Nothing of that is kapitool's:
not the reader, not the offsets. For an image with both, what kapitool reads from BTF and from DWARF
is the same, member by member.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

SKIPPED = 77


def extract(tool, image, *options):
    run = subprocess.run([tool, "extract", image, "-o", "-", "--only", "types", "--only",
                          "syscalls", *options], capture_output=True,
                         text=True)
    if run.returncode:
        sys.exit(f"{image}: kapitool extract failed:\n{run.stderr}")
    return json.loads(run.stdout)


def expressions(layout):
    """Of each field that C has an expression for: name, expression of its offset, of its size."""
    tag = {"struct": "struct ", "union": "union ", "typedef": ""}[layout["kind"]] + layout["name"]
    for field in layout.get("fields", ()):
        if "bits" in field:
            continue  # C has no address for it
        name = field["name"].replace("[]", "[0]")
        place = f"__builtin_offsetof({tag}, {name})"
        size = f"sizeof((({tag} *)0)->{name})" if "size" in field else None
        yield field, place, size


def compiled(image, layouts, folder):
    """The offsets and sizes that a compiler gives the fields, in the order of `layouts`."""
    header = subprocess.run(["bpftool", "btf", "dump", "file", image, "format", "c"],
                            capture_output=True, text=True)
    if header.returncode:
        sys.exit(f"{image}: bpftool: {header.stderr}")
    values = []
    for layout in layouts:
        tag = {"struct": "struct ", "union": "union ", "typedef": ""}[layout["kind"]]
        values.append(f"sizeof({tag}{layout['name']})")
        for _, place, size in expressions(layout):
            values += [place, size or "0"]
    source = folder / "layouts.c"
    source.write_text(header.stdout + "\nconst unsigned long long kapi_values[] = {\n" +
                      ",\n".join(values) + "\n};\n")
    output = folder / "layouts.o"
    run = subprocess.run(["gcc", "-w", "-ffreestanding", "-std=gnu11", "-c", source, "-o", output],
                         capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"{image}: gcc refuses what bpftool wrote:\n{run.stderr[:2000]}")
    data = folder / "layouts.bin"
    subprocess.run(["objcopy", "-O", "binary", "-j", ".rodata", output, data], check=True)
    raw = data.read_bytes()
    return [int.from_bytes(raw[i:i + 8], "little") for i in range(0, len(raw), 8)]


def against_compiler(tool, image):
    corpus = extract(tool, image, "--types", "btf")
    layouts = corpus.get("types", [])
    with tempfile.TemporaryDirectory() as folder:
        values = iter(compiled(image, layouts, pathlib.Path(folder)))
    fields = 0
    errors = []
    for layout in layouts:
        size = next(values)
        if layout.get("size") != size:
            errors.append(f"{layout['name']}: {layout.get('size')} bytes, the compiler says {size}")
        for field, _, _ in expressions(layout):
            fields += 1
            offset, size = next(values), next(values)
            if (field["offset"], field.get("size", 0)) != (offset, size):
                errors.append(f"{layout['name']}.{field['name']}: {field['offset']}+"
                              f"{field.get('size', 0)}, the compiler says {offset}+{size}")
    if not layouts:
        errors.append("no layouts were read")
    print(f"{image}: {len(layouts)} types, {fields} fields as the compiler has them")
    return errors


def by_name(items):
    return {tuple(item.get(key, "") for key in ("abi", "kind", "enumeration", "name")): item
            for item in items}


def against_dwarf(tool, image):
    """Both ways of reading one image give the same, where they read at all."""
    btf, dwarf = extract(tool, image, "--types", "btf"), extract(tool, image, "--types", "dwarf")
    errors = []
    for key in ("syscalls", "types", "constants"):
        of_btf, of_dwarf = by_name(btf.get(key, [])), by_name(dwarf.get(key, []))
        for item in (*of_btf.values(), *of_dwarf.values()):
            item.pop("signature_from", None)
        for name in sorted(of_btf.keys() | of_dwarf.keys()):
            if of_btf.get(name) != of_dwarf.get(name):
                errors.append(f"{key} {name}: BTF {of_btf.get(name)}\n  DWARF {of_dwarf.get(name)}")
        print(f"{image}: {len(of_btf)} {key} from BTF, {len(of_dwarf)} from DWARF")
    return errors


def surface(tool, image, types):
    corpus = extract(tool, image, "--types", types)
    for syscall in corpus["syscalls"]:
        del syscall["entry"], syscall["abi"]
    return {key: corpus.get(key, []) for key in ("syscalls", "types", "constants")}


def fixtures(tool, folder):
    """One source is the same surface whatever compiled it and however it is described."""
    expected = surface(tool, folder / "gcc", "dwarf")
    names = [layout["name"] for layout in expected["types"]]
    errors = []
    if names != ["choice", "option", "packet", "part", "signals_t", "transfer"]:
        errors.append(f"calls/gcc: types {names}")
    option = next(t for t in expected["types"] if t["name"] == "option")
    if option["size"] != 4:
        errors.append("calls/gcc: the struct option of another file was taken")
    signatures = {s["name"]: [(p["type_name"], p["name"]) for p in s.get("params", [])]
                  for s in expected["syscalls"]}
    if signatures != {
            "transfer": [("int", "fd"), ("const struct transfer *", "what"),
                         ("unsigned long", "size")],
            "choose": [("const union choice *", "choice"), ("struct option *", "option"),
                       ("const signals_t *", "mask")],
            "idle": [],
            "elsewhere": [("unsigned short", "mode"), ("const char *const *", "names"),
                          ("long long", "offset")]}:
        errors.append(f"calls/gcc: signatures {signatures}")
    for name in ("gcc-inlined", "gcc-dwarf4", "gcc-type-units", "gcc-type-units4",
                 "gcc-compressed", "gcc-lto", "clang", "clang-inlined", "arm64"):
        seen = surface(tool, folder / name, "dwarf")
        for key, value in seen.items():
            for new, old in zip(value, expected[key]):
                if new != old:
                    errors.append(f"calls/{name}: {new}\n  calls/gcc: {old}")
            if len(value) != len(expected[key]):
                errors.append(f"calls/{name}: {len(value)} {key}, calls/gcc has {len(expected[key])}")
    if surface(tool, folder / "s390x", "dwarf") != surface(tool, folder / "s390x-dwarf4", "dwarf"):
        errors.append("calls/s390x: DWARF 4 and 5 differ")
    for name in ("gcc", "arm64", "s390x", "i386"):
        errors += against_dwarf(tool, folder / name)
    return errors


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("folder", nargs="?", type=pathlib.Path, help="the fixtures calls")
    parser.add_argument("--real", action="store_true", help="Debian's kernels")
    arguments = parser.parse_args()
    images = []
    errors = fixtures(arguments.tool, arguments.folder) if arguments.folder else []
    if arguments.real:
        cache = pathlib.Path.home() / ".cache/kapitool/kernels"
        images = sorted(cache.glob("vmlinux-*-cloud-amd64"))
        if not images:
            print("no kernels; scripts/real-kernels fetches them")
            return SKIPPED
    for image in images:
        errors += against_compiler(arguments.tool, image)
        errors += against_dwarf(arguments.tool, image)
    print("\n".join(errors[:40]))
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
