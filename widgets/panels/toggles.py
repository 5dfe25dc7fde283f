"""Small buttons that stay down: what holds, and which of several things are chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QWidget

from widgets.panels.flow import FlowLayout
from widgets.panels.items import empty


class Tick(QToolButton):
    """A small button that stays down, with a tick then: told apart by more than its colour."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = ""
        self.setProperty("pill", True)
        self.setCheckable(True)
        self.toggled.connect(self._show)
        self.say(title)

    def say(self, title: str) -> None:
        """Call it `title` from now on."""
        self._title = title.replace("&", "&&")
        self.setAccessibleName(title)
        self._show(self.isChecked())

    def _show(self, down: bool) -> None:
        self.setText(f"\u2713 {self._title}" if down else self._title)


class Toggles(QWidget):
    """Small buttons side by side, any of which may be down."""

    edited = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._buttons: dict[str, Tick] = {}
        self._flow = FlowLayout(self, 6)

    def offer(self, titles: Mapping[str, str], chosen: Iterable[str] | None = None) -> None:
        """Show these, by their ids, with the `chosen` ones down, or all."""
        empty(self._flow)
        down = set(titles if chosen is None else chosen)
        self._buttons = {}
        for id, title in titles.items():
            button = self._buttons[id] = Tick(title, self)
            button.setChecked(id in down)
            button.clicked.connect(lambda _on=False: self.edited.emit())
            self._flow.addWidget(button)
            button.show()

    def choose(self, chosen: Iterable[str]) -> None:
        """Have these down, and no others."""
        down = set(chosen)
        for id, button in self._buttons.items():
            button.setChecked(id in down)

    def count(self) -> int:
        """How many there are to choose among."""
        return len(self._buttons)

    def chosen(self) -> tuple[str, ...]:
        """The ids of those that are down, in their order."""
        return tuple(id for id, button in self._buttons.items() if button.isChecked())
