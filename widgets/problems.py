"""The problems of the article: how many, a list of them, and a key from one to the next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.problem_sentences import describe_problem
from app.review.problems import Problem
from app.wording import _, language
from widgets.bridge import Bridge
from widgets.i18n import isolate
from widgets.main_window import MainWindow

_SOON_MS = 80
_COVERED = 24


class Problems(QObject):
    """`does` tells what each action of this kind does. The count follows a moment after each step.

    `fields_wanted` when a problem is one of the article's own fields.
    """

    fields_wanted = Signal()

    def __init__(self, window: MainWindow, bridge: Bridge) -> None:
        super().__init__(window)
        self._window, self._bridge = window, bridge
        self._bar = window.problem_bar
        self._visited: Problem | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._show)
        self.does: dict[str, Callable[[], object]] = {
            "next-problem": lambda: self._walk(1),
            "previous-problem": lambda: self._walk(-1),
            "problems": self.toggle,
        }
        for signal in (bridge.opened, bridge.moved, bridge.changed, bridge.schema_changed):
            signal.connect(self._later)
        bridge.closed.connect(self._clear)
        self._bar.chosen.connect(self._go_to_number)
        self._bar.closed.connect(self._close)
        window.status.problems_asked.connect(self.toggle)
        if bridge.is_open:
            self._later()

    def toggle(self) -> None:
        """Show the list with the hand in it, or put it away."""
        if self._bar.isVisible():
            self._close()
            return
        self._bar.show()
        self._show()
        self._bar.show_current(0)
        self._bar.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _later(self, *_what: object) -> None:
        self._soon.start()

    def _show(self) -> None:
        if not self._bridge.is_open:
            return
        session = self._bridge.session
        found, blocking = session.problems, session.schema.blocking
        standing = sum(problem.code in blocking for problem in found) if blocking else 0
        self._window.status.set_problems(len(found))
        self._window.strip.done.set_count(len(found), standing)
        if self._bar.isVisible():
            self._bar.show_problems([self._row(problem) for problem in found])

    def _clear(self) -> None:
        self._soon.stop()
        self._window.status.set_problems(0)
        self._window.strip.done.set_count(0, 0)
        self._bar.hide()

    def _close(self) -> None:
        self._bar.hide()
        self._window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _walk(self, way: int) -> None:
        found = self._bridge.session.problems
        if not found:
            self._window.status.tell(_("No problems in this article."))
            return
        self._go_to(found, self._next(found, way))

    def _next(self, found: list[Problem], way: int) -> int:
        """The problem after the one visited last; after the hand, where that one is solved or the hand is elsewhere."""
        session, canvas = self._bridge.session, self._window.canvas
        focus = canvas.focused_span()
        if self._visited in found and self._visited.span in ("", focus):
            return (found.index(self._visited) + way) % len(found)
        spans, here = session.annotations.spans, canvas.place().caret
        starts = [spans[one.span].start if one.span in spans else len(session.document.text) for one in found]
        if way > 0:
            return next((n for n, start in enumerate(starts) if start >= here), 0)
        return next((n for n in reversed(range(len(starts))) if starts[n] < here), len(found) - 1)

    def _go_to_number(self, number: int) -> None:
        found = self._bridge.session.problems
        if number < len(found):
            self._go_to(found, number)

    def _go_to(self, found: list[Problem], number: int) -> None:
        self._visited = problem = found[number]
        if problem.span in self._bridge.session.annotations.spans:
            self._window.canvas.focus_span(problem.span)
            self._window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        elif problem.code.startswith("field-"):
            self.fields_wanted.emit()
        self._bar.show_current(number)
        self._window.status.tell(self._said(problem))

    def _row(self, problem: Problem) -> str:
        """What is wrong, after the beginning of what the span covers."""
        session = self._bridge.session
        span = session.annotations.spans.get(problem.span)
        if span is None:
            return self._said(problem)
        covered = " ".join(session.document.text[span.start : min(span.end, span.start + _COVERED)].split())
        more = "\u2026" if span.end > span.start + _COVERED else ""
        return f"{isolate(covered + more)} \u00b7 {self._said(problem)}"

    def _said(self, problem: Problem) -> str:
        return describe_problem(problem, self._bridge.session.schema, language())
