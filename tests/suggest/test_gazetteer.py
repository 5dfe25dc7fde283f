"""Places are suggested by name alone, with their clitics cut off, and not where a person is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.labels import default_schema
from app.model.annotation import Annotations
from app.suggest.base import Article
from app.suggest.gazetteer import Gazetteer

SCHEMA = default_schema()


def places(text: str) -> list[str]:
    found = list(Gazetteer().suggest(Article("a", text, Annotations(), SCHEMA)))
    assert all(0 < one.score <= 1 for one in found)
    return [text[one.start : one.end] for one in found]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("وصل الوفد إلى بغداد أمس", ["بغداد"]),
        ("انتقل من دمشق إلى بيروت", ["دمشق", "بيروت"]),
        ("قالت مصادر بالموصل", ["الموصل"]),
        ("زار وبغداد", ["بغداد"]),
        ("قرب مدينة غزة", ["غزة"]),
        ("في جنوب لبنان", ["لبنان"]),
        ("حكومة جنوب السودان", ["جنوب السودان"]),
        ("سافر إلى الولايات المتحدة الأمريكية", ["الولايات المتحدة الأمريكية"]),
        ("رسالة للولايات المتحدة", ["للولايات المتحدة"]),
        ("العَرَاق", ["العَرَاق"]),
        ("كان العالم في مدينة كبيرة", []),
        ("", []),
    ],
)
def test_the_name_of_a_place_is_found_without_what_is_attached_to_it(text: str, named: list[str]) -> None:
    assert places(text) == named


def test_a_name_after_a_title_is_a_person() -> None:
    assert places("قال السيد بغداد") == []


def test_nothing_is_suggested_where_the_schema_has_no_places() -> None:
    without = replace(SCHEMA, labels=())
    assert list(Gazetteer().suggest(Article("a", "بغداد", Annotations(), without))) == []
