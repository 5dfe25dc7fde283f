from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage, QPainter

from app.model.annotation import Span
from tests.widgets.canvas.made import ARTICLE, LOOK, PLACED_GLYPHS, SCHEMA, page_of, span, spans_on
from widgets.canvas.caret import Caret, shape
from widgets.canvas.look import Look
from widgets.canvas.page import ArticlePage, Placed
from widgets.canvas.painter import AIR, Hand, paint_page

pytestmark = pytest.mark.usefixtures("qapp")

# Page, grounds and underlines are all full of red, letters have none: in the red of a picture only letters are seen.
SEEN_IN_RED = replace(LOOK, page="#FFFFFF", text="#000000", labels={"ACTOR": ("فاعل", "#FF0000", "#FFC0A0")})
NO_HAND = Hand()
SENTENCE = "قال «المتحدث» إن الـ12 (25%) من UN-WFP وصلوا؟ لا، بل 2002 ثُمَّ"


def picture(page: ArticlePage, hand: Hand = NO_HAND) -> QImage:
    width = -(-round(page.width) // 4) * 4  # so that rows of three bytes a pixel follow each other without a gap
    image = QImage(width, round(page.height), QImage.Format.Format_RGB32)
    image.fill(QColor(page.look.page))
    painter = QPainter(image)
    paint_page(painter, page, 0, page.height, hand)
    painter.end()
    return image


def red_of(image: QImage) -> bytes:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    return bytes(image.constBits())[0::3]


def bounds_of(text: str) -> list[int]:
    return [0, *(found.end() for found in regex.finditer(r"\X", text))]


def sub_ranges(text: str, word: str) -> list[tuple[int, int]]:
    """Every stretch of letters of the first `word` in `text`."""
    start = text.index(word)
    return list(combinations([start + bound for bound in bounds_of(word)], 2))


def only_line(page: ArticlePage) -> Placed:
    return next(page.lines_between(0, 1e6))


def underlined(page: ArticlePage, image: QImage) -> list[tuple[int, int]]:
    """The stretches (first and last column) of the line under the letters, from left to right."""
    row = round(page.lane_top(only_line(page), 0)) + 1
    # Where a letter reaches into the line it is dark there.
    columns = [x for x in range(image.width()) if image.pixelColor(x, row).blue() < 100]
    found: list[tuple[int, int]] = []
    for x in columns:
        if found and x == found[-1][1] + 1:
            found[-1] = (found[-1][0], x)
        else:
            found.append((x, x))
    return found


def glyph_edges(page: ArticlePage, start: int, end: int) -> list[tuple[float, float]]:
    """Where Qt says that the glyphs of `[start, end)` are: one piece for each run of one direction."""
    placed = only_line(page)
    index = placed.paragraph.index
    place = index.to_utf16(start)
    pieces: list[tuple[float, float]] = []
    for run in placed.line.drawn.glyphRuns(place, index.to_utf16(end) - place, PLACED_GLYPHS):
        advances = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())
        sides = [(p.x(), p.x() + a.x()) for p, a in zip(run.positions(), advances, strict=True) if a.x()]
        pieces.append((min(left for left, _ in sides) + page.margin, max(right for _, right in sides) + page.margin))
    joined: list[tuple[float, float]] = []
    for left, right in sorted(pieces):
        if joined and left - joined[-1][1] < 1:
            joined[-1] = (joined[-1][0], right)
        else:
            joined.append((left, right))
    return joined


@pytest.mark.parametrize("family", ["Amiri", "Noto Sans Arabic UI"])
@pytest.mark.parametrize("word", ["سلام", "لله", "السلام", "بلادنا", "للمُسلَّم", "ﷲ"])
def test_1_11_a_mark_anywhere_in_a_word_leaves_every_letter_as_it_was(word: str, family: str) -> None:
    """Complaints 1 and 11: words change their order once labelled, letters come apart at a highlight's edge."""
    look = replace(SEEN_IN_RED, families=(family, "Noto Sans"))
    text = f"في {word} في"
    bare = picture(page_of(text, look=look, width=300))
    for start, end in sub_ranges(text, word):
        marked = picture(page_of(text, span("s", start, end), look=look, width=300))
        assert marked != bare
        assert red_of(marked) == red_of(bare), text[start:end]


