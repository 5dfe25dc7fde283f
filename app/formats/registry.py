"""Which formats there are, and which of them a file is in. A new format is one module and its row here.

A module is imported when its format is used. Other packages add formats by an entry point of the group
`hashiya.formats` that loads a `Format`; they are looked for when a name or a suffix is asked that is not ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import cache
from importlib import import_module, util
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final, NamedTuple, Protocol

from app.errors import CallError, Fault, SourceError
from app.formats.packed import bare
from app.formats.sources import open_source
from app.model.record import Record
from app.model.schema import Schema

FEATURES: Final = (
    *("overlap", "nested", "crossing", "same-label-nested", "discontinuous", "sub-word", "multi-line", "empty-text"),
    *("attributes", "relations", "relation-attributes", "fields", "title", "meta", "notes", "status", "provenance"),
    "unknown-keys",
)
"""What a format may carry, in the order of the table in docs/formats.md."""
_CALLED: Final = {"cassis": "dkpro-cassis"}
"""What packages are called where their modules are called otherwise."""
EVERYTHING: Final = frozenset(FEATURES)
"""What Hashiya's own training file carries."""
ENTRY_POINTS: Final = "hashiya.formats"

_HEAD = 64 * 1024


class ReadOptions(NamedTuple):
    """How a file is to be read.

    `encoding` "" is UTF-8, and anything else is refused; else what the user said ("utf-16", "windows-1256",
    "iso-8859-6"). `columns` says which column of a table is `text`, `id`, `title`, `source`, `date` or `address`.
    """

    encoding: str = ""
    columns: Mapping[str, str] = MappingProxyType({})


class Loss(NamedTuple):
    """One thing that an export could not carry: of which article, span or relation, and `what`, with its values."""

    document: str
    span: str = ""
    relation: str = ""
    what: str = ""
    values: tuple[tuple[str, str], ...] = ()


Lost = Callable[[Loss], None]


class WriteOptions(NamedTuple):
    """How records are to be written.

    `schema` is the project's, where there is one; `alignment` one of `app.text.alignment.POLICIES`, for formats of
    tokens; `lost` hears of each thing that could not be carried.
    """

    schema: Schema | None = None
    alignment: str = "split"
    lost: Lost = lambda _loss: None


class Files(Protocol):
    """Where a writer writes: whole or not at all, which is the caller's care, and so is compression."""

    def open(self, name: str = "") -> AbstractContextManager[BinaryIO]:
        """The one file, or the file called `name` (relative, `/` between folders) of a format of several files."""


Reader = Callable[[Path, ReadOptions], Iterator[Record | Fault]]
Writer = Callable[[Iterable[Record], Files, WriteOptions], None]


