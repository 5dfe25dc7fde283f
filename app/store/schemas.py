"""The schemas of a project: the one in use, those before it, and what of it its annotations use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from app.edit.moves import FIELD, MOVE, Moves, moved
from app.edit.steps import Step
from app.errors import ProjectError
from app.model.schema import CHOICE, CHOICES, Schema
from app.model.schema_file import read_schema, schema_json
from app.store import annotations as sheets
from app.store import coding, log, tallies
from app.store.engine import Transaction
from app.store.statements import Statement, sa, tables


class Kept(NamedTuple):
    """A schema that the project has, or had: its number, when it came, its name and version."""

    number: int
    at: str
    name: str
    version: str


class SchemaUse(NamedTuple):
    """How often the annotations of all annotators use what a schema declares, or what no schema declares any more.

    Spans by label, by label and attribute, and by label, attribute and choice; relations by their type. The label
    `FIELD` ("") stands for the fields of documents, which are counted by annotator and document.
    """

    labels: Mapping[str, int]
    attributes: Mapping[tuple[str, str], int]
    choices: Mapping[tuple[str, str, str], int]
    relations: Mapping[str, int]

    @property
    def fields(self) -> Mapping[str, int]:
        """The use of each document field."""
        return {name: count for (label, name), count in self.attributes.items() if label == FIELD}


def _counted(table: str, *columns: str) -> Any:
    of = getattr(tables, table)
    asked = [of.c[name] for name in columns]
    counted = sa.select(*asked, sa.func.count()).group_by(*asked)
    return counted.where(asked[-1] != "") if columns[-1] in ("attributes", "fields") else counted


def _restamp() -> Any:
    columns = tables.layers.c
    stamped = {columns.schema_name: sa.bindparam("new"), columns.schema_version: sa.bindparam("version")}
    named = columns.schema_name == sa.bindparam("old")
    return sa.update(tables.layers).where(named).values(stamped | {columns.changed: sa.bindparam("seq")})


_NEWEST = Statement("schemas.newest", lambda: sa.select(sa.func.max(tables.schemas.c.number)))
_CONTENT = Statement(
    "schemas.content",
    lambda: sa.select(tables.schemas.c.content).where(tables.schemas.c.number == sa.bindparam("wanted")),
)
_HISTORY = Statement(
    "schemas.history",
    lambda: sa.select(*[tables.schemas.c[name] for name in Kept._fields]).order_by(tables.schemas.c.number),
)
_ADD = Statement("schemas.add", lambda: sa.insert(tables.schemas))
_ATTRIBUTES = Statement("schemas.attributes", lambda: _counted("spans", "label", "attributes"))
_RELATIONS = Statement("schemas.relations", lambda: _counted("relations", "label"))
_FIELDS = Statement("schemas.fields", lambda: _counted("layers", "fields"))
_RELATIONS_WITH = Statement(
    "schemas.relations with",
    lambda: sa.select(tables.relations.c.layer).where(tables.relations.c.label == sa.bindparam("wanted")).distinct(),
)
_FIELDS_WITH = Statement(
    "schemas.fields with", lambda: sa.select(tables.layers.c.key).where(tables.layers.c.fields != "")
)
_LAYER = Statement(
    "schemas.layer",
    lambda: sa.select(*[tables.layers.c[name] for name in ("document", "annotator", "updated_at")]).where(
        tables.layers.c.key == sa.bindparam("of")
    ),
)
_RESTAMP = Statement("schemas.restamp", _restamp)


def newest(connection: Transaction) -> int:
    """The number of the schema in use; it grows with each schema that is set."""
    return int(connection.execute(_NEWEST).scalar() or 0)


def read(connection: Transaction, file: str, number: int = 0) -> Schema:
    """The schema in use, or the one with this number. Raises FaultyFile, naming `file`, when it is damaged."""
    wanted = number or newest(connection)
    content: str = connection.execute(_CONTENT, {"wanted": wanted}).scalar() or ""
    return read_schema(content.encode(), file)


def history(connection: Transaction) -> list[Kept]:
    """Every schema that the project has had, the one in use last."""
    return [Kept(*row) for row in connection.execute(_HISTORY)]


def add(connection: Transaction, schema: Schema, at: str) -> None:
    """Use `schema` from now on, and keep those before it."""
    row: dict[str, object] = {"at": at, "name": schema.name, "version": schema.version}
    connection.execute(_ADD, row | {"content": schema_json(schema).decode()})


def restamp(connection: Transaction, old: str, new: Schema, seq: int) -> None:
    """Note that what was annotated by a schema called `old` goes by `new` since row `seq` of the log."""
    values = {"old": old, "new": new.name, "version": new.version, "seq": seq}
    connection.execute(_RESTAMP, values)


def use(connection: Transaction, schema: Schema) -> SchemaUse:
    """What the annotations of the project use; choices only of the attributes that `schema` offers some for."""
    attributes: Counter[tuple[str, str]] = Counter()
    choices: Counter[tuple[str, str, str]] = Counter()
    offering = _offering(schema)
    for label, stored, count in _answers(connection):
        attributes.update({(label, name): count for name in {name for name, _value in stored}})
        choices.update({(label, *one): count for one in set(stored) if (label, one[0]) in offering})
    relations = dict(connection.execute(_RELATIONS).all())
    return SchemaUse(tallies.use(connection), dict(attributes), dict(choices), relations)


def move(
    connection: Transaction, moves: Moves, at: str, progress: Callable[[int], object] = lambda count: None
) -> list[ProjectError]:
    """Carry out `moves` in every layer of every annotator, each as a step of its own; documents that are damaged.

    A layer keeps its own time of change and does not become one that says something by this alone. `progress` hears how
    many layers were looked at; what it raises stops it.
    """
    damaged: list[ProjectError] = []
    for count, layer in enumerate(sorted(_touched(connection, moves))):
        progress(count)
        document, annotator, updated_at = connection.execute(_LAYER, {"of": layer}).one()
        try:
            sheet = sheets.load(connection, document, annotator)
        except ProjectError as error:
            damaged.append(error)
            continue
        change = moved(sheet.document.id, sheet.annotations, moves, at)
        if change is not None:
            seq = log.append(connection, at, annotator, MOVE, step=coding.stored(Step(MOVE, (change,))))
            sheets.write(connection, sheet, change, sheets.Stamp(annotator, updated_at, seq, turn=0))
            log.done(connection, seq, [layer])
    return damaged


def _touched(connection: Transaction, moves: Moves) -> set[int]:
    found: set[int] = set()
    for label in moves.span_labels:
        found.update(tallies.layers_with(connection, label))
    for label in moves.relations:
        found.update(connection.execute(_RELATIONS_WITH, {"wanted": label}).scalars())
    if moves.fields:
        found.update(connection.execute(_FIELDS_WITH).scalars())
    return found


def _answers(connection: Transaction) -> Iterable[tuple[str, list[tuple[str, str]], int]]:
    """Attributes and fields, each combination once with its label and how often it occurs."""
    for label, stored, count in connection.execute(_ATTRIBUTES):
        yield label, _pairs(stored), count
    for stored, count in connection.execute(_FIELDS):
        yield FIELD, _pairs(stored), count


def _pairs(stored: str) -> list[tuple[str, str]]:
    try:
        return [(one.name, one.value) for one in coding.attributes(stored)]
    except (ValueError, TypeError):
        return []  # opening that document tells of the damage


def _offering(schema: Schema) -> set[tuple[str, str]]:
    asked = [(label.id, one) for label in schema.labels for one in label.attributes]
    asked += [(FIELD, one) for one in schema.fields]
    return {(label, one.id) for label, one in asked if one.kind in (CHOICE, CHOICES)}
