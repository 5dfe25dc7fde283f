"""Answering what the schema asks: of the focused span, of several selected ones, of the article as a whole."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt

from app.edit import attributes
from app.edit.commands import Command
from widgets.bridge import Bridge
from widgets.main_window import MainWindow


class Answering(QObject):
    """`does` tells what each action of this kind does."""

    def __init__(self, window: MainWindow, bridge: Bridge) -> None:
        super().__init__(window)
        self._window, self._bridge = window, bridge
        inspector = window.inspector
        self.does: dict[str, Callable[[], object]] = {"inspect": self._open, "fields": self._open_fields}
        inspector.card.form.answered.connect(self._answer)
        inspector.fields.form.answered.connect(lambda _of, name, values: self._do(attributes.set_field(name, values)))
        inspector.text_wanted.connect(self._to_text)
        for form in (inspector.card.form, inspector.fields.form):
            form.dropped.connect(window.status.tell)

    def _open(self) -> None:
        """Take the keyboard to the focused span: its first question, or what can be done with it."""
        window = self._window
        if window.canvas.focused_span():
            window.show_inspector()
            window.inspector.catch_up()
            if not window.inspector.card.form.enter():
                window.inspector.card.delete.setFocus(Qt.FocusReason.TabFocusReason)

    def _open_fields(self) -> None:
        self._window.show_inspector()
        self._window.inspector.catch_up()
        self._window.inspector.fields.enter()

    def _answer(self, spans: tuple[str, ...], name: str, values: tuple[str, ...]) -> None:
        there = self._bridge.session.annotations.spans if self._bridge.is_open else {}
        self._do(attributes.set_attribute((id for id in spans if id in there), name, values))

    def _do(self, command: Command) -> None:
        if self._bridge.is_open:
            self._bridge.do(command, self._window.canvas.place())

    def _to_text(self) -> None:
        self._window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
