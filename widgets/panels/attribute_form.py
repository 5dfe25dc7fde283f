"""The questions that the schema asks, answered without the mouse: of the focused span, of several, of the article."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.wording import _
from widgets.i18n import isolate
from widgets.keys import key_name
from widgets.models.questions import Given, Questions
from widgets.panels.attribute_row import AttributeRow, sign_of
from widgets.panels.text_block import TextBlock
from widgets.panels.unknown_answers import UnknownAnswers
from widgets.theme import Theme

LOOK_UP = "G"
"""The key that looks a place up, where no choice and no attribute has it."""
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_NAME_WIDTHS = 56, 104
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AttributeForm(QWidget):
    """A row for each question.

    `answered` carries the ids of what was asked, the attribute's id and its values; `left` that the hand wants back
    to the text; `dropped` what was written and not kept; `look_up_asked` that a place is to be looked up.
    """

    answered = Signal(tuple, str, tuple)
    left = Signal()
    dropped = Signal(str)
    look_up_asked = Signal()
    row_entered = Signal(QWidget)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._questions = Questions()
        self._rows: dict[str, AttributeRow] = {}
        self._unknown = UnknownAnswers(self)
        self._unknown.refused.connect(lambda name: self.answered.emit(self._questions.of, name, ()))
        self._hint = TextBlock(self, quiet=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(7)
        self._column.addWidget(self._hint)
        self._column.addWidget(self._unknown)
        self.hide()

    @property
    def questions(self) -> Questions:
        """What is asked now."""
        return self._questions

    def row(self, name: str) -> AttributeRow | None:
        """The row of an attribute, or None."""
        return self._rows.get(name)

    def rows(self) -> list[AttributeRow]:
        """The rows that are shown, in their order."""
        return [row for row in self._rows.values() if row.one.id in self._questions.shown]

    def has_hand(self) -> bool:
        """Whether the keyboard is in here."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def ask(self, questions: Questions) -> None:
        """Show these questions with their answers; what is being written stays while the same is asked about."""
        if questions.of != self._questions.of:
            self.settle()
            self._drop_all()
        before, self._questions = self._questions, questions
        if questions.types != before.types:
            self._build(questions)
        hand = self._row_in_hand()
        asked_before = (questions.of, questions.types) == (before.of, before.types)
        for name, row in self._rows.items():
            given = questions.given.get(name, Given())
            if not asked_before or given != before.given.get(name, Given()):
                row.show_given(given)
            if row.isHidden() == (name in questions.shown):
                row.setVisible(name in questions.shown)
        self._unknown.show_answers([(name, questions.given[name]) for name in questions.unknown])
        self._show_hint()
        self.setVisible(bool(questions.shown or questions.unknown))
        if hand is not None and hand.one.id not in questions.shown:
            self._enter_near(hand)

    def enter(self) -> bool:
        """Take the keyboard: the first answer that is missing, else the first; False where nothing is asked."""
        rows = self.rows()
        if rows:
            self._focus(next((row for row in rows if row.is_missing()), rows[0]))
        return bool(rows)

    def settle(self) -> None:
        """Keep now what is being written."""
        for row in self._rows.values():
            row.field.settle()

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self._theme = theme
        for row in self._rows.values():
            row.set_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._align()
            self._show_hint()
        super().changeEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab goes through the rows, and out of the form at either end."""
        return self._step(1 if forwards else -1) or super().focusNextPrevChild(forwards)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What a field did not take: on, back, to another attribute, out. No bare key of the form is a command."""
        key, name = event.key(), key_name(event)
        if event.modifiers() & _HELD:
            event.ignore()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in _ENTER:
            self._enter_answer()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        elif len(name) == 1:
            self._to_key(name)
        elif not event.text():
            event.ignore()

    def leave(self) -> None:
        """Keep what is right of what is written, tell of what is dropped, and give the keyboard back."""
        self.settle()
        self._drop_all()
        self.left.emit()

    def _build(self, questions: Questions) -> None:
        had_hand = self.has_hand()
        for row in self._rows.values():
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {one.id: AttributeRow(one, self._theme, self) for one in questions.types}
        for place, row in enumerate(self._rows.values()):
            self._column.insertWidget(place, row)
            row.answered.connect(self._answer)
            row.entered.connect(self.row_entered)
        self._align()
        if had_hand and not self.enter():
            self.left.emit()

    def _align(self) -> None:
        """One column for the names that stand beside their fields."""
        least, most = _NAME_WIDTHS
        width = max((min(row.name_width(), most) for row in self._rows.values()), default=least)
        for row in self._rows.values():
            row.set_name_width(max(least, width))

    def _answer(self, name: str, values: tuple[str, ...] | None, go_on: bool) -> None:
        if values is not None:
            self.answered.emit(self._questions.of, name, values)
        row = self._rows.get(name)
        if go_on and row is not None and not row.is_faulty and self.has_hand():
            self._step(1, row)

    def _enter_answer(self) -> None:
        row = self._row_in_hand()
        if row is not None:
            row.field.enter()

    def _to_key(self, name: str) -> None:
        """To the attribute that this key leads to."""
        row = next((row for row in self.rows() if row.one.key.upper() == name), None)
        if row is not None:
            self._focus(row)
        elif name == LOOK_UP:
            self.look_up_asked.emit()

    def _step(self, way: int, row: AttributeRow | None = None) -> bool:
        """Go to the next shown row, or the one before; False at either end."""
        rows, here = self.rows(), row or self._row_in_hand()
        if here is None or here not in rows:
            return False
        there = rows.index(here) + way
        if not 0 <= there < len(rows):
            return False
        self._focus(rows[there])
        return True

    def _focus(self, row: AttributeRow) -> None:
        row.field.setFocus(Qt.FocusReason.TabFocusReason)

    def _enter_near(self, row: AttributeRow) -> None:
        """The hand was in a row that is asked no more: the shown one before it has it, or the first."""
        order = list(self._rows.values())
        before = [other for other in order[: order.index(row)] if other.one.id in self._questions.shown]
        near: Sequence[AttributeRow] = before[-1:] or self.rows()[:1]
        if near:
            self._focus(near[0])
        else:
            self.left.emit()

    def _row_in_hand(self) -> AttributeRow | None:
        return next((row for row in self._rows.values() if row.field.hasFocus()), None)

    def _drop_all(self) -> None:
        for row in self._rows.values():
            if row.field.is_dirty:
                said = _("“{text}” was not kept: {reason}")
                self.dropped.emit(said.format(text=isolate(row.field.written()), reason=row.fault()))
            row.field.drop()

    def _show_hint(self) -> None:
        """Whose word the dashed values are, in words."""
        questions = self._questions
        signs = dict.fromkeys(sign_of(given) for name, given in questions.given.items() if name in questions.shown)
        said = _(", ").join(sign for sign in signs if sign)
        self._hint.setText(_("Dashed: {said}").format(said=said) if said else "")
        self._hint.setVisible(bool(said))
