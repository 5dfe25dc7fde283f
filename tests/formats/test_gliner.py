from __future__ import annotations

import json
from collections import Counter
from typing import Any

from app.formats.gliner import FORMAT
from app.formats.registry import WriteOptions
from app.model.annotation import Annotations, Fragment, Relation, Span
from app.model.document import Document
from app.model.record import Record
from tests.formats.awkward import awkward_records
from tests.formats.in_memory import write

RECORDS = awkward_records()


def examples(records: list[Record]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(write(FORMAT, records).files[""])
    return found


def test_entities_are_the_tokens_that_were_marked_from_the_first_to_the_last() -> None:
    records = [record for record in RECORDS if record.document.text]
    for example, record in zip(examples(RECORDS), records, strict=True):
        tokens, annotations = example["tokenized_text"], record.annotations
        assert annotations is not None
        entities = [("".join(tokens[first : last + 1]), label) for first, last, label in example["ner"]]
        wanted = [
            ("".join(record.document.text[start:end].split()), span.label)
            for span in annotations.ordered()
            for start, end in span.fragments
        ]
        assert entities == wanted


def test_of_two_entities_at_one_place_the_one_that_span_models_do_not_learn_is_told() -> None:
    told = [(one.document, one.span) for one in write(FORMAT, RECORDS).losses if one.what == "overlap"]
    assert told == [("same-place", "s2")]


def test_relations_name_entities_by_their_number() -> None:
    example = next(one for one in examples(RECORDS) if one["id"] == "linked")
    ends = [(label, example["ner"][head][2], example["ner"][tail][2]) for head, tail, label in example["relations"]]
    assert ends == [("AT", "CASUALTY", "LOCATION"), ("SAID_BY", "CASUALTY", "قائد ميداني")]


def test_what_is_left_out_is_told_and_the_same_records_give_the_same_bytes() -> None:
    written = write(FORMAT, RECORDS)
    assert Counter(loss.what for loss in written.losses if loss.document in ("linked", "empty", "discontinuous")) == {
        "title": 1,
        "meta": 2,
        "fields": 1,
        "status": 3,
        "notes": 2,
        "attributes": 4,
        "relation-attributes": 1,
        "provenance": 1,
        "empty-text": 1,
        "discontinuous": 1,
    }
    assert written == write(FORMAT, awkward_records())
    assert json.loads(write(FORMAT, []).files[""]) == []


def test_what_gliner_does_not_take_by_its_own_settings_is_told_of() -> None:
    text = "كلمة " * 400
    spans = [
        Span("twelve", "X", (Fragment(0, 12 * 5 - 1),)),
        Span("thirteen", "X", (Fragment(0, 13 * 5 - 1),)),
        Span("last", "X", (Fragment(399 * 5, 399 * 5 + 4),)),
        Span("blank", "X", (Fragment(4, 5),)),
    ]
    relations = [Relation("r", "R", "last", "blank"), Relation("q", "R", "last", "twelve")]
    written = write(FORMAT, [Record(Document("d", text), Annotations.of(spans, relations))], WriteOptions())
    assert [(loss.span or loss.relation, loss.what) for loss in written.losses if loss.what != "status"] == [
        ("blank", "no-token"),
        ("thirteen", "too-many-tokens"),
        ("last", "beyond-reach"),
        ("r", "relations"),
    ]
    assert len(json.loads(written.files[""])[0]["ner"]) == 3


def test_an_article_that_is_longer_than_gliner_reads_is_parted_between_paragraphs_and_not_within_a_span() -> None:
    text = ("كلمة " * 99 + "نهاية.\n") * 10
    across = Span("across", "X", (Fragment(text.index("نهاية"), text.index("\n") + 5),))
    names = [Span(f"s{k}", "END", (Fragment(k, k + 5),)) for k in range(len(text)) if text.startswith("نهاية", k)]
    relations = [Relation("near", "R", "across", names[0].id), Relation("far", "R", "across", names[9].id)]
    written = write(FORMAT, [Record(Document("d", text), Annotations.of([across, *names], relations))])
    parts = json.loads(written.files[""])
    assert [part["id"] for part in parts] == ["d#1", "d#2", "d#3", "d#4"]
    assert all(len(part["tokenized_text"]) <= 384 for part in parts)
    assert [word for part in parts for word in part["tokenized_text"]] == text.replace(".", " .").split()
    ends = [part["tokenized_text"][first] for part in parts for first, _last, label in part["ner"] if label == "END"]
    assert ends == ["نهاية"] * 10
    assert [loss.relation for loss in written.losses if loss.what == "relations"] == ["far"]
