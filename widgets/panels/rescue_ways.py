"""What can be done with a damaged project, under what is wrong with it: go back, bring back, or leave it."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app.wording import _, plural
from widgets.announcing import announce
from widgets.i18n import number
from widgets.panels.backup_bar import moment
from widgets.panels.text_block import TextBlock

_NEAR, _APART = 6, 18


class Copy(Protocol):
    """What is told of a backup that is whole."""

    @property
    def at(self) -> str: ...
    @property
    def articles(self) -> int: ...
    @property
    def spans(self) -> int: ...


class RescueWays(QFrame):
    """The ways on: `restore_asked` (the newest whole backup), `recover_asked` and `leave_asked`."""

    restore_asked = Signal()
    recover_asked = Signal()
    leave_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._copy: Copy | None = None
        self._looking = False
        self._restore_said = TextBlock(self, quiet=True)
        self._recover_said = TextBlock(self, quiet=True)
        self.restore, self.recover, self.leave = QPushButton(self), QPushButton(self), QPushButton(self)
        self.restore.setProperty("primary", True)
        self._arrange()
        self.restore.clicked.connect(self.restore_asked)
        self.recover.clicked.connect(self.recover_asked)
        self.leave.clicked.connect(self.leave_asked)
        self.retranslate()
        self.hide()

    def said(self) -> str:
        """What is said beside the buttons."""
        return "\n".join((self._restore_said.text(), self._recover_said.text()))

    def begin(self) -> None:
        """Appear while the backups are being looked at."""
        self._copy, self._looking = None, True
        self.setEnabled(True)
        self.retranslate()
        self.show()
        self.recover.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(self, copy: Copy | None) -> None:
        """Offer this backup; None where none is whole."""
        self._copy, self._looking = copy, False
        self.retranslate()
        if copy and self.recover.hasFocus():
            self.restore.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self._restore_said.text())

    def retranslate(self) -> None:
        """Words in the language in use."""
        if self._copy:
            self.restore.setText(_("Go back to the backup of {time}").format(time=moment(self._copy.at)))
        self.restore.setVisible(self._copy is not None)
        self._restore_said.setText(self._told())
        self.recover.setText(_("Bring back what can be read"))
        self._recover_said.setText(
            _(
                "In a new project beside it: every article and every span that is as it was written. What is lost is "
                "taken from the backups and the training file, and the rest is named. The damaged file is only read."
            )
        )
        self.leave.setText(_("Leave it as it is"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _told(self) -> str:
        if self._looking:
            return _("Its backups are being looked at…")
        if self._copy is None:
            return _("It has no backup that is whole.")
        articles = plural("{count} article", "{count} articles", self._copy.articles)
        spans = plural("{count} span", "{count} spans", self._copy.spans)
        said = _("With {articles} and {spans}. What was done after it is not in it; the damaged file is kept.")
        return said.format(
            articles=articles.format(count=number(self._copy.articles)),
            spans=spans.format(count=number(self._copy.spans)),
        )

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, _APART)
        column.setSpacing(_NEAR)
        start = Qt.AlignmentFlag.AlignLeading
        column.addWidget(self.restore, 0, start)
        column.addWidget(self._restore_said)
        column.addSpacing(_APART - _NEAR)
        column.addWidget(self.recover, 0, start)
        column.addWidget(self._recover_said)
        column.addSpacing(_APART - _NEAR)
        column.addWidget(self.leave, 0, start)
