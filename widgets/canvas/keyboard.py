"""The keys that move the caret and the selection."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from widgets.canvas import caret
from widgets.canvas.caret import Caret
from widgets.canvas.page import ArticlePage

if TYPE_CHECKING:
    from widgets.canvas.view import ArticleView

Key = Qt.Key
Move = Callable[[ArticlePage, Caret], Caret]

_PLAIN: dict[int, Move] = {
    Key.Key_Left: lambda page, at: caret.sideways(page, at, left=True),
    Key.Key_Right: lambda page, at: caret.sideways(page, at, left=False),
    Key.Key_Home: lambda page, at: caret.line_edge(page, at, end=False),
    Key.Key_End: lambda page, at: caret.line_edge(page, at, end=True),
}
_WITH_CONTROL: dict[int, Move] = {
    Key.Key_Up: lambda page, at: caret.by_paragraph(page, at, down=False),
    Key.Key_Down: lambda page, at: caret.by_paragraph(page, at, down=True),
    Key.Key_Home: lambda page, at: caret.at_start(page, 0),
    Key.Key_End: lambda page, at: Caret(len(page.text), True),
}
_SIDES = {Key.Key_Left: True, Key.Key_Right: False}
_LINES = {Key.Key_Up: False, Key.Key_Down: True}
_SCREENS = {Key.Key_PageUp: -1, Key.Key_PageDown: 1}


def press(view: ArticleView, event: QKeyEvent) -> bool:
    """Do what the key means to the caret; False when it means nothing here."""
    key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    control = held & Qt.KeyboardModifier.ControlModifier
    shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
    if held & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier):
        return False
    if control:
        return _with_control(view, key, shift)
    if key in (Key.Key_Tab, Key.Key_Backtab):
        view.walk_spans(forwards=key == Key.Key_Tab and not shift)
        return True
    if key == Key.Key_Escape:
        return _let_go(view)
    return _move(view, key, shift)


def _with_control(view: ArticleView, key: int, shift: bool) -> bool:
    page = view.page
    if page and key == Key.Key_A and not shift:
        view.select(0, len(page.text))
        return True
    move = _WITH_CONTROL.get(key)
    if page is None or (move is None and key not in _SIDES):
        return False
    side = _SIDES.get(key, False)
    view.move_caret(move(page, view.caret) if move else caret.by_word(page, view.caret, side, shift), shift)
    return True


def _move(view: ArticleView, key: int, shift: bool) -> bool:
    page = view.page
    if page is None:
        return False
    if key in _SIDES and not shift and view.place().anchor != view.caret.offset:
        view.move_caret(_edge(view, page, left=_SIDES[key]), extend=False)
    elif key in _PLAIN:
        view.move_caret(_PLAIN[key](page, view.caret), shift)
    elif key in _LINES:
        goal = view.goal()
        view.move_caret(caret.by_line(page, view.caret, goal, down=_LINES[key]), shift, keep_goal=True)
    elif key in _SCREENS:
        distance = _SCREENS[key] * 0.9 * view.viewport().height()
        view.move_caret(caret.by_screen(page, view.caret, view.goal(), distance), shift, keep_goal=True)
    else:
        return False
    return True


def _edge(view: ArticleView, page: ArticlePage, left: bool) -> Caret:
    """The end of the selection at which an arrow without Shift lets go of it."""
    start, end = sorted((view.place().anchor, view.caret.offset))
    return Caret(end, True) if left == page.placed(start, False).line.rtl else Caret(start)


def _let_go(view: ArticleView) -> bool:
    """Escape drops the selection first, then the focused span or the suggestion in focus."""
    place = view.place()
    if place.anchor != place.caret:
        view.select(place.caret, place.caret)
        return True
    if place.focus:
        view.focus_span("")
        return True
    if view.suggested_focus:
        view.set_suggested_focus("")
        return True
    return False
