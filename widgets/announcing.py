"""What a part of the window says to who sees and to who listens."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

_UNSPOKEN: Final = re.compile("[\u200e\u200f\u061c\u2066-\u2069]")
_URGENT: Final = QAccessible.AnnouncementPoliteness.Assertive


def announce(part: QWidget, said: str, *, urgent: bool = False) -> None:
    """Have assistive technology speak `said` for a part of the window, at once if `urgent`; nothing for ""."""
    if said and QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(part, _UNSPOKEN.sub("", said))
        if urgent:
            event.setPoliteness(_URGENT)
        _send(event)


def _send(event: QAccessibleAnnouncementEvent) -> None:
    QAccessible.updateAccessibility(event)
