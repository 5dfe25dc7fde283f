from __future__ import annotations

import os
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings

from app import publish as publishing
from app.edit.commands import set_status
from app.edit.steps import Place
from app.errors import ProjectError, SourceError
from app.formats.native import encode
from app.formats.native_check import check_file
from app.model.annotation import Relation
from app.model.record import Record
from app.publish import Published, publish
from app.session import Session
from app.store import disk
from app.wording import describe
from tests.formats.made_records import records
from tests.store.made_projects import mark, opened, record, span, write, write_training

NOWHERE = Place()


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return opened(write(tmp_path / "a.txt"))


def lines(path: Path) -> list[dict[str, object]]:
    return [orjson.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if "hashiya" not in path.name)


def hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_the_training_file_holds_what_was_marked_and_passes_every_check(session: Session) -> None:
    mark(session, 19, 24)
    published = session.publish()
    assert (published.path, published.finished, published.lines) == (session.training_file, True, 1)
    assert published.size == session.training_file.stat().st_size
    (line,) = lines(session.training_file)
    assert (line["annotator"], line["status"], line["schema"]) == ("A1", "in_progress", session.schema.name)
    assert [(each["start"], each["end"], each["text"]) for each in line["spans"]] == [(19, 24, "كركوك")]  # type: ignore[attr-defined]
    assert list(check_file(session.training_file)) == []
    session.close()


def test_nothing_is_written_before_an_article_was_begun(session: Session) -> None:
    assert session.publish() == Published(session.training_file)
    mark(session, 0, 6)
    session.undo()
    session.publish()
    assert names(session.path.parent) == ["a.txt"]
    session.close()


def test_when_the_last_article_is_new_again_the_file_is_empty(session: Session) -> None:
    mark(session, 0, 6)
    session.publish()
    session.undo()
    assert session.behind == 1
    session.publish()
    assert (session.training_file.read_bytes(), session.behind) == (b"", 0)
    session.close()


def test_how_far_the_file_is_behind_is_counted_in_articles(tmp_path: Path) -> None:
    session = opened(write(tmp_path / "c.jsonl", "".join(f'{{"id":"{n}","text":"نص {n}"}}\n' for n in range(3))))
    behind = [session.behind]
    for key in (1, 2):
        session.go_to(key)
        mark(session, 0, 2)
        mark(session, 3, 4)
        behind.append(session.behind)
    session.publish()
    behind.append(session.behind)
    session.undo()
    behind.append(session.behind)
    assert behind == [0, 1, 2, 0, 1]
    session.close()
    again = opened(session.path)
    assert again.behind == 1
    again.close()


def test_a_file_that_is_up_to_date_is_not_written_again_and_one_that_is_gone_is(session: Session) -> None:
    mark(session, 0, 6)
    session.publish()
    before = session.training_file.stat()
    session.publish()
    assert session.training_file.stat().st_ino == before.st_ino
    session.training_file.unlink()
    session.publish()
    assert session.training_file.exists()
    session.close()


def test_articles_stand_in_the_order_of_the_project_and_new_ones_are_left_out(tmp_path: Path) -> None:
    session = opened(write(tmp_path / "c.jsonl", "".join(f'{{"id":"{n}","text":"نص {n}"}}\n' for n in range(4))))
    for key in (4, 1, 3):
        session.go_to(key)
        session.do(set_status("skipped" if key == 4 else "complete"), place=NOWHERE)
    session.publish()
    found = [(line["id"], line["status"]) for line in lines(session.training_file)]
    assert found == [("0", "complete"), ("2", "complete"), ("3", "skipped")]
    session.close()


@settings(max_examples=15)
@given(given=records())
def test_a_training_file_goes_through_a_project_and_comes_out_the_same_but_for_its_suggestions(
    tmp_path_factory: pytest.TempPathFactory, given: Record
) -> None:
    folder = tmp_path_factory.mktemp("through")
    assert given.annotations is not None
    state = given.annotations.state
    if state.status == "new" or not given.document.id:
        return
    accepted = {id: each for id, each in given.annotations.spans.items() if each.status == "accepted"}
    between = [each for each in given.annotations.relations.values() if {each.head, each.child} <= set(accepted)]
    wanted = given._replace(annotations=type(given.annotations).of(accepted.values(), between, state))
    session = opened(write_training(folder / "b.jsonl", given), annotator="")
    session.publish()
    assert session.training_file.read_bytes() == encode(wanted)
    session.close()


