"""A few words over the page that go by themselves; nothing waits for them, and the mouse goes through them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from widgets.i18n import sentence

_SHOWN_MS = 4000
_ABOVE = 16


class Toast(QLabel):
    """Words at the top of the part of the window that it belongs to."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("toast")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._over = over
        self._end = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._end.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    def tell(self, said: str) -> None:
        """Say this for a few seconds; "" ends what was said before."""
        self.setText(sentence(said))
        self.setVisible(bool(said))
        self._place()
        self._end.start()

    def eventFilter(self, over: QObject, event: QEvent) -> bool:
        """Stay in the middle of what may change its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, _ABOVE)
        self.raise_()
