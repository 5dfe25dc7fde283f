"""What was labelled in the project before, found again: whole words, and words after a clitic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, takewhile
from typing import Final, NamedTuple

from app.suggest.base import Article, Suggestion, Why
from app.suggest.confidence import WEIGHT, expected
from app.suggest.memory import Form, Memory
from app.suggest.words import Words, words_in, words_of
from app.text.evidence import ARTICLE, FUSED, Lexicon, clitics
from app.words import frequent_words

NAME: Final = "dictionary"
MOST_WORDS: Final = 8
"""A longer form is not looked for."""
LEAST_SHARE: Final = 0.6
"""How much of a form's places must carry the label for it to be suggested. A word that stands in finished articles
without a label counts; of longer forms there are too few such places to look for them."""
_TEXTS: Final = 4


class _Entry(NamedTuple):
    label: str
    score: float
    why: Why


@dataclass(slots=True)
class _Kept:
    """What was found in a text, by the word that it begins with, up to that change of the forms `touched`."""

    taken: Mapping[Form, int]
    found: dict[str, list[Suggestion]]
    until: int = 0


class Dictionary:
    """A source; see `app.suggest.base.Source`. `memory` gives what was labelled so far, whenever it is asked."""

    name = NAME
    kind = "memory"

    def __init__(self, memory: Callable[[], Memory], lexicon: Callable[[], Lexicon] | None = None) -> None:
        self._memory = memory
        self._lexicon = lexicon or _shipped
        self._readings = lru_cache(maxsize=_TEXTS)(self._read)
        self._forms = _Forms()
        self._ahead: _Forms | None = None
        self._answers: dict[str, _Kept] = {}

    def forget(self) -> None:
        """Let go of what is kept of the memory, which is read anew: a large one is not to be there twice."""
        self._forms, self._ahead = _Forms(), None
        self._answers.clear()

    def get_ready(self, memory: Memory) -> None:
        """Know the forms of `memory`, which is to be the next one, before it is; any thread may, nothing follows it."""
        forms = _Forms()
        forms.follow(memory)
        self._ahead = forms

    def suggest(self, article: Article) -> list[Suggestion]:
        """Every place of each form that mostly carries one label; of two that begin at one word, both."""
        memory = self._memory()
        if self._ahead and self._ahead.are_of(memory):
            self._forms, self._ahead = self._ahead, None
        self._forms.follow(memory)
        words, readings = self._readings(article.text)
        kept = self._answers.get(article.text)
        if kept is None or kept.taken is not memory.taken:
            fresh: Iterable[str] = readings.keys() & self._forms.firsts.keys()
            kept = self._answers[article.text] = _Kept(memory.taken, {})
            if len(self._answers) > _TEXTS:
                del self._answers[next(iter(self._answers))]
        else:
            fresh = {first for form in _since(kept.until, memory.touched) for first in words_in(form)[:1]}
        known: dict[str, list[_Entry]] = {}
        for first in fresh:
            places = readings.get(first, ()) if first in self._forms.firsts else ()
            kept.found[first] = [one for k, cut in places for one in self._from(words, k, cut, first, memory, known)]
        kept.until = _last(memory.touched)
        return [one for found in kept.found.values() if found for one in found]

    def _from(
        self, words: Words, k: int, cut: int, rest: str, memory: Memory, known: dict[str, list[_Entry]]
    ) -> Iterator[Suggestion]:
        """What begins at word `k` after `cut` letters; `known` keeps what was found out about forms."""
        said, last, most = rest, k, self._forms.firsts[rest]
        while True:
            if (entries := known.get(said)) is None:
                entries = known[said] = list(self._forms.entries(said, memory))
            for entry in entries:
                start, end = words.begin(k, cut), words.end(last)
                yield Suggestion(entry.label, start, end, self.kind, NAME, entry.score, entry.why)
            if last - k + 1 >= most or last + 1 >= len(words.said) or not words.joined(last):
                return
            last += 1
            said = f"{said} {words.said[last]}"

    def _read(self, text: str) -> tuple[Words, Mapping[str, list[tuple[int, int]]]]:
        """What each word of a text may say: itself, and what follows its clitics; where, and how much is cut off."""
        words, lexicon = words_of(text), self._lexicon()
        by_word: dict[str, list[tuple[int, str]]] = {}
        found: dict[str, list[tuple[int, int]]] = {}
        for k, word in enumerate(words.said):
            readings = by_word.get(word)
            if readings is None:
                readings = by_word[word] = list(_readings(word, lexicon))
            for cut, rest in readings:
                found.setdefault(rest, []).append((k, cut))
        return words, found


class _Forms:
    """The forms of a memory by their folded surface; followed as the memory grows."""

    def __init__(self) -> None:
        self._of: Mapping[Form, int] | None = None
        self._forms: dict[str, list[Form]] = {}
        self.firsts: dict[str, int] = {}
        """The number of words of the longest form that begins with a word."""
        self._count = 0

    def are_of(self, memory: Memory) -> bool:
        """Whether these are the forms of that memory."""
        return memory.taken is self._of

    def follow(self, memory: Memory) -> None:
        """Know the forms of `memory.taken`: anew for another mapping, else what came to it since."""
        taken = memory.taken
        if taken is not self._of:
            self._of, self._forms, self.firsts, self._count = taken, {}, {}, 0
        if self._count == len(taken):
            return
        # A mapping keeps its order: what is new stands at its end.
        for form in islice(taken, self._count, None):
            self._know(form)
        self._count = len(taken)

    def entries(self, said: str, memory: Memory) -> Iterator[_Entry]:
        """The labels that these words mostly carry."""
        forms = self._forms.get(said)
        if not forms:
            return
        counts = [(form[0], memory.taken[form]) for form in forms]
        everywhere = max(sum(times for _label, times in counts), memory.seen.get(said, 0))
        for label, times in counts:
            if times > 0 and times >= LEAST_SHARE * everywhere:
                share = (times + WEIGHT * expected(NAME)) / (everywhere + WEIGHT)
                yield _Entry(label, min(share, 0.98), Why("your-label", {"count": times}))

    def _know(self, form: Form) -> None:
        words = words_in(form[1])
        if not words or len(words) > MOST_WORDS or len(form[1]) < 2:
            return
        if " ".join(words) != " ".join(form[1].replace("-", " ").split()):
            return  # in quotation marks, or of several clauses: no name
        self._forms.setdefault(" ".join(words), []).append(form)
        self.firsts[words[0]] = max(self.firsts.get(words[0], 0), len(words))


def _last(touched: dict[str, int]) -> int:
    return touched[next(reversed(touched))] if touched else 0


def _since(until: int, touched: dict[str, int]) -> Iterator[str]:
    """The forms that changed after the change of this number."""
    return takewhile(lambda form: touched[form] > until, reversed(touched))


def _readings(word: str, lexicon: Lexicon) -> Iterator[tuple[int, str]]:
    """How many letters are cut off, and what is left. A ل written together with the article stays: للجيش."""
    yield 0, word
    if len(word) < 3 or word[0] not in "وفبكلس":
        return
    for cut in clitics(word, lexicon, asked=True):
        yield cut, word[cut:]
    at = word.startswith(("ولل", "فلل"))
    if len(word) > 4 and word.startswith(FUSED, at):
        yield int(at), ARTICLE + word[at + 2 :]


def _shipped() -> Lexicon:
    return Lexicon(lambda word: frequent_words().get(word, 0.0))
