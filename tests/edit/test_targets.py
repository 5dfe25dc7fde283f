from __future__ import annotations

from app.edit.targets import targets
from app.model.annotation import Annotations, Fragment, Relation, Span
from app.model.schema import RelationType

SAID_BY = RelationType("SAID_BY", {}, heads=("QUOTE",), children=("ACTOR",))
SAME_AS = RelationType("SAME_AS", {}, same_label=True, symmetric=True)

TEXT = (
    "وصل الوزير صباحاً. اجتمع المحافظ مع الشرطة.\n\n"
    "وقال الجيش في بيان إن الطريق مفتوح، وفق ما نقله شهود.\n\n"
    "ورفض الدفاع المدني التعليق. وغادر السفير. وعاد التاجر. ونام الحارس."
)


def marked(word: str, label: str = "ACTOR") -> Span:
    start = TEXT.index(word)
    return Span(word, label, (Fragment(start, start + len(word)),))


QUOTE = marked("الطريق مفتوح", "QUOTE")
ACTORS = [
    marked(word) for word in ("الوزير", "المحافظ", "الشرطة", "الجيش", "شهود", "الدفاع المدني", "السفير", "الحارس")
]


def order(
    type: RelationType = SAID_BY, latest: str = "", *others: Span, linked: tuple[Relation, ...] = ()
) -> list[str]:
    return targets(TEXT, Annotations.of([QUOTE, *ACTORS, *others], linked), type, QUOTE.id, latest)


def test_a_quotes_speaker_is_looked_for_in_its_sentence_then_one_and_two_sentences_around() -> None:
    assert order()[:6] == ["الجيش", "شهود", "الشرطة", "المحافظ", "الدفاع المدني", "الوزير"]
    assert order()[-2:] == ["السفير", "الحارس"]


def test_the_target_chosen_last_comes_first_wherever_it_stands() -> None:
    assert order(latest="الحارس")[:2] == ["الحارس", "الجيش"]
    assert order(latest="gone")[0] == "الجيش"


def test_only_what_the_type_allows_and_what_is_not_linked_by_it_yet() -> None:
    place = marked("الطريق", "LOCATION")
    linked = (Relation("r1", "SAID_BY", QUOTE.id, "الجيش"), Relation("r2", "CUED_BY", QUOTE.id, "شهود"))
    assert order(SAID_BY, "", place, linked=linked)[0] == "شهود"
    assert "الجيش" not in order(linked=linked) and place.id not in order(SAID_BY, "", place)


def test_who_is_quoted_inside_the_quote_is_no_likely_speaker() -> None:
    inside = Span("inside", "ACTOR", (Fragment(QUOTE.start, QUOTE.start + 6),))
    assert order(SAID_BY, "", inside)[-1] == "inside"


def test_a_chain_is_offered_from_either_end_only_once() -> None:
    there = Annotations.of(ACTORS, [Relation("r1", "SAME_AS", "شهود", "الجيش")])
    found = targets(TEXT, there, SAME_AS, "الجيش")
    assert "شهود" not in found and len(found) == len(ACTORS) - 2


def test_one_line_of_text_without_a_sentence_around() -> None:
    only = Annotations.of([Span("q", "QUOTE", (Fragment(0, 2),)), Span("a", "ACTOR", (Fragment(3, 5),))])
    assert targets("قل ما\n\n\n", only, SAID_BY, "q") == ["a"]
