"""Suggestions in a session: offered, decided in one step, remembered, and taken back with it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from app.edit.commands import set_status
from app.errors import CallError, EditRefused
from app.model.annotation import Attribute
from app.model.place import Place
from app.session import Session
from app.suggest.base import Article, Link, Suggestion, Why
from app.suggesting import SuggestSettings, is_without
from tests.store.made_projects import mark, opened, record, span, surfaces, write, write_training

TEXT = "وصل الوفد إلى ساريا ثم عاد من ساريا وفيها: «ساريا» جميلة. قال الوفد إنه باق."
NOWHERE = Place()
RULES = ("casualties", "quotes")
"""What rules find in the text is not what is asked here."""


class Told:
    """A source that says what it is told to."""

    name, kind = "told", "rule"

    def __init__(self, *found: Suggestion) -> None:
        self.found: tuple[Suggestion, ...] = found
        self.asked = 0

    def suggest(self, article: Article) -> tuple[Suggestion, ...]:
        self.asked += 1
        return self.found


def told(start: int, end: int, label: str, **more: object) -> Suggestion:
    return Suggestion(label, start, end, "rule", "told", 0.9, Why("known-place", {"name": "س"}))._replace(**more)


def without_rules(path: Path) -> Session:
    session = opened(path)
    session.set_suggest_settings(SuggestSettings(off=RULES))
    return session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = without_rules(write(tmp_path / "a.txt", TEXT))
    yield session
    session.close()


def begin(session: Session, *found: Suggestion) -> Told:
    source = Told(*found)
    session._all_sources().put(source)
    session.suggest_now()
    return source


def ids(session: Session) -> list[str]:
    return [one.id for one in session.suggestions]


def test_nothing_is_looked_for_before_it_is_asked_and_then_it_follows_each_step(session: Session) -> None:
    mark(session, 14, 19)
    assert ids(session) == []
    heard: list[int] = []
    session.suggestions_changed.connect(lambda: heard.append(len(session.suggestions)))
    session.suggest_now()
    assert ids(session) == ["LOCATION:30:35", "LOCATION:44:49"]
    mark(session, 4, 9, "ACTOR")
    assert ids(session)[-1] == "ACTOR:62:67"
    session.undo()
    session.undo()
    assert ids(session) == [] and heard == [2, 3, 2, 0]


def test_accepting_one_marks_it_with_its_source_and_undo_offers_it_again(session: Session) -> None:
    mark(session, 14, 19)
    session.suggest_now()
    step = session.accept(["LOCATION:30:35"], place=NOWHERE)
    assert step is not None
    made = step.changes[0].added[0]
    assert (made.source, made.source_name, made.score, made.edited) == ("memory", "repetition", 0.9, False)
    assert ids(session) == ["LOCATION:44:49"]
    session.undo()
    assert ids(session) == ["LOCATION:30:35", "LOCATION:44:49"]
    session.redo()
    with pytest.raises(EditRefused, match="suggestion-gone"):
        session.accept(["LOCATION:30:35"], place=NOWHERE)


def test_all_of_one_text_and_all_above_a_threshold_are_each_one_step(session: Session) -> None:
    mark(session, 14, 19)
    mark(session, 4, 9, "ACTOR")
    session.suggest_now()
    session.accept_alike("LOCATION:30:35", NOWHERE)
    assert len(surfaces(session)) == 4
    session.undo()
    session.accept_above(0.5, NOWHERE)
    assert len(surfaces(session)) == 5 and ids(session) == []
    session.undo()
    assert len(surfaces(session)) == 2
    assert session.accept_above(0.99, NOWHERE) is None


def test_of_all_of_one_text_each_is_taken_with_bounds_moved_as_far_and_the_hand_stays(session: Session) -> None:
    mark(session, 14, 19)
    session.suggest_now()
    step = session.accept_alike("LOCATION:30:35", Place(30, 30), bounds=(27, 35))
    assert step is not None and step.after == Place(30, 30)
    assert surfaces(session)[1:] == [("LOCATION", "من ساريا"), ("LOCATION", ": «ساريا")]


def test_another_label_or_other_bounds_are_taken_and_the_span_is_an_edited_one(session: Session) -> None:
    begin(session, told(14, 19, "LOCATION"), told(62, 67, "LOCATION"))
    step = session.accept(["LOCATION:62:67"], label="ACTOR", place=NOWHERE)
    assert step is not None and step.changes[0].added[0].edited
    assert ids(session) == ["LOCATION:14:19", "ACTOR:4:9"][::-1]
    session.accept(["LOCATION:14:19"], bounds=(10, 20), place=NOWHERE)
    assert surfaces(session) == [("LOCATION", "إلى ساريا"), ("ACTOR", "الوفد")]
    assert session._remembered.memory(session._sheet.key).record["told", "LOCATION"] == (0, 2)


def test_what_was_refused_is_suggested_no_more_in_any_article_until_it_is_taken_back(tmp_path: Path) -> None:
    session = without_rules(write_training(tmp_path / "c.jsonl", record("a", TEXT), record("b", TEXT)))
    begin(session, told(14, 19, "LOCATION"), told(30, 35, "LOCATION"))
    session.reject(["LOCATION:14:19"])
    assert ids(session) == []
    session.undo()
    assert len(ids(session)) == 2 and session.rejections() == []
    session.redo()
    session.go_to(session.key_of("b") or 0)
    session.suggest_now()
    assert ids(session) == []
    [rejection] = session.rejections()
    assert (rejection.label, rejection.surface, rejection.times) == ("LOCATION", "ساريا", 1)
    session.take_back(rejection)
    assert len(ids(session)) == 2 and session.rejections() == []
    session.close()


def test_attributes_come_along_and_a_link_as_soon_as_both_ends_are_marked(session: Session) -> None:
    quote = told(43, 50, "QUOTE", links=(Link("SAID_BY", "ACTOR", 62, 67),))
    begin(session, quote, told(62, 67, "ACTOR", attributes=(Attribute("no_such", "x", "rule"),)))
    session.accept(["QUOTE:43:50"], place=NOWHERE)
    assert not session.annotations.relations
    step = session.accept(["ACTOR:62:67"], place=NOWHERE)
    assert step is not None and "no_such" not in {one.name for one in step.changes[0].added[0].attributes}
    [link] = session.annotations.relations.values()
    spans = session.annotations.spans
    assert (link.label, link.source, spans[link.head].label, spans[link.child].label) == (
        *("SAID_BY", "rule", "QUOTE", "ACTOR"),
    )
    session.undo()
    assert not session.annotations.relations and "ACTOR:62:67" in ids(session)


def test_what_came_as_suggestions_with_a_file_is_offered_and_never_published(tmp_path: Path) -> None:
    spans = (span("s1", 14, 19, status="suggested", source="model", source_name="m1", score=0.7), span("s2", 4, 9))
    session = opened(write_training(tmp_path / "c.jsonl", record("a", TEXT, spans)))
    session.set_suggest_settings(SuggestSettings(off=("repetition", "dictionary", *RULES)))
    session.suggest_now()
    assert [(one.id, one.suggestion.source_name, one.suggestion.score) for one in session.suggestions] == [
        ("LOCATION:14:19", "m1", 0.7)
    ]
    mark(session, 20, 22)
    session.publish()
    assert "s1" not in session.training_file.read_text("utf-8")
    session.reject(["LOCATION:14:19"])
    assert "s1" not in session.annotations.spans
    session.undo()
    session.accept(["LOCATION:14:19"], place=NOWHERE)
    taken = session.annotations.spans["s1"]
    assert (taken.status, taken.source, taken.source_name, taken.score) == ("accepted", "model", "m1", 0.7)
    session.undo()
    assert session.annotations.spans["s1"].status == "suggested"
    session.close()


def test_nothing_that_is_only_suggested_is_in_the_project_or_its_training_file(session: Session) -> None:
    begin(session, told(14, 19, "LOCATION"))
    mark(session, 4, 9, "ACTOR")
    session.publish()
    assert session.training_file.read_text("utf-8").count('"label"') == 1
    raw = sqlite3.connect(session.path)
    assert raw.execute("SELECT count(*) FROM spans").fetchone() == (1,)
    assert raw.execute("SELECT count(*) FROM decisions").fetchone() == (0,)
    raw.close()


@pytest.mark.parametrize(
    "bad", [told(10, 400, "LOCATION"), told(5, 5, "LOCATION"), told(4, 9, "STRANGE"), told(4, 9, "ACTOR", score=7.0)]
)
def test_a_source_that_answers_nonsense_is_switched_off_with_a_message(session: Session, bad: Suggestion) -> None:
    notices: list[str] = []
    session.noticed.connect(lambda notice: notices.append(notice.code))
    source = begin(session, told(14, 19, "LOCATION"), bad)
    assert ids(session) == ["LOCATION:14:19"] and notices == ["source-nonsense"]
    session.suggest_now()
    assert source.asked == 1 and notices == ["source-nonsense"]


def test_a_source_that_raises_is_switched_off_and_labelling_goes_on(session: Session) -> None:
    notices: list[str] = []
    session.noticed.connect(lambda notice: notices.append(notice.code))
    source = Told()
    source.suggest = lambda article: 1 // 0  # type: ignore[assignment,method-assign,return-value]
    session._all_sources().put(source)
    session.suggest_now()
    mark(session, 14, 19)
    assert notices == ["source-raised"] and len(ids(session)) == 2


def test_a_source_that_is_quiet_says_so_and_can_be_woken(session: Session) -> None:
    begin(session, *(told(at, at + 1, "ACTOR") for at in range(4, 30) if not TEXT[at].isspace()))
    session.reject(ids(session)[:10])
    assert [(one.source_name, one.label, one.accepted, one.decided) for one in session.quiet()] == [
        ("told", "ACTOR", 0, 10)
    ]
    assert ids(session) == []
    session.wake("told", "ACTOR")
    assert session.quiet() == []


def test_settings_are_the_projects_and_what_makes_no_sense_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TEXT)
    session = opened(path)
    wanted = SuggestSettings(True, 0.7, "most_useful", 20, ("gazetteer",))
    session.set_suggest_settings(wanted)
    for wrong in ({"threshold": 1.2}, {"share_without": -1}, {"order": "backwards"}):
        with pytest.raises(CallError, match="suggest-settings-wrong"):
            session.set_suggest_settings(wanted._replace(**wrong))
    session.close()
    again = opened(path)
    assert again.suggest_settings == wanted
    begin(again, told(14, 19, "LOCATION"))
    again.set_suggest_settings(wanted._replace(share_without=100))
    assert ids(again) == [] and not again.shows_suggestions
    again.close()


def test_about_the_share_asked_for_is_left_without_suggestions() -> None:
    assert 150 < sum(is_without(f"a{n}", 20) for n in range(1000)) < 250
    assert not any(is_without(f"a{n}", 0) for n in range(100)) and all(is_without(f"a{n}", 100) for n in range(100))


def test_words_of_finished_articles_without_a_label_weigh_against_a_form(tmp_path: Path) -> None:
    other = "ساريا ساريا ساريا ساريا"
    session = without_rules(
        write_training(tmp_path / "c.jsonl", record("a", TEXT), record("b", other), record("c", TEXT))
    )
    mark(session, 14, 19)
    session.go_to(session.key_of("b") or 0)
    session.suggest_now()
    assert len(ids(session)) == 4
    session.do(set_status("in_progress"), place=NOWHERE)
    session.do(set_status("complete"), place=NOWHERE)
    session.go_to(session.key_of("c") or 0)
    session.suggest_now()
    assert ids(session) == []
    session.close()


def test_a_word_marked_and_unmarked_all_day_is_remembered_once(session: Session) -> None:
    begin(session)
    for _ in range(40):
        mark(session, 14, 19)
        session.undo()
    assert len(session._remembered.memory(session._sheet.key).touched) == 1


def test_no_start_waits_for_the_sources() -> None:
    """They are loaded when something is first to be suggested."""
    asked = (
        "import sys, app.session; print('app.suggest.sources' in sys.modules, 'app.suggest.dictionary' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False False"


def test_what_is_remembered_is_read_by_another_thread_and_a_step_meanwhile_is_known(session: Session) -> None:
    mark(session, 14, 19)
    thread = Thread(target=session.get_ready_to_suggest)
    thread.start()
    thread.join()
    assert session.is_ready_to_suggest
    mark(session, 0, 3)
    assert not session.is_ready_to_suggest, "what was read ahead lacks the step"
    session.suggest_now()
    assert set(session._remembered.memory(session.key).taken.values()) == {1}
    assert len(session._remembered.memory(session.key).taken) == 2


def test_suggestions_say_that_they_are_behind_when_the_project_changed_elsewhere(session: Session) -> None:
    mark(session, 14, 19)
    session.suggest_now()
    before = ids(session)
    assert before and not session.are_suggestions_behind
    session.documents_changed.emit()
    assert session.are_suggestions_behind and not session.is_ready_to_suggest
    mark(session, 31, 36)
    assert len(ids(session)) == len(before) - 1, "what was marked is no suggestion, though the rest must wait"
    session.suggest_now()
    assert not session.are_suggestions_behind


def test_an_article_that_is_reopened_has_no_finished_words(session: Session) -> None:
    session.suggest_now()
    session.do(set_status("complete"), place=NOWHERE)
    seen = session._remembered.memory(session.key).seen
    assert seen["الوفد"] == 2
    session.do(set_status("in_progress"), place=NOWHERE)
    assert seen["الوفد"] == 0
