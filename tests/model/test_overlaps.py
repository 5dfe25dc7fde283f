from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.model.annotation import Fragment, Span
from app.model.overlaps import Overlaps, overlap

PIECES = st.lists(st.integers(0, 1500), min_size=2, max_size=6, unique=True).map(
    lambda ends: tuple(Fragment(*pair) for pair in zip(sorted(ends)[::2], sorted(ends)[1::2], strict=False))
)


@given(st.lists(PIECES, max_size=8), st.data())
def test_what_is_found_is_what_shares_a_character_and_was_not_dropped(
    drawn: list[tuple[Fragment, ...]], data: st.DataObject
) -> None:
    spans = [Span(f"s{number}", "A", pieces) for number, pieces in enumerate(drawn)]
    known, wanted = Overlaps(spans), data.draw(PIECES)
    dropped = data.draw(st.sets(st.sampled_from(spans))) if spans else set()
    for span in dropped:
        known.drop(span)
    covered = {k for start, end in wanted for k in range(start, end)}
    meeting = {span.id for span in spans if covered & {k for start, end in span.fragments for k in range(start, end)}}
    assert known.of(wanted) == meeting - {span.id for span in dropped}
    assert {span.id for span in spans if overlap(wanted, span.fragments)} == meeting
