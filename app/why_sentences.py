"""What each reason for a suggestion says, by the code of its `Why`."""

from __future__ import annotations

from app.sentences import N_, Counted
from app.suggest.base import Why
from app.wording import sentence

WHY: dict[str, str | Counted] = {
    "learned": N_("Learned from your labels, certainty {percent}%"),
    "your-label": N_("Your label ×{count}"),
    "repeats-mark": N_("Repeats a mark of this article"),
    "came-with-file": N_("Came with an imported file ({name})"),
    "known-place": N_("{name} is the name of a place"),
    "harm-and-count": Counted("A word of harm, and {count} person", "A word of harm, and {count} people", "count"),
    "said-by": N_("A word of saying: {cue}"),
}


def describe_why(why: Why) -> str:
    """Why something is suggested, in a few words of the language in use."""
    return sentence(WHY, why.code, why.values)
