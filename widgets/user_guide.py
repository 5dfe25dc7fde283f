"""The user guide in a window beside the work: the pages of docs/guide, read from the disk and from nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QUrl
from PySide6.QtGui import (
    QImage,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTabBar, QTextBrowser, QVBoxLayout, QWidget

import resources
from app.wording import N_, _, is_right_to_left, language

DOCS: Final = Path(str(resources.__file__)).parent.parent / "docs"
PAGES: Final = {
    "annotators.md": N_("For annotators"),
    "leads.md": N_("For leads"),
    "ml-teams.md": N_("For ML teams"),
}
_SIZE: Final = QSize(860, 760)
_MARGIN, _CELL, _ABOVE, _BELOW, _SCROLL_BAR, _LEADING = 32, 6, 10, 12, 16, 140
_IMAGE: Final = QTextDocument.ResourceType.ImageResource.value
_CELLS: Final = re.compile(r"(?<!\\)\|")
_PICTURE: Final = "\ufffc"
_DIALECT = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class UserGuide(QObject):
    """Opens the guide, once."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._window: GuideWindow | None = None

    def open(self) -> None:
        """Show the guide, at the page where it was left."""
        if self._window is None:
            self._window = GuideWindow(self._parent)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()


class GuideWindow(QWidget):
    """A tab for each guide, and the guide. It follows the language; Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.browser = _Browser(self)
        self.pages = QTabBar(self)
        self.pages.setExpanding(False)
        self.pages.setDrawBase(False)
        for _page in PAGES:
            self.pages.addTab("")
        self.pages.currentChanged.connect(lambda number: self.turn_to([*PAGES][number]))
        column = QVBoxLayout(self)
        column.addWidget(self.pages)
        column.addWidget(self.browser, 1)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)
        self._page = next(iter(PAGES))
        self.resize(_SIZE)
        self._retranslate()

    def turn_to(self, page: str) -> None:
        """Show the guide in the file `page`."""
        self._page = page
        self.pages.setCurrentIndex([*PAGES].index(page))
        self.browser.show_page(DOCS / "guide" / language() / page)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(_("User guide"))
        self.browser.setAccessibleName(_("User guide"))
        self.pages.setAccessibleName(_("User guide"))
        for number, title in enumerate(PAGES.values()):
            self.pages.setTabText(number, _(title))
        self.turn_to(self._page)


class _Browser(QTextBrowser):
    """Markdown set as a page: each paragraph in the direction of the language, code from left to right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.anchorClicked.connect(self._follow)
        self._file = DOCS
        self._shown: QTextDocument | None = None
        self._room = 0

    def show_page(self, file: Path) -> None:
        """Show the file, or say that it is missing."""
        self._file = file
        try:
            told = file.read_text(encoding="utf-8")
        except OSError:
            told = _("{file} is not where it should be: the program was not installed whole.").format(file=file.name)
        # A new document for each page: with it goes what was asked of it, which PySide would keep otherwise.
        before, document = self._shown, QTextDocument(self)
        self._shown = document
        self.setDocument(document)
        if before is not None:
            before.deleteLater()
        document.setDocumentMargin(_MARGIN)
        document.setDefaultFont(self.font())
        document.setMarkdown(_turned(told) if is_right_to_left() else told, _DIALECT)
        self._set_paragraphs()
        self._set_tables()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the pictures as wide as the page lets them be."""
        super().resizeEvent(event)
        room, self._room = self._room, self._width()
        if room != self._room and self._shown is not None:
            for picture in _pictures(self._shown):
                self._shown.addResource(_IMAGE, QUrl(picture), self.loadResource(_IMAGE, QUrl(picture)))
            self._shown.markContentsDirty(0, self._shown.characterCount())

    def loadResource(self, kind: int, name: QUrl) -> object:
        """A picture of the guide, no wider than the page; nothing that lies elsewhere."""
        file = self._within(name)
        if file is None or kind != _IMAGE:
            return None
        image, ratio = QImage(str(file)), self.devicePixelRatioF()
        wide = round(self._width() * ratio)
        if image.width() > wide:
            image = image.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(ratio)
        return image

    def _width(self) -> int:
        """How wide the text is."""
        return max(200, self.viewport().width() - 2 * _MARGIN - _SCROLL_BAR)

    def _follow(self, link: QUrl) -> None:
        file = self._within(link)
        window = self.parent()
        if file is None:
            return
        if file.parent == self._file.parent and file.name in PAGES and isinstance(window, GuideWindow):
            window.turn_to(file.name)
        elif file.suffix == ".md":
            self.show_page(file)

    def _within(self, link: QUrl) -> Path | None:
        """The file of the documents that `link` leads to."""
        if link.scheme() not in ("", "file"):
            return None
        file = (self._file.parent / link.path()).resolve()
        return file if file.is_relative_to(DOCS.resolve()) and file.is_file() else None

    def _set_paragraphs(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for block in _blocks(self.document()):
            form = QTextBlockFormat()
            code = _is_code(block)
            left = code or not is_right_to_left()
            form.setLayoutDirection(Qt.LayoutDirection.LeftToRight if left else Qt.LayoutDirection.RightToLeft)
            form.setBottomMargin(0 if _goes_on(block) else _BELOW)
            if block.blockFormat().headingLevel() > 1:
                form.setTopMargin(_ABOVE)
            if code:
                form.setBackground(self.palette().alternateBase())
            elif _PICTURE not in block.text():
                form.setLineHeight(_LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            cursor.setPosition(block.position())
            cursor.mergeBlockFormat(form)
        cursor.endEditBlock()

    def _set_tables(self) -> None:
        line = self.palette().mid().color()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                form = frame.format()
                if is_right_to_left():
                    form.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
                form.setTopMargin(_BELOW)
                form.setBottomMargin(_BELOW)
                form.setCellPadding(_CELL)
                form.setCellSpacing(0)
                form.setBorder(1)
                form.setBorderCollapse(True)
                form.setBorderBrush(line)
                form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
                frame.setFormat(form)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _pictures(document: QTextDocument) -> set[str]:
    """The names of the pictures of a page."""
    return {form.toImageFormat().name() for form in document.allFormats() if form.isImageFormat()}


def _turned(told: str) -> str:
    """A page whose tables begin on the right: Qt sets their columns from left to right whatever their direction."""
    lines, code = told.split("\n"), False
    for number, line in enumerate(lines):
        code ^= line.startswith("```")
        if line.startswith("|") and not code:
            lines[number] = "|".join(_CELLS.split(line)[::-1])
    return "\n".join(lines)


def _goes_on(block: QTextBlock) -> bool:
    """Whether what comes next belongs to the same code, list or table."""
    if _is_code(block):
        return _is_code(block.next())
    listed, after = block.textList(), block.next()
    return _in_table(block) or bool(listed and after.isValid() and after.textList())


def _is_code(block: QTextBlock) -> bool:
    return block.isValid() and block.blockFormat().hasProperty(QTextBlockFormat.Property.BlockCodeFence)


def _in_table(block: QTextBlock) -> bool:
    return QTextCursor(block).currentTable() is not None
