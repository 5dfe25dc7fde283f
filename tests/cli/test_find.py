from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Said, contents, in_a_process
from tests.store.made_projects import opened, write

Call = Callable[..., Said]
TEXTS = ["قتل جندي في كركوك أمس.\nوبكركوك آخر.", "لا شيء هنا", "من كَرْكوك إلى الكركوكي 12"]


@pytest.fixture
def three(tmp_path: Path) -> Path:
    lines = [json.dumps({"id": f"a{n}", "text": text}, ensure_ascii=False) + "\n" for n, text in enumerate(TEXTS)]
    session = opened(write(tmp_path / "corpus.jsonl", "".join(lines)))
    session.close()
    return session.path


def test_each_place_is_a_line_in_the_order_of_its_letters(hashiya: Call, three: Path) -> None:
    before = contents(three.parent)
    said = hashiya("find", three, "كركوك")
    assert said.status == 0 and said.out.splitlines() == [
        "a0  12-17  قتل جندي في [كركوك] أمس.",
        "a0  25-30  وب[كركوك] آخر.",
        "a2  3-10  من [كَرْكوك] إلى الكركوكي 12",
        "a2  17-22  من كَرْكوك إلى ال[كركوك]ي 12",
    ]
    assert contents(three.parent) == before


def test_machines_get_json_lines_and_counts(hashiya: Call, three: Path) -> None:
    lines = [json.loads(line) for line in hashiya("find", three, "كركوك", "--json", "--most", 2).out.splitlines()]
    assert lines[1] == {"id": "a0", "start": 25, "end": 30, "before": "وب", "text": "كركوك", "after": " آخر."}
    assert len(lines) == 2
    assert hashiya("find", three, "كركوك", "--count", "--json").told == {"places": 4, "articles": 2}
    assert hashiya("find", three, "١٢", "--count").out == "1 place in 1 article\n"


@pytest.mark.parametrize(
    ("ways", "found"),
    [(["كركوك", "--exact"], 3), (["كركوك", "--words"], 2), (["ك..وك", "--regex"], 3), (["، ؛"], 0), (['"*'], 0)],
)
def test_it_is_looked_for_as_asked(hashiya: Call, three: Path, ways: list[str], found: int) -> None:
    said = hashiya("find", three, *ways)
    assert (said.status, len(said.out.splitlines())) == (0 if found else 1, found)


def test_what_cannot_be_looked_for_is_told_without_a_word_of_python(hashiya: Call, three: Path, tmp_path: Path) -> None:
    assert hashiya("find", three, "(", "--regex").err and hashiya("find", tmp_path / "none.hashiya", "x").status == 1
    said = hashiya("find", write(tmp_path / "plain.hashiya", "no project"), "x")
    assert said.status == 1 and "Traceback" not in said.err


def test_it_works_without_a_display(three: Path) -> None:
    said = in_a_process("find", three, "جندي", PYTHONIOENCODING="ascii")
    assert said.returncode == 0 and said.stdout.decode() == "a0  4-8  قتل [جندي] في كركوك أمس.\n"
