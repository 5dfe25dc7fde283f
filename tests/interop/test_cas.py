"""CAS files as dkpro-cassis reads them, and as they stand on disk, where UIMA counts in UTF-16."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from app.formats import cas_json, cas_xmi
from app.model.annotation import Annotations
from app.model.record import Record
from tests.formats.awkward import awkward_records
from tests.formats.in_memory import write

pytestmark = pytest.mark.interop

SPAN, RELATION = "webanno.custom.Span", "webanno.custom.Relation"


RECORDS = awkward_records()


def said(cas: Any) -> tuple[str, list[tuple[str, str]], list[tuple[str, str, str]]]:
    """What a CAS says: its text, the pieces of its spans, its relations."""
    covered = sorted((one.label, one.get_covered_text()) for one in cas.select(SPAN))
    linked = [(one.Governor.identifier, one.label, one.Dependent.identifier) for one in cas.select(RELATION)]
    return cas.sofa_string, covered, sorted(linked)


def wanted(record: Record) -> tuple[str, list[tuple[str, str]], list[tuple[str, str, str]]]:
    """What was annotated, told likewise."""
    text, annotations = record.document.text, record.annotations or Annotations()
    pieces = [(one.label, text[start:end]) for one in annotations.ordered() for start, end in one.fragments]
    linked = [(one.head, one.label, one.child) for one in annotations.relations.values()]
    return text, sorted(pieces), sorted(linked)


def test_what_cassis_says_is_covered_is_what_was_annotated() -> None:
    cassis = pytest.importorskip("cassis")
    written = write(cas_xmi.FORMAT, RECORDS)
    types = cassis.load_typesystem(BytesIO(written.files["TypeSystem.xml"]))
    refused = {loss.document for loss in written.losses if loss.what == "not-in-xml"}
    xmi = [
        cassis.load_cas_from_xmi(BytesIO(content), typesystem=types)
        for name, content in written.files.items()
        if name.endswith(".xmi")
    ]
    assert refused == {"separators"}, "a vertical tab cannot stand in XML"
    assert [said(cas) for cas in xmi] == [wanted(one) for one in RECORDS if one.document.id not in refused]
    assert b'begin="15" end="20"' in written.files["emoji.xmi"]
    as_json = write(cas_json.FORMAT, RECORDS).files
    assert [said(cassis.load_cas_from_json(BytesIO(one))) for one in as_json.values()] == [*map(wanted, RECORDS)]
