from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.formats.native import encode
from tests.cli.conftest import Said, contents
from tests.formats.awkward import awkward_records

Call = Callable[..., Said]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"".join(map(encode, awkward_records())))
    return path


def test_a_file_goes_to_another_format_and_back_without_a_project(hashiya: Call, source: Path) -> None:
    there, back = source.with_name("there"), source.with_name("back.jsonl")
    assert hashiya("convert", source, there, "--to", "brat").status == 0
    assert hashiya("convert", there, back, "--from", "brat").status == 0
    told = hashiya("diff", source, back, "--json").told
    assert told["counts"]["spans"] == {"added": 0, "removed": 0, "changed": 0}
    assert not list(source.parent.glob("*.hashiya"))


def test_what_cannot_be_read_is_named_and_the_rest_is_written(hashiya: Call, source: Path) -> None:
    source.write_bytes(b"{broken\n" + source.read_bytes())
    out = source.with_name("out.jsonl")
    said = hashiya("convert", source, out)
    assert said.status == 1 and f"{source}, line 1" in said.err
    assert out.read_bytes().count(b"\n") == len(awkward_records())


def test_nothing_is_written_of_a_file_without_articles(hashiya: Call, source: Path) -> None:
    source.write_bytes(b"{broken\n")
    before = contents(source.parent)
    assert hashiya("convert", source, source.with_name("out.jsonl")).status == 1
    assert contents(source.parent) == before


def test_no_file_is_written_over_without_being_asked_to(hashiya: Call, source: Path) -> None:
    out = source.with_name("out.jsonl")
    out.write_bytes(b"mine")
    assert hashiya("convert", source, out).status == 2
    assert out.read_bytes() == b"mine"
    assert hashiya("convert", source, out, "--force").status == 0
    assert hashiya("convert", source, source, "--force").status == 2
    assert out.read_bytes() == source.read_bytes()


def test_a_name_that_says_no_format_asks_for_one(hashiya: Call, source: Path) -> None:
    said = hashiya("convert", source, source.with_name("out.unheard"))
    assert said.status == 2 and "--to" in said.err


def test_a_delivery_compared_with_its_successor_is_told_in_lines(hashiya: Call, source: Path) -> None:
    new = source.with_name("new.jsonl")
    new.write_bytes(b"".join(map(encode, awkward_records()[1:])))
    said = hashiya("diff", source, new)
    assert said.status == 0
    assert said.out == "- emoji (ليلى)\narticles: -1\n17 articles are the same\n"
    assert hashiya("diff", source, source.with_name("missing.jsonl")).status == 2
