"""The order in which Tab goes: that in which things stand, whenever they were made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QWidget


def tab_as_laid_out(root: QWidget, *first: QWidget) -> None:
    """Let Tab go through what the layout of `root` holds in the order of the layout, after `first`."""
    layout = root.layout()
    inside = list(_parts(layout)) if layout is not None else []
    for one, other in pairwise([root, *first, *(part for part in inside if part not in first)]):
        QWidget.setTabOrder(one, other)


def _parts(layout: QLayout) -> Iterator[QWidget]:
    for n in range(layout.count()):
        item = layout.itemAt(n)
        widget = item.widget() if item is not None else None
        inner = item.layout() if item is not None and widget is None else None
        if widget is not None:
            yield from _with_parts(widget)
        elif isinstance(inner, QLayout):
            yield from _parts(inner)


def _with_parts(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    if isinstance(widget, QScrollArea):
        yield from _with_parts(widget.widget())
    elif isinstance(widget, QSplitter):
        for n in range(widget.count()):
            yield from _with_parts(widget.widget(n))
    elif (inner := widget.layout()) is not None:
        yield from _parts(inner)
