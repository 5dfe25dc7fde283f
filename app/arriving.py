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
from app.sampling import sources
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
    """Take each file, and each file of a folder, into the project; what cannot be read is told and the others taken.

    `progress` hears how many articles were read in all; what it raises stops it, and of the file that is being read
    nothing stays. `taken` hears of each file when it is in the project. Raises ProjectError.
    """
    reports: list[ImportReport] = []
    errors: list[HashiyaError] = []
    read = 0
    with closing(Database(project)) as database:
        for path, wishes in paths:
            for file in sources(path):
                so_far = read

                def heard(count: int, so_far: int = so_far) -> None:
                    nonlocal read
                    read = so_far + count
                    progress(read)

                try:
                    reports.append(take_in(database, file, moment(time.time()), report, heard, wishes))
                except (FaultyFile, SourceError) as error:
                    errors.append(error)
                else:
                    taken(reports[-1])
    return Arrival(tuple(reports), tuple(errors))
