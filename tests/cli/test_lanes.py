from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from app.cli.lanes import rows
from app.cli.rows import LETTERS, LINE, TAG, Row
from app.model.annotation import Fragment, Span
from tests.store.made_projects import span
from tests.text.made_text import texts


def lines(text: str, *spans: Span, width: int = 40) -> list[str]:
    return ["".join(strip.text for strip in row).rstrip() for row in rows(text, spans, width, str)]


def columns(row: Row, *parts: str) -> set[int]:
    """The columns of these parts, and of the single blanks around a tag."""
    found: set[int] = set()
    at = 0
    for strip in row:
        if strip.part in parts or (TAG in parts and strip.text == " "):
            found |= set(range(at, at + cell_len(strip.text)))
        at += cell_len(strip.text)
    return found


def test_letters_are_joined_and_stand_in_the_order_of_the_eye_at_the_right_edge() -> None:
    assert lines("دخلت القوات كركوك.", width=20) == ["  .ﻙﻮﻛﺮﻛ ﺕﺍﻮﻘﻟﺍ ﺖﻠﺧﺩ"]


def test_digits_and_latin_words_keep_their_order_and_a_paragraph_its_own_direction() -> None:
    assert lines("UN قال 1 2 3", width=12) == ["3 2 1 ﻝﺎﻗ UN"]
    assert lines("He said قال twice", width=20) == ["He said ﻝﺎﻗ twice"]


def test_the_line_below_says_where_a_span_lies_and_what_it_is() -> None:
    assert lines("قتل 48 مسلحاً قرب كركوك", span("a", 0, 13, "CASUALTY"), span("b", 18, 23)) == [
        "                  ﻙﻮﻛﺮﻛ ﺏﺮﻗ ﺎًﺤﻠﺴﻣ 48 ﻞﺘﻗ",
        "         LOCATION ╰───╯     ╰ CASUALTY ╯",
    ]
    assert lines("He left Kirkuk today", span("b", 8, 14)) == ["He left Kirkuk today", "        ╰────╯ LOCATION"]


def test_spans_that_nest_or_cross_have_lanes_of_their_own_the_shortest_nearest() -> None:
    text = "the spokesman of the army said"
    assert lines(text, span("a", 0, 25, "ACTOR"), span("b", 21, 25, "X"), span("c", 17, 30, "QUOTE")) == [
        text,
        "                     ╰──╯ X",
        "                 ╰ QUOTE ────╯",
        "╰ ACTOR ────────────────╯",
    ]


def test_a_span_over_two_lines_is_open_where_it_goes_on_and_named_once() -> None:
    assert lines("aaaa bbbb cccc dddd eeee", span("a", 5, 19, "X"), width=20)[:2] == [
        "aaaa bbbb cccc dddd",
        "     ╰ X ─────────╯",
    ]
    assert lines("aaaa bbbb cccc dddd eeee ffff", span("a", 5, 24, "X"), width=20) == [
        "aaaa bbbb cccc dddd",
        "     ╰ X ──────────",
        "eeee ffff",
        "───╯",
    ]
    assert lines("كتاب كتاب كتاب كتاب كتاب كتاب", span("a", 5, 24, "X"), width=20)[1::2] == [
        " ────────── X ╯",
        "                ╰───",
    ]


def test_half_of_a_ligature_can_be_marked() -> None:
    assert lines("سلام", span("a", 0, 2, "X"), width=10) == ["      ﻡﺎﻠﺳ", "      X ╰╯"]
    assert lines("سلام", width=10) == ["       ﻡﻼﺳ"]


def test_fragments_are_joined_by_a_dotted_line() -> None:
    parts = Span("a", "ACTOR", (Fragment(0, 4), Fragment(9, 13)))
    assert lines("aaaa bbb cccc", parts, width=30) == ["aaaa bbb cccc", "╰──╯┄┄┄┄┄╰──╯ ACTOR"]


def test_a_label_that_has_no_room_is_shortened_and_never_left_out() -> None:
    assert lines("a" * 18, span("a", 0, 14, "A_VERY_LONG_LABEL_INDEED"), width=20)[1] == "╰────────────╯ A_VE…"
    assert "LOCATION" in lines("كركوك", span("a", 0, 5), width=14)[1]


def test_no_text_can_steer_the_terminal() -> None:
    assert lines("red \x1b[31m \x9b text\x07") == ["red ␛[31m � text␇"]


stretches = st.tuples(st.integers(0, 60), st.integers(1, 30))


@given(texts.filter(bool), st.lists(stretches, max_size=5), st.integers(20, 60))
def test_brackets_stand_under_the_letters_of_their_spans_and_no_row_is_too_wide(
    text: str, places: list[tuple[int, int]], width: int
) -> None:
    spans = [
        Span(str(k), f"L{k}", (Fragment(start, min(start + length, len(text))),))
        for k, (start, length) in enumerate(places)
        if start < len(text)
    ]
    letters: set[int] = set()
    below: set[int] = set()
    made = list(rows(text, spans, width, str))
    for row in [*made, []]:
        assert cell_len("".join(strip.text for strip in row)) <= width
        kinds = {strip.part for strip in row}
        if not kinds & {LINE, TAG}:
            assert letters <= below, "letters of a span without a bracket under them"
            letters, below = columns(row, LETTERS), set()
        else:
            below |= columns(row, LINE, TAG)
            solid = [strip._replace(part="") if "┄" in strip.text else strip for strip in row]
            assert columns(solid, LINE) <= letters
