"""What stands on the pages of a damaged project, by table; articles are checked against their hash."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from app.errors import FaultyFile
from app.model.document import Document, text_sha256
from app.model.schema import Schema
from app.model.schema_file import read_schema
from app.store import coding, sums
from app.store.decisions import Model
from app.store.pages import Row

Columns = tuple[Any, ...]
_OF_PAIRS = ("spans", "relations", "parts", "remembered")


class Found:
    """The rows of a project by table, the last one read of each key."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.tables: dict[str, dict[object, Columns]] = defaultdict(dict)
        for table, key, values in rows:
            if table in _OF_PAIRS:
                self.tables[table][values[:2]] = values
            elif table == "project":
                self.tables[table][values[0]] = values
            elif table == "owners":
                self.tables[table][values[2]] = values
            else:
                self.tables[table][key] = (key, *values[1:])

    def schemas(self) -> list[tuple[str, Schema]]:
        """The schemas that can be read, with when they came; the newest last."""
        found = []
        for _number, row in sorted(self.tables["schemas"].items(), key=lambda item: str(item[0]).zfill(20)):
            try:
                found.append((str(row[1]), read_schema(str(row[4]).encode(), "")))
            except (FaultyFile, ValueError):
                continue
        return found

    def documents(self) -> list[tuple[int, Document]]:
        """The articles that are as they were imported, in their order, by key."""
        there = [(row[1], key, document) for key, row in self._documents() if (document := _document(row))]
        return [(key, document) for _position, key, document in sorted(there, key=lambda one: one[:2])]

    def lost(self) -> dict[int, str]:
        """Articles of which something is known, and not their text, or not as it was: their ids by key."""
        there = {key for key, _document in self.documents()}
        told = {key: str(row[2]) for key, row in (*self._of("cards"), *self._documents()) if key not in there}
        sound = {row[2] for key, row in self._documents() if key in there}
        return {key: id for key, id in told.items() if id not in sound}

    def borrow(self, other: Found) -> list[str]:
        """Take the texts of lost articles that something is said of from `other`, a copy of this project; their ids."""
        said_of = {row[1] for row in self.tables["layers"].values()} | {
            row[0] for row in self.tables["owners"].values()
        }
        theirs = {document.id: key for key, document in other.documents()}
        wanted = {key: theirs[id] for key, id in self.lost().items() if key in said_of and id in theirs}
        for key, there in wanted.items():
            self.tables["documents"][key] = (key, *other.tables["documents"][there][1:])
        return [str(self.tables["documents"][key][2]) for key in wanted]

    def of_layers(self, table: str) -> dict[int, list[Columns]]:
        """The rows of spans or relations by their layer."""
        found: dict[int, list[Columns]] = defaultdict(list)
        for row in self.tables[table].values():
            found[row[0]].append(row)
        return found

    def homes(self, layer: int) -> list[int]:
        """The keys of the documents that a layer can be of, as its row, the index of layers and its sum say."""
        row, owner = self.tables["layers"].get(layer), self.tables["owners"].get(layer)
        return [*([row[1]] if row else []), *([owner[0]] if owner else []), *(key for key, _sum in self._kept(layer))]

    def sum_of(self, layer: int, changed: int) -> int | None:
        """The number that was kept of what a layer said after the step `changed`; None where it is not known."""
        said = (sums.read(kept, changed) for _key, kept in self._kept(layer))
        return next((number for number in said if number is not None), None)

    def steps_of_layers(self) -> tuple[Counter[int], dict[int, int]]:
        """By layer: how many steps are done and not taken back, and the last one that touched it."""
        done, last = Counter[int](), dict[int, int]()
        for seq, layer, state, turn in self.tables["parts"].values():
            done[layer] += state == "done"
            last[layer] = max(last.get(layer, 0), seq, turn)
        return done, last

    def models(self) -> dict[str, Model]:
        """The newest model of each name that is as it was kept."""
        found = {}
        for _key, name, content, sha256, schema, at in sorted(self.tables["models"].values()):
            if hashlib.sha256(content).hexdigest() == sha256:
                found[name] = Model(name, content, schema, at)
        return found

    @cached_property
    def _sums(self) -> dict[str, list[tuple[int, str]]]:
        """What was remembered under each name, with the key of its document."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for name, document, value in self.tables["remembered"].values():
            found[name].append((document, value))
        return found

    def _kept(self, layer: int) -> list[tuple[int, str]]:
        return self._sums.get(sums.name_of(layer), [])

    def _documents(self) -> Iterator[tuple[int, Columns]]:
        return self._of("documents")

    def _of(self, table: str) -> Iterator[tuple[int, Columns]]:
        return ((row[0], row) for row in self.tables[table].values())


def _document(row: Columns) -> Document | None:
    """The article of a row, or None where it is not the one that was imported."""
    _key, _position, id, title, _head, sha256, _length, language, at, meta, extra, text = row
    try:
        if text_sha256(text) == sha256:
            return Document(id, text, title, language, coding.pairs(meta), at, extra)
    except (ValueError, TypeError, AttributeError):
        pass
    return None
