"""What the training file holds, written to a place of the user's choosing."""

from __future__ import annotations

import os
import secrets
from contextlib import closing, suppress
from pathlib import Path

from app.errors import CallError, ProjectError
from app.publish import Published, gone_unless_finished, named, pieces, publish, write_new
from app.store import disk, fingerprint, publishing, settings
from app.store.engine import Database, Transaction
from app.store.fingerprint import Fingerprint
from app.store.looking import look


def export(project: Path, out: Path, *, force: bool = False) -> Published:
    """Write the articles of `project` that are no longer new to `out`: whole, in one move, the same bytes each time.

    Raises CallError for an `out` that is not this project's own earlier export, unless `force` is set, ProjectError
    when there is nothing to write, and SourceError when it cannot be written; in all cases `out` is as it was.
    """
    project, out = project.resolve(), out.resolve()
    with look(project) as database, database.reading() as connection:
        layers = publishing.layers_to_write(connection)
        if not layers:
            raise ProjectError("nothing-to-export", file=str(project))
        ours = out == publishing.target(connection, project)
        if not ours:
            _refuse(connection, project, out, force=force)
            making = out.with_name(f".{out.name}.{secrets.token_hex(4)}.part")
            made = write_new(making, out, pieces(connection, layers, lambda: False))
    if ours:
        # The file beside the project has more to it: the project must know it again.
        publish(project)
        return Published(out, True, len(layers), out.stat().st_size)
    with named(out), gone_unless_finished(making):
        _remember(project, out, made)
        making.replace(out)
        disk.flush_folder(out.parent)
    return Published(out, True, len(layers), made.size)


def _refuse(connection: Transaction, project: Path, out: Path, *, force: bool) -> None:
    if out.is_dir():
        raise CallError("output-is-directory", file=str(out))
    if out == project or out.name in (f"{project.name}-wal", f"{project.name}-shm"):
        raise CallError("output-is-project", file=str(out))
    if force or not os.path.lexists(out):
        return
    earlier = fingerprint.parse(settings.read(connection, _name(out)))
    with named(out):
        if earlier is None or not earlier.fits(out):
            raise CallError("output-foreign", file=str(out))


def _remember(project: Path, out: Path, made: Fingerprint) -> None:
    """Note what was exported, so that it is known again; a project that cannot be written is exported all the same."""
    with suppress(ProjectError), closing(Database(project)) as database, database.writing() as connection:
        settings.write(connection, _name(out), made.stored())


def _name(out: Path) -> str:
    return f"exported {out}"
