"""The suggestions of the article for assistive technology: they come after its spans, and are told apart by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleActionInterface

from app.model.annotation import Span, span_order
from widgets.canvas.accessible_spans import SpanActions, SpanInterface, let_go
from widgets.canvas.spoken import name_of_suggestion

if TYPE_CHECKING:
    from widgets.canvas.accessible import ArticleInterface
    from widgets.canvas.view import ArticleView


class SuggestedInterfaces:
    """The suggestions that were asked for, one interface each as long as the suggestion is there."""

    def __init__(self, article: ArticleInterface, view: ArticleView) -> None:
        self._article = article
        self._view = view
        self._made: dict[str, SuggestedInterface] = {}

    def count(self) -> int:
        """How many suggestions the article shows."""
        page = self._view.page
        return len(page.suggested) if page else 0

    def at(self, index: int) -> SuggestedInterface | None:
        """Suggestion number `index` in reading order."""
        order = self._ordered()
        return self.of(order[index]) if 0 <= index < len(order) else None

    def index(self, child: SuggestedInterface) -> int:
        """Which of the suggestions `child` is, or -1."""
        return self._ordered().index(child.id) if child.isValid() else -1

    def of(self, id: str) -> SuggestedInterface | None:
        """The interface of the suggestion called `id`, or None where there is no such suggestion."""
        page = self._view.page
        if page is None or id not in page.suggested:
            return None
        if id not in self._made:
            self._let_go({id for id in self._made if id not in page.suggested})
            self._made[id] = SuggestedInterface(self._article, self._view, id)
        return self._made[id]

    def forget(self) -> None:
        """Another article is shown, or none."""
        self._let_go(set(self._made))

    def _let_go(self, ids: set[str]) -> None:
        for id in ids:
            let_go(self._made.pop(id))

    def _ordered(self) -> list[str]:
        page = self._view.page
        spans = page.suggested.overlapping(0, len(page.text) + 1) if page else []
        return [span.id for span in sorted(spans, key=span_order)]


class SuggestedInterface(SpanInterface):
    """One suggestion: as what it would mark which words, how sure it is, where it is, and a way to it."""

    def span(self) -> Span | None:
        """What it would mark, or None once it is gone."""
        page = self._view.page
        return page.suggested.get(self.id) if page else None

    def text(self, kind: QAccessible.Text) -> str:
        """Its name: that it is a suggestion, its label, what it covers, and how sure it is."""
        span, page = self.span(), self._view.page
        if kind != QAccessible.Text.Name or span is None or page is None:
            return ""
        return name_of_suggestion(page.text, span, page.look, self._view.how_sure(self.id))

    @property
    def is_in_focus(self) -> bool:
        """Whether the hand is on it."""
        return self._view.suggested_focus == self.id

    def actions(self) -> SpanActions:
        """What can be done to it: going there."""
        return SuggestedActions(self._view, self.id)


class SuggestedActions(SpanActions):
    """Going to a suggestion; Enter and Backspace decide about it, as for everybody."""

    def doAction(self, name: str) -> None:
        """Focus the suggestion, and the article with it."""
        if name == QAccessibleActionInterface.setFocusAction():
            self._view.setFocus()
            self._view.set_suggested_focus(self._id)
