"""The order in which Tab goes: that in which things stand, whenever they were made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QStackedWidget, QWidget


def tab_as_laid_out(root: QWidget) -> None:
    """Let Tab go through what is seen in `root` in the order of its layouts: as it is read, in either direction."""
    for one, other in pairwise(_stops(root)):
        QWidget.setTabOrder(one, other)


def _stops(part: QWidget) -> Iterator[QWidget]:
    """What Tab stops at, in and under `part`."""
    if part.isHidden():
        return
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None:
        yield part
    layout = part.layout()
    if isinstance(part, QScrollArea):
        yield from _stops(part.widget())
    elif isinstance(part, QSplitter):
        for n in range(part.count()):
            yield from _stops(part.widget(n))
    elif isinstance(part, QStackedWidget):
        # Its layout is not asked: PySide does not hear that the item of a page goes with the page, and would take what
        # is made at the same place in memory for it, and fall over it when that is deleted.
        if (page := part.currentWidget()) is not None:
            yield from _stops(page)
    elif layout is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    items = (layout.itemAt(n) for n in range(layout.count()))
    for item in items:
        widget = item.widget() if item is not None else None
        inner = item.layout() if item is not None and widget is None else None
        if widget is not None:
            yield from _stops(widget)
        elif isinstance(inner, QLayout):
            yield from _in_layout(inner)
