"""A project that version 1 of the file made: two annotators, 20 steps, some of them taken back and made again."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from app.errors import FaultyFile
from app.labels import default_schema, shipped_schema
from app.model.schema_file import schema_json
from app.session import Session
from app.store import migrations
from app.store.engine import Database
from app.store.looking import look
from tests.store.made_projects import mark, surfaces

FIXTURE = Path(__file__).parent / "fixtures" / "version-1.hashiya"
TABLES = ("documents", "layers", "spans", "relations", "log", "parts", "remembered", "project")


@pytest.fixture
def older(tmp_path: Path) -> Path:
    return Path(shutil.copy(FIXTURE, tmp_path / "corpus.hashiya"))


def rows(path: Path, table: str) -> list[tuple[Any, ...]]:
    raw = sqlite3.connect(path)
    try:
        return sorted(raw.execute(f"SELECT * FROM {table}").fetchall())
    finally:
        raw.close()


def with_schema(path: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """The project, whose lead has changed its schema."""
    raw = sqlite3.connect(path)
    tree = json.loads(raw.execute("SELECT value FROM project WHERE name = 'schema'").fetchone()[0])
    change(tree)
    raw.execute("UPDATE project SET value = ? WHERE name = 'schema'", [json.dumps(tree)])
    raw.commit()
    raw.close()
    return path


def opened_again(path: Path) -> Session:
    session = Session.open(path)
    session._database.pragma("synchronous", "OFF")
    return session


def test_a_project_of_version_1_moves_up_and_nothing_in_it_is_lost(older: Path) -> None:
    before = {table: rows(FIXTURE, table) for table in TABLES}
    session = opened_again(older)
    assert session.schema == default_schema()
    assert session.schema.label("CUE") is not None
    session.close()
    after = {table: rows(older, table) for table in TABLES}
    raised = [(*("2" if value == "1" else value for value in row), 0, 0, 0) for row in before["layers"]]
    assert after.pop("layers") == raised != before.pop("layers")
    settings = {row for row in before.pop("project") if row[0] != "schema"}
    assert set(after.pop("project")) == settings
    assert after == before
    copy = older.with_name("corpus.version-1.hashiya")
    assert {table: rows(copy, table) for table in TABLES} == {table: rows(FIXTURE, table) for table in TABLES}


def test_everything_done_in_version_1_can_be_taken_back_and_made_again(older: Path) -> None:
    session = opened_again(older)
    whole, labels = session.annotations, surfaces(session)
    assert ("ACTOR", "نرمدان برس") in labels and len(whole.relations) == 1
    assert whole.state.status == "complete" and whole.state.flagged and whole.state.note
    back = 0
    while session.undo():
        back += 1
    assert back == 14 and not session.annotations.spans
    while session.redo():
        back -= 1
    assert back == -1 and ("ACTOR", "العميد") in surfaces(session)  # it was taken back by version 1
    session.undo()
    assert session.annotations == whole
    mark(session, 0, 3, "CUE")
    assert ("CUE", "قال") in surfaces(session)
    session.publish()
    lines = [orjson.loads(line) for line in session.training_file.read_bytes().splitlines()]
    assert {line["schema_version"] for line in lines} == {"2"}
    assert [span for line in lines for span in line["spans"] if span["label"] == "VERB"]
    session.close()


def test_what_the_lead_has_changed_stays_changed(older: Path) -> None:
    own = {"id": "WEAPON", "titles": {"ar": "سلاح"}, "key": "5", "colour": {}}

    def change(tree: dict[str, Any]) -> None:
        labels = tree["labels"]
        tree["titles"]["en"] = "Our news"
        labels[1]["titles"]["ar"] = "مكان"
        labels[1]["colour"]["light"]["ink"] = "#005030"
        labels[2]["key"], labels[2]["guidelines"] = "7", {"en": "Ours."}
        labels[0]["key"] = "x"  # a command by now
        del labels[3]
        labels.append(own | {"colour": labels[0]["colour"]})

    session = opened_again(with_schema(older, change))
    schema = session.schema
    assert [(label.id, label.key) for label in schema.labels] == [
        ("CASUALTY", ""),
        ("LOCATION", "2"),
        ("ACTOR", "7"),
        ("WEAPON", "5"),
        ("CUE", ""),
    ]
    location, actor, shipped = schema.label("LOCATION"), schema.label("ACTOR"), default_schema()
    assert location and actor and location.titles["ar"] == "مكان" and location.colour.ink == "#005030"
    assert location.guidelines == getattr(shipped.label("LOCATION"), "guidelines", None)
    assert actor.guidelines == {"en": "Ours."} and actor.attribute("country")
    assert schema.titles == {"ar": "أخبار النزاعات", "en": "Our news"}
    assert [one.id for one in schema.relations] == ["AT", "SUFFERED_BY", "CAUSED_BY", "CLAIMED_BY", "SAME_AS"]
    assert [(one.name, one.version) for one in session.schema_history()] == [
        ("conflict-news", "1"),
        ("conflict-news", "2"),
    ]
    assert session.earlier_schema(1).label("WEAPON")
    session.close()


def test_another_schema_than_the_one_that_shipped_is_kept_as_it_is(older: Path) -> None:
    session = opened_again(with_schema(older, lambda tree: tree.update(name="our-news")))
    assert session.schema.name == "our-news" and session.schema.label("CUE") is None
    assert len(session.schema_history()) == 1
    session.close()


def test_a_project_whose_schema_is_damaged_says_so_and_keeps_it(older: Path) -> None:
    with_schema(older, lambda tree: tree.update(labels=[]))
    for _time in range(2):
        with pytest.raises(FaultyFile, match="schema-faulty"):
            Session.open(older)


def test_moving_up_that_fails_leaves_the_project_as_it_was(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {table: rows(older, table) for table in TABLES}

    def full(*_parts: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(migrations, "_keep", full)
    with pytest.raises(OSError, match="No space"):
        Session.open(older)
    assert {table: rows(older, table) for table in TABLES} == before
    monkeypatch.undo()
    opened_again(older).close()


def test_two_windows_may_open_it_at_the_same_time(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, others = migrations.keep_copy, []

    def slow(database: Database, version: int) -> Path:
        monkeypatch.setattr(migrations, "keep_copy", real)
        others.append(opened_again(older))
        return real(database, version)

    monkeypatch.setattr(migrations, "keep_copy", slow)
    session = opened_again(older)
    assert session.schema == others[0].schema == default_schema()
    assert len(session.schema_history()) == 2
    others[0].close()
    session.close()


def test_a_project_of_version_1_that_is_only_looked_at_stays_one(older: Path) -> None:
    content = older.read_bytes()
    with look(older) as database, database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM schemas").scalar() == 2
    assert older.read_bytes() == content


def test_the_first_schema_that_shipped_still_reads_as_it_was(older: Path) -> None:
    session = opened_again(older)
    kept = session.earlier_schema(1)
    session.close()
    assert schema_json(kept) == schema_json(shipped_schema("conflict-news-1"))
    database = Database(older)
    assert database.pragma("user_version") == len(migrations.MIGRATIONS) + 1
    database.close()
