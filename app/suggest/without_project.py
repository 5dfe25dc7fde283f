"""What is suggested written as records, whose spans nobody has decided about; and what is asked without a project."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from typing import Final

from app.errors import CallError
from app.model.annotation import Annotations, Fragment, Relation, Span
from app.model.record import Record
from app.model.schema import Schema
from app.suggest.base import Article
from app.suggest.combine import Offered, combine
from app.suggest.memory import Memory
from app.suggest.sources import Sources

SOURCES: Final = ("casualties", "quotes", "gazetteer")
"""The sources that ship and need no label made before."""
ANY_LENGTH: Final = 1 << 40


class Alone:
    """Suggestions for articles that stand alone, by `sources`; see `choose` for those that are not to be asked."""

    def __init__(self, sources: Sources, schema: Schema, threshold: float) -> None:
        self.sources = sources
        self._schema, self._threshold = schema, threshold

    def suggested(self, record: Record) -> Record:
        """`record` with what is suggested in its text, and nothing else."""
        article = Article(record.document.id, record.document.text, Annotations(), self._schema)
        return as_record(record, article, combine(article, self.sources.of_text(article), Memory(), self._threshold))


def choose(sources: Sources, wanted: Collection[str], known: Collection[str]) -> None:
    """Have `sources` ask only those that are wanted, of those that are `known`. Raises CallError for any other."""
    for name in wanted or ("",):
        if name not in known:
            raise CallError("no-such-source", value=name, sources=", ".join(known))
    sources.off = [name for name in sources.names if name not in wanted]


def as_record(record: Record, article: Article, offered: Iterable[Offered]) -> Record:
    """`record` with what is offered for its `article` and nothing else; no span of it is anybody's decision.

    Spans have the status `suggested`, their source and their confidence; a relation joins two that are both there.
    """
    there = list(offered)
    digest = sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    spans = {one.suggestion[:3]: _span(digest, one) for one in there}
    return record._replace(
        annotations=Annotations.of(spans.values(), list(_relations(there, spans))),
        annotator="",
        schema_name=article.schema.name,
        schema_version=article.schema.version,
    )


def _span(digest: str, offered: Offered) -> Span:
    """The same text gets the same ids, whoever asks and whenever."""
    one = offered.suggestion
    return Span(
        sha256(f"{digest} {offered.id}".encode()).hexdigest()[:16],
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
        head = spans[one.suggestion[:3]]
        for link in one.suggestion.links:
            child = spans.get((link.label, link.start, link.end))
            if child is not None:
                id = sha256(f"{head.id} {link.relation} {child.id}".encode()).hexdigest()[:16]
                yield Relation(id, link.relation, head.id, child.id, source=head.source, score=head.score)
