"""How many articles stand where, kept up with every step without counting again."""

from __future__ import annotations

from collections.abc import Mapping

from app.model.annotation import Change


class Tally:
    """Articles by status, and flagged ones. Counted once when a project is opened, then moved by changes."""

    def __init__(self, counts: Mapping[str, int] | None = None, flagged: int = 0) -> None:
        self._counts = dict(counts or {})
        self.flagged = flagged

    @property
    def total(self) -> int:
        """All articles of the project."""
        return sum(self._counts.values())

    @property
    def done(self) -> int:
        """Articles that are complete."""
        return self._counts.get("complete", 0)

    @property
    def open(self) -> int:
        """Articles that nobody has finished or skipped."""
        return self._counts.get("new", 0) + self._counts.get("in_progress", 0)

    @property
    def skipped(self) -> int:
        """Articles that were skipped."""
        return self._counts.get("skipped", 0)

    def follow(self, change: Change) -> bool:
        """Move what `change` moves; whether any number is another now."""
        before, after = change.state_before, change.state_after
        if before is None or after is None:
            return False
        self._counts[before.status] = self._counts.get(before.status, 0) - 1
        self._counts[after.status] = self._counts.get(after.status, 0) + 1
        self.flagged += int(after.flagged) - int(before.flagged)
        return before.status != after.status or before.flagged != after.flagged
