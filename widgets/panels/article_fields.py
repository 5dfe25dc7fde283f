"""What the schema asks of the article as a whole: a form, folded away under a line that says how much is answered."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.wording import _
from widgets.fonts import interface_font
from widgets.i18n import number
from widgets.models.questions import Questions
from widgets.panels.attribute_form import AttributeForm
from widgets.panels.key_cap import KeyCap
from widgets.panels.roomy import Roomy
from widgets.theme import Theme

KEY = "F7"
_LEAST = 130
_CHEVRON, _GAP, _HEIGHT = 9, 6, 26
_RTL = Qt.LayoutDirection.RightToLeft


class Fold(QAbstractButton):
    """A heading with a chevron, which points down while what is under it is unfolded."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Chevron and words."""
        words = QFontMetrics(interface_font(bold=True)).horizontalAdvance(self.text())
        return QSize(_CHEVRON + _GAP + words + 6, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chevron at the reading start, then the words; a ring while the keyboard is here."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirrored = self.layoutDirection() == _RTL
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.focus), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(QPen(QColor(self._theme.muted), 1.5))
        x = self.width() - 3 - _CHEVRON / 2 if mirrored else 3 + _CHEVRON / 2
        painter.drawPolyline(_chevron(x, self.height() / 2, self.isChecked(), mirrored))
        painter.setFont(interface_font(bold=True))
        before = _CHEVRON + _GAP
        words = self.rect().adjusted(3 if mirrored else before, 0, -before if mirrored else -3, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())


class ArticleFields(QWidget):
    """A heading that unfolds the form; nothing at all where the schema asks nothing. `unfolded_changed` by hand."""

    unfolded_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = Fold(theme, self)
        self.form = AttributeForm(theme, self)
        inside = QWidget(self)
        self._room = Roomy(inside, _LEAST, self)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.form)
        rows.addStretch(1)
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
        self.form.row_entered.connect(self._room.bring_into_sight)
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
        self.head.set_theme(theme)
        self.form.set_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _fold(self, unfolded: bool) -> None:
        self._room.setVisible(unfolded)
        self._say()
        self.unfolded_changed.emit(unfolded)

    def _say(self) -> None:
        shown, given = self.form.questions.shown, self.form.questions.given
        answered = sum(1 for name in shown if name in given)
        said = _("About the article")
        self.head.setText(f"{said}  {number(answered)} / {number(len(shown))}")
        self.head.updateGeometry()
        self.head.setAccessibleName(
            _("About the article, {answered} of {asked} answered").format(
                answered=number(answered), asked=number(len(shown))
            )
        )


def _chevron(x: float, y: float, down: bool, mirrored: bool) -> list[QPointF]:
    if down:
        return [QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)]
    side = -1 if mirrored else 1
    return [QPointF(x - 2 * side, y - 4), QPointF(x + 2 * side, y), QPointF(x - 2 * side, y + 4)]
