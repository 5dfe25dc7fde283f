"""What changed between two deliveries: articles that came and went, and what is marked in them otherwise than before.

Articles are the same when id and annotator are, the id alone where one delivery names no annotator. Spans are the same
when they lie at the same place under the same label; of the others, those of one id have changed. Times, and what
marked a span, are passed over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Set
from itertools import count
from typing import NamedTuple

from app.errors import Fault
from app.model.annotation import Annotations, Attribute, Relation, Span
from app.model.record import Record

Key = tuple[str, str, int]
Read = Callable[[], Iterator[Record | Fault]]


class Changed(NamedTuple):
    """How often something of a kind was `added`, `removed` or `changed`."""

    added: int = 0
    removed: int = 0
    changed: int = 0


class Detail(NamedTuple):
    """One change within an article: `how` ("added", "removed", "changed"), of `what`, with values before and after."""

    what: str
    how: str
    before: str = ""
    after: str = ""


class ArticleDifference(NamedTuple):
    """One article by one annotator: `how` it changed, and in what."""

    id: str
    annotator: str
    how: str
    details: tuple[Detail, ...] = ()


class Difference(NamedTuple):
    """All that changed, in the order of the new delivery, then of the old; `same` counts articles that did not."""

    articles: tuple[ArticleDifference, ...]
    same: int
    faults: tuple[Fault, ...] = ()

    def counted(self, what: str) -> Changed:
        """The changes of one kind: "articles", "spans", "attributes", "relations", "texts" …"""
        hows = [one.how for one in self.articles]
        if what != "articles":
            hows = [detail.how for one in self.articles for detail in one.details if detail.what == what]
        return Changed(hows.count("added"), hows.count("removed"), hows.count("changed"))


def compare(old: Read, new: Read) -> Difference:
    """What changed from `old` to `new`; each is read twice, and only what changed is held."""
    faults: list[Fault] = []
    before, after = list(_heads(old, faults)), list(_heads(new, faults))
    # Many formats know no annotators: what came back from one is compared all the same.
    named = any(one.annotator for one in before) and any(one.annotator for one in after)
    was, now = _by_key(before, named), _by_key(after, named)
    moved = {key for key, one in now.items() if key in was and was[key].digest != one.digest}
    earlier, later = _picked(old, moved, named), _picked(new, moved, named)
    articles = []
    for key, one in now.items():
        if key not in was:
            articles.append(ArticleDifference(one.id, one.annotator, "added"))
        elif key in moved:
            articles.append(_difference(one, earlier[key], later[key]))
    articles += [ArticleDifference(one.id, one.annotator, "removed") for key, one in was.items() if key not in now]
    same = sum(key in was for key in now) - len(moved)
    return Difference(tuple(articles), same, tuple(faults))


class _Head(NamedTuple):
    id: str
    annotator: str
    digest: bytes = b""


def _heads(read: Read, faults: list[Fault]) -> Iterator[_Head]:
    for record in _sound(read, faults):
        yield _Head(record.document.id, record.annotator, _digest(record))


def _by_key(heads: Iterable[_Head], named: bool) -> dict[Key, _Head]:
    found: dict[Key, _Head] = {}
    for one in heads:
        found[_key(one, named, found)] = one
    return found


def _key(head: _Head, named: bool, taken: Container[Key]) -> Key:
    """The id, the annotator where annotators are known, and a number for those that would be the same."""
    for number in count():
        key = head.id, head.annotator if named else "", number
        if key not in taken:
            return key
    raise AssertionError("there is always another number")


def _picked(read: Read, wanted: Set[Key], named: bool) -> dict[Key, Record]:
    seen: set[Key] = set()
    found = {}
    for record in _sound(read, []):
        key = _key(_Head(record.document.id, record.annotator), named, seen)
        seen.add(key)
        if key in wanted:
            found[key] = record
    return found


def _sound(read: Read, faults: list[Fault]) -> Iterator[Record]:
    for one in read():
        if isinstance(one, Fault):
            faults.append(one)
        else:
            yield one


def _digest(record: Record) -> bytes:
    annotations = record.annotations or Annotations()
    said = (
        record.document.text,
        sorted(_article(record)),
        sorted((_place(span), span.label, _said(span.attributes), span.note) for span in annotations.spans.values()),
        sorted((_link(one, annotations), _said(one.attributes)) for one in annotations.relations.values()),
    )
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).digest()


def _difference(head: _Head, old: Record, new: Record) -> ArticleDifference:
    before, after = old.annotations or Annotations(), new.annotations or Annotations()
    details = [*_details_of_article(old, new), *_spans(before, after), *_relations(before, after)]
    return ArticleDifference(head.id, head.annotator, "changed", tuple(details))


def _article(record: Record) -> Iterator[tuple[str, str]]:
    """What is said of an article as a whole."""
    state = (record.annotations or Annotations()).state
    yield "title", record.document.title
    yield "status", state.status + (" (flagged)" if state.flagged else "")
    yield "notes", state.note
    yield "fields", "; ".join(f"{pair.name}: {pair.value}" for pair in sorted(state.fields))
    yield "meta", "; ".join(f"{pair.name}: {pair.value}" for pair in sorted(record.document.meta))


def _details_of_article(old: Record, new: Record) -> Iterator[Detail]:
    if old.document.text != new.document.text:
        yield Detail("texts", "changed", f"{len(old.document.text)}", f"{len(new.document.text)}")
    for (what, before), (_what, after) in zip(_article(old), _article(new), strict=True):
        if before != after:
            yield Detail(what, "changed", before, after)


def _spans(before: Annotations, after: Annotations) -> Iterator[Detail]:
    old, new = _by_place(before), _by_place(after)
    for same in old.keys() & new.keys():
        _pair(old[same], new[same])
    gone = {span.id: span for spans in old.values() for span in spans}
    yield from _same_place(before, after)
    for spans in (new[place] for place in sorted(new)):
        for span in spans:
            was = gone.pop(span.id, None)
            if was is None:
                yield Detail("spans", "added", "", _shown(span))
            else:
                yield Detail("spans", "changed", _shown(was), _shown(span))
    for span in sorted(gone.values(), key=_identity):
        yield Detail("spans", "removed", _shown(span))


def _same_place(before: Annotations, after: Annotations) -> Iterator[Detail]:
    """What is said otherwise of spans that stayed where they were."""
    old, new = _by_place(before), _by_place(after)
    for place in sorted(old.keys() & new.keys()):
        for was, now in zip(old[place], new[place], strict=False):
            if _said(was.attributes) != _said(now.attributes):
                yield Detail("attributes", "changed", _told(was, was.attributes), _told(now, now.attributes))
            if was.note != now.note:
                yield Detail("notes", "changed", was.note, now.note)


def _pair(old: list[Span], new: list[Span]) -> None:
    """Take out as many spans as both have at one place."""
    both = min(len(old), len(new))
    del old[:both], new[:both]


def _relations(before: Annotations, after: Annotations) -> Iterator[Detail]:
    old = {_link(one, before): one for one in before.relations.values()}
    new = {_link(one, after): one for one in after.relations.values()}
    for link in sorted(new.keys() - old.keys()):
        yield Detail("relations", "added", "", " ".join(link))
    for link in sorted(old.keys() - new.keys()):
        yield Detail("relations", "removed", " ".join(link))
    for link in sorted(old.keys() & new.keys()):
        was, now = _said(old[link].attributes), _said(new[link].attributes)
        if was != now:
            yield Detail("relation-attributes", "changed", _listed(was), _listed(now))


def _by_place(annotations: Annotations) -> dict[tuple[str, str], list[Span]]:
    found: dict[tuple[str, str], list[Span]] = {}
    for span in annotations.ordered():
        found.setdefault(_identity(span), []).append(span)
    return found


def _identity(span: Span) -> tuple[str, str]:
    return _place(span), span.label


def _place(span: Span) -> str:
    return "+".join(f"{start:07}-{end:07}" for start, end in span.fragments)


def _link(relation: Relation, annotations: Annotations) -> tuple[str, str, str]:
    ends = (annotations.spans.get(id) for id in (relation.head, relation.child))
    head, child = (_shown(span) if span else "" for span in ends)
    return relation.label, head, child


def _said(attributes: Iterable[Attribute]) -> list[tuple[str, str]]:
    return sorted((one.name, one.value) for one in attributes)


def _shown(span: Span) -> str:
    return f"{span.label} " + "+".join(f"{start}-{end}" for start, end in span.fragments)


def _told(span: Span, attributes: Iterable[Attribute]) -> str:
    return f"{_shown(span)} ({_listed(_said(attributes)) or '–'})"


def _listed(pairs: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in pairs)
