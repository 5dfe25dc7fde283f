"""What the buttons, the movement and the wheel of the mouse mean to the view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent

from widgets.canvas.caret import Caret
from widgets.canvas.pointer import Pointer

if TYPE_CHECKING:
    from widgets.canvas.view import ArticleView

_LEFT = Qt.MouseButton.LeftButton
_NOTCH = 120


class Mouse:
    """The mouse over a view that shows a page."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._pointer = Pointer()
        self._wheel = 0
        self._drag_point = QPointF()
        self._autoscroll = QTimer(view, interval=30)
        self._autoscroll.timeout.connect(self._drag_on)

    def press(self, event: QMouseEvent) -> None:
        """Begin a selection, or focus the span whose tag was pressed."""
        view = self._view
        if event.button() != _LEFT:
            return
        found = view.hit(event.position())
        if found.tag:
            view.focus_span(found.span, reveal=False)
            return
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        place = view.place()
        anchor, caret = self._pointer.press(view.text, found, event.position(), place.anchor, extend)
        view.move_hand(anchor, caret)

    def double_press(self, event: QMouseEvent) -> None:
        """Take the word."""
        found = self._view.hit(event.position())
        if event.button() == _LEFT and not found.tag:
            self._view.move_hand(*self._pointer.double(self._view.text, found, event.position()))

    def move(self, event: QMouseEvent) -> None:
        """Extend the selection while the button is down; scroll when the mouse leaves the window on the page."""
        viewport = self._view.viewport()
        if not event.buttons() & _LEFT:
            tag = self._view.hit(event.position()).tag
            viewport.setCursor(Qt.CursorShape.PointingHandCursor if tag else Qt.CursorShape.IBeamCursor)
            return
        self._drag_point = event.position()
        dragging = self._drag_to(event.position())
        outside = not 0 <= event.position().y() < viewport.height()
        if outside and dragging and not self._autoscroll.isActive():
            self._autoscroll.start()
        elif not outside:
            self._autoscroll.stop()

    def release(self, event: QMouseEvent) -> None:
        """End a selection; a click inside a span focuses it."""
        if event.button() == _LEFT:
            self._autoscroll.stop()
            clicked = self._pointer.release()
            if clicked:
                caret = self._view.caret
                self._view.move_hand(caret.offset, caret, clicked)

    def let_go(self) -> None:
        """Forget what was being dragged: another article is shown."""
        self._autoscroll.stop()
        self._pointer.release()

    def ask_for_menu(self, event: QContextMenuEvent) -> None:
        """The span or the selection under the mouse becomes the current one before the menu comes."""
        found = self._view.hit(QPointF(event.pos()))
        start, end = self._view.selection()
        if not start <= found.letter < end:
            self._view.move_hand(found.offset, Caret(found.offset, found.after), found.span)

    def turn(self, event: QWheelEvent) -> int:
        """How many notches a wheel, or two fingers, have turned by now: steps of zoom."""
        self._wheel += event.angleDelta().y()
        notches = int(self._wheel / _NOTCH)
        self._wheel -= notches * _NOTCH
        return notches

    def _drag_to(self, point: QPointF) -> bool:
        """Extend the selection to `point`; False while the mouse drags nothing."""
        moved = self._pointer.move(self._view.text, self._view.hit(point), point)
        if moved:
            self._view.move_hand(*moved)
        return moved is not None

    def _drag_on(self) -> None:
        """Scroll while the mouse is held above or below the screen, faster the farther it is."""
        point, height = self._drag_point, self._view.viewport().height()
        beyond = min(point.y(), 0) + max(point.y() - height, 0)
        self._view.scroll_by(round(beyond / 2))
        self._drag_to(QPointF(point.x(), min(max(point.y(), 1), height - 2)))
