"""What a project suggests in each of its articles, by its own labels, decisions and model; nothing in it changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from app.errors import CallError, HashiyaError
from app.lessons import NAME
from app.model.record import Record
from app.model.schema import Schema
from app.remembering import Remembered
from app.store import annotations as sheets
from app.store import decisions, documents, schemas, settings, spans
from app.store.engine import Database
from app.store.looking import look
from app.suggest.base import Article
from app.suggest.combine import combine
from app.suggest.crf import Crf
from app.suggest.imported import imported, without_suggested
from app.suggest.plugged import FIRST_SECONDS, plugged
from app.suggest.sources import Sources
from app.suggest.without_project import ANY_LENGTH, as_record, choose
from app.suggesting import SETTINGS, is_without, settings_of
from app.words import Labelled

Report = Callable[[HashiyaError], object]
_LABELS_READ: Final = 20_000
_MODEL_SECONDS: Final = 30.0


def suggestions_in(
    project: Path, wanted: Collection[str], threshold: float | None, schema: Schema | None, report: Report
) -> Iterator[Record]:
    """Each article of `project` with what is suggested in it for the project's annotator, and nothing else.

    Where no sources are `wanted`, no `threshold` or no `schema` is given, the project's own are taken. An article that
    it keeps free of suggestions has none. `report` hears of sources that fail, and of a model that cannot be used.
    Raises CallError, and ProjectError.
    """
    with look(project) as database, ExitStack() as opened:
        all_ = _All(database, schema, report, opened)
        all_.choose(wanted, threshold)
        yield from all_.records()


class _All:
    def __init__(self, database: Database, schema: Schema | None, report: Report, opened: ExitStack) -> None:
        self._database, self._report = database, report
        with database.reading() as connection:
            self._schema = schema or schemas.read(connection, database.path.name)
            self._annotator = settings.read(connection, "annotator")
            self._how = settings_of(settings.read(connection, SETTINGS))
            labelled = Labelled(spans.surfaces(connection, _LABELS_READ))
        self._threshold = self._how.threshold
        self._key = 0
        self._remembered = Remembered(database)
        self._sources = Sources(lambda: self._remembered.memory(self._key), labelled.lexicon, ANY_LENGTH)
        self._crf = Crf(lost=self._lost, patience=_MODEL_SECONDS)
        opened.callback(self._crf.close)
        self._sources.put(self._crf)
        for source in plugged(self._sources.names, lost=self._failed, patience=2 * FIRST_SECONDS):
            opened.callback(source.close)
            self._sources.put(source)

    def choose(self, wanted: Collection[str], threshold: float | None) -> None:
        """Ask only these sources, and leave out what is less sure than that."""
        names = self._sources.names
        choose(self._sources, wanted or [name for name in names if name not in self._how.off] or names, names)
        self._threshold = self._how.threshold if threshold is None else threshold
        if NAME not in self._sources.off:
            self._load()

    def records(self) -> Iterator[Record]:
        """The articles in their order. Raises CallError where there is none, ProjectError for one that is damaged."""
        position = 0
        while texts := self._texts(position):
            for one in texts:
                yield self._record(one.key)
            position = texts[-1].position + 1
        if not position:
            raise CallError("project-empty", file=str(self._database.path))

    def _texts(self, position: int) -> list[documents.Text]:
        with self._database.reading() as connection:
            return documents.texts(connection, position)

    def _record(self, key: int) -> Record:
        self._key = key
        with self._database.reading() as connection:
            sheet = sheets.load(connection, key, self._annotator)
        document, marks = sheet.document, sheet.annotations
        article = Article(document.id, document.text, without_suggested(marks), self._schema)
        record = Record(document)
        if is_without(document.id, self._how.share_without):
            return as_record(record, article, ())
        known = set(self._sources.troubles)
        found = [*self._sources.after_step(article), *self._sources.of_text(article), *imported(marks)]
        for name in self._sources.troubles.keys() - known:
            self._report(self._sources.troubles[name])
        memory = self._remembered.memory(key)
        return as_record(record, article, combine(article, found, memory, self._threshold))

    def _load(self) -> None:
        labels = [label.id for label in self._schema.labels]
        try:
            with self._database.reading() as connection:
                kept = decisions.model(connection, NAME)
            if kept is not None:
                self._crf.use(kept.content, self._schema.name, labels)
        except HashiyaError as error:
            self._lost(error)

    def _lost(self, _error: HashiyaError) -> None:
        self._report(HashiyaError("model-left-out"))

    def _failed(self, name: str, error: HashiyaError) -> None:
        self._sources.fail(name, error)
        self._report(error)
