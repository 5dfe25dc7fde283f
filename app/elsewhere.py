"""Long work in a process of its own: a window that waits for it goes on answering, which a thread would hinder."""

from __future__ import annotations

import copyreg
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from app.errors import HashiyaError

WORTH_IT: Final = 4_000_000
"""From how many bytes on, read or to be written, a process of its own is worth the third of a second it takes."""

_SECONDS: Final = 0.05
_TIDYING: Final = 5.0
_TOLD, _DONE, _FAILED = "told", "done", "failed"

Hears = Sequence[Callable[[Any], object]]


def _view(held: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(held)


# Annotations and choices are made of such, which Python sends nowhere by itself.
copyreg.pickle(MappingProxyType, lambda view: (_view, (dict(view),)))


class _Unwanted(BaseException):
    """Nobody waits for the work any more. No Exception: nothing below may take it for a fault of its own."""


def elsewhere(work: Callable[..., Any], *arguments: Any, hears: Hears = ()) -> Any:
    """What `work(*arguments, *hears)` gives, done in another process; everything that goes there can be pickled.

    Each of `hears` takes one value and hears here what its counterpart is called with there, a moment later; of whole
    numbers, which say how far it is, only the last. What is raised on hearing such a number stops the work at its next
    word, and is raised when it has ended; if it was done before that word, what it gives is given. Raises the
    HashiyaError that the work raised, and RuntimeError when it ended in any other way.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, work, arguments, len(hears)), name="elsewhere")
    process.start()
    theirs.close()
    try:
        return _listen(ours, hears)
    finally:
        ours.close()
        process.join()
        process.close()


def where_fit(*paths: Path) -> Callable[..., Any]:
    """`elsewhere` where there is much in these files or one is a folder, else what does the same in this thread."""
    try:
        much = sum(WORTH_IT if path.is_dir() else path.stat().st_size for path in paths) >= WORTH_IT
    except OSError:
        much = False  # who reads it says so better
    return elsewhere if much else _here


def _here(work: Callable[..., Any], *arguments: Any, hears: Hears = ()) -> Any:
    return work(*arguments, *hears)


def _listen(ours: Connection, hears: Hears) -> Any:
    stopped: BaseException | None = None
    while True:
        try:
            kind, value, told = ours.recv()
        except (EOFError, OSError):
            raise stopped or RuntimeError("the other process has ended without a word") from None
        for number, said in told:
            try:
                if not (stopped or kind == _DONE) or not isinstance(said, int):
                    hears[number](said)
            except BaseException as raised:  # noqa: BLE001 - it is raised when the work has ended
                stopped = raised
                with suppress(OSError):
                    ours.send(None)
        if kind == _DONE:
            return value
        if kind == _FAILED:
            raise stopped or (value if isinstance(value, HashiyaError) else RuntimeError(value))


class _Telling:
    """What the work is called with in its process: keeps what it is told, and sends it from time to time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: list[tuple[int, Any]] = []
        self._reached: dict[int, int] = {}
        self._sent = time.monotonic()

    def hear(self, number: int) -> Callable[[Any], None]:
        """The counterpart of the hearer with this number."""

        def heard(value: Any) -> None:
            if isinstance(value, int):
                self._reached[number] = value
            else:
                self._waiting.append((number, value))
            if time.monotonic() - self._sent > _SECONDS:
                self.send()

        return heard

    def send(self) -> None:
        """Send what waits. Raises _Unwanted when nobody is there for it."""
        try:
            if self._connection.poll():
                raise _Unwanted
            self.end(_TOLD, None)
        except OSError:
            raise _Unwanted from None
        self._sent = time.monotonic()

    def end(self, kind: str, value: Any) -> None:
        """Send what waits, with that."""
        self._connection.send((kind, value, [*self._waiting, *self._reached.items()]))
        self._waiting.clear()
        self._reached.clear()


def end_with_parent() -> None:
    """Have this process end some seconds after the one that started it, however that ended: nobody wants its work.

    Work that is told so before, by the connection, has the time to tidy up.
    """
    if (parent := multiprocessing.parent_process()) is not None:
        threading.Thread(target=_outlive, args=(parent,), name="outliving", daemon=True).start()


def _outlive(parent: Any) -> None:
    parent.join()
    time.sleep(_TIDYING)
    os._exit(1)


def _work(theirs: Connection, work: Callable[..., Any], arguments: tuple[Any, ...], hears: int) -> None:
    """What the other process does."""
    end_with_parent()
    telling = _Telling(theirs)
    try:
        kind, value = _DONE, work(*arguments, *map(telling.hear, range(hears)))
    except _Unwanted:
        return
    except HashiyaError as error:
        kind, value = _FAILED, error
    except Exception as error:  # noqa: BLE001 - it is told of where somebody waits
        kind, value = _FAILED, f"{type(error).__name__}: {error}"
    with suppress(OSError):
        telling.end(kind, value)
