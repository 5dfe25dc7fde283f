"""Articles in the order of how much they teach."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.suggest.crf_features import sentences
from app.suggest.order import Candidate, by_use, telling_words

WORDS = st.frozensets(st.sampled_from("abcdefghij"), max_size=8)
CANDIDATES = st.lists(st.tuples(st.floats(0, 1), WORDS), max_size=12).map(
    lambda found: [Candidate(n, doubt, words) for n, (doubt, words) in enumerate(found)]
)


def candidate(key: int, words: str, doubt: float = 0.0) -> Candidate:
    return Candidate(key, doubt, frozenset(words.split()))


def test_what_the_model_is_unsure_of_comes_first_and_so_does_what_has_new_words():
    alike = [candidate(1, "a b", 0.1), candidate(2, "a b", 0.4), candidate(3, "a b", 0.2)]
    assert by_use(alike, (), 3)[0] == 2
    assert by_use([candidate(1, "a b"), candidate(2, "c d e")], ("c", "d", "e"), 2) == [1, 2]


def test_of_two_that_are_alike_one_comes_late():
    assert by_use([candidate(1, "a b c"), candidate(2, "a b c"), candidate(3, "d e")], (), 3) == [1, 3, 2]


@given(CANDIDATES, WORDS, st.integers(0, 12))
def test_each_is_the_best_of_those_that_are_left(candidates: list[Candidate], known: frozenset[str], most: int):
    chosen = by_use(candidates, known, most)
    assert len(chosen) == len(set(chosen)) == min(most, len(candidates))
    surest = max((one.doubt for one in candidates), default=0) or 1
    longest = max((len(one.words) for one in candidates), default=0) or 1
    met, left = set(known), {one.key: one for one in candidates}
    for key in chosen:
        uses = {n: one.doubt / surest + len(one.words - met) / longest for n, one in left.items()}
        assert uses[key] == max(uses.values())
        met |= left.pop(key).words


def test_words_that_every_article_has_tell_nothing():
    assert telling_words(sentences("قال في جرمانة إن، 12")) == {"جرمانه"}
