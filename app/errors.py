"""What can go wrong, as values.

HashiyaError          a code and its values; the wording is made at the edge (app.wording)
├── CallError         the call makes no sense (exit status 2)
│   ├── SearchFaulty  what is to be searched for is no regular expression
│   └── SearchStopped a search took too long
├── SourceError       a file or folder cannot be read or written as asked
│   └── FaultyFile    a file was read, and these faults were found in it
├── ProjectError      a project file is not one, is newer than this program, or is damaged
└── EditRefused       an edit that cannot be made now
    └── AnnotatorUnknown   nobody has said yet whose annotations these are
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class HashiyaError(Exception):
    """An error with a stable `code` and the `values` its wording needs (paths and texts as `str`)."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __reduce__(self) -> tuple[Callable[..., HashiyaError], tuple[object, ...]]:
        """So that it can come from another process."""
        return _again, (type(self), self.args, self.__dict__)

    def __str__(self) -> str:
        said = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.code}({said})"


def _again(kind: type[HashiyaError], told: tuple[object, ...], held: dict[str, Any]) -> HashiyaError:
    made = kind.__new__(kind, *told)
    made.__dict__.update(held)
    return made


class CallError(HashiyaError):
    """The caller asked for something that makes no sense."""


class SearchFaulty(CallError):
    """What is to be searched for is no regular expression; `reason` is in English, as its library says it."""

    def __init__(self, pattern: str, reason: str) -> None:
        super().__init__("search-faulty", pattern=pattern, reason=reason)


class SearchStopped(CallError):
    """A search was given up because it took too long."""

    def __init__(self, pattern: str) -> None:
        super().__init__("search-stopped", pattern=pattern)


class SourceError(HashiyaError):
    """A file or folder cannot be read or written as asked."""


class ProjectError(HashiyaError):
    """A project cannot be opened, or not by this version."""


class EditRefused(HashiyaError):
    """An edit that cannot be made now; nothing was changed."""


class AnnotatorUnknown(EditRefused):
    """Raised by the first edit of a project, until `Session.set_annotator` was called."""

    def __init__(self) -> None:
        super().__init__("annotator-unknown")


class Fault(NamedTuple):
    """One thing wrong with one line of a file: `line` from 1 (0: the whole file), `field` like `spans[2].end`."""

    file: str
    line: int
    field: str
    code: str
    values: dict[str, object] = {}  # noqa: RUF012 - never mutated, and a NamedTuple holds no factory


class FaultyFile(SourceError):
    """A file with faults in it; `faults` names each."""

    def __init__(self, code: str, faults: tuple[Fault, ...], **values: object) -> None:
        super().__init__(code, **values)
        self.faults = faults
