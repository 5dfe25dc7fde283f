"""What a project learns from its labels: in the background, kept in its file, and never in the way of labelling."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

pytest.importorskip("pycrfsuite")

from app.edit.commands import set_status
from app.lessons import Learner
from app.model.place import Place
from app.suggest.crf import Crf
from app.suggesting import MOST_USEFUL, SuggestSettings
from tests.store.made_projects import mark, opened, record, span, write_training

OFF = ("casualties", "quotes", "gazetteer", "repetition", "dictionary")
"""What other sources suggest is not asked here."""
NEW = "وصل السفير إلى سارطة أمس. وقال إن الأمر انتهى."
PLACES = ("ميلاط", "قرداش", "بلوان", "دهران", "سعبان", "رنجوس")


def taught_text(place: str) -> tuple[str, int]:
    text = f"وصل الوزير إلى {place} أمس. وقال إن الأمر انتهى."
    return text, text.index(place)


def project(folder: Path, *more: object, status: str = "complete") -> Path:
    records = []
    for n, place in enumerate(PLACES):
        text, start = taught_text(place)
        records.append(record(f"a{n}", text, (span("s", start, start + len(place)),), status=status))
    return write_training(folder / "news.jsonl", record("new", NEW, status="new"), *records, *more)  # type: ignore[arg-type]


class Room:
    """A session with a thread of its own that does what is posted."""

    def __init__(self, path: Path, **settings: object) -> None:
        self.posted: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self.session = opened(path)
        self.session.set_suggest_settings(SuggestSettings(off=OFF, **settings))  # type: ignore[arg-type]
        self.told: list[str] = []
        self.session.noticed.connect(lambda error: self.told.append(error.code))
        self.session.begin_learning(self.posted.put)
        self.session.suggest_now()

    def until(self, wanted: Callable[[], object], seconds: float = 30) -> bool:
        """Do what is posted until that is so."""
        end = time.monotonic() + seconds
        while not wanted() and time.monotonic() < end:
            try:
                self.posted.get(timeout=0.05)()
            except Empty:
                continue
        return bool(wanted())

    def rest(self) -> bool:
        return self.until(lambda: not self.session.is_learning)

    def suggested(self) -> set[str]:
        text = self.session.document.text
        return {text[one.suggestion.start : one.suggestion.end] for one in self.session.suggestions}


@pytest.fixture
def rooms() -> Iterator[Callable[..., Room]]:
    made: list[Room] = []

    def make(path: Path, **settings: object) -> Room:
        made.append(Room(path, **settings))
        return made[-1]

    yield make
    for room in made:
        room.session.close()


def kept(path: Path) -> list[bytes]:
    with sqlite3.connect(path) as connection:
        return [row[0] for row in connection.execute("select content from models where name = 'crf'")]


def spoil(path: Path, change: Callable[[bytes], bytes]) -> None:
    from hashlib import sha256

    (content,) = kept(path)
    spoilt = change(content)
    with sqlite3.connect(path) as connection:
        connection.execute("update models set content = ?, sha256 = ?", (spoilt, sha256(spoilt).hexdigest()))


def test_a_project_with_labels_learns_and_suggests_what_it_learned(tmp_path: Path, rooms: Callable[..., Room]) -> None:
    room = rooms(project(tmp_path))
    assert room.session.is_learning and room.suggested() == set()
    assert room.until(lambda: "سارطة" in room.suggested())
    assert room.rest() and room.told == []
    assert len(kept(room.session.path)) == 1


def test_what_was_learned_is_there_after_opening_and_on_another_computer(
    tmp_path: Path, rooms: Callable[..., Room]
) -> None:
    room = rooms(project(tmp_path))
    assert room.rest()
    path = room.session.path
    room.session.close()
    content = kept(path)
    other = path.rename(path.with_name("other.hashiya"))
    again = rooms(other)
    assert again.until(lambda: "سارطة" in again.suggested())
    assert kept(other) == content


def test_only_what_a_person_was_over_is_learned(tmp_path: Path) -> None:
    text, start = taught_text("ميلاط")
    unread = record("u", text, (span("s", start, start + 5, source="model", score=0.9),))
    session = opened(project(tmp_path, unread, status="in_progress"))
    source = Crf()
    lessons = Learner(session.path, source).lessons("A1")
    assert [(one.read, len(one.marks)) for one in lessons] == [
        (taught_text(place)[1] + len(place), 1) for place in PLACES
    ]
    source.close()
    session.close()


def test_only_what_was_touched_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = opened(project(tmp_path))
    learner = Learner(session.path, Crf())
    before = learner.lessons("A1")
    read: list[int] = []
    from app.store import taught

    whole = taught.marks
    monkeypatch.setattr("app.lessons.taught.marks", lambda *of: (read.append(of[1]), whole(*of))[1])
    mark(session, 15, 20)
    after = learner.lessons("A1")
    assert len(read) == 1 and len(after) == len(before) + 1
    session.close()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda content: content[:-40], "model-unsound"),
        (lambda content: content.replace(b'"schema":"', b'"schema":"x', 1), "model-other-schema"),
        (lambda content: content.replace(b'"features":', b'"features":9', 1), "model-other-version"),
    ],
)
def test_a_model_that_is_cut_or_of_another_schema_is_told_of_once_and_learned_anew(
    tmp_path: Path, rooms: Callable[..., Room], change: Callable[[bytes], bytes], code: str
) -> None:
    room = rooms(project(tmp_path))
    assert room.rest()
    path = room.session.path
    room.session.close()
    spoil(path, change)
    again = rooms(path)
    assert again.until(lambda: "سارطة" in again.suggested()) and again.rest()
    assert again.told == [code] and again.session.source_troubles == {}
    mark(again.session, 15, 20)


def test_a_model_whose_bytes_are_not_those_kept_is_never_loaded(tmp_path: Path, rooms: Callable[..., Room]) -> None:
    room = rooms(project(tmp_path))
    assert room.rest()
    path = room.session.path
    room.session.close()
    with sqlite3.connect(path) as connection:
        connection.execute("update models set content = cast(content || x'00' as blob)")
    again = rooms(path)
    assert again.rest() and again.told == ["model-damaged"]


def test_a_worker_that_dies_twice_is_told_of_and_labelling_goes_on(
    tmp_path: Path, rooms: Callable[..., Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    room = rooms(project(tmp_path))
    assert room.until(lambda: "سارطة" in room.suggested()) and room.rest()
    crf = room.session._crf
    assert crf is not None
    os.kill(crf._process.id, signal.SIGTERM)
    crf._answers.forget()
    room.session._all_sources().late("crf", NEW)
    room.session.suggest_now()
    assert room.until(lambda: "سارطة" in room.suggested()) and room.told == []
    monkeypatch.setattr("app.suggest.asking_worker._command", lambda: ["false"])
    os.kill(crf._process.id, signal.SIGTERM)
    crf._answers.forget()
    room.session._all_sources().late("crf", NEW)
    room.session.suggest_now()
    assert room.until(lambda: room.told) and room.told == ["model-crashed"]
    assert room.suggested() == set() and "crf" in room.session.source_troubles
    mark(room.session, 15, 20)


def test_when_learning_fails_the_last_model_stays_and_that_is_told_once(
    tmp_path: Path, rooms: Callable[..., Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    room = rooms(project(tmp_path))
    assert room.until(lambda: "سارطة" in room.suggested()) and room.rest()
    content = kept(room.session.path)
    monkeypatch.setattr("app.suggest.asking_worker._command", lambda: ["false"])
    for _again in range(2):
        room.session.learn_in_background()
        assert room.rest()
    assert room.told == ["learning-crashed"]
    assert "سارطة" in room.suggested() and kept(room.session.path) == content


def test_marks_whose_label_the_schema_does_not_have_are_not_learned(tmp_path: Path, rooms: Callable[..., Room]) -> None:
    strange = [record(f"x{n}", NEW + "!" * n, (span("x", 16, 21, "NOSUCH"),), status="complete") for n in range(1, 8)]
    room = rooms(project(tmp_path, *strange))
    assert room.rest() and room.told == []
    assert room.session.last_learned is not None and room.session.last_learned.labels == ("LOCATION",)


def test_too_few_labels_are_no_trouble(tmp_path: Path, rooms: Callable[..., Room]) -> None:
    room = rooms(write_training(tmp_path / "few.jsonl", record("new", NEW)))
    assert room.rest() and room.told == [] and kept(room.session.path) == []
    room.session.set_suggest_settings(room.session.suggest_settings._replace(threshold=0.7))
    assert not room.session.is_learning


def test_what_is_asked_meanwhile_is_done_once_more_after(tmp_path: Path, rooms: Callable[..., Room]) -> None:
    room = rooms(project(tmp_path))
    begun: list[bool] = []
    room.session.learning_changed.connect(lambda: begun.append(room.session.is_learning))
    room.session.learn_in_background()
    room.session.learn_in_background()
    assert room.until(lambda: begun == [False, True, False])


def test_a_project_that_is_closed_while_it_learns_is_closed_at_once(tmp_path: Path) -> None:
    room = Room(project(tmp_path))
    began = time.monotonic()
    room.session.close()
    assert time.monotonic() - began < 5
    while not room.posted.empty():
        room.posted.get()()


def test_where_it_is_switched_off_nothing_is_learned_until_it_is_switched_on(
    tmp_path: Path, rooms: Callable[..., Room]
) -> None:
    room = rooms(project(tmp_path), on=False)
    room.session.learn_in_background()
    assert not room.session.is_learning
    room.session.set_suggest_settings(SuggestSettings(off=OFF))
    assert room.until(lambda: "سارطة" in room.suggested())


def test_articles_come_by_use_where_that_is_chosen_and_only_those_that_are_to_do(
    tmp_path: Path, rooms: Callable[..., Room]
) -> None:
    strange = "هاجم مسلحون مخيم جرمانة فجرا وأحرقوا مستودعات الحبوب والوقود قرب المطار."
    more = (record("same", NEW + " ", status="new"), record("strange", strange, status="new"))
    room = rooms(project(tmp_path, *more), order=MOST_USEFUL)
    session = room.session
    assert room.rest()
    keys = {row.id: row.key for row in session.rows(0, 20)}
    assert session.next_by_use() == keys["strange"]
    session.go_to(keys["strange"])
    session.do(set_status("complete"), place=Place())
    session.go_to(keys["a0"])
    assert session.next_by_use() in (keys["new"], keys["same"])
    session.set_suggest_settings(SuggestSettings(off=OFF))
    assert session.next_by_use() is None
