from __future__ import annotations

import json
from collections import Counter
from typing import Any
from urllib.parse import unquote

from app.formats.w3c import FORMAT
from tests.formats.awkward import Essence, awkward_records, essence
from tests.formats.in_memory import write

RECORDS = awkward_records()


def collection() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(write(FORMAT, RECORDS).files[""])
    return found


def essences(items: list[dict[str, Any]]) -> list[Essence]:
    """What a reader of Web Annotations finds out about each article, from the annotations alone."""
    found, marks = [], {item["id"]: item for item in items}
    for text in (item for item in items if item["motivation"] == "describing"):
        home = text["id"].removesuffix("#text")
        mine = [item for item in items if item["id"].startswith(f"{home}:")]
        value = text["body"][0]["value"]
        spans = [
            (places(item, value), item["body"][0]["value"], said(item))
            for item in mine
            if item["motivation"] == "tagging"
        ]
        links = [
            (
                item["body"][0]["value"],
                places(marks[item["target"]]),
                places(marks[item["body"][1]["source"]]),
                said(item),
            )
            for item in mine
            if item["motivation"] == "linking"
        ]
        id = unquote(text["target"].removeprefix("urn:hashiya:document:"))
        found.append(Essence(id, value, sorted(spans), sorted(links)))
    return found


def places(item: dict[str, Any], text: str | None = None) -> tuple[tuple[int, int], ...]:
    target = item["target"]
    found = []
    for one in target["items"] if target["type"] == "Composite" else [target]:
        place, quoted = one["selector"]
        start, end = place["start"], place["end"]
        if text is not None:
            assert quoted["exact"] == text[start:end]
            assert text[:start].endswith(quoted["prefix"]) and text[end:].startswith(quoted["suffix"])
        found.append((start, end))
    return tuple(found)


def said(item: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((body["hashiya:name"], body["value"]) for body in item["body"] if "hashiya:name" in body))


def test_positions_quotes_labels_answers_and_links_say_all_that_was_marked() -> None:
    assert essences(collection()["first"]["items"]) == [essence(record, FORMAT.carries) for record in RECORDS]


def test_it_is_a_collection_of_one_page_and_counts_its_annotations() -> None:
    found = collection()
    items = found["first"]["items"]
    assert (found["type"], found["first"]["type"], found["total"]) == (
        "AnnotationCollection",
        "AnnotationPage",
        len(items),
    )
    assert len({item["id"] for item in items}) == len(items)
    empty = json.loads(write(FORMAT, []).files[""])
    assert (empty["total"], empty["first"]["items"]) == (0, [])


def test_title_details_answers_and_notes_stand_beside_the_text() -> None:
    text = next(item for item in collection()["first"]["items"] if ":linked:" in item["id"])
    told = [(body["purpose"], body.get("hashiya:name"), body["value"]) for body in text["body"][1:]]
    assert told == [
        ("classifying", "title", "عنوان: الخبر"),
        ("classifying", "meta:source", "وكالة"),
        ("classifying", "meta:url", "https://example.org/?a=1&b=«2»"),
        ("classifying", "field:topic", "حرب"),
        ("commenting", None, "ملاحظة"),
    ]


def test_what_is_left_out_is_told_and_the_same_records_give_the_same_bytes() -> None:
    written = write(FORMAT, RECORDS)
    assert Counter(loss.what for loss in written.losses) == {"status": len(RECORDS), "provenance": 1}
    assert written == write(FORMAT, awkward_records())
