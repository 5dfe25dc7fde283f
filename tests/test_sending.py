from __future__ import annotations

import hashlib
import shutil
import zipfile
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from app.edit.commands import set_status
from app.errors import AnnotatorUnknown, CallError, ProjectError, SourceError
from app.formats.native_check import check_file
from app.model.place import Place
from app.model.schema_file import read_schema
from app.sending import send, usual_name
from tests.store.made_projects import mark, opened, record, span, write_training


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A1 has done one of three articles; of the second there are only annotations of B2."""
    path = write_training(tmp_path / "t.jsonl", record("a"), record("b", spans=(span("s", 19, 24),)), record("c"))
    with closing(opened(path)) as session:
        mark(session, 19, 24)
        mark(session, 0, 6, "ACTOR")
        session.do(set_status("complete"), place=Place())
        return session.path


def test_the_file_holds_this_annotators_lines_the_schema_and_a_report(project: Path, tmp_path: Path) -> None:
    sent = send(project, tmp_path)
    assert (sent.path.name, sent.articles, sent.spans, sent.size) == ("t.A1.zip", 1, 2, sent.path.stat().st_size)
    with zipfile.ZipFile(sent.path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["t.A1.annotations.jsonl", "schema.json", "report.json"]
        lines = archive.read(archive.namelist()[0])
        report = orjson.loads(archive.read("report.json"))
        schema = read_schema(archive.read("schema.json"), "schema.json")
    (tmp_path / "out.jsonl").write_bytes(lines)
    assert list(check_file(tmp_path / "out.jsonl")) == []
    assert [(line["id"], line["annotator"]) for line in map(orjson.loads, lines.splitlines())] == [("a", "A1")]
    assert report == {
        "project": "t",
        "annotator": "A1",
        "file": "t.A1.annotations.jsonl",
        "sha256": hashlib.sha256(lines).hexdigest(),
        "schema": {"name": schema.name, "version": schema.version},
        "articles": {"complete": 1},
        "labels": {"ACTOR": 1, "LOCATION": 1},
    }


def test_the_same_work_gives_the_same_bytes_wherever_the_project_lies(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(project, elsewhere)
    first = send(project, tmp_path / "one.zip").path.read_bytes()
    assert send(elsewhere / project.name, tmp_path / "two.zip").path.read_bytes() == first
    assert send(project, tmp_path / "one.zip").path.read_bytes() == first, "its own earlier file may be replaced"


def test_the_work_of_another_is_sent_by_name(project: Path, tmp_path: Path) -> None:
    assert send(project, tmp_path, "B2").articles == 3
    with pytest.raises(ProjectError) as refused:
        send(project, tmp_path, "C3")
    assert refused.value.code == "nothing-to-send"


def test_nobody_is_asked_for_before_a_name_is_known(tmp_path: Path) -> None:
    session = opened(write_training(tmp_path / "t.jsonl", record("a")), annotator="")
    with closing(session), pytest.raises(AnnotatorUnknown):
        send(session.path, tmp_path)


def test_a_name_that_no_file_may_have_becomes_one(tmp_path: Path) -> None:
    assert usual_name(tmp_path / "مشروع.hashiya", "سامي/../x") == "مشروع.سامي%2F..%2Fx.zip"


def test_a_foreign_file_and_the_project_stay_as_they_are(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine.zip"
    out.write_bytes(b"mine")
    with pytest.raises(CallError):
        send(project, out)
    with pytest.raises(CallError):
        send(project, project, force=True)
    with pytest.raises(SourceError):
        send(project, tmp_path / "nowhere" / "x.zip")

    def stop(written: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send(project, out, force=True, progress=stop)
    assert out.read_bytes() == b"mine"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
