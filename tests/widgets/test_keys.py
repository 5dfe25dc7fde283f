import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from widgets.keys import key_name

NONE = Qt.KeyboardModifier.NoModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


def pressed(key: int, text: str = "", scan: int = 0, virtual: int = 0, modifiers=NONE) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan, virtual, 0, text)


@pytest.mark.parametrize(
    ("platform", "event"),
    [
        ("linux", pressed(ord("ب"), "ب", scan=41)),
        ("win32", pressed(ord("ب"), "ب", scan=0x21)),
        ("darwin", pressed(ord("ب"), "ب", virtual=3)),
        ("linux", pressed(Qt.Key.Key_F, "f", scan=41)),
        ("linux", pressed(ord("ب"), "ب")),
        ("linux", pressed(Qt.Key.Key_F, "f")),
    ],
)
def test_the_f_key_is_f_in_every_layout_and_on_every_system(platform, event):
    assert key_name(event, platform) == "F"


@pytest.mark.parametrize(
    "event",
    [
        pressed(Qt.Key.Key_3, "3", scan=12),
        pressed(ord("٣"), "٣", scan=12),
        pressed(Qt.Key.Key_QuoteDbl, '"', scan=12),  # the same key unshifted on a French keyboard
        pressed(Qt.Key.Key_3, "3", scan=89, modifiers=KEYPAD),
        pressed(ord("٣"), "٣", scan=89, modifiers=KEYPAD),
        pressed(ord("۳"), "۳"),
        pressed(0, "٣"),
        pressed(Qt.Key.Key_3, "3"),
    ],
)
def test_every_key_that_means_three_is_three(event):
    assert key_name(event, "linux") == "3"


def test_a_numeric_pad_without_num_lock_moves_and_labels_nothing():
    assert key_name(pressed(Qt.Key.Key_PageDown, scan=89, modifiers=KEYPAD), "linux") == ""


def test_delete_and_enter_of_the_numeric_pad_are_delete_and_enter():
    assert key_name(pressed(Qt.Key.Key_Delete, scan=91, modifiers=KEYPAD), "linux") == "Delete"
    assert key_name(pressed(Qt.Key.Key_Enter, "\r", scan=104, modifiers=KEYPAD), "linux") == "Enter"


def test_dvorak_moves_letters_but_not_keys():
    assert key_name(pressed(Qt.Key.Key_U, "u", scan=41), "linux") == "F"


@pytest.mark.parametrize(("scan", "name"), [(34, "["), (35, "]"), (39, "S"), (10, "1"), (18, "9"), (53, "X")])
def test_physical_names_are_the_engravings_of_a_us_keyboard(scan, name):
    assert key_name(pressed(0x6D1, "?", scan=scan), "linux") == name