@pytest.mark.parametrize("word", regex.split(r"\s+", SENTENCE))
def test_a_mark_lies_where_its_letters_are(word: str) -> None:
    bare = picture(page_of(SENTENCE, look=SEEN_IN_RED))
    for start, end in sub_ranges(SENTENCE, word):
        page = page_of(SENTENCE, span("s", start, end), look=SEEN_IN_RED)
        image = picture(page)
        assert red_of(image) == red_of(bare)
        found, expected = underlined(page, image), glyph_edges(page, start, end)
        assert len(found) == len(expected), SENTENCE[start:end]
        for (first, last), (left, right) in zip(found, expected, strict=True):
            assert first == pytest.approx(left, abs=1.5), SENTENCE[start:end]
            assert last + 1 == pytest.approx(right, abs=1.5), SENTENCE[start:end]


@settings(max_examples=40)
@given(st.data())
def test_any_marks_leave_every_letter_as_it_was(choose: st.DataObject) -> None:
    bounds = bounds_of(ARTICLE)
    cut = st.integers(0, len(bounds) - 1)
    text_bounds = [tuple(sorted((choose.draw(cut), choose.draw(cut)))) for _ in range(choose.draw(st.integers(1, 3)))]
    apart, reached = [], 0
    for first, last in sorted(text_bounds):
        if reached <= first < last:
            apart.append(span(f"s{first}", bounds[first], bounds[last]))
            reached = last
    page = page_of(ARTICLE, *apart, look=SEEN_IN_RED)
    page.settle(0, 1e6)
    bare = page_of(ARTICLE, look=SEEN_IN_RED)
    bare.settle(0, 1e6)
    assert red_of(picture(page)) == red_of(picture(bare))


def test_2_digits_keep_their_order_marked_or_not() -> None:
    """Complaint 2: `1 2 3 4 5 6` renders as `6 (4 5) 1 2 3`."""
    text = "الأرقام 1 2 3 4 5 6 هنا"
    start = text.index("4")
    page = page_of(text, span("s", start, start + 3), look=SEEN_IN_RED)
    assert red_of(picture(page)) == red_of(picture(page_of(text, look=SEEN_IN_RED)))
    boxes = only_line(page).paragraph.boxes(only_line(page).line)
    digits = sorted((box for box in boxes if text[box.start].isdigit()), key=lambda box: -box.left)
    assert [text[box.start] for box in digits] == list("123456")
    assert underlined(page, picture(page)) == [
        pytest.approx((digits[4].left + page.margin + AIR, digits[3].right + page.margin - AIR - 1), abs=1)
    ]


def test_4_the_whole_span_is_marked_and_not_only_its_last_letter() -> None:
    """Complaint 4: only the last character is marked."""
    text = "وصلت قوات الحماية المدنية أمس"
    (mark,) = spans_on(text, "قوات الحماية المدنية")
    page = page_of(text, mark)
    boxes = only_line(page).paragraph.boxes(only_line(page).line)
    ((left, right),) = page.marks(only_line(page)).spans[0].pieces
    assert (left, right) == (boxes[mark.end - 1].left, boxes[mark.start].right)


@pytest.mark.parametrize(
    "surface", ["2002", "02", "20", "UN-WFP 204", "204", "«أنباء الساحل»", "»", "الساحل» في", "WFP 204 في", "(25%)"]
)
def test_7_numbers_latin_words_and_quotes_are_marked_where_they_stand(surface: str) -> None:
    """Complaint 7: highlights that cover other text, exchanged halves of a year, only the quotation mark lit."""
    text = "قال «أنباء الساحل» في 2002 إن UN-WFP 204 في (25%)"
    (mark,) = spans_on(text, surface)
    page = page_of(text, mark, look=SEEN_IN_RED)
    found = underlined(page, picture(page))
    expected = glyph_edges(page, mark.start, mark.end)
    assert [(first, last + 1) for first, last in found] == [pytest.approx(piece, abs=1.5) for piece in expected]


