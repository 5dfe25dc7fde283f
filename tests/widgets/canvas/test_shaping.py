"""The glyphs on the page, against HarfBuzz's own: each letter is the shape its neighbours make it, marked or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
import regex
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QGlyphRun, QImage, QPainter, QRawFont, QTextCharFormat, QTextLayout

from app.model.annotation import Span
from resources import INTERFACE_FAMILIES, PAGE_FAMILIES, resource, sample_names
from tests.widgets.canvas.harfbuzz import Glyph, levels, runs, set_line
from tests.widgets.canvas.made import LOOK, SCHEMA, page_of, span
from widgets.canvas.layout import LaidParagraph, Line
from widgets.canvas.look import Look
from widgets.canvas.page import ArticlePage
from widgets.canvas.painter import Hand, paint_page

pytestmark = pytest.mark.usefixtures("qapp")

TEXTS = {name: resource("samples", name).read_text(encoding="utf-8") for name in sample_names()}
# Qt cuts each width off at a 64th of a pixel, HarfBuzz rounds to one; what a line adds up to differs by as many.
STEP = 1 / 64
NO_HINTING = QFont.HintingPreference.PreferNoHinting
SETTINGS = {
    "page": LOOK,
    "page at 150 %": LOOK.zoomed(150),
    "interface fonts": replace(LOOK, families=INTERFACE_FAMILIES),
}


def painted(page: ArticlePage, hand: Hand) -> ArticlePage:
    """The page after all of it was painted."""
    page.settle(0, 1e7)
    image = QImage(round(page.width), 200, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_page(painter, page, 0, page.height, hand)
    painter.end()
    return page


def fonts_of(page: ArticlePage, paragraph: LaidParagraph) -> list[str]:
    """The files of the fonts of a paragraph, the first one preferred."""
    bold = paragraph.size == page.look.heading_font.pixelSize()
    return [family.replace(" ", "") + ("-Bold.ttf" if bold else "-Regular.ttf") for family in page.look.families]


def glyphs_on(line: Line, paragraph: LaidParagraph) -> list[Glyph]:
    """What Qt draws of a line, without the white space at which it was broken."""
    first = paragraph.index.to_utf16(line.start - paragraph.start)
    end = paragraph.index.to_utf16(line.visible_end - paragraph.start)
    baseline = line.drawn.y() + line.drawn.ascent()
    found = []
    for run in line.drawn.glyphRuns(first, end - first):
        font = run.rawFont()
        file = font.familyName().replace(" ", "") + ("-Bold.ttf" if font.weight() > 500 else "-Regular.ttf")
        places = zip(run.glyphIndexes(), run.positions(), strict=True)
        found += [Glyph(file, id, point.x(), baseline - point.y()) for id, point in places]
    return found


def as_harfbuzz_sets(page: ArticlePage) -> Iterator[tuple[LaidParagraph, Line, list[Glyph]]]:
    """Every line of the page with the glyphs that HarfBuzz makes of it, from left to right."""
    for i in range(page.count()):
        paragraph = page.paragraph(i)
        found = runs(paragraph.text, levels(paragraph.text, paragraph.rtl), fonts_of(page, paragraph))
        for line in paragraph.lines:
            start, end = line.start - paragraph.start, line.visible_end - paragraph.start
            glyphs, width = set_line(paragraph.text, start, end, found, paragraph.size)
            left = page.measure - width if paragraph.rtl else 0.0
            yield paragraph, line, [glyph._replace(x=glyph.x + left) for glyph in glyphs]


def compare(found: Sequence[Glyph], expected: Sequence[Glyph]) -> None:
    """The same glyphs of the same fonts, each as far from the next as it should be, and the line where it should be."""
    pairs = list(zip(sorted(expected), sorted(found), strict=True))
    assert [(glyph.font, glyph.id, glyph.y) for glyph, _ in pairs] == [(g.font, g.id, g.y) for _, g in pairs]
    off = {glyph: other.x - glyph.x for glyph, other in pairs}
    assert all(abs(off[b] - off[a]) <= 1.01 * STEP for a, b in pairwise(expected))
    assert max(map(abs, off.values()), default=0) <= STEP * len(expected)


def glyphs_are_harfbuzzs(page: ArticlePage) -> int:
    """How many glyphs the page has, once they were found to be right."""
    compared = 0
    for paragraph, line, expected in as_harfbuzz_sets(page):
        compare(glyphs_on(line, paragraph), expected)
        compared += len(expected)
    return compared


def random_spans(text: str, random: Random) -> Iterable[Span]:
    """Spans on parts of words, on words and across them, in every line, some on others."""
    bounds = [0, *(found.end() for found in regex.finditer(r"\X", text))]
    labels = [label.id for label in SCHEMA.labels]
    for k in range(len(text) // 12):
        first = random.randrange(len(bounds) - 2)
        last = min(first + random.choice((1, 1, 2, 3, 5, 12, 80)), len(bounds) - 1)
        yield span(f"s{k}", bounds[first], bounds[last], random.choice(labels))


@pytest.mark.parametrize("look", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("name", TEXTS)
def test_11_every_glyph_is_the_one_that_harfbuzz_makes(name: str, look: Look) -> None:
    """Complaint 11: letters come apart. Without marks and with marks that begin and end inside words."""
    text, random = TEXTS[name], Random(name)
    width = round(762 * look.zoom)
    bare = painted(page_of(text, look=look, width=width), Hand())
    assert glyphs_are_harfbuzzs(bare) > 0.7 * len(text)
    spans = list(random_spans(text, random))
    start = random.randrange(len(text) // 2)
    marked = page_of(text, *spans, look=look, width=width)
    hand = Hand(start, start + random.randrange(1, len(text) // 2), random.choice(spans).id)
    assert glyphs_are_harfbuzzs(painted(marked, hand)) > 0.7 * len(text)


def test_what_is_seen_of_the_letters_is_those_glyphs_and_nothing_else() -> None:
    """The picture of marked lines, against the compared glyphs drawn from the font files: the same pixels."""
    text = next(iter(TEXTS.values()))[:900]
    look = replace(LOOK, text="#000000", page="#FFFFFF", labels={"ACTOR": ("", "#FF0000", "#FFC0A0")})
    page = page_of(text, *(s._replace(label="ACTOR") for s in random_spans(text, Random(1))), look=look, width=764)
    page.settle(0, 1e7)
    drawn = QImage(764, round(page.height), QImage.Format.Format_RGB888)
    drawn.fill(QColor("white"))
    expected = drawn.copy()
    painter = QPainter(drawn)
    paint_page(painter, page, 0, page.height, Hand())
    painter.end()
    draw_glyphs(expected, page)
    # Grounds and underlines are full of red, letters have none: in red only the letters are seen.
    seen, wanted = (bytes(image.constBits())[0::3] for image in (drawn, expected))
    assert wanted.count(b"\0") > 5000
    assert seen == wanted
    assert drawn != expected


def draw_glyphs(image: QImage, page: ArticlePage) -> None:
    """Draw the glyphs of every line of a page, and nothing but them, from the files of the fonts."""
    painter = QPainter(image)
    painter.translate(page.margin, 0)
    for placed in page.lines_between(0, 1e7):
        glyphs = glyphs_on(placed.line, placed.paragraph)
        for file in {glyph.font for glyph in glyphs}:
            own = [glyph for glyph in glyphs if glyph.font == file]
            baseline = placed.top + placed.line.baseline
            run = QGlyphRun()
            run.setRawFont(QRawFont(str(resource("fonts", file)), placed.paragraph.size, NO_HINTING))
            run.setGlyphIndexes([glyph.id for glyph in own])
            run.setPositions([QPointF(glyph.x, baseline - glyph.y) for glyph in own])
            painter.drawGlyphRun(QPointF(), run)
    painter.end()


def test_the_samples_are_set_in_bold_and_in_both_directions() -> None:
    """So that the comparison means something."""
    seen = set()
    for text in TEXTS.values():
        for paragraph, _, glyphs in as_harfbuzz_sets(page_of(text)):
            seen |= {(glyph.font, paragraph.rtl) for glyph in glyphs}
    assert {("Amiri-Regular.ttf", True), ("Amiri-Bold.ttf", True), ("Amiri-Regular.ttf", False)} <= seen
    text = next(iter(TEXTS.values()))
    two = {
        glyph.font for _, _, line in as_harfbuzz_sets(page_of(text, look=SETTINGS["interface fonts"])) for glyph in line
    }
    assert {"NotoSans-Regular.ttf", "NotoSansArabicUI-Regular.ttf"} <= two


@pytest.mark.parametrize(("text", "cut"), [("قال سلام", 5), ("قال لله", 5), ("بلا هدف", 2)])
def test_a_mark_within_the_layout_would_be_noticed(text: str, cut: int) -> None:
    """What Qt does to a word that a format divides, and what the canvas therefore never does."""
    page = page_of(text, look=replace(LOOK, families=PAGE_FAMILIES))
    ((paragraph, line, expected),) = as_harfbuzz_sets(page)
    compare(glyphs_on(line, paragraph), expected)
    assert paragraph.layout.formats() == []
    part = QTextLayout.FormatRange()
    part.start, part.length, part.format = cut, 1, QTextCharFormat()
    part.format.setBackground(LOOK.ground_of("ACTOR"))
    paragraph.layout.setFormats([part])
    paragraph.layout.beginLayout()
    drawn = paragraph.layout.createLine()
    drawn.setLineWidth(page.measure)
    paragraph.layout.endLayout()
    divided = replace(line, drawn=drawn)
    with pytest.raises(AssertionError):
        compare(glyphs_on(divided, paragraph), expected)
