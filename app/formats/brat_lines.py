"""Line ends as brat counts them: no piece of a span goes over one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from app.model.annotation import Fragment

LINE_ENDS: Final = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
"""What ends a line for the program that reads the file."""
LINE_END: Final = re.compile(f"[{LINE_ENDS}]+")


def pieces_between_line_ends(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of `[start, end)` that hold no line end."""
    for found in LINE_END.finditer(text, start, end):
        if start < found.start():
            yield start, found.start()
        start = found.end()
    if start < end:
        yield start, end


def joined_over_line_ends(text: str, pieces: Iterable[tuple[int, int]]) -> list[Fragment]:
    """`pieces` in their order, those with nothing but line ends between them as one."""
    joined: list[Fragment] = []
    for start, end in pieces:
        if joined and joined[-1].end <= start and not text[joined[-1].end : start].strip(LINE_ENDS):
            joined[-1] = Fragment(joined[-1].start, end)
        else:
            joined.append(Fragment(start, end))
    return joined
