"""No article is open: why, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.wording import _
from widgets.fonts import interface_font
from widgets.i18n import isolate
from widgets.panels.drop_area import DropArea
from widgets.panels.text_block import TextBlock

if TYPE_CHECKING:
    from widgets.panels.rescue_ways import RescueWays

_DETAILS_SHOWN = 6
_WIDTH = 560


class NothingOpen(QFrame):
    """A page with one message and the two ways on: `open_asked` and `sample_asked`."""

    open_asked = Signal()
    sample_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("centre")
        self._problem = ""
        self._details: tuple[str, ...] = ()
        self._busy = False
        self._title = TextBlock(self)
        self._title.setFont(interface_font(20, bold=True))
        self._said = TextBlock(self)
        self._more = TextBlock(self, quiet=True)
        self.open = QPushButton(self)
        self.open.setProperty("primary", True)
        self.sample = QPushButton(self)
        self.copy = QPushButton(self)
        self.area = DropArea(self, self.open, self.sample)
        self._ways: RescueWays | None = None
        self._arrange()
        self.open.clicked.connect(self.open_asked)
        self.sample.clicked.connect(self.sample_asked)
        self.copy.clicked.connect(self._copy)
        self.retranslate()

    def said(self) -> str:
        """What the page says, a line each."""
        return "\n".join(block.text() for block in (self._title, self._said, self._more, self.area) if block.text())

    def show_problem(self, said: str, details: Sequence[str] = ()) -> None:
        """Say why nothing could be opened; "" when nothing was asked for."""
        self._problem, self._details, self._busy = said, tuple(details), False
        self._put_ways_away()
        self.retranslate()

    def show_ways(self) -> RescueWays:
        """Offer, beside the problem, what can be done with a damaged project."""
        if self._ways is None:
            from widgets.panels.rescue_ways import RescueWays  # rarely needed: the start does not wait for it

            self._ways = RescueWays(self)
            self._words.insertWidget(self._words.indexOf(self.area), self._ways)
        self._set_open_primary(False)
        self._ways.begin()
        return self._ways

    def set_ways_enabled(self, enabled: bool) -> None:
        """Let one of the ways be chosen, or not while one is gone."""
        if self._ways is not None:
            self._ways.setEnabled(enabled)

    def _put_ways_away(self) -> None:
        if self._ways is not None:
            self._ways.hide()
            self._set_open_primary(True)

    def _set_open_primary(self, primary: bool) -> None:
        self.open.setProperty("primary", primary)
        self.open.style().unpolish(self.open)
        self.open.style().polish(self.open)

    def show_reading(self, name: str) -> None:
        """Say that a large file is being read."""
        self._problem, self._details, self._busy = name, (), True
        self.retranslate()

    def retranslate(self) -> None:
        """Words in the language in use; the problem stays as it was said."""
        if self._busy:
            self._title.setText(_("Reading {file}…").format(file=isolate(self._problem)))
            self._said.setText(_("A large file takes a moment; its project is being made beside it."))
        elif self._problem:
            self._title.setText(_("This could not be opened"))
            self._said.setText(self._problem)
        else:
            self._title.setText(_("No article is open"))
            self._said.setText("")
        self.area.set_text(_("Open a text, a JSON Lines file or a project, or drop one here."))
        self._said.setVisible(bool(self._said.text()))
        self.area.setVisible(not self._busy)
        shown = self._details[:_DETAILS_SHOWN]
        self._more.setText("\n".join((*shown, "…") if len(self._details) > len(shown) else shown))
        self._more.setVisible(bool(shown))
        self.open.setText(_("Open…"))
        self.sample.setText(_("Open the sample articles"))
        self.copy.setText(_("Copy"))
        self.copy.setVisible(bool(self._problem) and not self._busy)

    def _copy(self) -> None:
        """All of the problem on the clipboard, also what there was no room to say."""
        QGuiApplication.clipboard().setText("\n".join((self._problem, *self._details)))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.copy)
        column = QWidget(self)
        column.setMaximumWidth(_WIDTH)
        self._words = words = QVBoxLayout(column)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(12)
        for widget in (self._title, self._said, self._more):
            words.addWidget(widget)
        words.addLayout(buttons)
        words.addWidget(self.area)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(column, 4)
        middle.addStretch(1)
        inside, area = QWidget(), QScrollArea(self)
        page = QVBoxLayout(inside)
        page.setContentsMargins(32, 32, 32, 32)
        page.addStretch(2)
        page.addLayout(middle)
        page.addStretch(3)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        for part in (area.viewport(), inside):
            part.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
