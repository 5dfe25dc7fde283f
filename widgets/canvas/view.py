"""The article on the screen: a page in a scroll area, with the caret, the selection and the focused span.

It changes no annotation. It says what is selected and focused, and is told what a step did.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.model.annotation import Annotations, Change
from app.model.place import Place
from app.model.schema import Schema
from app.text.boundaries import snap, trim
from widgets.canvas import keyboard
from widgets.canvas.caret import Caret, shape
from widgets.canvas.hit import Hit, hit
from widgets.canvas.look import Look
from widgets.canvas.page import ArticlePage
from widgets.canvas.painter import CaretShape, Hand, paint_page
from widgets.canvas.pointer import Pointer

_AIR = 24
_RADIUS = 10
_SHADOW = 10


class ArticleView(QAbstractScrollArea):
    """Shows one article. Offsets in and out are code points of its text."""

    selection_changed = Signal(int, int)
    focus_changed = Signal(str)
    zoom_asked = Signal(int)
    menu_asked = Signal(QPoint)
    text_focused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: ArticlePage | None = None
        self._look = Look()
        self._schema: Schema | None = None
        self._caret = Caret()
        self._anchor = 0
        self._focus = ""
        self._goal: float | None = None
        self._pointer = Pointer()
        self._scrolling_itself = False
        self._painted_at = 0  # the scroll position that what is on the screen was painted for
        self._autoscroll = QTimer(self, interval=30)
        self._autoscroll.timeout.connect(self._drag_on)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    # What is shown

    def show_document(self, text: str, title: str, annotations: Annotations, schema: Schema, source: str = "") -> None:
        """Show another article from its top, with nothing selected; `source` is set small under the title."""
        self._schema = schema
        self._look = self._look.with_schema(schema, self._look.language)
        self._caret, self._anchor, self._focus, self._goal = Caret(), 0, "", None
        self._page = ArticlePage(text, title, source, annotations, self._look, self._page_width())
        self._set_scroll(-_AIR)
        self.selection_changed.emit(0, 0)
        self.focus_changed.emit("")

    def clear(self) -> None:
        """Show no article."""
        self._page = None
        self._caret, self._anchor, self._focus = Caret(), 0, ""
        self.verticalScrollBar().setRange(0, 0)
        self.viewport().update()

    def refresh(self, change: Change, place: Place) -> None:
        """Take over what a step did to the spans of this article, and where it left the hand."""
        page = self._page
        if page is None:
            return
        bar = self.verticalScrollBar().value()
        anchor = self._first_visible(bar)
        repaint = page.refresh(change)
        if repaint.moved:
            self._keep_in_place(anchor)
            self.viewport().update()
        elif repaint.bottom > repaint.top:
            self._update_band(repaint.top, repaint.bottom)
        self.set_place(place, reveal=True)

    def set_language(self, language: str) -> None:
        """Write the tags in `language`."""
        self._look = self._look.with_schema(self._schema, language) if self._schema else self._look
        self._relook()

    def set_look(self, look: Look) -> None:
        """Show the article in other colours, fonts or sizes; the reader stays where they are."""
        self._look = look.with_schema(self._schema, look.language) if self._schema else look
        self._relook()

    def set_zoom(self, percent: int) -> None:
        """Show everything at `percent` of its size."""
        if round(self._look.zoom * 100) != percent:
            self._look = self._look.zoomed(percent)
            self._relook()

    @property
    def page(self) -> ArticlePage | None:
        """The page being shown."""
        return self._page

    # Where the hand is

    def place(self) -> Place:
        """The selection's two ends and the focused span."""
        return Place(self._anchor, self._caret.offset, self._focus)

    def set_place(self, place: Place, reveal: bool = True) -> None:
        """Put the hand somewhere; with `reveal`, scroll to it if it is out of sight."""
        if self._page is None:
            return
        limit = len(self._page.text)
        anchor, offset = min(place.anchor, limit), min(place.caret, limit)
        self._move_hand(anchor, Caret(offset, offset > anchor), place.focus if place.focus in self._page.spans else "")
        if reveal:
            self.reveal(offset)

    def selection(self) -> tuple[int, int]:
        """The selected `[start, end)` without white space at its ends; empty when nothing is selected."""
        if self._page is None or self._anchor == self._caret.offset:
            return self._caret.offset, self._caret.offset
        start, end = sorted((self._anchor, self._caret.offset))
        return trim(self._page.text, start, end)

    def focused_span(self) -> str:
        """The focused span's id, or ``""``."""
        return self._focus

    def focus_span(self, span: str, reveal: bool = True) -> None:
        """Focus a span of this article (``""``: none) and collapse the selection to its start."""
        found = self._page.spans.get(span) if self._page else None
        if found is None:
            self._move_hand(self._caret.offset, self._caret, "")
            return
        self._move_hand(found.start, Caret(found.start), span)
        if reveal:
            self.reveal(found.start)

    def walk_spans(self, forwards: bool) -> bool:
        """Focus the next or the previous span in reading order; False when there is none."""
        found = self._page.ordered_span(self._caret.offset, self._focus, forwards) if self._page else None
        if found:
            self.focus_span(found.id)
        return found is not None

    def reveal(self, offset: int) -> None:
        """Scroll, if need be, so that `offset` can be read with a line around it."""
        page = self._page
        if page is None:
            return
        placed = page.placed(offset, self._caret.after and offset == self._caret.offset)
        top, bottom = placed.top, placed.top + page.line_height(placed.line)
        scroll, seen = self._top(), self.viewport().height()
        if top >= scroll + 8 and bottom <= scroll + seen - 8:
            return
        near = scroll - seen / 2 < top < scroll + 1.5 * seen
        if not near:
            self._set_scroll(top - seen / 3)
        else:
            self._set_scroll(top - 0.12 * seen if top < scroll + 8 else bottom - 0.88 * seen)
        again = page.placed(offset, False).top
        if not self._top() <= again <= self._top() + seen:
            self._set_scroll(again - seen / 3)

    def reading_position(self) -> str:
        """What is at the top of the screen, to be given to `restore_reading_position` another day."""
        for placed in self._page.lines_between(self._top(), self._top() + 1) if self._page else ():
            return f"{placed.line.start}:{round(self._top() - placed.top)}"
        return "0:0"

    def restore_reading_position(self, position: str) -> None:
        """Scroll to a remembered position; one that makes no sense is the top."""
        offset, _, pixels = position.partition(":")
        if self._page is None or not offset.isdecimal():
            return
        start = min(int(offset), len(self._page.text))
        if start == 0 and not pixels.lstrip("-").isdecimal():
            return
        top = 0.0 if start == 0 and pixels == "0" else self._page.placed(start, False).top
        self._set_scroll(top + (int(pixels) if pixels.lstrip("-").isdecimal() else 0))
        if start:
            self._set_scroll(self._page.placed(start, False).top + int(pixels or 0))

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what the event asks for, and nothing outside it."""
        painter = QPainter(self.viewport())
        clip = event.rect()
        painter.fillRect(clip, QColor(self._look.window))
        page = self._page
        if page is None:
            return
        origin = self._origin()
        self._paint_sheet(painter, QRectF(origin.x(), origin.y(), page.width, page.height), QRectF(clip))
        painter.translate(origin)
        paint_page(painter, page, clip.top() - origin.y(), clip.bottom() + 1 - origin.y(), self._hand())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Nothing: what is on the screen is moved by `_set_scroll`, once the heights are known."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the page out anew when its width changes; the reader stays where they are."""
        super().resizeEvent(event)
        if self._page and abs(self._page.width - self._page_width()) >= 1:
            self._relook()
        else:
            self._set_scroll(self._top())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret and extend the selection; everything else belongs to the window."""
        if not (self._page and keyboard.press(self, event)):
            event.ignore()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab walks spans; F6 leaves the text."""
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection, or focus the span whose tag was pressed."""
        if self._page is None or event.button() != Qt.MouseButton.LeftButton:
            return
        found = self._hit(event.position())
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        anchor, caret = self._pointer.press(self._page.text, found, event.position(), self._anchor, extend)
        if found.tag:
            self.focus_span(found.span, reveal=False)
        else:
            self._move_hand(anchor, caret, "")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the word."""
        if self._page and event.button() == Qt.MouseButton.LeftButton:
            self._move_hand(*self._pointer.double(self._page.text, self._hit(event.position()), event.position()), "")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend the selection while the button is down; scroll when the mouse leaves the page's window."""
        if self._page is None:
            return
        if not event.buttons() & Qt.MouseButton.LeftButton:
            tag = self._hit(event.position()).tag
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if tag else Qt.CursorShape.IBeamCursor)
            return
        self._drag_to(event.position())
        outside = not 0 <= event.position().y() < self.viewport().height()
        if outside and not self._autoscroll.isActive():
            self._autoscroll.start()
        elif not outside:
            self._autoscroll.stop()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a selection; a click inside a span focuses it."""
        self._autoscroll.stop()
        if event.button() == Qt.MouseButton.LeftButton:
            clicked = self._pointer.release()
            if clicked and clicked != self._focus:
                self._move_hand(self._caret.offset, self._caret, clicked)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu; the span or the selection under the mouse becomes the current one first."""
        if self._page and event.reason() == QContextMenuEvent.Reason.Mouse:
            found = self._hit(QPointF(event.pos()))
            start, end = self.selection()
            if not start <= found.letter < end:
                self._move_hand(found.offset, Caret(found.offset, found.after), found.span)
        self.menu_asked.emit(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, ask for another size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom_asked.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret."""
        super().focusInEvent(event)
        self.text_focused.emit()
        self._update_offsets(self._caret.offset, self._caret.offset)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        super().focusOutEvent(event)
        self._update_offsets(self._caret.offset, self._caret.offset)

    # For the keyboard

    @property
    def caret(self) -> Caret:
        """The caret."""
        return self._caret

    def goal(self) -> float:
        """The abscissa that moving up and down keeps to, from the text's left edge."""
        if self._goal is None and self._page:
            self._goal = shape(self._page, self._caret).x
        return self._goal or 0.0

    def move_caret(self, caret: Caret, extend: bool, keep_goal: bool = False) -> None:
        """Move the caret by a key; `extend` keeps the selection's other end."""
        goal = self._goal if keep_goal else None
        self._move_hand(self._anchor if extend else caret.offset, caret, "")
        self._goal = goal
        self.reveal(caret.offset)

    def select(self, anchor: int, offset: int) -> None:
        """Select from `anchor` to `offset`."""
        self._move_hand(anchor, Caret(offset, offset > anchor), "")

    # Inside

    def _hand(self) -> Hand:
        assert self._page
        start, end = sorted((self._anchor, self._caret.offset))
        if start < end:
            start, end = snap(self._page.text, start, end)
        return Hand(start, end, self._focus, self._caret_shape())

    def _caret_shape(self) -> CaretShape | None:
        shown = self._page and self.hasFocus() and self._is_near(self._caret.offset)
        return shape(self._page, self._caret) if shown and self._page else None

    def _is_near(self, offset: int) -> bool:
        assert self._page
        i = self._page.number_of(offset)
        top = self._page.top_of(i)
        return top < self._top() + self.viewport().height() and self._page.top_of(i + 1) >= self._top()

    def _move_hand(self, anchor: int, caret: Caret, focus: str) -> None:
        before = (self._anchor, self._caret, self._focus)
        if before == (anchor, caret, focus):
            return
        self._update_offsets(*sorted((self._anchor, self._caret.offset)))
        self._update_span(self._focus)
        selected = self.selection()
        self._anchor, self._caret, self._focus, self._goal = anchor, caret, focus, None
        self._update_offsets(*sorted((anchor, caret.offset)))
        self._update_span(focus)
        if self.selection() != selected:
            self.selection_changed.emit(*self.selection())
        if focus != before[2]:
            self.focus_changed.emit(focus)

    def _update_span(self, id: str) -> None:
        span = self._page.spans.get(id) if self._page else None
        if span:
            self._update_offsets(span.start, span.end)

    def _update_offsets(self, start: int, end: int) -> None:
        """Ask for a repaint of the lines from `start` to `end`, as far as they are on the screen."""
        page = self._page
        if page is None:
            return
        top, bottom = self._top(), self._top() + self.viewport().height()
        first, last = page.number_of(start), page.number_of(end)
        upper = page.placed(start, True).top if page.top_of(first + 1) > top and page.top_of(first) < bottom else top
        lower = bottom
        if page.top_of(last) < bottom and page.top_of(last + 1) > top:
            placed = page.placed(end, False)
            lower = placed.top + page.line_height(placed.line)
        if page.top_of(first) < bottom and page.top_of(last + 1) > top:
            self._update_band(upper, lower)

    def _update_band(self, top: float, bottom: float) -> None:
        y = self._origin().y()
        room = 8 * self._look.zoom
        area = QRectF(
            self._origin().x(), top + y - room, self._page.width if self._page else 0, bottom - top + 2 * room
        )
        self.viewport().update(area.toAlignedRect())

    def _page_width(self) -> float:
        wanted = (self._look.measure + 2 * self._look.margin) * self._look.zoom
        return min(wanted, max(160.0, self.viewport().width() - 2.0 * _AIR))

    def _origin(self) -> QPointF:
        assert self._page
        x = (self.viewport().width() - self._page.width) / 2
        return QPointF(round(x), -self.verticalScrollBar().value() + _AIR)

    def _top(self) -> float:
        """The height on the page at which the screen begins."""
        return float(self.verticalScrollBar().value() - _AIR)

    def _set_scroll(self, top: float) -> None:
        """Scroll so that the screen begins at `top` on the page, laying out what is seen."""
        page = self._page
        if page is None:
            return
        seen = self.viewport().height()
        before = page.height
        settled = page.settle(max(0.0, top), seen + 1.0)
        still = settled == max(0.0, top) and page.height == before
        if top >= 0:
            top = settled
        self._scrolling_itself = True
        bar = self.verticalScrollBar()
        bar.setPageStep(seen)
        bar.setSingleStep(round(26 * self._look.zoom))
        bar.setRange(0, max(0, round(page.height + 2 * _AIR - seen)))
        bar.setValue(round(top + _AIR))
        self._scrolling_itself = False
        moved, self._painted_at = self._painted_at - bar.value(), bar.value()
        if still and abs(moved) < seen:
            self.viewport().scroll(0, moved)
        else:
            self.viewport().update()

    def _scrolled(self) -> None:
        if not self._scrolling_itself:
            self._set_scroll(self._top())

    def _first_visible(self, value: int) -> tuple[int, float]:
        assert self._page
        for placed in self._page.lines_between(value - _AIR, value - _AIR + self.viewport().height()):
            if placed.top >= value - _AIR:
                return placed.line.start, placed.top - value
        return 0, 0.0

    def _keep_in_place(self, anchor: tuple[int, float]) -> None:
        """Scroll so that the line at the top of the screen stays where it was; at the very top, the top."""
        assert self._page
        if self.verticalScrollBar().value() == 0:
            self._set_scroll(-_AIR)
            return
        self._set_scroll(self._page.placed(anchor[0], False).top - anchor[1] - _AIR)

    def _relook(self) -> None:
        page = self._page
        if page is None:
            self.viewport().update()
            return
        at_top = self.verticalScrollBar().value() == 0
        position = self.reading_position()
        page.set_look(self._look, self._page_width())
        if at_top:
            self._set_scroll(-_AIR)
        else:
            self.restore_reading_position(position)
        self.viewport().update()

    def _hit(self, point: QPointF) -> Hit:
        assert self._page
        origin = self._origin()
        return hit(self._page, point.x() - origin.x(), point.y() - origin.y())

    def _drag_to(self, point: QPointF) -> None:
        assert self._page
        moved = self._pointer.move(self._page.text, self._hit(point), point)
        if moved:
            self._move_hand(*moved, "")

    def _drag_on(self) -> None:
        """Scroll while the mouse is held above or below the screen, faster the farther it is."""
        point = QPointF(self.viewport().mapFromGlobal(self.cursor().pos()))
        beyond = min(point.y(), 0) + max(point.y() - self.viewport().height(), 0)
        self._set_scroll(self._top() + beyond / 2)
        self._drag_to(QPointF(point.x(), min(max(point.y(), 1), self.viewport().height() - 2)))

    def _paint_sheet(self, painter: QPainter, sheet: QRectF, clip: QRectF) -> None:
        """The sheet of paper; its round corners and its shadow only where they are asked for."""
        page = QColor(self._look.page)
        if not self._look.dark:
            self._paint_shadow(painter, sheet, clip)
        straight = sheet.adjusted(0, _RADIUS, 0, -_RADIUS)
        painter.fillRect(straight.intersected(clip), page)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(page)
        for end in (sheet.top(), sheet.bottom() - 2 * _RADIUS):
            corner = QRectF(sheet.left(), end, sheet.width(), 2 * _RADIUS)
            if corner.intersects(clip):
                painter.drawRoundedRect(corner, _RADIUS, _RADIUS)
        painter.restore()

    def _paint_shadow(self, painter: QPainter, sheet: QRectF, clip: QRectF) -> None:
        shade = QColor(self._look.shadow)
        left, top, right, bottom = (round(side) for side in sheet.getCoords())
        height = min(bottom, round(clip.bottom())) - max(top + _RADIUS // 2, round(clip.top()))
        for spread in range(_SHADOW - 1):
            shade.setAlpha(24 - 24 * spread // _SHADOW)
            for x in (left - spread - 1, right + spread):
                if clip.left() <= x <= clip.right():
                    painter.fillRect(x, max(top + _RADIUS // 2, round(clip.top())), 1, height, shade)
            if clip.bottom() >= bottom + spread:
                painter.fillRect(left, bottom + spread, right - left, 1, shade)
