"""The language of the interface as Qt needs it: direction, digits, standard buttons, and switching while running."""

from __future__ import annotations

import sys
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QApplication

from app.wording import (
    N_,
    RIGHT_TO_LEFT,
    _,
    environment_languages,
    first_spoken,
    is_right_to_left,
    language,
    use_digits,
    use_language,
)

_LEFT_TO_RIGHT_ISOLATE, _FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2066", "\u2068", "\u2069"
_LEFT_TO_RIGHT_MARK, _RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
_NARROW_SPACE = "\u202f"


# What a locale writes otherwise than a person wished: its digits, and the marks between groups of them.
_ARAB, _LATN = "٠١٢٣٤٥٦٧٨٩٬٪", "0123456789,%"
_DIGITS = {"latn": str.maketrans(_ARAB, _LATN), "arab": str.maketrans(_LATN, _ARAB)}
_digits: dict[int, int] = {}


_MISSING = (N_("&Look in:"), N_("Files of &type:"), N_("Folder"))
"""What Qt's own catalogue leaves in English: the dialogs of files, where the system has none of its own."""


class _Gaps(QTranslator):
    """Asked after Qt's own catalogue."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str:
        return _(sourceText) if sourceText in _MISSING else None  # type: ignore[return-value] # None: not known


class Interpreter:
    """Switches the whole application to a language; every widget hears of it as a LanguageChange event."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._standard_buttons: QTranslator | None = None
        self._gaps: _Gaps | None = None

    def speak(self, code: str, digits: str = "") -> None:
        """Use `code` ("ar", "en", or "" for the system's language) from now on.

        `digits` are "latn" or "arab"; "": those of the language.
        """
        global _digits
        _digits = _DIGITS.get(digits, {})
        use_language(code or _of_macos())
        QLocale.setDefault(locale_of(language()))
        use_digits(in_digits)
        self._translate_standard_buttons()
        right_to_left = Qt.LayoutDirection.RightToLeft
        direction = right_to_left if is_right_to_left() else Qt.LayoutDirection.LeftToRight
        self._application.setLayoutDirection(direction)
        for window in self._application.topLevelWidgets():
            QCoreApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))

    def _translate_standard_buttons(self) -> None:
        if self._standard_buttons is not None:
            self._application.removeTranslator(self._standard_buttons)
            self._standard_buttons.deleteLater()
            self._standard_buttons = None
        if language() == "en":
            return
        if self._gaps is None:
            self._gaps = _Gaps(self._application)
            self._application.installTranslator(self._gaps)
        translator = QTranslator(self._application)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(f"qtbase_{language()}", folder):
            self._application.installTranslator(translator)
            self._standard_buttons = translator
        else:
            translator.deleteLater()


def _of_macos() -> str:
    """The language that macOS speaks with its user; "" elsewhere, and where a variable of the environment says it.

    Nothing else tells it to a program started from the Dock: there no variable is set, and Python asks only those.
    """
    if sys.platform != "darwin" or environment_languages():
        return ""
    return first_spoken(QLocale.system().uiLanguages())


def locale_of(code: str) -> QLocale:
    """The locale of `code`; the system's own where it speaks that language, so that its digits are the country's.

    A system may count otherwise than it speaks: in a language written from left to right that would not be read.
    """
    system = QLocale.system()
    speaks = system.name().split("_")[0] == code and (code in RIGHT_TO_LEFT or system.zeroDigit() == "0")
    return system if speaks else QLocale(code)


def number(n: int) -> str:
    """`n` in the digits of the language, with its group separators."""
    return QLocale().toString(n).translate(_digits)


def in_digits(n: int) -> str:
    """`n` in the digits of the language and nothing else, as places and lines are counted."""
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return locale.toString(n).translate(_digits)


def percent(n: int) -> str:
    """`n` per cent as the language writes it, in one piece whatever stands around it."""
    return isolate((QLocale().toString(n) + ("٪" if is_right_to_left() else _NARROW_SPACE + "%")).translate(_digits))


def in_local_digits(text: str) -> str:
    """`text` with its ASCII digits in those of the language."""
    return "".join(in_digits(int(c)) if "0" <= c <= "9" else c for c in text)


def clock(seconds: float) -> str:
    """The local time of day of `seconds` since 1970, to the second, in the digits of the language."""
    return in_local_digits(datetime.fromtimestamp(seconds).strftime("%H:%M:%S"))


def offsets(start: int, end: int) -> str:
    """Code point offsets in the digits of the language, without separators, from left to right."""
    return f"{_LEFT_TO_RIGHT_ISOLATE}{in_digits(start)}–{in_digits(end)}{_POP_ISOLATE}"


def isolate(text: str) -> str:
    """`text` kept in its own direction inside a sentence of the other one."""
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"


def left_to_right(text: str) -> str:
    """`text` kept from left to right: keys, paths, numbers with signs."""
    return f"{_LEFT_TO_RIGHT_ISOLATE}{text}{_POP_ISOLATE}"


def sentence(text: str) -> str:
    """`text` for a label, which would otherwise go by the first letter: a path, perhaps, before an Arabic sentence."""
    return (_RIGHT_TO_LEFT_MARK if is_right_to_left() else _LEFT_TO_RIGHT_MARK) + text if text else ""


def plain_tip(text: str) -> str:
    """`text` for a tool tip, which would take a text with angle brackets for HTML."""
    return str(GuiQt.convertFromPlainText(text)) if text else ""
