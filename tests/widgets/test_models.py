"""The lists beside the article: whatever a step does, they show what a list made anew would show."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester

from app.articles import DocumentRow
from app.model.annotation import Annotations, Change, Fragment, Span, State
from app.model.schema import Ink, Label, Schema
from app.model.wish import Wish
from widgets.models.articles import ArticlesModel, condition
from widgets.models.spans import Heading, SpanRow, SpansModel
from widgets.models.tally import Tally

TEXT = "أب تث جح خد " * 20
INK = Ink("#000000", "#FFFFFF", "#FFFFFF", "#000000")
SCHEMA = Schema("s", "1", {}, tuple(Label(id, {"en": id}, INK) for id in ("B", "A")))


def spans() -> st.SearchStrategy[Span]:
    """Spans of two known labels and one that no schema knows; ids collide now and then."""
    return st.builds(
        lambda id, label, start, length: Span(f"s{id}", label, (Fragment(start, start + length),)),
        st.integers(0, 40),
        st.sampled_from("ABX"),
        st.integers(0, 200),
        st.integers(1, 9),
    )


def rows(model: SpansModel) -> list[SpanRow | Heading | None]:
    """Everything that the model shows."""
    return [model.row(n) for n in range(model.rowCount())]


def watched(model: QAbstractItemModel) -> QAbstractItemModelTester:
    """Qt's own judge of what a model may do."""
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)


@given(
    steps=st.lists(st.tuples(st.lists(spans(), max_size=4), st.integers(0, 5)), max_size=12),
    grouped=st.booleans(),
    wanted=st.sampled_from(["", "ت", "جح خ"]),
)
def test_a_list_that_followed_every_step_is_the_list_made_anew(
    qapp: object, steps: list[tuple[list[Span], int]], grouped: bool, wanted: str
) -> None:
    followed = SpansModel()
    watched(followed)
    followed.set_grouped(grouped)
    followed.set_filter(wanted)
    annotations = Annotations()
    followed.show(TEXT, annotations, SCHEMA)
    chance = random.Random(len(steps))
    for added, removed in steps:
        gone = tuple(chance.sample(list(annotations.spans.values()), min(removed, len(annotations.spans))))
        left = set(annotations.spans) - {span.id for span in gone}
        new = tuple({span.id: span for span in added if span.id not in left}.values())
        change = Change("d", gone, new)
        annotations = annotations.apply(change)
        followed.follow(annotations, change)
        fresh = SpansModel()
        fresh.set_grouped(grouped)
        fresh.set_filter(wanted)
        fresh.show(TEXT, annotations, SCHEMA)
        assert [row for row in rows(followed) if isinstance(row, SpanRow)] == [
            row for row in rows(fresh) if isinstance(row, SpanRow)
        ]
        assert sorted(map(str, rows(followed))) == sorted(map(str, rows(fresh)))
        for span in annotations.spans.values():
            n = followed.row_of(span.id)
            shown = followed.row(n)
            assert n == -1 or (isinstance(shown, SpanRow) and shown.span == span)


def test_groups_stand_in_the_order_of_the_chips_with_their_counts(qapp: object) -> None:
    model = SpansModel()
    made = [Span(f"s{n}", label, (Fragment(n, n + 1),)) for n, label in enumerate("AABX")]
    model.set_grouped(True)
    model.show(TEXT, Annotations.of(made), SCHEMA)
    assert [row for row in rows(model) if isinstance(row, Heading)] == [
        Heading("B", 1),
        Heading("A", 2),
        Heading("X", 1),
    ]


class Shelf:
    """Articles that note how often they are read."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.read = 0

    def rows(self, first: int, limit: int) -> list[DocumentRow]:
        self.read += 1
        return [self.row(n) for n in range(first, min(first + limit, self.count))]

    def rows_at(self, positions: Sequence[int]) -> list[DocumentRow]:
        self.read += 1
        return [self.row(n) for n in positions]

    def find(self, wish: Wish) -> list[int]:
        found = [n for n in range(self.count) if n % 1000 == 0]
        return found[::-1] if wish.sort else found

    def annotators(self) -> list[tuple[str, int]]:
        return []

    def sources(self) -> list[tuple[str, int]]:
        return []

    def is_whole(self) -> bool:
        return True

    @staticmethod
    def row(n: int) -> DocumentRow:
        return DocumentRow(n + 1, f"a{n}", f"مقال {n}", "new", False, 0)


def test_a_list_of_a_hundred_thousand_articles_reads_only_what_is_looked_at(qapp: object) -> None:
    shelf, model = Shelf(100_000), ArticlesModel()
    model.set_shelf(shelf)
    assert model.rowCount() == 100_000
    assert [model.row(n).id for n in range(70_000, 70_020)] == [f"a{n}" for n in range(70_000, 70_020)]
    assert shelf.read <= 2
    model.set_wish(Wish("x"))
    assert [model.row(n).id for n in range(3)] == ["a0", "a1000", "a2000"]
    assert model.row_of(2000) == 2
    assert model.row_of(2001) == -1


def test_a_changed_article_is_shown_without_asking_the_project(qapp: object) -> None:
    shelf, model = Shelf(1000), ArticlesModel()
    watched(model)
    model.set_shelf(shelf)
    row = model.row(500)
    read = shelf.read
    changed = []
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    model.replace(500, row._replace(status="complete", spans=3))
    assert (changed, shelf.read) == ([(500, 500)], read)
    assert condition(model.row(500)) == "done, 3 spans"


@pytest.mark.parametrize(
    ("status", "spans", "said"),
    [
        ("new", 0, "not started"),
        ("new", 2, "2 spans"),
        ("in_progress", 0, "0 spans"),
        ("complete", 1, "done, 1 span"),
        ("skipped", 4, "skipped"),
    ],
)
def test_how_far_an_article_is_is_said_in_words(status: str, spans: int, said: str) -> None:
    assert condition(DocumentRow(1, "a", "x", status, False, spans)) == said


@given(st.lists(st.tuples(st.sampled_from(["new", "in_progress", "complete", "skipped"]), st.booleans()), max_size=20))
def test_a_tally_that_followed_every_change_counts_what_is_there(states: list[tuple[str, bool]]) -> None:
    tally = Tally({"new": 3})
    articles = [State(), State(), State()]
    for n, (status, flagged) in enumerate(states):
        before = articles[n % 3]
        articles[n % 3] = before._replace(status=status, flagged=flagged)
        tally.follow(Change("d", state_before=before, state_after=articles[n % 3]))
    said = [article.status for article in articles]
    assert (tally.total, tally.done, tally.skipped) == (3, said.count("complete"), said.count("skipped"))
    assert tally.open == said.count("new") + said.count("in_progress")
    assert tally.flagged == sum(article.flagged for article in articles)


def test_a_sorted_list_knows_the_row_of_every_article(qapp: object) -> None:
    model = ArticlesModel()
    model.set_shelf(Shelf(5000))
    model.set_wish(Wish(sort="date"))
    assert [row.id for row in map(model.row, range(5)) if row] == ["a4000", "a3000", "a2000", "a1000", "a0"]
    assert [model.row_of(position) for position in (4000, 0, 7)] == [0, 4, -1]
