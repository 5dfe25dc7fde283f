from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.model.place import Place
from tests.widgets.canvas.hand import CONTROL, SHIFT, HeldView
from tests.widgets.canvas.made import ARTICLE, page_of, span, spans_on
from widgets.canvas.caret import Caret, line_edge, shape, sideways
from widgets.canvas.page import ArticlePage

Show = Callable[..., HeldView]
Key = Qt.Key
LONG = "\n".join([ARTICLE] * 10)


def x_of(view: HeldView) -> float:
    """Where the caret stands on its line."""
    return shape(view.article, view.caret).x


def walk(view: HeldView, key: Key, most: int = 200) -> list[tuple[float, int]]:
    """Abscissa and offset of each place the caret visits until a key moves it no more, the first included."""
    visited = [(x_of(view), view.caret.offset)]
    for _ in range(most):
        view.key(key)
        here = (x_of(view), view.caret.offset)
        if here == visited[-1]:
            break
        visited.append(here)
    return visited


@pytest.mark.parametrize(
    "text", ["قال UN-WFP 204 في", "UN قال 204 في 2014 abc", "قال «داعش» (25%) في 20-30", "مُحَمَّدٌ 12,000", "سلام لله"]
)
def test_arrows_visit_each_place_on_the_line_once_from_right_to_left_and_back(show: Show, text: str) -> None:
    view = show(text)
    edges = {
        round(x, 1) for box in view.article.paragraph(0).boxes(view.article.paragraph(0).lines[0]) for x in box[2:4]
    }
    walk(view, Key.Key_Right)
    leftwards = [x for x, _ in walk(view, Key.Key_Left)]
    rightwards = [x for x, _ in walk(view, Key.Key_Right)]
    assert [round(x, 1) for x in leftwards] == sorted(edges, reverse=True)
    assert [round(x, 1) for x in rightwards] == sorted(edges)


@pytest.mark.parametrize(
    ("article", "onwards", "back"),
    [
        (ARTICLE[: ARTICLE.index("Reuters") - 2], Key.Key_Left, Key.Key_Right),
        ("The ship left at dawn for «نهر الصفا» and the river beyond it.\n\n" * 3, Key.Key_Right, Key.Key_Left),
    ],
)
def test_arrows_go_on_over_wrapped_lines_and_paragraphs(show: Show, article: str, onwards: Key, back: Key) -> None:
    view = show(article, size=(400, 700))
    lines = [placed.line.start for placed in view.article.lines_between(0, 1e6)]
    for key, expected in ((onwards, lines), (back, lines[::-1])):
        met = [view.article.placed(offset, False).line.start for _, offset in walk(view, key, most=2000)]
        assert sorted(set(met)) == lines
        assert met == sorted(met, reverse=key == back)
        assert met[-1] == expected[-1]


def test_left_over_the_end_of_a_line_goes_to_the_start_of_the_next_and_right_comes_back(show: Show) -> None:
    view = show(ARTICLE)
    first, second = view.article.paragraph(2).lines[:2]
    view.set_place(Place(first.visible_end, first.visible_end))
    view.key(Key.Key_End)
    view.key(Key.Key_Left)
    assert view.caret.offset == second.start
    view.key(Key.Key_Right)
    assert view.caret == Caret(first.visible_end, True)


def test_shift_and_arrows_extend_by_whole_letters(show: Show) -> None:
    view = show("مُحَمَّدٌ قال")
    for expected in ("مُ", "مُحَ", "مُحَمَّ", "مُحَمَّدٌ", "مُحَمَّدٌ"):
        view.key(Key.Key_Left, SHIFT)
        assert view.selected() == expected
    view.key(Key.Key_Right, SHIFT)
    view.key(Key.Key_Right, SHIFT)
    assert view.selected() == "مُحَمَّ"


def test_an_arrow_lets_go_of_a_selection_at_its_edge(show: Show) -> None:
    view = show("قال المتحدث نعم\nThe end is near")
    view.set_place(Place(4, 11))
    view.key(Key.Key_Left)
    assert view.place() == Place(11, 11)
    view.set_place(Place(11, 4))
    view.key(Key.Key_Right)
    assert view.place() == Place(4, 4)
    start = view.text.index("end")
    view.set_place(Place(start, start + 3))
    view.key(Key.Key_Left)
    assert view.place() == Place(start, start)


