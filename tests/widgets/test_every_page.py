"""Everything that can be seen, in both languages, at the sizes of the screens there are: whole, named and in order."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.widgets import judging
from tests.widgets.every_page import SCENES, dialog, menus, open_sample, settle
from widgets.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Open = Callable[..., Workbench]
LAPTOP, SMALL, DOUBLED = (1366, 768), (800, 600), (683, 400)
"""A common laptop, the least screen, and what the laptop has while everything is twice as large."""
NAMES = re.compile(
    r"#[0-9A-F]{6}.*|.*\.(txt|jsonl|hashiya|zst\)|gz\))|.*Hashiya.*|English|(Noto|Amiri|DejaVu).*|[A-Z]+_[A-Z]+|UTF-8|PDF"
    r"|IOB2 \(CoNLL-2003\)|.*demo.*"
)
"""What is called alike in every language: colours, files, fonts, identifiers."""


def walk(bench: Workbench, folder: Path, look: Callable[[str, QWidget], None]) -> None:
    """Look at everything at every size."""
    for size in (LAPTOP, SMALL, DOUBLED):
        open_sample(bench, folder)
        bench.window.resize(*size)
        settle()
        for name in SCENES:
            place = f"{name} at {size[0]}"
            SCENES[name](bench, lambda root, place=place: look(place, root))  # type: ignore[misc]


def test_everything_is_whole_and_in_order_and_said_in_the_language_of_the_window(
    open_bench: Open, tmp_path: Path
) -> None:
    bench = open_bench(language="en", size=LAPTOP)
    faults: dict[str, str] = {}
    told: dict[str, set[str]] = {"en": set(), "ar": set()}

    def look(place: str, root: QWidget) -> None:
        seen = judging.parts(root)
        told[place[:2]] |= judging.said(seen)
        found = {
            "cut off": judging.cut_off(seen),
            "misplaced": judging.misplaced(seen),
            "turned wrongly": judging.turned_wrongly(seen, QApplication.layoutDirection()),
            "nameless": judging.nameless(seen),
            "out of reach": judging.out_of_reach(seen, set(bench.window.actions_.all())),
            "disordered": judging.disordered(root) if str(LAPTOP[0]) in place else [],
        }
        for kind, lines in found.items():
            for line in lines:
                faults.setdefault(f"{kind}: {line}", place)

    for language in told:
        bench.house.use_language(language)
        walk(bench, tmp_path, lambda place, root, language=language: look(f"{language} {place}", root))  # type: ignore[misc]
    assert not faults, "\n".join(f"{place}: {line}" for line, place in faults.items())
    names = {text for text in told["en"] if NAMES.fullmatch(text)}
    assert judging.left_in_latin(told["ar"], told["en"], names) == set()
    assert {text for text in told["ar"] if re.search(r"[\u0621-\u064a], ", text)} == set(), "a Latin comma"


def test_every_menu_fits_the_screen_and_speaks_the_language(open_bench: Open, tmp_path: Path) -> None:
    bench = open_bench(language="ar", size=SMALL)
    open_sample(bench, tmp_path)
    latin = re.compile(r"[A-Za-z]{3}")
    for name, menu in menus(bench).items():
        assert menu.layoutDirection() == Qt.LayoutDirection.RightToLeft, name
        assert menu.sizeHint().width() <= SMALL[0], name
        titles = [action.text().split("\t")[0] for action in menu.actions() if not action.isSeparator()]
        unsaid = [title for title in titles if latin.search(title) and not re.search(r"[\u0621-\u064a]", title)]
        assert [title for title in unsaid if not NAMES.fullmatch(title)] == [], name


@pytest.mark.parametrize("action", ["open", "send", "save-pdf"])
def test_a_dialog_of_files_speaks_the_language_too(open_bench: Open, tmp_path: Path, action: str) -> None:
    bench = open_bench(language="ar", size=SMALL)
    open_sample(bench, tmp_path)
    with dialog(bench, action) as opened:
        assert isinstance(opened, QFileDialog)
        assert opened.layoutDirection() == Qt.LayoutDirection.RightToLeft
        titles = {button.text().replace("&", "") for button in opened.findChildren(QPushButton)}
        assert not any(re.search(r"[A-Za-z]{3}", title) for title in titles)


# The eye itself


@pytest.fixture
def frame(qtbot: QtBot) -> QWidget:
    """A small part of a window, with a label, a button and a field in it."""
    frame = QWidget()
    qtbot.addWidget(frame)
    row = QHBoxLayout(frame)
    for part in (QLabel("A label", frame), QPushButton("A button", frame), QLineEdit(frame)):
        row.addWidget(part)
    frame.findChild(QLineEdit).setAccessibleName("Field")  # type: ignore[union-attr]
    frame.resize(500, 60)
    frame.show()
    frame.activateWindow()
    return frame


def test_the_eye_finds_nothing_where_nothing_is_wrong(frame: QWidget) -> None:
    assert (
        judging.cut_off(judging.parts(frame))
        == judging.misplaced(judging.parts(frame))
        == judging.nameless(judging.parts(frame))
        == []
    )
    assert judging.disordered(frame) == []


def test_the_eye_sees_what_is_cut_off(frame: QWidget) -> None:
    label, button, field = (frame.findChild(kind) for kind in (QLabel, QPushButton, QLineEdit))
    label.setFixedWidth(12)
    button.setFixedWidth(20)
    field.setPlaceholderText("A hint that is much longer than there is room for")
    field.setFixedWidth(40)
    settle()
    assert len(judging.cut_off(judging.parts(frame))) == 3
    for part, whole in ((label, "A label"), (button, "A button"), (field, field.placeholderText())):
        part.setToolTip(whole)
    assert judging.cut_off(judging.parts(frame)) == []


def test_the_eye_sees_what_stands_outside_or_over_its_neighbour(frame: QWidget) -> None:
    frame.findChild(QPushButton).move(0, 10)  # type: ignore[union-attr]
    assert len(judging.misplaced(judging.parts(frame))) == 1
    frame.findChild(QPushButton).move(490, 10)  # type: ignore[union-attr]
    assert any("outside" in fault for fault in judging.misplaced(judging.parts(frame)))


def test_the_eye_sees_what_has_no_name_and_what_the_keyboard_does_not_reach(frame: QWidget) -> None:
    frame.findChild(QLineEdit).setAccessibleName("")  # type: ignore[union-attr]
    assert len(judging.nameless(judging.parts(frame))) == 1
    frame.findChild(QPushButton).setFocusPolicy(Qt.FocusPolicy.NoFocus)  # type: ignore[union-attr]
    assert len(judging.out_of_reach(judging.parts(frame), set())) == 1


def test_the_eye_sees_a_tab_order_that_goes_back(qtbot: QtBot) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    last, middle, first = (QPushButton(said, frame) for said in ("3", "2", "1"))
    column = QVBoxLayout(frame)
    for part in (first, middle, last):
        column.addWidget(part)
    frame.show()
    frame.activateWindow()
    settle()
    assert judging.disordered(frame)
    QWidget.setTabOrder(first, middle)
    QWidget.setTabOrder(middle, last)
    assert judging.disordered(frame) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_number_in_a_field_of_the_settings_is_seen_whole(open_bench: Open, tmp_path: Path, language: str) -> None:
    bench = open_bench(language=language, size=LAPTOP)
    open_sample(bench, tmp_path)
    bench.window.actions_["settings"].trigger()
    bench.comforts.preferences.page.visit("article.font")
    settle()
    fields = [field.lineEdit() for field in bench.window.findChildren(QSpinBox)]
    assert fields
    assert all(field.width() > field.fontMetrics().horizontalAdvance(field.text()) for field in fields)
