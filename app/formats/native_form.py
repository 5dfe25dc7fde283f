"""The form of a training file's line, as tables: each object's keys in their order, and what each may hold.

`resources/schema/annotations-1.schema.json` states the same for other programs; the tests compare the two.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

from app.model.annotation import ATTRIBUTE_SOURCES, ROLES, SOURCES, SPAN_STATUSES, STATUSES

FORMAT: Final = "hashiya-jsonl"
MAJOR: Final = 1
VERSION: Final = "1.0"
OFFSET_UNIT: Final = "unicode_code_point"
OFFSET_INTERVAL: Final = "half_open"

_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_VERSION = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")

Judge = Callable[[object], str]
"""The code of what is wrong with a value, or ``""``."""


class Required:
    """The default of a key that no reader can do without."""


class Key(NamedTuple):
    """One key: what judges its value, what a reader takes when it is missing, and whether a wrong one costs its owner.

    A `guard` is a key whose wrong value refuses the entry (span, relation, attribute, line) it stands in; any other
    wrong value is replaced by `default`.
    """

    name: str
    judge: Judge
    default: object = Required
    guard: bool = False


class Table:
    """The keys of one kind of object, in the order in which they are written."""

    def __init__(self, *keys: Key) -> None:
        self.keys = keys
        self.names = tuple(key.name for key in keys)
        self.by_name = {key.name: key for key in keys}


def string(value: object) -> str:
    """Any string."""
    return "" if type(value) is str else "not-a-string"


def name(value: object) -> str:
    """A string that is not empty."""
    if type(value) is not str:
        return "not-a-string"
    return "" if value else "empty-name"


def offset(value: object) -> str:
    """A whole number from 0."""
    if type(value) is not int:
        return "not-a-whole-number"
    return "" if value >= 0 else "below-zero"


def truth(value: object) -> str:
    """true or false."""
    return "" if type(value) is bool else "not-true-or-false"


def score(value: object) -> str:
    """A finite number, or null."""
    if value is None:
        return ""
    return "" if type(value) in (int, float) and math.isfinite(value) else "not-a-number"  # type: ignore[arg-type]


def sequence(value: object) -> str:
    """A list; its entries are judged apart."""
    return "" if type(value) is list else "not-a-list"


@lru_cache(4096)
def _is_time(value: str) -> bool:
    if not _TIME.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def time(value: object) -> str:
    """A moment in UTC, as `2026-01-31T10:00:00.000Z`."""
    if type(value) is not str:
        return "not-a-string"
    return "" if _is_time(value) else "bad-time"


def sha256(value: object) -> str:
    """64 hexadecimal digits in lower case."""
    if type(value) is not str:
        return "not-a-string"
    return "" if _SHA256.fullmatch(value) else "bad-hash"


def version(value: object) -> str:
    """`1.` and a minor version."""
    if type(value) is not str:
        return "not-a-string"
    parts = _VERSION.fullmatch(value)
    if not parts:
        return "bad-version"
    major = int(parts[1])
    return "" if major == MAJOR else "version-too-new" if major > MAJOR else "bad-version"


def one_of(*words: str) -> Judge:
    """One of `words`."""

    def judge(value: object) -> str:
        if type(value) is not str:
            return "not-a-string"
        return "" if value in words else "unknown-word"

    return judge


def _is_format(value: object) -> str:
    return "" if value == FORMAT else "not-our-format"


LINE = Table(
    Key("format", _is_format, guard=True),
    Key("format_version", version, guard=True),
    Key("id", name, guard=True),
    Key("text", string, guard=True),
    Key("text_sha256", sha256, guard=True),
    Key("text_length", offset, None),
    Key("offset_unit", one_of(OFFSET_UNIT), OFFSET_UNIT, guard=True),
    Key("offset_interval", one_of(OFFSET_INTERVAL), OFFSET_INTERVAL, guard=True),
    Key("language", string, ""),
    Key("title", string, ""),
    Key("schema", string, ""),
    Key("schema_version", string, ""),
    Key("annotator", string, "", guard=True),
    Key("role", one_of(*ROLES), "annotator"),
    Key("is_gold", truth, False),
    Key("status", one_of(*STATUSES), "in_progress"),
    Key("flagged", truth, False),
    Key("note", string, ""),
    Key("created_at", time, ""),
    Key("updated_at", time, ""),
    Key("spans", sequence, ()),
    Key("relations", sequence, ()),
    Key("fields", sequence, ()),
    Key("meta", sequence, ()),
)
SPAN = Table(
    Key("id", name, guard=True),
    Key("start", offset, guard=True),
    Key("end", offset, guard=True),
    Key("label", name, guard=True),
    Key("text", string, guard=True),
    Key("fragments", sequence, None, guard=True),
    Key("attributes", sequence, ()),
    Key("status", one_of(*SPAN_STATUSES), "accepted", guard=True),
    Key("source", one_of(*SOURCES), "import"),
    Key("source_name", string, ""),
    Key("score", score, None),
    Key("edited", truth, False),
    Key("note", string, ""),
    Key("created_at", time, ""),
    Key("updated_at", time, ""),
)
RELATION = Table(
    Key("id", name, guard=True),
    Key("label", name, guard=True),
    Key("head", name, guard=True),
    Key("child", name, guard=True),
    Key("attributes", sequence, ()),
    Key("source", one_of(*SOURCES), "import"),
    Key("score", score, None),
)
FRAGMENT = Table(Key("start", offset, guard=True), Key("end", offset, guard=True))
ATTRIBUTE = Table(
    Key("name", name, guard=True),
    Key("value", string, guard=True),
    Key("source", one_of(*ATTRIBUTE_SOURCES), "import"),
)
PAIR = Table(Key("name", string, guard=True), Key("value", string, guard=True))