def test_control_and_arrows_go_word_by_word_and_select_with_shift(show: Show) -> None:
    view = show("قال المتحدث: «نعم» في UN-WFP 204")
    stops = [view.caret.offset]
    for _ in range(4):
        view.key(Key.Key_Left, CONTROL)
        stops.append(view.caret.offset)
    assert [view.text[stop:][:3] for stop in stops] == ["قال", "الم", ": «", "«نع", "نعم"]
    view.key(Key.Key_Right, CONTROL)
    assert view.caret.offset == stops[-2]
    view.set_place(Place(4, 4))
    view.key(Key.Key_Left, CONTROL | SHIFT)
    assert view.selected() == "المتحدث"


def test_control_and_arrows_follow_the_paragraphs_own_direction(show: Show) -> None:
    view = show("The spokesman said\nقال المتحدث")
    view.key(Key.Key_Right, CONTROL)
    assert view.caret.offset == 4
    view.key(Key.Key_Left, CONTROL)
    assert view.caret.offset == 0


def test_home_and_end_go_to_the_edges_of_the_line_and_with_control_of_the_article(show: Show) -> None:
    view = show(ARTICLE)
    lines = view.article.paragraph(2).lines
    view.set_place(Place(lines[1].start + 5, lines[1].start + 5))
    view.key(Key.Key_Home)
    assert view.caret.offset == lines[1].start
    view.set_place(Place(lines[0].start + 5, lines[0].start + 5))
    view.key(Key.Key_End)
    assert view.caret.offset == lines[0].visible_end
    assert view.article.placed(*view.caret).line is lines[0]
    view.key(Key.Key_End, CONTROL)
    assert view.caret.offset == len(ARTICLE)
    view.key(Key.Key_Home, CONTROL | SHIFT)
    assert view.selection() == (0, len(ARTICLE))


def test_up_and_down_keep_their_column_over_short_and_blank_lines(show: Show) -> None:
    view = show(
        "ووصلت إلى الساحل سفينة كبيرة محملة بالأدوية\nلا\n\nووصلت إلى الساحل سفينة كبيرة محملة بالأدوية", title="عنوان"
    )
    start = view.text.index("كبيرة")
    view.set_place(Place(start, start))
    before = x_of(view)
    for _ in range(3):
        view.key(Key.Key_Down)
    assert view.caret.offset == view.text.rindex("كبيرة")
    assert x_of(view) == pytest.approx(before, abs=8)
    for _ in range(3):
        view.key(Key.Key_Up)
    assert view.caret.offset == start


def test_down_reaches_every_line_of_the_article_and_up_comes_back(show: Show) -> None:
    view = show(ARTICLE, size=(500, 700))
    lines = [placed.line for placed in view.article.lines_between(0, 1e6)]
    visited = []
    for _ in lines:
        visited.append(view.article.placed(*view.caret).line)
        view.key(Key.Key_Down)
    assert visited == lines
    assert view.caret.offset == len(ARTICLE)
    back = []
    for _ in lines:
        back.append(view.article.placed(*view.caret).line)
        view.key(Key.Key_Up)
    assert back == lines[::-1]
    assert view.caret.offset == 0


def test_control_up_and_down_go_by_paragraphs(show: Show) -> None:
    view = show("واحد\nاثنان ثلاثة\nأربعة")
    stops = []
    for _ in range(4):
        view.key(Key.Key_Down, CONTROL)
        stops.append(view.caret.offset)
    assert stops == [5, 17, 22, 22]
    view.key(Key.Key_Up, CONTROL)
    assert view.caret.offset == 17


def test_page_down_and_up_go_a_screen_and_stay_in_the_column(show: Show) -> None:
    view = show(LONG)
    view.set_place(Place(40, 40))
    before, tops = x_of(view), [view.article.placed(40, False).top]
    for _ in range(4):
        view.key(Key.Key_PageDown)
        tops.append(view.article.placed(*view.caret).top)
        assert abs(x_of(view) - before) < 60 or view.article.placed(*view.caret).paragraph.blank
    steps = [b - a for a, b in pairwise(tops)]
    assert all(0.6 * view.viewport().height() < step < view.viewport().height() for step in steps)
    for _ in range(4):
        view.key(Key.Key_PageUp)
    assert view.article.placed(*view.caret).top == pytest.approx(tops[0], abs=130)


