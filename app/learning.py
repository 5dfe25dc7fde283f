"""What an open project learns from its labels: begun in the background, heard of in the session's thread, suggested."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from app.errors import HashiyaError, ProjectError
from app.model.schema import Schema
from app.signals import Signal
from app.store import taught
from app.suggesting import MOST_USEFUL, Suggesting, SuggestSettings

if TYPE_CHECKING:
    from app.lessons import Learned, Learner
    from app.suggest.crf import Crf
    from app.suggest.plugged import Plugged

Post = Callable[[Callable[[], None]], object]
"""Has something done a moment later in the thread of the session; any thread may call it."""
SILENT: Final = frozenset({"model-too-few", "model-cancelled", "model-library-missing"})
"""What of learning nobody is told of: there is nothing that they could do about it now."""
_FEW_LEFT: Final = 10
_ENDING: Final = 0.05


class _Outcome(NamedTuple):
    """What a thread came back with."""

    learned: Learned | None
    is_new: bool
    order: list[int] | None
    troubles: tuple[HashiyaError, ...]


class _Ended(Exception):
    """The project was closed meanwhile."""


class Learning(Suggesting):
    """What a session learns. Nothing is before `begin_learning`; `learning_changed` tells that `is_learning` did.

    All that takes long is done in a thread that waits for other processes.
    """

    path: Path
    annotator: str
    learning_changed: Signal[()]
    last_learned: Learned | None
    _crf: Crf | None
    _learner: Learner | None
    _post: Post | None
    _work: threading.Thread | None
    _plugged: list[Plugged]
    _order: list[int]

    @property
    def is_learning(self) -> bool:
        """Whether something is being learned, or what was learned is being loaded."""
        return self._work is not None

    def begin_learning(self, post: Post) -> None:
        """Suggest by what this project learned before, from now on; where it never learned, by what it teaches now."""
        from app.lessons import Learner
        from app.suggest.crf import Crf

        self._post = post
        self._crf = Crf(lambda text: self._heard_later("crf", text), self._crf_lost, patience=0, learns_often=True)
        self._learner = Learner(self.path, self._crf)
        self._all_sources().put(self._crf)
        self._run(self._load)

    def get_ready_to_suggest(self) -> None:
        """Do what the first `suggest_now` would wait for, and find the sources that other packages bring."""
        from app.suggest.plugged import plugged

        if not self._plugged:
            sources = self._all_sources()
            self._plugged = plugged(sources.names, heard=self._heard_later, lost=self._lost_source, patience=0)
            for source in self._plugged:
                sources.put(source)
        super().get_ready_to_suggest()

    def learn_in_background(self) -> None:
        """Learn anew from all that was gone over; what is suggested follows. While that is done, once more after it."""
        if self._work is not None:
            self._again = True
        else:
            self._run(self._learn)

    def next_by_use(self) -> int | None:
        """The key of the article to do next where the most useful come first; None: as they come.

        No article is looked at for that: the order is made in the background, after learning and when it runs out.
        """
        if self.suggest_settings.order != MOST_USEFUL:
            return None
        with self._database.reading() as connection:
            left = [key for key in self._order if taught.is_open(connection, self.annotator, key)]
        self._order = left
        if len(left) < _FEW_LEFT:
            self._run(lambda *_of: (None, False))
        return next((key for key in left if key != self._sheet.key), None)

    def set_suggest_settings(self, wanted: SuggestSettings) -> None:
        """Suggest as `wanted` says from now on. Raises CallError for what makes no sense."""
        learned, order = self._may_learn, self.suggest_settings.order
        super().set_suggest_settings(wanted)
        if self._may_learn and (not learned or (wanted.order == MOST_USEFUL != order)):
            self._run(self._load)

    @property
    def _may_learn(self) -> bool:
        """Whether what is learned would be suggested."""
        how = self.suggest_settings
        return how.on and "crf" not in how.off

    @property
    def _is_own_file(self) -> bool:
        """Whether the project is still under its name: what lies there otherwise is opened by nobody."""
        with suppress(ProjectError):
            self._database.need_own_file()
            return True
        return False

    def _begin_suggesting(self) -> None:
        super()._begin_suggesting()
        self.learning_changed = Signal()
        self.last_learned = None
        self._crf = self._learner = self._post = self._work = None
        self._again = self._ended = False
        self._order = []
        self._plugged = []
        self._told: set[str] = set()
        self.schema_changed.connect(self._fit_schema)

    def _end_suggesting(self) -> None:
        self._ended = True
        while self._crf is not None and self._work is not None and self._work.is_alive():
            self._crf.cancel()
            self._work.join(_ENDING)
        if self._learner is not None and self._is_own_file:
            with suppress(ProjectError):  # what is lost can be learned anew
                self._learner.keep()
        if self._crf is not None:
            self._crf.close()
        for source in self._plugged:
            source.close()
        self.learning_changed.clear()
        super()._end_suggesting()

    # In a thread

    def _load(self, learner: Learner, schema: Schema, annotator: str) -> tuple[Learned | None, bool]:
        try:
            if learner.load(schema):
                return None, True
        except HashiyaError as error:
            self._crf_lost(error)
        return self._learn(learner, schema, annotator)

    def _learn(self, learner: Learner, schema: Schema, annotator: str) -> tuple[Learned | None, bool]:
        return learner.learn(schema, annotator, self._go_on), True

    def _go_on(self, _read: int) -> None:
        if self._ended:
            raise _Ended

    def _run(self, work: Callable[[Learner, Schema, str], tuple[Learned | None, bool]]) -> None:
        """Do `work` in a thread, then put the articles in order, unless it is at work or need not be."""
        learner = self._learner
        if learner is None or self._work is not None or self._ended or not self._may_learn or not self._is_own_file:
            return
        schema, annotator = self.schema, self.annotator
        orders = self.suggest_settings.order == MOST_USEFUL

        def run() -> None:
            learned, is_new, order, troubles = None, False, None, []
            try:
                learned, is_new = work(learner, schema, annotator)
            except Exception as error:  # noqa: BLE001 - whatever happens is told of, and labelling goes on
                troubles.append(_as_told(error))
            try:
                order = learner.order(annotator, self._go_on) if orders else None
            except Exception as error:  # noqa: BLE001 - as above
                troubles.append(_as_told(error))
            self._from_thread(lambda: self._done(_Outcome(learned, is_new, order, tuple(troubles))))

        self._work = threading.Thread(target=run, name="learning", daemon=True)
        self._work.start()
        self.learning_changed.emit()

    def _from_thread(self, do: Callable[[], None]) -> None:
        if self._post is not None and not self._ended:
            self._post(lambda: None if self._ended else do())

    # In the session's thread

    def _done(self, outcome: _Outcome) -> None:
        self._work = None
        if outcome.order is not None:
            self._order = outcome.order
        for trouble in outcome.troubles:
            self._tell_once(trouble)
        if outcome.learned:
            self.last_learned = outcome.learned
        if outcome.is_new:
            self._all_sources().forget("crf")
            self._fit_schema()
            self._look_again()
        self.learning_changed.emit()
        if self._again:
            self._again = False
            self.learn_in_background()

    def _heard(self, name: str, text: str) -> None:
        """A source has said something of a text for which nobody waited."""
        self._all_sources().late(name, text)
        if text == self._sheet.document.text:
            self._look_again()

    def _heard_later(self, name: str, text: str) -> None:
        self._from_thread(lambda: self._heard(name, text))

    def _crf_lost(self, error: HashiyaError) -> None:
        self._lost_source("crf", error)

    def _lost_source(self, name: str, error: HashiyaError) -> None:
        self._from_thread(lambda: self._failed(name, error))

    def _failed(self, name: str, error: HashiyaError) -> None:
        self._all_sources().fail(name, error)
        self._tell_once(error)
        self._look_again()

    def _look_again(self) -> None:
        if self._shown and self._shown == self._sheet.key:
            self.suggest_now()

    def _tell_once(self, error: HashiyaError) -> None:
        what = f"{error.code} {error.values.get('name', '')}"
        if what not in self._told and error.code not in SILENT:
            self._told.add(what)
            self._notice(error)

    def _fit_schema(self) -> None:
        """Have no model that suggests labels which the schema has no more."""
        if self._crf is not None and any(self.schema.label(label) is None for label in self._crf.labels):
            self._crf.drop()
            self._all_sources().forget("crf")


def _as_told(error: Exception) -> HashiyaError:
    if isinstance(error, HashiyaError):
        return error
    if isinstance(error, _Ended):
        return HashiyaError("model-cancelled")
    return HashiyaError("program-fault", reason=type(error).__name__)
