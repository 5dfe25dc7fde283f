"""What strangers' bytes are given to, each by a name: every reader of files, and what reads a person's words."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from app.errors import CallError, HashiyaError
from app.formats.native_check import check_file
from app.formats.registry import Format, ReadOptions, every_format, need_package, read_file
from app.model.schema_file import read_schema
from app.text.find import Search, matches
from app.text.numbers import read_count
from tests.torture.hostile_seeds import CUT

Target = Callable[[bytes, Path], None]


def targets() -> dict[str, Target]:
    """Every target of this installation."""
    found = {one.name: _reader(one) for one in _readable()}
    ours: dict[str, Target] = {
        "text-encodings": _encodings,
        "docx-inside": _docx,
        "packed": _packed,
        "native-check": _check,
        "schema": lambda said, _folder: _quiet(lambda: read_schema(said, "schema.json")),
        "settings": _settings,
        "count": lambda said, _folder: _quiet(lambda: read_count(said.decode(errors="replace")[:2000])),
        "search": _search,
    }
    return found | ours


def _readable() -> list[Format]:
    return [one for one in every_format() if one.read is not None and _is_here(one)]


def _is_here(one: Format) -> bool:
    try:
        need_package(one)
    except CallError:
        return False
    return True


def _reader(one: Format) -> Target:
    return lambda said, folder: _drain(said, folder, one)


def _drain(said: bytes, folder: Path, one: Format) -> None:
    suffix = one.suffixes[0] if one.suffixes else ".txt"
    path = folder / f"input{suffix}"
    if one.folder and CUT in said:
        path = folder / "input"
        path.mkdir(exist_ok=True)
        for part in said.split(CUT)[:6]:
            name, _, content = part.partition(b"\n")
            (path / _safe(name, suffix)).write_bytes(content)
    else:
        path.write_bytes(said)
    _quiet(lambda: _all(read_file(path, one.name)))


def _safe(name: bytes, suffix: str) -> str:
    """The name of a file of a folder as the input has it, in so far as it can be one."""
    said = "".join(letter for letter in name.decode(errors="replace")[-40:] if letter.isalnum() or letter in "._-")
    return said if said.strip(".") else f"a{suffix}"


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


def _packed(said: bytes, folder: Path) -> None:
    for suffix in ("gz", "zst"):
        path = folder / f"input.jsonl.{suffix}"
        path.write_bytes(said)
        _quiet(lambda path=path: _all(read_file(path)))  # type: ignore[misc]


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
