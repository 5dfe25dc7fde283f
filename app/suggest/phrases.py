"""How far the words reach that somebody is called by, and where the name begins among them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from app.suggest.nominal import BODIES, begins_a_noun_clause, carries_a_noun
from app.suggest.quote_marks import Marks, Place
from app.suggest.saying_words import MEDIA, SAYING, THAT
from app.suggest.speaker_words import (
    ADDED,
    ADJECTIVES,
    AUDIENCE,
    ENDS,
    GROUPS,
    LANDS,
    LEFT_OUT,
    NAMES,
    ONE_OF,
    TITLES,
)
from app.suggest.words import Words, listed

_LONGEST: Final = 12
IS_DONE: Final = re.compile("[يت][^ا]..*[^ه]")
"""What a present verb looks like: تنتظر."""
DEFINITE: Final = re.compile("(?:[بو]?ال|و?لل)(?!د[هت]|دة)")
PHRASE_ENDS: Final = ENDS | THAT
_TO_MEDIA: Final = re.compile("ل(?:مراسل|وكال|صحيف|قنا|اذاع|موقع|برنامج|مجل|شبك|جريد|تلفزيون|مندوب|محط|راديو|جريد)\\w*")
_PERSONAL: Final = listed("الشيخ الدكتور الدكتوره السيد السيده الاستاذ الحاج الكابتن البروفيسور الانسه")
"""Titles that go with a name: what follows is one, whatever it looks like."""
_IS_NOUN: Final = re.compile("ا.ت.ا.|است..ا.|انف?..ا.|س[يت].{3,}")
_SAID_IN: Final = MEDIA | {"وقت", "ساعه", "وجه", "ختام", "مستهل", "حديثه", "حديثها", "تعليق", "تعليقه"}
WITHOUT_NAME: Final = listed("فضل فضلت طلب طلبت رفض رفضت اشترط اشترطت فضلوا طلبوا")
"""Verbs of one who wants no name: مصدر طلب عدم ذكر اسمه."""
_OF_IT: Final = ("باسمه", "باسمها", "فيها", "فيه", "لديه", "لديها", "بها", "باسمهم", "باسمنا")


class Phrases:
    """Finds where a phrase that names somebody ends; words are told by their number."""

    def __init__(self, words: Words, marks: Marks) -> None:
        self._words, self._marks, self._text = words, marks, words.folded.text
        self._last: dict[bool | None, Place] = {}
        self._transitive = self._careful = False

    def _gap(self, m: int) -> str:
        return self._text[self._words.ends[m - 1] : self._words.starts[m]] if m else ""

    def _all_said_of(self, first: int, limit: int) -> int:
        """The last word that is said of somebody whose name is not told: up to a comma or when it was."""
        words, m = self._words, first
        while m + 1 < len(words.said) and words.starts[m + 1] < limit and m - first < _LONGEST:
            follows, gap = words.said[m + 1], self._gap(m + 1)
            accusative = written_end(words, m + 1) in ("اً", "ًا")
            if accusative and written_end(words, first) not in ("اً", "ًا"):
                break
            if follows == "عام" and words.said[m + 2 : m + 3] and words.said[m + 2].isdigit():
                break
            if follows == "في" and m + 2 < len(words.said) and words.said[m + 2] in _SAID_IN:
                break
            if (gap.strip('«»"') != " " and gap != " ") or follows in THAT or is_audience(follows):
                break
            if gap != " " and self._marks.around(words.starts[m + 1]) is None and "«" not in gap:
                break
            if (
                follows in SAYING
                and follows not in ("تدعي", "يدعي")
                and SAYING[follows].sort != "afterwards"
                and not SAYING[follows].cut
            ):
                break
            if self._careful and IS_DONE.fullmatch(follows):
                break
            if follows in WITHOUT_NAME or (
                follows in ENDS and follows not in ("في", "من", "كان", "كانت", "لدي", "قرب", "وسط", "الي")
            ):
                break
            m += 1
        while m > first and words.said[m] in ("في", "الي", "من", "لدي", "ل", "علي"):
            m -= 1
        return m

    def _phrase(self, first: int, limit: int) -> int:
        """The last word of the phrase that begins with `first`."""
        words, m = self._words, first
        while m + 1 < len(words.said) and words.starts[m + 1] < limit and m - first < _LONGEST:
            follows = words.said[m + 1]
            inside = follows == "فان" and words.said[m] in NAMES
            inside = inside or (follows in _OF_IT and base(words.said[first]) in TITLES)
            if (
                self._gap(m + 1) not in (" ", "-", "'", "’")
                or (follows in PHRASE_ENDS and not inside)
                or len(follows) == 1
            ) and not self._is_called_ali(first, m + 1):
                break
            if written_end(words, m + 1) in ("اً", "ًا"):
                break
            theirs = follows.startswith("لل") and words.said[first].removeprefix("ال") in BODIES
            if (is_audience(follows) and not theirs) or (carries_a_noun(follows) and words.said[m].startswith("ال")):
                break
            if (
                follows.endswith(("ها", "هم"))
                and follows not in _OF_IT
                and len(follows) > 4
                and words.said[m].startswith("ال")
            ):
                break
            if follows[0] == "ب" and self._begins_what_follows(m, follows):
                break
            if (self._transitive and self._is_an_object(first, m + 1)) or (
                self._careful and IS_DONE.fullmatch(follows)
            ):
                break
            saying = SAYING.get(follows)
            if (
                saying is not None
                and (saying.sort != "verb" or saying.cut or follows not in NAMES)
                and follows not in TITLES
            ):
                break
            m += 1
        return m

    def _is_called_ali(self, first: int, m: int) -> bool:
        """Whether علي is a name after a title: it is written so, and على with another letter."""
        words = self._words
        return (
            words.said[m] == "علي"
            and self._gap(m) == " "
            and words.text[words.end(m) - 1] == "ي"
            and base(words.said[first]) in TITLES
            and "على" in words.text
        )

    def _begins_what_follows(self, m: int, word: str) -> bool:
        """Whether a word with ب does not belong to who is named: أقرّ المدير بوجود خلل."""
        if len(word) < 2 or carries_a_noun(word[1:]) or word[1:] in MEDIA or word[1:] in LANDS:
            return True
        return word.startswith("بال") and base(self._words.said[m]) not in TITLES

    def _is_an_object(self, first: int, m: int) -> bool:
        """Whether the definite word `m` is whom or what the verb has besides: دعا المجلس الوطني العائلات."""
        said = self._words.said
        word, before = said[m], said[m - 1]
        if before.startswith("ال") and m > first and (word in ONE_OF or word in BODIES or word in GROUPS):
            return True
        if not word.startswith("ال") or word[-1] == "ي" or word.endswith("يه") or word in ADJECTIVES or word in NAMES:
            return False
        titles = m == first + 1 and before.startswith("ال") and base(before) in TITLES and base(word) in TITLES
        if titles and self._gap(m + 1) != " ":
            return True
        if base(word) in TITLES or self._another_follows(m):
            return False
        if before in ("عبد", "ابو", "ام", "بن", "ابن") or m == first:
            return False
        name = first if said[first] in NAMES else self._name_in(first, m - 1)
        if name >= 0:
            return m - name > 1 + (said[name] == "عبد")
        return DEFINITE.match(before) is not None and word not in ADDED

    def _another_follows(self, m: int) -> bool:
        """Whether the word behind the word `m` is definite too and says nothing of it: حثّ مجلس الأمن الأطراف."""
        word = "".join(self._words.said[m + 1 : m + 2])
        if self._gap(m + 1) != " " if word else True:
            return False
        return word.startswith("ال") and word[-1] != "ي" and word[-1] != "ه" and word not in ADJECTIVES | ADDED

    def _name_in(self, first: int, last: int) -> int:
        """The word that the name begins with after a title; -1 where no name follows."""
        said = self._words.said
        closed = said[first] not in TITLES
        for m in range(first + 1, last + 1):
            word = said[m]
            if (
                word in NAMES
                or (word == "امين" and closed and m + 1 == last)
                or (word == "علي" and self._is_called_ali(first, m))
            ):
                return m
            if (DEFINITE.match(word) and len(word) > 3) or word in _OF_IT:
                closed = True
                if (
                    word not in _OF_IT
                    and m == last == first + 1
                    and said[first].startswith("ال")
                    and self._is_a_surname(said[first], word)
                ):
                    return m
            elif (
                (word[0] == "و" and base(word[1:]) in TITLES)
                or (closed and word[0] == "ل" and begins_a_noun_clause(word[1:], "", "إ"))
                or (word[0] in "بل" and word[1:] in BODIES)
            ):
                closed = False
            elif base(word) in TITLES:
                closed = closed or word not in TITLES
            elif word[0] in "بل" and word[1:2] != "ن" and word in ("باسم", "بلسان"):
                closed = False
            elif (
                closed
                and not carries_a_noun(word)
                and not _IS_NOUN.fullmatch(word)
                and (not self._careful or not "".join(said[m + 1 : m + 2]).startswith("ال"))
            ):
                return m
            elif said[m - 1] in GROUPS or said[m - 1] in LEFT_OUT or word in LANDS:
                closed = True
        return -1

    def _is_a_surname(self, title: str, word: str) -> bool:
        """Whether a definite word after a definite title is a name: الرئيس السنيورة, not الرئيس السابق."""
        if title in _PERSONAL and word not in ADDED:
            return True
        adjective = word.endswith(("ي", "يه", "ات", "ون", "ين")) or word.startswith(("الم", "لل", "بال", "وال"))
        return not adjective and word not in ADDED and word not in ADJECTIVES


def is_audience(word: str) -> bool:
    """Whether it is said to whom the word tells: للصحفيين, لمراسلتنا."""
    return word in AUDIENCE or _TO_MEDIA.fullmatch(word) is not None


def written_end(words: Words, k: int) -> str:
    """The last two letters of a word as it is written: اً where it tells how or when."""
    end = words.end(k)
    return words.text[end - 2 : end]


_KIN: Final = listed("ام امه اب ابو جد جده عم عمه خال خاله بنت بنات ابنه اخو اخت والد والده")


@lru_cache(4096)
def base(word: str) -> str:
    """A title without its article or the pronoun after it: الوزير, مديره, والدهم."""
    if word in TITLES:
        return word
    if word.startswith("ال"):
        return word[2:]
    for end in ("ها", "هم", "نا", "هما", "ه", "ي"):
        rest = word[: -len(end)]
        rest = rest[:-1] + "ه" if rest.endswith("ت") else rest
        if word.endswith(end) and rest in TITLES:
            return rest
        if word.endswith(end) and rest in _KIN:
            return "والد"
    return word
