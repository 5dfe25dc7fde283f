from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from app.edit.index import SpanIndex
from app.model.annotation import Change, Span
from tests.store.made_projects import span

spans = st.builds(
    span,
    st.sampled_from("abcdefgh"),
    st.integers(0, 2),
    st.integers(3, 4),
    st.sampled_from(["ACTOR", "QUOTE"]),
    status=st.sampled_from(["accepted", "suggested"]),
)


@settings(max_examples=50)
@given(st.lists(spans, unique_by=lambda each: each.id), st.lists(st.tuples(st.booleans(), spans), max_size=12))
def test_an_index_that_follows_changes_says_what_a_new_one_would(
    first: list[Span], moves: list[tuple[bool, Span]]
) -> None:
    there = {each.id: each for each in first}
    index = SpanIndex(there.values())
    for adds, each in moves:
        removed = (there.pop(each.id),) if each.id in there else ()
        if adds:
            there[each.id] = each
        index.follow(Change("a", removed, (each,) if adds else ()))
        accepted = [kept for kept in there.values() if kept.status == "accepted"]
        assert index.counts == Counter(kept.label for kept in accepted)
        for stretch in {(each.fragments, each.label)} | {(kept.fragments, kept.label) for kept in accepted}:
            ids = {kept.id for kept in accepted if (kept.fragments, kept.label) == stretch}
            assert index.find(*stretch) in (ids or {""})
