"""What stands before the word of saying: «…»، قال فلان; …، بحسب فلان; وبحسب فلان، فإن …"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from app.suggest.quote_marks import Place, Quoted
from app.suggest.said_after import FEWEST, SaidAfter, opens
from app.suggest.saying_words import AFTERWARDS, ALONGSIDE, NO_AND, NOUN, REPORTED, THAT, VERB, Saying
from app.suggest.speaker_words import ENDS
from app.suggest.telling import COMMAS, DIRECT, INDIRECT, Reported, before_what, is_title
from app.suggest.unlisted import SO
from app.suggest.words import listed

_ASIDE: Final = listed("قال اعلن افاد ذكر اكد اوضح اضاف اشار ردد راي وصف زعم نقل اورد صرح كتب يري لاحظ بين")
_LEADS: Final = ("في", "بعد", "علي", "قبل", "امس", "الي")
"""With these begins what stands before a statement and is no part of it: في درنود، قُتل ثلاثة."""


_SO_THEN: Final = listed("فمن ففي فقد فلا فلم فلن فالمطر فالامر فالوضع فالناس")
"""Words whose ف leads to a statement."""


class SaidBefore(SaidAfter):
    """Finds what a word of saying carries that stands behind it."""

    def _closed_before(self, k: int, saying: Saying) -> Iterator[Reported]:
        """«…»، قال الوزير."""
        at = bisect_left(self._marks.outer, self._words.starts[k], key=opens) - 1
        if saying.sort == ALONGSIDE or at < 0:
            return
        quoted = self._marks.outer[at]
        between = self._text[quoted.closes : self._words.starts[k]]
        if (
            "\n" in between
            or any(word not in SO for word in re.findall(r"[^\s،,–—-]+", between.removeprefix(". ")))
            or (between[:1] == "." and len(between) < 4)
            or quoted.opens in self._used
            or len(self._text[quoted.start : quoted.end].split()) < 2
        ):
            return
        cue = self._cue(k, saying)
        yield Reported(DIRECT, self._inner(quoted), cue, self._who(k, saying, self._stop(cue[1])), 0.9)

    def _stated_before(self, k: int, saying: Saying) -> Iterator[Reported]:
        """وصلت عشرون جثة، يقول الطبيب. Without marks."""
        says = saying.verb in _ASIDE or self._words.said[k][0] in "يت"
        if saying.sort != VERB or saying.cut or not says or not any(mark in self._gap(k) for mark in COMMAS):
            return
        cue = self._cue(k, saying)
        limit, place = self._stop(cue[1]), bisect_left(self._stops, cue[0])
        sentence = self._stops[place - 1] + 1 if place else 0
        speaker = self._speakers.after(self._first_after(cue[1]), limit)
        if speaker is None or self._last_end > sentence or self._words.said[k - 1] in REPORTED:
            return
        if len(re.split("[،,]", self._text[speaker[1] : limit])[0].split()) > 4:
            return
        stated = self._said_before(sentence, self._words.starts[k])
        first = self._words.said[self._first_after(stated[0])] if stated is not None else ""
        if first in ENDS or first in ("لدي", "بحلول", "بينما"):
            return
        if stated is not None and len(self._text[slice(*stated)].split()) > 3:
            self._speakers.remember(speaker, saying.feminine)
            yield Reported(INDIRECT, stated, cue, speaker, 0.6)

    def _is_of_measure(self, k: int) -> bool:
        """على حد قوله, على حد تعبير فلان."""
        return k > 1 and self._words.said[k - 1] == "حد" and self._words.said[k - 2] == "علي"

    def _is_reported(self, k: int, saying: Saying) -> bool:
        """Whether كما قال follows what was said, and does not begin it: كما قال إن."""
        limit = self._stop(self._words.ends[k])
        if self._words.said[k - 1].removeprefix("و") == "كما" and not self._is_an_aside(k, saying, limit):
            return False
        return self._that(k, saying, limit) < 0 and self._carried(k, saying, self._words.ends[k], limit, -1) is None

    def _is_an_aside(self, k: int, saying: Saying, limit: int) -> bool:
        """Whether كما قال فلان ends a clause; كما قال begins one that tells what else he said."""
        start = self._words.starts[k - 1]
        before = self._text[max(0, start - 3) : start].rstrip()
        if saying.verb not in _ASIDE or not before or before[-1] not in '،,»"”-':
            return False
        speaker = self._speakers.after(k + 1, limit)
        return speaker is not None and len(self._text[speaker[1] : limit].split("،")[0].split()) < 4

    def _afterwards(self, k: int, saying: Saying) -> Iterator[Reported]:
        """«…»، بحسب فلان; …، حسبما أفاد فلان; وبحسب فلان، فإن …"""
        words, said = self._words, self._words.said
        if said[k + 1 : k + 2] in (("ما",), ("ان",)) or (saying.sort == AFTERWARDS and self._is_led_to(k + 1, saying)):
            return
        cue = (words.starts[k] + saying.cut, words.ends[k + (saying.verb == "استنادا")])
        limit, opens = self._stop(cue[1]), self._opening(k)
        speaker = self._speaker_behind(k, saying, limit)
        place = bisect_left(self._stops, cue[0])
        sentence = self._stops[place - 1] + 1 if place else 0
        before = self._text[sentence : words.starts[opens]].strip(" \n،,و")
        if speaker is None or (not before and said[opens] == "هذا"):
            return
        if not before or (self._is_begun(before) and self._text[speaker[1] : speaker[1] + 1] in COMMAS):
            yield from self._fronted(k, cue, speaker, limit)
            return
        self._speakers.remember(speaker, None)
        closed = self._closed_at(words.starts[opens])
        if closed is not None and closed.opens not in self._used:
            yield Reported(DIRECT, self._inner(closed), cue, speaker, 0.9)
            return
        if self._last_end > sentence or not (place_said := self._said_before(sentence, words.starts[opens])):
            return
        yield Reported(INDIRECT, place_said, cue, speaker, 0.7)

    def _is_begun(self, before: str) -> bool:
        """Whether words before an attribution only begin what is said: فالمطر، بحسب الأهالي، تأخر."""
        words = before.split()
        return len(words) < 3 or words[-1] in ("كان", "كانت")

    def _is_led_to(self, k: int, saying: Saying) -> bool:
        """Whether a word of saying follows that carries it all: حسبما قال, بحسب قولها."""
        follows = self._found.get(k)
        return follows is not None and (saying.verb == "حسبما" or follows.sort == NOUN)

    def _opening(self, k: int) -> int:
        """The word with which the attribution begins: وفق ما, على ما, على حد."""
        said, m = self._words.said, k
        while (
            m
            and k - m < 3
            and (said[m - 1] in REPORTED or before_what(said[m - 1]) or (m == k and said[m - 1] == "في"))
        ):
            m -= 1
        return m

    def _speaker_behind(self, k: int, saying: Saying, limit: int) -> Place | None:
        said = self._words.said
        if saying.sort == NOUN:
            return self._speakers.last(saying.feminine)
        first = k + 1
        if saying.verb == "نقلا" or saying.verb == "استنادا":
            first += 1
        elif (
            saying.sort == AFTERWARDS
            and said[first : first + 1]
            and said[first][0] == "ل"
            and saying.verb in ("وفقا", "طبقا")
        ):
            return self._speakers.after(first, limit, cut=1)
        return self._speakers.after(first, limit)

    def _bare_headline(self) -> Iterator[Reported]:
        """رئيس البلدية: لن نهدم السوق, as the first line and without marks."""
        line = self._text.find("\n") if "\n" in self._text else len(self._text)
        colon = self._text.find(": ", 0, line)
        last = bisect_left(self._words.starts, colon)
        if colon < 0 or not 0 < last < 6 or self._text[line - 1 : line] in ".؟!" or not self._speakers.is_somebody(0):
            return
        if self._marks.first(0, line) is not None or any(m in self._found for m in range(last)):
            return
        speaker = self._speakers.after(0, colon, whole=True)
        if speaker is not None and speaker[1] == self._words.ends[last - 1]:
            yield Reported(DIRECT, self._trimmed(colon + 1, line), None, speaker, 0.6)

    def _closed_at(self, at: int) -> Quoted | None:
        """The quote that ends before `at`, with nothing but a comma between."""
        place = bisect_left(self._marks.outer, at, key=opens) - 1
        if place < 0:
            return None
        quoted = self._marks.outer[place]
        long = len(self._text[quoted.start : quoted.end].split()) > 1
        last = self._text[max(0, quoted.opens - 20) : quoted.opens].rstrip().rpartition(" ")[2]
        between = self._text[quoted.closes : at].strip(" ،,-–")
        return quoted if long and not between and not is_title(last) else None

    def _said_before(self, sentence: int, at: int) -> Place | None:
        """The statement between the beginning of the sentence and the attribution, without what leads to it."""
        start, end = self._trimmed(sentence, at)
        colon = self._text.rfind(": ", start, end)
        if colon > 0 and self._marks.around(colon) is None:
            start, end = self._trimmed(colon + 1, end)
        first = bisect_left(self._words.starts, start)
        word = self._words.said[first] if first < len(self._words.said) else ""
        comma = min((at for mark in COMMAS if (at := self._text.find(mark, start, end)) >= 0), default=-1)
        if word.removeprefix("و") in _LEADS and comma > 0 and len(self._text[start:comma].split()) < 8:
            start, end = self._trimmed(comma + 1, end)
        elif (word.startswith("و") and len(word) > 2 and word not in NO_AND) or word in _SO_THEN:
            start += 1
        elif word == "و":
            start, end = self._trimmed(start + 1, end)
        return (start, end) if end - start >= FEWEST else None

    def _fronted(self, k: int, cue: Place, speaker: Place, limit: int) -> Iterator[Reported]:
        """وبحسب فلان، فإن …; وبحسب فلان، قُتل …"""
        words = self._words
        comma = min((at for mark in COMMAS if (at := self._text.find(mark, speaker[1], limit)) >= 0), default=-1)
        first = bisect_left(words.starts, speaker[1])
        for m in range(first, min(first + 14, len(words.said) - 1)):
            if words.starts[m] >= limit:
                break
            if words.said[m] in ("فان", "فانه", "فانها") or (m == first and words.said[m] in THAT):
                comma = words.ends[m] - 1
                break
        if 0 <= comma < limit:
            self._speakers.remember(speaker, None)
            yield from self._clause(comma + 1, limit, cue, speaker)

    def _headline(self, quoted: Quoted) -> Reported | None:
        """وزير الدفاع: «…» on a line of its own."""
        line = self._text.rfind("\n", 0, quoted.opens) + 1
        before = self._text[line : quoted.opens].strip()
        if not before.endswith(":") or len(before.split()) > 8 or "." in before:
            return None
        first, last = (bisect_left(self._words.starts, at) for at in (line, quoted.opens))
        if first == last or any(m in self._found for m in range(first, last)):
            return None
        colon = self._text.rfind(":", line, quoted.opens)
        speaker = self._speakers.after(first, colon, whole=True)
        if speaker is None or speaker[1] != self._words.ends[last - 1]:
            return None
        self._used.add(quoted.opens)
        return Reported(DIRECT, self._inner(quoted), None, speaker, 0.8)

    def _goes_on_after(self, one: Reported) -> Iterator[Reported]:
        """«…»، قال فلان. «…»: the next sentence is a quote of the same speaker."""
        assert one.cue is not None
        stop = self._stop(one.cue[1])
        following = self._marks.first(stop, stop + 4)
        if following is None or "\n" in self._text[stop : following.opens]:
            return
        if (
            self._text[following.closes : following.closes + 1] in (".", "\n", "")
            and following.end - following.start > 8
        ):
            yield one._replace(quote=self._inner(following), score=0.8)
