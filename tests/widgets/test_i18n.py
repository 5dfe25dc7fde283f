"""Numbers, times and directions in the words of the window."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from app.errors import Fault
from app.wording import describe_fault
from widgets import i18n


@pytest.fixture
def in_arabic(qapp: QApplication):
    qapp.interpreter.speak("ar")
    yield
    qapp.interpreter.speak("en")


def test_arabic_counts_in_its_own_digits_wherever_a_number_is_told(in_arabic: None) -> None:
    assert i18n.number(1234) == QLocale("ar").toString(1234)
    assert "٣" in i18n.clock(datetime(2026, 1, 2, 3, 4, 5).timestamp())
    assert i18n.offsets(118, 146) == "\u2066١١٨–١٤٦\u2069"
    assert i18n.in_digits(12345) == "١٢٣٤٥"
    assert "السطر ١٢" in describe_fault(Fault("a.jsonl", 12, "", "not-json"))
    assert i18n.percent(110).strip("\u2068\u2069") == "١١٠٪"


def test_english_counts_as_english_does(qapp: QApplication) -> None:
    qapp.interpreter.speak("en")
    assert i18n.number(1234) == "1,234"
    assert i18n.clock(datetime(2026, 1, 2, 13, 4, 5).timestamp()) == "13:04:05"


def test_the_whole_application_turns_round(qapp: QApplication) -> None:
    qapp.interpreter.speak("ar")
    assert qapp.layoutDirection() == Qt.LayoutDirection.RightToLeft
    qapp.interpreter.speak("en")
    assert qapp.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_a_tip_shows_angle_brackets_and_takes_them_for_nothing() -> None:
    assert "<b>" not in i18n.plain_tip("<b>x</b>")
    assert "&lt;b&gt;" in i18n.plain_tip("<b>x</b>")


def test_a_sentence_that_begins_with_a_path_is_still_arabic(in_arabic: None) -> None:
    assert i18n.sentence("/tmp/x: خطأ")[0] == "\u200f"


def test_a_language_that_is_left_leaves_nothing_behind(qapp: QApplication) -> None:
    before = len(qapp.findChildren(QTranslator))
    for code in ("ar", "en") * 3:
        qapp.interpreter.speak(code)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(qapp.findChildren(QTranslator)) <= before


def test_the_dialogs_of_files_speak_arabic_where_qt_does_not(qapp: QApplication) -> None:
    qapp.interpreter.speak("ar")  # type: ignore[attr-defined]
    try:
        dialog = QFileDialog()
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        said = {label.text().replace("&", "") for label in dialog.findChildren(QLabel)}
        assert {"البحث في:", "نوع الملفات:"} <= said
    finally:
        qapp.interpreter.speak("en")  # type: ignore[attr-defined]
    assert QCoreApplication.translate("QFileDialog", "&Look in:") == "&Look in:"
    assert QCoreApplication.translate("QFileDialog", "Nobody says this") == "Nobody says this"


@pytest.mark.parametrize(
    ("wished", "environment", "arabic"),
    [(["fr-FR", "ar-EG", "en-US"], "", True), (["en-GB", "ar-EG"], "", False), (["ar-EG"], "en_US.UTF-8", False)],
)
def test_macos_is_asked_for_its_languages_where_no_variable_says_one(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, wished: list[str], environment: str, arabic: bool
) -> None:
    class Macos(QLocale):
        @staticmethod
        def system() -> QLocale:  # type: ignore[override]
            return Macos("C")

        def uiLanguages(self, *_separator: object) -> list[str]:
            return wished

    monkeypatch.setattr(i18n.sys, "platform", "darwin")
    monkeypatch.setattr(i18n, "QLocale", Macos)
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    if environment:
        monkeypatch.setenv("LANG", environment)
    qapp.interpreter.speak("")
    assert (qapp.layoutDirection() == Qt.LayoutDirection.RightToLeft) is arabic
    monkeypatch.undo()
    qapp.interpreter.speak("en")
