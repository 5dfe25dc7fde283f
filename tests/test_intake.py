from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.errors import EditRefused, Fault, FaultyFile, ProjectError, SourceError
from app.intake import FAULTS_KEPT, ImportReport, Wishes
from app.model.document import NameValue
from app.session import Session
from app.wording import describe_fault
from tests.store.made_projects import ARTICLE, mark, opened, record, span, surfaces, write, write_training


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return opened(write(tmp_path / "a.txt"))


def counted(report: ImportReport) -> tuple[int, int, int, int, int]:
    return report.documents, report.layers, report.spans, report.there, report.refused


def test_articles_are_added_at_the_end_and_the_open_one_stays(session: Session, tmp_path: Path) -> None:
    mark(session, 0, 6)
    heard: list[int] = []
    session.documents_changed.connect(lambda: heard.append(session.count))
    report = session.import_file(write(tmp_path / "more.jsonl", '{"id":"b","text":"ب"}\n{"id":"c","text":"ج"}\n'))
    assert counted(report) == (2, 0, 0, 0, 0)
    assert ([row.id for row in session.rows(0, 9)], session.document.id, heard) == (["a", "b", "c"], "a", [3])
    assert session.can_undo and session.counts() == {"in_progress": 1, "new": 2}
    session.close()


def test_the_same_file_again_adds_nothing(session: Session, tmp_path: Path) -> None:
    given = write_training(tmp_path / "b.jsonl", record("b", spans=(span("s", 0, 6),)), record("c"))
    assert counted(session.import_file(given)) == (2, 2, 1, 0, 0)
    assert counted(session.import_file(given)) == (0, 0, 0, 2, 0)
    assert counted(session.import_file(tmp_path / "a.txt")) == (0, 0, 0, 1, 0)
    session.close()


def test_annotations_of_an_article_that_is_there_come_as_a_layer_of_their_own(session: Session, tmp_path: Path) -> None:
    mark(session, 0, 6)
    given = write_training(tmp_path / "b.jsonl", record("a", spans=(span("s", 19, 24),)))
    assert counted(session.import_file(given)) == (0, 1, 1, 0, 0)
    assert surfaces(session) == [("LOCATION", "اقتحمت")]
    session.set_annotator("B2")
    assert surfaces(session) == [("LOCATION", "كركوك")]
    session.close()


@pytest.mark.parametrize("text", [ARTICLE + " ", ARTICLE])
def test_what_would_overwrite_is_refused_with_its_line_and_the_rest_is_taken(
    session: Session, tmp_path: Path, text: str
) -> None:
    mark(session, 0, 6)
    lines = [record("a", text, (span("s", 19, 24),), annotator="A1"), record("z", annotator="A1")]
    faults: list[Fault] = []
    report = session.import_file(write_training(tmp_path / "b.jsonl", *lines), faults.append)
    assert counted(report) == (1, 1, 0, 0, 1)
    code = "annotations-differ" if text == ARTICLE else "id-of-another-text"
    assert [(fault.code, fault.line) for fault in faults] == [(code, 1)] and report.faults == tuple(faults)
    assert "line 1" in describe_fault(faults[0])
    assert surfaces(session) == [("LOCATION", "اقتحمت")] and session.document.text == ARTICLE
    session.close()


def test_a_file_without_anything_to_take_changes_nothing(session: Session, tmp_path: Path) -> None:
    lines = "[]\n" * (FAULTS_KEPT + 5)
    with pytest.raises(FaultyFile, match="nothing-read") as refused:
        session.import_file(write(tmp_path / "b.jsonl", lines))
    assert (len(refused.value.faults), refused.value.values["count"]) == (FAULTS_KEPT, FAULTS_KEPT + 5)
    assert session.count == 1
    session.close()


