"""The article for assistive technology: a text to be read with the caret, and its spans as what is in it.

Qt asks for an `ArticleInterface` when a screen reader first looks at the window; until then nothing of this exists.
PySide6 leaves out the parts of `QAccessibleTextInterface` that answer through pointers. So Qt's own boundaries of words
and sentences count, a paragraph is a line, and no selection can be told of: it is announced instead.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QLocale, QObject, QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleAttributesInterface,
    QAccessibleInterface,
    QAccessibleTextInterface,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget

from app.model.annotation import Change, Span, span_order
from app.model.place import Place
from app.text.direction import language_of
from widgets.canvas.announcer import Announcer
from widgets.canvas.boxes import pieces
from widgets.canvas.caret import Caret, shape
from widgets.canvas.page import ArticlePage, Placed
from widgets.canvas.spoken import SpokenText, name_of

if TYPE_CHECKING:
    from widgets.canvas.view import ArticleView

_Kind, _Text = QAccessible.InterfaceType, QAccessible.Text
_installed = False


def install() -> None:
    """Have Qt find the article when a screen reader asks for what is in the window."""
    global _installed
    if not _installed:
        QAccessible.installFactory(_made)
        _installed = True


def _made(kind: str, widget: QObject) -> QAccessibleInterface | None:
    return ArticleInterface(widget) if kind == "ArticleView" else None


class ArticleInterface(QAccessibleWidget):
    """The view as assistive technology meets it: a text that cannot be typed into. Its children are the spans."""

    def __init__(self, view: ArticleView) -> None:
        super().__init__(view, QAccessible.Role.EditableText)
        self._view = view
        self._spans = SpanInterfaces(self, view)
        text = ArticleText(view)
        self._parts = {_Kind.TextInterface: text, _Kind.AttributesInterface: ArticleAttributes(view)}
        self.announcer = Announcer(view, text.cursorPosition)
        view.article_shown.connect(self._spans.forget)
        view.spans_changed.connect(self._spans.follow)
        view.destroyed.connect(self._spans.forget)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> shiboken6.VoidPtr:
        """Where the part of `kind` is; nowhere if there is none."""
        if kind in self._parts:
            return _address(self._parts[kind])
        return super().interface_cast(kind) or _address(None)

    def text(self, kind: QAccessible.Text) -> str:
        """The headline, which is above the text, describes it."""
        page = self._view.page
        if kind == _Text.Description and page:
            return ". ".join(said for said in (page.title, page.source) if said)
        return self._view.text if kind == _Text.Value else super().text(kind)

    def state(self) -> QAccessible.State:
        """It can be read and selected, not typed into."""
        state = super().state()
        state.readOnly = state.multiLine = state.selectableText = True
        return state

    def childCount(self) -> int:
        """How many spans there are."""
        return self._spans.count()

    def child(self, index: int) -> QAccessibleInterface | None:
        """Span number `index` in reading order."""
        return self._spans.at(index)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Which span `child` is in reading order; -1 if it is none of this article."""
        return self._spans.index(child)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        """The span at a point of the screen."""
        at = self._view.viewport().mapFromGlobal(QPoint(x, y))
        if self._view.page is None or not self._view.viewport().rect().contains(at):
            return None
        return self._spans.of(self._view.hit(QPointF(at)).span)


