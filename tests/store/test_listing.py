from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.edit.commands import set_status
from app.model.document import NameValue, Origin, origin_of
from app.model.place import Place
from app.session import Session
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
    rows = session.rows_at(session.find(**wish))  # type: ignore[arg-type]
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
        ({"statuses": ["new"], "source": "Anadolu"}, "b"),
        ({"source": "nobody"}, ""),
    ],
)
def test_the_list_is_filtered_by_where_articles_come_from(session: Session, wish: dict[str, object], ids: str) -> None:
    assert found(session, **wish) == ids
