"""The table of actions as Qt's: one QAction a row, with the keys that are in use and the words of the language."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from app.wording import _
from widgets.actions import ACTIONS, BY_ID, Action
from widgets.i18n import left_to_right
from widgets.keymap import Keymap

# Held down, these go on; the others would do in a second what nobody wanted, like marking ten articles done.
_REPEATING = {"undo", "redo", "next-article", "previous-article", "zoom-in", "zoom-out", "find-next", "find-previous"}
_ROLES = {
    "quit": QAction.MenuRole.QuitRole,
    "about": QAction.MenuRole.AboutRole,
    "settings": QAction.MenuRole.PreferencesRole,
}


class Actions(QObject):
    """`asked` says which command was asked for, by menu, shortcut or button; `keys_changed`: by other keys now."""

    asked = Signal(str)
    keys_changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.keymap = Keymap()
        self._actions = {action.id: self._made(action) for action in ACTIONS}

    def __getitem__(self, id: str) -> QAction:
        return self._actions[id]

    def all(self) -> list[QAction]:
        """Every QAction, in the order of the table."""
        return list(self._actions.values())

    def set_keymap(self, keymap: Keymap) -> None:
        """Be asked for by these keys from now on."""
        self.keymap = keymap
        for id, made in self._actions.items():
            made.setShortcuts([QKeySequence(keys) for keys in keymap.shortcuts(id)])
        self.retranslate()
        self.keys_changed.emit()

    def with_keys(self, keys: str) -> QAction | None:
        """The action whose shortcut is `keys` (like ``Ctrl+Shift+Z``), or None."""
        return self._actions.get(self.keymap.owner(keys))

    def by_hand(self, keys: str) -> str:
        """The id of the action that a bare key asks for; "" for none."""
        return self.keymap.by_hand(keys)

    def caption(self, id: str) -> str:
        """The first key of an action as the system writes it; may be empty."""
        return self.keymap.caption(id)

    def retranslate(self) -> None:
        """Titles in the language in use."""
        for id, made in self._actions.items():
            title, caption = _(BY_ID[id].title), self.caption(id)
            # Said after a tab, the key keeps its direction: Qt would write Ctrl++ as ++Ctrl in an Arabic menu.
            made.setText(f"{title}\t{left_to_right(caption)}" if caption else title)
            made.setIconText(title)
            made.setToolTip(f"{title} ({left_to_right(caption)})" if caption else title)

    def _made(self, action: Action) -> QAction:
        made = QAction(self)
        made.setObjectName(action.id)
        made.setCheckable(action.toggles)
        made.setAutoRepeat(action.id in _REPEATING)
        made.setShortcuts([QKeySequence(keys) for keys in self.keymap.shortcuts(action.id)])
        made.setMenuRole(_ROLES.get(action.id, QAction.MenuRole.NoRole))
        made.triggered.connect(lambda: self.asked.emit(action.id))
        return made
