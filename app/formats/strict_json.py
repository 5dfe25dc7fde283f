"""JSON as training data needs it: nothing rounded, nothing dropped, nothing that UTF-8 cannot hold.

orjson reads quickly but keeps the last of two equal keys and rounds an integer beyond 64 bits. What it read is
therefore written again: equal bytes prove that nothing was lost. Only a line that differs (written by another
program, or faulty) is read a second time by the careful reader, which also knows where the fault is.
"""

from __future__ import annotations

import json
import math

import orjson

MAX_DEPTH = 254
"""How deep values may be nested: what orjson can write again."""

_INT_MIN = -(2**63)
_INT_MAX = 2**64 - 1

Path = tuple[str | int, ...]


class JsonFault(ValueError):
    """Why a line is refused: a stable `code`, the `path` within the line, and values for the wording."""

    def __init__(self, code: str, path: Path = (), **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.path = path
        self.values = values


def field_name(path: Path) -> str:
    """`("spans", 2, "end")` as `spans[2].end`."""
    name = ""
    for part in path:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else part
    return name


def parse(line: bytes) -> object:
    """The value that `line` holds. Raises JsonFault."""
    line = line.removesuffix(b"\n")
    try:
        value = orjson.loads(line)
        if orjson.dumps(value) == line:
            return value
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        pass
    return _parse_carefully(line)


class _Doubled(dict[str, object]):
    """An object in which `key` stands twice."""

    key = ""


class _Refused:
    """A number that cannot be kept as it stands."""

    def __init__(self, code: str) -> None:
        self.code = code


def _parse_carefully(line: bytes) -> object:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise JsonFault("not-utf8", byte=error.start + 1, value=f"{line[error.start]:02X}") from None
    try:
        value: object = json.loads(
            text, object_pairs_hook=_object, parse_int=_integer, parse_float=_real, parse_constant=_constant
        )
    except json.JSONDecodeError as error:
        raise JsonFault("not-json", column=error.pos + 1) from None
    except RecursionError:
        raise JsonFault("too-deep", limit=MAX_DEPTH) from None
    if not _can_be_written(value):
        _refuse_all(value)
    return value


def _can_be_written(value: object) -> bool:
    """Whether `value` holds nothing refused: no mark of ours, no half of a surrogate pair, no excess of depth."""
    try:
        orjson.dumps(value, option=orjson.OPT_PASSTHROUGH_SUBCLASS)
    except orjson.JSONEncodeError:
        return False
    return True


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    seen: set[str] = set()
    doubled = _Doubled(found)
    for key, _value in pairs:
        if key in seen:
            doubled.key = key
            break
        seen.add(key)
    return doubled


def _integer(digits: str) -> object:
    if len(digits) > 20 or not _INT_MIN <= int(digits) <= _INT_MAX:
        return _Refused("integer-too-wide")
    return int(digits)


def _real(digits: str) -> object:
    number = float(digits)
    return number if math.isfinite(number) else _Refused("number-too-large")


def _constant(_name: str) -> object:
    return _Refused("not-a-json-number")


def _refuse_all(value: object) -> None:
    """Raise JsonFault for the first thing in `value` that could not be written again as it was."""
    pending: list[tuple[Path, object]] = [((), value)]
    while pending:
        path, item = pending.pop()
        _refuse(path, item)
        if not isinstance(item, dict | list):
            continue
        if len(path) >= MAX_DEPTH:
            raise JsonFault("too-deep", path[:4], limit=MAX_DEPTH)
        parts = list(item.items()) if isinstance(item, dict) else list(enumerate(item))
        pending.extend(((*path, name), part) for name, part in reversed(parts))


def _refuse(path: Path, item: object) -> None:
    if isinstance(item, _Refused):
        raise JsonFault(item.code, path)
    if isinstance(item, _Doubled):
        raise JsonFault("key-twice", (*path, item.key), key=item.key)
    strings = item if isinstance(item, dict) else [item] if isinstance(item, str) else ()
    for text in strings:
        if not _is_unicode(text):
            raise JsonFault("lone-surrogate", path)


def _is_unicode(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
