"""What a schema does not know goes all the way: into a project, past edits, and out again, to be read and seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from app.edit.attributes import set_attributes, set_field
from app.edit.links import link
from app.edit.steps import Place
from app.session import Session
from tests.cli.conftest import Said
from tests.formats.made_records import encoded
from tests.store.made_projects import mark, opened
from tests.test_unknown_to_schema import LINE

Call = Callable[..., Said]
EDITED = re.compile(rb'("note":"","created_at":"[^"]*","updated_at":")[^"]*(","spans")')

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.jsonl"
    path.write_bytes(encoded(LINE) + b"\n")
    return path


def edited_and_undone(corpus: Path) -> Session:
    """Four edits beside what is unknown, saved and loaded again, then taken back one by one."""
    session = opened(corpus)
    session.do(set_attributes("s1", {"outcome": ("killed",), "who": ("medics",)}), place=Place())
    session.do(set_field("event_date", ("2026-01-31",)), place=Place())
    mark(session, 0, 6, "ACTOR")
    session.do(link("s1", "s3", "CAUSED_BY"), place=Place())
    session.close()
    again = opened(corpus)
    for _edit in range(4):
        assert again.undo() is not None
    return again


def test_unknown_words_are_exported_as_they_were_imported(hashiya: Call, corpus: Path) -> None:
    session = edited_and_undone(corpus)
    session.close()
    out = corpus.with_name("out.jsonl")
    assert hashiya("export", session.path, out).status == 0
    assert EDITED.sub(rb"\1\2", out.read_bytes()) == EDITED.sub(rb"\1\2", corpus.read_bytes())
    assert hashiya("check", out).status == 0


def test_unknown_words_are_shown_as_unknown_and_drawn(hashiya: Call, corpus: Path) -> None:
    session = edited_and_undone(corpus)
    session.close()
    shown = hashiya("show", session.path, "--logical").out
    assert "STRANGE?  كركوك" in shown
    assert "Outcome: vanished§? · mood?: x‡, غاضب§" in shown
    assert "→ BEFORE?: كركوك · STRANGE?" in shown and "← BEFORE?: " in shown
    assert "Relevance: unheard of? · topic?: war" in shown
    assert shown.endswith("? Unknown to the schema, kept as they are\n")
    told = hashiya("show", session.path, "--json").told
    assert [(one["label"], one["head"], one["child"]) for one in told["relations"]] == [
        ("BEFORE", "s1", "s2"),
        ("SAID_BY", "s3", "s3"),
    ]
    assert {one["name"] for one in told["spans"][0]["attributes"]} == {"mood", "outcome"}
    assert [field["name"] for field in told["fields"]] == ["relevance", "topic"]
    pictures = []
    for wish in ("all", "none"):
        out = corpus.with_name(f"{wish}.png")
        assert hashiya("render", session.path, "--out", out, "--relations", wish).status == 0
        pictures.append(QImage(str(out)))
    assert pictures[0] != pictures[1] and not pictures[0].isNull()
