"""A view on an article of the tests, with a hand on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleTextCursorEvent
from PySide6.QtWidgets import QApplication

from app.model.annotation import Annotations, Span
from tests.widgets.canvas.hand import HeldView
from tests.widgets.canvas.made import ARTICLE, LOOK, SCHEMA
from widgets.canvas.announcer import Announcer


@pytest.fixture
def show(qapp: QApplication) -> Iterator[Callable[..., HeldView]]:
    """Shows articles, each in a view of its own."""
    shown: list[HeldView] = []

    def show_one(
        text: str = ARTICLE, *spans: Span, size: tuple[int, int] = (900, 700), title: str = "", zoom: int = 100
    ) -> HeldView:
        view = HeldView()
        shown.append(view)
        view.resize(*size)
        view.set_look(LOOK.zoomed(zoom))
        view.show()
        view.activateWindow()
        view.setFocus()
        view.show_document(text, title, Annotations.of(spans), SCHEMA)
        QApplication.processEvents()
        return view

    yield show_one
    for view in shown:
        view.close()
        view.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What a screen reader that listens is told: announcements as they are, the caret as ``@`` and its place."""
    told: list[str] = []

    def hear(announcer: Announcer, event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            told.append(event.message())
        elif isinstance(event, QAccessibleTextCursorEvent):
            told.append(f"@{event.cursorPosition()}")

    monkeypatch.setattr(Announcer, "_send", hear)
    QAccessible.setActive(True)
    yield told
    QAccessible.setActive(False)
