"""Relations on the page: which spans they link, and the way of each connector, line by line.

A connector leaves its tag on the reading side, runs along the foot of the line to the page's margin and there up or
down to the other tag's line. So it never crosses a letter, and each line can be painted without knowing any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

from app.model.annotation import Relation
from widgets.canvas.page import ArticlePage, Placed

_SLOTS = 4
_AWAY = 4.5


class Link(NamedTuple):
    """A connector from the tag of `head` to that of `child`: their ids and where their spans start.

    `name` is what it says, `slot` its place in the margin, `shelf` how high its name is; a link that is not `made` yet
    is only proposed.
    """

    head: str
    child: str
    head_start: int
    child_start: int
    name: str
    slot: int = 0
    shelf: int = 0
    made: bool = True


class Way(NamedTuple):
    """What a link looks like on one line: thin boxes, arrow heads (tip, and which way: x, y), where its name may be."""

    strokes: tuple[QRectF, ...]
    arrows: tuple[tuple[QPointF, float, float], ...]
    name: QRectF | None


def links_of(page: ArticlePage, span: str) -> tuple[Link, ...]:
    """The connectors of one span."""
    found: list[Link] = []
    names: list[str] = []
    for relation in page.relations.of(span):
        name = page.look.title_of_relation(relation.label)
        if name not in names:
            names.append(name)
        link = link_between(page, relation.head, relation.child, name)
        if link:
            found.append(link._replace(slot=len(found) % _SLOTS, shelf=names.index(name)))
    return tuple(found)


def all_links(page: ArticlePage, relations: Iterable[Relation]) -> tuple[Link, ...]:
    """The connectors of `relations` together: side by side in the margin as far as there is room."""
    found = [link_between(page, one.head, one.child, page.look.title_of_relation(one.label)) for one in relations]
    taken = [-1] * _SLOTS
    names: dict[tuple[int, int], list[str]] = {}
    placed: list[Link] = []
    for link in sorted((link for link in found if link), key=_reach):
        first, last = _reach(link)
        slot = next((slot for slot, end in enumerate(taken) if end < first), len(placed) % _SLOTS)
        taken[slot] = max(taken[slot], last)
        shelf = _shelf([names.setdefault(_line_of(page, offset), []) for offset in (first, last)], link.name)
        placed.append(link._replace(slot=slot, shelf=shelf))
    return tuple(placed)


def _shelf(lines: list[list[str]], name: str) -> int:
    """The lowest shelf that is free for `name` on each of `lines`, which it takes there."""
    shelf = 0
    while any(shelf < len(line) and line[shelf] not in ("", name) for line in lines):
        shelf += 1
    for line in lines:
        line += [""] * (shelf + 1 - len(line))
        line[shelf] = name
    return shelf


def _line_of(page: ArticlePage, offset: int) -> tuple[int, int]:
    placed = page.placed(offset, False)
    return placed.paragraph.start, placed.number


def _reach(link: Link) -> tuple[int, int]:
    """From where to where a connector runs in the text."""
    return min(link.head_start, link.child_start), max(link.head_start, link.child_start)


def link_between(page: ArticlePage, head: str, child: str, name: str, made: bool = True) -> Link | None:
    """A connector between two spans of the page; None if one is not there."""
    first, last = page.spans.get(head), page.spans.get(child)
    return Link(head, child, first.start, last.start, name, made=made) if first and last else None


def anchor(page: ArticlePage, placed: Placed, span: str) -> QPointF | None:
    """Where connectors meet a span on its first line: beside its tag, under its underline; None elsewhere."""
    for mark in page.marks(placed).spans:
        if mark.span == span and mark.tag:
            away = _AWAY * page.look.zoom
            x = mark.tag.right + away if placed.line.rtl else mark.tag.left - away
            return QPointF(x, page.lane_top(placed, mark.lane) + page.look.stroke)
    return None


def way(page: ArticlePage, placed: Placed, link: Link) -> Way | None:
    """The part of a connector that lies on a line, in pixels from the text's left edge; None if it is not there."""
    upper, lower = sorted((link.head_start, link.child_start))
    begins, ends = _holds(page, placed, upper), _holds(page, placed, lower)
    if not (begins or ends or upper < placed.line.start <= lower):
        return None
    thick = page.look.connector
    aside, foot = _aside(page, link.slot), page.line_bottom(placed) - thick
    tags = [at for id in _here(page, placed, link) if (at := anchor(page, placed, id))]
    arrows = [(at, 0.0, -1.0) for at in tags if _is_child(page, placed, link, at)]
    strokes = [QRectF(at.x() - thick / 2, at.y(), thick, foot + thick - at.y()) for at in tags]
    # A nub to the underline tells which of several tags above each other is meant.
    nub = _AWAY * page.look.zoom
    strokes += (QRectF(at.x() - (nub if placed.line.rtl else 0), at.y(), nub, thick) for at in tags)
    if begins or ends:
        across = [aside, *(at.x() for at in tags)]
        strokes.append(QRectF(min(across) - thick / 2, foot, max(across) - min(across) + thick, thick))
    if not (begins and ends):
        top = foot if begins else placed.top
        bottom = foot + thick if ends else _end(placed, page)
        strokes.append(QRectF(aside - thick / 2, top, thick, bottom - top))
        if not (begins or ends) and placed.number % 3 == 0:
            way_down = 1.0 if link.child_start > link.head_start else -1.0
            arrows.append((QPointF(aside, (top + bottom) / 2 + way_down * page.look.arrow / 2), 0.0, way_down))
    return Way(tuple(strokes), tuple(arrows), _name_room(page, link, foot) if begins or ends else None)


def _here(page: ArticlePage, placed: Placed, link: Link) -> list[str]:
    ends = ((link.head, link.head_start), (link.child, link.child_start))
    return [id for id, start in ends if _holds(page, placed, start)]


def _is_child(page: ArticlePage, placed: Placed, link: Link, at: QPointF) -> bool:
    return _holds(page, placed, link.child_start) and at == anchor(page, placed, link.child)


def _holds(page: ArticlePage, placed: Placed, offset: int) -> bool:
    """Whether the line shows `offset`; a separator belongs to the line that it ends."""
    line = placed.line
    if line.start <= offset < line.end:
        return True
    is_end = line.last and line.end <= offset
    return is_end and page.bounds(page.number_of(offset))[0] == placed.paragraph.start


def _aside(page: ArticlePage, slot: int) -> float:
    """Where in the margin on the reading side a connector runs up and down."""
    out = page.margin - (7 + 4 * slot) * page.look.zoom
    out = max(3.0, out)
    return page.measure + out if page.rtl else -out


def _end(placed: Placed, page: ArticlePage) -> float:
    """Where a line ends, with the room below its paragraph."""
    return page.line_bottom(placed) + (placed.paragraph.after if placed.line.last else 0)


def _name_room(page: ArticlePage, link: Link, foot: float) -> QRectF | None:
    """The room for a name: in the margin, on the connector."""
    height, gap = 12 * page.look.zoom, 1.5 * page.look.zoom
    edge, aside = page.measure if page.rtl else 0.0, _aside(page, 0)
    left, right = min(edge, aside) + gap, max(edge, aside) - gap
    if right - left < 1.5 * height:
        return None
    return QRectF(left, foot - height * (link.shelf + 1) - 1, right - left, height)
