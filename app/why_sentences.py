"""What each reason for a suggestion says, by the code of its `Why`."""

from __future__ import annotations

from app.sentences import N_, Counted
from app.suggest.base import Why
from app.wording import _, sentence

WHY: dict[str, str | Counted] = {
    "learned": N_("Learned from your labels, certainty {percent}%"),
    "your-label": N_("Your label ×{count}"),
    "repeats-mark": N_("Repeats a mark of this article"),
    "came-with-file": N_("Came with an imported file ({name})"),
    "known-place": N_("A known name of a place"),
    "place-by-kind": N_("Stands after a word for a kind of place"),
    "harm-and-count": Counted("A word of harm, and {count} person", "A word of harm, and {count} people", "count"),
    "added-source": N_("Suggested by {name}"),
    "said-by": N_("A word of saying: {cue}"),
}

SOURCES: dict[str, str] = {
    "repetition": N_("What repeats in the article"),
    "dictionary": N_("What was labelled before"),
    "casualties": N_("Casualties and their counts"),
    "quotes": N_("Quotes and who speaks"),
    "gazetteer": N_("Names of places"),
    "crf": N_("Learned from your labels"),
}
"""What sources are called, by their names; one that was added is called as it calls itself."""


def source_title(name: str) -> str:
    """What a source is called in the language in use."""
    return _(SOURCES[name]) if name in SOURCES else name


def describe_why(why: Why) -> str:
    """Why something is suggested, in a few words of the language in use."""
    return sentence(WHY, why.code, why.values)
