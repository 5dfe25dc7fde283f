"""What is wrong with a training file; the rules are those of docs/format.md.

`examine` looks at one line, for whoever reads it; `TrainingFile` holds a whole file to the letter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from app.errors import Fault
from app.formats import native_form as form
from app.formats.findings import Finding, form_findings, to_fault, wrong_keys
from app.formats.native_marks import entry_findings, relation_findings, span_findings
from app.formats.sources import BOM, MAX_LINE_BYTES, MAX_TEXT_BYTES, RawLine, looks_utf16, open_source, raw_lines
from app.formats.strict_json import JsonFault, parse

Heard = Callable[[dict[str, Any], int, list[Finding]], None]
"""Takes a line that was read as JSON, its number, and what `examine` found in it; the line is the taker's."""


class TrainingFile:
    """A file held to every rule of the format. `lines` counts what `faults` has seen so far, `heard` hears of each."""

    def __init__(self, path: Path, *, suggestions: bool = False, heard: Heard | None = None) -> None:
        self.lines = 0
        self._path = path
        self._file = str(path)
        self._suggestions = suggestions
        self._heard = heard
        self._seen: dict[tuple[str, str], int] = {}

    def faults(self) -> Iterator[Fault]:
        """Everything wrong with the file, and warnings. Raises SourceError when it cannot be opened."""
        with open_source(self._path, pipes=True) as stream:
            for line in raw_lines(stream):
                if line.number == 1 and looks_utf16(line.content or b""):
                    yield Fault(self._file, 0, "", "not-utf8-but-utf16")
                    return
                self.lines += 1
                for finding in self._findings(line):
                    yield to_fault(self._file, line.number, finding)
        if not self.lines:
            yield Fault(self._file, 0, "", "no-lines")

    def _findings(self, line: RawLine) -> Iterator[Finding]:
        if not line.terminated:
            yield Finding((), "no-last-newline")
        if line.content is None:
            yield Finding((), "line-too-long", {"limit": MAX_LINE_BYTES // 2**20})
            return
        content = line.content
        if line.number == 1 and content.startswith(BOM):
            yield Finding((), "byte-order-mark")
            content = content.removeprefix(BOM)
        if content.endswith(b"\r"):
            yield Finding((), "carriage-return")
        if not content.strip():
            yield Finding((), "line-blank")
            return
        try:
            value = parse(content)
        except JsonFault as fault:
            yield Finding(fault.path, fault.code, fault.values)
            return
        found = examine(value)
        yield from found
        if isinstance(value, dict):
            yield from self._rules_of_files(value, line.number)
            if self._heard is not None:
                self._heard(value, line.number, found)

    def _rules_of_files(self, line: dict[str, Any], number: int) -> Iterator[Finding]:
        if not self._suggestions:
            yield from suggested(line)
        id, annotator = line.get("id"), line.get("annotator")
        if isinstance(id, str) and isinstance(annotator, str):
            first = self._seen.setdefault((id, annotator), number)
            if first != number:
                yield Finding(("id",), "line-twice", {"value": id, "annotator": annotator, "first": first})


def check_file(path: Path, *, suggestions: bool = False) -> Iterator[Fault]:
    """Everything wrong with a training file, warnings among it; with `suggestions`, spans may be no more than that.

    Raises SourceError when the file cannot be opened.
    """
    return TrainingFile(path, suggestions=suggestions).faults()


def examine(line: object) -> list[Finding]:
    """Everything wrong with a line that was read as JSON; of a line in another format or version, only that."""
    if not isinstance(line, dict):
        return [Finding((), "not-an-object")]
    if line.get("format") != form.FORMAT:
        return [Finding(("format",), "not-our-format")]
    found = form_findings(line, form.LINE, ())
    if alien := [finding for finding in found if finding.path == ("format_version",) and finding.code != "key-order"]:
        return alien
    if "text" in wrong_keys(found):
        return found
    of_text = list(_text_findings(line))
    if any(finding.code == "text-too-large" for finding in of_text):
        return of_text
    return [*found, *of_text, *_mark_findings(line)]


def suggested(line: dict[str, Any]) -> Iterator[Finding]:
    """The spans that a training file may not hold because nobody has accepted them yet."""
    for place, span in enumerate(_list(line, "spans")):
        if isinstance(span, dict) and span.get("status") == "suggested":
            yield Finding(("spans", place, "status"), "span-suggested")


def _text_findings(line: dict[str, Any]) -> Iterator[Finding]:
    encoded = line["text"].encode("utf-8")
    if len(encoded) > MAX_TEXT_BYTES:
        yield Finding(("text",), "text-too-large", {"limit": MAX_TEXT_BYTES // 2**20})
        return
    digest = hashlib.sha256(encoded).hexdigest()
    said = line.get("text_sha256")
    if digest != said and not form.HASH.fault(said):
        yield Finding(("text_sha256",), "hash-mismatch", {"expected": digest})
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
