from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from app import opening
from app.errors import Fault, FaultyFile, HashiyaError, ProjectError, SourceError
from app.session import Session
from app.store import disk
from app.wording import describe
from tests.store.made_projects import ARTICLE, mark, opened, record, span, surfaces, write, write_training


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def codes(session: Session) -> list[str]:
    return [notice.code for notice in session.notices]


def test_the_same_file_opens_the_same_project_again(tmp_path: Path) -> None:
    article = write(tmp_path / "article.txt")
    first = opened(article)
    mark(first, 0, 6)
    first.close()
    for path in (article, tmp_path / "article.hashiya"):
        again = opened(path)
        assert surfaces(again) == [("LOCATION", "اقتحمت")] and codes(again) == []
        again.close()
    os.utime(article, (1, 1))
    again = opened(article)
    assert (again.path, codes(again)) == (first.path, [])
    again.close()


def test_a_name_that_another_source_has_taken_gets_a_number_and_is_found_again(tmp_path: Path) -> None:
    sources = [
        write(tmp_path / "a.txt"),
        write(tmp_path / "a.md", "# نص"),
        write(tmp_path / "a.jsonl", '{"text":"ن"}\n'),
    ]
    for _time in range(2):
        paths = []
        for source in sources:
            session = opened(source)
            paths.append(session.path.name)
            session.close()
        assert paths == ["a.hashiya", "a-2.hashiya", "a-3.hashiya"]


def test_a_source_that_has_changed_is_told_and_comes_as_a_new_article_when_asked_for(tmp_path: Path) -> None:
    article = write(tmp_path / "article.txt")
    session = opened(article)
    mark(session, 0, 6)
    session.close()
    write(article, "مقدمة. " + ARTICLE)

    session = opened(article)
    assert codes(session) == ["source-changed"]
    assert "article.txt" in describe(session.notices[0])
    assert (session.document.text, surfaces(session)) == (ARTICLE, [("LOCATION", "اقتحمت")])
    report = session.add_changed_source()
    assert (report.documents, report.refused, session.count, codes(session)) == (1, 0, 2, [])
    assert [row.id for row in session.rows(0, 5)] == ["article", "article-2"]
    assert session.document.id == "article" and surfaces(session) == [("LOCATION", "اقتحمت")]
    key = session.next_key()
    assert key is not None
    session.go_to(key)
    assert session.document.text.startswith("مقدمة") and surfaces(session) == []
    session.close()
    session = opened(article)
    assert codes(session) == []
    session.close()


def test_of_a_changed_corpus_only_what_is_new_is_added(tmp_path: Path) -> None:
    lines = '{"id":"a","text":"ا"}\n{"id":"b","text":"ب"}\n'
    corpus = write(tmp_path / "corpus.jsonl", lines)
    opened(corpus).close()
    write(corpus, lines.replace("ب", "بب") + '{"id":"c","text":"ج"}\n')
    session = opened(corpus)
    report = session.add_changed_source()
    assert [row.id for row in session.rows(0, 9)] == ["a", "b", "b-2", "c"]
    assert (report.documents, report.there) == (2, 1)
    session.close()


def test_a_source_that_is_gone_keeps_nobody_from_the_project(tmp_path: Path) -> None:
    article = write(tmp_path / "article.txt")
    opened(article).close()
    article.unlink()
    session = opened(tmp_path / "article.hashiya")
    assert codes(session) == []
    with pytest.raises(SourceError, match="source-missing"):
        session.add_changed_source()
    session.close()


def test_a_project_that_was_made_empty_has_no_source_to_add(tmp_path: Path) -> None:
    session = Session.create(tmp_path / "p.hashiya")
    with pytest.raises(ProjectError, match="project-without-source"):
        session.add_changed_source()
    session.close()
    with pytest.raises(ProjectError, match="project-exists"):
        Session.create(tmp_path / "p.hashiya")


def test_a_training_file_opens_the_project_that_wrote_it(tmp_path: Path) -> None:
    session = opened(write(tmp_path / "article.txt"))
    mark(session, 0, 6)
    session.publish()
    session.close()
    again = opened(tmp_path / "article.annotations.jsonl")
    assert again.path == session.path
    again.close()


def test_a_training_file_of_somebody_else_makes_a_project_like_any_file(tmp_path: Path) -> None:
    opened(write(tmp_path / "article.txt")).close()
    training = write_training(tmp_path / "article.annotations.jsonl", record(spans=(span("s", 0, 6),)))
    for _time in range(2):
        session = opened(training)
        assert (session.path.name, surfaces(session)) == ("article-2.hashiya", [("LOCATION", "اقتحمت")])
        session.close()


def test_a_training_file_that_was_changed_by_hand_is_no_longer_the_projects_own(tmp_path: Path) -> None:
    session = opened(write(tmp_path / "article.txt"))
    mark(session, 0, 6)
    published = session.publish().path
    session.close()
    published.write_bytes(published.read_bytes() * 2)
    again = opened(published)
    assert again.path.name == "article-2.hashiya"
    again.close()


def test_what_is_wrong_with_a_file_is_reported_and_the_rest_is_there(tmp_path: Path) -> None:
    good = [f'{{"id":"{number}","text":"نص"}}' for number in range(3)]
    corpus = write(
        tmp_path / "corpus.jsonl", "\n".join([good[0], "[]", good[1], '{"id":"x"}', good[0], good[2]]) + "\n"
    )
    faults: list[Fault] = []
    session = Session.open(corpus, report=faults.append)
    assert [(fault.line, fault.code) for fault in faults] == [
        (2, "not-an-object"),
        (4, "key-required"),
        (5, "line-twice"),
    ]
    assert session.count == 3
    session.close()


