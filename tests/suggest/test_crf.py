"""The model that learns: in a process of its own, which may be killed and given nonsense; labelling goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from hashlib import sha256

import orjson
import pytest

pytest.importorskip("pycrfsuite")

from app.errors import HashiyaError
from app.model.annotation import Annotations
from app.model.schema import Schema
from app.suggest.asking_worker import WorkerLost
from app.suggest.base import Article
from app.suggest.crf import Crf
from app.suggest.model_file import Model, ModelRefused, Part, pack, unpack
from app.suggest.train import Lesson

PLACES = ("بغداد", "دمشق", "عمان", "بيروت", "القاهرة")
SCHEMA = Schema("news", "1", {}, ())
LABELS = ("LOCATION",)


def lesson(place: str) -> Lesson:
    text = f"وصل الوزير إلى {place} أمس. وقال إن الأمر انتهى."
    start = text.index(place)
    return Lesson(text, len(text), (("LOCATION", start, start + len(place)),))


LESSONS = [lesson(place) for place in PLACES] * 2
NEW = "وصل السفير إلى الخرطوم أمس."


@pytest.fixture(scope="module")
def content() -> bytes:
    teacher = Crf()
    return teacher.learn(LESSONS, "news")


@pytest.fixture
def crf() -> Iterator[Crf]:
    source = Crf(patience=20)
    yield source
    source.close()


def said(source: Crf, text: str = NEW) -> list[str]:
    return [text[one.start : one.end] for one in source.suggest(Article("a", text, Annotations(), SCHEMA))]


def test_what_was_learned_is_suggested_and_says_how_sure_it_is(crf: Crf, content: bytes):
    crf.use(content, "news", LABELS)
    (found,) = crf.suggest(Article("a", NEW, Annotations(), SCHEMA))
    assert NEW[found.start : found.end] == "الخرطوم"
    assert (found.source, found.source_name) == ("model", "crf")
    assert 0.5 < found.score <= 1 and found.why.values["percent"] == round(100 * found.score)


def test_the_same_lessons_give_the_same_model(crf: Crf, content: bytes):
    assert crf.learn(LESSONS, "news") == content


def until(wanted: Callable[[], object], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while not wanted() and time.monotonic() < end:
        time.sleep(0.02)
    return bool(wanted())


def test_who_learns_often_has_a_process_ready_that_learns_the_same_and_ends_when_nothing_is_learned(
    content: bytes, monkeypatch: pytest.MonkeyPatch
):
    source = Crf(learns_often=True)
    assert source.learn(LESSONS, "news") == content
    assert until(lambda: source._teacher.is_running)
    monkeypatch.setattr("app.suggest.crf._RESTING", 0.1)
    assert source.learn(LESSONS, "news") == content
    assert until(lambda: source._resting is not None and not source._teacher.is_running)
    monkeypatch.undo()
    source.learn(LESSONS, "news")
    source.close()
    assert until(lambda: not source._teaching.locked()) and not source._teacher.is_running


def test_without_a_model_nothing_is_said_and_no_process_is_started(crf: Crf):
    assert said(crf) == []
    assert not crf._process.is_running


def test_a_worker_that_is_killed_is_started_again_with_its_model(crf: Crf, content: bytes):
    crf.use(content, "news", LABELS)
    os.kill(crf._process.id, signal.SIGTERM)
    assert said(crf) == ["الخرطوم"]


def test_learning_can_be_stopped_midway_and_the_last_model_stays(crf: Crf, content: bytes):
    crf.use(content, "news", LABELS)
    raised: list[HashiyaError] = []

    def learn() -> None:
        try:
            crf.learn(LESSONS * 3000, "news")
        except HashiyaError as error:
            raised.append(error)

    learning = threading.Thread(target=learn)
    learning.start()
    while not crf._teacher.is_running:
        learning.join(0.01)
    crf.cancel()
    learning.join(20)
    assert [error.code for error in raised] == ["model-cancelled"]
    assert said(crf) == ["الخرطوم"]


def test_a_model_that_crashes_the_worker_is_not_taken_and_the_one_before_stays(crf: Crf, content: bytes):
    crf.use(content, "news", LABELS)
    blob = bytearray(unpack(content).parts[0].content)
    blob[48:-16] = b"\xff" * (len(blob) - 64)
    broken = pack(Model("news", 1, (Part(LABELS, bytes(blob)),)))
    with pytest.raises((WorkerLost, ModelRefused)):
        crf.use(broken, "news", LABELS)
    assert said(crf) == ["الخرطوم"]


def test_a_model_that_fails_later_is_told_of_once_and_dropped(content: bytes):
    lost: list[str] = []
    source = Crf(lost=lambda error: lost.append(error.code), patience=20)
    source.use(content, "news", LABELS)
    source._model = source._model._replace(content=b"no model")  # type: ignore[union-attr]
    assert said(source) == [] and said(source, NEW + " ") == []
    assert lost == ["model-unsound"]
    source.close()


def test_what_comes_late_is_told_of(content: bytes):
    heard: list[str] = []
    there = threading.Event()
    source = Crf(heard=lambda text: (heard.append(text), there.set()), patience=0)
    source.use(content, "news", LABELS)
    first = said(source)
    assert there.wait(20) or first == ["الخرطوم"]
    assert said(source) == ["الخرطوم"]
    source.close()


def test_a_model_that_was_cut_or_changed_is_refused(content: bytes):
    for wrong in (b"", content[:10], content[:-1], content[:-1] + b"?", content + b"?", b"[]\n", b"{}\n"):
        with pytest.raises(ModelRefused, match="model-unsound"):
            unpack(wrong)


def test_a_model_of_another_schema_or_version_is_refused(content: bytes):
    with pytest.raises(ModelRefused, match="model-other-schema"):
        unpack(content, "sports", LABELS)
    with pytest.raises(ModelRefused, match="model-other-schema"):
        unpack(content, "news", ["WEAPON"])
    line, _, body = content.partition(b"\n")
    head = orjson.loads(line)
    assert head["sha256"] == sha256(body).hexdigest()
    with pytest.raises(ModelRefused, match="model-other-version"):
        unpack(orjson.dumps({**head, "features": 0}) + b"\n" + body)


def test_too_little_to_learn_from_is_said(crf: Crf):
    with pytest.raises(ModelRefused, match="model-too-few"):
        crf.learn(LESSONS[:2], "news")


def test_the_process_that_asks_loads_no_library_that_could_crash_it():
    asked = "import sys, app.suggest.crf; assert 'pycrfsuite' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
