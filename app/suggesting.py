"""What an open project suggests in its current article, and how suggestions are decided."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from app.edit import suggested
from app.edit.commands import Command
from app.edit.steps import Step
from app.edit.suggested import Wanted
from app.errors import CallError, EditRefused, HashiyaError
from app.model.annotation import Change
from app.model.place import Place
from app.model.schema import Schema
from app.remembering import WOKEN, Remembered
from app.signals import Signal
from app.store import decisions, settings
from app.store.annotations import Sheet
from app.store.decisions import Rejection
from app.store.engine import Database
from app.suggest.base import Article, Suggestion
from app.suggest.combine import Offered, combine
from app.suggest.confidence import is_quiet
from app.suggest.imported import imported, without_suggested
from app.suggest.memory import folded_form
from app.text.clitics import Lexicon

if TYPE_CHECKING:
    from app.suggest.sources import Sources

AS_THEY_COME: Final = "as_they_come"
MOST_USEFUL: Final = "most_useful"
SETTINGS: Final = "suggest"
QUICK: Final = 8_000
"""A longer text keeps the sources busy for more than a moment: another thread asks them about it first."""
LONG: Final = 30_000
"""In a longer text suggestions follow a step when `suggest_now` is called next, not within the key press."""


class SuggestSettings(NamedTuple):
    """How a project suggests: from which confidence on, in which order articles come, and what is left out.

    `share_without` is how many of a hundred articles show no suggestions, `off` names sources that are not asked.
    """

    on: bool = True
    threshold: float = 0.5
    order: str = AS_THEY_COME
    share_without: int = 0
    off: tuple[str, ...] = ()


class Quiet(NamedTuple):
    """A source that is not shown for a label any more, since so few of its suggestions were taken."""

    source_name: str
    label: str
    accepted: int
    decided: int


class Suggesting:
    """What a session suggests. Suggestions are in memory only; `suggestions_changed` tells that they are others now.

    Nothing is looked for before `suggest_now` is called for an article; from then on they follow each step.
    """

    schema: Schema
    changed: Signal[Step, object]
    moved: Signal[()]
    documents_changed: Signal[()]
    schema_changed: Signal[()]
    suggestions_changed: Signal[()]
    _database: Database
    _sheet: Sheet
    _remembered: Remembered
    _sources: Sources | None
    _offers: tuple[Offered, ...]
    _found: list[Suggestion]
    _shown: int
    _behind: bool
    _suggest_settings: SuggestSettings | None

    @property
    def suggestions(self) -> tuple[Offered, ...]:
        """What is suggested in the current article, in reading order; nothing before `suggest_now`."""
        return self._offers if self._shown == self._sheet.key else ()

    @property
    def suggest_settings(self) -> SuggestSettings:
        """How this project suggests."""
        if self._suggest_settings is None:
            with self._database.reading() as connection:
                kept = settings.read(connection, SETTINGS)
            self._suggest_settings = settings_of(kept)
        return self._suggest_settings

    def set_suggest_settings(self, wanted: SuggestSettings) -> None:
        """Suggest as `wanted` says from now on. Raises CallError for what makes no sense."""
        in_bounds = 0 <= wanted.threshold <= 1 and 0 <= wanted.share_without <= 100
        if not in_bounds or wanted.order not in (AS_THEY_COME, MOST_USEFUL):
            raise CallError("suggest-settings-wrong")
        kept = json.dumps(wanted._asdict(), ensure_ascii=False)
        with self._database.writing() as connection:
            settings.write(connection, SETTINGS, kept)
        self._suggest_settings = wanted
        if self._shown == self._sheet.key:
            self.suggest_now()

    @property
    def shows_suggestions(self) -> bool:
        """Whether the current article is one that shows suggestions."""
        how = self.suggest_settings
        return how.on and bool(self._sheet.key) and not is_without(self._sheet.document.id, how.share_without)

    @property
    def are_suggestions_behind(self) -> bool:
        """Whether there was a change that they do not follow before `suggest_now` is called next."""
        return self._behind and self._shown == self._sheet.key

    @property
    def is_ready_to_suggest(self) -> bool:
        """Whether `suggest_now` keeps nobody waiting: all is ready, and a long text was looked at already."""
        if not self.shows_suggestions:
            return True
        sources, text = self._all_sources(), self._sheet.document.text
        asked = len(text) <= QUICK or sources.was_asked(text)
        return asked and sources.is_ready and self._remembered.is_ready

    def get_ready_to_suggest(self) -> None:
        """Do what is left to do before `is_ready_to_suggest`; another thread may, while this one waits for it."""
        sources, sheet = self._all_sources(), self._sheet
        sources.off = self.suggest_settings.off
        if not sources.is_ready:
            sources.get_ready(self.schema)
        if not self._remembered.is_ready:
            sources.get_ready_for(self._remembered.get_ready())
        if len(sheet.document.text) > QUICK:
            sources.of_text(self._article(sheet))

    def suggest_now(self) -> None:
        """Ask every source about the current article as it is. What was found for its text before is not asked again.

        A source that fails is switched off and told of by `noticed`, once.
        """
        self._behind = False
        if not self.shows_suggestions:
            return self._offer([], ())
        sources = self._all_sources()
        sources.off = self.suggest_settings.off
        known, article = set(sources.troubles), self._article()
        of_text = sources.of_text(article)
        for name in sources.troubles.keys() - known:
            self._notice(sources.troubles[name])
        self._combine(article, of_text)

    # Decisions

    def accept(
        self,
        ids: Iterable[str],
        *,
        label: str = "",
        bounds: tuple[int, int] | None = None,
        place: Place,
        origin: object = None,
    ) -> Step | None:
        """Mark what these suggest, in one step; as `label` and with `bounds` where they are given.

        Bounds are those of the first; the others are moved as far. Raises EditRefused, also for one that is no longer
        suggested ("suggestion-gone").
        """
        wanted = self._wanted(ids)
        moved = (bounds[0] - wanted[0].start, bounds[1] - wanted[0].end) if bounds and wanted else (0, 0)
        command = suggested.accept(wanted, label=label, moved=moved, known=self._known())
        return self._decide(command, place, origin)

    def accept_alike(
        self, id: str, place: Place, origin: object = None, bounds: tuple[int, int] | None = None
    ) -> Step | None:
        """Accept this one and every other of the same text and label in the article, in one step.

        Where this one is to have other `bounds`, the others are moved as far.
        """
        alike = self.alike(id)
        return self.accept([id, *(one for one in alike if one != id)], bounds=bounds, place=place, origin=origin)

    def accept_above(self, score: float, place: Place, origin: object = None) -> Step | None:
        """Accept every suggestion that is as sure as `score` at least, in one step; None when there is none."""
        ids = [one.id for one in self.suggestions if one.confidence >= score]
        return self.accept(ids, place=place, origin=origin) if ids else None

    def reject(self, ids: Iterable[str], place: Place = Place(), origin: object = None) -> Step | None:  # noqa: B008
        """Refuse these in one step: their texts are suggested for their labels no more, in the whole project."""
        return self._decide(suggested.reject(self._wanted(ids)), place, origin)

    def alike(self, id: str) -> list[str]:
        """The ids of the suggestions of the same text and label as this one, itself among them."""
        wanted = self._offered(id).suggestion
        text = self._sheet.document.text
        form = folded_form(text[wanted.start : wanted.end])
        return [
            one.id
            for one in self.suggestions
            if one.suggestion.label == wanted.label
            and folded_form(text[one.suggestion.start : one.suggestion.end]) == form
        ]

    def rejections(self) -> list[Rejection]:
        """Every text that was refused for a label in this project, the last one first."""
        with self._database.reading() as connection:
            return decisions.rejections(connection)

    def take_back(self, rejection: Rejection) -> None:
        """Suggest this text for this label again. What undo would take back stays as it is otherwise."""
        with self._database.writing() as connection:
            decisions.take_back(connection, rejection.label, rejection.folded)
        self._remembered.forget()
        self.suggest_now()

    # Sources

    def quiet(self) -> list[Quiet]:
        """The sources that are not shown for a label, since most of what they suggested was wrong."""
        memory = self._remembered.memory(self._sheet.key)
        return [Quiet(*pair, *memory.record[pair]) for pair in memory.record if is_quiet(*pair, memory)]

    def wake(self, source_name: str, label: str) -> None:
        """Show what this source suggests for this label again, whatever its record is."""
        woken = {*self._remembered.memory(self._sheet.key).woken, (source_name, label)}
        with self._database.writing() as connection:
            settings.write(connection, WOKEN, json.dumps(sorted(woken), ensure_ascii=False))
        self._remembered.forget()
        self.suggest_now()

    def source_names(self) -> tuple[str, ...]:
        """Every source that `SuggestSettings.off` can name."""
        return self._all_sources().names

    @property
    def source_troubles(self) -> Mapping[str, HashiyaError]:
        """Why sources were switched off that failed, by their names."""
        return self._all_sources().troubles

    def _begin_suggesting(self) -> None:
        self.suggestions_changed = Signal()
        self._remembered = Remembered(self._database)
        self._sources = self._suggest_settings = None
        self._offers, self._found, self._shown, self._behind = (), [], 0, False
        self.changed.connect(self._suggest_after)
        self.documents_changed.connect(self._forget)

    def _end_suggesting(self) -> None:
        self.suggestions_changed.clear()

    def _forget(self) -> None:
        self._remembered.forget()
        if self._sources:
            self._sources.forget_memory()
        self._behind = True

    def _suggest_after(self, step: Step, _origin: object) -> None:
        text = self._sheet.document.text
        for change in step.changes:
            if change.document == self._sheet.document.id:
                self._remembered.follow(text, change)
        if self._shown != self._sheet.key or not self._sheet.key:
            return
        if len(text) > LONG or self._behind:
            self._behind = True
            self._offer(self._found, tuple(one for one in self._offers if not _is_settled(one, step.changes)))
        elif self._sources is not None and self.shows_suggestions:
            self._combine(self._article(), self._sources.said(text))

    def _combine(self, article: Article, of_text: list[Suggestion]) -> None:
        """Offer what was found in the text, what follows the marks, and what came with a file."""
        found = [*self._all_sources().after_step(article), *of_text, *imported(self._sheet.annotations)]
        memory = self._remembered.memory(self._sheet.key)
        self._offer(found, tuple(combine(article, found, memory, self.suggest_settings.threshold)))

    def _offer(self, found: list[Suggestion], offers: tuple[Offered, ...]) -> None:
        before = self.suggestions
        self._found, self._offers, self._shown = found, offers, self._sheet.key
        if offers != before:
            self.suggestions_changed.emit()

    def _article(self, sheet: Sheet | None = None) -> Article:
        document, annotations = (sheet or self._sheet)[1:3]
        return Article(document.id, document.text, without_suggested(annotations), self.schema)

    def _all_sources(self) -> Sources:
        if self._sources is None:
            from app.suggest.sources import Sources  # no start waits for them

            self._sources = Sources(lambda: self._remembered.memory(self._sheet.key), lambda: self.lexicon)
        return self._sources

    def _offered(self, id: str) -> Offered:
        for one in self.suggestions:
            if one.id == id:
                return one
        raise EditRefused("suggestion-gone")

    def _wanted(self, ids: Iterable[str]) -> list[Wanted]:
        by_id = {one.id: one.suggestion for one in self.suggestions}
        try:
            return [self._as_wanted(by_id[id]) for id in dict.fromkeys(ids)]
        except KeyError:
            raise EditRefused("suggestion-gone") from None

    def _known(self) -> list[Wanted]:
        """What was found in the article and has links: their other ends may be marked now."""
        return [self._as_wanted(one) for one in self._found if one.links]

    def _as_wanted(self, one: Suggestion) -> Wanted:
        folded = folded_form(self._sheet.document.text[one.start : one.end])
        links = tuple((link.relation, link.label, link.start, link.end) for link in one.links)
        return Wanted(
            one.label, one.start, one.end, one.source, one.source_name, one.score, folded, one.attributes, links
        )

    def _decide(self, command: Command, place: Place, origin: object) -> Step | None:
        return self.do(command, place=place, origin=origin)

    @property
    def lexicon(self) -> Lexicon:
        """What tells clitics from letters."""
        raise NotImplementedError

    def do(self, command: Command, *, place: Place, origin: object = None) -> Step | None:
        """Carry out a command."""
        raise NotImplementedError

    def _notice(self, notice: HashiyaError) -> None:
        """Have something told."""
        raise NotImplementedError


def is_without(document_id: str, share: int) -> bool:
    """Whether an article is among the `share` of a hundred that show no suggestions: by its id alone, for good."""
    drawn = int.from_bytes(hashlib.sha256(document_id.encode("utf-8", "surrogatepass")).digest()[:4], "big")
    return drawn % 100 < share


def _is_settled(one: Offered, changes: Sequence[Change]) -> bool:
    """Whether a step marked over this suggestion with its label, or decided about it."""
    label, start, end = one.suggestion[:3]
    return any(
        (label, start, end) in {(made.label, made.start, made.end) for made in change.decided}
        or any(span.label == label and span.start < end and start < span.end for span in change.added)
        for change in changes
    )


def settings_of(kept: str) -> SuggestSettings:
    """What a project keeps under `SETTINGS`."""
    if not kept:
        return SuggestSettings()
    said = json.loads(kept)
    return SuggestSettings(**{**said, "off": tuple(said["off"])})
