"""HTML pages: the text of the article in a page, and what the page says of it.

The article is what the page itself marks as one; where it marks none, the whole page without its menus, forms and
asides. A block is a line, white space within it one blank, as a browser shows it. Parts that were left out are told of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from app.errors import Fault
from app.formats.encodings import ENCODINGS, UTF8, Undecodable, decode
from app.formats.html_parts import is_beside, said_to_machines
from app.formats.registry import Format, ReadOptions
from app.formats.sources import name_of, open_source
from app.model.document import Document, NameValue
from app.model.record import Record
from app.sentences import N_

MAX_PAGE_BYTES: Final = 8 * 1024 * 1024
MAX_DEPTH: Final = 256
"""How deep elements may be nested: what the parser reads."""
TOO_DEEP: Final = object()

_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{3,20})", re.IGNORECASE)
_HEAD: Final = 4096
_BLANKS: Final = re.compile("[ \t\n\r\f]+")
_BLOCKS: Final = re.compile(
    "address|article|aside|blockquote|body|br|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]"
    "|header|hr|li|main|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_UNSEEN: Final = frozenset({"head", "link", "meta", "noscript", "script", "style", "template", "title"})
_PICTURES: Final = frozenset({"audio", "canvas", "embed", "img", "picture", "svg", "video"})
_ARTICLES: Final = (
    "//*[contains(concat(' ', @itemprop, ' '), ' articleBody ')]",
    "//article",
    "//main | //*[@role='main']",
)
_ENOUGH: Final = 200
_DETAILS: Final = {
    "source": ("//meta[@property='og:site_name']/@content", "//meta[@name='application-name']/@content"),
    "date": (
        "//meta[@property='article:published_time']/@content",
        "//meta[@itemprop='datePublished']/@content",
        "//*[@itemprop='datePublished']/@datetime",
        "//meta[@name='date' or @name='pubdate' or @name='DC.date']/@content",
        "//time/@datetime",
    ),
    "address": ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"),
}
_TITLES: Final = ("//meta[@property='og:title']/@content", "//h1", "//title")


def read(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    """The article of a page, and what was left out of it. Raises SourceError when it cannot be opened."""
    with open_source(path) as stream:
        content = stream.read(MAX_PAGE_BYTES + 1)
    yield from read_page(content, str(path), name_of(path), options.encoding)


def read_page(content: bytes, file: str, name: str, encoding: str = "") -> Iterator[Record | Fault]:
    """The article of the page `content`, called `name`; an encoding that the page itself declares is told of."""
    if len(content) > MAX_PAGE_BYTES:
        yield Fault(file, 0, "", "text-too-large", {"limit": MAX_PAGE_BYTES // 2**20})
        return
    declared = "" if encoding else _declared(content)
    try:
        text, notes = decode(content, encoding or declared)
    except Undecodable as error:
        yield Fault(file, error.line, "", error.code, error.values)
        return
    root = _parsed(text)
    if root is TOO_DEEP:
        yield Fault(file, 0, "", "page-too-deep", {"limit": MAX_DEPTH})
        return
    page = _Page() if root is None else _Page.of(_article_of(root))
    if root is None or not page.text:
        yield Fault(file, 0, "", "page-without-text")
        return
    meta = (*notes, *(NameValue(what, said) for what, said in _details(root)))
    language = (root.get("lang") or "")[:2].lower()
    yield Record(Document(name, page.text, _first(root, _TITLES), language if language.isalpha() else "", meta))
    if declared:
        yield Fault(file, 0, "", "encoding-declared", {"value": declared})
    for code, count in sorted(page.left_out.items()):
        yield Fault(file, 0, "", code, {"count": count})


def _details(root: Any) -> Iterator[tuple[str, str]]:
    linked = said_to_machines(root)
    for what, paths in _DETAILS.items():
        if said := _first(root, paths) or linked.get(what, ""):
            yield what, said


def _declared(content: bytes) -> str:
    """The encoding that the page says it is in, where that is not UTF-8 and can be read; else ""."""
    found = _CHARSET.search(content[:_HEAD])
    said = found[1].decode("ascii").lower() if found else ""
    said = {"cp1256": "windows-1256"}.get(said, said)
    return said if said in ENCODINGS and said != UTF8 and "16" not in said else ""


def _parsed(text: str) -> Any:
    from lxml import etree, html  # slow to import, and wanted for pages only

    # In the body of a page NUL means nothing, and the parser would take it for the end.
    content = text.replace("\0", "").encode()
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(content, parser=parser) if content.strip() else None
    except etree.ParserError:
        return None
    # The parser gives what it has read until then, as if that were all.
    return TOO_DEEP if any(entry.level_name == "FATAL" for entry in parser.error_log) else root


def _article_of(root: Any) -> Any:
    body = next(iter(root.xpath("//body")), root)
    whole = _length(body)
    for path in _ARTICLES:
        found = [(_length(one), -place, one) for place, one in enumerate(root.xpath(path)[:100])]
        if found and (best := max(found, key=lambda each: each[:2])) and best[0] >= min(_ENOUGH, whole / 2):
            return best[2]
    return body


def _length(element: Any) -> int:
    """How much stands in an element, about."""
    return sum(len(text.strip()) for text in element.xpath(".//text()[not(parent::script or parent::style)]"))


def _first(root: Any, paths: tuple[str, ...]) -> str:
    """What the first of `paths` gives that gives anything, on one line."""
    for path in paths:
        for found in root.xpath(path)[:1]:
            said = _BLANKS.sub(" ", found if isinstance(found, str) else _Page.of(found).text).strip()
            if said:
                return said[:2000]
    return ""


class _Page:
    """The text of one element as it is collected, line for line."""

    def __init__(self) -> None:
        self.text = ""
        self.left_out: Counter[str] = Counter()
        self._lines: list[str] = []
        self._pieces: list[str] = []
        self._length = 0

    @classmethod
    def of(cls, element: Any) -> _Page:
        """What stands in `element`. Nothing is called for each level, so nesting needs no room here."""
        from lxml import etree  # slow to import, and wanted for pages only

        page = cls()
        page._length = _length(element)
        walk = etree.iterwalk(element, events=("start", "end"))
        for event, one in walk:
            tag = one.tag
            if event == "end":
                page._close(tag, "" if one is element else one.tail or "")
            elif one is not element and page._is_left_out(one, tag):
                walk.skip_subtree()
            else:
                page._open(tag, one.text or "")
        page._end_line()
        page.text = "\n".join(page._lines)
        return page

    def _open(self, tag: str, text: str) -> None:
        if _BLOCKS.fullmatch(tag):
            self._end_line()
        if text:
            self._pieces.append(text)

    def _close(self, tag: str, tail: str) -> None:
        if _BLOCKS.fullmatch(tag):
            self._end_line()
        if tail:
            self._pieces.append(tail)

    def _is_left_out(self, element: Any, tag: str) -> bool:
        if tag in _UNSEEN:
            return True
        if tag in _PICTURES:
            self.left_out["pictures-left-out"] += 1
            return True
        if is_beside(element, tag, self._length):
            self.left_out["page-parts-left-out"] += 1
            return True
        self.left_out.update(["tables-flattened"] * (tag == "table"))
        return False

    def _end_line(self) -> None:
        line = _BLANKS.sub(" ", "".join(self._pieces)).strip(" ")
        self._pieces.clear()
        if line:
            self._lines.append(line)


FORMAT = Format("html", N_("HTML pages"), (".html", ".htm", ".xhtml"), frozenset({"title", "meta"}), read=read)