def test_an_import_that_is_stopped_midway_is_as_if_it_had_never_begun(session: Session, tmp_path: Path) -> None:
    def stop(_fault: Fault) -> None:
        raise KeyboardInterrupt

    given = write(tmp_path / "b.jsonl", '{"id":"b","text":"ب"}\n[]\n')
    with pytest.raises(KeyboardInterrupt):
        session.import_file(given, stop)
    assert [row.id for row in session.rows(0, 9)] == ["a"]
    pages = session._database.pragma("page_count")
    session._database.pragma("max_page_count", pages)
    with pytest.raises(ProjectError, match="project-disk-full"):
        session.import_file(write(tmp_path / "c.txt", "نص " * 50_000))
    assert [row.id for row in session.rows(0, 9)] == ["a"]
    session.close()


def test_what_is_odd_but_taken_is_counted_apart(session: Session, tmp_path: Path) -> None:
    cut = record("b", "مُحَمَّد", (span("s", 1, 4),))
    report = session.import_file(write_training(tmp_path / "b.jsonl", cut))
    assert (report.spans, report.refused, report.warned) == (1, 0, 1)
    session.close()


def test_the_language_of_a_text_is_found_and_that_of_a_training_file_is_kept(session: Session, tmp_path: Path) -> None:
    session.import_file(write(tmp_path / "en.txt", "The town was taken in the night, and the roads were closed."))
    session.import_file(write_training(tmp_path / "b.jsonl", record("b")._replace(document=record("b").document)))
    languages = []
    for key in (1, 2, 3):
        session.go_to(key)
        languages.append(session.document.language)
    assert languages == ["ar", "en", "ar"]
    session.close()


def taken(session: Session, folder: Path, wish: str, *lines: dict[str, str]) -> ImportReport:
    given = write(folder / f"{wish or 'plain'}.jsonl", "\n".join(map(json.dumps, lines)))
    return session.import_file(given, wishes=Wishes(duplicates=wish))


def ids(session: Session) -> list[str]:
    return [row.id for row in session.rows(0, 9)]


def test_a_text_that_is_there_under_another_id_is_taken_or_skipped(session: Session, tmp_path: Path) -> None:
    lines = {"id": "b", "text": ARTICLE}, {"id": "a", "text": "آخر"}
    assert (counted(taken(session, tmp_path, "skip", *lines)), ids(session)) == ((0, 0, 0, 1, 1), ["a"])
    assert (counted(taken(session, tmp_path, "keep", *lines)), ids(session)) == ((2, 0, 0, 0, 0), ["a", "b", "a-2"])
    session.close()


def test_an_article_that_nobody_annotated_is_replaced_where_it_stands(session: Session, tmp_path: Path) -> None:
    taken(session, tmp_path, "", {"id": "b", "text": "ب"}, {"id": "c", "text": "ج"})
    moved: list[str] = []
    session.moved.connect(lambda: moved.append(session.document.text))
    report = taken(session, tmp_path, "replace", {"id": "a", "text": "آخر"}, {"id": "z", "text": "ب"})
    assert (counted(report), report.replaced, report.faults) == ((2, 0, 0, 0, 0), 2, ())
    assert (ids(session), session.count, session.is_whole()) == (["a", "z", "c"], 3, True)
    assert (session.document.text, session.document.meta, moved) == ("آخر", (), ["آخر"])
    mark(session, 0, 3)
    assert surfaces(session) == [("LOCATION", "آخر")]
    report = taken(session, tmp_path, "replace", {"id": "n", "text": "ن"}, {"id": "m", "text": "ن"})
    assert (report.documents, report.replaced) == (2, 0), "what one file brings replaces nothing else of it"
    session.close()


