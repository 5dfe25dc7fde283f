"""What a project, a screen and a training file hold, in a form in which they can be held against each other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from app.formats.native_check import check_file
from app.formats.native_read import decode
from app.model.annotation import Annotations, Attribute
from app.session import Session
from app.store import annotations as sheets

States = dict[str, str]
"""By the id of each article, what its annotations come to."""
_DECIDED = "+"


def state_of(annotations: Annotations) -> str:
    """What a user would see of these annotations, as one short word; "" where nothing was ever said."""
    spans = sorted(
        (span.id, span.label, [tuple(part) for part in span.fragments], _answers(span.attributes), span.note)
        for span in annotations.spans.values()
    )
    links = sorted((link.id, link.label, link.head, link.child) for link in annotations.relations.values())
    state = annotations.state
    said = (state.status, state.flagged, state.note, sorted(map(tuple, state.fields)))
    if not spans and not links and said == ("new", False, "", []):
        return ""
    return hashlib.sha256(repr((spans, links, said)).encode()).hexdigest()[:16]


def with_decisions(session: Session, key: int, annotations: Annotations) -> str:
    """The same word, and another of what was decided about the suggestions of the article, where anything was."""
    with session._database.reading() as connection:
        asked = 'SELECT label, start, "end", outcome FROM decisions WHERE document = ?'
        decided = sorted(map(tuple, connection.exec_driver_sql(asked, (key,))))
    if not decided:
        return state_of(annotations)
    return f"{state_of(annotations)}{_DECIDED}{hashlib.sha256(repr(decided).encode()).hexdigest()[:16]}"


def without_decisions(state: str) -> str:
    """What of it a training file says."""
    return state.partition(_DECIDED)[0]


def all_states(session: Session) -> States:
    """Of every article in the open project, as it is on the disk, with what was decided about suggestions."""
    found: States = {}
    for row in session.rows(0, session.count):
        with session._database.reading() as connection:
            sheet = sheets.load(connection, row.key, session.annotator)
        found[sheet.document.id] = with_decisions(session, row.key, sheet.annotations)
    return found


def states(session: Session) -> States:
    """Of every article in the open project, as it is on the disk."""
    found: States = {}
    rows = session.rows(0, session.count)
    with session._database.reading() as connection:
        for row in rows:
            sheet = sheets.load(connection, row.key, session.annotator)
            found[sheet.document.id] = state_of(sheet.annotations)
    return found


def trained(session: Session) -> States:
    """What a training file must say of the open project: no suggestions, nothing of an article that is still new."""
    found: States = {}
    rows = session.rows(0, session.count)
    with session._database.reading() as connection:
        for row in rows:
            sheet = sheets.load(connection, row.key, session.annotator)
            all_ = sheet.annotations
            spans = {span.id: span for span in all_.spans.values() if span.status == "accepted"}
            links = [link for link in all_.relations.values() if {link.head, link.child} <= spans.keys()]
            if all_.state.status != "new":
                found[sheet.document.id] = state_of(Annotations.of(spans.values(), links, all_.state))
    return found


def published(file: Path) -> tuple[dict[str, set[str]], list[str]]:
    """Of every article in a training file what each of its annotators says, and what is wrong with the file."""
    faults = [repr(fault) for fault in check_file(file)]
    found: dict[str, set[str]] = {}
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            record, wrong = decode(line, file.name, number)
            faults += map(repr, wrong)
            if record is not None and record.annotations is not None:
                found.setdefault(record.document.id, set()).add(state_of(record.annotations))
    return found, faults


def _answers(attributes: Iterable[Attribute]) -> list[tuple[str, str]]:
    return sorted((attribute.name, attribute.value) for attribute in attributes)
