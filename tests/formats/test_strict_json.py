from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.strict_json import MAX_DEPTH, JsonFault, field_name, parse
from tests.text.made_text import texts

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(values, st.sampled_from([None, 1]), st.booleans())
def test_any_json_reads_as_it_was_however_it_is_spaced_and_escaped(
    value: object, indent: int | None, ascii: bool
) -> None:
    line = json.dumps(value, ensure_ascii=ascii, indent=indent)
    assert parse(line.encode()) == value


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        (b'{"text":"a","text":"b"}', "key-twice", "text"),
        (b'{"spans":[{"id":"a"},{"end":1,"start":0,"end":2}]}', "key-twice", "spans[1].end"),
        (b'{"a":1, "a" :1}', "key-twice", "a"),
        ('{"نص":1,"\\u0646\\u0635":2}'.encode(), "key-twice", "نص"),
        (b'{"meta":{"n":18446744073709551616}}', "integer-too-wide", "meta.n"),
        (b'{"n":[-9223372036854775809]}', "integer-too-wide", "n[0]"),
        (b'{"n":' + b"9" * 5000 + b"}", "integer-too-wide", "n"),
        (b'{"score":NaN}', "not-a-json-number", "score"),
        (b'{"score":-Infinity}', "not-a-json-number", "score"),
        (b'{"score":1e999}', "number-too-large", "score"),
        (rb'{"spans":[{"text":"\ud83d"}]}', "lone-surrogate", "spans[0].text"),
        (rb'{"\udc00":1}', "lone-surrogate", ""),
        (b'{"text":"a"', "not-json", ""),
        (b'{"text":"a"} {}', "not-json", ""),
        (b"", "not-json", ""),
        (b'{"text":"\xd8\xa7\xc3("}', "not-utf8", ""),
    ],
)
def test_what_json_cannot_keep_is_refused_and_the_place_is_named(line: bytes, code: str, field: str) -> None:
    with pytest.raises(JsonFault) as caught:
        parse(line)
    assert (caught.value.code, field_name(caught.value.path)) == (code, field)


def test_broken_json_and_broken_utf8_name_the_column_and_the_byte() -> None:
    with pytest.raises(JsonFault) as caught:
        parse('{"text":"ا",}'.encode())
    assert caught.value.values == {"column": 13}
    with pytest.raises(JsonFault) as caught:
        parse(b'"\xd8\xa7\xff"')
    assert caught.value.values == {"byte": 4, "value": "FF"}


@pytest.mark.parametrize("spaced", [b"", b" "])
def test_values_may_be_nested_as_deep_as_can_be_written_again_and_no_deeper(spaced: bytes) -> None:
    parse(spaced + b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)
    for depth in (MAX_DEPTH + 1, 100_000):
        with pytest.raises(JsonFault) as caught:
            parse(spaced + b"[" * depth + b"]" * depth)
        assert caught.value.code == "too-deep"


def test_integers_of_64_bits_are_kept_to_the_last_digit() -> None:
    assert parse(b'{"a": 18446744073709551615, "b":-9223372036854775808}') == {"a": 2**64 - 1, "b": -(2**63)}
