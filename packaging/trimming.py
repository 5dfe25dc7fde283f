"""What a bundle leaves out, and what it must not lack. Used by build.spec; needs nothing but Python."""

from __future__ import annotations

import importlib.util
import py_compile
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Final

Entry = tuple[str, str, str]
"""A row of PyInstaller's tables: place in the bundle, file on this computer, kind."""

UNUSED_MODULES: Final = (
    *("PySide6.QtNetwork", "PySide6.QtDBus", "PySide6.QtSql", "PySide6.QtOpenGL"),
    *(
        "ssl",
        "_ssl",
        "_hashlib",
        "_gdbm",
        "_dbm",
        "tkinter",
        "curses",
        "_curses",
        "readline",
        "unittest",
        "doctest",
        "pydoc",
        "lib2to3",
        "ensurepip",
    ),
    *("setuptools", "pkg_resources", "pip", "wheel", "_distutils_hack", "mypy", "mypyc", "pytest", "_pytest"),
    *("fontTools", "brotli", "brotlicffi", "PIL", "cryptography", "Crypto", "numpy", "pandas", "matplotlib", "IPython"),
    *("spacy", "pyarrow", "torch", "cffi", "_cffi_backend", "zstandard._cffi", "zstandard.backend_cffi", "psycopg2"),
    *("pygments", "markdown_it", "lxml.objectify", "lxml.isoschematron", "resources.loaders.load_spacy"),
    *("sqlite3.dump", "idlelib", "turtledemo"),
    *("pysqlite2", "MySQLdb", "sqlalchemy.orm", "sqlalchemy.testing", "sqlalchemy.ext.asyncio"),
)
"""Modules that something imports if it is there, and that nothing here calls."""

UNUSED_HOOKS: Final = frozenset({"pyi_rth_inspect", "pyi_rth_pkgutil"})
"""What PyInstaller would do at each start, for programs that read their own source or list their own modules."""
UNUSED_HOOKS_ON_LINUX: Final = frozenset({"pyi_rth_pyside6"})
"""It brings Qt in to tell it where its parts lie, which PySide6 knows; the command line needs no Qt."""

FROM_THE_SYSTEM: Final = {
    **{"libglib-2.0.so.0": "libglib2.0-0", "libgthread-2.0.so.0": "libglib2.0-0", "libdbus-1.so.3": "libdbus-1-3"},
    **{"libfreetype.so.6": "libfreetype6", "libfontconfig.so.1": "libfontconfig1"},
    **{"libGL.so.1": "libgl1", "libEGL.so.1": "libegl1"},
    **{"libGLX.so.0": "libglx0", "libOpenGL.so.0": "libopengl0", "libxcb.so.1": "libxcb1", "libgbm.so.1": "libgbm1"},
    **{"libdrm.so.2": "libdrm2", "libwayland-client.so.0": "libwayland-client0", "libz.so.1": "zlib1g"},
    **{"libwayland-cursor.so.0": "libwayland-cursor0", "libwayland-egl.so.1": "libwayland-egl1"},
    **{"libcups.so.2": "libcups2"},
}
"""Libraries of Linux that are not bundled, for their settings and drivers are the system's; each with its package."""

_LEFT_OUT = tuple(
    re.compile(pattern)
    for pattern in (
        r"PySide6/.*translations/(?!qtbase_(ar|en)\.qm$)",
        r"/plugins/platformthemes/libqgtk3",
        r"/plugins/(tls|networkinformation|generic|egldeviceintegrations|sqldrivers|multimedia)/",
        r"/plugins/platforms/(lib)?q(eglfs|linuxfb|minimal|minimalegl|vnc|vkkhrdisplay|direct2d)",
        r"/plugins/imageformats/(lib)?q(tiff|tga|wbmp|icns|webp|gif|ico|pdf)\b",
        r"/plugins/wayland-graphics-integration-client/lib(dmabuf|drm-egl|shm-emulation|vulkan)-server",
        r"/plugins/wayland-shell-integration/lib(ivi|fullscreen|wl|qt)-shell",
        r"(lib)?Qt6?(Network|OpenGLWidgets|Sql|Pdf|Qml|Quick|VirtualKeyboard|EglF[sS]\w*|WlShellIntegration)\b",
        r"/opengl32sw\.dll$",
        r"resources/(gazetteer|words)/[^/]+\.(py|tsv)$",
        r"resources/loaders/",
        r"__pycache__",
        r"^click-[^/]+\.dist-info/",
    )
)
_NEEDED_BY = re.compile(r"could not resolve '(?P<library>[^']+)', dependency of '(?P<user>[^']+)'")


def compiled_support(work: Path) -> list[Entry]:
    """What PySide has unpacked of its own Python files (SBK_EMBED=0), compiled; nothing where it did not."""
    spec = importlib.util.find_spec("shiboken6")
    unpacked = Path(spec.origin).parent / "files.dir" if spec and spec.origin else Path()
    entries: list[Entry] = []
    for source in sorted(unpacked.rglob("*.py")):
        place = source.relative_to(unpacked.parent).with_suffix(".pyc")
        made = work / "shiboken6" / place
        made.parent.mkdir(parents=True, exist_ok=True)
        py_compile.compile(str(source), str(made), str(place), doraise=True)
        entries.append((f"shiboken6/{place.as_posix()}", str(made), "DATA"))
    return entries


def is_wanted(entry: Entry) -> bool:
    """Whether a file belongs into the bundle, by its place there."""
    place = "/" + PurePath(entry[0]).as_posix()
    return not any(pattern.search(place) or pattern.search(place[1:]) for pattern in _LEFT_OUT)


def with_their_libraries(entries: Iterable[Entry]) -> list[Entry]:
    """`entries` without the system's libraries that nothing wanted loads any more. Linux only: it asks objdump."""
    kept = [entry for entry in entries if is_wanted(entry)]
    libraries = {place: source for place, source, kind in kept if kind != "SYMLINK" and _of_the_system(place)}
    waiting = [source for place, source, kind in kept if kind != "SYMLINK" and place not in libraries]
    loaded: set[str] = set()
    while waiting:
        new = (needed_by(Path(waiting.pop())) & libraries.keys()) - loaded - FROM_THE_SYSTEM.keys()
        loaded |= new
        waiting += [libraries[name] for name in new]
    return [entry for entry in kept if entry[0] not in libraries or entry[0] in loaded]


def needed_by(binary: Path) -> set[str]:
    """The names of the libraries that `binary` itself asks for."""
    said = subprocess.run(["objdump", "-p", str(binary)], capture_output=True, text=True, check=False).stdout
    return {line.split()[1] for line in said.splitlines() if line.strip().startswith("NEEDED")}


def missing(warnings: Iterable[str]) -> list[str]:
    """Of what PyInstaller warned of, the libraries that a wanted file could not do without."""
    found = []
    for warning in warnings:
        told = _NEEDED_BY.search(warning)
        if told and told["library"] not in FROM_THE_SYSTEM and is_wanted((told["user"], told["user"], "BINARY")):
            found.append(f"{told['library']} (for {PurePath(told['user']).name})")
    return sorted(set(found))


def _of_the_system(place: str) -> bool:
    return "/" not in place and place.startswith("lib") and ".so" in place and not place.startswith("libpython")
