from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.delivery.parts import Cut, cut_of, stem_of
from app.errors import CallError
from app.formats.registry import Format, named

IDS = [f"article-{number}" for number in range(4000)]


def test_an_article_stays_in_its_part_whatever_stands_beside_it() -> None:
    cut = cut_of("80/10/10", 7)
    assert [cut.name_for(id) for id in IDS[:6]] == ["train", "train", "train", "train", "train", "test"]
    counted = Counter(map(cut.name_for, IDS))
    assert counted.keys() == {"train", "validation", "test"}
    assert abs(counted["train"] - 3200) < 100 and abs(counted["test"] - 400) < 80


def test_another_seed_divides_otherwise() -> None:
    assert [*map(cut_of("50/50", 1).name_for, IDS)] != [*map(cut_of("50/50", 2).name_for, IDS)]


@given(st.sampled_from([(), (90, 10), (80, 10, 10)]), st.integers(1, 5), st.integers(), st.text())
def test_every_article_belongs_to_just_one_file(split: tuple[int, ...], shards: int, seed: int, id: str) -> None:
    cut = Cut(split, seed, shards)
    assert [name for name in cut.names if cut.is_for(name, id)] == [cut.name_for(id)]


def test_files_are_named_by_part_and_shard() -> None:
    assert cut_of("90/10", 0, 2).names == (
        *("train-00000-of-00002", "train-00001-of-00002"),
        *("test-00000-of-00002", "test-00001-of-00002"),
    )
    assert Cut().names == ("",)


@pytest.mark.parametrize("split", ["80/30", "100", "100/0", "80/10/5/5", "8 0/20", "٨٠/٢٠", "-10/110", "/"])
def test_shares_that_make_no_hundred_are_refused(split: str) -> None:
    with pytest.raises(CallError) as caught:
        cut_of(split)
    assert caught.value.code == "split-malformed"


@pytest.mark.parametrize(
    ("out", "format", "expected"),
    [
        ("a.jsonl", "native", ("a", ".jsonl")),
        ("a.JSONL.zst", "native", ("a", ".JSONL")),
        ("a", "native", ("a", ".jsonl")),
        ("v1.2", "native", ("v1.2", ".jsonl")),
        ("a", "brat", ("a", "")),
    ],
)
def test_a_part_is_named_after_the_delivery(out: str, format: str, expected: tuple[str, str]) -> None:
    found: Format = named(format)
    assert stem_of(out, found) == expected
