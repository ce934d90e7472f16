# SPDX-License-Identifier: GPL-2.0-only
"""A 64-bit little-endian ELF file to be damaged at places that are called by name."""
import struct

BTF_STRUCT, BTF_TYPEDEF = 4, 8
# Bytes after the 12 of a BTF type, by kind: once, and per element.
BTF_TRAILING = {1: 4, 3: 12, 14: 4, 17: 4}
BTF_REPEATED = {4: 12, 5: 12, 6: 8, 13: 8, 15: 12, 19: 12}

HEADER_MEMBERS = {"name": (0, "I"), "type": (4, "I"), "flags": (8, "Q"), "address": (16, "Q"),
                  "offset": (24, "Q"), "size": (32, "Q"), "link": (40, "I"), "info": (44, "I"),
                  "entry": (56, "Q")}


class Elf:
    def __init__(self, data):
        self.data = bytearray(data)
        self.table, (count, names) = self.get(40, "Q"), struct.unpack_from("<HH", data, 60)
        strings = self.header(names)["offset"]
        self.sections = {}
        for index in range(1, count):
            header = self.header(index)
            self.sections.setdefault(self.text(strings + header["name"]), header)

    def get(self, offset, form):
        return struct.unpack_from("<" + form, self.data, offset)[0]

    def put(self, offset, form, value):
        struct.pack_into("<" + form, self.data, offset, value)
        return self

    def text(self, offset):
        return self.data[offset:self.data.index(0, offset)].decode()

    def header(self, index):
        at = self.table + 64 * index
        return {"at": at} | {member: self.get(at + delta, form)
                             for member, (delta, form) in HEADER_MEMBERS.items()}

    def section(self, name, **members):
        """Writes members of a section's header."""
        for member, value in members.items():
            delta, form = HEADER_MEMBERS[member]
            self.put(self.sections[name]["at"] + delta, form, value)
        return self

    def end(self, name):
        """The address behind a section."""
        return self.sections[name]["address"] + self.sections[name]["size"]

    def inside(self, name, offset, form, value):
        """Writes into a section's bytes."""
        return self.put(self.sections[name]["offset"] + offset, form, value)

    def symbol(self, name):
        """The file offset of a symbol table entry."""
        table, strings = self.sections[".symtab"], self.sections[".strtab"]["offset"]
        for at in range(table["offset"], table["offset"] + table["size"], 24):
            if self.text(strings + self.get(at, "I")) == name:
                return at
        raise KeyError(name)

    def value(self, symbol):
        return self.get(self.symbol(symbol) + 8, "Q")

    def move(self, symbol, address):
        return self.put(self.symbol(symbol) + 8, "Q", address)

    def rename(self, symbol):
        strings = self.sections[".strtab"]["offset"]
        return self.put(strings + self.get(self.symbol(symbol), "I"), "B", ord("X"))

    def offset(self, address):
        for section in self.sections.values():
            if section["address"] and 0 <= address - section["address"] < section["size"]:
                return section["offset"] + address - section["address"]
        raise KeyError(hex(address))

    def spec(self, api, member, form, value):
        """Writes at an offset in a spec."""
        return self.put(self.offset(self.value("__kapi_spec_" + api)) + member, form, value)

    def slot(self, index, value):
        """Writes the index-th pointer of the spec array."""
        return self.put(self.offset(self.value("__start_kapi_specs")) + 8 * index, "Q", value)

    def btf(self, kind, name):
        """The id and the file offset of a BTF type."""
        start = self.sections[".BTF"]["offset"]
        length, types, size, strings = struct.unpack_from("<4I", self.data, start + 4)
        at, index = start + length + types, 0
        while at < start + length + types + size:
            index += 1
            info = self.get(at + 4, "I")
            found, count = info >> 24 & 31, info & 0xffff
            if (found, self.text(start + length + strings + self.get(at, "I"))) == (kind, name):
                return index, at
            at += 12 + BTF_TRAILING.get(found, 0) + BTF_REPEATED.get(found, 0) * count
        raise KeyError(name)
