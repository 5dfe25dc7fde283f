"""Which key of the keyboard was pressed, whatever the layout makes of it.

Single-letter commands are keys, not characters: the key engraved F on an English keyboard writes ب in an Arabic
layout and must still flag the article. Names are the engravings of a US keyboard: ``F``, ``[``, ``1``.
"""

from __future__ import annotations

import sys
import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

# Linux evdev codes; X11 and Wayland report them plus 8, and Windows' scan codes (set 1) are the same numbers.
_EVDEV_ROWS = {2: "1234567890-=", 16: "QWERTYUIOP[]", 30: "ASDFGHJKL;'", 44: "ZXCVBNM,./"}
_EVDEV = {first + n: name for first, row in _EVDEV_ROWS.items() for n, name in enumerate(row)}
_X11_OFFSET = 8

# macOS reports no scan code; these are its virtual key codes (kVK_ANSI_…). A is 0 there, which also means "none".
_MAC = dict(
    zip(
        (1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 25, 26, 28, 29),
        "SDFHGZXCVBQWERYT1234659780",
        strict=True,
    )
) | {30: "]", 31: "O", 32: "U", 33: "[", 34: "I", 35: "P", 37: "L", 38: "J", 40: "K", 45: "N", 46: "M"}

# What the usual Arabic layouts write on a key, for events that carry no code (on-screen keyboards, remote desktops).
_ARABIC_LETTERS = dict(zip("ضصثقفغعهخحجدشسيبلاتنمئءؤرىة", "QWERTYUIOP[]ASDFGHJKLZXCVNM", strict=True))
_SHIFTED = {"{": "[", "}": "]"}

_NAMED = {
    Qt.Key.Key_Delete: "Delete",
    Qt.Key.Key_Backspace: "Backspace",
    Qt.Key.Key_Return: "Enter",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Escape: "Esc",
}


def key_name(event: QKeyEvent, platform: str = sys.platform) -> str:
    """The pressed key by its US engraving, a digit for any key that means one, ``Delete`` …, or ``""``."""
    named = _NAMED.get(Qt.Key(event.key()))
    if named:
        return named
    if event.modifiers() & Qt.KeyboardModifier.KeypadModifier and platform != "darwin":
        return _digit(event)
    return _physical(event, platform) or _digit(event) or _by_character(event)


def chord_name(event: QKeyEvent, platform: str = sys.platform) -> str:
    """The pressed key with what is held, like ``Ctrl+Shift+[``; ``""`` with Alt or Meta, or for no key known here."""
    name, held = key_name(event, platform), event.modifiers()
    if not name or held & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier):
        return ""
    control = "Ctrl+" if held & Qt.KeyboardModifier.ControlModifier else ""
    return control + ("Shift+" if held & Qt.KeyboardModifier.ShiftModifier else "") + name


def _physical(event: QKeyEvent, platform: str) -> str:
    if platform == "darwin":
        return _MAC.get(event.nativeVirtualKey(), "")
    code = event.nativeScanCode()
    if platform != "win32":
        code -= _X11_OFFSET
    return _EVDEV.get(code, "")


def _digit(event: QKeyEvent) -> str:
    for character in (event.text(), _character(event)):
        if len(character) == 1 and character.isdecimal():
            return str(unicodedata.decimal(character))
    return ""


def _by_character(event: QKeyEvent) -> str:
    character = _character(event) or event.text()
    return (
        _ARABIC_LETTERS.get(character) or _SHIFTED.get(character) or (character.upper() if character.isascii() else "")
    )


def _character(event: QKeyEvent) -> str:
    key = event.key()
    return chr(key) if 0x20 < key < 0x10FFFF and not 0xD800 <= key < 0xE000 else ""
