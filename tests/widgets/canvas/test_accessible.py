"""What a screen reader finds in the article, and what it is told, without one: Qt is asked as it asks."""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleTextInterface,
)
from PySide6.QtWidgets import QApplication

from app.model.annotation import Annotations, Change, Fragment, Span
from app.model.place import Place
from app.wording import use_language
from tests.widgets.canvas.hand import HeldView
from tests.widgets.canvas.made import ARTICLE, SCHEMA, span, spans_on
from widgets.canvas.accessible import ArticleInterface
from widgets.canvas.accessible_spans import SpanInterface
from widgets.canvas.announcer import Announcer

ROOT = Path(__file__).parents[3]
Show = Callable[..., HeldView]
Name = QAccessible.Text.Name


def article_of(view: HeldView) -> ArticleInterface:
    found = QAccessible.queryAccessibleInterface(view)
    assert isinstance(found, ArticleInterface)
    return found


def text_of(view: HeldView) -> QAccessibleTextInterface:
    return article_of(view).textInterface()


def settle(heard: list[str]) -> list[str]:
    """What was said since the last time."""
    QApplication.processEvents()
    said = list(heard)
    heard.clear()
    return said


def step(view: HeldView, removed: tuple[Span, ...] = (), added: tuple[Span, ...] = (), focus: str = "") -> None:
    view.refresh(Change("a1", removed, added), Place(view.caret.offset, view.caret.offset, focus))


def test_the_article_reads_as_it_is_written(show: Show) -> None:
    text = text_of(show(ARTICLE))
    assert text.text(0, text.characterCount()) == ARTICLE


def test_offsets_count_as_screen_readers_do_where_signs_take_two_units(show: Show) -> None:
    view = show("قال 😀 نعم")
    text = text_of(view)
    assert text.characterCount() == 10
    assert text.text(4, 6) == "😀"
    view.set_place(Place(5, 5))
    assert text.cursorPosition() == 6
    text.setCursorPosition(7)
    assert view.caret.offset == 6


def test_offsets_out_of_the_text_are_its_ends(show: Show) -> None:
    text = text_of(show("قال"))
    assert text.text(-5, 1_000_000) == "قال"
    assert text.text(3, 1) == ""
    text.setCursorPosition(99)
    assert text.cursorPosition() == 3


def test_nothing_in_the_text_cuts_it_short_or_moves_what_follows(show: Show) -> None:
    odd = "\ufeffقال\x00ثم\u2029نعم\r\nلا\ufffe"
    text = text_of(show(odd))
    assert text.characterCount() == len(odd)
    assert text.text(1, len(odd)) == "قال␀ثم\nنعم\r\nلا\ufffd"


def test_the_headline_above_the_text_describes_the_article(show: Show) -> None:
    article = article_of(show(ARTICLE, title="اشتباكات"))
    assert article.text(QAccessible.Text.Description) == "اشتباكات"


def test_a_voice_of_the_articles_language_can_be_chosen(show: Show) -> None:
    view = show(ARTICLE)
    attributes = article_of(view).attributesInterface()
    assert attributes.attributeValue(QAccessible.Attribute.Locale).name()[:2] == "ar"
    view.show_document("12 34", "", Annotations(), SCHEMA)
    assert attributes.attributeKeys() == []


def test_each_letter_is_found_where_it_is_on_the_screen(show: Show) -> None:
    view = show(ARTICLE)
    text = text_of(view)
    corner = view.viewport().mapToGlobal(QPoint(0, 0))
    for offset in (0, 40, ARTICLE.index("12"), ARTICLE.index("UN-WFP") + 2):
        rect = text.characterRect(offset)
        assert rect.contains(view.at(offset) + corner)
        assert text.offsetAtPoint(rect.center()) == offset
    assert text.offsetAtPoint(corner - QPoint(5, 5)) == -1


