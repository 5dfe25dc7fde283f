"""What is wrong with the spans, relations and attributes of one line of a training file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.formats import native_form as form
from app.formats.findings import Finding, form_findings
from app.formats.strict_json import Path
from app.text.boundaries import grapheme_start

_SHOWN = 80

# Before one of these a grapheme begins whatever stands before it, save a prepended mark: most ends of spans are such,
# and asking this first makes ten thousand of them ten times quicker.
_BEGINS = frozenset(
    " !\"'(),-./0123456789:;?ABCDEFGHIJKLMNOPQRSTUVWXYZ[]abcdefghijklmnopqrstuvwxyz«»،؛؟٠١٢٣٤٥٦٧٨٩"
    "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيپچژکگی“”‘’…–—"
)
_PREPENDED = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")


def span_findings(spans: list[Any], text: str, ids: set[str]) -> Iterator[Finding]:
    """What is wrong with `spans` of `text`; `ids` takes their ids and tells of one that was there before."""
    before: tuple[int, int, str, str] | None = None
    for place, span in enumerate(spans):
        path: Path = ("spans", place)
        found = list(form_findings(span, form.SPAN, path))
        if isinstance(span, dict):
            wrong = {finding.path[-1] for finding in found if finding.code != "key-order"}
            found += _span_findings(span, wrong, text, path)
            if "id" not in wrong:
                found += _identity(span["id"], ids, path)
            if not wrong & {"id", "start", "end", "label"}:
                order = span["start"], -span["end"], span["label"], span["id"]
                if before is not None and order < before:
                    found.append(Finding(path, "spans-order"))
                before = order
        yield from found


def relation_findings(relations: list[Any], spans: frozenset[str], ids: set[str]) -> Iterator[Finding]:
    """What is wrong with `relations` between the spans whose ids are `spans`."""
    before: tuple[str, str] | None = None
    for place, relation in enumerate(relations):
        path: Path = ("relations", place)
        found = list(form_findings(relation, form.RELATION, path))
        yield from found
        if not isinstance(relation, dict):
            continue
        wrong = {finding.path[-1] for finding in found if finding.code != "key-order"}
        yield from _attributes_of(relation, wrong, path)
        yield from () if "id" in wrong else _identity(relation["id"], ids, path)
        for end in ("head", "child"):
            if end not in wrong and relation[end] not in spans:
                yield Finding((*path, end), "relation-dangling", {"value": relation[end]})
        if not wrong & {"id", "label"}:
            order = relation["label"], relation["id"]
            if before is not None and order < before:
                yield Finding(path, "relations-order")
            before = order


def attribute_findings(entries: list[Any], table: form.Table, path: Path) -> Iterator[Finding]:
    """What is wrong with the form of `entries`, each of which follows `table`."""
    for place, entry in enumerate(entries):
        yield from form_findings(entry, table, (*path, place))


def _identity(id: str, ids: set[str], path: Path) -> Iterator[Finding]:
    if id in ids:
        yield Finding((*path, "id"), "id-twice", {"value": id})
    ids.add(id)


def _span_findings(span: dict[str, Any], wrong: set[str | int], text: str, path: Path) -> Iterator[Finding]:
    if span.get("attributes"):
        yield from _attributes_of(span, wrong, path)
    if wrong & {"start", "end"}:
        return
    start, end = span["start"], span["end"]
    if start >= end:
        yield Finding((*path, "end"), "span-empty", {"start": start, "value": end})
        return
    if end > len(text):
        yield Finding((*path, "end"), "span-outside", {"value": end, "length": len(text)})
        return
    fragments = span.get("fragments")
    if "fragments" in wrong:
        fragments = None
    if fragments is None or (len(fragments) == 1 and _same(fragments[0], start, end)):
        pieces = [(start, end)]
    else:
        faults = list(_fragment_findings(fragments, start, end, path))
        if faults:
            yield from faults
            return
        pieces = [(fragment["start"], fragment["end"]) for fragment in fragments]
    covered = text[start:end] if len(pieces) == 1 else " ".join(text[first:last] for first, last in pieces)
    if "text" not in wrong and span["text"] != covered:
        yield Finding(
            (*path, "text"), "surface-mismatch", {"value": span["text"][:_SHOWN], "expected": covered[:_SHOWN]}
        )
        return
    for first, last in pieces:
        yield from _cuts(text, first, last, path)


def _same(fragment: object, start: int, end: int) -> bool:
    return type(fragment) is dict and list(fragment.items()) == [("start", start), ("end", end)]


def _fragment_findings(fragments: list[Any], start: int, end: int, path: Path) -> Iterator[Finding]:
    path = (*path, "fragments")
    if not fragments:
        yield Finding(path, "fragments-none")
        return
    found = [
        finding
        for place, fragment in enumerate(fragments)
        for finding in form_findings(fragment, form.FRAGMENT, (*path, place))
    ]
    yield from found
    if any(finding.code != "key-order" for finding in found):
        return
    reached = start
    for place, fragment in enumerate(fragments):
        if fragment["start"] >= fragment["end"]:
            yield Finding((*path, place, "end"), "span-empty", {"start": fragment["start"], "value": fragment["end"]})
        if fragment["start"] < reached:
            yield Finding((*path, place, "start"), "fragments-order")
        reached = fragment["end"]
    if fragments[0]["start"] != start:
        yield Finding((*path, 0, "start"), "fragments-apart", {"value": fragments[0]["start"], "expected": start})
    if fragments[-1]["end"] != end:
        last = len(fragments) - 1
        yield Finding((*path, last, "end"), "fragments-apart", {"value": fragments[-1]["end"], "expected": end})


def _attributes_of(owner: dict[str, Any], wrong: set[str | int], path: Path) -> Iterator[Finding]:
    if "attributes" in wrong:
        return
    path = (*path, "attributes")
    found = list(attribute_findings(owner["attributes"], form.ATTRIBUTE, path))
    yield from found
    if any(finding.path[-1] in ("name", "value") or finding.code == "not-an-object" for finding in found):
        return
    order = [(entry["name"], entry["value"]) for entry in owner["attributes"]]
    if order != sorted(order):
        yield Finding(path, "attributes-order")


def _cuts(text: str, start: int, end: int, path: Path) -> Iterator[Finding]:
    for name, place in (("start", start), ("end", end)):
        if not _is_boundary(text, place):
            yield Finding((*path, name), "grapheme-cut", {"value": place})


def _is_boundary(text: str, place: int) -> bool:
    if place in (0, len(text)):
        return True
    if text[place] in _BEGINS and text[place - 1] not in _PREPENDED:
        return True
    return grapheme_start(text, place) == place
