"""Commands on all articles that are chosen in the list, and the way back from what was done to many."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from app.left_sentences import left_said
from app.wording import _, plural
from widgets.bridge import Bridge
from widgets.carrying import Carrying
from widgets.i18n import number
from widgets.main_window import MainWindow
from widgets.panels.notices import Notice
from widgets.presenter import Presenter
from widgets.task import Hear

if TYPE_CHECKING:
    from app.bulk import Done, Turned, Work

ON_CHOSEN = ("several-done", "several-open", "several-skip", "several-flag", "several-unflag")
"""The actions that change what is said of the chosen articles."""


class Several(QObject):
    """Each command is one step, made by a thread; a notice tells how many articles it reached and takes it back."""

    def __init__(self, window: MainWindow, bridge: Bridge, presenter: Presenter, carrying: Carrying) -> None:
        super().__init__(window)
        self._window, self._bridge, self._presenter, self._carrying = window, bridge, presenter, carrying
        self.does: dict[str, Callable[[], object]] = {
            "several-all": window.articles.choose_all,
            "several-done": lambda: self._change("complete"),
            "several-open": lambda: self._change("in_progress"),
            "several-skip": lambda: self._change("skipped"),
            "several-flag": lambda: self._change(flagged=True),
            "several-unflag": lambda: self._change(flagged=False),
            "undo": lambda: self._turn("undo", bridge.undo),
            "redo": lambda: self._turn("redo", bridge.redo),
        }
        window.articles.menu_opening.connect(self._fill_menu)

    def carry_out(self, work: Work, told: Callable[[Done], str]) -> bool:
        """Have `work` done and tell of it with what `told` makes of it; False while other work is under way."""
        if not self._bridge.session.annotator:
            self._bridge.name_wanted.emit()
            return False
        project = self._bridge.session.path

        def act(hear: Hear) -> Done:
            from app.bulk import carry_out

            return carry_out(project, work, hear)

        self._presenter.keep_place()
        return self._carrying.run(_changing, act, lambda done: self._done(done, told(done)))

    def take_back(self, head: int, kind: str = "undo") -> None:
        """Take a step of many articles back, or make it again."""
        if not self._bridge.is_open:
            return
        project = self._bridge.session.path

        def act(hear: Hear) -> Turned:
            from app.bulk import turn

            return turn(project, head, kind, hear)

        self._presenter.keep_place()
        self._carrying.run(_changing, act, lambda turned: self._turned(turned, kind))

    def _change(self, status: str = "", flagged: bool | None = None) -> None:
        from app.bulk import Work

        positions = self._window.articles.chosen_positions() if self._bridge.is_open else []
        if positions:
            work = Work(self._bridge.session.annotator, positions, status, flagged)
            self.carry_out(work, lambda done: _changed(done.articles, status, flagged))

    def _turn(self, kind: str, otherwise: Callable[[], object]) -> None:
        """Undo follows the article; where it reaches into many, a thread does it."""
        session = self._bridge.session
        head, _articles = session.reach(kind) if getattr(session, f"can_{kind}") else (0, 0)
        if head:
            self.take_back(head, kind)
        else:
            otherwise()

    def _done(self, done: Done, said: str) -> None:
        self._bridge.session.note_changed()
        left = left_said(done.left, number)
        notice = self._window.notices.tell(said, left, "news")
        if done.head:
            notice.offer(_("Undo"), lambda: self._take_back_from(notice, done.head))

    def _take_back_from(self, notice: Notice, head: int) -> None:
        self._window.notices.drop(notice)
        self.take_back(head)

    def _turned(self, turned: Turned, kind: str) -> None:
        self._bridge.session.note_changed()
        count = len(turned.keys)
        said = plural("It was taken back in {count} article.", "It was taken back in {count} articles.", count)
        if kind == "redo":
            said = plural("It was made again in {count} article.", "It was made again in {count} articles.", count)
        left = plural(
            "{count} article was changed since and stays as it is.",
            "{count} articles were changed since and stay as they are.",
            turned.left,
        )
        details = [left.format(count=number(turned.left))] if turned.left else []
        notice = self._window.notices.tell(said.format(count=number(count)), details, "news")
        if not turned.left:
            notice.as_passing()

    def _fill_menu(self, menu: QMenu) -> None:
        for id in (*ON_CHOSEN, "several-all"):
            menu.addAction(self._window.actions_[id])
        menu.addSeparator()


def _changing(reached: int) -> str:
    said = plural("{count} article looked at. Editing waits.", "{count} articles looked at. Editing waits.", reached)
    return said.format(count=number(reached))


def _changed(count: int, status: str, flagged: bool | None) -> str:
    if flagged is not None:
        said = (
            plural("{count} article was flagged.", "{count} articles were flagged.", count)
            if flagged
            else plural("{count} article is flagged no longer.", "{count} articles are flagged no longer.", count)
        )
    elif status == "complete":
        said = plural("{count} article is done now.", "{count} articles are done now.", count)
    elif status == "skipped":
        said = plural("{count} article is skipped now.", "{count} articles are skipped now.", count)
    else:
        said = plural("{count} article is to do again.", "{count} articles are to do again.", count)
    return said.format(count=number(count))
