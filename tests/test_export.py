from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.errors import CallError
from app.export import export
from app.formats.native import encode
from app.formats.registry import Format, read_file
from app.model.record import Record
from app.session import Session
from tests.formats.awkward import awkward_records

RECORDS = [record for record in awkward_records() if record.document.text]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that holds the awkward articles."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "all.jsonl").write_bytes(b"".join(map(encode, RECORDS)))
    session = Session.open(folder / "all.jsonl")
    session.close()
    return session.path


def records_of(path: Path) -> list[Record]:
    return [found for found in read_file(path) if isinstance(found, Record)]


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_exported_is_what_was_annotated(project: Path, tmp_path: Path) -> None:
    made = export(project, tmp_path / "out.jsonl")
    assert made.lines == len(RECORDS) and made.losses == {} and made.report is None
    assert (tmp_path / "out.jsonl").read_bytes() == b"".join(map(encode, RECORDS))


def test_twice_exported_the_bytes_are_the_same(project: Path, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    for folder in ("a", "b"):
        export(project, tmp_path / folder / "out.jsonl.gz", split=(80, 10, 10), shards=2)
        export(project, tmp_path / folder / "out", format="brat")
    assert everything(tmp_path / "a") == everything(tmp_path / "b")
    assert "out.train-00000-of-00002.jsonl.gz" in everything(tmp_path / "a")


def test_the_parts_together_hold_every_article_once(project: Path, tmp_path: Path) -> None:
    made = export(project, tmp_path / "out.jsonl", split=(50, 25, 25), seed=3)
    parts = [tmp_path / f"out.{part}.jsonl" for part in ("train", "validation", "test")]
    assert made.files[:3] == tuple(parts)
    ids = [[one.document.id for one in records_of(part)] if part.stat().st_size else [] for part in parts]
    assert sorted(id for part in ids for id in part) == sorted(one.document.id for one in RECORDS)
    assert not set(ids[0]) & set(ids[1]) | set(ids[0]) & set(ids[2])


def test_an_earlier_folder_is_replaced_and_a_foreign_one_is_left_alone(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export(project, out, format="brat")
    before = everything(tmp_path)
    export(project, out, format="brat")
    assert everything(tmp_path) == before
    (out / "mine.txt").write_bytes(b"mine")
    with pytest.raises(CallError) as caught:
        export(project, out, format="brat")
    assert caught.value.code == "output-foreign"
    assert everything(tmp_path) == before | {"out/mine.txt": b"mine"}
    export(project, out, format="brat", force=True)
    assert everything(tmp_path) == before


def test_a_card_that_somebody_has_written_on_is_left_alone(project: Path, tmp_path: Path) -> None:
    export(project, tmp_path / "out.jsonl")
    card = tmp_path / "out.jsonl.card.md"
    card.write_bytes(b"mine")
    with pytest.raises(CallError):
        export(project, tmp_path / "out.jsonl")
    assert card.read_bytes() == b"mine"


def test_a_report_of_losses_goes_when_nothing_is_lost_any_more(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    lossy = export(project, out, format="doccano")
    assert lossy.report is not None
    listed = [json.loads(line) for line in lossy.report.read_bytes().splitlines()]
    assert len(listed) == sum(lossy.losses.values())
    assert {one["what"] for one in listed} == set(lossy.losses)
    export(project, out)
    assert not lossy.report.exists()


def test_an_export_that_is_stopped_or_fails_leaves_nothing(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(Exception):
        pass

    def stop(written: int) -> None:
        if written == 3:
            raise Stopped

    with pytest.raises(Stopped):
        export(project, tmp_path / "out.jsonl", progress=stop)
    with pytest.raises(Stopped):
        export(project, tmp_path / "out", format="brat", progress=stop)
    assert everything(tmp_path) == {} and list(tmp_path.iterdir()) == []


def test_the_training_file_of_the_project_is_no_place_for_another_kind_of_export(project: Path) -> None:
    with pytest.raises(CallError) as caught:
        export(project, project.with_name("all.annotations.jsonl"), labels=("ORG",))
    assert caught.value.code == "output-is-training-file"


def test_a_format_whose_package_is_missing_says_which(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = Format(
        "absent", "Absent", (".absent",), frozenset(), write=lambda records, files, options: None, needs="no_such_thing"
    )
    monkeypatch.setattr("app.export.named", lambda name: absent)
    with pytest.raises(CallError) as caught:
        export(project, tmp_path / "out", format="absent")
    assert (caught.value.code, caught.value.values["package"]) == ("package-missing", "no_such_thing")
