"""Whether the first letters of a word are attached clitics, و ف ب ك ل س, or its own: what is known of words decides.

Nothing is cut for its letters alone. The word without them must be known, from what was labelled in the project or
from a list of frequent words and names, and be met much more often than the word with them: بغداد is, beside وبغداد;
beside وزير, كتاب or لبنان nothing is. All words here are folded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from math import log10
from typing import Final

from app.text.folding import Folded, fold

ARTICLE: Final = "ال"
FUSED: Final = "لل"
"""ل and the article, whose alef is not written then: للجيش is ل and الجيش."""

_FOLLOWERS: Final = {"": "وفبكلس", "و": "فبكلس", "ف": "بكلس"}
"""Which clitics can stand after which."""
_JOINERS: Final = "وف"
# How much more often, as a logarithm, the rest must be met than the whole for the first letter to be a clitic.
_MARGIN: Final = {"و": 0.5, "ف": 1.3, "ب": 0.6, "ك": 1.3, "ل": 0.5, "س": 0.5}
_BEFORE_ARTICLE: Final = -0.3
_FUSED_MARGIN: Final = 0.3
_OTHER_LETTER_MARGIN: Final = 0.5
_RAREST: Final = 2.0
_RAREST_VERB: Final = 3.5
_LONG: Final = 5
_RAREST_SHORT: Final = 4.5
_SHORT_MARGIN: Final = 1.0
# The same before a long word that is asked for: فيروس is in بفيروس, met nearly as often; رايان is not in برايان.
_ASKED_MARGIN: Final = {"و": -0.3, "ف": 0.8, "ب": -0.2, "ك": 0.6, "ل": -0.3}
_VERB_BEGINS: Final = "ينت"
# What an article says of a word that is not known, where this much of it follows the clitic at least.
_UNKNOWN_WITH_ARTICLE: Final = 2.3
_ARTICLE_LOSS: Final = 0.5
_ARTICLE_AND_WORD: Final = {"و": 6, "ف": 6, "ب": 8, "ك": 8}
_LOST_IN_A_CLITIC: Final = 1.0
_PARTICLES: Final = re.compile("ا[نيوذم]|ل[امنوهكي]|من|ما|عن|في|هل|قد|ك[مني]|ه[وي]|ب[هيك]|يا|كل")

WHOLE: Final = 10.0
"""What a lexicon adds to the frequency of a word from which nothing is ever to be cut."""
_NEVER_BARE: Final = re.compile("الله|اللهم|الذي|الذين|التي|الل[ذت][اي]ن|اللواتي|اللاتي|الان")
_ARTICLE_MARGIN: Final = -2.5
_LABELLED_REST: Final = 4.0
_LABELLED_WHOLE: Final = 2.5
_SEEN: Final = 2.5


class Lexicon:
    """What speaks for letters being a word: how often it is met in the world, how often it was labelled here."""

    def __init__(
        self,
        frequency: Callable[[str], float],
        labelled: Callable[[str], int] = lambda word: 0,
        seen: Callable[[str], bool] = lambda word: False,
        asked: str = "",
    ) -> None:
        """`frequency` gives the logarithm (base 10) of occurrences in 10⁹ words, 0 for a word that is not known.

        `labelled` gives how many labels begin with the word, `seen` whether it stands alone in the text at hand;
        `asked` is the word whose places are looked for.
        """
        self.frequency = frequency
        self.labelled = labelled
        self.seen = seen
        self.asked = asked

    @staticmethod
    def of(words: Iterable[str]) -> Lexicon:
        """A lexicon that knows these words, all equally frequent, and no others."""
        known = {Folded(word).text for word in words}
        return Lexicon(lambda word: 4.0 if word in known else 0.0)

    def reading(self, text: str) -> Lexicon:
        """This lexicon, for which a word that stands alone somewhere in `text` speaks as well."""
        return Lexicon(self.frequency, self.labelled, lambda word: _stands_alone(fold(text).text, word), self.asked)

    def asking(self, word: str) -> Lexicon:
        """This lexicon, for which `word` was labelled once at least, and outweighs a longer word of the list."""
        return Lexicon(
            self.frequency,
            lambda other: max(self.labelled(other), 1) if other == word else self.labelled(other),
            self.seen,
            word,
        )

    def as_whole(self, word: str) -> float:
        """How much speaks for `word` being one word. Labels count little: before a clitic is cut they are wrong."""
        times = self.labelled(word)
        return max(self.frequency(word), _LABELLED_WHOLE + log10(times) if times else 0.0)

    def as_rest(self, word: str) -> float:
        """How much speaks for `word` being what a clitic is attached to."""
        times = self.labelled(word)
        frequency = self.frequency(word)
        known = frequency - WHOLE if frequency >= WHOLE else frequency
        known = max(known, _LABELLED_REST + log10(times) if times else 0.0)
        return known or (_SEEN if self.seen(word) else 0.0)


def clitics(word: str, lexicon: Lexicon, *, asked: bool = False) -> tuple[int, ...]:
    """Where `word` goes on after each of its clitics, ascending; empty where it has none.

    In للجيش that is at 1: the alef of the article is not there to be pointed at. With `asked` also after the و of a
    long word of which nothing is known, with it or without: in the news hardly any such word begins with a و of its
    own, but that is enough only for a choice that somebody asks for.
    """
    found: list[int] = []
    before = ""
    while (start := len(found)) < len(word):
        clitic = word[start]
        if clitic not in _FOLLOWERS.get(before, "") or not is_clitic(word[start:], lexicon):
            break
        found.append(start + 1)
        before = clitic
    if asked and not found and word.startswith("و") and len(word) >= _LONG and not lexicon.as_whole(word):
        return (1, *(place + 1 for place in clitics(word[1:], lexicon)))
    return tuple(found)


def is_clitic(word: str, lexicon: Lexicon) -> bool:
    """Whether the first letter of `word` is attached to the rest, by what is known of both."""
    first, rest = word[0], word[1:]
    if is_fused(word, lexicon) or (rest == lexicon.asked and _is_met_as_often(first, rest, lexicon)):
        return True
    known, whole = _rest_weight(first, rest, lexicon), lexicon.as_whole(word)
    return known > 0 and known - whole >= _margin(first, rest)


def is_fused(word: str, lexicon: Lexicon) -> bool:
    """Whether `word` begins with ل and an article: so does للجيش, not للبنان, which is لبنان after ل."""
    if not word.startswith(FUSED) or len(word) < 5:
        return False
    with_article = _weight(ARTICLE + word[2:], lexicon) or _UNKNOWN_WITH_ARTICLE
    if lexicon.as_rest(word[1:]) - with_article >= _OTHER_LETTER_MARGIN:
        return False
    return with_article - lexicon.frequency(word) >= _FUSED_MARGIN


def has_article(word: str, lexicon: Lexicon) -> bool:
    """Whether `word` is the article and a word that is known; not so الله and المانيا."""
    rest = word.removeprefix(ARTICLE)
    if rest == word or len(rest) < 2 or _NEVER_BARE.fullmatch(word):
        return False
    known = lexicon.as_rest(rest)
    return known >= (_RAREST if len(rest) > 2 else _RAREST_SHORT) and known - lexicon.as_whole(word) >= _ARTICLE_MARGIN


def _rest_weight(first: str, rest: str, lexicon: Lexicon) -> float:
    """How much speaks for `rest` being a word that the clitic `first` can stand before; 0 if nothing does."""
    if len(rest) < 2 or _PARTICLES.fullmatch(rest) or (first not in _JOINERS and _is_joined(rest, lexicon)):
        return 0.0
    known = _weight(rest, lexicon)
    if not known and rest.startswith(ARTICLE) and len(rest) >= _ARTICLE_AND_WORD.get(first, 99):
        return _UNKNOWN_WITH_ARTICLE
    least = _RAREST if len(rest) > 2 else _RAREST_SHORT
    if first == "س":
        least = _RAREST_VERB if rest[0] == "ي" or (rest[0] in _VERB_BEGINS and len(rest) > 3) else 99.0
    return known if known >= least else 0.0


def _is_met_as_often(first: str, asked: str, lexicon: Lexicon) -> bool:
    """Whether the list knows `asked`, a long word, and knows none that is `first` and its letters much better."""
    known = lexicon.frequency(asked)
    wanted = _ASKED_MARGIN.get(first, WHOLE)
    return len(asked) >= _LONG and known > 0 and known - lexicon.frequency(first + asked) >= wanted


def _margin(first: str, rest: str) -> float:
    if rest.startswith(ARTICLE) and len(rest) > 4:
        return _BEFORE_ARTICLE
    return _MARGIN[first] if len(rest) > 2 else max(_MARGIN[first], _SHORT_MARGIN)


def _is_joined(word: str, lexicon: Lexicon) -> bool:
    """Whether `word` is itself و or ف and another word: then no clitic but these stands before it."""
    return word[0] in _JOINERS and (bool(_PARTICLES.fullmatch(word, 1)) or is_clitic(word, lexicon))


def _weight(word: str, lexicon: Lexicon) -> float:
    """How much speaks for `word`; by what it is made of, where nothing is known of it as it stands."""
    if known := lexicon.as_rest(word):
        return known
    if word.startswith(FUSED) and len(word) > 4:
        return max(_weight(ARTICLE + word[2:], lexicon) - _ARTICLE_LOSS, lexicon.as_rest(word[1:]) - _ARTICLE_LOSS, 0.0)
    if word.startswith(ARTICLE) and len(word) > 4:
        return max(lexicon.as_rest(word[2:]) - _ARTICLE_LOSS, 0.0)
    if len(word) > 3 and word[0] in "بكلس" and is_clitic(word, lexicon):
        return max(_weight(word[1:], lexicon) - _LOST_IN_A_CLITIC, 0.0)
    return 0.0


def _stands_alone(text: str, word: str) -> bool:
    """Whether the folded `text` has `word` somewhere with no letter beside it."""
    at = text.find(word)
    while at >= 0:
        around = text[max(at - 1, 0) : at] + text[at + len(word) : at + len(word) + 1]
        if not any(map(str.isalnum, around)):
            return True
        at = text.find(word, at + len(word))
    return False
