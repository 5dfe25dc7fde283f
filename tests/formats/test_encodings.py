from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import CallError, Fault
from app.formats.encodings import ENCODINGS, Undecodable, candidates, decode
from app.formats.registry import ReadOptions, read_file
from app.model.document import NameValue
from app.model.record import Record
from app.words import frequent_words
from tests.text.made_text import texts

NEWS = "قتل خمسة مدنيين في قصف على مدينة كركوك أمس الأول، وأعلن المتحدث باسم الجيش أن الحصيلة قد ترتفع.\nسطر ثان\n"
LEGACY = ("windows-1256", "iso-8859-6", "utf-16-le", "utf-16-be")


def guessed(content: bytes) -> list[str]:
    return [one.encoding for one in candidates(content, lambda word: frequent_words().get(word, 0.0))]


@pytest.mark.parametrize("encoding", LEGACY)
def test_the_likeliest_encoding_of_news_is_the_one_they_were_written_in(encoding: str) -> None:
    content = NEWS.encode(encoding)
    assert guessed(content)[0] == encoding
    first = candidates(content, lambda word: frequent_words().get(word, 0.0))[0]
    assert first.first_line == NEWS.partition("\n")[0]


@pytest.mark.parametrize("encoding", LEGACY)
def test_a_legacy_text_is_taken_only_when_the_user_says_what_it_is_in_and_that_is_remembered(
    tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(NEWS.encode(encoding))
    (refused,) = read_file(path)
    assert isinstance(refused, Fault) and refused.code in ("not-utf8", "not-utf8-but-utf16")
    (record,) = read_file(path, options=ReadOptions(encoding))
    assert isinstance(record, Record)
    assert (record.document.text, record.document.meta) == (NEWS, (NameValue("encoding", encoding),))


@given(texts, st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_utf16_comes_back_code_point_for_code_point_and_loses_one_mark(text: str, encoding: str) -> None:
    text = text.lstrip("\ufeff")
    assert decode(text.encode(encoding), encoding).text == text
    marked = decode(("\ufeff" * 2 + text).encode(encoding), "utf-16")
    assert marked.text == "\ufeff" + text
    assert marked.notes == (NameValue("encoding", encoding), NameValue("byte_order_mark", encoding.upper()))


def test_which_byte_comes_first_is_found_without_a_mark() -> None:
    for text in (NEWS, "Five civilians were killed.", "خبر"):
        for encoding in ("utf-16-le", "utf-16-be"):
            assert decode(text.encode(encoding), "utf-16") == (text, (NameValue("encoding", encoding),))


def test_arabic_in_utf16_that_is_valid_utf8_is_not_taken_for_it() -> None:
    for text in ("خبر", "لا", "قتلخمسةمدنيين"):
        content = text.encode("utf-16-le")
        assert content.decode("utf-8")
        with pytest.raises(Undecodable, match="not-utf8-but-utf16"):
            decode(content)


@pytest.mark.parametrize(
    ("content", "encoding", "line", "values"),
    [
        ("ab\nc".encode("utf-16-le") + b"\x00\xd8", "utf-16", 2, {"byte": 3, "value": "00", "encoding": "utf-16-le"}),
        ("😀a".encode("utf-16-be") + b"\xdc", "utf-16-be", 1, {"byte": 7, "value": "DC", "encoding": "utf-16-be"}),
        (b"a\nb\xfe", "iso-8859-6", 2, {"byte": 2, "value": "FE", "encoding": "iso-8859-6"}),
    ],
)
def test_a_byte_that_cannot_stand_there_is_named_with_its_line_and_place(
    content: bytes, encoding: str, line: int, values: dict[str, object]
) -> None:
    with pytest.raises(Undecodable) as refused:
        decode(content, encoding)
    assert (refused.value.code, refused.value.line, refused.value.values) == ("not-in-encoding", line, values)


@given(st.binary(max_size=200), st.sampled_from(ENCODINGS))
def test_any_bytes_are_a_text_or_refused(content: bytes, encoding: str) -> None:
    guessed(content)
    try:
        assert "\ufffd" not in decode(content, encoding).text or b"\xef\xbf\xbd" in content or "16" in encoding
    except Undecodable as error:
        assert error.line <= content.count(b"\n") + 1


def test_an_encoding_that_is_not_known_is_named_with_those_that_are() -> None:
    with pytest.raises(CallError, match="encoding-unknown"):
        decode(b"a", "latin-1")


def test_what_is_no_text_has_no_candidates() -> None:
    assert guessed(bytes(range(256)) * 4) == []
