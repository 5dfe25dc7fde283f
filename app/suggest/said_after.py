"""What comes after a word of saying: قال فلان إن …, وأضاف: «…», أعلن الجيش مقتل …"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from app.suggest.nominal import begins_a_noun_clause, carries_a_noun
from app.suggest.phrases import base, written_end
from app.suggest.quote_marks import Place, Quoted
from app.suggest.said_clause import SaidClause
from app.suggest.saying_words import (
    ALONGSIDE,
    CONTINUES,
    NAMES_A_TOPIC,
    NAMING,
    NO_THAT_AFTER,
    ONLY_QUOTED,
    REPORTED,
    SAYING,
    STATES,
    THAT,
    VERB,
    WEAK,
    Saying,
)
from app.suggest.speaker_words import ENDS, NAMES, ONE_OF, TIMES, TITLES
from app.suggest.telling import DIRECT, STOP, WHO, Reported, is_title, words_text
from app.suggest.words import listed

_REACH: Final = 24
"""So many words after the word of saying what is said begins."""
_NO_NOUN_AFTER: Final = listed("في من الي علي عن بعد قبل خلال حول منذ عقب اثر بشان غير اي باسم مع")
_ASKS: Final = listed("سال تساءل استفسر")
FEWEST: Final = 8


class SaidAfter(SaidClause):
    """Finds what a word of saying carries that stands before it."""

    def _forward(self, k: int, saying: Saying) -> Iterator[Reported]:
        """قال فلان إن …, وأضاف: «…», أعلن الجيش مقتل …"""
        words, cue = self._words, self._cue(k, saying)
        limit = self._stop(cue[1])
        that = self._that(k, saying, limit)
        if that >= 0 and saying.verb != "قال" and self._is_if(that) and self._noun(k, saying, words.starts[that]):
            that = -1
        quoted = self._carried(k, saying, cue[1], self._past_a_colon(limit), that)
        if quoted is not None:
            speaker = self._who(k, saying, quoted.opens)
            yield from self._direct(k, quoted, cue, speaker, limit)
        elif that >= 0:
            speaker = self._who(k, saying, words.starts[that])
            begin = words.starts[that] if saying.verb in _ASKS and self._is_if(that) else words.ends[that]
            yield from self._clause(begin, limit, cue, speaker)
        elif (noun := self._noun(k, saying, limit)) is not None:
            speaker = self._who(k, saying, words.starts[noun[0]])
            for one in self._clause(noun[1], limit, cue, speaker):
                yield one._replace(score=one.score - 0.15)
        elif (colon := self._colon(k, saying, limit)) >= 0:
            speaker = self._who(k, saying, colon)
            place = self._trimmed(colon + 1, limit)
            if place[1] - place[0] >= FEWEST:
                yield Reported(DIRECT, place, cue, speaker, 0.6)
        elif saying.sort == VERB and cue[0] >= self._last_end:
            first = self._first_after(cue[1])
            word = "".join(self._words.said[first : first + 1])
            if self._speakers.is_somebody(first) or word[:1] not in "بلكو":
                self._speakers.remember(self._speakers.after(first, limit, transitive=True), saying.feminine)

    def _that(self, k: int, saying: Saying, limit: int) -> int:
        """The word إن or أن that the word of saying leads to, -1 where there is none."""
        words, said = self._words, self._words.said
        if saying.verb in ONLY_QUOTED:
            return -1
        for m in range(k + 1, min(k + _REACH, len(said) - 1)):
            if words.starts[m] >= limit or self._other_saying(k, m):
                break
            if said[m] == "فان" and "،" not in self._gap(m):
                continue
            if said[m] not in THAT or words.starts[m + 1] >= limit or self._marks.around(words.starts[m]) is not None:
                continue
            before = said[m - 1]
            if m > k + 1 and before in NO_THAT_AFTER and before != NAMES_A_TOPIC.get(saying.verb):
                continue
            return m
        return -1

    def _is_if(self, that: int) -> bool:
        """Whether it may say if: … نزوح الآلاف إن استمر القصف."""
        return words_text(self._words, that) == "إن"

    def _carried(self, k: int, saying: Saying, begin: int, limit: int, that: int) -> Quoted | None:
        """The quoted stretch that the word of saying `k` carries by itself, no title and no name."""
        until = min(limit, self._words.starts[that]) if that >= 0 else limit
        for at in range(bisect_left(self._marks.outer, begin, key=opens), len(self._marks.outer)):
            quoted = self._marks.outer[at]
            if quoted.opens >= until:
                break
            between = self._text[begin : quoted.opens]
            if len(between.split()) > _REACH or self._says_between(k, quoted.opens):
                break
            if quoted.opens not in self._used and self._is_said(saying, quoted, between):
                return quoted
        return None

    def _is_said(self, saying: Saying, quoted: Quoted, between: str) -> bool:
        length = len(self._text[quoted.start : quoted.end].split())
        ends = between.rstrip()
        if ends.endswith(":"):
            return True
        last = ends.rpartition(" ")[2]
        if self._is_named(quoted, last) or (last in ("ل", "في", "عن", "وفي") and length < 4):
            return False
        if saying.verb in WEAK and length < 5:
            return False
        if length == 1:
            return saying.verb in NAMING and last in ("ب", "بانه", "بانها", "بانهم", "بال", "")
        follows = self._text[quoted.closes : quoted.closes + 8].lstrip(" ،").split(" ")[0]
        if follows in THAT:
            return False
        if ends.endswith("،") and length > 1:
            return True
        return last in ("ب", "الي", "من", "علي") or last in WHO or length > 2 or saying.verb in NAMING or not ends

    def _direct(self, k: int, quoted: Quoted, cue: Place, speaker: Place | None, limit: int) -> Iterator[Reported]:
        """The quoted stretch, and others after it in the same sentence."""
        yield Reported(DIRECT, self._inner(quoted), cue, speaker, 0.95)
        at = bisect_left(self._marks.outer, quoted.closes, key=opens)
        for other in self._marks.outer[at : at + 2]:
            between = self._text[quoted.closes : other.opens]
            if (
                other.opens >= limit
                or self._says_between(k, other.opens)
                or is_title(between.rstrip().rpartition(" ")[2])
            ):
                return
            if len(self._text[other.start : other.end].split()) > 2 - between.rstrip().endswith("،"):
                yield Reported(DIRECT, self._inner(other), cue, speaker, 0.8)

    def _noun(self, k: int, saying: Saying, limit: int) -> Place | None:
        """The word with which what is said begins as a noun, and where: أعلن الجيش مقتل ثلاثة, كشف عن توقيع اتفاق."""
        words, said = self._words, self._words.said
        if saying.verb not in STATES:
            return None
        topic = NAMES_A_TOPIC.get(saying.verb, "")
        for m in range(k + 1, min(k + 14, len(said))):
            if words.starts[m] >= limit or self._other_saying(k, m):
                break
            if said[m] in WHO or said[m] in REPORTED or said[m] in ("حيث", "بينما", "فيما"):
                break
            if self._marks.around(words.starts[m]) is not None:
                continue
            written = words.text[words.begin(m)]
            if topic == "ب" and said[m][0] == "ب" and begins_a_noun_clause(said[m][1:], said[m - 1], "إ"):
                return m, words.starts[m] + 1
            if topic and said[m - 1] == topic and begins_a_noun_clause(said[m], "", written):
                return m, words.starts[m]
            if topic in ("", "علي", "عن") and self._begins_here(k, m, written):
                return m, words.starts[m]
        return None

    def _begins_here(self, k: int, m: int, written: str) -> bool:
        said = self._words.said
        if m == k + 1:
            return carries_a_noun(said[m])
        if said[m - 1] in _NO_NOUN_AFTER:
            return False
        return begins_a_noun_clause(said[m], said[m - 1], written) or self._stands_behind(k, m)

    def _stands_behind(self, k: int, m: int) -> bool:
        """Whether a noun stands behind who speaks and belongs to nobody: أكدت الهيئة العليا كسر الاحتكار."""
        said, word = self._words.said, self._words.said[m]
        if not said[m - 1].startswith("ال") or self._gap(m) != " " or len(word) < 3 or not word.isalpha():
            return False
        titled = any(base(said[n]) in TITLES or said[n] in NAMES for n in range(k + 1, m))
        if titled or word in ENDS or word in NAMES or word in ONE_OF or word in TIMES or word in SAYING:
            return False
        definite = "".join(said[m + 1 : m + 2]).startswith("ال") and self._gap(m + 1) == " "
        return definite and word[0] not in "الوفبيت" and written_end(self._words, m) not in ("اً", "ًا")

    def _colon(self, k: int, saying: Saying, limit: int) -> int:
        """The colon after which it is said without quotation marks: وقال الوزير: سنعود."""
        end = self._words.ends[k]
        colon = self._text.find(":", end, min(limit, end + 90))
        if saying.sort == ALONGSIDE or colon < 0 or self._says_between(k, colon):
            return -1
        if self._marks.first(colon, colon + 3) is not None:
            return -1
        between = self._text[end:colon]
        if saying.verb not in CONTINUES and (
            len(between.split()) > 6 or (saying.verb in WEAK and saying.verb not in _ASKS) or " ما " in between
        ):
            return -1
        if (
            any(mark in between for mark in '()"')
            or between.count("«") != between.count("»")
            or self._text[colon + 1 : colon + 2] not in (" ", "\xa0")
        ):
            return -1
        return -1 if "\n" in self._text[colon : colon + 2] else colon

    def _past_a_colon(self, limit: int) -> int:
        """The end of a sentence; where that is a colon at the end of a line, the beginning of the next."""
        ends = self._text[max(0, limit - 2) : limit].rstrip().endswith(":")
        return limit + 4 if ends else limit

    def _within_a_quote(self, k: int, saying: Saying, around: Quoted) -> Iterator[Reported]:
        """«… وقال لي: سأعود. …»: what is said within what is said."""
        end = self._words.ends[k]
        colon = self._text.find(":", end, min(around.end, end + 24))
        if saying.sort != VERB or colon < 0 or self._says_between(k, colon):
            return
        begin = colon + 1 + (self._text[colon + 1 : colon + 2] == " ")
        inner = next((one for one in self._marks.all if one.depth and begin <= one.opens <= begin + 1), None)
        stop = STOP.search(self._text, begin, around.end)
        place = self._inner(inner) if inner else self._trimmed(begin, stop.start() if stop else around.end)
        if place[1] > place[0]:
            yield Reported(DIRECT, place, (self._words.starts[k] + saying.cut, end), None, 0.6)


def opens(quoted: Quoted) -> int:
    return quoted.opens
