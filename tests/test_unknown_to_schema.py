"""What a file says in words that the schema does not know is kept through everything that is done beside it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from app.edit.attributes import set_attribute, set_attributes, set_field
from app.edit.commands import Command, delete, relabel
from app.edit.edges import set_edges
from app.edit.links import unlink
from app.edit.steps import Place
from app.formats.native_check import check_file
from tests.formats.made_records import encoded, line, relation, span
from tests.model.made_schemas import NEWS
from tests.store.made_projects import mark, opened

ODD = [
    {"name": "mood", "value": "x", "source": "model", "x-kept": {"at": [1, None]}},
    {"name": "mood", "value": "غاضب", "source": "import"},
    {"name": "outcome", "value": "vanished", "source": "import"},
]
LINE = line(
    annotator="A1",
    schema="house",
    schema_version="3",
    spans=[
        span("s1", 0, 13, "CASUALTY", attributes=ODD, **{"x-certainty": 0.5}),
        span("s2", 19, 24, "STRANGE", attributes=ODD[:1]),
        span("s3", 26, 29, "ACTOR"),
    ],
    relations=[relation("r1", "s1", "s2", "BEFORE"), relation("r2", "s3", "s3", "SAID_BY")],
    fields=[{"name": "relevance", "value": "unheard of"}, {"name": "topic", "value": "war", "x-by": "desk"}],
    **{"x-batch": [7]},
)
EDITS: dict[str, Command] = {
    "an answer": set_attributes("s1", {"who": ("medics",), "outcome": ("killed",)}),
    "another label": relabel(["s1"], "LOCATION"),
    "an edge": set_edges("s1", 7, 13),
    "an answer taken away": set_attribute(["s2"], "mood", ()),
    "a field": set_field("event_date", ("2026-01-31",)),
    "a span less": delete(["s2"]),
    "a link less": unlink("r1"),
}


def published(folder: Path) -> bytes:
    """The line of the training file beside the project, as it would have been at the time of the original."""
    written = (folder / "corpus.annotations.jsonl").read_bytes()
    return re.sub(rb'("note":"","created_at":"[^"]*","updated_at":")[^"]*(","spans")', rb"\1TIME\2", written)


def as_given(value: dict[str, Any]) -> bytes:
    return encoded({**value, "updated_at": "TIME"}) + b"\n"


@pytest.mark.parametrize("edit", EDITS)
def test_unknown_words_come_out_as_they_came_in_once_an_edit_beside_them_is_undone(edit: str, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_bytes(encoded(LINE) + b"\n")
    session = opened(corpus)
    session.schema = NEWS
    assert session.do(EDITS[edit], place=Place()) is not None
    session.publish()
    assert published(tmp_path) != as_given(LINE)
    session.close()

    again = opened(corpus)
    again.schema = NEWS
    assert again.undo() is not None
    again.publish()
    assert published(tmp_path) == as_given(LINE)
    assert [fault.code for fault in check_file(again.training_file)] == []
    again.close()


def test_only_what_was_edited_is_another_one(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_bytes(encoded(LINE) + b"\n")
    session = opened(corpus)
    session.schema = NEWS
    for command in (EDITS["an answer"], EDITS["a field"], relabel(["s1"], "LOCATION")):
        session.do(command, place=Place())
    mark(session, 0, 6, "QUOTE")
    session.publish()
    session.close()
    edited, first, *others = json.loads(published(tmp_path))["spans"]
    assert {each["id"]: each for each in others} == {each["id"]: each for each in LINE["spans"][1:]}
    assert (first["label"], edited["label"], edited["x-certainty"]) == ("QUOTE", "LOCATION", 0.5)
    assert edited["attributes"] == [
        *ODD[:2],
        {"name": "outcome", "value": "killed", "source": "manual"},
        {"name": "who", "value": "medics", "source": "manual"},
    ]
    line = json.loads(published(tmp_path))
    assert line["relations"] == LINE["relations"]
    assert line["fields"] == [{"name": "event_date", "value": "2026-01-31"}, *LINE["fields"]]
    assert line["x-batch"] == [7]
