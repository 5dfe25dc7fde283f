"""What each error and each fault says, by its code.

The English sentence is also the key of the catalogue. `{name}` stands for a value of the error; a value called
`file`, `line` or `field` of a fault is already said before its sentence. Every code that is raised has its sentence
here, and no sentence is without a code: tests/test_wording.py holds both.
"""

from __future__ import annotations

from typing import NamedTuple


class Counted(NamedTuple):
    """A sentence that follows a number: the value called `by` chooses between the forms."""

    one: str
    many: str
    by: str = "count"


def N_(msgid: str) -> str:
    """Mark `msgid` for the catalogue where it is too early to translate it."""
    return msgid


ERRORS: dict[str, str | Counted] = {
    "annotator-unknown": N_("Say first whose annotations these are: a name or a code of your choosing."),
    "nothing-selected": N_("Nothing is selected. Select some text first."),
    "already-there": N_("This stretch already carries that label."),
}

FAULTS: dict[str, str | Counted] = {}
