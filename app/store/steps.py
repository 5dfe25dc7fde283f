"""A step made, taken back or made again: everything that one transaction holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from app.edit import history
from app.edit.moves import MOVE
from app.edit.steps import Step
from app.errors import ProjectError
from app.store import annotations as sheets
from app.store import coding, decisions, documents, log
from app.store.annotations import Sheet, Stamp
from app.store.engine import Transaction
from app.store.spans import ChangedElsewhere

Sheets = Mapping[str, Sheet]
"""Sheets by the id of their document."""


class Turned(NamedTuple):
    """What undo or redo did: the step as it was carried out, the sheets after it, the ids where it was left alone."""

    step: Step
    sheets: dict[str, Sheet]
    left: tuple[str, ...]


def make(connection: Transaction, step: Step, current: Sheet, stamp: Stamp) -> dict[str, Sheet]:
    """Carry out a new step: its sheets after it. Raises ChangedElsewhere when it no longer fits."""
    before = _sheets(connection, step, current, stamp.annotator)
    seq = log.append(connection, stamp.at, stamp.annotator, step.command, step=coding.stored(step))
    after = _write(connection, step, before, stamp._replace(seq=seq, turn=1))
    log.done(connection, seq, [sheet.layer for sheet in after.values()])
    decisions.follow(connection, seq, step, after, stamp)
    return after


def undo(connection: Transaction, current: Sheet, stamp: Stamp) -> Turned:
    """Take back the last step made in the current document. Raises ChangedElsewhere when there is none."""
    return _turn(connection, "undo", current, stamp)


def redo(connection: Transaction, current: Sheet, stamp: Stamp) -> Turned:
    """Make again what was taken back last in the current document. Raises ChangedElsewhere when there is nothing."""
    return _turn(connection, "redo", current, stamp)


def _turn(connection: Transaction, kind: str, current: Sheet, stamp: Stamp) -> Turned:
    state, becomes, by = (log.DONE, log.UNDONE, -1) if kind == "undo" else (log.UNDONE, log.DONE, 1)
    entry = log.last(connection, current.layer, state) if current.layer else None
    if entry is None:
        raise ChangedElsewhere
    whole = entry.step.inverse() if kind == "undo" else entry.step
    before, unreadable = _others(connection, log.documents(connection, entry.seq, state), current, stamp.annotator)

    def later(document: str) -> list[Step]:
        found = log.since(connection, before[document].layer, entry.seq, state)
        return [step.inverse() for step in found] if kind == "undo" else found

    step, left = history.turn(whole, {id: sheet.annotations for id, sheet in before.items()}, later)
    if step.change_of(current.document.id) is None:
        raise ChangedElsewhere
    if step.command == MOVE:
        by = 0  # what a new schema did to a layer is no step of its annotator
    seq = log.append(connection, stamp.at, stamp.annotator, step.command, kind, entry.seq)
    after = _write(connection, step, before, stamp._replace(seq=seq, turn=by))
    log.turned(connection, seq, entry.seq, [sheet.layer for sheet in after.values()], becomes)
    decisions.follow(connection, entry.seq, step, after, stamp)
    return Turned(step, after, left + unreadable)


def _write(connection: Transaction, step: Step, before: Sheets, stamp: Stamp) -> dict[str, Sheet]:
    return {
        change.document: sheets.write(connection, before[change.document], change, stamp) for change in step.changes
    }


def _sheets(connection: Transaction, step: Step, current: Sheet, annotator: str) -> dict[str, Sheet]:
    found = {current.document.id: current}
    for change in step.changes:
        if change.document not in found:
            known = documents.known(connection, change.document)
            if known is None:
                raise ChangedElsewhere
            found[change.document] = sheets.load(connection, known.key, annotator)
    return found


def _others(
    connection: Transaction, keys: list[int], current: Sheet, annotator: str
) -> tuple[dict[str, Sheet], tuple[str, ...]]:
    found, unreadable = {current.document.id: current}, []
    for key in keys:
        if key == current.key:
            continue
        try:
            sheet = sheets.load(connection, key, annotator)
            found[sheet.document.id] = sheet
        except ProjectError as error:
            unreadable.append(str(error.values["document"]))
    return found, tuple(unreadable)