def test_10_a_long_span_wraps_as_its_text_does() -> None:
    """Complaint 10: a long span stops wrapping."""
    whole = page_of(ARTICLE, span("all", 0, len(ARTICLE)))
    whole.settle(0, 1e6)
    bare = page_of(ARTICLE)
    bare.settle(0, 1e6)
    lines = list(whole.lines_between(0, 1e6))
    assert [p.line.start for p in lines] == [p.line.start for p in bare.lines_between(0, 1e6)]
    for placed in lines:
        marks = whole.marks(placed).spans
        assert placed.paragraph.blank or len(marks) == 1
        for left, right in (piece for mark in marks for piece in mark.pieces):
            assert -1 <= left < right <= whole.measure + 1


def test_15_the_second_occurrence_of_a_word_is_marked_at_the_second() -> None:
    """Complaint 15: search by text instead of offset."""
    text = "بغداد ثم بغداد ثم بغداد"
    second = text.index("بغداد", 3)
    page = page_of(text, span("s", second, second + 5), look=SEEN_IN_RED)
    assert len(underlined(page, picture(page))) == 1
    ((left, right),) = glyph_edges(page, second, second + 5)
    assert underlined(page, picture(page)) == [pytest.approx((left, right - 1), abs=1.5)]


def test_18_signs_on_letters_shift_no_mark() -> None:
    """Complaint 18: offsets wrong with tashkeel."""
    text = "قَالَ المُتَحَدِّثُ إِنَّ السَّفِينَةَ وَصَلَتْ"
    (mark,) = spans_on(text, "السَّفِينَةَ")
    page = page_of(text, mark, look=SEEN_IN_RED)
    ((left, right),) = glyph_edges(page, mark.start, mark.end)
    assert underlined(page, picture(page)) == [pytest.approx((left, right - 1), abs=1.5)]


def crowded(text: str) -> list[Span]:
    """Nested, crossing and identical spans, and words side by side."""
    labels = [label.id for label in SCHEMA.labels]
    words = [found.span() for found in regex.finditer(r"\w+", text)]
    near = [span(f"w{k}", a, b, labels[k % 4]) for k, (a, b) in enumerate(words)]
    wide = [span(f"x{k}", words[k][0], words[k + 3][1], labels[k % 4]) for k in range(0, len(words) - 3, 3)]
    same = [s._replace(id="again" + s.id, label="QUOTE") for s in wide[::2]]
    return [*near, *wide, *same]


LOOKS: list[tuple[Look, float]] = [
    (LOOK, 762),
    (LOOK.zoomed(150), 1143),
    (LOOK.with_schema(SCHEMA, "en"), 762),
    (LOOK.with_schema(SCHEMA, "en"), 380),
    (LOOK.zoomed(150).with_schema(SCHEMA, "en"), 380),
]


@pytest.mark.parametrize(("look", "width"), LOOKS)
def test_17_tags_stand_on_the_reading_side_within_the_page_and_apart(look: Look, width: float) -> None:
    """Complaint 17: tag on the wrong side or cut off."""
    page = page_of(ARTICLE, *crowded(ARTICLE), look=look, width=width)
    page.settle(0, 1e6)
    named = 0
    for placed in page.lines_between(0, 1e6):
        lanes: dict[int, list[tuple[float, float]]] = {}
        for mark in page.marks(placed).spans:
            if mark.tag is None:
                assert not mark.first
                continue
            left, right, text = mark.tag
            named += bool(text)
            assert -page.margin < left and right < page.measure + page.margin
            assert not text or right - left == pytest.approx(look.tag_metrics.horizontalAdvance(text))
            start = max(r for _, r in mark.pieces) if placed.line.rtl else min(le for le, _ in mark.pieces)
            assert (right if placed.line.rtl else left) == start
            lanes.setdefault(mark.lane, []).append((left, right))
        for tags in lanes.values():
            tags.sort()
            assert all(b[0] - a[1] >= look.zoom for a, b in pairwise(tags) if a[0] < a[1])
    assert named > 40


