"""The parts that the forms of the schema page are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.model.schema import Ink
from app.text.direction import paragraph_direction
from app.wording import _
from widgets.fonts import interface_font
from widgets.panels.flow import FlowLayout
from widgets.panels.items import empty
from widgets.panels.roomy import beside_scroll_bar
from widgets.panels.text_block import TextBlock
from widgets.panels.toggles import Tick, Toggles

LANGUAGES = ("ar", "en")
_SWATCH = QSize(44, 26)


class Form(QWidget):
    """Rows of fields for one value. `edited` whenever a field was changed by hand, never by `fill`."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self._rows = QFormLayout()
        beside_scroll_bar(self).addLayout(self._rows)
        self._rows.setVerticalSpacing(8)
        self._rows.setHorizontalSpacing(12)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)

    def fill(self, show: Callable[[], None]) -> None:
        """Let `show` set the fields, and tell nobody."""
        self._filling = True
        try:
            show()
        finally:
            self._filling = False

    def row(self, title: str, field: QWidget) -> None:
        """One row more."""
        name = QLabel(title, self)
        name.setObjectName("quiet")
        name.setBuddy(field)
        field.setAccessibleName(title)
        self._rows.addRow(name, field)

    def line(self, title: str, width: int = 0) -> QLineEdit:
        """A row with one line to write in."""
        field = QLineEdit(self)
        if width:
            field.setMaximumWidth(width)
        field.textEdited.connect(self._tell)
        field.textChanged.connect(lambda text: _turn(field, text))
        self.row(title, field)
        return field

    def remark(self, said: str) -> TextBlock:
        """A row with a remark on the field above it."""
        remark = TextBlock(self, quiet=True)
        remark.setText(said)
        self._rows.addRow("", remark)
        return remark

    def texts(self, title: str, long: bool = False) -> Texts:
        """A row with a text in each language."""
        field = Texts(long, self)
        field.edited.connect(self._tell)
        self.row(title, field)
        return field

    def tick(self, title: str) -> Tick:
        """A row with something that holds or does not."""
        box = Tick(title, self)
        box.clicked.connect(self._tell)
        self._rows.addRow("", box)
        return box

    def toggles(self, title: str) -> Toggles:
        """A row of things each of which may be chosen."""
        field = Toggles(self)
        field.edited.connect(self._tell)
        self.row(title, field)
        return field

    def _tell(self, *_what: object) -> None:
        if not self._filling:
            self.edited.emit()


class Texts(QWidget):
    """A text in Arabic and in English; other languages that a file brings are kept as they are."""

    edited = Signal()

    def __init__(self, long: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._others: dict[str, str] = {}
        self._fields: dict[str, QLineEdit | QPlainTextEdit] = {}
        column = QVBoxLayout(self) if long else QHBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for language in LANGUAGES:
            field = self._made(long)
            field.setAccessibleName(_("Arabic") if language == "ar" else _("English"))
            field.setPlaceholderText(_("Arabic") if language == "ar" else _("English"))
            self._fields[language] = field
            column.addWidget(field)

    def show_texts(self, texts: Mapping[str, str] | None) -> None:
        """Show these texts."""
        given = dict(texts or {})
        for language, field in self._fields.items():
            said = given.pop(language, "")
            if isinstance(field, QLineEdit):
                if field.text() != said:
                    field.setText(said)
            elif field.toPlainText() != said:
                field.setPlainText(said)
        self._others = given

    def texts(self) -> dict[str, str]:
        """What is written, without what is blank."""
        written = {language: _written(field) for language, field in self._fields.items()}
        return {language: text for language, text in written.items() if text.strip()} | self._others

    def _made(self, long: bool) -> QLineEdit | QPlainTextEdit:
        if not long:
            line = QLineEdit(self)
            line.textEdited.connect(lambda _text: self.edited.emit())
            line.textChanged.connect(lambda text: _turn(line, text))
            return line
        block = QPlainTextEdit(self)
        block.setFixedHeight(108)
        block.setTabChangesFocus(True)
        block.textChanged.connect(self.edited)
        return block


class Swatch(QToolButton):
    """Two letters in a label's colours: on the light page at the reading start, on the dark one at the end."""

    def __init__(self, ink: Ink, parent: QWidget) -> None:
        super().__init__(parent)
        self.ink = ink
        self.setCheckable(True)
        self.setToolTip(f"{ink.ink} \u00b7 {ink.dark_ink}")
        self.setAccessibleName(ink.ink)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Always the same."""
        return _SWATCH

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both halves; the chosen one in a frame, the one with the keyboard in a dotted one."""
        painter = QPainter(self)
        inside = self.rect().adjusted(3, 3, -3, -3)
        half = inside.width() // 2
        painter.setFont(interface_font(11, bold=True))
        for left, ground, ink in ((0, self.ink.ground, self.ink.ink), (half, self.ink.dark_ground, self.ink.dark_ink)):
            box = inside.adjusted(left, 0, left - half, 0)
            painter.fillRect(box, QColor(ground))
            painter.setPen(QColor(ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "\u0639")
        if self.isChecked() or self.hasFocus():
            style = Qt.PenStyle.SolidLine if self.isChecked() else Qt.PenStyle.DotLine
            painter.setPen(QPen(self.palette().windowText().color(), 2, style))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


class Swatches(QWidget):
    """Colours to choose from; `edited` when another was chosen."""

    edited = Signal()

    def __init__(self, inks: Iterable[Ink], parent: QWidget) -> None:
        super().__init__(parent)
        self._given: Ink | None = None
        self._offered = list(dict.fromkeys(inks))
        self._buttons: list[Swatch] = []
        self._flow = FlowLayout(self, 4)

    def show_ink(self, ink: Ink) -> None:
        """Show `ink` as the chosen one; it joins the others if it is none of them."""
        if not self._buttons or ink not in {button.ink for button in self._buttons}:
            self._make(ink)
        self._given = ink
        for button in self._buttons:
            button.setChecked(button.ink == ink)

    def ink(self) -> Ink | None:
        """The chosen one."""
        return self._given

    def _make(self, ink: Ink) -> None:
        empty(self._flow)
        self._buttons = []
        for one in dict.fromkeys((*self._offered, ink)):
            button = Swatch(one, self)
            button.clicked.connect(lambda _on=False, one=one: self._choose(one))
            self._flow.addWidget(button)
            self._buttons.append(button)
            button.show()

    def _choose(self, ink: Ink) -> None:
        self.show_ink(ink)
        self.edited.emit()


def whole(text: str) -> int | None:
    """The number that is written, in any digits; None for none."""
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _written(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _turn(field: QLineEdit, text: str) -> None:
    """Each text in its own direction."""
    own = paragraph_direction(text)
    window = field.parentWidget().layoutDirection()
    directions = {"rtl": Qt.LayoutDirection.RightToLeft, "ltr": Qt.LayoutDirection.LeftToRight}
    field.setLayoutDirection(directions.get(own, window))
