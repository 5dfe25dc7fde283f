from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.model.annotation import Annotations, Change, Span
from app.model.place import Place
from tests.text.made_text import texts_with_place
from tests.widgets.canvas.hand import CONTROL, SHIFT, HeldView
from tests.widgets.canvas.made import ARTICLE, LOOK, SCHEMA, span, spans_on

Show = Callable[..., HeldView]
LONG = "\n".join([ARTICLE] * 12)
UNEVEN = "\n\n".join(("ا" if k % 3 else "ووق سض ") * (40 + 37 * (k % 11)) for k in range(120))


def first_seen(view: HeldView) -> tuple[int, float]:
    """The first whole line on the screen, and how far below the top it is."""
    return view._scrolling.first_line()


def test_an_article_is_shown_from_its_top(show: Show) -> None:
    view = show(LONG)
    assert view.verticalScrollBar().value() == 0
    assert view.seen() == view.painted_anew()
    view.verticalScrollBar().setValue(3000)
    view.show_document(LONG, "", Annotations(), SCHEMA)
    assert view.verticalScrollBar().value() == 0
    assert view.seen() == view.painted_anew()


@pytest.mark.parametrize(("before", "after"), [("واحد", "اثنان"), ("", "\n"), ("قال", ""), (ARTICLE, LONG)])
def test_another_article_leaves_nothing_of_the_last_on_the_screen(show: Show, before: str, after: str) -> None:
    view = show(before)
    view.show_document(after, "", Annotations(), SCHEMA)
    assert view.seen() == view.painted_anew()
    view.clear()
    assert view.seen() == view.painted_anew()
    assert view.page is None and view.selection() == (0, 0)


def test_what_was_selected_and_focused_is_let_go_with_the_article(show: Show) -> None:
    (mark,) = spans_on(ARTICLE, "سالم الحداد")
    view = show(ARTICLE, mark)
    view.focus_span(mark.id)
    view.set_place(Place(0, 9))
    view.show_document("مقال", "", Annotations(), SCHEMA)
    assert view.place() == Place()
    assert view.said[-2:] == [(0, 0), ""]


def wide_screenful(view: HeldView) -> int:
    return view.viewport().height()


def test_a_mark_paints_its_own_lines_and_the_screen_is_right(show: Show) -> None:
    view = show(LONG)
    for number, surface in enumerate(["سالم الحداد", "قوات الحماية المدنية", "12 مدنياً", "ثلاثة مفقودين"]):
        (mark,) = spans_on(LONG, surface)
        view.painted.clear()
        view.refresh(Change("d", (), (mark,)), Place(mark.end, mark.end, mark.id))
        shown = view.seen()
        # The line, the line where the focus was, and a little air.
        assert sum(view.painted) < 0.5 * wide_screenful(view), number
        assert shown == view.painted_anew()


def test_a_mark_that_needs_a_lane_moves_what_lies_below_and_nothing_above(show: Show) -> None:
    (outer,) = spans_on(LONG, "قوات الحماية المدنية")
    (inner,) = spans_on(LONG, "الحماية")
    view = show(LONG, outer)
    above, below = view.at(LONG.index("المتحدث")), view.at(LONG.index("وأضاف"))
    change = Change("d", (), (inner,))
    view.refresh(change, Place(inner.start, inner.start, inner.id))
    assert view.seen() == view.painted_anew()
    assert view.at(LONG.index("المتحدث")) == above
    assert view.at(LONG.index("وأضاف")).y() == below.y() + LOOK.lane
    view.refresh(change.inverse(), Place(inner.start, inner.end))
    assert view.seen() == view.painted_anew()
    assert view.at(LONG.index("وأضاف")) == below


