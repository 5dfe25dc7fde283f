"""The end side: the focused span, all spans of the article, and the article's note."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.model.annotation import Annotations, Change
from app.model.schema import Schema
from app.wording import _
from widgets.panels.note import ArticleNote
from widgets.panels.span_card import SpanCard
from widgets.panels.span_list import SpanList
from widgets.theme import Theme

_FOLLOW_MS = 30


class Inspector(QFrame):
    """Shows one article's annotations, and follows each step; what is asked for comes from its parts' signals.

    It follows a moment after the article: a key press never waits for the panes around the text to be painted.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self._theme = theme
        self._text = ""
        self._annotations = Annotations()
        self._focus = ""
        self._coming: tuple[str, Annotations, Schema] | None = None
        self._waiting: list[tuple[Annotations, Change]] = []
        self._follow = QTimer(self, singleShot=True, interval=_FOLLOW_MS)
        self._follow.timeout.connect(self.catch_up)
        self._title = QLabel(self)
        self._title.setObjectName("section")
        self.card = SpanCard(self)
        self.spans = SpanList(theme, self)
        self.note = ArticleNote(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 14, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self.card)
        column.addSpacing(8)
        column.addWidget(self.spans, 1)
        column.addWidget(self.note)
        self.retranslate()

    def show_article(self, text: str, annotations: Annotations, schema: Schema) -> None:
        """Show another article, with no span in focus, in a moment."""
        self._waiting.clear()
        self._coming = (text, annotations, schema)
        self._focus = ""
        self._follow_soon()

    def follow(self, annotations: Annotations, change: Change) -> None:
        """Show `annotations`, which `change` made of the value before, in a moment."""
        self._waiting.append((annotations, change))
        self._follow_soon()

    def set_focus(self, span_id: str) -> None:
        """Show this span as the focused one ("" for none), in a moment."""
        self._focus = span_id
        self._follow_soon()

    def catch_up(self) -> None:
        """Show now what was to be shown in a moment."""
        self._follow.stop()
        if self._coming:
            self._text, self._annotations, schema = self._coming
            self._coming = None
            self.spans.show_spans(self._text, self._annotations, schema)
        for after, change in self._waiting:
            self._annotations = after
            self.spans.follow(after, change)
        self._waiting.clear()
        self.note.show_note(self._annotations.state.note)
        self._show_focus()

    def set_theme(self, theme: Theme) -> None:
        """Colours and names of another theme."""
        self._theme = theme
        self.spans.set_theme(theme)
        self._show_focus()

    def retranslate(self) -> None:
        """Words in the language in use."""
        self._title.setText(_("Focused span"))
        self.setAccessibleName(_("Inspector"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _follow_soon(self) -> None:
        """Once in a while, also in a burst of steps: each keeps a value of its own until it was followed."""
        if not self._follow.isActive():
            self._follow.start()

    def _show_focus(self) -> None:
        span = self._annotations.spans.get(self._focus)
        if span is None:
            self.card.show_nothing()
        else:
            self.card.show_span(self._text, span, self._theme.look_of(span.label))
            self.card.parts.show_parts(self._text, span, self._annotations, self._theme)
        self.spans.count_again()
        self.spans.set_focus(self._focus)
