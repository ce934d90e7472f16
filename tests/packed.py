#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Whatever a kernel is packed in, it reads as the kernel inside.

The fixture kernel is packed by the tools that pack kernels, put into the forms that boot loaders
read (their headers are written here from their documentation), and into packages by the tools that
make packages. Whatever lies, leads out or is cut short is refused, and no file is ever written.

    packed.py KAPITOOL FIXTURES SOURCE Made|Real
"""
import io
import json
import pathlib
import struct
import subprocess
import sys
import tarfile
import tempfile
import unittest

KAPITOOL, FIXTURES, SOURCE = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
KERNEL = FIXTURES / "kernel-old"
NEWER = FIXTURES / "kernel-new"
MODULE = FIXTURES / "module-btf.ko"
SKIPPED = 77

# What the tool calls a packing, and the command that packs kernels so.
PACKERS = {
    "gzip": ["gzip", "-nc"],
    "xz": ["xz", "--check=crc32", "--x86", "--lzma2=dict=32MiB", "-c"],
    "lzma": ["xz", "--format=lzma", "-9", "-c"],
    "zstd": ["zstd", "-qc"],
    "lz4": ["lz4", "-qlc"],
    "bzip2": ["bzip2", "-c"],
    "lzo": ["lzop", "-qc"],
}


def pack(name, data):
    return subprocess.run(PACKERS[name], input=data, capture_output=True, check=True).stdout


def payload_of(name, data):
    """As the kernel's build packs: with the size behind it, but for gzip, which says it itself."""
    return pack(name, data) + (b"" if name == "gzip" else struct.pack("<I", len(data)))


# ---- the forms of boot loaders -------------------------------------------------------------------

def bz_image(payload, protocol=0x20f, sectors=7):
    """Documentation/arch/x86/boot.rst"""
    stub = b"\x90" * 0x2c4
    head = bytearray((sectors + 1) * 512)
    head[:2] = b"MZ"
    head[0x1f1] = sectors
    struct.pack_into("<H", head, 0x1fe, 0xaa55)
    head[0x202:0x206] = b"HdrS"
    struct.pack_into("<H", head, 0x206, protocol)
    struct.pack_into("<II", head, 0x248, len(stub), len(payload))
    return bytes(head) + stub + payload + bytes(4096)


def zboot(payload):
    """drivers/firmware/efi/libstub/zboot-header.S"""
    head = b"MZ\0\0zimg" + struct.pack("<IIII", 0x400, len(payload), 0, 0) + b"any\0"
    return head + bytes(0x400 - len(head)) + payload + b"PE sections" * 99


def z_image(payload):
    """arch/arm/boot/compressed/head.S. What looks like packed data and is no kernel lies before."""
    head = struct.pack("<8I", *[0xe1a00000] * 8) + bytes(4) + struct.pack("<I", 0x016f2818)
    trap = b"\x1f\x8b\x08" + bytes(99) + pack("gzip", b"no kernel" * 99)
    return head + bytes(0x400 - len(head)) + trap + payload + bytes(77)


def s390_image(payload):
    """arch/s390/boot/head.S"""
    return bytes(0x10008) + b"S390EP" + bytes(0x800) + payload + bytes(512)


FORMS = {"bzImage": bz_image, "EFI zboot": zboot, "zImage": z_image}


