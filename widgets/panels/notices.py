"""What went wrong or must be known, said in the window until it is put away: copyable, never in the way of the hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.wording import _, plural
from widgets.announcing import announce
from widgets.i18n import number
from widgets.icons import pixmap
from widgets.panels.text_block import TextBlock
from widgets.panels.turning_row import TurningRow
from widgets.theme import Theme

_DETAILS_SHOWN = 5
_NOTICES_SHOWN = 4
_SIGN = 18
_ROOM = 440
_AS_BUTTONS = 5  # what a button has over its words


class Notice(QFrame):
    """One message, with the first of its details and a count of the rest. `level`: "error", "warning" or "news"."""

    dismissed = Signal()

    def __init__(self, said: str, details: Sequence[str], level: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._level = level
        self._under_way = False
        self.passing = False
        self.gives_way = level == "news"
        self._sign = QLabel(self)
        self.setObjectName("notice")
        self.setProperty("level", level)
        self.said = said
        self._details = tuple(details)
        self._copy = QToolButton(self)
        self._dismiss = QToolButton(self)
        for button in (self._copy, self._dismiss):
            button.setProperty("flat", True)
        self._copy.clicked.connect(self.copy)
        self._dismiss.clicked.connect(self.dismissed)
        self._arrange()
        self.set_theme(theme)
        self.retranslate()

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        name, colour = {
            "error": ("warning", theme.danger),
            "warning": ("warning", theme.warning),
            "news": ("info", theme.accent),
        }[self._level]
        self._sign.setPixmap(pixmap(name, colour, _SIGN, self.devicePixelRatioF()))

    def set_said(self, said: str) -> None:
        """Say something else from now on."""
        self.said = said
        self._line.setText(said)

    def as_progress(self) -> None:
        """Be the notice of work under way: to be cancelled, not copied."""
        self._under_way, self.gives_way = True, False
        self._copy.hide()
        self.retranslate()

    def as_passing(self) -> None:
        """Be good news that the next action ends, and that nobody need copy."""
        self.passing = True
        self._copy.hide()

    def stays(self) -> None:
        """Be a notice of something that is still so: it cannot be put away, and offers better than its words."""
        self._dismiss.hide()
        self._copy.hide()

    def without_copy(self) -> None:
        """Be a notice that offers something better to be copied than its words."""
        self._copy.hide()

    def offer(self, title: str, do: Callable[[], object]) -> QToolButton:
        """Give it a button more, for what can be done now."""
        button = QToolButton(self)
        button.setProperty("flat", True)
        button.setText(title)
        button.clicked.connect(do)
        self._ways.insertWidget(self._ways.indexOf(self._copy), button, 0, Qt.AlignmentFlag.AlignTop)
        return button

    def copy(self) -> None:
        """Put all of it on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())

    def text(self) -> str:
        """Everything that the notice knows, a line each: what is copied."""
        return "\n".join((self.said, *self._details))

    def retranslate(self) -> None:
        """Words in the language in use; what was said stays as it was said."""
        self._copy.setText(_("Copy"))
        self._dismiss.setText(_("Cancel") if self._under_way else _("Dismiss"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        self._line = _line(self.said, self)
        words.addWidget(self._line)
        for detail in self._details[:_DETAILS_SHOWN]:
            words.addWidget(_line(detail, self))
        more = len(self._details) - _DETAILS_SHOWN
        if more > 0:
            said = plural("and {count} more", "and {count} more", more).format(count=number(more))
            words.addWidget(_line(said, self))
        told = QHBoxLayout()
        told.setSpacing(10)
        told.setContentsMargins(0, _AS_BUTTONS, 0, _AS_BUTTONS)
        told.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        told.addLayout(words, 1)
        self._ways = QHBoxLayout()
        self._ways.setSpacing(4)
        self._ways.addStretch(1)
        for button in (self._copy, self._dismiss):
            self._ways.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        row = TurningRow(_ROOM, self)
        row.setContentsMargins(12, 5, 12, 5)
        row.setSpacing(4)
        row.addLayout(told, 1)
        row.addLayout(self._ways)


class Notices(QWidget):
    """The notices that nobody has put away yet, the newest first."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.hide()

    def tell(self, said: str, details: Sequence[str] = (), level: str = "warning") -> Notice:
        """Show a notice; the same words again replace the older one, and the oldest make room."""
        shown = self.shown()
        for notice in [notice for notice in shown if notice.said == said] or shown[_NOTICES_SHOWN - 1 :]:
            self.drop(notice)
        notice = Notice(said, details, level, self._theme, self)
        notice.dismissed.connect(lambda: self.drop(notice))
        self._column.insertWidget(0, notice)
        self.show()
        announce(self, notice.text(), urgent=level == "error")
        return notice

    def go_on(self) -> None:
        """The work goes on: what was only good news goes."""
        for notice in self.shown():
            if notice.passing:
                self.drop(notice)

    def give_way(self) -> None:
        """A page opens: reports of what is done leave it the room. What went wrong and what is under way stays."""
        for notice in self.shown():
            if notice.gives_way:
                self.drop(notice)

    def follow(self, said: str, cancel: Callable[[], object]) -> Notice:
        """Show work under way, and how to stop it; whoever does the work changes what is said and drops it."""
        notice = Notice(said, (), "news", self._theme, self)
        notice.as_progress()
        notice.dismissed.connect(cancel)
        self._column.insertWidget(0, notice)
        self.show()
        return notice

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self._theme = theme
        for notice in self.shown():
            notice.set_theme(theme)

    def shown(self) -> list[Notice]:
        """The notices there are, the newest first."""
        items = (self._column.itemAt(n) for n in range(self._column.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, Notice)]

    def clear(self) -> None:
        """Put all notices away."""
        for notice in self.shown():
            self.drop(notice)

    def drop(self, notice: Notice) -> None:
        """Put one notice away."""
        self._column.removeWidget(notice)
        notice.deleteLater()
        self.setVisible(self._column.count() > 0)


def _line(said: str, parent: QWidget) -> TextBlock:
    block = TextBlock(parent)
    block.setText(said)
    return block
