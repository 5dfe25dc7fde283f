"""Linking by keyboard: Tab goes from span to span, Enter links the focused one to it, Escape leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent

from app.wording import _
from widgets.canvas.connectors import Link, link_between
from widgets.canvas.spoken import said_on_entering

if TYPE_CHECKING:
    from widgets.canvas.overlays import Overlays
    from widgets.canvas.view import ArticleView

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Linking(QObject):
    """The mode that `begin` enters; the focused span is the head of the link."""

    def __init__(self, view: ArticleView, overlays: Overlays) -> None:
        super().__init__(view)
        self._view = view
        self._overlays = overlays
        self._head = ""
        self._child = ""
        view.article_shown.connect(self.leave)
        view.focus_changed.connect(self.leave)
        view.spans_changed.connect(self.leave)

    @property
    def active(self) -> bool:
        """Whether Tab, Enter and Escape mean this mode."""
        return bool(self._head)

    def begin(self) -> None:
        """Start from the focused span; without one nothing begins."""
        self.leave()
        self._head = self._view.focused_span()
        if self._head:
            self._view.announced.emit(_("Link to which span? Tab goes on, Enter links, Esc leaves."))

    def leave(self) -> None:
        """Link nothing more."""
        if self._head:
            self._head = self._child = ""
            self._overlays.show(chosen="")
            self._overlays.show_links()

    def walk(self, forwards: bool) -> None:
        """Go to the next span, or the one before; never to the head itself."""
        page, at = self._view.page, self._child or self._head
        found = page.ordered_span(0, at, forwards) if page else None
        if page and found and found.id == self._head:
            found = page.ordered_span(0, self._head, forwards)
        if page and found:
            self._child = found.id
            self._overlays.show(chosen=found.id)
            self._overlays.show_links()
            self._view.reveal(found.start)
            self._view.announced.emit(said_on_entering(page.text, [found], page.look))

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means here; any other key leaves, and is not taken."""
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if not self.active:
            return False
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.walk(forwards=key == Qt.Key.Key_Tab and not shift)
        elif key in _ENTER and self._child:
            head, child = self._head, self._child
            self.leave()
            self._view.link_asked.emit(head, child)
        elif key == Qt.Key.Key_Escape or key in _ENTER:
            self.leave()
        elif key not in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta):
            self.leave()
            return False
        return True

    def proposed(self) -> Link | None:
        """The link that Enter would make."""
        page = self._view.page
        return link_between(page, self._head, self._child, "", made=False) if page and self._child else None
