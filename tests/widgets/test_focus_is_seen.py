"""What has the keyboard is seen to have it: on every page, in each theme in turn, by a ring unlike what was before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QTextBrowser,
    QToolButton,
    QTreeView,
    QWidget,
)
from shiboken6 import isValid

from app.model.colours import contrast
from tests.widgets.every_page import ask, focus, open_sample, settle
from tests.widgets.hands import press
from widgets.canvas.view import ArticleView
from widgets.focus_ring import WIDTH
from widgets.workbench import Workbench

Open = Callable[..., Workbench]
LEAST_CONTRAST, ROUND_CORNERS, NEAR = 3.0, 0.8, 4
KINDS = {QPushButton, QToolButton, QLineEdit, QPlainTextEdit, QComboBox, QListView, QTreeView, QTextBrowser}
"""What must have been among what was looked at."""
THEMES = ("light", "dark", "contrast", "contrast-dark")
PAGES = ("article", "import", "export", "schema", "settings", "key-sheet", "find", "everywhere", "annotator")
IN_ALL_THEMES = "schema"
"""It has most kinds of controls. Every other page is looked at in one theme, and each theme has its turn."""


@cache
def stands_out(before: int, after: int) -> bool:
    """Whether a pixel that was `before` is another one for the eye as `after`."""
    told = (f"#{pixel & 0xFFFFFF:06X}" for pixel in (before, after))
    return contrast(*told) >= LEAST_CONTRAST


def changed(before: QImage, after: QImage, enough: int) -> int:
    """How many pixels stand out from what they were; counted no farther than `enough`."""
    count = 0
    for one, other in zip(_rows(before), _rows(after), strict=True):
        if one != other:
            count += sum(stands_out(*pair) for pair in zip(one, other, strict=True) if pair[0] != pair[1])
        if count >= enough:
            break
    return count


def _rows(picture: QImage) -> Iterator[memoryview]:
    for y in range(picture.height()):
        yield memoryview(picture.constScanLine(y)).cast("B").cast("I")


def place(part: QWidget) -> QRect:
    """Where it is in the window, as far as it is seen, with a little around it."""
    seen = part.visibleRegion().boundingRect()
    seen.moveTopLeft(part.mapTo(part.window(), seen.topLeft()))
    return seen.adjusted(-NEAR, -NEAR, NEAR, NEAR) & part.window().rect()


def one_of_each(root: QWidget) -> Iterator[QWidget]:
    """A control of each kind and look in `root` that Tab can come to."""
    known: set[object] = set()
    for part in root.findChildren(QWidget):
        if not part.isVisible() or not part.isEnabled() or not part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        if part.focusProxy() or part.visibleRegion().isEmpty() or isinstance(part, ArticleView):
            continue
        looks = ("primary", "pill", "flat", "choice", "checked", "current", "active")
        kind = (type(part), *(str(part.property(look)) for look in looks))
        if kind not in known:
            known.add(kind)
            yield part


def fault_of(part: QWidget) -> str:
    """Why it is not seen that `part` has the keyboard; "" when it is seen."""
    window = part.window()
    if focused := QApplication.focusWidget():
        focused.clearFocus()
    QTest.qWait(1)
    before = window.grab(place(part)).toImage().convertToFormat(QImage.Format.Format_RGB32)
    part.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.qWait(1)
    if QApplication.focusWidget() is not part:
        return ""
    after = window.grab(place(part)).toImage().convertToFormat(QImage.Format.Format_RGB32)
    seen = part.visibleRegion().boundingRect()
    needed = int(WIDTH * 2 * (seen.width() + seen.height()) * ROUND_CORNERS)
    found = changed(before, after, needed) if before.size() == after.size() else needed
    return "" if found >= needed else f"{found} pixels of {needed}"


def test_what_has_the_keyboard_is_seen_to_have_it(open_bench: Open, tmp_path: Path) -> None:
    bench = open_bench(size=(1366, 900))
    open_sample(bench, tmp_path)
    faults: dict[str, str] = {}
    seen: set[type] = set()
    for n, page in enumerate(PAGES):
        bench.house.use_theme(THEMES[n % len(THEMES)])
        show(bench, page)
        for theme in THEMES if page == IN_ALL_THEMES else (bench.window.theme.name,):
            bench.house.use_theme(theme)
            settle()
            for part in filter(isValid, list(one_of_each(bench.window))):
                seen.add(type(part))
                if fault := fault_of(part):
                    faults[f"{page} {theme}: {type(part).__name__}#{part.objectName()} {part.size().toTuple()}"] = fault
        if page != "article":
            leave(bench, page)
    assert faults == {}
    assert {base for kind in seen for base in kind.__mro__} >= KINDS


def show(bench: Workbench, page: str) -> None:
    """Have `page` before us, or the article with both panes."""
    bench.window.panes.wish("articles", True)
    focus(bench, "LOCATION")
    if page != "article":
        ask(bench, page)


def leave(bench: Workbench, page: str) -> None:
    """Go back to the article."""
    pages: dict[str, Any] = {"import": bench.importing, "export": bench.exporting, "schema": bench.schema_editing}
    pages |= {"settings": bench.comforts.preferences, "key-sheet": bench.comforts.key_sheet}
    if page in pages:
        pages[page].close()
    else:
        press(QApplication.focusWidget() or bench.window, Qt.Key.Key_Escape)
    settle()


def test_the_article_is_framed_by_nothing_but_its_span(open_bench: Open, tmp_path: Path) -> None:
    bench = open_bench(size=(1366, 900))
    open_sample(bench, tmp_path)
    focus(bench, "LOCATION")
    ring = bench.window.findChild(QWidget, "focus-ring")
    assert bench.window.canvas.hasFocus() and (ring is None or not ring.isVisible())
