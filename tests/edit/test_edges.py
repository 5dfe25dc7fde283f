from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.edit.edges import Edge, Unit, cycle_clitics, move_edge, set_edges
from app.errors import EditRefused
from app.model.annotation import Fragment
from app.text.boundaries import trim
from app.text.clitics import Lexicon
from tests.edit.made_desks import LATER, carried_out, covered, desk, in_pieces
from tests.store.made_projects import span
from tests.text.made_text import texts

TEXT = "قتل مسلحون، وبغداد «هادئة» اليوم. UN-WFP 48"
MOSUL = Lexicon.of(["بغداد", "عراق", "العراق"])


def test_dragged_edges_are_trimmed_like_a_selection_and_the_span_says_that_it_was_edited() -> None:
    _step, after = carried_out(set_edges("s1", 3, 12), desk(TEXT, span("s1", 4, 10)))
    changed = after.spans["s1"]
    assert (TEXT[changed.start : changed.end], changed.edited, changed.updated_at) == ("مسلحون،", True, LATER)


def test_the_caret_stays_and_the_span_is_in_focus() -> None:
    at = desk(TEXT, span("s1", 4, 10))
    step, _after = carried_out(set_edges("s1", 0, 10), at)
    assert (step.before, step.after) == (at.place, at.place._replace(focus="s1"))


@pytest.mark.parametrize(
    ("edge", "by", "outwards", "wanted"),
    [
        ("end", "word", True, "مسلحون، وبغداد"),
        ("start", "word", True, "قتل مسلحون"),
        ("end", "grapheme", True, "مسلحون،"),
        ("start", "grapheme", True, "ل مسلحون"),
        ("start", "grapheme", False, "سلحون"),
        ("end", "grapheme", False, "مسلحو"),
    ],
)
def test_an_edge_moves_by_a_word_or_a_letter(edge: Edge, by: Unit, outwards: bool, wanted: str) -> None:
    assert covered(desk(TEXT, span("s1", 4, 10)), move_edge("s1", edge, by, outwards)) == [wanted]


def test_growing_by_words_and_shrinking_by_words_goes_the_same_way_back() -> None:
    at = desk(TEXT, span("s1", 12, 18))
    for wanted in ("وبغداد «هادئة", "وبغداد «هادئة» اليوم"):
        _step, after = carried_out(move_edge("s1", "end", "word", True), at)
        at = desk(TEXT, after.spans["s1"])
        assert TEXT[after.spans["s1"].start : after.spans["s1"].end] == wanted
    for wanted in ("وبغداد «هادئة", "وبغداد"):
        _step, after = carried_out(move_edge("s1", "end", "word", False), at)
        at = desk(TEXT, after.spans["s1"])
        assert TEXT[after.spans["s1"].start : after.spans["s1"].end] == wanted


def test_a_start_within_a_word_grows_to_the_word_first() -> None:
    assert covered(desk(TEXT, span("s1", 13, 18)), move_edge("s1", "start", "word", True)) == ["وبغداد"]
    assert covered(desk(TEXT, span("s1", 4, 18)), move_edge("s1", "start", "word", False)) == ["وبغداد"]


def test_an_edge_takes_a_letter_with_its_marks_and_an_emoji_whole() -> None:
    text = "مُحَمَّد 👩‍🚒"
    assert covered(desk(text, span("s1", 0, 2)), move_edge("s1", "end", "grapheme", True)) == ["مُحَ"]
    assert covered(desk(text, span("s1", 0, 8)), move_edge("s1", "end", "grapheme", True)) == [text]


@pytest.mark.parametrize("by", ["word", "grapheme"])
def test_at_the_ends_of_the_text_there_is_nothing_to_grow_into(by: Unit) -> None:
    at = desk("بغداد", span("s1", 0, 5))
    assert move_edge("s1", "end", by, True)(at) is None
    assert move_edge("s1", "start", by, True)(at) is None


