"""How the project suggests, on a page: whether, in which order, from which sources; and what was rejected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.suggesting import AS_THEY_COME, MOST_USEFUL
from app.text.folding import fold
from app.why_sentences import source_title
from app.wording import N_, _, plural
from widgets.fonts import interface_font
from widgets.i18n import isolate, number
from widgets.icons import label_icon
from widgets.pages.settings.rows import SettingRow
from widgets.panels.items import empty
from widgets.panels.text_block import TextBlock
from widgets.panels.turning_row import TurningRow
from widgets.settings_table import Setting, Value
from widgets.theme import LabelLook

_ROOM, _ROW_HEIGHT, _LIST_WIDTH = 760, 30, 260
_ROW: Final = Qt.ItemDataRole.UserRole
CHOICES: Final = (
    Setting("suggest", True, title=N_("Suggest in this project")),
    Setting(
        "order",
        AS_THEY_COME,
        title=N_("The next article"),
        help=N_("The most useful is one that suggestions are unsure of and that is unlike those before."),
        choices={AS_THEY_COME: N_("As they come"), MOST_USEFUL: N_("The most useful first")},
    ),
    Setting(
        "share",
        0,
        title=N_("Articles without suggestions, in per cent"),
        help=N_("Drawn by lot, to see whether suggestions help or mislead."),
        bounds=(0, 100),
        step=5,
    ),
)
"""What a project says of its suggestions."""

SourceState = tuple[str, bool, str]
QuietState = tuple[str, str, str]


class Refused(Protocol):
    """A text that was rejected for a label."""

    @property
    def surface(self) -> str: ...
    @property
    def times(self) -> int: ...


class SuggestionsPage(QFrame):
    """`edited` carries the name of a choice (of a source: "source." and its name) and what was chosen.

    `woken` carries a source's name and a label, `taken_back` a list of what was rejected and is to be suggested again.
    """

    edited = Signal(str, object)
    woken = Signal(str, str)
    taken_back = Signal(list)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("settings-page")
        self._choices: Mapping[str, Value] = {}
        self._sources: Sequence[SourceState] = ()
        self._quiet: Sequence[QuietState] = ()
        self._rejected: Sequence[tuple[Refused, LabelLook]] = ()
        self.rows: dict[str, SettingRow] = {}
        self._heading = QLabel(self)
        self._heading.setFont(interface_font(18, bold=True))
        self.done = QPushButton(self)
        self.done.setProperty("primary", True)
        self.done.clicked.connect(self.closed)
        self._inside = QWidget(self)
        self._column = QVBoxLayout(self._inside)
        self._rejected_title = QLabel(self)
        self._rejected_title.setFont(interface_font(bold=True))
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._list())
        self.list = QListWidget(self)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.itemSelectionChanged.connect(self._selected)
        self.list.itemActivated.connect(lambda _item: self._take_back())
        self.again = QPushButton(self)
        self.again.clicked.connect(self._take_back)
        self.said = TextBlock(self, quiet=True)
        self._arrange()
        self.retranslate()

    def show_choices(
        self, values: Mapping[str, Value], sources: Sequence[SourceState], quiet: Sequence[QuietState]
    ) -> None:
        """Show what is chosen: of each source its name, whether it is asked and what is wrong with it.

        `quiet` are those that are not shown for a label: the source's name, the label, and how often it was right.
        """
        is_otherwise = [name for name, *_rest in sources] != [name for name, *_rest in self._sources]
        is_otherwise |= [told for *_rest, told in sources] != [told for *_rest, told in self._sources]
        is_otherwise |= list(quiet) != list(self._quiet) or not self.rows
        self._choices, self._sources, self._quiet = values, sources, quiet
        if is_otherwise:
            self._fill()
        self._show_values()

    def show_rejected(self, rejected: Sequence[tuple[Refused, LabelLook]]) -> None:
        """List what was rejected, the last first, each with how its label looks."""
        self._rejected = rejected
        self._list()

    def visit(self, part: str = "") -> None:
        """Put the keyboard on the first choice, or into what was "rejected"."""
        (self.search if part == "rejected" else self.rows["suggest"].field).setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Words in the language in use."""
        self._heading.setText(_("Suggestions of this project"))
        self.done.setText(_("Close"))
        self._rejected_title.setText(_("Rejected suggestions"))
        self.search.setPlaceholderText(_("Find what was rejected"))
        self.search.setAccessibleName(_("Find what was rejected"))
        self.list.setAccessibleName(_("Rejected suggestions"))
        if self.rows:
            self._fill()
            self._show_values()
        self._list()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # What is chosen

    def _fill(self) -> None:
        here = next((name for name, row in self.rows.items() if row.field.hasFocus()), "")
        empty(self._column)
        self.rows = {}
        for setting in CHOICES:
            self._add(setting, {value: _(title) for value, title in setting.choices.items()})
        title = QLabel(_("Sources"), self._inside)
        title.setFont(interface_font(bold=True))
        title.setContentsMargins(0, 14, 0, 0)
        self._column.addWidget(title)
        for name, _on, trouble in self._sources:
            self._add(Setting(f"source.{name}", True, title=source_title(name), help=trouble), {})
            for source, label, told in self._quiet:
                if source == name:
                    self._column.addWidget(self._quiet_row(source, label, told))
        self._column.addStretch(1)
        if here in self.rows:
            self.rows[here].field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, setting: Setting, choices: Mapping[str, str]) -> None:
        row = self.rows[setting.name] = SettingRow(setting, choices, self._inside)
        row.edited.connect(self.edited)
        row.reset.connect(lambda name, setting=setting: self.edited.emit(name, setting.default))
        self._column.addWidget(row)

    def _show_values(self) -> None:
        values = {**self._choices, **{f"source.{name}": on for name, on, _trouble in self._sources}}
        for name, row in self.rows.items():
            row.show_value(values[name], values[name] == row.setting.default)

    def _quiet_row(self, source: str, label: str, told: str) -> QWidget:
        """A source that was wrong too often, and a way to have it shown again."""
        made = QWidget(self._inside)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 8)
        said = TextBlock(made, quiet=True)
        said.setText(_("Not shown, since mostly wrong: {what}").format(what=told))
        again = QPushButton(_("Show again"), made)
        again.setAccessibleName(_("Show again: {what}").format(what=told))
        again.clicked.connect(lambda: self.woken.emit(source, label))
        row.addWidget(said, 1)
        row.addWidget(again)
        return made

    # What was rejected

    def _list(self) -> None:
        wanted = fold(self.search.text().strip()).text.lower()
        self.list.clear()
        for n, (one, look) in enumerate(self._rejected):
            surface = " ".join(one.surface.split())
            if wanted not in fold(f"{surface} {look.name}").text.lower():
                continue
            times = plural("{count} time", "{count} times", one.times).format(count=number(one.times))
            said = f"{isolate(surface)} \u00b7 {isolate(look.name)}" + (f" \u00b7 {times}" if one.times > 1 else "")
            item = QListWidgetItem(label_icon(look), said, self.list)
            item.setSizeHint(QSize(0, _ROW_HEIGHT))
            item.setToolTip(said)
            item.setData(_ROW, n)
        if self.list.count():
            self.list.setCurrentRow(0)
        self.list.setVisible(bool(self._rejected))
        self.search.setVisible(bool(self._rejected))
        self.again.setVisible(bool(self._rejected))
        self._selected()

    def _selected(self) -> None:
        count = len(self.list.selectedItems())
        suggest = plural("Suggest {count} again", "Suggest {count} again", count) if count else _("Suggest again")
        self.again.setText(suggest.format(count=number(count)))
        self.again.setEnabled(count > 0)
        if not self._rejected:
            self.said.setText(_("Nothing was rejected in this project. What is rejected is suggested no more."))
        elif not self.list.count():
            self.said.setText(_("Nothing rejected is called so."))
        else:
            self.said.setText(_("These are not suggested in any article of the project."))

    def _take_back(self) -> None:
        chosen = [self._rejected[item.data(_ROW)][0] for item in self.list.selectedItems()]
        if chosen:
            self.taken_back.emit(chosen)

    def _arrange(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self._heading)
        above.addStretch(1)
        above.addWidget(self.done)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(0)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._inside)
        rejected = QVBoxLayout()
        rejected.setSpacing(8)
        for part in (self._rejected_title, self.said, self.search):
            rejected.addWidget(part)
        rejected.addWidget(self.list, 1)
        rejected.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeading)
        rejected.addStretch(0)
        middle = TurningRow(_ROOM)
        middle.setSpacing(32)
        middle.addWidget(area, 3)
        middle.addLayout(rejected, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 14, 20, 14)
        whole.setSpacing(12)
        whole.addLayout(above)
        whole.addLayout(middle, 1)
