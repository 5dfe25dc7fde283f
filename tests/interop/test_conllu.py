"""CoNLL-U as the conllu package reads it."""

from __future__ import annotations

from typing import Any

import pytest

from app.formats.conllu import FORMAT
from app.formats.safe_names import plain_name
from tests.formats.awkward import awkward_records
from tests.formats.in_memory import write
from tests.formats.in_tokens import black

pytestmark = pytest.mark.interop

RECORDS = [one for one in awkward_records() if one.document.text]


def documents_of(sentences: list[Any]) -> list[list[Any]]:
    """The sentences of each document."""
    found: list[list[Any]] = []
    for sentence in sentences:
        if "newdoc id" in sentence.metadata:
            found.append([])
        found[-1].append(sentence)
    return found


def spans_of(sentences: list[Any]) -> list[tuple[str, str]]:
    """The label of each span and what it covers, its words put together."""
    found: dict[str, str] = {}
    for sentence in sentences:
        for token in sentence:
            assert token["form"]
            for name in filter(None, ((token["misc"] or {}).get("Spans") or "").split(",")):
                found[name] = found.get(name, "") + token["form"]
    return sorted((plain_name(name.partition("-")[2]), black(words)) for name, words in found.items())


def test_the_conllu_package_finds_every_word_and_every_span() -> None:
    conllu = pytest.importorskip("conllu")
    sentences = conllu.parse(write(FORMAT, RECORDS).files[""].decode())
    documents = documents_of(sentences)
    assert len(documents) == len(RECORDS)
    for record, found in zip(RECORDS, documents, strict=True):
        text = record.document.text
        spans = record.annotations.ordered() if record.annotations else []
        wanted = [(one.label, black("".join(text[start:end] for start, end in one.fragments))) for one in spans]
        assert spans_of(found) == sorted(wanted), record.document.id
        assert black("".join(sentence.metadata["text"] for sentence in found)) == black(text)
    assert conllu.parse("".join(sentence.serialize() for sentence in sentences)) == sentences
