"""The package for Debian and Ubuntu: the bundle in /usr/lib/hashiya, and what a desktop wants to know of it."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from icons import DRAWINGS, SIZES
from trimming import FROM_THE_SYSTEM, needed_by

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app import __version__  # noqa: E402 - found by the line above
from app.cli.main import hashiya  # noqa: E402
from app.cli.manual import man_page  # noqa: E402

ID: Final = "app.hashiya.Hashiya"
GIVEN_TO_LINUX: Final = ROOT / "packaging" / "linux"
RENAMED: Final = frozenset({"libglib2.0-0", "libcups2"})
"""Packages that newer releases call by another name as well."""
RECOMMENDED: Final = frozenset({"libcups2"})
"""Without these nothing is lost but a wish: to print on paper."""
_OF_GLIBC: Final = re.compile(r"^(ld-linux.*|lib(c|m|dl|rt|pthread|util|resolv))\.so\.")


class NotCovered(Exception):
    """The bundle asks for a library that it does not hold and no package is named for."""


def make_deb(bundle: Path, icons: Path, work: Path, out: Path) -> Path:
    """Build the package of `bundle` into the folder `out`. Raises NotCovered, or OSError without dpkg-deb."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(bundle, work / "usr/lib/hashiya", symlinks=True)
    (work / "usr/bin").mkdir()
    (work / "usr/bin/hashiya").symlink_to("../lib/hashiya/hashiya")
    _tell_desktop(work / "usr/share", icons)
    _document(work / "usr/share", bundle)
    architecture = _said(["dpkg", "--print-architecture"]).strip()
    control = work / "DEBIAN/control"
    control.parent.mkdir()
    control.write_text(_control(bundle, architecture, _size(work)), encoding="utf-8")
    for path in work.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == work / "usr/lib/hashiya/hashiya" else 0o644)
    out.mkdir(exist_ok=True)
    made = out / f"hashiya_{__version__}_{architecture}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(work), str(made)], check=True)
    return made


def needed_packages(bundle: Path) -> tuple[list[str], list[str]]:
    """The packages whose libraries the bundle loads and does not hold: needed, and recommended. Raises NotCovered."""
    held = {file.name for file in bundle.rglob("*")}
    wanted: set[str] = set()
    for file in bundle.rglob("*"):
        if not file.is_symlink() and file.is_file() and (".so" in file.name or file.parent == bundle):
            wanted |= needed_by(file)
    lacking = {name for name in wanted - held if not _OF_GLIBC.match(name)}
    if unknown := lacking - FROM_THE_SYSTEM.keys():
        raise NotCovered(f"no package is named for {', '.join(sorted(unknown))}")
    packages = {FROM_THE_SYSTEM[name] for name in lacking}
    return _named_anywhere(packages - RECOMMENDED), _named_anywhere(packages & RECOMMENDED)


def _named_anywhere(packages: set[str]) -> list[str]:
    return [f"{name} | {name}t64" if name in RENAMED else name for name in sorted(packages)]


def newest_glibc(bundle: Path) -> str:
    """The version of the C library that the bundle cannot do without: of those its files name, the highest."""
    found = {(2, 17)}
    for file in bundle.rglob("*"):
        if not file.is_symlink() and file.is_file() and (".so" in file.name or file.parent == bundle):
            said = _said(["objdump", "-p", str(file)])
            found |= {(int(major), int(minor)) for major, minor in re.findall(r"GLIBC_(\d+)\.(\d+)", said)}
    return "{}.{}".format(*max(found))


def _control(bundle: Path, architecture: str, size: int) -> str:
    needed, recommended = needed_packages(bundle)
    fields = {
        "Package": "hashiya",
        "Version": __version__,
        "Architecture": architecture,
        "Maintainer": "The Hashiya authors <authors@hashiya.invalid>",
        "Installed-Size": str(size // 1024),
        "Depends": ", ".join([f"libc6 (>= {newest_glibc(bundle)})", *needed]),
        "Recommends": ", ".join(["desktop-file-utils", "hicolor-icon-theme", *recommended, "shared-mime-info"]),
        "Section": "science",
        "Priority": "optional",
        "Description": "mark spans in right-to-left news articles\n"
        " Hashiya marks spans in Arabic, Hebrew, Persian and Urdu news articles, asks\n"
        " what the label schema wants to know of them, links them, and saves all of it\n"
        " as JSONL training data. It works without a network.",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def _tell_desktop(share: Path, icons: Path) -> None:
    places = {f"{ID}.desktop": "applications", f"{ID}.metainfo.xml": "metainfo", "hashiya.xml": "mime/packages"}
    for name, place in places.items():
        _put(GIVEN_TO_LINUX / name, share / place / name)
    themes = share / "icons/hicolor"
    for drawing, (place, name) in {
        "hashiya": ("apps", ID),
        "hashiya-document": ("mimetypes", "application-x-hashiya-project"),
    }.items():
        for size in SIZES:
            _put(icons / f"{drawing}-{size}.png", themes / f"{size}x{size}" / place / f"{name}.png")
        _put(DRAWINGS[drawing], themes / "scalable" / place / f"{name}.svg")


def _document(share: Path, bundle: Path) -> None:
    documents = share / "doc/hashiya"
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    notices = next(bundle.rglob("THIRD-PARTY.txt")).read_text(encoding="utf-8")
    documents.mkdir(parents=True)
    (documents / "copyright").write_text(f"{licence}\n{notices}", encoding="utf-8")
    _pack(documents / "changelog.gz", (ROOT / "CHANGELOG.md").read_bytes())
    (share / "man/man1").mkdir(parents=True)
    _pack(share / "man/man1/hashiya.1.gz", (man_page(hashiya) + "\n").encode())


def _pack(path: Path, content: bytes) -> None:
    moment = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    path.write_bytes(gzip.compress(content, 9, mtime=moment))


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _size(folder: Path) -> int:
    return sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_dir())


def _said(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
