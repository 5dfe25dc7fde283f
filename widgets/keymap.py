"""Which keys ask for which action: those of the table of actions, unless a person chose others.

Keys are written as on a US keyboard: ``Ctrl+Shift+Z`` and ``F8`` are shortcuts, which work anywhere in the window;
``X``, ``Shift+[`` and ``Delete`` are keys by hand, which count only while nothing is being typed. What is done to a
suggestion may have the keys of what is done to a span: only one of them is in focus.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from app.wording import N_
from widgets.actions import BY_ID, ON_A_SUGGESTION, ON_SPANS_ALONE
from widgets.keys import chord_name, key_name

_HAND_NAMES = {"Delete", "Backspace", "Enter", "Esc"}
_SYMBOLS = set("[]-=;',./")
_MODIFIERS = ("Ctrl", "Shift", "Alt", "Meta")
_MOVES = {"Left", "Right", "Up", "Down", "Home", "End", "Tab", "Backtab", "Space", "PgUp", "PgDown"}
_IN_FIELDS = {"Ctrl+A", "Ctrl+X", "Ctrl+V", "Ctrl+Ins", "Shift+Ins", "Shift+Del"}

DIGITS_MARK = N_("Digits mark with labels, and with Shift they arm the brush.")
ALT_IS_TAKEN = N_("Alt opens menus, and switches layouts and workspaces.")
MOVES = N_("This key moves in the text or writes in fields.")
WRITES = N_("This key edits fields everywhere.")
NO_KEY = N_("This key cannot be used.")


class Keymap:
    """The keys of every action. `changes` are keys by the action's id; what makes no sense among them is left out."""

    def __init__(self, changes: Mapping[str, Sequence[str]] | None = None) -> None:
        self.changes = {id: _sane(keys) for id, keys in (changes or {}).items() if id in BY_ID}
        self._owners: dict[str, str] = {}
        self._on_suggestion: dict[str, str] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        for id in sorted(BY_ID, key=lambda id: id not in self.changes):  # what a person chose goes before
            wanted = self.changes[id] if id in self.changes else came_with(id)
            self._keys[id] = tuple(chord for chord in wanted if self._take(chord, id))

    def keys(self, id: str) -> tuple[str, ...]:
        """The keys of an action, in their order."""
        return self._keys[id]

    def shortcuts(self, id: str) -> list[str]:
        """Those that work anywhere in the window."""
        return [chord for chord in self._keys[id] if not is_by_hand(chord)]

    def owner(self, chord: str, beside: str = "") -> str:
        """The id of the action that `chord` asks for; "" for none. One that may share it with `beside` is none."""
        owner, on_suggestion = self._owners.get(chord, ""), self._on_suggestion.get(chord, "")
        if beside in ON_A_SUGGESTION:
            return on_suggestion or ("" if owner in ON_SPANS_ALONE else owner)
        return owner if beside in ON_SPANS_ALONE else owner or on_suggestion

    def by_hand(self, chord: str) -> str:
        """The action that a bare key asks for, or a bracket with Ctrl; "" for none. Suggestions are not asked."""
        return self._owners.get(chord, "") if is_by_hand(chord) else ""

    def on_suggestion(self, chord: str) -> str:
        """The action that a bare key asks for while a suggestion is in focus; "" for none of those for suggestions."""
        return self._on_suggestion.get(chord, "") if is_by_hand(chord) else ""

    def caption(self, id: str) -> str:
        """The first key of an action as the system writes it, e.g. ``Ctrl+Z`` or ``⌘Z``; may be empty."""
        keys = sorted(self._keys[id], key=lambda chord: not is_by_hand(chord))
        return engraved(keys[0]) if keys else ""

    def with_keys(self, id: str, keys: Sequence[str]) -> Keymap:
        """The same, with these keys for the action `id`; whoever had one of them loses it."""
        changes = dict(self.changes)
        for chord in keys:
            other = self.owner(chord, id)
            if other and other != id:
                changes[other] = tuple(kept for kept in self._keys[other] if kept != chord)
        changes[id] = tuple(keys)
        return Keymap({one: given for one, given in changes.items() if given != came_with(one)})

    def as_it_came(self, id: str) -> Keymap:
        """The same, with the keys that the action `id` came with."""
        return self.with_keys(id, came_with(id))

    def told(self) -> dict[str, list[str]]:
        """What is otherwise than it came, for the settings."""
        return {id: list(keys) for id, keys in self.changes.items()}

    def _take(self, chord: str, id: str) -> bool:
        """Whether `id` may have the key: nobody has it, or one that may share it."""
        if self.owner(chord, id) not in ("", id):
            return False
        (self._on_suggestion if id in ON_A_SUGGESTION else self._owners)[chord] = id
        return True


