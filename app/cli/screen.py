"""What the commands that draw are handed, so that nothing on this side of the door needs Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Screen:
    """`open_window(files, **wishes)` gives an exit status, `draw(record, schema, form, **wishes)` files' contents."""

    open_window: Callable[..., int]
    draw: Callable[..., Iterator[bytes]]
