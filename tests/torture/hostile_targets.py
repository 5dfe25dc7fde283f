"""What strangers' bytes are given to, each by a name: every reader of files, and what reads a person's words."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from app.errors import HashiyaError
from app.formats.native_check import check_file
from app.formats.registry import Format, ReadOptions, WriteOptions, every_format, read_file
from app.model.record import Record
from app.model.schema_file import read_schema
from app.text.find import Search, matches
from app.text.numbers import read_count
from resources import resource

Target = Callable[[bytes, Path], None]
CUT = b"\n=====\n"
"""What stands between the files of a format of several."""


class Kept:
    """The files of a writer, in memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    @contextmanager
    def open(self, name: str = "") -> Iterator[BinaryIO]:
        """The file called `name`, kept when it is closed."""
        stream = io.BytesIO()
        yield stream
        self.files[name] = stream.getvalue()


def targets() -> dict[str, Target]:
    """Every target of this installation."""
    found = {one.name: _reader(one) for one in _readable()}
    ours: dict[str, Target] = {
        "text-encodings": _encodings,
        "docx-inside": _docx,
        "native-check": _check,
        "schema": lambda said, _folder: _quiet(lambda: read_schema(said, "schema.json")),
        "settings": _settings,
        "count": lambda said, _folder: _quiet(lambda: read_count(said.decode(errors="replace")[:2000])),
        "search": _search,
    }
    return found | ours


def seeds(name: str) -> list[bytes]:
    """Sound inputs for `name`: what the writer of a format makes of the samples, or a few lines by hand."""
    kept = Path(__file__).parent / "seeds" / name
    found = [file.read_bytes() for file in sorted(kept.glob("*"))] if kept.is_dir() else []
    by_hand = {
        "schema": [resource("schemas", file.name).read_bytes() for file in _schemas()],
        "settings": [b'{"format": "hashiya-settings", "version": "1.0", "settings": {"theme": "dark", "keys": {}}}'],
        "count": ["ثلاثة آلاف وخمسمئة قتيل", "نحو 12-15 جريحا", "١٢٬٣٤٥ شخصا"],
        "search": ["(ا+)+$\nاااااااااااااااااااااااااا", "\\bقال\\b\nقال الرئيس", "كتاب\nكتابه"],
        "html": ["<html><head><title>ن</title></head><body><p>قال <b>زيد</b></p></body></html>"],
        "docx-inside": [_DOCUMENT],
        "text-encodings": ["نص\nسطر", b"\xc7\xe1\xe3"],
    }
    found += [one.encode() if isinstance(one, str) else one for one in by_hand.get(name, [])]
    source = "native" if name in ("native-check", "jsonl") else name
    for one in every_format():
        if one.name == source and one.write is not None:
            found += _written(one)
    return [one[:20_000] for one in found] or [b"{}"]


_DOCUMENT = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b"<w:body><w:p><w:r><w:t>a</w:t></w:r></w:p></w:body></w:document>"
)


def _schemas() -> list[Path]:
    return sorted(Path(str(resource("schemas"))).glob("*.json"))


def _readable() -> list[Format]:
    return [one for one in every_format() if one.read is not None]


def _written(one: Format) -> list[bytes]:
    kept = Kept()
    samples = resource("samples", "annotated.jsonl")
    records = [record for record in islice(read_file(Path(samples), "native"), 2) if isinstance(record, Record)]
    try:
        assert one.write is not None
        one.write(records, kept, WriteOptions())
    except (HashiyaError, ImportError):
        return []
    return [
        CUT.join(name.encode() + b"\n" + said for name, said in kept.files.items()) if one.folder else said
        for said in ([b""] if one.folder else kept.files.values())
    ]


def _reader(one: Format) -> Target:
    return lambda said, folder: _drain(said, folder, one)


def _drain(said: bytes, folder: Path, one: Format) -> None:
    suffix = one.suffixes[0] if one.suffixes else ".txt"
    path = folder / f"input{suffix}"
    if one.folder and CUT in said:
        path = folder / "input"
        path.mkdir(exist_ok=True)
        for number, part in enumerate(said.split(CUT)[:6]):
            name, _, content = part.partition(b"\n")
            ending = os.path.splitext(name.decode(errors="replace"))[1]  # noqa: PTH122 - any bytes
            known = ending if ending in (".ann", ".txt", ".xmi", ".xml", ".json", ".conf", ".csv", ".tsv") else suffix
            (path / f"{'a' if known in ('.ann', '.txt') else number}{known}").write_bytes(content)
    else:
        path.write_bytes(said)
    _quiet(lambda: _all(read_file(path, one.name)))


def _encodings(said: bytes, folder: Path) -> None:
    path = folder / "input.txt"
    path.write_bytes(said)
    for encoding in ("", "utf-16", "windows-1256", "iso-8859-6"):
        _quiet(lambda encoding=encoding: _all(read_file(path, "", ReadOptions(encoding))))  # type: ignore[misc]


def _docx(said: bytes, folder: Path) -> None:
    path = folder / "input.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", said)
    _quiet(lambda: _all(read_file(path, "docx")))


def _check(said: bytes, folder: Path) -> None:
    path = folder / "input.jsonl"
    path.write_bytes(said)
    _quiet(lambda: _all(check_file(path, suggestions=True)))


def _settings(said: bytes, folder: Path) -> None:
    from widgets.keymap import Keymap
    from widgets.settings import Settings, read_settings

    path = folder / "input.json"
    path.write_bytes(said)
    _quiet(lambda: read_settings(path))
    Keymap(Settings(path).lists("keys"))


def _search(said: bytes, _folder: Path) -> None:
    pattern, _, text = said.decode(errors="replace").partition("\n")
    _quiet(lambda: matches(text, Search(pattern, "regex")))
    _quiet(lambda: matches(text, Search(pattern, "folded", True)))


def _all(found: Iterable[object]) -> None:
    for _ in found:
        pass


def _quiet(work: Callable[[], object]) -> None:
    """Do it; an error that has a sentence for it is an answer, and anything else is a finding."""
    with suppress(HashiyaError):
        work()
