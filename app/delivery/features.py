"""The columns of a delivery, as Hugging Face `datasets` wants them told: `OUT.features.json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson

from app.formats import native_form as form
from app.formats.native_form import Table

FORMATS: Final = ("native", "parquet")
"""Formats whose columns these are."""

_LISTS: Final = {"spans": form.SPAN, "relations": form.RELATION, "fields": form.PAIR, "meta": form.PAIR}
_WITHIN: Final = {"fragments": form.FRAGMENT, "attributes": form.ATTRIBUTE}
_OWNERS: Final = {"spans": "span", "relations": "relation"}

Feature = dict[str, Any]


def features_json(unknown: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The features of a training file; `unknown` are examples of keys it has besides, by what holds them."""
    of_line = unknown.get("line", {})
    columns = _columns(form.LINE, of_line)
    for name, table in _LISTS.items():
        owner = unknown.get(_OWNERS[name], {}) if name in _OWNERS else _entry(of_line.get(name))
        columns[name] = _list(_columns(table, owner))
    return orjson.dumps(columns, option=orjson.OPT_INDENT_2) + b"\n"


def _columns(table: Table, unknown: Mapping[str, Any]) -> Feature:
    columns = {key.name: _of_kind(key.name, key.kind, unknown.get(key.name)) for key in table.keys}
    return columns | {name: _of_value(value) for name, value in unknown.items() if name not in columns}


def _of_kind(name: str, kind: object, carried: object) -> Feature:
    if table := _WITHIN.get(name):
        return _list(_columns(table, _entry(carried)))
    if kind is form.OFFSET:
        return _value("int64")
    if kind is form.SCORE:
        return _value("float64")
    return _value("bool" if kind is form.TRUTH else "string")


def _entry(carried: object) -> Mapping[str, Any]:
    """What the entries of a list hold, of those that hold keys which Hashiya does not know."""
    return carried[0] if isinstance(carried, list) and carried and isinstance(carried[0], dict) else {}


def _of_value(value: object) -> Feature:
    if isinstance(value, dict):
        return {str(name): _of_value(item) for name, item in value.items()}
    if isinstance(value, list):
        return _list(_of_value(value[0]) if value else _value("string"))
    kinds = {bool: "bool", int: "int64", float: "float64"}
    return _value(kinds.get(type(value), "string"))


def _list(feature: Feature) -> Feature:
    return {"feature": feature, "_type": "List"}


def _value(dtype: str) -> Feature:
    return {"dtype": dtype, "_type": "Value"}
