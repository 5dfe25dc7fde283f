from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.edit.commands import Command, Desk, delete, label, relabel, set_flag, set_note, set_status
from app.edit.index import SpanIndex
from app.edit.steps import Place, Step
from app.errors import EditRefused
from app.model.annotation import Annotations, Fragment, Relation, State
from app.model.document import Document
from app.model.schema import Schema
from app.text.boundaries import trim
from tests.store.made_projects import ARTICLE, MOMENT, span
from tests.text.made_text import texts

SCHEMA = Schema("s", "1", {}, ())
BEGUN = State("in_progress")
NOWHERE = Place()


def desk(text: str = ARTICLE, annotations: Annotations | None = None, place: Place = NOWHERE) -> Desk:
    value = annotations or Annotations()
    return Desk(Document("a", text), value, SCHEMA, place, MOMENT, lambda: "new", SpanIndex(value.spans.values()))


def carried_out(command: Command, at: Desk) -> tuple[Step, Annotations]:
    step = command(at)
    assert step is not None
    return step, at.annotations.apply(step.changes[0])


def test_a_label_covers_the_selection_without_the_blanks_at_its_ends() -> None:
    _step, after = carried_out(label(18, 25, "LOCATION"), desk())
    assert list(after.spans.values()) == [span("new", 19, 24)]


def test_a_label_takes_the_whole_letter_with_its_marks() -> None:
    _step, after = carried_out(label(1, 3, "ACTOR"), desk("مُحَمَّد"))
    assert after.spans["new"].fragments == (Fragment(0, 4),)


@given(texts, st.data())
def test_what_a_label_covers_is_what_trimming_leaves(text: str, drawn: st.DataObject) -> None:
    start, end = sorted((drawn.draw(st.integers(0, len(text))), drawn.draw(st.integers(0, len(text)))))
    wanted = trim(text, start, end)
    if wanted[0] == wanted[1]:
        with pytest.raises(EditRefused, match="nothing-selected"):
            label(start, end, "ACTOR")(desk(text))
    else:
        assert carried_out(label(start, end, "ACTOR"), desk(text))[1].spans["new"].fragments == (wanted,)


def test_the_same_label_on_the_same_stretch_is_refused_and_the_span_that_is_there_is_named() -> None:
    there = Annotations.of([span("s1", 19, 24)], (), BEGUN)
    with pytest.raises(EditRefused, match="already-there") as refused:
        label(19, 24, "LOCATION")(desk(annotations=there))
    assert refused.value.values["span"] == "s1"


@pytest.mark.parametrize(("start", "end", "name"), [(19, 24, "ACTOR"), (14, 24, "LOCATION"), (19, 21, "LOCATION")])
def test_two_labels_on_a_stretch_nested_and_crossing_spans_can_be_made(start: int, end: int, name: str) -> None:
    there = Annotations.of([span("s1", 19, 24)], (), BEGUN)
    assert len(carried_out(label(start, end, name), desk(annotations=there))[1].spans) == 2


def test_a_suggestion_does_not_stand_in_the_way_of_a_mark() -> None:
    there = Annotations.of([span("s1", 19, 24, status="suggested")], (), BEGUN)
    assert set(carried_out(label(19, 24, "LOCATION"), desk(annotations=there))[1].spans) == {"s1", "new"}


@pytest.mark.parametrize("command", [label(0, 6, "ACTOR"), relabel(["s1"], "ACTOR"), delete(["s1"])])
def test_the_first_work_on_an_article_begins_it_and_undoing_it_makes_it_new_again(command: Command) -> None:
    new = desk(annotations=Annotations.of([span("s1", 19, 24)]))
    step, after = carried_out(command, new)
    assert after.state.status == "in_progress"
    assert after.apply(step.inverse().changes[0]) == new.annotations
    done = desk(annotations=Annotations.of([span("s1", 19, 24)], (), State("complete")))
    assert carried_out(command, done)[1].state.status == "complete"


def test_another_label_keeps_the_span_and_says_that_it_was_edited() -> None:
    there = desk(annotations=Annotations.of([span("s1", 19, 24, source="model", note="؟")], (), BEGUN))
    _step, after = carried_out(relabel(["s1"], "ACTOR"), there._replace(now="2026-03-01T00:00:00.000Z"))
    wanted = span("s1", 19, 24, "ACTOR", source="model", note="؟", edited=True, updated_at="2026-03-01T00:00:00.000Z")
    assert after.spans == {"s1": wanted}
    assert relabel(["s1"], "LOCATION")(there) is None


def test_several_spans_get_another_label_in_one_step_that_is_taken_back_at_once() -> None:
    there = Annotations.of([span("s1", 0, 6), span("s2", 7, 13, "ACTOR"), span("s3", 14, 18)], (), BEGUN)
    step, after = carried_out(relabel(["s3", "s2", "s1"], "ACTOR"), desk(annotations=there, place=Place(3, 3, "s1")))
    assert [after.spans[id].label for id in ("s1", "s2", "s3")] == ["ACTOR"] * 3
    assert after.spans["s2"] == there.spans["s2"]
    assert (len(step.changes), step.after.focus) == (1, "s1")
    assert after.apply(step.inverse().changes[0]) == there


def test_a_span_goes_with_the_relations_that_hang_on_it() -> None:
    links = [Relation("r1", "SAID_BY", "s1", "s2"), Relation("r2", "SAID_BY", "s2", "s3")]
    there = Annotations.of([span("s1", 0, 6), span("s2", 7, 13), span("s3", 14, 18)], links, BEGUN)
    step, after = carried_out(delete(["s1", "s1"]), desk(annotations=there))
    assert (set(after.spans), set(after.relations)) == ({"s2", "s3"}, {"r2"})
    assert after.apply(step.inverse().changes[0]) == there
    assert delete([])(desk(annotations=there)) is None


@pytest.mark.parametrize("command", [relabel(["gone"], "ACTOR"), delete(["s1", "gone"])])
def test_a_span_that_is_no_longer_there_is_said_to_be_gone(command: Command) -> None:
    with pytest.raises(EditRefused, match="span-gone"):
        command(desk(annotations=Annotations.of([span("s1", 19, 24)])))


def test_status_flag_and_note_change_nothing_else_and_the_caret_stays() -> None:
    at = desk(annotations=Annotations.of([span("s1", 19, 24)], (), BEGUN), place=Place(3, 5, "s1"))
    for command, wanted in (
        (set_status("complete"), State("complete")),
        (set_flag(True), State("in_progress", flagged=True)),
        (set_note("ل"), State("in_progress", note="ل")),
    ):
        step, after = carried_out(command, at)
        assert (after.state, after.spans, step.before, step.after) == (wanted, at.annotations.spans, at.place, at.place)
    assert set_status("in_progress")(at) is None
    with pytest.raises(ValueError, match="no such status"):
        set_status("finished")


def test_an_article_with_problems_that_block_it_is_not_done_but_may_stay_so_and_be_skipped() -> None:
    at = desk(annotations=Annotations.of((), (), BEGUN))._replace(blocking=lambda: 2)
    with pytest.raises(EditRefused, match="problems-block-done") as refused:
        set_status("complete")(at)
    assert refused.value.values == {"count": 2}
    assert carried_out(set_status("skipped"), at)[1].state.status == "skipped"
    assert set_status("complete")(at._replace(annotations=Annotations.of((), (), State("complete")))) is None
