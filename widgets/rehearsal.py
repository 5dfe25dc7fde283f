"""What `hashiya window --rehearse FILE` does: an annotator's first minute, by keys, to show that a build works."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from widgets.workbench import Workbench

if TYPE_CHECKING:
    from app.publish import Published

_PATIENCE_MS, _BETWEEN_MS = 30_000, 20
_PLAIN, _CONTROL, _SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_NAME = "R1"


class Rehearsal(QObject):
    """Selects a word, labels it, gives a name, waits until it is saved and closes the window."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._bench = bench
        self._painted = 0.0
        self._spans = 0
        self._training = ""
        self._canvas = bench.window.canvas
        self._canvas.viewport().installEventFilter(self)
        bench.publisher.published.connect(self._saved)
        QTimer.singleShot(_PATIENCE_MS, self, lambda: QApplication.exit(1))

    def report(self) -> int:
        """Print when the article was painted (seconds since the epoch) and what was saved; 0 when all of it was."""
        said = {"painted": self._painted, "spans": self._spans, "training": self._training}
        if sys.stdout:  # a program without a console has none
            sys.stdout.write(json.dumps(said) + "\n")
        return 0 if self._spans and self._training else 1

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the article be painted, and begin then."""
        if event.type() != QEvent.Type.Paint or self._canvas.page is None:
            return super().eventFilter(watched, event)
        self._canvas.viewport().removeEventFilter(self)
        self._canvas.viewportEvent(event)
        self._painted = time.time()
        QTimer.singleShot(0, self, self._begin)
        return True

    def _begin(self) -> None:
        self._bench.undertakings  # noqa: B018 - asked for, and so made: the prompt for a name is among them
        self._canvas.setFocus()
        _press(self._canvas, Qt.Key.Key_Right, modifiers=_CONTROL | _SHIFT)
        _press(self._canvas, Qt.Key.Key_Left, modifiers=_CONTROL | _SHIFT)
        _press(self._canvas, Qt.Key.Key_Left, modifiers=_CONTROL | _SHIFT)
        _press(self._canvas, Qt.Key.Key_2, "2")
        QTimer.singleShot(_BETWEEN_MS, self, self._give_name)

    def _give_name(self) -> None:
        field = self._bench.window.prompt.field
        for letter in _NAME:
            _press(field, 0, letter)
        _press(field, Qt.Key.Key_Return)

    def _saved(self, published: Published) -> None:
        self._spans = len(self._bench.bridge.session.annotations.spans)
        if self._spans and not self._training:
            self._training = str(published.path)
            QTimer.singleShot(0, self._bench.window.close)


def _press(to: QWidget, key: int, text: str = "", modifiers: Qt.KeyboardModifier = _PLAIN) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(to, QKeyEvent(kind, key, modifiers, text))
