"""Edges, fragments and links that the mouse drags."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt

from app.model.annotation import Fragment, Span
from tests.widgets.canvas.hand import CONTROL, HeldView
from tests.widgets.canvas.made import ARTICLE, span, spans_on
from widgets.canvas.grips import grips

Show = Callable[..., HeldView]
WORDS = ["سالم الحداد", "UN-WFP 204", "12 مدنياً", "20-30 trucks", "convoy of 20-30 trucks left «نهر"]


def grip(view: HeldView, one: Span, edge: str) -> QPoint:
    """The middle of a handle, in the viewport."""
    offset, after = (one.start, False) if edge == "start" else (one.end, True)
    placed = view.article.placed(offset, after)
    x = next(found.x for found in grips(placed, one.fragments) if found.edge == edge)
    top, bottom = view.article.letters(placed)
    return view.point_at(x + view.article.margin, (top + bottom) / 2)


def edge_of(view: HeldView, offset: int, *, end: bool) -> QPoint:
    """Where the letter at `offset` ends or begins, a little inside it."""
    return view.at(offset, 0.15 if end == view.box(offset).rtl else 0.85)


@pytest.fixture
def asked() -> list[object]:
    return []


def focused(show: Show, one: Span, asked: list[object], *others: Span) -> HeldView:
    view = show(ARTICLE, one, *others, size=(900, 780))
    view.edges_asked.connect(lambda *said: asked.append(said))
    view.fragment_asked.connect(lambda *said: asked.append(said))
    view.link_asked.connect(lambda *said: asked.append(said))
    view.focus_span(one.id)
    return view


@pytest.mark.parametrize("words", WORDS)
def test_a_handle_dragged_moves_its_edge_in_either_direction(show: Show, asked: list[object], words: str) -> None:
    (one,) = spans_on(ARTICLE, words)
    view = focused(show, one, asked)
    view.drag(grip(view, one, "end"), edge_of(view, one.end - 3, end=True))
    view.drag(grip(view, one, "start"), edge_of(view, one.start + 1, end=False))
    assert asked == [(one.id, one.start, one.end - 2), (one.id, one.start + 1, one.end)]
    assert view.focused_span() == one.id
    assert view.seen() == view.painted_anew()


def test_an_edge_goes_over_lines_and_paragraphs_and_is_painted_on_its_way(show: Show, asked: list[object]) -> None:
    (one,) = spans_on(ARTICLE, "سالم الحداد")
    view = focused(show, one, asked)
    before, far = view.seen(), ARTICLE.index("مفقودين")
    view.press(grip(view, one, "end"))
    for offset in (one.end + 4, one.end + 60, far, one.end + 20, far):
        view.move(edge_of(view, offset, end=True))
        assert view.seen() == view.painted_anew() != before
    view.release(edge_of(view, far, end=True))
    assert asked == [(one.id, one.start, far + 1)]
    assert view.seen() == view.painted_anew() == before


def test_a_dragged_edge_leaves_at_least_a_letter_with_its_marks(show: Show, asked: list[object]) -> None:
    start = ARTICLE.index("قُتلوا")
    one = span("s", start, start + 6)
    view = focused(show, one, asked)
    view.drag(grip(view, one, "end"), view.at(0))
    view.drag(grip(view, one, "start"), view.at(len(ARTICLE) - 2))
    assert asked == [("s", start, start + 2), ("s", one.end - 1, one.end)]


def test_escape_leaves_a_dragged_edge_where_it_was(show: Show, asked: list[object]) -> None:
    (one,) = spans_on(ARTICLE, "سالم الحداد")
    view = focused(show, one, asked)
    before = view.seen()
    view.press(grip(view, one, "end"))
    view.move(view.at(one.end + 9))
    assert view.key(Qt.Key.Key_Escape)
    assert view.seen() == view.painted_anew() == before
    view.release(view.at(one.end + 9))
    assert not asked and view.focused_span() == one.id


@pytest.mark.parametrize("off", [-4, 4])
def test_a_handle_is_wide_enough_to_hit_and_a_click_on_it_is_a_click_on_the_text(
    show: Show, asked: list[object], off: int
) -> None:
    (one,) = spans_on(ARTICLE, "سالم الحداد")
    view = focused(show, one, asked)
    at = grip(view, one, "start") + QPoint(off, 0)
    assert view._mouse.grip_at(at.toPointF()) == "start"
    view.move(at, down=False)
    assert view.viewport().cursor().shape() == Qt.CursorShape.SizeHorCursor
    there = view.hit(at.toPointF()).offset
    view.click(at)
    assert not asked and view.selection() == (there, there)


def test_only_the_focused_span_has_handles(show: Show, asked: list[object]) -> None:
    one, other = spans_on(ARTICLE, "سالم الحداد", "نهر الصفا")
    view = focused(show, one, asked, other)
    assert view._mouse.grip_at(grip(view, other, "start").toPointF()) == ""
    view.focus_span("")
    assert view._mouse.grip_at(grip(view, one, "start").toPointF()) == ""


def test_an_edge_of_a_span_in_pieces_takes_only_what_it_passes(show: Show, asked: list[object]) -> None:
    first, last = ARTICLE.index("قال"), ARTICLE.index("باسم")
    one = Span("s", "ACTOR", (Fragment(first, first + 3), Fragment(last, last + 4)))
    view = focused(show, one, asked)
    view.press(grip(view, one, "end"))
    view.move(edge_of(view, last + 8, end=True))
    assert view.overlays.now.stretch == (Fragment(first, first + 3), Fragment(last, last + 9))
    view.release(edge_of(view, last + 8, end=True))
    assert asked == [("s", first, last + 9)]


def test_with_control_a_drag_asks_for_a_fragment_and_keeps_the_span(show: Show, asked: list[object]) -> None:
    (one,) = spans_on(ARTICLE, "سالم الحداد")
    view = focused(show, one, asked)
    start = ARTICLE.index("استهدف")
    view.press(edge_of(view, start, end=False), CONTROL)
    view.move(edge_of(view, start + 2, end=True))
    view.move(edge_of(view, start + 5, end=True))
    view.release(edge_of(view, start + 5, end=True))
    assert asked == [(start, start + 6)]
    assert view.focused_span() == one.id
    assert view.seen() == view.painted_anew()
    view.drag(view.at(start), view.at(start + 3))
    assert len(asked) == 1


def test_a_drag_from_tag_to_tag_asks_for_a_link(show: Show, asked: list[object]) -> None:
    one, other = spans_on(ARTICLE, "سالم الحداد", "ثلاثة مفقودين")
    view = focused(show, one, asked, other)
    before, goal = view.seen(), view.tag_at(other.id, other.start)
    view.press(view.tag_at(one.id, one.start))
    for at in (view.at(one.end + 30), goal + QPoint(40, 20), goal):
        view.move(at)
        assert view.seen() == view.painted_anew() != before
    assert view.overlays.now.chosen == other.id
    view.release(goal)
    assert asked == [(one.id, other.id)]
    assert view.seen() == view.painted_anew() == before


def test_a_link_dropped_beside_a_tag_or_on_its_own_is_none(show: Show, asked: list[object]) -> None:
    one, other = spans_on(ARTICLE, "سالم الحداد", "ثلاثة مفقودين")
    view = focused(show, one, asked, other)
    tag = view.tag_at(one.id, one.start)
    view.drag(tag, view.at(other.start))
    view.drag(tag, view.at(40), tag)
    view.press(tag)
    view.move(view.tag_at(other.id, other.start))
    view.key(Qt.Key.Key_Escape)
    view.release(view.tag_at(other.id, other.start))
    assert not asked
    assert view.overlays.now.rubber is None and view.focused_span() == one.id
