from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.dates import dated


@pytest.mark.parametrize(
    ("said", "is_read_as"),
    [
        ("2024-03-05", "2024-03-05"),
        ("2024-03-05T08:00:00Z", "2024-03-05T08:00:00"),
        ("2024-03-05 08:00:00.123+03:00", "2024-03-05T08:00:00"),
        ("٢٠٢٤-٠٣-٠٥", "2024-03-05"),
        ("2024/3/5", "2024-03-05"),
        ("2024-03", "2024-03"),
        ("2024", "2024"),
        ("05/03/2024", "2024-03-05"),
        ("03/25/2024 14:05", "2024-03-25T14:05:00"),
        ("Tue, 02 Apr 2024 10:11:12 GMT", "2024-04-02T10:11:12"),
        ("April 2nd, 2024", "2024-04-02"),
        ("Sept. 11, 2001", "2001-09-11"),
        ("12 آذار 2024", "2024-03-12"),
        ("الثلاثاء ١٢ مارس ٢٠٢٤", "2024-03-12"),
        ("12 آذار/مارس 2024", "2024-03-12"),
        ("3 كانون الثاني 2023", "2023-01-03"),
        ("3 تشرين الأول، 2023", "2023-10-03"),
        ("أغسطس 2023", "2023-08"),
        ("5 May 2024", "2024-05-05"),
    ],
)
def test_dates_as_sources_write_them_are_read(said: str, is_read_as: str) -> None:
    assert dated(said) == is_read_as


@pytest.mark.parametrize("said", ["", "أمس", "yesterday", "2024-13-45", "31/02/2024", "page 20245", "1445"])
def test_what_is_no_date_is_left_as_it_is(said: str) -> None:
    assert dated(said) == ""


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)))
def test_every_iso_moment_is_read_to_the_second(at: datetime) -> None:
    assert dated(at.isoformat()) == at.replace(microsecond=0).isoformat()


@given(st.text())
def test_nothing_that_is_written_in_a_date_raises(said: str) -> None:
    assert dated(said) == "" or dated(said)[:4].isdecimal()
