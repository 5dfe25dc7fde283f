"""The label schema that ships with the program."""

from __future__ import annotations

from importlib import resources
from typing import Final

from app.model.schema import Schema
from app.model.schema_file import read_schema

_FILE: Final = "conflict-news.json"


def default_schema() -> Schema:
    """The labels of a project that was given no others."""
    return read_schema(resources.files("resources").joinpath("schemas", _FILE).read_bytes(), _FILE)
