"""A folder of files: each is read in its own format, in the order that people number files in.

What is hidden is passed over, and so is a link to something in the same folder, which is read where it is; a link that
leads out of the folder is told of and not followed. Files of one article are called by their way from the folder.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.errors import CallError, Fault, SourceError
from app.formats.encodings import own_encoding
from app.formats.packed import bare
from app.formats.registry import Format, ReadOptions, format_of, known_suffixes, need_package
from app.formats.sources import name_of, open_source
from app.model.record import Record
from app.sentences import N_

MAX_DEPTH: Final = 32
"""How deep folders may lie in each other."""

_DIGITS: Final = re.compile("([0-9]+)")
_OF_ONE_ARTICLE: Final = frozenset({"text", "html", "docx", "pdf"})


def read(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    """What the files in a folder hold; of one that cannot be opened, and of one of another kind, a fault.

    Raises SourceError when a file cannot be read on, as then it was not read whole.
    """
    taken: set[str] = set()
    empty = True
    for file in _files(path, path.resolve(), 0):
        empty = False
        if isinstance(file, Fault):
            yield file
        elif (suffix := bare(file).suffix.lower()) and suffix not in known_suffixes():
            yield Fault(str(file), 0, "", "kind-not-read")
        else:
            yield from _one(file, path, options, taken)
    if empty:
        yield Fault(str(path), 0, "", "folder-empty")


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """A key that puts `2` before `10` and takes no notice of capitals."""
    parts = _DIGITS.split(name.casefold())
    return tuple((len(part.lstrip("0")) if part.isdigit() else -1, part.lstrip("0")) for part in parts)


def _files(folder: Path, root: Path, depth: int) -> Iterator[Path | Fault]:
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: (natural(entry.name), entry.name))
    except OSError:
        yield Fault(str(folder), 0, "", "file-not-opened")
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        is_folder = entry.is_dir(follow_symlinks=False)
        if entry.is_symlink() or (is_folder and not path.resolve().is_relative_to(root)):
            if not path.resolve().is_relative_to(root):
                yield Fault(str(path), 0, "", "outside-folder")
        elif is_folder and depth >= MAX_DEPTH:
            yield Fault(str(path), 0, "", "folder-too-deep", {"limit": MAX_DEPTH})
        elif is_folder:
            yield from _files(path, root, depth + 1)
        else:
            yield path


def _one(file: Path, root: Path, options: ReadOptions, taken: set[str]) -> Iterator[Record | Fault]:
    begun = False
    try:
        format = format_of(file, options.encoding)
        if format.read is None:
            yield Fault(str(file), 0, "", "kind-not-read")
            return
        need_package(format)
        for found in format.read(file, _of_its_own(file, options)):
            begun = True
            if isinstance(found, Record) and format.name in _OF_ONE_ARTICLE:
                id = _id(file, root, taken)
                found = found._replace(document=replace(found.document, id=id))
            yield found
    except SourceError:
        if begun:
            raise
        yield Fault(str(file), 0, "", "file-not-opened")
    except CallError as error:
        yield Fault(str(file), 0, "", "library-not-here", {"package": error.values.get("package", "")})


def _of_its_own(file: Path, options: ReadOptions) -> ReadOptions:
    if not options.encoding:
        return options
    with open_source(file) as stream:
        return options._replace(encoding=own_encoding(stream, options.encoding))


def _id(file: Path, root: Path, taken: set[str]) -> str:
    """The way to `file` without its suffix, or with it where another file is called so already."""
    way = file.relative_to(root)
    id = (way.parent / name_of(file)).as_posix().encode("utf-8", "replace").decode("utf-8")
    if id in taken:
        id = way.as_posix().encode("utf-8", "replace").decode("utf-8")
    taken.add(id)
    return id


FORMAT = Format("folder", N_("Folders of files"), (), frozenset({"title", "meta"}), read=read, folder=True)
