from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from app.edit.steps import Place, Step
from app.errors import ProjectError
from app.model.annotation import Annotations, Change, State
from app.model.record import Record
from app.store import annotations as layers
from app.store import coding, documents, listing, log, spans
from app.store.annotations import Stamp
from app.store.engine import Database
from app.store.migrations import make
from tests.formats.made_records import records
from tests.store.made_projects import MOMENT, opened, span, write


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    path = tmp_path_factory.mktemp("store") / "p.hashiya"
    path.touch()
    database = Database(path)
    database.pragma("synchronous", "OFF")
    make(database)
    return database


@settings(max_examples=25)
@given(given=records())
def test_whatever_a_line_can_hold_comes_back_from_the_project_as_it_was(database: Database, given: Record) -> None:
    annotations = given.annotations or Annotations()
    with database.writing() as connection:
        document = replace(given.document, id=f"{documents.count(connection)}-{given.document.id}")
        key = documents.add(connection, document, MOMENT)
        layers.add_layer(connection, key, document, annotations, Stamp(given.annotator, MOMENT, 1), imported=True)
    with database.reading() as connection:
        sheet = layers.load(connection, key, given.annotator)
        assert sheet.document == replace(document, created_at=document.created_at or MOMENT)
        assert sheet.annotations == annotations
        accepted = [each for each in annotations.ordered() if each.status == "accepted"]
        assert list(spans.in_order(connection, sheet.layer, document)) == accepted


@settings(max_examples=15)
@given(first=records(), second=records())
def test_a_step_comes_back_from_the_log_as_it_was_made(first: Record, second: Record) -> None:
    before, after = first.annotations or Annotations(), second.annotations or Annotations()
    change = Change(
        "a",
        tuple(before.spans.values()),
        tuple(after.spans.values()),
        tuple(before.relations.values()),
        tuple(after.relations.values()),
        before.state,
        after.state,
    )
    for step in (Step("x", (change, Change("b")), Place(1, 2, "s"), Place(3, 4)), Step("y", ())):
        assert coding.step(coding.stored(step)) == step


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        ("UPDATE spans SET surface = 'x' WHERE id = 's1'", "span-damaged"),
        ("UPDATE spans SET start = start + 1 WHERE id = 's1'", "span-damaged"),
        ("UPDATE spans SET \"end\" = 99999, surface = '' WHERE id = 's1'", "span-damaged"),
        ("UPDATE spans SET start = -6, \"end\" = -1, surface = substr(surface, 1) WHERE id = 's1'", "span-damaged"),
        ("UPDATE spans SET fragments = '[[0,1' WHERE id = 's1'", "span-damaged"),
        ("UPDATE spans SET fragments = '[[0,6],[3,8]]' WHERE id = 's1'", "span-damaged"),
        ("UPDATE spans SET attributes = '[1]' WHERE id = 's1'", "span-damaged"),
        ("UPDATE spans SET note = 'x', surface = '' WHERE id = 's1'", "span-damaged"),
        ("UPDATE layers SET fields = '{'", "document-damaged"),
        ("UPDATE documents SET meta = '[[1'", "document-damaged"),
        ("UPDATE documents SET text = text || ' '", "text-damaged"),
        ("INSERT INTO relations (layer, id, attributes) VALUES (1, 'r', '{')", "document-damaged"),
    ],
)
def test_damage_is_found_on_loading_and_named(tmp_path: Path, damage: str, code: str) -> None:
    session = opened(write(tmp_path / "a.txt"))
    session.do(lambda _desk: Step("label", (Change("a", added=(span("s1", 0, 6),)),)), place=Place())
    session.close()
    with sqlite3.connect(session.path) as raw:
        raw.execute(damage)
    raw.close()
    database = Database(session.path)
    with pytest.raises(ProjectError, match=code) as found, database.reading() as connection:
        layers.load(connection, 1, "A1")
    assert found.value.values["document"] == "a"
    assert found.value.values.get("span", "s1") == "s1"
    database.close()


def test_the_last_step_is_found_by_an_index_however_long_the_log(database: Database) -> None:
    for statement, wanted in ((log._LAST, "parts_by_layer"), (listing._ROWS, "ix_documents_position")):
        with database.reading() as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {re.sub(r':[a-z]+', '1', statement.text)}").all()
        assert any(wanted in str(row) for row in plan), plan
        assert not any("TEMP B-TREE" in str(row) and "documents" in str(row) for row in plan)


def test_a_layer_that_was_never_touched_shows_the_state_of_a_new_article(tmp_path: Path) -> None:
    session = opened(write(tmp_path / "a.txt"))
    assert session.annotations.state == State()
    session.close()
