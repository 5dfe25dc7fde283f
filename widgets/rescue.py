"""A damaged project: found on opening, or by a look through the open one while the hand rests; and the ways on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer

from app.errors import EditRefused, FaultyFile, HashiyaError
from app.wording import _, describe, plural
from widgets.bridge import Bridge
from widgets.carrying import Carrying
from widgets.i18n import isolate, number
from widgets.main_window import MainWindow
from widgets.panels.backup_bar import moment
from widgets.task import Hear, Task

if TYPE_CHECKING:
    from app.backups import Backup
    from app.recover import Recovery
    from app.soundness import Whole
    from widgets.panels.rescue_ways import RescueWays

REST_MS: Final = 8000
"""How long the hand must rest before the project is looked through."""
_GIVES_WAY: Final = 20
"""How often a look that the hand interrupts waits for the next rest; then it goes on beside the work."""
_REMEMBERED: Final = "whole"
_SUFFIX: Final = ".hashiya"


class Rescue(QObject):
    """Says once that a project is damaged, and carries out what is chosen; nothing waits for the search."""

    def __init__(
        self,
        window: MainWindow,
        bridge: Bridge,
        carrying: Carrying,
        close_project: Callable[[], bool],
        open_file: Callable[[Path], bool],
    ) -> None:
        super().__init__(window)
        self._window, self._bridge, self._carrying = window, bridge, carrying
        self._close_project, self._open_file = close_project, open_file
        self._looking: Task | None = None
        self._then: Callable[[object], object] = lambda outcome: None
        self._reached = self._given_way = 0
        self._over = False
        self._ways: RescueWays | None = None
        self._damaged = Path()
        self._whole: Whole | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.look)
        bridge.opened.connect(self._opened)
        bridge.closed.connect(self.finish)
        bridge.changed.connect(self._hand_moved)
        bridge.moved.connect(self._hand_moved)
        if bridge.is_open:
            self._opened()

    def consider(self, path: Path, error: HashiyaError) -> None:
        """Offer the ways on for what could not be opened, if it is a project that may be damaged."""
        from app.soundness import DAMAGES

        is_damage = error.code in DAMAGES or isinstance(error, FaultyFile)
        if not is_damage or path.suffix.lower() != _SUFFIX or self._carrying.running:
            return
        if self._bridge.is_open:
            self._find_backup(path, partial(self._tell, path, error))
            return
        self._damaged, self._whole = path, None
        ways = self._window.nothing.show_ways()
        if self._ways is None:
            self._ways = ways
            ways.restore_asked.connect(self._restore_offered)
            ways.recover_asked.connect(lambda: self._recover(self._damaged))
            ways.leave_asked.connect(lambda: self._window.nothing.show_problem(""))
        self._find_backup(path, self._offer)

    def _offer(self, whole: Whole | None) -> None:
        assert self._ways is not None
        self._whole = whole
        self._ways.offer(whole)

    def _restore_offered(self) -> None:
        if self._whole is not None:
            self._restore(self._damaged, self._whole.number)

    def look(self) -> None:
        """Look through the open project, or go on with it; in a thread, and nothing is written."""
        if self._looking or self._over or not self._bridge.is_open or self._bridge.session.trouble is not None:
            return
        session = self._bridge.session
        if session.held:
            self._rest.start()
            return
        work = partial(_check, session.path, session.recall(_REMEMBERED), self._reached)
        self._begin(work, self._looked)
        assert self._looking is not None
        self._looking.progressed.connect(self._came_to)

    def finish(self) -> None:
        """Stop looking, and return when the thread has ended."""
        self._rest.stop()
        self._leave()

    # Looking

    def _opened(self) -> None:
        self._leave()
        self._reached = self._given_way = 0
        self._over = False
        self._rest.start()

    def _hand_moved(self) -> None:
        if self._over:
            return
        if self._looking is None:
            self._rest.start()
        elif self._given_way < _GIVES_WAY:
            self._given_way += 1
            self._looking.cancel()
            self._looking = None
            self._rest.start()

    def _came_to(self, step: int) -> None:
        if self.sender() is self._looking:
            self._reached = step

    def _looked(self, outcome: object) -> None:
        from app.soundness import DAMAGES

        session, self._over = self._bridge.session, True
        if isinstance(outcome, str):
            session.remember(_REMEMBERED, outcome)
        elif isinstance(outcome, HashiyaError) and outcome.code in DAMAGES:
            self._find_backup(session.path, partial(self._tell, session.path, outcome))

    def _find_backup(self, project: Path, then: Callable[[Whole | None], object]) -> None:
        from app.soundness import Whole, newest_whole

        self._leave()
        self._begin(
            lambda hear: (newest_whole(project, hear),),
            lambda found: then(found[0] if isinstance(found, tuple) and isinstance(found[0], Whole) else None),
        )

    def _begin(self, work: Callable[[Hear], object], then: Callable[[object], object]) -> None:
        self._looking, self._then = Task(work, self), then
        self._looking.finished.connect(self._ended)
        self._looking.start()

    def _ended(self, outcome: object) -> None:
        task = self.sender()
        if not isinstance(task, Task):
            return
        task.wait()
        task.deleteLater()
        if task is self._looking:
            self._looking = None
            self._then(outcome)

    def _leave(self) -> None:
        if self._looking:
            task, self._looking = self._looking, None
            task.cancel()
            task.wait()

    # Telling

    def _tell(self, project: Path, error: HashiyaError, whole: Whole | None) -> None:
        notice = self._window.notices.tell(describe(error), (), "error")
        notice.without_copy()
        if whole is not None:
            title = _("Go back to the backup of {time}").format(time=moment(whole.at))
            notice.offer(title, lambda: self._restore(project, whole.number))
        notice.offer(_("Bring back what can be read"), lambda: self._recover(project))

    # The ways on

    def _recover(self, project: Path) -> None:
        def said(rows: int) -> str:
            if not rows:
                return _("Bringing back what can be read of {project}…").format(project=isolate(project.name))
            told = plural(
                "Bringing back what can be read of {project}: {count} piece so far",
                "Bringing back what can be read of {project}: {count} pieces so far",
                rows,
            )
            return told.format(project=isolate(project.name), count=number(rows))

        self._carry(said, lambda hear: _brought_back(project, hear), partial(self._recovered, project))

    def _recovered(self, project: Path, done: Recovery) -> None:
        from app.recovery_sentences import headline, is_short, report

        if self._open_file(done.path):
            self._window.notices.tell(headline(project, done), report(done), "warning" if is_short(done) else "news")

    def _restore(self, project: Path, wanted: int) -> None:
        was_open = self._bridge.is_open and self._bridge.session.path == project
        if was_open and not self._closed():
            return

        def work(_hear: Hear) -> Backup:
            from app.backups import restore

            return restore(project, wanted)

        said = _("The backup is being put back…")
        back = partial(self._open_file, project) if was_open else lambda: None
        self._carry(lambda _n: said, work, partial(self._restored, project), back)

    def _closed(self) -> bool:
        """Close the damaged project, also where its training file cannot be written: every step is in the project."""
        if not self._bridge.session.save():
            self._window.notices.tell(describe(EditRefused("kept-in-memory")), (), "error")
            return False
        return self._close_project() or self._close_project()

    def _restored(self, project: Path, backup: Backup) -> None:
        if self._open_file(project):
            said = _("The project is again as it was: {time}.").format(time=moment(backup.at))
            self._window.notices.tell(said, (), "news")

    def _carry(
        self,
        said: Callable[[int], str],
        work: Callable[[Hear], Any],
        then: Callable[[Any], object],
        back: Callable[[], object] = lambda: None,
    ) -> None:
        """Have `work` done; when it fails or is cancelled, `back` is called and the ways are there again."""
        self._leave()
        nothing = self._window.nothing
        nothing.set_ways_enabled(False)

        def again() -> None:
            back()
            nothing.set_ways_enabled(True)

        def failed(error: HashiyaError) -> None:
            again()
            self._window.notices.tell(describe(error), (), "error")

        if not self._carrying.run(said, work, then, failed, again):
            again()


def _check(project: Path, known: str, reached: int, hear: Hear) -> str:
    from app.soundness import check

    return check(project, known, reached, hear)


def _brought_back(project: Path, hear: Hear) -> Recovery:
    """Always in a process of its own: to open the file here by itself would take the locks of an open session."""
    from app.elsewhere import elsewhere
    from app.recover import recover

    done: Recovery = elsewhere(recover, project, None, hears=(hear,))
    return done
