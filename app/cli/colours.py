"""Rows on a terminal: the colours of labels, on a light ground or a dark one, as far as the terminal has colours."""

from __future__ import annotations

import sys

from click.exceptions import Exit
from rich.color import Color
from rich.console import Console
from rich.style import Style
from rich.text import Text

from app.cli.output import DONE, hush
from app.cli.rows import LETTERS, LINE, TAG, Row
from app.model.schema import Ink, Schema

WHEN = ("auto", "always", "never")

_TEXT = "#1D2125"
_UNKNOWN = Ink("#60666D", "#E2DFD7", "#9AA0A6", "#30343A")
_FEW_COLOURS = ("standard", "windows")


class Sheet:
    """Where rows are printed: the standard output, in the colours of `schema`, if `when` allows any."""

    def __init__(self, schema: Schema, when: str) -> None:
        self._console = _Console(
            force_terminal={"always": True, "never": False}.get(when),
            no_color={"always": False, "never": True}.get(when),
            highlight=False,
            markup=False,
            emoji=False,
        )
        few = self._console.color_system in _FEW_COLOURS
        self._styles = {label.id: _styles(label.colour, few) for label in schema.labels}
        self._unknown = _styles(_UNKNOWN, few)

    @property
    def is_terminal(self) -> bool:
        """Whether somebody looks at it, as far as the system can tell."""
        return self._console.is_terminal

    @property
    def width(self) -> int:
        """How many columns there are."""
        return self._console.width

    def print(self, row: Row) -> None:
        """Print one row as it is: nothing is wrapped, nothing cut."""
        text = Text(end="")
        for strip in row:
            styles = self._styles.get(strip.label, self._unknown) if strip.part else {}
            text.append(strip.text, styles.get(strip.part))
        self._console.print(text, soft_wrap=True)

    def write(self, code: str) -> None:
        """Send a control sequence, if there is a terminal to hear it."""
        if self._console.is_terminal:
            self._console.file.write(code)


class _Console(Console):
    """A console that always speaks UTF-8 into pipes, and does not mind a reader who has gone away."""

    def __init__(self, **wishes: bool | None) -> None:
        if not sys.stdout.isatty():
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        super().__init__(**wishes)  # type: ignore[arg-type]

    def on_broken_pipe(self) -> None:
        hush()
        raise Exit(DONE)


def _styles(colours: Ink, few: bool) -> dict[str, Style]:
    # Nobody says whether the terminal is light or dark: letters bring their ground, lines keep between both inks.
    line = Style(color=_between(colours.ink, colours.dark_ink))
    if few:
        return {LETTERS: Style(), LINE: line, TAG: line + Style(bold=True)}
    return {
        LETTERS: Style(color=_TEXT, bgcolor=colours.ground),
        LINE: line,
        TAG: Style(color=colours.ink, bgcolor=colours.ground, bold=True),
    }


def _between(one: str, other: str) -> Color:
    first, second = (bytes.fromhex(colour[1:]) for colour in (one, other))
    red, green, blue = ((a + b) // 2 for a, b in zip(first, second, strict=True))
    return Color.from_rgb(red, green, blue)