def test_a_lane_made_above_the_screen_moves_nothing_on_it(show: Show) -> None:
    (outer,) = spans_on(LONG, "قوات الحماية المدنية")
    (inner,) = spans_on(LONG, "الحماية")
    view = show(LONG, outer)
    view.verticalScrollBar().setValue(900)
    before = first_seen(view)
    offset = before[0]
    view.set_place(Place(offset, offset))
    change = Change("d", (), (inner,))
    view.refresh(change, Place(offset, offset))
    assert first_seen(view) == before
    assert view.seen() == view.painted_anew()
    view.refresh(change.inverse(), Place(offset, offset))
    assert first_seen(view) == before


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_a_hand_does_the_screen_is_as_if_painted_anew(show: Show, choose: st.DataObject) -> None:
    spans = {s.id: s for s in spans_on(LONG, "سالم الحداد", "نهر الصفا", "الحماية", "قوات الحماية المدنية")}
    view = show(LONG, *spans.values(), size=(700, 500), zoom=choose.draw(st.sampled_from([100, 125, 150])))
    keys = st.sampled_from([Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_PageDown, Qt.Key.Key_Tab, Qt.Key.Key_Escape])
    for number in range(choose.draw(st.integers(1, 10))):
        deed = choose.draw(st.sampled_from(["key", "scroll", "mark", "unmark", "select", "drag"]))
        at = choose.draw(st.integers(0, len(ARTICLE) * 2))
        if deed == "key":
            view.key(choose.draw(keys), choose.draw(st.sampled_from([SHIFT, CONTROL, Qt.KeyboardModifier.NoModifier])))
        elif deed == "scroll":
            view.wheel(choose.draw(st.integers(-400, 400)))
        elif deed == "mark":
            new = span(f"n{number}", at, at + choose.draw(st.integers(1, 90)), "QUOTE")
            spans[new.id] = new
            view.refresh(Change("d", (), (new,)), Place(new.end, new.end, new.id))
        elif deed == "unmark" and spans:
            gone = spans.pop(choose.draw(st.sampled_from(sorted(spans))))
            view.refresh(Change("d", (gone,), ()), Place(gone.start, gone.end))
        elif deed == "select":
            view.set_place(Place(at, at + choose.draw(st.integers(-200, 200)) if at > 200 else at))
        else:
            start = view.viewport().rect().center()
            view.drag(start, start + start * choose.draw(st.floats(-0.5, 0.5)))
        if choose.draw(st.booleans()):
            assert view.seen() == view.painted_anew(), deed
    assert view.seen() == view.painted_anew()


@pytest.mark.parametrize("step", [26, -26, 200, -200, 480])
def test_scrolling_shows_what_painting_anew_would_show_and_paints_only_what_is_new(show: Show, step: int) -> None:
    view = show(LONG, *spans_on(LONG, "سالم الحداد", "نهر الصفا", "ثلاثة مفقودين"))
    bar = view.verticalScrollBar()
    bar.setValue(1500 if step < 0 else 0)
    view.seen()
    for _ in range(5):
        view.painted.clear()
        bar.setValue(bar.value() + step)
        shown = view.seen()
        assert sum(view.painted) <= abs(step) + 2
        assert shown == view.painted_anew()


@pytest.mark.parametrize("text", [LONG, UNEVEN])
def test_a_turn_of_the_wheel_moves_every_line_alike_through_text_never_seen(show: Show, text: str) -> None:
    view = show(text)
    view.key(Qt.Key.Key_End, CONTROL)
    for _ in range(60):
        offset, distance = first_seen(view)
        turn = min(100, view.verticalScrollBar().value())
        view.scroll_by(-100)
        moved = view.article.placed(offset, False).top - view._scrolling.top
        if moved - distance != 100:
            assert view.verticalScrollBar().value() == 0, turn
            break
    assert view.seen() == view.painted_anew()


@pytest.mark.parametrize("text", [LONG, UNEVEN])
def test_the_scroll_bar_reaches_every_part_and_both_ends(show: Show, text: str) -> None:
    view = show(text)
    bar = view.verticalScrollBar()
    for share in (0.3, 0.8, 0.1, 1.0, 0.0, 1.0):
        bar.setValue(round(bar.maximum() * share))
        view.seen()
        assert bar.value() == pytest.approx(bar.maximum() * share, abs=0.1 * bar.maximum() + 1)
    assert bar.value() == bar.maximum()
    assert view.article.height < view._scrolling.bottom
    last = view.article.placed(len(text), True)
    assert view.article.line_bottom(last) < view._scrolling.bottom


def test_a_title_is_set_above_the_text(show: Show) -> None:
    view = show(ARTICLE, title="اشتباكات عند النهر")
    untitled = show(ARTICLE)
    assert view.at(0).y() > untitled.at(0).y() + 20
    assert view.seen() == view.painted_anew()


