"""What the gazetteer costs: reading it, and looking a name up in it; in processor time."""

from __future__ import annotations

import time

from app.places import gazetteer

NAMES = (
    *("الموصل", "بالموصل", "طرابلس", "محافظة صلاح الدين", "بلدة قره قوش", "سهل نينوى", "دير الزور", "كان", "ال", "ش"),
    *(
        "الموصلل",
        "كركوق",
        "ابتثجحخدذرزسشصضط",
        "ا ب ت ث ج ح خ د ذ",
        "Mosul",
        "al-Raqqa",
        "Mosull",
        "xyzzy",
        "ش" * 10_000,
    ),
)
"""Names that are met at once, late and not at all, and hostile ones."""


def load_ms(rounds: int) -> list[float]:
    """What each of so many first look-ups would wait for."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        gazetteer.__wrapped__()
        taken.append((time.process_time() - start) * 1e3)
    return taken


def lookup_ms(rounds: int) -> list[float]:
    """What each look-up of each name took, so many times over."""
    places, taken = gazetteer(), []
    for name in NAMES * rounds:
        start = time.process_time()
        places.look_up(name, {"IQ": 7, "SY": 2})
        taken.append((time.process_time() - start) * 1e3)
    return taken
