"""What the card says of loading formats that need no package: done as it says, and held against what was annotated."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from app.convert import convert
from app.delivery.loading import FORMATS
from app.delivery.making import Wishes
from app.formats.native import encode
from app.formats.registry import every_format, named
from app.model.record import Record
from tests.formats.awkward import PLACE, awkward_records

RECORDS = [one for one in awkward_records() if one.document.text and one.annotator == "ليلى"]
KEPT = {one.document.id: one for one in RECORDS}


def loaded(folder: Path, format: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the lines of the card of a delivery make, by their names."""
    source = folder / "in.jsonl"
    source.write_bytes(b"".join(map(encode, RECORDS)))
    card = convert(source, folder / "out", Wishes(named(format))).written.card
    assert card is not None
    (lines,) = re.findall(r"```python\n(.*?)```", card.read_text(encoding="utf-8"), re.S)
    monkeypatch.chdir(folder)
    made: dict[str, Any] = {}
    exec(lines, made)
    return made


def places(record: Record, label: str = PLACE) -> list[str]:
    assert record.annotations is not None
    text = record.document.text
    return [
        " ".join(text[start:end] for start, end in span.fragments)
        for span in record.annotations.ordered()
        if span.label == label
    ]


def test_every_format_that_is_written_says_how_it_is_loaded() -> None:
    assert set(FORMATS) == {format.name for format in every_format() if format.write is not None}


def test_brat_loads_with_every_span_where_it_was_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = loaded(tmp_path, "brat", monkeypatch)["articles"]
    assert sorted(articles) == sorted(KEPT)
    for id, (text, spans) in articles.items():
        assert text == KEPT[id].document.text
        found = [" ".join(text[start:end] for start, end in pieces) for label, pieces in spans if label == PLACE]
        assert sorted(found) == sorted(places(KEPT[id]))


@pytest.mark.parametrize("format", ["iob2", "wojood"])
def test_tokens_and_tags_load_sentence_by_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    sentences = loaded(tmp_path, format, monkeypatch)["sentences"]
    rows = [(token, tags) for sentence in sentences for token, tags in sentence if not token.startswith("-DOCSTART-")]
    begun = [token for token, tags in rows if f"B-{PLACE}" in (tags if format == "wojood" else [tags])]
    # Where spans overlap, IOB2 keeps one of them.
    kept = [one for one in KEPT.values() if format == "wojood" or one.document.id not in ("nested", "same-place")]
    wanted = Counter(surface.split()[0] for one in kept for surface in places(one))
    assert wanted.total() >= 5 and wanted <= Counter(begun) <= wanted + Counter(["بغداد"])
    assert [token for token, _tags in rows if token == "الموصل"], "the clitic stands apart"


def test_rows_of_webanno_load_with_their_places_in_utf_16(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = loaded(tmp_path, "webanno-tsv", monkeypatch)["articles"]
    assert sorted(articles) == sorted(KEPT)
    for _number, (start, end), token, _layers in articles["emoji"]:
        written = KEPT["emoji"].document.text.encode("utf-16-le")
        assert written[2 * start : 2 * end].decode("utf-16-le") == token
    marked = {token for _number, _place, token, layers in articles["emoji"] if any(PLACE in layer for layer in layers)}
    assert marked == {"كركوك"}
