"""What is suggested in the article: how many are left, what the one in focus is and why, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.wording import _, plural
from widgets.i18n import isolate, left_to_right, number, percent, plain_tip
from widgets.panels.action_button import ActionButton
from widgets.panels.flow import FlowLayout
from widgets.panels.label_tag import LabelTag
from widgets.theme import LabelLook

_STEP, _MOST = 5, 95
_SLIDER = 96
_PAUSE_MS = 120
_LONG = 36
_MANY = 88
"""Buttons have room for so many, so that nothing moves while they are counted down."""


class Focused(NamedTuple):
    """The suggestion in focus: what it covers, its label, why it is made and how sure, and how many are like it."""

    surface: str
    look: LabelLook
    why: str
    sure: str
    alike: int


class SuggestionBar(QFrame):
    """As high with and without suggestions: the article above it never moves.

    `threshold_changed` carries per cent when the slider has come to rest, `menu_opening` asks to fill `menu`, `left`
    when the hand is to go back to the text, `retold` when the language is another. `accept`, `reject`, `alike` and
    `above` are the actions of its buttons.
    """

    threshold_changed = Signal(int)
    menu_opening = Signal()
    left = Signal()
    retold = Signal()

    def __init__(self, accept: QAction, reject: QAction, alike: QAction, above: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("review-bar")
        self._count: int | None = 0
        self._focused: Focused | None = None
        self._note = ""
        self._keys: Sequence[str] = ("", "", "", "")
        self.count = QLabel(self)
        self.tag = LabelTag(self)
        self.said = OneLine(self)
        self.more = QToolButton(self)
        self.menu = QMenu(self.more)
        self.accept, self.reject = self._button(accept), self._button(reject)
        self.alike, self.above = self._button(alike), self._button(above)
        self.from_ = QLabel(self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self._rest = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._set_up()
        self._arrange()
        self.retranslate()
        self.hide()

    def show_state(self, count: int | None, focused: Focused | None, note: str = "") -> None:
        """Tell how many are left and which is in focus; None, and why in `note`, where the article shows none."""
        self._count, self._focused, self._note = count, focused, note
        self._say()

    def show_threshold(self, least: int) -> None:
        """Show from how many per cent on suggestions are shown."""
        if not self.slider.isSliderDown() and not self._rest.isActive():
            self.slider.blockSignals(True)
            self.slider.setValue(least)
            self.slider.blockSignals(False)
        self._say_threshold()

    def set_keys(self, keys: Sequence[str]) -> None:
        """The keys of going on, accepting, rejecting and accepting all alike, "" for those that have none."""
        self._keys = keys
        self._say()

    def retranslate(self) -> None:
        """Words in the language in use."""
        self.setAccessibleName(_("Suggestions"))
        self.more.setText("\u22ef")
        self.more.setToolTip(_("More about suggestions"))
        self.more.setAccessibleName(_("More about suggestions"))
        self.slider.setAccessibleName(_("From how sure on suggestions are shown"))
        self.slider.setToolTip(_("From how sure on suggestions are shown"))
        self._say()
        self._say_threshold()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.retold.emit()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the text; nothing typed here is a command."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        event.accept()

    def _say(self) -> None:
        count, focused = self._count, self._focused
        if count is None:
            counted = ""
        elif count:
            counted = plural("{count} suggestion", "{count} suggestions", count).format(count=number(count))
        else:
            counted = _("No suggestions left")
        self.count.setText(counted)
        self.count.setVisible(bool(counted))
        self.tag.setVisible(focused is not None)
        if focused:
            self.tag.show_label(focused.look.name, focused.look.ink, focused.look.ground)
            surface = " ".join(focused.surface.split())
            short, whole = (
                " \u00b7 ".join((isolate(said), isolate(focused.why), focused.sure))
                for said in (_short(surface), surface)
            )
            self.said.say(short, whole)
        else:
            self.said.say(self._hint() if count else self._note)
        self._say_buttons()

    def _hint(self) -> str:
        going, accepting, rejecting, _alike = (left_to_right(key) for key in self._keys)
        return _("{going}: the next one · {accepting}: accept · {rejecting}: reject").format(
            going=going, accepting=accepting, rejecting=rejecting
        )

    def _say_buttons(self) -> None:
        alike = self._focused.alike if self._focused else 0
        _going, accepting, rejecting, all_alike = self._keys
        self._entitle(self.accept, _("Accept"), accepting)
        self._entitle(self.reject, _("Reject"), rejecting)
        for button, key, count, said in (
            (self.alike, all_alike, alike if alike > 1 else 0, self._said_alike),
            (self.above, "", self._count or 0, self._said_above),
        ):
            self._entitle(button, said(_MANY), key)
            room = button.sizeHint().width()
            self._entitle(button, said(count), key)
            button.setMinimumWidth(max(room, button.sizeHint().width()))
        self.above.set_tip(_("Accept every suggestion that is shown, in one step"))
        self._threshold.setFixedHeight(self.accept.sizeHint().height())

    def _said_alike(self, count: int) -> str:
        said = plural("{count} alike", "All {count} alike", count) if count else _("All alike")
        return said.format(count=number(count))

    def _said_above(self, count: int) -> str:
        said = plural("Accept {count} shown", "Accept all {count}", count) if count else _("Accept all")
        return said.format(count=number(count))

    def _entitle(self, button: ActionButton, title: str, key: str) -> None:
        title = title.replace("&", "&&")
        button.set_title(f"{isolate(title)}  {left_to_right(key)}" if key else title)

    def _say_threshold(self) -> None:
        self.from_.setText(_("sure from {percent}").format(percent=percent(self.slider.value())))

    def _set_up(self) -> None:
        self.count.setProperty("strong", True)
        self.more.setProperty("flat", True)
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(self.menu)
        self.menu.aboutToShow.connect(self.menu_opening)
        self.accept.setProperty("active", True)
        self.from_.setObjectName("quiet")
        self.slider.setRange(0, _MOST)
        self.slider.setSingleStep(_STEP)
        self.slider.setPageStep(2 * _STEP)
        self.slider.setFixedWidth(_SLIDER)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the mouse leaves the hand in the text
        self.slider.valueChanged.connect(lambda _value: self._slid())
        self._rest.timeout.connect(lambda: self.threshold_changed.emit(self.slider.value()))

    def _slid(self) -> None:
        self._say_threshold()
        self._rest.start()

    def _button(self, action: QAction) -> ActionButton:
        """A button that does what `action` does, while the hand stays in the text."""
        button = ActionButton(action, self)
        button.setProperty("pill", True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return button

    def _arrange(self) -> None:
        what = QHBoxLayout()
        what.setSpacing(8)
        what.addWidget(self.count)
        what.addWidget(self.tag)
        what.addWidget(self.said, 1)
        what.addWidget(self.more)
        below = QWidget(self)
        row = FlowLayout(below, gap=6)
        self._threshold = QWidget(below)
        sliding = QHBoxLayout(self._threshold)
        sliding.setContentsMargins(8, 0, 0, 0)
        sliding.setSpacing(6)
        sliding.addWidget(self.slider)
        sliding.addWidget(self.from_)
        for part in (self.accept, self.reject, self.alike, self._threshold, self.above):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 4, 10, 8)
        column.setSpacing(4)
        column.addLayout(what)
        column.addWidget(below)


def _short(said: str) -> str:
    """The beginning of what is long: why it is suggested must not be crowded out."""
    return said if len(said) <= _LONG else said[:_LONG].rpartition(" ")[0] + "\u2026"


class OneLine(QLabel):
    """A line that is cut at its end where there is no room; a tool tip then has the whole."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._said = self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, said: str, whole: str = "") -> None:
        """Show as much of `said` as there is room for; `whole` is what it is short for."""
        self._said, self._whole = said, whole or said
        self.setAccessibleName(self._whole)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be."""
        return QSize(40, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut to the room there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._said, Qt.TextElideMode.ElideRight, max(self.width(), 20))
        self.setText(shown)
        self.setToolTip(plain_tip(self._whole) if shown != self._whole else "")