@pytest.mark.parametrize("edge", ["start", "end"])
def test_a_span_is_not_shrunk_to_nothing(edge: Edge) -> None:
    for by, at in (("word", desk(TEXT, span("s1", 4, 10))), ("grapheme", desk(TEXT, span("s1", 4, 5)))):
        with pytest.raises(EditRefused, match="nothing-left"):
            move_edge("s1", edge, by, False)(at)  # type: ignore[arg-type]


def test_neighbours_and_overlaps_are_allowed_but_not_the_same_span_twice() -> None:
    at = desk(TEXT, span("s1", 4, 10), span("s2", 0, 3), span("s3", 4, 11), span("s4", 0, 10, "ACTOR"))
    assert covered(at, set_edges("s1", 0, 10)) == ["قتل مسلحون"]
    with pytest.raises(EditRefused, match="already-there") as refused:
        set_edges("s1", 4, 11)(at)
    assert refused.value.values["span"] == "s3"


@pytest.mark.parametrize("command", [set_edges("gone", 0, 3), move_edge("gone", "end", "word", True)])
def test_a_span_that_is_gone_has_no_edges(command: object) -> None:
    with pytest.raises(EditRefused, match="span-gone"):
        command(desk(TEXT))  # type: ignore[operator]


def test_the_outer_edges_of_a_span_in_pieces_move_and_pieces_beyond_them_go() -> None:
    at = desk(TEXT, in_pieces("s1", (0, 3), (12, 18), (20, 25)))
    assert covered(at, move_edge("s1", "end", "word", True)) == ["قتل", "وبغداد", "هادئة» اليوم"]
    assert covered(at, set_edges("s1", 13, 18)) == ["بغداد"]
    assert covered(at, set_edges("s1", 4, 32)) == ["وبغداد", "هادئة» اليوم"]
    assert covered(at, set_edges("s1", 4, 10)) == ["مسلحون"]


@pytest.mark.parametrize("back", [False, True])
def test_x_walks_through_the_clitics_and_back_to_the_whole_word(back: bool) -> None:
    at = desk("قال وبالعراق اليوم", span("s1", 4, 12))
    seen = []
    for _press in range(4):
        _step, after = carried_out(cycle_clitics("s1", MOSUL, back), at)
        at = desk(at.document.text, after.spans["s1"])
        seen.append(at.document.text[after.spans["s1"].start : after.spans["s1"].end])
    assert seen == (["عراق", "العراق", "بالعراق", "وبالعراق"] if back else ["بالعراق", "العراق", "عراق", "وبالعراق"])


def test_x_on_a_name_without_clitics_says_that_it_has_none() -> None:
    with pytest.raises(EditRefused, match="no-clitic"):
        cycle_clitics("s1", MOSUL)(desk("بغداد", span("s1", 0, 5)))


def test_x_takes_a_start_inside_a_word_back_to_the_word() -> None:
    assert covered(desk("بغداد", span("s1", 2, 5)), cycle_clitics("s1", MOSUL)) == ["بغداد"]


@given(texts, st.data())
def test_whatever_is_done_to_edges_the_span_stays_whole_letters_of_its_text(text: str, drawn: st.DataObject) -> None:
    start, end = sorted((drawn.draw(st.integers(0, len(text))), drawn.draw(st.integers(0, len(text)))))
    start, end = trim(text, start, end)
    if start == end:
        return
    at = desk(text, span("s1", start, end))
    edge, by = drawn.draw(st.sampled_from(["start", "end"])), drawn.draw(st.sampled_from(["word", "grapheme"]))
    outwards = drawn.draw(st.booleans())
    try:
        step = move_edge("s1", edge, by, outwards)(at)
    except EditRefused as refused:
        assert refused.code == "nothing-left" and not outwards
        return
    if step is not None:
        (piece,) = step.changes[0].added[0].fragments
        assert Fragment(*trim(text, *piece)) == piece
        assert (piece.start < start or piece.end > end) if outwards else (piece.start > start or piece.end < end)
