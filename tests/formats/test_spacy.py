from __future__ import annotations

import ast
import json
from collections import Counter
from typing import Any

import pytest

from app.formats import spacy
from app.formats.registry import WriteOptions
from app.formats.spacy import FORMAT
from tests.formats.awkward import awkward_records, essence
from tests.formats.in_memory import write

RECORDS = awkward_records()


@pytest.fixture(autouse=True)
def without_spacy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy, "has_spacy", lambda: False)


def rows(options: WriteOptions | None = None) -> list[dict[str, Any]]:
    lines = write(FORMAT, RECORDS, options).files["documents.jsonl"].split(b"\n")
    return [json.loads(line) for line in lines[:-1]]


def test_without_spacy_there_are_the_rows_and_the_script_that_loads_them() -> None:
    written = write(FORMAT, RECORDS)
    assert list(written.files) == ["load.py", "documents.jsonl"]
    ast.parse(written.files["load.py"])
    assert written == write(FORMAT, awkward_records())


def test_tokens_make_up_the_text_and_spans_lie_on_them_where_they_lay() -> None:
    for row, record in zip(rows(), RECORDS, strict=True):
        assert (
            "".join(word + " " * space for word, space in zip(row["words"], row["spaces"], strict=True)) == row["text"]
        )
        places: dict[str, list[tuple[int, int]]] = {}
        for span in row["spans"]:
            places.setdefault(span["id"], []).append((span["start"], span["end"]))
        labels = {span["id"]: span["label"] for span in row["spans"]}
        answers = {one["span"]: one["attributes"] for one in row["answers"]}
        spans = [
            (tuple(place), labels[id], tuple(sorted((one["name"], one["value"]) for one in answers.get(id, []))))
            for id, place in places.items()
        ]
        wanted = essence(record, FORMAT.carries)
        assert sorted(spans) == wanted.spans
        assert (
            sorted(
                (
                    link["label"],
                    tuple(places[link["head"]]),
                    tuple(places[link["child"]]),
                    tuple((one["name"], one["value"]) for one in link["attributes"]),
                )
                for link in row["relations"]
            )
            == wanted.relations
        )


def test_only_who_or_what_marked_it_is_left_out() -> None:
    assert Counter(loss.what for loss in write(FORMAT, RECORDS).losses) == {"provenance": 1}


def test_a_span_that_may_not_part_a_word_is_told_of_and_takes_its_relations_with_it() -> None:
    written = write(FORMAT, RECORDS, WriteOptions(alignment="refuse"))
    assert ("clitic", "s1", "cuts-token") in [(loss.document, loss.span, loss.what) for loss in written.losses]
    assert next(row for row in rows(WriteOptions(alignment="refuse")) if row["id"] == "clitic")["spans"] == []
