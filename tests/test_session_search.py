from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from app.edit.commands import delete, label
from app.edit.edges import cycle_clitics
from app.edit.everywhere import Spot, label_places
from app.edit.fragments import add_fragment
from app.edit.links import link
from app.edit.steps import Place
from app.errors import EditRefused, SearchFaulty, SearchStopped
from app.formats.native_check import check_file
from app.search import Hit, count_articles
from app.searching import Scope
from app.session import Session
from app.store import documents
from app.text.find import Search
from app.wording import describe
from tests.store.made_projects import mark, opened, surfaces, write

TEXTS = ["قتل جندي في كركوك أمس.\nوبكركوك آخر.", "لا شيء هنا", "من كركوك إلى وكركوك وكركوكي"]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    lines = [orjson.dumps({"id": f"a{number}", "text": text}).decode() + "\n" for number, text in enumerate(TEXTS)]
    session = opened(write(tmp_path / "corpus.jsonl", "".join(lines)))
    yield session
    session.close()


def places(hits: Iterator[Hit]) -> list[tuple[str, int, int]]:
    return [(hit.document_id, hit.start, hit.end) for hit in hits]


def test_a_hit_says_where_it_is_and_what_stands_around_it_in_its_paragraph(session: Session) -> None:
    hits = list(session.search(Search("كركوك")))
    assert hits[0] == Hit(session.key or 0, "a0", "قتل جندي في كركوك أمس.", 12, 17, "قتل جندي في ", "كركوك", " أمس.")
    assert (hits[1].before, hits[1].after) == ("وب", " آخر.")
    assert len(hits) == 2


def test_the_project_is_searched_in_its_order_and_by_its_own_connection(session: Session) -> None:
    wanted = [("a0", 12, 17), ("a0", 25, 30), ("a2", 3, 8), ("a2", 14, 19), ("a2", 21, 26)]
    assert places(session.search(Search("كركوك"), "project")) == wanted
    found: list[tuple[str, int, int]] = []
    hits = session.search(Search("كركوك"), "project")
    beside = threading.Thread(target=lambda: found.extend(places(hits)))
    beside.start()
    beside.join()
    assert found == wanted


