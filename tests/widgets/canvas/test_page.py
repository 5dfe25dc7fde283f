from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage, QPainter

from app.model.annotation import Change, Span
from tests.text.made_text import texts
from tests.widgets.canvas.made import ARTICLE, LOOK, page_of, span, spans_on
from widgets.canvas.caret import Caret, shape
from widgets.canvas.page import ArticlePage
from widgets.canvas.painter import Hand, paint_page

pytestmark = pytest.mark.usefixtures("qapp")

NO_HAND = Hand()
LONG = "\n".join([ARTICLE] * 40)


def picture(page: ArticlePage, hand: Hand = NO_HAND) -> QImage:
    image = QImage(round(page.width), round(page.height), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_page(painter, page, 0, page.height, hand)
    painter.end()
    return image


def lines_of(page: ArticlePage) -> list[tuple[int, int]]:
    return [(placed.line.start, placed.line.end) for placed in page.lines_between(0, float("inf"))]


def test_lines_hold_the_whole_text_in_order() -> None:
    page = page_of(ARTICLE)
    assert "".join(ARTICLE[start:end] for start, end in lines_of(page)) == ARTICLE.replace("\n", "")


@given(texts)
def test_any_text_is_shown_whole(text: str) -> None:
    page = page_of(text, width=300)
    page.settle(0, 1e6)
    shown = lines_of(page)
    covered = sum(end - start for start, end in shown)
    separators = len(text) - sum(b - a for a, b in (page.bounds(i) for i in range(page.count())))
    assert covered + separators == len(text)
    assert picture(page).height() == page.height


def test_the_page_is_as_high_as_its_lines_once_all_of_it_is_laid_out() -> None:
    page = page_of(ARTICLE, *spans_on(ARTICLE, "نهر الصفا", "سالم الحداد"))
    page.settle(0, 1e6)
    top = page.first_top
    for i in range(page.count()):
        paragraph = page.paragraph(i)
        assert page.top_of(i) == top
        lines = len(paragraph.lines) * LOOK.blank if paragraph.blank else sum(map(page.line_height, paragraph.lines))
        top += lines + (0 if paragraph.blank else LOOK.after_paragraph)
    assert page.top_of(page.count()) == top
    assert page.height == top + page.margin


def test_heights_are_whole_pixels_at_every_size() -> None:
    for percent in (90, 110, 125, 150, 175):
        page = page_of(ARTICLE, look=LOOK.zoomed(percent))
        page.settle(0, 1e6)
        assert [placed.top % 1 for placed in page.lines_between(0, 1e6)] == [0] * len(lines_of(page))


def test_only_what_is_near_the_screen_is_laid_out() -> None:
    page = page_of(LONG)
    page.settle(0, 900)
    assert 3 < len(page._laid) < 20
    page.settle(page.height / 2, 900)
    assert len(page._laid) < 40


def test_the_estimated_height_is_near_the_real_one() -> None:
    page = page_of(LONG)
    guessed = page.height
    page.settle(0, 1e7)
    assert guessed == pytest.approx(page.height, rel=0.1)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_what_follows_a_paragraph_cut_by_the_edge_stays_where_it_was(share: float) -> None:
    page = page_of("\n".join(["قق سس " * 120] * 50))
    cut = page.number_at(page.height * share)
    wanted = page.top_of(cut) + 30
    distance = page.top_of(cut + 1) - wanted
    top = page.settle(wanted, 800)
    assert page.top_of(cut + 1) - top == distance
    assert top != wanted


def test_a_paragraph_that_was_let_go_is_as_high_when_it_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("widgets.canvas.page._KEPT", 5)
    page = page_of(LONG)
    page.settle(0, 1e7)
    height = page.height
    for i in (3, 200, 90, 7, 150, 11, 201, 4):
        page.paragraph(i)
    assert len(page._laid) == 5
    page.settle(0, 1e7)
    assert page.height == height


def test_a_first_mark_moves_nothing_and_a_nested_one_only_what_lies_below() -> None:
    page = page_of(ARTICLE)
    page.settle(0, 1e6)
    tops = [placed.top for placed in page.lines_between(0, 1e6)]
    (outer,) = spans_on(ARTICLE, "سالم الحداد")
    repaint = page.refresh(Change("d", (), (outer,)))
    assert not repaint.grown
    assert [placed.top for placed in page.lines_between(0, 1e6)] == tops
    at = page.placed(outer.start, False).top
    assert repaint.top == at
    assert repaint.bottom == at + page.line_height(page.placed(outer.start, False).line)
    repaint = page.refresh(Change("d", (), (span("inner", outer.start, outer.start + 4),)))
    assert repaint.grown
    after = [placed.top for placed in page.lines_between(0, 1e6)]
    assert [b - a for a, b in zip(tops, after, strict=True)] == [0 if top <= at else LOOK.lane for top in tops]


@settings(max_examples=30)
@given(st.data())
def test_an_article_that_was_changed_step_by_step_looks_like_one_opened_anew(choose: st.DataObject) -> None:
    place = st.tuples(st.integers(0, len(ARTICLE) - 30), st.integers(1, 29))
    made = {
        f"s{k}": span(f"s{k}", a, a + n, choose.draw(st.sampled_from(["ACTOR", "LOCATION"])))
        for k, (a, n) in enumerate(choose.draw(st.lists(place, max_size=6)))
    }
    page = page_of(ARTICLE, *made.values())
    page.settle(0, 1e6)
    picture(page)
    for number in range(choose.draw(st.integers(1, 4))):
        gone = choose.draw(st.lists(st.sampled_from(sorted(made)), unique=True)) if made else []
        new = [span(f"n{number}{k}", a, a + n) for k, (a, n) in enumerate(choose.draw(st.lists(place, max_size=3)))]
        page.refresh(Change("d", tuple(made.pop(id) for id in gone), tuple(new)))
        made.update((s.id, s) for s in new)
    fresh = page_of(ARTICLE, *made.values())
    fresh.settle(0, 1e6)
    assert page.height == fresh.height
    assert picture(page) == picture(fresh)


def test_a_step_touches_only_its_own_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key press may cost more in a long article than in a short one."""
    spans = [span(f"s{k}", k * 90, k * 90 + 12) for k in range(len(LONG) // 90)]
    page = page_of(LONG, *spans)
    page.settle(0, 1e7)
    for placed in page.lines_between(0, 1e7):
        page.marks(placed)
    counted: list[object] = []
    monkeypatch.setattr("widgets.canvas.page.lanes_needed", lambda line, found: counted.append(line) or line.lanes)
    page.refresh(Change("d", (), (span("new", 30_000, 30_010),)))
    assert 1 <= len(counted) <= 2
    unmarked = [placed.line for placed in page.lines_between(0, 1e7) if placed.line.marks is None]
    assert unmarked == counted


def test_a_step_far_from_the_screen_lays_out_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(LONG)
    page.settle(0, 900)
    laid = list(page._laid)
    repaint = page.refresh(Change("d", (), (span("far", len(LONG) - 20, len(LONG) - 9),)))
    assert list(page._laid) == laid
    assert repaint.bottom < repaint.top


def test_a_long_paragraph_finds_its_lines_without_counting_them() -> None:
    page = page_of("قتل 12 " * 5000, width=600)
    paragraph = page.paragraph(0)
    assert len(paragraph.lines) > 400
    for number, line in enumerate(paragraph.lines):
        assert paragraph.line_of(line.start, False) == number
        assert paragraph.line_of(line.end, True) == number
        placed = next(page.lines_between(page.first_top + paragraph.heights.top(number), 1e7))
        assert placed.number == number


def test_paragraphs_run_each_its_own_way_and_those_without_letters_as_the_page() -> None:
    page = page_of("قال المتحدث إن السفينة وصلت\nThe ship arrived at noon\n12 34\nUN قال 204")
    assert [page.paragraph(i).rtl for i in range(4)] == [True, False, True, True]
    assert page_of("The ship arrived\n12 34").paragraph(1).rtl is False


def test_3_a_page_that_starts_with_a_latin_word_or_a_digit_still_runs_to_the_left() -> None:
    """Complaint 3: direction from the first character only."""
    for text in ("UN-WFP قال إن السفينة وصلت إلى الميناء", "204 سفن وصلت", "«2014»: قال المتحدث"):
        page = page_of(text)
        assert page.rtl and page.paragraph(0).rtl


def test_13_windows_line_ends_shift_nothing() -> None:
    """Complaint 13: CRLF shifts offsets."""
    text = "قال المتحدث\r\n\r\nوصلت السفينة\r\nأمس\r"
    page = page_of(text)
    assert [text[a:b] for a, b in (page.bounds(i) for i in range(page.count()))] == [
        "قال المتحدث",
        "",
        "وصلت السفينة",
        "أمس",
        "",
    ]
    place = text.index("السفينة")
    assert page.placed(place, False).paragraph.start == text.index("وصلت")
    box = next(box for box in page.paragraph(2).boxes(page.paragraph(2).lines[0]) if box.start == place)
    assert shape(page, Caret(place)).x == box.right


def test_14_an_emoji_before_a_word_shifts_nothing() -> None:
    """Complaint 14: UTF-16 for code points."""
    plain, astral = "قال 👍 وصلت السفينة".replace("👍", "x"), "قال 👍 وصلت السفينة"
    place = astral.index("السفينة")
    for text in (plain, astral):
        page = page_of(text)
        paragraph = page.paragraph(0)
        boxes = [box for box in paragraph.boxes(paragraph.lines[0]) if box.start >= place]
        assert "".join(text[box.start : box.end] for box in boxes) == "السفينة"
    last = [box.right - box.left for box in boxes]
    page = page_of(plain)
    paragraph = page.paragraph(0)
    assert [b.right - b.left for b in paragraph.boxes(paragraph.lines[0]) if b.start >= place] == pytest.approx(last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \t ",
        "\n\n\n",
        "ل" * 5000,
        "a" * 5000,
        "م" + "\u064e" * 200 + "ن",
        "قبل\0بعد",
        "سطر\u2028سطر\u2028",
        "\u2028",
        "\ue000\uf8ff\U000f0000",
        "\u2067\u2067قال\u202e UN",
        "\u2069\u202c\u202c",
        "\ufeffقال",
        "\ufffeقال",
        "a\x0bb\x0cc\x1bd\x7f",
        "\u3164\u115f\u00ad",
        "ﷺ" * 300,
        "👩‍👩‍👧‍👦" * 100,
        "\u0600١٢",
    ],
)
def test_bad_text_is_painted_and_its_places_are_right(text: str) -> None:
    page = page_of(text, *([span("s", 0, len(text))] if text else []), width=500)
    page.settle(0, 1e6)
    picture(page, Hand(0, len(text), "s", shape(page, Caret(0))))
    shown = [(placed.line.start, placed.line.end) for placed in page.lines_between(0, 1e6)]
    assert shown[0][0] == 0
    assert shown[-1][1] == len(text)
    for placed in page.lines_between(0, 1e6):
        for box in placed.paragraph.boxes(placed.line):
            caret = shape(page, Caret(box.start))
            assert caret.x == pytest.approx(box.right if box.rtl else box.left, abs=0.01)


def test_8_characters_that_are_not_seen_do_not_end_the_line() -> None:
    """Complaint 8: zero-width characters end the rendering."""
    for hidden in ("\u200b", "\ufeff", "\u200e", "\u2060", "\0", "\x1b"):
        page = page_of(f"قال{hidden} المتحدث{hidden} أمس")
        plain = page_of("قال المتحدث أمس")
        shown = page.paragraph(0).lines[0].drawn.naturalTextWidth()
        assert shown >= plain.paragraph(0).lines[0].drawn.naturalTextWidth() - 1


def test_a_title_stands_above_the_text_and_is_no_part_of_it() -> None:
    page = page_of(ARTICLE, title="اشتباكات عند النهر")
    assert page.first_top > page.margin + 30
    assert page.placed(0, False).top == page.first_top
    assert page.paragraph(0).size == page.paragraph(2).size  # the first line is no headline then
    untitled = page_of(ARTICLE)
    assert untitled.paragraph(0).size > untitled.paragraph(2).size


def test_signs_above_and_below_have_room_of_their_own() -> None:
    page = page_of("قال جيش\nعَاجٍ خٍ جِجِجٍ\nۖۗۘۙقل", title="عنوان")
    plain, deep, high = (page.paragraph(i).lines[0] for i in range(3))
    assert deep.below > plain.below
    assert high.rise > plain.rise
    assert page.line_height(deep) > page.line_height(plain)


def test_two_hundred_signs_on_one_letter_stay_in_their_line() -> None:
    page = page_of("قال\nم" + "\u064e" * 200 + "\nبعد", look=LOOK)
    page.settle(0, 1e6)
    first = page.placed(0, False)
    image = picture(page)
    bare = picture(page_of("قال\nم\nبعد"))
    height = round(page.line_bottom(first))
    assert image.copy(0, 0, image.width(), height) == bare.copy(0, 0, image.width(), height)


def walk(page: ArticlePage, spans: list[Span], forwards: bool) -> list[str]:
    found, focus = [], ""
    at = 0 if forwards else len(page.text)
    while (step := page.ordered_span(at, focus, forwards)) is not None:
        found.append(step.id)
        focus = step.id
    return found


def test_tab_walks_spans_in_reading_order_from_the_caret() -> None:
    spans = [span("b", 10, 30), span("a", 10, 40), span("c", 12, 14), span("d", 60, 61), span("e", 0, 5)]
    page = page_of(ARTICLE, *spans)
    assert walk(page, spans, True) == ["e", "a", "b", "c", "d"]
    assert walk(page, spans, False) == ["d", "c", "b", "a", "e"]
    assert page.ordered_span(11, "", True).id == "c"  # type: ignore[union-attr]
    assert page.ordered_span(11, "", False).id == "b"  # type: ignore[union-attr]
