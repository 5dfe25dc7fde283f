from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.model.annotation import Annotations
from app.model.place import Place
from tests.widgets.canvas.hand import SHIFT, HeldView
from tests.widgets.canvas.made import ARTICLE, SCHEMA, span, spans_on

Show = Callable[..., HeldView]
LONG = "\n".join([ARTICLE] * 10)


def drag_over(view: HeldView, first: int, last: int) -> None:
    """Drag from the reading start of the letter at `first` to the reading end of the one at `last`."""
    view.drag(view.at(first, 0.9 if view.box(first).rtl else 0.1), view.at(last, 0.1 if view.box(last).rtl else 0.9))


@pytest.mark.parametrize(
    "words",
    [
        "حما",
        "الحماية المدنية",
        "قوات الحماية المدنية سالم الحداد، أمس، إن ما لا يقل عن 12",
        "12 مدنياً قُتلوا",
        "UN-WFP 204 محملة",
        "سفينة UN",
        "204",
        "«أنباء الساحل»",
    ],
)
def test_5_a_drag_selects_the_words_it_passes_and_moves_nothing(show: Show, words: str) -> None:
    """Complaint 5: a multi-word selection jumps to the page's start."""
    view = show()
    start = ARTICLE.index(words)
    top = view.verticalScrollBar().value()
    drag_over(view, start, start + len(words) - 1)
    assert view.selected() == words
    assert view.selection() == (start, start + len(words))
    assert view.verticalScrollBar().value() == top


def test_a_drag_backwards_selects_the_same(show: Show) -> None:
    view = show()
    start = ARTICLE.index("قوات الحماية")
    end = start + len("قوات الحماية")
    view.drag(view.at(end - 1, 0.1), view.at(start, 0.9))
    assert view.selected() == "قوات الحماية"
    assert view.place()[:2] == (end, start)


def test_a_drag_over_wrapped_lines_and_over_paragraphs(show: Show) -> None:
    view = show()
    start, end = ARTICLE.index("سالم الحداد"), ARTICLE.index("ثلاثة") + len("ثلاثة")
    assert view.article.placed(start, False).top < view.article.placed(end, True).top
    drag_over(view, start, end - 1)
    assert view.selection() == (start, end)


@pytest.mark.parametrize(
    ("words", "selected"),
    [("هل من ضحايا", "هل من ضحايا"), ("ضحايا؟", "ضحايا؟"), ("؟ لا أحد", "؟ لا أحد"), ("ضحايا؟ لا", "ضحايا؟ لا")],
)
def test_6_a_selection_beside_a_question_mark_takes_what_was_dragged_over(
    show: Show, words: str, selected: str
) -> None:
    """Complaint 6: selection wrong around «؟»."""
    view = show(size=(900, 1300))
    start = ARTICLE.index(words)
    drag_over(view, start, start + len(words) - 1)
    assert view.selected() == selected


def test_16_the_comma_beside_a_word_is_not_taken_with_it(show: Show) -> None:
    """Complaint 16: an unselected comma is included."""
    view = show()
    start = ARTICLE.index("الحداد،")
    drag_over(view, start, start + len("الحداد") - 1)
    assert view.selected() == "الحداد"
    view.click(view.at(start + 2), times=2)
    assert view.selected() == "الحداد"


def test_white_space_at_the_ends_of_a_drag_is_dropped(show: Show) -> None:
    view = show()
    start = ARTICLE.index(" باسم ")
    drag_over(view, start, start + len(" باسم ") - 1)
    assert view.selected() == "باسم"


@pytest.mark.parametrize(("word", "letter"), [("قُتلوا", "ُ"), ("مدنياً", "ً")])
def test_18_a_drag_never_parts_a_letter_from_its_signs(show: Show, word: str, letter: str) -> None:
    """Complaint 18: offsets wrong with tashkeel."""
    view = show()
    sign = ARTICLE.index(letter, ARTICLE.index(word))
    drag_over(view, sign - 1, sign - 1)
    assert view.selection() == (sign - 1, sign + 1)


def test_14_a_drag_after_an_emoji_takes_what_it_passes(show: Show) -> None:
    """Complaint 14: UTF-16 for code points."""
    text = "وصلت 👩‍🚀 السفينة 😀😀 أمس"
    view = show(text)
    start = text.index("السفينة")
    drag_over(view, start, start + len("السفينة") - 1)
    assert view.selection() == (start, start + len("السفينة"))
    astronaut = text.index("👩")
    drag_over(view, astronaut, astronaut)
    assert view.selected() == "👩‍🚀"


def test_13_a_drag_in_an_article_with_windows_line_ends(show: Show) -> None:
    """Complaint 13: CRLF shifts offsets."""
    text = "قال المتحدث\r\nوصلت السفينة\r\nأمس إلى الميناء"
    view = show(text)
    start = text.index("إلى")
    drag_over(view, start, start + len("إلى الميناء") - 1)
    assert view.selection() == (start, len(text))


