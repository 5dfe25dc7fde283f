"""IOB2 as seqeval reads it: in strict mode, the entities that it finds are the spans that were written."""

from __future__ import annotations

import pytest

from app.formats.iob2 import FORMAT
from app.formats.safe_names import plain_name
from app.model.annotation import Annotations
from tests.formats.awkward import awkward_records
from tests.formats.in_memory import write
from tests.formats.in_tokens import black

pytestmark = pytest.mark.interop


@pytest.mark.filterwarnings("ignore")
def test_seqeval_finds_the_spans_that_were_kept_and_calls_every_tag_strict_iob2() -> None:
    metrics = pytest.importorskip("seqeval.metrics")
    scheme = pytest.importorskip("seqeval.scheme")
    records = awkward_records()
    written = write(FORMAT, records)
    rows = [
        [line.split("\t") for line in block.splitlines()]
        for block in written.files[""].decode().split("\n\n")
        if block and not block.startswith("-DOCSTART-")
    ]
    sequences = [[row[1] for row in block] for block in rows]
    left_out = ("overlap", "nested", "same-label-nested", "crossing")
    lost = {(loss.document, loss.span) for loss in written.losses if loss.what in left_out}
    kept = sorted(
        (span.label, black(one.document.text[start:end]))
        for one in records
        for span in (one.annotations or Annotations()).ordered()
        for start, end in span.fragments
        if (one.document.id, span.id) not in lost
    )
    entities = scheme.Entities(sequences, scheme.IOB2, suffix=False)
    found = sorted(
        (plain_name(one.tag), black("".join(row[0] for row in rows[number][one.start : one.end])))
        for number, block in enumerate(entities.entities)
        for one in block
    )
    assert found == kept and len(kept) > 15
    assert metrics.f1_score(sequences, sequences, mode="strict", scheme=scheme.IOB2) == 1.0
    assert len(metrics.sequence_labeling.get_entities(sequences)) == len(kept)
