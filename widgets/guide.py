"""The guideline of the label in hand, beside the article, for as long as it is wanted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

from app.edit.steps import Step
from app.errors import HashiyaError
from app.model.place import Place
from widgets.bridge import Bridge
from widgets.brush import Brush
from widgets.main_window import MainWindow
from widgets.panes import ARTICLES

_EXAMPLES = 12


class Guide(QObject):
    """Shown by F2 for the focused span's label, else the armed one, else the one used last; it follows the focus."""

    def __init__(self, window: MainWindow, bridge: Bridge, brush: Brush, go_to: Callable[[int], None]) -> None:
        super().__init__(window)
        self._window, self._bridge, self._brush, self._go_to = window, bridge, brush, go_to
        self._panel = window.guide
        self._latest = ""
        self._brought_pane = False
        self._gather = QTimer(self, singleShot=True, interval=0)
        self._gather.timeout.connect(self._show_examples)
        self._panel.closed.connect(self.close)
        self._panel.label_chosen.connect(self._show)
        self._panel.example_chosen.connect(self._go)
        window.canvas.focus_changed.connect(self._follow)
        bridge.changed.connect(self._used)
        bridge.closed.connect(self.close)

    def toggle(self) -> None:
        """Show the guideline, or put it away."""
        if self._window.is_guide_shown():
            self.close()
        elif self._bridge.is_open:
            self._brought_pane = not self._window.panes.is_shown(ARTICLES)
            if self._brought_pane:
                self._window.panes.wish(ARTICLES, True)
            self._window.show_guide(True)
            self._show(self._in_hand())

    def close(self) -> None:
        """Put it away, and the pane with it if it was hidden before."""
        if self._window.is_guide_shown():
            self._window.show_guide(False)
            if self._brought_pane:
                self._window.panes.wish(ARTICLES, False)
            self._window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _in_hand(self) -> str:
        session = self._bridge.session
        span = session.annotations.spans.get(self._window.canvas.focused_span())
        first = session.schema.labels[0].id if session.schema.labels else ""
        return span.label if span else self._brush.label or self._latest or first

    def _show(self, label: str) -> None:
        self._panel.show_label(self._bridge.session.schema, label)
        self._gather.start()  # after the guideline itself is on the screen

    def _show_examples(self) -> None:
        if not self._bridge.is_open:
            return
        try:
            self._hits = self._bridge.session.examples(self._panel.label, _EXAMPLES)
        except HashiyaError as error:
            self._bridge.noticed.emit(error)
        else:
            self._panel.show_examples(self._hits)

    def _follow(self, span_id: str) -> None:
        if self._window.is_guide_shown() and self._bridge.is_open:
            span = self._bridge.session.annotations.spans.get(span_id)
            if span and span.label != self._panel.label:
                self._show(span.label)

    def _used(self, step: Step, _origin: object) -> None:
        if step.command in ("label", "relabel") and step.changes[0].added:
            self._latest = step.changes[0].added[0].label

    def _go(self, number: int) -> None:
        hit = self._hits[number]
        if hit.key != self._bridge.session.key:
            self._go_to(hit.key)
        self._window.canvas.set_place(Place(hit.start, hit.end))
        self._window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
