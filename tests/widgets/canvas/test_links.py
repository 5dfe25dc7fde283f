"""Relations on the page: connectors, hints, and linking by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt

from app.model.annotation import Annotations, Change, Relation, Span
from app.model.place import Place
from tests.widgets.canvas.hand import SHIFT, HeldView
from tests.widgets.canvas.made import ARTICLE, SCHEMA, spans_on
from widgets.canvas.connectors import Way, anchor, way

Show = Callable[..., HeldView]
LONG = "\n".join([ARTICLE] * 12)
ENGLISH = "\n\n".join(["Reuters reported that the convoy left Tall Rayhan at dawn. " * 4] * 4)
SURFACES = ("سالم الحداد", "قوات الحماية", "ثلاثة مفقودين", "UN-WFP")


def linked(show: Show, text: str, spans: list[Span], *ends: tuple[int, int]) -> HeldView:
    """A view on `text` whose spans are linked by their numbers, with nothing focused."""
    view = show(text)
    relations = [Relation(f"r{k}", "RELATED", spans[a].id, spans[b].id) for k, (a, b) in enumerate(ends)]
    view.show_document(text, "", Annotations.of(spans, relations), SCHEMA)
    return view


def ways(view: HeldView) -> list[Way]:
    """The first link that is drawn, line by line, over the whole page."""
    (link, *_) = view.overlays.now.links
    found = (way(view.article, placed, link) for placed in view.article.lines_between(0, 1e6))
    return [one for one in found if one]


def is_one_line(strokes: list[tuple[float, float, float, float]]) -> bool:
    """Whether boxes (left, top, right, bottom) hang together."""
    together, rest = [strokes[0]], strokes[1:]
    while rest:
        near = [b for b in rest if any(touch(a, b) for a in together)]
        if not near:
            return False
        together += near
        rest = [b for b in rest if b not in near]
    return True


def touch(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] <= b[2] + 1 and b[0] <= a[2] + 1 and a[1] <= b[3] + 1 and b[1] <= a[3] + 1


@pytest.mark.parametrize("ends", [(0, 1), (0, 2), (3, 0), (2, 3)])
def test_a_connector_goes_unbroken_from_tag_to_tag_with_its_arrow_at_the_child(
    show: Show, ends: tuple[int, int]
) -> None:
    spans = spans_on(ARTICLE, *SURFACES)
    view = linked(show, ARTICLE, spans, ends)
    view.focus_span(spans[ends[0]].id)
    found = ways(view)
    assert is_one_line([stroke.getCoords() for one in found for stroke in one.strokes])
    child = spans[ends[1]]
    at = anchor(view.article, view.article.placed(child.start, False), child.id)
    assert [tip for one in found for tip, _, up in one.arrows if up == -1.0 and tip == at] == [at]
    assert any(one.name for one in found)


def test_a_connector_never_touches_letters_or_leaves_the_page(show: Show) -> None:
    for text, surfaces in ((ARTICLE, SURFACES), (ENGLISH, ("convoy", "Reuters"))):
        spans = spans_on(text, *surfaces)
        last = len(text) - 12
        spans.append(Span("far", "ACTOR", ((last, last + 4),)))  # type: ignore[arg-type]
        view = linked(show, text, spans, (0, len(spans) - 1))
        view.focus_span(spans[0].id)
        page = view.article
        for placed in page.lines_between(0, 1e6):
            found = way(page, placed, view.overlays.now.links[0])
            top, bottom = page.letters(placed)
            for stroke in found.strokes if found else ():
                beside = stroke.right() <= 0 or stroke.left() >= page.measure
                assert beside or stroke.top() >= bottom - 1 or stroke.bottom() <= top
                assert -page.margin < stroke.left() and stroke.right() < page.measure + page.margin


def test_only_the_links_of_the_focused_span_are_drawn_others_hint(show: Show) -> None:
    spans = spans_on(ARTICLE, *SURFACES)
    plain, view = show(ARTICLE, *spans), linked(show, ARTICLE, spans, (0, 2), (1, 3))
    bare, hinted = plain.seen(), view.seen()
    assert hinted != bare
    for one, count in ((spans[0], 1), (spans[3], 1)):
        view.focus_span(one.id)
        assert len(view.overlays.now.links) == count
        assert view.seen() == view.painted_anew()
    view.focus_span("")
    assert not view.overlays.now.links
    view.set_place(Place(0, 0))
    assert view.seen() == view.painted_anew() == hinted


@pytest.mark.parametrize("turn", [30, 333, 5000])
def test_a_link_whose_other_end_is_out_of_sight_runs_to_the_edge_and_on_as_one_scrolls(show: Show, turn: int) -> None:
    spans = spans_on(LONG, "سالم الحداد")
    last = LONG.rindex("UN-WFP")
    spans.append(spans[0]._replace(id="far", fragments=(type(spans[0].fragments[0])(last, last + 6),)))
    view = linked(show, LONG, spans, (0, 1))
    view.focus_span(spans[0].id)
    laid = len(view.article._laid)
    assert laid < view.article.count()
    margin = (view.article.measure + view.article.margin, view.article.margin)
    strip = view.point_at(margin[0], 0).x(), view.point_at(sum(margin), 0).x()
    bottom = view.viewport().height() - 3
    colours = {view.seen().pixel(x, bottom) for x in range(*strip)}
    assert len(colours) > 1
    for value in (turn, turn + 61, turn + 200, view.verticalScrollBar().maximum(), 40):
        view.verticalScrollBar().setValue(value)
        assert view.seen() == view.painted_anew()


def test_a_link_that_is_made_or_undone_is_drawn_at_once(show: Show) -> None:
    spans = spans_on(ARTICLE, *SURFACES)
    view = linked(show, ARTICLE, spans)
    view.focus_span(spans[0].id)
    before = view.seen()
    made = Change("d", added_relations=(Relation("r", "RELATED", spans[0].id, spans[2].id),))
    view.refresh(made, Place(spans[0].start, spans[0].start, spans[0].id))
    drawn = view.seen()
    assert drawn == view.painted_anew() != before
    view.refresh(made.inverse(), Place(spans[0].start, spans[0].start, spans[0].id))
    assert view.seen() == view.painted_anew() == before


def test_a_span_that_is_deleted_takes_its_link_with_it(show: Show) -> None:
    spans = spans_on(ARTICLE, *SURFACES)
    view = linked(show, ARTICLE, spans, (0, 2))
    view.focus_span(spans[0].id)
    relation = Relation("r0", "RELATED", spans[0].id, spans[2].id)
    gone = Change("d", removed=(spans[2],), removed_relations=(relation,))
    view.refresh(gone, Place(spans[0].start, spans[0].start, spans[0].id))
    assert not view.overlays.now.links
    assert view.seen() == view.painted_anew()
    view.refresh(gone.inverse(), Place(spans[0].start, spans[0].start, spans[0].id))
    assert len(view.overlays.now.links) == 1
    assert view.seen() == view.painted_anew()


def test_tab_walks_to_the_other_end_and_enter_links(show: Show) -> None:
    spans = sorted(spans_on(ARTICLE, *SURFACES), key=lambda one: one.start)
    view = linked(show, ARTICLE, spans)
    asked: list[object] = []
    said: list[str] = []
    view.link_asked.connect(lambda *ends: asked.append(ends))
    view.announced.connect(said.append)
    view.focus_span(spans[1].id)
    view.begin_link()
    assert view.is_linking()
    for key, held, chosen in [
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier, 2),
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier, 3),
        (Qt.Key.Key_Backtab, SHIFT, 2),
        (Qt.Key.Key_Backtab, SHIFT, 0),
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier, 2),
    ]:
        assert view.key(key, held)
        assert view.overlays.now.chosen == spans[chosen].id
        assert view.focused_span() == spans[1].id
        assert view.seen() == view.painted_anew()
    assert len(said) == 6 and "ثلاثة مفقودين" in said[-1]
    assert view.key(Qt.Key.Key_Return)
    assert asked == [(spans[1].id, spans[2].id)]
    assert not view.is_linking() and not view.overlays.now.chosen
    assert view.seen() == view.painted_anew()


@pytest.mark.parametrize("how", ["escape", "click", "letter", "article"])
def test_linking_is_left_by_escape_and_by_doing_something_else(show: Show, how: str) -> None:
    spans = spans_on(ARTICLE, *SURFACES)
    view = linked(show, ARTICLE, spans)
    asked: list[object] = []
    view.link_asked.connect(lambda *ends: asked.append(ends))
    view.focus_span(spans[0].id)
    before = view.seen()
    view.begin_link()
    view.key(Qt.Key.Key_Tab)
    if how == "escape":
        assert view.key(Qt.Key.Key_Escape)
        assert view.focused_span() == spans[0].id
        assert view.seen() == before
    elif how == "click":
        view.click(view.at(5))
    elif how == "letter":
        assert not view.key(Qt.Key.Key_Q)
    else:
        view.show_document(ARTICLE, "", Annotations.of(spans), SCHEMA)
    assert not view.is_linking() and not view.overlays.now.links
    view.key(Qt.Key.Key_Return)
    assert not asked
    assert view.seen() == view.painted_anew()


def test_without_a_focused_span_or_another_one_there_is_nothing_to_link(show: Show) -> None:
    spans = spans_on(ARTICLE, *SURFACES)
    view = linked(show, ARTICLE, spans[:1])
    view.begin_link()
    assert not view.is_linking()
    view.focus_span(spans[0].id)
    view.begin_link()
    view.key(Qt.Key.Key_Tab)
    assert view.overlays.now.chosen == ""
    assert view.point_at(0, 0) != QPoint(-1, -1)
    assert view.key(Qt.Key.Key_Return) and not view.is_linking()