def test_tags_keep_clear_of_letters_also_where_these_reach_far_down() -> None:
    text = "خَرَجَ جَيْشٍ عَاجٍ جٍ عٍ ـيٍ قال"
    look = replace(SEEN_IN_RED, labels={"ACTOR": ("فاعل", "#FFFFFF", "#FFFFFF")})
    page = page_of(text, *spans_on(text, "جَيْشٍ", "عَاجٍ", "جٍ عٍ ـيٍ"), look=look)
    assert picture(page) == picture(page_of(text, look=look))


def test_spans_on_the_very_same_words_are_both_seen() -> None:
    text = "وصلت قوات الحماية المدنية أمس"
    a, b = (
        s._replace(id=label, label=label) for s, label in zip(spans_on(text, "قوات الحماية") * 2, "AL", strict=True)
    )
    look = replace(LOOK, labels={"A": ("فاعل", "#0000FF", "#C0C0FF"), "L": ("موقع", "#008000", "#C0FFC0")})
    page = page_of(text, a, b, look=look)
    image = picture(page)
    column = round(page.margin + page.marks(only_line(page)).spans[0].pieces[0][0] + 6)
    colours = {image.pixelColor(column, y).name().upper() for y in range(image.height())}
    assert {"#0000FF", "#C0C0FF", "#008000", "#C0FFC0"} <= colours
    assert [mark.tag.text for mark in page.marks(only_line(page)).spans if mark.tag] == ["موقع", "فاعل"]


def test_the_focused_span_is_outlined_and_nothing_else() -> None:
    text = "وصلت قوات الحماية المدنية أمس"
    page = page_of(text, *spans_on(text, "قوات", "المدنية"))
    plain, focused = picture(page), picture(page, Hand(focus="قوات"))
    other = page.marks(only_line(page)).spans[1]
    marks = {mark.span: mark for mark in page.marks(only_line(page)).spans}
    changed = {
        x for x in range(plain.width()) for y in range(plain.height()) if plain.pixel(x, y) != focused.pixel(x, y)
    }
    (left, right), tag = marks["قوات"].pieces[0], marks["قوات"].tag
    assert tag and other
    assert min(changed) >= min(left, tag.left) + page.margin - 8
    assert max(changed) <= max(right, tag.right) + page.margin + 8


def test_a_selection_is_painted_where_its_letters_are_in_as_many_pieces_as_they_have() -> None:
    text = "قال UN-WFP 204 في"
    start, end = text.index("ل"), text.index("F")
    page = page_of(text, look=SEEN_IN_RED)
    plain, selected = picture(page), picture(page, Hand(start, end))
    top = round(page.letters(only_line(page))[0]) + 2
    columns = [x for x in range(plain.width()) if plain.pixel(x, top) != selected.pixel(x, top)]
    pieces = glyph_edges(page, start, end)
    assert len(pieces) == 2
    expected = [x for left, right in pieces for x in range(round(left), round(right))]
    assert len(set(columns) ^ set(expected)) <= 4


def test_a_caret_flies_its_flag_towards_the_way_of_writing() -> None:
    text = "قال UN في"
    page = page_of(text)
    arabic, latin = shape(page, Caret(1)), shape(page, Caret(text.index("N")))
    assert arabic.rtl and not latin.rtl
    image = picture(page, Hand(caret=latin))
    row, x = round(latin.top), round(latin.x + page.margin)
    accent = QColor(LOOK.accent)
    assert image.pixelColor(x + 3, row) == accent != image.pixelColor(x - 3, row)


def test_letters_drawn_as_shapes_lie_where_the_others_do() -> None:
    spans = spans_on(ARTICLE, "نهر الصفا", "UN-WFP")
    drawn = picture(page_of(ARTICLE, *spans))
    shapes = picture(page_of(ARTICLE, *spans, look=replace(LOOK, outlines=True)))
    dark = [
        {(x, y) for x in range(i.width()) for y in range(i.height()) if i.pixelColor(x, y).lightness() < 60}
        for i in (drawn.scaledToWidth(200), shapes.scaledToWidth(200))
    ]
    assert drawn.size() == shapes.size()
    assert len(dark[0] ^ dark[1]) <= 0.5 * max(len(dark[0]), 20)
