"""What is wrong with one line of a training file, as findings; the rules are those of docs/format.md."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from app.formats import native_form as form
from app.formats.findings import Finding, form_findings
from app.formats.native_marks import entry_findings, relation_findings, span_findings
from app.formats.sources import MAX_TEXT_BYTES

_VERSION_PATHS = (("format",), ("format_version",))
_TEXT_PATHS = (("text",), ("text_sha256",))


def examine(line: object) -> list[Finding]:
    """Everything wrong with a line that was read as JSON; when its version or text is in doubt, only that."""
    if not isinstance(line, dict):
        return [Finding((), "not-an-object")]
    found = form_findings(line, form.LINE, ())
    if alien := [finding for finding in found if finding.path in _VERSION_PATHS and finding.code != "key-order"]:
        return alien
    if any(finding.path in _TEXT_PATHS and finding.code != "key-order" for finding in found):
        return found
    doubts = list(_text_findings(line))
    if any(doubt.code != "wrong-length" for doubt in doubts):
        return [*doubts, *found]
    return [*found, *doubts, *_mark_findings(line)]


def suggested(line: object) -> list[Finding]:
    """The spans that a training file may not hold because nobody has accepted them yet."""
    spans = line.get("spans") if isinstance(line, dict) else None
    return [
        Finding(("spans", place, "status"), "span-suggested")
        for place, span in enumerate(spans if isinstance(spans, list) else ())
        if isinstance(span, dict) and span.get("status") == "suggested"
    ]


def _text_findings(line: dict[str, Any]) -> Iterator[Finding]:
    encoded = line["text"].encode("utf-8")
    if len(encoded) > MAX_TEXT_BYTES:
        yield Finding(("text",), "text-too-large", {"limit": MAX_TEXT_BYTES // 2**20})
        return
    if hashlib.sha256(encoded).hexdigest() != line["text_sha256"]:
        yield Finding(("text_sha256",), "hash-mismatch")
    length = line.get("text_length")
    if type(length) is int and 0 <= length != len(line["text"]):
        yield Finding(("text_length",), "wrong-length", {"value": length, "expected": len(line["text"])})


def _mark_findings(line: dict[str, Any]) -> Iterator[Finding]:
    ids: set[str] = set()
    yield from span_findings(_list(line, "spans"), line["text"], ids)
    yield from relation_findings(_list(line, "relations"), frozenset(ids), ids)
    for key in ("fields", "meta"):
        yield from entry_findings(_list(line, key), form.PAIR, (key,))


def _list(line: dict[str, Any], key: str) -> list[Any]:
    value = line.get(key)
    return value if isinstance(value, list) else []
