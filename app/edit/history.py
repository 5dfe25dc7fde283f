"""What undo and redo take: a thin policy over the log.

Undo follows the article: it takes back the last step made in it, or a bulk step that came later. A bulk step goes
back everywhere at once, save in articles where later work stands on it: there it stays. Later work stands on it also
where the part would fit, but what came after it could no longer be taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from app.edit.steps import Step
from app.model.annotation import Annotations


class Turn(NamedTuple):
    """The step to carry out now, and the ids of the documents whose part of it stays as it is."""

    step: Step
    left: tuple[str, ...] = ()


def turn(
    step: Step, values: Mapping[str, Annotations], later: Callable[[str], Iterable[Step]] = lambda _document: ()
) -> Turn:
    """The parts of `step` that fit `values` (annotations by document id), and the documents where it does not fit.

    `later` gives what was done in a document since, as it will be turned, the newest first. Documents that `values`
    does not name take no part: their part was turned before, or dropped.
    """
    wanted = [change for change in step.changes if change.document in values]
    fitting = tuple(
        change for change in wanted if fits(values[change.document], step, change.document, later(change.document))
    )
    stay = tuple(change.document for change in wanted if change not in fitting)
    return Turn(step._replace(changes=fitting), stay)


def fits(annotations: Annotations, step: Step, document: str, later: Iterable[Step] = ()) -> bool:
    """Whether the part of `step` for `document` can be carried out on `annotations`, and `later` after it."""
    if step.change_of(document) is None:
        return False
    try:
        for one in (step, *later):
            change = one.change_of(document)
            annotations = annotations if change is None else annotations.apply(change)
    except ValueError:
        return False
    return True
