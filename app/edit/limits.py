"""What the schema's rules forbid a span: its own kind under it, several pieces, too many words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.errors import EditRefused
from app.model.annotation import Annotations, Fragment, Span
from app.model.overlaps import overlap
from app.model.schema import Label
from app.text.tokens import count_words

Pieces = tuple[Fragment, ...]
Overlapping = Callable[[Pieces], Iterable[str]]
"""Gives the ids of the accepted spans of one label that overlap these pieces."""


def refusal(
    text: str, label: Label | None, fragments: Pieces, overlapping: Overlapping, before: Span | None = None
) -> EditRefused | None:
    """Why no span called `label` may cover `fragments`, or None: the first rule that would be broken.

    `before` is the span as it is now: what it breaks already it may go on breaking, but no further.
    """
    if label is None:
        return None
    rules, was = label.rules, before.fragments if before else ()
    if not rules.discontinuous and len(fragments) > max(1, len(was)):
        return EditRefused("may-not-be-discontinuous", label=label)
    if rules.longest_words is not None:
        most = max(rules.longest_words, _words(text, was))
        if _words(text, fragments, most) > most:
            return EditRefused("too-many-words", label=label, limit=rules.longest_words)
    if not rules.overlap_own and (there := set(overlapping(fragments)) - set(overlapping(was))):
        return EditRefused("overlaps-own-label", label=label, span=min(there))
    return None


def own_kind(annotations: Annotations, label: str) -> Overlapping:
    """Looks through all spans: for one question, not for many."""

    def overlapping(fragments: Pieces) -> Iterable[str]:
        return (
            span.id
            for span in annotations.spans.values()
            if span.label == label and span.status == "accepted" and overlap(fragments, span.fragments)
        )

    return overlapping


def _words(text: str, fragments: Pieces, most: int | None = None) -> int:
    """How many words the pieces hold; above `most` it is not counted on."""
    count = 0
    for start, end in fragments:
        count += count_words(text, start, end, most)
        if most is not None and count > most:
            break
    return count
