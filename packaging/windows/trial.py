"""The installer of Windows without Windows: compiled with a stand-in for the program, installed and removed under Wine.

usage: python packaging/windows/trial.py        exit status 1: it does not do what it must; what is not here is skipped
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

SCRIPT: Final = Path(__file__).with_name("hashiya.nsi")
sys.path.insert(0, str(SCRIPT.parent.parent))

from icons import make_icons  # noqa: E402 - found by the line above

FILES: Final = ("hashiya.exe", "hashiyaw.exe", "_internal/python311.dll", "_internal/resources/samples/a.txt")
PLACES: Final = {
    "CurrentUser": ("users/*/AppData/Local/Programs/Hashiya", "user.reg"),
    "AllUsers": ("Program Files/Hashiya", "system.reg"),
}
_PROJECT_KEY: Final = r"[Software\\Classes\\.hashiya]"


class Failed(Exception):
    """The installer did not do what it must."""


def main() -> int:
    """Compile it, and try it in both modes where Wine is here."""
    if not shutil.which("makensis"):
        say("SKIPPED: the installer of Windows is not compiled, for makensis (package nsis) is not here.")
        return 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        try:
            setup = compile_installer(folder)
            if not shutil.which("wine"):
                say("SKIPPED: the installer of Windows is compiled and not run, for Wine (package wine64) is not here.")
                return 0
            for mode in PLACES:
                try_mode(setup, mode, folder / f"prefix-{mode}")
        except Failed as failure:
            say(f"FAILED: {failure}")
            return 1
    return 0


def compile_installer(folder: Path) -> Path:
    """The installer of a stand-in. Raises Failed when makensis refuses or warns."""
    for file in FILES:
        path = folder / "bundle" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"MZ stand-in")
    setup = folder / "hashiya-setup.exe"
    given = {"VERSION": "1.2.3", "BUNDLE": folder / "bundle", "ICONS": make_icons(folder / "icons"), "OUT": setup}
    command = ["makensis", "-V2", "-WX", *(f"-D{name}={value}" for name, value in given.items()), str(SCRIPT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(done.stdout + done.stderr)
    say("the installer of Windows is compiled, in English and Arabic")
    return setup


def try_mode(setup: Path, mode: str, prefix: Path) -> None:
    """Install silently, look, install over it, remove, and look again. Raises Failed."""
    place, registry = PLACES[mode]
    drive = prefix / "drive_c"
    for _again in range(2):
        wine(prefix, str(setup), "/S", f"/{mode}")
        found = next(iter(drive.glob(place)), None)
        if found is None or not all((found / file).is_file() for file in (*FILES, "uninstall.exe")):
            raise Failed(f"{mode}: not everything was installed")
        if _PROJECT_KEY not in (prefix / registry).read_text(encoding="utf-8", errors="replace"):
            raise Failed(f"{mode}: projects do not open with it")
    kept = found / "somebody's.hashiya"
    kept.write_bytes(b"work")
    inside = "C:\\" + str(found.relative_to(drive)).replace("/", "\\")
    # _? has it run where it is, so that it can be waited for; it then leaves itself behind.
    wine(prefix, str(found / "uninstall.exe"), f"/{mode}", "/S", f"_?={inside}")
    left = {file.name for file in found.rglob("*") if file.is_file()}
    if left - {"uninstall.exe"} != {kept.name}:
        raise Failed(f"{mode}: after removing there is {', '.join(sorted(left))}")
    if _PROJECT_KEY in (prefix / registry).read_text(encoding="utf-8", errors="replace"):
        raise Failed(f"{mode}: projects still open with what was removed")
    say(f"{mode}: installed, installed over, and removed under Wine; somebody's file stayed")


def wine(prefix: Path, *command: str) -> None:
    """Run a program of Windows to its end, and until the registry is on disk. Raises Failed."""
    prefix.mkdir(exist_ok=True)
    surroundings = {**os.environ, "WINEPREFIX": str(prefix), "WINEDEBUG": "-all", "HOME": str(prefix)}
    surroundings["WINEDLLOVERRIDES"] = "mscoree,mshtml,winemenubuilder.exe="  # nothing fetched, no menus of ours
    try:
        for step in (["wine", *command], ["wineserver", "-w"]):
            if shutil.which(step[0]) and subprocess.run(step, env=surroundings, timeout=180, check=False).returncode:
                raise Failed(" ".join(step))
    except subprocess.TimeoutExpired as slow:
        raise Failed(str(slow)) from slow


def say(line: str) -> None:
    """On standard output."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
