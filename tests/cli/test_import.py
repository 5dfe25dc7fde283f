from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from app.session import Session
from tests.cli.conftest import PLACE, Said, contents
from tests.store.made_projects import ARTICLE, record, span, surfaces, write, write_training

Call = Callable[..., Said]


def test_a_project_is_made_of_texts_lines_and_training_files(hashiya: Call, tmp_path: Path) -> None:
    text, lines = (
        write(tmp_path / "one.txt"),
        write(tmp_path / "two.jsonl", '{"text": "b", "id": "b"}\n{"text": "c"}\n'),
    )
    training = write_training(tmp_path / "three.annotations.jsonl", record("one", ARTICLE, (PLACE,), annotator="A1"))
    said = hashiya("import", tmp_path / "p.hashiya", text, lines, training, "--annotator", "A1")
    assert said == (
        0,
        f"{text}: 1 article, 0 spans\n{lines}: 2 articles, 0 spans\n{training}: 0 articles, 1 span\n",
        "",
    )
    with closing(Session.open(tmp_path / "p.hashiya")) as session:
        assert (session.count, session.annotator) == (3, "A1")
        assert surfaces(session) == [("LOCATION", "كركوك")]


def test_more_can_be_added_and_what_is_there_already_is_counted_not_doubled(hashiya: Call, tmp_path: Path) -> None:
    project, text = tmp_path / "p.hashiya", write(tmp_path / "one.txt")
    hashiya("import", project, text)
    said = hashiya("import", project, text, write(tmp_path / "two.txt", "two"))
    assert f"{text}: 0 articles, 0 spans; there already: 1\n" in said.out
    assert hashiya("show", project, "--json").told["documents"][1]["id"] == "two"


def test_what_cannot_be_read_is_named_and_the_rest_is_taken(hashiya: Call, tmp_path: Path) -> None:
    mixed = write(tmp_path / "mixed.jsonl", '{"text": "a"}\n{"nothing": 1}\n[]\n{"text": "b"}\n')
    bad, missing = write(tmp_path / "bad.txt", ""), tmp_path / "missing.txt"
    said = hashiya("import", tmp_path / "p.hashiya", mixed, bad, missing)
    assert said.status == 2
    assert said.out == f"{mixed}: 2 articles, 0 spans\n"
    assert [line.split(": ")[0] for line in said.err.splitlines()] == [
        f"{mixed}, line 2, text",
        f"{mixed}, line 3",
        "Nothing in bad.txt could be read as an article. No project was made or changed. " + str(bad),
        f"There is no file {missing}.",
    ]
    assert hashiya("show", tmp_path / "p.hashiya", "--json").told["documents"][1]["heading"] == "b"


def test_a_machine_is_told_of_each_file(hashiya: Call, tmp_path: Path) -> None:
    good, bad = write(tmp_path / "good.txt"), write(tmp_path / "bad.jsonl", "{}\n")
    said = hashiya("import", tmp_path / "p.hashiya", good, bad, "--json")
    assert said.status == 1 and (said.told["ok"], said.told["articles"]) == (False, 1)
    first, second = said.told["files"]
    assert (first["ok"], first["articles"], first["faults"]) == (True, 1, [])
    assert (second["ok"], second["code"]) == (False, "nothing-read")
    assert (second["faults"][0]["line"], second["faults"][0]["field"]) == (1, "text")


def test_a_span_that_cuts_a_character_is_kept_with_a_warning_and_is_no_fault(hashiya: Call, tmp_path: Path) -> None:
    training = write_training(tmp_path / "t.jsonl", record("a", "قتلًا", (span("s", 0, 3),)))
    said = hashiya("import", tmp_path / "p.hashiya", training)
    assert said.status == 0 and said.out.endswith("1 article, 1 span\n")
    assert said.err.startswith("Warning: ") and "line 1, spans[0].end" in said.err


def test_a_project_is_not_left_behind_when_nothing_could_be_read(hashiya: Call, tmp_path: Path) -> None:
    bad = write(tmp_path / "bad.txt", "")
    assert hashiya("import", tmp_path / "p.hashiya", bad).status == 1
    assert contents(tmp_path) == {"bad.txt": b""}


def test_a_name_that_is_no_projects_and_a_name_that_is_no_annotators_are_refused(hashiya: Call, tmp_path: Path) -> None:
    text = write(tmp_path / "one.txt")
    said = hashiya("import", tmp_path / "corpus.jsonl", text)
    assert (said.status, said.out) == (2, "") and "must end with .hashiya" in said.err
    said = hashiya("import", tmp_path / "p.hashiya", text, "--annotator", " ")
    assert said.status == 2 and "A name or code is needed" in said.err
    assert sorted(contents(tmp_path)) == ["one.txt"]


