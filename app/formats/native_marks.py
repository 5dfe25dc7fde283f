"""What is wrong with the spans, relations and attributes of one line of a training file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.formats import native_form as form
from app.formats.findings import Finding, form_findings, wrong_keys
from app.formats.strict_json import Path
from app.text.graphemes import grapheme_start

_Object = dict[str, Any]
_Pieces = list[tuple[int, int]]
_SHOWN = 80
_SOUND: frozenset[str | int] = frozenset()
_PLACE = frozenset({"start", "end"})
_SPAN_ORDER = frozenset({"id", "start", "end", "label"})
_RELATION_ORDER = frozenset({"id", "label"})


def span_findings(spans: list[Any], text: str, ids: set[str]) -> list[Finding]:
    """What is wrong with `spans` of `text`; `ids` takes their ids and tells of one that was there before."""
    found: list[Finding] = []
    before: tuple[int, int, str, str] | None = None
    for place, span in enumerate(spans):
        path = ("spans", place)
        of_form = form_findings(span, form.SPAN, path)
        found += of_form
        if type(span) is not dict:
            continue
        wrong = wrong_keys(of_form) if of_form else _SOUND
        found += _identity(span, wrong, ids, path)
        found += _attributes_of(span, wrong, path)
        if _PLACE.isdisjoint(wrong):
            found += _stretch(span, wrong, text, path)
        if _SPAN_ORDER.isdisjoint(wrong):
            order = span["start"], -span["end"], span["label"], span["id"]
            if before is not None and order < before:
                found.append(Finding(path, "spans-order"))
            before = order
    return found


def relation_findings(relations: list[Any], spans: frozenset[str], ids: set[str]) -> list[Finding]:
    """What is wrong with `relations` between the spans whose ids are `spans`; `ids` as in `span_findings`."""
    found: list[Finding] = []
    before: tuple[str, str] | None = None
    for place, relation in enumerate(relations):
        path = ("relations", place)
        of_form = form_findings(relation, form.RELATION, path)
        found += of_form
        if type(relation) is not dict:
            continue
        wrong = wrong_keys(of_form)
        found += _identity(relation, wrong, ids, path)
        found += _attributes_of(relation, wrong, path)
        for end in ("head", "child"):
            if end not in wrong and relation[end] not in spans:
                found.append(Finding((*path, end), "relation-dangling", {"value": relation[end]}))
        if _RELATION_ORDER.isdisjoint(wrong):
            order = relation["label"], relation["id"]
            if before is not None and order < before:
                found.append(Finding(path, "relations-order"))
            before = order
    return found


def entry_findings(entries: list[Any], table: form.Table, path: Path) -> list[Finding]:
    """What is wrong with the form of `entries`, each of which follows `table`."""
    return [found for place, entry in enumerate(entries) for found in form_findings(entry, table, (*path, place))]


def _identity(owner: _Object, wrong: frozenset[str | int], ids: set[str], path: Path) -> tuple[Finding, ...]:
    if "id" in wrong:
        return ()
    known = len(ids)
    ids.add(owner["id"])
    return () if len(ids) > known else (Finding((*path, "id"), "id-twice", {"value": owner["id"]}),)


def _attributes_of(owner: _Object, wrong: frozenset[str | int], path: Path) -> list[Finding]:
    if not owner.get("attributes") or "attributes" in wrong:
        return []
    path = (*path, "attributes")
    found = entry_findings(owner["attributes"], form.ATTRIBUTE, path)
    if any(finding.path[-1] in ("name", "value") or finding.code == "not-an-object" for finding in found):
        return found
    order = [(entry["name"], entry["value"]) for entry in owner["attributes"]]
    return found if order == sorted(order) else [*found, Finding(path, "attributes-order")]


def _stretch(span: _Object, wrong: frozenset[str | int], text: str, path: Path) -> list[Finding]:
    """What is wrong with where a span lies and with the text it says it covers."""
    start, end = span["start"], span["end"]
    if start >= end:
        return [Finding((*path, "end"), "span-empty", {"start": start, "value": end})]
    if end > len(text):
        return [Finding((*path, "end"), "span-outside", {"value": end, "length": len(text)})]
    found: list[Finding] = []
    if "fragments" in wrong or _is_one(span["fragments"], start, end):
        covered = text[start:end]
        pieces = [(start, end)]
    else:
        found = _fragments(span["fragments"], start, end, (*path, "fragments"))
        if wrong_keys(found):
            return found
        pieces = [(piece["start"], piece["end"]) for piece in span["fragments"]]
        covered = " ".join(text[first:last] for first, last in pieces)
    if "text" not in wrong and span["text"] != covered:
        shown: dict[str, object] = {"value": span["text"][:_SHOWN], "expected": covered[:_SHOWN]}
        return [*found, Finding((*path, "text"), "surface-mismatch", shown)]
    return [*found, *_cuts(text, pieces, path)]


def _is_one(fragments: Any, start: int, end: int) -> bool:
    if fragments != [{"start": start, "end": end}]:
        return False
    only = fragments[0]
    return tuple(only) == form.FRAGMENT.names and type(only["start"]) is int and type(only["end"]) is int


def _fragments(fragments: list[Any], start: int, end: int, path: Path) -> list[Finding]:
    if not fragments:
        return [Finding(path, "fragments-none")]
    found = entry_findings(fragments, form.FRAGMENT, path)
    if wrong_keys(found):
        return found
    return [*found, *_fragment_order(fragments, start, end, path)]


def _fragment_order(fragments: list[_Object], start: int, end: int, path: Path) -> Iterator[Finding]:
    reached = 0
    for place, piece in enumerate(fragments):
        if piece["start"] >= piece["end"]:
            yield Finding((*path, place, "end"), "span-empty", {"start": piece["start"], "value": piece["end"]})
        if piece["start"] < reached:
            yield Finding((*path, place, "start"), "fragments-order")
        reached = piece["end"]
    for place, name, value, expected in (
        (0, "start", fragments[0]["start"], start),
        (len(fragments) - 1, "end", reached, end),
    ):
        if value != expected:
            yield Finding((*path, place, name), "fragments-apart", {"value": value, "expected": expected})


def _cuts(text: str, pieces: _Pieces, path: Path) -> list[Finding]:
    found = []
    for start, end in pieces:
        if grapheme_start(text, start) != start:
            found.append(Finding((*path, "start"), "grapheme-cut", {"value": start}))
        if grapheme_start(text, end) != end:
            found.append(Finding((*path, "end"), "grapheme-cut", {"value": end}))
    return found
