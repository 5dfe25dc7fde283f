"""Words that tell of saying by where they stand, though no list has them: وتفوّه المدير: «…»; وفق ما سرّبه موظف."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from app.suggest.nominal import BODIES
from app.suggest.phrases import base
from app.suggest.quote_marks import Marks, Quoted
from app.suggest.saying_words import AFTERWARDS, NO_AND, NO_SAYING, NOUN, REPORTED, THAT, VERB, Saying
from app.suggest.speaker_words import ENDS, NAMES, ONE_OF, TIMES, TITLES
from app.suggest.words import Words, listed

SO: Final = listed("هكذا بهذه الكلمات بهذا العبارات العباره بكلمات")
"""Words between a quote and the word of saying behind it."""
UNLISTED: Final = "…"
"""What the verb of a word of saying is called that no list has."""
_REACH: Final = 20
"""So many words before a colon or إن the word of saying stands at the most."""
_PRESENT: Final = re.compile(r"[وف]?[يت]\w{2,}(?<!ات)(?<!يه)")
_HERS: Final = re.compile(r"\w{2,}(?<!ا)ت")
_NO_VERB: Final = re.compile(r"[a-zA-Z].*|ال.*|لل.*|\d.*|.|.*(?:يه|ات|ون|ين|اء)|[بك]ال.*|است?ن?.{1,3}ا.")
_SPEECH: Final = listed(
    "عباره جمله كلمه كلمات سؤال جواب رد تعليق هتاف نداء صرخه شعار رساله قول مقوله نصيحه دعاء لافته عنوان وعد وصيه",
    "تدوينه تغريده منشور اعتراف شهاده خلاصه",
)
"""Nouns that carry what stands behind a colon, where no verb does: اكتفى بعبارة: «…»."""
_SKIPPED: Final = listed(
    "قد وقد لقد ولقد ثم كما وكما فيما وفيما بينما وبينما حين عندها وعندها هنا وهنا كان وكان كانت وكانت فقد حيث لكن",
    "ولكن كل وكل ما التي الذي الذين بل ايضا وايضا هكذا وهكذا هذا وهذا",
)
"""Words a clause begins with that are no verb of saying."""
_KNOWS: Final = listed(
    "علم عرف درك فهم وجد كتشف شعر حس ظهر بدو بدا بين تبين ثبت عني قتضي تطلب ستطاع ستطيع راد ريد حاول كاد وشك سبق",
    "جدر حدث حصل صادف شاء نسي ضمن منت قتنع شك خشي خاف مل رجو رجا فضل حب كره تفق نتظر نجح قبل رضي سمح منع مكن جب وجب",
    "نبغي لزم كفي سر سعد زعج قلق دهش حال ساعد دل برهن صبح مسي كن كون كان زال عود عاد تاح تيح ضطر جعل ترك تعين فترض",
    "توقف بق صعب سهل هم همن يكفي نوي نوو عتاد حرص تردد قرر شترط مر تضح يتضح تذكر تحتم ستحق ستحيل ستحسن لاحظ حلم",
    "تخيل تصور عتبر تقد وقن من تيقن تاكد رف عرفون عن ضاف تبع تمخض سفر دي ضح جد فاد جيد حق رغب خذ عد حتاج حاجه ضيف",
    "كثر قل سوي",
)
"""Verbs of knowing, wanting and the like, without the letters their forms begin with: أن tells of no saying there."""
_WHAT: Final = listed("وفق وفقا بحسب حسب طبقا علي ووفق وبحسب وحسب حد")
_CUT: Final = re.compile("وا|ون|تا|ت|ا$")


class Unlisted:
    """Finds such words of a text, beside the words of saying that are `known`; places are of the folded text."""

    def __init__(self, words: Words, marks: Marks, stops: Sequence[int], known: dict[int, Saying]) -> None:
        self._words, self._marks, self._text = words, marks, words.folded.text
        self._stops, self._known = stops, known

    def found(self) -> Iterator[tuple[int, Saying]]:
        """Each such word by its number, in no order."""
        for quoted in self._marks.outer:
            if self._text[max(0, quoted.opens - 4) : quoted.opens].rstrip()[-1:] == ":":
                yield from self._taken(self._before_colon(quoted))
            elif (verb := self._behind(quoted)) >= 0:
                yield from self._taken(verb)
            elif not self._begins_sentence(quoted.opens) and len(self._text[quoted.start : quoted.end].split()) > 3:
                yield from self._taken(self._before_marks(quoted))
        for k, word in enumerate(self._words.said):
            if word in THAT and word[0] != "ل":
                yield from self._taken(self._before_that(k))
            elif word in ("ما", "حسبما") and (word != "ما" or (k and self._words.said[k - 1] in _WHAT)):
                yield from self._taken(self._after_what(k))

    def _taken(self, k: int) -> Iterator[tuple[int, Saying]]:
        if k >= 0 and k not in self._known:
            yield k, self._saying(k)

    def _saying(self, k: int) -> Saying:
        word = self._words.said[k]
        speech = _speech(word)
        if speech:
            return Saying(NOUN, UNLISTED, len(word) - len(speech), False)
        cut = 1 if word[0] in "وف" and len(word) > 3 and word not in NO_AND else 0
        rest = word[cut:]
        hers = rest.endswith(("ت", "ته", "تها", "تهم", "تنا", "تني")) or (rest[0] == "ت" and len(rest) > 3)
        return Saying(VERB, UNLISTED, cut, hers)

    def _before_colon(self, quoted: Quoted) -> int:
        """The word of saying before a colon and a quote, -1 where there is one that is known, or none."""
        last = bisect_left(self._words.starts, quoted.opens)
        if len(self._text[quoted.start : quoted.end].split()) < 2:
            return -1
        first = self._sentence(last, quoted.opens)
        near = self._after_comma(last - 1)
        if first < near and last - near < 5 and not any(self._carries(m) for m in range(near, last)):
            verb = near + (self._words.said[near] in _SKIPPED)
            if self._is_verb(verb) and self._looks_done(verb):
                return verb
        if last - first > _REACH or any(self._carries(m) for m in range(first, last)):
            return -1
        for m in range(last - 1, max(last - 4, first - 1), -1):
            if _speech(self._words.said[m]) and m > first:
                return m
        for m in range(last - 1, max(last - 6, first), -1):
            if self._words.said[m - 1] in ("التي", "الذي") and self._looks_done(m):
                return m
        for begin in self._clauses(first, last):
            verb = self._verb(begin, last)
            if verb >= 0 and (begin > first or not self._is_headline(first, quoted) or self._looks_done(verb)):
                return verb
        return -1

    def _before_marks(self, quoted: Quoted) -> int:
        """The verb before marks without a colon, if somebody is named beside it: أما المدير فعزا ذلك إلى «…»."""
        verb = self._before_colon(quoted)
        if verb < 1 or _root(self._words.said[verb]) in _KNOWS:
            return -1
        after_who = self._words.said[verb][0] == "ف" and self._text[: self._words.starts[verb]].rfind("ما ") > 0
        return verb if after_who or self._names_somebody(verb + 1) else -1

    def _is_headline(self, first: int, quoted: Quoted) -> bool:
        """Whether a line of its own begins with word `first` and ends with the quote: نازحو المخيم: «…»."""
        text = self._text
        begins = text[max(0, self._words.starts[first] - 9) : self._words.starts[first]].rstrip(" «")[-1:] in ("", "\n")
        return begins and text[quoted.closes : quoted.closes + 2].strip(" .")[:1] in ("", "\n")

    def _looks_done(self, m: int) -> bool:
        """Whether the form of the word `m` is that of a verb: يتفوه, تمتمت."""
        word = self._words.said[m]
        return _PRESENT.fullmatch(word) is not None or _HERS.fullmatch(word) is not None

    def _carries(self, m: int) -> bool:
        known = self._known.get(m)
        return known is not None and known.sort != AFTERWARDS

    def _behind(self, quoted: Quoted) -> int:
        """The verb directly behind a quote that begins its sentence: «…»، تتنهد الأم."""
        words = self._words
        if len(self._text[quoted.start : quoted.end].split()) < 3 or not self._begins_sentence(quoted.opens):
            return -1
        m = bisect_left(words.starts, quoted.closes)
        while m < len(words.said) and words.said[m] in SO:
            m += 1
        if m + 1 >= len(words.said) or self._text[quoted.closes : words.starts[m]].strip() not in (
            "",
            "،",
            ",",
            "-",
            "–",
        ):
            return -1
        if any(n in self._known for n in range(m, min(m + 3, len(words.said)))):
            return -1
        told = self._names_somebody(m + 1) or (_PRESENT.fullmatch(words.said[m]) and "،" in self._gap(m))
        return m if self._is_verb(m) and told else -1

    def _begins_sentence(self, at: int) -> bool:
        before = self._text[max(0, at - 9) : at].rstrip(" ")[-1:]
        return before in ("", "\n", ".", "!", "؟", "?", "؛", "»", "”")

    def _before_that(self, k: int) -> int:
        """The verb before إنّ or أنّ that somebody has: تكهّن المحلل بأن."""
        words, said = self._words, self._words.said
        written = words.text[words.begin(k) : words.begin(k) + 2]
        first = max(self._sentence(k, words.starts[k]), self._after_comma(k))
        if first >= k or k - first > 12 or any(m in self._known for m in range(max(first - 1, 0), k)):
            return -1
        verb = self._verb(first, k)
        if said[verb] in NO_SAYING or _speech(said[verb]) or said[k - 2 : k - 1] == ("من",):
            return -1
        if verb < k - 1 and _PRESENT.fullmatch(said[k - 1]):
            return -1
        if verb < 0 or _root(said[verb]) in _KNOWS or self._marks.around(words.starts[verb]) is not None:
            return -1
        reported = "إ" in written and (said[k] != "ان" or (k + 1 < len(said) and said[k + 1].startswith("ال")))
        if reported or said[k].startswith("ب"):
            return verb if verb == k - 1 or self._names_somebody(verb + 1) else -1
        return verb if verb + 1 < k and self._is_person(verb + 1) else -1

    def _after_what(self, k: int) -> int:
        """The verb in وفق ما سرّبه موظف."""
        said, m = self._words.said, k + 1
        if m >= len(said) or any(n in self._known for n in range(m, min(m + 3, len(said)))):
            return -1
        if (
            said[m] in NO_SAYING
            or said[m] in ("يبدو", "يرام", "هو", "هي")
            or _root(said[m]) in _KNOWS
            or not self._is_verb(m)
        ):
            return -1
        return m if self._names_somebody(m + 1) else -1

    def _sentence(self, k: int, at: int) -> int:
        """The first word of the sentence, or of what follows the quote before, that word `k` stands in."""
        place = bisect_left(self._stops, at)
        begin = self._stops[place - 1] + 1 if place else 0
        before = bisect_left(self._marks.outer, at, key=lambda one: one.opens) - 1
        if before >= 0:
            begin = max(begin, self._marks.outer[before].closes)
        return min(bisect_left(self._words.starts, begin), k)

    def _gap(self, m: int) -> str:
        return self._text[self._words.ends[m - 1] : self._words.starts[m]] if m else ""

    def _after_comma(self, k: int) -> int:
        return next((m for m in range(k, max(k - 14, 0), -1) if "،" in self._gap(m) or "," in self._gap(m)), 0)

    def _clauses(self, first: int, last: int) -> Iterator[int]:
        """The first words of the clauses within these words."""
        yield first
        for m in range(first + 1, last):
            if "،" in self._gap(m) or "," in self._gap(m):
                yield m

    def _verb(self, first: int, last: int) -> int:
        """The verb that a clause begins with, or that follows who is named before it: أما المدير ففاجأ."""
        said, m = self._words.said, first
        while m < last and (said[m] in _SKIPPED or (said[m] == "في" and said[m + 1] == "حين")):
            m += 1 + (said[m] == "في")
        if m >= last or said[m] in ("وهو", "وهي", "وهم"):
            return -1
        if said[m] in ("اما", "واما"):
            return next((n for n in range(m + 2, last) if said[n][0] == "ف" and len(said[n]) > 3), -1)
        if self._is_verb(m):
            return m
        if self._is_person(m) or said[m].startswith("ال"):
            for n in range(m + 1, min(m + 6, last)):
                if "،" in self._gap(n):
                    break
                if _PRESENT.fullmatch(said[n]) and self._is_verb(n) and said[n - 1] not in REPORTED:
                    return n
        return -1

    def _is_verb(self, m: int) -> bool:
        """Whether the word may be a verb: it looks like no noun, and is none that is known."""
        word = self._words.said[m]
        rest = word[1:] if word[0] in "وف" and len(word) > 3 and word not in NO_AND else word
        if (
            not {word, rest, word[1:] if word[0] in "وف" else word}.isdisjoint(_NONE)
            or _NO_VERB.fullmatch(rest)
            or base(rest) in TITLES
        ):
            return False
        if rest[-1] == "ه" and self._words.said[m - 1] != "ما" and rest[-2:] not in ("ته",) and rest[0] not in "يت":
            return False
        written = self._words.text[self._words.end(m) - 1]
        return written not in "ةًٌٍ" and self._words.text[self._words.begin(m) : self._words.end(m)][-2:] != "اً"

    def _names_somebody(self, m: int) -> bool:
        if m >= len(self._words.said) or self._gap(m) != " ":
            return False
        word = self._words.said[m]
        if word in ("اليه", "اليها", "الينا", "لنا", "له", "لها", "لهم", "علينا", "به", "بها", "علنا"):
            return True
        return self._is_person(m) or (word.startswith("ال") and word not in ENDS) or word in TIMES

    def _is_person(self, m: int) -> bool:
        word = self._words.said[m]
        word = word.removeprefix("و") if word.startswith("وال") else word
        title = word.removeprefix("ال")
        return word in NAMES or base(word) in TITLES or title in ONE_OF or title in BODIES or title in TITLES


_NONE: Final = (
    listed("علما قيل يقال وقيل ويقال فقيل ولا اذ اذن انتهي شن")
    | ENDS
    | NAMES
    | ONE_OF
    | TITLES
    | BODIES
    | THAT
    | TIMES
    | _SKIPPED
)


def _speech(word: str) -> str:
    """The noun of speech in a word: عبارة in بعبارة, بعبارته."""
    for rest in (word, word[1:]) if word[0] in "بو" else (word,):
        if rest in _SPEECH:
            return rest
    return ""


def _root(word: str) -> str:
    """A verb without و and ف, the letter its form begins with, and the ending."""
    rest = word[1:] if word[0] in "وف" and len(word) > 3 and word not in NO_AND else word
    for end in ("وا", "ون", "تا", "ت"):
        if rest.endswith(end) and len(rest) - len(end) > 1:
            rest = rest.removesuffix(end)
            break
    return rest[1:] if len(rest) > 2 and rest[0] in "ايتن" else rest
