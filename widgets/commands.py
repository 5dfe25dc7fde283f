"""What each action of the table does, and what the bare keys mean."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeyEvent

from app.edit import commands as edit
from app.edit.steps import Step
from app.errors import EditRefused
from app.model.wish import EVERYTHING
from app.wording import _
from widgets.actions import ON_A_SPAN
from widgets.answering import Answering
from widgets.bridge import Bridge
from widgets.brush import Brush
from widgets.jobs import Publisher
from widgets.keys import chord_name, key_name
from widgets.main_window import MainWindow
from widgets.models.articles import ArticlesModel
from widgets.presenter import Presenter
from widgets.shaping import Shaping

if TYPE_CHECKING:
    from widgets.suggesting import Suggesting

DONE, SKIPPED = "done", "skipped"
"""Origins of a step that, once saved, moves on to the next article."""

_REPEATED = ("Delete", "[", "]")
_HELD = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
_HELD |= Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Commands(QObject):
    """The commands on the articles of a project. Those of the window as a whole are in `widgets.housekeeping`."""

    all_done = Signal()

    def __init__(self, window: MainWindow, bridge: Bridge, publisher: Publisher, presenter: Presenter) -> None:
        super().__init__(window)
        self._window = window
        self._bridge = bridge
        self._publisher = publisher
        self._presenter = presenter
        self.brush = Brush(window)
        self._shaping = Shaping(window, bridge)
        self._answering = Answering(window, bridge)
        self.suggesting: Suggesting | None = None
        self._label_of_key: dict[str, str] = {}
        self._came_from: list[int] = []
        self._does: dict[str, Callable[[], object]] = {
            "publish": publisher.write_now,
            "show-folder": self._show_folder,
            "undo": bridge.undo,
            "redo": bridge.redo,
            "copy": self._copy,
            "delete": self._delete,
            "next-span": lambda: window.canvas.walk_spans(True),
            "previous-span": lambda: window.canvas.walk_spans(False),
            "annotator": self.ask_name,
            "done": self._done,
            "flag": self._flag,
            "skip": self._skip,
            "reopen": lambda: self._do(edit.set_status("in_progress")),
            "next-article": self._next,
            "previous-article": self._previous,
        }
        self._does |= self._shaping.does | self._answering.does
        self._connect()

    def complete(self) -> None:
        """Make what no first paint needs; the bars of the window are there."""
        from widgets.everywhere import Everywhere
        from widgets.finding import Finding
        from widgets.guide import Guide
        from widgets.judging import Judging
        from widgets.links import Links
        from widgets.placing import Placing
        from widgets.problems import Problems
        from widgets.suggesting import Suggesting

        window, bridge = self._window, self._bridge
        self.finding = Finding(window, bridge, self._presenter)
        self.everywhere = Everywhere(window, bridge)
        self.judging = Judging(window, bridge)
        self._links = Links(window, bridge)
        self._problems = Problems(window, bridge)
        self._problems.fields_wanted.connect(lambda: self.run("fields"))
        self._guide = Guide(window, bridge, self.brush, self.open_article)
        self._placing = Placing(window, bridge)
        self.suggesting = Suggesting(window, bridge)
        self._does |= self.finding.does | self._links.does | self._problems.does | self._placing.does
        self._does |= self.suggesting.does
        self._does |= {"everywhere": self.everywhere.open, "guideline": self._guide.toggle}
        window.prompt.named.connect(self._named)
        window.prompt.cancelled.connect(self._unnamed)

    def finish(self) -> None:
        """Let every search come to its end: the project is about to be closed."""
        for search in (self.finding, self.everywhere, self.judging):
            search.finish()
        if self.suggesting:
            self.suggesting.finish()

    def knows(self, id: str) -> bool:
        """Whether the action `id` is one of these."""
        return id in self._does

    def run(self, id: str) -> None:
        """Carry out the action `id`, if a project is open."""
        if self._bridge.is_open and not self._window.is_page_shown():
            instead = self.suggesting.instead(id) if self.suggesting else None
            (instead or self._does[id])()

    def set_label_keys(self, keys: dict[str, str]) -> None:
        """Which label each key means: key name to label id."""
        self._label_of_key = keys

    def label_titles(self) -> dict[str, str]:
        """The titles of the labels by the keys that mark with them."""
        looks = self._window.theme.labels
        return {key: looks[label].name for key, label in self._label_of_key.items() if label in looks}

    def label(self, label: str) -> None:
        """Accept the suggestion in focus as `label`; call the focused span, and those selected with it, so; or mark."""
        if not self._bridge.is_open or (self.suggesting and self.suggesting.accept(label)):
            return
        if self._window.canvas.focused_span():
            self._do(edit.relabel(self._window.inspector.chosen(), label))
            return
        self._do(edit.label(*self._window.canvas.selection(), label))

    def key(self, event: QKeyEvent) -> bool:
        """Do what a bare key means; False when it means nothing."""
        if self._window.is_page_shown():
            return bool(event.modifiers() & _HELD) and self._by_position(event)
        if self.suggesting and self.suggesting.key(event):
            return True
        if event.modifiers() & _HELD:
            return self._held(event) or self._by_position(event)
        name, actions = key_name(event), self._window.actions_
        if event.isAutoRepeat() and name not in _REPEATED:
            return bool(actions.by_hand(name)) or name in self._label_of_key
        action = "" if name in self._label_of_key else actions.by_hand(name)
        if action and (action != "inspect" or self._may_inspect()):
            actions[action].trigger()
            return True
        label = self._label_of_key.get(name)
        if label:
            self.label(label)
        return bool(label)

    def ask_name(self) -> None:
        """Ask whose annotations these are."""
        self._window.prompt.ask(self._bridge.session.annotator)

    def _connect(self) -> None:
        window, bridge = self._window, self._bridge
        window.strip.chips.chosen.connect(self.label)
        window.strip.chips.arm_asked.connect(self.brush.arm)
        self.brush.painted.connect(self._paint)
        bridge.closed.connect(self.brush.disarm)
        bridge.closed.connect(self._came_from.clear)
        bridge.schema_changed.connect(self.brush.disarm)
        window.menus.label_chosen.connect(self.label)
        window.articles.chosen.connect(self.open_article)
        window.inspector.spans.chosen.connect(self._focus_span)
        window.inspector.card.delete_asked.connect(self._delete)
        window.inspector.note.written.connect(self._write_note)
        window.canvas.menu_asked.connect(self._show_menu)
        window.canvas.selection_changed.connect(self._selected)
        window.canvas.focus_changed.connect(self._focused)
        window.status.annotator_asked.connect(self.ask_name)
        bridge.name_wanted.connect(self.ask_name)
        bridge.changed.connect(self._after_step)

    def _do(self, command: edit.Command, origin: object = None) -> Step | None:
        return self._bridge.do(command, self._window.canvas.place(), origin)

    def _delete(self) -> None:
        meant = self._window.inspector.chosen() if self._window.canvas.focused_span() else []
        if meant:
            self._do(edit.delete(meant))
        else:
            self._bridge.refused.emit(EditRefused("no-span-focused"))

    def _paint(self, label: str) -> None:
        start, end = self._window.canvas.selection()
        if start < end and self._bridge.is_open:
            self._do(edit.label(start, end, label))

    def _write_note(self, note: str) -> None:
        if self._bridge.is_open:
            self._do(edit.set_note(note))

    def _next(self) -> None:
        session, (listed, here) = self._bridge.session, self._along_the_list()
        self._go(self._useful() or session.next_key() if listed is None else listed.key_after(here))

    def _previous(self) -> None:
        """The article before; where the most useful came first, the one that was left for this one."""
        listed, here = self._along_the_list()
        came_from = self._came_from.pop() if self._came_from and listed is None else None
        self._go(came_from or self._bridge.session.previous_key() if listed is None else listed.key_before(here))

    def _along_the_list(self) -> tuple[ArticlesModel | None, int]:
        """What is listed while that is filtered or sorted, and where in the project the current article stands."""
        session, listed = self._bridge.session, self._window.articles.model
        here = session.position(session.key) if session.key is not None else None
        return (None if listed.wish == EVERYTHING or here is None else listed), here or 0

    def _flag(self) -> None:
        self._do(edit.set_flag(not self._bridge.session.annotations.state.flagged))

    def _done(self) -> None:
        self._window.inspector.settle()
        if self._bridge.session.annotations.state.status == "complete":
            self._go_on()
        else:
            self._do(edit.set_status("complete"), DONE)

    def _skip(self) -> None:
        skipped = self._bridge.session.annotations.state.status == "skipped"
        self._do(edit.set_status("in_progress" if skipped else "skipped"), None if skipped else SKIPPED)

    def _after_step(self, step: Step, origin: object) -> None:
        if origin in (DONE, SKIPPED):
            self._go_on(done=origin == DONE)

    def _go_on(self, done: bool = True) -> None:
        session = self._bridge.session
        listed, here = self._along_the_list()
        if listed is None:
            key = self._useful() or session.next_open_key()
        else:
            key = listed.open_key_after(here) or listed.key_after(here)
        if key is not None:
            self._go(key)
        elif listed is not None and session.next_open_key() is not None:
            self._window.status.tell(_("Nothing else in the list is to do."))
        elif done:
            self.all_done.emit()
        else:
            self._window.status.tell(_("Every article is done or skipped."))

    def _useful(self) -> int | None:
        """The most useful article where those come first; the one that is left for it is remembered."""
        session = self._bridge.session
        useful = session.next_by_use()
        if useful is not None and session.key is not None:
            self._came_from.append(session.key)
        return useful

    def _go(self, key: int | None) -> None:
        if key is not None:
            self._window.inspector.settle()
            self._presenter.keep_place()
            self._bridge.go_to(key)

    def open_article(self, key: int) -> None:
        """Make another article the current one, with the hand in its text."""
        if key != self._bridge.session.key:
            self._go(key)
        self._window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_span(self, id: str) -> None:
        self._window.canvas.focus_span(id)

    def _focused(self, id: str) -> None:
        self._window.inspector.set_focus(id)
        for action in ON_A_SPAN:
            self._window.actions_[action].setEnabled(bool(id))

    def _selected(self, start: int, end: int) -> None:
        self._window.status.set_selection(start, end)
        self._window.actions_["copy"].setEnabled(start < end)
        if start < end and not self._window.canvas.focused_span():
            self._window.status.hush()
            self._window.first_steps.take("select")

    def _named(self, name: str) -> None:
        self._presenter.keep_place()
        self._window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self._bridge.name(name)
        self._window.status.set_annotator(self._bridge.session.annotator)

    def _unnamed(self) -> None:
        self._bridge.forget()
        self._window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        start, end = self._window.canvas.selection()
        if start < end:
            QGuiApplication.clipboard().setText(self._bridge.session.document.text[start:end])

    def _may_inspect(self) -> bool:
        window = self._window
        return window.canvas.hasFocus() or window.inspector.spans.view.hasFocus()

    def _held(self, event: QKeyEvent) -> bool:
        """A key with Shift or Ctrl that is no shortcut: an edge of the span, or a brush."""
        chord = chord_name(event)
        action = self._window.actions_.by_hand(chord)
        if action:
            self._window.actions_[action].trigger()
            return True
        shift, _plus, name = chord.partition("+")
        label = self._label_of_key.get(name) if shift == "Shift" else None
        if label and not event.isAutoRepeat():
            self.brush.arm(label)
        return bool(label)

    def _by_position(self, event: QKeyEvent) -> bool:
        """A shortcut with Ctrl, or Alt for a menu, whose sign the layout writes as another: by where its key is."""
        held = event.modifiers() & _HELD
        name = key_name(event)
        if held == Qt.KeyboardModifier.AltModifier:
            return self._window.menus.open_by(name)
        if not held & Qt.KeyboardModifier.ControlModifier or len(name) != 1:
            return False
        shift = "Shift+" if held & Qt.KeyboardModifier.ShiftModifier else ""
        action = self._window.actions_.with_keys(f"Ctrl+{shift}{name}")
        if action and action.isEnabled() and not held & Qt.KeyboardModifier.AltModifier:
            action.trigger()
        return action is not None

    def _show_menu(self, at: QPoint) -> None:
        start, end = self._window.canvas.selection()
        focus = self._window.canvas.focused_span()
        span = self._bridge.session.annotations.spans.get(focus) if self._bridge.is_open else None
        pieces = len(span.fragments) if span else 0
        suggested = bool(self._window.canvas.suggested_focus)
        self._window.menus.for_text(bool(focus), start < end, pieces, suggested).popup(at)

    def _show_folder(self) -> None:
        file = self._bridge.session.training_file
        if sys.platform == "win32" and file.exists():
            import subprocess

            subprocess.Popen(["explorer", "/select,", str(file)])
        else:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))
