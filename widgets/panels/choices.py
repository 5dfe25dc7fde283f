"""What can be chosen in a field: the title of each choice, the key that picks it, and how wide it is as a button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtGui import QFontMetrics

from app.model.schema import NO, YES, YES_NO, AttributeType, Choice
from app.wording import _, language
from widgets.fonts import interface_font

PADDING, CAP, BETWEEN = 7, 14, 5
"""The air at either end of a button, the size of its key cap, and what is between cap and title."""
_FREE_KEYS = "123456789ABCDEFHIJKLMNOPQRSTUVWXYZ"  # G looks a place up


class Pill(NamedTuple):
    """A choice as a button: the value it stands for, what is written on it, its key ("" for none), its width."""

    value: str
    title: str
    key: str
    width: int


def pills_of(one: AttributeType, given: Sequence[str]) -> list[Pill]:
    """A button for each choice, and behind them one for each given value that is no choice."""
    choices = choices_of(one)
    wrong = [Choice(value, {}) for value in given if all(value != choice.id for choice in choices)]
    keys = keys_of(choices)
    return [_pill(choice, keys.get(choice.id, "")) for choice in (*choices, *wrong)]


def keys_of(choices: Sequence[Choice]) -> dict[str, str]:
    """The key that picks each choice, by its id: its own, or the next free digit or letter; none for those beyond."""
    taken = {choice.key.upper() for choice in choices}
    free = iter(key for key in _FREE_KEYS if key not in taken)
    keys = {choice.id: choice.key.upper() or next(free, "") for choice in choices}
    return {id: key for id, key in keys.items() if key}


def choices_of(one: AttributeType) -> tuple[Choice, ...]:
    """What can be chosen; of a question to be answered by yes or no these two."""
    if one.kind != YES_NO:
        return one.choices
    return Choice(YES, {language(): _("Yes")}, "Y"), Choice(NO, {language(): _("No")}, "N")


def _pill(choice: Choice, key: str) -> Pill:
    title = choice.title(language())
    width = QFontMetrics(interface_font(12, bold=True)).horizontalAdvance(title) + 2 * PADDING + 2
    return Pill(choice.id, title, key, width + (CAP + BETWEEN if key else 0))


def by_key(pills: Sequence[Pill], name: str) -> Pill | None:
    """What a key picks: by its letter; a digit that is no choice's own counts them off."""
    if not name:
        return None
    found = next((pill for pill in pills if pill.key == name), None)
    if found or not name.isdecimal() or not 0 < int(name) <= len(pills):
        return found
    return pills[int(name) - 1]