@pytest.mark.parametrize("zooms", [(150, 100), (70, 200, 100), (110, 125, 150, 110, 100)])
def test_the_same_words_stay_at_the_top_through_other_sizes_and_widths(show: Show, zooms: tuple[int, ...]) -> None:
    view = show(LONG)
    view.verticalScrollBar().setValue(2345)
    before, picture = first_seen(view), view.seen()
    top = next(view.article.lines_between(view._scrolling.top, view._scrolling.bottom)).line
    for percent in zooms:
        view.set_zoom(percent)
        QApplication.processEvents()
        here = next(view.article.lines_between(view._scrolling.top, view._scrolling.bottom)).line
        assert here.start < top.end and here.end > top.start
        assert view.seen() == view.painted_anew()
    assert first_seen(view) == before
    bar = view.verticalScrollBar().width()
    assert view.seen().copy(bar, 0, 800, 700) == picture.copy(bar, 0, 800, 700)
    view.resize(600, 700)
    QApplication.processEvents()
    view.resize(900, 700)
    QApplication.processEvents()
    assert first_seen(view) == before


def test_what_is_in_hand_stays_in_sight_at_every_size_and_width(show: Show) -> None:
    (mark, *_others) = spans_on(LONG, "سالم الحداد")
    view = show(LONG, mark, size=(900, 400))
    view.focus_span(mark.id)
    seen = [view._repaints.sees(mark.start)]
    for percent in (200, 300, 70, 150):
        view.set_zoom(percent)
        seen.append(view._repaints.sees(mark.start))
    view.resize(420, 300)
    QApplication.processEvents()
    assert all([*seen, view._repaints.sees(mark.start)])


def test_a_lower_window_keeps_in_sight_what_is_in_hand(show: Show) -> None:
    view = show(LONG, size=(900, 780))
    low = list(view.article.lines_between(view._scrolling.top, view._scrolling.bottom))[-2].line.start
    view.set_place(Place(low, low), reveal=False)
    assert view._repaints.sees(low)
    view.resize(900, 400)
    QApplication.processEvents()
    assert view._repaints.sees(low)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    view.resize(900, 300)
    QApplication.processEvents()
    assert not view._repaints.sees(low)


def test_the_top_of_the_page_stays_the_top_at_every_size(show: Show) -> None:
    view = show(LONG)
    for percent in (200, 70, 100):
        view.set_zoom(percent)
        assert view.verticalScrollBar().value() == 0


def test_a_place_is_found_again_another_day(show: Show) -> None:
    view, again = show(LONG), show(LONG)
    again.clearFocus()
    for value in (0, 3, 60, 100, 777, 1500, 99_999):
        view.verticalScrollBar().setValue(value)
        again.restore_reading_position(view.reading_position())
        assert again.seen() == view.seen()


@pytest.mark.parametrize("position", ["", "x", "5", "5:", ":5", "-1:4", "5:y", "٣:٤", "999999999:0", "4:999999999"])
def test_a_place_that_makes_no_sense_is_some_place_of_the_page(show: Show, position: str) -> None:
    view = show(LONG)
    view.verticalScrollBar().setValue(500)
    view.restore_reading_position(position)
    assert view.seen() == view.painted_anew()
    assert 0 <= view.verticalScrollBar().value() <= view.verticalScrollBar().maximum()


def test_focusing_a_span_shows_it_and_says_so_once(show: Show) -> None:
    far = span("far", len(LONG) - 30, len(LONG) - 20)
    view = show(LONG, far)
    view.said.clear()
    view.focus_span("far")
    view.focus_span("far")
    assert [said for said in view.said if isinstance(said, str)] == ["far"]
    assert view.focused_span() == "far"
    assert view._scrolling.top < view.article.placed(far.start, False).top < view._scrolling.bottom
    view.focus_span("nobody")
    assert [said for said in view.said if isinstance(said, str)] == ["far", ""]


def test_a_focused_span_that_is_deleted_is_focused_no_more(show: Show) -> None:
    (mark,) = spans_on(ARTICLE, "سالم الحداد")
    view = show(ARTICLE, mark)
    view.focus_span(mark.id)
    view.refresh(Change("d", (mark,), ()), Place(mark.start, mark.end, mark.id))
    assert view.focused_span() == ""
    assert view.selected() == "سالم الحداد"


def test_a_selection_is_announced_once_without_its_white_space(show: Show) -> None:
    view = show("قال  المتحدث")
    view.said.clear()
    for _ in range(6):
        view.key(Qt.Key.Key_Left, SHIFT)
    assert view.said == [(0, 1), (0, 2), (0, 3), (0, 6)]


