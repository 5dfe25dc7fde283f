"""Articles that show suggestions beside those that are kept free of them: what work went into each group."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from app.store import effort, settings
from app.store.effort import Made
from app.store.looking import look
from app.suggesting import SETTINGS, is_without

PAUSE: Final = 300.0
"""Whoever makes no step for longer than these seconds does something else."""


class Group(NamedTuple):
    """A group of articles, each as one annotator worked on it; per article, where there are any.

    `seconds` is the median of those that time is known of (`timed`), else None. A change is a step, or its undoing.
    """

    articles: int
    finished: int
    timed: int
    seconds: float | None
    changes: float | None
    spans: float | None


class Comparison(NamedTuple):
    """Both groups, and which `share` of a hundred articles the project keeps free of suggestions now."""

    share: int
    with_suggestions: Group
    without: Group


def compare(project: Path) -> Comparison:
    """The two groups, as the project parts them now. Raises ProjectError; nothing is written."""
    with look(project) as database, database.reading() as connection:
        share = int(json.loads(settings.read(connection, SETTINGS) or "{}").get("share_without", 0))
        worked = effort.layers(connection)
        changes, seconds = _spent(effort.steps(connection))
    groups: dict[bool, list[effort.Worked]] = {True: [], False: []}
    for one in worked:
        groups[is_without(one.document, share)].append(one)
    return Comparison(share, *(_group(groups[without], changes, seconds) for without in (False, True)))


def _spent(steps: Iterable[Made]) -> tuple[Mapping[int, int], Mapping[int, float]]:
    """By layer how many changes there were, and the time before each of them since the one before."""
    changes: Counter[int] = Counter()
    seconds: defaultdict[int, float] = defaultdict(float)
    before: dict[str, datetime] = {}
    for one in steps:
        changes[one.layer] += 1
        at = datetime.fromisoformat(one.at)
        last = before.get(one.annotator)
        before[one.annotator] = at
        if last is not None and 0 <= (at - last).total_seconds() <= PAUSE:
            seconds[one.layer] += (at - last).total_seconds()
    return changes, seconds


def _group(worked: list[effort.Worked], changes: Mapping[int, int], seconds: Mapping[int, float]) -> Group:
    times = [seconds[one.layer] for one in worked if one.layer in seconds]
    count = len(worked)
    return Group(
        count,
        sum(one.is_finished for one in worked),
        len(times),
        round(median(times), 1) if times else None,
        round(sum(changes[one.layer] for one in worked) / count, 2) if count else None,
        round(sum(one.spans for one in worked) / count, 2) if count else None,
    )
