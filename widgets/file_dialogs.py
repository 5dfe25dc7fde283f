"""Asking for a file or folder: by the system's own dialog, or by Qt's where there is none, dressed like the window."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QIcon, QTransform
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHeaderView,
    QSplitter,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolButton,
    QTreeView,
)

from widgets.icons import icon, pixmap
from widgets.theme import Theme

_SIZE: Final = QSize(880, 560)
_ICON, _AIR = 16, 8
_PLACES = 160
_DETAILS: Final = (1, 2, 3)


def kind(title: str, *patterns: str) -> str:
    """A kind of files to choose among, in a name that reads alike in both directions: «Texts (*.txt *.md)»."""
    isolated = "\u2066"  # to the end of the name: behind the bracket Qt allows nothing
    return f"{title} {isolated}({' '.join(patterns)})"


def ask(dialog: QFileDialog, theme: Theme) -> None:
    """Open `dialog` over its window; it goes when it was answered. Nothing waits for it."""
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    place, files = dialog.findChild(QComboBox, "lookInCombo"), dialog.findChild(QTreeView, "treeView")
    if isinstance(place, QComboBox) and isinstance(files, QTreeView):  # Qt's own, not the system's
        place.installEventFilter(_PathsFromLeft(place))
        _set_icons(dialog, theme)
        _fit(dialog, files.header())


class _PathsFromLeft(QObject):
    """Paints the path in its box from left to right: in an Arabic window its first slash would stand at its end."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Paint or not isinstance(watched, QComboBox):
            return False
        painter, option = QStylePainter(watched), QStyleOptionComboBox()
        option.initFrom(watched)
        option.currentIcon, option.iconSize = watched.itemIcon(watched.currentIndex()), watched.iconSize()  # type: ignore[attr-defined]
        edit = QStyle.SubControl.SC_ComboBoxEditField
        room = watched.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, edit, watched)
        width = room.width() - watched.iconSize().width() - _AIR
        path = watched.fontMetrics().elidedText(watched.currentText(), Qt.TextElideMode.ElideMiddle, width)
        option.currentText = f"\u2066{path}\u2069"  # type: ignore[attr-defined]
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
        return True


def _set_icons(dialog: QFileDialog, theme: Theme) -> None:
    ratio, mirrored = dialog.devicePixelRatioF(), dialog.isRightToLeft()
    up = QTransform().rotate(90)
    upwards = QIcon(pixmap("previous", theme.text, _ICON, ratio).transformed(up))
    upwards.addPixmap(pixmap("previous", theme.disabled, _ICON, ratio).transformed(up), QIcon.Mode.Disabled)
    for name, drawn in (
        ("backButton", icon("previous", theme.text, theme.disabled, _ICON, ratio, mirrored)),
        ("forwardButton", icon("next", theme.text, theme.disabled, _ICON, ratio, mirrored)),
        ("toParentButton", upwards),
    ):
        button = dialog.findChild(QToolButton, name)
        if isinstance(button, QToolButton):
            button.setIcon(drawn)


def _fit(dialog: QFileDialog, heads: QHeaderView) -> None:
    """Room for what is said of the files, as far as the screen has it."""
    dialog.resize(dialog.size().expandedTo(_SIZE).boundedTo(dialog.screen().availableSize()))
    halves = dialog.findChild(QSplitter, "splitter")
    if isinstance(halves, QSplitter):
        halves.setSizes([_PLACES, dialog.width() - _PLACES])
    heads.setStretchLastSection(False)
    heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for column in _DETAILS:
        heads.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
