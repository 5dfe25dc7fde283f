"""Places whose names are known: whole words and words after a clitic, weighed by what stands around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final, NamedTuple

from app.places import gazetteer
from app.suggest.base import Article, Suggestion, Why
from app.suggest.words import Words, listed, words_of
from app.text.evidence import ARTICLE, FUSED, Lexicon, clitics
from app.words import frequent_words

LABEL: Final = "LOCATION"
_LONGEST: Final = 5
_PLACE_BEFORE: Final = listed(
    "في الي من مدينه بلده قريه محافظه ولايه منطقه اقليم حي شمال جنوب شرق غرب شمالي جنوبي شرقي غربي وسط قرب عاصمه",
    "العاصمه جمهوريه مملكه دوله نهر جبل جزيره مطار ميناء مخيم قضاء ناحيه ضواحي داخل خارج عبر نحو قاعده سفاره لدي",
)
_PERSON_BEFORE: Final = listed(
    "السيد السيده الدكتور الشيخ الرئيس الوزير النائب الجنرال اللواء العقيد الاستاذ المدرب اللاعب الحاج ابو ام ابن بن",
    "بنت ال عبد الملك الامير الاميره الفنان الشاعر الكاتب المتحدث باسم واسمه اسمه يدعي",
)
_KIND_BEFORE: Final = listed("مدينه بلده قريه منطقه دوله شمال جنوب شرق غرب وسط شمالي جنوبي شرقي غربي")
"""What stands before a name and is no part of it, but where the whole is a country: جنوب افريقيا."""
_SURE, _LIKELY, _LONE = 0.95, 0.85, 0.75


class _Name(NamedTuple):
    """A place's name as it is looked for: its kind, and how many words it has."""

    kind: str
    common: float


class Gazetteer:
    """A source; see `app.suggest.base.Source`. It needs a label LOCATION."""

    name = "gazetteer"
    kind = "gazetteer"

    def suggest(self, article: Article) -> Iterator[Suggestion]:
        """The longest known names, left to right; none within another."""
        if article.schema.label(LABEL) is None:
            return
        for start, end, score in mentions(article.text):
            why = Why("known-place", {"name": article.text[start:end]})
            yield Suggestion(LABEL, start, end, self.kind, self.name, score, why)


@lru_cache(maxsize=4)
def mentions(text: str) -> tuple[tuple[int, int, float], ...]:
    """Where places are named in `text`, each with how sure that is; kept, since other sources ask for it too."""
    words, found, k = words_of(text), [], 0
    while k < len(words.said):
        met = _at(words, k)
        if met is None:
            k += 1
            continue
        count, cut, name = met
        score = _score(words, k, count, cut, name)
        if score > 0:
            found.append((words.begin(k, cut), words.end(k + count - 1), score))
        k += count
    return tuple(found)


def _at(words: Words, k: int) -> tuple[int, int, _Name] | None:
    """The longest name that begins at word `k`: how many words, how many letters of clitics before it, the name."""
    names, firsts = _names()
    first = words.said[k]
    for cut, rest in _readings(first):
        longest = firsts.get(rest, 0)
        if not longest:
            continue
        said, most = [rest], k
        while most + 1 < len(words.said) and len(said) < longest and words.joined(most):
            most += 1
            said.append(words.said[most])
        for count in range(len(said), 0, -1):
            name = names.get(" ".join(said[:count]))
            if name is not None:
                return count, cut, name
    return None


def _readings(word: str) -> Iterator[tuple[int, str]]:
    """What the word may say: itself, and what follows its clitics; how many letters these have.

    A ل that is written together with the article is not cut off: للصين is a name as a whole.
    """
    yield 0, word
    if len(word) < 4 or word[0] not in "وفبكلس":
        return
    for cut in clitics(word, _lexicon(), asked=True):
        yield cut, word[cut:]
    at = word.startswith(("ولل", "فلل"))
    if word.startswith(FUSED, at):
        yield int(at), ARTICLE + word[at + 2 :]


def _score(words: Words, k: int, count: int, cut: int, name: _Name) -> float:
    before = words.said[k - 1] if k and words.joined(k - 1) else ""
    attached = words.said[k][:cut]
    if before in _PERSON_BEFORE and not cut:
        return 0.0
    if before in _PLACE_BEFORE or before[1:] in _PLACE_BEFORE or attached[-1:] == "ب":
        return _SURE
    if count > 1:
        return _SURE
    return _LONE if name.common < 4.0 else _LIKELY


@cache
def _lexicon() -> Lexicon:
    return Lexicon(lambda word: frequent_words().get(word, 0.0))


@cache
def _names() -> tuple[Mapping[str, _Name], Mapping[str, int]]:
    """Names by how they are written folded, and the number of words of the longest name that begins with a word."""
    common = frequent_words()
    names: dict[str, _Name] = {}
    firsts: dict[str, int] = {}
    for said, kind in gazetteer().safe_names():
        parts = said.split()
        if not said or said.isascii() or len(parts) > _LONGEST:
            continue
        names.setdefault(" ".join(parts), _Name(kind, common.get(said, 0.0)))
        firsts[parts[0]] = max(firsts.get(parts[0], 0), len(parts))
    for said in [said for said, name in names.items() if _is_described(said, name, names)]:
        del names[said]
    return names, firsts


def _is_described(said: str, name: _Name, names: Mapping[str, _Name]) -> bool:
    """Whether a name is another name with what kind of place it is, or which side of it, before it."""
    first, _, rest = said.partition(" ")
    return rest in names and first in _KIND_BEFORE and (first == "دوله" or name.kind != "country")
