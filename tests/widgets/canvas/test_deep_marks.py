"""Spans in several fragments, and spans that lie over each other many deep."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from app.model.annotation import Change, Fragment, Span
from app.model.place import Place
from tests.widgets.canvas.hand import HeldView
from tests.widgets.canvas.made import ARTICLE, LOOK, span, spans_on
from widgets.canvas.marks import SpanMark

Show = Callable[..., HeldView]
LABELS = ("ACTOR", "LOCATION", "CASUALTY", "QUOTE")


def in_pieces(*surfaces: str, label: str = "ACTOR") -> Span:
    fragments = [Fragment(ARTICLE.index(surface), ARTICLE.index(surface) + len(surface)) for surface in surfaces]
    return Span("pieces", label, tuple(fragments))


def marks_of(view: HeldView, id: str) -> list[SpanMark]:
    """The marks of a span, line by line."""
    lines = view.article.lines_between(0, 1e6)
    return [mark for placed in lines for mark in view.article.marks(placed).spans if mark.span == id]


def test_the_fragments_of_a_span_are_connected_on_the_line(show: Show) -> None:
    mark = in_pieces("قال", "باسم")
    (drawn,) = marks_of(show(ARTICLE, mark), mark.id)
    assert len(drawn.pieces) == 2 and len(drawn.bridges) == 1
    (left, right), (second, first) = drawn.bridges[0], drawn.pieces
    assert (left, right) == pytest.approx((second[1], first[0]))


def test_fragments_are_connected_over_line_breaks_and_paragraphs(show: Show) -> None:
    mark = in_pieces("المتحدث", "لوكالة")
    view = show(ARTICLE, mark)
    lines = marks_of(view, mark.id)
    assert len(lines) >= 3
    assert all(drawn.bridges for drawn in lines)
    assert [bool(drawn.pieces) for drawn in lines] == [True] + [False] * (len(lines) - 2) + [True]
    assert [bool(drawn.tag) for drawn in lines] == [True] + [False] * (len(lines) - 1)


def test_a_span_between_two_fragments_has_a_lane_of_its_own(show: Show) -> None:
    mark = in_pieces("قال", "باسم")
    (between,) = spans_on(ARTICLE, "المتحدث", label="LOCATION")
    view = show(ARTICLE, mark, between)
    assert marks_of(view, between.id)[0].lane != marks_of(view, mark.id)[0].lane


def test_a_fragment_that_comes_or_goes_paints_what_it_must(show: Show) -> None:
    whole, (alone,) = in_pieces("المتحدث", "لوكالة"), spans_on(ARTICLE, "المتحدث")
    view = show(ARTICLE, alone._replace(id=whole.id))
    change = Change("d", (alone._replace(id=whole.id),), (whole,))
    view.refresh(change, Place(whole.start, whole.start, whole.id))
    assert view.seen() == view.painted_anew()
    view.refresh(change.inverse(), Place(whole.start, whole.start, whole.id))
    assert view.seen() == view.painted_anew()


def test_the_line_between_two_fragments_is_clicked_like_an_underline(show: Show) -> None:
    mark = in_pieces("قال", "باسم")
    view = show(ARTICLE, mark)
    drawn = marks_of(view, mark.id)[0]
    placed = view.article.placed(mark.start, False)
    middle = sum(drawn.bridges[0]) / 2 + view.article.margin
    view.click(view.point_at(middle, view.article.lane_top(placed, drawn.lane) + 1))
    assert view.focused_span() == mark.id


@pytest.mark.parametrize("surface", ["قوات الحماية المدنية", "UN-WFP 204 محملة"])
def test_identical_spans_are_each_seen_named_and_clicked_eight_deep(show: Show, surface: str) -> None:
    (first,) = spans_on(ARTICLE, surface)
    stack = [span(f"s{k}", first.start, first.end, LABELS[k % 4]) for k in range(8)]
    view = show(ARTICLE, *stack, size=(900, 900))
    drawn = {mark.span: mark for one in stack for mark in marks_of(view, one.id)}
    assert sorted(mark.lane for mark in drawn.values()) == list(range(8))
    for one in stack:
        tag = drawn[one.id].tag
        assert tag and tag.text == LOOK.title_of(one.label)
        view.click(view.tag_at(one.id, one.start))
        assert view.focused_span() == one.id
    assert view.seen() == view.painted_anew()


def test_nested_spans_eight_deep_leave_the_letters_free_and_the_line_makes_room(show: Show) -> None:
    start = ARTICLE.index("المتحدث باسم")
    stack = [span(f"s{k}", start, start + 3 + 2 * k, LABELS[k % 4]) for k in range(8)]
    view = show(ARTICLE, *stack, size=(900, 900))
    placed = view.article.placed(start, False)
    below = view.article.line_below(placed)
    assert placed.line.lanes == 8 and below
    assert view.article.lane_top(placed, 8) <= below.top
    assert all(
        view.article.lane_top(placed, mark.lane) >= view.article.letters(placed)[1]
        for mark in view.article.marks(placed).spans
    )


def test_a_tag_gives_way_to_a_shorter_name_and_then_to_a_bar_that_is_clicked(show: Show) -> None:
    start = ARTICLE.index("اشتباكات")
    letters = [span(f"s{k}", start + k, start + k + 1, "CASUALTY") for k in range(8)]
    view = show(ARTICLE, *letters)
    tags = [marks_of(view, one.id)[0].tag for one in letters]
    assert {tag.text for tag in tags if tag} > {""}
    for one in letters:
        view.click(view.tag_at(one.id, one.start))
        assert view.focused_span() == one.id
    ends = sorted((tag.left, tag.right) for tag in tags if tag)
    assert all(right <= following for (_, right), (following, _) in pairwise(ends))
    assert view.seen() == view.painted_anew()
