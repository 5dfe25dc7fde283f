"""The three panes side by side; the outer ones give way when there is little room."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

ARTICLES, INSPECTOR = "articles", "inspector"
_ROOM_FOR_TEXT = {ARTICLES: 600, INSPECTOR: 640}
_LEAST = {ARTICLES: 200, INSPECTOR: 240}


class Panes(QSplitter):
    """Articles at the start, the article in the middle, the inspector at the end. `shown_changed` for either."""

    shown_changed = Signal()

    def __init__(self, articles: QWidget, centre: QWidget, inspector: QWidget, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._outer = {ARTICLES: articles, INSPECTOR: inspector}
        self._wished = {ARTICLES: True, INSPECTOR: True}
        self._insisted: set[str] = set()
        self._sizes = {ARTICLES: 248, INSPECTOR: 312}
        self._alone = self._empty = False
        self._width = 0
        for pane in (articles, centre, inspector):
            self.addWidget(pane)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.setStretchFactor(1, 1)
        centre.setMinimumWidth(280)
        for name, pane in self._outer.items():
            pane.setMinimumWidth(_LEAST[name])
        self.splitterMoved.connect(self._note_sizes)

    def wish(self, name: str, shown: bool) -> None:
        """Show or hide a pane; one that is asked for while there is no room is shown all the same."""
        self._wished[name] = shown
        self._insisted.discard(name)
        if shown and not self._fits(name):
            self._insisted = {name}
        self._settle()

    def restore(self, name: str, shown: bool) -> None:
        """Show or hide a pane as it was wished for last time; that asks for no more room than there is now."""
        self._wished[name] = shown
        self._settle()

    def wished(self, name: str) -> bool:
        """Whether a pane is to be shown where there is room for it."""
        return self._wished[name]

    def is_shown(self, name: str) -> bool:
        """Whether a pane is on the screen now."""
        return not self._outer[name].isHidden()

    def set_alone(self, alone: bool) -> None:
        """Hide both outer panes for a while."""
        self._alone = alone
        self._settle()

    def set_empty(self, empty: bool) -> None:
        """Hide both outer panes while there is nothing to show in them."""
        self._empty = empty
        self._settle()

    def sizes_wished(self) -> list[int]:
        """The widths of the outer panes."""
        return list(self._sizes.values())

    def set_sizes_wished(self, sizes: list[int]) -> None:
        """Make the outer panes as wide as they were."""
        for name, size in zip(self._sizes, sizes, strict=False):
            self._sizes[name] = max(_LEAST[name], min(size, 640))
        self._apply_sizes()

    def fit(self, width: int) -> None:
        """Hide what there is no room for in `width`, and show it again when there is."""
        self._width = width
        self._insisted = {name for name in self._insisted if not self._fits(name)}
        self._settle()

    def _fits(self, name: str) -> bool:
        beside = self._sizes[ARTICLES] if name == INSPECTOR and self._wished[ARTICLES] else 0
        return self._width - beside - self._sizes[name] >= _ROOM_FOR_TEXT[name]

    def _settle(self) -> None:
        changed = False
        for name, pane in self._outer.items():
            shown = (
                not (self._alone or self._empty) and self._wished[name] and (self._fits(name) or name in self._insisted)
            )
            if self._insisted and name not in self._insisted and not self._fits_beside(name):
                shown = False
            if shown == pane.isHidden():
                pane.setVisible(shown)
                changed = True
        self._apply_sizes()
        if changed:
            self.shown_changed.emit()

    def _fits_beside(self, name: str) -> bool:
        beside = sum(self._sizes[other] for other in self._insisted)
        return self._width - beside - self._sizes[name] >= _ROOM_FOR_TEXT[name]

    def _apply_sizes(self) -> None:
        outer = [self._sizes[name] if self.is_shown(name) else 0 for name in self._outer]
        self.setSizes([outer[0], max(280, self.width() - sum(outer)), outer[1]])

    def _note_sizes(self) -> None:
        first, _middle, last = self.sizes()
        for name, size in ((ARTICLES, first), (INSPECTOR, last)):
            if self.is_shown(name) and size:
                self._sizes[name] = size
