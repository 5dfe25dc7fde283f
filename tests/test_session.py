from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.edit.commands import delete, label, relabel, set_flag, set_note, set_status
from app.edit.steps import Place, Step
from app.errors import AnnotatorUnknown, CallError, EditRefused, ProjectError
from app.model.annotation import Annotations
from app.session import Session
from app.store.listing import DocumentRow
from tests.store.made_projects import ARTICLE, mark, opened, record, span, surfaces, write, write_training

NOWHERE = Place()


@pytest.fixture
def article(tmp_path: Path) -> Path:
    return write(tmp_path / "article.txt")


def three(folder: Path) -> Path:
    lines = [f'{{"id": "a{number}", "title": "مقال {number}", "text": "نص {number}"}}\n' for number in (1, 2, 3)]
    return write(folder / "corpus.jsonl", "".join(lines))


def test_an_article_opens_as_it_stands_in_its_file_with_its_project_beside_it(article: Path) -> None:
    session = opened(article, annotator="")
    assert session.path == article.with_suffix(".hashiya")
    assert (session.name, session.count, session.document.id) == ("article", 1, "article")
    assert (session.document.text, session.document.language) == (ARTICLE, "ar")
    assert session.annotations == Annotations()
    session.close()


def test_every_character_of_a_text_is_kept_line_ends_and_all(tmp_path: Path) -> None:
    text = "\ufeffا\r\nب\rج\u2028د\u0085ه\x00\x1c\tلّـَ 😀\u200f \n\n"
    session = opened(write(tmp_path / "a.txt", "\ufeff" + text))
    assert session.document.text == text
    session.close()


def test_a_label_is_there_again_after_closing_and_undo_still_takes_it_back(article: Path) -> None:
    session = opened(article)
    mark(session, 19, 24)
    mark(session, 0, 6, "ACTOR")
    session.undo()
    session.close()

    again = opened(article)
    assert surfaces(again) == [("LOCATION", "كركوك")]
    assert (again.can_undo, again.can_redo) == (True, True)
    again.redo()
    assert surfaces(again) == [("ACTOR", "اقتحمت"), ("LOCATION", "كركوك")]
    assert again.undo() and again.undo()
    assert again.undo() is None
    assert (again.annotations, again.can_undo) == (Annotations(), False)
    again.close()


def test_the_caret_goes_back_to_where_it_was_before_and_forward_to_where_it_was_after(article: Path) -> None:
    session = opened(article)
    done = session.do(label(19, 24, "LOCATION"), place=Place(24, 19))
    assert done is not None
    assert done.before == Place(24, 19) and done.after == Place(24, 24, done.changes[0].added[0].id)
    undone = session.undo()
    assert undone is not None and undone.after == Place(24, 19)
    redone = session.redo()
    assert redone is not None and redone.after == done.after
    session.close()


def test_a_new_step_ends_what_could_be_made_again(article: Path) -> None:
    session = opened(article)
    mark(session, 0, 6)
    session.undo()
    mark(session, 7, 13)
    assert session.redo() is None
    session.close()
    again = opened(article)
    assert not again.can_redo
    again.close()


def test_the_first_mark_asks_whose_it_is_and_a_mark_of_nothing_does_not(article: Path) -> None:
    session = opened(article, annotator="")
    with pytest.raises(EditRefused, match="nothing-selected"):
        session.do(label(6, 7, "ACTOR"), place=NOWHERE)
    with pytest.raises(AnnotatorUnknown):
        session.do(label(0, 6, "ACTOR"), place=NOWHERE)
    assert session.annotations == Annotations()
    session.set_annotator("  سارة \n ب ")
    mark(session, 0, 6)
    session.close()
    again = opened(article, annotator="")
    assert again.annotator == "سارة ب"
    mark(again, 7, 13)
    again.close()


@pytest.mark.parametrize("name", ["", " \n", "ا" * 201])
def test_a_name_that_is_none_is_refused(article: Path, name: str) -> None:
    session = opened(article, annotator="")
    with pytest.raises(CallError, match="bad-annotator-name"):
        session.set_annotator(name)
    assert session.annotator == ""
    session.close()


