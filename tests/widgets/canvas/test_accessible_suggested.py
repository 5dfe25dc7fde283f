"""What a screen reader finds of suggestions in the article."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleActionInterface

from tests.widgets.canvas.made import ARTICLE, span
from tests.widgets.canvas.test_accessible import Name, Show, article_of, settle
from widgets.canvas.accessible_spans import SpanInterface
from widgets.canvas.accessible_suggested import SuggestedInterface
from widgets.canvas.suggested import Dashed


def test_suggestions_are_in_the_article_behind_its_spans_with_label_words_and_how_sure(
    show: Show, heard: list[str]
) -> None:
    start = ARTICLE.index("سالم الحداد")
    view = show(ARTICLE, span("s", 0, 4, "ACTOR"))
    article = article_of(view)
    view.set_suggested([Dashed("x", "LOCATION", start, start + 11)], {"x": 0.83})
    assert article.childCount() == 2
    assert isinstance(article.child(0), SpanInterface) and not isinstance(article.child(0), SuggestedInterface)
    found = article.child(1)
    assert isinstance(found, SuggestedInterface) and article.indexOfChild(found) == 1
    said = found.text(Name)
    assert said.startswith("Suggestion: موقع, سالم الحداد") and "83" in said
    assert found.role() == QAccessible.Role.StaticText and found.state().focusable and not found.state().focused
    centre = view.viewport().mapToGlobal(view.suggested_rect("x").center())
    assert found.rect().contains(centre) and article.childAt(centre.x(), centre.y()) is found
    settle(heard)
    found.actionInterface().doAction(QAccessibleActionInterface.setFocusAction())
    assert view.suggested_focus == "x" and found.state().focused == view.hasFocus()
    assert said in " ".join(settle(heard))
    view.set_suggested([])
    assert article.childCount() == 1 and not found.isValid() and found.text(Name) == ""
    assert article.indexOfChild(found) == -1
