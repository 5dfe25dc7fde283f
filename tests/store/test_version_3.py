"""A project that version 3 of the file made: three annotators, suggestions, notes, steps taken back, dates as said."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from app.model.wish import Wish
from tests.store.made_projects import opened

FIXTURE = Path(__file__).parent / "fixtures" / "version-3.hashiya"


def test_a_project_of_version_3_moves_up_with_its_labels_counted_and_its_dates_read(tmp_path: Path) -> None:
    session = opened(Path(shutil.copy(FIXTURE, tmp_path / "corpus.hashiya")))
    assert session.schema_use().labels == {"ACTOR": 4, "CASUALTY": 1, "LOCATION": 4}
    assert session.find(Wish(sort="date")) == [2, 1, 0]
    session.go_to(session.key_of("a") or 0)
    assert session.undo() is not None and session.schema_use().labels["LOCATION"] == 5
    session.close()
    raw = sqlite3.connect(session.path)
    tallies = raw.execute("SELECT label, layer, accepted, suggested FROM tallies ORDER BY 2, 1").fetchall()
    dates = raw.execute("SELECT date, dated FROM cards ORDER BY position").fetchall()
    raw.close()
    assert tallies[:2] == [("ACTOR", 1, 1, 0), ("LOCATION", 1, 1, 1)]
    assert dates[1:] == [("12 آذار 2024", "2024-03-12"), ("Tue, 02 Apr 2024 10:11:12 GMT", "2024-04-02T10:11:12")]
