from __future__ import annotations

from dataclasses import replace

from app.edit.commands import label, relabel, set_status
from app.edit.everywhere import Spot, label_places
from app.model.annotation import Attribute, Span, State
from app.model.document import NameValue
from tests.edit.made_desks import carried_out, desk
from tests.model.made_schemas import ACTOR, NEWS, asked
from tests.store.made_projects import ARTICLE, span

PERSON = Attribute("kind", "person", "rule")


def relabelled(one: Span, name: str) -> tuple[Attribute, ...]:
    """The attributes of the span once it is called `name`."""
    return carried_out(relabel(one.id, name), desk(ARTICLE, one, schema=NEWS))[1].spans[one.id].attributes


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
