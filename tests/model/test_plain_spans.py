from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO

import pytest

from app.formats.native import encode, write
from app.formats.registry import WriteOptions
from app.model.annotation import Annotations, Fragment, Span
from app.model.plain_spans import PlainSpan, PlainSpans
from tests.store.made_projects import ARTICLE, MOMENT, record

ROWS = [PlainSpan("s1", 0, 7, "ACTOR", ARTICLE[:7], MOMENT), PlainSpan("s2", 3, 7, "LOCATION", ARTICLE[3:7], "")]


class OneFile:
    """A place to write to that is looked at afterwards."""

    def __init__(self) -> None:
        self.content = BytesIO()

    @contextmanager
    def open(self, name: str = "") -> Iterator[BinaryIO]:
        """The file."""
        yield self.content


def test_plain_spans_are_spans_when_somebody_looks() -> None:
    spans = PlainSpans(ROWS)
    assert (len(spans), list(spans)) == (2, ["s1", "s2"])
    assert spans["s1"] == Span("s1", "ACTOR", (Fragment(0, 7),), created_at=MOMENT, updated_at=MOMENT)
    assert Annotations(spans).ordered() == [spans["s1"], spans["s2"]]
    with pytest.raises(KeyError):
        spans["s3"]


def test_plain_spans_are_written_as_spans_are() -> None:
    for rows in (ROWS, []):
        plain = record()._replace(annotations=Annotations(PlainSpans(rows)))
        files = OneFile()
        write([plain], files, WriteOptions())
        assert files.content.getvalue() == encode(plain)
