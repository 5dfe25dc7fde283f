from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from app.errors import SourceError
from app.formats.native import encode
from app.formats.packed import MOST_UNPACKED
from app.formats.registry import format_of, read_file
from app.model.record import Record
from tests.formats.awkward import awkward_records

LINES = b"".join(map(encode, awkward_records()))


def test_a_compressed_file_is_read_as_what_it_holds(tmp_path: Path) -> None:
    packed = tmp_path / "a.jsonl.gz"
    packed.write_bytes(gzip.compress(LINES[:999]) + gzip.compress(LINES[999:]))
    assert format_of(packed).name == "native"
    assert [one.document for one in read_file(packed) if isinstance(one, Record)] == [
        record.document for record in awkward_records()
    ]


def test_a_text_is_called_after_its_file_without_both_suffixes(tmp_path: Path) -> None:
    packed = tmp_path / "article.txt.gz"
    packed.write_bytes(gzip.compress("نص".encode()))
    (record,) = read_file(packed)
    assert isinstance(record, Record)
    assert (record.document.id, record.document.text) == ("article", "نص")


def test_zstandard_is_read_where_it_is_at_hand(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    packed = tmp_path / "a.jsonl.zst"
    packed.write_bytes(zstandard.compress(LINES))
    assert len(list(read_file(packed))) == len(awkward_records())
    packed.write_bytes(zstandard.compress(LINES[:999]) + zstandard.compress(LINES[999:]))
    assert len(list(read_file(packed))) == len(awkward_records())
    for damaged in (zstandard.compress(LINES)[:-9], zstandard.compress(LINES)[:200] + b"broken", b"none at all"):
        packed.write_bytes(damaged)
        with pytest.raises(SourceError) as caught:
            list(read_file(packed))
        assert caught.value.code == "unpacks-damaged"
    packed.write_bytes(zstandard.compress(b"a" * (2 * MOST_UNPACKED)))
    with pytest.raises(SourceError) as caught:
        list(read_file(packed))
    assert caught.value.code in ("unpacks-too-large", "unpacks-damaged")


@pytest.mark.parametrize(
    "content", [gzip.compress(LINES)[:-9], b"no gzip at all", gzip.compress(LINES)[:40] + b"x" * 99]
)
def test_what_is_damaged_or_cut_off_says_so(tmp_path: Path, content: bytes) -> None:
    packed = tmp_path / "a.jsonl.gz"
    packed.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        list(read_file(packed))
    assert caught.value.code == "unpacks-damaged"


def test_a_bomb_is_not_read_to_its_end(tmp_path: Path) -> None:
    packed = tmp_path / "a.jsonl.gz"
    line = b'{"text":"' + b"a" * 99_000 + b'"}\n'
    packed.write_bytes(gzip.compress(line * (2 * MOST_UNPACKED // len(line))))
    assert packed.stat().st_size * 200 < MOST_UNPACKED
    with pytest.raises(SourceError) as caught:
        for _record in read_file(packed):
            pass
    assert caught.value.code == "unpacks-too-large"
