"""What an export would have to carry, told before it is made."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given

from app.formats.registry import FEATURES, Loss, WriteOptions, named
from app.model.record import Record
from app.outlook import features_of, outlook
from tests.formats.made_records import records
from tests.store.made_projects import opened, record, span, write, write_training


def met(*spans: tuple[int, int, str]) -> set[str]:
    """In what ways spans overlap or cut words, in a text of four words."""
    made = tuple(span(str(n), start, end, label) for n, (start, end, label) in enumerate(spans))
    found = set(features_of(record("a", "وصلت سفينة إلى هنا", made)))
    return found & {"nested", "crossing", "same-label-nested", "sub-word", "overlap"}


@pytest.mark.parametrize(
    ("spans", "ways"),
    [
        ([(0, 4, "A"), (5, 10, "B")], set()),
        ([(0, 10, "A"), (5, 10, "B")], {"nested"}),
        ([(0, 10, "A"), (5, 10, "A")], {"nested", "same-label-nested"}),
        ([(0, 4, "A"), (0, 4, "B")], {"nested"}),
        ([(0, 10, "A"), (5, 14, "B")], {"crossing"}),
        ([(1, 4, "A")], {"sub-word"}),
        ([(5, 8, "A")], {"sub-word"}),
    ],
)
def test_spans_are_told_by_how_they_lie(spans: list[tuple[int, int, str]], ways: set[str]) -> None:
    assert met(*spans) == ways


@given(records())
def test_what_doccano_says_it_lost_was_told_before(one: Record) -> None:
    told: Counter[str] = Counter()

    def lost(loss: Loss) -> None:
        told[loss.what] += 1

    format, features = named("doccano"), features_of(one)
    assert format.write is not None
    format.write([one], _Nowhere(), WriteOptions(lost=lost))
    for what in (told.keys() & set(FEATURES)) - {"provenance"}:
        assert features[what] == told[what], what


def test_the_articles_of_a_project_are_counted_by_status_by_whom_and_by_label(tmp_path: Path) -> None:
    session = opened(write(tmp_path / "a.txt"))
    lines = [record("b", spans=(span("s", 0, 6),)), record("c", annotator="C3", status="complete")]
    session.import_file(write_training(tmp_path / "b.jsonl", *lines))
    heard: list[int] = []
    found = outlook(session.path, heard.append)
    session.close()
    assert (found.articles, found.looked, heard) == (2, 2, [1, 2])
    assert found.statuses == {"in_progress": 1, "complete": 1} and found.annotators == {"B2": 1, "C3": 1}
    assert found.labels == {"LOCATION": 1}
    assert "status" in found.left_out(named("doccano")) and found.left_out(named("native")) == {}


class _Nowhere:
    """Files that nobody reads."""

    def open(self, name: str = "") -> object:
        """One of them."""
        return Path("/dev/null").open("wb") if Path("/dev/null").exists() else Path("nul").open("wb")
