from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from resources import (
    INTERFACE_FAMILIES,
    NUMBER_FAMILIES,
    PAGE_FAMILIES,
    font_files,
    resource,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QTextLayout


def test_what_ships_is_found_wherever_the_program_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    assert resource("schemas", "conflict-news.json").read_bytes().startswith(b"{")
    assert resource("fonts").is_dir()


def test_asking_for_what_does_not_ship_says_so_at_once() -> None:
    with pytest.raises(FileNotFoundError, match=r"nothing\.json"):
        resource("schemas", "nothing.json")


def test_every_family_of_fonts_ships_with_its_licence() -> None:
    for file in font_files():
        licence = "Amiri-OFL.txt" if file.name.startswith("Amiri") else "Noto-OFL.txt"
        assert "SIL OPEN FONT LICENSE Version 1.1" in resource("fonts", licence).read_text("utf-8")
        assert file.name in resource("fonts", "README.md").read_text("utf-8")


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("families", [INTERFACE_FAMILIES, PAGE_FAMILIES, NUMBER_FAMILIES], ids=lambda stack: stack[0])
def test_a_stack_of_fonts_writes_arabic_latin_and_both_kinds_of_digits_by_itself(
    families: tuple[str, ...], bold: bool
) -> None:
    assert set(
        used_families("المتحدث باسم «القوات»؛ ٣٥ UN-WFP 204 (1.2) %25 – 20–30 … أُصيب لله؟", families, bold)
    ) <= set(families)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("families", [INTERFACE_FAMILIES, PAGE_FAMILIES], ids=lambda stack: stack[0])
@pytest.mark.parametrize(
    "text",
    [
        "گفت «چهار کودک» پژمرد؛ می\u200cخواهند خانۀ ۱۴۰۳",
        "ٹینک ڈاکٹر سڑک ہے میں چھ افراد ہلاک، وزیرِاعظم نے کہا۔",
        "וְהַיֶּלֶד הָלַךְ לבית־ספר, צה״ל: ״שִׁשָּׁה״ ₪ 12",
    ],
    ids=["fa", "ur", "he"],
)
def test_a_stack_of_fonts_writes_persian_urdu_and_hebrew_by_itself(
    text: str, families: tuple[str, ...], bold: bool
) -> None:
    assert set(used_families(text, families, bold)) <= set(families)
    runs = laid_out(text, families, bold).glyphRuns()
    assert all(0 not in run.glyphIndexes() for run in runs), "a letter without a glyph"


@pytest.mark.usefixtures("qapp")
def test_an_arabic_line_of_the_interface_is_as_high_as_a_latin_one() -> None:
    assert line_height("المقال التالي", INTERFACE_FAMILIES) == line_height("Next article", INTERFACE_FAMILIES) == 18


def used_families(text: str, families: tuple[str, ...], bold: bool) -> set[str]:
    layout = laid_out(text, families, bold)
    return {run.rawFont().familyName() for run in layout.glyphRuns()}


def line_height(text: str, families: tuple[str, ...]) -> float:
    layout = laid_out(text, families)
    return layout.lineAt(0).height()


def laid_out(text: str, families: tuple[str, ...], bold: bool = False) -> QTextLayout:
    from PySide6.QtGui import QFont, QTextLayout

    font = QFont(list(families))
    font.setPixelSize(13)
    font.setBold(bold)
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine().setLineWidth(2000)
    layout.endLayout()
    return layout
