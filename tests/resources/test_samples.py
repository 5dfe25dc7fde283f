from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import combinations

import pytest

from app.formats.native import encode
from app.formats.native_check import TrainingFile
from app.formats.registry import read_file
from app.labels import default_schema
from app.model.annotation import Span, surface
from app.model.answers import COUNT
from app.model.record import Record
from app.review.problems import problems
from app.text.boundaries import trim
from app.text.direction import page_direction, paragraph_direction
from app.text.numbers import read_count
from resources import resource, sample_names

ANNOTATED = resource("samples", "annotated.jsonl")
SCHEMA = default_schema()
ARABIC = [name for name in sample_names() if name.endswith(".ar.txt")]
OUTSIDE = re.compile(r"[ \n«\"(/وفبلك]|ـ«")


def text_of(name: str) -> str:
    return resource("samples", name).read_bytes().decode("utf-8")


def records() -> dict[str, Record]:
    found = {}
    for item in read_file(ANNOTATED):
        assert isinstance(item, Record)
        found[item.document.id] = item
    return found


def spans_of(record: Record) -> list[Span]:
    assert record.annotations is not None
    return record.annotations.ordered()


def test_the_first_sample_is_an_arabic_article_and_an_english_one_comes_last() -> None:
    assert len(ARABIC) >= 3
    assert sample_names() == [*ARABIC, "prisoner-exchange.en.txt"]


@pytest.mark.parametrize("name", sample_names())
def test_a_sample_is_an_article_of_some_five_hundred_words_under_a_headline(name: str) -> None:
    text = text_of(name)
    assert 400 <= len(re.findall(r"\w[\w.,/:-]*", text)) <= 600
    headline, blank, dateline = text.split("\n")[:3]
    assert headline and not headline.endswith(".") and blank == "" and "-" in dateline
    assert text.endswith("\n") and "\r" not in text and not text.startswith("\ufeff")
    assert page_direction(text) == ("rtl" if name in ARABIC else "ltr")


def test_the_arabic_samples_hold_what_is_hard_to_show() -> None:
    together = "".join(map(text_of, ARABIC))
    numbers = ("UN-WFP 204", "1.2 مليون", "%25", "20-30 كم", "٣٥", "12,400", "17:45", "KR-122")
    for hard in (*numbers, "لله", "إلّا", "وللحركة", "لـ«"):
        assert hard in together, hard
    assert {"\u064b", "\u064c", "\u064d", "\u064e", "\u064f", "\u0650", "\u0651"} <= set(together)
    latin_first = [line for line in together.split("\n") if re.match("[A-Z]", line)]
    assert latin_first and all(paragraph_direction(line) == "rtl" for line in latin_first)


def test_no_sample_repeats_another() -> None:
    sentences = [set(re.split(r"[.\n]+", text_of(name))) - {"", " "} for name in ARABIC]
    for one, other in combinations(sentences, 2):
        assert one & other == set()


def test_the_annotated_samples_are_the_samples_and_pass_every_check() -> None:
    assert list(TrainingFile(ANNOTATED).faults()) == []
    assert {f"{name}.txt": record.document.text for name, record in records().items()} == {
        name: text_of(name) for name in sample_names()
    }
    assert b"".join(map(encode, records().values())) == ANNOTATED.read_bytes()


def test_the_annotated_samples_use_the_labels_of_the_schema_and_no_other() -> None:
    for record in records().values():
        assert (record.schema_name, record.schema_version, record.annotator) == (SCHEMA.name, SCHEMA.version, "demo")
        assert record.annotations is not None and record.annotations.state.status == "complete"
        assert {span.label for span in spans_of(record)} == {label.id for label in SCHEMA.labels}
    assert max(len(spans_of(record)) for record in records().values()) >= 60


def test_the_annotated_samples_answer_what_the_schema_asks_and_have_each_of_its_relations() -> None:
    linked: Counter[str] = Counter()
    for record in records().values():
        said = record.annotations
        assert said is not None and problems(record.document.text, said, SCHEMA) == []
        linked += Counter(relation.label for relation in said.relations.values())
        answered = {span.id: {one.name for one in span.attributes} for span in spans_of(record)}
        for span in spans_of(record):
            if span.label == "CASUALTY":
                assert {"outcome", "who", "certainty"} <= answered[span.id]
    assert set(linked) == {relation.id for relation in SCHEMA.relations}
    assert sum(linked.values()) >= 250 and min(linked.values()) >= 2


