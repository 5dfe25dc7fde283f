"""What is remembered of the labels of a project and of what became of suggestions: a value that sources are given."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache

from app.text.folding import Folded

Form = tuple[str, str]
"""A label, and a surface as `folded_form` has it."""
Place = tuple[str, int, int]
"""A label, and the stretch that was suggested for it."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What counts for or against suggestions.

    `taken`: how often each form carries its label in the project; `seen`: how often a folded word stands in finished
    articles, labelled or not. `rejected`: forms that are not suggested; `here`: places of the article at hand that
    somebody decided about. `record`: by source and label, how many suggestions were taken as they stood and how many
    were decided; `woken`: those that are shown whatever their record is. Where `taken` is followed from step to step,
    `touched` has the surface of each form that changed, the newest last, with a number that grows from change to
    change: who has kept what followed from `taken` need not look at all of it.
    """

    taken: Mapping[Form, int] = field(default_factory=dict)
    rejected: Set[Form] = frozenset()
    record: Mapping[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    woken: Set[tuple[str, str]] = frozenset()
    seen: Mapping[str, int] = field(default_factory=dict)
    here: Set[Place] = frozenset()
    touched: dict[str, int] = field(default_factory=dict)


@lru_cache(maxsize=8192)
def folded_form(surface: str) -> str:
    """What surfaces that count as one have in common: folded, with one blank between words."""
    return " ".join(Folded(surface).text.split())