def test_suggestions_stay_out_and_so_do_relations_that_lead_to_them(tmp_path: Path) -> None:
    spans = (span("s1", 0, 6), span("s2", 7, 13, status="suggested"), span("s3", 19, 24, note="؟"))
    given = record(spans=spans)
    assert given.annotations is not None
    links = [Relation("r1", "SAID_BY", "s1", "s2"), Relation("r2", "SAID_BY", "s1", "s3")]
    given = given._replace(annotations=type(given.annotations).of(spans, links, given.annotations.state))
    session = opened(write_training(tmp_path / "b.jsonl", given), annotator="")
    session.publish()
    (line,) = lines(session.training_file)
    assert [each["id"] for each in line["spans"]] == ["s1", "s3"]  # type: ignore[attr-defined]
    assert [each["id"] for each in line["relations"]] == ["r2"]  # type: ignore[attr-defined]
    assert session.rows(0, 1)[0].spans == 2
    session.close()


# A file that this project did not write


def test_a_file_of_somebody_else_is_never_overwritten_and_that_is_told_once(session: Session) -> None:
    taken = write(session.path.with_name("a.annotations.jsonl"), "mine\n")
    mark(session, 0, 6)
    first = session.publish()
    assert first.path.name == "a.annotations-2.jsonl" and taken.read_bytes() == b"mine\n"
    assert [notice.code for notice in session.notices] == ["training-file-taken"]
    assert "a.annotations-2.jsonl" in describe(session.notices[0])
    mark(session, 7, 13)
    assert session.publish() == first._replace(size=first.path.stat().st_size, notices=())
    session.close()
    again = opened(session.path)
    mark(again, 14, 18)
    assert again.publish().path == first.path and again.notices == []
    again.close()


def test_our_own_file_is_left_alone_once_somebody_has_changed_it(session: Session) -> None:
    mark(session, 0, 6)
    ours = session.publish().path
    ours.write_bytes(ours.read_bytes() + b"\n")
    edited = ours.read_bytes()
    mark(session, 7, 13)
    second = session.publish()
    assert (second.path.name, ours.read_bytes()) == ("a.annotations-2.jsonl", edited)
    assert [notice.code for notice in second.notices] == ["training-file-taken"]
    session.close()


@pytest.mark.parametrize("obstacle", ["folder", "dangling link"])
def test_a_folder_or_a_link_of_that_name_is_left_alone_too(session: Session, obstacle: str) -> None:
    taken = session.path.with_name("a.annotations.jsonl")
    if obstacle == "folder":
        taken.mkdir()
    else:
        taken.symlink_to("nowhere")
    mark(session, 0, 6)
    assert session.publish().path.name == "a.annotations-2.jsonl"
    assert taken.is_dir() or taken.is_symlink()
    session.close()


def test_a_project_that_was_moved_with_its_file_knows_it_and_one_that_was_renamed_writes_a_new_one(
    session: Session, tmp_path: Path
) -> None:
    mark(session, 0, 6)
    session.publish()
    session.close()
    other = tmp_path / "other"
    other.mkdir()
    for name in ("a.hashiya", "a.annotations.jsonl"):
        (tmp_path / name).rename(other / name)
    os.utime(other / "a.annotations.jsonl", (1, 1))
    moved = opened(other / "a.hashiya")
    mark(moved, 7, 13)
    assert (moved.publish().path, moved.notices) == (other / "a.annotations.jsonl", [])
    moved.close()
    (other / "a.hashiya").rename(other / "b.hashiya")
    renamed = opened(other / "b.hashiya")
    assert renamed.publish().path == other / "b.annotations.jsonl"
    renamed.close()


# What goes wrong


