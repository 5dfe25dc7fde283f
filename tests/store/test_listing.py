from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.edit.commands import Desk, begun, set_status
from app.edit.steps import Step
from app.judging import judge
from app.model.annotation import Change
from app.model.document import NameValue, Origin, origin_of
from app.model.place import Place
from app.model.wish import Wish
from app.session import Session
from app.store import documents
from app.store.engine import Database
from tests.store.made_projects import mark, opened

ARTICLES = (
    '{"id": "a", "text": "قصف في كركوك", "meta": {"source": "رويترز", "date": "2026-03-02", "url": "https://a.example/1"}}',
    '{"id": "b", "text": "هدنة في الميناء", "meta": {"Publisher": "Anadolu", "published": "2026-03-10"}}',
    '{"id": "c", "text": "مقال بلا مصدر"}',
    '{"id": "d", "text": "قتيل في 100% من الحالات", "meta": {"source": "رويترز", "date": "2025-12-31"}}',
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    path = tmp_path / "corpus.jsonl"
    path.write_text("\n".join(ARTICLES), encoding="utf-8")
    with closing(opened(path)) as session:
        yield session


def found(session: Session, **wish: object) -> str:
    rows = session.rows_at(session.find(Wish(**wish)))  # type: ignore[arg-type]
    return "".join(row.id for row in rows)


@pytest.mark.parametrize(
    ("said", "origin"),
    [
        ({"publisher": "ب", "Source": " أ\n ب "}, Origin("أ ب")),
        ({"source": "", "agency": "ج", "LINK": "x"}, Origin("ج", "", "x")),
        ({"published_at": "2", "date": "1"}, Origin("", "1", "")),
        ({"author": "س"}, Origin()),
    ],
)
def test_where_an_article_comes_from_is_read_from_its_meta(said: dict[str, str], origin: Origin) -> None:
    assert origin_of(tuple(NameValue(*pair) for pair in said.items())) == origin


def test_the_list_tells_source_and_date(session: Session) -> None:
    assert [(row.source, row.date) for row in session.rows(0, 9)] == [
        ("رويترز", "2026-03-02"),
        ("Anadolu", "2026-03-10"),
        ("", ""),
        ("رويترز", "2025-12-31"),
    ]
    assert session.sources() == [("رويترز", 2), ("Anadolu", 1)]


def test_the_list_is_sorted_as_wished_and_what_lacks_it_is_last(session: Session) -> None:
    session.go_to(session.rows(3, 1)[0].key)
    mark(session, 0, 4)
    session.go_to(session.rows(1, 1)[0].key)
    session.do(set_status("complete"), place=Place())
    assert {sort: found(session, sort=sort) for sort in ("", "date", "source", "status", "spans")} == {
        "": "abcd",
        "date": "badc",
        "source": "badc",
        "status": "dacb",
        "spans": "dabc",
    }


@pytest.mark.parametrize(
    ("wish", "ids"),
    [
        ({"source": "رويترز"}, "ad"),
        ({"source": "رويترز", "sort": "date", "text": "2026"}, "a"),
        ({"text": "2026-03"}, "ab"),
        ({"text": "a.example"}, "a"),
        ({"text": "رويترز"}, "ad"),
        ({"text": "100%"}, "d"),
        ({"text": "c"}, "c"),
        ({"statuses": ("new",), "source": "Anadolu"}, "b"),
        ({"source": "nobody"}, ""),
    ],
)
def test_the_list_is_filtered_by_where_articles_come_from(session: Session, wish: dict[str, object], ids: str) -> None:
    assert found(session, **wish) == ids


def test_articles_that_were_moved_are_found_where_they_stand(session: Session) -> None:
    with closing(Database(session.path)) as database, database.writing() as connection:
        for id, position in (("a", 9), ("d", 0), ("a", 3)):
            documents.move(connection, session.key_of(id) or 0, position)
    assert found(session) == "dbca" and found(session, source="رويترز") == "da" and session.find(Wish(text="a")) == [3]
    assert [found(session, sort=sort) for sort in ("date", "address", "status")] == ["badc", "adbc", "dbca"]


def test_addresses_dates_and_ids_are_found_as_they_are_written(session: Session) -> None:
    assert [found(session, text=text) for text in ("a.example/1", "a.example/2", "026-03-1", "كركوك/قصف")] == [
        "a",
        "",
        "b",
        "a",
    ]
    assert found(session, text="رويترز قصف") == "a"  # one word of the source, one of the text


def annotated(session: Session) -> None:
    """What A1 says: of "a" a note on a span and a label too many, of "d" a label; B2 has said something of "c"."""
    session.set_annotator("B2")
    session.go_to(session.key_of("c") or 0)
    mark(session, 0, 4, "ACTOR")
    session.set_annotator("A1")
    session.go_to(session.key_of("d") or 0)
    mark(session, 0, 4, "CASUALTY")
    session.go_to(session.key_of("a") or 0)
    mark(session, 0, 3)

    def question(desk: Desk) -> Step:
        span = desk.annotations.ordered()[0]
        change = Change(desk.document.id, removed=(span,), added=(span._replace(note="قصف؟"),))
        return begun(desk, "note", change, desk.place)

    session.do(question, place=Place())


@pytest.mark.parametrize(
    ("wish", "ids"),
    [
        ({"labels": ("LOCATION",)}, "a"),
        ({"labels": ("LOCATION", "CASUALTY", "CUE"), "sort": "spans"}, "ad"),
        ({"labels": ("ACTOR",)}, ""),
        ({"annotator": "B2"}, "c"),
        ({"annotator": "A1"}, "ad"),
        ({"annotator": ""}, "b"),
        ({"notes": True}, "a"),
        ({"since": "2026-03-02"}, "ab"),
        ({"until": "2026-03-02"}, "ad"),
        ({"since": "2026-03-02", "until": "2026-03", "labels": ("LOCATION",)}, "a"),
        ({"address": "EXAMPLE/1"}, "a"),
        ({"text": "هدنه ميناء"}, "b"),
        ({"text": "ميناء", "labels": ("LOCATION",)}, ""),
        ({"sort": "address"}, "abcd"),
    ],
)
def test_the_list_is_filtered_by_what_was_said_of_articles(session: Session, wish: dict[str, object], ids: str) -> None:
    annotated(session)
    assert found(session, **wish) == ids


def test_articles_with_problems_are_found_when_they_were_judged_as_they_are(session: Session) -> None:
    annotated(session)
    assert found(session, problems=True) == ""
    assert session.unjudged() == 2
    heard: list[int] = []
    assert judge(session.path, "A1", heard.append) == 2
    assert (heard, session.unjudged()) == ([2], 0)
    bad = found(session, problems=True)
    session.go_to(session.key_of("a") or 0)
    mark(session, 0, 3, "NO_SUCH_LABEL")
    assert session.unjudged() == 1 and found(session, problems=True) == bad.replace("a", "")
    assert [problem.code for problem in session.problems if problem.name == "NO_SUCH_LABEL"] == ["label-unknown"]
    assert found(session, problems=True) == "".join(sorted({*bad, "a"})) and session.unjudged() == 0
    session.set_schema(replace(session.schema, version="9"))
    assert session.unjudged() == 2 and found(session, problems=True) == ""
