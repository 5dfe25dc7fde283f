from __future__ import annotations

import pytest

from tests.widgets.canvas.made import ARTICLE, LOOK, page_of, span, spans_on
from widgets.canvas.hit import hit, nearest
from widgets.canvas.page import ArticlePage, Placed

pytestmark = pytest.mark.usefixtures("qapp")

LINES = [
    "قال «داعش» في 2014، إن 48 (25%) منهم",
    "سفينة UN-WFP 204 محملة بـ1.2 طن",
    "He said «قال 204» at 10:30",
    "مُحَمَّدٌ رَسُولُ المشتركة نحو",
    "a😀b سلام 👩‍🚀 12",
    "\u200fقال\u200e UN\u0602 12\tنعم",
    "لا لله ﷲ",
]


def line_of(page: ArticlePage, text_offset: int = 0) -> Placed:
    return page.placed(text_offset, False)


@pytest.mark.parametrize("text", LINES)
def test_every_letter_is_hit_on_either_half(text: str) -> None:
    page = page_of(text)
    placed = line_of(page)
    for box in placed.paragraph.boxes(placed.line):
        if box.right > box.left:
            quarter = (box.right - box.left) / 4
            first, second = (box.right - quarter, box.left + quarter)[:: 1 if box.rtl else -1]
            assert nearest(placed, first)[:3] == (box.start, False, box.start)
            assert nearest(placed, second)[:3] == (box.end, True, box.start)


def test_beside_the_line_its_ends_are_hit_and_no_letter() -> None:
    page = page_of("قال المتحدث\nThe end")
    for text, placed in (("قال المتحدث", line_of(page)), ("The end", line_of(page, 12))):
        start = placed.line.start
        ends = [nearest(placed, -50), nearest(placed, page.measure + 50)]
        assert {found.offset for found in ends} == {start, start + len(text)}
        assert not any(found.on_text for found in ends)
        assert ends[0].offset == (start + len(text) if placed.line.rtl else start)


def test_heights_between_and_around_lines_belong_to_the_nearest() -> None:
    page = page_of(ARTICLE, title="عنوان")
    page.settle(0, 1e6)
    assert hit(page, 200, -100).offset <= page.paragraph(0).end
    assert hit(page, page.width, page.height + 500).offset >= page.bounds(page.count() - 1)[0]
    for placed in page.lines_between(0, 1e6):
        for y in (placed.top, page.line_bottom(placed) - 1):
            assert placed.line.start <= hit(page, page.width / 2, y).offset <= placed.line.end


def test_the_shortest_span_is_hit_on_letters_and_each_by_its_tag_and_underline() -> None:
    text = "وصلت قوات الحماية المدنية أمس"
    page = page_of(text, *spans_on(text, "قوات الحماية المدنية", "الحماية"))
    placed = line_of(page)
    letters = sum(page.letters(placed)) / 2
    boxes = {box.start: box for box in placed.paragraph.boxes(placed.line)}

    def at(offset: int, y: float) -> tuple[str, bool]:
        box = boxes[offset]
        found = hit(page, (box.left + box.right) / 2 + page.margin, y)
        return found.span, found.tag

    inner, outer = text.index("الحماية"), text.index("المدنية")
    assert at(inner + 2, letters) == ("الحماية", False)
    assert at(outer + 2, letters) == ("قوات الحماية المدنية", False)
    assert at(0, letters) == ("", False)
    assert at(inner + 2, page.lane_top(placed, 0) + 1) == ("الحماية", True)
    assert at(inner + 2, page.lane_top(placed, 1) + 1) == ("قوات الحماية المدنية", True)
    for mark in page.marks(placed).spans:
        assert mark.tag
        middle = (mark.tag.left + mark.tag.right) / 2 + page.margin
        found = hit(page, middle, page.lane_top(placed, mark.lane) + LOOK.lane / 2)
        assert (found.span, found.tag) == (mark.span, True)


def test_a_point_between_two_tags_is_text() -> None:
    text = "وصلت قوات الحماية المدنية أمس"
    page = page_of(text, span("s", 5, 25))
    placed = line_of(page)
    (mark,) = page.marks(placed).spans
    assert mark.tag
    beside = hit(page, mark.tag.left - 12 + page.margin, page.lane_top(placed, 0) + LOOK.lane / 2)
    assert not beside.tag and beside.on_text
