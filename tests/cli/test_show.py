from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from rich.cells import cell_len

from app.cli.show import turns_lines_round
from app.model.annotation import Annotations, Attribute, Relation, State
from app.model.document import NameValue
from tests.cli.conftest import ROOT, Said, contents, in_a_process
from tests.store.made_projects import ARTICLE, mark, opened, record, span, write, write_training

Call = Callable[..., Said]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    return write_training(
        tmp_path / "a.annotations.jsonl", record("a", "قصف قرب كركوك أمس", (span("s1", 8, 13, "LOCATION"),))
    )


@pytest.fixture
def several(tmp_path: Path) -> Path:
    return write_training(
        tmp_path / "b.annotations.jsonl",
        record("a", "قصف قرب كركوك أمس", (span("s1", 8, 13), span("s2", 0, 3, "CASUALTY"))),
        record("b", "Second article"),
    )


def test_an_article_is_shown_with_its_spans_named_and_a_legend(hashiya: Call, article: Path) -> None:
    said = hashiya("show", article, "--width", 30)
    assert said == (
        0,
        "             ﺲﻣﺃ ﻙﻮﻛﺮﻛ ﺏﺮﻗ ﻒﺼﻗ\n        Location ╰───╯\n\n Location  1   \n",
        "",
    )


def test_a_text_file_without_spans_is_shown_as_it_is(hashiya: Call, tmp_path: Path) -> None:
    said = hashiya("show", write(tmp_path / "a.txt", "Nothing marked\n\n"))
    assert said.out == "Nothing marked\n\nNo spans\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_of_several_articles_the_list_is_shown_and_one_by_its_id(hashiya: Call, several: Path) -> None:
    listed = hashiya("show", several)
    assert listed.out.splitlines() == [
        "a  2 spans  ﺲﻣﺃ ﻙﻮﻛﺮﻛ ﺏﺮﻗ ﻒﺼﻗ",
        "b  0 spans  Second article",
        "",
        "2 articles; --id shows one.",
    ]
    assert hashiya("show", several, "--id", "b").out.startswith("Second article\n")
    missing = hashiya("show", several, "--id", "c")
    assert (missing.status, missing.out) == (2, "")
    assert "no article with the id c" in missing.err


def test_a_separate_title_stands_above_the_text(hashiya: Call, tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('{"text": "The text", "title": "The title"}\n', encoding="utf-8")
    assert hashiya("show", path).out.startswith("The title\n\nThe text\n")


def test_logical_order_leaves_every_letter_as_it_is_written_and_lines_whole(hashiya: Call, several: Path) -> None:
    said = hashiya("show", several, "--id", "a", "--logical")
    assert said.out.splitlines()[0] == "⟦قصف⟧Casualty قرب ⟦كركوك⟧Location أمس"


def test_labels_are_called_as_the_language_of_the_system_calls_them(
    hashiya: Call, several: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "ar_EG.UTF-8")
    assert hashiya("show", several, "--id", "a", "--logical").out.startswith("⟦قصف⟧ضحايا قرب ⟦كركوك⟧موقع أمس")


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        (("--label", "LOCATION"), "a"),
        (("--label", "LOCATION", "--label", "ACTOR", "--sort", "spans"), "a"),
        (("--status", "complete"), ""),
        (("--status", "new", "--status", "in_progress"), "ab"),
        (("--text", "كركوك"), "a"),
        (("--problems",), "a"),
        (("--notes",), ""),
        (("--annotator", "B2"), "ab"),
        (("--from", "2031"), ""),
    ],
)
def test_of_a_project_those_articles_are_listed_that_are_asked_for(
    hashiya: Call, several: Path, tmp_path: Path, asked: tuple[str, ...], ids: str
) -> None:
    with closing(opened(several)) as session:
        project = session.path
    told = hashiya("show", project, *asked, "--json").told
    assert "".join(each["id"] for each in told["documents"]) == ids
    assert hashiya("show", project, *asked).status == 0


def test_only_a_project_is_filtered_and_a_date_must_be_one(hashiya: Call, several: Path) -> None:
    assert hashiya("show", several, "--notes").status != 0
    assert "cannot be read as a date" in hashiya("show", several, "--from", "once").err


def test_a_machine_gets_one_article_or_the_list_as_one_object(hashiya: Call, several: Path) -> None:
    one = hashiya("show", several, "--id", "a", "--json").told
    assert (one["ok"], one["id"], one["direction"], one["text_length"], one["annotator"]) == (
        True,
        "a",
        "rtl",
        17,
        "B2",
    )
    assert [(each["start"], each["end"], each["label"], each["text"]) for each in one["spans"]] == [
        (0, 3, "CASUALTY", "قصف"),
        (8, 13, "LOCATION", "كركوك"),
    ]
    listed = hashiya("show", several, "--json").told
    assert [(each["id"], each["spans"], each["status"]) for each in listed["documents"]] == [
        ("a", 2, "in_progress"),
        ("b", 0, "in_progress"),
    ]


