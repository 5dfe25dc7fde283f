"""Suggestions on the page: dashed, where their letters are, and only as long as they are suggested."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.model.annotation import Annotations, Change
from app.model.place import Place
from tests.widgets.canvas.hand import HeldView
from tests.widgets.canvas.made import ARTICLE, SCHEMA, span, spans_on
from tests.widgets.canvas.test_accessible import article_of
from tests.widgets.canvas.test_drags import edge_of, grip
from widgets.canvas.boxes import pieces
from widgets.canvas.dashes import DashMark
from widgets.canvas.suggested import Dashed

Show = Callable[..., HeldView]
LONG = "\n".join([ARTICLE] * 12)


def dashed(words: str, label: str = "LOCATION", text: str = ARTICLE) -> Dashed:
    start = text.index(words)
    return Dashed(f"{label}:{start}:{start + len(words)}", label, start, start + len(words))


def inked(view: HeldView, image: QImage, top: int) -> list[int]:
    """The columns that have the ink of LOCATION in the rows of an underline that begins at `top`."""
    ink, rows = view.article.look.ink_of("LOCATION").rgb(), range(top, top + round(view.article.look.stroke))
    return [x for x in range(image.width()) if any(image.pixel(x, y) == ink for y in rows)]


def marks(view: HeldView, id: str) -> list[DashMark]:
    """What is drawn for a suggestion, line by line."""
    lines = view.article.lines_between(0, 1e6)
    return [mark for placed in lines for mark in view.article.dashes(placed) if mark.id == id]


def extent(view: HeldView, mark: Dashed) -> list[tuple[int, int]]:
    """Where the letters of a suggestion on one line lie on the screen."""
    placed = view.article.placed(mark.start, False)
    found = pieces(placed.paragraph.boxes(placed.line), mark.start, mark.end)
    left = round(view.origin().x()) + view.article.margin
    return [(round(left + a), round(left + b)) for a, b in found]


@pytest.mark.parametrize("zoom", [100, 200])
@pytest.mark.parametrize("words", ["سالم الحداد", "لحد", "UN-WFP 204 محملة", "بـ1.2 طن", "convoy", "«نهر الصفا» at"])
def test_a_suggestion_is_dashed_under_its_letters_and_gone_with_it(show: Show, words: str, zoom: int) -> None:
    view, mark = show(zoom=zoom), dashed(words)
    view.set_place(Place(mark.start, mark.start))
    view.clearFocus()
    bare = view.seen()
    view.set_suggested([mark])
    shown = view.seen()
    assert shown == view.painted_anew() != bare
    placed = view.article.placed(mark.start, False)
    top = round(view.article.lane_top(placed, 0) + view.origin().y())
    columns = inked(view, shown, top)
    for left, right in extent(view, mark):
        own = [x for x in columns if left - 1 <= x <= right + 1]
        assert len(own) < 0.85 * (right - left) or right - left < 9 * zoom / 100
        assert len(own) > 0.4 * (right - left)
        assert min(own) - left < 6 * zoom / 100 and right - max(own) < 6 * zoom / 100
        columns = [x for x in columns if x not in own]
    assert columns == []
    view.set_suggested([])
    assert view.seen() == bare


def test_lines_stay_where_they_are_however_many_suggestions_lie_on_each_other(show: Show) -> None:
    (one,) = spans_on(ARTICLE, "المتحدث باسم قوات الحماية المدنية")
    view = show(ARTICLE, one)
    words = ["قوات الحماية المدنية", "قوات الحماية", "المدنية سالم", "قوات", "باسم قوات الحماية المدنية سالم الحداد"]
    below, height = view.at(ARTICLE.index("وأضاف")), view.article.height
    view.set_suggested([dashed(found, label) for found in words for label in ("ACTOR", "LOCATION")])
    assert (view.at(ARTICLE.index("وأضاف")), view.article.height) == (below, height)
    assert view.seen() == view.painted_anew()


def test_suggestions_beside_each_other_and_spans_have_each_their_own_line_and_tag(show: Show) -> None:
    outer, inner = spans_on(ARTICLE, "قوات الحماية المدنية", "الحماية")
    view = show(ARTICLE, outer, inner)
    asked = [dashed(words) for words in ("باسم", "المدنية سالم", "سالم", "الحداد", "المدنية")]
    view.set_suggested(asked)
    placed = view.article.placed(outer.start, False)
    drawn = view.article.dashes(placed)
    lines = [(m.lane, piece) for m in view.article.marks(placed).spans for piece in m.pieces]
    lines += [(-m.above or m.lane, piece) for m in drawn for piece in m.pieces]
    tags = [(m.lane, (m.tag.left, m.tag.right)) for m in (*view.article.marks(placed).spans, *drawn) if m.tag]
    assert len(drawn) == len(asked)
    for taken in (lines, tags):
        for k, (lane, (left, right)) in enumerate(taken):
            assert all(a >= right - 1 or b <= left + 1 for at, (a, b) in taken[k + 1 :] if at == lane)


def test_a_tag_asks_and_stands_where_its_letters_begin(show: Show) -> None:
    view, mark = show(), dashed("سالم الحداد")
    view.set_suggested([mark])
    (drawn,) = marks(view, mark.id)
    assert drawn.tag and drawn.tag.text.startswith("موقع") and drawn.tag.text.endswith(("?", "؟"))
    assert drawn.tag.right == pytest.approx(drawn.pieces[-1][1])


def test_over_a_line_break_each_line_has_its_part_and_the_first_one_the_tag(show: Show) -> None:
    view, mark = show(), dashed("مدنياً قُتلوا وأصيب 30 آخرون في قصف استهدف سوق بلدة تل الريحان، جنوب نهر", "QUOTE")
    view.set_suggested([mark])
    drawn = marks(view, mark.id)
    assert len(drawn) > 1
    assert [bool(part.tag) for part in drawn] == [True, *[False] * (len(drawn) - 1)]
    assert view.seen() == view.painted_anew()


def test_what_came_with_a_file_as_suggested_is_no_span_until_it_is_accepted(show: Show) -> None:
    (kept, came) = spans_on(ARTICLE, "سالم الحداد", "نهر الصفا")
    came = came._replace(status="suggested")
    view = show(ARTICLE)
    bare = view.seen()
    view.show_document(ARTICLE, "", Annotations.of([came]), SCHEMA)
    assert view.seen() == bare
    assert not view.walk_spans(True)
    assert view.hit(view.at(came.start).toPointF()).span == ""
    accepted = came._replace(status="accepted")
    view.refresh(Change("d", (came,), (accepted, kept)), Place(came.start, came.start, came.id))
    assert view.focused_span() == came.id
    assert view.hit(view.at(came.start).toPointF()).span == came.id
    view.refresh(Change("d", (accepted, kept), (came,)), Place())
    assert view.seen() == view.painted_anew()
    assert not view.walk_spans(True)


def test_only_the_lines_that_changed_are_painted(show: Show) -> None:
    view, first, second = show(LONG), dashed("سالم الحداد"), dashed("ثلاثة مفقودين")
    for after in ([first], [first, second], [second], [second, dashed("أنباء")]):
        view.seen()
        view.painted.clear()
        view.set_suggested(after)
        shown = view.seen()
        assert 0 < sum(view.painted) < 80
        assert shown == view.painted_anew()
    far = len(ARTICLE) * 9
    view.painted.clear()
    view.set_suggested([second, dashed("أنباء"), Dashed("far", "ACTOR", far, far + 5)])
    view.seen()
    assert view.painted == []


def test_a_click_on_a_suggestion_says_so_and_puts_the_caret_there(show: Show) -> None:
    view, mark, said = show(), dashed("سالم الحداد"), []
    view.suggested_clicked.connect(said.append)
    view.set_suggested([mark])
    view.click(view.at(mark.start + 3))
    assert said == [mark.id] and mark.start < view.caret.offset < mark.end
    view.set_suggested_focus(mark.id)
    assert mark.start < view.caret.offset < mark.end
    view.click(view.at(mark.start - 4))
    assert said == [mark.id] and view.suggested_focus == ""
    placed = view.article.placed(mark.start, False)
    (drawn,) = marks(view, mark.id)
    assert drawn.tag
    view.click(view.point_at(drawn.tag.right + view.article.margin - 3, view.article.lane_top(placed, 0) + 12))
    assert said == [mark.id] * 2


def test_a_drag_and_a_double_click_on_a_suggestion_take_text_as_ever(show: Show) -> None:
    view, mark, said = show(), dashed("سالم الحداد"), []
    view.suggested_clicked.connect(said.append)
    view.set_suggested([mark])
    view.drag(edge_of(view, mark.start, end=False), edge_of(view, mark.end - 1, end=True))
    assert view.selected() == "سالم الحداد" and said == []
    view.double_press(view.at(mark.start + 1))
    assert view.selected() == "سالم"


def test_of_a_span_and_a_suggestion_the_shorter_one_is_hit(show: Show) -> None:
    outer, other = spans_on(ARTICLE, "قوات الحماية المدنية سالم الحداد", "ثلاثة")
    view = show(ARTICLE, outer, other)
    inner, wider = dashed("الحماية"), dashed("ثلاثة مفقودين")
    view.set_suggested([inner, wider])
    hits = [
        view.hit(view.at(at).toPointF()) for at in (inner.start + 2, outer.start + 1, other.start + 1, other.end + 2)
    ]
    assert [(found.span, found.suggested) for found in hits] == [
        ("", inner.id),
        (outer.id, ""),
        (other.id, ""),
        ("", wider.id),
    ]


def test_what_the_mouse_is_over_is_told_once_and_so_is_that_it_left(show: Show) -> None:
    view, mark, said = show(), dashed("سالم الحداد"), []
    view.suggested_hovered.connect(said.append)
    view.set_suggested([mark])
    for offset in (mark.start - 5, mark.start + 1, mark.start + 2, mark.start - 5, mark.start + 1):
        view.move(view.at(offset), down=False)
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert said == [mark.id, "", mark.id, ""]


def test_the_one_in_focus_is_scrolled_to_has_a_ring_and_loses_it_with_the_hand(show: Show) -> None:
    view, said = show(LONG), []
    start = LONG.rindex("سالم الحداد")
    mark = Dashed("x", "LOCATION", start, start + 11)
    view.suggested_focus_changed.connect(said.append)
    view.set_suggested([dashed("نهر الصفا"), mark])
    assert not view.viewport().rect().intersects(view.suggested_rect("x"))
    bare = view.seen()
    view.set_suggested_focus("x")
    assert view.viewport().rect().contains(view.suggested_rect("x"))
    assert view.suggested_rect("x").contains(view.at(start + 4))
    assert (view.place(), view.suggested_focus) == (Place(start, start), "x")
    with_ring = view.seen()
    assert with_ring == view.painted_anew() != bare
    assert view.key(Qt.Key.Key_Escape) and view.suggested_focus == ""
    assert view.seen() == view.painted_anew() != with_ring
    view.set_suggested_focus("x")
    view.key(Qt.Key.Key_Left)
    assert view.suggested_focus == ""
    view.set_suggested_focus("x")
    view.set_suggested([])
    assert said == ["x", "", "x", "", "x", ""]
    assert view.suggested_rect("x") == QRect()


def test_focusing_a_suggestion_paints_nothing_but_what_had_the_focus_and_has_it_now(show: Show) -> None:
    view, first, second = show(), dashed("سالم الحداد"), dashed("تل الريحان")
    view.set_suggested([first, second])
    view.set_place(Place(first.start, first.start))
    for mark in (first, second):
        view.seen()
        view.painted.clear()
        view.set_suggested_focus(mark.id)
        assert view.seen() == view.painted_anew()
        assert 0 < sum(view.painted[:-1]) < 3 * 66


@pytest.mark.parametrize("words", ["سالم الحداد", "UN-WFP 204", "12 مدنياً", "20-30 trucks"])
def test_handles_move_the_bounds_letter_by_letter_and_escape_leaves_them(show: Show, words: str) -> None:
    view, mark, said = show(size=(900, 780)), dashed(words), []
    view.suggested_bounds_changed.connect(lambda *bounds: said.append(bounds))
    view.set_suggested([mark])
    view.set_suggested_focus(mark.id)
    whole = span(mark.id, mark.start, mark.end)
    view.drag(grip(view, whole, "end"), edge_of(view, mark.end - 3, end=True))
    assert said == [(mark.id, mark.start, mark.end - 2)]
    assert view.seen() == view.painted_anew()
    shorter = span(mark.id, mark.start, mark.end - 2)
    view.drag(grip(view, shorter, "start"), edge_of(view, mark.start + 1, end=False))
    assert said[1:] == [(mark.id, mark.start + 1, mark.end - 2)]
    assert view.suggested_focus == mark.id and view.place() == Place(mark.start + 1, mark.start + 1)
    shown = view.seen()
    view.press(grip(view, span(mark.id, *said[-1][1:]), "end"))
    view.move(edge_of(view, mark.end + 4, end=True))
    view.key(Qt.Key.Key_Escape)
    assert view.seen() == shown and len(said) == 2
    view.set_suggested_focus("")
    assert view.suggested_rect(mark.id).width() == pytest.approx(sum(b - a for a, b in extent(view, mark)), abs=3)


def test_bounds_wished_for_stay_while_the_suggestion_is_in_focus_and_go_with_it(show: Show) -> None:
    view, first, second = show(), dashed("سالم الحداد"), dashed("نهر")
    view.set_suggested([first])
    view.set_suggested_bounds(first.id, first.start, first.start + 4)
    before = view.suggested_rect(first.id)
    view.set_suggested_focus(first.id)
    assert view.suggested_rect(first.id) == before
    view.set_suggested_bounds(first.id, first.start, first.start + 4)
    narrow = view.suggested_rect(first.id)
    assert narrow.width() < before.width()
    view.set_suggested([first, second])
    assert view.suggested_rect(first.id) == narrow
    view.set_suggested_focus(second.id)
    assert view.suggested_rect(first.id) == before
    assert view.seen() == view.painted_anew()


def test_another_article_has_no_suggestions_and_another_look_keeps_them(show: Show) -> None:
    view, mark = show(), dashed("سالم الحداد")
    bare = view.seen()
    view.set_suggested([mark, Dashed("beyond", "ACTOR", len(ARTICLE) - 2, len(ARTICLE) + 9)])
    view.set_suggested_focus(mark.id)
    view.set_zoom(150)
    assert view.suggested_focus == mark.id and len(marks(view, mark.id)) == 1
    assert view.suggested_rect("beyond") == QRect()
    view.set_zoom(100)
    view.show_document(ARTICLE, "", Annotations(), SCHEMA)
    assert (view.suggested_focus, view.seen()) == ("", bare)
    view.clear()
    view.set_suggested([mark])
    view.set_suggested_focus(mark.id)
    assert view.suggested_rect(mark.id) == QRect()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_whatever_is_suggested_the_screen_is_as_if_painted_anew(show: Show, choose: st.DataObject) -> None:
    view = show(LONG, *spans_on(LONG, "الحماية", "نهر الصفا"), size=(700, 500))
    labels = st.sampled_from(["ACTOR", "LOCATION", "QUOTE", "UNKNOWN"])
    places = st.tuples(st.integers(0, len(ARTICLE)), st.integers(1, 120), labels)
    for number in range(choose.draw(st.integers(1, 5))):
        asked = choose.draw(st.lists(places, max_size=12))
        view.set_suggested([Dashed(f"{label}:{at}", label, at, at + size) for at, size, label in asked])
        at, size, label = choose.draw(places)
        deed = choose.draw(st.sampled_from(["focus", "mark", "scroll", "bounds"]))
        if deed == "mark":
            view.refresh(Change("d", (), (span(f"n{number}", at, at + size, label),)), Place(at, at))
        elif deed == "scroll":
            view.wheel(choose.draw(st.integers(-400, 400)))
        elif asked:
            id = f"{asked[0][2]}:{asked[0][0]}"
            view.set_suggested_focus(id)
            if deed == "bounds":
                view.set_suggested_bounds(id, at, at + size)
        assert view.seen() == view.painted_anew()


def test_a_screen_reader_goes_along_and_hears_a_suggestion_and_the_span_it_becomes(
    show: Show, heard: list[str]
) -> None:
    (came,) = spans_on(ARTICLE, "سالم الحداد")
    came = came._replace(status="suggested")
    view = show()
    view.show_document(ARTICLE, "", Annotations.of([came]), SCHEMA)
    article, mark = article_of(view), dashed("سالم الحداد")
    view.set_suggested([mark])
    QApplication.processEvents()
    heard.clear()
    view.set_suggested_focus(mark.id)
    QApplication.processEvents()
    assert heard == [f"@{mark.start}", "Suggestion: موقع, سالم الحداد"] and article.childCount() == 1
    heard.clear()
    view.refresh(Change("d", (came,), (came._replace(status="accepted"),)), Place(came.start, came.start, came.id))
    view.set_suggested([])
    QApplication.processEvents()
    assert [said for said in heard if "سالم الحداد" in said] == ["Marked as فاعل: سالم الحداد"]
    assert article.childCount() == 1
