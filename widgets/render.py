"""An article drawn into pictures, as the window paints it. Needs neither a display nor a window."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMarginsF, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPagedPaintDevice, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from app.model.annotation import Annotations, Relation
from app.model.document import Document
from app.model.record import Record
from app.model.schema import Schema
from widgets.canvas.connectors import all_links
from widgets.canvas.overlay import Overlay
from widgets.canvas.page import ArticlePage
from widgets.canvas.painter import Hand, paint_page
from widgets.fonts import load_fonts
from widgets.i18n import locale_of
from widgets.theme import read_theme
from widgets.typesetting import PageSetting, look_of, source_of

MADE_BY = "Hashiya"
"""What every picture says of its maker, so that it is known again."""

TALLEST = 16_000
"""How high a PNG or SVG may be, in pixels: beyond that most viewers, and Qt itself at 32,767, give up."""

_MOST_PIXELS = 64_000_000
_EMPTY_TEXT = re.compile(rb"<text[^>]*></text>\s*")
_NAMES_BESIDE = 96
"""How wide the margins are where connectors have their names in them."""
_SVG_DPI, _PDF_DPI = 96, 1200


FEW = 12
"""How many relations are drawn without being asked for: with more, connectors hide each other."""


class Wish(NamedTuple):
    """How to draw: theme (its name), language of the tags, page width in pixels (0: as the window), per cent.

    `relations` are drawn "all", "none" or, "auto", all where they are `FEW`; with `values` tags tell them.
    """

    theme: str = "light"
    language: str = "en"
    width: int = 0
    zoom: int = 100
    relations: str = "auto"
    values: bool = True


class Band(NamedTuple):
    """A stretch of the page between two lines, in its pixels."""

    top: float
    bottom: float


def draw(record: Record, schema: Schema, form: str, **wishes: str | int) -> Iterator[bytes]:
    """The files of the picture of `record` in `form` ("png", "svg", "pdf"); a long article needs several PNGs or SVGs.

    `wishes` are those of `Wish`.
    """
    _start_qt()
    wish = Wish(**wishes)  # type: ignore[arg-type]
    yield from _FORMS[form](record, schema, wish)


@cache
def _start_qt() -> QCoreApplication:
    running = QGuiApplication.instance()
    if running is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        running = QGuiApplication([MADE_BY])
    load_fonts()
    return running


def _page(record: Record, schema: Schema, wish: Wish, *, outlines: bool = False, grows: bool = True) -> ArticlePage:
    """The page with all of it laid out; unless it `grows`, zooming leaves its width alone."""
    setting = PageSetting(values=wish.values)
    look = replace(look_of(read_theme(wish.theme), wish.zoom, wish.language, setting), outlines=outlines)
    look = look.with_schema(schema, wish.language)
    if _links(record, wish):
        look = replace(look, margin=_NAMES_BESIDE, margin_share=_NAMES_BESIDE / look.measure)
    width = wish.width or (look.measure + 2 * look.margin) * (look.zoom if grows else 1)
    document, annotations = record.document, record.annotations or Annotations()
    page = ArticlePage(document.text, document.title, source_of(document), annotations, look, width)
    page.settle(0, math.inf)
    return page


def _links(record: Record, wish: Wish) -> list[Relation]:
    """The relations whose connectors are wished for."""
    relations = [*record.annotations.relations.values()] if record.annotations else []
    drawn = wish.relations == "all" or (wish.relations == "auto" and len(relations) <= FEW)
    return relations if drawn else []


def _hand(page: ArticlePage, record: Record, wish: Wish) -> Hand:
    """Nobody's hand, with the connectors that are wished for."""
    return Hand(over=Overlay(links=all_links(page, _links(record, wish))))


