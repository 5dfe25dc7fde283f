"""The gazetteer: which places of the world a name can mean, the likeliest first.

It is read when first asked for; a line of it becomes a value when somebody hits it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from math import log10
from operator import itemgetter
from types import MappingProxyType
from typing import Final, NamedTuple

from app.text.folding import Folded
from app.text.placenames import bare, key, with_one_slip, with_other_articles, with_other_endings, without_clitics

KINDS: Final = {
    "n": "country",
    "g": "governorate",
    "c": "city",
    "v": "village",
    "d": "district",
    "f": "facility",
    "r": "region",
    "t": "natural_feature",
}
"""The kinds of places, by the letter that stands for them in the resource."""
PRECISIONS: Final = {"p": "point", "c": "centroid", "a": "approximate", "-": ""}
"""What coordinates say: the place itself; the middle of the towns of an area; set by hand, to a tenth of a degree or
less; nothing, because there are none."""

_NAMED_KIND: Final = 3.0
_SEEN: Final = 1.5
_UNTYPED: Final = 0.05
"""What a letter that the name goes on with weighs."""
_WHOLE: Final = 10.0
"""سهل نينوى is the plain and not نينوى."""
_BY_FAR: Final = 0.8
_TIER: Final = 100.0
"""More than anything that speaks for a place: one that is met better goes first."""
_PROMINENCE: Final = {"country": 1.5, "region": 0.8, "natural_feature": 0.8, "governorate": -1.2, "district": -1.5}
"""What a kind is worth beside the logarithm of the number of people: of a city and its province the city is meant."""
_NO_PEOPLE: Final = 4_000
_PREFIXED: Final = 30
"""So many names that begin alike are weighed; they stand by the number of people."""
_EXACT, _ATTACHED, _MISSPELLED, _PREFIX = range(4)


class Toponym(NamedTuple):
    """A place: its names, Arabic ones first, those in `unsafe` not to be suggested where nobody asked.

    Coordinates are decimal text, `precision` one of `PRECISIONS`, `population` 0 where it is not known; of a division
    it is that of its towns.
    """

    names: tuple[str, ...]
    kind: str
    country: str
    geonames_id: str
    latitude: str
    longitude: str
    precision: str
    population: int
    unsafe: frozenset[str] = frozenset()

    def name(self, language: str = "ar") -> str:
        """What the place is called in Arabic (`ar`) or English; in the other where it has no such name."""
        own = (name for name in self.names if name.isascii() == (language != "ar"))
        return next(own, self.names[0])


class Candidate(NamedTuple):
    """A place that a name can mean; `name` is the one of its names that was met, `match` how well: 0 is best."""

    place: Toponym
    name: str
    match: int


class _Wish(NamedTuple):
    """The name as it was asked for; these kinds alone; these countries first, and the kinds that the name says."""

    whole: str = ""
    kinds: frozenset[str] = frozenset()
    seen: Mapping[str, int] = MappingProxyType({})
    named: tuple[str, ...] = ()


class Gazetteer:
    """Places by their names, from the lines that resources/gazetteer/build.py tells of."""

    def __init__(self, text: str) -> None:
        self._text = text.removesuffix("\n")
        self._lines = self._text.split("\n")
        names = "\n|".join(line.partition(";")[0] for line in self._lines)
        self._names = "|" + Folded(names).text.replace("-", " ").replace("'", "").replace("?", "")
        self._folded = self._names.split("\n")
        self._rows: dict[str, int | tuple[int, ...]] = {}
        self._index()

    def _index(self) -> None:
        rows = self._rows
        for number, names in enumerate(self._folded):
            for name in names[1:].split("|"):
                if rows.setdefault(name, number) is not number:
                    before = rows[name]
                    rows[name] = (*before, number) if isinstance(before, tuple) else (before, number)

    def look_up(
        self, name: str, seen_countries: Mapping[str, int] | None = None, kinds: Iterable[str] = (), limit: int = 8
    ) -> list[Candidate]:
        """Places that `name` can mean, the likeliest first: by how the name is met, by how many people live there.

        A place in one of `seen_countries` (country codes and how often each is met) goes before others that are met as
        well. With `kinds` only places of these kinds.
        """
        asked = key(name)
        if not asked:
            return []
        wish = _Wish(asked, frozenset(kinds), seen_countries or {})
        found = self._met(asked, wish, _MISSPELLED)
        if len(found) < limit:
            for number, form in self._beginning(bare(asked)[0]):
                self._weigh(found, number, form, _PREFIX, wish)
        return [candidate for _weight, candidate in sorted(found.values(), key=itemgetter(0))[:limit]]

    def search(
        self, beginning: str, seen_countries: Mapping[str, int] | None = None, kinds: Iterable[str] = (), limit: int = 8
    ) -> list[Candidate]:
        """As `look_up`, for a name that is still being typed."""
        return self.look_up(beginning, seen_countries, kinds, limit)

    def seen_countries(self, surfaces: Iterable[str], geonames_ids: Iterable[str] = ()) -> Counter[str]:
        """How often each country is met in names of places and in ids that they were resolved to.

        A name that is as likely to lie in two countries says nothing.
        """
        met: Counter[str] = Counter()
        for name, times in Counter(surfaces).items():
            if land := self._land(key(name)):
                met[land] += times
        for geonames_id, times in Counter(geonames_ids).items():
            place = self.by_id(geonames_id)
            if place and place.country:
                met[place.country] += times
        return met

    def safe_names(self) -> Iterator[tuple[str, str]]:
        """The names that mean a place wherever they are met, folded, each with the kind of the place."""
        for line, folded in zip(self._lines, self._folded, strict=True):
            names, letters, _rest = line.split(";", 2)
            for name, said in zip(names.split("|"), folded[1:].split("|"), strict=True):
                if not name.startswith("?"):
                    yield said, KINDS[letters[0]]

    def by_id(self, geonames_id: str) -> Toponym | None:
        """The place with this GeoNames id, if the gazetteer has it."""
        at = self._text.find(f";{geonames_id};") if geonames_id.isdecimal() and geonames_id.isascii() else -1
        return None if at < 0 else self._place(self._text.count("\n", 0, at))

    def country_name(self, code: str, language: str = "ar") -> str:
        """The name of the country with this ISO 3166 code; the code itself where it is not known."""
        at = self._text.find(f";nc;{code};") if code else -1
        return code if at < 0 else self._place(self._text.count("\n", 0, at)).name(language)

    def title(self, place: Toponym, kind: str = "", language: str = "ar") -> str:
        """«الموصل — مدينة، العراق»: the place, its kind as the caller words it, its country."""
        country = self.country_name(place.country, language) if place.kind != "country" else ""
        rest = ("، " if language == "ar" else ", ").join(filter(None, (kind, country)))
        return f"{place.name(language)} — {rest}" if rest else place.name(language)

    def _forms(self, asked: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
        """How the name may stand in the gazetteer, how well that is met, what kind of place the words before it say."""
        without, named = bare(asked)
        whole: list[tuple[str, tuple[str, ...]]] = [(asked, ())]
        if without != asked:
            whole.append((without, named))
        yield from ((_EXACT, form, kinds) for form, kinds in whole)
        for form, kinds in whole:
            for rest in without_clitics(form):
                yield _ATTACHED, rest, kinds
                yield (_ATTACHED, *bare(rest))
            for other in with_other_articles(form):
                yield _ATTACHED, other, kinds
        for form, kinds in whole:
            for other in with_other_endings(form):
                yield _MISSPELLED, other, kinds
        yield from ((_MISSPELLED, other, named) for other in with_one_slip(without) if other in self._rows)

    def _numbers(self, form: str) -> tuple[int, ...]:
        rows = self._rows.get(form, ())
        return rows if isinstance(rows, tuple) else (rows,)

    def _beginning(self, form: str) -> Iterator[tuple[int, str]]:
        """Places with a name that begins so, those with the most people first."""
        at, done, number, times = self._names.find(f"|{form}"), 0, 0, 0
        while at >= 0 and times < _PREFIXED:
            number += self._names.count("\n", done, at)
            yield number, form
            done, times = at, times + 1
            at = self._names.find(f"|{form}", at + 1)

    def _met(self, asked: str, wish: _Wish, worst: int) -> dict[int, tuple[float, Candidate]]:
        """The places that the name is one of the names of; misspelled only where there are none otherwise."""
        found: dict[int, tuple[float, Candidate]] = {}
        for match, form, named in self._forms(asked):
            if match > worst:
                break
            for number in self._numbers(form):
                worst = min(worst, max(match, _ATTACHED))
                self._weigh(found, number, form, match, wish._replace(named=named))
        return found

    def _land(self, asked: str) -> str:
        """The country that a name means a place of, if one is by far likelier than others."""
        likely = sorted(self._met(asked, _Wish(), _ATTACHED).values(), key=itemgetter(0)) if asked else []
        places = [candidate.place for _weight, candidate in likely if candidate.match == likely[0][1].match]
        lands = {place.country: _prominence(place) for place in reversed(places) if place.country}
        best, *others = sorted(lands, key=lambda land: -lands[land]) or [""]
        return best if not others or lands[best] - lands[others[0]] >= _BY_FAR else ""

    def _weigh(
        self, found: dict[int, tuple[float, Candidate]], number: int, form: str, match: int, wish: _Wish
    ) -> None:
        """Put the place into `found`, unless it stands there or is not wanted."""
        if number in found:
            return
        place = self._place(number)
        if wish.kinds and place.kind not in wish.kinds:
            return
        weight = _prominence(place) + (_WHOLE if form == wish.whole else 0)
        if place.kind in wish.named:
            weight += _NAMED_KIND - wish.named.index(place.kind)
        if times := wish.seen.get(place.country, 0):
            weight += _SEEN + _SEEN * times / sum(wish.seen.values())
        folded = self._folded[number].split("|")[1:]
        at = next(at for at, name in enumerate(folded) if name.startswith(form))
        weight -= _UNTYPED * (len(folded[at]) - len(form))
        found[number] = (_TIER * match - weight, Candidate(place, place.names[at], match))

    def _place(self, number: int) -> Toponym:
        names, letters, country, geonames_id, latitude, longitude, people = self._lines[number].split(";")
        plain = tuple(names.replace("?", "").split("|"))
        unsafe = frozenset(name[1:] for name in names.split("|") if name.startswith("?"))
        kind, precision = KINDS[letters[0]], PRECISIONS[letters[1]]
        population = int(float(people or 0))
        return Toponym(plain, kind, country, geonames_id, latitude, longitude, precision, population, unsafe)


def to_attributes(place: Toponym, language: str = "ar") -> tuple[tuple[str, str], ...]:
    """What a LOCATION that means `place` says: pairs of attribute and value, without those that are not known."""
    values = {
        "kind": place.kind,
        "name": place.name(language),
        "geonames_id": place.geonames_id,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "precision": place.precision,
    }
    return tuple((name, value) for name, value in values.items() if value)


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that ships; read when first asked for."""
    return Gazetteer(resources.files("resources").joinpath("gazetteer", "places.txt").read_text("utf-8"))


def _prominence(place: Toponym) -> float:
    return log10(max(place.population, _NO_PEOPLE)) + _PROMINENCE.get(place.kind, 0.0)
