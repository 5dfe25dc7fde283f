"""The strip above the panes: the labels, and the commands that are used with every article."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QWidget

from app.wording import plural
from widgets.fonts import interface_font
from widgets.i18n import number, plain_tip
from widgets.panels.action_button import ActionButton
from widgets.panels.chips import LabelChips
from widgets.panels.key_cap import cap_size, paint_cap
from widgets.theme import Theme

_HEIGHT = 32
_PADDING = 12
_GAP = 8
_NARROW, _NARROWER, _NARROWEST = 1100, 900, 640
_SPARED = ("undo", "redo")


class KeyedButton(QAbstractButton):
    """The one command that moves the work on: its name and its key on the accent."""

    def __init__(self, action: QAction, caption: Callable[[], str], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._action = action
        self._caption = caption
        self._theme = theme
        self._key_shown = True
        self._count = self._standing = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self._theme = theme
        self.update()

    def set_count(self, problems: int, standing: int) -> None:
        """How many problems the article has, and how many of them stand against calling it done."""
        if (problems, standing) != (self._count, self._standing):
            self._count, self._standing = problems, standing
            self._follow()

    def show_key(self, shown: bool) -> None:
        """Whether there is room for the key."""
        self._key_shown = shown
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Name and key side by side."""
        key = cap_size(self._caption()).width() + _GAP if self._key_shown else 0
        return QSize(self._name_width() + key + 2 * _PADDING, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, name and key."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        painter.setPen(QColor(self._theme.text) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.accent if self.isEnabled() else self._theme.line))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        if self.isEnabled() and (self.isDown() or self.underMouse()):
            painter.setBrush(QColor(0, 0, 0, 46 if self.isDown() else 22))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        ink = QColor(self._theme.on_accent if self.isEnabled() else self._theme.muted)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        width = self._name_width()
        painter.setPen(ink)
        painter.setFont(interface_font(bold=True))
        left = rect.width() - _PADDING - width if mirrored else _PADDING
        painter.drawText(QRectF(left, 0, width, rect.height()), Qt.AlignmentFlag.AlignCenter, self.text())
        if self._key_shown:
            size = cap_size(self._caption())
            left = _PADDING if mirrored else rect.width() - _PADDING - size.width()
            cap = QRectF(left, (rect.height() - size.height()) / 2, size.width(), size.height())
            paint_cap(painter, cap, self._caption(), ink)

    def _name_width(self) -> int:
        return QFontMetrics(interface_font(bold=True)).horizontalAdvance(self.text()) + 2

    def _follow(self) -> None:
        said, more = self._action.iconText(), []
        if self._count:
            said = f"{said}  \u26a0 {number(self._count)}"
            left = plural("{count} problem is left.", "{count} problems are left.", self._count)
            more.append(left.format(count=number(self._count)))
        if self._standing:
            must = plural("{count} must be mended first.", "{count} must be mended first.", self._standing)
            more.append(must.format(count=number(self._standing)))
        self.setText(said)
        self.setAccessibleDescription(" ".join(more))
        self.setToolTip(plain_tip("\n".join([self._action.toolTip(), *more])) if more else self._action.toolTip())
        self.setEnabled(self._action.isEnabled())
        self.updateGeometry()


class Strip(QFrame):
    """Chips from the reading start, commands at the end; the commands keep one row, the chips wrap."""

    def __init__(
        self,
        theme: Theme,
        tools: list[QAction],
        done: QAction,
        caption: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.chips = LabelChips(theme, self)
        self.done = KeyedButton(done, caption, theme, self)
        self._tools = [self._tool(action) for action in tools]
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(2)
        row.addWidget(self.chips, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(12)
        for tool in self._tools:
            row.addWidget(tool, 0, Qt.AlignmentFlag.AlignTop)
        row.addSpacing(8)
        row.addWidget(self.done, 0, Qt.AlignmentFlag.AlignTop)

    def tool(self, id: str) -> ActionButton:
        """The button of the action `id`."""
        return next(tool for tool in self._tools if tool.defaultAction().objectName() == id)

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self.chips.set_theme(theme)
        self.done.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room let the key go, then what every hand does by keys."""
        super().resizeEvent(event)
        width = event.size().width()
        self.done.show_key(width >= _NARROW)
        for tool in self._tools:
            spared = tool.defaultAction().objectName() in _SPARED
            tool.setVisible(width >= (_NARROWER if spared else _NARROWEST))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.update()

    def _tool(self, action: QAction) -> ActionButton:
        button = ActionButton(action, self)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setFixedHeight(_HEIGHT)
        return button
