"""The lines that a card shows load what was exported, with the program that they name."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from app.delivery.features import features_json
from app.delivery.loading import loading_lines
from app.formats.registry import every_format
from tests.formats.awkward import awkward_records
from tests.formats.in_memory import write

pytestmark = [pytest.mark.interop, pytest.mark.filterwarnings("ignore")]

RECORDS = awkward_records()
OF_JSON = {"doccano": 17, "prodigy": 17, "gliner": 17, "prompt-completion": 17, "label-studio": 17, "spacy": 18}
OF_JSON |= {"native": 18, "parquet": 18}
FORMATS = {format.name: format for format in every_format()}


@pytest.mark.parametrize(("name", "articles"), OF_JSON.items())
def test_the_lines_on_the_card_load_every_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, articles: int
) -> None:
    for package in {"spacy": ["spacy"], "native": ["datasets"], "parquet": ["datasets"]}.get(name, []):
        pytest.importorskip(package)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delitem(sys.modules, "load", raising=False)
    for file, content in write(FORMATS[name], RECORDS).files.items():
        path = Path("out", file) if file else Path("out")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    Path("out.features.json").write_bytes(features_json({}))
    names: dict[str, Any] = {}
    exec(loading_lines(name, "out", {"train": ["out"]}), names)
    loaded = names.get("articles") or names.get("tasks") or names["examples"]
    assert len(loaded["train"] if name in ("native", "parquet") else loaded) == articles
