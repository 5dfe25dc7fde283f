"""A schema for the tests: a little of everything that one can ask."""

from __future__ import annotations

from collections.abc import Iterable

from app.model.schema import AttributeType, Choice, Condition, Ink, Label, RelationType, Rules, Schema

INK = Ink("#AE3411", "#FBDDCD", "#FF9B73", "#4F2A1C")


def named(id: str) -> dict[str, str]:
    """Titles that tell a title from an id."""
    return {"en": f"{id} (en)", "ar": f"{id} (ar)"}


def asked(id: str, kind: str = "text", choices: Iterable[str] = (), **values: object) -> AttributeType:
    """An attribute or field."""
    made = tuple(Choice(choice, named(choice)) for choice in choices)
    return AttributeType(id, kind, named(id), choices=made, **values)  # type: ignore[arg-type]


def labelled(id: str, *attributes: AttributeType, rules: Rules = Rules()) -> Label:  # noqa: B008 - immutable
    """A label that asks for these attributes."""
    return Label(id, named(id), INK, attributes=attributes, rules=rules)


COUNTS = tuple(asked(id, "number", minimum="0", pattern="[0-9]+") for id in ("count_min", "count_best", "count_max"))
CASUALTY = labelled(
    "CASUALTY",
    asked("outcome", "choice", ("killed", "injured", "missing"), required=True),
    asked("count_text"),
    *COUNTS,
    asked("approximate", "yes_no"),
    asked("who", "choices", ("civilians", "children", "medics")),
    asked("cause", "choice", ("fire", "flood"), shown_when=Condition("outcome", ("killed",)), default=("fire",)),
)
LOCATION = labelled("LOCATION", asked("kind", "choice", ("city", "country")), asked("latitude", "number", maximum="90"))
ACTOR = labelled("ACTOR", asked("kind", "choice", ("rebels", "person"), default=("person",)), asked("role"))
QUOTE = labelled("QUOTE", rules=Rules(overlap_own=False, discontinuous=False, longest_words=6))
NEWS = Schema(
    "news",
    "1",
    named("news"),
    (CASUALTY, LOCATION, ACTOR, QUOTE),
    (
        RelationType("SAID_BY", named("SAID_BY"), heads=("QUOTE",), children=("ACTOR",), at_least=1, at_most=2),
        RelationType("AT", named("AT"), heads=("CASUALTY", "ACTOR"), children=("LOCATION",)),
        RelationType("SAME_AS", named("SAME_AS"), same_label=True, symmetric=True, at_most=3),
    ),
    (
        asked("event_date", pattern=r"\d{4}-\d{2}-\d{2}"),
        asked("relevance", "choice", ("high", "low")),
        asked("reason", shown_when=Condition("relevance", ("high",)), default=("deaths",)),
    ),
)
