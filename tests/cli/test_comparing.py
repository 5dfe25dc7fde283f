"""`hashiya suggest --compare`: whoever leads the work sees what suggestions change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.edit.commands import label, set_status
from app.model.place import Place
from app.session import Session
from app.suggesting import SuggestSettings, is_without
from tests.cli.conftest import Said

Call = Callable[..., Said]
MINUTE = 60.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    now = [1_700_000_000.0]
    monkeypatch.setattr("time.time", lambda: now[0])
    yield now


def worked_on(folder: Path, clock: list[float]) -> tuple[Path, list[bool]]:
    """Ten articles: three steps each, ten seconds apart where suggestions show, and a minute where they do not."""
    session = Session.create(folder / "group.hashiya")
    session.set_annotator("lead")
    session.set_suggest_settings(SuggestSettings(share_without=40))
    groups = []
    for number in range(10):
        text = folder / f"article-{number}.txt"
        text.write_text(f"بغداد والموصل {number}\n", encoding="utf-8")
        session.import_file(text)
        session.go_to(session.rows(number, 1)[0].key)
        groups.append(is_without(session.document.id, 40))
        clock[0] += 60 * MINUTE
        for command in (label(0, 5, "LOCATION"), label(7, 13, "LOCATION"), set_status("complete")):
            session.do(command, place=Place(0, 0))
            clock[0] += MINUTE if groups[-1] else 10
    session.close()
    return session.path, groups


def test_time_changes_and_spans_stand_side_by_side(hashiya: Call, tmp_path: Path, clock: list[float]) -> None:
    project, groups = worked_on(tmp_path, clock)
    assert 0 < sum(groups) < 10
    told = hashiya("suggest", "--compare", project, "--json").told
    assert told["share_without"] == 40
    shown, kept_free = told["with_suggestions"], told["without"]
    assert (shown["articles"], kept_free["articles"]) == (groups.count(False), groups.count(True))
    assert (shown["seconds"], kept_free["seconds"]) == (20, 120)
    assert shown["changes"] == kept_free["changes"] == 3 and shown["spans"] == kept_free["spans"] == 2
    said = hashiya("suggest", "--compare", project)
    assert said.status == 0 and "120 seconds" in said.out and "five minutes" in said.out


def test_where_nothing_can_be_compared_that_is_said(hashiya: Call, tmp_path: Path) -> None:
    session = Session.create(tmp_path / "new.hashiya")
    session.close()
    said = hashiya("suggest", "--compare", session.path)
    assert said.status == 0 and "nothing to compare" in said.out and "0" in said.out
    told = hashiya("suggest", "--compare", session.path, "--json").told
    assert told["without"]["seconds"] is None and told["with_suggestions"]["changes"] is None
    assert hashiya("suggest", "--compare", tmp_path / "none.hashiya").status == 2
    (tmp_path / "text.txt").write_text("بغداد\n", encoding="utf-8")
    assert hashiya("suggest", "--compare", tmp_path / "text.txt").status != 0
    assert hashiya("suggest", tmp_path / "text.txt").status == 2
