"""What a search has found, on the page and on the scroll bar."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import regex

from app.model.annotation import Annotations
from tests.widgets.canvas.hand import HeldView
from tests.widgets.canvas.made import ARTICLE, SCHEMA

Show = Callable[..., HeldView]
LONG = "\n".join([ARTICLE] * 40)


def places_of(surface: str) -> list[tuple[int, int]]:
    return [found.span() for found in regex.finditer(regex.escape(surface), LONG)]


def test_what_was_found_is_painted_and_the_current_one_stronger(show: Show) -> None:
    view = show(LONG)
    bare, places = view.seen(), places_of("نهر الصفا")
    view.set_hits(places, 0)
    first = view.seen()
    assert first == view.painted_anew() != bare
    view.painted.clear()
    view.set_hits(places, 1)
    second = view.seen()
    assert second != first
    assert sum(view.painted) < 0.6 * view.viewport().height()
    assert second == view.painted_anew()
    view.set_hits([], -1)
    assert view.seen() == view.painted_anew() == bare


def test_what_was_found_is_marked_where_it_lies(show: Show) -> None:
    view = show(LONG)
    bare = view.seen()
    view.set_hits([(start, start + 3) for start, _ in places_of("نهر")])
    picture, height = view.seen(), view.article.look.text_size / 2
    for offset, changes in [(LONG.index("نهر"), True), (LONG.index("نهر") + 2, True), (LONG.index("مدينة"), False)]:
        at = view.at(offset)
        column = [(at.x(), round(at.y() + k)) for k in range(round(-height), round(height))]
        assert any(picture.pixel(*point) != bare.pixel(*point) for point in column) == changes


def test_hits_over_a_line_break_are_painted_on_both_lines(show: Show) -> None:
    view = show(LONG)
    bare = view.seen()
    line = view.article.placed(LONG.index("وأضاف") - 4, False).line
    view.set_hits([(line.start - 5, line.start + 5)], 0)
    assert view.seen() == view.painted_anew() != bare


def test_another_article_has_no_hits_of_the_last(show: Show) -> None:
    view = show(LONG)
    bare = view.seen()
    view.set_hits(places_of("نهر"), 0)
    view.show_document(LONG, "", Annotations(), SCHEMA)
    assert view.seen() == view.painted_anew() == bare


@pytest.mark.parametrize("text", [LONG, LONG.replace("\n", " ")])
def test_the_ticks_stand_where_turning_the_bar_there_would_show_the_hit(show: Show, text: str) -> None:
    view = show(text)
    start = len(text) * 3 // 4
    view.set_hits([(start, start + 5)], 0)
    ticks, bar = view.overlays.ticks.ticks, view.verticalScrollBar()
    assert ticks.isVisible() and ticks.size() == bar.size()
    (row,) = ticks.rows()
    bar.setValue(round(row / ticks.height() * view.article.height - view.viewport().height() / 2))
    view.seen()
    top = view.article.placed(start, False).top
    assert view._scrolling.top - 500 < top < view._scrolling.bottom + 500


def test_two_thousand_hits_are_as_many_ticks_as_the_bar_has_rows_and_lay_nothing_out(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = show(LONG * 20)
    view.seen()
    laid: list[object] = []
    from widgets.canvas import page

    lay_out = page.lay_out
    monkeypatch.setattr(page, "lay_out", lambda *a: laid.append(a) or lay_out(*a))
    view.set_hits([(k * 97, k * 97 + 4) for k in range(2000)], 5)
    view.seen()
    assert not laid
    assert len(view.overlays.ticks.ticks.rows()) <= view.verticalScrollBar().height()
    assert view.seen() == view.painted_anew()
