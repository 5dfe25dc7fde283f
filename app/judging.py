"""Problems of a whole project counted, article by article, while a window may have the project open."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from app.errors import ProjectError
from app.review.problems import problems
from app.store import annotations as sheets
from app.store import judged, schemas
from app.store.engine import Database
from app.store.judged import Judged

_AT_ONCE: Final = 50


def judge(project: Path, annotator: str, progress: Callable[[int], object] = lambda done: None) -> int:
    """Judge what `annotator` sees of the project and what was not judged as it is; how many articles that were.

    `progress` hears how many are looked at and kept; what it raises stops it. Articles that are
    damaged or that change meanwhile are left. Raises ProjectError, and FaultyFile for a schema that is damaged.
    """
    with closing(Database(project)) as database:
        with database.reading() as connection:
            number, schema = schemas.newest(connection), schemas.read(connection, project.name)
            waiting = judged.unknown(connection, annotator, number)
        done = 0
        for first in range(0, len(waiting), _AT_ONCE):
            found: list[Judged] = []
            for layer, document, changed in waiting[first : first + _AT_ONCE]:
                with suppress(ProjectError), database.reading() as connection:
                    sheet = sheets.load(connection, document, annotator)
                    if layer in (sheet.layer, sheet.origin):
                        count = len(problems(sheet.document.text, sheet.annotations, schema))
                        found.append(Judged(layer, changed, number, count))
            with database.writing() as connection:
                judged.note(connection, found)
            done += len(found)
            progress(min(first + _AT_ONCE, len(waiting)))
    return done