# Bad input: one clear error that names the file, and nothing left behind


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.txt", b"", "file-empty"),
        ("a.txt", b"\xef\xbb\xbf", "file-empty"),
        ("a.txt", "نص".encode("cp1256"), "not-utf8"),
        ("a.txt", "نص".encode("utf-16"), "not-utf8-but-utf16"),
        ("a.jsonl", b"", "file-empty"),
        ("a.jsonl", b"[]\n", "not-an-object"),
        ("a.jsonl", b'{"id": "a"}\n', "key-required"),
    ],
)
def test_a_file_without_an_article_names_its_fault_and_makes_no_project(
    tmp_path: Path, name: str, content: bytes, fault: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FaultyFile, match="nothing-read") as refused:
        Session.open(tmp_path / name)
    assert [found.code for found in refused.value.faults] == [fault]
    assert name in describe(refused.value)
    assert names(tmp_path) == [name]


def test_a_folder_and_a_missing_file_are_refused_by_name(tmp_path: Path) -> None:
    for name, code in (("folder", "source-is-directory"), ("no", "source-missing")):
        for suffix in (".txt", ".jsonl", ".hashiya"):
            path = tmp_path / (name + suffix)
            if name == "folder":
                path.mkdir()
            with pytest.raises(SourceError, match=code) as refused:
                Session.open(path)
            assert path.name in describe(refused.value)
    assert names(tmp_path) == ["folder.hashiya", "folder.jsonl", "folder.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes there")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(SourceError, match="source-is-no-file"):
        Session.open(tmp_path / "pipe.txt")
    assert names(tmp_path) == ["pipe.txt"]


def refuse(number: int, **where: str) -> object:
    def refused(path: Path, *_arguments: object, **_named: object) -> None:
        raise OSError(number, os.strerror(number), str(path))

    return refused


@pytest.mark.parametrize("number", [13, 30, 28])
def test_a_folder_that_cannot_be_written_is_named_and_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    article = write(tmp_path / "article.txt")
    monkeypatch.setattr(Path, "touch", refuse(number))
    with pytest.raises(SourceError, match="folder-not-writable") as refused:
        Session.open(article)
    assert str(tmp_path) in describe(refused.value) and "article.hashiya" in describe(refused.value)
    assert names(tmp_path) == ["article.txt"]


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article = write(tmp_path / "article.txt")
    monkeypatch.setattr(Path, "open", refuse(13))
    with pytest.raises(SourceError, match="source-forbidden") as refused:
        Session.open(article)
    assert "article.txt" in describe(refused.value)
    assert names(tmp_path) == ["article.txt"]


@pytest.mark.parametrize("at", ["take_in", "place"])
@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), ProjectError("project-disk-full", file="x", reason=""), OSError(5, "I/O")]
)
def test_whatever_stops_the_making_of_a_project_leaves_no_half_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str, error: BaseException
) -> None:
    def stop(*_arguments: object, **_named: object) -> None:
        raise error

    article = write(tmp_path / "article.txt")
    monkeypatch.setattr(*((opening, at) if at == "take_in" else (disk, at)), stop)
    with pytest.raises((KeyboardInterrupt, HashiyaError)) as stopped:
        Session.open(article)
    if isinstance(stopped.value, ProjectError):
        assert stopped.value.values["file"] == str(tmp_path / "article.hashiya")
    assert names(tmp_path) == ["article.txt"]


def test_a_project_that_another_program_made_in_the_same_moment_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = write(tmp_path / "article.txt")
    real = opening.take_in

    def slowly(*arguments: object, **named: object) -> object:
        monkeypatch.setattr(opening, "take_in", real)
        other = opened(article, annotator="quicker")
        other.close()
        return real(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(opening, "take_in", slowly)
    session = opened(article, annotator="")
    assert session.annotator == "quicker"
    session.close()
    assert names(tmp_path) == ["article.hashiya", "article.txt"]


def test_what_unfinished_work_left_is_swept_away_once_it_is_forgotten(tmp_path: Path) -> None:
    article = write(tmp_path / "[a].txt")
    opened(article).close()
    old, young, other = (
        tmp_path / name for name in (".[a].hashiya.1.part", ".[a].hashiya.2.part", ".a.hashiya.1.part")
    )
    for path in (old, young, other):
        path.touch()
    before = time.time() - 2 * opening.FORGOTTEN_SECONDS
    os.utime(old, (before, before))
    os.utime(other, (before, before))
    opened(article).close()
    assert [path.exists() for path in (old, young, other)] == [False, True, True]


ODD = "a b#c%20.txt" if sys.platform == "win32" else "a b#c?d%20.txt"


@pytest.mark.parametrize("name", ["مقال.txt", ODD, "ا" * 100 + ".txt", "-x.txt", "a.b.c.txt", "noSuffix"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    article = write(tmp_path / name)
    session = opened(article)
    mark(session, 0, 6)
    session.publish()
    session.close()
    assert names(tmp_path) == sorted([name, article.stem + ".hashiya", article.stem + ".annotations.jsonl"])


def test_where_nothing_can_be_taken_away_any_more_the_first_refusal_is_what_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_path: object, **_wishes: object) -> None:
        raise OSError(30, "read-only")

    corpus = write(tmp_path / "corpus.jsonl", '{"text": "كركوك"}\n')
    monkeypatch.setattr("app.store.disk.flush_file", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(SourceError, match="folder-not-writable"):
        opening.find_or_make(corpus)
    assert not (tmp_path / "corpus.hashiya").exists()
