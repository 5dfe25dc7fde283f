"""Text as bad as articles can hold, under a hand: painted as well as can be, every letter reached, no offset wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

import pytest
import regex
from PySide6.QtCore import QPointF

from app.text.boundaries import trim
from tests.widgets.canvas.hand import HeldView
from tests.widgets.canvas.made import ARTICLE, laid, page_of, span
from widgets.canvas.caret import Caret, shape, sideways
from widgets.canvas.page import ArticlePage, Placed

pytestmark = pytest.mark.usefixtures("qapp")

Show = Callable[..., HeldView]

BAD = {
    "bidi controls": "قال \u202aUN\u202c ثم \u202bقال 12\u202c و\u202eabc قال\u202c و\u202dابج\u202c end",
    "controls never closed": "قال \u202b\u202a\u202e UN 204 \u2067قال\nبعد",
    "isolates without an end": "\u2067\u2066\u2068قال UN\u2069 204\nقال \u2066UN\nبعد",
    "ends without a beginning": "\u2069\u202c قال \u2069 UN \u202c\u202c 204 \u2069",
    "sixty embeddings deep": "قال " + "\u202b\u202a" * 60 + "UN قال" + "\u202c" * 120 + " بعد",
    "zero-width characters": "ق\u200bا\u200cل\u200d \ufeffال\u2060م\u200eت\u200fح\u061cدث U\u200bN\u200d 2\u200b04",
    "only zero-width characters": "\u200b\u200e\u200f\ufeff\u2060",
    "two hundred signs on a letter": "قبل م" + "\u064e\u0651" * 100 + "ن بعد",
    "signs on nothing": "\u064e\u0651 \u0301قال\n\u0650",
    "NUL and other controls": "قبل\0بعد \x01\x08\x0b\x0c\x1b\x7f\x80\x9f UN",
    "a line separator": "سطر\u2028UN 12\u2028\u2028سطر",
    "private use and no font": "قال \ue000\uf8ff \U000f0000\U0010fffd \u0378\ufffe\U0001fffe UN",
    "half an emoji's pieces": "قال \U0001f468\u200d \ufe0f\U0001f3fd \U0001f1fe UN \U0001f1fe\U0001f1ea\U0001f1f8",
    "tabs and odd spaces": "في\t\t20\u00a0\u2003\u3000\u202fكم\tUN \t",
    "presentation forms": "ﻻ ﷲ ﷺ ﺳﻼﻡ \ufdfd UN",
    "every paragraph separator": "a\nب\rc\r\nد\x1ce\x1dو\x1eg\x85ح\u2029i",
    "hebrew, syriac, n'ko, thaana": "שלום ܫܠܡܐ ߒߞߏ ދިވެހި UN 12 سلام",
    "signs of numbers": "قال \u0600١٢ و\u06dd٣ و\u0601٢٠٤ بعد \u0600",
}


def graphemes(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in regex.finditer(r"\X", text)]


def lines_of(page: ArticlePage) -> list[Placed]:
    return list(page.lines_between(0, float("inf")))


def seen_letters(page: ArticlePage) -> set[tuple[int, int]]:
    """The graphemes that have room on the page."""
    placed = lines_of(page)
    return {(box.start, box.end) for p in placed for box in p.paragraph.boxes(p.line) if box.right > box.left}


def walk(page: ArticlePage, left: bool) -> list[Caret]:
    """Every place at which the caret stops from the article's start to its end; one arrow, held down."""
    at, stops = Caret(0), [Caret(0)]
    if page.placed(0, False).line.rtl != left:
        at = Caret(page.placed(0, False).line.visible_end, True)
    while (following := sideways(page, at, left)) != at and len(stops) <= 3 * len(page.text) + 10:
        at = following
        stops.append(at)
    return stops


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_the_caret_reaches_every_letter_and_stops_nowhere_else(show: Show, text: str) -> None:
    page = show(text, size=(500, 600)).article
    bounds = {bound for both in graphemes(text) for bound in both}
    for left in (True, False):
        reached = set()
        for placed in lines_of(page):
            reached |= stops_on(page, placed, left)
        assert reached <= bounds | {0}
        for start, end in seen_letters(page):
            assert {start, end} & reached, ascii(text[start:end])
    assert len(walk(page, page.rtl)) <= 3 * len(text) + 10  # an arrow held down comes to an end


