"""What a span is made of and linked to: its pieces, each removable, and its relations, each leading to an end."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.model.annotation import Annotations, Relation, Span, surface
from app.wording import _
from widgets.i18n import isolate
from widgets.theme import Theme

_SHOWN = 28
_ROWS = 12


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
        wanted = (span.id, span.fragments, links, others, theme.name, self.layoutDirection())
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
        name = QLabel(_short(said), self)
        name.setTextFormat(Qt.TextFormat.PlainText)
        self._row(name, _("Take this piece out of the span"), lambda: self.fragment_refused.emit(start))

    def _link(self, text: str, link: Relation, span: Span, other: Span, theme: Theme) -> None:
        arrow = "\u2194" if link.label == "RELATED" else "\u2192" if link.head == span.id else "\u2190"
        named = "" if link.label == "RELATED" else f"{isolate(link.label)} "
        said = f"{arrow} {named}{_short(surface(text, other))} \u00b7 {isolate(theme.look_of(other.label).name)}"
        button = QPushButton(said.replace("&", "&&"), self)
        button.setProperty("flat", True)
        button.setObjectName("relation")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setToolTip(_("Go to the other end"))
        button.clicked.connect(lambda: self.span_chosen.emit(other.id))
        self._row(button, _("Take the relation away"), lambda: self.relation_refused.emit(link.id))

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
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()


def _other_end(link: Relation, span: Span) -> str:
    return link.child if link.head == span.id else link.head


def _short(said: str) -> str:
    said = " ".join(said.split())
    return isolate(said if len(said) <= _SHOWN else said[:_SHOWN].rstrip() + "\u2026")
