"""The licences of everything in the bundle but Hashiya's own code, collected into one file that ships with it."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Final

from licensing import ForbiddenLicence, confirmed
from trimming import Entry

ROOT: Final = Path(__file__).resolve().parent.parent
FILE: Final = "THIRD-PARTY.txt"
_LINE = "=" * 100
_NAMES = re.compile(r"(licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)
_GPL_ONLY: Final = ("libreadline", "libhistory", "libgdbm")
ALWAYS: Final = frozenset({"pyinstaller"})
"""Its bootloader starts the program, though no module of it is in the bundle."""
_HEAD = """\
Hashiya is under the MIT licence, which stands in LICENSE. It is shipped together with what is listed here, each under
the licence that follows its name. Qt and PySide6 are used under the GNU Lesser General Public License, version 3: their
libraries lie in this bundle as files of their own, and may be replaced by others of the same version. Their sources are
offered by The Qt Company at https://download.qt.io/official_releases/ (Qt 6.11, PySide6 6.11). python-bidi is under the
same licence and may be replaced likewise, or by building this program from its source, which takes one command.
"""


def collect(modules: Iterable[str], binaries: Iterable[Entry]) -> str:
    """The text of the notices for a bundle of these Python modules and binary files.

    Raises ForbiddenLicence for what no licence was chosen for, and for libraries that are under the GPL alone.
    """
    parts = [_HEAD, _python()]
    owners = metadata.packages_distributions()
    tops = {module.partition(".")[0] for module in modules}
    for name in sorted({owner for top in tops for owner in owners.get(top, ())} | ALWAYS, key=str.lower):
        if name.lower() != "hashiya":
            parts.append(_distribution(metadata.distribution(name)))
    parts += _libraries(Path(source) for place, source, kind in binaries if kind == "BINARY" and "/" not in place)
    parts += _resources()
    for name in ("LGPL-3.0", "GPL-3.0"):
        parts.append(_part(f"The text of {name}", _read(ROOT / "packaging" / "licences" / f"{name}.txt")))
    return "\n".join(parts)


def _distribution(found: metadata.Distribution) -> str:
    name, version = found.metadata["Name"], found.version
    licence = confirmed(found)
    texts = [_read(Path(str(file.locate()))) for file in found.files or [] if _NAMES.search(str(file))]
    return _part(f"{name} {version}: {licence}", "\n\n".join(texts))


def _python() -> str:
    places = [Path(os.__file__).parent / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt"]
    places.append(Path(f"/usr/share/doc/python{sys.version_info[0]}.{sys.version_info[1]}/copyright"))
    text = next((_read(place) for place in places if place.is_file()), sys.copyright)
    return _part(f"Python {platform.python_version()}: PSF-2.0", text)


def _libraries(files: Iterable[Path]) -> Iterator[str]:
    """What Debian and Ubuntu say of the packages that these libraries come from."""
    packages: dict[str, list[str]] = {}
    for file in sorted(files):
        if file.name.startswith(_GPL_ONLY):
            raise ForbiddenLicence(f"{file.name}: GPL")
        if package := _package_of(file):
            packages.setdefault(package, []).append(file.name)
    for package, names in sorted(packages.items()):
        copyright = Path("/usr/share/doc", package, "copyright")
        text = _read(copyright) if copyright.is_file() else ""
        yield _part(f"{package} ({', '.join(names)})", text)


def _package_of(file: Path) -> str:
    for path in {file, file.resolve(), Path("/usr", *file.resolve().parts[1:])}:
        try:
            asked = subprocess.run(["dpkg", "-S", str(path)], capture_output=True, text=True, check=False)
        except FileNotFoundError:
            return ""
        if asked.returncode == 0:
            return asked.stdout.split(":")[0]
    return ""


def _resources() -> Iterator[str]:
    fonts = ROOT / "resources" / "fonts"
    for licence in sorted(fonts.glob("*-OFL.txt")):
        names = ", ".join(font.name for font in sorted(fonts.glob(f"{licence.name.removesuffix('-OFL.txt')}*.ttf")))
        yield _part(f"Fonts {names}: OFL-1.1", _read(licence))
    for room in ("gazetteer", "words"):
        yield _part(f"Data in resources/{room}", _read(ROOT / "resources" / room / "README.md"))


def _part(title: str, text: str) -> str:
    return f"{_LINE}\n{title}\n{_LINE}\n\n{text.strip()}\n"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
