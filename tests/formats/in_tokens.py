"""What formats of tokens give back: places counted without the white space, which is not theirs to keep."""

from __future__ import annotations

import unicodedata

from app.model.annotation import Annotations
from app.model.record import Record

Mark = tuple[int, int, str]


def black(text: str) -> str:
    """`text` without its white space, and the marks and controls that tokens may leave with it."""
    return "".join(ch for ch in text if not ch.isspace() and unicodedata.category(ch) not in ("Cf", "Mn"))


def marks(record: Record) -> list[Mark]:
    """Each piece of each span: between which characters that are not white space, and its label."""
    text = record.document.text
    spans = (record.annotations or Annotations()).ordered()
    return sorted(
        (len(black(text[:start])), len(black(text[:end])), span.label)
        for span in spans
        for start, end in span.fragments
    )