def _draw_png(record: Record, schema: Schema, wish: Wish) -> Iterator[bytes]:
    page = _page(record, schema, wish)
    hand = _hand(page, record, wish)
    width = math.ceil(page.width)
    for band in _bands(page, min(TALLEST, _MOST_PIXELS // width) - 2 * page.margin):
        image = QImage(width, math.ceil(band.bottom - band.top + 2 * page.margin), QImage.Format.Format_RGB32)
        image.setText("Software", MADE_BY)
        image.fill(QColor(page.look.page))
        painter = QPainter(image)
        _paint(painter, page, band, hand)
        painter.end()
        yield _written(_save_png, image)


def _save_png(buffer: QBuffer, image: QImage) -> None:
    image.save(buffer, "PNG")  # type: ignore[call-overload]


def _draw_svg(record: Record, schema: Schema, wish: Wish) -> Iterator[bytes]:
    page = _page(record, schema, wish, outlines=True)
    hand = _hand(page, record, wish)
    for band in _bands(page, TALLEST - 2 * page.margin):
        # Letters drawn as shapes leave an empty element for their text behind.
        yield _EMPTY_TEXT.sub(b"", _written(_write_svg, page, band, hand, record.document))


def _write_svg(buffer: QBuffer, page: ArticlePage, band: Band, hand: Hand, document: Document) -> None:
    sheet = QRectF(0, 0, page.width, band.bottom - band.top + 2 * page.margin)
    picture = QSvgGenerator()
    picture.setOutputDevice(buffer)
    picture.setResolution(_SVG_DPI)
    picture.setSize(QSize(math.ceil(sheet.width()), math.ceil(sheet.height())))
    picture.setViewBox(sheet)
    picture.setTitle(_title(document))
    picture.setDescription(MADE_BY)
    painter = QPainter(picture)
    painter.fillRect(sheet, QColor(page.look.page))
    _paint(painter, page, band, hand)
    painter.end()


def _draw_pdf(record: Record, schema: Schema, wish: Wish) -> Iterator[bytes]:
    page = _page(record, schema, wish, grows=False)
    yield _written(_write_pdf, page, _hand(page, record, wish), record.document, wish.language)


def _write_pdf(buffer: QBuffer, page: ArticlePage, hand: Hand, document: Document, language: str) -> None:
    writer = QPdfWriter(buffer)
    writer.setCreator(MADE_BY)
    writer.setTitle(_title(document))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF())
    writer.setResolution(_PDF_DPI)
    _paint_sheets(writer, page, hand, language)


def print_on(printer: QPagedPaintDevice, record: Record, schema: Schema, wish: Wish) -> None:
    """Put `record` on the sheets of `printer`, which prints to their very edge: the page has margins of its own."""
    _start_qt()
    page = _page(record, schema, wish, grows=False)
    _paint_sheets(printer, page, _hand(page, record, wish), wish.language)


def picture(record: Record, schema: Schema, wish: Wish, start: int, end: int, ratio: float) -> QImage | None:
    """The lines of `record` that hold `[start, end)`, `ratio` pixels a point; None if they are more than a picture."""
    _start_qt()
    page = _page(record, schema, wish)
    first, last = page.placed(start, False), page.placed(end, True)
    top = page.margin if start == 0 else first.top
    band = Band(top, last.top + page.line_height(last.line))
    size = QSize(math.ceil(page.width * ratio), math.ceil((band.bottom - band.top + 2 * page.margin) * ratio))
    if size.height() > TALLEST or size.width() * size.height() > _MOST_PIXELS:
        return None
    image = QImage(size, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(page.look.page))
    painter = QPainter(image)
    painter.setClipRect(QRectF(0, page.margin, page.width, band.bottom - band.top))
    _paint(painter, page, band, _hand(page, record, wish))
    painter.end()
    return image


def _paint_sheets(device: QPagedPaintDevice, page: ArticlePage, hand: Hand, language: str) -> None:
    sheet = QRectF(0, 0, page.width, page.width * device.height() / device.width())
    bands = _bands(page, sheet.height() - 2 * page.margin)
    painter = QPainter(device)
    painter.scale(device.width() / page.width, device.width() / page.width)
    for number, band in enumerate(bands, 1):
        if number > 1:
            device.newPage()
        if page.look.dark:
            painter.fillRect(sheet, QColor(page.look.page))
        _paint(painter, page, band, hand)
        if len(bands) > 1:
            _paint_number(painter, page, sheet, number, language)
    painter.end()


_FORMS: dict[str, Callable[[Record, Schema, Wish], Iterator[bytes]]] = {
    "png": _draw_png,
    "svg": _draw_svg,
    "pdf": _draw_pdf,
}


def _bands(page: ArticlePage, room: float) -> list[Band]:
    """The page in pieces no higher than `room` (but never less than a line), none of which cuts a line in two."""
    bands: list[Band] = []
    top = reached = page.margin
    for placed in page.lines_between(0, math.inf):
        if placed.paragraph.blank:
            continue
        bottom = placed.top + page.line_height(placed.line)
        if bottom - top > room and placed.top > top:
            bands.append(Band(top, reached))
            top = placed.top
        reached = bottom
    end = page.height - page.margin
    return [*bands, Band(top, end if end - top <= room else reached)]


def _paint(painter: QPainter, page: ArticlePage, band: Band, hand: Hand) -> None:
    """Paint a band with the page's margin above it."""
    painter.save()
    painter.translate(0, page.margin - band.top)
    paint_page(painter, page, band.top, band.bottom, hand)
    painter.restore()


def _paint_number(painter: QPainter, page: ArticlePage, sheet: QRectF, number: int, language: str) -> None:
    """The number of a sheet, in the middle of its lower margin."""
    said = locale_of(language).toString(number)
    font = page.look.source_font
    width = page.look.tag_metrics.horizontalAdvance(said)
    painter.setFont(font)
    painter.setPen(QColor(page.look.muted))
    painter.drawText(QPointF((sheet.width() - width) / 2, sheet.height() - page.margin * 0.42), said)


def _title(document: Document) -> str:
    return document.heading or document.id


def _written(write: Callable[..., None], *of: object) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    write(buffer, *of)
    return bytes(buffer.data().data())