def test_what_somebody_annotated_is_never_replaced_and_that_is_told(session: Session, tmp_path: Path) -> None:
    mark(session, 0, 6)
    report = taken(session, tmp_path, "replace", {"id": "b", "text": ARTICLE}, {"id": "a", "text": "آخر"})
    assert (counted(report), report.warned, report.replaced) == ((2, 0, 0, 0, 0), 2, 0)
    assert [(fault.code, fault.values["value"], fault.values["other"]) for fault in report.faults] == [
        ("annotated-and-kept", "a", "b"),
        ("annotated-and-kept", "a", "a-2"),
    ]
    assert ids(session) == ["a", "b", "a-2"]
    session.go_to(2)
    assert session.document.meta == (NameValue("replaces", "a"),)
    session.go_to(1)
    assert (session.document.text, surfaces(session)) == (ARTICLE, [("LOCATION", "اقتحمت")])
    session.close()


def test_no_mark_made_in_the_old_text_reaches_the_new_one(session: Session, tmp_path: Path) -> None:
    other = Session.open(session.path)
    taken(other, tmp_path, "replace", {"id": "a", "text": "آخر"})
    other.close()
    with pytest.raises(EditRefused) as caught:
        mark(session, 0, 6)
    assert caught.value.code == "changed-elsewhere"
    assert (session.document.text, surfaces(session)) == ("آخر", [])
    session.close()


def test_presentation_forms_are_told_of_and_become_letters_only_when_that_is_wished(
    session: Session, tmp_path: Path
) -> None:
    copied = write(tmp_path / "copy.txt", "ﻗﺘﻞ ﺧﻤﺴﺔ")
    report = session.import_file(copied)
    assert [(fault.code, fault.values["count"]) for fault in report.faults] == [("presentation-forms", 7)]
    assert (report.documents, report.warned, report.refused) == (1, 1, 0)
    assert session.import_file(copied, wishes=Wishes(repair=True)).documents == 1
    assert [row.id for row in session.rows(0, 9)] == ["a", "copy", "copy-repaired"]
    session.go_to(2)
    assert session.document.text == "ﻗﺘﻞ ﺧﻤﺴﺔ"
    session.go_to(3)
    assert session.document.text == "قتل خمسة"
    assert session.document.meta == (
        NameValue("repaired", "presentation forms"),
        NameValue("original_text", "ﻗﺘﻞ ﺧﻤﺴﺔ"),
    )
    session.close()


def test_spans_never_move_when_forms_are_repaired(session: Session, tmp_path: Path) -> None:
    given = write_training(tmp_path / "b.jsonl", record("b", "ﻗﺘﻞ ﻻ", (span("s", 4, 5),)))
    report = session.import_file(given, wishes=Wishes(repair=True))
    assert (report.spans, [fault.code for fault in report.faults]) == (1, ["presentation-forms"])
    session.go_to(2)
    assert session.document.text == "ﻗﺘﻞ ﻻ"
    session.close()


def test_a_file_that_changes_while_it_is_read_gives_nothing(session: Session, tmp_path: Path) -> None:
    given = write(tmp_path / "b.jsonl", '{"id":"b","text":"ب"}\n{"id":"c","text":"ج"}\n')

    def somebody_writes(read: int) -> None:
        if read == 1:
            with given.open("a", encoding="utf-8") as stream:
                stream.write('{"id":"d","text":"د"}\n')

    with pytest.raises(SourceError, match="source-changed-while-read"):
        session.import_file(given, progress=somebody_writes)
    assert session.count == 1
    session.close()


def test_a_story_that_is_nearly_the_same_as_another_is_taken_and_pointed_out_on_request(
    session: Session, tmp_path: Path
) -> None:
    lines = [
        {"id": "b", "text": f"رويترز: {ARTICLE}"},
        {"id": "c", "text": "خبر آخر عن شيء مختلف تماما لا صلة له بما قبله"},
    ]
    given = write(tmp_path / "b.jsonl", "\n".join(map(json.dumps, lines)))
    report = session.import_file(given, wishes=Wishes(alike=True))
    (fault,) = report.faults
    assert (report.documents, report.warned, fault.code, fault.line) == (2, 1, "nearly-the-same", 1)
    assert (fault.values["value"], fault.values["other"]) == ("b", "a") and fault.values["share"] > 60
    session.close()
