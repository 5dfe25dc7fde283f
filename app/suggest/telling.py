"""A text with its words of saying and its quotation marks, as the rules for quotes ask for it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final, NamedTuple

from app.suggest.quote_marks import Marks, Place, Quoted
from app.suggest.saying_words import (
    AFTERWARDS,
    ALONGSIDE,
    FEELINGS,
    FELT,
    MEDIA,
    NAMES_A_TOPIC,
    NO_SAYING,
    NOT,
    NOUN,
    REPORTED,
    SAYING,
    THAT,
    TITLED,
    TRANSITIVE,
    VERB,
    Saying,
)
from app.suggest.speakers import Speakers
from app.suggest.unlisted import Unlisted
from app.suggest.words import Words, listed

DIRECT, INDIRECT, MIXED = "direct", "indirect", "mixed"
STOP: Final = re.compile(r"[!?؟؛\n]|(?<!\s\w)(?<!\.)\.(?![\d\w.])")
_ATTACHED: Final = ("الي", "علي", "عن")
COMMAS: Final = "،,"
_NEVER_AFTER: Final = listed("ان عدم دون بدون طلب كي حتي ب ل اي كل هو هي مع")
"""With these words a word of saying is a noun, or what somebody is to do: عدم ذكر اسمه."""
_ITS: Final = ("هما", "ها", "هم", "ني", "نا", "ه")
_LAST_OF_ITS: Final = frozenset(end[-1] for end in _ITS)
_LEADS_TO_IT: Final = REPORTED | {"حد", "في", "علي"}
_OPINIONS: Final = {("في", noun) for noun in ("تقدير", "راي", "نظر", "اعتقاد", "حساب")} | {("علي", "ذمه")}
_IS: Final = listed("كان كانت يكن تكن ليس ليست يكون تكون")
_LAID_TO: Final = (("نسب", "الي"), ("نسبت", "الي"), ("ونسب", "الي"), ("ونسبت", "الي"))
_NO_NAME: Final = listed("عدم اغفال حجب الكشف كشف الافصاح ذكر البوح نشر")
"""What one wants who speaks without his name: رفض الكشف عن اسمه."""
_COMES: Final = ("جاء", "ورد")
_OF_NOBODY: Final = listed("توقع اعتقد ذكر قال راي كتب روي نقل زعم ظن")
"""Verbs that are passive where ُ stands on their first letter: يُتوقع."""
_NEED_A_MARK: Final = listed(
    "نشر اجمع ارجع زاد ورد استهل حيا نص سرد هنا شهد اسر نطق بث بلغ سلم حدث صدق هاجم لام تمسك اجمل داعب",
)
"""Verbs of much else, which tell of saying where a colon or أن comes soon: وزادت الشاهدة: «…»."""
_NEED_THAT: Final = listed("يدعي تدعي ويدعي وتدعي يدعون يعد تعد بينا")
BEFORE_WHAT: Final = listed("علي وفق بحسب حسب وفقا طبقا حد حسبما ما كما هذا")
STATEMENT: Final = re.compile(
    "(?:ي\\w{2,}|لا|لن|لم|ليس|ليست|هو|هي|نحن|انا|الا|الم|انه|انها|هذا|هذه|كان|كانت|كنا|لقد|قد)$"
)
WHO: Final = listed("التي الذي الذين والتي والذي")


class Reported(NamedTuple):
    """What is reported: how, where, by which word and by whom as far as that is known; places of the folded text."""

    kind: str
    quote: Place
    cue: Place | None
    speaker: Place | None
    score: float


class Telling:
    """The words of saying of a text, what they look like, and who speaks by them; places are of the folded text."""

    def __init__(self, words: Words) -> None:
        self._words, self._text = words, words.folded.text
        self._marks = Marks(self._text)
        self._speakers = Speakers(words, self._marks)
        stops = (found.start() for found in STOP.finditer(self._text))
        self._stops = [at for at in stops if self._marks.around(at) is None]
        self._found = self._sayings()
        unlisted = dict(Unlisted(words, self._marks, self._stops, self._found).found())
        if unlisted:
            self._found = dict(sorted((self._found | unlisted).items()))
        self._used: set[int] = set()
        self._last_end = 0

    def _sayings(self) -> dict[int, Saying]:
        """The words of saying by their number, in the order of the text."""
        found, before = {}, ""
        for k, word in enumerate(self._words.said):
            if word in SAYING or before in _LEADS_TO_IT or word[-1] in _LAST_OF_ITS:
                saying = self._saying(k, word)
                if saying is not None:
                    found[k] = saying
            before = word
        return found

    def _saying(self, k: int, word: str) -> Saying | None:
        """The word as a word of saying, as far as the words beside it let it be one."""
        saying = SAYING.get(word)
        said = self._words.said
        before = said[k - 1] if k else ""
        if before == "في" and k > 1 and said[k - 2].removeprefix("و") in _COMES and _medium(word) in MEDIA:
            return Saying(VERB, "قال", 0, False)
        if (before, word) in _OPINIONS and self._speakers.is_somebody(k + 1):
            return Saying(AFTERWARDS, "حد", 0, False)
        if saying is None and word.endswith(_ITS) and (found := self._asked_of_somebody(k, word)) is not None:
            return found
        if saying is None:
            return self._with_object(k, word) if before == "حد" or before in REPORTED else None
        if before in _NEVER_AFTER and not (before == "ان" and k > 1 and said[k - 2] in ("سبق", "وسبق")):
            return None
        if saying.sort == VERB and word[-1] == "ا" and words_text(self._words, k)[-2:] in ("اً", "ًا"):
            return None
        if saying.verb in ("طلب", "رفض") and not _NO_NAME.isdisjoint(said[k + 1 : k + 3]):
            return None
        if saying.sort == ALONGSIDE and before in _IS:
            return None
        if saying.verb == "استنادا" and said[k + 1 : k + 2] != ("الي",):
            return None
        if word == "القول" and THAT.isdisjoint(said[k + 1 : k + 2]):
            return None
        if saying.verb in ("نقل", "نقلا"):
            return saying if "عن" in said[k + 1 : k + 7] else None
        if saying.verb in _OF_NOBODY and words_text(self._words, k)[saying.cut + 1 : saying.cut + 2] == "ُ":
            return None
        if saying.verb in _NEED_A_MARK and not self._is_marked(k):
            return None
        if word in _NEED_THAT:
            return saying if THAT.intersection(said[k + 1 : k + 2]) else None
        if word.removeprefix("و") in ("بين", "يبين", "تبين") and before not in REPORTED:
            stressed = "ّ" in words_text(self._words, k)
            return saying if stressed or THAT.intersection(said[k + 1 : k + 4]) else None
        return saying

    def _is_marked(self, k: int) -> bool:
        """Whether a colon or أن comes within a few words after the word `k`."""
        end = self._words.ends[min(k + 8, len(self._words.said) - 1)]
        return ":" in self._text[self._words.ends[k] : end + 2] or not THAT.isdisjoint(self._words.said[k + 1 : k + 8])

    def _asked_of_somebody(self, k: int, word: str) -> Saying | None:
        """سألته المذيعة: «…»: a verb of saying with a pronoun, shortly before a colon."""
        words = self._words
        asks = (SAYING.get(word.removesuffix(end)) for end in _ITS if word.endswith(end))
        saying = next((one for one in asks if one is not None and one.sort == VERB and one.verb != "نشر"), None)
        if saying is None or words_text(words, k)[-1] == "ة":
            return None
        said_that = word.removeprefix("و") not in NO_SAYING and not THAT.isdisjoint(words.said[k + 1 : k + 3])
        if not said_that and ":" not in self._text[words.ends[k] : words.ends[k] + 40]:
            return None
        return saying

    def _with_object(self, k: int, word: str) -> Saying | None:
        """حسبما أورده المدير, على حد تعبير المدير: words that tell of saying in such places only."""
        if self._words.said[k - 1] == "حد" and word in ("قول", "تعبير", "وصف", "زعم"):
            return Saying(AFTERWARDS, "حد", 0, False)
        if self._follows_what(k) and word[-1:] == "ه":
            return SAYING.get(word[:-1])
        return None

    def _other_saying(self, k: int, m: int) -> bool:
        """Whether the word `m` is a word of saying itself, not the name or title of who speaks."""
        saying = self._found.get(m)
        if self._words.said[m - 1] in ("وهو", "وهي", "وهم") and k < m - 1:
            return False
        if saying is None or m == k + 1 or saying.sort == AFTERWARDS or self._follows_what(m):
            return False
        return self._marks.around(self._words.starts[m]) is None

    def _says_between(self, k: int, at: int) -> bool:
        m = k + 1
        while m < len(self._words.said) and self._words.starts[m] < at:
            if self._other_saying(k, m):
                return True
            m += 1
        return False

    def _follows_what(self, k: int) -> bool:
        """Whether the word `k` comes after كما, حسبما, وفق ما."""
        said = self._words.said
        before = said[k - 1] if k else ""
        return before in REPORTED and (before != "ما" or before_what(said[k - 2]))

    def _first_after(self, at: int) -> int:
        return bisect_left(self._words.starts, at)

    def _denied(self, k: int, saying: Saying) -> bool:
        return k > 0 and self._words.said[k - 1] in NOT and saying.verb != "استبعد"

    def _gap(self, m: int) -> str:
        return self._text[self._words.ends[m - 1] : self._words.starts[m]] if m else ""

    def _stop(self, at: int) -> int:
        """Where the sentence ends that goes on at `at`."""
        place = bisect_left(self._stops, at)
        return self._stops[place] if place < len(self._stops) else len(self._text)

    def _clause_begin(self, k: int) -> int:
        """Where the clause begins that word `k` stands in."""
        at = self._words.starts[k]
        place = bisect_left(self._stops, at)
        sentence = self._stops[place - 1] + 1 if place else 0
        return max(sentence, *(self._text.rfind(mark, sentence, at) for mark in COMMAS))

    def _trimmed(self, start: int, end: int) -> Place:
        text = self._text
        while start < end and not (text[start].isalnum() or text[start] in "«“\"'([%‹„"):
            start += 1
        while end > start and not (text[end - 1].isalnum() or text[end - 1] in "»”\"')]%›"):
            end -= 1
        return start, end

    def _inner(self, quoted: Quoted) -> Place:
        """What stands between the marks, without the stop at its end."""
        start, end = quoted.start, quoted.end
        while start < end and self._text[start].isspace():
            start += 1
        while end > start and (self._text[end - 1].isspace() or self._text[end - 1] in ".،,!?؟"):
            end -= 1
        return start, end

    def _cue(self, k: int, saying: Saying) -> Place:
        """The word of saying, with إلى, على or عن where it has that directly after it, or with what is felt."""
        words, said, last = self._words, self._words.said, k
        topic = NAMES_A_TOPIC.get(saying.verb) if saying.sort != NOUN else None
        if said[k + 1 : k + 2] == (topic,) and topic in _ATTACHED and self._gap(k + 1) == " ":
            last = k + 1
        if saying.verb in FEELINGS and said[last + 1 : last + 2] and said[last + 1] in FELT:
            last += 1
        return words.starts[k] + saying.cut, words.ends[last]

    def _who(self, k: int, saying: Saying, limit: int) -> Place | None:
        """Who is named after the word of saying, before it, or spoke last."""
        words, speakers = self._words, self._speakers
        speaker, source = None, 0
        if saying.sort == VERB and saying.verb == "نقل":
            source = next((m for m in range(k + 1, min(k + 9, len(words.said))) if words.said[m] == "عن"), 0)
            speaker = speakers.after(source + 1, limit) if source else None
        elif saying.sort == VERB:
            speaker = self._subject(k, saying, limit)
        elif saying.sort == NOUN:
            said = words.said
            source = next(
                (m for m in range(k - 1, max(k - 9, 0), -1) if said[m] == "عن" or said[m - 1 : m + 1] in _LAID_TO), 0
            )
            speaker = speakers.after(source + 1, words.starts[k]) if source else None
            speaker = speaker or speakers.told_of(self._clause_begin(k), words.starts[k], saying)
        if words.starts[k] >= self._last_end:
            speakers.remember(speaker, None if source else saying.feminine)
        return speaker or self._unnamed(k, saying)

    def _subject(self, k: int, saying: Saying, limit: int) -> Place | None:
        """Who is named after a verb of saying, or before it."""
        words, speakers = self._words, self._speakers
        first, last = self._first_after(self._cue(k, saying)[1]), self._first_after(limit)
        transitive = saying.verb in TRANSITIVE
        has_object = transitive or (last < len(words.said) and words.said[last] not in THAT)
        before = words.said[k - 1] if k else ""
        speaker = speakers.before(k - 1, self._clause_begin(k)) if before == "قد" and k > 1 else None
        if self._words.said[k][0] == "ف" and saying.cut:
            speaker = speakers.before(k, self._clause_begin(k))
        if before in WHO:
            speaker = speakers.antecedent(k - 1)
        object_only = transitive and (before in WHO or (self._goes_on(k) and not speakers.is_somebody(first)))
        if speaker is None and not object_only:
            speaker = speakers.after(first, limit, transitive=has_object)
        return speaker or speakers.before(k, self._clause_begin(k))

    def _goes_on(self, k: int) -> bool:
        """Whether the word of saying begins a further clause of a sentence that names who speaks: …، واتهم الدول بـ."""
        if not self._found[k].cut or "،" not in self._gap(k):
            return False
        last = self._speakers.last(None)
        place = bisect_left(self._stops, self._words.starts[k])
        return last is not None and last[0] > (self._stops[place - 1] if place else -1)

    def _unnamed(self, k: int, saying: Saying) -> Place | None:
        """Who speaks without being named: he of whom the clause or the sentence before tells, else who spoke last."""
        speakers, at = self._speakers, self._words.starts[k]
        anyone = self._words.said[k - 1] in WHO or (saying.sort == NOUN and words_text(self._words, k)[-1] not in "هام")
        last = speakers.last(None if anyone else saying.feminine)
        place = bisect_left(self._stops, at)
        for stop in (place - 1, place - 2, place - 3):
            begin = self._stops[stop] + 1 if stop >= 0 else 0
            if "\n" in self._text[begin:at].strip() or (last is not None and last[0] >= begin):
                break
            told = speakers.told_of(begin, at, saying)
            if told is not None:
                speakers.remember(told, saying.feminine)
                return told
            if stop < 0:
                break
        return last or speakers.named_last(at)

    def _is_named(self, quoted: Quoted, before: str) -> bool:
        """Whether the marks hold a name or a title, after such a word as فيلم; a statement is longer or has a verb."""
        said = self._text[quoted.start : quoted.end].split()
        return is_title(before) and len(said) < 7 and not STATEMENT.match(said[0])


def is_title(word: str) -> bool:
    """Whether a word has a name or a title within quotation marks after it."""
    if word in TITLED or word[1:] in TITLED or word.removeprefix("ال") in TITLED:
        return True
    return (len(word) > 4 and (word[2:] in TITLED and word[0] in "وفبكل")) or word.removeprefix("وال") in TITLED


def _medium(word: str) -> str:
    """What somebody said it in, without the article or the pronoun: البيان, تعميمها."""
    rest = word.removeprefix("ال")
    return next((rest.removesuffix(end) for end in _ITS if rest.removesuffix(end) in MEDIA), rest)


def words_text(words: Words, k: int) -> str:
    """The word `k` as it is written."""
    return words.text[words.begin(k) : words.end(k)]


def before_what(word: str) -> bool:
    """Whether ما may follow that leads to a word of saying: وفق ما, ووفق ما."""
    return word in BEFORE_WHAT or (word[:1] == "و" and word[1:] in BEFORE_WHAT)
