"""A record: one document as one annotator left it, which is one line of a training file."""

from __future__ import annotations

from typing import NamedTuple

from app.model.annotation import Annotations
from app.model.document import Document


class Record(NamedTuple):
    """What a file gives or takes for one document. `annotations` is None for a text that nobody has annotated.

    `line` is where it stood in its file, from 1; 0 when it came from no line.
    """

    document: Document
    annotations: Annotations | None = None
    annotator: str = ""
    schema_name: str = ""
    schema_version: str = ""
    updated_at: str = ""
    line: int = 0
