"""The ring around whatever has the keyboard: one for every window, alike for every kind of control."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from widgets.theme import Theme

WIDTH = 2
_AWAY = WIDTH + 1
"""How far it reaches beyond a control: a hairline is left free, or it would only make a filled one larger."""
_INSIDE = 1
"""How far it stands inside of what scrolls: its own border stays beside it."""
_RADIUS = 10
_MOVING = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest}
SHOWS_FOCUS = "shows-focus"
"""The property of a widget that shows by itself that it has the keyboard."""
_DARK_GROUNDS = ("name-prompt",)


class FocusRing(QObject):
    """Keeps a ring of `WIDTH` pixels around the widget that has the keyboard, in the colour `theme()` has for that.

    It stands outside of a small control and inside the edge of what scrolls. A widget whose property `shows-focus` is
    true has none, and nothing in a popup has one.
    """

    def __init__(self, theme: Callable[[], Theme], parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._around: QWidget | None = None
        self._watched: list[QWidget] = []
        self._ring: _Ring | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._place)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)
        self._follow(None, QApplication.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay where the widget is, whatever moves."""
        if event.type() in _MOVING:
            self._soon.start(0)
        return super().eventFilter(watched, event)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        for part in filter(isValid, self._watched):
            part.removeEventFilter(self)
        if now is not None and QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            QTimer.singleShot(0, now, lambda: _bring_into_sight(now))
        self._around = now if now is not None and _wants_ring(now) else None
        self._watched = _line(self._around) if self._around else []
        for part in self._watched:
            part.installEventFilter(self)
        self._place()

    def _place(self) -> None:
        around, ring = self._around, self._ring if isValid(self._ring) else None
        if around is None or not isValid(around) or not around.isVisible():
            if ring is not None:
                ring.hide()
            return
        if ring is not None and ring.parentWidget() is not around.window():
            ring.deleteLater()
            ring = None
        self._ring = ring = ring or _Ring(around.window())
        ring.enclose(_frame(around), _shown_part(around), QColor(_colour(around, self._theme())))


class _Ring(QWidget):
    """What is painted: a rounded frame that neither the mouse nor the keyboard meets."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("focus-ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._colour = QColor()

    def enclose(self, frame: QRect, shown: QRect, colour: QColor) -> None:
        """Stand at `frame`, seen only within `shown`; both in the window."""
        self._colour = colour
        self.setGeometry(frame)
        band = QRegion(self.rect()) - QRegion(self.rect().adjusted(_RADIUS, WIDTH, -_RADIUS, -WIDTH))
        band -= QRegion(self.rect().adjusted(WIDTH, _RADIUS, -WIDTH, -_RADIUS))
        self.setMask(band & QRegion(shown.translated(-frame.topLeft())))
        self.raise_()
        self.setVisible(shown.intersects(frame))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colour, WIDTH))
        half = WIDTH / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), _RADIUS, _RADIUS)


def _bring_into_sight(part: QWidget) -> None:
    """Scroll to it whatever it is scrolled in; not under the mouse, which is about to let go of where it pressed."""
    for above in _line(part)[1:]:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(part, _AWAY, _AWAY)


def _wants_ring(part: QWidget) -> bool:
    return not part.property(SHOWS_FOCUS) and not part.isWindow() and part.window().windowType() != Qt.WindowType.Popup


def _line(part: QWidget) -> list[QWidget]:
    """The widget and all it stands in, up to its window."""
    line = [part]
    while not line[-1].isWindow() and (above := line[-1].parentWidget()) is not None:
        line.append(above)
    return line


def _frame(part: QWidget) -> QRect:
    """Where the ring stands in the window: around a control, inside of what scrolls, never beyond the window."""
    place = _in_window(part)
    away = -_INSIDE if isinstance(part, QAbstractScrollArea) else _AWAY
    return place.adjusted(-away, -away, away, away) & part.window().rect()


def _shown_part(part: QWidget) -> QRect:
    """What of the window the ring may cover: no more than the areas show in which the widget is scrolled."""
    shown = part.window().rect()
    for above in _line(part)[1:]:
        area = above.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is above:
            shown &= _in_window(above).adjusted(-_AWAY, -_AWAY, _AWAY, _AWAY)
    return shown


def _in_window(part: QWidget) -> QRect:
    return QRect(part.mapTo(part.window(), QPoint(0, 0)), part.size())


def _colour(part: QWidget, theme: Theme) -> str:
    dark = any(above.objectName() in _DARK_GROUNDS for above in _line(part))
    return theme.inverse_text if dark else theme.focus
