from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Fault
from app.formats import cas_json, doccano, label_studio, native, prodigy
from app.formats.encodings import Undecodable
from app.formats.native import encode
from app.formats.recoded import recoded
from app.formats.registry import Format, ReadOptions, WriteOptions, format_of, read_file
from app.model.record import Record
from tests.formats.awkward import awkward_records, essence
from tests.formats.in_memory import write

RECORDS = [one for one in awkward_records() if one.document.text and one.annotator == "ليلى"]
NAMES = {"label-studio": "tasks.json"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le"])
@pytest.mark.parametrize("format", [native.FORMAT, doccano.FORMAT, prodigy.FORMAT, label_studio.FORMAT])
def test_json_is_read_in_the_encoding_that_was_named(tmp_path: Path, format: Format, encoding: str) -> None:
    content = write(format, RECORDS).files[NAMES.get(format.name, "")].decode()
    path = tmp_path / f"a{format.suffixes[0]}"
    path.write_bytes(content.encode("utf-8"))
    plain = list(read_file(path))
    path.write_bytes(content.encode(encoding))
    options = ReadOptions(encoding)
    assert format_of(path, encoding) is format
    assert list(read_file(path, "", options)) == plain
    assert [one.code for one in read_file(path) if isinstance(one, Fault)][:1] == ["not-utf8-but-utf16"]


def test_a_line_of_windows_1256_is_read_and_one_of_json_that_does_not_fit_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"text": "قصف كركوك"}\n'.encode("windows-1256"))
    (record,) = read_file(path, "", ReadOptions("windows-1256"))
    assert isinstance(record, Record) and record.document.text == "قصف كركوك"
    path.write_bytes(b'{"text": "a"}\n{"text": "ab\xffc"}\n')
    first, fault = read_file(path, "", ReadOptions("iso-8859-6"))
    assert isinstance(first, Record) and isinstance(fault, Fault)
    assert (fault.line, fault.code, fault.values["byte"], fault.values["value"]) == (2, "not-in-encoding", 13, "FF")


def test_cas_in_json_is_read_in_utf_16(tmp_path: Path) -> None:
    pytest.importorskip("cassis")
    content = write(cas_json.FORMAT, RECORDS[:1], WriteOptions()).files["emoji.json"]
    (tmp_path / "emoji.json").write_bytes(content.decode().encode("utf-16"))
    (record,) = read_file(tmp_path / "emoji.json", "cas-json", ReadOptions("utf-16"))
    assert isinstance(record, Record)
    assert essence(record, frozenset()) == essence(RECORDS[0], frozenset())


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_any_text_comes_back_whatever_pieces_it_is_read_in(text: str, encoding: str) -> None:
    text = text.removeprefix("\ufeff")
    with recoded(io.BytesIO(text.encode(encoding)), encoding) as stream:
        assert b"".join(iter(lambda: stream.read(3), b"")).decode() == text


def test_a_file_of_utf_16_that_is_cut_off_is_told_at_its_end() -> None:
    content = encode(RECORDS[0]).decode().encode("utf-16")[:-1]
    with pytest.raises(Undecodable) as caught:
        recoded(io.BytesIO(content), "utf-16").read()
    assert caught.value.line == 1
