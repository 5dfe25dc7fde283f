from __future__ import annotations

import pytest

from app.signals import Signal


def test_slots_are_called_in_their_order_with_what_was_emitted() -> None:
    signal: Signal[str, int] = Signal()
    heard: list[object] = []
    signal.connect(lambda word, number: heard.append((word, number)))
    signal.connect(lambda word, number: heard.append(number))
    signal.emit("a", 1)
    assert heard == [("a", 1), 1]


def test_a_slot_that_was_disconnected_is_called_no_longer_also_while_others_are_called() -> None:
    signal: Signal[()] = Signal()
    heard: list[str] = []

    def once() -> None:
        heard.append("once")
        signal.disconnect(once)

    signal.connect(once)
    signal.connect(lambda: heard.append("always"))
    signal.emit()
    signal.emit()
    signal.disconnect(once)
    assert heard == ["once", "always", "always"]


def test_what_a_slot_raises_reaches_whoever_emitted() -> None:
    signal: Signal[()] = Signal()
    signal.connect(lambda: pytest.fail("as expected"))
    with pytest.raises(pytest.fail.Exception):
        signal.emit()
    signal.clear()
    signal.emit()
