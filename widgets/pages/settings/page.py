"""The page of settings: its sections, a row for each setting, and the keys; made from the table alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.wording import _
from widgets.fonts import interface_font
from widgets.pages.settings.keys import KeysPane
from widgets.pages.settings.rows import SettingRow
from widgets.panels.roomy import beside_scroll_bar
from widgets.settings import Settings
from widgets.settings_table import KEYS, SECTIONS, SHOWN, Setting, Value

_LIST_WIDTH, _NARROW_LIST, _ROW_HEIGHT, _WIDEST = 180, 148, 32, 720
_NARROW = 760


class SettingsPage(QFrame):
    """`edited` carries the name of a setting and what a person chose for it; `reset` a name, `reset_all` nothing.

    `choices` tells what may be chosen of a setting that is a text, with titles in the language in use.
    """

    edited = Signal(str, object)
    reset = Signal(str)
    reset_all = Signal()
    import_asked = Signal()
    export_asked = Signal()
    closed = Signal()

    def __init__(
        self,
        settings: Settings,
        choices: Callable[[Setting], Mapping[str, str]],
        label_keys: Mapping[str, str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("settings-page")
        self._settings, self._choices, self._label_keys = settings, choices, label_keys
        self.rows: dict[str, SettingRow] = {}
        self._built = QWidget(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._built)
        self._build()

    def show_setting(self, name: str) -> None:
        """Show the value of the setting called `name` as it is now."""
        if name == KEYS:
            self.keys.show_keys(self._settings.lists(KEYS))
        elif name in self.rows:
            self.rows[name].show_value(self._settings.get(name), self._settings.is_default(name))
        self._everything.setEnabled(bool(self._settings.chosen()))

    def visit(self, name: str) -> None:
        """Go to the setting called `name`, or to the first section."""
        section = next((setting.section for setting in SHOWN if setting.name == name), next(iter(SECTIONS)))
        self.sections.setCurrentRow(list(SECTIONS).index(section))
        if name in self.rows:
            self.rows[name].field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif name == KEYS:
            self.keys.search.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.sections.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language: the page is made anew, and the keyboard stays where it was."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Words in the language in use."""
        section = self.sections.currentRow()
        here = next((name for name, row in self.rows.items() if row.field.hasFocus()), "")
        old, self._built = self._built, QWidget(self)
        self.layout().replaceWidget(old, self._built)
        old.hide()
        old.deleteLater()
        self._build()
        self._built.show()
        self.sections.setCurrentRow(section)
        if here:
            self.rows[here].field.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the sections leave more room for the settings."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.sections = QListWidget(self._built)
        self.sections.setAccessibleName(_("Parts of the settings"))
        for title in SECTIONS.values():
            QListWidgetItem(_(title), self.sections).setSizeHint(QSize(0, _ROW_HEIGHT))
        self._stack = QStackedWidget(self._built)
        self.keys = KeysPane(self._label_keys, self._built)
        self.keys.edited.connect(lambda keys: self.edited.emit(KEYS, keys))
        self.rows = {}
        for section in SECTIONS:
            shown = [setting for setting in SHOWN if setting.section == section]
            self._stack.addWidget(self.keys if section == KEYS else self._pane(shown))
        self.sections.currentRowChanged.connect(self._stack.setCurrentIndex)
        self._fit()
        self._arrange()
        for setting in SHOWN:
            self.show_setting(setting.name)
        self.sections.setCurrentRow(0)

    def _fit(self) -> None:
        self.sections.setFixedWidth(_LIST_WIDTH if self.width() >= _NARROW else _NARROW_LIST)

    def _pane(self, shown: Sequence[Setting]) -> QScrollArea:
        inside = QWidget(self._built)
        inside.setMaximumWidth(_WIDEST)
        column = beside_scroll_bar(inside)
        column.setSpacing(0)
        for setting in shown:
            row = self.rows[setting.name] = SettingRow(setting, self._choices(setting), inside)
            row.edited.connect(self._tell)
            row.reset.connect(self.reset)
            column.addWidget(row)
        column.addStretch(1)
        area = QScrollArea(self._built)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _tell(self, name: str, value: Value) -> None:
        self.edited.emit(name, value)

    def _arrange(self) -> None:
        heading = QLabel(_("Settings"), self._built)
        heading.setFont(interface_font(18, bold=True))
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(heading)
        above.addStretch(1)
        self._everything = self._button(_("Reset all"), self.reset_all)
        for button in (
            self._button(_("Import…"), self.import_asked),
            self._button(_("Export…"), self.export_asked),
            self._everything,
        ):
            above.addWidget(button)
        above.addSpacing(16)
        done = self._button(_("Close"), self.closed)
        done.setProperty("primary", True)
        above.addWidget(done)
        middle = QHBoxLayout()
        middle.setSpacing(24)
        middle.addWidget(self.sections)
        middle.addWidget(self._stack, 1)
        whole = QVBoxLayout(self._built)
        whole.setContentsMargins(20, 14, 20, 14)
        whole.setSpacing(12)
        whole.addLayout(above)
        whole.addLayout(middle, 1)

    def _button(self, title: str, signal: Signal) -> QPushButton:
        button = QPushButton(title, self._built)
        button.clicked.connect(lambda: signal.emit())
        return button
