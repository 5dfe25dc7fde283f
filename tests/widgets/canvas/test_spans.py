from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.model.annotation import Fragment, Span, span_order
from tests.widgets.canvas.made import span
from widgets.canvas.spans import PlacedSpans

LENGTH = 2000


@st.composite
def some_spans(draw: st.DrawFn) -> list[Span]:
    places = draw(st.lists(st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 700)), max_size=25))
    labels = st.sampled_from(["ACTOR", "LOCATION"])
    return [span(f"s{k}", a, min(a + n, LENGTH), draw(labels)) for k, (a, n) in enumerate(places)]


@given(some_spans(), st.integers(0, LENGTH), st.integers(0, 600))
def test_spans_are_found_wherever_they_share_a_letter(spans: list[Span], start: int, length: int) -> None:
    end = start + length
    expected = {s.id for s in spans if s.start < end and s.end > start}
    found = PlacedSpans(spans).overlapping(start, end)
    assert {s.id for s in found} == expected
    assert len(found) == len(expected)


@given(some_spans(), st.data())
def test_changed_spans_are_found_as_if_they_had_always_been_there(spans: list[Span], choose: st.DataObject) -> None:
    kept = PlacedSpans(spans)
    gone = choose.draw(st.lists(st.sampled_from(spans), unique_by=lambda s: s.id)) if spans else []
    added = [s._replace(fragments=(Fragment(s.start // 2, s.end),), label="QUOTE") for s in gone]
    kept.exchange(gone, added)
    fresh = PlacedSpans([*(s for s in spans if s not in gone), *added])
    for start in range(0, LENGTH, 97):
        assert set(kept.overlapping(start, start + 90)) == set(fresh.overlapping(start, start + 90))
    assert all(kept.get(s.id) == s for s in added)


@given(some_spans())
def test_walking_meets_every_span_in_reading_order_there_and_back(spans: list[Span]) -> None:
    index = PlacedSpans(spans)
    ordered = sorted(spans, key=span_order)
    forwards, found = [], index.following((-1, 0, "", ""), LENGTH)
    while found:
        forwards.append(found)
        found = index.following(span_order(found), LENGTH)
    assert forwards == ordered
    backwards, found = [], index.preceding((LENGTH + 1, 0, "", ""))
    while found:
        backwards.append(found)
        found = index.preceding(span_order(found))
    assert backwards == ordered[::-1]


def test_a_place_is_asked_about_the_same_in_a_long_article() -> None:
    """Ten thousand spans: only those near the place are looked at."""
    index = PlacedSpans(span(f"s{k}", k * 100, k * 100 + 20) for k in range(10_000))
    looked_at = 0

    class Counting(dict[str, Span]):
        def values(self):  # type: ignore[no-untyped-def]
            nonlocal looked_at
            looked_at += len(self)
            return super().values()

    for number, block in index._blocks.items():
        index._blocks[number] = Counting(block)
    assert index.overlapping(500_000, 500_060)
    assert index.following((500_000, 0, "", ""), 1_000_000)
    assert index.preceding((500_000, 0, "", ""))
    assert looked_at < 20
