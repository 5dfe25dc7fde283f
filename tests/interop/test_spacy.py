from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.formats import spacy as writer
from app.formats.spacy import FORMAT
from tests.formats.awkward import Essence, awkward_records, essence
from tests.formats.in_memory import write

pytest.importorskip("spacy")
pytestmark = [pytest.mark.interop, pytest.mark.filterwarnings("ignore")]

RECORDS = awkward_records()


def essence_of(doc: Any) -> Essence:
    """What spaCy has of a document, its offsets as spaCy counts them."""
    ours = doc.user_data["hashiya"]
    labels = {span.id_: span.label_ for span in doc.spans["sc"]}
    places: dict[str, list[tuple[int, int]]] = {id: [] for id in labels}
    for span in doc.spans["sc"]:
        assert doc.text[span.start_char : span.end_char] == span.text
        places[span.id_].append((span.start_char, span.end_char))
    answers = {one["span"]: one["attributes"] for one in ours["answers"]}
    spans = [(tuple(places[id]), label, said(answers.get(id, []))) for id, label in labels.items()]
    links = [
        (link["label"], tuple(places[link["head"]]), tuple(places[link["child"]]), said(link["attributes"]))
        for link in ours["relations"]
    ]
    return Essence(ours["id"], doc.text, sorted(spans), sorted(links))


def said(pairs: list[dict[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((pair["name"], pair["value"]) for pair in pairs))


WANTED = [essence(record, FORMAT.carries) for record in RECORDS]


def test_docbins_hold_every_span_where_it_was_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    monkeypatch.setattr(writer, "_AT_ONCE", 10)
    written = write(FORMAT, RECORDS)
    bins = [content for name, content in written.files.items() if name.endswith(".spacy")]
    assert len(bins) == 2
    docs = [doc for content in bins for doc in DocBin().from_bytes(content).get_docs(Vocab())]
    assert [essence_of(doc) for doc in docs] == WANTED
    assert write(FORMAT, RECORDS) == written


def test_the_script_beside_the_rows_loads_the_same_in_a_program_of_its_own(tmp_path: Path) -> None:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    for name, content in write(FORMAT, RECORDS).files.items():
        (tmp_path / name).write_bytes(content)
    subprocess.run([sys.executable, "load.py", "documents.jsonl", "corpus.spacy"], cwd=tmp_path, check=True)
    docs = DocBin().from_disk(tmp_path / "corpus.spacy").get_docs(Vocab())
    assert [essence_of(doc) for doc in docs] == WANTED
