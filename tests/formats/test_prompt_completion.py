from __future__ import annotations

import json
from collections import Counter
from typing import Any

from app.formats.prompt_completion import FORMAT
from app.formats.registry import WriteOptions
from app.labels import shipped_schema
from tests.formats.awkward import Essence, awkward_records, essence
from tests.formats.in_memory import write

RECORDS = awkward_records()
TOLD = [record for record in RECORDS if record.document.text]


def conversations(options: WriteOptions | None = None) -> list[list[dict[str, str]]]:
    lines = write(FORMAT, RECORDS, options).files[""].split(b"\n")[:-1]
    return [json.loads(line)["messages"] for line in lines]


def said(owner: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, value) for name, values in owner.get("attributes", {}).items() for value in values))


def test_the_answer_says_all_that_was_marked_in_the_text_that_the_user_gives() -> None:
    for (system, user, assistant), record in zip(conversations(), TOLD, strict=True):
        assert [system["role"], user["role"], assistant["role"]] == ["system", "user", "assistant"]
        answer, text = json.loads(assistant["content"]), user["content"]
        places = {}
        for span in answer["spans"]:
            pieces = span.get("pieces", [[span["start"], span["end"]]])
            places[span["id"]] = tuple((start, end) for start, end in pieces)
            assert span["text"] == " ".join(text[start:end] for start, end in pieces)
        spans = [(places[span["id"]], span["label"], said(span)) for span in answer["spans"]]
        links = [
            (link["label"], places[link["head"]], places[link["child"]], said(link)) for link in answer["relations"]
        ]
        assert Essence(record.document.id, text, sorted(spans), sorted(links)) == essence(record, FORMAT.carries)


def test_the_system_names_the_labels_of_the_schema() -> None:
    schema = shipped_schema("conflict-news")
    system = conversations(WriteOptions(schema))[0][0]["content"]
    assert all(label.id in system for label in schema.labels)
    assert all(relation.id in system for relation in schema.relations)


def test_lines_hold_messages_and_nothing_else_as_services_that_tune_models_want_it() -> None:
    lines = write(FORMAT, RECORDS).files[""].split(b"\n")[:-1]
    assert {tuple(json.loads(line)) for line in lines} == {("messages",)}


def test_answers_about_the_article_are_asked_for_and_given() -> None:
    linked = next(messages for messages in conversations() if "تلعفر" in messages[1]["content"])
    assert json.loads(linked[2]["content"])["fields"] == {"topic": ["حرب"]}


def test_what_is_left_out_is_told_and_the_same_records_give_the_same_bytes() -> None:
    written = write(FORMAT, RECORDS)
    assert Counter(loss.what for loss in written.losses if loss.document in ("linked", "empty")) == {
        "title": 1,
        "meta": 2,
        "notes": 2,
        "status": 2,
        "provenance": 3,
        "empty-text": 1,
    }
    assert written == write(FORMAT, awkward_records())
