"""`dev.py package [installer | sums]`: the program as it is installed on this system, made and tried, in dist/.

Linux: a bundle and a .deb; Windows: a bundle and an installer; macOS: an application in a disk image. With each of them
a bill of materials and SHA256SUMS. Nothing is packed before its bundle did what packaging/smoke.py asks for.
`installer` only packs the bundle that is there, `sums` only adds up what was packed: both are for signing in between.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sbom import LOCK, bill

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app import __version__  # noqa: E402 - found by the line above

WORK: Final = ROOT / "build" / "package"
DIST: Final = ROOT / "dist"
BUNDLE: Final = DIST / "hashiya"
VENV: Final = WORK / "venv"
PYTHON: Final = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP: Final = VENV / "locked"
LARGEST_BUNDLE, LARGEST_DEB = 130 * 2**20, 45 * 2**20


class Stop(Exception):
    """The package was not made; the message says why."""


def main(arguments: list[str]) -> int:
    """Make everything, or what is asked for; 0 when it was made and works."""
    steps = {"bundle": make_bundle, "installer": make_installer, "sums": write_sums}
    if not set(arguments) <= steps.keys():
        say(f"usage: dev.py package [{' | '.join(steps)}]")
        return 2
    try:
        for name in arguments or steps:
            steps[name]()
    except Stop as stop:
        say(str(stop))
        return 1
    return 0


def make_bundle() -> None:
    """The program in a folder, tried."""
    need_environment()
    shutil.rmtree(DIST, ignore_errors=True)
    run([sys.executable, str(ROOT / "packaging" / "smoke.py"), str(freeze())])


def make_installer() -> None:
    """What is installed on this system, of the bundle, and what it is made of."""
    for pack in packers():
        pack()
    bill_file = DIST / f"hashiya-{__version__}.cdx.json"
    bill_file.write_text(json.dumps(bill(__version__), indent=1) + "\n", encoding="utf-8", newline="\n")


def need_environment() -> None:
    """An environment with what is bundled and PyInstaller and nothing else: what is not there cannot slip in."""
    wanted = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    run([getattr(sys, "_base_executable", sys.executable), "-m", "venv", str(VENV)])
    checked = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(LOCK)]
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", str(PYTHON), "--no-python-downloads"]
    if run([*uv, *checked], check=False):
        say("uv could not install everything; trying again with pip.")
        run([str(PYTHON), "-m", "pip", "install", "--quiet", *checked])
    STAMP.write_text(wanted, encoding="utf-8")


def freeze() -> Path:
    """The program in its bundle, no larger than it may be."""
    pyinstaller = [str(PYTHON), "-m", "PyInstaller", "--noconfirm", "--log-level=ERROR", f"--distpath={DIST}"]
    run([*pyinstaller, f"--workpath={WORK / 'pyinstaller'}", str(ROOT / "build.spec")])
    bundle = DIST / "Hashiya.app" if sys.platform == "darwin" else BUNDLE
    size = sum(file.lstat().st_size for file in bundle.rglob("*") if not file.is_dir())
    say(f"{bundle.name}: {size / 2**20:.1f} MiB on disk")
    if sys.platform.startswith("linux") and size > LARGEST_BUNDLE:  # of the others nothing is known yet
        raise Stop(f"{bundle} has {size / 2**20:.1f} MiB, more than {LARGEST_BUNDLE // 2**20}")
    if sys.platform == "darwin":
        return bundle / "Contents" / "MacOS" / "hashiya"
    return bundle / ("hashiya.exe" if os.name == "nt" else "hashiya")


def packers() -> list[Callable[[], Path]]:
    """What makes the installable files of this system."""
    if sys.platform == "win32":
        return [installer]
    if sys.platform == "darwin":
        return [disk_image]
    return [debian_package, archive] if shutil.which("dpkg-deb") else [archive]


def debian_package() -> Path:
    """The .deb, no larger than it may be."""
    from deb import make_deb

    made = make_deb(BUNDLE, icons(), WORK / "deb", DIST)
    size = made.stat().st_size
    say(f"{made.name}: {size / 2**20:.1f} MiB")
    if size > LARGEST_DEB:
        raise Stop(f"{made.name} has {size / 2**20:.1f} MiB, more than {LARGEST_DEB // 2**20}")
    return made


def archive() -> Path:
    """The bundle as it is, for systems without .deb."""
    made = DIST / f"hashiya-{__version__}-linux-{os.uname().machine}.tar.gz"
    run(["tar", "--owner=0", "--group=0", "-czf", str(made), "-C", str(DIST), BUNDLE.name])
    return made


def installer() -> Path:
    """The installer of Windows."""
    made = DIST / f"hashiya-{__version__}-windows-setup.exe"
    makensis = shutil.which("makensis") or str(Path(os.environ.get("PROGRAMFILES(X86)", ""), "NSIS", "makensis.exe"))
    given = {"VERSION": __version__, "BUNDLE": BUNDLE, "ICONS": icons(), "OUT": made}
    run([makensis, "-V2", *(f"-D{name}={value}" for name, value in given.items()), str(nsis_script())])
    return made


def nsis_script() -> Path:
    """Where the script of the installer is."""
    return ROOT / "packaging" / "windows" / "hashiya.nsi"


def disk_image() -> Path:
    """The disk image of macOS."""
    made = DIST / f"hashiya-{__version__}-macos-{os.uname().machine}.dmg"
    made.unlink(missing_ok=True)
    settings = ROOT / "packaging" / "macos" / "dmg.py"
    app = f"app={DIST / 'Hashiya.app'}"
    run([str(PYTHON), "-m", "dmgbuild", "-s", str(settings), "-D", app, "Hashiya", str(made)])
    return made


def icons() -> Path:
    """Where build.spec has drawn the icons."""
    return WORK / "icons"


def write_sums() -> None:
    """SHA256SUMS of all that was packed, as `sha256sum --check` reads it."""
    files = sorted(file for file in DIST.iterdir() if file.is_file() and file.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


def run(command: list[str], check: bool = True) -> int:
    """Run `command` in the clone. Raises Stop when it fails and `check` is set, or is not there."""
    surroundings = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    try:
        status = subprocess.call(command, cwd=ROOT, env=surroundings)
    except FileNotFoundError as missing:
        raise Stop(f"{command[0]} is not on this computer") from missing
    if check and status:
        raise Stop(f"This failed (exit status {status}): {' '.join(command)}")
    return status


def say(line: str) -> None:
    """To whoever watches the build."""
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
