"""What a file holds, told before it is taken, and files taken by another thread than the one that shows them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app import sampling
from app.arriving import arrive
from app.errors import Fault, SourceError
from app.formats.registry import ReadOptions
from app.intake import SKIP, ImportReport, Wishes
from app.sampling import sample
from app.session import Session
from tests.store.made_projects import ARTICLE, opened, record, span, write, write_training


class Enough(Exception):
    """Nobody wants the rest."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    session = opened(write(tmp_path / "a.txt"))
    session.close()
    return session.path


def test_a_sample_tells_what_the_project_has_and_under_which_id(project: Path, tmp_path: Path) -> None:
    lines = [
        record("a", spans=(span("s", 0, 6),)),
        record("a", "نص آخر", annotator="C3"),
        record("b"),
        record("c", "جديد"),
    ]
    found = sample(project, write_training(tmp_path / "b.jsonl", *lines), ReadOptions())
    assert found.format and found.format.name == "native"
    assert (found.articles, found.spans, found.there, found.other_text, found.other_id) == (4, 1, 1, 1, 1)
    assert [one.document.id for one in found.first] == ["a", "a", "b"] and found.whole and not found.faults


def test_what_cannot_be_read_is_told_and_the_rest_is_counted(project: Path, tmp_path: Path) -> None:
    found = sample(project, write(tmp_path / "b.jsonl", '{"text": "ب"}\nrubbish\n{"text": "ﻣﺤﻤﺪ"}\n'), ReadOptions())
    assert (found.articles, found.refused, found.forms) == (2, 1, 1)
    assert [(fault.line, fault.code) for fault in found.faults] == [(2, "not-json")]
    with pytest.raises(SourceError):
        sample(project, tmp_path / "gone.txt", ReadOptions())


def test_texts_like_others_of_the_file_or_the_project_are_told_where_that_is_asked(
    project: Path, tmp_path: Path
) -> None:
    said = "وصلت السفينة إلى الميناء أمس وقال المتحدث إنها تحمل مساعدات"
    lines = [f'{{"id": "b", "text": "{said}"}}\n', f'{{"id": "c", "text": "{said} كثيرة"}}\n']
    file = write(tmp_path / "b.jsonl", "".join(lines) + json.dumps({"id": "d", "text": ARTICLE + " انتهى"}) + "\n")
    near = sample(project, file, ReadOptions(), alike=True).near
    assert [(one.id, one.other) for one in near] == [("c", "b"), ("d", "a")] and all(
        0.4 <= one.share < 1 for one in near
    )
    assert sample(project, file, ReadOptions()).near == ()


def test_a_long_file_is_looked_at_from_its_beginning_and_looking_can_be_stopped(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampling, "LOOKED_AT", 5)
    file = write(tmp_path / "b.jsonl", "".join(f'{{"text": "{n}"}}\n' for n in range(9)))
    found = sample(project, file, ReadOptions())
    assert (found.articles, found.whole) == (5, False)

    def stop(read: int) -> None:
        if read == 2:
            raise Enough

    with pytest.raises(Enough):
        sample(project, file, ReadOptions(), stop)


def test_encodings_are_offered_with_their_first_line_and_columns_with_what_they_are(
    project: Path, tmp_path: Path
) -> None:
    old = tmp_path / "old.txt"
    old.write_bytes("قال المتحدث إن السفينة وصلت".encode("windows-1256"))
    offered = sample(project, old, ReadOptions())
    assert not offered.articles and ("windows-1256", "قال المتحدث إن السفينة وصلت") in {
        (one.encoding, one.first_line) for one in offered.encodings
    }
    assert sample(project, old, ReadOptions("windows-1256")).first[0].document.text == "قال المتحدث إن السفينة وصلت"
    table = sample(project, write(tmp_path / "t.csv", "headline,body\nعنوان,نص\n"), ReadOptions())
    assert table.columns == ("headline", "body")
    assert (table.chosen["text"], table.chosen["title"], table.chosen["id"]) == ("body", "headline", "")


def test_files_arrive_one_by_one_and_what_is_stopped_leaves_nothing_of_its_file(project: Path, tmp_path: Path) -> None:
    first, bad = write(tmp_path / "b.jsonl", '{"id": "b", "text": "ب"}\n'), write(tmp_path / "bad.jsonl", "rubbish\n")
    last = write(tmp_path / "c.jsonl", '{"id": "c", "text": "ج"}\n{"id": "d", "text": "د"}\n')
    faults: list[Fault] = []
    taken: list[ImportReport] = []

    def stop(read: int) -> None:
        if read == 3:
            raise Enough

    files = [(file, Wishes(duplicates=SKIP)) for file in (first, bad, last)]
    with pytest.raises(Enough):
        arrive(project, files, faults.append, stop, taken.append)
    session = Session.open(project)
    assert session.count == 2 and [report.documents for report in taken] == [1]
    arrival = arrive(project, files, faults.append, lambda read: None)
    assert (arrival.documents, [error.code for error in arrival.errors]) == (2, ["nothing-read"])
    assert {fault.code for fault in faults} == {"not-json"}
    session.note_imported()
    assert session.count == 4 and session.document.text == ARTICLE
    session.close()
