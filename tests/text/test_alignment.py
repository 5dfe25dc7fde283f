from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text import alignment
from app.text.alignment import POLICIES, align, tokens_of
from tests.text.made_text import texts

TEXT = "وبالموصل، أمس"
CITY = (3, 8)


def test_words_and_marks_are_tokens_and_space_is_none() -> None:
    assert [TEXT[start:end] for start, end in tokens_of(TEXT)] == ["وبالموصل", "،", "أمس"]


def test_a_span_within_a_word_splits_it() -> None:
    made = align(TEXT, {"s": [CITY]})
    assert [TEXT[start:end] for start, end in made.tokens] == ["وبا", "لموصل", "،", "أمس"]
    assert (made.places, made.changed) == ({"s": [(1, 2)]}, [])


def test_a_span_grows_to_the_word_or_is_refused_as_the_user_wishes() -> None:
    grown = align(TEXT, {"s": [CITY], "t": [(10, 13)]}, "expand")
    assert (grown.places, grown.changed) == ({"s": [(0, 1)], "t": [(2, 3)]}, [("s", "grew")])
    refused = align(TEXT, {"s": [CITY], "t": [(10, 13)]}, "refuse")
    assert (refused.places, refused.changed) == ({"t": [(2, 3)]}, [("s", "cuts-token")])


def test_space_at_the_ends_of_a_span_is_told_and_a_span_of_space_alone_has_no_place() -> None:
    made = align("a b c", {"s": [(1, 4)], "t": [(1, 2)]})
    assert (made.places, made.changed) == ({"s": [(1, 2)]}, [("s", "trimmed"), ("t", "no-token")])


def test_two_fragments_within_one_word_become_one_when_they_grow() -> None:
    assert align("abcd ef", {"s": [(0, 1), (2, 3)]}, "expand").places == {"s": [(0, 1)]}


def test_an_unknown_policy_is_refused() -> None:
    with pytest.raises(ValueError, match="shrink"):
        align("a", {}, "shrink")


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    text = draw(texts.filter(bool))
    edges = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda edge: edge[0] != edge[1])
    spans = draw(st.lists(edges.map(lambda edge: [(min(edge), max(edge))]), max_size=5))
    return text, {str(number): pieces for number, pieces in enumerate(spans)}


@given(texts_with_spans(), st.sampled_from(POLICIES))
def test_tokens_are_in_order_and_every_span_is_laid_or_told_of(
    made: tuple[str, dict[str, list[tuple[int, int]]]], policy: str
) -> None:
    text, spans = made
    aligned = align(text, spans, policy)
    reached = 0
    for start, end in aligned.tokens:
        assert reached <= start < end <= len(text)
        reached = end
    told = dict(aligned.changed)
    for id, ((start, end),) in spans.items():
        if id not in aligned.places:
            assert told[id] in ("no-token", "cuts-token")
            continue
        ((first, last),) = aligned.places[id]
        laid = aligned.tokens[first][0], aligned.tokens[last - 1][1]
        assert (laid == (start, end)) == (id not in told)
        if policy == "split":
            assert start <= laid[0] and laid[1] <= end


@given(texts_with_spans())
def test_split_tokens_keep_every_span_that_holds_more_than_space(
    made: tuple[str, dict[str, list[tuple[int, int]]]],
) -> None:
    text, spans = made
    aligned = align(text, spans)
    for id, ((start, end),) in spans.items():
        assert (id in aligned.places) == bool(text[start:end].strip())


@given(st.lists(st.sampled_from(list("قم ،؛.»«-12/a\n\rَـ\u0301\u200f\u0600\u200d")), max_size=20))
def test_words_that_are_seen_at_a_glance_are_those_that_are_looked_at_letter_by_letter(pieces: list[str]) -> None:
    text = "".join(pieces)
    at_a_glance = tokens_of(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alignment, "_PLAIN", re.compile("(?!)"))
        assert tokens_of(text) == at_a_glance
