"""Casualties by rule: a word of harm and a count of people beside it, with outcome, count and place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

from app.model.annotation import Attribute
from app.model.answers import APPROXIMATE, COUNT_BEST, COUNT_MAX, COUNT_MIN, COUNT_TEXT
from app.model.schema import NO, YES
from app.suggest.base import Article, Link, Suggestion, Why
from app.suggest.casualty_places import Places
from app.suggest.harm_words import (
    AMONG,
    ENDED_BY,
    FATE_OF_ONE,
    GRAVE,
    HARMED_BEFORE,
    ILL,
    LEADS_IN,
    NEEDS_A_COUNT,
    NEEDS_ITS_END,
    NO_PEOPLE,
    NOT,
    OPENS,
    ORDINALS,
    TO_A_TOLL,
    TOLL,
    VICTIM,
    VICTIM_AFTER,
    WITH_HARM,
)
from app.suggest.words import Words, listed, words_of
from app.text.number_kinds import Kind
from app.text.number_tokens import Tokens
from app.text.numbers import Count, read_count

LABEL: Final = "CASUALTY"
PLACE, AT = "LOCATION", "AT"
RULE: Final = "rule"
_NEAR: Final = 4
"""A count begins at most so many words after the word of harm."""
_REACH: Final = 14
"""So many words after the word of harm are read for its count."""
_BACK: Final = 7
_CLITIC: Final = re.compile("[وف]?[بلك]?|[وف]?س")
_STOPS: Final = re.compile(r"[.!?؟؛:\n«»]|،")
_OTHERS: Final = listed("تقريبا اخرين اخرون اخران اخر اخري اخريات")
_AT_LEAST: Final = ("علي الاقل", "علي الاكثر")
_NUMERALS: Final = frozenset(range(Kind.DIGITS, Kind.OTHER_DIGITS))
_TITLE: Final = 5
"""What so few words within guillemets say is a title: «ثلاثة قتلى»."""
_LINKS: Final = listed(
    "في من الي علي عن بعد قبل خلال جراء اثر بسبب منذ حتي عندما حين فيما بينما امس اليوم تحت متاثرا متاثرين داخل قرب"
)
_OF: Final = listed("من منهم")
_OF_A_KIND: Final = 0.7
_TOLL_NEAR: Final = 5
"""The number of a toll comes so many words after who it counts, at most."""
_COUNTED: Final = (0.95, 0.9, 0.72, 0.6)


class _Found(NamedTuple):
    """The words `[first, last]` that tell of a casualty, with its outcome and its count."""

    first: int
    last: int
    cut: int
    outcome: str
    people: Count | None
    score: float


class Casualties:
    """A source; see `app.suggest.base.Source`. It needs a label CASUALTY."""

    name = "casualties"
    kind = RULE

    def suggest(self, article: Article) -> Iterator[Suggestion]:
        """What tells of people who came to harm, counted or one alone; attributes as far as the schema asks them."""
        label = article.schema.label(LABEL)
        if label is None:
            return
        words = words_of(article.text)
        places, shown = Places(article), set()
        for found in _without_overlaps(_Reader(words).casualties()):
            start, end = words.begin(found.first, found.cut), words.end(found.last)
            said = article.text[start:end]
            asked = [one for one in _answers(found, said) if label.attribute(one.name) is not None]
            place = places.of(start, end)
            links = (Link(AT, PLACE, *place),) if place is not None else ()
            values: dict[str, str | int] = {
                "said": said,
                "outcome": found.outcome,
                "count": found.people.best or 0 if found.people else 0,
            }
            yield Suggestion(
                LABEL, start, end, RULE, self.name, found.score, Why("harm-and-count", values), tuple(asked), links
            )
            if place in places.of_a_kind and place not in shown and article.schema.label(PLACE) is not None:
                shown.add(place)
                yield Suggestion(PLACE, *place, RULE, self.name, _OF_A_KIND, Why("place-by-kind", {}))


class _Reader:
    """Goes through the words of a text; remembers what became of the people told of last."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._outcome = ""
        self._breaks: dict[int, int] = {}

    def casualties(self) -> Iterator[_Found]:
        words = self._words
        for k in range(len(words.said)):
            if k and self._parted(k - 1, hard=True):
                self._outcome = ""
            word, cut = words.said[k], 0
            if word not in VICTIM and word not in VICTIM_AFTER and word not in AMONG:
                word, cut = _bare(word)
            found = self._at(k, word, cut)
            if found is not None:
                self._outcome = found.outcome
                yield found

    def _at(self, k: int, word: str, cut: int) -> _Found | None:
        plain = word.removeprefix("ال") if len(word) > 4 else word
        tells = plain in VICTIM or word in VICTIM_AFTER or word in HARMED_BEFORE or word in AMONG
        if not tells or self._denied(k) or self._is_title(k):
            return None
        if (
            plain in VICTIM
            and not self._words.said[k].startswith("و", 0, cut)
            and (found := self._counted_victims(k, plain) or self._toll(k, plain))
        ):
            return found
        if word in HARMED_BEFORE and (found := self._harmed_before(k, HARMED_BEFORE[word])):
            return found
        if word in VICTIM_AFTER:
            return self._harmed(k, word, cut)
        if word in AMONG and self._outcome:
            return self._part(k)
        return None

    def _harmed(self, k: int, word: str, cut: int) -> _Found | None:
        """مقتل 3 جنود, أصيب خمسة بجروح, لقي 7 مصرعهم: the count comes after the word of harm."""
        words, outcome = self._words, VICTIM_AFTER[word]
        end = self._clause_end(k, _REACH)
        if end <= k:
            return None
        start = words.starts[k] + cut
        count = self._read(start, end)
        if words.said[k + 1] in ORDINALS and word not in NEEDS_ITS_END:
            return _Found(k, k + 1, cut, outcome, None, _COUNTED[2])
        if count is None:
            return self._fate_of_one(k, end, cut, outcome) if word in NEEDS_ITS_END else None
        first, last = self._within(start + count.start, start + count.end)
        if (
            first - k > _NEAR
            or words.said[min(last + 1, end)] in NO_PEOPLE
            or (word in NEEDS_A_COUNT and (count.best or 0) < 2 and count.best is not None)
        ):
            return None
        if any(words.said[m] in VICTIM_AFTER or _bare(words.said[m])[0] in VICTIM_AFTER for m in range(k + 1, first)):
            return None
        last = self._noun_end(last, end)
        last, ended = self._harm_end(last, end, outcome)
        if word in NEEDS_ITS_END and not ended:
            return None
        score = _COUNTED[2] if count.best == 1 else _COUNTED[0]
        if k and words.said[k - 1] in OPENS and not self._parted(k - 1, hard=False):
            k, cut = k - 1, 0
        return _Found(k, last, cut, outcome, count, score)

    def _fate_of_one(self, k: int, end: int, cut: int, outcome: str) -> _Found | None:
        """لقيت ربة منزل مصرعها: one, whoever it is."""
        for m in range(k + 1, min(end, k + _NEAR + 1) + 1):
            if self._words.said[m] in FATE_OF_ONE:
                return _Found(k, m, cut, outcome, None, _COUNTED[2])
        return None

    def _harmed_before(self, k: int, outcome: str) -> _Found | None:
        """19 عاملا أصيبوا بحروق, ثلاثة أشخاص توفوا."""
        nearest = self._count_before(k)
        if nearest is None:
            return None
        first, cut, last, count = nearest
        if k - last > 3 or (count.best or 2) < 2:
            return None
        end, _ended = self._harm_end(k, self._clause_end(k, 4), outcome)
        return _Found(first, end, cut, outcome, count, _COUNTED[1])

    def _counted_victims(self, k: int, noun: str) -> _Found | None:
        """46 قتيلا, عشرات الجرحى, قتيلين: the noun is its own word of harm."""
        words = self._words
        nearest = self._count_before(k, inclusive=True)
        if nearest is None:
            return None
        first, cut, last, count = nearest
        far = 4 if words.said[k - 2 : k] == ("في", "عداد") else 2
        if last < k - far or (first == k and count.best == 1) or self._is_illness(k):
            return None
        if first and words.said[first - 1] in LEADS_IN and not self._parted(first - 1, hard=False):
            first, cut = first - 1, 0
        single = count.best == 1 and not count.approximate
        return _Found(first, k, cut, VICTIM[noun], count, _COUNTED[3] if single else _COUNTED[0])

    def _toll(self, k: int, noun: str) -> _Found | None:
        """القتلى ثمانية, بلغ عدد المفقودين 11: the number of those who came to harm is told after them."""
        words, end = self._words, self._clause_end(k, _REACH)
        counted = bool(k) and words.said[k - 1] in ("عدد", "حصيله") and not self._parted(k - 1, hard=False)
        if noun not in TOLL or end <= k or not (counted or words.said[k].find("ال") in (0, 1)):
            return None
        count = self._read(words.starts[k + 1], end)
        if count is None:
            return None
        first, last = self._within(words.starts[k + 1] + count.start, words.starts[k + 1] + count.end)
        between = words.said[k + 1 : first]
        if words.said[min(last + 1, end)] in NO_PEOPLE or len(between) > _TOLL_NEAR:
            return None
        if between and between[-1] not in TO_A_TOLL and not all(word.startswith("ال") for word in between):
            return None
        if not counted and between and between[-1] not in TO_A_TOLL:
            return None
        return _Found(k - counted, last, 0, VICTIM[noun], count, _COUNTED[1])

    def _is_illness(self, k: int) -> bool:
        """3 إصابات جديدة بالفيروس, 340 حالة إصابة مؤكدة."""
        said = self._words.said
        return said[k].startswith("اصاب") and not ILL.isdisjoint(said[k + 1 : k + 3])

    def _count_before(self, k: int, *, inclusive: bool = False) -> tuple[int, int, int, Count] | None:
        """The count whose number stands nearest before the word `k`, with its bounds: ما لا يقل عن 3.

        The word it begins with, how many letters of that are clitics, the word its number ends with, the count.
        """
        words, until = self._words, k if inclusive else k - 1
        found: tuple[int, int, int, Count] | None = None
        for at in range(k if inclusive else k - 1, max(-1, k - _BACK), -1):
            if at < k and self._parted(at, hard=False):
                break
            cut = _conjunction(words.said[at]) if at < k else _bare(words.said[at])[1]
            base = words.starts[at] + cut
            count = self._read(base, until)
            if count is None or (at == k and count.best != 2):
                continue
            first, last = self._within(base + count.start, base + count.end)
            if found is not None and last != found[2]:
                break
            if first == at:
                found = (first, cut, last, count)
        return found

    def _part(self, k: int) -> _Found | None:
        """بينهم طفلان: some of those who were told of before."""
        words, end = self._words, self._clause_end(k, 6)
        if end <= k:
            return None
        start = words.starts[k + 1]
        count = self._read(start, end)
        if count is None or (count.best or 2) < 2:
            return None
        first, last = self._within(start + count.start, start + count.end)
        if first != k + 1:
            return None
        return _Found(first, self._noun_end(last, end), 0, self._outcome, count, _COUNTED[1])

    def _read(self, start: int, last: int) -> Count | None:
        """The count in the folded text from `start` to the end of the word `last`."""
        return read_count(self._words.folded.text[start : self._words.ends[last]])

    def _within(self, start: int, end: int) -> tuple[int, int]:
        """The first and the last word of the folded `[start, end)`."""
        return bisect_right(self._words.ends, start), bisect_left(self._words.starts, end) - 1

    def _noun_end(self, last: int, end: int) -> int:
        """Where those who are counted are named to their end: 3 جنود, خمسة آخرين, أربعة من رجال الشرطة, 5 على الأقل."""
        said = self._words.said
        if Tokens(said[last]).words[1].kind in _NUMERALS and last < end:
            if said[last + 1] in _OF:
                of = last + 2 if said[last + 1] == "من" and last + 2 <= end else last + 1
                return of + (said[of] == "رجال" and of < end)
            if said[last + 1] not in AMONG and not _is_a_link(said[last + 1]):
                last += 1
        while last < end and said[last + 1] in _OTHERS:
            last += 1
        if " ".join(said[last + 1 : last + 3]) in _AT_LEAST:
            last += 2
        return last

    def _harm_end(self, last: int, end: int, outcome: str) -> tuple[int, bool]:
        """As far as مصرعهم or بجروح خطيرة, where that follows the people."""
        said = self._words.said
        for m in range(last + 1, min(end, last + 4) + 1):
            if said[m] in ENDED_BY:
                return m + ("انفاس" in said[m] and m < end), True
        if outcome == "injured" and last < end and said[last + 1] in WITH_HARM:
            last += 1
            while last < end and said[last + 1] in GRAVE:
                last += 1
        return last, False

    def _clause_end(self, k: int, reach: int) -> int:
        """The last word of the clause that word `k` stands in, at most `reach` words on."""
        m = k
        while m + 1 < len(self._words.said) and m - k < reach and not self._parted(m, hard=False):
            m += 1
        return m

    def _parted(self, k: int, hard: bool) -> bool:
        """Whether a clause (`hard`: a sentence) ends between the words `k` and `k + 1`."""
        found = self._breaks.get(k)
        if found is None:
            found = self._breaks[k] = self._break_after(k)
        return found > hard

    def _break_after(self, k: int) -> int:
        """0: the clause goes on after the word `k`; 1: it ends there; 2: so does the sentence."""
        words = self._words
        if k + 1 >= len(words.said):
            return 2
        between = words.folded.text[words.ends[k] : words.starts[k + 1]]
        stop = _STOPS.search(between) if between != " " else None
        return 0 if stop is None else 1 if stop.group().startswith("،") else 2

    def _is_title(self, k: int) -> bool:
        """Whether the word stands in a title: a few words within guillemets."""
        words = self._words
        text, at = words.text, words.begin(k)
        opened, closed = text.rfind("«", max(0, at - 40), at), text.find("»", at, at + 40)
        if opened < 0 or closed < 0 or "»" in text[opened:at]:
            return False
        return len(text[opened:closed].split()) <= _TITLE

    def _denied(self, k: int) -> bool:
        """Whether it did not happen: لم يصب أحد, دون إصابات, محاولة اغتيال."""
        words = self._words
        for m in range(max(0, k - 2), k):
            if self._parted(m, hard=False):
                continue
            if words.said[m] == "قد" and words.said[m + 1][:1] not in "يت":
                continue  # قد قتل: it did happen
            if words.said[m] in NOT and all(not self._parted(j, hard=False) for j in range(m, k)):
                return True
        return False


