"""The installer of Windows, as its script says; packaging/windows/trial.py compiles and runs it."""

from __future__ import annotations

import re
from pathlib import Path

import trial

SCRIPT = trial.SCRIPT.read_text(encoding="utf-8")


def test_everything_is_said_in_both_languages() -> None:
    assert re.findall(r'MUI_LANGUAGE "(\w+)"', SCRIPT) == ["English", "Arabic"]
    said = re.findall(r"^LangString (\w+) \$\{LANG_(ENGLISH|ARABIC)\} \"(.+)\"$", SCRIPT, re.MULTILINE)
    names = {name for name, *_ in said}
    assert {(name, language) for name, language, _ in said} == {
        (name, language) for name in names for language in ("ENGLISH", "ARABIC")
    }
    assert names == set(re.findall(r"\$\((\w+)\)", SCRIPT))
    assert all(re.search("[\u0621-\u064a]", text) for _, language, text in said if language == "ARABIC")


def test_it_is_for_one_user_or_for_all() -> None:
    assert "MULTIUSER_PAGE_INSTALLMODE" in SCRIPT and "MULTIUSER_INSTALLMODE_COMMANDLINE" in SCRIPT
    assert not re.search(r"WriteReg\w+ HK(LM|CU) ", SCRIPT)


def test_every_key_that_is_written_is_removed() -> None:
    written = set(re.findall(r'WriteReg\w+ SHCTX "([^"]+)"', SCRIPT))
    removed = re.findall(r'DeleteRegKey SHCTX "([^"]+)"', SCRIPT)
    assert written
    assert all(any(key == gone or key.startswith(gone + "\\") for gone in removed) for key in written)


def test_only_what_was_installed_is_removed() -> None:
    swept = re.findall(r'RMDir /r "([^"]+)"', SCRIPT)
    assert set(swept) == {"$INSTDIR\\_internal"}


def test_projects_open_with_the_program_that_has_no_console() -> None:
    assert '${PROJECT}\\shell\\open\\command" "" \'"${PROGRAM}" "%1"\'' in SCRIPT
    assert '!define PROGRAM "$INSTDIR\\hashiyaw.exe"' in SCRIPT
    spec = (Path(__file__).parent.parent.parent / "build.spec").read_text(encoding="utf-8")
    assert 'name=f"{NAME}w", console=False' in spec
