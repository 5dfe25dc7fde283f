"""`hashiya render`: an article as the window paints it, in a file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import click

from app.cli.articles import find
from app.cli.output import BAD_DATA, DONE, say, say_fault, say_json
from app.cli.screen import Screen
from app.cli.writing import making_of, named, write
from app.errors import CallError
from app.wording import LANGUAGES, language, plural

# What a picture of ours says of its maker, so that it may be made anew, and where: within its first bytes.
_MARKS = {
    ".png": b"tEXtSoftware\0Hashiya",
    ".svg": b"<desc>Hashiya</desc>",
    ".pdf": "Hashiya".encode("utf-16-be"),
}
_HEAD = 4096


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", "id", help="Which article; the first one if not said.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The picture: X.png, X.svg or X.pdf.")
@click.option(
    "--theme",
    type=click.Choice(["light", "dark", "contrast", "contrast-dark"]),
    default="light",
    help="Colours of the page.",
)
@click.option("--language", "spoken", type=click.Choice(LANGUAGES), help="Language of the tags.")
@click.option("--width", type=click.IntRange(200, 4000), help="Width of the page in pixels.")
@click.option("--zoom", type=click.IntRange(50, 400), default=100, help="Size of the text in per cent.")
@click.option(
    "--relations",
    type=click.Choice(["auto", "all", "none"]),
    default="auto",
    help="Draw the connectors of all relations or of none; if not said, of all where they are few.",
)
@click.option("--values/--no-values", default=True, help="Tell on the tags what the schema wants told there.")
@click.option("--force", is_flag=True, help="Overwrite a file that is no picture made by Hashiya.")
@click.option("--json", "as_json", is_flag=True, help="Say what was written as one JSON object.")
@click.pass_obj
def render(
    screen: Screen,
    file: Path,
    id: str | None,
    out: Path,
    theme: str,
    spoken: str | None,
    width: int | None,
    zoom: int,
    relations: str,
    values: bool,
    force: bool,
    as_json: bool,
) -> int:
    """Draw an article of FILE (a text, JSON lines, or a project) with its spans and their tags.

    A PDF has A4 pages. A PNG or SVG that would be too tall becomes several: X-1.png, X-2.png … Nothing but the picture
    is written.
    """
    _require_form(out)
    found = find(file, id, say_fault)
    drawn = screen.draw(
        found.record,
        found.schema,
        out.suffix.lower()[1:],
        theme=theme,
        language=spoken or language(),
        width=width or 0,
        zoom=zoom,
        relations=relations,
        values=values,
    )
    written = write_pictures(drawn, out, force=force)
    if as_json:
        document = found.record.document.id
        say_json({"ok": not found.faulty, "document": document, "files": [str(path) for path in written]})
    else:
        _say_written(written, len(found.rows), id)
    return BAD_DATA if found.faulty else DONE


def write_pictures(drawn: Iterable[bytes], out: Path, *, force: bool) -> list[Path]:
    """Write each picture of `drawn`, all of them or none: to `out`, or to several beside it with numbers.

    Raises CallError when one would replace a file that is no picture of ours, unless `force` is set, and SourceError.
    """
    making: list[Path] = []
    try:
        with named(out):
            for content in drawn:
                making.append(making_of(out))
                write(making[-1], content)
            finished = _names(out, len(making))
            for path in finished:
                _refuse_foreign(path, force=force)
            for made, path in zip(making, finished, strict=True):
                made.replace(path)
        return finished
    finally:
        for made in making:
            with suppress(OSError):
                made.unlink()


def _require_form(out: Path) -> None:
    if out.suffix.lower() not in _MARKS:
        raise CallError("picture-form-unknown", file=str(out), forms=", ".join(_MARKS))


def _names(out: Path, count: int) -> list[Path]:
    if count == 1:
        return [out]
    return [out.with_name(f"{out.stem}-{number}{out.suffix}") for number in range(1, count + 1)]


def _refuse_foreign(path: Path, *, force: bool) -> None:
    if path.is_dir():
        raise CallError("output-is-directory", file=str(path))
    if force or not os.path.lexists(path):
        return
    with path.open("rb") as stream:
        if _MARKS[path.suffix.lower()] not in stream.read(_HEAD):
            raise CallError("output-foreign", file=str(path))


def _say_written(written: list[Path], articles: int, id: str | None) -> None:
    for path in written:
        say(str(path))
    if articles > 1 and id is None:
        said = plural(
            "This is the first of {count} article; --id chooses another.",
            "This is the first of {count} articles; --id chooses another.",
            articles,
        )
        say(said.format(count=articles), err=True)