def test_the_end_of_a_line_and_of_the_text_has_a_place_too(show: Show) -> None:
    text = text_of(show("قال\nنعم"))
    for offset in (3, 7):
        assert text.characterRect(offset).width() <= 2
        assert text.characterRect(offset).height() > 10


def test_what_is_asked_for_is_scrolled_to(show: Show) -> None:
    view = show("\n".join([ARTICLE] * 8), size=(600, 300))
    text = text_of(view)
    last = text.characterCount() - 1
    assert not _is_seen(view, last)
    text.scrollToSubstring(last - 10, last)
    assert _is_seen(view, last)


def test_a_screen_reader_can_select(show: Show) -> None:
    view = show(ARTICLE)
    text = text_of(view)
    text.addSelection(3, 8)
    assert view.selection() == (3, 8)
    text.removeSelection(0)
    assert view.selection() == (8, 8)
    assert text.selectionCount() == 0


def test_spans_are_the_children_in_reading_order_with_text_and_label(show: Show) -> None:
    spans = spans_on(ARTICLE, "تل الريحان", "سالم الحداد", "نهر الصفا")
    article = article_of(show(ARTICLE, *spans))
    children = [article.child(k) for k in range(article.childCount())]
    assert [child.text(Name) for child in children] == ["نهر الصفا, فاعل", "سالم الحداد, فاعل", "تل الريحان, فاعل"]
    assert [article.indexOfChild(child) for child in children] == [0, 1, 2]
    assert all(child.parent() is article and child.childCount() == 0 for child in children)
    assert article.child(3) is None
    assert article.child(-1) is None


def test_a_long_span_is_called_by_its_two_ends(show: Show) -> None:
    article = article_of(show(ARTICLE, span("s", 0, 400)))
    name = article.child(0).text(Name)
    assert len(name) < 130
    assert name.startswith(ARTICLE[:20])
    assert " … " in name


def test_a_span_in_pieces_is_called_by_them_all(show: Show) -> None:
    pieces = Span("s", "ACTOR", (Fragment(0, 8), Fragment(12, 17)))
    article = article_of(show(ARTICLE, pieces))
    assert article.child(0).text(Name) == f"{ARTICLE[:8]} {ARTICLE[12:17]}, فاعل"


def test_a_span_is_where_it_is_seen_and_found_by_a_point(show: Show) -> None:
    view = show(ARTICLE, *spans_on(ARTICLE, "سالم الحداد"))
    article, text = article_of(view), text_of(view)
    child = article.child(0)
    start = ARTICLE.index("سالم الحداد")
    assert child.rect().contains(text.characterRect(start))
    assert child.rect().contains(text.characterRect(start + 10))
    center = child.rect().center()
    assert article.childAt(center.x(), center.y()) is child
    assert article.childAt(0, 0) is None
    assert not child.state().offscreen


