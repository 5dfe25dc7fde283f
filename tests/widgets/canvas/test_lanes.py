from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.model.annotation import Span
from tests.widgets.canvas.made import span
from widgets.canvas.lanes import lanes

START, END = 40, 120


@st.composite
def spans_on_a_line(draw: st.DrawFn) -> list[Span]:
    places = draw(st.lists(st.tuples(st.integers(0, END - 1), st.integers(1, 90)), max_size=12))
    return [span(f"s{k}", a, a + n) for k, (a, n) in enumerate(places) if a + n > START]


def seen(span: Span) -> tuple[int, int]:
    return max(span.start, START), min(span.end, END)


@given(spans_on_a_line())
def test_spans_that_overlap_on_a_line_never_share_a_lane(spans: list[Span]) -> None:
    found = lanes(spans, START, END)
    for k, one in enumerate(spans):
        for other in spans[k + 1 :]:
            (a, b), (c, d) = seen(one), seen(other)
            assert found[one.id] != found[other.id] or b <= c or d <= a


@given(spans_on_a_line(), st.randoms())
def test_lanes_do_not_depend_on_the_order_in_which_spans_were_made(spans: list[Span], chance: object) -> None:
    mixed = list(spans)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert lanes(mixed, START, END) == lanes(spans, START, END)


@given(spans_on_a_line())
def test_no_lane_is_left_empty_and_the_shortest_lies_next_to_the_text(spans: list[Span]) -> None:
    found = lanes(spans, START, END)
    assert set(found.values()) == set(range(len(set(found.values()))))
    if spans:
        shortest = min(spans, key=lambda s: (s.end - s.start, s.start, s.label, s.id))
        assert found[shortest.id] == 0


def test_two_labels_on_the_same_words_and_a_nested_one_are_three_lanes() -> None:
    spans = [span("a", 50, 60, "ACTOR"), span("l", 50, 60, "LOCATION"), span("inner", 52, 55)]
    assert lanes(spans, START, END) == {"inner": 0, "a": 1, "l": 2}


def test_a_span_elsewhere_changes_nothing_here() -> None:
    here = [span("a", 50, 60), span("b", 55, 70)]
    assert lanes([*here, span("c", 90, 100)], START, END) == {**lanes(here, START, END), "c": 0}
