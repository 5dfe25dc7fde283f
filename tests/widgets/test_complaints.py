"""What users of other tools report on right-to-left text, one test each, by hand in the window and up to the file."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.widgets.canvas.made import ARTICLE
from tests.widgets.hands import drag, marks, training_lines
from widgets.canvas.boxes import Box
from widgets.canvas.page import Placed
from widgets.panels.text_block import TextBlock
from widgets.workbench import Workbench

Read = Callable[..., Workbench]
Key, Held = Qt.Key, Qt.KeyboardModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def read(open_bench: Callable[..., Workbench], tmp_path: Path) -> Read:
    """Opens the window on an article whose text is given."""

    def read_one(text: str, **wishes: object) -> Workbench:
        file = tmp_path / "article.txt"
        file.write_bytes(text.encode())
        bench = open_bench(file, **wishes)
        bench.bridge.session.set_annotator("A1")
        session = bench.bridge.session  # the page is left to what the hand marks
        session.set_suggest_settings(session.suggest_settings._replace(on=False))
        bench.window.suggestions.hide()
        QApplication.processEvents()
        bench.window.canvas.setFocus()
        return bench

    return read_one


def placed(bench: Workbench, offset: int) -> Placed:
    page = bench.window.canvas.page
    assert page
    return page.placed(offset, False)


def box(bench: Workbench, offset: int) -> Box:
    line = placed(bench, offset)
    return next(box for box in line.paragraph.boxes(line.line) if box.start <= offset < box.end)


def edge(bench: Workbench, offset: int, end: bool) -> QPoint:
    """The point just inside the letter at `offset`, where it begins or ends."""
    canvas, found = bench.window.canvas, box(bench, offset)
    page = canvas.page
    assert page
    top, bottom = page.letters(placed(bench, offset))
    x = found.left + 1 if found.rtl == end else found.right - 1
    area = QRectF(x + page.margin, (top + bottom) / 2, 0, 0)
    return canvas.viewport().mapFromGlobal(canvas.on_screen(area).topLeft())


def drag_over(qtbot: QtBot, bench: Workbench, start: int, end: int) -> str:
    """Drag the mouse from the start of one letter to the end of another; returns what is selected then."""
    canvas = bench.window.canvas
    over, first, last = canvas.viewport(), edge(bench, start, False), edge(bench, end - 1, True)
    qtbot.mousePress(over, LEFT, pos=first)
    drag(over, (first + last) / 2)
    drag(over, last)
    qtbot.mouseRelease(over, LEFT, pos=last)
    return canvas.text[slice(*canvas.selection())]


def double_click(qtbot: QtBot, bench: Workbench, offset: int) -> str:
    """Double-click on the letter at `offset`; returns what is selected then."""
    canvas = bench.window.canvas
    at = (edge(bench, offset, False) + edge(bench, offset, True)) / 2
    qtbot.mouseClick(canvas.viewport(), LEFT, pos=at)
    qtbot.mouseDClick(canvas.viewport(), LEFT, pos=at)
    return canvas.text[slice(*canvas.selection())]


def extend(qtbot: QtBot, bench: Workbench, start: int, end: int) -> str:
    """Select by the keyboard: to `start` from the article's, then letter by letter up to `end`."""
    canvas = bench.window.canvas
    qtbot.keyClick(canvas, Key.Key_Home, Held.ControlModifier)
    _walk(qtbot, bench, start, Held.NoModifier)
    _walk(qtbot, bench, end, Held.ShiftModifier)
    return canvas.text[slice(*canvas.selection())]


def _walk(qtbot: QtBot, bench: Workbench, to: int, held: Qt.KeyboardModifier) -> None:
    canvas = bench.window.canvas
    for _ in range(len(canvas.text)):
        if canvas.caret.offset == to:
            return
        qtbot.keyClick(canvas, Key.Key_Left, held)
    raise AssertionError(f"the caret never came to {to}")


def label(qtbot: QtBot, bench: Workbench) -> list[str]:
    """Label what is selected and save; returns what the training file says was marked."""
    qtbot.keyClick(bench.window.canvas, Key.Key_2)
    with qtbot.waitSignal(bench.publisher.published):
        qtbot.keyClick(bench.window.canvas, Key.Key_S, Held.ControlModifier)
    (line,) = training_lines(bench.bridge.session.path)
    spans: Any = line["spans"]
    for span in spans:
        assert str(line["text"])[span["start"] : span["end"]] == span["text"]
    return [span["text"] for span in spans]


def glyphs(bench: Workbench) -> list[tuple[list[int], list[tuple[float, float]]]]:
    """Every glyph on the page with its place."""
    page = bench.window.canvas.page
    assert page
    runs = [run for line in page.lines_between(0, 1e6) for run in line.line.drawn.glyphRuns()]
    return [(run.glyphIndexes(), [point.toTuple() for point in run.positions()]) for run in runs]


