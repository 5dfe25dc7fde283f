"""A model learns from what a person has been over, and from nothing else."""

from __future__ import annotations

from app.model.annotation import Annotations, Fragment, Span, State
from app.suggest.crf_features import sentences
from app.suggest.train import Lesson, learnable, lesson, read_sentences, stretches, tags

TEXT = "زار الرئيس بغداد. وصل إلى دمشق.\nثم عاد إلى عمان."


def span(words: str, label: str = "LOCATION", **told: object) -> Span:
    start = TEXT.index(words)
    return Span(f"{label}{start}", label, (Fragment(start, start + len(words)),), **told)  # type: ignore[arg-type]


def read(*spans: Span, status: str = "in_progress") -> list[str]:
    """The first words of the sentences that are learned from."""
    learned = lesson(TEXT, Annotations.of(spans, state=State(status)))
    return [sentence[0].said for sentence in read_sentences(learned)] if learned else []


def test_of_a_finished_article_all_is_learned_even_that_nothing_is_there():
    assert read(status="complete") == ["زار", "وصل", "ثم"]


def test_of_an_article_under_way_the_sentences_up_to_the_last_span_made_are_learned():
    assert read(span("بغداد")) == ["زار"]
    assert read(span("بغداد"), span("دمشق")) == ["زار", "وصل"]


def test_what_was_not_read_is_no_evidence():
    assert read() == []
    assert read(span("عمان", status="suggested")) == []
    assert read(span("بغداد"), span("عمان", source="model")) == ["زار"]
    assert read(span("عمان", source="model", edited=True)) == ["زار", "وصل", "ثم"]


def test_an_accepted_suggestion_is_learned_where_a_person_has_been():
    learned = lesson(TEXT, Annotations.of([span("بغداد", source="gazetteer"), span("دمشق")]))
    assert learned is not None and len(learned.marks) == 2


def test_a_mark_can_begin_inside_of_a_word():
    text = "وصل وبغداد هادئة"
    parts = sentences(text)
    said = tags(parts, [("LOCATION", 5, 10)], ["LOCATION"])[0]
    assert [(text[piece.start : piece.end], tag) for piece, tag in zip(parts[0], said, strict=True)] == [
        ("وصل", "O"),
        ("و", "O"),
        ("بغداد", "B-LOCATION"),
        ("هادئة", "O"),
    ]
    assert stretches(said) == [("LOCATION", 2, 3)]


def test_every_character_of_a_word_is_in_one_piece_with_its_tashkeel():
    text = "وَلِلْجَيْشِ «بَغْدادَ» 12٬5 don't"
    pieces = [piece for sentence in sentences(text) for piece in sentence]
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text.replace(" ", "")


def test_a_label_that_stands_within_another_is_learned_alone():
    marks = (("ACTOR", 0, 20), ("LOCATION", 12, 20), ("WEAPON", 30, 34))
    lessons = [Lesson("رئيس وزراء العراق كله ثم غيره قنبلة", 40, marks)] * 5
    assert learnable(lessons) == (("WEAPON",), ("ACTOR",), ("LOCATION",))
    apart = [Lesson(one.text, one.read, marks[1:]) for one in lessons]
    assert learnable(apart) == (("LOCATION", "WEAPON"),)


def test_whole_clauses_and_labels_made_a_few_times_are_not_learned():
    clause = " كلمة" * 20
    assert learnable([Lesson(clause, 100, (("QUOTE", 0, len(clause)),))] * 9) == ()
    assert learnable([Lesson("بغداد", 5, (("LOCATION", 0, 5),))] * 4) == ()
