"""What the bundle holds, lacks and tells of itself; the bundle itself is tried by packaging/smoke.py."""

from __future__ import annotations

import ast
import re
import struct
import sys
import tomllib
from pathlib import Path

import icons
import lock
import notices
import package
import pytest
import sbom
import smoke
import trimming
from PySide6.QtGui import QImage

from app import __version__
from app.cli.names import COMMANDS
from app.formats.registry import ROWS, every_format

ROOT = Path(__file__).parent.parent.parent
SPEC = (ROOT / "build.spec").read_text(encoding="utf-8")


def modules_named_in_strings() -> set[str]:
    """What the program imports by a name that stands in a string: PyInstaller does not see it."""
    named = set()
    for source in [*(ROOT / "app").rglob("*.py"), *(ROOT / "widgets").rglob("*.py")]:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module") and node.args:
                (name, *_rest) = node.args
                if isinstance(name, ast.Constant):
                    named.add(str(name.value))
    return named


def imported_modules() -> set[str]:
    """Everything that the program imports, with the rooms above it."""
    found = set()
    for source in [*(ROOT / "app").rglob("*.py"), *(ROOT / "widgets").rglob("*.py")]:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_every_format_and_every_command_comes_along() -> None:
    assert "row.module for row in ROWS.values()" in SPEC and "COMMANDS.values()" in SPEC
    assert all(row.module.startswith("app.formats.") for row in ROWS.values())
    assert all(place.startswith("app.cli.") for place in COMMANDS.values())


def test_what_is_imported_by_name_comes_along_or_is_left_out_knowingly() -> None:
    left_out = {"spacy", "spacy.tokens", "pyarrow", "pyarrow.parquet", "resources.loaders.load_spacy"}
    unseen = {name for name in modules_named_in_strings() - left_out if f'"{name}"' not in SPEC}
    assert not {name for name in unseen if not name.startswith("app.")}


def test_nothing_is_left_out_that_the_program_imports() -> None:
    assert not imported_modules() & set(trimming.UNUSED_MODULES)


def test_formats_that_are_not_bundled_are_those_whose_package_is_not_locked() -> None:
    locked = {one.name for one in sbom.locked()}
    assert not locked & set(smoke.NOT_BUNDLED.values())
    needed = {form.name: form.needs for form in every_format() if form.needs and form.name not in smoke.NOT_BUNDLED}
    assert {"cassis": "dkpro-cassis"}.get(needed["cas-xmi"], needed["cas-xmi"]) in locked
    assert needed["pdf"] in locked


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("PySide6/Qt/translations/qtbase_ar.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("resources/translations/ar/LC_MESSAGES/hashiya.mo", True),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", False),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/Qt/plugins/imageformats/libqjpeg.so", True),
        ("PySide6/Qt/plugins/imageformats/libqtiff.so", False),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", False),
        ("PySide6/Qt6Network.dll", False),
        ("PySide6/Qt/lib/QtNetwork.framework/Versions/A/QtNetwork", False),
        ("PySide6/Qt/lib/libQt6DBus.so.6", True),
        ("PySide6/Qt/lib/libicudata.so.73", True),
        ("resources/gazetteer/places.txt", True),
        ("resources/gazetteer/build.py", False),
    ],
)
def test_the_bundle_leaves_out_what_nobody_uses(place: str, wanted: bool) -> None:
    assert trimming.is_wanted((place, place, "BINARY")) is wanted


def test_a_library_that_is_not_on_the_building_computer_ends_the_build() -> None:
    said = "Library not found: could not resolve '{}', dependency of '/x/PySide6/Qt/plugins/{}'."
    warnings = [
        said.format("libxcb-icccm.so.4", "platforms/libqxcb.so"),
        said.format("libgtk-3.so.0", "platformthemes/libqgtk3.so"),
        said.format("libcups.so.2", "printsupport/libcupsprintersupport.so"),
        'Hidden import "x" not found!',
    ]
    assert trimming.missing(warnings) == ["libxcb-icccm.so.4 (for libqxcb.so)"]


