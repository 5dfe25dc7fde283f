"""What a model is told of an article: its pieces of words, sentence by sentence, each with its features.

A piece is a word, a clitic attached to one, or a mark: so what is marked can begin inside a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from app.places import gazetteer
from app.suggest.crf_words import CUES, NAMES
from app.text.evidence import ARTICLE, FUSED, Lexicon, clitics
from app.text.folding import Folded
from app.words import frequent_words

VERSION: Final = 2
"""Of the features: a model that was trained on others is of no use."""

_PIECE: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[^\w\s]|\n")
_DIGITS: Final = re.compile(r"[0-9]+")
_SENTENCE_ENDS: Final = frozenset(".!؟?\n")
_LONGEST_SENTENCE: Final = 120
_NAME_WORDS: Final = 4
_CUES_OF: Final = {
    word: [name for name, words in CUES.items() if word in words] for word in frozenset().union(*CUES.values())
}
_CLITICS: Final = "وفبكلس"
_ATTACHED: Final = [(False, *(True for _ in range(n - 1))) for n in range(8)]


class Piece(NamedTuple):
    """A word or a part of one: how it is written folded, where it stands in the text, whether it is attached."""

    said: str
    start: int
    end: int
    attached: bool


Sentence = list[Piece]


def sentences(text: str) -> list[Sentence]:
    """The pieces of `text`, in sentences; a line is a sentence at least, and one that never ends is cut."""
    found: list[Sentence] = []
    now: Sentence = []
    for piece in _pieces(text):
        said = piece[0]
        if said != "\n":
            now.append(piece)
        if said in _SENTENCE_ENDS or len(now) >= _LONGEST_SENTENCE:
            if now:
                found.append(now)
            now = []
    if now:
        found.append(now)
    return found


def _pieces(text: str) -> Iterator[Piece]:
    folded = Folded(text)
    said = folded.text
    straight = len(said) == len(text)  # nothing was left out: every place is its own
    for match in _PIECE.finditer(said):
        at, last = match.span()
        word = said[at:last]
        if not straight:
            last = folded.end(last)
        if last - at < 3 or word[0] not in _CLITICS or len(word) < 3:
            yield Piece(word, at if straight else folded.start(at), last, False)
            continue
        parts, places = _cut(word)
        starts = [at + place if straight else folded.start(at + place) for place in places]
        yield from map(Piece, parts, starts, (*starts[1:], last), _ATTACHED[len(parts)])


@lru_cache(maxsize=16384)
def _cut(word: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """What a word falls into, its clitics first, and where in it each begins."""
    cuts = (0, *clitics(word, _lexicon(), asked=True))
    said = [word[a:b] for a, b in zip(cuts, (*cuts[1:], len(word)), strict=True)]
    rest = word[cuts[-1] :]
    if len(cuts) > 1 and word[cuts[-2] :].startswith(FUSED):
        said[-1] = ARTICLE + rest[1:]  # the alef that is not written after ل
    elif word[cuts[-1] :].startswith(FUSED):
        said[-1] = rest
    return tuple(said), cuts


@cache
def _lexicon() -> Lexicon:
    return Lexicon(lambda word: frequent_words().get(word, 0.0))


def features(parts: Sequence[Sentence]) -> list[list[list[bytes]]]:
    """The features of each piece of each sentence of one article."""
    around = _around(parts)
    return [_of_sentence(sentence, around) for sentence in parts]


def _of_sentence(sentence: Sentence, around: dict[str, list[bytes]]) -> list[list[bytes]]:
    said = [piece.said for piece in sentence]
    known = [_NONE, *map(_known, said), _NONE]
    found = [
        [*one.own, *before.before, *after.after]
        for before, one, after in zip(known, known[1:], known[2:], strict=False)
    ]
    _add_places(said, found)
    for piece, item in zip(sentence, found, strict=True):
        if piece.said in around:
            item += around[piece.said]
        if piece.attached:
            item.append(b"attached")
    return found


class _Known(NamedTuple):
    """What is told of a word where it stands, and of it as the word before or after."""

    own: tuple[bytes, ...]
    before: tuple[bytes, ...]
    after: tuple[bytes, ...]


_NONE: Final = _Known((), (b"-^",), (b"+^",))


@lru_cache(maxsize=16384)
def _known(word: str) -> _Known:
    form = "#" * len(word) if word.isdecimal() else word
    bare = form.removeprefix(ARTICLE) if len(form) > 4 else form
    level, shape = _level(word), _shape(word)
    cues = [f"c:{name}" for name in _CUES_OF.get(word, ())]
    if word in NAMES:
        cues.append("c:name")
    own = [f"b:{bare}", *cues]
    if bare is not form:
        own.append(f"w:{form}")
    if shape in "ax":
        own += [f"a{n}:{form[:n]}" for n in range(2, 5) if n < len(form)]
        own += [f"z{n}:{form[-n:]}" for n in range(2, 5) if n < len(form)]
        own.append(f"l:{level}{bare is not form}")
    else:
        own += [f"l:{level}", f"s:{shape}"]
    if shape == "x":
        own.append("s:x")
    near = [f"w:{form}", f"l:{level}", *cues]
    return _Known(_coded("", own), _coded("-", near), _coded("+", near))


def _coded(before: str, told: list[str]) -> tuple[bytes, ...]:
    # A byte for each letter: the library compares features very often, and keeps each of them in the model.
    said = before + f"\n{before}".join(told)
    return tuple(said.encode("cp1256", "xmlcharrefreplace").split(b"\n"))


def _level(word: str) -> str:
    """How often the word is met in the world, in steps; of a word that is not known, whether its stem is."""
    often = frequent_words().get(word, 0.0) % 10
    if often:
        return str(int(often))
    bare = word.removeprefix(ARTICLE)
    return "s" if bare != word and bare in frequent_words() else "0"


def _shape(word: str) -> str:
    """a: letters, x: letters of two cases, d: digits, m: digits and letters, else the mark itself."""
    if word.isdecimal():
        return "d"
    if word.isascii() and word.isalpha():
        return "x"
    if _DIGITS.search(word):
        return "m"
    return "a" if word[0].isalpha() else "," + word


def _add_places(said: list[str], found: list[list[bytes]]) -> None:
    """Tell the pieces that begin the name of a known place so, and those that go on with one."""
    names, longest = _place_names()
    k = 0
    while k < len(said):
        for count in range(min(longest.get(said[k], 0), len(said) - k), 0, -1):
            kind = names.get(" ".join(said[k : k + count]))
            if kind is not None:
                found[k] += (b"gB", b"gB" + kind)
                for item in found[k + 1 : k + count]:
                    item.append(b"gI")
                k += count - 1
                break
        k += 1


@cache
def _place_names() -> tuple[dict[str, bytes], dict[str, int]]:
    names: dict[str, bytes] = {}
    longest: dict[str, int] = {}
    for said, kind in gazetteer().safe_names():
        parts = said.split()
        if parts and len(parts) <= _NAME_WORDS and not said.isascii():
            names.setdefault(said, kind.encode())
            longest[parts[0]] = max(longest.get(parts[0], 0), len(parts))
    return names, longest


def _around(parts: Sequence[Sentence]) -> dict[str, list[bytes]]:
    """What stands beside the same word elsewhere in the article: a name is given its title once."""
    met: dict[str, set[str]] = {}
    for sentence in parts:
        for before, piece in pairwise(sentence):
            if before.said in _CUES_OF:
                met.setdefault(piece.said, set()).update(_CUES_OF[before.said])
    return {word: [f"d:{name}".encode() for name in sorted(names)] for word, names in met.items()}
