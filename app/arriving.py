"""Files taken into a project that another thread may have open: each of them whole or not at all."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from app.errors import Fault, FaultyFile, HashiyaError, SourceError
from app.intake import ImportReport, Wishes, take_in
from app.model.moment import moment
from app.store.engine import Database


class Arrival(NamedTuple):
    """What became of several files: a report of each that was taken, the error of each that was not."""

    reports: tuple[ImportReport, ...] = ()
    errors: tuple[HashiyaError, ...] = ()

    @property
    def documents(self) -> int:
        """How many articles are new."""
        return sum(report.documents for report in self.reports)


def arrive(
    project: Path,
    paths: Sequence[tuple[Path, Wishes]],
    report: Callable[[Fault], None],
    progress: Callable[[int], None],
    taken: Callable[[ImportReport], None] = lambda taken: None,
) -> Arrival:
    """Take each file or folder into the project; of what cannot be read the error is kept, and the others are taken.

    `progress` hears how many articles were read in all; what it raises stops it, and of the file that is being read
    nothing stays. `taken` hears of each file when it is in the project. Raises ProjectError.
    """
    reports: list[ImportReport] = []
    errors: list[HashiyaError] = []
    read = 0
    with closing(Database(project)) as database:
        for path, wishes in paths:
            before = read

            def heard(count: int, before: int = before) -> None:
                nonlocal read
                read = before + count
                progress(read)

            try:
                reports.append(take_in(database, path, moment(time.time()), report, heard, wishes))
            except (FaultyFile, SourceError) as error:
                errors.append(error)
            else:
                taken(reports[-1])
    return Arrival(tuple(reports), tuple(errors))