def _bare(word: str) -> tuple[str, int]:
    """`word` without و ف ب ل ك before a word of harm, and how many letters these have."""
    if word[0] not in "وفبلكس":
        return word, 0
    for cut in (1, 2):
        rest = word[cut:]
        if len(rest) > 2 and _CLITIC.fullmatch(word[:cut]):
            plain = rest.removeprefix("ال")
            if rest in VICTIM_AFTER or plain in VICTIM or rest in AMONG:
                return rest, cut
    return word, 0


def _conjunction(word: str) -> int:
    """How many first letters of a word that begins a count are و, ف, ب or ل before it."""
    if word[1:].isdecimal():
        return int(not word[0].isdecimal())
    if len(word) < 3 or word[0] not in "وفبل" or Tokens(word).words[1].kind in (Kind.ONE, Kind.UNIT):
        return 0
    return 1 if Tokens(word).words[1].cut or read_count(f"مقتل {word[1:]} شخص") else 0


def _is_a_link(word: str) -> bool:
    return word in _LINKS or word in NOT or (word[:1] in "وب" and len(word) > 3)


def _answers(found: _Found, said: str) -> Iterator[Attribute]:
    yield Attribute("outcome", found.outcome, RULE)
    count = read_count(said)
    if count is None:
        return
    yield Attribute(COUNT_TEXT, said[count.start : count.end], RULE)
    for name, value in ((COUNT_MIN, count.minimum), (COUNT_BEST, count.best), (COUNT_MAX, count.maximum)):
        if value is not None:
            yield Attribute(name, str(value), RULE)
    yield Attribute(APPROXIMATE, YES if count.approximate else NO, RULE)


def _without_overlaps(found: Iterator[_Found]) -> list[_Found]:
    """Of those that share words the one that is surer, then the longer one."""
    kept: list[_Found] = []
    for one in found:
        if kept and one.first <= kept[-1].last:
            rank = (one.score, one.last - one.first)
            if rank <= (kept[-1].score, kept[-1].last - kept[-1].first):
                continue
            kept.pop()
        kept.append(one)
    return kept
