"""Every key on one sheet, made from the table of actions: to be searched, and to be printed on a page of paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPagedPaintDevice, QPainter, QResizeEvent, QTextDocument, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from app.wording import N_, _, is_right_to_left
from widgets.actions import ACTIONS, MENUS, SUBMENUS
from widgets.fonts import interface_font
from widgets.keymap import Keymap, engraved
from widgets.models.entries import folded
from widgets.theme import Theme, read_theme

_COLUMN = 400
_PAPER_COLUMNS, _PAPER_WIDTH = 2, 760
_TEXT = (
    (("\u2190 \u2192",), N_("Move by a letter")),
    (("Ctrl+\u2190 \u2192",), N_("Move by a word")),
    (("Shift+\u2190 \u2192",), N_("Select")),
    (("Tab", "Shift+Tab"), N_("Next span, previous span")),
    (("1 \u2026 9",), N_("Mark with a label, or change the span's")),
    (("Shift+1 \u2026 9",), N_("Mark every selection from now on")),
)
"""Keys that are not in the table: they belong to the text."""

Section = tuple[str, list[tuple[tuple[str, ...], str]]]


class KeySheetPage(QFrame):
    """`closed` when it is put away, `print_asked` when it is wanted on paper."""

    closed = Signal()
    print_asked = Signal()

    def __init__(self, theme: Theme, keymap: Keymap, labels: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("key-sheet")
        self._theme, self._keymap, self._labels = theme, keymap, labels
        self._heading = QLabel(self)
        self._heading.setFont(interface_font(18, bold=True))
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(320)
        self.search.textChanged.connect(lambda _text: self._show())
        self.print, self.done = QPushButton(self), QPushButton(self)
        self.done.setProperty("primary", True)
        self.print.clicked.connect(self.print_asked)
        self.done.clicked.connect(self.closed)
        self.sheet = QTextBrowser(self)
        self.sheet.setOpenLinks(False)
        self._columns = 0
        self._arrange()
        self.retranslate()

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self._theme = theme
        self._show()

    def set_keymap(self, keymap: Keymap) -> None:
        """Show other keys."""
        self._keymap = keymap
        self._show()

    def retranslate(self) -> None:
        """Words in the language in use."""
        self._heading.setText(_("Keys on one sheet"))
        self.search.setPlaceholderText(_("Find by name or key"))
        self.search.setAccessibleName(_("Find by name or key"))
        self.sheet.setAccessibleName(_("Keys on one sheet"))
        self.print.setText(_("Print…"))
        self.done.setText(_("Close"))
        if self._columns:  # before the page has its size, it would be set twice
            self._show()

    def print_to(self, printer: QPagedPaintDevice) -> None:
        """Put all of it on one page of paper, in the colours of paper."""
        sections = sections_of(self._keymap, self._labels)
        told = f"<h2>Hashiya · {escape(_('Keys on one sheet'))}</h2>"
        document = _document(told + sheet_html(sections, read_theme("light"), _PAPER_COLUMNS))
        paper = printer.pageLayout().paintRectPixels(printer.resolution())
        document.setTextWidth(_PAPER_WIDTH)
        scale = min(paper.width() / _PAPER_WIDTH, paper.height() / document.size().height())
        painter = QPainter(printer)
        painter.translate((paper.width() - scale * _PAPER_WIDTH) / 2, 0)
        painter.scale(scale, scale)
        document.drawContents(painter)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as there is room for."""
        super().resizeEvent(event)
        if self._room() != self._columns:
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _room(self) -> int:
        return max(1, min(3, self.width() // _COLUMN))

    def _show(self) -> None:
        self._columns = self._room()
        sections = sections_of(self._keymap, self._labels, self.search.text())
        html = sheet_html(sections, self._theme, self._columns)
        if not sections:
            html = f'<p style="color:{self._theme.muted}">{escape(_("No key is called so."))}</p>'
        document = _document(html)
        document.setParent(self.sheet)
        self.sheet.setDocument(document)

    def _arrange(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self._heading)
        above.addSpacing(12)
        above.addWidget(self.search, 1)
        above.addStretch(1)
        above.addWidget(self.print)
        above.addWidget(self.done)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 14, 20, 14)
        whole.setSpacing(12)
        whole.addLayout(above)
        whole.addWidget(self.sheet, 1)


def sections_of(keymap: Keymap, labels: Mapping[str, str], search: str = "") -> list[Section]:
    """The keys in use by where they belong, as far as they hold every word of `search` in either language."""
    words = folded(search).split()
    told: list[tuple[str, str, list[tuple[tuple[str, ...], str, str]]]] = [
        (_("In the text"), "text", [(keys, _(said), said) for keys, said in _TEXT])
    ]
    if labels:
        told.append((_("Labels"), "labels", [((key,), title, title) for key, title in labels.items()]))
    for menu, title in _menus():
        rows = [
            (
                tuple(engraved(key) for key in keymap.keys(action.id) if key != "Ctrl+Return"),
                _(action.title),
                action.title,
            )
            for action in ACTIONS
            if action.menu == menu and keymap.keys(action.id)
        ]
        told.append((_(title).replace("&", ""), title.replace("&", ""), rows))
    found = []
    for title, english, rows in told:
        section = folded(f"{title} {english}")
        kept = [
            (keys, said)
            for keys, said, other in rows
            if all(word in f"{section} {folded(said)} {folded(other)} {' '.join(keys).lower()}" for word in words)
        ]
        if kept:
            found.append((title, kept))
    return found


def _menus() -> Iterator[tuple[str, str]]:
    """The menus and their titles, each with those inside of it behind it."""
    for menu, title in MENUS:
        yield menu, title
        yield from ((id, inner) for id, (parent, inner) in SUBMENUS.items() if parent == menu)


def sheet_html(sections: Sequence[Section], theme: Theme, columns: int) -> str:
    """The sections side by side in so many columns, about equally long; each stays whole."""
    total = sum(len(rows) + 2 for _title, rows in sections)
    filled: list[str] = [""] * columns
    at, height = 0, 0
    for title, rows in sections:
        size = len(rows) + 2
        if at < columns - 1 and height and height + size / 2 > total * (at + 1) / columns:
            at += 1
        filled[at] += _section_html(title, rows, theme)
        height += size
    cells = [f'<td width="{100 // columns}%" valign="top">{cell}</td>' for cell in filled]
    return f'<table width="100%" cellspacing="0" cellpadding="8"><tr>{_in_order(cells)}</tr></table>'


def _in_order(cells: Sequence[str]) -> str:
    """Cells from the reading start on: Qt's documents set every table from the left."""
    return "".join(reversed(cells) if is_right_to_left() else cells)


def _section_html(title: str, rows: Sequence[tuple[tuple[str, ...], str]], theme: Theme) -> str:
    start, end = ("right", "left") if is_right_to_left() else ("left", "right")
    lines = ""
    for keys, said in rows:
        caps = "&nbsp; ".join(_cap(key, theme) for key in (reversed(keys) if is_right_to_left() else keys))
        name = f'<td width="60%" align="{start}" style="color:{theme.text}">{escape(said)}</td>'
        keyed = f'<td width="40%" align="{end}" style="white-space:pre">{caps}</td>'
        lines += f"<tr>{_in_order([name, keyed])}</tr>"
    head = f'<p align="{start}" style="color:{theme.accent}; font-weight:600; margin-bottom:2px">{escape(title)}</p>'
    return f'{head}<table width="100%" cellspacing="0" cellpadding="3">{lines}</table>'


def _cap(key: str, theme: Theme) -> str:
    """A key cap; it keeps its direction in a sheet of the other one."""
    style = f"background-color:{theme.hover}; color:{theme.text}; font-family:'DejaVu Sans Mono'"
    return f'<span style="{style}">\u2066&nbsp;{escape(key)}&nbsp;\u2069</span>'


def _document(html: str) -> QTextDocument:
    document = QTextDocument()
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if is_right_to_left() else Qt.LayoutDirection.LeftToRight)
    document.setDefaultTextOption(option)
    document.setDefaultFont(interface_font())
    document.setHtml(html)
    return document
