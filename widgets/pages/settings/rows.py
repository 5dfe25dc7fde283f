"""A row for each setting: its title and help, the field that its kind asks for, and a way back to how it came."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.wording import _
from widgets.panels.text_block import TextBlock
from widgets.settings_table import Setting, Value

_FIELD_WIDTH, _BORDER = 210, 6


class _Combo(QComboBox):
    """The wheel scrolls the page, and changes no setting by the way."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page."""
        event.ignore()


class _Spin(QSpinBox):
    """The wheel scrolls the page, and changes no setting by the way; the number has all the room there is."""

    def event(self, event: QEvent) -> bool:
        """Set the number between the borders: a styled box without buttons leaves it a pixel."""
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.StyleChange):
            self.lineEdit().setGeometry(self.rect().adjusted(_BORDER, _BORDER, -_BORDER, -_BORDER))
        return done

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page."""
        event.ignore()


class SettingRow(QFrame):
    """`edited` carries the setting's name and a value that a person chose; `reset` the name alone."""

    edited = Signal(str, object)
    reset = Signal(str)

    def __init__(self, setting: Setting, choices: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("setting")
        self.setting = setting
        self._choices = choices
        self.field = self._made()
        self.field.setAccessibleName(_(setting.title))
        self.back = QToolButton(self)
        self.back.setProperty("flat", True)
        self.back.setText(_("Reset"))
        self.back.setAccessibleName(_("Reset: {setting}").format(setting=_(setting.title)))
        self.back.clicked.connect(lambda: self.reset.emit(setting.name))
        self._arrange()

    def show_value(self, value: Value, is_default: bool) -> None:
        """Show `value`, and the way back where there is one."""
        field = self.field
        field.blockSignals(True)
        if isinstance(field, QComboBox):
            field.setCurrentIndex(max(0, field.findData(value)))
        elif isinstance(field, QSpinBox) and isinstance(value, int):
            field.setValue(value)
        elif isinstance(field, QCheckBox):
            field.setChecked(bool(value))
        field.blockSignals(False)
        had_keyboard = self.back.hasFocus()
        kept = self.back.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(kept)
        self.back.setVisible(not is_default)
        if had_keyboard and is_default:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _made(self) -> QComboBox | QSpinBox | QCheckBox:
        name = self.setting.name
        if isinstance(self.setting.default, bool):
            box = QCheckBox(self)
            box.toggled.connect(lambda on: self.edited.emit(name, on))
            return box
        if isinstance(self.setting.default, int):
            spin = _Spin(self)
            spin.setRange(*self.setting.bounds)
            spin.setSingleStep(self.setting.step)
            spin.valueChanged.connect(lambda value: self.edited.emit(name, value))
            spin.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
            spin.setAlignment(Qt.AlignmentFlag.AlignCenter)
            spin.setFixedWidth(84)
            return spin
        combo = _Combo(self)
        for value, title in self._choices.items():
            combo.addItem(title, value)
        combo.activated.connect(lambda _n: self.edited.emit(name, combo.currentData()))
        combo.setFixedWidth(_FIELD_WIDTH)
        return combo

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(1)
        title = QLabel(_(self.setting.title).replace("&", "&&"), self)
        title.setBuddy(self.field)
        title.setTextFormat(Qt.TextFormat.PlainText)
        words.addWidget(title)
        said = [_(self.setting.help)] if self.setting.help else []
        said += [_("Counts from the next start on.")] if self.setting.restart else []
        if said:
            more = TextBlock(self, quiet=True)
            more.setText(" ".join(said))
            words.addWidget(more)
            self.field.setAccessibleDescription(" ".join(said))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self.back)
        if isinstance(self.field, QSpinBox):
            row.addWidget(self._stepper("\u2212", _("Less"), self.field.stepDown))
            row.addWidget(self.field)
            row.addWidget(self._stepper("+", _("More"), self.field.stepUp))
        else:
            row.addWidget(self.field)

    def _stepper(self, sign: str, said: str, step: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("flat", True)
        button.setText(sign)
        button.setFixedSize(28, 28)
        button.setToolTip(said)
        button.setAccessibleName(f"{_(self.setting.title)}: {said}")
        button.setAutoRepeat(True)
        button.clicked.connect(step)
        return button
