"""Backups kept while the hand rests, going back to one, and deleting articles and projects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from app.errors import HashiyaError
from app.wording import _, plural
from widgets.bridge import Bridge
from widgets.carrying import Carrying
from widgets.i18n import isolate, number
from widgets.main_window import MainWindow
from widgets.panels.backup_bar import moment
from widgets.presenter import Presenter
from widgets.task import Hear, Task

if TYPE_CHECKING:
    from app.backups import Backup
    from app.bulk import Removal

_SUFFIX = ".hashiya"
_TOLD_AT_ONCE = 200
"""What goes with so many articles is counted while the hand waits."""
REST_MS = 20_000
"""How long the hand must rest before a backup is made."""
SETTLED_MS = 700
_GIVES_WAY = 3
"""How often the copy of the day is begun anew because the hand moved."""


class Keeping(QObject):
    """What goes, and how it comes back. Copies are made by a thread, never inside a key press."""

    def __init__(
        self,
        window: MainWindow,
        bridge: Bridge,
        presenter: Presenter,
        carrying: Carrying,
        close_project: Callable[[], bool],
        open_file: Callable[[Path], bool],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._bridge = bridge
        self._presenter = presenter
        self._carrying = carrying
        self._close_project = close_project
        self._open_file = open_file
        self._project: Path | None = None
        self._task: Task | None = None
        self._then: Callable[[], object] = lambda: None
        self._after_task: Callable[[object], object] = lambda outcome: None
        self._complained = False
        self._given_way = 0
        self._gives_way = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self.does: dict[str, Callable[[], object]] = {
            "delete-articles": lambda: self.ask_about([self._bridge.session.position_of_current()]),
            "delete-project": self._ask_about_project,
            "restore": self._show_backups,
            "keep-backups": self._switch,
        }
        self._connect()
        if bridge.is_open:
            self._opened()
        self._allow()

    def ask_about(self, positions: Sequence[int | None]) -> None:
        """Ask whether the articles at these positions are to go, and say what goes with them."""
        meant = [position for position in positions if position is not None]
        if not meant or not self._bridge.is_open:
            return
        from app.bulk import removal

        project = self._bridge.session.path
        if len(meant) <= _TOLD_AT_ONCE:
            try:
                self._ask_with(meant, removal(project, meant))
            except HashiyaError as error:
                self._presenter.tell(error, "error")
            return
        said = _("What would go is being counted…")
        self._carrying.run(lambda _n: said, lambda _hear: removal(project, meant), lambda it: self._ask_with(meant, it))

    def _ask_with(self, meant: Sequence[int], there: Removal) -> None:
        session = self._bridge.session
        question = plural("Delete {count} article?", "Delete {count} articles?", there.articles)
        question = question.format(count=number(there.articles))
        if meant == [session.position_of_current()]:
            heading = session.document.heading or session.document.id
            question = _("Delete the article {title}?").format(title=isolate(heading))
        self._ask(question, there.spans, _("Delete"), lambda: self._delete(meant))

    def consider(self, path: Path) -> None:
        """Offer the backups of the project at `path`, which may turn out to be damaged."""
        if not self._bridge.is_open and path.suffix.lower() == _SUFFIX:
            self._project = path
            self._allow()

    def stop(self) -> None:
        """Leave what is under way: the project is about to be closed."""
        self._rest.stop()
        self._window.question.hide()
        self._window.backups.hide()
        self._leave_task()

    def _connect(self) -> None:
        window, bridge = self._window, self._bridge
        self._rest.timeout.connect(self._begin)
        bridge.opened.connect(self._opened)
        bridge.closed.connect(self._allow)
        bridge.changed.connect(self._hand_moved)
        window.articles.delete_asked.connect(self.ask_about)
        window.question.confirmed.connect(self._confirmed)
        window.question.confirmed.connect(self._to_text)
        window.question.cancelled.connect(self._to_text)
        window.backups.chosen.connect(self._restore)
        window.backups.closed.connect(self._put_list_away)

    def _opened(self) -> None:
        from app.backups import are_kept

        self._project = self._bridge.session.path
        self._complained = False
        self._given_way = 0
        self._window.actions_["keep-backups"].setChecked(are_kept(self._project))
        self._allow()
        self._rest.start()
        QTimer.singleShot(SETTLED_MS, self, self._look_around)

    def _look_around(self) -> None:
        """Tell once of a folder that is synchronised; asked of the disk when the article is on the screen."""
        from app.synced import notice_of

        if not self._bridge.is_open:
            return
        session = self._bridge.session
        notice = notice_of(session.path)
        if notice and session.recall("synced") != notice.values["service"]:
            session.remember("synced", str(notice.values["service"]))
            self._presenter.tell(notice)

    def _allow(self) -> None:
        for id in ("delete-project", "keep-backups"):
            self._window.actions_[id].setEnabled(self._bridge.is_open)
        self._window.actions_["restore"].setEnabled(self._project is not None)

    def _switch(self) -> None:
        from app.backups import keep_them

        if self._project is not None and self._bridge.is_open:
            try:
                keep_them(self._project, self._window.actions_["keep-backups"].isChecked())
            except HashiyaError as error:
                self._presenter.tell(error, "error")

    # Once a day of work

    def _begin(self) -> None:
        """Make the copy of the day if it is due, in a thread."""
        if self._project is None or self._task or not self._bridge.is_open:
            return
        project = self._project

        def work(hear: Hear) -> None:
            from app.backups import is_due, keep

            if is_due(project):
                keep(project, "day", _stopper(hear))

        self._run(work, self._complain_once)
        self._gives_way = self._given_way < _GIVES_WAY

    def _hand_moved(self) -> None:
        """Have the copy of the day wait for the next rest: the disk is the hand's. But not for ever."""
        if self._task and self._gives_way:
            self._given_way += 1
            self._task.cancel()
            self._task = None
        self._rest.start()

    def _complain_once(self, outcome: object) -> None:
        if isinstance(outcome, HashiyaError) and not self._complained:
            self._complained = True
            self._presenter.tell(outcome)

    # Deleting

    def _ask(self, question: str, spans: Sequence[tuple[str, int]], confirm: str, then: Callable[[], object]) -> None:
        self._then = then
        kept = self._window.actions_["keep-backups"].isChecked()
        comes_back = (
            _("A backup is kept first; File, Restore a backup brings it all back.")
            if kept
            else _("Backups are switched off: it cannot be brought back.")
        )
        self._window.question.ask(question, f"{_goes(spans)} {comes_back}", confirm)

    def _confirmed(self) -> None:
        then, self._then = self._then, lambda: None
        then()

    def _delete(self, positions: Sequence[int]) -> None:
        """Keep a copy unless copies are switched off, then take the articles out: all of it in a thread."""
        session = self._bridge.session
        project, annotator, here = session.path, session.annotator, session.position_of_current()
        kept = self._window.actions_["keep-backups"].isChecked()

        def work(hear: Hear) -> list[int]:
            from app.backups import keep
            from app.bulk import delete_articles

            if kept:
                keep(project, "deletion", _stopper(hear))
            hear(0)
            return delete_articles(project, positions, annotator, lambda count: hear(count + 1))

        def said(reached: int) -> str:
            if not reached:
                return _("A backup is being kept…") if kept else _("Articles are being deleted…")
            told = plural("{count} article is out. Editing waits.", "{count} articles are out. Editing waits.", reached)
            return told.format(count=number(reached))

        self._leave_task()
        self._presenter.keep_place()
        self._carrying.run(said, work, lambda keys: self._deleted(keys, here))

    def _deleted(self, keys: Sequence[int], here: int | None) -> None:
        self._bridge.session.note_deleted(keys, here)
        self._rest.start()
        said = plural("{count} article was deleted.", "{count} articles were deleted.", len(keys))
        self._window.notices.tell(said.format(count=number(len(keys))), (), "news").as_passing()

    def _ask_about_project(self) -> None:
        if not self._bridge.is_open:
            return
        session = self._bridge.session
        there = session.removal()
        question = plural(
            "Delete the project {project} with its {count} article?",
            "Delete the project {project} with its {count} articles?",
            there.articles,
        ).format(project=isolate(session.path.name), count=number(there.articles))
        self._ask(question, there.spans, _("Delete the project"), self._delete_project)

    def _when_written(self, then: Callable[[], object]) -> None:
        """Have the training file written by a thread first where it is behind: closing would hold the window up."""
        if not self._bridge.is_open or not self._bridge.session.behind:
            then()
            return
        project = self._bridge.session.path

        def work(_hear: Hear) -> bool:
            from app.publish import publish

            return publish(project).finished

        said = _("The training file is being written…")
        self._carrying.run(lambda _n: said, work, lambda _finished: then(), lambda _error: then())

    def _delete_project(self) -> None:
        if self._bridge.is_open:
            self._when_written(self._remove_project)

    def _remove_project(self) -> None:
        project = self._bridge.session.path
        if not self._close_project():
            return

        def work(hear: Hear) -> tuple[Path | None]:
            from app.backups import remove_project

            return (remove_project(project, _stopper(hear)),)

        said = _("{project} is being deleted…").format(project=isolate(project.name))
        self._carrying.run(
            lambda _n: said,
            work,
            lambda _kept: self._gone(project),
            lambda it: self._back(project, it),
            lambda: self._open_file(project),
        )

    def _gone(self, project: Path) -> None:
        said = _("The project {project} was deleted. Its training file and its backups are where they were.")
        self._window.notices.tell(said.format(project=isolate(project.name)), (), "news")

    def _back(self, project: Path, error: HashiyaError) -> None:
        """Show the project again that something could not be done to."""
        if not self._bridge.is_open and project.exists():
            self._open_file(project)
        self._presenter.tell(error, "error")

    # Going back

    def _show_backups(self) -> None:
        from app.backups import backups

        if self._project is not None:
            self._window.backups.open(self._project.name, backups(self._project))

    def _restore(self, wanted: int) -> None:
        self._when_written(lambda: self._put_back(wanted))

    def _put_back(self, wanted: int) -> None:
        project = self._project
        if project is None or (self._bridge.is_open and not self._close_project()):
            return
        self._window.backups.hide()

        def work(_hear: Hear) -> Backup:
            from app.backups import restore

            return restore(project, wanted)

        said = _("The backup is being put back…")
        self._carrying.run(
            lambda _n: said, work, lambda it: self._restored(project, it), lambda it: self._back(project, it)
        )

    def _restored(self, project: Path, restored: Backup) -> None:
        if not self._bridge.is_open:
            self._open_file(project)
        said = _("The project is again as it was: {time}.").format(time=moment(restored.at))
        self._window.notices.tell(said, (), "news")

    def _put_list_away(self) -> None:
        self._window.backups.hide()
        self._to_text()

    def _to_text(self) -> None:
        self._window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    # Threads

    def _leave_task(self) -> None:
        if self._task:
            task, self._task = self._task, None
            task.cancel()
            task.wait()

    def _run(self, work: Callable[[Hear], object], then: Callable[[object], object]) -> None:
        self._task = task = Task(work, self)
        self._gives_way = False
        self._after_task = then
        task.finished.connect(self._ended)
        task.start()

    def _ended(self, outcome: object) -> None:
        task = self.sender()
        if not isinstance(task, Task):
            return
        task.wait()
        if self._task is task:
            self._task = None
            self._after_task(outcome)
        task.deleteLater()


def _stopper(hear: Hear) -> Callable[[], bool]:
    """What `app.backups.keep` asks, again and again, while it copies."""

    def should_stop() -> bool:
        try:
            hear(0)
        except Exception:  # noqa: BLE001 - SQLite hears no exception, only an answer
            return True
        return False

    return should_stop


def _goes(spans: Sequence[tuple[str, int]]) -> str:
    parts = []
    for annotator, count in spans:
        said = plural("{count} span", "{count} spans", count).format(count=number(count))
        parts.append(
            _("{spans} by {annotator}").format(spans=said, annotator=isolate(annotator)) if annotator else said
        )
    return _("With it go: {what}.").format(what=" · ".join(parts)) if parts else _("Nothing is marked in it.")
