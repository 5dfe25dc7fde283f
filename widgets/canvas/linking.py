"""Linking by keyboard: Tab goes from span to span, Enter links the focused one to it, Escape leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.model.annotation import Span
from app.wording import _
from widgets.canvas.connectors import Link, link_between
from widgets.canvas.overlay import NUMBERED
from widgets.canvas.spoken import said_on_entering

if TYPE_CHECKING:
    from widgets.canvas.overlays import Overlays
    from widgets.canvas.view import ArticleView

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HELD = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)


class Linking(QObject):
    """The mode that `begin` enters; the focused span is the head of the link.

    `chose` tells which span Enter would link, `left` that the mode is over. `other_key` may take any other key; one
    that it does not take leaves the mode.
    """

    chose = Signal(str)
    left = Signal()

    def __init__(self, view: ArticleView, overlays: Overlays) -> None:
        super().__init__(view)
        self.other_key: Callable[[QKeyEvent], bool] = lambda event: False
        self._view = view
        self._overlays = overlays
        self._head = ""
        self._child = ""
        self._targets: Sequence[str] | None = None
        view.article_shown.connect(self.leave)
        view.focus_changed.connect(self.leave)
        view.spans_changed.connect(self.leave)

    @property
    def active(self) -> bool:
        """Whether Tab, Enter and Escape mean this mode."""
        return bool(self._head)

    def begin(self, targets: Sequence[str] | None = None) -> None:
        """Start from the focused span; without one nothing begins.

        `targets` are the spans to choose from, the likeliest first, which is chosen at once; None: all of them, in the
        order of the text.
        """
        self.leave()
        self._head = self._view.focused_span()
        if not self._head:
            return
        if targets is None:
            self._view.announced.emit(_("Link to which span? Tab goes on, Enter links, Esc leaves."))
        else:
            self.offer(targets)

    def offer(self, targets: Sequence[str]) -> None:
        """Let the other end be one of `targets` instead."""
        self._targets = targets
        self._overlays.show(numbered=tuple(targets[:NUMBERED]))
        self._choose(targets[0] if targets else "")

    def leave(self) -> None:
        """Link nothing more."""
        if self._head:
            self._head = self._child = ""
            self._targets = None
            self._overlays.show(chosen="", numbered=())
            self._overlays.show_links()
            self.left.emit()

    def walk(self, forwards: bool) -> None:
        """Go to the next span to choose from, or the one before; never to the head itself."""
        found = self._next(forwards)
        if found:
            self._choose(found)

    def take(self, target: str) -> None:
        """Ask for the link to `target`."""
        head = self._head
        self.leave()
        if head and target:
            self._view.link_asked.emit(head, target)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means here; a key that means nothing leaves, and is not taken."""
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if not self.active:
            return False
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.walk(forwards=key == Qt.Key.Key_Tab and not shift)
        elif key in _ENTER and self._child:
            self.take(self._child)
        elif key == Qt.Key.Key_Escape or key in _ENTER:
            self.leave()
        elif key not in _HELD and not self.other_key(event):
            self.leave()
            return False
        return True

    def proposed(self) -> Link | None:
        """The link that Enter would make."""
        page = self._view.page
        return link_between(page, self._head, self._child, "", made=False) if page and self._child else None

    def _next(self, forwards: bool) -> str:
        if self._targets is None:
            return self._next_on_page(forwards)
        if not self._targets:
            return ""
        at = self._targets.index(self._child) if self._child in self._targets else -1
        return self._targets[(at + (1 if forwards else -1)) % len(self._targets)]

    def _next_on_page(self, forwards: bool) -> str:
        page, at = self._view.page, self._child or self._head
        found: Span | None = page.ordered_span(0, at, forwards) if page else None
        if page and found and found.id == self._head:
            found = page.ordered_span(0, self._head, forwards)
        return found.id if found else ""

    def _choose(self, span: str) -> None:
        page = self._view.page
        chosen = page.spans.get(span) if page else None
        self._child = chosen.id if chosen else ""
        self._overlays.show(chosen=self._child)
        self._overlays.show_links()
        if page and chosen:
            for end in (self._head, chosen.id):  # both, where the screen is high enough
                self._view.reveal((page.spans.get(end) or chosen).start)
            self._view.announced.emit(said_on_entering(page.text, [chosen], page.look))
        self.chose.emit(self._child)