def test_a_text_in_a_legacy_encoding_is_taken_only_with_its_name_and_the_likeliest_are_offered(
    hashiya: Call, tmp_path: Path
) -> None:
    old, project = tmp_path / "old.txt", tmp_path / "p.hashiya"
    old.write_bytes(ARTICLE.encode("iso-8859-6", "ignore"))
    text = old.read_bytes().decode("iso-8859-6")
    said = hashiya("import", project, old)
    first, second = said.err.splitlines()[-2:]
    assert said.status == 1 and not project.exists()
    assert first.startswith("  iso-8859-6: " + text[:20]) and second.startswith("  windows-1256: ")
    told = hashiya("import", project, old, "--json").told
    assert told["files"][0]["encodings"][0] == {"encoding": "iso-8859-6", "first_line": text.splitlines()[0]}
    assert hashiya("import", project, old, "--encoding", "iso-8859-6").status == 0
    with closing(Session.open(project)) as session:
        assert session.document.text == text


def test_a_file_of_another_program_is_known_by_how_it_begins_or_by_the_format_that_is_named(
    hashiya: Call, tmp_path: Path
) -> None:
    lines = write(tmp_path / "a.jsonl", '{"id": 1, "text": "كركوك", "label": [[0, 5, "LOCATION"]]}\n')
    told = hashiya("import", tmp_path / "found.hashiya", lines, "--json").told
    assert (told["articles"], told["files"][0]["spans"]) == (1, 1)
    told = hashiya("import", tmp_path / "named.hashiya", lines, "--format", "jsonl", "--json").told
    assert (told["articles"], told["files"][0]["spans"]) == (1, 0)
    said = hashiya("import", tmp_path / "unknown.hashiya", lines, "--format", "docano")
    assert said.status == 2 and "docano" in said.err
    assert not (tmp_path / "unknown.hashiya").exists()


def test_a_dry_run_tells_what_is_in_files_and_takes_nothing(hashiya: Call, tmp_path: Path) -> None:
    project, text = tmp_path / "p.hashiya", write(tmp_path / "one.txt")
    lines = write(tmp_path / "two.jsonl", '{"text": "خبر", "id": "one"}\n{"text": "ب", "id": "b"}\n[]\n')
    said = hashiya("import", project, text, lines, "--dry-run")
    assert said.status == 1 and not project.exists()
    assert said.out.startswith(
        f"{text}: 1 article, 0 spans\n  Format: Text\n  Encoding: utf-8\n  one, right to left: اقتحمت"
    )
    hashiya("import", project, text)
    told = hashiya("import", project, text, lines, tmp_path / "none", "--dry-run", "--json").told
    first, second, third = told["files"]
    assert (first["ok"], first["format"], first["articles"], first["known"]) == (True, "text", 1, 1)
    assert (second["articles"], second["known_with_another_text"], second["refused"]) == (2, 1, 1)
    assert (second["first"][1]["id"], second["whole"], third["code"]) == ("b", True, "source-missing")
    with closing(Session.open(project)) as session:
        assert session.count == 1


def test_the_columns_of_a_table_are_named_on_the_command_line(hashiya: Call, tmp_path: Path) -> None:
    project, table = tmp_path / "p.hashiya", write(tmp_path / "t.csv", "no,headline2,story\n7,عنوان,نص الخبر\n")
    assert hashiya("import", project, table).status == 1
    assert hashiya("import", project, table, "--column", "story").status == 2
    wishes = ("--column", "text=story", "--column", "title=headline2", "--column", "id=no")
    assert (
        hashiya("import", project, table, *wishes, "--dry-run", "--json").told["files"][0]["chosen"]["text"] == "story"
    )
    assert hashiya("import", project, table, *wishes).status == 0
    with closing(Session.open(project)) as session:
        document = session.document
        assert (document.id, document.title, document.text) == ("7", "عنوان", "نص الخبر")


def test_what_was_refused_is_written_to_a_report_that_overwrites_nothing(hashiya: Call, tmp_path: Path) -> None:
    project, report = tmp_path / "p.hashiya", tmp_path / "i.report.jsonl"
    lines = write(tmp_path / "a.jsonl", '{"text": "خبر"}\n[]\n{"id": 1}\n')
    assert hashiya("import", project, lines, tmp_path / "none.txt", "--report", report).status == 2
    told = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    codes = [(one.get("line"), one["code"]) for one in told]
    assert codes == [(2, "not-an-object"), (3, "key-required"), (None, "source-missing")]
    before = report.read_bytes()
    assert hashiya("import", project, write(tmp_path / "b.txt"), "--report", report).status == 2
    assert report.read_bytes() == before
    with closing(Session.open(project)) as session:
        assert session.count == 1


def test_a_folder_is_taken_whole_and_a_page_says_what_was_left_out(hashiya: Call, tmp_path: Path) -> None:
    (tmp_path / "in" / "b").mkdir(parents=True)
    write(tmp_path / "in" / "2.txt", "اثنان")
    write(tmp_path / "in" / "10.txt", "عشرة")
    write(tmp_path / "in" / "b" / "1.html", "<p>صفحة <img src=x>")
    said = hashiya("import", tmp_path / "p.hashiya", tmp_path / "in", "--alike")
    assert (said.status, said.out) == (0, f"{tmp_path / 'in'}: 3 articles, 0 spans\n")
    assert said.err.startswith("Warning: ") and "One picture was left out." in said.err
    told = hashiya("show", tmp_path / "p.hashiya", "--json").told["documents"]
    assert [one["id"] for one in told] == ["2", "10", "b/1"]
