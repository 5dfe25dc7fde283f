from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from widgets.canvas.heights import Heights

lists = st.lists(st.integers(0, 300), min_size=1, max_size=40)


@given(lists, st.lists(st.tuples(st.integers(0, 39), st.integers(0, 300)), max_size=20))
def test_tops_are_the_sums_of_what_lies_above_however_often_heights_change(
    heights: list[int], changes: list[tuple[int, int]]
) -> None:
    found = Heights(heights)
    for i, height in changes:
        i %= len(heights)
        assert found.set(i, height) == height - heights[i]
        heights[i] = height
    assert [found.top(i) for i in range(len(heights) + 1)] == [sum(heights[:i]) for i in range(len(heights) + 1)]
    assert found.total == sum(heights)
    assert [found[i] for i in range(len(found))] == heights


@given(lists, st.integers(-10, 12_000))
def test_a_height_is_found_in_the_paragraph_that_covers_it(heights: list[int], y: int) -> None:
    i = Heights(heights).find(y)
    top = sum(heights[:i])
    assert 0 <= i < len(heights)
    assert top <= max(y, 0) or not any(heights[:i])
    if y < sum(heights):
        assert y < top + heights[i] or y < 0
    else:
        assert i == len(heights) - 1