def underlined(bench: Workbench, offset: int) -> list[tuple[float, float]]:
    """The pieces of the first mark on the line of `offset`, from left to right."""
    page = bench.window.canvas.page
    assert page
    (mark,) = page.marks(placed(bench, offset)).spans
    return list(mark.pieces)


def letters(bench: Workbench, start: int, end: int) -> list[tuple[float, float]]:
    """Where the letters of `[start, end)` of one line are, joined where they touch."""
    sides = sorted((box(bench, k).left, box(bench, k).right) for k in range(start, end))
    joined: list[tuple[float, float]] = []
    for left, right in (side for side in sides if side[0] < side[1]):
        if joined and left - joined[-1][1] < 0.5:
            joined[-1] = joined[-1][0], max(right, joined[-1][1])
        else:
            joined.append((left, right))
    return joined


def test_1_words_keep_their_order_once_labelled(qtbot: QtBot, read: Read) -> None:
    bench = read(ARTICLE)
    before, picture = glyphs(bench), bench.window.canvas.viewport().grab().toImage()
    for words in ("سالم الحداد", "UN-WFP 204", "«أنباء الساحل»", "30 آخرون", "20-30 trucks"):
        start = ARTICLE.index(words)
        assert drag_over(qtbot, bench, start, start + len(words)) == words
        label(qtbot, bench)
        assert glyphs(bench) == before
    for _ in range(5):
        qtbot.keyClick(bench.window.canvas, Key.Key_Z, Held.ControlModifier)
    qtbot.keyClick(bench.window.canvas, Key.Key_Home, Held.ControlModifier)
    assert marks(bench) == []
    assert bench.window.canvas.viewport().grab().toImage() == picture


def test_2_numbers_in_a_row_are_read_from_the_right(qtbot: QtBot, read: Read) -> None:
    text = "الأرقام 1 2 3 4 5 6 هنا"
    bench = read(text)
    start = text.index("4 5")
    assert drag_over(qtbot, bench, start, start + 3) == "4 5"
    assert label(qtbot, bench) == ["4 5"]
    places = [box(bench, text.index(digit)).left for digit in "123456"]
    assert places == sorted(places, reverse=True)
    assert underlined(bench, start) == [pytest.approx(piece, abs=0.6) for piece in letters(bench, start, start + 3)]


@pytest.mark.parametrize("text", ["UN-WFP قال إن السفينة وصلت", "204 سفن وصلت إلى الميناء", "«2014»: قال المتحدث"])
def test_3_an_article_that_begins_with_latin_or_a_digit_runs_from_the_right(read: Read, text: str) -> None:
    bench = read(text)
    page = bench.window.canvas.page
    assert page and page.rtl
    boxes = placed(bench, 0).paragraph.boxes(placed(bench, 0).line)
    assert max(b.right for b in boxes) == pytest.approx(page.measure, abs=12)
    assert boxes[0].left >= max(b.right for b in boxes if b.start >= text.index(" "))


def test_4_the_whole_selection_is_marked(qtbot: QtBot, read: Read) -> None:
    text = "وصلت قوات الحماية المدنية أمس"
    bench = read(text)
    start, end = text.index("قوات"), text.index(" أمس")
    assert extend(qtbot, bench, start, end) == text[start:end]
    assert label(qtbot, bench) == [text[start:end]]
    assert underlined(bench, start) == [(box(bench, end - 1).left, box(bench, start).right)]


def test_5_a_selection_of_several_words_moves_nothing(qtbot: QtBot, read: Read) -> None:
    text = "\n\n".join([ARTICLE] * 4)
    bench = read(text, size=(1200, 500))
    bar = bench.window.canvas.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    at, words = bar.value(), "سالم الحداد"
    starts = [k for k in range(len(text)) if text.startswith(words, k)]
    height = bench.window.canvas.viewport().height()
    start = next(k for k in starts if 40 < edge(bench, k, False).y() < height - 60)
    assert drag_over(qtbot, bench, start, start + len(words)) == words
    assert bench.window.canvas.selection() == (start, start + len(words))
    label(qtbot, bench)
    assert (bar.value(), marks(bench)[0][:2]) == (at, (start, start + len(words)))


@pytest.mark.parametrize("words", ["ضحايا؟", "ضحايا", "؟", "؟ لا"])
def test_6_a_selection_beside_a_question_mark_is_what_was_dragged_over(qtbot: QtBot, read: Read, words: str) -> None:
    text = "قال: هل من ضحايا؟ لا أحد يعلم."
    bench = read(text)
    start = text.index(words)
    assert drag_over(qtbot, bench, start, start + len(words)) == words
    assert label(qtbot, bench) == [words]


