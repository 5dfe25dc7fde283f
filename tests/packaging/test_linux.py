"""What a desktop of Linux is told: entry, metainfo, file type, icons, and the package for Debian."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import deb
import pytest

from app import __version__
from app.store.engine import APPLICATION_ID
from widgets import application

ROOT = Path(__file__).parent.parent.parent
LINUX = ROOT / "packaging" / "linux"
ENTRY = LINUX / "app.hashiya.Hashiya.desktop"
METAINFO = LINUX / "app.hashiya.Hashiya.metainfo.xml"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
TYPE = "application/x-hashiya-project"


def entry() -> configparser.SectionProxy:
    """The desktop entry, keys as they are written."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[method-assign, assignment]
    parser.read(ENTRY, encoding="utf-8")
    return parser["Desktop Entry"]


@pytest.mark.parametrize(
    "check",
    [("desktop-file-validate", ENTRY), ("appstreamcli", "validate", "--no-net", METAINFO)],
    ids=["entry", "metainfo"],
)
def test_the_desktop_accepts_what_it_is_told(check: tuple[str | Path, ...]) -> None:
    if not shutil.which(str(check[0])):
        pytest.skip(f"{check[0]} is not installed")
    done = subprocess.run([str(part) for part in check], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_entry_is_the_windows_own_in_both_languages_and_opens_files() -> None:
    told = entry()
    assert ENTRY.stem == application.APPLICATION_ID == told["Icon"] == deb.ID
    assert told["Exec"] == "hashiya %F"
    assert told["MimeType"] == f"{TYPE};"
    assert {f"{key}[ar]" for key in ("Name", "GenericName", "Comment", "Keywords")} <= told.keys()


def test_projects_are_known_by_their_name_and_by_their_beginning() -> None:
    (known,) = ElementTree.parse(LINUX / "hashiya.xml").getroot()
    assert known.get("type") == TYPE
    assert [glob.get("pattern") for glob in known.iter(f"{MIME}glob")] == ["*.hashiya"]
    number = [match.get("value") for match in known.iter(f"{MIME}match")][-1]
    assert number is not None and int(number, 16) == APPLICATION_ID


def test_the_metainfo_tells_this_version_and_this_type() -> None:
    told = ElementTree.parse(METAINFO).getroot()
    assert told.findtext("id") == application.APPLICATION_ID
    assert told.findtext("launchable") == ENTRY.name
    assert told.findtext("provides/mediatype") == TYPE
    (newest, *_older) = told.findall("releases/release")
    assert newest.get("version") == __version__


@pytest.mark.skipif(not shutil.which("dpkg-deb") or not shutil.which("objdump"), reason="Debian's tools are not here")
def test_the_package_holds_the_program_where_debian_looks_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    icons = tmp_path / "icons"
    icons.mkdir()
    bundle = tmp_path / "hashiya"
    (bundle / "_internal").mkdir(parents=True)
    shutil.copy(Path(sys.executable).resolve(), bundle / "hashiya")
    (bundle / "_internal" / "THIRD-PARTY.txt").write_text("notices", encoding="utf-8")
    for name in deb.DRAWINGS:
        for size in deb.SIZES:
            (icons / f"{name}-{size}.png").write_bytes(b"png")
    monkeypatch.setattr(deb, "needed_packages", lambda bundle: (["libx1"], ["liby1"]))
    made = deb.make_deb(bundle, icons, tmp_path / "work", tmp_path / "out")
    told = subprocess.run(["dpkg-deb", "--info", str(made)], capture_output=True, text=True, check=True).stdout
    assert f"Version: {__version__}" in told and "Depends: libc6 (>= 2." in told and ", libx1" in told
    subprocess.run(["dpkg-deb", "--extract", str(made), str(tmp_path / "root")], check=True)
    usr = tmp_path / "root" / "usr"
    assert (usr / "bin" / "hashiya").resolve() == usr / "lib" / "hashiya" / "hashiya"
    assert (usr / "share" / "icons" / "hicolor" / "256x256" / "apps" / "app.hashiya.Hashiya.png").is_file()
    assert (usr / "share" / "icons" / "hicolor" / "scalable" / "mimetypes" / f"{TYPE.replace('/', '-')}.svg").is_file()
    assert "MIT License" in (usr / "share" / "doc" / "hashiya" / "copyright").read_text(encoding="utf-8")


def test_a_library_that_no_package_is_named_for_is_no_dependency_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hashiya").write_bytes(b"")
    monkeypatch.setattr(deb, "needed_by", lambda binary: {"libc.so.6", "libglib-2.0.so.0", "libX.so.1", "libcups.so.2"})
    with pytest.raises(deb.NotCovered, match="libX"):
        deb.needed_packages(tmp_path)
    (tmp_path / "libX.so.1").write_bytes(b"")
    assert deb.needed_packages(tmp_path) == (["libglib2.0-0 | libglib2.0-0t64"], ["libcups2 | libcups2t64"])
