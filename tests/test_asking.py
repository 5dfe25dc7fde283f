"""The schema of an open project: set, taken along by everybody's annotations, and kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from app.edit.commands import set_status
from app.edit.links import link
from app.edit.moves import FIELD, Moves
from app.errors import FaultyFile, HashiyaError
from app.labels import default_schema, shipped_schema
from app.model.annotation import Annotations, Attribute, Relation, State
from app.model.document import Document, NameValue
from app.model.place import Place
from app.model.record import Record
from app.model.schema import Label, Schema
from app.session import Session
from tests.store.made_projects import ARTICLE, MOMENT, mark, opened, span, surfaces, write_training

KIRKUK = span("k", 19, 24, attributes=(Attribute("kind", "city", "import"),))
GIVEN = Annotations.of(
    (KIRKUK, span("u", 0, 6, "UNHEARD", attributes=(Attribute("of", "yes"),))),
    (Relation("r", "NEAR", "k", "u"),),
    State("complete", fields=(NameValue("relevance", "relevant"),)),
)


def record(id: str, annotator: str, annotations: Annotations | None) -> Record:
    return Record(Document(id, ARTICLE, created_at=MOMENT), annotations, annotator, "conflict-news", "2", MOMENT)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Two articles; B2 has annotated the first, A1 has marked «كركوك» in both."""
    lines = record("a", "B2", GIVEN), record("b", "", None)
    session = opened(write_training(tmp_path / "c.jsonl", *lines))
    for key in (2, 1):
        session.go_to(key)
        mark(session, 26, 29)
    return session


