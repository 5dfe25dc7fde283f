"""The stretch of a text that names somebody: a name without its title, an organisation, or one of many."""

from __future__ import annotations

import re
from typing import Final

from app.suggest.nominal import BODIES, carries_a_noun
from app.suggest.phrases import DEFINITE, PHRASE_ENDS, WITHOUT_NAME, Phrases, base, written_end
from app.suggest.quote_marks import Place
from app.suggest.saying_words import ALONGSIDE, SAYING, THAT, WITHOUT_NOTE
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
from app.suggest.words import listed

_WITH_TITLES: Final = ADDED | ADJECTIVES | {"باسم", "السياسي", "التنفيذي", "الاقليمي"}
_NOBODY: Final = re.compile("ب(?:ا.ت.ا.|است.*|ا.*يه|نفس.*|ال.*)")
_PARTS: Final = 5
"""A name has at most so many words."""
_NUMBERS: Final = listed("عشر عشره عشرين عشرون خمسه اربعه ثلاثه سته سبعه ثمانيه تسعه مئه مائه الف الفا مليون ما لم")
_PUBLISHED_BY: Final = listed("صادر صادره نشره في له علي صفحه صفحته حساب حسابه موقع موقعه")
_BEING: Final = re.compile(r"م\w{3,}ه|\w{3,}ا")
_MADE_BY: Final = re.compile(r"\w{3,}(?:تها|ته|اها|ها)")


