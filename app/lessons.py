"""What a project teaches: read from it, learned in a process of its own, kept in its file.

None of it is for the thread of a window.
Reading goes over a connection of the thread's own, and only what steps have touched since is read again.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from app.errors import HashiyaError, ProjectError
from app.model.moment import moment
from app.model.schema import Schema
from app.store import decisions, taught
from app.store.engine import Database, Transaction
from app.suggest.asking_worker import WorkerLost
from app.suggest.crf import Crf
from app.suggest.model_file import ModelRefused, unpack
from app.suggest.train import FEWEST, Lesson, lesson_of

NAME: Final = "crf"
"""What the model is called in the project."""
MOST_ARTICLES: Final = 300
MOST_TEXT: Final = 1_500_000
"""How many articles, and how many code points of them, are learned from: those that were touched last."""
_BREATH: Final = 0.001
_KEEP_AGAIN: Final = 300.0
_CANDIDATES: Final = 200
_RANKED: Final = 50
_KNOWN_TEXTS: Final = 50
_LOST: Final = {"model-crashed": "learning-crashed", "model-slow": "learning-slow"}


class Learned(NamedTuple):
    """What came of learning: from how many articles, sentences and marks, of which labels, and how long it took.

    `size` is how many bytes were learned.
    """

    articles: int
    sentences: int
    marks: int
    labels: tuple[str, ...]
    seconds: float
    size: int


class Learner:
    """What learns for the project at `path`, and has `source` suggest by it. One thread at a time."""

    def __init__(self, path: Path, source: Crf) -> None:
        self._path, self._source = path, source
        self._lessons: dict[int, tuple[tuple[int, int, bool], Lesson | None]] = {}
        self._waiting: decisions.Model | None = None
        self._kept_at = 0.0
        self._last = b""
        self._after = 0
        self._considered: list[int] = []
        self._newest: list[str] = []
        self._considered_by = 0

    def load(self, schema: Schema) -> bool:
        """Suggest by what was learned last; False when there is nothing.

        Raises ProjectError, ModelRefused or WorkerLost where that cannot be used.
        """
        with self._open() as database, database.reading() as connection:
            kept = decisions.model(connection, NAME)
        if kept is None:
            return False
        self._source.use(kept.content, schema.name, [label.id for label in schema.labels])
        self._last = kept.content
        return True

    def learn(self, schema: Schema, annotator: str, hear: Callable[[int], object] = lambda read: None) -> Learned:
        """Learn anew from all that was gone over; `hear` is told how many articles were read.

        The model is in use when this returns, and in the project now or when `keep` is called. Raises HashiyaError;
        what was learned before stays in use then.
        """
        began = time.monotonic()
        labels = [label.id for label in schema.labels]
        lessons = [_within(lesson, labels) for lesson in self.lessons(annotator, hear)]
        times = Counter(label for lesson in lessons for label, _start, _end in lesson.marks)
        if max(times.values(), default=0) < FEWEST:
            raise ModelRefused("model-too-few")  # no process need be started to hear that
        try:
            content = self._source.learn(lessons, schema.name)
        except WorkerLost as error:
            raise HashiyaError(_LOST.get(error.code, error.code)) from error
        if content != self._last:
            self._source.use(content, schema.name, labels)
            self._last = content
            self._waiting = decisions.Model(NAME, content, schema.name, moment(time.time()))
        if time.monotonic() - self._kept_at > _KEEP_AGAIN:
            with suppress(ProjectError):
                self.keep()
        model = unpack(content)
        known = model.labels
        marks = sum(label in known for one in lessons for label, _start, _end in one.marks)
        seconds = time.monotonic() - began
        return Learned(len(lessons), model.sentences, marks, tuple(sorted(known)), seconds, len(content))

    def keep(self) -> None:
        """Have the project keep what was learned last. Raises ProjectError; it can be kept another time then."""
        if self._waiting is None:
            return
        with self._open() as database, database.writing() as connection:
            decisions.keep_model(connection, self._waiting)
        self._waiting, self._kept_at = None, time.monotonic()

    def lessons(self, annotator: str, hear: Callable[[int], object] = lambda read: None) -> list[Lesson]:
        """What was gone over, as this annotator sees it, in the order of the documents."""
        found: dict[int, Lesson] = {}
        size = 0
        with self._open() as database:
            with database.reading() as connection:
                articles = taught.taught(connection, annotator, MOST_ARTICLES)
            for read, article in enumerate(articles):
                with database.reading() as connection:
                    lesson = self._lesson(connection, article)
                if lesson is not None:
                    found[article.document] = lesson
                    size += len(lesson.text)
                hear(read + 1)
                if size > MOST_TEXT:
                    break
        self._newest = [found[one.document].text for one in articles if one.document in found][:_KNOWN_TEXTS]
        self._lessons = {layer: kept for layer, kept in self._lessons.items() if layer in {a.layer for a in articles}}
        return [found[key] for key in sorted(found)]

    def order(self, annotator: str, hear: Callable[[int], object] = lambda looked: None) -> list[int]:
        """The keys of articles that are still to do, of those looked at so far: the one that teaches most first.

        Each call looks at 200 more of them, in turn; `hear` is told how many. Raises HashiyaError.
        """
        with self._open() as database, database.reading() as connection:
            some = taught.open_texts(connection, annotator, self._after, _CANDIDATES)
            if len(some) < _CANDIDATES and self._after:
                some += taught.open_texts(connection, annotator, 0, _CANDIDATES - len(some))
        self._after = some[-1][0] if some else 0
        if not some:
            return []
        for text in self._newest:
            self._source.know(text)
        for looked, (key, text) in enumerate(some):
            self._source.consider(key, text)
            hear(looked + 1)
        if self._source.process_id != self._considered_by:
            self._considered = []
        looked_at = dict.fromkeys([*(key for key, _text in some), *self._considered])
        self._considered, self._considered_by = list(looked_at)[: 2 * _CANDIDATES], self._source.process_id
        return self._source.order(self._considered, _RANKED)

    def _lesson(self, connection: Transaction, article: taught.Taught) -> Lesson | None:
        state = (article.document, article.changed, article.is_finished)
        kept = self._lessons.get(article.layer)
        if kept is None or kept[0] != state:
            text = taught.text(connection, article.document)
            lesson = lesson_of(text, article.is_finished, taught.marks(connection, article.layer))
            kept = self._lessons[article.layer] = (state, lesson)
            time.sleep(_BREATH)  # a window that wants to go on need not wait for more than one article
        return kept[1]

    @contextmanager
    def _open(self) -> Iterator[Database]:
        database = Database(self._path)
        try:
            yield database
        finally:
            database.close()


def _within(lesson: Lesson, labels: Collection[str]) -> Lesson:
    """The lesson without marks whose labels the schema does not have."""
    return lesson._replace(marks=tuple(mark for mark in lesson.marks if mark[0] in labels))
