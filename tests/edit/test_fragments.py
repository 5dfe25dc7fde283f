from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.edit.fragments import add_fragment, merged, remove_fragment
from app.errors import EditRefused
from app.model.annotation import Fragment
from tests.edit.made_desks import carried_out, covered, desk, in_pieces
from tests.store.made_projects import span

TEXT = "محافظتا نينوى وكركوك اليوم"


def test_a_selection_becomes_another_piece_of_the_span() -> None:
    assert covered(desk(TEXT, span("s1", 0, 7)), add_fragment("s1", 15, 21)) == ["محافظتا", "كركوك"]


def test_pieces_stand_in_the_order_of_the_text_and_the_first_says_where_the_span_starts() -> None:
    _step, after = carried_out(add_fragment("s1", 0, 7), desk(TEXT, span("s1", 15, 20)))
    changed = after.spans["s1"]
    assert (changed.fragments, changed.start, changed.end) == ((Fragment(0, 7), Fragment(15, 20)), 0, 20)


@pytest.mark.parametrize(("start", "end"), [(7, 8), (7, 13), (3, 13)])
def test_a_piece_that_touches_or_overlaps_becomes_one_with_what_is_there(start: int, end: int) -> None:
    at = desk(TEXT, span("s1", 0, 7))
    if end == 8:
        with pytest.raises(EditRefused, match="nothing-selected"):
            add_fragment("s1", start, end)(at)
    else:
        pieces = covered(at, add_fragment("s1", start, end))
        assert pieces == (["محافظتا", "نينوى"] if start == 7 else ["محافظتا نينوى"])


def test_touching_pieces_are_one() -> None:
    assert covered(desk("وكركوك", span("s1", 0, 1)), add_fragment("s1", 1, 6)) == ["وكركوك"]


def test_what_the_span_covers_already_adds_nothing() -> None:
    assert add_fragment("s1", 2, 4)(desk(TEXT, span("s1", 0, 7))) is None


def test_taking_the_last_piece_but_one_leaves_a_plain_span() -> None:
    at = desk(TEXT, in_pieces("s1", (0, 7), (15, 20)))
    _step, after = carried_out(remove_fragment("s1", 3), at)
    assert after.spans["s1"].fragments == (Fragment(15, 20),)
    with pytest.raises(EditRefused, match="only-fragment"):
        remove_fragment("s1", 15)(desk(TEXT, after.spans["s1"]))


def test_between_the_pieces_there_is_none_to_take() -> None:
    with pytest.raises(EditRefused, match="no-fragment-here"):
        remove_fragment("s1", 7)(desk(TEXT, in_pieces("s1", (0, 7), (15, 20))))


def test_pieces_that_another_span_of_the_label_has_are_refused() -> None:
    at = desk(TEXT, span("s1", 0, 7), in_pieces("s2", (0, 7), (15, 20)))
    with pytest.raises(EditRefused, match="already-there"):
        add_fragment("s1", 15, 20)(at)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)), min_size=1, max_size=8))
def test_merged_pieces_are_sorted_apart_and_cover_the_same(drawn: list[tuple[int, int]]) -> None:
    pieces = [Fragment(start, start + length) for start, length in drawn]
    made = merged(pieces)
    assert all(one.end < other.start for one, other in pairwise(made))
    assert {k for piece in made for k in range(*piece)} == {k for piece in pieces for k in range(*piece)}
