"""`hashiya import`: articles and annotations taken into a project."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.counting import Counting
from app.cli.dry_run import dry_run as told_beforehand
from app.cli.formats import listing_formats
from app.cli.output import (
    BAD_DATA,
    DONE,
    failure,
    fault_as_json,
    say,
    say_failure,
    say_fault,
    say_json,
    status_of,
    write_report,
)
from app.errors import CallError, Fault, FaultyFile, SourceError
from app.formats.encodings import ENCODINGS
from app.formats.findings import WARNINGS
from app.formats.registry import ReadOptions, named
from app.intake import DUPLICATES, REFUSE, ImportReport, Wishes
from app.previewing import NOT_UTF8, encodings_of
from app.wording import _, plural

if TYPE_CHECKING:
    from app.session import Session

ROLES = ("text", "id", "title", "language", "source", "date", "address")
"""What a column of a table may be."""

_SUFFIX = ".hashiya"


@click.command("import")
@click.argument("project", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--annotator", help="Whose annotations will be made in the project: a name or code.")
@click.option("--format", default="", help="In which format the files are; else it is found out.")
@listing_formats
@click.option("--encoding", type=click.Choice(ENCODINGS), help="How the texts are written, if not in UTF-8.")
@click.option(
    "--duplicates", type=click.Choice(DUPLICATES), help="What becomes of articles whose text or id is there already."
)
@click.option(
    "--repair-presentation-forms", "repair", is_flag=True, help="Turn the letters of PDF copies into letters."
)
@click.option("--alike", is_flag=True, help="Point out texts that are nearly the same as others.")
@click.option(
    "--column", "columns", multiple=True, metavar="text=NAME", help=f"Which column of a table is {', '.join(ROLES)}."
)
@click.option("--report", type=click.Path(path_type=Path), help="Write what was refused, and why, to this new file.")
@click.option("--dry-run", is_flag=True, help="Tell what is in the files, and take nothing.")
@click.option("--json", "as_json", is_flag=True, help="Say it as one JSON object.")
def import_files(
    project: Path,
    files: tuple[Path, ...],
    annotator: str | None,
    format: str,
    encoding: str | None,
    duplicates: str | None,
    repair: bool,
    alike: bool,
    columns: tuple[str, ...],
    report: Path | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Add the articles of FILES, and the annotations of training files among them, to PROJECT.

    PROJECT (NAME.hashiya) is made if it is not there. What cannot be read is named with its line; the rest is taken.
    """
    if project.suffix.lower() != _SUFFIX:
        raise CallError("project-name-wrong", file=str(project), suffix=_SUFFIX)
    if format:
        named(format)
    options = ReadOptions(encoding or "", dict(map(_column, columns)))
    if dry_run:
        return told_beforehand(project, files, options, format, as_json)
    wishes = Wishes(options, duplicates or REFUSE, repair, format, alike)
    if report is not None and report.exists():
        raise CallError("report-exists", file=str(report))
    taking = _Taking(project, annotator, wishes, as_json)
    try:
        status = taking.take(files)
    finally:
        if report is not None:
            write_report(report, taking.refused)
    if as_json:
        said = {"ok": status == DONE, "project": str(project), "articles": taking.articles, "files": taking.told}
        say_json(said)
    return status


class _Taking:
    """One call of the command: what became of each file, told to people as it happens or to a machine at the end."""

    def __init__(self, project: Path, annotator: str | None, wishes: Wishes, as_json: bool) -> None:
        self.told: list[dict[str, object]] = []
        self.refused: list[dict[str, object]] = []
        self.articles = 0
        self._project = project
        self._annotator = annotator
        self._wishes = wishes
        self._as_json = as_json

    def take(self, files: tuple[Path, ...]) -> int:
        """Take each file that can be taken; the exit status. A project made for it and left empty is removed again."""
        from app.session import Session
        from app.store.disk import files_of

        made = not self._project.exists()
        session = Session.create(self._project) if made else Session.open(self._project)
        try:
            if self._annotator is not None:
                session.set_annotator(self._annotator)
            return max(self._take_one(session, file) for file in files)
        finally:
            self.articles = session.count
            session.close()
            if made and not self.articles:
                for file in files_of(self._project):
                    file.unlink(missing_ok=True)

    def _take_one(self, session: Session, file: Path) -> int:
        faults: list[Fault] = []

        def hear(fault: Fault) -> None:
            faults.append(fault)
            self.refused.append(fault_as_json(fault))

        counting = Counting(sys.stderr)
        try:
            taken = session.import_file(file, hear, counting, self._wishes)
            counting.clear()
        except (FaultyFile, SourceError, CallError) as error:
            counting.clear()
            say_failure(error)
            if not isinstance(error, FaultyFile):
                self.refused.append({"file": str(file)} | failure(error))
            self.told.append({"file": str(file)} | failure(error) | _say_encodings(faults))
            return status_of(error)
        for fault in faults:
            say_fault(fault)
        encodings = _say_encodings(faults)
        bad = any(fault.code not in WARNINGS for fault in faults)
        self._tell(taken, file)
        self.told.append(
            {
                "file": str(file),
                "ok": not bad,
                "articles": taken.documents,
                "annotations": taken.layers,
                "spans": taken.spans,
                "known": taken.there,
                "replaced": taken.replaced,
                "faults": [fault_as_json(fault) for fault in faults],
            }
            | encodings
        )
        return BAD_DATA if bad else DONE

    def _tell(self, taken: ImportReport, file: Path) -> None:
        if self._as_json:
            return
        articles, spans, known = taken.documents, taken.spans, taken.there
        added = {
            "file": file,
            "articles": plural("{count} article", "{count} articles", articles).format(count=articles),
            "spans": plural("{count} span", "{count} spans", spans).format(count=spans),
        }
        if known:
            say(_("{file}: {articles}, {spans}; there already: {known}").format(known=known, **added))
        else:
            say(_("{file}: {articles}, {spans}").format(**added))
        if taken.replaced:
            gone = plural(
                "{count} article of them took the place of another",
                "{count} articles of them took the place of others",
                taken.replaced,
            )
            say("  " + gone.format(count=taken.replaced))


def _column(said: str) -> tuple[str, str]:
    """What a column is, and its name."""
    role, equals, name = said.partition("=")
    if role not in ROLES or not equals or not name:
        raise CallError("column-wish-malformed", value=said, roles=", ".join(ROLES))
    return role, name


def _say_encodings(faults: list[Fault]) -> dict[str, object]:
    """Name the encodings that the first file among `faults` that is not UTF-8 may be in, each with its first line."""
    file = next((fault.file for fault in faults if fault.code in NOT_UTF8), "")
    found = encodings_of(Path(file)) if file else []
    if found:
        say(_("It may be in one of these, the likeliest first. Say which with --encoding:"), err=True)
    for candidate in found:
        say(f"  {candidate.encoding}: {candidate.first_line}", err=True)
    told = [{"encoding": candidate.encoding, "first_line": candidate.first_line} for candidate in found]
    return {"encodings": told} if told else {}
