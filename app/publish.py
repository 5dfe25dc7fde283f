"""The training file beside a project: written whole, and put in its place in one move."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from app.errors import HashiyaError, SourceError
from app.formats.native import encode_pieces
from app.store import disk, publishing
from app.store.engine import Database, Transaction
from app.store.fingerprint import Fingerprint
from app.store.publishing import Layers, Plan

LARGE_BYTES: Final = 20 * 1024 * 1024
"""Above this a training file is written on request and on closing only."""

ShouldStop = Callable[[], bool]


class Published(NamedTuple):
    """What became of a publication: `finished` is False when it was stopped, and then the file is as it was."""

    path: Path
    finished: bool = True
    lines: int = 0
    size: int = 0
    notices: tuple[HashiyaError, ...] = ()


class _Stopped(Exception):
    """Somebody asked for the rest not to be written."""


def publish(project: Path, *, should_stop: ShouldStop = lambda: False) -> Published:
    """Bring the training file of the project up to date, from any thread.

    It holds the accepted spans of every layer that says something of an article, unless that is still new. Nothing is
    written before an article was begun. Raises SourceError when the file cannot be written and ProjectError when an
    article is damaged; then, and when stopped, the file is as it was.
    """
    database = Database(project)
    try:
        with database.reading() as connection:
            plan = publishing.plan(connection, project)
            if not plan.needed:
                return Published(plan.target)
            making = project.with_name(f".{project.name}.{secrets.token_hex(4)}.part")
            made = write_new(making, plan.target, pieces(connection, plan.layers, should_stop))
        return _put_in_place(database, making, plan, made)
    except _Stopped:
        return Published(plan.target, finished=False)
    finally:
        database.close()


def pieces(connection: Transaction, layers: Layers, should_stop: ShouldStop) -> Iterator[bytes]:
    """The content of a training file that holds `layers`, in pieces."""
    for layer, document in layers:
        line = publishing.line(connection, layer, document)
        for piece in encode_pieces(line.record, line.spans):
            if should_stop():
                raise _Stopped
            yield piece


def write_new(making: Path, target: Path, content: Iterator[bytes]) -> Fingerprint:
    """Write `content` to the new file `making`, durably; the fingerprint it will have under the name of `target`.

    Raises SourceError when it cannot be written; then, and after any other error, there is no file `making`.
    """
    digest = hashlib.sha256()
    with named(target), gone_unless_finished(making), making.open("xb") as stream:
        for piece in content:
            digest.update(piece)
            stream.write(piece)
        stream.flush()
        os.fsync(stream.fileno())
    now = making.stat()
    return Fingerprint(target.name, digest.hexdigest(), now.st_size, now.st_mtime_ns)


def _put_in_place(database: Database, making: Path, plan: Plan, made: Fingerprint) -> Published:
    with named(plan.target), gone_unless_finished(making):
        # Noted before the move: should we die in between, the next run knows the file as its own.
        with database.writing() as connection:
            publishing.about_to_write(connection, made)
        making.replace(plan.target)
        disk.flush_folder(plan.target.parent)
    with database.writing() as connection:
        publishing.has_written(connection, made, plan.seq)
    # What a step must not wait for is done here, while the hand rests.
    database.pragma("wal_checkpoint(PASSIVE)")
    return Published(plan.target, True, len(plan.layers), made.size, _to_tell(plan))


def _to_tell(plan: Plan) -> tuple[HashiyaError, ...]:
    if plan.target in (plan.wished, plan.former):
        return ()
    return (SourceError("training-file-taken", file=plan.wished.name, written=plan.target.name),)


@contextmanager
def named(target: Path) -> Iterator[None]:
    """What the system refuses below is told of the training file `target`, as a SourceError."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SourceError("training-file-unwritable", file=str(target), reason=reason) from error


@contextmanager
def gone_unless_finished(making: Path) -> Iterator[None]:
    """Nothing is left of the file `making` when anything below is raised."""
    try:
        yield
    except BaseException:
        disk.discard(making)
        raise
