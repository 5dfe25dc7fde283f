"""What a source of suggestions is given, and what it answers. Offsets are code points, half-open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from app.model.annotation import Annotations, Attribute
from app.model.schema import Schema


class Why(NamedTuple):
    """Why something is suggested: a code of `app.why_sentences`, and what its sentence is filled with."""

    code: str
    values: Mapping[str, str | int]


class Link(NamedTuple):
    """A relation `relation` that the suggested span would have to `[start, end)`, marked or suggested as `label`."""

    relation: str
    label: str
    start: int
    end: int


class Suggestion(NamedTuple):
    """A span that a source would mark. `score` is the source's own, from 0 to 1; `source` is one of a span's SOURCES.

    `source_name` says which source it is, and is what its record of acceptance goes by.
    """

    label: str
    start: int
    end: int
    source: str
    source_name: str
    score: float
    why: Why
    attributes: tuple[Attribute, ...] = ()
    links: tuple[Link, ...] = ()


class Article(NamedTuple):
    """A document as a source sees it: its text, what a person marked in it, and what the schema asks."""

    id: str
    text: str
    annotations: Annotations
    schema: Schema


class Source(Protocol):
    """One source: its name, which of a span's SOURCES it is, and what it would mark in an article, in any order.

    What it answers may overlap; what is marked already is left out by whoever combines.
    """

    name: str
    kind: str

    def suggest(self, article: Article) -> Iterable[Suggestion]: ...
