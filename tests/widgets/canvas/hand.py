"""A view and the hand on it: real events of mouse and keyboard, and what is on the screen after them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from widgets.canvas.boxes import Box
from widgets.canvas.page import ArticlePage
from widgets.canvas.view import ArticleView

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT_BUTTON = Qt.MouseButton.LeftButton


class HeldView(ArticleView):
    """A view that counts what it paints and can be touched as a person would."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: list[int] = []
        self.said: list[object] = []
        self.selection_changed.connect(lambda start, end: self.said.append((start, end)))
        self.focus_changed.connect(self.said.append)

    def paintEvent(self, event: object) -> None:
        """Note how many pixels' height is painted."""
        self.painted.append(event.rect().height())  # type: ignore[attr-defined]
        super().paintEvent(event)  # type: ignore[arg-type]

    @property
    def article(self) -> ArticlePage:
        """The page that is shown."""
        assert self.page
        return self.page

    def box(self, offset: int) -> Box:
        """The box of the letter at `offset`."""
        placed = self.article.placed(offset, False)
        return next(b for b in placed.paragraph.boxes(placed.line) if b.start <= offset < b.end)

    def at(self, offset: int, share: float = 0.5) -> QPoint:
        """A point of the viewport on the letter at `offset`; `share` goes from its left (0) to its right (1)."""
        placed, box = self.article.placed(offset, False), self.box(offset)
        top, bottom = self.article.letters(placed)
        x = box.left + (box.right - box.left) * share
        return self.point_at(x + self.article.margin, (top + bottom) / 2)

    def point_at(self, x: float, y: float) -> QPoint:
        """Where a point of the page is in the viewport."""
        return (QPointF(x, y) + self.origin()).toPoint()

    def tag_at(self, span: str, offset: int) -> QPoint:
        """The middle of the tag of `span`, which begins on the line of `offset`."""
        placed = self.article.placed(offset, False)
        mark = next(mark for mark in self.article.marks(placed).spans if mark.span == span)
        assert mark.tag
        middle = self.article.lane_top(placed, mark.lane) + self.article.look.lane / 2
        return self.point_at((mark.tag.left + mark.tag.right) / 2 + self.article.margin, middle)

    def press(self, at: QPoint, held: Qt.KeyboardModifier = NONE) -> None:
        """Press the left button."""
        self._mouse_event(QEvent.Type.MouseButtonPress, at, LEFT_BUTTON, LEFT_BUTTON, held)

    def move(self, at: QPoint, *, down: bool = True) -> None:
        """Move the mouse, with the left button down or up."""
        buttons = LEFT_BUTTON if down else Qt.MouseButton.NoButton
        self._mouse_event(QEvent.Type.MouseMove, at, Qt.MouseButton.NoButton, buttons, NONE)

    def release(self, at: QPoint) -> None:
        """Let go of the left button."""
        self._mouse_event(QEvent.Type.MouseButtonRelease, at, LEFT_BUTTON, Qt.MouseButton.NoButton, NONE)

    def double_press(self, at: QPoint) -> None:
        """Click, then press again at once."""
        self.click(at)
        self._mouse_event(QEvent.Type.MouseButtonDblClick, at, LEFT_BUTTON, LEFT_BUTTON, NONE)

    def click(self, at: QPoint, held: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        """Click once, twice or three times."""
        for number in range(times):
            if number == 1:
                self._mouse_event(QEvent.Type.MouseButtonDblClick, at, LEFT_BUTTON, LEFT_BUTTON, held)
            else:
                self.press(at, held)
            self.release(at)

    def drag(self, start: QPoint, *stops: QPoint) -> None:
        """Press at `start`, move over `stops`, let go at the last of them."""
        self.press(start)
        self.move(start + QPoint(2, 0))
        for stop in stops:
            self.move(stop)
        self.release(stops[-1])

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> bool:
        """Press a key and let go of it; whether the view took it."""
        event = QKeyEvent(QEvent.Type.KeyPress, key, held)
        QApplication.sendEvent(self, event)
        QApplication.sendEvent(self, QKeyEvent(QEvent.Type.KeyRelease, key, held))
        return event.isAccepted()

    def wheel(self, turn: int, held: Qt.KeyboardModifier = NONE) -> None:
        """Turn the wheel by `turn` eighths of a degree, down if negative."""
        middle = QPointF(self.viewport().rect().center())
        everywhere = self.viewport().mapToGlobal(middle)
        none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(middle, everywhere, QPoint(), QPoint(0, turn), none, held, phase, False)
        QApplication.sendEvent(self.viewport(), event)

    def selected(self) -> str:
        """The selected text."""
        start, end = self.selection()
        return self.text[start:end]

    def seen(self) -> QImage:
        """What stands on the screen now, as it came to be there piece by piece."""
        QApplication.processEvents()
        return self.screen().grabWindow(self.winId()).toImage().convertToFormat(QImage.Format.Format_RGB32)

    def painted_anew(self) -> QImage:
        """The same, painted in one go."""
        self.viewport().update()
        return self.seen()

    def _mouse_event(
        self, kind: QEvent.Type, at: QPoint, button: Qt.MouseButton, buttons: Qt.MouseButton, held: Qt.KeyboardModifier
    ) -> None:
        everywhere = QPointF(self.viewport().mapToGlobal(at))
        QApplication.sendEvent(self.viewport(), QMouseEvent(kind, QPointF(at), everywhere, button, buttons, held))