class Case(unittest.TestCase):
    maxDiff = 4000

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_tool(self, command, *arguments):
        run = subprocess.run([KAPITOOL, command, "--no-system-debug-dir", *map(str, arguments)],
                             capture_output=True, text=True, cwd=self.folder)
        self.assertNotIn("runtime error", run.stderr)
        return run

    def write(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        return path

    def extract(self, image):
        run = self.run_tool("extract", image)
        self.assertEqual(run.returncode, 0, run.stderr)
        return json.loads(run.stdout)

    def same(self, image, expected, wrapping, notes=()):
        """The image reads as another does, with this wrapping and these diagnostics more. Gives
        what it is called."""
        found, wanted = self.extract(image), self.extract(expected)
        known = wanted.pop("diagnostics", [])
        more = [d["code"] for d in found.pop("diagnostics", []) if d not in known]
        self.assertEqual(more, list(notes))
        self.assertEqual(found["source"].pop("wrapping", []),
                         wrapping + wanted["source"].pop("wrapping", []))
        del wanted["source"]["file"]
        file = found["source"].pop("file")
        self.assertEqual(found, wanted)
        return file

    def refused(self, image, *parts):
        """With one message that has these parts, and without a trace."""
        before = sorted(self.folder.rglob("*"))
        run = self.run_tool("extract", image)
        self.assertEqual((run.returncode, run.stdout), (2, ""), run.stderr)
        self.assertEqual(len(run.stderr.splitlines()), 1, run.stderr)
        for part in parts:
            self.assertIn(part, run.stderr)
        self.assertEqual(sorted(self.folder.rglob("*")), before)


class Made(Case):
    # ---- packed ----------------------------------------------------------------------------------
    def test_packed_images_and_modules(self):
        for image in (KERNEL, MODULE):
            for name in PACKERS:
                with self.subTest(image=image.name, packer=name):
                    packed = self.write("packed", pack(name, image.read_bytes()))
                    self.same(packed, image, [name])

    def test_every_form_with_every_packer(self):
        for form, make in FORMS.items():
            for name in PACKERS:
                with self.subTest(form=form, packer=name):
                    image = self.write("vmlinuz", make(payload_of(name, KERNEL.read_bytes())))
                    self.same(image, KERNEL, [form, name])

    def test_s390(self):
        kernel = FIXTURES / "kernel-s390x-btf"
        image = self.write("vmlinuz", s390_image(payload_of("xz", kernel.read_bytes())))
        self.same(image, kernel, ["bzImage", "xz"])

    def test_before_the_header_said_where_the_payload_is(self):
        image = bz_image(pack("gzip", KERNEL.read_bytes()), protocol=0x207)
        self.same(self.write("vmlinuz", image), KERNEL, ["bzImage", "gzip"])

    def test_nested(self):
        data = bz_image(pack("xz", KERNEL.read_bytes()))
        for name in ("zstd", "gzip"):
            data = pack(name, data)
        self.same(self.write("vmlinuz.zst.gz", data), KERNEL, ["gzip", "zstd", "bzImage", "xz"])
        for _ in range(3):
            data = pack("gzip", data)
        self.refused(self.write("deep", data), "packed more than 4 times")

    def test_cut_short_or_damaged(self):
        payload = pack("xz", KERNEL.read_bytes())
        whole = bz_image(payload)
        damaged = bytearray(payload)
        damaged[len(damaged) // 2] ^= 0xff
        for data, *reason in (
                (whole[:len(whole) // 2], "the bzImage was cut short"),
                (bz_image(payload[:-2000]), "it was cut short"),
                (bz_image(b"x" * 99), "the bzImage is damaged"),
                (zboot(payload)[:5000], "the EFI zboot was cut short"),
                (z_image(payload)[:-4000], "is a zImage, but no kernel in it can be unpacked"),
                (z_image(b"nothing"), "is a zImage, but no kernel in it can be unpacked"),
                (payload[:5000], "it was cut short"),
                (bytes(damaged), "no sound xz data"),
                (pack("gzip", b"words\n" * 99), "text")):
            with self.subTest(reason=reason):
                self.refused(self.write("vmlinuz", data), *reason)

    def test_bombs(self):
        zeros = bytes(64 << 20)
        reason = "unpacks to more than 256 times its size"
        for name in ("xz", "zstd", "gzip", "bzip2"):
            with self.subTest(packer=name):
                bomb = pack(name, zeros)
                for data in (bomb, bz_image(bomb), pack("gzip", bomb)):
                    self.refused(self.write("bomb", data), reason)
        for packer in ("gz", "xz", "bz2"):
            with self.subTest(tar=packer):
                path = self.folder / f"bomb.tar.{packer}"
                with tarfile.open(path, f"w:{packer}") as archive:
                    add(archive, "boot/vmlinuz-1", zeros)
                self.refused(path, reason)

    # ---- packages --------------------------------------------------------------------------------
    def tree(self, files):
        """A folder to make a package of: paths with their bytes, or what a link says."""
        root = self.folder / "root"
        for path, content in files.items():
            path = root / path
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, str):
                path.symlink_to(content)
            else:
                path.write_bytes(content)
        return root

    def tar(self, root, name="kernel.tar"):
        path = self.folder / name
        subprocess.run(["tar", "-C", root, "--sort=name", "-cf", path, "."], check=True)
        return path

    def vmlinuz(self, image=KERNEL):
        return bz_image(payload_of("zstd", image.read_bytes()))

    VMLINUZ = ["bzImage", "zstd"]

    def test_debian_packages(self):
        root = self.tree({
            "boot/vmlinuz-6.99.0-fixture": self.vmlinuz(), "boot/config": b"CONFIG_AIO=y\n",
            "DEBIAN/control": b"Package: linux-image\nVersion: 1\nArchitecture: all\n"
                              b"Maintainer: x <x@example.org>\nDescription: a kernel\n"})
        for packer in ("xz", "gzip", "zstd", "none"):
            with self.subTest(packer=packer):
                deb = self.folder / "linux-image.deb"
                subprocess.run(["dpkg-deb", f"-Z{packer}", "-b", root, deb], check=True,
                               capture_output=True)
                self.assertEqual(self.same(deb, KERNEL, self.VMLINUZ),
                                 "linux-image.deb:boot/vmlinuz-6.99.0-fixture")
                self.refused(self.write("cut.deb", deb.read_bytes()[:-1000]), "cut short",
                             "data.tar")

    def test_rpm_packages(self):
        root = self.tree({"lib/modules/6.99/vmlinuz": self.vmlinuz(),
                          "lib/modules/6.99/.vmlinuz.hmac": b"a sum"})
        spec = self.write("kernel.spec", f"""
Name: kernel
Version: 1
Release: 1
Summary: a kernel
License: GPL
BuildArch: noarch
%description
%install
mkdir -p %{{buildroot}}
cp -r {root}/. %{{buildroot}}
%files
/lib/modules/6.99
""".encode())
        for payload in ("w9.gzdio", "w7.xzdio", "w19.zstdio", "w9.bzdio", "w7.lzdio"):
            with self.subTest(payload=payload):
                subprocess.run(["rpmbuild", "-bb", "--define", f"_topdir {self.folder}/rpm",
                                "--define", f"_binary_payload {payload}",
                                "--define", "__os_install_post true", spec],
                               check=True, capture_output=True)
                rpm = self.folder / "rpm/RPMS/noarch/kernel-1-1.noarch.rpm"
                self.assertEqual(self.same(rpm, KERNEL, self.VMLINUZ),
                                 "kernel-1-1.noarch.rpm:lib/modules/6.99/vmlinuz")
                self.refused(self.write("cut.rpm", rpm.read_bytes()[:-1000]), "cut short",
                             "payload")

    def test_tars(self):
        tar = self.tar(self.tree({"boot/vmlinuz-1": self.vmlinuz(), "boot/vmlinuz": "vmlinuz-1"}))
        self.assertEqual(self.same(tar, KERNEL, self.VMLINUZ), "kernel.tar:boot/vmlinuz-1")
        for name in ("gzip", "xz", "zstd", "bzip2", "lzma"):
            with self.subTest(packer=name):
                packed = self.write("kernel.packed", pack(name, tar.read_bytes()))
                self.same(packed, KERNEL, self.VMLINUZ)
        self.refused(self.write("cut.tar", tar.read_bytes()[:-12000]), "cut short")

    def test_the_image_that_says_most_is_read(self):
        tar = self.tar(self.tree({"boot/vmlinuz-1": self.vmlinuz(), "boot/System.map-1": b"",
                                  "usr/lib/debug/boot/vmlinux-1": NEWER.read_bytes(),
                                  "boot/vmlinux.lds": b"words", "boot/.vmlinuz-1.hmac": b""}))
        self.assertEqual(self.same(tar, NEWER, [], ["package-image"]),
                         "kernel.tar:usr/lib/debug/boot/vmlinux-1")
        note = next(d for d in self.extract(tar)["diagnostics"] if d["code"] == "package-image")
        self.assertEqual(note["level"], "note")
        self.assertTrue(note["message"].endswith("also holds boot/vmlinuz-1"), note["message"])
        for member in ("boot/vmlinuz-1", "/boot/vmlinuz-1", "./boot//vmlinuz-1"):
            self.assertEqual(self.same(f"{tar}:{member}", KERNEL, self.VMLINUZ),
                             "kernel.tar:boot/vmlinuz-1")

    def test_several_of_equal_worth(self):
        tar = self.tar(self.tree({"boot/vmlinuz-1": self.vmlinuz(),
                                  "boot/vmlinuz-2": self.vmlinuz(NEWER)}))
        self.refused(tar, "holds 2 kernel images of equal worth: boot/vmlinuz-1, boot/vmlinuz-2",
                     f"name one, as in {tar}:boot/vmlinuz-1")
        self.same(f"{tar}:boot/vmlinuz-2", NEWER, self.VMLINUZ)

    def test_none(self):
        tar = self.tar(self.tree({"usr/share/doc": b"words"}))
        self.refused(tar, "no kernel image among them", "expected boot/vmlinuz-")
        self.refused(f"{tar}:boot/vmlinuz", "holds no file boot/vmlinuz")
        self.refused(f"{KERNEL}:boot/vmlinuz", "is no package, so there is no boot/vmlinuz in it")
        self.refused("nothing.deb:boot/vmlinuz", "nothing.deb:boot/vmlinuz: cannot be opened")
        modules = self.tar(self.tree({"lib/modules/gadget.ko": MODULE.read_bytes()}), "m.tar")
        self.refused(modules, "there are modules: lib/modules/gadget.ko")
        self.same(f"{modules}:lib/modules/gadget.ko", MODULE, [])

    def test_a_colon_in_the_name_of_a_file(self):
        self.same(self.write("a:b", KERNEL.read_bytes()), KERNEL, [])

    def test_links_and_paths_that_lead_out(self):
        secret = self.write("secret", KERNEL.read_bytes())
        path = self.folder / "links.tar"
        with tarfile.open(path, "w") as archive:
            link(archive, "boot/vmlinuz-out", str(secret))
            link(archive, "boot/vmlinuz-up", "../../../../../.." + str(secret))
            link(archive, "boot/vmlinuz-hard", str(secret), tarfile.LNKTYPE)
            add(archive, "../vmlinuz", self.vmlinuz())
            add(archive, "boot/../../vmlinuz-2", self.vmlinuz())
        self.refused(path, "no kernel image among them")
        for member in ("boot/vmlinuz-out", "boot/vmlinuz-up", "boot/vmlinuz-hard", "../vmlinuz"):
            self.refused(f"{path}:{member}", f"holds no file {member}")
        with tarfile.open(path, "w") as archive:
            add(archive, "../vmlinuz", self.vmlinuz())
            add(archive, "usr/lib/modules/1/vmlinuz", self.vmlinuz(NEWER))
            link(archive, "lib", "usr/lib")
            link(archive, "boot/vmlinuz", "../lib/modules/1/vmlinuz")
        for name in (path, f"{path}:boot/vmlinuz"):
            self.assertEqual(self.same(name, NEWER, self.VMLINUZ, ["package-path"]),
                             "links.tar:usr/lib/modules/1/vmlinuz")


def add(archive, name, data):
    member = tarfile.TarInfo(name)
    member.size = len(data)
    archive.addfile(member, io.BytesIO(data))


def link(archive, name, target, kind=tarfile.SYMTYPE):
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    archive.addfile(member)


class Real(Case):
    """Debian's kernels: the package, the vmlinuz in it, and the vmlinux of the same build."""

    def test_package_and_vmlinuz_are_of_the_build(self):
        for name, packing in (("6.1", "lz4"), ("6.12", "zstd"), ("6.12-previous", "zstd")):
            with self.subTest(kernel=name):
                vmlinux = self.extract(KERNELS[name])["source"]
                vmlinuz = self.extract(KERNELS[f"{name}-vmlinuz"])["source"]
                for member in ("build_id", "banner", "release", "architecture", "endianness"):
                    self.assertEqual(vmlinuz[member], vmlinux[member])
                self.assertEqual(vmlinuz["wrapping"], ["bzImage", packing])
                package = pathlib.Path(KERNELS[f"{name}-package"])
                self.assertEqual(self.same(package, KERNELS[f"{name}-vmlinuz"], []),
                                 f"{package.name}:boot/vmlinuz-{vmlinux['release']}")

    def test_cut_short(self):
        whole = pathlib.Path(KERNELS["6.1-vmlinuz"]).read_bytes()
        self.refused(self.write("vmlinuz", whole[:len(whole) // 2]), "the bzImage was cut short")
        package = pathlib.Path(KERNELS["6.1-package"]).read_bytes()
        self.refused(self.write("cut.deb", package[:len(package) // 2]), "cut short")


def real_kernels():
    listing = subprocess.run([SOURCE / "scripts/real-kernels", "--cached"], capture_output=True,
                             text=True)
    return dict(line.split(maxsplit=1) for line in listing.stdout.splitlines())


if __name__ == "__main__":
    KERNELS = real_kernels() if sys.argv[4] == "Real" else {}
    if sys.argv[4] == "Real" and not KERNELS:
        print("skipped: run scripts/real-kernels to fetch the kernels")
        sys.exit(SKIPPED)
    unittest.main(argv=[sys.argv[0], sys.argv[4]])
