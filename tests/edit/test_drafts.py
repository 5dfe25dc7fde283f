from __future__ import annotations

from dataclasses import replace

from app.edit import drafts
from app.edit.moves import Moves
from app.labels import default_schema
from app.model.schema import AttributeType, Choice, Ink, Label, RelationType, Schema

INK = Ink("#000000", "#FFFFFF", "#FFFFFF", "#000000")
OTHER = Ink("#111111", "#EEEEEE", "#EEEEEE", "#111111")
SCHEMA = Schema(
    "s",
    "1",
    {"en": "S"},
    (Label("A", {"en": "A"}, INK, "1"), Label("B", {"en": "B"}, INK, "3"), Label("C", {"en": "C"}, INK)),
    (RelationType("FROM_A", {}, heads=("A",)), RelationType("AB", {}, heads=("A", "B"), children=("C",))),
)


def ids(draft: drafts.Draft) -> list[str]:
    return [label.id for label in draft.schema.labels]


def test_a_renamed_label_takes_its_spans_and_the_ends_of_relations_along() -> None:
    draft = drafts.begin(SCHEMA)
    draft = drafts.change_label(draft, "A", replace(SCHEMA.labels[0], id="X"))
    draft = drafts.change_label(draft, "X", replace(SCHEMA.labels[0], id="Y"))
    assert draft.moves().labels == {"A": "Y"} and not draft.dropped()
    assert [one.heads for one in draft.schema.relations] == [("Y",), ("Y", "B")]
    assert drafts.change_label(draft, "Y", SCHEMA.labels[0]).moves().labels == {}


def test_a_dropped_label_keeps_its_spans_unless_they_are_called_otherwise() -> None:
    draft = drafts.drop_label(drafts.begin(SCHEMA), "A")
    assert ids(draft) == ["B", "C"] and draft.dropped() == ["A"] and draft.moves().labels == {}
    assert [(one.id, one.heads) for one in draft.schema.relations] == [("AB", ("B",))]
    assert draft.relations["FROM_A"] == ""
    draft = drafts.call_spans(draft, "A", "B")
    assert draft.moves().labels == {"A": "B"} and draft.dropped() == []
    renamed = drafts.change_label(draft, "B", replace(SCHEMA.labels[1], id="Z"))
    assert renamed.moves().labels == {"A": "Z", "B": "Z"}
    assert drafts.call_spans(draft, "A", "").dropped() == ["A"]


def test_a_label_that_leaves_and_comes_again_finds_its_spans() -> None:
    draft = drafts.add_label(drafts.drop_label(drafts.begin(SCHEMA), "A"), [INK])
    assert drafts.change_label(draft, "LABEL_1", SCHEMA.labels[0]).dropped() == []


def test_what_spans_were_to_become_leaves_with_the_label_that_leaves() -> None:
    draft = drafts.call_spans(drafts.drop_label(drafts.begin(SCHEMA), "A"), "A", "B")
    assert drafts.drop_label(draft, "B").dropped() == ["A", "B"]


def test_a_new_label_has_an_id_a_key_and_a_colour_of_its_own() -> None:
    draft = drafts.add_label(drafts.add_label(drafts.begin(SCHEMA), [INK, OTHER]), [INK, OTHER])
    first, second = draft.schema.labels[3:]
    assert (first.id, first.key, first.colour) == ("LABEL_1", "2", OTHER)
    assert (second.id, second.key) == ("LABEL_2", "4")
    gone = drafts.drop_label(drafts.begin(replace(SCHEMA, labels=draft.schema.labels)), "LABEL_1")
    assert drafts.add_label(gone, [INK]).schema.labels[-1].id == "LABEL_3"


def test_another_schema_keeps_what_has_the_same_id() -> None:
    draft = drafts.start_from(drafts.begin(SCHEMA), replace(SCHEMA, labels=SCHEMA.labels[1:], relations=()))
    assert draft.dropped() == ["A"] and draft.relations == {"FROM_A": "", "AB": ""}
    assert drafts.start_from(drafts.begin(SCHEMA), default_schema()).dropped() == ["A", "B", "C"]


def test_relations_and_questions_come_go_and_change_places() -> None:
    draft = drafts.add_relation(drafts.begin(SCHEMA))
    draft = drafts.change_relation(draft, "AB", replace(SCHEMA.relations[1], id="ABC"))
    draft = drafts.drop_relation(draft, "FROM_A")
    assert [one.id for one in draft.schema.relations] == ["ABC", "RELATION_1"]
    assert draft.moves().relations == {"AB": "ABC"} and draft.relations["FROM_A"] == ""
    questions = drafts.add_question(drafts.add_question(()))
    assert [one.id for one in questions] == ["question_1", "question_2"]
    assert questions[0] == AttributeType("question_1", "text", {"en": "question_1"})
    assert drafts.shifted((1, 2, 3), 0, 1) == (2, 1, 3) and drafts.shifted((1, 2, 3), 2, 5) == (1, 2, 3)
    assert drafts.shifted((1, 2, 3), 1, -1) == (2, 1, 3)


def test_answers_follow_an_attribute_and_a_choice_that_are_called_otherwise() -> None:
    kind = AttributeType("kind", "choice", {}, choices=(Choice("a", {}), Choice("b", {})))
    schema = replace(SCHEMA, labels=(replace(SCHEMA.labels[0], attributes=(kind,)),), fields=(kind,), relations=())
    draft = drafts.change_label(drafts.begin(schema), "A", replace(schema.labels[0], id="X"))
    draft = drafts.change_question(draft, "X", 0, replace(kind, id="sort"))
    draft = drafts.change_question(
        draft, "X", 0, replace(kind, id="type", choices=(Choice("a", {}), Choice("second", {})))
    )
    assert draft.moves() == Moves({"A": "X"}, {("A", "kind"): "type"}, {("A", "kind", "b"): "second"})
    draft = drafts.change_question(draft, "", 0, replace(kind, id="of_article", choices=kind.choices[:1]))
    assert draft.moves().attributes == {("A", "kind"): "type", ("", "kind"): "of_article"}
    assert draft.moves().choices == {("A", "kind", "b"): "second"}
    assert not drafts.start_from(draft, schema).moves()
