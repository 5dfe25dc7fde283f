"""What was learned from the labels of the project, as a source: the model is run in a process of its own.

This process loads no model and imports nothing that could.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from typing import Any, Final, NamedTuple

from app.errors import HashiyaError
from app.suggest.asking_worker import Process, WorkerLost
from app.suggest.base import Article, Suggestion, Why
from app.suggest.later import Later
from app.suggest.model_file import ModelRefused, unpack
from app.suggest.train import Lesson

_PATIENCE: Final = 0.02
_LOADING: Final = 20.0
_TAGGING: Final = 10.0
_LEARNING: Final = 300.0
_RESTING: Final = 300.0
"""How long a process that is ready to learn waits for it."""
Marks = list[tuple[str, int, int, float]]


class Learned(NamedTuple):
    """A model in use: its bytes, for whom it was made, and how often it was tried in vain since."""

    content: bytes
    schema: str
    labels: frozenset[str]


class Crf:
    """A source; see `app.suggest.base.Source`. Without a model it says nothing.

    `suggest` waits `patience` seconds; what comes later is told of by `heard`, called with the article's text in
    another thread, and given when it is asked again. `lost` hears, likewise, the one time that a model failed. Where
    it `learns_often`, the process for the next time is begun when something was learned, and has met the words of it:
    that spares it a third of the time. It ends when nothing is learned for some minutes.
    """

    name = "crf"
    kind = "model"

    def __init__(
        self,
        heard: Callable[[str], object] = lambda text: None,
        lost: Callable[[HashiyaError], object] = lambda error: None,
        patience: float = _PATIENCE,
        learns_often: bool = False,
    ) -> None:
        self._lost = lost
        self._answers = Later(self._found, heard, patience)
        self._process = Process()
        self._teacher = Process(aside=True)
        self._teaching = threading.Lock()
        self._learns_often = learns_often
        self._ended = threading.Event()
        self._resting: threading.Timer | None = None
        self._model: Learned | None = None
        self._loaded: tuple[Learned, int] | None = None
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
        self._answers.forget()

    def learn(self, lessons: Sequence[Lesson], schema: str) -> bytes:
        """The bytes of a model of `lessons`, made in a process that ends with it; not for the thread of a window.

        Raises ModelRefused where there is too little to learn from, and WorkerLost when it failed or was cancelled.
        """
        told = [[one.text, one.read, one.marks] for one in lessons]
        try:
            with self._teaching:
                self._rest_no_more()
                try:
                    return self._teacher.ask({"do": "learn", "lessons": told, "schema": schema}, seconds=_LEARNING)[1]
                finally:
                    self._teacher.close()
        finally:
            if self._learns_often and not self._ended.is_set():
                texts = [one.text for one in lessons]
                threading.Thread(target=self._get_ready, args=(texts,), name="getting ready", daemon=True).start()

    def cancel(self) -> None:
        """Stop what other threads wait for; it raises there."""
        self._teacher.cancel()
        self._process.cancel()

    def drop(self) -> None:
        """Have no model any more."""
        with self._guard:
            self._model = None
        self._answers.forget()

    def close(self) -> None:
        """End every process."""
        self.drop()
        self._ended.set()
        self._rest_no_more()
        self._teacher.close()
        self._process.close()

    def suggest(self, article: Article) -> list[Suggestion]:
        """What the model would mark, if that is known within the patience of this source."""
        marks = self._answers.said(article) if self._model else None
        return [_suggestion(*mark) for mark in marks or () if mark[0] in self.labels]

    def consider(self, key: int, text: str) -> None:
        """Have the worker keep what speaks for doing this article soon; see `app.suggest.order`."""
        with self._turn:
            self._answer({"do": "consider", "key": key, "text": text})

    def know(self, text: str) -> None:
        """Have the worker keep that the words of this text are not new any more."""
        with self._turn:
            self._answer({"do": "know", "text": text})

    def order(self, keys: Iterable[int], most: int) -> list[int]:
        """Of the articles with these keys that were considered, the `most` that teach most, the first of them first.

        A worker that was started anew since has forgotten them.
        """
        with self._turn:
            return list(self._answer({"do": "order", "keys": list(keys), "most": most})["keys"])

    @property
    def process_id(self) -> int:
        """Another number for each process that keeps what was considered."""
        return self._process.id

    def _get_ready(self, texts: list[str]) -> None:
        """Have a process that learns soon, for some minutes."""
        with self._teaching:
            if self._ended.is_set():
                return
            with suppress(HashiyaError):
                self._teacher.ask({"do": "warm", "texts": texts}, seconds=_LEARNING)
            if self._ended.is_set():
                self._teacher.close()
                return
            self._resting = threading.Timer(_RESTING, self._rest)
            self._resting.daemon, self._resting.name = True, "resting"
            self._resting.start()

    def _rest(self) -> None:
        if self._teaching.acquire(blocking=False):
            self._teacher.close()
            self._teaching.release()

    def _rest_no_more(self) -> None:
        if self._resting is not None:
            self._resting.cancel()
            self._resting = None

    def _found(self, article: Article) -> Marks | None:
        """Ask the worker, in the thread that waits for it."""
        model = self._model
        try:
            with self._turn:
                return self._tagged(article.text)
        except HashiyaError as error:
            self._give_up(model, error)
        return None

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
        if self._model is None:
            return None
        try:
            said = self._answer({"do": "tag", "text": text})
        except WorkerLost:
            said = self._answer({"do": "tag", "text": text})
        return [(label, start, end, score) for label, start, end, score in said["found"]]

    def _answer(self, told: dict[str, Any]) -> dict[str, Any]:
        """What the worker says, which has the model in use, if there is one."""
        model = self._model
        if model and (self._loaded != (model, self._process.id) or not self._process.is_running):
            self._load(model)
        return self._process.ask(told, seconds=_TAGGING)[0]

    def _load(self, model: Learned) -> None:
        told = {"do": "load", "schema": model.schema, "labels": sorted(model.labels)}
        self._process.ask(told, model.content, seconds=_LOADING)
        self._loaded = (model, self._process.id)


def _suggestion(label: str, start: int, end: int, score: float) -> Suggestion:
    why = Why("learned", {"percent": round(100 * score)})
    return Suggestion(label, start, end, Crf.kind, Crf.name, score, why)


__all__ = ["Crf", "Learned", "ModelRefused", "WorkerLost"]
