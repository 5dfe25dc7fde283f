"""PDF files, where their text can be had as it was written: what is printed is glyphs at places, not a text.

Many Arabic PDFs hold the shapes of letters in the order of the paper, or nothing but a picture. No text is made of
these by guessing: they are refused with the reason. Of the others the lines are those of the paper.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from app.errors import Fault
from app.formats.registry import Format, ReadOptions
from app.formats.sources import MAX_TEXT_BYTES, name_of, open_source
from app.model.document import Document
from app.model.record import Record
from app.sentences import N_
from app.text.presentation import presentation_forms

MAX_PDF_BYTES: Final = 64 * 1024 * 1024
MAX_PAGES: Final = 500

_PACKAGE: Final = "pypdf"
_SPACES: Final = re.compile(r"[ \t]+")
# ة and ى end words and never begin them, and words that begin with ال are many times those that end with لا.
_FORWARDS: Final = re.compile(r"\bال\w{2,}|\w{2,}[ةى]\b")
_BACKWARDS: Final = re.compile(r"\b\w{2,}لا\b|\b[ةى]\w{2,}")


def read(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    """The text of a PDF, or why it cannot be had. Raises SourceError."""
    with open_source(path) as stream:
        content = stream.read(MAX_PDF_BYTES + 1)
    yield read_content(content, str(path), name_of(path))


def read_content(content: bytes, file: str, name: str) -> Record | Fault:
    """The text of the PDF `content`, called `name`."""
    if len(content) > MAX_PDF_BYTES:
        return Fault(file, 0, "", "text-too-large", {"limit": MAX_PDF_BYTES // 2**20})
    try:
        text, title, pages = _extracted(content)
    except Exception:  # noqa: BLE001 - the library raises whatever a damaged file makes it stumble over
        return Fault(file, 0, "", "not-pdf")
    if pages > MAX_PAGES:
        return Fault(file, 0, "", "pdf-too-long", {"value": pages, "limit": MAX_PAGES})
    if not text:
        return Fault(file, 0, "", "pdf-without-text")
    if presentation_forms(text) or is_backwards(text):
        return Fault(file, 0, "", "pdf-as-printed")
    if len(text.encode("utf-8", "replace")) > MAX_TEXT_BYTES or "\ufffd" in text or not _is_unicode(text):
        return Fault(file, 0, "", "not-pdf")
    return Record(Document(name, text, title))


def is_backwards(text: str) -> bool:
    """Whether the letters of the Arabic words in `text` stand in the order of the paper, from the left."""
    return len(_BACKWARDS.findall(text)) > len(_FORWARDS.findall(text))


def _extracted(content: bytes) -> tuple[str, str, int]:
    """Text, title and number of pages; no text of more than `MAX_PAGES`."""
    library: Any = import_module(_PACKAGE)
    # What it says of a file is for those who wrote the file.
    logging.getLogger(_PACKAGE).setLevel(logging.CRITICAL)
    found = library.PdfReader(BytesIO(content))
    pages = len(found.pages)
    if pages > MAX_PAGES:
        return "", "", pages
    lines = "\n".join(page.extract_text() for page in found.pages).split("\n")
    text = "\n".join(_SPACES.sub(" ", line).strip() for line in lines).strip("\n")
    return text, str((found.metadata or {}).get("/Title") or "").strip(), pages


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


FORMAT = Format("pdf", N_("PDF files"), (".pdf",), frozenset({"title"}), read=read, needs=_PACKAGE)
