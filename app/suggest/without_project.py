"""Suggestions for articles that stand alone: the sources that need no label made before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Final

from app.model.annotation import Annotations, Fragment, Relation, Span
from app.model.record import Record
from app.model.schema import Schema
from app.suggest.base import Article, Source
from app.suggest.casualties import Casualties
from app.suggest.combine import Offered, combine
from app.suggest.gazetteer import Gazetteer
from app.suggest.memory import Memory
from app.suggest.quotes import Quotes

SOURCES: Final[Mapping[str, Callable[[], Source]]] = {
    "casualties": Casualties,
    "quotes": Quotes,
    "gazetteer": Gazetteer,
}
"""Sources by the names that a person gives them."""


def suggested(record: Record, schema: Schema, sources: Iterable[Source], threshold: float) -> Record:
    """`record` with what `sources` would mark in its text and nothing else; no span of it is anybody's decision.

    Spans have the status `suggested`, their source and their confidence; a relation joins two that are both there.
    """
    article = Article(record.document.id, record.document.text, Annotations(), schema)
    found = [one for source in sources for one in source.suggest(article)]
    offered = combine(article, found, Memory(), threshold)
    spans = {(one.suggestion.label, one.suggestion.start, one.suggestion.end): _span(article, one) for one in offered}
    relations = list(_relations(offered, spans))
    return record._replace(
        annotations=Annotations.of(spans.values(), relations),
        annotator="",
        schema_name=schema.name,
        schema_version=schema.version,
    )


def _span(article: Article, offered: Offered) -> Span:
    """The same text gets the same ids, whoever asks and whenever."""
    one = offered.suggestion
    key = f"{sha256(article.text.encode('utf-8', 'surrogatepass')).hexdigest()} {offered.id}"
    return Span(
        sha256(key.encode()).hexdigest()[:16],
        one.label,
        (Fragment(one.start, one.end),),
        one.attributes,
        status="suggested",
        source=one.source,
        source_name=one.source_name,
        score=round(offered.confidence, 4),
    )


def _relations(offered: Iterable[Offered], spans: Mapping[tuple[str, int, int], Span]) -> Iterable[Relation]:
    for one in offered:
        head = spans[one.suggestion.label, one.suggestion.start, one.suggestion.end]
        for link in one.suggestion.links:
            child = spans.get((link.label, link.start, link.end))
            if child is not None:
                id = sha256(f"{head.id} {link.relation} {child.id}".encode()).hexdigest()[:16]
                yield Relation(id, link.relation, head.id, child.id, source=head.source, score=head.score)
