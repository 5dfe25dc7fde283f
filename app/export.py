"""The annotated articles of a project, written in any format to a place of the user's choosing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from app.delivery.card import UNKNOWN_LICENCE
from app.delivery.making import Exported, Wishes, check, make
from app.delivery.parts import Cut
from app.delivery.writing import compression_of, is_still, told_of
from app.errors import CallError, ProjectError
from app.formats.registry import named
from app.gathering import Articles
from app.model.record import Record
from app.publish import publish
from app.store import disk, fingerprint, publishing, settings
from app.store.engine import Database, Transaction
from app.store.looking import look
from app.store.publishing import Candidate


class Chosen(NamedTuple):
    """Which annotations of a project are meant: those at `statuses`, by `annotators`, with `labels`; none: all."""

    statuses: tuple[str, ...] = ()
    annotators: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


def export(
    project: Path,
    out: Path,
    progress: Callable[[int], None] = lambda written: None,
    *,
    format: str = "native",
    statuses: tuple[str, ...] = (),
    annotators: tuple[str, ...] = (),
    labels: tuple[str, ...] = (),
    split: tuple[int, ...] = (),
    seed: int = 0,
    shards: int = 1,
    compress: str = "",
    alignment: str = "split",
    licence: str = UNKNOWN_LICENCE,
    force: bool = False,
) -> Exported:
    """Write the articles of `project` that are no longer new: whole, the same bytes for the same annotations.

    Beside `out` come its card and, where there is something to say, its features and its report of losses. What
    `progress` raises, when told how many articles are written, stops the export. Raises CallError for wishes that
    cannot be met and for an `out` that is not this project's own earlier export, unless `force` is set, ProjectError
    when there is nothing to write, and SourceError when it cannot be written; in all cases nothing has changed.
    """
    project, out = project.resolve(), out.resolve()
    wishes = Wishes(named(format), Cut(split, seed, shards), compress or compression_of(out), alignment, licence, force)
    chosen = Chosen(statuses, annotators, labels)
    check(wishes)
    with look(project) as database, database.reading() as connection:
        candidates = [one for one in publishing.candidates(connection) if _is_chosen(one, chosen)]
        if not candidates:
            raise ProjectError("nothing-to-export", file=str(project))
        _refuse_project(project, out)
        ours = out == publishing.target(connection, project)
        if not ours:
            source = Articles(connection, candidates, chosen.labels, progress, project)
            return make(source, out, wishes, _Memory(project, connection))
        if wishes._replace(force=False, licence=UNKNOWN_LICENCE) != Wishes(named("native")) or chosen != Chosen():
            raise CallError("output-is-training-file", file=str(out))
        spans = sum(one.spans for one in candidates)
    # The file beside the project has more to it: the project must know it again.
    publish(project)
    return Exported(out, (out,), len(candidates), spans, 0, out.stat().st_size)


def records_of_project(project: Path) -> Iterator[Record]:
    """What `export` would write of `project`, record by record."""
    with look(project) as database, database.reading() as connection:
        candidates = publishing.candidates(connection)
        yield from Articles(connection, candidates, project=project).records(lambda id: True)


class _Memory:
    """What a project knows of its earlier exports."""

    def __init__(self, project: Path, connection: Transaction) -> None:
        self._project = project
        self._connection = connection

    def knows(self, path: Path) -> bool:
        """Whether `path` is as this project has exported it."""
        earlier = fingerprint.parse(settings.read(self._connection, _name(path)))
        with told_of(path):
            return earlier is not None and is_still(earlier, path)

    def note(self, made: dict[Path, fingerprint.Fingerprint]) -> None:
        """Note what is exported, so that it is known again. What cannot be noted is exported all the same."""
        with suppress(ProjectError), closing(Database(self._project)) as database, database.writing() as connection:
            for path, known in made.items():
                settings.write(connection, _name(path), known.stored())


def _is_chosen(one: Candidate, chosen: Chosen) -> bool:
    statuses, annotators = chosen.statuses, chosen.annotators
    return (not statuses or one.status in statuses) and (not annotators or one.annotator in annotators)


def _refuse_project(project: Path, out: Path) -> None:
    if out in disk.files_of(project):
        raise CallError("output-is-project", file=str(out))


def _name(out: Path) -> str:
    return f"exported {out}"
