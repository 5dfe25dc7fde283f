"""The label schemas that ship with the program."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from app.model.schema import Schema
from app.model.schema_file import read_schema
from resources import resource

NAMES: Final = ("conflict-news", "plain", "wojood")
"""Names of the schemas that ship with the program, the default first; each stands in the file of its name."""


def default_schema() -> Schema:
    """The schema of a project that was given no other."""
    return shipped_schema(NAMES[0])


def shipped_schemas() -> tuple[Schema, ...]:
    """Every schema that a project can begin with."""
    return tuple(shipped_schema(name) for name in NAMES)


def shipped_schema(stem: str) -> Schema:
    """The schema in the file called `stem`: one of `NAMES`, or an older version like `conflict-news-1`."""
    file = f"{stem}.json"
    return read_schema(resource("schemas", file).read_bytes(), file)


def known_schema(name: str, version: str) -> Schema | None:
    """The schema of this name and version, if it ships or has shipped."""
    for stem in (name, f"{name}-{version}") if name in NAMES else ():
        with suppress(FileNotFoundError):
            schema = shipped_schema(stem)
            if schema.version == version:
                return schema
    return None
