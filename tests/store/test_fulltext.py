from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.model.document import Document
from app.search import candidates, index_texts
from app.store import documents, fulltext, migrations, removing
from app.store.engine import Database
from app.store.settings import write
from app.text.find import Search, matches, said_by
from tests.store.made_projects import MOMENT, opened

HOSTILE = [
    '"',
    '"*',
    "a* OR b",
    "NEAR(a b)",
    "(((",
    "text:كركوك",
    "^a",
    "- {a} +b",
    "\0",
    "كر\0كوك",
    "';--",
    "ا" * 100_000,
]
HOSTILE += ["\ud800", "\ue000", "%_", "AND", "ب" * 9000 + " ا", "[*?]", "\\"]
LETTERS = "اأإآٱبتيىیئوؤهةکكلسفءہركוםאa1١۱é"
SIGNS = " \n.,،«»-_'\"\u064b\u0651\u0640\u0654\u05b8\u200c😀\u0301٪\ufefb"
WORDS = ("كركوك", "وبالكركوك", "ركو", "الكُركوك", "UN-WFP", "שָׁלוֹם", "مدینہ", "مدينة", "١٢", "ال", "لل", "شيء", "١2٣")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Database]:
    with closing(made(tmp_path / "p.hashiya")) as database:
        yield database


def made(path: Path) -> Database:
    path.touch()
    database = Database(path)
    migrations.make(database)
    database.pragma("synchronous", "OFF")
    return database


def fill(database: Database, texts: Iterable[str]) -> list[int]:
    with database.writing() as connection:
        return [documents.add(connection, Document(f"d{n}", text), MOMENT) for n, text in enumerate(texts)]


def asked(database: Database, said: str) -> set[int] | None:
    """The keys that the index names for a search of `said`; None when it leaves that to who reads the texts."""
    wanted = fulltext.wanted(said)
    if wanted is None:
        return None
    with database.reading() as connection:
        further = fulltext.further(connection, wanted)
        return None if further is None else {*fulltext.likely(connection, wanted), *further}


def positions(database: Database, text: str) -> list[int]:
    with database.reading() as connection:
        return [key - 1 for key in fulltext.with_words(connection, text)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("قَصَفَ الطَّيرانُ", "قصف"),
        ("أحمد وإبراهيم", "ابراهيم"),
        ("مستشفى", "مستشفي"),
        ("المدينة", "المدينه"),
        ("کردستان و ایران", "كردستان"),
        ("مدینہ", "مدينه"),
        ("שָׁלוֹם", "שלום"),
        ("قتل ١٢ جندياً", "12"),
        ("ﻛﺮﻛﻮﻙ", "كركوك"),
        ("The UN-WFP said", "un-wfp"),
        ("كـركـوك", "كركوك"),
    ],
)
def test_spellings_that_readers_take_for_one_are_found_by_each_other(project: Database, text: str, said: str) -> None:
    key, other = fill(project, [text, "لا شيء هنا"])
    for one in (said, text):
        assert asked(project, one) == {key}
    assert positions(project, said) == [0] and other


def test_a_word_is_met_after_its_clitics_and_inside_of_longer_words(project: Database) -> None:
    plain, attached, article, fused, inside = fill(project, ["كركوك", "وبكركوك", "فبالكركوك", "للكركوك", "زكركوكي"])
    with project.reading() as connection:
        wanted = fulltext.wanted("كركوك")
        assert wanted is not None
        assert fulltext.likely(connection, wanted) == [plain, attached, article, fused]
        assert inside in (fulltext.further(connection, wanted) or [])
        assert fulltext.count(connection, "كركوك") == 5
    assert positions(project, "كركو") == [0, 1, 2, 3]


def test_a_word_that_came_after_a_search_is_met_inside_of_longer_ones_by_the_next(project: Database) -> None:
    fill(project, ["قال كركوكيون"])
    assert asked(project, "ركوكي") == {1}
    with project.writing() as connection:
        documents.add(connection, Document("later", "مكركوكيات"), MOMENT)
    assert asked(project, "ركوكي") == {1, 2}


def test_several_words_are_all_wanted_in_any_order_by_the_list_and_in_a_row_by_a_search(project: Database) -> None:
    row, apart, _one = fill(project, ["قال وزير الدفاع", "الدفاع عند الوزير", "وزير"])
    assert positions(project, "وزير دفاع") == positions(project, "دفاع «وزير»!") == [0, 1]
    assert asked(project, "وزير الدفاع") == {row, apart}
    found = [
        text.key
        for text in candidates(project, "وزير الدفاع", lambda: False)
        if matches(text.text, Search("وزير الدفاع"))
    ]
    assert found == [row]
    assert positions(project, " ،. ") == positions(project, "") == []


def test_what_is_taken_out_is_found_no_longer_and_its_key_may_serve_another(project: Database) -> None:
    _first, last = fill(project, ["قصف كركوك", "معركة كركوك"])
    with project.writing() as connection:
        removing.remove(connection, [last], "A1", MOMENT)
    assert positions(project, "كركوك") == [0] and not asked(project, "معركة")
    with project.writing() as connection:
        assert documents.add(connection, Document("new", "هدوء في البصرة"), MOMENT) == last
    assert not asked(project, "معركة") and asked(project, "البصرة") == {last}


@pytest.mark.parametrize("said", HOSTILE)
def test_nothing_that_is_typed_reaches_the_database_as_its_syntax(project: Database, said: str) -> None:
    key = fill(project, ['"كركوك" NEAR(a b) AND text:* (12) \ue000'])[0]
    assert positions(project, said) in ([], [0])
    found = asked(project, said)
    assert found is None or found <= {key}


