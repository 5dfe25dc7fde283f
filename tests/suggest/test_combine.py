"""What is offered of all that was found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.labels import default_schema
from app.model.annotation import Annotations
from app.suggest.base import Article, Suggestion, Why
from app.suggest.combine import combine
from app.suggest.confidence import QUIET_AFTER, confidence, is_quiet, rate
from app.suggest.memory import Memory
from tests.store.made_projects import span

TEXT = "قالت وزارة الدفاع العراقية في بغداد أمس"
WHY = Why("known-place", {"name": ""})


def one(start: int, end: int, label: str = "LOCATION", source: str = "rule", score: float = 0.8, name: str = "r"):  # type: ignore[no-untyped-def]
    return Suggestion(label, start, end, source, name, score, WHY)


def ids(found: list[Suggestion], memory: Memory | None = None, threshold: float = 0.5, *marks: object) -> list[str]:
    article = Article("a", TEXT, Annotations.of(marks), default_schema())  # type: ignore[arg-type]
    return [offered.id for offered in combine(article, found, memory or Memory(), threshold)]


def test_of_what_overlaps_in_a_label_memory_comes_first_then_sure_models_rules_gazetteer_and_unsure_models() -> None:
    kinds = [("memory", 0.6), ("model", 0.92), ("rule", 0.8), ("gazetteer", 0.99), ("model", 0.89)]
    found = [one(5, 10 + n, source=source, score=score) for n, (source, score) in enumerate(kinds)]
    while found:
        assert ids(found[::-1]) == [f"LOCATION:5:{found[0].end}"]
        del found[0]


def test_spans_of_different_labels_may_overlap_and_come_in_reading_order() -> None:
    assert ids([one(18, 26), one(5, 26, "ACTOR")]) == ["ACTOR:5:26", "LOCATION:18:26"]


def test_what_is_marked_refused_decided_or_not_sure_enough_is_left_out() -> None:
    found = [one(30, 35)]
    assert ids(found, None, 0.5, span("s", 29, 31)) == []
    assert ids(found, None, 0.5, span("s", 29, 31, "ACTOR"), span("t", 29, 31, status="suggested")) != []
    assert ids(found, Memory(rejected={("LOCATION", "بغداد")})) == []
    assert ids(found, Memory(rejected={("ACTOR", "بغداد")})) != []
    assert ids(found, Memory(here={("LOCATION", 30, 35)})) == []
    assert ids(found, None, 0.81) == []


def test_a_source_that_is_wrong_most_of_the_time_is_quiet_until_it_is_woken() -> None:
    record = {("r", "LOCATION"): (3, QUIET_AFTER)}
    found = [one(30, 35), one(5, 10, "ACTOR")]
    assert ids(found, Memory(record=record), 0) == ["ACTOR:5:10"]
    assert len(ids(found, Memory(record=record, woken={("r", "LOCATION")}), 0)) == 2
    assert not is_quiet("r", "LOCATION", Memory(record={("r", "LOCATION"): (4, QUIET_AFTER)}))
    assert not is_quiet("r", "LOCATION", Memory(record={("r", "LOCATION"): (0, QUIET_AFTER - 1)}))


@given(st.integers(0, 200), st.integers(0, 200), st.floats(0, 1), st.floats(0, 1))
def test_confidence_grows_with_what_was_accepted_and_with_the_score(
    took: int, left: int, low: float, high: float
) -> None:
    memory = Memory(record={("gazetteer", "X"): (took, took + left)})
    better = Memory(record={("gazetteer", "X"): (took + 1, took + left + 1)})
    low, high = sorted((low, high))
    assert 0 < confidence("gazetteer", "X", low, memory) <= confidence("gazetteer", "X", high, memory) < 1
    assert rate("gazetteer", "X", memory) < rate("gazetteer", "X", better)
    assert confidence("gazetteer", "X", low, memory) <= confidence("gazetteer", "X", low, better)


PIECES = st.builds(
    one,
    st.integers(0, 30),
    st.integers(31, len(TEXT)),
    st.sampled_from(["LOCATION", "ACTOR"]),
    st.sampled_from(["memory", "model", "rule", "gazetteer", "import"]),
    st.floats(0, 1),
)


@given(st.lists(PIECES, max_size=8), st.floats(0, 1))
def test_nothing_offered_overlaps_another_of_its_label_whatever_order_it_was_found_in(
    found: list[Suggestion], threshold: float
) -> None:
    article = Article("a", TEXT, Annotations(), default_schema())
    offered = combine(article, found, Memory(), threshold)
    assert offered == combine(article, found[::-1], Memory(), threshold)
    assert all(shown.confidence >= threshold for shown in offered)
    for n, shown in enumerate(offered):
        for other in offered[n + 1 :]:
            a, b = shown.suggestion, other.suggestion
            assert a.label != b.label or a.end <= b.start or b.end <= a.start
