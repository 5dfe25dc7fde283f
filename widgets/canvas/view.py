"""The article on the screen: a page in a scroll area, with the caret, the selection and the focused span.

It changes no annotation. It says what is selected and focused, and is told what a step did.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
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
from PySide6.QtWidgets import QFrame, QWidget

from app.model.annotation import Annotations, Change
from app.model.place import Place
from app.model.schema import Schema
from app.text.boundaries import snap, trim
from widgets.canvas import door, keyboard
from widgets.canvas.caret import Caret, shape
from widgets.canvas.hit import Hit, hit
from widgets.canvas.look import Look
from widgets.canvas.mouse import Mouse
from widgets.canvas.overlays import Overlays
from widgets.canvas.page import ArticlePage
from widgets.canvas.painter import Hand, paint_page
from widgets.canvas.pointer import Grain
from widgets.canvas.repaints import Repaints
from widgets.canvas.scrolling import AIR, Scrolling
from widgets.canvas.sheet import paint_sheet
from widgets.canvas.spans import without_suggested
from widgets.canvas.suggested import SuggestedArea


class ArticleView(SuggestedArea):
    """Shows one article. Offsets in and out are code points of its text."""

    selection_changed = Signal(int, int)
    focus_changed = Signal(str)
    zoom_asked = Signal(int)
    menu_asked = Signal(QPoint)
    text_focused = Signal()
    hand_moved = Signal()
    spans_changed = Signal(object)  # Change
    article_shown = Signal()
    edges_asked = Signal(str, int, int)  # a handle was dragged: the span, and where it is to begin and end
    fragment_asked = Signal(int, int)
    link_asked = Signal(str, str)  # head, child
    announced = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        door.install()
        self._page: ArticlePage | None = None
        self._look = Look()
        self._schema: Schema | None = None
        self._caret = Caret()
        self._anchor = 0
        self._focus = ""
        self._goal: float | None = None
        self._mouse = Mouse(self)
        self._scrolling = Scrolling(self)
        self._repaints = Repaints(self, self._scrolling)
        self._kept_position = ("", 0.0)
        self.overlays = Overlays(self, self._repaints)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setMouseTracking(True)

    # What is shown

    def show_document(self, text: str, title: str, annotations: Annotations, schema: Schema, source: str = "") -> None:
        """Show another article from its top, with nothing selected; `source` is set small under the title."""
        self._schema = schema
        self._look = self._look.with_schema(schema, self._look.language)
        self._caret, self._anchor, self._focus, self._goal = Caret(0, True), 0, "", None
        self._mouse.let_go()
        self._page = ArticlePage(text, title, source, annotations, self._look, self._page_width())
        self._scrolling.show(self._page)
        self.overlays.clear()
        self.article_shown.emit()
        self.selection_changed.emit(0, 0)
        self.focus_changed.emit("")

    def clear(self) -> None:
        """Show no article."""
        self._page = None
        self._caret, self._anchor, self._focus = Caret(), 0, ""
        self.overlays.clear()
        self._scrolling.show(None)
        self.article_shown.emit()

    def refresh(self, change: Change, place: Place) -> None:
        """Take over what a step did to the spans of this article, and where it left the hand."""
        page = self._page
        if page is None:
            return
        anchor, change = self._scrolling.first_line(), without_suggested(change)
        repaint = page.refresh(change)
        if repaint.grown:
            self._scrolling.make_room(repaint, anchor)
        if repaint.bottom > repaint.top:
            self._repaints.band(repaint.top, repaint.bottom)
        self._repaints.relations(change)
        self.overlays.show_links()
        self.spans_changed.emit(change)
        self.set_place(place, reveal=not self._repaints.sees(place.caret))

    def set_hits(self, hits: Sequence[tuple[int, int]], current: int = -1) -> None:
        """Show matches of a search, in the order of the text, on the page and the scroll bar; none: an empty list."""
        self.overlays.show_hits(hits, current)

    def begin_link(self, targets: Sequence[str] | None = None) -> None:
        """Let Tab go to what the focused span is to be linked to (see `Linking`); Enter emits `link_asked`."""
        self.overlays.linking.begin(targets)

    def is_linking(self) -> bool:
        """Whether `begin_link` is waiting for its other end: Tab, Enter and Escape belong to the text then."""
        return self.overlays.linking.active

    def set_word(self, word: Grain) -> None:
        """What a double click takes: the stretch of a text around a position."""
        self._mouse.set_word(word)

    def set_look(self, look: Look) -> None:
        """Show the article in other colours, fonts or sizes; the reader stays where they are."""
        self._look = look.with_schema(self._schema, look.language) if self._schema else look
        self._lay_out_anew()

    def set_zoom(self, percent: int) -> None:
        """Show everything at `percent` of its size."""
        if round(self._look.zoom * 100) != percent:
            self.set_look(self._look.zoomed(percent))

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
        limit, is_backwards = len(self._page.text), place.caret < place.anchor
        start, end = snap(self._page.text, *sorted((min(place.anchor, limit), min(place.caret, limit))))
        anchor, offset = (end, start) if is_backwards else (start, end)
        focus = place.focus if place.focus in self._page.spans else ""
        self.move_hand(anchor, Caret(offset, offset > anchor), focus)
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
            self.move_hand(self._caret.offset, self._caret)
            return
        self.move_hand(found.start, Caret(found.start), span)
        if reveal:
            self.reveal(found.start)

    def walk_spans(self, forwards: bool) -> bool:
        """Focus the next or the previous span in reading order; False when there is none."""
        if self.overlays.walk(forwards):
            return True
        found = self._page.ordered_span(self._caret.offset, self._focus, forwards) if self._page else None
        if found:
            self.focus_span(found.id)
        return found is not None

    def reveal(self, offset: int) -> None:
        """Scroll, if need be, so that `offset` can be read with a line around it."""
        if self._page:
            self._scrolling.reveal(self._page.placed(offset, self._caret.after and offset == self._caret.offset))

    def reading_position(self) -> str:
        """What is at the top of the screen, to be given to `restore_reading_position` another day."""
        return self._scrolling.reading_position()

    def restore_reading_position(self, position: str) -> None:
        """Scroll to a remembered position; one that makes no sense is the top."""
        self._scrolling.restore(position)

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what the event asks for, and nothing outside it."""
        painter = QPainter(self.viewport())
        clip = event.rect()
        painter.fillRect(clip, QColor(self._look.window))
        page = self._page
        if page is None:
            return
        origin = self.origin()
        paint_sheet(painter, QRectF(origin.x(), origin.y(), page.width, page.height), QRectF(clip), self._look)
        painter.translate(origin)
        paint_page(painter, page, clip.top() - origin.y(), clip.bottom() + 1 - origin.y(), self._hand())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Nothing: what is on the screen is moved once the heights are known."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the page out anew when its width changes; the reader stays where they are, the hand in sight."""
        super().resizeEvent(event)
        seen = self._repaints.sees(self._caret.offset, event.oldSize().height())
        if self._page and self._page.width != self._page_width():
            self._lay_out_anew()
        else:
            self._scrolling.to(self._scrolling.top)
        if seen and not self._repaints.sees(self._caret.offset):
            self.reveal(self._caret.offset)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret and extend the selection; everything else belongs to the window."""
        taken = self._mouse.press_key(event) or self.overlays.linking.press(event)
        if not taken and not (self._page and keyboard.press(self, event)):
            event.ignore()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab walks spans; F6 leaves the text."""
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection, or focus the span whose tag was pressed."""
        if self._page:
            self._mouse.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the word; a third press takes the sentence."""
        if self._page:
            self._mouse.double_press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend the selection while the button is down."""
        if self._page:
            self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a selection; a click inside a span focuses it."""
        if self._page:
            self._mouse.release(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu; what is under the mouse becomes the current thing first."""
        self.menu_asked.emit(self._mouse.place_of_menu(event, self._page) if self._page else event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, ask for another size."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        notches = self._mouse.turn(event)
        if notches:
            self.zoom_asked.emit(notches)
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret."""
        super().focusInEvent(event)
        self.text_focused.emit()
        self._repaints.offsets(self._caret.offset, self._caret.offset)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        super().focusOutEvent(event)
        self._repaints.offsets(self._caret.offset, self._caret.offset)

    # For the keyboard and the mouse

    @property
    def text(self) -> str:
        """The article's text; empty without one."""
        return self._page.text if self._page else ""

    @property
    def caret(self) -> Caret:
        """The caret."""
        return self._caret

    def hit(self, point: QPointF) -> Hit:
        """What is at a point of the viewport."""
        assert self._page
        origin = self.origin()
        return hit(self._page, point.x() - origin.x(), point.y() - origin.y())

    def origin(self) -> QPointF:
        """Where the page's top left corner is in the viewport."""
        assert self._page
        return QPointF(round((self.viewport().width() - self._page.width) / 2), -self._scrolling.top)

    def on_screen(self, area: QRectF) -> QRect:
        """Where an area of the page is on the screen."""
        seen = area.translated(self.origin()).toAlignedRect()
        return seen.translated(self.viewport().mapToGlobal(QPoint(0, 0)))

    def goal(self) -> float:
        """The abscissa that moving up and down keeps to, from the text's left edge."""
        if self._goal is None and self._page:
            self._goal = shape(self._page, self._caret).x
        return self._goal or 0.0

    def move_caret(self, caret: Caret, extend: bool, keep_goal: bool = False) -> None:
        """Move the caret by a key; `extend` keeps the selection's other end."""
        goal = self._goal if keep_goal else None
        self.move_hand(self._anchor if extend else caret.offset, caret)
        self._goal = goal
        self.reveal(caret.offset)

    def move_hand(self, anchor: int, caret: Caret, focus: str = "") -> None:
        """Select from `anchor` to `caret` and focus a span, or none."""
        before = self.place()
        if (self._anchor, self._caret, self._focus) == (anchor, caret, focus):
            return
        selected = self.selection()
        self._anchor, self._caret, self._focus, self._goal = anchor, caret, focus, None
        if anchor == before.anchor:
            self._repaints.offsets(*sorted((before.caret, caret.offset)))
        else:
            self._repaints.offsets(*sorted((before.anchor, before.caret)))
            self._repaints.offsets(*sorted((anchor, caret.offset)))
        if focus != before.focus:
            self._repaints.spans(before.focus)
            self._repaints.spans(focus)
        now = self.selection()
        if now != selected:
            self.selection_changed.emit(*now)
        if focus != before.focus:
            self.overlays.show_links()
            self.focus_changed.emit(focus)
        self.hand_moved.emit()

    def scroll_by(self, pixels: int) -> None:
        """Scroll down by `pixels`, or up."""
        self._scrolling.to(self._scrolling.top + pixels)

    def select(self, anchor: int, offset: int) -> None:
        """Select from `anchor` to `offset`."""
        self.move_hand(anchor, Caret(offset, offset > anchor))

    # Inside

    def _hand(self) -> Hand:
        assert self._page
        start, end = sorted((self._anchor, self._caret.offset))
        if start < end:
            start, end = snap(self._page.text, start, end)
        focused = self._page.spans.get(self._focus) or self._page.suggested.get(self.suggested_focus)
        # At the start of the focused span the outline says where the hand is.
        shown = self.hasFocus() and not (focused and focused.start == self._anchor == self._caret.offset)
        here = self._page.number_of(self._caret.offset)
        caret = shape(self._page, self._caret) if shown and self._repaints.shows(here, here) else None
        return Hand(start, end, self._focus, caret, self.overlays.now)

    def _page_width(self) -> int:
        wanted = (self._look.measure + 2 * self._look.margin) * self._look.zoom
        return round(min(wanted, max(160.0, self.viewport().width() - 2.0 * AIR)))

    def _lay_out_anew(self) -> None:
        """Take over another look or width: the same text at the top, unless the hand would be seen no more."""
        page, seen = self._page, self._repaints.sees(self._caret.offset)
        if page:
            kept, top = self._kept_position
            position = kept if kept and top == self._scrolling.top else self._scrolling.reading_position()
            page.set_look(self._look, self._page_width())
            self._scrolling.restore(position)
            self._kept_position = (position, self._scrolling.top)
            self.overlays.show_links()
            if seen and not self._repaints.sees(self._caret.offset):
                self.reveal(self._caret.offset)
        self.viewport().update()
