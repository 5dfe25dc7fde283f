"""Articles taken in by the window: what a file holds is shown first, and what was refused is told afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.pages.transfer.import_page import ImportPage
from widgets.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
PATIENT = 20_000
OLD = "قال المتحدث إن السفينة وصلت إلى الميناء أمس وقتل عدد من المدنيين في المدينة"


def opened(qtbot: QtBot, bench: Workbench, *files: Path) -> ImportPage:
    """The page, asked for as from the menu, when it has looked at these files."""
    bench.window.actions_["import"].trigger()
    page = bench.importing.page
    assert page is not None and page.isVisible()
    bench.importing.open(files)
    looked(qtbot, page)
    return page


def looked(qtbot: QtBot, page: ImportPage) -> None:
    qtbot.waitUntil(lambda: all(file.sample or file.error for file in page._files), timeout=PATIENT)


def ended(qtbot: QtBot, bench: Workbench) -> None:
    qtbot.waitUntil(lambda: not bench.importing.running, timeout=PATIENT)


def said(bench: Workbench) -> str:
    return bench.window.notices.shown()[0].text()


def ids(bench: Workbench) -> list[str]:
    session = bench.bridge.session
    return [row.id for row in session.rows(0, session.count)]


def test_a_file_is_shown_before_it_is_taken_and_the_list_has_its_articles_after(
    qtbot: QtBot, bench: Workbench, corpus: Path
) -> None:
    page = opened(qtbot, bench, corpus)
    assert "UTF-8" in page.form._facts.text() and "from right to left" in page.form._facts.text()
    assert "3 articles" in page.form._facts.text() and page.form.view.text == "مقال 0 عن الميناء"
    assert page.list.item(0).text() == "corpus.jsonl\n3 articles"
    page.form._on.click()
    assert page.form.view.text == "مقال 1 عن الميناء"
    assert ids(bench) == ["article"]
    qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
    ended(qtbot, bench)
    assert ids(bench) == ["article", "a0", "a1", "a2"] and said(bench) == "3 articles imported."
    assert bench.importing.page is None and bench.window.canvas.isVisible()
    assert bench.window.articles.model.rowCount() == 4


def test_a_file_that_is_not_utf8_is_taken_only_when_its_encoding_was_said(
    qtbot: QtBot, bench: Workbench, tmp_path: Path
) -> None:
    old = tmp_path / "old.txt"
    old.write_bytes(OLD.encode("windows-1256"))
    page = opened(qtbot, bench, old)
    assert "not UTF-8" in page.form._facts.text() and not page.begin.isEnabled()
    offered = [page.form.encoding.itemText(n) for n in range(page.form.encoding.count())]
    assert any("Windows-1256" in one and "المتحدث" in one for one in offered)
    page.form.encoding.setCurrentIndex(page.form.encoding.findData("windows-1256"))
    page.form.encoding.activated.emit(page.form.encoding.currentIndex())
    looked(qtbot, page)
    assert page.form.view.text == OLD and "Windows-1256" in page.form._facts.text()
    assert page.form.encoding.isVisible() and page.form.encoding.currentData() == "windows-1256"
    qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
    ended(qtbot, bench)
    bench.bridge.go_to(bench.bridge.session.rows(1, 1)[0].key)
    assert bench.bridge.session.document.text == OLD


def test_lines_that_are_not_utf8_are_told_by_the_field_that_offers_another_encoding(
    qtbot: QtBot, bench: Workbench, tmp_path: Path
) -> None:
    mixed = tmp_path / "mixed.jsonl"
    mixed.write_bytes(b'{"id": "a", "text": "port"}\n{"id": "b", "text": "' + OLD.encode("windows-1256") + b'"}\n')
    page = opened(qtbot, bench, mixed)
    assert page.form.encoding.isVisible() and page.begin.isEnabled()
    assert page.form._faults.text() == "Parts of it are not UTF-8. Choose below how they read right."


def test_the_columns_of_a_table_are_chosen_in_the_preview(qtbot: QtBot, bench: Workbench, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("name,story,when\nعنوان,نص المقال عن الميناء,2024-01-01\n", encoding="utf-8")
    page = opened(qtbot, bench, table)
    assert not page.begin.isEnabled()
    for role, column in (("text", "story"), ("title", "name"), ("date", "when")):
        box = page.form.columns[role]
        assert box.isVisibleTo(page)
        box.setCurrentIndex(box.findData(column))
        box.activated.emit(box.currentIndex())
        looked(qtbot, page)
    assert page.form.view.text == "نص المقال عن الميناء"
    page.begin.click()
    ended(qtbot, bench)
    bench.bridge.go_to(bench.bridge.session.rows(1, 1)[0].key)
    document = bench.bridge.session.document
    assert (document.text, document.title) == ("نص المقال عن الميناء", "عنوان")
    assert ("date", "2024-01-01") in {(pair.name, pair.value) for pair in document.meta}


@pytest.mark.parametrize(("choice", "count"), [("skip", 1), ("keep", 2), ("replace", 1)])
def test_another_text_under_a_known_id_is_left_out_or_taken_as_was_chosen(
    qtbot: QtBot, bench: Workbench, tmp_path: Path, choice: str, count: int
) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text('{"id": "article", "text": "نص آخر"}\n{"id": "b", "text": ""}\nrubbish\n', encoding="utf-8")
    page = opened(qtbot, bench, other)
    assert "with another text: 1" in page.form._there.text() and "line 3" in page.form._faults.text()
    box = page.form.duplicates
    assert box.isVisibleTo(page)
    box.setCurrentIndex(box.findData(choice))
    box.activated.emit(box.currentIndex())
    page.begin.click()
    ended(qtbot, bench)
    assert len([id for id in ids(bench) if id.startswith("article")]) == count
    assert "line 3" in said(bench)
    bench.window.notices.shown()[0].copy()
    assert "line 3" in QApplication.clipboard().text()


def test_texts_that_are_nearly_the_same_are_pointed_out_before_and_after_unless_that_was_taken_back(
    qtbot: QtBot, bench: Workbench, tmp_path: Path
) -> None:
    wire = tmp_path / "wire.jsonl"
    again = f"عاجل: {OLD} مساء الخميس"
    wire.write_text(f'{{"id": "w1", "text": "{OLD}"}}\n{{"id": "w2", "text": "{again}"}}\n', encoding="utf-8")
    page = opened(qtbot, bench, wire)
    assert "\u2068w2\u2069 is nearly the same as \u2068w1\u2069" in page.form._there.text()
    page.form.alike.click()
    looked(qtbot, page)
    assert "nearly" not in page.form._there.text()
    page.form.alike.click()
    looked(qtbot, page)
    page.begin.click()
    ended(qtbot, bench)
    assert bench.bridge.session.count == 3 and "w2 is nearly the same as w1" in said(bench)


def test_what_is_there_already_is_said_and_not_taken_twice(qtbot: QtBot, bench: Workbench, article: Path) -> None:
    page = opened(qtbot, bench, article)
    assert "they stay as they are: 1" in page.form._there.text()
    page.begin.click()
    ended(qtbot, bench)
    assert ids(bench) == ["article"] and "1 was there already." in said(bench)


def test_a_folder_is_read_file_by_file(qtbot: QtBot, bench: Workbench, tmp_path: Path) -> None:
    folder = tmp_path / "wire"
    (folder / "sub").mkdir(parents=True)
    for n, place in enumerate((folder, folder / "sub")):
        (place / f"n{n}.txt").write_text(f"خبر رقم {n}", encoding="utf-8")
    page = opened(qtbot, bench, folder)
    assert "2 articles" in page.form._facts.text()
    page.begin.click()
    ended(qtbot, bench)
    assert bench.bridge.session.count == 3


def test_an_encoding_chosen_for_a_folder_leaves_its_other_files_alone_and_another_can_be_chosen(
    qtbot: QtBot, bench: Workbench, tmp_path: Path
) -> None:
    folder = tmp_path / "wire"
    folder.mkdir()
    (folder / "new.txt").write_text(OLD, encoding="utf-8")
    (folder / "old.txt").write_bytes(OLD.encode("windows-1256"))
    page = opened(qtbot, bench, folder)
    page.form.encoding.setCurrentIndex(page.form.encoding.findData("windows-1256"))
    page.form.encoding.activated.emit(page.form.encoding.currentIndex())
    looked(qtbot, page)
    assert page.form.view.text == OLD and "2 articles" in page.form._facts.text()
    assert page.form.encoding.isVisible() and page.form.encoding.itemData(0) == ""


def test_a_stopped_import_leaves_nothing_of_the_file(qtbot: QtBot, bench: Workbench, tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text("".join(f'{{"id": "m{n}", "text": "{"نص طويل " * 400}{n}"}}\n' for n in range(2500)))
    page = opened(qtbot, bench, many)
    assert "more than 2,000 articles" in page.form._facts.text()
    page.begin.click()
    assert page.said.isVisible() and "so far" in page.said.text() and page.cancel.hasFocus()
    qtbot.keyClick(page.cancel, Qt.Key.Key_Escape)
    ended(qtbot, bench)
    assert ids(bench) == ["article"] and said(bench) == "Stopped. The project is as it was."
    assert bench.importing.page is None


def test_a_project_is_closed_in_the_middle_of_an_import_and_holds_nothing_of_the_file(
    qtbot: QtBot, bench: Workbench, tmp_path: Path
) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text("".join(f'{{"id": "m{n}", "text": "{"نص طويل " * 400}{n}"}}\n' for n in range(2500)))
    project = bench.bridge.session.path
    bench.importing.take([many])
    assert bench.importing.running and bench.close_project() and not bench.importing.running
    bench.open_file(project)
    assert ids(bench) == ["article"]


def test_a_large_file_beside_the_open_one_is_read_while_the_window_goes_on(
    qtbot: QtBot, bench: Workbench, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("widgets.reading.LARGE_BYTES", 10)
    bench.add_file(corpus)
    assert bench.importing.running and bench.bridge.session.count == 1
    ended(qtbot, bench)
    assert bench.bridge.session.count == 4


def test_large_files_that_are_named_together_are_all_taken(
    qtbot: QtBot, open_bench: object, article: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("widgets.reading.LARGE_BYTES", 10)
    bench = open_bench(article, corpus)  # type: ignore[operator]
    qtbot.waitUntil(lambda: bench.bridge.is_open and bench.bridge.session.count == 4, timeout=PATIENT)


def test_files_that_are_dropped_on_an_open_project_are_offered_and_one_can_be_opened_instead(
    qtbot: QtBot, bench: Workbench, corpus: Path
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(corpus))])
    none = Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none)
    bench.window.dropEvent(drop)
    page = bench.importing.page
    assert page is not None and bench.bridge.session.name == "article"
    looked(qtbot, page)
    qtbot.mouseClick(page.alone, Qt.MouseButton.LeftButton)
    assert bench.bridge.session.name == "corpus" and bench.importing.page is None


def test_the_page_speaks_the_language_that_was_chosen_while_it_was_open(
    qtbot: QtBot, bench: Workbench, corpus: Path
) -> None:
    page = opened(qtbot, bench, corpus)
    bench.house.use_language("ar")
    page = bench.importing.page
    assert page is not None
    looked(qtbot, page)
    assert page.begin.text() == "استيراد" and page.paths() == [corpus]
    bench.importing.close()
    bench.exporting.open()
    bench.house.use_language("en")
    assert bench.exporting.page and bench.exporting.page.begin.text() == "Export"


def test_the_keyboard_alone_takes_a_file_off_the_list_and_imports_the_rest(
    qtbot: QtBot, bench: Workbench, corpus: Path, tmp_path: Path
) -> None:
    gone = tmp_path / "gone.jsonl"
    page = opened(qtbot, bench, gone, corpus)
    assert "gone.jsonl" in page.empty.text() and page.list.item(0).text() == "gone.jsonl\nCannot be read"
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert page.list.count() == 1
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    ended(qtbot, bench)
    assert bench.bridge.session.count == 4


def test_enter_before_all_is_seen_begins_by_itself_afterwards(qtbot: QtBot, bench: Workbench, corpus: Path) -> None:
    bench.window.actions_["import"].trigger()
    page = bench.importing.page
    assert page is not None
    bench.importing.open([corpus])
    assert page.said.isVisible() and page.said.text() == "1 file is still looked at."
    qtbot.keyClick(page, Qt.Key.Key_Return)
    assert page.said.text().endswith("The import begins by itself after that.") and not bench.importing.running
    qtbot.waitUntil(lambda: bench.importing.page is None, timeout=PATIENT)
    assert ids(bench) == ["article", "a0", "a1", "a2"]


def test_enter_before_all_is_seen_takes_nothing_when_a_file_cannot_be_read(
    qtbot: QtBot, bench: Workbench, corpus: Path
) -> None:
    bench.window.actions_["import"].trigger()
    page = bench.importing.page
    assert page is not None
    bench.importing.open([corpus, corpus.with_name("none.txt")])
    qtbot.keyClick(page, Qt.Key.Key_Return)
    looked(qtbot, page)
    assert not bench.importing.running and ids(bench) == ["article"]
    assert page.begin.isEnabled() and not page.said.isVisible()
