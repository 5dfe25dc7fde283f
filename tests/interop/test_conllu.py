"""CoNLL-U as the conllu package reads it."""

from __future__ import annotations

import pytest

from app.formats.conllu import FORMAT
from tests.formats.awkward import awkward_records
from tests.formats.in_memory import write

pytestmark = pytest.mark.interop


def test_the_conllu_package_finds_every_word_and_every_span() -> None:
    conllu = pytest.importorskip("conllu")
    records = [one for one in awkward_records() if one.document.text]
    content = write(FORMAT, records).files[""].decode()
    sentences = conllu.parse(content)
    assert sum("newdoc id" in sentence.metadata for sentence in sentences) == len(records)
    found: dict[str, set[str]] = {}
    document = ""
    for number, sentence in enumerate(sentences):
        if "newdoc id" in sentence.metadata:
            document = f"{number} {sentence.metadata['newdoc id']}"
        for token in sentence:
            assert token["form"]
            for name in ((token["misc"] or {}).get("Spans") or "").split(","):
                found.setdefault(document, set()).update({name} - {""})
    spans = [len(one.annotations.spans) for one in records if one.annotations is not None]
    assert [len(names) for names in found.values()] == spans
    assert conllu.parse("".join(sentence.serialize() for sentence in sentences)) == sentences