def test_texts_are_read_a_few_at_a_time_and_none_is_missed(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (1, len(TEXTS[0]) + 1, 1000):
        monkeypatch.setattr(documents, "BATCH_LENGTH", room)
        assert len(places(session.search(Search("كركوك"), "project"))) == 5


def test_a_search_of_the_project_can_be_stopped_before_any_article(session: Session) -> None:
    asked = iter([False, True])
    assert {id for id, *_place in places(session.search(Search("كركوك"), "project", lambda: next(asked)))} == {"a0"}


def test_a_faulty_expression_is_told_when_the_hits_are_asked_for(session: Session) -> None:
    with pytest.raises(SearchFaulty):
        list(session.search(Search("(", "regex"), "project"))


@pytest.mark.parametrize("pattern", ["(ا+)+ب", "(?:(?=(ا+))ا)+ب"])
def test_an_expression_that_runs_away_is_stopped_in_the_whole_project_and_says_so_in_a_sentence(
    tmp_path: Path, pattern: str
) -> None:
    lines = [orjson.dumps({"id": f"a{number}", "text": "ا" * 5000 + f" {number}"}).decode() for number in range(9)]
    with closing(opened(write(tmp_path / "corpus.jsonl", "\n".join(lines)))) as session:
        began = time.process_time()
        with pytest.raises(SearchStopped) as caught:
            list(session.search(Search(pattern, "regex"), "project"))
        with pytest.raises(SearchStopped):
            count_articles(session.path, Search(pattern, "regex"), lambda: False)
        assert time.process_time() - began < 6
    assert pattern in describe(caught.value) and "\n" not in describe(caught.value)


def test_occurrences_of_a_span_leave_clitics_out_and_longer_words_alone(session: Session) -> None:
    span = mark(session, 12, 17).changes[0].added[0]
    assert places(session.occurrences(span.id)) == [("a0", 12, 17), ("a0", 25, 30)]
    everywhere = places(session.occurrences(span.id, "project"))
    assert everywhere == [("a0", 12, 17), ("a0", 25, 30), ("a2", 3, 8), ("a2", 14, 19)]
    with pytest.raises(EditRefused, match="span-gone"):
        session.occurrences("gone")


@pytest.mark.parametrize("scope", ["article", "project"])
def test_places_that_carry_the_label_already_are_told_in_every_article(session: Session, scope: Scope) -> None:
    third = session.key_of("a2") or 0
    session.do(label_places([Spot("a2", 3, 8)], "LOCATION"), place=Place())
    session.do(label_places([Spot("a2", 14, 19)], "ACTOR"), place=Place())
    span = mark(session, 12, 17).changes[0].added[0]
    told = [(hit.document_id, hit.start) for hit in session.occurrences(span.id, scope) if hit.marked]
    assert told == ([("a0", 12)] if scope == "article" else [("a0", 12), ("a2", 3)])
    session.go_to(third)
    session.set_annotator("A2")  # who has marked nothing yet
    there = mark(session, 14, 19).changes[0].added[0]
    told = [(hit.document_id, hit.start) for hit in session.occurrences(there.id, scope) if hit.marked]
    assert told == [("a2", 14)]


def test_marking_everywhere_is_one_step_that_one_undo_takes_back(session: Session) -> None:
    span = mark(session, 12, 17).changes[0].added[0]
    heard: list[object] = []
    session.documents_changed.connect(lambda: heard.append("list"))
    spots = [Spot(hit.document_id, hit.start, hit.end) for hit in session.occurrences(span.id, "project")]
    step = session.do(label_places(spots, "LOCATION"), place=Place(12, 17, span.id))
    assert step is not None and [change.document for change in step.changes] == ["a0", "a2"]
    assert heard == ["list"]
    assert [(row.id, row.status, row.spans) for row in session.rows(0, 9)] == [
        ("a0", "in_progress", 2),
        ("a1", "new", 0),
        ("a2", "in_progress", 2),
    ]
    assert session.counts() == {"in_progress": 2, "new": 1}

    session.undo()
    assert surfaces(session) == [("LOCATION", "كركوك")]
    assert [(row.status, row.spans) for row in session.rows(0, 9)] == [("in_progress", 1), ("new", 0), ("new", 0)]
    session.redo()
    assert [row.spans for row in session.rows(0, 9)] == [2, 0, 2]


def test_an_article_touched_from_another_can_take_the_step_back_itself(session: Session) -> None:
    third = session.key_of("a2")
    assert third is not None
    session.do(label_places([Spot("a0", 12, 17), Spot("a2", 3, 8)], "LOCATION"), place=Place())
    session.go_to(third)
    assert surfaces(session) == [("LOCATION", "كركوك")]
    session.undo()
    assert [row.spans for row in session.rows(0, 9)] == [0, 0, 0]


def test_a_step_in_other_articles_only_leaves_undo_here_as_it_was(session: Session) -> None:
    session.do(label_places([Spot("a2", 3, 8)], "LOCATION"), place=Place())
    assert not session.can_undo and session.undo() is None
    assert [row.spans for row in session.rows(0, 9)] == [0, 0, 1]


def test_a_place_in_an_article_that_is_not_there_changes_nothing(session: Session) -> None:
    with pytest.raises(EditRefused, match="changed-elsewhere"):
        session.do(label_places([Spot("a0", 0, 3), Spot("gone", 0, 3)], "LOCATION"), place=Place())
    assert [row.spans for row in session.rows(0, 9)] == [0, 0, 0]


def test_what_is_labelled_now_tells_x_where_names_begin(session: Session) -> None:
    session.go_to(session.key_of("a1") or 0)
    assert session.lexicon.labelled("شيء") == 0
    added = mark(session, 3, 6).changes[0].added[0]
    assert session.lexicon.labelled("شيء") == 1
    session.do(delete([added.id]), place=Place())
    assert session.lexicon.labelled("شيء") == 0
    session.undo()
    session.go_to(session.key_of("a0") or 0)
    assert session.lexicon.labelled("شيء") == 1
    word = session.do(label(24, 30, "LOCATION"), place=Place())
    assert word is not None
    session.do(cycle_clitics(word.changes[0].added[0].id, session.lexicon), place=Place())
    assert surfaces(session) == [("LOCATION", "كركوك")]


def test_pieces_and_links_are_there_again_after_closing_and_in_a_training_file_without_fault(tmp_path: Path) -> None:
    article = write(tmp_path / "a.txt", "محافظتا نينوى وكركوك اليوم")
    session = opened(article)
    first = mark(session, 0, 7).changes[0].added[0]
    second = mark(session, 21, 26, "ACTOR").changes[0].added[0]
    session.do(add_fragment(first.id, 15, 20), place=Place())
    session.do(link(second.id, first.id, "AT"), place=Place())
    wanted = session.annotations
    session.publish()
    written = orjson.loads(session.training_file.read_bytes())
    assert written["spans"][0]["fragments"] == [{"start": 0, "end": 7}, {"start": 15, "end": 20}]
    assert written["spans"][0]["text"] == "محافظتا كركوك"
    assert [(one["label"], one["head"], one["child"]) for one in written["relations"]] == [("AT", second.id, first.id)]
    assert list(check_file(session.training_file)) == []
    session.close()

    again = opened(article)
    assert again.annotations == wanted
    again.do(delete([second.id]), place=Place())
    assert not again.annotations.relations
    for _step in range(3):
        again.undo()
    assert again.annotations.spans[first.id].fragments == first.fragments
    again.close()


def test_examples_of_a_label_come_once_for_each_wording_with_what_is_said_often_first(session: Session) -> None:
    mark(session, 4, 8)
    mark(session, 12, 17)
    third = session.rows(2, 1)[0].key
    session.go_to(third)
    for start, end in [(3, 8), (14, 19)]:
        mark(session, start, end)
    found = session.examples("LOCATION", 5)
    assert [(hit.inside, hit.document_id) for hit in found] == [("كركوك", "a0"), ("جندي", "a0")]
    assert found[0].before == "قتل جندي في " and found[0].after == " أمس."
    assert session.examples("ACTOR", 5) == [] and len(session.examples("LOCATION", 1)) == 1


def test_articles_that_come_and_go_while_the_project_is_searched_do_not_break_it(
    session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(documents, "BATCH", 1)
    monkeypatch.setattr(documents, "BATCH_LENGTH", 1)
    hits = session.search(Search("كركوك"), "project")
    assert next(hits).document_id == "a0"
    session.delete_articles([session.key_of("a2") or 0])
    session.import_file(write(tmp_path / "late.txt", "كركوك أخيراً"))
    assert {hit.document_id for hit in hits} <= {"a0", "late.txt", "late"}
    assert session.articles_with(Search("كركوك")) == 2