@pytest.mark.parametrize(
    "words", ["2002", "02", "20", "UN-WFP 204", "204", "«أنباء الساحل»", "»", "الساحل» في", "WFP 204 في", "(25%)"]
)
def test_7_latin_numbers_and_quotes_are_marked_where_they_stand(qtbot: QtBot, read: Read, words: str) -> None:
    text = "قال «أنباء الساحل» في 2002 إن UN-WFP 204 في (25%) منهم"
    bench = read(text)
    start = text.index(words)
    assert drag_over(qtbot, bench, start, start + len(words)) == words
    assert label(qtbot, bench) == [words]
    found = letters(bench, start, start + len(words))
    assert underlined(bench, start) == [pytest.approx(piece, abs=0.6) for piece in found]
    assert len(found) == (2 if words == "WFP 204 في" else 1)


def test_8_what_follows_a_zero_width_character_is_shown_and_marked(qtbot: QtBot, read: Read) -> None:
    text = "قال\u200b المتح\u200cدث\ufeff إن\u200f UN\u200e في\u2060 تل الريحان\u200b أمس"
    bench = read(text)
    assert box(bench, len(text) - 1).right - box(bench, len(text) - 1).left > 2
    for words in ("تل الريحان", "المتح\u200cدث"):
        start = text.index(words)
        assert drag_over(qtbot, bench, start, start + len(words)) == words
        assert words in label(qtbot, bench)


def dark_columns(image: QImage) -> list[bool]:
    """Where there are dark letters, from left to right."""
    return [any(image.pixelColor(x, y).lightness() < 90 for y in range(image.height())) for x in range(image.width())]


