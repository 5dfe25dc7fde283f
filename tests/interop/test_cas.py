"""CAS files as dkpro-cassis reads them, and as they stand on disk, where UIMA counts in UTF-16."""

from __future__ import annotations

from io import BytesIO

import pytest

from app.formats import cas_json, cas_xmi
from app.model.annotation import Annotations
from tests.formats.awkward import awkward_records
from tests.formats.in_memory import write

pytestmark = pytest.mark.interop

SPAN, RELATION = "webanno.custom.Span", "webanno.custom.Relation"


def test_what_cassis_says_is_covered_is_what_was_annotated() -> None:
    cassis = pytest.importorskip("cassis")
    records = {one.document.id: one for one in awkward_records() if one.annotator == "ليلى"}
    xmi = write(cas_xmi.FORMAT, records.values()).files
    as_json = write(cas_json.FORMAT, records.values()).files
    types = cassis.load_typesystem(BytesIO(xmi["TypeSystem.xml"]))
    for id, record in records.items():
        cases = [cassis.load_cas_from_json(BytesIO(as_json[f"{id}.json"]))]
        if f"{id}.xmi" in xmi:
            cases.append(cassis.load_cas_from_xmi(BytesIO(xmi[f"{id}.xmi"]), typesystem=types))
        annotations = record.annotations or Annotations()
        for cas in cases:
            assert cas.sofa_string == record.document.text
            covered = sorted((one.label, one.get_covered_text()) for one in cas.select(SPAN))
            pieces = [(span.label, piece) for span in annotations.ordered() for piece in span.fragments]
            assert covered == sorted((label, record.document.text[start:end]) for label, (start, end) in pieces)
            linked = {(one.Governor.identifier, one.label, one.Dependent.identifier) for one in cas.select(RELATION)}
            assert linked == {(one.head, one.label, one.child) for one in annotations.relations.values()}
    assert b'begin="15" end="20"' in xmi["emoji.xmi"]
