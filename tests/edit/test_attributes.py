from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from app.edit.attributes import set_attribute, set_attributes, set_field
from app.edit.commands import Command
from app.edit.steps import Place
from app.errors import EditRefused
from app.formats.native_check import check_file
from app.model.annotation import Annotations, Attribute, Span, State
from app.model.document import NameValue
from tests.edit.made_desks import LATER, carried_out, desk
from tests.model.made_schemas import NEWS
from tests.store.made_projects import ARTICLE, mark, opened, span, write

MANY = tuple(span(f"s{n}", n, n + 1, "CASUALTY") for n in range(3))
IMPORTED = (Attribute("outcome", "vanished", "import"), Attribute("weather", "x", "import"), Attribute("weather", "y"))


def given(command: Command, *spans: Span, id: str = "s1") -> tuple[Attribute, ...]:
    """The attributes of a span after `command`."""
    return carried_out(command, desk(ARTICLE, *spans, schema=NEWS))[1].spans[id].attributes


def test_an_answer_is_kept_with_its_source_and_the_span_says_that_it_was_edited() -> None:
    step, after = carried_out(set_attribute(["s1"], "outcome", ("killed",)), desk(ARTICLE, *MANY, schema=NEWS))
    changed = after.spans["s1"]
    assert changed.attributes == (Attribute("outcome", "killed", "manual"), Attribute("cause", "fire", "rule"))
    assert (changed.edited, changed.updated_at, step.command) == (True, LATER, "set_attribute")
    assert (step.before, step.after) == (Place(1, 2), Place(1, 2))


def test_several_spans_are_answered_for_in_one_step_that_leaves_alone_those_that_say_so_already() -> None:
    there = MANY[0]._replace(attributes=(Attribute("who", "medics"),))
    at = desk(ARTICLE, there, *MANY[1:], schema=NEWS)
    step, after = carried_out(set_attribute(["s0", "s1", "s2", "s1"], "who", ("medics",)), at)
    assert [changed.id for changed in step.changes[0].added] == ["s1", "s2"]
    assert {value.attributes for value in after.spans.values()} == {(Attribute("who", "medics"),)}
    assert set_attribute(["s0"], "who", ("medics",))(at) is None
    assert set_attribute([], "who", ("medics",))(at) is None


def test_answers_stand_in_the_order_of_the_schema_and_what_it_does_not_know_behind_them() -> None:
    there = MANY[1]._replace(attributes=(Attribute("weather", "x"), Attribute("who", "medics")))
    values = {"who": ("children", "civilians"), "outcome": ("injured",), "count_min": ("٢٥",)}
    assert given(set_attributes("s1", values, "gazetteer"), there) == (
        Attribute("outcome", "injured", "gazetteer"),
        Attribute("count_min", "25", "gazetteer"),
        Attribute("who", "children", "gazetteer"),
        Attribute("who", "civilians", "gazetteer"),
        Attribute("weather", "x"),
    )


def test_an_answer_is_taken_away_by_giving_none_and_what_a_rule_said_is_confirmed_by_saying_it() -> None:
    there = MANY[1]._replace(attributes=(Attribute("count_best", "48", "rule"),))
    assert given(set_attribute(["s1"], "count_best", ("48",)), there) == (Attribute("count_best", "48", "manual"),)
    assert given(set_attribute(["s1"], "count_best", ()), there) == ()
    assert given(set_attribute(["s1"], "count_best", ("  ",)), there) == ()


@pytest.mark.parametrize(
    ("name", "values", "code"),
    [
        ("outcome", ("dead",), "attribute-wrong"),
        ("outcome", ("killed", "injured"), "attribute-wrong"),
        ("outcome", ("vanished", "injured"), "attribute-wrong"),
        ("count_min", ("-1",), "attribute-wrong"),
        ("count_min", ("many",), "attribute-wrong"),
        ("approximate", ("maybe",), "attribute-wrong"),
        ("weather", ("z",), "attribute-unknown"),
        ("weather", ("x", "z"), "attribute-unknown"),
    ],
)
def test_what_the_schema_does_not_allow_is_refused_for_all_spans_at_once(
    name: str, values: tuple[str, ...], code: str
) -> None:
    at = desk(ARTICLE, MANY[0], MANY[1]._replace(attributes=IMPORTED), schema=NEWS)
    with pytest.raises(EditRefused, match=code):
        set_attribute(["s1", "s0"], name, values)(at)


def test_what_a_file_brought_along_stays_beside_other_answers_and_can_be_taken_away() -> None:
    there = MANY[1]._replace(attributes=IMPORTED)
    assert given(set_attribute(["s1"], "who", ("medics",)), there) == (
        IMPORTED[0],
        Attribute("who", "medics"),
        *IMPORTED[1:],
    )
    assert given(set_attribute(["s1"], "weather", ("y",)), there) == (IMPORTED[0], IMPORTED[2])
    assert given(set_attribute(["s1"], "weather", ()), there) == (IMPORTED[0],)
    assert given(set_attribute(["s1"], "outcome", ("missing",)), there)[0] == Attribute("outcome", "missing")


