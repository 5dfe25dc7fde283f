"""What was decided about suggestions, by the steps that are done, and the models that were learned.

A decision is written with its step, goes when that is taken back, and comes again with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from app.edit.steps import Step
from app.errors import ProjectError
from app.model.decision import ACCEPTED, REJECTED, Decision
from app.store.annotations import Sheet, Stamp
from app.store.engine import Transaction
from app.store.statements import Statement, sa, tables


class Rejection(NamedTuple):
    """A form that was refused for a label: how it was written last, how often, and when last."""

    label: str
    folded: str
    surface: str
    times: int
    at: str


class Model(NamedTuple):
    """What was learned: its name, its bytes, the name of the schema it was learned by, and when."""

    name: str
    content: bytes
    schema: str
    made_at: str


def _counts() -> Any:
    columns = tables.decisions.c
    return sa.select(
        columns.source_name,
        columns.label,
        sa.func.sum(sa.case((columns.outcome == ACCEPTED, 1), else_=0)),
        sa.func.count(),
    ).group_by(columns.source_name, columns.label)


def _refused() -> Any:
    # SQLite takes the bare columns from the row that has the greatest `at`.
    columns = tables.decisions.c
    return (
        sa.select(columns.label, columns.folded, columns.surface, sa.func.count(), sa.func.max(columns.at))
        .where(columns.outcome == REJECTED)
        .group_by(columns.label, columns.folded)
        .order_by(sa.func.max(columns.at).desc(), columns.folded)
    )


def _taken_back() -> Any:
    columns = tables.decisions.c
    form = (columns.label == sa.bindparam("label"), columns.folded == sa.bindparam("form"))
    return sa.delete(tables.decisions).where(columns.outcome == REJECTED, *form)


def _newest() -> Any:
    columns = tables.models.c
    wanted = columns.name == sa.bindparam("wanted")
    return (
        sa.select(columns.content, columns.sha256, columns.schema, columns.made_at)
        .where(wanted)
        .order_by(columns.key.desc())
        .limit(1)
    )


def _forms() -> Any:
    columns = tables.spans.c
    return (
        sa.select(columns.label, columns.surface)
        .where(columns.status == "accepted", columns.fragments == "")
        .order_by(columns.layer.desc())
        .limit(sa.bindparam("most"))
    )


def _finished() -> Any:
    columns = tables.layers.c
    return (
        sa.select(tables.documents.c.text)
        .where(tables.documents.c.key == columns.document, columns.status == "complete")
        .order_by(columns.key.desc())
        .limit(sa.bindparam("most"))
    )


_ADD = Statement("decisions.add", lambda: sa.insert(tables.decisions))
_DROP = Statement(
    "decisions.drop", lambda: sa.delete(tables.decisions).where(tables.decisions.c.seq == sa.bindparam("of"))
)
_COUNTS = Statement("decisions.counts", _counts)
_REFUSED = Statement("decisions.refused", _refused)
_TAKEN_BACK = Statement("decisions.taken back", _taken_back)
_HERE = Statement(
    "decisions.here",
    lambda: sa.select(*[tables.decisions.c[name] for name in ("label", "start", "end")]).where(
        tables.decisions.c.document == sa.bindparam("of")
    ),
)
_FORMS = Statement("decisions.forms", _forms)
_FINISHED = Statement("decisions.finished", _finished)
_NEWEST = Statement("decisions.newest model", _newest)
_FORGET = Statement(
    "decisions.forget models", lambda: sa.delete(tables.models).where(tables.models.c.name == sa.bindparam("wanted"))
)
_KEEP = Statement("decisions.keep model", lambda: sa.insert(tables.models))


def follow(connection: Transaction, seq: int, step: Step, after: dict[str, Sheet], stamp: Stamp) -> None:
    """Keep what `step`, which is or was made as `seq`, decides, and no longer what it takes back."""
    if any(change.undecided for change in step.changes):
        connection.execute(_DROP, {"of": seq})
    rows = [
        one._asdict()
        | {"seq": seq, "document": after[change.document].key, "annotator": stamp.annotator, "at": stamp.at}
        for change in step.changes
        for one in change.decided
    ]
    if rows:
        connection.execute(_ADD, rows)


def bring_back(connection: Transaction, document: int, decision: Decision, seq: int, annotator: str, at: str) -> None:
    """Keep a decision that was made once about the document with this key, as of the step `seq` (0: of none)."""
    row = decision._asdict() | {"seq": seq, "document": document, "annotator": annotator, "at": at}
    connection.execute(_ADD, [row])


def counts(connection: Transaction) -> dict[tuple[str, str], tuple[int, int]]:
    """By source and label: how many suggestions were taken as they stood, and how many were decided."""
    return {(source, label): (int(taken), int(all_)) for source, label, taken, all_ in connection.execute(_COUNTS)}


def rejections(connection: Transaction) -> list[Rejection]:
    """Every form that was refused, the last one first."""
    return [Rejection(*row) for row in connection.execute(_REFUSED)]


def take_back(connection: Transaction, label: str, folded: str) -> None:
    """Forget that this form was refused for this label, in whichever articles."""
    connection.execute(_TAKEN_BACK, {"label": label, "form": folded})


def here(connection: Transaction, document: int) -> set[tuple[str, int, int]]:
    """The places (label, start, end) of the document with this key that were decided."""
    return {(label, start, end) for label, start, end in connection.execute(_HERE, {"of": document})}


def forms(connection: Transaction, most: int) -> Iterator[tuple[str, str]]:
    """Label and surface of accepted spans in one piece, those of the newest layers first, `most` at most."""
    return ((label, surface) for label, surface in connection.execute(_FORMS, {"most": most}))


def finished_texts(connection: Transaction, most: int) -> list[str]:
    """The texts of articles that somebody has finished, the newest layers first, `most` at most."""
    return list(connection.execute(_FINISHED, {"most": most}).scalars())


def keep_model(connection: Transaction, model: Model) -> None:
    """Keep `model` in the place of those before it with its name."""
    connection.execute(_FORGET, {"wanted": model.name})
    row = model._asdict() | {"sha256": hashlib.sha256(model.content).hexdigest()}
    connection.execute(_KEEP, row)


def model(connection: Transaction, name: str) -> Model | None:
    """The model with this name, or None. Raises ProjectError where its bytes are not those that were kept."""
    row = connection.execute(_NEWEST, {"wanted": name}).first()
    if row is None:
        return None
    content, sha256, schema, made_at = row
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ProjectError("model-damaged", name=name)
    return Model(name, content, schema, made_at)