def test_libraries_that_only_left_out_parts_load_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    needs = {"libqxcb.so": {"libA.so.1"}, "libA.so.1": {"libB.so.2"}, "libqtiff.so": {"libtiff.so.6"}}
    monkeypatch.setattr(trimming, "needed_by", lambda binary: needs.get(binary.name, set()))
    plugins = [f"PySide6/Qt/plugins/{place}" for place in ("platforms/libqxcb.so", "imageformats/libqtiff.so")]
    libraries = ["libA.so.1", "libB.so.2", "libtiff.so.6", "libQt6Gui.so.6"]
    entries = [(place, f"/x/{place.rpartition('/')[2]}", "BINARY") for place in [*plugins, *libraries[:3]]]
    kept = trimming.with_their_libraries([*entries, ("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", "SYMLINK")])
    assert [place for place, *_ in kept] == [plugins[0], "libA.so.1", "libB.so.2", "libQt6Gui.so.6"]


def test_the_icons_are_what_they_say_they_are(tmp_path: Path) -> None:
    made = icons.make_icons(tmp_path)
    for name in icons.DRAWINGS:
        for size in icons.SIZES:
            picture = QImage(str(made / f"{name}-{size}.png"))
            assert (picture.width(), picture.height()) == (size, size)
            assert picture.pixelColor(0, 0).alpha() == 0
        windows = (made / f"{name}.ico").read_bytes()
        assert struct.unpack_from("<HHH", windows) == (0, 1, 7)
        rows = [struct.unpack_from("<BBBBHHII", windows, 6 + 16 * k) for k in range(7)]
        assert rows[-1][-1] + rows[-1][-2] == len(windows)
        mac = (made / f"{name}.icns").read_bytes()
        assert mac[:4] == b"icns" and struct.unpack_from(">I", mac, 4) == (len(mac),)


def test_a_package_under_the_gpl_alone_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "ALWAYS", frozenset())
    forbidden = tmp_path / "libreadline.so.8"
    forbidden.write_bytes(b"")
    with pytest.raises(notices.ForbiddenLicence):
        notices.collect([], [("libreadline.so.8", str(forbidden), "BINARY")])


def test_the_notices_have_the_texts_of_what_is_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "ALWAYS", frozenset())
    told = notices.collect(["click", "PySide6.QtCore", "app.model"], [])
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in told and "SIL OPEN FONT LICENSE" in told
    assert "GeoNames" in told and "CC BY-SA" in told
    assert re.search(r"^click [\d.]+: BSD", told, re.MULTILINE)


def test_one_version_stands_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "app.__version__"}
    assert sbom.bill(__version__)["metadata"]["component"]["version"] == __version__
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)  # Windows wants three numbers


def test_what_is_packaged_was_tested_in_the_same_version() -> None:
    developed = {(one.name, one.marker): one.version for one in sbom.locked(lock.DEVELOPING)}
    packaged = {(one.name, one.marker): one.version for one in sbom.locked(lock.PACKAGING)}
    both = developed.keys() & packaged.keys()
    assert len(both) > 10
    assert {key for key in both if developed[key] != packaged[key]} == set()


def test_the_bill_names_each_part_that_is_shipped_with_its_hashes() -> None:
    told = sbom.bill("1.2.3")
    parts = {part["name"]: part for part in told["components"]}
    assert {"pyside6-essentials", "sqlalchemy", "lxml", "pypdf"} <= parts.keys()
    assert "pyinstaller" not in parts
    hashes = [said["value"] for said in parts["lxml"]["properties"]]
    assert hashes and all(re.fullmatch(r"[0-9a-f]{64}", value) for value in hashes)
    assert sbom.bill("1.2.3") == told


def test_a_step_that_there_is_not_is_a_bad_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert package.main(["bundel"]) == 2
    assert "bundle | installer | sums" in capsys.readouterr().err


def test_sums_are_of_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "DIST", tmp_path)
    (tmp_path / "a.deb").write_bytes(b"abc")
    assert package.main(["sums"]) == 0
    assert package.main(["sums"]) == 0
    abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert (tmp_path / "SHA256SUMS").read_text(encoding="utf-8") == f"{abc}  a.deb\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a script of the shell stands in for the program")
def test_a_program_that_does_not_label_fails_the_trial(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program = tmp_path / "hashiya"
    program.write_text("#!/bin/sh\necho '{\"painted\": 0}'\n", encoding="utf-8")
    program.chmod(0o755)
    assert smoke.main([str(program)]) == 1
    assert "FAILED" in capsys.readouterr().out
