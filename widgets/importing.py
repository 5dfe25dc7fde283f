"""Articles taken into the open project in the window: a page that shows them first, the work in a thread, a report."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from app.errors import Fault, FaultyFile, HashiyaError
from app.wording import _, describe, describe_fault, plural
from widgets.bridge import Bridge
from widgets.file_dialogs import ask
from widgets.i18n import number
from widgets.main_window import MainWindow
from widgets.task import Task

if TYPE_CHECKING:
    from app.arriving import Arrival
    from app.intake import ImportReport, Wishes
    from widgets.pages.transfer.import_page import ImportPage

_FAULTS_KEPT = 200
_FEW = 2000
"""So many texts are held against each other in about a second."""


class Importing(QObject):
    """One page and one import at a time. The page stays until the import has ended: a project has one writer.

    `open_asked` carries the Path of a file that is rather to be opened by itself.
    """

    open_asked = Signal(object)

    def __init__(self, window: MainWindow, bridge: Bridge) -> None:
        super().__init__(window)
        self._window, self._bridge = window, bridge
        self._page: ImportPage | None = None
        self._waiting: deque[tuple[Path, Wishes]] = deque()
        self._looking: Task | None = None
        self._task: Task | None = None
        self._faults: list[Fault] = []
        self._taken: list[ImportReport] = []
        bridge.closed.connect(self.stop)

    @property
    def page(self) -> ImportPage | None:
        """The page, while it is open."""
        return self._page

    @property
    def running(self) -> bool:
        """Whether an import is on its way."""
        return self._task is not None

    def open(self, paths: Sequence[Path] = ()) -> None:
        """Show the page with these files on its list; where it is open already they join the others."""
        if self._page:
            self._window.show_page(self._page)
        elif not self._bridge.is_open or self._window.is_taken(over_passing=True):
            return
        else:
            self._page = page = self._made()
            self._window.show_page(page)
            page.files.setFocus()
        if self._page and not self._task:
            self._page.add(list(paths))

    def take(self, paths: Sequence[Path]) -> None:
        """Import these files at once, as they are; the page says how far it is."""
        from app.intake import Wishes

        self.open()
        if self._page and not self._task:
            self._begin([(path, Wishes()) for path in paths])

    def close(self) -> None:
        """Go back to the article, if nothing is on its way."""
        self._waiting.clear()
        if self._looking:
            self._looking.cancel()
        if self._page:
            page, self._page = self._page, None
            self._window.leave_page(page)
            page.deleteLater()

    def stop(self) -> None:
        """Let nothing more into the project, which is about to be closed: what is not in it yet stays out."""
        importing, self._task = self._task, None
        for task in (self._looking, importing):
            if task:
                task.cancel()
                task.wait()
        if importing and self._bridge.is_open:
            self._bridge.session.note_imported()
        self.close()

    def retell(self) -> None:
        """Say it all anew, of the same files taken in the same way: language or colours are others now."""
        if self._page and not self._task:
            self._waiting.clear()
            page, self._page = self._page, self._made()
            self._page.be_like(page)
            self._window.replace_page(page, self._page)
            page.deleteLater()

    def _made(self) -> ImportPage:
        from widgets.pages.transfer.import_page import ImportPage

        session = self._bridge.session
        page = ImportPage(self._window.theme, session.schema, session.count <= _FEW, self._window)
        page.look_asked.connect(self._look)
        page.begun.connect(self._begin)
        page.cancelled.connect(self._cancel)
        page.files_asked.connect(self._ask_for_files)
        page.folder_asked.connect(self._ask_for_folder)
        page.alone_asked.connect(self._open_alone)
        return page

    def _open_alone(self, path: Path) -> None:
        self.close()
        self.open_asked.emit(path)

    # Looking

    def _look(self, path: Path, wishes: Wishes) -> None:
        self._waiting.append((path, wishes))
        if self._looking is None:
            self._look_on()

    def _look_on(self) -> None:
        if not self._waiting or not self._bridge.is_open:
            return
        from app.elsewhere import where_fit
        from app.sampling import sample

        path, wishes = self._waiting.popleft()
        project = self._bridge.session.path
        run, work = where_fit(path), partial(sample, alike=wishes.alike)
        task = Task(lambda hear: run(work, project, path, wishes.options, hears=(hear,)), self)
        self._looking = task
        task.finished.connect(lambda found: self._looked(task, path, found))
        task.start()

    def _looked(self, task: Task, path: Path, found: object) -> None:
        from app.sampling import Sample

        task.wait()
        task.deleteLater()
        self._looking = None
        superseded = any(waiting == path for waiting, _wishes in self._waiting)
        if self._page and isinstance(found, Sample | HashiyaError) and not superseded:
            self._page.show_sample(path, found)
        self._look_on()

    # Taking

    def _begin(self, wished: Sequence[tuple[Path, Wishes]]) -> None:
        from app.arriving import arrive
        from app.elsewhere import where_fit

        if self._task or not self._page or not wished:
            return
        project = self._bridge.session.path
        self._faults, self._taken = [], []
        heard, taken = self._faults.append, self._taken.append
        run = where_fit(*(path for path, _wishes in wished))
        self._task = Task(lambda hear: run(arrive, project, list(wished), hears=(heard, hear, taken)), self)
        self._task.progressed.connect(self._page.show_progress)
        self._task.finished.connect(self._ended)
        self._page.set_busy(True)
        self._task.start()

    def _cancel(self) -> None:
        if self._task:
            self._task.cancel()
        else:
            self.close()

    def _ended(self, outcome: object) -> None:
        task = self._task
        if task is None or self.sender() is not task:
            return
        self._task = None
        task.wait()
        task.deleteLater()
        self.close()
        self._bridge.session.note_imported()
        if isinstance(outcome, HashiyaError):
            self._window.notices.tell(describe(outcome), self._details(()), "error")
        elif outcome is None:
            self._tell_cancelled()
        else:
            self._tell(outcome)

    def _tell(self, arrival: Arrival) -> None:
        added, there = arrival.documents, sum(report.there for report in arrival.reports)
        said = plural("{count} article imported.", "{count} articles imported.", added).format(count=number(added))
        if there:
            known = plural("{count} was there already.", "{count} were there already.", there)
            said += " " + known.format(count=number(there))
        refused = sum(report.refused for report in arrival.reports)
        if refused:
            left = plural("{count} thing was refused.", "{count} things were refused.", refused)
            said += " " + left.format(count=number(refused))
        level = "error" if arrival.errors and not arrival.reports else "warning"
        details = self._details(arrival.errors)
        self._window.notices.tell(said, details, level if details else "news")

    def _tell_cancelled(self) -> None:
        added = sum(report.documents for report in self._taken)
        if added:
            said = plural(
                "Stopped. {count} article of the files before stays.",
                "Stopped. {count} articles of the files before stay.",
                added,
            )
            self._window.notices.tell(said.format(count=number(added)), (), "news")
        else:
            self._window.notices.tell(_("Stopped. The project is as it was."), (), "news").as_passing()

    def _details(self, errors: Sequence[HashiyaError]) -> list[str]:
        """What was refused and why, a line each, and then what else there is to tell."""
        from app.formats.findings import WARNINGS

        whole = [
            describe(FaultyFile(error.code, (), **error.values)) if isinstance(error, FaultyFile) else describe(error)
            for error in errors
        ]
        refusals_first = sorted(self._faults, key=lambda fault: fault.code in WARNINGS)
        return [*whole, *map(describe_fault, refusals_first[:_FAULTS_KEPT])]

    # Choosing

    def _ask_for_files(self) -> None:
        dialog = QFileDialog(self._window, _("Import articles"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda paths: self.open([Path(path) for path in paths]))
        self._show(dialog)

    def _ask_for_folder(self) -> None:
        dialog = QFileDialog(self._window, _("Import a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self.open([Path(path)]))
        self._show(dialog)

    def _show(self, dialog: QFileDialog) -> None:
        ask(dialog, self._window.theme)
