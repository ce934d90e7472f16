#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Holds the includes of the source tree against the layers of docs/architecture.md.

Direction: a module includes only the modules that its row names. Crossing: another module is
reached through include/kapi/<module>.h only. Fences: a third-party library is used in its own
module only. No module's files include each other in a circle. Names: no two files define a type
of one name in one namespace, which the linker would take for the same type.
"""
import pathlib
import re
import sys

MAY_INCLUDE = {
    "base": [],
    "model": ["base"],
    "unpack": ["base"],
    "image": ["base", "unpack"],
    "types": ["base", "image"],
    "spec": ["base", "image", "types", "model"],
    "surface": ["base", "image", "types", "model"],
    "tables": ["base", "image", "types", "model"],
    "code": ["base", "image", "types", "model"],
    "names": ["base", "model"],
    "kdoc": ["base", "model", "names"],
    "source": ["base", "model", "unpack", "image", "types", "names", "spec", "surface", "tables",
               "code", "kdoc"],
    "diff": ["base", "model", "names"],
    "policy": ["base", "model", "diff"],
    "report": ["base", "model", "names", "diff"],
    "cli": ["base", "model", "source", "diff", "policy", "report"],
}

# Header pattern -> folders (below src/) that may include it.
FENCES = {
    r"^(libelf|gelf|elf)\.h$|^elfutils/(?!libdw)": ["image"],
    r"^(zlib|bzlib|lzma|zstd|lz4|lz4frame|archive|archive_entry)\.h$|^lzo/": ["unpack"],
    r"^dwarf\.h$|^elfutils/libdw": ["types"],
    r"^bpf/|^linux/btf\.h$": ["types"],
    r"^Zydis/|^capstone/": ["code"],
    r"^nlohmann/": ["model", "kdoc", "policy", "report/formats"],
    r"^toml\+\+/": ["policy"],
    r"^CLI/": ["cli"],
}

NAMESPACE = re.compile(r"^(?:namespace( [\w:]+)? \{|\}  // namespace.*)$", re.M)
TYPE = re.compile(r"^(?:struct|class|union|enum(?: class)?) (\w+)(?: final)?(?: :[^:;\n][^;\n]*)? \{", re.M)
RAW_STRING = re.compile(r'R"(\w*)\(.*?\)\1"', re.S)
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]', re.M)


def module_of(path, root):
    parts = path.relative_to(root).parts
    if parts[0] == "src":
        return parts[1]
    return module_of_public(path.relative_to(root / "include"))


def module_of_public(path):
    """kapi/<module>.h, or a part of it: kapi/<module>/<part>.h."""
    return pathlib.PurePath(path).with_suffix("").parts[1]


def check(root):
    errors, defined = [], {}
    files = sorted(p for d in ("src", "include") for p in (root / d).rglob("*")
                   if p.suffix in (".cc", ".h"))
    graph = {}
    for path in files:
        name = str(path.relative_to(root))
        module = module_of(path, root)
        if module not in MAY_INCLUDE:
            errors.append(f"{name}: no layer is named {module!r}")
            continue
        public = name.startswith("include/")
        graph[name] = []
        for entity in types_of(RAW_STRING.sub("", path.read_text())):
            first = defined.setdefault(entity, name)
            if first != name:
                errors.append(f"{name}: {entity} is also defined in {first}")
        for quote, target in INCLUDE.findall(path.read_text()):
            if target.startswith("kapi/"):
                other = module_of_public(target)
                if other != module and other not in MAY_INCLUDE[module]:
                    errors.append(f"{name}: {module} may not include {target}")
                graph[name].append("include/" + target)
            elif (root / "src" / target).exists():
                other = pathlib.PurePath(target).parts[0]
                if public:
                    errors.append(f"{name}: a public header includes the private {target}")
                elif other != module:
                    errors.append(f"{name}: {target} is private to {other}; use kapi/{other}.h")
                graph[name].append("src/" + target)
            elif quote == '"':
                errors.append(f"{name}: {target} is neither kapi/… nor a path below src/")
            for pattern, folders in FENCES.items():
                if re.search(pattern, target) and not any(
                        name.startswith(f"src/{folder}/") for folder in folders):
                    errors.append(f"{name}: <{target}> is fenced into {', '.join(folders)}")
    errors += circles(graph)
    return errors, len(files)


def types_of(text):
    """The qualified names of the types defined outside unnamed namespaces."""
    found, scopes, start = set(), [], 0
    for border in list(NAMESPACE.finditer(text)) + [None]:
        part = text[start:border.start() if border else len(text)]
        if None not in scopes:
            found |= {"::".join(scopes + [name]) for name in TYPE.findall(part)}
        if border is None:
            return found
        start = border.end()
        if border[0].startswith("}"):
            del scopes[-1:]
        else:
            scopes.append(border[1] and border[1].strip())


def circles(graph):
    """Units (a header with its source) that include each other."""
    unit = lambda n: re.sub(r"\.(cc|h)$", "", n)
    edges = {}
    for name, targets in graph.items():
        edges.setdefault(unit(name), set()).update(unit(t) for t in targets if unit(t) != unit(name))
    errors, state = [], {}

    def visit(node, trail):
        state[node] = "open"
        for target in sorted(edges.get(node, ())):
            if state.get(target) == "open":
                loop = trail[trail.index(target):] if target in trail else [target]
                errors.append("circle: " + " -> ".join(loop + [target]))
            elif target not in state:
                visit(target, trail + [target])
        state[node] = "done"

    for node in sorted(edges):
        if node not in state:
            visit(node, [node])
    return errors


def self_test(tmp):
    """Each kind of violation is found: a check that cannot fail is none."""
    def write(name, text):
        path = tmp / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    write("include/kapi/base.h", '#include "kapi/model.h"\n')
    write("include/kapi/model.h", "")
    write("src/base/a.h", '#include "base/b.h"\n')
    write("src/base/b.h", '#include "base/a.h"\n#include <libelf.h>\n')
    write("src/diff/c.cc", '#include "base/a.h"\n#include "nowhere.h"\n#include <nlohmann/json.hpp>\n')
    write("src/elsewhere/d.cc", "")
    for name in ("one", "two"):
        write(f"src/model/{name}.cc",
              "namespace kapi {\nnamespace {\nstruct Own {};\n}  // namespace\n"
              "struct Shared final {\n};\n}  // namespace kapi\n")
    errors = "\n".join(check(tmp)[0])
    if "::Own" in errors or "None" in errors:
        sys.exit(f"self-test: a type of an unnamed namespace was named in\n{errors}")
    for expected in ("base may not include kapi/model.h", "<libelf.h> is fenced into image",
                     "base/a.h is private to base", "nowhere.h is neither", "circle: ",
                     "<nlohmann/json.hpp> is fenced", "no layer is named 'elsewhere'",
                     "kapi::Shared is also defined in src/model/one.cc"):
        if expected not in errors:
            sys.exit(f"self-test: nothing found {expected!r} in\n{errors}")


def main():
    import tempfile
    with tempfile.TemporaryDirectory() as tmp:
        self_test(pathlib.Path(tmp))
    errors, count = check(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    print("\n".join(errors) if errors else f"{count} files keep to the layers")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