def set_by_itself(block: TextBlock, direction: Qt.LayoutDirection) -> QImage:
    """The words of a block on one line in the given direction."""
    image = QImage(block.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    layout, option = QTextLayout(block.text(), block.font()), QTextOption()
    option.setTextDirection(direction)
    option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    layout.setTextOption(option)
    layout.beginLayout()
    layout.createLine().setLineWidth(image.width())
    layout.endLayout()
    painter = QPainter(image)
    layout.draw(painter, QPoint(0, 0))
    painter.end()
    return image


def test_9_other_views_of_the_text_run_from_the_right_in_an_english_window(qtbot: QtBot, read: Read) -> None:
    words = "UN قال (12) لا!"
    bench = read(f"وصلت السفينة أمس ثم {words}")
    start = bench.window.canvas.text.index(words)
    drag_over(qtbot, bench, start, start + len(words))
    label(qtbot, bench)
    bench.window.inspector.catch_up()
    QApplication.processEvents()
    (block,) = [block for block in bench.window.inspector.card.findChildren(TextBlock) if block.text() == words]
    seen = dark_columns(block.grab().toImage())
    alike = {
        direction: sum(a == b for a, b in zip(seen, dark_columns(set_by_itself(block, direction)), strict=True))
        for direction in Qt.LayoutDirection
        if direction != Qt.LayoutDirection.LayoutDirectionAuto
    }
    assert alike[Qt.LayoutDirection.RightToLeft] > len(seen) - 6
    assert alike[Qt.LayoutDirection.LeftToRight] < len(seen) - 20


def test_10_a_long_span_wraps_as_its_text_did(qtbot: QtBot, read: Read) -> None:
    bench = read(ARTICLE, size=(1200, 900))
    before = glyphs(bench)
    qtbot.keyClick(bench.window.canvas, Key.Key_A, Held.ControlModifier)
    assert label(qtbot, bench) == [ARTICLE]
    assert glyphs(bench) == before
    page = bench.window.canvas.page
    assert page
    for line in page.lines_between(0, 1e6):
        pieces = [piece for mark in page.marks(line).spans for piece in mark.pieces]
        assert line.paragraph.blank or pieces
        assert all(-1 <= left < right <= page.measure + 1 for left, right in pieces)


@pytest.mark.parametrize("word", ["بلادنا", "السلام", "لله"])
def test_11_letters_stay_joined_at_a_highlights_edge(qtbot: QtBot, read: Read, word: str) -> None:
    text = f"في {word} أمس"
    bench = read(text)
    before = glyphs(bench)
    for first in range(3, 3 + len(word)):
        assert extend(qtbot, bench, first, first + 1) == text[first]
        label(qtbot, bench)
        assert glyphs(bench) == before
    assert len(marks(bench)) == len(word)


def test_12_every_occurrence_is_the_word_itself_with_its_clitics_cut_off(qtbot: QtBot, read: Read) -> None:
    text = "فيروس انتشر، والفيروس قديم، وبالفيروس وللفيروس وكفيروسٍ بفيروس، لا فيروسات ولا الفيروسات ولا فيروسي"
    bench = read(text)
    assert double_click(qtbot, bench, 1) == "فيروس"
    label(qtbot, bench)
    found = list(bench.bridge.session.occurrences(bench.window.canvas.focused_span()))
    assert [hit.inside for hit in found] == ["فيروس"] * 4 + ["فيروسٍ", "فيروس"]
    assert [text[: hit.start].count(" ") for hit in found] == [0, 2, 4, 5, 6, 7]


def test_13_windows_line_ends_stay_and_shift_nothing(qtbot: QtBot, read: Read) -> None:
    text = "قال المتحدث\r\n\r\nوصلت السفينة\r\nإلى تل الريحان\r\n"
    bench = read(text)
    start = text.index("تل الريحان")
    assert drag_over(qtbot, bench, start, start + 10) == "تل الريحان"
    assert label(qtbot, bench) == ["تل الريحان"]
    assert training_lines(bench.bridge.session.path)[0]["text"] == text
    assert marks(bench)[0][:2] == (start, start + 10)


def test_14_an_emoji_counts_as_its_code_points(qtbot: QtBot, read: Read) -> None:
    text = "قال 👍🏽 ثم 👩‍🚀 وصلت السفينة 😀😀 أمس"
    bench = read(text)
    for words in ("السفينة", "أمس"):
        start = text.index(words)
        assert double_click(qtbot, bench, start + 1) == words
        assert words in label(qtbot, bench)
        assert (start, start + len(words), "LOCATION") in marks(bench)


def test_15_the_second_occurrence_of_a_word_is_marked_there(qtbot: QtBot, read: Read) -> None:
    text = "بغداد ثم بغداد ثم بغداد"
    bench = read(text)
    assert double_click(qtbot, bench, 11) == "بغداد"
    label(qtbot, bench)
    assert marks(bench) == [(9, 14, "LOCATION")]
    assert underlined(bench, 9) == letters(bench, 9, 14)


@pytest.mark.parametrize("marked", ["درقونة،", "الميناء.", "نرمدان»", "204,", "UN)"])
def test_16_a_comma_that_was_not_selected_is_not_included(qtbot: QtBot, read: Read, marked: str) -> None:
    text = "في درقونة، قال «صوت نرمدان» إن 204, سفن (UN) في الميناء."
    bench = read(text)
    start, words = text.index(marked), marked[:-1]
    assert drag_over(qtbot, bench, start, start + len(words)) == words
    assert double_click(qtbot, bench, start) == words
    assert label(qtbot, bench) == [words]


@pytest.mark.parametrize("width", [1400, 620])
def test_17_tags_stand_where_reading_begins_and_are_whole(qtbot: QtBot, read: Read, width: int) -> None:
    text = "UN قال المتحدث باسم قوات الحماية المدنية إن السفينة وصلت إلى الميناء أمس في الوادي"
    bench = read(text, size=(width, 600))
    page = bench.window.canvas.page
    assert page
    line = placed(bench, 0).line
    for start, end in ((0, 2), (3, 6), (line.visible_end - 3, line.visible_end)):
        bench.window.canvas.select(start, end)
        label(qtbot, bench)
    tags = [(mark, mark.tag) for mark in page.marks(placed(bench, 0)).spans]
    assert len(tags) == 3
    for mark, tag in tags:
        assert tag and tag.right == max(right for _, right in mark.pieces)
        assert tag.text in ("", "Location") or tag.text.endswith("…")
        left = bench.window.canvas.on_screen(QRectF(tag.left + page.margin, 0, 0, 0)).left()
        assert left >= bench.window.canvas.mapToGlobal(QPoint(0, 0)).x()
        assert tag.left >= -page.margin
    assert all(a[0] - b[1] > 0 for a, b in pairwise([(tag.left, tag.right) for _, tag in sorted_by_reading(tags)]))


def sorted_by_reading(tags: list[tuple]) -> list[tuple]:
    return sorted(tags, key=lambda pair: -pair[1].right)


@pytest.mark.parametrize("words", ["السَّفِينَةَ", "المُتَحَدِّثُ", "وَصَلَتْ"])
def test_18_signs_on_letters_shift_nothing(qtbot: QtBot, read: Read, words: str) -> None:
    text = "قَالَ المُتَحَدِّثُ إِنَّ السَّفِينَةَ وَصَلَتْ"
    bench = read(text)
    start = text.index(words)
    assert double_click(qtbot, bench, start) == words
    assert label(qtbot, bench) == [words]
    assert marks(bench)[0][:2] == (start, start + len(words))


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("text", "rtl"), [("وصلت سفينة UN إلى الميناء", True), ("The ship came to «نهر»", False)])
def test_19_the_direction_is_found_and_asked_for_nowhere(read: Read, text: str, rtl: bool, language: str) -> None:
    bench = read(text, language=language)
    page = bench.window.canvas.page
    assert page and page.rtl == rtl
    first = box(bench, 0)
    assert (first.right if rtl else page.measure - first.left) == pytest.approx(page.measure, abs=12)