def came_with(id: str) -> tuple[str, ...]:
    """The keys of an action as the program comes."""
    action = BY_ID[id]
    return (*((action.hand,) if action.hand else ()), *action.keys)


def is_by_hand(chord: str) -> bool:
    """Whether `chord` is pressed while nothing is being typed, and found by its place on the keyboard."""
    held, key = split(chord)
    if "Alt" in held or "Meta" in held:
        return False
    if "Ctrl" in held:
        return key in ("[", "]")
    if key in _HAND_NAMES:
        return not held or chord == "Shift+Enter"
    return key in _SYMBOLS or (len(key) == 1 and key.isalnum())


def split(chord: str) -> tuple[tuple[str, ...], str]:
    """What is held, and the key itself, which may be a plus."""
    held, rest = [], chord
    while name := next((name for name in _MODIFIERS if rest.startswith(name + "+") and rest != name + "+"), ""):
        held.append(name)
        rest = rest[len(name) + 1 :]
    return tuple(held), rest


def engraved(chord: str) -> str:
    """`chord` as the system writes it."""
    if is_by_hand(chord):
        return chord
    return QKeySequence(chord).toString(QKeySequence.SequenceFormat.NativeText)


def pressed(event: QKeyEvent) -> str:
    """The chord that a key press makes, whatever the layout; "" while only Shift, Ctrl and the like are held."""
    if event.key() in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, 0):
        return ""
    name, by_hand = key_name(event), chord_name(event)
    if by_hand and is_by_hand(by_hand):
        return by_hand
    combination = event.keyCombination()
    if len(name) == 1 and name.isalpha():
        return "".join(f"{held}+" for held in _held(event)) + name
    if (len(name) == 1 and name in _SYMBOLS) or event.text() == "+":
        held = [one for one in _held(event) if one != "Shift"]
        return "".join(f"{one}+" for one in held) + (QKeySequence(event.key()).toString() or name)
    text = QKeySequence(combination).toString()
    return text if text.isprintable() else ""


def refusal(chord: str, label_keys: Mapping[str, str]) -> str:
    """Why `chord` can be no action's, as a message; "" when it can. `label_keys` are titles by their keys."""
    held, key = split(chord)
    if "Alt" in held or "Meta" in held:
        return ALT_IS_TAKEN
    if key.isdecimal() and "Ctrl" not in held:
        return DIGITS_MARK
    if key in _MOVES and not (key in ("PgUp", "PgDown") and "Ctrl" in held):
        return MOVES
    if chord in _IN_FIELDS or not key or (key == "Backspace" and held):
        return WRITES if key else NO_KEY
    if len(key) == 1 and key in label_keys and "Ctrl" not in held:
        return N_("This key marks with a label of this project: {label}.")
    return "" if is_by_hand(chord) or QKeySequence(chord).toString() else NO_KEY


def _held(event: QKeyEvent) -> list[str]:
    modifiers = event.modifiers()
    flags = Qt.KeyboardModifier
    order = (flags.ControlModifier, flags.ShiftModifier, flags.AltModifier, flags.MetaModifier)
    return [name for name, flag in zip(_MODIFIERS, order, strict=True) if modifiers & flag]


def _sane(keys: Sequence[str]) -> tuple[str, ...]:
    found = dict.fromkeys(chord for chord in keys if 0 < len(chord) < 40 and not refusal(chord, {}))
    return tuple(found)
