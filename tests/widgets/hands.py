"""What a hand does in a window, and what comes of it."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.model.place import Place
from widgets.canvas.caret import Caret, shape
from widgets.workbench import Workbench

AIR = 24
"""How far below the window's edge the page begins."""


def select(bench: Workbench, words: str) -> tuple[int, int]:
    """Select the first place where `words` stand."""
    start = bench.bridge.session.document.text.index(words)
    bench.window.canvas.setFocus()
    bench.window.canvas.set_place(Place(start, start + len(words)))
    return start, start + len(words)


def labelled(bench: Workbench, words: str, label: str = "LOCATION") -> str:
    """Label the first place of `words`; the span's id."""
    select(bench, words)
    bench.commands.label(label)
    return bench.window.canvas.focused_span()


def marks(bench: Workbench) -> list[tuple[int, int, str]]:
    """Start, end and label of every span of the article, in reading order."""
    return [(span.start, span.end, span.label) for span in bench.bridge.session.annotations.ordered()]


def press(
    to: QWidget,
    key: int,
    text: str = "",
    scan: int = 0,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """A key of a real keyboard, in any layout, sent to the part of the window that has the focus."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(to, QKeyEvent(kind, key, modifiers, scan, 0, 0, text))


def middle(widget: QWidget) -> QPoint:
    """The middle of `widget`, in its own coordinates."""
    return widget.rect().center()


def point(bench: Workbench, offset: int) -> QPoint:
    """Where in the article's viewport the letter at `offset` begins, at half its height."""
    canvas = bench.window.canvas
    page = canvas.page
    found = shape(page, Caret(offset))
    left = round((canvas.viewport().width() - page.width) / 2) + page.margin
    top = (
        canvas.viewport().mapFromGlobal(canvas.mapToGlobal(QPoint(0, 0))).y() - canvas.verticalScrollBar().value() + 24
    )
    return QPoint(round(left + found.x), round(top + (found.top + found.bottom) / 2))


def drag(over: QWidget, to: QPoint) -> None:
    """Move the mouse to `to` with its left button down."""
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place = QPointF(to)
    moved = QMouseEvent(
        QEvent.Type.MouseMove, place, QPointF(over.mapToGlobal(to)), Qt.MouseButton.NoButton, button, none
    )
    QApplication.sendEvent(over, moved)


def training_lines(project: Path) -> list[dict[str, object]]:
    """The training file beside a project, line by line; none where there is no file yet."""
    file = project.with_name(project.stem + ".annotations.jsonl")
    return [json.loads(line) for line in file.read_bytes().split(b"\n") if line] if file.exists() else []
