"""`hashiya schema`: the label schema of a project, shown, written to a file, or replaced by the one of a file."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click

from app.cli.output import DONE, say, say_json
from app.cli.writing import replace
from app.errors import CallError
from app.formats.sources import open_source
from app.labels import NAMES, shipped_schema
from app.model.schema import Schema
from app.model.schema_file import read_schema, schema_json
from app.store import schemas
from app.store.looking import look
from app.store.schemas import SchemaUse
from app.wording import _, language, plural

_SUFFIX = ".hashiya"


class _Found(NamedTuple):
    schema: Schema
    use: SchemaUse
    written: set[bytes]

    @property
    def unknown(self) -> dict[str, int]:
        """How many spans carry each label that the schema does not declare."""
        return {label: count for label, count in self.use.labels.items() if self.schema.label(label) is None}


@click.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.option("--import", "taken", metavar="FILE", type=click.Path(path_type=Path), help="Ask by the schema of FILE.")
@click.option("--export", "out", metavar="FILE", type=click.Path(path_type=Path), help="Write the schema to FILE.")
@click.option("--force", is_flag=True, help="Overwrite a file that is no earlier export of this project's schema.")
@click.option("--json", "as_json", is_flag=True, help="Say it as one JSON object.")
def schema(project: Path, taken: Path | None, out: Path | None, force: bool, as_json: bool) -> int:
    """Show the label schema of PROJECT, and how many spans carry each label.

    --import replaces it by that of a file, or by one that ships: conflict-news, plain, wojood. Annotations stay as
    they are: what the new schema does not declare is kept and shown as unknown. A schema with faults is refused
    whole, with each fault; exit status 1.
    """
    if project.suffix.lower() != _SUFFIX:
        raise CallError("project-name-wrong", file=str(project), suffix=_SUFFIX)
    with open_source(project):
        pass
    if taken is not None:
        _take(project, taken)
    found = _look(project)
    if out is not None:
        _write(found, project, out, force=force)
    if as_json:
        say_json(_as_json(project, found))
    else:
        _say(found)
    return DONE


def _take(project: Path, file: Path) -> None:
    from app.session import Session

    if str(file) in NAMES and not file.exists():
        new = shipped_schema(str(file))
    else:
        with open_source(file) as stream:
            new = read_schema(stream.read(), str(file))
    session = Session.open(project)
    try:
        session.set_schema(new)
    finally:
        session.close()


def _look(project: Path) -> _Found:
    with look(project) as database, database.reading() as connection:
        current = schemas.read(connection, project.name)
        had = {schema_json(schemas.read(connection, project.name, one.number)) for one in schemas.history(connection)}
        return _Found(current, schemas.use(connection, current), had)


def _write(found: _Found, project: Path, out: Path, *, force: bool) -> None:
    if out.is_dir():
        raise CallError("output-is-directory", file=str(out))
    if out.exists() and out.samefile(project):
        raise CallError("output-is-project", file=str(out))
    if out.exists() and not force:
        with open_source(out) as stream:
            if stream.read() not in found.written:
                raise CallError("output-foreign", file=str(out))
    replace(out, schema_json(found.schema))


def _say(found: _Found) -> None:
    asked = found.schema
    say(f"{asked.name} {asked.version}: {asked.titles.get(language()) or asked.titles.get('en') or asked.name}")
    for label in asked.labels:
        say(f"{label.key:1} {label.id} ({label.title(language())}): {_spans(found.use.labels.get(label.id, 0))}")
    for relation in asked.relations:
        count = found.use.relations.get(relation.id, 0)
        said = plural("{count} relation", "{count} relations", count).format(count=count)
        say(f"{relation.key:1} {relation.id} ({relation.title(language())}): {said}")
    for label_id, count in found.unknown.items():
        say(_("{label} is unknown to the schema: {spans} kept").format(label=label_id, spans=_spans(count)))


def _spans(count: int) -> str:
    return plural("{count} span", "{count} spans", count).format(count=count)


def _as_json(project: Path, found: _Found) -> dict[str, object]:
    asked, use = found.schema, found.use
    return {
        "ok": True,
        "project": str(project),
        "schema": asked.name,
        "version": asked.version,
        "labels": [{"id": one.id, "key": one.key, "spans": use.labels.get(one.id, 0)} for one in asked.labels],
        "relations": [{"id": one.id, "relations": use.relations.get(one.id, 0)} for one in asked.relations],
        "fields": [{"id": one.id, "articles": use.fields.get(one.id, 0)} for one in asked.fields],
        "unknown": [{"label": label, "spans": count} for label, count in found.unknown.items()],
    }
