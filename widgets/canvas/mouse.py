"""What the buttons, the movement and the wheel of the mouse mean to the view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent

from app.model.annotation import Span
from widgets.canvas.caret import Caret, shape
from widgets.canvas.drags import BoundsDrag, EdgeDrag, LinkDrag
from widgets.canvas.grips import grip_at
from widgets.canvas.hit import Hit
from widgets.canvas.pointer import Grain, Pointer

if TYPE_CHECKING:
    from widgets.canvas.page import ArticlePage
    from widgets.canvas.view import ArticleView

_LEFT = Qt.MouseButton.LeftButton
_NOTCH = 120
_FAR = 4
_EDGE, _PULL = 2, 16


class Mouse:
    """The mouse over a view that shows a page."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._pointer = Pointer()
        self._wheel = 0
        self._drag_point = QPointF()
        self._press_point = QPointF()
        self._drag: EdgeDrag | BoundsDrag | LinkDrag | None = None
        self._moved = False
        self._adding = False
        self._autoscroll = QTimer(view, interval=30)
        self._autoscroll.timeout.connect(self._drag_on)

    def set_word(self, word: Grain) -> None:
        """What a double click takes."""
        self._pointer.word = word

    def press(self, event: QMouseEvent) -> None:
        """Begin a selection, or focus the span whose tag was pressed."""
        view = self._view
        if event.button() != _LEFT:
            return
        found = view.hit(event.position())
        self._press_point = event.position()
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._adding = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        edge = "" if extend or self._adding else self.grip_at(event.position())
        if edge:
            self._drag = self._edge_drag(edge)
        elif found.tag and found.suggested:
            view.suggested_clicked.emit(found.suggested)
        elif found.tag:
            view.focus_span(found.span, reveal=False)
            self._drag = LinkDrag(view, found.span, event.position())
        else:
            anchor, caret = self._pointer.press(view.text, found, event.position(), view.place().anchor, extend)
            view.move_hand(anchor, caret, view.focused_span() if self._adding else "")

    def double_press(self, event: QMouseEvent) -> None:
        """Take the word."""
        self._adding = False
        found = self._view.hit(event.position())
        if event.button() == _LEFT and not found.tag:
            self._view.move_hand(*self._pointer.double(self._view.text, found, event.position()))

    def move(self, event: QMouseEvent) -> None:
        """Extend the selection while the button is down; scroll when the mouse leaves the window on the page."""
        viewport = self._view.viewport()
        if not event.buttons() & _LEFT:
            found = self._view.hit(event.position())
            self._view.overlays.suggested.hover(found.suggested)
            viewport.setCursor(self._shape(event.position(), found))
            return
        self._drag_point = event.position()
        dragging = self._drag_to(event.position())
        outside = _beyond(event.position().y(), viewport.height()) != 0
        if outside and dragging and not self._autoscroll.isActive():
            self._autoscroll.start()
        elif not outside:
            self._autoscroll.stop()

    def release(self, event: QMouseEvent) -> None:
        """End a selection; a click inside a span focuses it."""
        if event.button() == _LEFT:
            self._autoscroll.stop()
            if self._drag:
                self._drop(event.position())
                return
            was_drag = self._pointer.dragging
            clicked = self._pointer.release()
            start, end = self._view.selection()
            if self._adding and was_drag and start < end:
                self._view.fragment_asked.emit(start, end)
            elif clicked and clicked.suggested:
                self._view.suggested_clicked.emit(clicked.suggested)
            elif clicked and clicked.span:
                caret = self._view.caret
                self._view.move_hand(caret.offset, caret, clicked.span)

    def let_go(self) -> None:
        """Forget what was being dragged: another article is shown."""
        self.cancel()
        self._pointer.release()

    def press_key(self, event: QKeyEvent) -> bool:
        """Escape lets go of an edge or a link; False when it has nothing to let go of."""
        return event.key() == Qt.Key.Key_Escape and self.cancel()

    def cancel(self) -> bool:
        """Leave the edge or the link that is being dragged as it was; False when none is."""
        drag, was_moved = self._drag, self._moved
        self._autoscroll.stop()
        self._drag, self._moved = None, False
        if drag and was_moved:
            drag.cancel()
        return drag is not None and was_moved

    def place_of_menu(self, event: QContextMenuEvent, page: ArticlePage) -> QPoint:
        """Where on the screen the menu comes: under the mouse, what is there made current first, or below the caret."""
        if event.reason() != QContextMenuEvent.Reason.Mouse:
            return self._below_caret(page) or event.globalPos()
        found = self._view.hit(QPointF(event.pos()))
        start, end = self._view.selection()
        if not start <= found.letter < end:
            self._click(found)
        return event.globalPos()

    def _below_caret(self, page: ArticlePage) -> QPoint | None:
        caret, viewport = shape(page, self._view.caret), self._view.viewport()
        at = (QPointF(page.margin + caret.x, caret.bottom) + self._view.origin()).toPoint()
        return viewport.mapToGlobal(at) if viewport.rect().contains(at) else None

    def turn(self, event: QWheelEvent) -> int:
        """How many notches a wheel, or two fingers, have turned by now: steps of zoom."""
        self._wheel += event.angleDelta().y()
        notches = int(self._wheel / _NOTCH)
        self._wheel -= notches * _NOTCH
        return notches

    def _drag_to(self, point: QPointF) -> bool:
        """Extend the selection, or what is dragged, to `point`; False while the mouse drags nothing."""
        if self._drag:
            self._moved = self._moved or (point - self._press_point).manhattanLength() >= _FAR
            if self._moved:
                self._drag.move(point)
            return self._moved
        moved = self._pointer.move(self._view.text, self._view.hit(point), point)
        if moved:
            self._view.move_hand(*moved, self._view.focused_span() if self._adding else "")
        return moved is not None

    def grip_at(self, point: QPointF) -> str:
        """The edge of what is in focus, "start" or "end", whose handle is at a point of the viewport; "" for none."""
        view, focused = self._view, self._focused()
        at = point - view.origin()
        return grip_at(view.page, focused, at.x(), at.y()) if view.page else ""

    def _drop(self, point: QPointF) -> None:
        """Let go of what was dragged; an edge that was not moved was a click on the text there."""
        drag, was_moved = self._drag, self._moved
        self._drag, self._moved = None, False
        if drag and was_moved:
            drag.drop(point)
        elif drag and not isinstance(drag, LinkDrag):
            self._click(self._view.hit(point))

    def _click(self, found: Hit) -> None:
        """Put the caret there, and make current what is there."""
        self._view.move_hand(found.offset, Caret(found.offset, found.after), found.span)
        if found.suggested:
            self._view.suggested_clicked.emit(found.suggested)

    def _focused(self) -> Span | None:
        """The focused span, or the suggestion in focus."""
        page = self._view.page
        if page is None:
            return None
        return page.spans.get(self._view.focused_span()) or page.suggested.get(self._view.suggested_focus)

    def _edge_drag(self, edge: str) -> EdgeDrag | BoundsDrag | None:
        focused = self._focused()
        if focused is None:
            return None
        kind = BoundsDrag if self._view.suggested_focus == focused.id else EdgeDrag
        return kind(self._view, focused, edge)

    def _shape(self, point: QPointF, found: Hit) -> Qt.CursorShape:
        """What the mouse looks like at a point: over a handle, over a tag, over the text."""
        if self.grip_at(point):
            return Qt.CursorShape.SizeHorCursor
        return Qt.CursorShape.PointingHandCursor if found.tag else Qt.CursorShape.IBeamCursor

    def _drag_on(self) -> None:
        """Scroll while the mouse is held above or below the screen, faster the farther it is."""
        point, height = self._drag_point, self._view.viewport().height()
        self._view.scroll_by(round(_beyond(point.y(), height) / 2))
        self._drag_to(QPointF(point.x(), min(max(point.y(), 1), height - 2)))


def _beyond(y: float, height: int) -> float:
    """How far `y` is above (below 0) or below the screen; on a full screen its outermost pixels are all there is."""
    if y < _EDGE:
        return min(y, 0) - _PULL
    return max(y - height, 0) + _PULL if y >= height - _EDGE else 0
