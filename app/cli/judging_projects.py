"""Problems of everything that a project holds."""

from __future__ import annotations

from pathlib import Path

from app.cli.judging import Judging, Told
from app.model.annotation import Annotations
from app.model.schema import Schema
from app.store import publishing, schemas
from app.store.looking import look


def judge_project(path: Path, schema: Schema | None) -> tuple[int, tuple[Told, ...]]:
    """How many articles by how many annotators a training file would hold, and their problems.

    In the light of `schema`, else of the project's own. Raises ProjectError, also for a damaged article.
    """
    with look(path) as database, database.reading() as connection:
        own = schemas.read(connection, path.name)
        judging, layers_now = Judging(schema or own), publishing.layers_to_write(connection)
        for layer, document in layers_now:
            record, spans = publishing.line(connection, layer, document)
            said = record.annotations or Annotations()
            judging.look(record._replace(annotations=Annotations.of(spans, said.relations.values(), said.state)))
    return len(layers_now), tuple(judging.told)
