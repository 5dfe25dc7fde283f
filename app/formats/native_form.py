"""The form of a training file's line, as tables: each object's keys in their order, and what each may hold.

`resources/schema/annotations-1.schema.json` states the same for other programs; the tests compare the two.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from itertools import product
from typing import Any, Final, NamedTuple

from app.model.annotation import ATTRIBUTE_SOURCES, ROLES, SOURCES, SPAN_STATUSES, STATUSES

FORMAT: Final = "hashiya-jsonl"
MAJOR: Final = 1
VERSION: Final = "1.0"
OFFSET_UNIT: Final = "unicode_code_point"
OFFSET_INTERVAL: Final = "half_open"

_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_VERSION = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")


class Kind(NamedTuple):
    """What a value may be: of one of `types` exactly (else `code` is the fault), and then `judge` has nothing to say.

    `judge` gives the code of what is wrong with a value of the right type, or ``""``; `words` are all there are.
    """

    types: tuple[type, ...]
    code: str
    judge: Callable[[Any], str] | None = None
    words: tuple[str, ...] = ()

    def fault(self, value: object) -> str:
        """The code of what is wrong with `value`, or ``""``."""
        if type(value) not in self.types:
            return self.code
        return self.judge(value) if self.judge else ""


class Required:
    """The default of a key that no reader can do without."""


class Key(NamedTuple):
    """One key: what it may hold, what a reader takes when it is missing, and whether a wrong one costs its owner.

    A `guard` is a key whose wrong value refuses the entry (span, relation, attribute, line) it stands in; any other
    wrong value is replaced by `default`.
    """

    name: str
    kind: Kind
    default: object = Required
    guard: bool = False


class Table:
    """The keys of one sort of object, in the order in which they are written."""

    def __init__(self, *keys: Key) -> None:
        self.keys = keys
        self.names = tuple(key.name for key in keys)
        self.by_name = {key.name: key for key in keys}
        self._types = frozenset(product(*(key.kind.types for key in keys)))
        self._judged = tuple((place, key.kind.judge) for place, key in enumerate(keys) if key.kind.judge)

    def is_met_by(self, owner: object) -> bool:
        """Whether `owner` is an object with just these keys, in order, each holding what it may. Quick."""
        if type(owner) is not dict or tuple(owner) != self.names:
            return False
        values = tuple(owner.values())
        if tuple(map(type, values)) not in self._types:
            return False
        for place, judge in self._judged:  # noqa: SIM110 - a generator takes twice as long, and this is the inner loop
            if judge(values[place]):
                return False
        return True


def _not_empty(value: str) -> str:
    return "" if value else "empty-name"


def _not_negative(value: int) -> str:
    return "" if value >= 0 else "below-zero"


def _finite(value: float | None) -> str:
    return "" if value is None or math.isfinite(value) else "not-a-number"


@lru_cache(4096)
def _moment(value: str) -> str:
    if not _TIME.fullmatch(value):
        return "bad-time"
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return "bad-time"
    return ""


def _hash(value: str) -> str:
    return "" if _SHA256.fullmatch(value) else "bad-hash"


def _version(value: str) -> str:
    parts = _VERSION.fullmatch(value)
    if not parts:
        return "bad-version"
    major = int(parts[1])
    return "" if major == MAJOR else "version-too-new" if major > MAJOR else "bad-version"


def _ours(value: str) -> str:
    return "" if value == FORMAT else "not-our-format"


STRING = Kind((str,), "not-a-string")
NAME = Kind((str,), "not-a-string", _not_empty)
OFFSET = Kind((int,), "not-a-whole-number", _not_negative)
TRUTH = Kind((bool,), "not-true-or-false")
SCORE = Kind((type(None), float, int), "not-a-number", _finite)
LIST = Kind((list,), "not-a-list")
MOMENT = Kind((str,), "not-a-string", _moment)
HASH = Kind((str,), "not-a-string", _hash)


def one_of(*words: str) -> Kind:
    """One of `words`."""
    known = dict.fromkeys(words, "")
    return Kind((str,), "not-a-string", lambda value: known.get(value, "unknown-word"), words)


LINE = Table(
    Key("format", Kind((str,), "not-our-format", _ours), guard=True),
    Key("format_version", Kind((str,), "not-a-string", _version), guard=True),
    Key("id", NAME, guard=True),
    Key("text", STRING, guard=True),
    Key("text_sha256", HASH, guard=True),
    Key("text_length", OFFSET, None),
    Key("offset_unit", one_of(OFFSET_UNIT), OFFSET_UNIT, guard=True),
    Key("offset_interval", one_of(OFFSET_INTERVAL), OFFSET_INTERVAL, guard=True),
    Key("language", STRING, ""),
    Key("title", STRING, ""),
    Key("schema", STRING, ""),
    Key("schema_version", STRING, ""),
    Key("annotator", STRING, "", guard=True),
    Key("role", one_of(*ROLES), "annotator"),
    Key("is_gold", TRUTH, False),
    Key("status", one_of(*STATUSES), "in_progress"),
    Key("flagged", TRUTH, False),
    Key("note", STRING, ""),
    Key("created_at", MOMENT, ""),
    Key("updated_at", MOMENT, ""),
    Key("spans", LIST, ()),
    Key("relations", LIST, ()),
    Key("fields", LIST, ()),
    Key("meta", LIST, ()),
)
SPAN = Table(
    Key("id", NAME, guard=True),
    Key("start", OFFSET, guard=True),
    Key("end", OFFSET, guard=True),
    Key("label", NAME, guard=True),
    Key("text", STRING, guard=True),
    Key("fragments", LIST, None, guard=True),
    Key("attributes", LIST, ()),
    Key("status", one_of(*SPAN_STATUSES), "accepted", guard=True),
    Key("source", one_of(*SOURCES), "import"),
    Key("source_name", STRING, ""),
    Key("score", SCORE, None),
    Key("edited", TRUTH, False),
    Key("note", STRING, ""),
    Key("created_at", MOMENT, ""),
    Key("updated_at", MOMENT, ""),
)
RELATION = Table(
    Key("id", NAME, guard=True),
    Key("label", NAME, guard=True),
    Key("head", NAME, guard=True),
    Key("child", NAME, guard=True),
    Key("attributes", LIST, ()),
    Key("source", one_of(*SOURCES), "import"),
    Key("score", SCORE, None),
)
FRAGMENT = Table(Key("start", OFFSET, guard=True), Key("end", OFFSET, guard=True))
ATTRIBUTE = Table(
    Key("name", NAME, guard=True),
    Key("value", STRING, guard=True),
    Key("source", one_of(*ATTRIBUTE_SOURCES), "import"),
)
PAIR = Table(Key("name", STRING, guard=True), Key("value", STRING, guard=True))
