"""Articles that trip formats up, and what of each a format that carries so much must give back."""

from __future__ import annotations

from typing import Any, NamedTuple

from app.model.annotation import Annotations, Attribute, Fragment, Relation, Span, State
from app.model.document import Document, NameValue
from app.model.record import Record

LATER = "2026-02-01T09:30:00.125Z"
MOMENT = "2026-01-31T10:00:00.000Z"
ANNOTATOR = "ليلى"
PERSON, PLACE, QUOTED = "قائد ميداني", "LOCATION", 'He said "قال"'

Places = tuple[tuple[int, int], ...]


class Essence(NamedTuple):
    """What of a record must come back: where each span lies and what it says; relations by where their ends lie."""

    id: str
    text: str
    spans: list[tuple[Places, str, tuple[tuple[str, str], ...]]]
    relations: list[tuple[str, Places, Places, tuple[tuple[str, str], ...]]]


def essence(record: Record, carries: frozenset[str]) -> Essence:
    """What a format that carries `carries` must give back of `record`, in an order of its own."""
    annotations = record.annotations or Annotations()
    places: dict[str, Places] = {span.id: tuple((a, b) for a, b in span.fragments) for span in annotations.ordered()}
    spans = [
        (places[span.id], span.label, _said(span.attributes) if "attributes" in carries else ())
        for span in annotations.ordered()
    ]
    links = [
        (
            link.label,
            places[link.head],
            places[link.child],
            _said(link.attributes) if "relation-attributes" in carries else (),
        )
        for link in annotations.relations.values()
        if "relations" in carries
    ]
    return Essence(record.document.id, record.document.text, sorted(spans), sorted(links))


def awkward_records() -> list[Record]:
    """The articles, in an order that never changes. Two have one id, with different annotators."""
    return [
        _record("emoji", "😀🇮🇶 قصف قرب كركوك.", [("s1", "كركوك", PLACE)]),
        _record(
            "nested",
            "مجلس محافظة كركوك اجتمع",
            [("s1", "مجلس محافظة كركوك", "ORG"), ("s2", "محافظة كركوك", PLACE), ("s3", "كركوك", PLACE)],
        ),
        _record(
            "crossing", "قوات الجيش العراقي المشتركة", [("s1", "قوات الجيش", "ORG"), ("s2", "الجيش العراقي", "ORG")]
        ),
        _record("discontinuous", "قتل وجرح عشرة", [("s1", ("قتل", "عشرة"), "EVENT"), ("s2", "جرح عشرة", "EVENT")]),
        _record("same-place", "بغداد اليوم", [("s1", "بغداد", PLACE), ("s2", "بغداد", "ORG")]),
        _record("clitic", "وبالموصل أمس", [("s1", "الموصل", PLACE)]),
        _record("lines", "سطر أول\r\nسطر ثان\r\n", [("s1", "أول\r\nسطر", "EVENT"), ("s2", "ثان", "EVENT")]),
        _record("byte-order-mark", "\ufeffنص في \ufeffبغداد", [("s1", "بغداد", PLACE)]),
        _record("tashkeel", "مُحَمَّدٌ رَسُولُ", [("s1", "مُحَمَّدٌ", PERSON)]),
        _record("quotes", 'قال "نعم" \\ ثم\tمضى', [("s1", '"نعم"', QUOTED), ("s2", "مضى", PERSON)]),
        _record("lone-mark", "\u064eأ ثم \u0301", [("s1", "\u064e", "MARK"), ("s2", "أ", "MARK")]),
        _record(
            "separators",
            "قبل\u2028بعد\u0085ثم\u00a0هنا\x0bوهناك",
            [("s1", "بعد", "EVENT"), ("s2", "ثم\u00a0هنا", "EVENT")],
        ),
        _record("empty", "", []),
        _record("unmarked", "لا شيء هنا = # | ; ]", []),
        _record("formula", "=1+1", [("s1", "=1+1", "=cmd")]),
        _linked(),
        _record("twice", "كركوك", [("s1", "كركوك", PLACE)]),
        _record("twice", "كركوك", [("s1", "كركوك", "ORG")], "عمر"),
    ]


def _record(id: str, text: str, marks: list[tuple[str, Any, str]], annotator: str = ANNOTATOR) -> Record:
    spans = [Span(span, label, _fragments(text, what), created_at=MOMENT) for span, what, label in marks]
    document = Document(id, text, language="ar", created_at=MOMENT)
    annotations = Annotations.of(spans, (), State("complete"))
    return Record(document, annotations, annotator, "conflict-news", "1", LATER)


def _fragments(text: str, what: str | tuple[str, ...]) -> tuple[Fragment, ...]:
    found = [(text.index(piece), piece) for piece in ((what,) if isinstance(what, str) else what)]
    return tuple(Fragment(start, start + len(piece)) for start, piece in found)


def _linked() -> Record:
    text = "أعلن أبو عمر مقتل 12 جنديا في تلعفر 😀"
    document = Document(
        "linked",
        text,
        "عنوان: الخبر",
        "ar",
        (NameValue("source", "وكالة"), NameValue("url", "https://example.org/?a=1&b=«2»")),
        MOMENT,
    )
    spans = [
        Span("s1", PERSON, _fragments(text, "أبو عمر"), (Attribute("role", "قائد"),), note="من هو؟", created_at=MOMENT),
        Span(
            "s2",
            "CASUALTY",
            _fragments(text, "12 جنديا"),
            (Attribute("count", "12", "rule"), Attribute("kind", "a b"), Attribute("kind", 'c="d"|e')),
            source="model",
            source_name="ner-1",
            score=0.75,
            created_at=MOMENT,
        ),
        Span("s3", PLACE, _fragments(text, "تلعفر"), created_at=MOMENT),
    ]
    relations = [
        Relation("r1", "SAID_BY", "s2", "s1"),
        Relation("r2", "AT", "s2", "s3", (Attribute("certain", "yes"),)),
    ]
    state = State("in_progress", True, "ملاحظة", (NameValue("topic", "حرب"),))
    return Record(document, Annotations.of(spans, relations, state), ANNOTATOR, "conflict-news", "1", LATER)


def _said(attributes: tuple[Attribute, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((one.name, one.value) for one in attributes))