def test_a_publication_that_is_stopped_leaves_the_file_as_it_was(session: Session) -> None:
    mark(session, 0, 6)
    session.publish()
    before = session.training_file.read_bytes()
    mark(session, 7, 13)
    asked: list[bool] = []

    def should_stop() -> bool:
        asked.append(True)
        return len(asked) > 1

    stopped = session.publish(should_stop=should_stop)
    assert (stopped.finished, stopped.lines, session.training_file.read_bytes()) == (False, 0, before)
    assert session.behind == 1 and hidden(session.path.parent) == []
    session.publish()
    assert session.behind == 0
    session.close()


def test_a_long_article_asks_often_whether_to_stop(tmp_path: Path) -> None:
    text = "كركوك " * 3000
    many = tuple(span(f"{n:05}", n * 6, n * 6 + 5) for n in range(3000))
    session = opened(write_training(tmp_path / "b.jsonl", record(text=text, spans=many)), annotator="")
    asked: list[bool] = []
    session.publish(should_stop=lambda: bool(asked.append(True)))
    assert len(asked) > 3000 / 100
    session.close()


@pytest.mark.parametrize("where", ["write", "flush", "replace", "folder"])
def test_a_disk_that_fails_leaves_the_old_file_the_project_and_a_message(
    session: Session, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    mark(session, 0, 6)
    session.publish()
    before = session.training_file.read_bytes()
    mark(session, 7, 13)

    def fail(*_arguments: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    places = {
        "write": (publishing, "encode_pieces"),
        "flush": (os, "fsync"),
        "replace": (Path, "replace"),
        "folder": (disk, "flush_folder"),
    }
    with monkeypatch.context() as broken:
        broken.setattr(*places[where], fail)
        with pytest.raises(SourceError, match="training-file-unwritable") as refused:
            session.publish()
    assert "a.annotations.jsonl" in describe(refused.value) and hidden(session.path.parent) == []
    assert session.behind == 1
    if where != "folder":
        assert session.training_file.read_bytes() == before
    # When the disk is back, the file is still known as ours.
    assert session.publish().path.name == "a.annotations.jsonl" and session.behind == 0
    assert list(check_file(session.training_file)) == []
    session.close()


def test_a_crash_after_the_file_was_put_in_place_does_not_make_it_a_strangers(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_folder: Path) -> None:
        raise KeyboardInterrupt

    mark(session, 0, 6)
    with monkeypatch.context() as dying:
        dying.setattr(disk, "flush_folder", die)
        with pytest.raises(KeyboardInterrupt):
            session.publish()
    assert session.training_file.name == "a.annotations.jsonl" and session.training_file.exists()
    again = session.publish()
    assert (again.path.name, again.notices) == ("a.annotations.jsonl", ())
    session.close()


def test_a_damaged_article_keeps_the_last_good_file(session: Session) -> None:
    mark(session, 0, 6)
    session.publish()
    before = session.training_file.read_bytes()
    mark(session, 7, 13)
    with session._database.writing() as connection:
        connection.exec_driver_sql("UPDATE documents SET text = 'x'")
    with pytest.raises(ProjectError, match="text-damaged"):
        session.publish()
    assert session.training_file.read_bytes() == before and hidden(session.path.parent) == []
    session.close()


def test_a_thread_of_its_own_publishes_what_was_there_when_it_began(session: Session) -> None:
    mark(session, 0, 6)
    seen: list[int] = []

    def hand_moves() -> bool:
        if not seen:
            mark(session, 7, 13)
        seen.append(1)
        return False

    session.note_published(publish(session.path, should_stop=hand_moves))
    (line,) = lines(session.training_file)
    assert len(line["spans"]) == 1 and session.behind == 1  # type: ignore[arg-type]
    session.close()


def test_only_a_file_above_twenty_megabytes_is_large(session: Session) -> None:
    mark(session, 0, 6)
    assert not session.training_file_is_large
    session.publish()
    assert not session.training_file_is_large
    size = str(session.training_file.stat().st_size)
    with session._database.writing() as connection:
        grown = "UPDATE project SET value = replace(value, ?, '20971521') WHERE name = 'published'"
        connection.exec_driver_sql(grown, (size,))
    assert session.training_file_is_large
    session.close()
