"""`hashiya import --dry-run`: what is in files and what would become of them, and nothing is taken."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from app.cli.output import BAD_DATA, DONE, failure, fault_as_json, say, say_failure, say_fault, say_json, status_of
from app.errors import ProjectError, SourceError
from app.formats.encodings import UTF8
from app.text.direction import page_direction
from app.wording import _, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.formats.registry import ReadOptions
    from app.sampling import Sample


def dry_run(project: Path, files: tuple[Path, ...], options: ReadOptions, format: str, as_json: bool) -> int:
    """Tell what is in each of `files`, and what of it `project`, which may not exist yet, has; the exit status."""
    from app.sampling import sample

    told: list[dict[str, object]] = []
    status = DONE
    with _looked_at(project) as there:
        for file in files:
            try:
                found = sample(there, file, options, format=format)
            except (SourceError, ProjectError) as error:
                status = max(status, status_of(error))
                told.append({"file": str(file)} | failure(error))
                say_failure(error)
                continue
            status = max(status, DONE if found.articles and not found.refused else BAD_DATA)
            told.append(_as_json(found) | {"encoding": _encoding(found, options)})
            if not as_json:
                _tell(found, _encoding(found, options))
    if as_json:
        say_json({"ok": status == DONE, "project": str(project), "files": told})
    return status


@contextmanager
def _looked_at(project: Path) -> Iterator[Path]:
    """The project, or an empty one elsewhere where there is none yet."""
    if project.exists():
        yield project
        return
    from app.opening import make_empty

    with TemporaryDirectory() as folder:
        empty = Path(folder, project.name)
        make_empty(empty)
        yield empty


def _encoding(found: Sample, options: ReadOptions) -> str:
    """What the file was read in: as it was wished, as the file itself declares, else UTF-8; "" where it has its own."""
    if not found.first or (found.format is not None and found.format.name in ("docx", "pdf")):
        return ""
    declared = (item.value for item in found.first[0].document.meta if item.name == "encoding")
    return next(declared, options.encoding or UTF8)


def _tell(found: Sample, encoding: str) -> None:
    articles = plural("{count} article", "{count} articles", found.articles).format(count=found.articles)
    spans = plural("{count} span", "{count} spans", found.spans).format(count=found.spans)
    counted = {"file": found.path, "articles": articles, "spans": spans}
    if found.whole:
        say(_("{file}: {articles}, {spans}").format(**counted))
    else:
        say(_("{file}: {articles} and more, {spans}").format(**counted))
    if found.format is not None:
        say("  " + _("Format: {format}").format(format=_(found.format.title)))
    if encoding:
        say("  " + _("Encoding: {encoding}").format(encoding=encoding))
    for candidate in found.encodings:
        say("  " + _("Perhaps in {encoding}: {line}").format(encoding=candidate.encoding, line=candidate.first_line))
    for role, column in found.chosen.items():
        say("  " + _("Column for {role}: {column}").format(role=role, column=column or "–"))
    for record in found.first:
        direction = _("right to left") if page_direction(record.document.text) == "rtl" else _("left to right")
        values = {"heading": record.document.heading, "id": record.document.id, "direction": direction}
        say("  " + _("{id}, {direction}: {heading}").format(**values))
    for sentence, count in (
        (_("There already: {count}"), found.there),
        (_("There with another text: {count}"), found.other_text),
        (_("There under another id: {count}"), found.other_id),
        (_("In presentation forms: {count}"), found.forms),
    ):
        if count:
            say("  " + sentence.format(count=count))
    for fault in found.faults:
        say_fault(fault)


def _as_json(found: Sample) -> dict[str, object]:
    return {
        "file": str(found.path),
        "ok": bool(found.articles) and not found.refused,
        "format": found.format.name if found.format else "",
        "encodings": [{"encoding": one.encoding, "first_line": one.first_line} for one in found.encodings],
        "columns": list(found.columns),
        "chosen": dict(found.chosen),
        "articles": found.articles,
        "whole": found.whole,
        "spans": found.spans,
        "first": [
            {
                "id": record.document.id,
                "heading": record.document.heading,
                "language": record.document.language,
                "direction": page_direction(record.document.text),
                "text": record.document.text[:500],
            }
            for record in found.first
        ],
        "known": found.there,
        "known_with_another_text": found.other_text,
        "known_under_another_id": found.other_id,
        "presentation_forms": found.forms,
        "refused": found.refused,
        "faults": [fault_as_json(fault) for fault in found.faults],
    }