def test_everybody_who_listens_hears_of_a_step_once_it_is_on_the_disk(article: Path) -> None:
    session, heard = opened(article), []
    session.changed.connect(lambda step, origin: heard.append((step.command, origin, len(session.annotations.spans))))
    session.saved.connect(lambda moment: heard.append(moment == session.last_commit))
    session.do(label(0, 6, "ACTOR"), place=NOWHERE, origin="canvas")
    session.undo("menu")
    session.redo("key")
    assert heard == [("label", "canvas", 1), True, ("label", "menu", 0), True, ("label", "key", 1), True]
    session.close()


def test_counts_of_labels_follow_every_step(article: Path) -> None:
    session = opened(article)
    first = mark(session, 0, 6, "ACTOR").changes[0].added[0].id
    mark(session, 7, 13, "ACTOR")
    mark(session, 14, 18, "QUOTE")
    assert session.label_counts == {"ACTOR": 2, "QUOTE": 1}
    session.do(relabel([first], "QUOTE"), place=NOWHERE)
    assert session.label_counts == {"ACTOR": 1, "QUOTE": 2}
    session.do(delete(session.annotations.spans), place=NOWHERE)
    assert session.label_counts == {}
    session.undo()
    assert session.label_counts == {"ACTOR": 1, "QUOTE": 2}
    session.close()


def test_the_list_of_articles_and_its_counts_say_how_far_each_is(tmp_path: Path) -> None:
    session = opened(three(tmp_path))
    assert session.counts() == {"new": 3}
    mark(session, 0, 2)
    session.do(set_status("complete"), place=NOWHERE)
    second = session.next_key()
    assert second is not None
    session.go_to(second)
    mark(session, 0, 2)
    session.do(set_flag(True), place=NOWHERE)
    expected = [
        DocumentRow(1, "a1", "مقال 1", "complete", False, 1),
        DocumentRow(2, "a2", "مقال 2", "in_progress", True, 1),
        DocumentRow(3, "a3", "مقال 3", "new", False, 0),
    ]
    assert session.rows(0, 10) == expected
    assert session.rows(1, 1) == expected[1:2]
    assert session.rows(3, 5) == []
    assert session.counts() == {"complete": 1, "in_progress": 1, "new": 1}
    session.undo()
    session.undo()
    assert session.counts() == {"complete": 1, "new": 2}
    session.close()
    again = opened(session.path)
    assert again.counts() == {"complete": 1, "new": 2}
    again.close()


def test_one_goes_from_article_to_article_and_finds_the_next_that_is_not_done(tmp_path: Path) -> None:
    session, moved = opened(three(tmp_path)), []
    session.moved.connect(lambda: moved.append(session.document.id))
    assert (session.previous_key(), session.next_key(), session.next_open_key()) == (None, 2, 2)
    session.go_to(2)
    session.do(set_status("complete"), place=NOWHERE)
    session.go_to(3)
    assert (session.previous_key(), session.next_key(), session.next_open_key()) == (2, None, 1)
    session.go_to(1)
    assert session.next_open_key() == 3
    assert moved == ["a2", "a3", "a1"]
    for key in (1, 3):
        session.go_to(key)
        session.do(set_status("skipped"), place=NOWHERE)
    assert session.next_open_key() is None
    assert [session.position(key) for key in (1, 2, 3, 4)] == [0, 1, 2, None]
    session.close()


def test_a_project_opens_where_it_was_left_with_what_was_remembered(tmp_path: Path) -> None:
    session = opened(three(tmp_path))
    session.go_to(3)
    session.remember("place", "17", 3)
    session.remember("zoom", "120")
    session.remember("zoom", "130")
    assert session.recall("zoom") == "130"
    session.close()
    again = opened(session.path)
    assert (again.key, again.recall("place", 3), again.recall("place", 1), again.recall("zoom")) == (3, "17", "", "130")
    again.close()


