from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from app.cli.inline import rows
from app.cli.output import plain
from app.model.annotation import Fragment, Span
from app.text.offsets import paragraphs
from tests.store.made_projects import span
from tests.text.made_text import texts


def lines(text: str, *spans: Span, width: int = 0) -> list[str]:
    return ["".join(strip.text for strip in row) for row in rows(text, spans, width, str)]


def test_a_span_stands_in_brackets_with_its_label_behind() -> None:
    assert lines("قرب كركوك أمس", span("a", 4, 9)) == ["قرب ⟦كركوك⟧LOCATION أمس"]


def test_nested_spans_close_from_the_inside_and_two_labels_of_one_stretch_both_show() -> None:
    outer, inner = span("a", 0, 11, "ACTOR"), span("b", 0, 4, "LOCATION")
    assert lines("جيش كركوك ال", outer, inner) == ["⟦⟦جيش ⟧LOCATIONكركوك ا⟧ACTORل"]
    assert lines("aaa", span("a", 0, 3, "X"), span("b", 0, 3, "Y")) in (["⟦⟦aaa⟧X⟧Y"], ["⟦⟦aaa⟧Y⟧X"])


def test_spans_that_cross_are_told_apart_by_numbers() -> None:
    assert lines("one two three", span("a", 0, 7, "X"), span("b", 4, 13, "Y")) == ["⟦¹one ⟦²two¹⟧X three²⟧Y"]


def test_a_span_over_two_paragraphs_opens_in_one_and_closes_in_the_other() -> None:
    assert lines("one two\nthree", span("a", 4, 13)) == ["one ⟦two", "three⟧LOCATION"]


def test_lines_are_wrapped_with_their_brackets() -> None:
    assert lines("one two three", span("a", 4, 7, "X"), width=8) == ["one", "⟦two⟧X", "three"]


@given(texts.filter(bool), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=5))
def test_without_its_brackets_the_text_is_there_letter_for_letter(text: str, places: list[tuple[int, int]]) -> None:
    spans = [
        Span(str(k), "LABEL", (Fragment(start, min(start + length, len(text))),))
        for k, (start, length) in enumerate(places)
        if start < len(text)
    ]
    bare = [re.sub("⟦[⁰-⁹¹²³]*|[⁰-⁹¹²³]*⟧(LABEL)?", "", line) for line in lines(text, *spans)]
    if not re.search("[⟦⟧⁰-⁹¹²³]", text):
        assert bare == [plain(text[start:end]) for start, end in paragraphs(text)]
