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
    "no-display": N_(
        "There is no display to open a window on. Commands that need none: hashiya render, show, import, export, check."
    ),
    "display-silent": N_("The display {display} does not answer, so no window can be opened."),
    "library-missing": N_(
        "A window cannot be opened: {libraries} missing. On Debian or Ubuntu: sudo apt-get install {packages}"
    ),
    "schema-faulty": N_("{file} is no label schema that can be used."),
}

FAULTS: dict[str, str | Counted] = {
    "schema-unknown": N_("This is no label schema of Hashiya: its format is not hashiya-schema."),
    "schema-newer": N_("This label schema is of version {value}, which this version of Hashiya cannot read."),
    "labels-missing": N_("A label schema needs a list of labels, with one label at least."),
    "label-twice": N_("Two labels are called {value}."),
    "label-key-taken": N_("The key {value} belongs to the label {other} already."),
    "label-key-wrong": N_("A label's key is one digit from 1 to 9 or one letter from a to z, not {value}."),
    "colour-malformed": N_("A colour is written like #B93815, not {value}."),
    "name-malformed": N_("A name holds no spaces and is not empty, unlike this one: {value}"),
    "texts-missing": N_("One text at least is needed, by its language: ar or en."),
    "text-missing": N_("There is no text here."),
    "language-unknown": N_("A language is written with two or three small letters, like ar or en."),
    "key-unknown": N_("This key means nothing here."),
}
