"""The door at which assistive technology asks for the article. What is behind it is loaded when somebody knocks."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface

_installed = False
_answers: list[QAccessibleInterface] = []
"""Qt ends them with the articles; Python must not do so before."""


def install() -> None:
    """Have Qt find the article when a screen reader asks for what is in the window."""
    global _installed
    if not _installed:
        QAccessible.installFactory(_answer)
        _installed = True


def _answer(kind: str, widget: QObject) -> QAccessibleInterface | None:
    if kind != "ArticleView":
        return None
    from widgets.canvas.accessible import ArticleInterface

    _answers[:] = [answer for answer in _answers if shiboken6.isValid(answer)]
    _answers.append(ArticleInterface(widget))
    return _answers[-1]
