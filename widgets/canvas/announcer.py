"""Says to assistive technology where the caret is and what happens to the spans, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QAccessibleTextCursorEvent

from app.model.annotation import Change, Span
from widgets.canvas.spoken import name_of_suggestion, said_of_change, said_of_selection, said_on_entering, shortened

if TYPE_CHECKING:
    from widgets.canvas.view import ArticleView

_REST_MS = 300
_FIRST_WORDS = 200


class Announcer(QObject):
    """Follows the hand on a view. While nobody listens, all that it costs is a signal of the view.

    What one key does is said in one piece, after the key was dealt with; a selection, once it has come to rest.
    `caret` tells where the caret is in the units of assistive technology.
    """

    def __init__(self, view: ArticleView, caret: Callable[[], int]) -> None:
        super().__init__(view)
        self._view = view
        self._caret = caret
        self._said: list[str] = []
        self._told: set[str] = set()
        self._focus, self._inside = view.focused_span(), {span.id for span in self._spans_here()}
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._soon.timeout.connect(self._catch_up)
        self._rest.timeout.connect(self._say_selection)
        view.hand_moved.connect(self._hand_moved)
        view.spans_changed.connect(self._spans_changed)
        view.article_shown.connect(self._article_shown)
        view.suggested_focus_changed.connect(self._suggested_focused)

    def say(self, said: str) -> None:
        """Have `said` spoken; nothing for ""."""
        if said and QAccessible.isActive():
            self._send(QAccessibleAnnouncementEvent(self._view, said))

    def _hand_moved(self) -> None:
        if QAccessible.isActive():
            self._soon.start()
            self._rest.start()

    def _spans_changed(self, change: Change) -> None:
        page = self._view.page
        if page and QAccessible.isActive():
            self._said.append(said_of_change(page.text, change, page.look))
            self._told |= {span.id for span in change.added}
            self._soon.start()

    def _article_shown(self) -> None:
        page = self._view.page
        self._said.clear()
        if page and QAccessible.isActive():
            self._said.append(shortened(page.title or page.text[: page.bounds(0)[1]][:_FIRST_WORDS]))
            self._soon.start()

    def _suggested_focused(self, id: str) -> None:
        page = self._view.page
        span = page.suggested.get(id) if page and id else None
        if page and span and QAccessible.isActive():
            self._said.append(name_of_suggestion(page.text, span, page.look, self._view.how_sure(id)))
            self._soon.start()

    def _catch_up(self) -> None:
        page = self._view.page
        if page is None:
            return
        self._send(QAccessibleTextCursorEvent(self._view, self._caret()))
        here, focus = self._spans_here(), self._view.focused_span()
        focused = page.spans.get(focus) if focus != self._focus else None
        entered = [focused] if focused else [span for span in here if span.id not in self._inside]
        untold = [span for span in entered if span.id not in self._told]
        said = [*self._said, said_on_entering(page.text, untold, page.look)]
        self._focus, self._inside = focus, {span.id for span in here}
        self._said.clear()
        self._told.clear()
        self.say(". ".join(part for part in said if part))

    def _say_selection(self) -> None:
        start, end = self._view.selection()
        if start < end:
            self.say(said_of_selection(self._view.text, start, end))

    def _spans_here(self) -> list[Span]:
        """The spans that hold the letter after the caret."""
        page, k = self._view.page, self._view.caret.offset
        near = page.spans.overlapping(k, k + 1) if page else []
        return [span for span in near if any(start <= k < end for start, end in span.fragments)]

    def _send(self, event: QAccessibleEvent) -> None:
        QAccessible.updateAccessibility(event)