def test_a_span_out_of_sight_says_so_without_being_laid_out(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join([ARTICLE] * 8)
    view = show(text, span("s", len(text) - 20, len(text) - 10), size=(600, 300))
    child = article_of(view).child(0)
    monkeypatch.setattr(view.page, "placed", lambda *_: pytest.fail("laid out"))
    assert child.state().offscreen
    assert child.rect().top() > view.viewport().mapToGlobal(QPoint(0, 300)).y()


def test_the_focused_span_says_so_and_can_be_focused(show: Show) -> None:
    view = show(ARTICLE, *spans_on(ARTICLE, "نهر الصفا", "تل الريحان"))
    child = article_of(view).child(1)
    assert child.state().focusable
    assert not child.state().focused
    child.actionInterface().doAction(QAccessibleActionInterface.setFocusAction())
    assert view.focused_span() == "تل الريحان"
    assert child.state().focused


def test_an_interface_without_the_part_asked_for_has_none(show: Show) -> None:
    article = article_of(show(ARTICLE, *spans_on(ARTICLE, "نهر الصفا")))
    for interface in (article, article.child(0)):
        assert interface.valueInterface() is None
        assert interface.editableTextInterface() is None
    assert article.child(0).textInterface() is None


def test_spans_that_come_and_go_are_followed(show: Show) -> None:
    first, second, third = spans_on(ARTICLE, "نهر الصفا", "سالم الحداد", "تل الريحان")
    view = show(ARTICLE, first, third)
    article = article_of(view)
    kept, lost = article.child(0), article.child(1)
    step(view, added=(second,))
    assert article.childCount() == 3
    assert article.indexOfChild(lost) == 2
    step(view, removed=(third,))
    assert not shiboken6.isValid(lost)
    assert article.childCount() == 2
    step(view, removed=(first,), added=(first._replace(label="LOCATION"),))
    assert article.child(0) is kept
    assert kept.text(Name) == "نهر الصفا, موقع"


def test_another_article_leaves_nothing_of_the_one_before(show: Show) -> None:
    view = show(ARTICLE, *spans_on(ARTICLE, "نهر الصفا", "تل الريحان"))
    article = article_of(view)
    ids = [QAccessible.uniqueId(article.child(k)) for k in range(2)]
    lost = article.child(0)
    for _ in range(3):
        view.show_document("قال", "", Annotations(), SCHEMA)
    assert not shiboken6.isValid(lost)
    assert [QAccessible.accessibleInterface(id) for id in ids] == [None, None]
    assert article.childCount() == 0
    assert text_of(view).text(0, 99) == "قال"
    view.clear()
    assert text_of(view).characterCount() == 0
    assert text_of(view).characterRect(0).isEmpty()


def test_a_window_that_is_gone_leaves_nothing(show: Show) -> None:
    show(ARTICLE)
    view = HeldView()
    view.show_document(ARTICLE, "", Annotations.of(spans_on(ARTICLE, "نهر الصفا")), SCHEMA)
    ids = [QAccessible.uniqueId(found) for found in (article_of(view), article_of(view).child(0))]
    shiboken6.delete(view)
    assert [QAccessible.accessibleInterface(id) for id in ids] == [None, None]


def test_ten_thousand_spans_cost_only_what_is_asked_for(show: Show) -> None:
    text = "قال المتحدث " * 10_000
    view = show(text, *(span(str(k), 12 * k, 12 * k + 3) for k in range(10_000)))
    article = article_of(view)
    before = _span_interfaces()
    began = time.perf_counter()
    assert article.childCount() == 10_000
    assert article.indexOfChild(article.child(9_000)) == 9_000
    step(view, removed=(span("5", 60, 63),))
    assert article.indexOfChild(article.child(8_999)) == 8_999
    assert time.perf_counter() - began < 1
    assert _span_interfaces() - before == 1


def test_coming_into_a_span_is_said_with_its_label_once(show: Show, heard: list[str]) -> None:
    view = show("قال سالم نعم", span("s", 4, 8))
    article_of(view)
    settle(heard)
    view.key(Qt.Key.Key_Left)
    assert settle(heard) == ["@1"]
    view.set_place(Place(4, 4))
    assert settle(heard) == ["@4", "فاعل: سالم"]
    view.key(Qt.Key.Key_Left)
    assert settle(heard) == ["@5"]
    view.set_place(Place(9, 9))
    view.set_place(Place(7, 7))
    assert settle(heard) == ["@7"]


def test_tab_to_a_span_says_it_though_the_caret_stays_in_the_outer_one(show: Show, heard: list[str]) -> None:
    view = show("قال سالم الحداد نعم", span("outer", 4, 15), span("inner", 4, 8, "LOCATION"))
    article_of(view)
    view.key(Qt.Key.Key_Tab)
    assert settle(heard)[-1] == "فاعل: سالم الحداد"
    view.key(Qt.Key.Key_Tab)
    assert settle(heard)[-1] == "موقع: سالم"


def test_what_happens_to_a_span_is_said(show: Show, heard: list[str]) -> None:
    view = show("قال سالم نعم")
    article_of(view)
    made = span("s", 4, 8)
    step(view, added=(made,), focus="s")
    assert settle(heard)[-1] == "Marked as فاعل: سالم"
    other = made._replace(label="LOCATION")
    step(view, removed=(made,), added=(other,), focus="s")
    assert settle(heard)[-1] == "Now موقع: سالم"
    wider = other._replace(fragments=(Fragment(4, 12),))
    step(view, removed=(other,), added=(wider,), focus="s")
    assert settle(heard)[-1] == "موقع now covers: سالم نعم"
    noted = wider._replace(note="؟")
    step(view, removed=(wider,), added=(noted,), focus="s")
    assert all(said.startswith("@") for said in settle(heard))
    step(view, removed=(noted,))
    assert settle(heard)[-1] == "موقع deleted: سالم نعم"


def test_many_spans_at_once_are_counted(show: Show, heard: list[str]) -> None:
    view = show("قال سالم نعم")
    article_of(view)
    step(view, added=tuple(span(str(k), k, k + 1) for k in range(5)))
    assert settle(heard)[-1] == "5 spans made"


def test_it_is_said_in_arabic(show: Show, heard: list[str]) -> None:
    use_language("ar")
    view = show("قال سالم نعم")
    article_of(view)
    step(view, added=(span("s", 4, 8),), focus="s")
    assert settle(heard)[-1] == "وُسم (فاعل): سالم"
    assert article_of(view).child(0).text(Name) == "سالم، فاعل"


def test_a_selection_is_said_once_it_has_come_to_rest(show: Show, heard: list[str]) -> None:
    view = show("قال سالم نعم")
    article_of(view)
    for offset in range(5, 9):
        view.set_place(Place(4, offset))
    settle(heard)
    deadline = time.monotonic() + 3
    while not heard and time.monotonic() < deadline:
        QApplication.processEvents()
    assert settle(heard) == ["Selected: سالم"]


def test_another_article_is_said_by_its_headline(show: Show, heard: list[str]) -> None:
    view = show("قال سالم نعم")
    article_of(view)
    settle(heard)
    view.show_document("الأول\nالثاني", "", Annotations(), SCHEMA)
    assert settle(heard) == ["@0", "الأول"]
    view.show_document("الأول\nالثاني", "عنوان", Annotations(), SCHEMA)
    assert settle(heard) == ["@0", "عنوان"]


def test_what_happens_is_said_once_though_qt_asks_for_the_article_anew(show: Show, heard: list[str]) -> None:
    view = show("قال سالم نعم")
    kept = [article_of(view), ArticleInterface(view)]
    settle(heard)
    view.show_document("الأول\nالثاني", "", Annotations(), SCHEMA)
    assert settle(heard) == ["@0", "الأول"]
    assert len(kept) == 2


def test_without_a_screen_reader_nothing_is_made_and_nothing_said(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[object] = []
    monkeypatch.setattr(Announcer, "_send", lambda announcer, event: said.append(event))
    view = show("قال سالم نعم", span("s", 4, 8))
    view.key(Qt.Key.Key_Tab)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert view.findChildren(Announcer) == []
    article_of(view)  # asked for once, by whatever
    view.set_place(Place(6, 6))
    step(view, removed=(span("s", 4, 8),))
    QApplication.processEvents()
    assert said == []


def test_a_start_without_a_screen_reader_loads_nothing_for_one() -> None:
    program = "import sys, widgets.workbench; print([m for m in sys.modules if 'accessible' in m])"
    started = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert started.stdout.strip() == "[]"


def _is_seen(view: HeldView, units: int) -> bool:
    seen = view.viewport().rect().translated(view.viewport().mapToGlobal(QPoint(0, 0)))
    return seen.contains(text_of(view).characterRect(units))


def _span_interfaces() -> int:
    return sum(isinstance(thing, SpanInterface) for thing in gc.get_objects())