def test_a_word_longer_than_the_index_keeps_is_looked_into_all_the_same(project: Database) -> None:
    long, _short = fill(project, ["ا" * 60_000 + "كركوك", "لا شيء"])
    assert asked(project, "كركوك") == {long}


def test_each_letter_that_the_index_is_asked_about_is_one_word_there() -> None:
    raw = sqlite3.connect(":memory:")
    for definition in migrations._WORDS:
        raw.execute(definition)
    every = [chr(code) for code in range(1, 0x3000)]
    letters = [ch for ch in every if fulltext._WORD.fullmatch(ch) and unicodedata.category(ch) != "Cn"]
    for key, ch in enumerate(letters):
        raw.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (key, f"{ch} {ch}{ch}"))
    terms = {row[0] for row in raw.execute("SELECT term FROM vocabulary")}
    assert terms == {word for ch in letters for word in (ch, ch + ch)}
    for ch in filter(fulltext._BETWEEN.fullmatch, every):
        raw.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (0x10000, f"x{ch}y"))
    assert {row[0] for row in raw.execute("SELECT term FROM vocabulary")} - terms == {"x", "y"} - terms
    raw.close()


said = st.one_of(st.sampled_from(WORDS), st.text(LETTERS + SIGNS, max_size=6))
texts = st.lists(
    st.lists(said, max_size=8).map(" ".join) | st.lists(said, max_size=6).map("".join), min_size=1, max_size=6
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts, said, st.sampled_from(["folded", "exact"]))
def test_the_index_names_every_text_that_a_scan_finds_something_in(
    project: Database, texts: list[str], said: str, mode: str
) -> None:
    keys = fill(project, texts)
    search = Search(said, mode)  # type: ignore[arg-type]
    scanned = {key for key, text in zip(keys, texts, strict=True) if matches(text, search)}
    found = asked(project, said_by(search)) if said_by(search) else None
    with project.reading() as connection:
        counted = fulltext.count(connection, said) if mode == "folded" else None
    with project.writing() as connection:
        removing.remove(connection, keys, "A1", MOMENT)
        left = connection.exec_driver_sql("SELECT count(*) FROM vocabulary").scalar()
    assert found is None or scanned <= found
    assert counted is None or counted == len(scanned)
    assert left == 0


@pytest.mark.parametrize("version", [1, 3])
def test_an_older_project_is_searched_at_once_and_indexed_beside_the_work(tmp_path: Path, version: int) -> None:
    path = tmp_path / "old.hashiya"
    path.write_bytes((Path(__file__).parent / "fixtures" / f"version-{version}.hashiya").read_bytes())
    session = opened(path)
    word = session.document.text.split()[0]
    assert not session.is_indexed
    found = list(session.search(Search(word), "project"))
    assert found and positions(session._database, word)
    added = session.articles_with(Search(word))
    index_texts(path, lambda _done: None)
    assert session.is_indexed
    assert list(session.search(Search(word), "project")) == found and session.articles_with(Search(word)) == added
    session.close()


def test_an_index_of_another_folding_is_made_anew_and_goes_on_where_it_was_stopped(
    project: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fulltext, "_SECONDS", 0.0)
    fill(project, ["كركوك الأولى", "كركوك الثانية", "كركوك الثالثة"])
    with project.writing() as connection:
        write(connection, "fulltext", "another")
    with project.reading() as connection:
        assert fulltext.reach(connection) == 0
    for _round in range(2):
        with project.writing() as connection:
            assert fulltext.go_on(connection)
    # What came while it is not whole, and what goes, is told all the same.
    with project.writing() as connection:
        documents.add(connection, Document("late", "كركوك الرابعة"), MOMENT)
        removing.remove(connection, [1], "A1", MOMENT)
    assert positions(project, "كركوك") == [1, 2, 3]
    assert [text.id for text in candidates(project, "كركوك", lambda: False)] == ["d1", "d2", "late"]
    index_texts(project.path, lambda _done: None)
    assert positions(project, "كركوك") == [1, 2, 3] and positions(project, "الأولى") == []
    with project.reading() as connection:
        assert fulltext.reach(connection) == fulltext.ALL and fulltext.count(connection, "كركوك") == 3


def test_what_is_told_of_an_article_is_found_by_its_words_until_it_is_gone(project: Database) -> None:
    meta = (("source", "وكالة الأنباء"), ("date", "آذار 2024"), ("url", "https://berwan.example/n/7"))
    told = Document("d", "كركوك", "نرمدان برس", meta=meta)
    with project.writing() as connection:
        key = documents.add(connection, told, MOMENT)
        other = documents.add(connection, Document("e", "كركوك"), MOMENT)
    for _indexed_again in range(2):
        for said in ("الأنباء", "وكاله", "berw", "اذار", "نرمدان كركوك", "انباء نرمدان"):
            assert positions(project, said) == [0], said
        assert positions(project, "كركوك") == [0, 1]
        with project.reading() as connection:
            assert fulltext.with_words(connection, "berwan", in_told=False) == []
            assert fulltext.count(connection, "الأنباء") == 0  # no word of a text
        with project.writing() as connection:
            write(connection, "fulltext", "another")
        assert positions(project, "berwan") == [0]  # read, while the index is not made
        index_texts(project.path, lambda _done: None)
    with project.writing() as connection:
        removing.remove(connection, [key], "A1", MOMENT)
    assert positions(project, "الأنباء") == [] and positions(project, "كركوك") == [other - 1]
