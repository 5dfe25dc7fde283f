"""A signal without a screen: slots called at once, in the order in which they were connected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVarTuple

Values = TypeVarTuple("Values")


class Signal(Generic[*Values]):
    """Calls every connected slot with the values emitted. Holds its slots until they are disconnected."""

    __slots__ = ("_slots",)

    def __init__(self) -> None:
        self._slots: list[Callable[[*Values], object]] = []

    def connect(self, slot: Callable[[*Values], object]) -> None:
        """Call `slot` at each emission from now on."""
        self._slots.append(slot)

    def disconnect(self, slot: Callable[[*Values], object]) -> None:
        """Call `slot` no longer; a slot that is not connected is no error."""
        if slot in self._slots:
            self._slots.remove(slot)

    def emit(self, *values: *Values) -> None:
        """Call the slots that are connected now. What a slot raises reaches the emitter."""
        for slot in tuple(self._slots):
            slot(*values)

    def clear(self) -> None:
        """Let go of every slot."""
        self._slots.clear()
