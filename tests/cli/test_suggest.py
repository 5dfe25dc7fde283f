"""`hashiya suggest` and `hashiya evaluate`: suggestions without a screen, and how good they are."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.formats.native_check import check_file
from app.suggesting import SuggestSettings
from tests.cli.conftest import Said, contents
from tests.store.made_projects import mark, opened
from tests.test_learning import project as learning_project
from tests.test_learning import spoil

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


@pytest.mark.parametrize("out", ["article.txt", "link", "article.txt-wal", "folder"])
def test_nothing_is_written_over_what_is_read(hashiya: Call, tmp_path: Path, out: str) -> None:
    source = article(tmp_path)
    (tmp_path / "link").symlink_to(source)
    (tmp_path / "folder").mkdir()
    assert hashiya("suggest", source, "--out", tmp_path / out, "--force").status == 2
    assert source.read_text("utf-8") == TEXT and sorted(contents(tmp_path)) == ["article.txt", "link"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_what_is_no_file_is_not_replaced(hashiya: Call, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    said = hashiya("suggest", article(tmp_path), "--out", tmp_path / "pipe", "--force")
    assert said.status == 2 and "no ordinary file" in said.err and (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("call", [("suggest", "--out", "o.jsonl", "NAME"), ("evaluate", "NAME", "NAME")])
def test_a_name_that_no_file_can_have_is_said(hashiya: Call, tmp_path: Path, call: tuple[str, ...]) -> None:
    name = tmp_path / ("x" * 300 + ".jsonl")
    said = hashiya(*(name if word == "NAME" else word for word in call))
    assert said.status == 2 and str(name) in said.err and said.err.count("\n") == 1
    assert hashiya("suggest", article(tmp_path), "--out", name).status == 2


def test_what_cannot_be_read_is_named_and_the_rest_written(hashiya: Call, tmp_path: Path) -> None:
    source, out = tmp_path / "cut.jsonl", tmp_path / "out.jsonl"
    line = json.dumps({"id": "a", "text": TEXT}, ensure_ascii=False)
    source.write_text(f"{line}\n{line[:-9]}", encoding="utf-8")
    said = hashiya("suggest", source, "--out", out)
    assert said.status == 1 and "cut.jsonl, line 2" in said.err
    assert len(out.read_bytes().splitlines()) == 1
    again = hashiya("evaluate", out, source)
    assert again.status == 1 and "cut.jsonl, line 2" in again.err
    source.write_text("{", encoding="utf-8")
    for call in (("suggest", source, "--out", out, "--force"), ("evaluate", source, out)):
        assert hashiya(*call).status == 1
    assert len(out.read_bytes().splitlines()) == 1


def test_spans_of_another_text_are_not_compared(hashiya: Call, tmp_path: Path) -> None:
    for name, text in (("one", TEXT), ("other", f"أمس {TEXT}")):
        lines = (json.dumps({"id": id, "text": text if id == "a" else TEXT}) for id in "ab")
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    said = hashiya("evaluate", tmp_path / "one.jsonl", tmp_path / "other.jsonl", "--json")
    assert said.status == 1
    assert said.told["other_texts"] == ["a"] and said.told["articles"] == 1


# Projects


def lines_of(out: Path) -> dict[str, dict[tuple[str, str], dict[str, Any]]]:
    """By article, what is suggested there: its label and text, and the span."""
    found = map(json.loads, out.read_text("utf-8").splitlines())
    return {one["id"]: {(span["label"], span["text"]): span for span in one["spans"]} for one in found}


def test_a_project_suggests_by_its_own_labels_and_refusals(hashiya: Call, tmp_path: Path) -> None:
    texts = ["وصل سالم قرداش أمس.", "زار سالم قرداش بغداد أمس.", "عاد إلى بغداد."]
    lines = (json.dumps({"id": str(n), "text": text}) for n, text in enumerate(texts))
    (tmp_path / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    session = opened(tmp_path / "news.jsonl")
    mark(session, 4, 14, "ACTOR")
    key = session.key_of("2")
    assert key is not None
    session.go_to(key)
    session.suggest_now()
    session.reject([one.id for one in session.suggestions])
    session.close()
    before, out = session.path.read_bytes(), tmp_path / "out.jsonl"
    assert hashiya("suggest", session.path, "--out", out).status == 0
    found = lines_of(out)
    assert found["1"]["ACTOR", "سالم قرداش"]["source_name"] == "dictionary"
    assert list(found) == ["0", "1", "2"] and not found["0"] and not found["2"]
    assert "بغداد" not in {text for _label, text in found["1"]}
    assert session.path.read_bytes() == before


def test_a_project_suggests_by_what_it_learned_and_says_where_it_cannot(hashiya: Call, tmp_path: Path) -> None:
    pytest.importorskip("pycrfsuite")
    session = opened(learning_project(tmp_path))
    session.close()
    out = tmp_path / "out.jsonl"
    assert hashiya("train", session.path).status == 0
    call = ("suggest", session.path, "--out", out, "--force", "--sources", "crf")
    assert hashiya(*call).status == 0
    assert set(lines_of(out)["new"]) == {("LOCATION", "سارطة")}
    spoil(session.path, lambda content: content[:-7])
    said = hashiya(*call)
    assert said.status == 1 and "hashiya train" in said.err and said.err.count("\n") == 1
    assert lines_of(out)["new"] == {}


def test_articles_kept_free_of_suggestions_stay_so_and_the_settings_count(hashiya: Call, tmp_path: Path) -> None:
    session = opened(article(tmp_path))
    session.set_suggest_settings(SuggestSettings(off=("casualties",)))
    out = tmp_path / "out.jsonl"
    assert hashiya("suggest", session.path, "--out", out).status == 0
    assert {label for label, _text in lines_of(out)["article"]} == {"LOCATION"}
    session.set_suggest_settings(SuggestSettings(share_without=100))
    session.close()
    assert hashiya("suggest", session.path, "--out", out, "--force").status == 0
    assert lines_of(out) == {"article": {}}