@given(texts_with_place(), st.integers(-30, 30))
def test_a_selection_never_splits_a_letter_and_has_no_white_space_at_its_ends(
    place: tuple[str, int], length: int
) -> None:
    text, at = place
    view = HeldView()
    view.show_document(text, "", Annotations(), SCHEMA)
    view.set_place(Place(at, max(0, at + length)), reveal=False)
    start, end = view.selection()
    bounds = {0, *(found.end() for found in regex.finditer(r"\X", text))}
    assert {start, end} <= bounds
    letters = regex.findall(r"\X", view.selected())
    assert not letters or not (letters[0].isspace() or letters[-1].isspace())
    view.deleteLater()


def test_another_look_keeps_the_hand_where_it_is(show: Show) -> None:
    view = show(ARTICLE, *spans_on(ARTICLE, "سالم الحداد"))
    view.set_place(Place(5, 30))
    before = view.seen()
    view.set_look(replace(LOOK, dark=True, page="#212529", window="#16181B", text="#E8E6E1"))
    assert view.seen() == view.painted_anew() != before
    assert view.place() == Place(5, 30)
    view.set_look(LOOK)
    assert view.seen() == before


def test_tags_speak_another_language_at_once(show: Show) -> None:
    (mark,) = spans_on(ARTICLE, "سالم الحداد")
    view = show(ARTICLE, mark)
    for language, title in (("en", "Actor"), ("ar", "فاعل")):
        view.set_look(replace(LOOK, language=language).with_schema(SCHEMA, language))
        marks = view.article.marks(view.article.placed(mark.start, False)).spans
        assert [m.tag.text for m in marks if m.tag] == [title]
        assert view.seen() == view.painted_anew()


@pytest.mark.parametrize("width", [200, 260, 420, 800, 1600])
def test_the_page_fits_every_window(show: Show, width: int) -> None:
    view = show(ARTICLE, *spans_on(ARTICLE, "سالم الحداد"), size=(width, 500))
    assert view.article.width <= view.viewport().width()
    left = view.point_at(0, 0).x()
    assert left >= 0 and abs(left * 2 + view.article.width - view.viewport().width()) <= 1
    assert view.seen() == view.painted_anew()


def test_the_caret_is_seen_while_the_text_has_the_focus(show: Show) -> None:
    view = show(ARTICLE)
    with_caret = view.seen()
    view.clearFocus()
    without = view.seen()
    assert with_caret != without == view.painted_anew()
    view.setFocus()
    assert view.seen() == with_caret


def marks_on(text: str, each: int) -> list[Span]:
    return [span(f"s{k}", k * each, k * each + 9) for k in range(len(text) // each)]


@pytest.mark.parametrize("text", ["\n".join([ARTICLE] * 300), "قتل 12 مدنياً في UN-WFP " * 8000])
def test_no_key_press_follows_the_length_of_the_article(show: Show, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, not timed: how many lines are asked for their letters, and how many paragraphs are laid out."""
    view = show(text, *marks_on(text, 120))
    middle = len(text) // 2
    view.set_place(Place(middle, middle))
    view.seen()
    asked: list[object] = []
    laid: list[object] = []
    from widgets.canvas import layout, page

    boxes, lay_out = layout.line_boxes, page.lay_out
    monkeypatch.setattr(layout, "line_boxes", lambda *a: asked.append(a) or boxes(*a))
    monkeypatch.setattr(page, "lay_out", lambda *a: laid.append(a) or lay_out(*a))
    for key, held in [(Qt.Key.Key_Left, SHIFT), (Qt.Key.Key_Down, SHIFT), (Qt.Key.Key_Left, CONTROL)] * 3:
        view.key(key, held)
        view.seen()
    mark = span("new", middle, middle + 7)
    view.refresh(Change("d", (), (mark,)), Place(mark.end, mark.end, mark.id))
    view.seen()
    view.refresh(Change("d", (mark,), ()), Place(mark.start, mark.end))
    view.key(Qt.Key.Key_Tab)
    view.seen()
    assert len(laid) <= 2
    assert len(asked) <= 15
    view.key(Qt.Key.Key_A, CONTROL)
    view.seen()
    assert len(laid) <= 2


def test_the_bar_comes_and_goes_without_a_fight_over_the_width(show: Show) -> None:
    """With the bar the lines are shorter and the page higher; around the height where it is just needed."""
    view = show(ARTICLE, size=(420, 700))
    for height in range(600, 1400, 7):
        view.resize(420, height)
        QApplication.processEvents()
    assert view.seen() == view.painted_anew()
    assert view.article.width == view._page_width()
