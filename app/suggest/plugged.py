"""Sources of suggestions that other packages bring, by the entry points of the group `hashiya.suggest`.

Each is imported and asked in a process of its own: one that crashes, hangs or fills the memory is ended, which no
thread could be, and neither the window nor another source waits for it. See docs/suggestions.md.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from importlib.metadata import entry_points
from typing import Any, Final

from app.errors import HashiyaError
from app.model.annotation import Annotations, Attribute
from app.model.schema import Schema
from app.model.schema_file import read_schema, schema_json
from app.suggest.asking_worker import Process, WorkerLost
from app.suggest.base import Article, Link, Source, Suggestion, Why
from app.suggest.later import Later

GROUP: Final = "hashiya.suggest"
FIRST_SECONDS: Final = 60.0
SECONDS: Final = 10.0
"""How long a source may take for its first answer, for which it may load a model, and for every other."""
_LOST: Final = {"model-slow": "source-slow", "model-crashed": "source-ended"}


class Plugged:
    """A source that an installed package brings; see `app.suggest.base.Source`. It is given the text and the schema.

    What comes after `patience` seconds is told of by `heard`, called with its name and the text in another thread;
    `lost` hears, likewise, why it is asked no more.
    """

    def __init__(
        self,
        name: str,
        heard: Callable[[str, str], object] = lambda name, text: None,
        lost: Callable[[str, HashiyaError], object] = lambda name, error: None,
        patience: float = SECONDS,
        limits: tuple[float, float] = (FIRST_SECONDS, SECONDS),
    ) -> None:
        self.name, self.kind = name, "model"
        self._lost, self._limits = lost, limits
        self._answers = Later(self._found, lambda text: heard(name, text), patience)
        self._process = Process()
        self._failed: HashiyaError | None = None
        self._schema: Schema | None = None

    def suggest(self, article: Article) -> list[Suggestion]:
        """What it says, if that is known within the patience."""
        if self._schema is not article.schema:
            self._schema = article.schema
            self._answers.forget()
        return (self._answers.said(article) or []) if self._failed is None else []

    def close(self) -> None:
        """End its process."""
        self._process.close()

    def _found(self, article: Article) -> list[Suggestion] | None:
        if self._failed is not None:
            return None
        seconds = self._limits[self._process.is_running]
        told = {"do": "plugged", "name": self.name, "article": article.id, "text": article.text}
        try:
            said, _rest = self._process.ask(told, schema_json(article.schema), seconds)
        except HashiyaError as error:
            if error.code != "model-cancelled":
                self._failed = self._why(error, seconds)
                self._lost(self.name, self._failed)
            return None
        return [_suggestion(*one) for one in said["found"]]

    def _why(self, error: HashiyaError, seconds: float) -> HashiyaError:
        if isinstance(error, WorkerLost):
            return HashiyaError(_LOST[error.code], name=self.name, seconds=round(seconds))
        return HashiyaError("source-raised", name=self.name, reason=str(error.values.get("reason", error.code)))


def plugged(taken: Collection[str], **heard: Any) -> list[Plugged]:
    """The sources that installed packages bring, but those with a name that is `taken`; none is imported."""
    names = dict.fromkeys(point.name for point in entry_points(group=GROUP))
    return [Plugged(name, **heard) for name in names if name not in taken]


class Asked:
    """The worker's side: the source is imported when it is first asked."""

    def __init__(self) -> None:
        self._sources: dict[str, Source] = {}

    def answer(self, told: dict[str, Any], schema: bytes) -> tuple[dict[str, Any], bytes]:
        """What the source says of a text. Whatever it raises is raised here."""
        name = told["name"]
        if name not in self._sources:
            (point, *_others) = entry_points(group=GROUP, name=name)
            self._sources[name] = point.load()()
        article = Article(told["article"], told["text"], Annotations(), read_schema(schema, name))
        found = self._sources[name].suggest(article)
        return {"found": [_told(name, self._sources[name].kind, one) for one in found]}, b""


def _told(name: str, kind: str, one: Suggestion) -> list[Any]:
    attributes = [[str(each.name), str(each.value)] for each in one.attributes]
    links = [[str(link.relation), str(link.label), int(link.start), int(link.end)] for link in one.links]
    return [str(one.label), int(one.start), int(one.end), str(kind), name, float(one.score), attributes, links]


def _suggestion(
    label: str,
    start: int,
    end: int,
    kind: str,
    name: str,
    score: float,
    attributes: Iterable[tuple[str, str]],
    links: Iterable[tuple[str, str, int, int]],
) -> Suggestion:
    why = Why("added-source", {"name": name})
    told = tuple(Attribute(key, value, kind) for key, value in attributes)
    return Suggestion(label, start, end, kind, name, score, why, told, tuple(Link(*link) for link in links))
