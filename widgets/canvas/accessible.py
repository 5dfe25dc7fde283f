"""The article for assistive technology: a text to be read with the caret, and its spans as what is in it.

This is loaded when a screen reader first looks at the window (see `widgets.canvas.door`).

PySide6 leaves out the parts of `QAccessibleTextInterface` that answer through pointers. So Qt's own boundaries of words
and sentences count, a paragraph is a line, and no selection can be told of: it is announced instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QLocale, QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAttributesInterface,
    QAccessibleInterface,
    QAccessibleTextInterface,
)
from PySide6.QtWidgets import QAccessibleWidget

from app.model.place import Place
from app.text.direction import language_of
from widgets.canvas.accessible_spans import SpanInterfaces, address
from widgets.canvas.accessible_suggested import SuggestedInterface, SuggestedInterfaces
from widgets.canvas.announcer import Announcer
from widgets.canvas.caret import Caret, shape
from widgets.canvas.spoken import SpokenText

if TYPE_CHECKING:
    from widgets.canvas.view import ArticleView

_Kind, _Text = QAccessible.InterfaceType, QAccessible.Text


class ArticleInterface(QAccessibleWidget):
    """The view as assistive technology meets it: a text that cannot be typed into.

    Its children are the spans, then the suggestions.
    """

    def __init__(self, view: ArticleView) -> None:
        super().__init__(view, QAccessible.Role.EditableText)
        self._view = view
        self._spans = SpanInterfaces(self, view)
        self._suggested = SuggestedInterfaces(self, view)
        text = ArticleText(view)
        self._parts = {_Kind.TextInterface: text, _Kind.AttributesInterface: ArticleAttributes(view)}
        # Qt may ask anew, as when the view got a slot in Python; then too everything is said once.
        self.announcer = view.findChild(Announcer) or Announcer(view, text.cursorPosition)
        for parts in (self._spans, self._suggested):
            view.article_shown.connect(parts.forget)
            view.destroyed.connect(parts.forget)
        view.spans_changed.connect(self._spans.follow)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> shiboken6.VoidPtr:
        """Where the part of `kind` is; nowhere if there is none."""
        if kind in self._parts:
            return address(self._parts[kind])
        return super().interface_cast(kind) or address(None)

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
        """How many spans and suggestions there are."""
        return self._spans.count() + self._suggested.count()

    def child(self, index: int) -> QAccessibleInterface | None:
        """Span number `index` in reading order; behind the spans, the suggestions."""
        spans = self._spans.count()
        return self._spans.at(index) if index < spans else self._suggested.at(index - spans)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Which of these `child` is; -1 if it is none of this article."""
        if not isinstance(child, SuggestedInterface):
            return self._spans.index(child)
        index = self._suggested.index(child)
        return index if index < 0 else self._spans.count() + index

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        """The span or suggestion at a point of the screen."""
        at = self._view.viewport().mapFromGlobal(QPoint(x, y))
        if self._view.page is None or not self._view.viewport().rect().contains(at):
            return None
        found = self._view.hit(QPointF(at))
        return self._spans.of(found.span) or self._suggested.of(found.suggested)


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
            return self._view.on_screen(QRectF(page.margin + caret.x, caret.top, 1, caret.bottom - caret.top))
        top, bottom = page.letters(placed)
        return self._view.on_screen(QRectF(page.margin + box.left, top, box.right - box.left, bottom - top))

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
