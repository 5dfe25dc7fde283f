"""Commands on the shape of the focused span."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.edit import edges, fragments, links
from app.edit.commands import Command
from app.errors import EditRefused
from widgets.bridge import Bridge
from widgets.main_window import MainWindow


class Shaping(QObject):
    """`does` tells what each action of this kind does."""

    def __init__(self, window: MainWindow, bridge: Bridge) -> None:
        super().__init__(window)
        self._window = window
        self._bridge = bridge
        self._latest = ""
        self.does: dict[str, Callable[[], object]] = {
            "clitics": lambda: self._on_focus(lambda span: edges.cycle_clitics(span, bridge.session.lexicon)),
            "clitics-back": lambda: self._on_focus(
                lambda span: edges.cycle_clitics(span, bridge.session.lexicon, back=True)
            ),
            "add-fragment": self._add_selection,
            "remove-fragment": self._remove_here,
        }
        self._know_edges()
        inspector = window.inspector
        inspector.card.parts.fragment_refused.connect(self._remove_fragment)
        inspector.card.parts.relation_refused.connect(lambda relation: self._do(links.unlink(relation)))
        inspector.card.parts.span_chosen.connect(window.canvas.focus_span)
        canvas = window.canvas
        canvas.focus_changed.connect(self._focused)
        canvas.article_shown.connect(self._forget)
        canvas.edges_asked.connect(lambda span, start, end: self._do(edges.set_edges(span, start, end)))
        canvas.fragment_asked.connect(self._add)
        canvas.announced.connect(window.status.tell)

    def _know_edges(self) -> None:
        units: dict[str, edges.Unit] = {"": "word", "-letter": "grapheme"}
        for way in ("grow", "shrink"):
            for edge in ("start", "end"):
                for suffix, unit in units.items():
                    self.does[f"{way}-{edge}{suffix}"] = self._mover(edge, unit, way == "grow")

    def _mover(self, edge: edges.Edge, unit: edges.Unit, outwards: bool) -> Callable[[], object]:
        return lambda: self._on_focus(lambda span: edges.move_edge(span, edge, unit, outwards))

    def _on_focus(self, command: Callable[[str], Command]) -> None:
        focus = self._window.canvas.focused_span()
        if focus:
            self._do(command(focus))
        else:
            self._bridge.refused.emit(EditRefused("no-span-focused"))

    def _add_selection(self) -> None:
        """Selecting lets go of the focused span: the one that had the focus last is meant."""
        self._add(*self._window.canvas.selection())

    def _add(self, start: int, end: int) -> None:
        target = self._window.canvas.focused_span() or self._latest
        if target in self._bridge.session.annotations.spans:
            self._do(fragments.add_fragment(target, start, end))
        else:
            self._bridge.refused.emit(EditRefused("no-span-focused"))

    def _remove_here(self) -> None:
        caret = self._window.canvas.place().caret
        self._on_focus(lambda span: fragments.remove_fragment(span, caret))

    def _remove_fragment(self, start: int) -> None:
        self._on_focus(lambda span: fragments.remove_fragment(span, start))

    def _focused(self, span: str) -> None:
        if span:
            self._latest = span

    def _forget(self) -> None:
        self._latest = ""

    def _do(self, command: Command) -> None:
        if self._bridge.is_open:
            self._bridge.do(command, self._window.canvas.place())
