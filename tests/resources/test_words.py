from __future__ import annotations

from app.text.evidence import WHOLE, clitics
from app.text.folding import Folded
from app.words import Labelled, frequent_words
from resources import resource


def test_the_words_ship_with_where_they_come_from_and_are_few_enough() -> None:
    said = resource("words", "README.md").read_text("utf-8")
    assert "wordfreq" in said and "CC BY-SA 4.0" in said and "CLDR" in said
    assert resource("words", "ar.txt").stat().st_size <= 400_000


def test_every_word_is_folded_and_stands_once() -> None:
    lines = resource("words", "ar.txt").read_text("utf-8").split()
    words = [line for line in lines if not line.isascii()]
    assert len(words) == len(set(words)) == len(frequent_words())
    assert all(Folded(word).text == word for word in words)


def test_words_that_are_to_stay_whole_do() -> None:
    lexicon = Labelled([]).lexicon()
    whole = Folded(resource("words", "whole.txt").read_text("utf-8")).text.split()
    assert [word for word in whole if clitics(word, lexicon)] == []
    assert {word for word, frequency in frequent_words().items() if frequency >= WHOLE} == set(whole)
