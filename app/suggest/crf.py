"""What was learned from the labels of the project, as a source: the model is run in a process of its own.

This process loads no model and imports nothing that could.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from typing import Final, NamedTuple

from app.errors import HashiyaError
from app.suggest.asking_worker import Process, WorkerLost
from app.suggest.base import Article, Suggestion, Why
from app.suggest.model_file import ModelRefused, unpack
from app.suggest.train import Lesson

_PATIENCE: Final = 0.02
_LOADING: Final = 20.0
_TAGGING: Final = 10.0
_LEARNING: Final = 300.0
_KEPT: Final = 8
Marks = list[tuple[str, int, int, float]]


class Learned(NamedTuple):
    """A model in use: its bytes, for whom it was made, and how often it was tried in vain since."""

    content: bytes
    schema: str
    labels: frozenset[str]


class Crf:
    """A source; see `app.suggest.base.Source`. Without a model it says nothing.

    `suggest` waits `patience` seconds; what comes later is told of by `heard`, called with the article's text in
    another thread, and given when it is asked again. `lost` hears, likewise, the one time that a model failed.
    """

    name = "crf"
    kind = "model"

    def __init__(
        self,
        heard: Callable[[str], object] = lambda text: None,
        lost: Callable[[HashiyaError], object] = lambda error: None,
        patience: float = _PATIENCE,
    ) -> None:
        self._heard, self._lost, self._patience = heard, lost, patience
        self._process = Process()
        self._teacher = Process(aside=True)
        self._model: Learned | None = None
        self._loaded: tuple[Learned, int] | None = None
        self._known: dict[str, Marks] = {}
        self._asked: dict[str, threading.Event] = {}
        self._guard = threading.RLock()
        self._turn = threading.Lock()

    @property
    def labels(self) -> frozenset[str]:
        """What the model in use suggests; empty while there is none."""
        return self._model.labels if self._model else frozenset()

    def use(self, content: bytes, schema: str, labels: Collection[str]) -> None:
        """Suggest by this model from now on. It was loaded and has read a sentence when this returns.

        Raises ModelRefused or WorkerLost where it cannot be used; the one before stays in use then. It may take a
        second: not for the thread of a window.
        """
        model = Learned(content, schema, unpack(content, schema, labels).labels)
        with self._turn:
            try:
                self._load(model)
            except HashiyaError:
                self._loaded = None
                raise
            with self._guard:
                self._model = model
                self._known.clear()

    def learn(self, lessons: Sequence[Lesson], schema: str) -> bytes:
        """The bytes of a model of `lessons`, made in a process that ends with it; not for the thread of a window.

        Raises ModelRefused where there is too little to learn from, and WorkerLost when it failed or was cancelled.
        """
        told = [[one.text, one.read, one.marks] for one in lessons]
        try:
            return self._teacher.ask({"do": "learn", "lessons": told, "schema": schema}, seconds=_LEARNING)[1]
        finally:
            self._teacher.close()

    def cancel(self) -> None:
        """Stop what `learn` does in another thread; it raises there."""
        self._teacher.cancel()

    def drop(self) -> None:
        """Have no model any more."""
        with self._guard:
            self._model = None
            self._known.clear()

    def close(self) -> None:
        """End every process."""
        self.drop()
        self._teacher.cancel()
        self._process.close()

    def suggest(self, article: Article) -> list[Suggestion]:
        """What the model would mark, if that is known within the patience of this source."""
        with self._guard:
            if self._model is None:
                return []
            marks = self._known.get(article.text)
            done = self._asked.get(article.text)
            if marks is None and done is None:
                done = self._asked[article.text] = threading.Event()
                threading.Thread(target=self._ask, args=(article.text, done), name="crf", daemon=True).start()
        if marks is None and done is not None and done.wait(self._patience):
            marks = self._known.get(article.text)
        return [_suggestion(*mark) for mark in marks or () if mark[0] in self.labels]

    def _ask(self, text: str, done: threading.Event) -> None:
        """Ask the worker, in a thread of its own."""
        model, marks = self._model, None
        try:
            with self._turn:
                marks = self._tagged(text)
        except HashiyaError as error:
            self._give_up(model, error)
        with self._guard:
            self._asked.pop(text, None)
            if marks is not None and model is self._model:
                self._known[text] = marks
                while len(self._known) > _KEPT:
                    del self._known[next(iter(self._known))]
        late = not done.is_set()
        done.set()
        if late and marks:
            self._heard(text)

    def _give_up(self, model: Learned | None, error: HashiyaError) -> None:
        """No model at all is better than one that fails whenever an article is opened."""
        with self._guard:
            fails = self._model is model and model is not None
            if fails:
                self.drop()
        if fails:
            self._lost(error)

    def _tagged(self, text: str) -> Marks | None:
        """What the model in use says, from a process that is started anew once if it has ended."""
        for again in (True, False):
            if (model := self._model) is None:
                return None
            try:
                if self._loaded != (model, self._process.id) or not self._process.is_running:
                    self._load(model)
                said, _rest = self._process.ask({"do": "tag", "text": text}, seconds=_TAGGING)
                return [(label, start, end, score) for label, start, end, score in said["found"]]
            except WorkerLost:
                if not again:
                    raise
        return None

    def _load(self, model: Learned) -> None:
        told = {"do": "load", "schema": model.schema, "labels": sorted(model.labels)}
        self._process.ask(told, model.content, seconds=_LOADING)
        self._loaded = (model, self._process.id)


def _suggestion(label: str, start: int, end: int, score: float) -> Suggestion:
    why = Why("learned", {"percent": round(100 * score)})
    return Suggestion(label, start, end, Crf.kind, Crf.name, score, why)


__all__ = ["Crf", "Learned", "ModelRefused", "WorkerLost"]
