"""The end side: the focused span or several, all spans of the article, the article's fields and its note."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.model.annotation import Annotations, Change, Span
from app.model.schema import Schema
from app.wording import _
from widgets.models.questions import Questions, about_article, about_spans
from widgets.panels.article_fields import ArticleFields
from widgets.panels.note import ArticleNote
from widgets.panels.roomy import LowPane, Roomy
from widgets.panels.span_card import SpanCard
from widgets.panels.span_list import SpanList
from widgets.theme import LabelLook, Theme

_FOLLOW_MS = 30
_LEAST_CARD = 130
_LOW = 760
"""A pane lower than this, as on a laptop, gives what room it has to the form and the list."""


class Inspector(LowPane):
    """Shows one article's annotations, and follows each step; what is asked for comes from its parts' signals.

    It follows a moment after the article: a key press never waits for the panes around the text to be painted. A form
    that is being filled in follows at once. `text_wanted` when the keyboard is to go back to the text.
    """

    text_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self._theme = theme
        self._text = ""
        self._article = 0
        self._schema = Schema("", "", {}, ())
        self._annotations = Annotations()
        self._focus = ""
        self._coming: tuple[str, Annotations, Schema] | None = None
        self._waiting: list[tuple[Annotations, Change]] = []
        self._follow = QTimer(self, singleShot=True, interval=_FOLLOW_MS)
        self._follow.timeout.connect(self.catch_up)
        self._title = QLabel(self)
        self._title.setObjectName("section")
        self.card = SpanCard(theme, self)
        self._room = Roomy(self.card, _LEAST_CARD, self)
        self.spans = SpanList(theme, self)
        self.fields = ArticleFields(theme, self)
        self.note = ArticleNote(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 14, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._room)
        column.addSpacing(8)
        column.addWidget(self.spans, 1)
        column.addWidget(self.fields)
        column.addWidget(self.note)
        self.spans.selection_changed.connect(self._follow_soon)
        self.card.form.left.connect(self.text_wanted)
        self.fields.form.left.connect(self.text_wanted)
        self.card.form.row_entered.connect(self._room.bring_into_sight)
        self.card.lookup.opened.connect(self._room.bring_into_sight)
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the pane is low an empty note gives way."""
        super().resizeEvent(event)
        self.note.save_room(event.size().height() < _LOW)

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
        if self.card.form.has_hand():
            self._ask(annotations, list(self.card.form.questions.of))
        elif self.fields.form.has_hand():
            self._ask_fields(annotations)

    def set_focus(self, span_id: str) -> None:
        """Show this span as the focused one ("" for none), in a moment."""
        self._focus = span_id
        self._follow_soon()

    def catch_up(self) -> None:
        """Show now what was to be shown in a moment."""
        self._follow.stop()
        if self._coming:
            self._text, self._annotations, self._schema = self._coming
            self._coming = None
            self._article += 1
            self.spans.show_spans(self._text, self._annotations, self._schema)
        for after, change in self._waiting:
            self._annotations = after
            self.spans.follow(after, change)
        self._waiting.clear()
        self.note.show_note(self._annotations.state.note)
        self._ask_fields(self._annotations)
        self._show_focus()

    def chosen(self) -> list[str]:
        """The ids of the spans that are meant: the focused one, or those that are selected with it."""
        if self._coming or self._waiting:
            return [self._focus] if self._focus else []
        return self.spans.selected_with(self._focus)

    def settle(self) -> None:
        """Hand over now what is being written in any field."""
        self.card.form.settle()
        self.fields.form.settle()
        self.note.settle()

    def set_theme(self, theme: Theme) -> None:
        """Colours and names of another theme."""
        self._theme = theme
        self.card.set_theme(theme)
        self.fields.set_theme(theme)
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
        self.spans.count_again()
        self.spans.set_focus(self._focus)
        spans = self._spans(self._annotations, self.chosen())
        had_hand = self.card.form.has_hand()
        self._room.hold(self.spans.underMouse())  # rows under the pointer would move with every click on one
        if not spans:
            self.card.show_nothing()
        elif len(spans) == 1:
            self.card.show_span(self._text, spans[0], self._theme.look_of(spans[0].label))
            self.card.parts.show_parts(self._text, spans[0], self._annotations, self._theme)
        else:
            self.card.show_several(self._text, spans, self._look_of(spans))
        self._ask(self._annotations, [span.id for span in spans])
        if had_hand and not self.card.form.has_hand():
            self.text_wanted.emit()

    def _ask(self, annotations: Annotations, ids: list[str]) -> None:
        spans = self._spans(annotations, ids)
        questions = about_spans(self._schema, spans) if spans else Questions()
        if questions.of != self.card.form.questions.of:
            self._room.verticalScrollBar().setValue(0)
        self.card.ask(questions)

    def _ask_fields(self, annotations: Annotations) -> None:
        self.fields.ask(about_article(self._schema, f"article {self._article}", annotations.state.fields))

    def _spans(self, annotations: Annotations, ids: list[str]) -> list[Span]:
        return [annotations.spans[id] for id in ids if id in annotations.spans]

    def _look_of(self, spans: list[Span]) -> LabelLook:
        labels = {span.label for span in spans}
        if len(labels) == 1:
            return self._theme.look_of(labels.pop())
        return LabelLook(_("Several labels"), "", self._theme.muted, self._theme.line)
