"""A number or a text to write; what is wrong stays where it was written, and is not kept."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from app.model.answers import as_kept, is_answer
from app.model.schema import NUMBER, AttributeType
from app.text.direction import paragraph_direction
from app.wording import _
from widgets.i18n import in_local_digits
from widgets.keys import key_name
from widgets.models.questions import Given
from widgets.theme import Theme

_CONTROL = Qt.KeyboardModifier.ControlModifier
_RTL, _LTR = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
_DIRECTIONS = {"rtl": _RTL, "ltr": _LTR}
_NARROW, _ROUND_IT = 80, 22
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LineField(QLineEdit):
    """One line. `answered` carries the values (None: as they are), and whether the hand goes on.

    `faulted` says whether what is written is wrong.
    """

    answered = Signal(object, bool)
    faulted = Signal(bool)

    def __init__(self, one: AttributeType, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._one = one
        self._given = Given()
        self._hinted = QSize()
        self.setObjectName("answer")
        self.setMinimumWidth(60)
        self.textChanged.connect(self._turn)
        self.textEdited.connect(lambda _text: self.faulted.emit(False))

    @property
    def is_dirty(self) -> bool:
        """Whether what is written differs from what is kept."""
        return as_kept(self._one, self.text()) != self._kept()

    def show_given(self, given: Given) -> None:
        """Show what is kept now; what is being written stays."""
        dirty, source_before = self.is_dirty, self._given.source
        self._given = given
        self.setPlaceholderText(_("several") if given.several else "")
        if not dirty or not self.is_dirty:
            self._write(self._kept())
            self._judge()
        if self.sizeHint() != self._hinted:
            self._hinted = self.sizeHint()
            self.updateGeometry()
        if source_before != given.source:
            self.setProperty("source", given.source)
            self.style().unpolish(self)
            self.style().polish(self)

    def settle(self) -> None:
        """Hand over what is written, if it is something new and right; else it is marked as wrong."""
        if self.is_dirty:
            self._commit(go_on=False)

    def drop(self) -> None:
        """Write again what is kept."""
        self._write(self._kept())
        self._judge()

    def enter(self) -> None:
        """Hand over what is written, or keep what is there as said by a person, and go on."""
        self._commit(go_on=True)

    def written(self) -> str:
        """What is written now."""
        return self.text()

    def sizeHint(self) -> QSize:
        """As wide as what is kept: a long text needs a row of its own, where none of it is cut off."""
        width = self.fontMetrics().horizontalAdvance(self._kept()) + _ROUND_IT
        return QSize(max(_NARROW, width), super().sizeHint().height())

    def said(self) -> str:
        """What is kept."""
        return self._kept()

    def set_theme(self, theme: Theme) -> None:
        """Nothing: the style sheet colours it."""

    def retranslate(self) -> None:
        """Words in the language in use."""
        self.setPlaceholderText(_("several") if self._given.several else "")
        if not self.is_dirty:
            self._write(self._kept())
        self._turn(self.text())

    def event(self, event: QEvent) -> bool:
        """While nothing is being written, undo and redo are those of the annotations."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._turns(event):
            event.setAccepted(self.is_dirty)
            return self.is_dirty
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Write; Enter keeps it and goes on. A key still held from the field before writes nothing."""
        if event.isAutoRepeat() and not self.is_dirty and event.text():
            event.accept()
        elif event.key() in _ENTER and not event.modifiers() & _CONTROL:
            self.enter()
        elif event.modifiers() & _CONTROL and key_name(event) in ("Z", "Y"):
            self._turn_back(event)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was written."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()

    def _commit(self, go_on: bool) -> None:
        kept = as_kept(self._one, self.text())
        if not self.is_dirty:
            self.answered.emit(self._given.to_confirm(), go_on)
        elif kept and not is_answer(self._one, kept):
            self.faulted.emit(True)
        else:
            self.answered.emit((kept,) if kept else (), go_on)

    def _judge(self) -> None:
        """Tell whether what is kept is right: a file may have brought what is not."""
        self.faulted.emit(any(not is_answer(self._one, value) for value in self._given.values))

    def _kept(self) -> str:
        return _(", ").join(self._given.values)

    def _write(self, kept: str) -> None:
        text = in_local_digits(kept) if self._one.kind == NUMBER else kept
        if text != self.text():
            at = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(min(at, len(text)))

    def _turn(self, text: str) -> None:
        """Each text in its own direction, numbers as they are written, at the side where reading the window begins."""
        window = self.parentWidget().layoutDirection() if self.parentWidget() else _LTR
        own = _LTR if self._one.kind == NUMBER else _DIRECTIONS.get(paragraph_direction(text), window)
        side = Qt.AlignmentFlag.AlignRight if window == _RTL else Qt.AlignmentFlag.AlignLeft
        if self.layoutDirection() != own:
            self.setLayoutDirection(own)
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)

    def _turns(self, event: QKeyEvent) -> bool:
        undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
        return event.matches(undo) or event.matches(redo) or (event.modifiers() == _CONTROL and key_name(event) == "Z")

    def _turn_back(self, event: QKeyEvent) -> None:
        """Undo of what is being written, in whatever layout; of the annotations where nothing is."""
        if not self.is_dirty:
            event.ignore()
        elif key_name(event) == "Y" or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.redo()
        else:
            self.undo()
