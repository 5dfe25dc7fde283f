"""Mark every occurrence: the places of the focused span's text, reviewed in a list, marked in one step."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from app.edit.everywhere import Spot
from app.errors import EditRefused, HashiyaError
from app.model.annotation import surface
from app.model.place import Place
from app.wording import _, describe
from widgets.bridge import Bridge
from widgets.finding import IN_PROJECT, label_all
from widgets.main_window import MainWindow
from widgets.seeking import Seeker

if TYPE_CHECKING:
    from app.search import Hit


class Everywhere(QObject):
    """The review of one span's places at a time."""

    def __init__(self, window: MainWindow, bridge: Bridge) -> None:
        super().__init__(window)
        self._window, self._bridge = window, bridge
        self._bar = window.review
        self._seeker = Seeker(self)
        self._span = self._label = ""
        self._abandoned = Event()
        self._bar.applied.connect(self._apply)
        self._bar.closed.connect(self.close)
        self._bar.scope_changed.connect(self._seek)
        self._bar.list.visited.connect(self._show_place)
        self._seeker.arrived.connect(self._arrived)
        self._seeker.ended.connect(self._ended)
        bridge.moved.connect(self.close)
        bridge.closed.connect(self.close)

    def open(self) -> None:
        """List the places of the focused span's text."""
        session, focus = self._bridge.session, self._window.canvas.focused_span()
        span = session.annotations.spans.get(focus)
        if span is None:
            self._bridge.refused.emit(EditRefused("no-span-focused"))
            return
        self._span, self._label = span.id, span.label
        said = " ".join(surface(session.document.text, span).split())
        self._bar.open(said, self._window.theme.look_of(span.label).name)
        self._seek()

    def close(self) -> None:
        """Put the list away and go back to the span."""
        self._abandoned.set()
        self._seeker.stop()
        if not self._bar.isVisible():
            return
        self._bar.hide()
        self._bar.list.hits.clear(grouped=False)
        if self._bridge.is_open and self._span in self._bridge.session.annotations.spans:
            self._window.canvas.focus_span(self._span)
        self._window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Let every search come to its end: the project is about to be closed."""
        self._abandoned.set()
        self._seeker.finish()

    def _seek(self) -> None:
        session, span, project = self._bridge.session, self._span, self._bar.project.isChecked()
        if not self._bar.isVisible() or span not in session.annotations.spans:
            return
        self._bar.list.hits.clear(grouped=project)
        # What speaks for clitics is gathered here, by the thread that may: the places themselves are looked for there.
        self._abandoned.set()
        self._abandoned = Event()
        places = session.occurrences(span, "project" if project else "article", self._abandoned.is_set)
        self._seeker.seek(lambda _stop: places, IN_PROJECT)
        self._bar.show_state()

    def _arrived(self, hits: list[Hit]) -> None:
        self._bar.list.hits.add(hits)
        self._bar.show_state()

    def _ended(self, error: HashiyaError | None) -> None:
        count = self._bar.list.hits.hits
        full = _("(no more are shown)") if count >= IN_PROJECT else ""
        self._bar.show_state(describe(error) if error else full if count else self._why_nothing(), ended=True)
        if count:
            self._bar.list.show_current(0)

    def _why_nothing(self) -> str:
        """Why not even the span itself was found: only what stands in one row of words is looked for."""
        span = self._bridge.session.annotations.spans.get(self._span)
        if span and len(span.fragments) > 1:
            return _("The pieces of this span stand side by side nowhere.")
        return _("It stands nowhere as words of its own.")

    def _show_place(self, n: int) -> None:
        """The place the hand came to, where it stands in the article."""
        hit = self._bar.list.hits.hit(n)
        if hit.key == self._bridge.session.key:
            self._window.canvas.set_place(Place(hit.start, hit.end))

    def _apply(self) -> None:
        spots = [Spot(hit.document_id, hit.start, hit.end) for hit in self._bar.list.hits.ticked()]
        self._window.canvas.focus_span(self._span, reveal=False)
        if label_all(self._window, self._bridge, spots, self._label):
            self.close()
