"""What a wish for articles asks, part by part, in words: for the chips that tell it and take it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from app.model.wish import Wish
from app.wording import _
from widgets.i18n import isolate

_NOTHING = Wish()


class Part(NamedTuple):
    """One part of a wish: its field, its value where there may be several, and how it is said."""

    field: str
    value: str
    said: str


def parts(wish: Wish, title: Callable[[str], str]) -> list[Part]:
    """What `wish` asks beyond text, status and order; `title` says what a label is called."""
    found = [Part("labels", label, isolate(title(label))) for label in wish.labels]
    if wish.annotator is not None:
        found.append(Part("annotator", "", isolate(wish.annotator) if wish.annotator else _("by nobody")))
    if wish.source:
        found.append(Part("source", "", isolate(wish.source)))
    if wish.address:
        found.append(Part("address", "", isolate(wish.address)))
    if wish.since:
        found.append(Part("since", "", _("from {date}").format(date=isolate(wish.since))))
    if wish.until:
        found.append(Part("until", "", _("to {date}").format(date=isolate(wish.until))))
    if wish.problems:
        found.append(Part("problems", "", _("with problems")))
    if wish.notes:
        found.append(Part("notes", "", _("with notes")))
    return found


def without(wish: Wish, part: Part) -> Wish:
    """The wish that does not ask for this part."""
    if part.field == "labels":
        return wish._replace(labels=tuple(label for label in wish.labels if label != part.value))
    return wish._replace(**{part.field: getattr(_NOTHING, part.field)})


def depends_on_annotations(wish: Wish) -> bool:
    """Whether what is said of an article may take it out of the list, or to another place in it."""
    asked = (wish.statuses, wish.flagged, wish.labels, wish.annotator is not None, wish.problems, wish.notes)
    return any(asked) or wish.sort in ("status", "spans")


def without_all(wish: Wish) -> Wish:
    """The order that is wished for, and nothing else."""
    return Wish(sort=wish.sort)
