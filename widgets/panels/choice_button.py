"""A button that says what is chosen and opens a menu of what can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from widgets.i18n import plain_tip


class Choice(NamedTuple):
    """One line of the menu: `say` is called when it is picked."""

    title: str
    chosen: bool
    say: Callable[[], object]


class ChoiceButton(QPushButton):
    """`offer` is asked for the choices each time that the menu opens."""

    def __init__(self, offer: Callable[[], Iterable[Choice]], parent: QWidget) -> None:
        super().__init__(parent)
        self._offer = offer
        self._said = ""
        self.setProperty("choice", True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._open)

    def say(self, said: str, name: str) -> None:
        """Show `said`, cut at its end where it is too long; `name` is what the choice is about."""
        self._said = said
        self.setAccessibleName(f"{name}: {said}")
        self.setToolTip(plain_tip(f"{name}: {said}"))
        self._fit()

    def choices(self) -> QMenu:
        """The menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for choice in self._offer():
            action = menu.addAction(choice.title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(choice.chosen)
            action.triggered.connect(lambda _on=False, say=choice.say: say())
        return menu

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be: what is said is cut."""
        return QSize(60, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut what is said to the room there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(20, self.width() - 34)
        cut = self.fontMetrics().elidedText(self._said, Qt.TextElideMode.ElideRight, room)
        self.setText(f"{cut}  \u25be".replace("&", "&&"))

    def _open(self) -> None:
        menu, mirrored = self.choices(), self.isRightToLeft()
        corner = self.rect().bottomRight() if mirrored else self.rect().bottomLeft()
        menu.popup(self.mapToGlobal(corner) - QPoint(menu.sizeHint().width() if mirrored else 0, -2))