def renamed(schema: Schema, **ids: str) -> Schema:
    """The schema with labels called otherwise, wherever they are named."""

    def other(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(ids.get(name, name) for name in names)

    labels = tuple(replace(label, id=ids.get(label.id, label.id)) for label in schema.labels)
    relations = tuple(replace(one, heads=other(one.heads), children=other(one.children)) for one in schema.relations)
    return replace(schema, labels=labels, relations=relations)


def without(schema: Schema, label: str) -> Schema:
    """The schema without a label, and without the relations that name it."""
    relations = tuple(one for one in schema.relations if label not in (*one.heads, *one.children))
    return replace(schema, labels=tuple(one for one in schema.labels if one.id != label), relations=relations)


def labels_of(session: Session, key: int) -> list[str]:
    session.go_to(key)
    return [label for label, _text in surfaces(session)]


def training_lines(session: Session) -> dict[tuple[str, str], dict[str, object]]:
    session.publish()
    lines = [orjson.loads(line) for line in session.training_file.read_bytes().splitlines()]
    return {(line["id"], line["annotator"]): line for line in lines}


def test_the_use_of_a_schema_counts_the_annotations_of_everybody(session: Session) -> None:
    use = session.schema_use()
    assert use.labels == {"LOCATION": 4, "UNHEARD": 2}
    assert use.attributes[("LOCATION", "kind")] == 2 and use.attributes[("UNHEARD", "of")] == 2
    assert use.choices == {("LOCATION", "kind", "city"): 2, (FIELD, "relevance", "relevant"): 2}
    assert (use.relations, use.fields) == ({"NEAR": 2}, {"relevance": 2})
    session.close()


def test_a_label_that_is_renamed_takes_the_spans_of_everybody_along(session: Session) -> None:
    heard: list[str] = []
    session.schema_changed.connect(lambda: heard.append("schema"))
    session.moved.connect(lambda: heard.append("moved"))
    session.set_schema(renamed(default_schema(), LOCATION="PLACE"), Moves({"LOCATION": "PLACE"}))
    assert heard == ["schema", "moved"] and session.key == 1
    assert session.schema_use().labels == {"PLACE": 4, "UNHEARD": 2}
    lines = training_lines(session)
    assert {(id, who): (line["schema"], line["schema_version"]) for (id, who), line in lines.items()} == dict.fromkeys(
        [("a", "A1"), ("a", "B2"), ("b", "A1")], ("conflict-news", "2.1")
    )
    theirs = lines["a", "B2"]
    assert theirs["updated_at"] == MOMENT
    assert [one["label"] for one in theirs["spans"]] == ["UNHEARD", "PLACE"]  # type: ignore[attr-defined]
    session.close()


def test_each_article_takes_its_part_of_a_renaming_back_and_what_was_done_before_it_too(session: Session) -> None:
    before = session.annotations
    session.set_schema(renamed(default_schema(), LOCATION="PLACE"), Moves({"LOCATION": "PLACE"}))
    after = session.annotations
    assert session.can_undo and not session.can_redo
    assert session.undo() and session.annotations == before
    assert session.schema.label("LOCATION") is None  # shown as unknown, and not lost
    assert labels_of(session, 2) == ["PLACE"]
    session.go_to(1)
    assert session.undo() and labels_of(session, 1) == ["UNHEARD", "LOCATION"]
    assert session.redo() and session.redo() and session.annotations == after
    session.go_to(2)
    assert session.undo() and session.undo() and not session.undo()
    assert not session.annotations.spans
    # What says nothing of an article does not stand in the training file.
    assert ("b", "A1") not in training_lines(session)
    mark(session, 26, 29, "PLACE")
    assert ("b", "A1") in training_lines(session)
    session.close()


def test_a_label_that_is_deleted_and_added_again_has_all_its_spans(session: Session) -> None:
    whole, schema = session.annotations, session.schema
    session.set_schema(without(schema, "LOCATION"))
    assert session.schema.label("LOCATION") is None and session.annotations == whole
    assert session.schema_use().labels["LOCATION"] == 4
    mark(session, 7, 12, "ACTOR")
    session.set_schema(schema)
    assert (session.schema, session.schema.version) == (schema, "2")
    assert session.schema_use().labels == {"LOCATION": 4, "UNHEARD": 2, "ACTOR": 1}
    assert session.schema_use().attributes[("LOCATION", "kind")] == 2
    assert session.undo() and session.annotations == whole
    assert [one.version for one in session.schema_history()] == ["2", "2.1", "2"]
    session.close()


def test_attributes_choices_fields_and_relations_are_taken_along_too(session: Session) -> None:
    moves = Moves(
        attributes={("LOCATION", "kind"): "sort", (FIELD, "relevance"): "weight"},
        choices={("LOCATION", "kind", "city"): "town"},
        relations={"NEAR": "AT"},
    )
    session.set_schema(replace(default_schema(), version="3"), moves)
    use = session.schema_use()
    assert use.attributes[("LOCATION", "sort")] == 2 and ("LOCATION", "kind") not in use.attributes
    assert (use.relations, use.fields) == ({"AT": 2}, {"weight": 2})
    assert session.annotations.spans["k"].attributes[0] == Attribute("sort", "town", "import")
    assert session.schema.version == "3"
    session.close()


def test_a_schema_survives_closing_and_another_window_hears_of_it_with_its_next_article(session: Session) -> None:
    other = opened(session.path)
    heard: list[str] = []
    other.schema_changed.connect(lambda: heard.append(other.schema.name))
    session.set_schema(shipped_schema("wojood"), Moves({"LOCATION": "GPE"}))
    other.go_to(2)
    assert heard == ["wojood"] and surfaces(other)[0][0] == "GPE"
    session.go_to(1)
    mark(session, 7, 12, "ORG")
    other.close()
    session.close()
    again = opened(session.path)
    assert again.schema == shipped_schema("wojood") and "ORG" in labels_of(again, 1)
    assert again.undo() and again.undo() and labels_of(again, 1) == ["UNHEARD", "LOCATION", "LOCATION"]
    again.close()


def test_a_step_of_another_window_by_the_schema_before_is_refused_and_nothing_is_lost(session: Session) -> None:
    other = opened(session.path)
    other.go_to(1)
    session.set_schema(renamed(default_schema(), LOCATION="PLACE"), Moves({"LOCATION": "PLACE"}))
    with pytest.raises(HashiyaError, match="changed-elsewhere"):
        other.do(set_status("skipped"), place=Place())
    assert other.schema.label("PLACE") and "PLACE" in [label for label, _text in surfaces(other)]
    assert other.do(set_status("skipped"), place=Place())
    other.close()
    session.close()


def test_a_schema_that_no_file_could_hold_changes_nothing(session: Session) -> None:
    before, schema = session.annotations, session.schema
    twice = replace(schema, labels=(*schema.labels, schema.labels[0]))
    with pytest.raises(FaultyFile, match="schema-faulty"):
        session.set_schema(twice, Moves({"LOCATION": "PLACE"}))
    assert (session.schema, session.annotations, len(session.schema_history())) == (schema, before, 1)
    session.set_schema(schema)
    assert len(session.schema_history()) == 1
    session.close()


def test_an_article_that_is_damaged_is_left_and_told_of(session: Session) -> None:
    session._database._raw.execute("UPDATE spans SET surface = 'other' WHERE layer = 3")
    session.set_schema(renamed(default_schema(), LOCATION="PLACE"), Moves({"LOCATION": "PLACE"}))
    assert [notice.code for notice in session.notices] == ["span-damaged"]
    assert session.schema_use().labels == {"LOCATION": 1, "PLACE": 3, "UNHEARD": 2}
    session.close()


def test_linked_spans_are_renamed_with_the_link_between_them(session: Session) -> None:
    first, second = (mark(session, at, at + 1, "ACTOR").changes[0].added[0].id for at in (0, 7))
    session.do(link(first, second, "SAME_AS"), place=Place())
    session.set_schema(renamed(default_schema(), ACTOR="WHO"), Moves({"ACTOR": "WHO"}))
    (relation,) = (one for one in session.annotations.relations.values() if one.label == "SAME_AS")
    ends = [session.annotations.spans[id].label for id in (relation.head, relation.child)]
    assert ends == ["WHO", "WHO"]
    session.close()


def test_a_label_may_be_marked_as_soon_as_it_is_there(session: Session) -> None:
    weapon = Label("WEAPON", {"en": "Weapon"}, default_schema().labels[0].colour, "9")
    session.set_schema(replace(default_schema(), labels=(*default_schema().labels, weapon)))
    mark(session, 0, 6, "WEAPON")
    assert session.label_counts["WEAPON"] == 1
    session.close()