class Named(Phrases):
    """Finds how far it reaches what somebody is called by; places are of the folded text."""

    def _named(self, first: int, limit: int, cut: int = 0) -> Place | None:
        words = self._words
        quoted = self._marks.around(words.starts[first])
        if quoted is not None and len(self._text[quoted.start : quoted.end].split()) > _PARTS + 1:
            return None
        if quoted is not None:
            return (quoted.start, quoted.end) if quoted.closes <= limit else None
        cut = cut if words.said[first][1:2] != "ل" else 0
        word = words.said[first][cut:]
        saying = SAYING.get(word)
        says = saying is not None and (saying.sort == ALONGSIDE or (word[0] in "يت" and word not in TITLES | NAMES))
        if says or _NOBODY.fullmatch(word):
            return None
        if word.removeprefix("ال") in _NUMBERS and "".join(words.said[first + 1 : first + 2]) not in ONE_OF:
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

    def _person(self, first: int, last: int, limit: int, cut: int) -> Place | None:
        """The name of a person after the title, the title where there is no name, or the whole of what is named."""
        words = self._words
        if base(words.said[first]) not in TITLES:
            name = self._name_behind(first, last)
            if name > 0:
                return self._place(name, self._end_of_name(name, last), 0)
            definite = words.said[first].startswith("ال")
            if definite and words.said[first + 1 : first + 2] and words.said[first + 1] in TITLES - NAMES:
                last = min(last, first)
            if words.said[first] in NAMES or not definite:
                last = self._end_of_name(first, last, named=words.said[first] in NAMES)
            return self._place(first, last, cut)
        name = self._name_in(first, last)
        if name < 0 and (apposed := self._apposed(last, limit)) is not None:
            return apposed
        if (
            name < 0
            and last + 1 < len(words.said)
            and (self._leads_far(words.said[last + 1]) or self._gap(last + 1).strip() in ("«", '"', "“"))
        ):
            name, end = self._far_name(last + 1, limit)
            if name >= 0:
                return self._place(name, end, 0)
        if name < 0 and words.said[last + 1 : last + 2] == ("لدي",):
            last = self._phrase(last + 1, limit)
        if (
            name < 0
            and words.said[first] in TITLES
            and not any(DEFINITE.match(word) for word in words.said[first : last + 1])
        ):
            last = self._all_said_of(first, limit)
        if name < 0:
            return self._place(first, last, cut)
        return self._place(name, self._end_of_name(name, last), 0)

    def _leads_far(self, word: str) -> bool:
        """Whether the name may stand behind where somebody is what he is: رئيس البعثة في دمشق نادر العلي."""
        return word in ("في", "لدي", "علي", "باسم", "الي") or (word[0] == "ب" and word[1:] in LANDS)

    def _name_behind(self, first: int, last: int) -> int:
        """The word a name begins with after something that is no title known here: الدليل فهيد, منسقة الفريق هيلين."""
        said = self._words.said
        if said[first] in NAMES or said[first].removeprefix("ال") in BODIES | GROUPS or self._careful:
            return -1
        m = first + 1 if said[first].startswith("ال") else first + 2
        if m > last or not said[m - 1].startswith("ال"):
            return -1
        while m < last and m - first < 4 and DEFINITE.match(said[m]) and said[m] not in NAMES:
            m += 1
        return m if self._may_be_called(m, first, last) else -1

    def _may_be_called(self, m: int, first: int, last: int) -> bool:
        """Whether a name may begin with the word `m`, behind something of the kind of a title."""
        said, word = self._words.said, self._words.said[m]
        if word in NAMES:
            return self._gap(m) == " "
        other = base(word) in TITLES or word in ONE_OF or word in BODIES or word in GROUPS or carries_a_noun(word)
        if other or DEFINITE.match(word) or word in ("ولد", "بن", "بنت") or (self._transitive and m - first > 1):
            return False
        return m < last and word[0] not in "وبل" and said[m][-1] != "ه" and len(word) > 2 and self._gap(m) == " "

    def _far_name(self, m: int, limit: int) -> tuple[int, int]:
        """A name within a few words, behind where somebody is what he is: كبير المحللين في «بنك» فيصل الراجحي."""
        words = self._words
        for at in range(m + 1, min(m + 7, len(words.said))):
            if words.starts[at] >= limit or "،" in self._gap(at) or "," in self._gap(at) or words.said[at] in THAT:
                break
            if self._marks.around(words.starts[at]) is None and self._is_far(at, m, limit):
                return at, self._end_of_name(at, self._phrase(at, limit))
        return -1, -1

    def _is_far(self, at: int, first: int, limit: int) -> bool:
        """Whether a name begins with the word `at`: one that is known, or two words behind a definite one."""
        words, said = self._words, self._words.said
        if said[at] in NAMES:
            return True
        if self._transitive or at < first + 2 or not said[at - 1].startswith("ال") or said[at] in PHRASE_ENDS:
            return False
        return at + 1 < len(said) and words.starts[at + 1] < limit and self._may_be_called(at, at, at + 1)

    def _apposed(self, last: int, limit: int) -> Place | None:
        """A name after a comma: مديره، فؤاد الدرنودي،."""
        words, m = self._words, last + 1
        if m >= len(words.said) or words.starts[m] >= limit or self._gap(m).strip() not in ("،", ","):
            return None
        if words.said[m] in ENDS or words.said[m] in SAYING or words.said[m] in WITHOUT_NAME:
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
            if m > name + 1 and self._is_whole(m) and named:
                return m - 1
            surname = m == last == name + 1
            if base(said[m]) in TITLES and said[m] not in NAMES and not said[m].startswith("ال") and not surname:
                return m - 1
            if said[m].startswith("ال") and base(said[m]) in TITLES and "".join(said[m + 1 : m + 2]) in _WITH_TITLES:
                return m - 1
            role = m > name + 1 and said[m].startswith("ال") and base(said[m]) in TITLES
            if role and "".join(said[m + 1 : m + 2]).startswith("ال") and self._gap(m + 1) == " ":
                return m - 1
            if named and self._is_no_name(m):
                return m - 1
            rest = said[m][1:]
            joined = named and said[m][0] == "و" and (base(rest) in TITLES or rest in NAMES or rest.startswith("ال"))
            if said[m] in ROLES or joined:
                return m - 1
        return min(last, name + _PARTS)

    def _is_no_name(self, m: int) -> bool:
        """Whether the word `m` behind a name is whom or what the verb has besides: رفض حمدان العروض."""
        word = self._words.said[m]
        if word in NAMES:
            return False
        plural = word.startswith("ال") and word.endswith(("ات", "ون", "ين")) and len(word) > 5 + 2 * (word[-2] == "ي")
        return plural or word in LANDS or word in GROUPS or (m > 1 and carries_a_noun(word))

    def _is_whole(self, m: int) -> bool:
        """Whether a name ends before the word `m`, which tells how somebody is: فاطمة القادري ممسكة بصورة."""
        word, before = self._words.said[m], self._words.said[m - 1]
        return before.startswith("ال") and _BEING.fullmatch(word) is not None and word not in NAMES

    def _behind_document(self, first: int, limit: int) -> Place | None:
        """Who made what speaks: تقرير صادر عن منظمة, أرقام المرصد, معطيات جمعتها الوكالة, آخر تحديث لمفوضية."""
        words, m = self._words, first + 1
        while m < len(words.said) and words.starts[m] < limit and m - first < 7:
            word, gap = words.said[m], self._gap(m)
            if gap.strip(' «"') or word in THAT:
                return None
            if word[-1] in "تا" and "".join(words.said[m + 1 : m + 2]) in ("بها", "به") and m + 2 < len(words.said):
                return self._named(m + 2, limit) if words.starts[m + 2] < limit else None
            if word in ("عن", "من") or _MADE_BY.fullmatch(word):
                return self._named(m + 1, limit) if m + 1 < len(words.said) and words.starts[m + 1] < limit else None
            if word[0] == "ل" and len(word) > 3 and word[1] != "ل" and word not in AUDIENCE:
                found = self._named(m, limit)
                at = words.starts[m]
                return (at + 1, found[1]) if found is not None and found[0] == at else found
            if word not in DOCUMENTS and word not in NO_AGENTS and word not in _PUBLISHED_BY:
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
