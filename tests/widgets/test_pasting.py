"""A text copied elsewhere becomes an article."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.widgets.hands import marks, select
from widgets.pasting import pasted_text
from widgets.workbench import Workbench

TEXT = "\n  قتل 12 مدنياً في تل الريحان 😀\u2028ثانية\u00a0هنا\u0301 \u200fو\n\nنهاية\n"
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def clean_clipboard(qapp: object) -> Iterator[None]:
    yield
    QGuiApplication.clipboard().clear()


def paste(qtbot: QtBot, bench: Workbench, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    bench.window.canvas.setFocus()
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_V, BOTH)


def test_a_pasted_text_is_an_article_code_point_for_code_point(qtbot: QtBot, bench: Workbench) -> None:
    paste(qtbot, bench, TEXT)
    session = bench.bridge.session
    assert (session.document.text, session.document.language, session.count) == (TEXT, "ar", 2)
    assert session.document.heading == TEXT.split("\n")[1].strip()
    assert bench.window.canvas.hasFocus()
    assert bench.window.articles.model.rowCount() == 2
    assert bench.bridge.tally.total == 2
    start, end = select(bench, "تل الريحان")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    assert marks(bench) == [(start, end, "LOCATION")]


def test_the_same_text_again_is_gone_to_and_not_doubled(qtbot: QtBot, bench: Workbench) -> None:
    paste(qtbot, bench, TEXT)
    bench.commands.run("previous-article")
    paste(qtbot, bench, TEXT)
    assert (bench.bridge.session.document.text, bench.bridge.session.count) == (TEXT, 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [(" \n\t\u00a0", "no text on the clipboard"), ("ا" * 11, "11 characters"), ("\ud83d", "surrogate")],
)
def test_what_is_no_article_is_refused_with_a_sentence(
    qtbot: QtBot, bench: Workbench, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    monkeypatch.setattr("app.articles.TEXT_LIMIT", 10)
    monkeypatch.setattr("widgets.pasting.pasted_text", lambda mime: text)
    told: list[str] = []
    monkeypatch.setattr(bench.window.status, "tell", told.append)
    bench.window.actions_["paste"].trigger()
    assert bench.bridge.session.count == 1
    assert [said in one for one in told] == [True]


def test_a_byte_order_mark_is_a_character_of_the_text() -> None:
    mime = QMimeData()
    mime.setData("text/plain;charset=utf-8", "\ufeffقال\r\n".encode())
    assert pasted_text(mime) == "\ufeffقال\r\n"
    plain = QMimeData()
    plain.setText("قال")
    assert pasted_text(plain) == "قال"
