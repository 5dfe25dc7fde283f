"""What undo and redo take: a thin policy over the log.

Undo follows the article: it takes back the last step made in it, or a bulk step that came later. A bulk step goes
back everywhere at once, save in articles where later work stands on it: there it stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from app.edit.steps import Step
from app.model.annotation import Annotations


class Turn(NamedTuple):
    """The step to carry out now, and the ids of the documents whose part of it stays as it is."""

    step: Step
    left: tuple[str, ...] = ()


def turn(step: Step, values: Mapping[str, Annotations]) -> Turn:
    """The parts of `step` that fit `values` (annotations by document id), and the documents where it does not fit.

    Documents that `values` does not name take no part: their part was turned before, or dropped.
    """
    wanted = [change for change in step.changes if change.document in values]
    fitting = tuple(change for change in wanted if fits(values[change.document], step, change.document))
    stay = tuple(change.document for change in wanted if change not in fitting)
    return Turn(step._replace(changes=fitting), stay)


def fits(annotations: Annotations, step: Step, document: str) -> bool:
    """Whether the part of `step` for `document` can be carried out on `annotations`."""
    change = step.change_of(document)
    if change is None:
        return False
    try:
        annotations.apply(change)
    except ValueError:
        return False
    return True