@pytest.mark.parametrize(
    ("text", "at", "word"),
    [
        ("تنظيم «داعش»، الذي", "داع", "داعش"),
        ("قال سالم: نعم.", "نعم", "نعم"),
        ("سفينة UN-WFP 204 في", "WFP", "UN-WFP"),
        ("قَالَ المُتَحَدِّثُ إِنَّ", "تَحَ", "المُتَحَدِّثُ"),
        ("نحو 12,000 شخص", "000", "12,000"),
        ("هل من ضحايا؟ لا", "ضحا", "ضحايا"),
    ],
)
def test_a_double_click_takes_the_word_without_its_punctuation(show: Show, text: str, at: str, word: str) -> None:
    view = show(text)
    view.click(view.at(text.index(at)), times=2)
    assert view.selected() == word


def test_a_triple_click_takes_the_sentence(show: Show) -> None:
    view = show(size=(900, 1300))
    view.click(view.at(ARTICLE.index("أحد يعلم")), times=3)
    assert view.selected() == "لا أحد يعلم."
    QTest.qWait(QApplication.doubleClickInterval() + 50)
    view.click(view.at(ARTICLE.index("لواء الفجر")), times=3)
    assert view.selected().startswith("من جهتها") and view.selected().endswith("ضحايا؟")


def test_a_drag_after_a_double_click_goes_on_word_by_word_both_ways(show: Show) -> None:
    view = show()
    first, middle, last = (ARTICLE.index(word) for word in ("المتحدث", "قوات", "سالم"))
    for goal, words in ((last, "قوات الحماية المدنية سالم"), (first, "المتحدث باسم قوات")):
        view.double_press(view.at(middle + 1))
        view.move(view.at(goal + 2))
        view.release(view.at(goal + 2))
        assert view.selected() == words
        QTest.qWait(QApplication.doubleClickInterval() + 50)


def test_shift_and_click_extend_also_inside_a_span(show: Show) -> None:
    (mark,) = spans_on(ARTICLE, "قوات الحماية المدنية سالم الحداد")
    view = show(ARTICLE, mark)
    start, end = ARTICLE.index("باسم"), ARTICLE.index("سالم")
    view.click(view.at(start, 0.9))
    view.click(view.at(end, 0.9), SHIFT)
    assert view.selection() == (start, end - 1)
    assert view.focused_span() == ""
    view.click(view.at(ARTICLE.index("المتحدث"), 0.9), SHIFT)
    assert view.selected() == "المتحدث"


def test_a_click_in_a_span_focuses_it_and_one_elsewhere_lets_go(show: Show) -> None:
    view = show(ARTICLE, *spans_on(ARTICLE, "قوات الحماية المدنية", "سالم الحداد"))
    view.click(view.at(ARTICLE.index("الحماية") + 2))
    assert view.focused_span() == "قوات الحماية المدنية"
    view.click(view.at(ARTICLE.index("سالم") + 1))
    assert view.focused_span() == "سالم الحداد"
    view.click(view.at(ARTICLE.index("المتحدث") + 1))
    assert view.focused_span() == ""
    assert view.said[-1] == ""


def test_a_click_on_nested_spans_focuses_the_inner_one_and_tags_reach_both(show: Show) -> None:
    view = show(ARTICLE, *spans_on(ARTICLE, "قوات الحماية المدنية", "الحماية"))
    at = ARTICLE.index("الحماية")
    view.click(view.at(at + 2))
    assert view.focused_span() == "الحماية"
    view.click(view.tag_at("قوات الحماية المدنية", at))
    assert view.focused_span() == "قوات الحماية المدنية"
    view.click(view.tag_at("الحماية", at))
    assert view.focused_span() == "الحماية"


def test_a_drag_that_begins_in_a_span_selects_and_focuses_nothing(show: Show) -> None:
    (mark,) = spans_on(ARTICLE, "قوات الحماية المدنية")
    view = show(ARTICLE, mark)
    start = ARTICLE.index("الحماية")
    drag_over(view, start, start + len("الحماية") - 1)
    assert view.selected() == "الحماية"
    assert view.focused_span() == ""


def test_a_drag_that_begins_on_a_tag_selects_nothing(show: Show) -> None:
    (mark,) = spans_on(ARTICLE, "قوات الحماية المدنية")
    view = show(ARTICLE, mark)
    view.drag(view.tag_at(mark.id, mark.start), view.at(ARTICLE.index("المتحدث")), view.at(ARTICLE.index("باسم")))
    assert view.selected() == ""
    assert view.focused_span() == mark.id


def test_a_click_that_trembles_is_still_a_click(show: Show) -> None:
    (mark,) = spans_on(ARTICLE, "قوات الحماية المدنية")
    view = show(ARTICLE, mark)
    at = view.at(ARTICLE.index("الحماية") + 2)
    view.press(at)
    view.move(at + QPoint(1, 1))
    view.release(at + QPoint(1, 1))
    assert view.focused_span() == mark.id


def test_clicks_beside_and_below_the_text_answer_with_its_edges(show: Show) -> None:
    view = show("قال المتحدث\nThe end")
    first = view.article.placed(0, False)
    y = sum(view.article.letters(first)) / 2
    view.click(view.point_at(2, y))
    assert view.place().caret == len("قال المتحدث")
    view.click(view.point_at(view.article.width - 2, y))
    assert view.place().caret == 0
    view.click(view.point_at(view.article.width - 2, view.article.height + 200))
    assert view.place().caret == len("قال المتحدث\nThe end")


