from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app.store import statements
from resources import resource
from tests.store.made_projects import mark, opened, write

IN_USE = """
import sys
from pathlib import Path
from app.edit.commands import label
from app.model.place import Place
from app.model.wish import Wish
from app.session import Session

session = Session.open(Path(sys.argv[1]))
session.set_annotator("A1")
session.do(label(0, 6, "LOCATION"), place=Place(0, 6))
session.undo()
assert session.rows(0, 9) and session.rows_at([0]) and not session.find(Wish("x", ("complete",), True))
session.publish()
session.close()
print([name for name in sys.modules if name.split(".")[0] == "sqlalchemy"])
"""


def test_the_statements_that_ship_are_those_of_the_store() -> None:
    shipped = resource(*statements.KEPT).read_bytes()
    assert shipped == statements.compiled_now(), "run: python -m app.store.statements"


def test_each_statement_is_understood_by_the_tables_of_a_project() -> None:
    statements.compiled_now()
    connection = sqlite3.connect(":memory:")
    for definition in statements.definitions():
        connection.execute(definition)
    for statement in statements.known.values():
        values = dict.fromkeys(statements.names_in(statement.text), 1)
        connection.execute(f"EXPLAIN {statement.text}", values)
    connection.close()


def test_a_statement_that_was_not_kept_is_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "_kept", dict)
    for statement in statements.known.values():
        monkeypatch.setattr(statement, "_text", "")
    session = opened(write(tmp_path / "a.txt"))
    mark(session, 0, 6)
    assert session.undo() and not session.annotations.spans
    session.close()


def test_work_on_a_project_does_not_wait_for_sqlalchemy(tmp_path: Path) -> None:
    asked = [sys.executable, "-c", IN_USE, str(write(tmp_path / "a.txt"))]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]", done.stderr