def test_undo_belongs_to_the_article_that_is_open(tmp_path: Path) -> None:
    session = opened(three(tmp_path))
    mark(session, 0, 2)
    session.go_to(2)
    assert not session.can_undo
    mark(session, 3, 4)
    session.go_to(1)
    assert session.can_undo and session.undo()
    session.go_to(2)
    assert surfaces(session) == [("LOCATION", "2")]
    session.close()


def test_the_flag_the_note_and_the_status_are_kept(article: Path) -> None:
    session = opened(article)
    session.do(set_note("راجع «الاقتباس»"), place=NOWHERE)
    session.do(set_flag(True), place=NOWHERE)
    session.do(set_status("skipped"), place=NOWHERE)
    assert session.do(set_status("skipped"), place=NOWHERE) is None
    session.close()
    again = opened(article)
    state = again.annotations.state
    assert (state.note, state.flagged, state.status) == ("راجع «الاقتباس»", True, "skipped")
    again.close()


# Whose layer is shown


def test_imported_annotations_are_shown_before_anybody_has_said_who_they_are(tmp_path: Path) -> None:
    given = record(spans=(span("s1", 19, 24),), status="complete")
    session = opened(write_training(tmp_path / "b.jsonl", given), annotator="")
    assert surfaces(session) == [("LOCATION", "كركوك")]
    assert session.rows(0, 1)[0][3:6] == ("complete", False, 1)
    session.close()


def test_the_annotator_of_an_imported_line_goes_on_with_it(tmp_path: Path) -> None:
    given = record(spans=(span("s1", 19, 24),))
    session = opened(write_training(tmp_path / "b.jsonl", given), annotator="B2")
    mark(session, 0, 6)
    session.publish()
    assert session.training_file.read_bytes().count(b"\n") == 1
    session.close()


def test_another_annotator_starts_from_a_copy_and_the_imported_layer_stays_as_it_was(tmp_path: Path) -> None:
    given = record(spans=(span("s1", 19, 24), span("s2", 0, 6, "ACTOR")), status="complete")
    source = write_training(tmp_path / "b.jsonl", given)
    session = opened(source, annotator="C3")
    before = session.annotations
    session.do(delete(["s1"]), place=NOWHERE)
    assert surfaces(session) == [("ACTOR", "اقتحمت")]
    session.publish()
    lines = session.training_file.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    assert '"annotator":"B2"' in lines[0] and "كركوك" in re.sub('"text":".*?"', "", lines[0], count=1)
    assert '"annotator":"C3"' in lines[1] and '"id":"s1"' not in lines[1] and '"id":"s2"' in lines[1]

    session.undo()
    assert session.annotations == before
    session.publish()
    # A copy in which nothing was done says nothing.
    assert session.training_file.read_bytes() == source.read_bytes()
    session.close()


def test_of_two_imported_layers_the_one_left_last_is_shown(tmp_path: Path) -> None:
    first = record(spans=(span("s1", 0, 6),), annotator="B2")
    second = record(spans=(span("s1", 19, 24),), annotator="C3")._replace(updated_at="2026-02-01T00:00:00.000Z")
    session = opened(write_training(tmp_path / "b.jsonl", second, first), annotator="")
    assert surfaces(session) == [("LOCATION", "كركوك")]
    session.set_annotator("B2")
    assert surfaces(session) == [("LOCATION", "اقتحمت")]
    session.close()


def test_what_one_annotator_did_is_not_shown_to_the_next(article: Path) -> None:
    session, moved = opened(article), []
    mark(session, 0, 6)
    session.moved.connect(lambda: moved.append(1))
    session.set_annotator("B2")
    assert (session.annotations, session.can_undo, moved) == (Annotations(), False, [1])
    mark(session, 7, 13)
    session.set_annotator("A1")
    assert surfaces(session) == [("LOCATION", "اقتحمت")]
    session.close()


# What goes wrong


def test_a_step_whose_command_fails_changes_nothing(article: Path) -> None:
    session = opened(article)

    def broken(_desk: object) -> Step:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        session.do(broken, place=NOWHERE)
    assert (session.annotations, session.can_undo) == (Annotations(), False)
    mark(session, 0, 6)
    session.close()


