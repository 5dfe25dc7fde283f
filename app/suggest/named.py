"""The stretch of a text that names somebody: a name without its title, an organisation, or one of many."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from app.suggest.nominal import BODIES, begins_a_noun_clause, carries_a_noun
from app.suggest.quote_marks import Marks, Place
from app.suggest.saying_words import ALONGSIDE, MEDIA, SAYING, THAT, WITHOUT_NOTE
from app.suggest.speaker_words import (
    ADDED,
    ADJECTIVES,
    AUDIENCE,
    DOCUMENTS,
    ENDS,
    GROUPS,
    LANDS,
    LEFT_OUT,
    NAMES,
    NO_AGENTS,
    ONE_OF,
    ROLES,
    TITLES,
)
from app.suggest.words import Words, listed

_LONGEST: Final = 12
_PARTS: Final = 5
"""A name has at most so many words."""
_ITS: Final = re.compile("(?:ه|ها|هم|هما|نا|ي|هن)")
_MADE_BY: Final = re.compile(r"\w{3,}(?:تها|ته|اها|ها)")
IS_DONE: Final = re.compile("[يت][^ا]..*[^ه]")
"""What a present verb looks like: تنتظر."""
_DEFINITE: Final = re.compile("(?:[بو]?ال|و?لل)(?!د[هت]|دة)")
_PHRASE_ENDS: Final = ENDS | THAT
_TO_MEDIA: Final = re.compile("ل(?:مراسل|وكال|صحيف|قنا|اذاع|موقع|برنامج|مجل|شبك|جريد|تلفزيون|مندوب)\\w*")
_SAID_IN: Final = MEDIA | {"وجه", "ختام", "مستهل", "حديثه", "حديثها", "تعليق", "تعليقه"}
_WITHOUT_NAME: Final = listed("فضل فضلت طلب طلبت رفض رفضت اشترط اشترطت فضلوا طلبوا")
"""Verbs of one who wants no name: مصدر طلب عدم ذكر اسمه."""
_OF_IT: Final = ("باسمه", "باسمها", "فيها", "فيه", "لديه", "لديها", "بها", "باسمهم", "باسمنا")


class Named:
    """Finds how far it reaches what somebody is called by; places are of the folded text."""

    def __init__(self, words: Words, marks: Marks) -> None:
        self._words, self._marks, self._text = words, marks, words.folded.text
        self._last: dict[bool | None, Place] = {}
        self._transitive = self._careful = False

    def _gap(self, m: int) -> str:
        return self._text[self._words.ends[m - 1] : self._words.starts[m]] if m else ""

    def _named(self, first: int, limit: int, cut: int = 0) -> Place | None:
        words = self._words
        quoted = self._marks.around(words.starts[first])
        if quoted is not None:
            return (quoted.start, quoted.end) if quoted.closes <= limit else None
        cut = cut if words.said[first][1:2] != "ل" else 0
        word = words.said[first][cut:]
        if (saying := SAYING.get(word)) is not None and saying.sort == ALONGSIDE:
            return None
        if word in WITHOUT_NOTE or carries_a_noun(word) or word in THAT or len(word) < 2:
            return None
        if word in DOCUMENTS:
            return self._behind_document(first, limit)
        if not cut and word[:1] == "ل" and (word[1:] in GROUPS or word[1:] in ONE_OF):
            word, cut = word[1:], 1
        if word.endswith("ا") and (word[:-1] in ONE_OF or word[:-1] in TITLES):
            word = word[:-1]
        elif word not in ONE_OF and written_end(words, first) in ("اً", "ًا"):
            return None
        if word in ENDS and word not in TITLES:
            return None
        if word in ONE_OF and not self._has_a_name(first, limit):
            return self._place(first, self._all_said_of(first, limit), cut)
        last = self._phrase(first, limit)
        if word in GROUPS:
            quoted = self._marks.first(words.starts[first], limit)
            if quoted is not None and quoted.opens <= words.ends[min(last, first + 2)] + 2:
                return quoted.start, quoted.end
            if word in LEFT_OUT and last > first:
                first, word, cut = first + 1, words.said[first + 1], 0
        return self._person(first, last, limit, cut)

    def _has_a_name(self, first: int, limit: int) -> bool:
        """Whether one of many has a name all the same: الطبيبة, عضو الوفد ياسر."""
        said = self._words.said
        if said[first] not in TITLES:
            return False
        last = self._phrase(first, limit)
        return (
            any(said[m] in NAMES for m in range(first + 1, last + 1))
            or (
                last > first + 1
                and any(said[m].startswith("ال") and not said[m + 1].startswith("ال") for m in range(first, last))
            )
            or (self._apposed(last, limit) is not None)
        )

    def _all_said_of(self, first: int, limit: int) -> int:
        """The last word that is said of somebody whose name is not told: up to a comma or when it was."""
        words, m = self._words, first
        while m + 1 < len(words.said) and words.starts[m + 1] < limit and m - first < _LONGEST:
            follows, gap = words.said[m + 1], self._gap(m + 1)
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
            if follows in _WITHOUT_NAME or (
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
            inside = follows in _OF_IT and base(words.said[first]) in TITLES
            if (
                self._gap(m + 1) not in (" ", "-", "'", "’")
                or (follows in _PHRASE_ENDS and not inside)
                or len(follows) == 1
            ) and not self._is_called_ali(first, m + 1):
                break
            if written_end(words, m + 1) in ("اً", "ًا"):
                break
            if is_audience(follows) or (carries_a_noun(follows) and words.said[m].startswith("ال")):
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
        if not word.startswith("ال") or word[-1] == "ي" or word.endswith("يه") or word in ADJECTIVES or word in NAMES:
            return False
        if base(word) in TITLES:
            return False
        if before in ("عبد", "ابو", "ام", "بن", "ابن") or m == first:
            return False
        name = first if said[first] in NAMES else self._name_in(first, m - 1)
        if name >= 0:
            return m - name > 1 + (said[name] == "عبد")
        return _DEFINITE.match(before) is not None and word not in ADDED

    def _person(self, first: int, last: int, limit: int, cut: int) -> Place | None:
        """The name of a person after the title, the title where there is no name, or the whole of what is named."""
        words = self._words
        if base(words.said[first]) not in TITLES:
            name = self._name_behind(first, last)
            if name > 0:
                return self._place(name, self._end_of_name(name, last), 0)
            if words.said[first] in NAMES or not words.said[first].startswith("ال"):
                last = self._end_of_name(first, last, named=words.said[first] in NAMES)
            return self._place(first, last, cut)
        name = self._name_in(first, last)
        if name < 0 and (apposed := self._apposed(last, limit)) is not None:
            return apposed
        if (
            name < 0
            and last + 1 < len(words.said)
            and (words.said[last + 1] in ("في", "لدي", "علي", "باسم") or self._gap(last + 1).strip() in ("«", '"', "“"))
        ):
            name, end = self._far_name(last + 1, limit)
            if name >= 0:
                return self._place(name, end, 0)
        if name < 0 and words.said[last + 1 : last + 2] == ("لدي",):
            last = self._phrase(last + 1, limit)
        if (
            name < 0
            and words.said[first] in TITLES
            and not any(_DEFINITE.match(word) for word in words.said[first : last + 1])
        ):
            last = self._all_said_of(first, limit)
        if name < 0:
            return self._place(first, last, cut)
        return self._place(name, self._end_of_name(name, last), 0)

    def _name_behind(self, first: int, last: int) -> int:
        """The word a name begins with after something that is no title known here: الدليل فهيد, منسقة الفريق هيلين."""
        said = self._words.said
        if said[first] in NAMES or said[first] in BODIES or said[first] in GROUPS or self._careful:
            return -1
        m = first + 1 if said[first].startswith("ال") else first + 2
        if (
            m > last
            or not said[m - 1].startswith("ال")
            or (_DEFINITE.match(said[m]) and said[m] not in NAMES)
            or base(said[m]) in TITLES
        ):
            return -1
        if carries_a_noun(said[m]):
            return -1
        if said[m] in NAMES or (m < last and said[m][0] not in "وبل" and said[m][-1] != "ه"):
            return m if self._gap(m) == " " and len(said[m]) > 2 and m - first < 3 else -1
        return -1

    def _name_in(self, first: int, last: int) -> int:
        """The word that the name begins with after a title; -1 where no name follows."""
        said = self._words.said
        closed = said[first] not in TITLES
        for m in range(first + 1, last + 1):
            word = said[m]
            if word in NAMES or (word == "علي" and self._is_called_ali(first, m)):
                return m
            if (_DEFINITE.match(word) and len(word) > 3) or word in _OF_IT:
                closed = True
                if (
                    word not in _OF_IT
                    and m == last == first + 1
                    and said[first].startswith("ال")
                    and self._is_a_surname(word)
                ):
                    return m
            elif (word[0] == "و" and base(word[1:]) in TITLES) or (
                closed and word[0] == "ل" and begins_a_noun_clause(word[1:], "", "إ")
            ):
                closed = False
            elif base(word) in TITLES:
                closed = closed or word not in TITLES
            elif word[0] in "بل" and word[1:2] != "ن" and word in ("باسم", "بلسان"):
                closed = False
            elif (
                closed
                and not carries_a_noun(word)
                and (not self._careful or not "".join(said[m + 1 : m + 2]).startswith("ال"))
            ):
                return m
            elif said[m - 1] in GROUPS or said[m - 1] in LEFT_OUT or word in LANDS:
                closed = True
        return -1

    def _is_a_surname(self, word: str) -> bool:
        """Whether a definite word after a definite title is a name: الرئيس السنيورة, not الرئيس السابق."""
        adjective = word.endswith(("ي", "يه", "ات", "ون", "ين")) or word.startswith(("الم", "لل", "بال", "وال"))
        return not adjective and word not in ADDED and word not in ADJECTIVES

    def _far_name(self, m: int, limit: int) -> tuple[int, int]:
        """A name within a few words, behind where somebody is what he is: كبير المحللين في «بنك» فيصل الراجحي."""
        words = self._words
        for at in range(m + 1, min(m + 7, len(words.said))):
            if words.starts[at] >= limit or "،" in self._gap(at) or "," in self._gap(at) or words.said[at] in THAT:
                break
            if words.said[at] in NAMES and self._marks.around(words.starts[at]) is None:
                return at, self._end_of_name(at, self._phrase(at, limit))
        return -1, -1

    def _apposed(self, last: int, limit: int) -> Place | None:
        """A name after a comma: مديره، فؤاد الدرنودي،."""
        words, m = self._words, last + 1
        if m >= len(words.said) or words.starts[m] >= limit or self._gap(m).strip() not in ("،", ","):
            return None
        if words.said[m] in ENDS or words.said[m] in SAYING or words.said[m] in _WITHOUT_NAME:
            return None
        end = self._phrase(m, limit)
        if base(words.said[m]) in TITLES and end > m:
            name = self._name_in(m, end)
            return self._place(name, self._end_of_name(name, end), 0) if name >= 0 else None
        follows = self._text[words.ends[end] : words.ends[end] + 2]
        if words.said[m] in NAMES or (
            1 <= end - m <= 2 and follows.startswith("،") and not words.said[m].startswith("ال")
        ):
            return self._place(m, self._end_of_name(m, end), 0)
        return None

    def _end_of_name(self, name: int, last: int, *, named: bool = True) -> int:
        said = self._words.said
        for m in range(name + 1, min(last, name + _PARTS) + 1):
            if base(said[m]) in TITLES and said[m] not in NAMES and not said[m].startswith("ال"):
                return m - 1
            rest = said[m][1:]
            joined = named and said[m][0] == "و" and (base(rest) in TITLES or rest in NAMES or rest.startswith("ال"))
            if said[m] in ROLES or joined:
                return m - 1
        return min(last, name + _PARTS)

    def _behind_document(self, first: int, limit: int) -> Place | None:
        """Who made what speaks: تقرير صادر عن منظمة, أرقام المرصد, معطيات جمعتها الوكالة, آخر تحديث لمفوضية."""
        words, m = self._words, first + 1
        while m < len(words.said) and words.starts[m] < limit and m - first < 7:
            word, gap = words.said[m], self._gap(m)
            if gap.strip(' «"') or word in THAT:
                return None
            if word in ("عن", "من") or _MADE_BY.fullmatch(word):
                return self._named(m + 1, limit) if m + 1 < len(words.said) and words.starts[m + 1] < limit else None
            if word[0] == "ل" and len(word) > 3 and word[1] != "ل" and word not in AUDIENCE:
                found = self._named(m, limit)
                at = words.starts[m]
                return (at + 1, found[1]) if found is not None and found[0] == at else found
            if word not in DOCUMENTS and word not in NO_AGENTS and word not in ("صادر", "صادره", "نشره", "في", "له"):
                return self._named(m, limit) if m == first + 1 or words.said[m - 1] in DOCUMENTS else None
            m += 1
        return None

    def _place(self, first: int, last: int, cut: int) -> Place | None:
        words = self._words
        start, end = words.starts[first] + cut, words.ends[last]
        quoted = self._marks.around(words.starts[last])
        if quoted is not None and quoted.opens >= start:
            end = quoted.closes
        return (start, end) if start < end else None


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
        if word.endswith(end) and (rest in TITLES or rest in _KIN):
            return rest
    return word