def stops_on(page: ArticlePage, placed: Placed, left: bool) -> set[int]:
    """Where the caret stops between the two edges of a line."""
    seen = [box for box in placed.paragraph.boxes(placed.line) if box.right > box.left]
    if not seen:
        return {placed.line.start}
    edge = max(seen, key=lambda box: box.right) if left else min(seen, key=lambda box: box.left)
    at = Caret(edge.start, False) if edge.rtl == left else Caret(edge.end, True)
    stops = {at.offset}
    for _ in seen:
        at = sideways(page, at, left)
        stops.add(at.offset)
    return stops


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_the_mouse_finds_each_letter_where_it_is_painted(show: Show, text: str) -> None:
    view = show(text, size=(500, 600))
    found = 0
    for placed in lines_of(view.article):
        top, bottom = view.article.letters(placed)
        for box in placed.paragraph.boxes(placed.line):
            if box.right - box.left > 1 and box.end <= placed.line.visible_end:
                at = view.point_at((box.left + box.right) / 2 + view.article.margin, (top + bottom) / 2)
                hit = view.hit(QPointF(at))
                assert (hit.letter, hit.on_text) == (box.start, True), ascii(text[box.start : box.end])
                found += 1
    assert found or not regex.search(r"\w", text)


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_each_letter_that_is_selected_is_that_letter(show: Show, text: str) -> None:
    view = show(text, span("s", 0, len(text)), size=(500, 600))
    for start, end in graphemes(text):
        view.select(start, end)
        assert view.selection() == trim(text, start, end)
        assert view.selected() in ("", text[start:end])
        assert view.selected() or not regex.search(r"[\w\p{P}\p{S}]", text[start:end])
    view.select(0, len(text))
    assert view.selected() == text[slice(*trim(text, 0, len(text)))]
    assert view.seen() == view.painted_anew()


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_what_follows_bad_text_is_set_as_ever(text: str) -> None:
    """Controls that are never closed end with their paragraph."""
    last = ARTICLE.split("\n\n")[3]
    good, bad = page_of(last, width=450), page_of(f"{text}\n{last}", width=450)
    alone, after = good.paragraph(0), bad.paragraph(bad.count() - 1)
    assert after.text == last
    assert [line.end - line.start for line in after.lines] == [line.end - line.start for line in alone.lines]
    shift = after.start
    for one, other in zip(alone.lines, after.lines, strict=True):
        moved = [box._replace(start=box.start + shift, end=box.end + shift) for box in alone.boxes(one)]
        assert list(after.boxes(other)) == moved


@pytest.mark.parametrize("word", ["ل" * 10_000, "قتل" * 3334, "a" * 10_000, "1" * 10_000, "ـ" * 10_000])
def test_a_word_of_ten_thousand_letters_is_broken_where_the_page_ends(show: Show, word: str) -> None:
    page = show(f"قبل {word} بعد", span("s", 4, 4 + len(word)), size=(900, 700)).article
    placed = lines_of(page)
    assert len(placed) > 50
    assert [a.line.end for a in placed[:-1]] == [b.line.start for b in placed[1:]]
    for at in placed[:: len(placed) // 8]:
        boxes = at.paragraph.boxes(at.line)
        assert all(-12 <= box.left <= box.right <= page.measure + 12 for box in boxes)
        for box in boxes[::9]:
            x = shape(page, Caret(box.start)).x
            assert x == pytest.approx(box.right if box.rtl else box.left, abs=0.01)


def seconds_to_lay_out(text: str) -> float:
    begun = time.process_time()
    laid(text, width=650)
    return time.process_time() - begun


def test_a_word_as_long_as_an_article_is_laid_out_as_quickly_as_words() -> None:
    in_words = min(seconds_to_lay_out("قتل " * 25_000) for _ in range(2))
    assert seconds_to_lay_out("قتل" * 33_333) < 3 * in_words


LONG = {
    "short and long paragraphs": [f"{n} " + "قال المتحدث إن 12 مدنياً. " * (n * 7 % 23) for n in range(160)],
    "lists of names": [f"{n}: UN" for n in range(900)],
    "paragraphs higher than the screen": [f"{n} " + "ل UN 204 قتل، " * 400 for n in range(12)],
}


@pytest.mark.parametrize("kind", LONG)
def test_what_is_looked_at_stays_as_heights_become_real_and_the_bar_does_not_jump(show: Show, kind: str) -> None:
    """Scrolled up from the end, through paragraphs whose heights were only estimated."""
    text = "\n".join(LONG[kind])
    marks = [span(f"s{k}{n}", k, k + 9 + n) for k in range(0, len(text) - 40, 50) for n in range(3)]
    view = show(text, *marks, size=(700, 500))
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    shares = [1.0]
    while bar.value() > 0 and len(shares) < 60:
        looked_at = next(view.article.lines_between(top := 250 - view.point_at(0, 0).y(), top + 1))
        before = view.point_at(0, looked_at.top).y()
        view.scroll_by(-173)
        moved = view.point_at(0, view.article.placed(looked_at.line.start, False).top).y() - before
        assert moved == 173 or bar.value() == 0
        shares.append(bar.value() / bar.maximum())
    steps = [a - b for a, b in pairwise(shares)]
    assert len(steps) > 20
    assert min(steps) >= -0.002  # never down while scrolling up
    assert max(steps) < 4 * sum(steps) / len(steps)
