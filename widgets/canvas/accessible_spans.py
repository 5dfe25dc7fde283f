"""The spans of the article for assistive technology, made one by one when they are asked for."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface, QWindow

from app.model.annotation import Change, Span, span_order
from widgets.canvas.extents import extent, paragraphs_of
from widgets.canvas.spoken import name_of

if TYPE_CHECKING:
    from widgets.canvas.accessible import ArticleInterface
    from widgets.canvas.view import ArticleView

_Kind = QAccessible.InterfaceType


class SpanInterfaces:
    """The spans of the article that were asked for, one interface each as long as the span is there."""

    def __init__(self, article: ArticleInterface, view: ArticleView) -> None:
        self._article = article
        self._view = view
        self._made: dict[str, SpanInterface] = {}
        self._order: list[tuple[int, int, str, str]] | None = None

    def count(self) -> int:
        """How many spans the article has."""
        return len(self._ordered())

    def at(self, index: int) -> SpanInterface | None:
        """Span number `index` in reading order."""
        order = self._ordered()
        return self.of(order[index][3]) if 0 <= index < len(order) else None

    def index(self, child: QAccessibleInterface) -> int:
        """Which of the spans `child` is, or -1."""
        span = child.span() if isinstance(child, SpanInterface) else None
        return bisect_left(self._ordered(), span_order(span)) if span else -1

    def of(self, id: str) -> SpanInterface | None:
        """The interface of the span called `id`, or None where there is no such span."""
        page = self._view.page
        if page is None or id not in page.spans:
            return None
        if id not in self._made:
            self._made[id] = SpanInterface(self._article, self._view, id)
        return self._made[id]

    def follow(self, change: Change) -> None:
        """Take over what a step did: interfaces of spans that are gone go with them."""
        if self._order is not None:
            for span in change.removed:
                del self._order[bisect_left(self._order, span_order(span))]
            for span in change.added:
                insort(self._order, span_order(span))
        for id in {span.id for span in change.removed} - {span.id for span in change.added}:
            if id in self._made:
                let_go(self._made.pop(id))

    def forget(self) -> None:
        """Another article is shown, or none."""
        self._order = None
        while self._made:
            let_go(self._made.popitem()[1])

    def _ordered(self) -> list[tuple[int, int, str, str]]:
        if self._order is None:
            page = self._view.page
            self._order = (
                sorted(span_order(span) for span in page.spans.overlapping(0, len(page.text) + 1)) if page else []
            )
        return self._order


class SpanInterface(QAccessibleInterface):
    """One span: what it covers and its label, where it is, and a way to it."""

    def __init__(self, article: ArticleInterface, view: ArticleView, id: str) -> None:
        super().__init__()
        self.id = id
        self._article = article
        self._view = view
        self._actions: SpanActions | None = None

    def span(self) -> Span | None:
        """The span, or None once it is gone."""
        page = self._view.page
        return page.spans.get(self.id) if page else None

    def interface_cast(self, kind: QAccessible.InterfaceType) -> shiboken6.VoidPtr:
        """Where the part of `kind` is; nowhere if there is none."""
        if kind == _Kind.ActionInterface:
            self._actions = self._actions or self.actions()
            return address(self._actions)
        return self._article.interface_cast(kind) if kind == _Kind.AttributesInterface else address(None)

    @property
    def is_in_focus(self) -> bool:
        """Whether the hand is on it."""
        return self._view.focused_span() == self.id

    def actions(self) -> SpanActions:
        """What can be done to it: going there."""
        return SpanActions(self._view, self.id)

    def isValid(self) -> bool:
        """Whether the span is still there."""
        return self.span() is not None

    def object(self) -> QObject | None:
        """None: a span is no QObject."""
        return None

    def window(self) -> QWindow:
        """The window that it is in."""
        return self._article.window()

    def parent(self) -> QAccessibleInterface:
        """The article."""
        return self._article

    def child(self, index: int) -> None:
        """None: there is nothing in a span."""

    def childAt(self, x: int, y: int) -> None:
        """None."""

    def childCount(self) -> int:
        """None."""
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """None."""
        return -1

    def role(self) -> QAccessible.Role:
        """A piece of text."""
        return QAccessible.Role.StaticText

    def text(self, kind: QAccessible.Text) -> str:
        """Its name: what it covers and its label."""
        span, page = self.span(), self._view.page
        return name_of(page.text, span, page.look) if kind == QAccessible.Text.Name and span and page else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Nothing: a span is called by what it covers."""

    def state(self) -> QAccessible.State:
        """Whether it is in focus and on the screen."""
        state = QAccessible.State()
        state.focusable = state.readOnly = True
        state.focused = self._view.hasFocus() and self.is_in_focus
        state.invalid = not self.isValid()
        state.offscreen = not self.rect().intersects(self._article.rect())
        return state

    def rect(self) -> QRect:
        """Where it is on the screen. What is out of sight is not laid out to be measured: there, its paragraphs."""
        page, span = self._view.page, self.span()
        if page is None or span is None:
            return QRect()
        around = self._view.on_screen(paragraphs_of(page, span))
        return self._view.on_screen(extent(page, span)) if around.intersects(self._article.rect()) else around


class SpanActions(QAccessibleActionInterface):
    """What can be done to a span: going there."""

    def __init__(self, view: ArticleView, id: str) -> None:
        super().__init__()
        self._view = view
        self._id = id

    def actionNames(self) -> list[str]:
        """The names of all actions, as Qt knows them."""
        return [QAccessibleActionInterface.setFocusAction()]

    def doAction(self, name: str) -> None:
        """Focus the span, and the article with it."""
        if name == QAccessibleActionInterface.setFocusAction():
            self._view.setFocus()
            self._view.focus_span(self._id)

    def keyBindingsForAction(self, name: str) -> list[str]:
        """None: Tab goes from span to span."""
        return []


def address(part: object | None) -> shiboken6.VoidPtr:
    """Where a part is in memory. Nowhere is a null pointer: PySide6 6.11 crashes at None."""
    return shiboken6.VoidPtr(shiboken6.getCppPointer(part)[0] if part else 0)


def let_go(interface: SpanInterface) -> None:
    """Have Qt forget an interface and delete it; the Python object is empty afterwards."""
    QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(interface))
