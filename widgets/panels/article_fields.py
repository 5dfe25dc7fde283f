"""What the schema asks of the article as a whole: a form, folded away under a line that says how much is answered."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.wording import _
from widgets.i18n import number
from widgets.models.questions import Questions
from widgets.panels.attribute_form import AttributeForm
from widgets.panels.key_cap import KeyCap
from widgets.panels.roomy import Roomy
from widgets.theme import Theme

KEY = "F7"
_LEAST = 60


class ArticleFields(QWidget):
    """A heading that unfolds the form; nothing at all where the schema asks nothing. `unfolded_changed` by hand."""

    unfolded_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = QToolButton(self)
        self.head.setObjectName("fold")
        self.head.setProperty("flat", True)
        self.head.setCheckable(True)
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.form = AttributeForm(theme, self)
        self._room = Roomy(self.form, _LEAST, self)
        row = QHBoxLayout()
        row.addWidget(self.head)
        row.addWidget(KeyCap(KEY, self))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._room)
        self.head.toggled.connect(self._fold)
        self._room.hide()
        self.hide()

    def ask(self, questions: Questions) -> None:
        """Ask these questions of the article, and show what was answered."""
        self.form.ask(questions)
        self.setVisible(bool(questions.shown or questions.unknown))
        self._say()

    def enter(self) -> bool:
        """Unfold, and take the keyboard; False where nothing is asked."""
        if not self.form.rows():
            return False
        self.head.setChecked(True)
        return self.form.enter()

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self.form.set_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _fold(self, unfolded: bool) -> None:
        self._room.forget()
        self._room.setVisible(unfolded)
        self._say()
        self.unfolded_changed.emit(unfolded)

    def _say(self) -> None:
        shown, given = self.form.questions.shown, self.form.questions.given
        answered = sum(1 for name in shown if name in given)
        arrow = Qt.ArrowType.DownArrow if self.head.isChecked() else Qt.ArrowType.RightArrow
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if mirrored and arrow == Qt.ArrowType.RightArrow:
            arrow = Qt.ArrowType.LeftArrow
        self.head.setArrowType(arrow)
        said = _("About the article")
        self.head.setText(f"{said}  {number(answered)} / {number(len(shown))}")
        self.head.setAccessibleName(
            _("About the article, {answered} of {asked} answered").format(
                answered=number(answered), asked=number(len(shown))
            )
        )
