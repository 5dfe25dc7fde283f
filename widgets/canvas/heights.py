"""Heights of paragraphs, some of them estimates: sums and look-ups in logarithmic time (a Fenwick tree)."""

from __future__ import annotations

from collections.abc import Sequence


class Heights:
    """A list of heights with quick prefix sums."""

    def __init__(self, heights: Sequence[float]) -> None:
        self._heights = list(heights)
        self._tree = [0.0, *self._heights]
        for i in range(1, len(self._tree)):
            parent = i + (i & -i)
            if parent < len(self._tree):
                self._tree[parent] += self._tree[i]
        self._top_bit = 1 << (len(self._heights).bit_length() - 1) if self._heights else 0

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, i: int) -> float:
        return self._heights[i]

    def set(self, i: int, height: float) -> float:
        """Give paragraph `i` another height; returns by how much it grew."""
        grown = height - self._heights[i]
        if grown:
            self._heights[i] = height
            i += 1
            while i < len(self._tree):
                self._tree[i] += grown
                i += i & -i
        return grown

    def top(self, i: int) -> float:
        """The sum of the heights before paragraph `i`."""
        total = 0.0
        while i:
            total += self._tree[i]
            i -= i & -i
        return total

    @property
    def total(self) -> float:
        """The sum of all heights."""
        return self.top(len(self._heights))

    def find(self, y: float) -> int:
        """The paragraph at height `y`; the first above the top, the last below the end."""
        at, step = 0, self._top_bit
        while step:
            following = at + step
            if following < len(self._tree) and self._tree[following] <= y:
                at = following
                y -= self._tree[following]
            step >>= 1
        return min(at, len(self._heights) - 1)
