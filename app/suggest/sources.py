"""The sources of suggestions: which there are, run one by one, and switched off when one fails.

A source is imported when it is first run. Those that look at nothing but the text are run once for each article.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from importlib import import_module
from typing import Final

from app.errors import HashiyaError
from app.model.annotation import SOURCES, Annotations
from app.model.schema import Schema
from app.suggest.base import Article, Source, Suggestion
from app.suggest.dictionary import Dictionary
from app.suggest.memory import Memory
from app.suggest.repetition import Repetition
from app.text.evidence import Lexicon
from app.text.graphemes import snap

MEMORY_SOURCES: Final = ("repetition", "dictionary")
"""Those that follow each step."""
LATER: Final[Mapping[str, tuple[str, str]]] = {
    "casualties": ("app.suggest.casualties", "Casualties"),
    "quotes": ("app.suggest.quotes", "Quotes"),
    "gazetteer": ("app.suggest.gazetteer", "Gazetteer"),
    "crf": ("app.suggest.crf", "Crf"),
}
"""The others, by name: the module and the class. One whose module is not there is passed over."""
LONGEST: Final = 250_000
"""In longer texts only what is marked and what was labelled is looked for: no article, and seconds of work."""
_KEPT_TEXTS: Final = 4
_AWAY: Final = ("crf",)
"""Those that a process of its own answers for: there is nothing to get ready here."""
_ANYTHING: Final = "قال المتحدث في بغداد إن «ثلاثة مدنيين» قتلوا."


class Sources:
    """The sources of one open project.

    `off` names those that were switched off, `troubles` says by name why others were: they raised ("source-raised"), or
    answered what the text or the schema does not have ("source-nonsense").
    """

    def __init__(
        self, memory: Callable[[], Memory], lexicon: Callable[[], Lexicon] | None = None, longest: int = LONGEST
    ) -> None:
        self.off: Collection[str] = ()
        self.is_ready = False
        self.troubles: dict[str, HashiyaError] = {}
        self._longest = longest
        self._dictionary = Dictionary(memory, lexicon)
        self._quick: tuple[Source, ...] = (Repetition(lexicon), self._dictionary)
        self._made: dict[str, Source | None] = {}
        self._answers: dict[str, dict[str, tuple[Schema, tuple[Suggestion, ...]]]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Every source that can be switched on or off."""
        return (*MEMORY_SOURCES, *LATER, *(name for name in list(self._made) if name not in LATER))

    def put(self, source: Source) -> None:
        """Have `source` asked from now on, in the place of the one of its name; its answers before are forgotten."""
        self._made[source.name] = source
        self.forget(source.name)

    def forget(self, name: str) -> None:
        """Ask this source anew when it is next needed: it has learned, or what was wrong with it is mended."""
        self.troubles.pop(name, None)
        for answers in self._answers.values():
            answers.pop(name, None)

    def late(self, name: str, text: str) -> None:
        """Ask this source about this text again when that is next needed: it did not know yet."""
        self._answers.get(text, {}).pop(name, None)

    def fail(self, name: str, trouble: HashiyaError) -> None:
        """Switch this source off, and forget what it said."""
        self.forget(name)
        self.troubles[name] = trouble

    def after_step(self, article: Article) -> list[Suggestion]:
        """What the sources say that look at marks."""
        found: list[Suggestion] = []
        for source in self._quick:
            if source.name not in self.off:
                found += source.suggest(article)
        return found

    def of_text(self, article: Article) -> list[Suggestion]:
        """What the other sources say of the article; of a text that was asked for lately, what they said then.

        Nothing of one that is too long.
        """
        if len(article.text) > self._longest:
            return []
        answers = self._answers.pop(article.text, {})
        self._answers[article.text] = answers
        while len(self._answers) > _KEPT_TEXTS:
            del self._answers[next(iter(self._answers))]
        found: list[Suggestion] = []
        for name in (name for name in self.names if name not in MEMORY_SOURCES and name not in self.off):
            if name in self.troubles:
                continue
            known = answers.get(name)
            if known is None or known[0] is not article.schema:
                known = answers[name] = article.schema, self._ask(name, article)
            found += known[1]
        return found

    def said(self, text: str) -> list[Suggestion]:
        """What `of_text` gave for this text, without asking anybody anew."""
        answers = self._answers.get(text, {})
        return [one for name, (_schema, found) in answers.items() if name not in self.off for one in found]

    def get_ready(self, schema: Schema) -> None:
        """Do what the first question would wait for: modules, tables, names of places. Any thread may do it."""
        for name in LATER:
            if name not in (*self.off, *_AWAY):
                self._ask(name, Article("", _ANYTHING, Annotations(), schema))
        self.is_ready = True

    def forget_memory(self) -> None:
        """Let go of what follows from the memory: it is read anew."""
        self._dictionary.forget()

    def get_ready_for(self, memory: Memory) -> None:
        """Look at the `memory` that the sources are going to be given next. Any thread may do it."""
        self._dictionary.get_ready(memory)

    def was_asked(self, text: str) -> bool:
        """Whether `of_text` says at once what it has to say of this text."""
        return text in self._answers or len(text) > self._longest

    def _ask(self, name: str, article: Article) -> tuple[Suggestion, ...]:
        try:
            source = self._source(name)
            answers = tuple(source.suggest(article)) if source else ()
            good = tuple(one for one in answers if is_sound(one, article))
        except Exception as error:  # noqa: BLE001 - whatever a source does, labelling goes on
            self.troubles[name] = HashiyaError("source-raised", name=name, reason=type(error).__name__)
            return ()
        if len(good) < len(answers):
            wrong = next(one for one in answers if one not in good)
            reason = f"{wrong.label} {wrong.start}–{wrong.end}"
            self.troubles[name] = HashiyaError("source-nonsense", name=name, reason=reason)
        return good

    def _source(self, name: str) -> Source | None:
        if name not in self._made:
            module, made = LATER[name]
            try:
                self._made[name] = getattr(import_module(module), made)()
            except ModuleNotFoundError as error:
                if error.name != module:
                    raise
                self._made[name] = None
        return self._made[name]


def is_sound(one: Suggestion, article: Article) -> bool:
    """Whether it is a stretch of the text between whole graphemes, a label of the schema, and a share as its score."""
    inside = 0 <= one.start < one.end <= len(article.text)
    return (
        inside
        and one.source in SOURCES
        and 0 <= one.score <= 1
        and article.schema.label(one.label) is not None
        and snap(article.text, one.start, one.end) == (one.start, one.end)
    )
