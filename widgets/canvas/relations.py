"""The relations of an article by the spans that they link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from app.model.annotation import Relation


class PlacedRelations:
    """The relations of one article, found by the spans that they link."""

    def __init__(self, relations: Iterable[Relation] = ()) -> None:
        self._of: defaultdict[str, dict[str, Relation]] = defaultdict(dict)
        self.exchange((), relations)

    def of(self, span: str) -> list[Relation]:
        """The relations that `span` is an end of."""
        return sorted(self._of[span].values()) if span in self._of else []

    def has(self, span: str) -> bool:
        """Whether `span` is linked to another."""
        return span in self._of

    def exchange(self, removed: Iterable[Relation], added: Iterable[Relation]) -> None:
        """Take relations out and put relations in."""
        for relation in removed:
            for end in (relation.head, relation.child):
                self._of[end].pop(relation.id, None)
                if not self._of[end]:
                    del self._of[end]
        for relation in added:
            for end in (relation.head, relation.child):
                self._of[end][relation.id] = relation
