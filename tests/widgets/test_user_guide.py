"""The user guide, opened from the menu, without a network."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QUrl
from PySide6.QtGui import QTextCursor, QTextDocument, QTextObject, QTextTable
from pytestqt.qtbot import QtBot

from widgets.user_guide import PAGES, GuideWindow
from widgets.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")


def opened(bench: Workbench) -> GuideWindow:
    bench.window.actions_["user-guide"].trigger()
    (guide,) = bench.window.findChildren(GuideWindow)
    return guide


def tables_and_lists(document: QTextDocument) -> list[QTextObject]:
    """What the blocks of the document stand in."""
    found: list[QTextObject] = []
    block = document.begin()
    while block.isValid():
        found += [kept for kept in (block.textList(), QTextCursor(block).currentTable()) if kept is not None]
        block = block.next()
    return found


def test_the_guide_opens_beside_the_work_in_the_language_of_the_window(bench: Workbench) -> None:
    guide = opened(bench)
    assert "For annotators" in guide.browser.toPlainText()
    bench.house.use_language("ar")
    assert "للمعلِّقين" in guide.browser.toPlainText()
    assert opened(bench) is guide
    bench.house.use_language("en")


def test_every_page_has_its_pictures_and_no_paragraph_of_arabic_runs_to_the_right(bench: Workbench) -> None:
    bench.house.use_language("ar")
    guide = opened(bench)
    for number, page in enumerate(PAGES):
        guide.pages.setCurrentIndex(number)
        document = guide.browser.document()
        block = document.begin()
        while block.isValid():
            code = "{" in block.text() or "=" in block.text() or block.text().startswith(("import", "from", "hashiya"))
            if block.text() and not code and not block.text().isascii():
                assert block.textDirection() == Qt.LayoutDirection.RightToLeft, (page, block.text())
            block = block.next()
    bench.house.use_language("en")


def test_what_lies_outside_of_the_documents_is_not_read(bench: Workbench) -> None:
    browser = opened(bench).browser
    kind = QTextDocument.ResourceType.ImageResource.value
    assert browser.loadResource(kind, QUrl("../images/window-en.png"))
    for elsewhere in (
        "../../../README.md",
        "file:///etc/passwd",
        "../../../../../../etc/passwd",
        "http://a.example/x.png",
    ):
        assert browser.loadResource(kind, QUrl(elsewhere)) is None


def test_a_link_to_another_guide_turns_to_it_and_esc_closes(qtbot: QtBot, bench: Workbench) -> None:
    guide = opened(bench)
    guide.browser.anchorClicked.emit(QUrl("leads.md"))
    assert guide.pages.currentIndex() == 1
    guide.browser.anchorClicked.emit(QUrl("../../schema.md"))
    assert "schema" in guide.browser.toPlainText()
    with qtbot.waitExposed(guide):
        guide.show()
    qtbot.keyClick(guide, Qt.Key.Key_Escape)
    assert not guide.isVisible()


def test_pictures_are_as_wide_as_the_page_from_the_first_moment_and_follow_the_window(
    qtbot: QtBot, bench: Workbench
) -> None:
    guide = opened(bench)
    kind = QTextDocument.ResourceType.ImageResource.value
    for width in (860, 1200, 600):
        guide.resize(width, 700)
        QCoreApplication.processEvents()
        image = guide.browser.document().resource(kind, QUrl("../images/window-en.png"))
        room = guide.browser.viewport().width()
        assert min(1120, 0.8 * room) <= image.width() / image.devicePixelRatio() <= room, width


def test_the_first_column_of_a_table_is_where_the_reading_begins(bench: Workbench) -> None:
    def heads() -> list[str]:
        (table, *_) = (one for one in tables_and_lists(opened(bench).browser.document()) if isinstance(one, QTextTable))
        return [table.cellAt(0, column).firstCursorPosition().block().text() for column in range(table.columns())]

    assert heads() == ["to", "press"]
    bench.house.use_language("ar")
    assert heads() == ["المفتاح", "المراد"]  # Qt sets columns from left to right
    bench.house.use_language("en")


def test_nothing_of_a_page_that_was_turned_is_kept(qtbot: QtBot, bench: Workbench) -> None:
    guide = opened(bench)
    document = guide.browser.document()
    parts = [document, *document.rootFrame().childFrames(), *tables_and_lists(document)]
    assert len(parts) > 3
    turned = [weakref.ref(part) for part in parts]
    del document, parts

    def nothing_is_kept() -> bool:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        return [part() for part in turned] == [None] * len(turned)

    guide.turn_to([*PAGES][1])
    qtbot.waitUntil(nothing_is_kept)
