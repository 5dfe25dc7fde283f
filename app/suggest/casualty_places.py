"""The place that a casualty is told of: the narrowest one its sentence names, else the one told of last."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from app.suggest.base import Article
from app.suggest.gazetteer import mentions
from app.suggest.words import listed, words_of

Place = tuple[int, int]
_LABEL: Final = "LOCATION"
_STOP: Final = re.compile(r"[!?؟\n]|\.(?!\d)")
_ONLY_A_WAY: Final = listed(
    "الي نحو باتجاه صوب من عبر وكاله صحيفه اذاعه قناه محافظ والي شرطه حكومه جيش مستشفيات قوات شبكه",
)
"""Words before a place where nobody came to harm: نُقلوا إلى بغداد, محافظ لحج."""
_WIDER: Final = listed(
    "في من شرق غرب شمال جنوب شرقي غربي شمالي جنوبي وسط محافظه ولايه قضاء مدينه اقليم ريف بريف بولايه بمحافظه",
    "باقليم بقضاء بمدينه منطقه بمنطقه ضواحي التابعه التابع الشرقي الغربي الشمالي الجنوبي الشرقيه الغربيه قرب ب",
)
"""Words between a place and a wider one that it lies in: كويتا جنوب غربي باكستان."""

_KINDS: Final = listed("بلده قريه مدينه ناحيه")
_HEADS: Final = listed("حي جبل ثكنه مخيم وادي جزيره")
"""Words that belong to the name of what they are: حي الدرجة, not بلدة برطلة."""
_OF_A_KIND: Final = {before + kind: kind for kind in _KINDS | _HEADS for before in ("", *"وفبلك")}
_TWO: Final = listed("ام ابو كفر بير تل دير راس عين خان وادي بني عيل سهل باب بيت ابي جسر برج ذي عد")
"""First words of names of two."""
_NO_NAME: Final = listed(
    "في من علي عن الي صغيره كبيره ساحليه حدوديه مجاوره قرب شرق غرب شمال جنوب شرقي غربي شمالي جنوبي بعد اخري هي",
    "التي بها",
)


class Places:
    """The places of an article: those that are marked, and those of the gazetteer beside them."""

    def __init__(self, article: Article) -> None:
        self._words = words_of(article.text)
        marked = [(one.start, one.end) for one in article.annotations.spans.values() if one.label == _LABEL]
        known = [place[:2] for place in mentions(article.text) if not _overlaps(place[:2], marked)]
        self.of_a_kind = [place for place in self._called_by_kind() if not _overlaps(place, marked + known)]
        self._stops = [found.start() for found in _STOP.finditer(article.text)]
        self._places = [place for place in sorted(marked + known + self.of_a_kind) if self._is_where(place)]
        self._narrow = [place for n, place in enumerate(self._places) if not n or not self._is_wider(n)]
        self._last: Place | None = None

    def _called_by_kind(self) -> Iterator[Place]:
        """Places that the gazetteer need not have: بلدة كفر نيلوف, حي النسّاجين."""
        words, said = self._words, self._words.said
        for k, word in enumerate(said[:-1]):
            kind = _OF_A_KIND.get(word, "")
            if not kind or not words.joined(k) or said[k + 1] in _NO_NAME:
                continue
            last = k + 1 + (said[k + 1] in _TWO and k + 2 < len(said) and words.joined(k + 1))
            if len(said[last]) > 2:
                begin = words.begin(k, len(word) - len(kind)) if kind in _HEADS else words.begin(k + 1)
                yield begin, words.end(last)

    def of(self, start: int, end: int) -> Place | None:
        """Where what `[start, end)` tells of came about, as far as that can be told."""
        begun, limit = self._sentence(start)
        later = [place for place in self._narrow if end <= place[0] < limit]
        sooner = [place for place in self._narrow if begun <= place[0] and place[1] <= start]
        near = later[:1] or sooner[-1:]
        if not near and self._last is None:
            near = [place for place in self._narrow if place[1] <= start][-1:]
        if near:
            self._last = near[0]
        return self._last

    def _sentence(self, at: int) -> Place:
        n = bisect_left(self._stops, at)
        begun = self._stops[n - 1] + 1 if n else 0
        return begun, self._stops[n] if n < len(self._stops) else len(self._words.text)

    def _word(self, at: int) -> int:
        """The first word that begins at `at` or after it."""
        return bisect_left(range(len(self._words.said)), at, key=self._words.begin)

    def _is_where(self, place: Place) -> bool:
        k = self._word(place[0])
        return not k or self._words.said[k - 1] not in _ONLY_A_WAY

    def _is_wider(self, n: int) -> bool:
        """Whether the place only says where the one before it lies."""
        before, place = self._places[n - 1], self._places[n]
        first, last = self._word(before[1]), self._word(place[0])
        between = self._words.text[before[1] : place[0]].strip()
        return between in ("", "،", "-", "(") or (
            last - first <= 4 and last > first and all(word in _WIDER for word in self._words.said[first:last])
        )


def _overlaps(place: Place, others: list[Place]) -> bool:
    return any(place[0] < end and start < place[1] for start, end in others)