class ArticleText(QAccessibleTextInterface):
    """The text, the caret and where each letter is on the screen. Offsets are UTF-16 code units."""

    def __init__(self, view: ArticleView) -> None:
        super().__init__()
        self._view = view
        self._last = SpokenText("")

    def characterCount(self) -> int:
        """How long the text is."""
        return self._spoken.length

    def text(self, start: int, end: int) -> str:
        """What stands in `[start, end)`."""
        return self._spoken.piece(start, end)

    def cursorPosition(self) -> int:
        """Where the caret is."""
        return self._spoken.units(self._view.caret.offset)

    def setCursorPosition(self, position: int) -> None:
        """Put the caret there, with nothing selected."""
        offset = self._spoken.offset(position)
        self._view.set_place(Place(offset, offset))

    def selectionCount(self) -> int:
        """None: PySide6 has no way to say where one is, and Qt would tell what happened to be in memory."""
        return 0

    def addSelection(self, start: int, end: int) -> None:
        """Select `[start, end)`; there is only one selection."""
        self._view.set_place(Place(self._spoken.offset(start), self._spoken.offset(end)))

    def setSelection(self, index: int, start: int, end: int) -> None:
        """Select `[start, end)`."""
        self.addSelection(start, end)

    def removeSelection(self, index: int) -> None:
        """Let go of the selection; the caret stays."""
        caret = self._view.caret.offset
        self._view.set_place(Place(caret, caret))

    def characterRect(self, offset: int) -> QRect:
        """Where a letter is on the screen; where the caret would be at the end of a line and of the text."""
        page = self._view.page
        if page is None:
            return QRect()
        k = self._spoken.offset(offset)
        placed = page.placed(k, False)
        box = next((box for box in placed.paragraph.boxes(placed.line) if box.start <= k < box.end), None)
        if box is None or box.right <= box.left:
            caret = shape(page, Caret(k))
            return _on_screen(self._view, QRectF(caret.x, caret.top, 1, caret.bottom - caret.top))
        top, bottom = page.letters(placed)
        return _on_screen(self._view, QRectF(box.left, top, box.right - box.left, bottom - top))

    def offsetAtPoint(self, point: QPoint) -> int:
        """The letter at a point of the screen, or -1."""
        at = self._view.viewport().mapFromGlobal(point)
        if self._view.page is None or not self._view.viewport().rect().contains(at):
            return -1
        found = self._view.hit(QPointF(at))
        return self._spoken.units(found.letter) if found.on_text else -1

    def scrollToSubstring(self, start: int, end: int) -> None:
        """Have `[start, end)` on the screen, its start at least."""
        self._view.reveal(self._spoken.offset(end))
        self._view.reveal(self._spoken.offset(start))

    @property
    def _spoken(self) -> SpokenText:
        if self._last.text is not self._view.text:
            self._last = SpokenText(self._view.text)
        return self._last


class ArticleAttributes(QAccessibleAttributesInterface):
    """The language of the article, so that a screen reader takes a voice that speaks it."""

    def __init__(self, view: ArticleView) -> None:
        super().__init__()
        self._view = view

    def attributeKeys(self) -> list[QAccessible.Attribute]:
        """What is known of the article."""
        return [QAccessible.Attribute.Locale] if language_of(self._view.text) else []

    def attributeValue(self, key: QAccessible.Attribute) -> QLocale | None:
        """The language, if `key` asks for it."""
        if key != QAccessible.Attribute.Locale:
            return None
        return QLocale(language_of(self._view.text))


class SpanInterfaces:
    """The spans of the article that were asked for, one interface each as long as the span is there."""

    def __init__(self, article: ArticleInterface, view: ArticleView) -> None:
        self._article = article
        self._view = view
        self._made: dict[str, SpanInterface] = {}
        self._order: list[tuple[int, int, str, str]] | None = None

    def count(self) -> int:
        """How many spans the article has."""
        return len(self._ordered())

    def at(self, index: int) -> SpanInterface | None:
        """Span number `index` in reading order."""
        order = self._ordered()
        return self.of(order[index][3]) if 0 <= index < len(order) else None

    def index(self, child: QAccessibleInterface) -> int:
        """Which of the spans `child` is, or -1."""
        span = child.span() if isinstance(child, SpanInterface) else None
        return bisect_left(self._ordered(), span_order(span)) if span else -1

    def of(self, id: str) -> SpanInterface | None:
        """The interface of the span called `id`, or None where there is no such span."""
        page = self._view.page
        if page is None or id not in page.spans:
            return None
        if id not in self._made:
            self._made[id] = SpanInterface(self._article, self._view, id)
        return self._made[id]

    def follow(self, change: Change) -> None:
        """Take over what a step did: interfaces of spans that are gone go with them."""
        if self._order is not None:
            for span in change.removed:
                del self._order[bisect_left(self._order, span_order(span))]
            for span in change.added:
                insort(self._order, span_order(span))
        for id in {span.id for span in change.removed} - {span.id for span in change.added}:
            if id in self._made:
                _let_go(self._made.pop(id))

    def forget(self) -> None:
        """Another article is shown, or none."""
        self._order = None
        while self._made:
            _let_go(self._made.popitem()[1])

    def _ordered(self) -> list[tuple[int, int, str, str]]:
        if self._order is None:
            page = self._view.page
            self._order = sorted(span_order(span) for span in page.spans.overlapping(0, len(page.text) + 1)) if page else []
        return self._order


