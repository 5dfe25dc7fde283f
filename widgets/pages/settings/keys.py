"""The keys of every action, to be found and changed; a key that is taken says whose it is, and can be taken over."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.text.folding import fold
from app.wording import _
from widgets.actions import ACTIONS, BY_ID, MENUS, SUBMENUS
from widgets.i18n import isolate, left_to_right
from widgets.keymap import Keymap, engraved, pressed, refusal
from widgets.panels.text_block import TextBlock

_ID = Qt.ItemDataRole.UserRole
_MENU_TITLES = {**dict(MENUS), **{id: title for id, (_parent, title) in SUBMENUS.items()}}


class _Catcher(QPushButton):
    """Pressed, it waits for a key; `caught` carries its chord, or "" when Esc gave up."""

    caught = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.waiting = False

    def event(self, event: QEvent) -> bool:
        """While it waits every key is its own, whatever it is a shortcut of."""
        if self.waiting and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if self.waiting and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._take(event)
            return True
        return super().event(event)

    def focusOutEvent(self, event: QEvent) -> None:
        """Wait no more."""
        if self.waiting:
            self.waiting = False
            self.caught.emit("")
        super().focusOutEvent(event)  # type: ignore[arg-type]

    def _take(self, event: QKeyEvent) -> None:
        chord = pressed(event)
        if chord:
            self.waiting = False
            self.caught.emit("" if chord == "Esc" else chord)


class KeysPane(QWidget):
    """`edited` carries the keys that are otherwise than they came, by the ids of their actions.

    `label_keys` are the titles of labels by the keys that mark with them: those keys can be no action's.
    """

    edited = Signal(dict)

    def __init__(self, label_keys: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._label_keys = label_keys
        self._keymap = Keymap()
        self._wanted = ""
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(_("Find by name or key"))
        self.search.setAccessibleName(_("Find by name or key"))
        self.search.textChanged.connect(self._filter)
        self.table = QTableWidget(len(ACTIONS), 3, self)
        self.said = TextBlock(self)
        self.change, self.add = _Catcher(self), _Catcher(self)
        self.take, self.remove, self.back = QPushButton(self), QPushButton(self), QPushButton(self)
        self._set_up()
        self._arrange()
        self.table.setCurrentCell(0, 0)

    def show_keys(self, changes: Mapping[str, list[str]]) -> None:
        """Show the keys as they are now."""
        self._keymap = Keymap(changes)
        for n, action in enumerate(ACTIONS):
            keys = (left_to_right(engraved(key)) for key in self._keymap.keys(action.id) if key != "Ctrl+Return")
            item = self.table.item(n, 1)
            item.setText("   ".join(keys))
            font = item.font()
            font.setBold(action.id in self._keymap.changes)
            item.setFont(font)
        self._choose()

    def chosen(self) -> str:
        """The id of the action in hand."""
        item = self.table.item(max(0, self.table.currentRow()), 0)
        return str(item.data(_ID))

    def visit(self, id: str) -> None:
        """Take the action `id` in hand."""
        self.table.setCurrentCell([action.id for action in ACTIONS].index(id), 0)

    def offer(self, chord: str, instead: bool) -> None:
        """Give the action in hand the key `chord`, `instead` of those it has; ask first where it is another's."""
        self._wanted, self._instead = chord, instead
        self._rest()
        if not chord:
            return
        problem, owner = refusal(chord, self._label_keys), self._keymap.owner(chord, self.chosen())
        shown = left_to_right(engraved(chord))
        if problem:
            label = isolate(self._label_keys.get(chord, ""))
            self.said.setText(f"{shown}: {_(problem).format(label=label)}")
        elif owner and owner != self.chosen():
            said = _("{key} belongs to “{action}”.")
            self.said.setText(said.format(key=shown, action=isolate(_(BY_ID[owner].title))))
            self.take.show()
            self.take.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._give()

    def _give(self) -> None:
        id, chord = self.chosen(), self._wanted
        kept = () if self._instead else (key for key in self._keymap.keys(id) if key != chord)
        self._tell(self._keymap.with_keys(id, (*kept, chord)))

    def _tell(self, keymap: Keymap) -> None:
        self._rest()
        self.edited.emit(keymap.told())
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wait(self, button: _Catcher) -> None:
        self._rest()
        button.waiting = True
        button.setFocus(Qt.FocusReason.OtherFocusReason)
        said = _("Press the new key for “{action}”. Esc leaves it as it is.")
        self.said.setText(said.format(action=isolate(_(BY_ID[self.chosen()].title))))

    def _rest(self) -> None:
        self.change.waiting = self.add.waiting = False
        self.said.setText("")
        self.take.hide()
        self._choose()

    def _choose(self) -> None:
        id = self.chosen()
        self.add.setEnabled(bool(self._keymap.keys(id)))
        self.remove.setEnabled(bool(self._keymap.keys(id)))
        self.back.setEnabled(id in self._keymap.changes)

    def _filter(self, text: str) -> None:
        wanted = fold(text.strip()).text.lower()
        for n, action in enumerate(ACTIONS):
            keys = " ".join(self._keymap.keys(action.id))
            told = f"{fold(_(action.title)).text} {action.title} {keys}".lower()
            self.table.setRowHidden(n, wanted not in told)
        shown = next((n for n in range(len(ACTIONS)) if not self.table.isRowHidden(n)), -1)
        if shown >= 0 and self.table.isRowHidden(self.table.currentRow()):
            self.table.setCurrentCell(shown, 0)

    def _set_up(self) -> None:
        table = self.table
        table.setAccessibleName(_("Keys"))
        table.setHorizontalHeaderLabels([_("Command"), _("Keys"), _("Menu")])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for n, action in enumerate(ACTIONS):
            for column, said in enumerate((_(action.title), "", _(_MENU_TITLES[action.menu]).replace("&", ""))):
                item = QTableWidgetItem(said)
                item.setData(_ID, action.id)
                table.setItem(n, column, item)
        head = table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        table.currentCellChanged.connect(lambda *_cells: self._rest())
        table.itemActivated.connect(lambda _item: self._wait(self.change))
        for button, title, do in (
            (self.change, _("Change…"), lambda: self._wait(self.change)),
            (self.add, _("Another…"), lambda: self._wait(self.add)),
            (self.remove, _("No key"), lambda: self._tell(self._keymap.with_keys(self.chosen(), ()))),
            (self.back, _("Reset"), lambda: self._tell(self._keymap.as_it_came(self.chosen()))),
            (self.take, _("Take it over"), self._give),
        ):
            button.setText(title)
            button.clicked.connect(do)
        self.change.caught.connect(lambda chord: self.offer(chord, True))
        self.add.caught.connect(lambda chord: self.offer(chord, False))

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.change, self.add, self.remove, self.back):
            row.addWidget(button)
        row.addStretch(1)
        told = QHBoxLayout()
        told.setSpacing(8)
        told.addWidget(self.said, 1)
        told.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        column.addLayout(told)
        column.addLayout(row)
        self.said.setMinimumHeight(self.take.sizeHint().height())
