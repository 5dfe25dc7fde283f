"""The demonstration project: short passages, written for Hashiya and annotated, that suggestions are learned from."""

from __future__ import annotations

from pathlib import Path

from app.session import Session
from resources import resource


def make_demonstration(project: Path) -> int:
    """Make a project of the annotated passages that ship; answers how many.

    Raises ProjectError where there is a file of that name, and SourceError when its folder cannot be written.
    """
    session = Session.create(project)
    try:
        return session.import_file(resource("samples", "demonstration.jsonl")).documents
    finally:
        session.close()
