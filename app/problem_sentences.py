"""What each problem says, by its code: `app.sentences` for what is wrong with annotations."""

from __future__ import annotations

from app.model.schema import AttributeType, Label, RelationType, Schema
from app.review.problems import Problem
from app.sentences import N_, Counted
from app.wording import sentence

PROBLEMS: dict[str, str | Counted] = {
    "label-unknown": N_("The schema has no label {name}."),
    "attribute-missing": N_("{label}: {name} has no answer."),
    "attribute-wrong": N_("{label}: {value} is no answer to {name}."),
    "attribute-unknown": N_("{label}: the schema does not ask for {name}."),
    "count-order": N_("{label}: {name} is {value}, and {other} only {limit}."),
    "relation-unknown": N_("The schema has no relation {name}."),
    "relation-forbidden": N_("No relation {name} leads from {head} to {child}."),
    "relation-missing": Counted(
        "{label}: the relation {name} is missing.", "{label}: {limit} relations {name} are needed.", "limit"
    ),
    "relation-too-many": Counted(
        "{label}: one relation {name} is allowed at most.",
        "{label}: {limit} relations {name} are allowed at most.",
        "limit",
    ),
    "span-overlaps-own": N_("Two spans labelled {label} overlap here."),
    "span-discontinuous": N_("A span labelled {label} may have one piece only."),
    "span-too-long": Counted(
        "A span labelled {label} may have one word at most.",
        "A span labelled {label} may have {limit} words at most.",
        "limit",
    ),
    "field-missing": N_("About the article: {name} has no answer."),
    "field-wrong": N_("About the article: {value} is no answer to {name}."),
    "field-unknown": N_("About the article: the schema does not ask for {name}."),
}


def describe_problem(problem: Problem, schema: Schema, language: str) -> str:
    """What is wrong, in one sentence of the chosen language; the names of the schema are those of `language`."""
    said: dict[str, object] = dict(problem.values)
    label = schema.label(str(said.get("label", "")))
    named: dict[str, Label | AttributeType | RelationType | None] = {
        "name": _named(problem, schema, label),
        "other": label.attribute(str(said.get("other", ""))) if label else None,
        **{name: schema.label(str(said.get(name, ""))) for name in ("label", "head", "child")},
    }
    # Of a wrong answer the value is shown as it was written.
    counted = ("count", "limit", "value") if problem.code == "count-order" else ("count", "limit")
    numbers = {name: int(str(said[name])) for name in counted if str(said.get(name, "")).isdecimal()}
    titles = {name: one.title(language) for name, one in named.items() if one}
    return sentence(PROBLEMS, problem.code, {**said, "name": problem.name, **numbers, **titles})


def _named(problem: Problem, schema: Schema, label: Label | None) -> Label | AttributeType | RelationType | None:
    """What of the schema the problem's name means."""
    concern = problem.code.split("-")[0]
    if concern == "relation":
        return schema.relation(problem.name)
    if concern == "field":
        return schema.field(problem.name)
    if concern in ("attribute", "count"):
        return label.attribute(problem.name) if label else None
    return schema.label(problem.name)