def test_a_span_with_a_label_that_the_schema_does_not_know_loses_attributes_and_gains_none() -> None:
    strange = span("s1", 0, 6, "STRANGE", attributes=IMPORTED)
    assert given(set_attribute(["s1"], "weather", ()), strange) == IMPORTED[:1]
    with pytest.raises(EditRefused, match="attribute-unknown"):
        set_attribute(["s1"], "outcome", ("killed",))(desk(ARTICLE, strange, schema=NEWS))


def test_a_default_comes_and_goes_with_the_answer_it_hangs_on_and_what_somebody_wrote_stays() -> None:
    at = desk(ARTICLE, MANY[1], schema=NEWS)
    by_default = {"outcome": "killed", "cause": "fire"}
    for name, values, wanted in (
        ("outcome", ("killed",), by_default),
        ("cause", (), {"outcome": "killed"}),
        ("who", ("medics",), {"outcome": "killed", "who": "medics"}),
        ("outcome", ("injured",), {"outcome": "injured", "who": "medics"}),
        ("outcome", ("killed",), {**by_default, "who": "medics"}),
        ("outcome", ("injured",), {"outcome": "injured", "who": "medics"}),
        ("outcome", ("killed",), {**by_default, "who": "medics"}),
        ("cause", ("flood",), {"outcome": "killed", "cause": "flood", "who": "medics"}),
        ("outcome", ("injured",), {"outcome": "injured", "cause": "flood", "who": "medics"}),
    ):
        _step, after = carried_out(set_attribute(["s1"], name, values), at)
        at = desk(ARTICLE, after.spans["s1"], schema=NEWS)
        assert {one.name: one.value for one in after.spans["s1"].attributes} == wanted


def test_spans_that_are_gone_and_sources_that_are_none() -> None:
    with pytest.raises(EditRefused, match="span-gone"):
        set_attribute(["gone"], "outcome", ("killed",))(desk(ARTICLE, schema=NEWS))
    with pytest.raises(ValueError, match="no such source"):
        set_attribute(["s1"], "outcome", ("killed",), source="memory")


def test_a_field_of_the_article_is_answered_in_the_same_way_and_begins_it() -> None:
    at = desk(ARTICLE, schema=NEWS, state=State(fields=(NameValue("topic", "war"),)))
    step, after = carried_out(set_field("event_date", ("2026-01-31",)), at)
    fields = (NameValue("event_date", "2026-01-31"), NameValue("topic", "war"))
    assert (after.state, step.command) == (State("in_progress", fields=fields), "set_field")
    assert set_field("topic", ("war",))(at) is None
    _step, after = carried_out(set_field("relevance", ("high",)), desk(ARTICLE, schema=NEWS))
    assert after.state.fields == (NameValue("relevance", "high"), NameValue("reason", "deaths"))
    assert carried_out(set_field("topic", ()), at)[1].state.fields == ()
    for name, values, code in (
        ("event_date", ("yesterday",), "attribute-wrong"),
        ("relevance", ("high", "low"), "attribute-wrong"),
        ("topic", ("peace",), "attribute-unknown"),
    ):
        with pytest.raises(EditRefused, match=code):
            set_field(name, values)(at)


def test_answers_go_the_whole_road_undo_log_project_and_training_file(tmp_path: Path) -> None:
    article = write(tmp_path / "article.txt")
    session = opened(article)
    session.schema = NEWS
    id = mark(session, 31, 43, "CASUALTY").changes[0].added[0].id
    marked = session.annotations
    for command in (
        set_attributes(id, {"who": ("medics", "children"), "outcome": ("injured",)}),
        set_attribute([id], "count_best", ("٤٩",)),
        set_field("relevance", ("low",)),
    ):
        assert session.do(command, place=Place()) is not None
    answered = session.annotations
    session.close()

    again = opened(article)
    assert again.annotations == answered
    published = again.publish().path
    assert list(check_file(published)) == []
    line = orjson.loads(published.read_bytes())
    assert [(each["name"], each["value"], each["source"]) for each in line["spans"][0]["attributes"]] == [
        ("approximate", "no", "rule"),
        ("count_best", "49", "manual"),
        ("count_max", "48", "rule"),
        ("count_min", "48", "rule"),
        ("count_text", "48", "rule"),
        ("outcome", "injured", "manual"),
        ("who", "children", "manual"),
        ("who", "medics", "manual"),
    ]
    assert line["fields"] == [{"name": "relevance", "value": "low"}]
    assert [again.undo() is not None for _step in range(3)] == [True] * 3
    assert again.annotations == marked
    assert [again.redo() is not None for _step in range(3)] == [True] * 3
    assert again.annotations == answered
    again.close()

    copy = opened(write(tmp_path / "copy.jsonl", published.read_text("utf-8")))
    assert by_name(copy.annotations) == by_name(answered)
    copy.close()


def by_name(annotations: Annotations) -> list[list[Attribute]]:
    """The attributes of each span as the training file orders them."""
    return [sorted(each.attributes) for each in annotations.ordered()]
