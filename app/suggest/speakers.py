"""Who speaks: who is named around a word of saying, and who spoke last."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from app.suggest.named import Named
from app.suggest.nominal import BODIES
from app.suggest.phrases import IS_DONE, base, is_audience
from app.suggest.quote_marks import Place
from app.suggest.saying_words import CONNECTS, MEDIA, SAYING, THAT, VERB, Saying
from app.suggest.speaker_words import ENDS, GROUPS, NAMES, ONE_OF, ORGANS, PREPOSED, TIMES, TITLES

_HERS: Final = ("ت", "ته", "تها", "تهم", "تني", "تنا")
"""How a verb in the past ends that goes with a woman: خاطبته المذيعة."""
_KIN_OF: Final = ("ولد", "بن", "بنت", "ابن", "اولاد", "بني", "ال", "شارع", "ميدان")
"""Words before a name that make it a part of another."""
_BACK: Final = 60
"""So many words back a name is looked for, where nobody has spoken yet."""
_AT: Final = ("في", "خلال", "عبر")


class Speakers(Named):
    """Who is named in a text. Remembers who spoke last, of either gender too."""

    def last(self, feminine: bool | None) -> Place | None:
        """Who spoke last, if possible one that the gender of the word of saying goes with; None: whoever it was."""
        return self._last.get(feminine)

    def remember(self, speaker: Place | None, feminine: bool | None) -> None:
        """Take `speaker` for who spoke last."""
        if speaker is not None:
            genders = (None, True, False) if feminine is None else (None, feminine)
            self._last.update(dict.fromkeys(genders, speaker))

    def told_of(self, begin: int, end: int, saying: Saying) -> Place | None:
        """Whom the sentence in `[begin, end)` tells of, if `saying` goes with its verb: كانت أم نسيم تنتظر."""
        words, said = self._words, self._words.said
        first = bisect_left(words.starts, begin)
        if self.is_somebody(first) and words.starts[first] < end and said[first] not in ONE_OF:
            self._transitive = self._careful = True
            found = self._named(first, end)
            self._careful = False
            return found
        for m in range(first + 1, min(first + 12, len(said))):
            if words.starts[m] >= end:
                break
            before = said[m - 1]
            if not self.is_somebody(m) or (before in ENDS and before not in ("كان", "كانت")) or self._gap(m) != " ":
                continue
            verb = before.removeprefix("و")
            if saying.sort == VERB and saying.feminine != (verb.endswith(_HERS) or verb[:1] == "ت"):
                continue
            if m - first > 2 and not any(mark in self._gap(m - 1) for mark in "،,.") and before not in ("كان", "كانت"):
                continue
            self._transitive = self._careful = True
            found = self._named(m, end)
            self._careful = False
            return found
        return None

    def named_last(self, at: int) -> Place | None:
        """The person whose name stands last before the place `at`, outside of quotes."""
        words, said = self._words, self._words.said
        last = bisect_left(words.starts, at) - 1
        for m in range(last, max(last - _BACK, -1), -1):
            alone = said[m - 1] not in NAMES and said[m - 1] not in _KIN_OF
            if said[m] in NAMES and alone and self._marks.around(words.starts[m]) is None:
                self._careful = self._transitive = True
                found = self._named(m, at)
                self._careful = False
                return found
        return None

    def is_somebody(self, m: int) -> bool:
        """Whether the word `m` begins what a person is called."""
        if m >= len(self._words.said):
            return False
        word = self._words.said[m]
        if word == "العالم":
            return False
        if word in NAMES or word in ONE_OF or word in BODIES or word in GROUPS or base(word) in TITLES:
            return True
        if word.startswith("ال") and (word[2:] in BODIES or word[2:] in GROUPS or word[2:] in ORGANS):
            return True
        return word.endswith(("ه", "ها", "هم")) and word.rstrip("هام") in BODIES

    def after(
        self, first: int, limit: int, *, cut: int = 0, whole: bool = False, transitive: bool = False
    ) -> Place | None:
        """Who is named from word `first` on and before the place `limit`.

        So many letters of the first word are `cut` off; with `whole` no title is left out; a `transitive` verb has
        something else behind who speaks.
        """
        words = self._words
        if whole:
            found = self._place(first, self._phrase(first, limit), 0) if words.starts[first] < limit else None
            return found
        if cut:
            return self._named(first, limit, cut)
        while first < len(words.said) and words.starts[first] < limit and self._gap(first) in (" ", " ل"):
            if is_audience(words.said[first]):
                first = self._behind_audience(first)
            elif _TO_SOMEBODY.fullmatch(words.said[first]):
                first += 1
            elif words.said[first] == "ل" and (told := self._marks.first(words.ends[first], words.ends[first] + 2)):
                first = bisect_left(words.starts, told.closes)
            elif words.said[first] in TIMES or words.said[first] in _OF_SOMETHING:
                first += 1
            else:
                break
        first = self._behind_medium(first, limit)
        if first >= len(words.said) or words.starts[first] >= limit:
            return None
        self._transitive = transitive
        gap = self._gap(first)
        if gap.strip() in ("«", '"', "“", "'") or (
            gap.strip(" ،,(»”›") == "" and not gap.count("،") and "," not in gap
        ):
            return self._named(first, limit)
        return None

    def before(self, k: int, begin: int, *, aside: bool = True) -> Place | None:
        """Who is named just before the word `k`, after the place `begin`: لكن مصدراً قال."""
        words, m = self._words, k
        if aside and "،" in self._gap(k):
            return self._before_an_aside(k)
        while (
            m and words.starts[m - 1] >= begin and k - m < 8 and (self._gap(m) in (" ", " ّ") or (m == k and not aside))
        ):
            m -= 1
        while m < k and (words.said[m] in PREPOSED or (m and words.said[m] == "ان" and words.said[m - 1] in PREPOSED)):
            m += 1
        led = m and words.said[m - 1] in PREPOSED
        if m >= k or k - m > 6 or words.said[m] in ENDS or words.said[m] in SAYING or words.said[k - 1] in CONNECTS:
            return None
        cut = 1 if words.said[m].startswith("وال") and not words.said[m].startswith("والي") else 0
        if (
            not led
            and not cut
            and not (self.is_somebody(m) or words.said[m] in GROUPS or words.said[m].startswith("ال"))
        ):
            return None
        self._transitive = False
        found = self._named(m, words.starts[k])
        if found is not None and cut and found[0] == words.starts[m]:
            found = (found[0] + 1, found[1])
        return found if found is not None and (found[1] >= words.ends[k - 1] or (led and k - m <= 4)) else None

    def _before_an_aside(self, k: int) -> Place | None:
        """لكن أحد الوسطاء، وقد طلب إغفال اسمه، قال."""
        words, said = self._words, self._words.said
        for m in range(k - 2, max(k - 12, 1), -1):
            if "." in self._gap(m) or "\n" in self._gap(m):
                return None
            if "،" in self._gap(m):
                begin = max((n for n in range(max(m - 8, 0), m) if said[n] in PREPOSED or said[n] == "ان"), default=-1)
                return (
                    self.before(m, words.starts[begin], aside=False)
                    if begin >= 0 and "،" not in self._gap(m)[1:]
                    else None
                )
        return None

    def antecedent(self, k: int) -> Place | None:
        """Who is named just before الذي or التي, the word `k`: جاءت سعاد الكرمي، التي قالت."""
        words, said, m = self._words, self._words.said, k
        last = self.last(None)
        if last is not None and last[1] == words.ends[k - 1]:
            return last
        while m and k - m < 7 and self._gap(m).strip("،, ") == "":
            before = said[m - 1]
            if before in ENDS or before in SAYING or before in THAT or (m < k and self._gap(m) != " "):
                break
            m -= 1
        first = next((n for n in range(m, k) if self.is_somebody(n)), -1)
        if first < 0:
            first = next((n + 1 for n in range(k - 2, m - 1, -1) if IS_DONE.fullmatch(said[n])), -1)
        found = self._named(first, words.starts[k]) if first >= 0 else None
        return found if found is not None and found[1] >= words.ends[k - 1] else None

    def _behind_medium(self, first: int, limit: int) -> int:
        """The word after where it was said, if somebody is named there: قال في بيان مقتضب مدير المكتب."""
        words, said = self._words, self._words.said
        if said[first : first + 2] in (("عبر", "الهاتف"), ("في", "اتصال")):
            return first + 2
        if said[first : first + 1] and said[first] in _AT and said[first + 1 : first + 2] and said[first + 1] in MEDIA:
            for m in range(first + 2, min(first + 5, len(said))):
                if words.starts[m] >= limit or self._gap(m) != " ":
                    break
                if said[m] in ("صحفي", "صحافي"):
                    continue
                if base(said[m]) in TITLES or said[m] in ONE_OF or said[m] in GROUPS or said[m] in BODIES:
                    return m
        return first

    def _behind_audience(self, first: int) -> int:
        """The word after those to whom it was said: لوكالة «أفق»."""
        said, m = self._words.said, first + 1
        if said[first] in ("لنا", "لي", "له", "لها", "لهم") or said[first].startswith("لل"):
            return m
        while m < len(said) and m - first < 4 and said[m] not in THAT and self._gap(m) == " ":
            if said[m] in TITLES or said[m].removeprefix("ال") in TITLES or said[m] in ONE_OF:
                break
            m += 1
        return m


_TO_SOMEBODY: Final = re.compile(r"لل\w{3,}")
"""قال للمحكمة: whom it is said to, where a word of saying stands before it."""
_OF_SOMETHING: Final = ("به", "بها", "عليه", "عليها", "عليهم", "الينا", "اليه", "اليها", "اليهم", "علينا", "معنا")
"""Pronouns between a word of saying and who speaks: ردّ عليه النائب."""