class SpanInterface(QAccessibleInterface):
    """One span: what it covers and its label, where it is, and a way to it."""

    def __init__(self, article: ArticleInterface, view: ArticleView, id: str) -> None:
        super().__init__()
        self.id = id
        self._article = article
        self._view = view
        self._actions: SpanActions | None = None

    def span(self) -> Span | None:
        """The span, or None once it is gone."""
        page = self._view.page
        return page.spans.get(self.id) if page else None

    def interface_cast(self, kind: QAccessible.InterfaceType) -> shiboken6.VoidPtr:
        """Where the part of `kind` is; nowhere if there is none."""
        if kind == _Kind.ActionInterface:
            self._actions = self._actions or SpanActions(self._view, self.id)
            return _address(self._actions)
        return self._article.interface_cast(kind) if kind == _Kind.AttributesInterface else _address(None)

    def isValid(self) -> bool:
        """Whether the span is still there."""
        return self.span() is not None

    def object(self) -> QObject | None:
        """None: a span is no QObject."""
        return None

    def window(self) -> QWindow:
        """The window that it is in."""
        return self._article.window()

    def parent(self) -> QAccessibleInterface:
        """The article."""
        return self._article

    def child(self, index: int) -> None:
        """None: there is nothing in a span."""

    def childAt(self, x: int, y: int) -> None:
        """None."""

    def childCount(self) -> int:
        """None."""
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """None."""
        return -1

    def role(self) -> QAccessible.Role:
        """A piece of text."""
        return QAccessible.Role.StaticText

    def text(self, kind: QAccessible.Text) -> str:
        """Its name: what it covers and its label."""
        span, page = self.span(), self._view.page
        return name_of(page.text, span, page.look) if kind == _Text.Name and span and page else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Nothing: a span is called by what it covers."""

    def state(self) -> QAccessible.State:
        """Whether it is in focus and on the screen."""
        state = QAccessible.State()
        state.focusable = state.readOnly = True
        state.focused = self._view.hasFocus() and self._view.focused_span() == self.id
        state.invalid = not self.isValid()
        state.offscreen = not self.rect().intersects(self._article.rect())
        return state

    def rect(self) -> QRect:
        """The lines it is on, as far as it reaches on them; of what is out of sight its paragraphs."""
        page, span = self._view.page, self.span()
        return _on_screen(self._view, _extent(self._view, page, span)) if page and span else QRect()


class SpanActions(QAccessibleActionInterface):
    """What can be done to a span: going there."""

    def __init__(self, view: ArticleView, id: str) -> None:
        super().__init__()
        self._view = view
        self._id = id

    def actionNames(self) -> list[str]:
        """The names of all actions, as Qt knows them."""
        return [QAccessibleActionInterface.setFocusAction()]

    def doAction(self, name: str) -> None:
        """Focus the span, and the article with it."""
        if name == QAccessibleActionInterface.setFocusAction():
            self._view.setFocus()
            self._view.focus_span(self._id)

    def keyBindingsForAction(self, name: str) -> list[str]:
        """None: Tab goes from span to span."""
        return []


def _address(part: object | None) -> shiboken6.VoidPtr:
    """Where a part is in memory. Nowhere is a null pointer: PySide6 6.11 crashes at None."""
    return shiboken6.VoidPtr(shiboken6.getCppPointer(part)[0] if part else 0)


def _let_go(interface: SpanInterface) -> None:
    """Have Qt forget an interface and delete it; the Python object is empty afterwards."""
    QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(interface))


def _on_screen(view: ArticleView, area: QRectF) -> QRect:
    """`area`, with abscissas from the text's left edge, on the screen."""
    origin = view.origin()
    margin = view.page.margin if view.page else 0
    seen = area.translated(origin.x() + margin, origin.y()).toAlignedRect()
    return seen.translated(view.viewport().mapToGlobal(QPoint(0, 0)))


def _extent(view: ArticleView, page: ArticlePage, span: Span) -> QRectF:
    """What a span covers on the page. What is out of sight is not laid out only to be measured."""
    first, last = page.number_of(span.start), page.number_of(max(span.start, span.end - 1))
    top, bottom = page.top_of(first), page.top_of(last + 1)
    origin = view.origin()
    if bottom + origin.y() <= 0 or top + origin.y() >= view.viewport().height():
        return QRectF(0, top, page.measure, bottom - top)
    area = QRectF()
    placed: Placed | None = page.placed(span.start, False)
    while placed and placed.line.start < span.end:
        above, below = page.letters(placed)
        for start, end in span.fragments:
            for left, right in pieces(placed.paragraph.boxes(placed.line), start, end):
                area = area.united(QRectF(left, above, right - left, below - above))
        placed = page.line_below(placed)
    return area
