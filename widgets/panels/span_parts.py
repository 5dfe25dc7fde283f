"""What a span is made of and linked to: its pieces, each removable, and its relations, each leading to an end."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.edit.links import chain
from app.model.annotation import Annotations, Relation, Span, surface
from app.wording import _
from widgets.i18n import isolate, sentence
from widgets.panels.items import empty
from widgets.panels.text_block import whole_words
from widgets.theme import Theme

_SHOWN = 28
_ROWS = 12
_SIDES = 32


class SpanParts(QWidget):
    """Rows under the focused span, none for a span in one piece without relations.

    `fragment_refused` carries where the piece to take out starts, `relation_refused` the id of the relation to take
    away, `span_chosen` the span at a relation's other end.
    """

    fragment_refused = Signal(int)
    relation_refused = Signal(str)
    span_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: object = None
        self._again: Callable[[], None] = self.show_nothing
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.hide()

    def show_nothing(self) -> None:
        """No rows."""
        self._shown = None
        self._clear()
        self.hide()

    def show_parts(self, text: str, span: Span, annotations: Annotations, theme: Theme) -> None:
        """The rows of `span`."""
        links = [link for link in annotations.relations.values() if span.id in (link.head, link.child)][:_ROWS]
        others = [annotations.spans.get(_other_end(link, span)) for link in links]
        mentions = _mentions(annotations, span, links, theme)
        wanted = (span.id, span.fragments, links, others, mentions, theme.name, theme.relations, self.layoutDirection())
        if wanted == self._shown:
            return
        self._shown = wanted
        self._again = lambda: self._show_anew(text, span, annotations, theme)
        self._clear()
        if len(span.fragments) > 1:
            self._title(_("Pieces"))
            for piece in span.fragments[:_ROWS]:
                self._piece(text[piece.start : piece.end], piece.start)
        if links:
            self._title(_("Relations"))
            for link, other in zip(links, others, strict=True):
                if other is not None:
                    self._link(text, link, span, other, theme)
        if mentions:
            self._title(_("Further mentions of the same"))
            for mention in mentions:
                self._column.addWidget(self._way(f"\u2194 {_short(surface(text, mention))}", mention.id))
        self.setVisible(self._column.count() > 0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._again()
        super().changeEvent(event)

    def _show_anew(self, text: str, span: Span, annotations: Annotations, theme: Theme) -> None:
        if self._shown is not None:
            self._shown = None
            self.show_parts(text, span, annotations, theme)

    def _piece(self, said: str, start: int) -> None:
        name = QLabel(sentence(_short(said)), self)
        name.setTextFormat(Qt.TextFormat.PlainText)
        self._row(name, _("Take this piece out of the span"), lambda: self.fragment_refused.emit(start))

    def _link(self, text: str, link: Relation, span: Span, other: Span, theme: Theme) -> None:
        look = theme.look_of_relation(link.label)
        ahead = (link.head == span.id) == (self.layoutDirection() == Qt.LayoutDirection.LeftToRight)
        arrow = "\u2194" if look.symmetric else "\u2192" if ahead else "\u2190"
        named = f"{arrow} {isolate(look.name)}"
        said = f"{named}: {_short(surface(text, other))} \u00b7 {isolate(theme.look_of(other.label).name)}"
        way = self._way(said, other.id)
        self._row(way, _("Take the relation away"), lambda: self.relation_refused.emit(link.id))

    def _way(self, said: str, span: str) -> QPushButton:
        """A row that leads to another span."""
        button = _Way(said, self)
        button.setProperty("flat", True)
        button.setObjectName("relation")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setToolTip(_("Go to the other end"))
        button.clicked.connect(lambda: self.span_chosen.emit(span))
        return button

    def _row(self, name: QWidget, tip: str, remove: Callable[[], None]) -> None:
        button = QToolButton(self)
        button.setProperty("flat", True)
        button.setText("\u00d7")
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(remove)
        row = QWidget(self)
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(name, 1)
        inside.addWidget(button)
        self._column.addWidget(row)
        row.show()

    def _title(self, said: str) -> None:
        title = QLabel(said, self)
        title.setObjectName("quiet")
        self._column.addWidget(title)
        title.show()

    def _clear(self) -> None:
        empty(self._column)


class _Way(QPushButton):
    """A button whose words give way at their end where there is little room; screen readers are told them all."""

    def __init__(self, said: str, parent: QWidget) -> None:
        super().__init__(said.replace("&", "&&"), parent)
        self._said = said
        self.setAccessibleName(said)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the words into the room there is."""
        super().resizeEvent(event)
        room = event.size().width() - _SIDES
        self.setText(whole_words(self._said, self.fontMetrics(), room).replace("&", "&&"))


def _other_end(link: Relation, span: Span) -> str:
    return link.child if link.head == span.id else link.head


def _mentions(annotations: Annotations, span: Span, links: list[Relation], theme: Theme) -> list[Span]:
    """The rest of the chain of mentions that `span` belongs to: those it is not linked to itself."""
    found: list[Span] = []
    for type in dict.fromkeys(link.label for link in links if theme.look_of_relation(link.label).chains):
        linked = {span.id} | {_other_end(link, span) for link in links if link.label == type}
        chain_ids = (id for id in chain(annotations, span.id, type) if id not in linked)
        found += [annotations.spans[id] for id in chain_ids]
    return found[:_ROWS]


def _short(said: str) -> str:
    said = " ".join(said.split())
    if len(said) > _SHOWN:
        said = (said[:_SHOWN].rpartition(" ")[0] or said[:_SHOWN]) + "\u2026"
    return isolate(said)
