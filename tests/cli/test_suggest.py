"""`hashiya suggest` and `hashiya evaluate`: suggestions without a screen, and how good they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.formats.native_check import check_file
from tests.cli.conftest import Said

Call = Callable[..., Said]

TEXT = "شهد يوم أمس مقتل ثلاثة جنود في بغداد.\n"


def article(folder: Path) -> Path:
    path = folder / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_what_could_be_marked_is_written_as_suggestions(hashiya: Call, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert hashiya("suggest", article(tmp_path), "--out", out).status == 0
    (line,) = map(json.loads, out.read_text("utf-8").splitlines())
    spans = {TEXT[span["start"] : span["end"]]: span for span in line["spans"]}
    assert set(spans) >= {"مقتل ثلاثة جنود", "بغداد"}
    assert {span["status"] for span in spans.values()} == {"suggested"}
    assert spans["بغداد"]["source"] == "gazetteer" and 0 < spans["بغداد"]["score"] <= 1
    assert "AT" in {relation["label"] for relation in line["relations"]}
    assert not list(check_file(out, suggestions=True))
    assert [fault.code for fault in check_file(out)] == ["span-suggested"] * len(spans)


def test_the_same_article_gets_the_same_bytes(hashiya: Call, tmp_path: Path) -> None:
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    for out in (first, second):
        assert hashiya("suggest", article(tmp_path), "--out", out).status == 0
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(("wish", "labels"), [("gazetteer", {"LOCATION"}), ("casualties", {"CASUALTY"})])
def test_sources_can_be_chosen(hashiya: Call, tmp_path: Path, wish: str, labels: set[str]) -> None:
    out = tmp_path / "out.jsonl"
    assert hashiya("suggest", article(tmp_path), "--out", out, "--sources", wish).status == 0
    assert {span["label"] for span in json.loads(out.read_text("utf-8"))["spans"]} == labels


def test_what_is_refused_leaves_nothing(hashiya: Call, tmp_path: Path) -> None:
    out, source = tmp_path / "out.jsonl", article(tmp_path)
    said = hashiya("suggest", source, "--out", out, "--sources", "oracle")
    assert said.status == 2 and "oracle" in said.err
    assert hashiya("suggest", tmp_path / "none.txt", "--out", out).status == 2
    assert not out.exists()
    out.write_text("mine", encoding="utf-8")
    assert hashiya("suggest", source, "--out", out).status == 2
    assert out.read_text("utf-8") == "mine"
    assert hashiya("suggest", source, "--out", out, "--force").status == 0


def test_what_was_predicted_is_scored(hashiya: Call, tmp_path: Path) -> None:
    gold, guess = tmp_path / "gold.jsonl", tmp_path / "guess.jsonl"
    assert hashiya("suggest", article(tmp_path), "--out", gold).status == 0
    assert hashiya("suggest", article(tmp_path), "--out", guess, "--sources", "gazetteer").status == 0
    told = hashiya("evaluate", "--json", gold, guess).told
    scores = {(one["what"], one["name"]): one for one in told["scores"]}
    assert scores["exact", ""]["precision"] == 1.0 and scores["exact", ""]["recall"] < 1.0
    assert scores["exact", "LOCATION"]["f1"] == 1.0 and scores["exact", "CASUALTY"]["f1"] == 0.0


def test_files_with_nothing_in_common_are_not_compared(hashiya: Call, tmp_path: Path) -> None:
    files = []
    for name in ("one", "other"):
        source = tmp_path / f"{name}.txt"
        source.write_text(f"{name} {TEXT}", encoding="utf-8")
        files.append(tmp_path / f"{name}.jsonl")
        assert hashiya("suggest", source, "--out", files[-1]).status == 0
    said = hashiya("evaluate", *files)
    assert said.status == 2 and "one.jsonl" in said.err
