"""What a screen reader takes a field of choices for. Nothing of it exists before one asks."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_answers: list[QAccessibleInterface] = []
"""Qt ends them with their fields; Python must not do so before."""


@cache
def install() -> None:
    """Have fields of choices answer as something to choose in, and not as a bare surface."""
    QAccessible.installFactory(_answer)


def _answer(kind: str, widget: QObject) -> QAccessibleInterface | None:
    if kind != "ChoiceField" or not isinstance(widget, QWidget):
        return None
    _answers.append(QAccessibleWidget(widget, QAccessible.Role.ComboBox))
    return _answers[-1]
