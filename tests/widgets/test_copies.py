"""The article on paper, as a PDF, as a picture and as HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.labels import default_schema
from app.model.annotation import Fragment, Span
from tests.widgets.hands import select
from widgets.markup import marked_html
from widgets.theme import read_theme
from widgets.workbench import Workbench

THEME = read_theme("light").with_schema(default_schema(), {}, "en")
NAMES = {"Location", "Actor"}


class _Read(HTMLParser):
    """What a reader of HTML sees: the text, and the names of what is marked."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.names, self.tags = "", [], set[str]()
        self._in_name = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._in_name += tag == "sub"

    def handle_endtag(self, tag: str) -> None:
        self._in_name -= tag == "sub"

    def handle_data(self, data: str) -> None:
        if self._in_name:
            self.names += [data.strip()] if data.strip() else []
        else:
            self.text += data


def test_html_of_the_selection_carries_its_marks_and_the_plain_text_beside(qtbot: QtBot, bench: Workbench) -> None:
    select(bench, "تل الريحان")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_Escape)
    select(bench, "في تل الريحان")
    bench.window.actions_["copy-html"].trigger()
    taken = QGuiApplication.clipboard().mimeData()
    assert taken.text() == "في تل الريحان"
    read = _Read(taken.html())
    assert (read.text.strip(), read.names) == ("في تل الريحان", ["Location"])


def test_without_a_selection_the_whole_article_is_taken(bench: Workbench) -> None:
    bench.window.actions_["copy-html"].trigger()
    assert QGuiApplication.clipboard().text() == bench.bridge.session.document.text


@given(
    st.text("ab<&> \n\"'قتل", max_size=30),
    st.lists(st.tuples(st.integers(0, 29), st.integers(1, 30), st.sampled_from(["LOCATION", "ACTOR"])), max_size=5),
)
def test_no_letter_is_lost_or_read_as_markup(text: str, places: list[tuple[int, int, str]]) -> None:
    spans = [
        Span(f"s{number}", label, (Fragment(start, end),))
        for number, (start, end, label) in enumerate(places)
        if start < end <= len(text) and text[start:end].strip()
    ]
    read = _Read(marked_html(text, spans, THEME, 0, len(text)))
    assert re.sub(r"\n", "", read.text) == re.sub(r"\n", "", text)
    assert len(read.names) == len(spans)
    assert set(read.names) <= NAMES
    assert read.tags <= {"div", "p", "span", "sub", "bdi"}


def test_a_picture_of_the_selection_is_less_high_than_that_of_the_article(bench: Workbench) -> None:
    bench.window.actions_["copy-picture"].trigger()
    whole = QGuiApplication.clipboard().image()
    select(bench, "الميناء")
    bench.window.actions_["copy-picture"].trigger()
    part = QGuiApplication.clipboard().image()
    assert 0 < part.height() < whole.height()
    assert part.width() == whole.width()


def test_an_article_too_long_for_a_picture_is_said_to_be(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("widgets.render.TALLEST", 10)
    QGuiApplication.clipboard().setText("before")
    bench.window.actions_["copy-picture"].trigger()
    assert QGuiApplication.clipboard().text() == "before"
    assert "more than one picture" in "\n".join(notice.text() for notice in bench.window.notices.shown())


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_pdf_is_asked_for_under_the_name_of_the_article(bench: Workbench, tmp_path: Path) -> None:
    bench.window.actions_["save-pdf"].trigger()
    (dialog,) = bench.window.findChildren(QFileDialog)
    (name,) = [Path(file).name for file in dialog.selectedFiles()]
    assert name.startswith("قال المتحدث")
    assert name.endswith(".pdf")
    dialog.reject()


def test_a_pdf_is_written_or_what_prevents_it_is_said(bench: Workbench, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    bench.copies.save_pdf(out)
    assert out.read_bytes().startswith(b"%PDF-")
    bench.copies.save_pdf(tmp_path / "missing" / "out.pdf")
    assert "out.pdf" in bench.window.notices.shown()[-1].text()
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".pdf"] == ["out.pdf"]


def test_what_is_printed_fills_the_sheets_of_the_printer(bench: Workbench, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF())
    bench.copies.print_to(printer)
    content = (tmp_path / "printed.pdf").read_bytes()
    assert content.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", content)) == 1