def test_page_up_through_text_never_seen_goes_a_screen_too(show: Show) -> None:
    view = show(LONG)
    view.key(Key.Key_End, CONTROL)
    before = len(LONG) - view.caret.offset
    assert before == 0
    offsets = [view.caret.offset]
    for _ in range(40):
        view.key(Key.Key_PageUp)
        offsets.append(view.caret.offset)
        placed = view.article.placed(*view.caret)
        assert view._scrolling.top <= placed.top < view._scrolling.bottom
    assert offsets == sorted(offsets, reverse=True)
    assert view.article.placed(*view.caret).top == view.article.first_top


def test_the_caret_is_always_in_sight_after_a_key(show: Show) -> None:
    view = show(LONG)
    for key, held in [(Key.Key_End, CONTROL), (Key.Key_Home, CONTROL)] + [(Key.Key_Down, SHIFT)] * 40:
        view.key(key, held)
        placed = view.article.placed(*view.caret)
        assert view._scrolling.top <= placed.top
        assert view.article.line_bottom(placed) <= view._scrolling.bottom


def test_control_a_takes_everything_and_scrolls_nowhere(show: Show) -> None:
    view = show("\n " + LONG + " \n")
    view.key(Key.Key_A, CONTROL)
    assert view.selected() == LONG
    assert view.verticalScrollBar().value() == 0


def test_tab_walks_the_spans_in_reading_order_and_shift_tab_back(show: Show) -> None:
    spans = spans_on(ARTICLE, "سالم الحداد", "قوات الحماية المدنية", "الحماية", "ثلاثة مفقودين", "نهر الصفا")
    view = show(ARTICLE, *spans)
    order = ["نهر الصفا", "قوات الحماية المدنية", "الحماية", "سالم الحداد", "ثلاثة مفقودين"]
    walked = []
    for _ in range(6):
        view.key(Key.Key_Tab)
        walked.append(view.focused_span())
    assert walked == [*order, order[-1]]
    assert view.caret.offset == spans[3].start
    back = []
    for _ in range(4):
        view.key(Key.Key_Backtab, SHIFT)
        back.append(view.focused_span())
    assert back == order[-2::-1]
    assert view.hasFocus()


def test_tab_scrolls_to_a_span_out_of_sight(show: Show) -> None:
    far = len(LONG) - 40
    view = show(LONG, span("far", far, far + 8))
    view.key(Key.Key_Tab)
    placed = view.article.placed(far, False)
    assert view.focused_span() == "far"
    assert view._scrolling.top < placed.top < view._scrolling.bottom
    assert view.seen() == view.painted_anew()


def test_escape_lets_go_of_the_selection_then_of_the_span(show: Show) -> None:
    (mark,) = spans_on(ARTICLE, "سالم الحداد")
    view = show(ARTICLE, mark)
    view.set_place(Place(3, 9, mark.id))
    assert view.key(Key.Key_Escape)
    assert (view.selected(), view.place().caret) == ("", 9)
    view.focus_span(mark.id)
    assert view.key(Key.Key_Escape)
    assert view.focused_span() == ""
    assert not view.key(Key.Key_Escape)


@pytest.mark.parametrize("key", [Key.Key_1, Key.Key_F, Key.Key_Delete, Key.Key_Return, Key.Key_F6, Key.Key_BracketLeft])
def test_keys_that_belong_to_the_window_are_left_to_it(show: Show, key: Key) -> None:
    assert not show(ARTICLE).key(key)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "  \t", "\u2028\u2028", "أ\u2028ب\u2028", "\r\n\r\n", "\u2067\u202eقال", "ل" * 3000]
)
def test_every_key_can_be_pressed_anywhere(show: Show, text: str) -> None:
    view = show(text, size=(500, 400))
    keys = [Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End]
    keys += [Key.Key_PageUp, Key.Key_PageDown, Key.Key_Tab, Key.Key_Backtab, Key.Key_Escape]
    for held in (Qt.KeyboardModifier.NoModifier, SHIFT, CONTROL, CONTROL | SHIFT):
        for key in keys * 2:
            view.key(key, held)
            assert 0 <= view.caret.offset <= len(text)
            start, end = view.selection()
            assert 0 <= start <= end <= len(text)
    assert view.seen() == view.painted_anew()


