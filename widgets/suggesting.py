"""Suggestions in the window: looked for when the article is on the screen, walked from one to the next, decided."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from app.edit.steps import Step
from app.errors import HashiyaError
from app.model.annotation import Span
from app.wording import _
from widgets.actions import ON_A_SUGGESTION, SHAPING
from widgets.bridge import Bridge
from widgets.canvas.suggested import Dashed
from widgets.keys import chord_name
from widgets.main_window import MainWindow
from widgets.suggestion_bounds import SuggestionBounds
from widgets.task import Task

if TYPE_CHECKING:
    from app.suggest.combine import Offered

Order = tuple[int, int, str]
_PAINTED_MS, _SOON_MS = 0, 30
_USUAL, _YIELDING = 0.005, 0.0005
"""How many seconds a thread may keep the others from working: less while one gets ready beside the window."""
_HERE = "suggestions"
_OFF = "off"


class Suggesting(QObject):
    """`does` tells what each action of this kind does. Nothing is looked for before the article was painted.

    `decided` when suggestions were accepted or rejected, or that was taken back: there is something to learn;
    `stood_otherwise` a moment after what is suggested, in focus or chosen has changed.
    """

    decided = Signal()
    stood_otherwise = Signal()

    def __init__(self, window: MainWindow, bridge: Bridge) -> None:
        super().__init__(window)
        self._window, self._bridge, self._canvas = window, bridge, window.canvas
        self.bounds = SuggestionBounds(window.canvas, bridge)
        self._getting_ready: Task | None = None
        self._is_off_here = False
        self._goes_on_from: Order | None = None
        self._look_now = QTimer(self, singleShot=True, interval=_PAINTED_MS)
        self._tell_soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self.does: dict[str, Callable[[], object]] = {
            "accept": self.accept,
            "reject": self.reject,
            "accept-alike": self.accept_alike,
            "accept-above": self.accept_above,
            "next-suggestion": lambda: self._jump(True),
            "previous-suggestion": lambda: self._jump(False),
            "suggest-here": self._switch_here,
        }
        self._connect()
        self._tell()
        if bridge.is_open:
            self._begin()

    # What is in focus

    @property
    def focused(self) -> Offered | None:
        """The suggestion in focus, or None."""
        id = self._canvas.suggested_focus
        if not id or not self._bridge.is_open:
            return None
        return next((one for one in self._bridge.session.suggestions if one.id == id), None)

    def walk(self, forwards: bool) -> bool:
        """Focus the next span or suggestion in reading order, or the one before; False where a span is next by itself.

        So Tab goes on from span to span as ever in an article without suggestions.
        """
        page, offers = self._canvas.page, self.shown()
        if page is None or not offers:
            return False
        canvas, key = self._canvas, self._here(forwards)
        orders = [_order(one) for one in offers]
        n = bisect_right(orders, key) if forwards else bisect_left(orders, key) - 1
        found = offers[n] if 0 <= n < len(offers) else None
        if not canvas.suggested_focus:
            span = page.ordered_span(canvas.caret.offset, canvas.focused_span(), forwards)
        else:
            span = page.spans.following((*key, ""), len(page.text)) if forwards else page.spans.preceding((*key, ""))
        if span and (found is None or (_order_of(span) < _order(found)) == forwards):
            canvas.focus_span(span.id)
        elif found:
            canvas.set_suggested_focus(found.id)
        return True

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key means to the suggestion in focus; False when none is, or it means nothing to one."""
        if not self._canvas.suggested_focus or not self._canvas.hasFocus():
            return False
        keymap, chord = self._window.actions_.keymap, chord_name(event)
        decide, shape = self.does.get(keymap.on_suggestion(chord)), self.bounds.does.get(keymap.by_hand(chord))
        if chord == "Esc":
            self._canvas.set_suggested_focus("")
        elif decide and not event.isAutoRepeat():
            decide()
        elif shape and (not event.isAutoRepeat() or chord[-1] in "[]"):
            shape()
        return bool(decide or shape) or chord == "Esc"

    def instead(self, id: str) -> Callable[[], object] | None:
        """What the action `id`, which moves edges, does while a suggestion is in focus."""
        return self.bounds.does.get(id) if self._canvas.suggested_focus else None

    # Decisions

    def accept(self, label: str = "") -> bool:
        """Mark what is in focus, as `label` where one is given, and go on to the next; False when nothing is."""
        one = self.focused
        if one is None:
            return False
        session, place, bounds = self._bridge.session, self._canvas.place(), self.bounds.wanted
        self._decide(one, lambda: session.accept([one.id], label=label, bounds=bounds, place=place, origin=self))
        return True

    def accept_alike(self) -> None:
        """Mark every one of the same text and label in one step, and go on."""
        one = self.focused
        if one:
            session, place, bounds = self._bridge.session, self._canvas.place(), self.bounds.wanted
            self._decide(one, lambda: session.accept_alike(one.id, place, self, bounds))

    def accept_above(self) -> None:
        """Mark every one that is shown in one step."""
        if not self.shown():
            return
        session, place = self._bridge.session, self._canvas.place()
        least = session.suggest_settings.threshold
        self._goes_on_from = None
        self._bridge.make(lambda: session.accept_above(least, place, self))

    def reject(self) -> None:
        """Suggest what is in focus no more in this project, and go on."""
        one = self.focused
        if one:
            session, place = self._bridge.session, self._canvas.place()
            self._decide(one, lambda: session.reject([one.id], place, self))

    # Where there are suggestions

    @property
    def is_off_here(self) -> bool:
        """Whether suggestions were switched off for the article alone."""
        return self._is_off_here

    def shown(self) -> tuple[Offered, ...]:
        """What is suggested in the article, in reading order; nothing where that is off."""
        if not self._bridge.is_open or self._is_off_here:
            return ()
        return self._bridge.session.suggestions

    def look_again(self) -> None:
        """Look for suggestions a moment later."""
        self._look_now.start()

    def tell_soon(self) -> None:
        """Tell a moment later that things stand otherwise."""
        if not self._tell_soon.isActive():
            self._tell_soon.start()

    def finish(self) -> None:
        """Let the sources come to rest: the project is about to be closed."""
        self._look_now.stop()
        if self._getting_ready:
            task, self._getting_ready = self._getting_ready, None
            task.wait()
            sys.setswitchinterval(_USUAL)

    def _connect(self) -> None:
        canvas, bridge = self._canvas, self._bridge
        canvas.overlays.walks = self.walk
        canvas.article_shown.connect(self._begin)
        canvas.suggested_clicked.connect(canvas.set_suggested_focus)
        canvas.suggested_focus_changed.connect(self.tell_soon)
        bridge.changed.connect(self._changed)
        bridge.documents_changed.connect(self._catch_up)
        bridge.suggestions_changed.connect(self._show)
        bridge.closed.connect(self._tell_soon.stop)
        self.bounds.changed.connect(self.tell_soon)
        self._window.suggestions.left.connect(lambda: canvas.setFocus(Qt.FocusReason.OtherFocusReason))
        self._look_now.timeout.connect(self._look)
        self._tell_soon.timeout.connect(self._tell)

    def _begin(self) -> None:
        """An article was put on the screen: once it is painted, look what there is to suggest."""
        self._goes_on_from = None
        if self._bridge.is_open:
            session = self._bridge.session
            self._is_off_here = bool(session.key) and session.recall(_HERE, session.key) == _OFF
            self._look_now.start()

    def _catch_up(self) -> None:
        """Look again once the change is painted, where that changes what is suggested."""
        if self._bridge.is_open and self._bridge.session.are_suggestions_behind:
            self._look_now.start()

    def _look(self) -> None:
        if not self._bridge.is_open or self._getting_ready:
            return
        session = self._bridge.session
        if not session.is_ready_to_suggest:
            self._getting_ready = Task(lambda _hear: session.get_ready_to_suggest(), self)
            self._getting_ready.finished.connect(self._got_ready)
            sys.setswitchinterval(_YIELDING)
            self._getting_ready.start()
            return
        self._suggest()

    def _suggest(self) -> None:
        try:
            self._bridge.session.suggest_now()
        except HashiyaError as error:
            self._bridge.noticed.emit(error)
        self._show()

    def _got_ready(self, outcome: object) -> None:
        task = self._getting_ready
        if task is None or self.sender() is not task:
            return
        task.wait()
        task.deleteLater()
        sys.setswitchinterval(_USUAL)
        self._getting_ready = None
        if isinstance(outcome, HashiyaError):
            self._bridge.noticed.emit(outcome)
            self._suggest()  # as well as can be: getting ready would fail once more
        else:
            self._look()

    def _show(self) -> None:
        """Have the page show what is suggested now; where what was in focus went by itself, the next one is."""
        focus, shown = self._canvas.suggested_focus, self.shown()
        sure = {one.id: one.confidence for one in shown}
        self._canvas.set_suggested([Dashed(one.id, *one.suggestion[:3]) for one in shown], sure)
        if focus and not self._canvas.suggested_focus and self._goes_on_from is None:
            label, start, end = focus.rsplit(":", 2)
            self._go_on((int(start), -int(end), label))
        self.tell_soon()

    def _switch_here(self) -> None:
        session = self._bridge.session
        self._is_off_here = not self._is_off_here
        session.remember(_HERE, _OFF if self._is_off_here else "", session.key)
        self._show()
        self._tell()

    # Inside

    def _decide(self, one: Offered, edit: Callable[[], Step | None]) -> None:
        self._goes_on_from = _order(one)
        self._bridge.make(edit)

    def _changed(self, step: Step, origin: object) -> None:
        """Go on after what was decided; what was taken back is in focus again."""
        change = step.change_of(self._bridge.session.document.id)
        self.tell_soon()
        self._catch_up()
        if change is None or not (change.decided or change.undecided):
            return
        if origin is self and self._goes_on_from is not None:
            came_from, self._goes_on_from = self._goes_on_from, None
            if not self._go_on(came_from) and change.added:
                self._canvas.focus_span(change.added[-1].id)
        elif change.undecided:
            here = self._canvas.place().caret
            back = {f"{one.label}:{one.start}:{one.end}" for one in change.undecided if one.start <= here <= one.end}
            again = next((one.id for one in self.shown() if one.id in back), "")
            if again:
                self._canvas.set_suggested_focus(again)
        self.decided.emit()

    def _go_on(self, came_from: Order) -> bool:
        """Focus the next suggestion from a place in reading order on; False when there is none."""
        following = next((one.id for one in self.shown() if _order(one) >= came_from), "")
        if following:
            self._canvas.set_suggested_focus(following)
        return bool(following)

    def _jump(self, forwards: bool) -> None:
        """Focus the next suggestion or the one before, past all spans; after the last comes the first."""
        offers = self.shown()
        if not offers:
            self._window.status.tell(_("No suggestions left"))
            return
        orders, key = [_order(one) for one in offers], self._here(forwards)
        n = bisect_right(orders, key) if forwards else bisect_left(orders, key) - 1
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self._canvas.set_suggested_focus(offers[n % len(offers)].id)

    def _here(self, forwards: bool) -> Order:
        """Where the hand is, in reading order: at a suggestion, a span, or before or after all that begins here."""
        canvas, one = self._canvas, self.focused
        if one:
            return _order(one)
        span = canvas.page.spans.get(canvas.focused_span()) if canvas.page else None
        if span:
            return _order_of(span)
        return canvas.caret.offset, -len(canvas.text) - 1 if forwards else 1, ""

    def _tell(self) -> None:
        """Allow what can be done now, and tell: a key press waits for none of it."""
        has_one = bool(self._canvas.suggested_focus)
        for action in ON_A_SUGGESTION:
            self._window.actions_[action].setEnabled(has_one)
        for action in SHAPING:
            self._window.actions_[action].setEnabled(has_one or bool(self._canvas.focused_span()))
        self.stood_otherwise.emit()


def _order(one: Offered) -> Order:
    label, start, end = one.suggestion[:3]
    return start, -end, label


def _order_of(span: Span) -> Order:
    return span.start, -span.end, span.label
