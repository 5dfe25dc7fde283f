"""The schemas that ship: what a project can begin with."""

from __future__ import annotations

import re

import pytest

from app.labels import NAMES, default_schema, shipped_schema, shipped_schemas
from app.model.schema import AttributeType, Schema
from app.model.schema_file import schema_json
from resources import resource

EVERY = [*NAMES, "conflict-news-1"]
ARABIC = re.compile("[\u0621-\u064a]")
WOJOOD = (
    "PERS NORP OCC ORG GPE LOC FAC PRODUCT EVENT DATE TIME LANGUAGE WEBSITE LAW "
    "CARDINAL ORDINAL PERCENT QUANTITY UNIT MONEY CURR"
)


def ids(types: tuple[AttributeType, ...]) -> str:
    return " ".join(one.id for one in types)


def choices(schema: Schema, label: str, attribute: str) -> str:
    found = schema.label(label)
    asked = found and found.attribute(attribute)
    assert asked, (label, attribute)
    return " ".join(choice.id for choice in asked.choices)


def test_the_default_asks_for_casualties_places_actors_quotes_and_the_words_that_carry_them() -> None:
    schema = default_schema()
    assert (schema.name, schema.version) == ("conflict-news", "2")
    assert [(label.id, label.key, label.title("ar")) for label in schema.labels] == [
        ("CASUALTY", "1", "ضحايا"),
        ("LOCATION", "2", "موقع"),
        ("ACTOR", "3", "فاعل"),
        ("QUOTE", "4", "اقتباس"),
        ("CUE", "5", "لفظ القول"),
    ]
    assert {label.id: ids(label.attributes) for label in schema.labels} == {
        "CASUALTY": "outcome count_text count_min count_best count_max approximate who scope certainty",
        "LOCATION": "kind name geonames_id latitude longitude precision",
        "ACTOR": "kind role canonical_name country",
        "QUOTE": "kind",
        "CUE": "",
    }
    assert choices(schema, "CASUALTY", "outcome") == "killed injured missing captured displaced"
    assert choices(schema, "QUOTE", "kind") == "direct indirect mixed"
    asked = [(label.id, one.id) for label in schema.labels for one in label.attributes if one.required and one.on_tag]
    assert asked == [("CASUALTY", "outcome"), ("QUOTE", "kind")]


def test_the_default_links_quotes_to_speakers_casualties_to_those_concerned_and_mentions_to_one_another() -> None:
    schema = default_schema()
    known = [label.id for label in schema.labels]
    assert {
        one.id: {f"{head}>{child}" for head in known for child in known if one.allows(head, child)}
        for one in schema.relations
    } == {
        "SAID_BY": {"QUOTE>ACTOR"},
        "CUED_BY": {"QUOTE>CUE"},
        "AT": {"CASUALTY>LOCATION", "ACTOR>LOCATION"},
        "SUFFERED_BY": {"CASUALTY>ACTOR"},
        "CAUSED_BY": {"CASUALTY>ACTOR"},
        "CLAIMED_BY": {"CASUALTY>ACTOR"},
        "SAME_AS": {f"{label}>{label}" for label in known},
    }
    assert [one.id for one in schema.relations if one.at_least] == ["SAID_BY"]
    assert [one.id for one in schema.relations if one.symmetric] == ["SAME_AS"]
    assert (ids(schema.fields), [one.id for one in schema.fields if one.required]) == (
        "source event_date relevance",
        [],
    )
    assert schema.blocking == ()


def test_four_plain_labels_and_the_21_of_wojood_ship_too() -> None:
    plain, wojood = shipped_schemas()[1:]
    assert [label.id for label in plain.labels] == ["CASUALTY", "LOCATION", "ACTOR", "QUOTE"]
    assert [label.id for label in wojood.labels] == WOJOOD.split()
    for schema in (plain, wojood):
        assert not schema.relations and not any(label.attributes for label in schema.labels)
    inks = {label.colour.ink for label in wojood.labels} | {label.colour.dark_ink for label in wojood.labels}
    assert len(inks) == 42


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_that_ships_is_written_as_it_was_read_byte_for_byte(name: str) -> None:
    assert schema_json(shipped_schema(name)) == resource("schemas", f"{name}.json").read_bytes()


@pytest.mark.parametrize("name", EVERY)
def test_everything_that_ships_is_called_and_explained_in_arabic_and_in_english(name: str) -> None:
    schema = shipped_schema(name)
    asked = [one for label in schema.labels for one in label.attributes] + [*schema.fields]
    named = [*schema.labels, *schema.relations, *asked, *(choice for one in asked for choice in one.choices)]
    texts = [schema.titles, *(one.titles for one in named)]
    texts += [one.guidelines or {} for one in (*schema.labels, *schema.relations)]
    for text in texts:
        assert set(text) == {"ar", "en"}
        assert ARABIC.search(text["ar"]), text
        assert text["en"].strip(), text


@pytest.mark.parametrize("name", EVERY)
def test_everything_that_is_marked_or_chosen_has_a_key_of_its_own(name: str) -> None:
    schema = shipped_schema(name)
    asked = [one for label in schema.labels for one in label.attributes] + [*schema.fields]
    choices = [choice for one in asked for choice in one.choices]
    assert [one.id for one in (*schema.labels, *schema.relations, *asked, *choices) if not one.key] == []