def test_at_a_paragraphs_start_the_caret_stands_at_its_edge_also_before_a_number() -> None:
    """The first word of many a headline is a number: the caret before it is not the one behind it."""
    page = page_of("35 قتيلاً في قصف")
    boxes = page.paragraph(0).boxes(page.paragraph(0).lines[0])
    edge = max(box.right for box in boxes)
    home = line_edge(page, Caret(5), end=False)
    assert home.offset == 0
    assert shape(page, home).x == edge
    assert shape(page, Caret(2, True)).x == edge
    assert sideways(page, home, left=True) == Caret(1, False)


WORDS = ["قال", "UN-WFP", "204", "٣٥", "الميناء", "ship", "(25%)", "«نعم»", "مُحَمَّد", "-", "20-30", "abc,", "لا"]
MIXED = st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), min_size=1, max_size=5).map("\n".join)


def held_down(page: ArticlePage, at: Caret, left: bool) -> list[tuple[float, float]]:
    """Where the caret stops, line and abscissa, while an arrow is held down."""
    stops = [(page.placed(*at).top, round(shape(page, at).x, 1))]
    while (following := sideways(page, at, left)) != at:
        at = following
        stops.append((page.placed(*at).top, round(shape(page, at).x, 1)))
        assert len(stops) <= 4 * len(page.text) + 20, "an arrow held down goes round and round"
    return stops


@settings(max_examples=80)
@given(text=MIXED, width=st.sampled_from([120, 300, 900]))
@example(text="قال نعم\nThe ship left\nثم عاد", width=900)
@example(text="The ship left for\nالميناء\n\nThe end", width=120)
def test_an_arrow_held_down_stops_at_each_place_once_from_one_end_to_the_other(
    qapp: QApplication, text: str, width: int
) -> None:
    page = page_of(text, width=width)
    edges = {
        (placed.top, round(x, 1))
        for placed in page.lines_between(0, 1e6)
        for box in placed.paragraph.boxes(placed.line)
        if box.right > box.left
        for x in (box.left, box.right)
        # Where a line is broken within a word, its end is the start of the next: one stop is enough.
        if placed.line.last or box.end < placed.line.end or x != (box.left if box.rtl else box.right)
    }
    ends = [_outermost(page, 0, not page.rtl), _outermost(page, page.count() - 1, page.rtl)]
    for at, left in zip(ends, (page.rtl, not page.rtl), strict=True):
        stops = held_down(page, at, left)
        assert len(set(stops)) == len(stops)
        assert edges <= set(stops)


@pytest.mark.parametrize("held", [CONTROL, CONTROL | SHIFT])
@pytest.mark.parametrize(
    "text", ["قال نعم\nThe ship left\nثم عاد إلى الميناء", "The ship\nوصل أمس\nto the end now", "قال نعم ثم\nThe end"]
)
def test_by_words_too_an_arrow_comes_from_one_end_to_the_other_over_every_paragraph(
    show: Show, text: str, held: Qt.KeyboardModifier
) -> None:
    view = show(text)
    for key, first in ((Key.Key_Left, view.article.rtl), (Key.Key_Right, not view.article.rtl)):
        view.key(Key.Key_Home if first else Key.Key_End, CONTROL)
        met = [view.article.number_of(view.caret.offset)]
        for _ in range(20):
            view.key(key, held)
            met.append(view.article.number_of(view.caret.offset))
        every = list(range(view.article.count()))
        assert sorted(set(met)) == every
        assert met == sorted(met, reverse=not first)


def _outermost(page: ArticlePage, i: int, left: bool) -> Caret:
    """The place of a paragraph beyond which an arrow leaves it."""
    at = Caret(page.bounds(i)[0], True)
    while page.number_of((following := sideways(page, at, left)).offset) == i and following != at:
        at = following
    return at
