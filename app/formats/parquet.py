"""Parquet: the training file's columns as a table, for programs that read columns. pyarrow writes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import islice
from typing import Any

import orjson

from app.formats import native_form as form
from app.formats.losses import note_uncarried
from app.formats.native import encode
from app.formats.native_form import Table
from app.formats.registry import EVERYTHING, Files, Format, WriteOptions
from app.model.record import Record
from app.sentences import N_

_AT_ONCE = 256
_LISTS = {"spans": form.SPAN, "relations": form.RELATION, "fields": form.PAIR, "meta": form.PAIR}
_LISTS |= {"fragments": form.FRAGMENT, "attributes": form.ATTRIBUTE}


def write(records: Iterable[Record], files: Files, options: WriteOptions) -> None:
    """Write `records` as rows, some hundred at a time. Raises ImportError where pyarrow is missing."""
    arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    schema = arrow.schema(_columns(form.LINE, arrow))
    rows = _rows(records, options)
    with files.open() as stream, parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        while batch := list(islice(rows, _AT_ONCE)):
            writer.write_table(arrow.Table.from_pylist(batch, schema=schema))


def _rows(records: Iterable[Record], options: WriteOptions) -> Iterator[dict[str, Any]]:
    for record in records:
        note_uncarried(record, FORMAT.carries, options.lost)
        yield orjson.loads(encode(record))


def _columns(table: Table, arrow: Any) -> list[Any]:
    return [arrow.field(key.name, _type(key, arrow)) for key in table.keys]


def _type(key: form.Key, arrow: Any) -> Any:
    if key.name in _LISTS:
        return arrow.list_(arrow.struct(_columns(_LISTS[key.name], arrow)))
    kinds = {form.OFFSET: arrow.int64(), form.SCORE: arrow.float64(), form.TRUTH: arrow.bool_()}
    return next((made for kind, made in kinds.items() if kind is key.kind), arrow.string())


FORMAT = Format("parquet", N_("Parquet"), (".parquet",), EVERYTHING - {"unknown-keys"}, write=write, needs="pyarrow")
