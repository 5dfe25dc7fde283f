"""UIMA CAS as JSON: a folder with `NAME.json` for each article, each with its types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from app.errors import Fault
from app.formats.cas import CARRIES, to_cas, type_system
from app.formats.cas_files import CasNames, read_cases
from app.formats.losses import all_but_annotator, note_uncarried
from app.formats.recoded import recoded
from app.formats.registry import Files, Format, ReadOptions, WriteOptions
from app.formats.strict_json import JsonFault, parse
from app.model.record import Record
from app.sentences import N_

_FEATURES = b'"%FEATURE_STRUCTURES"'


def write(records: Iterable[Record], files: Files, options: WriteOptions) -> None:
    """Write a file for each record. Raises ImportError where dkpro-cassis is missing."""
    types, names = type_system(), CasNames(".json", options.lost)
    for record in records:
        note_uncarried(record, CARRIES, all_but_annotator(options.lost))
        with files.open(names.name_for(record)) as stream:
            stream.write(to_cas(record, types).to_json(pretty_print=False).encode())


def read(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    """The articles of a folder of CAS in JSON, or of one file."""

    def load(content: bytes, _file: Path) -> Any:
        return _load(recoded(BytesIO(content), options.encoding).read())

    return read_cases(path, ".json", load)


def _load(content: bytes) -> Any:
    try:
        parse(content)
    except JsonFault as fault:
        raise ValueError(fault.code) from None
    return import_module("cassis").load_cas_from_json(BytesIO(content))


def sniff(path: Path, head: bytes) -> bool:
    """Whether it is such a file, or a folder with one as its first."""
    if not path.is_dir():
        return _FEATURES in head or b'"%TYPES"' in head
    first = next(iter(sorted(path.glob("*.json"))), None)
    if first is None or not first.is_file():
        return False
    with first.open("rb") as stream:
        return b'"%TYPES"' in stream.read(4096)


FORMAT = Format("cas-json", N_("UIMA CAS (JSON, folder)"), (".json",), CARRIES, read, write, sniff, True, "cassis")
