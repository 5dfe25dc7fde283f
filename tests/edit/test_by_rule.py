from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

from app.edit.attributes import set_attribute
from app.edit.commands import label, relabel, set_status
from app.edit.edges import set_edges
from app.edit.everywhere import Spot, label_places
from app.model.annotation import Attribute, Span, State
from app.model.document import NameValue
from app.model.schema import Schema
from tests.edit.made_desks import carried_out, desk
from tests.model.made_schemas import ACTOR, NEWS, asked, labelled
from tests.store.made_projects import ARTICLE, span

PERSON = Attribute("kind", "person", "rule")


def relabelled(one: Span, name: str) -> tuple[Attribute, ...]:
    """The attributes of the span once it is called `name`."""
    return carried_out(relabel([one.id], name), desk(ARTICLE, one, schema=NEWS))[1].spans[one.id].attributes


def test_a_new_span_has_the_defaults_of_what_is_asked_of_it() -> None:
    assert carried_out(label(0, 6, "ACTOR"), desk(ARTICLE, schema=NEWS))[1].spans["n1"].attributes == (PERSON,)
    _step, after = carried_out(label_places([Spot("a", 0, 6), Spot("a", 7, 13)], "ACTOR"), desk(ARTICLE, schema=NEWS))
    assert {one.attributes for one in after.spans.values()} == {(PERSON,)}
    for name in ("LOCATION", "CASUALTY", "STRANGE"):
        assert carried_out(label(0, 6, name), desk(ARTICLE, schema=NEWS))[1].spans["n1"].attributes == ()


def test_another_label_says_its_own_defaults_and_drops_nothing_that_somebody_wrote() -> None:
    there = span("s1", 0, 6, "ACTOR", attributes=(PERSON, Attribute("role", "x"), Attribute("weather", "y", "import")))
    assert relabelled(there, "LOCATION") == there.attributes[1:]
    assert relabelled(there, "STRANGE") == there.attributes[1:]
    again = there._replace(label="LOCATION", attributes=relabelled(there, "LOCATION"))
    assert relabelled(again, "ACTOR") == there.attributes
    chosen = there._replace(attributes=(Attribute("kind", "rebels"),))
    assert relabelled(chosen, "LOCATION") == chosen.attributes


def test_an_article_has_the_defaults_of_its_fields_from_the_first_work_on_it() -> None:
    schema = replace(NEWS, fields=(*NEWS.fields, asked("source", default=("wire",))))
    new = desk(ARTICLE, schema=schema, state=State(fields=(NameValue("topic", "war"),)))
    fields = (NameValue("source", "wire"), NameValue("topic", "war"))
    assert carried_out(label(0, 6, "ACTOR"), new)[1].state == State("in_progress", fields=fields)
    assert carried_out(set_status("skipped"), new)[1].state.fields == new.annotations.state.fields
    step = label_places([Spot("a", 0, 6)], "ACTOR")(new)
    assert step is not None and step.changes[0].state_after == State("in_progress", fields=fields)
    assert ACTOR.attributes[0].default == ("person",)


TOLL = "قُتل ما لا يقل عن 25 مدنياً ثم 60 جندياً أمس"
AT_LEAST = {"count_text": "ما لا يقل عن 25", "count_min": "25", "count_best": "25", "approximate": "no"}


def read(one: Span) -> dict[str, str]:
    """What rules have said of the span."""
    return {attribute.name: attribute.value for attribute in one.attributes if attribute.source == "rule"}


def marked(text: str, stretch: str, schema: Schema = NEWS) -> Span:
    """The casualty that is made of `stretch`."""
    at = desk(text, schema=schema)
    start = text.index(stretch)
    return carried_out(label(start, start + len(stretch), "CASUALTY"), at)[1].spans["n1"]


def reshaped(text: str, one: Span, stretch: str) -> Span:
    """The span once it covers `stretch`."""
    start = text.index(stretch)
    command = set_edges(one.id, start, start + len(stretch))
    return carried_out(command, desk(text, one, schema=NEWS))[1].spans[one.id]


def test_the_count_of_casualties_is_read_where_the_label_asks_for_one() -> None:
    said = "ما لا يقل عن 25 مدنياً"
    assert read(marked(TOLL, said)) == AT_LEAST
    assert read(marked("نحو ستين", "نحو ستين")) == {"count_text": "نحو ستين", "count_best": "60", "approximate": "yes"}
    assert read(marked("المدنيون", "المدنيون")) == {}
    assert carried_out(label(0, len(TOLL), "ACTOR"), desk(TOLL, schema=NEWS))[1].spans["n1"].attributes == (PERSON,)


def test_a_count_that_the_schema_does_not_allow_or_ask_for_is_not_written() -> None:
    few = [replace(one, maximum="9") if one.id == "count_best" else one for one in NEWS.labels[0].attributes]
    asked_for = tuple(one for one in few if one.id not in ("count_text", "approximate"))
    schema = replace(NEWS, labels=(labelled("CASUALTY", *asked_for),))
    assert read(marked(TOLL, "ما لا يقل عن 25", schema)) == {"count_min": "25"}
    longer = "س " * 300 + TOLL
    assert read(marked(longer, longer)) == {}


def test_moved_edges_read_the_count_anew_and_leave_what_somebody_wrote() -> None:
    one = marked(TOLL, "ما لا يقل عن 25 مدنياً")
    assert read(reshaped(TOLL, one, "25 مدنياً")) == {
        **{"count_text": "25", "count_min": "25", "count_best": "25", "count_max": "25", "approximate": "no"}
    }
    assert read(reshaped(TOLL, one, "مدنياً ثم")) == {}
    assert read(reshaped(TOLL, reshaped(TOLL, one, "مدنياً ثم"), "60 جندياً"))["count_best"] == "60"

    _step, after = carried_out(set_attribute(["n1"], "count_best", ("30",)), desk(TOLL, one, schema=NEWS))
    corrected = reshaped(TOLL, after.spans["n1"], "60 جندياً")
    assert read(corrected) == {"count_text": "60", "count_min": "60", "approximate": "no"}
    assert Attribute("count_best", "30", "manual") in corrected.attributes


def test_another_label_and_back_reads_the_count_again() -> None:
    one = marked(TOLL, "ما لا يقل عن 25 مدنياً")
    _step, after = carried_out(relabel(["n1"], "LOCATION"), desk(TOLL, one, schema=NEWS))
    assert after.spans["n1"].attributes == ()
    _step, after = carried_out(relabel(["n1"], "CASUALTY"), desk(TOLL, after.spans["n1"], schema=NEWS))
    assert read(after.spans["n1"]) == AT_LEAST
    written = one._replace(attributes=(Attribute("count_min", "20"),))
    _step, after = carried_out(relabel(["n1"], "CASUALTY"), desk(TOLL, written._replace(label="ACTOR"), schema=NEWS))
    assert after.spans["n1"].attributes == written.attributes


def test_whoever_gets_ready_in_time_does_not_wait_for_the_first_count() -> None:
    script = """
import sys, time
from app.edit.by_rule import first_answers, get_ready
from tests.model.made_schemas import CASUALTY, NEWS
assert "app.text.numbers" not in sys.modules
get_ready(NEWS)
begun = time.process_time()
assert first_answers(CASUALTY, "قتل 48 مسلحاً")
sys.exit(time.process_time() - begun > 0.005)
"""
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
