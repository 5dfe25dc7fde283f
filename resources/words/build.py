"""Make ar.txt anew: python resources/words/build.py (needs the packages wordfreq and babel; the program needs neither).

The words of whole.txt begin like a clitic or an article, and what would be left of them is a word too; they stand
below 100 and more.

ar.txt holds frequent Arabic words and the names of the world's countries as app.text.folding folds them, one a line,
below the logarithm of how often they come: 45 stands for 10^4.5 times in 10^9 words. A word that is only another one
with a clitic attached is left out, so that the list says the more of words that begin with the letter of a clitic.
"""

from __future__ import annotations

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import wordfreq  # type: ignore[import-untyped]
from babel import Locale

sys.path.insert(0, str(Path(__file__).parents[2]))

from app.text.evidence import WHOLE, Lexicon, clitics
from app.text.folding import Folded

TARGET = Path(__file__).with_name("ar.txt")
LARGEST = 400_000
"""Bytes that the list may take."""
LEAST = 3.7
"""Logarithm of the frequency that a country's name is given at least: a name in the news is no rare word."""
RAREST = 3.0
ARTICLE = "ال"


def main() -> None:
    """Write ar.txt."""
    known = frequencies()
    names = {word: max(known.get(word, 0.0), LEAST) for word in country_words()}
    for word in Folded(TARGET.with_name("whole.txt").read_text("utf-8")).text.split():
        names[word] = WHOLE + max(known.get(word, 0.0), RAREST)
    known |= names
    lexicon = Lexicon(lambda word: known.get(word, 0.0))
    own = (word for word in sorted(known, key=lambda word: (-known[word], word)) if not said_by_another(word, lexicon))
    chosen, room = dict(names), LARGEST - sum(size(word) for word in names) - 1000
    for word in own:
        room -= 0 if word in chosen else size(word)
        if room < 0:
            break
        chosen[word] = known[word]
    TARGET.write_text("".join(lines(chosen)), encoding="utf-8")


def frequencies() -> dict[str, float]:
    """Folded words, with the logarithm of how often they come in 10⁹ words; spellings that fold alike are one."""
    times: Counter[str] = Counter()
    for word, share in wordfreq.get_frequency_dict("ar", wordlist="large").items():
        times[Folded(word).text] += share
    return {word: math.log10(share) + 9 for word, share in times.items() if is_word(word)}


def country_words() -> Iterator[str]:
    """The words that the names of countries and territories are made of, folded."""
    for name in Locale("ar").territories.values():
        first, *others = Folded(name).text.replace("(", " ").replace(")", " ").split()
        yield from filter(is_word, (first, *(word.removeprefix("و") for word in others)))


def is_word(folded: str) -> bool:
    """Whether this is an Arabic word, of two letters at least."""
    return len(folded) > 1 and all("\u0621" <= ch <= "\u064a" or ch in "پچژگ" for ch in folded)


def said_by_another(word: str, lexicon: Lexicon) -> bool:
    """Whether the list says enough of `word` when it holds the word without its clitics or article."""
    if clitics(word, lexicon):
        return True
    bare = word.removeprefix(ARTICLE)
    return bare != word and len(bare) > 2 and abs(lexicon.frequency(bare) - lexicon.frequency(word)) < 1.2


def size(word: str) -> int:
    return len(word.encode()) + 1


def lines(words: dict[str, float]) -> Iterator[str]:
    levels: defaultdict[int, list[str]] = defaultdict(list)
    for word, frequency in words.items():
        levels[round(10 * frequency)].append(word)
    for level in sorted(levels, reverse=True):
        yield f"{level}\n" + "".join(f"{word}\n" for word in sorted(levels[level]))


if __name__ == "__main__":
    main()
