from __future__ import annotations

from hypothesis import given

from app.formats.covering import cover
from app.formats.registry import Loss
from app.model.annotation import Annotations, Fragment, Span
from app.model.document import Document
from app.model.record import Record
from tests.formats.made_records import records


@given(records())
def test_joined_tokens_are_the_text_and_no_span_moves(record: Record) -> None:
    text = record.document.text
    losses: list[Loss] = []
    tokens, places = cover(record, "split", losses.append)
    assert "".join(text[start:end] + " " * spaced for start, end, spaced in tokens) == text
    assert all(start < end for start, end, _spaced in tokens)
    assert record.annotations is not None and not losses
    for span in record.annotations.spans.values():
        laid = [(tokens[first].start, tokens[last - 1].end) for first, last in places[span.id]]
        assert laid == [tuple(piece) for piece in span.fragments]


def laid(policy: str) -> tuple[list[str], dict[str, str], list[Loss]]:
    text = "وبالموصل أمس"
    spans = [Span("s1", "X", (Fragment(3, 8),)), Span("s2", "X", (Fragment(8, 12),))]
    losses: list[Loss] = []
    record = Record(Document("d", text), Annotations.of(spans))
    tokens, places = cover(record, policy, losses.append)
    surfaces = {id: text[tokens[place[0][0]].start : tokens[place[0][1] - 1].end] for id, place in places.items()}
    return [text[start:end] for start, end, _spaced in tokens], surfaces, losses


def test_a_space_that_a_span_begins_with_is_a_token() -> None:
    assert laid("split") == (["وبا", "لموصل", " ", "أمس"], {"s1": "لموصل", "s2": " أمس"}, [])


def test_what_grows_or_goes_by_the_other_policies_is_told() -> None:
    tokens, surfaces, losses = laid("expand")
    assert tokens == ["وبالموصل", "أمس"] and surfaces == {"s1": "وبالموصل", "s2": "أمس"}
    assert losses == [
        Loss("d", "s1", "", "grew", (("was", "3-8"), ("now", "0-8"))),
        Loss("d", "s2", "", "trimmed", (("was", "8-12"), ("now", "9-12"))),
    ]
    tokens, surfaces, losses = laid("refuse")
    assert surfaces == {"s2": "أمس"}
    assert [(loss.span, loss.what) for loss in losses] == [("s1", "cuts-token"), ("s2", "trimmed")]
