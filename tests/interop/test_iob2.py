"""IOB2 as seqeval reads it: in strict mode, the entities that it finds are the spans that were written."""

from __future__ import annotations

import pytest

from app.formats.iob2 import FORMAT
from app.model.annotation import Annotations
from tests.formats.awkward import awkward_records
from tests.formats.in_memory import write

pytestmark = pytest.mark.interop


@pytest.mark.filterwarnings("ignore")
def test_seqeval_finds_the_spans_that_were_kept_and_calls_every_tag_strict_iob2() -> None:
    metrics = pytest.importorskip("seqeval.metrics")
    scheme = pytest.importorskip("seqeval.scheme")
    records = awkward_records()
    written = write(FORMAT, records)
    sequences = [
        [line.split("\t")[1] for line in block.splitlines()]
        for block in written.files[""].decode().split("\n\n")
        if block and not block.startswith("-DOCSTART-")
    ]
    left_out = ("overlap", "nested", "same-label-nested", "crossing")
    lost = {(loss.document, loss.span) for loss in written.losses if loss.what in left_out}
    kept = [
        (one.document.id, span.id)
        for one in records
        for span in (one.annotations or Annotations()).ordered()
        for _piece in span.fragments
        if (one.document.id, span.id) not in lost
    ]
    entities = scheme.Entities(sequences, scheme.IOB2, suffix=False)
    assert sum(len(found) for found in entities.entities) == len(kept)
    assert metrics.f1_score(sequences, sequences, mode="strict", scheme=scheme.IOB2) == 1.0
    assert len(metrics.sequence_labeling.get_entities(sequences)) == len(kept)
