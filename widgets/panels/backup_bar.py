"""The backups of a project to choose from, over the article: to go back to one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.wording import N_, _, language
from widgets.i18n import isolate, locale_of
from widgets.panels.text_block import TextBlock

_WHY = {"day": N_("a day of work"), "deletion": N_("before a deletion"), "restore": N_("before going back")}
_ROWS = 6
_AIR = 4


class Copy(Protocol):
    """What the list tells of one backup."""

    @property
    def number(self) -> int: ...
    @property
    def at(self) -> str: ...
    @property
    def why(self) -> str: ...
    @property
    def size(self) -> int: ...


class BackupBar(QFrame):
    """`chosen` carries the number of the backup to go back to; `closed` when it is left as it is."""

    chosen = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("review-bar")
        self._project = ""
        self._copies: Sequence[Copy] = ()
        self._said = TextBlock(self)
        self._hint = TextBlock(self, quiet=True)
        self.restore = QPushButton(self)
        self.restore.setProperty("primary", True)
        self.close_button = QToolButton(self)
        self.close_button.setProperty("flat", True)
        self.close_button.setText("\u00d7")
        self.list = QListWidget(self)
        self.list.setObjectName("problems")
        self._arrange()
        self.restore.clicked.connect(self._choose)
        self.list.itemActivated.connect(lambda _item: self._choose())
        self.close_button.clicked.connect(self.closed)
        self.retranslate()
        self.hide()

    def open(self, project: str, copies: Sequence[Copy]) -> None:
        """Appear with the backups of `project`, the newest first and chosen."""
        self._project, self._copies = project, copies
        self.retranslate()
        self.list.setCurrentRow(0)
        self.show()
        (self.list if copies else self.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the list away; nothing typed here is a command."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        event.accept()

    def retranslate(self) -> None:
        """Words in the language in use."""
        row = self.list.currentRow()
        self.list.clear()
        self.list.addItems([_line(copy) for copy in self._copies])
        self.list.setCurrentRow(row)
        self.list.setVisible(bool(self._copies))
        shown = min(len(self._copies), _ROWS)
        self.list.setFixedHeight(shown * max(self.list.sizeHintForRow(0), 1) + 2 * _AIR)
        self.restore.setVisible(bool(self._copies))
        self._said.setText(_("Backups of {project}").format(project=isolate(self._project)))
        self._hint.setText(
            _("Everything goes back to how it was then. What is there now becomes a backup first.")
            if self._copies
            else _("There is none yet. One is kept on each day of work, and one before anything is deleted.")
        )
        self.restore.setText(_("Go back to this one"))
        self.close_button.setToolTip(_("Close"))
        self.close_button.setAccessibleName(_("Close"))
        self.list.setAccessibleName(_("Backups, the newest first"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._said, 1)
        head.addWidget(self.restore)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._hint)
        column.addWidget(self.list)

    def _choose(self) -> None:
        row = self.list.currentRow()
        # The list and the bar around it may both hear the same Enter.
        if 0 <= row < len(self._copies) and not self.isHidden():
            self.hide()
            self.chosen.emit(self._copies[row].number)


def moment(at: str) -> str:
    """The time `at`, UTC as a copy says it, as people here read it off a clock and a calendar."""
    there = datetime.fromisoformat(at).replace(tzinfo=UTC).astimezone()
    return isolate(locale_of(language()).toString(there.replace(tzinfo=None), QLocale.FormatType.ShortFormat))


def _line(copy: Copy) -> str:
    locale = locale_of(language())
    size = locale.formattedDataSize(copy.size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
    return " · ".join((moment(copy.at), _(_WHY[copy.why]), isolate(size)))