def test_colours_come_when_asked_for_and_never_into_a_pipe(hashiya: Call, article: Path) -> None:
    assert "\x1b[" not in hashiya("show", article).out
    assert "\x1b[" in hashiya("show", article, "--color", "always").out
    bare = hashiya("show", article, "--color", "never").out
    assert "\x1b[" not in bare and "Location ╰───╯" in bare


def test_an_unknown_label_is_shown_by_its_id(hashiya: Call, tmp_path: Path) -> None:
    path = write_training(tmp_path / "x.jsonl", record("a", "قرب كركوك", (span("s", 4, 9, "WEAPON"),)))
    assert "WEAPON" in hashiya("show", path, "--color", "always").out


def test_a_project_is_shown_as_its_annotator_left_it_and_stays_as_it_was(hashiya: Call, project: Path) -> None:
    before = contents(project.parent)
    said = hashiya("show", project, "--width", 60)
    assert "Location ╰───╯" in said.out and "╰ Casualty ╯" in said.out
    assert hashiya("show", project, "--json").told["annotator"] == "A1"
    assert contents(project.parent) == before


def test_a_project_that_is_open_in_a_window_is_shown_with_its_last_step(hashiya: Call, tmp_path: Path) -> None:
    session = opened(write(tmp_path / "article.txt"))
    mark(session, 19, 24, "ACTOR")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert hashiya("show", session.path, "--json").told["labels"] == {"ACTOR": 1}
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    session.close()


@pytest.mark.parametrize(
    ("environment", "by_itself"),
    [
        ({"KONSOLE_VERSION": "230800"}, True),
        ({"MLTERM": "3.9"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7200"}, False),
        ({}, False),
    ],
)
def test_a_terminal_that_orders_arabic_by_itself_is_known(environment: dict[str, str], by_itself: bool) -> None:
    assert turns_lines_round(environment) is by_itself


def test_in_a_process_of_its_own_it_speaks_utf8_whatever_the_system_does(article: Path) -> None:
    done = in_a_process("show", article, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="cp1252")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "ﻙﻮﻛﺮﻛ" in done.stdout.decode("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="pipes that break are a matter of Unix")
def test_a_reader_who_goes_away_is_no_error(tmp_path: Path) -> None:
    path = write(tmp_path / "long.txt", ARTICLE * 1000)
    command = [sys.executable, "-m", "app", "show", str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as shown:
        assert shown.stdout is not None and shown.stderr is not None
        shown.stdout.readline()
        shown.stdout.close()
        assert shown.stderr.read() == b""
        assert shown.wait(60) == 0


def asked(tmp_path: Path) -> Path:
    """An article whose casualty says everything there is to say, its place and its speaker linked."""
    begins = {word: ARTICLE.index(word) for word in ("القوات", "كركوك", "قتل 48 مسلحاً", "لا خسائر")}
    ends = {word: (at, at + len(word)) for word, at in begins.items()}
    answers = (
        Attribute("approximate", "no", "rule"),
        Attribute("count_best", "48", "rule"),
        Attribute("outcome", "killed"),
        Attribute("who", "armed_group"),
        Attribute("who", "children"),
    )
    spans = (
        span("s1", *ends["القوات"], "ACTOR"),
        span("s2", *ends["كركوك"], "LOCATION"),
        span("s3", *ends["قتل 48 مسلحاً"], "CASUALTY", attributes=answers),
        span("s4", *ends["لا خسائر"], "QUOTE"),
    )
    relations = (Relation("r1", "AT", "s3", "s2"), Relation("r2", "SAID_BY", "s4", "s1"))
    state = State("in_progress", fields=(NameValue("relevance", "background"),))
    made = record("a", ARTICLE, spans)._replace(annotations=Annotations.of(spans, relations, state))
    return write_training(tmp_path / "asked.jsonl", made)


def test_below_the_article_stands_what_each_span_says_and_what_it_is_linked_to(hashiya: Call, tmp_path: Path) -> None:
    said = hashiya("show", asked(tmp_path), "--logical").out.partition("Quote  1   \n\n")[2]
    assert said.splitlines() == [
        " Actor  القوات",
        "   ← said by: لا خسائر · Quote",
        "",
        " Location  كركوك",
        "   ← at: قتل 48 مسلحاً · Casualty",
        "",
        " Casualty  قتل 48 مسلحاً",
        "   Outcome: killed · Best estimate: 48* · Approximate: No* · Who they are: armed group, children",
        "   → at: كركوك · Location",
        "",
        " Quote  لا خسائر",
        "   → said by: القوات · Actor",
        "",
        " About the article ",
        "   Relevance: background",
        "",
        "* read from the text",
    ]


def test_what_is_said_keeps_within_its_columns_in_the_order_of_the_eye(
    hashiya: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "ar_EG.UTF-8")
    said = hashiya("show", asked(tmp_path), "--width", 40).out.splitlines()
    below = said[said.index("", said.index("") + 1) :]
    assert all(cell_len(line) <= 40 for line in below)
    assert "ﻊﻗﻮﻣ · ﻙﻮﻛﺮﻛ :ﻥﺎﻜﻤﻟﺍ ←   ".rjust(40) in below
    assert any("48* :ﺮﻳﺪﻘﺗ ﻞﻀﻓﺃ" in line for line in below)
