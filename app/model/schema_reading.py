"""Taking values out of a schema file: what is wrong is noted and reads as empty, so that every fault is found."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from app.errors import Fault

FAULTS_KEPT: Final = 1000
"""How many faults of one file are named."""
LARGEST_MIB: Final = 16

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_NAME = re.compile(r"[^\s\x00-\x1f\x7f\ud800-\udfff]+")
_TEXT = re.compile(r"(?=.*\S)[^\ud800-\udfff]+", re.DOTALL)


class Notes:
    """The faults found in one file so far."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def note(self, place: str, code: str, values: dict[str, object], line: int = 0) -> None:
        """Remember a fault."""
        if len(self.faults) < FAULTS_KEPT:
            self.faults.append(Fault(self.file, line, place, code, values))

    def tree(self, content: bytes) -> object:
        """What the JSON says; None where it says nothing that can be read."""
        if len(content) > LARGEST_MIB << 20:
            self.note("", "schema-too-large", {"limit": LARGEST_MIB})
            return None
        try:
            tree: object = json.loads(content.decode("utf-8-sig"), object_pairs_hook=self._unlike_keys)
            return tree
        except UnicodeDecodeError as error:
            before, byte = content[: error.start], f"{content[error.start]:02X}"
            column = len(before) - before.rfind(b"\n")
            self.note("", "not-utf8", {"byte": column, "value": byte}, before.count(b"\n") + 1)
        except json.JSONDecodeError as error:
            self.note("", "not-json", {"column": error.colno}, error.lineno)
        except (RecursionError, ValueError):  # nested too deep, or a number of thousands of digits
            self.note("", "not-json", {"column": 1}, 1)
        return None

    def _unlike_keys(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        """The object of `pairs`; of a key given twice neither value can be trusted."""
        members = dict(pairs)
        if len(members) < len(pairs):
            twice = Counter(key for key, _value in pairs).most_common(1)[0][0]
            self.note("", "key-twice", {"key": shown(twice)})
        return members


class Node:
    """One object of the file and the `place` where it stands. Each method gives the value of one of its keys."""

    def __init__(
        self, notes: Notes, tree: object, place: str, needed: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> None:
        """Notes what the object lacks, and what means nothing in it."""
        self.notes, self.place = notes, place
        self.given: dict[str, object] = tree if isinstance(tree, dict) else {}
        if not isinstance(tree, dict):
            notes.note(place, "not-an-object", {})
            return
        for key in needed:
            if key not in tree:
                self.note(key, "key-required")
        for key in tree:
            if key not in (*needed, *optional):
                self.note(shown(key), "key-unknown")

    def note(self, key: str, code: str, **values: object) -> None:
        """Remember a fault of the value of `key`."""
        self.notes.note(self.at(key), code, values)

    def at(self, key: str) -> str:
        """The place of the value of `key`."""
        return f"{self.place}.{key}" if self.place and key else self.place or key

    def inner(self, key: str, needed: tuple[str, ...], optional: tuple[str, ...] = ()) -> Node:
        """The object under `key`; an empty one, about which nothing is noted, where there is none."""
        if key in self.given:
            return Node(self.notes, self.given[key], self.at(key), needed, optional)
        return Node(self.notes, {}, self.at(key), ())

    def inners(self, key: str, most: int, needed: tuple[str, ...], optional: tuple[str, ...] = ()) -> Iterator[Node]:
        """The objects of the list under `key`."""
        for number, tree in enumerate(self._list(key, most)):
            yield Node(self.notes, tree, f"{self.at(key)}[{number}]", needed, optional)

    def name(self, key: str) -> str:
        """A name without white space, as labels and schemas need one in other programs' files."""
        return self._matching(key, _NAME, "name-malformed")

    def names(self, key: str, most: int) -> tuple[str, ...]:
        """A list of names, none twice."""
        return self._strings(key, most, _NAME, "name-malformed")

    def values(self, key: str, most: int) -> tuple[str, ...]:
        """A list of texts, none twice."""
        return self._strings(key, most, _TEXT, "not-a-string")

    def text(self, key: str) -> str:
        """Any text that is not blank."""
        return self._matching(key, _TEXT, "not-a-string")

    def colour(self, key: str) -> str:
        """A colour, in upper case."""
        return self._matching(key, _COLOUR, "colour-malformed").upper()

    def key(self, key: str, form: re.Pattern[str], code: str) -> str:
        """What is pressed for something: of this form, or "" for nothing; `code` is the fault of another."""
        return self._matching(key, form, code)

    def word(self, key: str, words: Iterable[str]) -> str:
        """One of `words`."""
        value = self.given.get(key, "")
        if isinstance(value, str) and value in words:
            return value
        if key in self.given:
            self.note(key, "unknown-word", value=shown(value), expected=", ".join(words))
        return ""

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        value = self.given.get(key, default)
        if isinstance(value, bool):
            return value
        self.note(key, "not-true-or-false", value=shown(value))
        return default

    def whole(self, key: str, least: int) -> int | None:
        """A whole number from `least` (0 or 1) on, or None where there is none."""
        if key not in self.given:
            return None
        value = self.given[key]
        if not isinstance(value, int) or isinstance(value, bool):
            self.note(key, "not-a-whole-number", value=shown(value))
        elif value < least:
            self.note(key, "below-one" if least else "below-zero", value=value)
        elif value >= 1 << 31:
            self.note(key, "number-too-large")
        else:
            return value
        return None

    def texts(self, key: str) -> dict[str, str]:
        """Texts by language code; at least one, and none of them blank."""
        tree = self.given.get(key)
        if not isinstance(tree, dict) or not tree:
            if key in self.given:
                self.note(key, "texts-missing")
            return {}
        for language, text in tree.items():
            if not _LANGUAGE.fullmatch(language):
                self.note(f"{key}.{shown(language)}", "language-unknown")
            elif not isinstance(text, str) or not _TEXT.fullmatch(text):
                self.note(f"{key}.{language}", "text-missing")
        return tree

    def _matching(self, key: str, form: re.Pattern[str], code: str) -> str:
        value = self.given.get(key, "")
        if isinstance(value, str) and form.fullmatch(value):
            return value
        if key in self.given:
            self.note(key, code, value=shown(value))
        return ""

    def _strings(self, key: str, most: int, form: re.Pattern[str], code: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for number, value in enumerate(self._list(key, most)):
            if not isinstance(value, str) or not form.fullmatch(value):
                self.note(f"{key}[{number}]", code, value=shown(value))
            elif value in found:
                self.note(f"{key}[{number}]", "name-twice", value=shown(value))
            else:
                found[value] = None
        return tuple(found)

    def _list(self, key: str, most: int) -> list[object]:
        value = self.given.get(key, [])
        if not isinstance(value, list):
            self.note(key, "not-a-list", value=shown(value))
            return []
        if len(value) > most:
            self.note(key, "too-many", value=len(value), limit=most)
        return value[:most]


def shown(value: object) -> str:
    """`value` as it is quoted in a fault."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    return str(value)[:80].encode("utf-8", "replace").decode()