def test_of_two_windows_the_second_is_told_that_the_article_has_changed_and_loses_nothing(article: Path) -> None:
    one, two = opened(article), opened(article)
    mark(one, 0, 6)
    with pytest.raises(EditRefused, match="changed-elsewhere"):
        mark(two, 7, 13)
    assert surfaces(two) == [("LOCATION", "اقتحمت")]
    mark(two, 7, 13)
    with pytest.raises(EditRefused, match="changed-elsewhere"):
        one.undo()
    assert surfaces(one) == [("LOCATION", "اقتحمت"), ("LOCATION", "القوات")]
    one.undo()
    assert surfaces(one) == [("LOCATION", "اقتحمت")]
    one.close()
    two.close()


def test_an_article_that_is_damaged_is_named_and_the_others_stay_usable(tmp_path: Path) -> None:
    session = opened(three(tmp_path))
    with session._database.writing() as connection:
        connection.exec_driver_sql("UPDATE documents SET text = 'نص ٢' WHERE key = 2")
    with pytest.raises(ProjectError, match="text-damaged") as refused:
        session.go_to(2)
    assert refused.value.values == {"document": "a2"}
    assert session.key == 1
    session.go_to(3)
    mark(session, 0, 2)
    session.close()


def test_a_project_whose_first_article_is_damaged_opens_on_the_next_and_says_so(tmp_path: Path) -> None:
    session = opened(three(tmp_path))
    mark(session, 0, 2)
    with session._database.writing() as connection:
        connection.exec_driver_sql("UPDATE spans SET surface = 'نصّ'")
    session.close()
    again = opened(session.path)
    assert (again.key, [notice.code for notice in again.notices]) == (2, ["span-damaged"])
    again.close()


def test_a_project_without_articles_refuses_a_mark_and_shows_the_first_that_is_imported(tmp_path: Path) -> None:
    session = Session.create(tmp_path / "empty.hashiya")
    assert (session.key, session.count, session.next_key(), session.next_open_key()) == (None, 0, None, None)
    session.set_annotator("A1")
    with pytest.raises(EditRefused, match="no-article"):
        session.do(label(0, 1, "ACTOR"), place=NOWHERE)
    heard: list[str] = []
    session.moved.connect(lambda: heard.append("moved"))
    session.documents_changed.connect(lambda: heard.append("documents"))
    session.import_file(write(tmp_path / "one.txt"))
    assert (session.count, session.document.id, heard) == (1, "one", ["moved", "documents"])
    session.close()


def test_a_closed_session_calls_nobody_and_may_be_closed_again(article: Path) -> None:
    session = opened(article)
    session.changed.connect(lambda step, origin: pytest.fail("called after closing"))
    session.close()
    session.close()
    assert sorted(path.name for path in article.parent.iterdir()) == ["article.hashiya", "article.txt"]


def test_saying_who_one_is_does_not_move_the_page_when_nothing_looks_otherwise(article: Path) -> None:
    session, moved = opened(article, annotator=""), []
    session.moved.connect(lambda: moved.append(1))
    session.set_annotator("A1")
    assert moved == []
    session.close()


@pytest.mark.parametrize("last", ["99", "x"])
def test_a_project_opens_on_its_first_article_when_the_last_one_is_unknown(tmp_path: Path, last: str) -> None:
    session = opened(three(tmp_path))
    session.remember("document", last)
    session.close()
    again = opened(session.path)
    assert (again.key, again.notices) == (1, [])
    again.close()


def test_a_step_in_one_article_is_no_change_of_others_wherever_one_goes_on_hearing_of_it(tmp_path: Path) -> None:
    session = opened(three(tmp_path))
    heard: list[str] = []
    session.documents_changed.connect(lambda: heard.append("documents"))
    session.changed.connect(lambda _step, _origin: session.go_to(2))
    session.do(set_status("complete"), place=NOWHERE)
    assert (session.key, heard) == (2, [])
    session.close()