class Format(NamedTuple):
    """One way in and out. `title` is a msgid; the usual one of `suffixes` comes first.

    `carries` are those of `FEATURES` that come back equal when what was written is read. `read` gives the articles of
    a file and a Fault for each thing it refused; `write` takes records one by one. `sniff` says by the path and the
    first 64 KiB whether a file is in this format; one without it is what its suffix says. A `folder` is written, and
    read, where the format is of several files. `needs` names a Python package that it cannot do without; one of
    `tokens` knows words, and asks what becomes of a span that cuts one.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    carries: frozenset[str]
    read: Reader | None = None
    write: Writer | None = None
    sniff: Callable[[Path, bytes], bool] | None = None
    folder: bool = False
    needs: str = ""
    tokens: bool = False


class Row(NamedTuple):
    """Where a format of ours lives, and the files for which its module has to be asked."""

    module: str
    suffixes: tuple[str, ...]
    folder: bool = False


ROWS: Final = {
    "native": Row("app.formats.native", (".jsonl", ".ndjson", ".json")),
    "doccano": Row("app.formats.doccano", (".jsonl", ".json")),
    "brat": Row("app.formats.brat", (".ann",), folder=True),
    "label-studio": Row("app.formats.label_studio", (".json",), True),
    "webanno-tsv": Row("app.formats.webanno_tsv", (".tsv",), folder=True),
    "csv": Row("app.formats.csv", (".csv", ".tsv"), folder=True),
    "prodigy": Row("app.formats.prodigy", (".jsonl", ".json")),
    "spacy": Row("app.formats.spacy", (".spacy",), True),
    "iob2": Row("app.formats.iob2", (".iob2", ".iob", ".conll", ".bio")),
    "wojood": Row("app.formats.wojood", (".wojood",)),
    "gliner": Row("app.formats.gliner", (".json",)),
    "prompt-completion": Row("app.formats.prompt_completion", (".jsonl",)),
    "w3c": Row("app.formats.w3c", (".jsonld", ".json")),
    "parquet": Row("app.formats.parquet", (".parquet",)),
    "conllu": Row("app.formats.conllu", (".conllu",)),
    "html": Row("app.formats.html", (".html", ".htm", ".xhtml")),
    "docx": Row("app.formats.docx", (".docx",)),
    "pdf": Row("app.formats.pdf", (".pdf",)),
    "folder": Row("app.formats.folder", (), folder=True),
    "cas-xmi": Row("app.formats.cas_xmi", (".xmi",), folder=True),
    "cas-json": Row("app.formats.cas_json", (".json",), folder=True),
    "jsonl": Row("app.formats.lines", (".jsonl", ".ndjson", ".json")),
    "text": Row("app.formats.plain", (".txt", ".text", ".md")),
}
"""Our formats. Each `Format` stands in its module as `FORMAT`."""


def read_file(path: Path, format: str = "", options: ReadOptions | None = None) -> Iterator[Record | Fault]:
    """The articles of `path` and what was refused of it. `format` "" is found out.

    Raises SourceError when it cannot be opened, CallError for a format that is unknown, is not read or needs a package.
    """
    options = options or ReadOptions()
    found = named(format) if format else format_of(path, options.encoding)
    if found.read is None:
        raise CallError("format-not-read", value=found.name)
    need_package(found)
    return found.read(path, options)


def need_package(format: Format) -> None:
    """Raises CallError where the package that `format` cannot do without is not installed."""
    if format.needs and util.find_spec(format.needs.partition(".")[0]) is None:
        package = _CALLED.get(format.needs, format.needs)
        raise CallError("package-missing", value=format.name, package=package)


def format_of(path: Path, encoding: str = "") -> Format:
    """The format of `path`: one that knows it by its beginning, else what its suffix says, else JSON Lines or text.

    Its beginning is read in the `encoding` that the user named.

    Raises SourceError when it cannot be opened.
    """
    suffix, is_folder = bare(path).suffix.lower(), path.is_dir()
    head = b"" if is_folder else _head(path, encoding)
    rows = [name for name, row in ROWS.items() if (row.folder if is_folder else suffix in row.suffixes)]
    candidates = [named(name) for name in rows] or [
        one for one in others() if (one.folder if is_folder else suffix in one.suffixes)
    ]
    readable = [one for one in candidates if one.read is not None]
    for one in readable:
        if one.sniff is not None and one.sniff(path, head):
            return one
    for one in readable:
        if one.sniff is None:
            return one
    if is_folder:
        raise SourceError("source-is-directory", file=str(path))
    return named("jsonl" if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b'{"') else "text")


@cache
def known_suffixes() -> frozenset[str]:
    """The suffixes that a format is known for."""
    ours = (suffix for row in ROWS.values() for suffix in row.suffixes)
    return frozenset([*ours, *(suffix for one in others() for suffix in one.suffixes)])


def named(name: str) -> Format:
    """The format called `name`. Raises CallError when there is none."""
    if name in ROWS:
        found = import_module(ROWS[name].module).FORMAT
        assert isinstance(found, Format)
        return found
    for one in others():
        if one.name == name:
            return one
    raise CallError("format-unknown", value=name, formats=", ".join([*ROWS, *(one.name for one in others())]))


def every_format() -> list[Format]:
    """All formats, ours first."""
    return [*map(named, ROWS), *others()]


@cache
def others() -> tuple[Format, ...]:
    """The formats that other packages bring; one that cannot be loaded is passed over."""
    from importlib.metadata import entry_points  # slow to import, and wanted seldom

    found = []
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        try:
            loaded = point.load()
        except Exception:  # noqa: BLE001 - another's package must not keep ours from opening a file
            continue
        if isinstance(loaded, Format) and loaded.name not in ROWS:
            found.append(loaded)
    return tuple(found)


def _head(path: Path, encoding: str) -> bytes:
    with open_source(path) as stream:
        head = stream.read(_HEAD)
    if not encoding:
        return head
    from app.formats.recoded import beginning  # seldom wanted

    return beginning(head, encoding)