def test_a_count_of_the_samples_is_by_rule_where_the_rule_reads_it_and_by_hand_where_it_reads_nothing() -> None:
    sources: Counter[str] = Counter()
    for record in records().values():
        for span in spans_of(record):
            given = {one.name: one for one in span.attributes}
            if span.label != "CASUALTY" or "approximate" not in given:
                continue
            read = read_count(surface(record.document.text, span))
            source = "rule" if read else "manual"
            sources[source] += 1
            assert {one.source for name, one in given.items() if name in COUNT} == {source}
            if read is not None:
                bounds = {"count_min": read.minimum, "count_best": read.best, "count_max": read.maximum}
                assert {name: given[name].value if name in given else None for name in bounds} == {
                    name: None if value is None else str(value) for name, value in bounds.items()
                }
    assert sources["rule"] >= 40 and sources["manual"] >= 9


def test_a_quote_of_the_samples_has_its_speaker_and_all_but_a_headline_its_word_of_saying() -> None:
    for record in records().values():
        assert record.annotations is not None
        relations = record.annotations.relations.values()
        said_by = {relation.head for relation in relations if relation.label == "SAID_BY"}
        cued_by = {relation.head for relation in relations if relation.label == "CUED_BY"}
        quotes = [span for span in spans_of(record) if span.label == "QUOTE"]
        assert {span.id for span in quotes} == said_by
        first_line = record.document.text.index("\n")
        assert {span.id for span in quotes if span.start > first_line} == cued_by
        cues = {relation.child for relation in relations if relation.label == "CUED_BY"}
        assert {span.id for span in spans_of(record) if span.label == "CUE"} == cues


def test_an_annotated_span_starts_and_ends_where_the_guidelines_say() -> None:
    for record in records().values():
        text = record.document.text
        for span in spans_of(record):
            said = surface(text, span)
            assert trim(text, span.start, span.end) == (span.start, span.end), said
            assert said[0] not in '«"(،.:' and said[-1] not in ".،؛:!؟", said
            assert said.count("«") >= said.count("»"), said
            assert span.start == 0 or OUTSIDE.match(text[span.start - 1]), said
            assert unicodedata.category(text[span.end])[0] in "ZPC", said


def test_the_annotated_samples_show_nested_crossing_and_stacked_spans() -> None:
    nested = crossing = shared = 0
    for record in records().values():
        for one, other in combinations(spans_of(record), 2):
            nested += other.end <= one.end
            crossing += one.start < other.start < one.end < other.end
            shared += one.start == other.start
    assert nested >= 60 and crossing >= 1 and shared >= 20


def test_the_fonts_of_the_page_hold_every_character_of_the_samples(qapp: object) -> None:
    from PySide6.QtGui import QRawFont

    page = [QRawFont(str(resource("fonts", file)), 20.0) for file in ("Amiri-Regular.ttf", "NotoSans-Regular.ttf")]
    written = set("".join(map(text_of, sample_names()))) - {"\n"}
    assert [char for char in sorted(written) if not any(font.supportsCharacter(ord(char)) for font in page)] == []


def test_the_passages_for_demonstration_are_valid_whole_and_answered() -> None:
    file = resource("samples", "demonstration.jsonl")
    assert list(TrainingFile(file).faults()) == []
    passages = [one for one in read_file(file) if isinstance(one, Record)]
    assert len(passages) >= 60 and len({one.document.text for one in passages}) == len(passages)
    assert b"".join(map(encode, passages)) == file.read_bytes()
    for one in passages:
        assert one.annotations is not None and one.annotations.state.status == "complete"
        assert problems(one.document.text, one.annotations, SCHEMA) == []
        for span in spans_of(one):
            assert trim(one.document.text, span.start, span.end) == (span.start, span.end)