def test_the_mouse_held_below_the_window_scrolls_and_selects_on(show: Show) -> None:
    view = show(LONG)
    start = ARTICLE.index("المتحدث")
    below = QPoint(300, view.viewport().height() + 200)
    view.press(view.at(start, 0.9))
    view.move(view.at(start + 5))
    view.move(below)
    reached = view.place().caret
    QTest.qWait(300)
    assert view.verticalScrollBar().value() > 200
    assert view.place().caret > reached
    assert view.place().anchor == start
    view.release(below)
    stopped = view.verticalScrollBar().value()
    QTest.qWait(100)
    assert view.verticalScrollBar().value() == stopped


def test_on_a_full_screen_the_mouse_scrolls_at_the_edge_that_it_cannot_leave(show: Show) -> None:
    view = show(LONG)
    edge = QPoint(300, view.viewport().height() - 1)
    view.press(view.at(3))
    view.move(edge - QPoint(0, 30))
    view.move(edge)
    QTest.qWait(200)
    assert view.verticalScrollBar().value() > 0
    view.move(edge - QPoint(0, 30))
    stopped = view.verticalScrollBar().value()
    QTest.qWait(100)
    assert view.verticalScrollBar().value() == stopped
    view.release(edge - QPoint(0, 30))


def test_another_article_forgets_what_was_being_dragged(show: Show) -> None:
    view = show(LONG)
    view.press(view.at(3))
    view.move(QPoint(300, view.viewport().height() + 200))
    view.show_document("مقال آخر", "", Annotations(), SCHEMA)
    view.move(view.at(2))
    QTest.qWait(60)
    assert view.place()[:2] == (0, 0)
    assert view.verticalScrollBar().value() == 0


def test_the_mouse_pointer_tells_tags_from_text(show: Show) -> None:
    (mark,) = spans_on(ARTICLE, "قوات الحماية المدنية")
    view = show(ARTICLE, mark)
    view.move(view.tag_at(mark.id, mark.start), down=False)
    assert view.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    view.move(view.at(mark.start), down=False)
    assert view.viewport().cursor().shape() == Qt.CursorShape.IBeamCursor


def test_a_menu_is_about_what_lies_under_the_mouse(show: Show) -> None:
    (mark,) = spans_on(ARTICLE, "قوات الحماية المدنية")
    view = show(ARTICLE, mark)
    asked: list[QPoint] = []
    view.menu_asked.connect(asked.append)

    def right_click(at: QPoint) -> None:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at))
        QApplication.sendEvent(view.viewport(), event)

    right_click(view.at(mark.start + 2))
    assert view.focused_span() == mark.id
    start = ARTICLE.index("المتحدث")
    drag_over(view, start, start + 6)
    right_click(view.at(start + 3))
    assert view.selected() == "المتحدث"
    right_click(view.at(ARTICLE.index("الحداد")))
    assert view.selected() == ""
    assert len(asked) == 3


def test_control_and_the_wheel_ask_for_another_size_a_notch_at_a_time(show: Show) -> None:
    view = show(LONG)
    asked: list[int] = []
    view.zoom_asked.connect(asked.append)
    control = Qt.KeyboardModifier.ControlModifier
    for turn in (120, -120, 40, 40, 40, -240):
        view.wheel(turn, control)
    assert asked == [1, -1, 1, -2]
    assert view.verticalScrollBar().value() == 0


@pytest.mark.parametrize("text", ["", "\n\n", "   ", "\u2028\u2028", "م" + "\u064e" * 200, "\0\0", "\u202e\u2067"])
def test_a_hand_on_an_empty_or_bad_article_breaks_nothing(show: Show, text: str) -> None:
    view = show(text, *([span("s", 0, len(text))] if text else []))
    middle = view.viewport().rect().center()
    for at in (QPoint(0, 0), middle, QPoint(300, 80), QPoint(850, 60)):
        view.click(at, times=3)
        view.drag(at, middle, QPoint(10, 10))
    start, end = view.selection()
    assert 0 <= start <= end <= len(text)
    assert view.seen() == view.painted_anew()


def test_a_menu_that_a_key_asks_for_comes_below_the_caret(show: Show) -> None:
    view, asked = show(LONG), []
    view.menu_asked.connect(asked.append)
    start = LONG.index("المتحدث")
    view.set_place(Place(start, start))
    anywhere = QPoint(7, 7)

    def press_the_menu_key() -> QPoint:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, anywhere, view.mapToGlobal(anywhere))
        QApplication.sendEvent(view.viewport(), event)
        return view.viewport().mapFromGlobal(asked[-1])

    letter = view.at(start, 1.0)
    came = press_the_menu_key()
    assert abs(came.x() - letter.x()) <= 2
    assert 0 < came.y() - letter.y() < 40
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    press_the_menu_key()
    assert asked[-1] == view.mapToGlobal(anywhere)
