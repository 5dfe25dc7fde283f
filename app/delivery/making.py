"""A delivery made: its files in one format, its card, its features and its report, all of them or none."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, Protocol, runtime_checkable

import orjson

from app.delivery.card import UNKNOWN_LICENCE, Delivery, card
from app.delivery.features import FORMATS, features_json
from app.delivery.parts import Cut, stem_of
from app.delivery.tally import Tally
from app.delivery.writing import Made, Target, need_compression, put_in_place, sweep, told_of
from app.errors import CallError
from app.formats.registry import Format, Loss, WriteOptions, need_package
from app.model.record import Record
from app.model.schema import Schema
from app.store.fingerprint import Fingerprint
from app.text.alignment import POLICIES

_BESIDE: Final = ("report.jsonl", "card.md", "features.json")


class Wishes(NamedTuple):
    """How a delivery is to be written."""

    format: Format
    cut: Cut = Cut()
    compression: str = ""
    alignment: str = "split"
    licence: str = UNKNOWN_LICENCE
    force: bool = False


class Exported(NamedTuple):
    """What was written: its `files` (or folders) with their `size` in bytes, what they hold, and what was lost.

    `parts` are those of the files that hold articles, with how many; the others are about them.
    """

    path: Path
    files: tuple[Path, ...]
    lines: int
    spans: int
    relations: int
    size: int
    losses: Mapping[str, int] = {}
    report: Path | None = None
    card: Path | None = None
    parts: tuple[tuple[Path, int], ...] = ()


class Lines(NamedTuple):
    """Some lines of a training file, and what they hold."""

    lines: bytes
    tally: Tally


class Source(Protocol):
    """Where the records of a delivery come from."""

    schema: Schema | None

    def records(self, belongs: Callable[[str], bool]) -> Iterator[Record]:
        """The records of the articles whose id `belongs`; asked once for each file of the delivery."""


@runtime_checkable
class LineSource(Source, Protocol):
    """One that makes the lines of training files itself, because it can do it quicker than one by one."""

    def lines(self, belongs: Callable[[str], bool]) -> Iterator[Lines]:
        """What the native format would write of the same records, some lines at a time."""


class Memory(Protocol):
    """Who knows which files are ours."""

    def knows(self, path: Path) -> bool:
        """Whether what is at `path` was made here before, and is still the same."""

    def note(self, made: dict[Path, Fingerprint]) -> None:
        """Remember what was made."""


def check(wishes: Wishes) -> None:
    """Raises CallError for wishes that nobody could meet."""
    format = wishes.format
    if format.write is None:
        raise CallError("format-not-written", value=format.name)
    need_package(format)
    if format.folder and wishes.compression:
        raise CallError("folder-not-compressed", value=format.name)
    if wishes.alignment not in POLICIES:
        raise CallError("alignment-unknown", value=wishes.alignment, policies=", ".join(POLICIES))
    need_compression(wishes.compression)


def make(source: Source, out: Path, wishes: Wishes, memory: Memory) -> Exported:
    """Write everything that `source` gives, under names made from `out`; see `app.export.export` for what it raises."""
    return _Making(source, out, wishes, memory).run()


@dataclass
class _Making:
    source: Source
    out: Path
    wishes: Wishes
    memory: Memory
    tally: Tally = field(default_factory=Tally)

    def run(self) -> Exported:
        """Make all files and move them to their places."""
        files = self._names()
        beside = [
            self.out.with_name(f"{self.out.name}.{kind}") for kind in ("report.jsonl", "card.md", "features.json")
        ]
        for path in files.values():
            self._refuse(path, folder=self.wishes.format.folder)
        for path in beside:
            self._refuse(path, folder=False)
        with told_of(self.out), ExitStack() as undone:
            targets = [self._target(path, undone) for path in files.values()]
            about = [self._begun(Target(path), undone) for path in beside]
            made = self._write(dict(zip(files, targets, strict=True)), *about)
            kept, gone = [*targets], []
            for target in about:
                if target.making.exists():
                    kept.append(target)
                elif os.path.lexists(target.path):
                    gone.append(target.path)
            put_in_place(kept, gone, partial(self.memory.note, {one.path: one.fingerprint for one in made}))
        for path in (*files.values(), *beside):
            sweep(path)
        return self._exported(made, len(files), beside)

    def _names(self) -> dict[str, Path]:
        stem, suffix = stem_of(self.out.name, self.wishes.format)
        packed = f".{self.wishes.compression}" if self.wishes.compression else ""
        names = self.wishes.cut.names
        if names == ("",):
            name = self.out.name if not packed or self.out.name.endswith(packed) else self.out.name + packed
            return {"": self.out.with_name(name)}
        return {name: self.out.with_name(f"{stem}.{name}{suffix}{packed}") for name in names}

    def _target(self, path: Path, undone: ExitStack) -> Target:
        folder, compression = self.wishes.format.folder, self.wishes.compression
        return self._begun(Target(path, folder=folder, compression=compression), undone)

    def _begun(self, target: Target, undone: ExitStack) -> Target:
        undone.callback(target.drop)
        target.begin()
        return target

    def _write(self, targets: dict[str, Target], report: Target, about: Target, features: Target) -> list[Made]:
        format, cut = self.wishes.format, self.wishes.cut
        assert format.write is not None
        with _Report(report, self.tally) as lost:
            options = WriteOptions(self.source.schema, self.wishes.alignment, lost.take)
            for name, target in targets.items():
                belongs = partial(cut.is_for, name)
                if format.name == "native" and isinstance(self.source, LineSource):
                    self._write_lines(self.source.lines(belongs), target, name)
                else:
                    format.write(self.tally.passing(self.source.records(belongs), name), target, options)
        made = [target.finish() for target in targets.values()]
        if self.tally.losses:
            made.append(report.finish())
        files = {name: target.path.name for name, target in targets.items()}
        alignment = self.wishes.alignment if format.tokens else ""
        delivery = Delivery(self.out.name, format, cut, files, self.wishes.licence, alignment)
        made.append(_filled(about, card(delivery, self.tally, self.source.schema)))
        if format.name in FORMATS:
            made.append(_filled(features, features_json(self.tally.unknown)))
        return made

    def _write_lines(self, made: Iterator[Lines], target: Target, file: str) -> None:
        with target.open() as stream:
            self.tally.files[file] += 0
            for lines, tally in made:
                stream.write(lines)
                self.tally.take(tally, file)

    def _refuse(self, path: Path, *, folder: bool) -> None:
        if path.is_dir() and not folder:
            raise CallError("output-is-directory", file=str(path))
        if path.exists() and not path.is_dir() and folder:
            raise CallError("output-is-file", file=str(path), format=self.wishes.format.name)
        if os.path.lexists(path) and not self.wishes.force and not _is_empty(path) and not self.memory.knows(path):
            raise CallError("output-foreign", file=str(path))

    def _exported(self, made: list[Made], count: int, beside: list[Path]) -> Exported:
        tally, report = self.tally, beside[0]
        return Exported(
            made[0].path,
            tuple(one.path for one in made),
            tally.records,
            tally.spans,
            tally.relations,
            sum(one.size for one in made[:count]),
            dict(sorted(tally.losses.items())),
            report if tally.losses else None,
            beside[1],
            tuple(zip((one.path for one in made), tally.files.values(), strict=False)),
        )


class _Report:
    """The report of losses, made when the first is told."""

    def __init__(self, target: Target, tally: Tally) -> None:
        self._target = target
        self._tally = tally
        self._opened = ExitStack()
        self._stream: BinaryIO | None = None

    def __enter__(self) -> _Report:
        return self

    def __exit__(self, *_error: object) -> None:
        self._opened.close()

    def take(self, loss: Loss) -> None:
        """Write one loss as a line, and count it."""
        if self._stream is None:
            self._stream = self._opened.enter_context(self._target.open())
        self._tally.lose(loss)
        values = [{"name": name, "value": value} for name, value in loss.values]
        self._stream.write(orjson.dumps({**loss._asdict(), "values": values}) + b"\n")


def _filled(target: Target, content: bytes) -> Made:
    with target.open() as stream:
        stream.write(content)
    return target.finish()


def _is_empty(path: Path) -> bool:
    """Whether `path` is a folder that holds nothing: that can be written into without asking."""
    return path.is_dir() and not any(path.iterdir())
