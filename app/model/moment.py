"""Moments as they are written: UTC, with milliseconds, as `2026-01-31T10:00:00.000Z`."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(seconds: float) -> str:
    """The moment `seconds` after 1970 (`time.time()`)."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
