"""Training data taken out in the window: a page to choose on, the export in a thread, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from app.errors import HashiyaError
from app.wording import _, describe, plural
from widgets.bridge import Bridge
from widgets.file_dialogs import ask, kind
from widgets.i18n import isolate, left_to_right, number
from widgets.main_window import MainWindow
from widgets.panels.notices import Notice
from widgets.task import Task

if TYPE_CHECKING:
    from app.delivery.making import Exported
    from widgets.pages.transfer.export_form import ExportWish
    from widgets.pages.transfer.export_page import ExportPage


class Exporting(QObject):
    """One page and one export at a time. While an export runs the article is at hand, and a notice tells of it."""

    def __init__(self, window: MainWindow, bridge: Bridge) -> None:
        super().__init__(window)
        self._window, self._bridge = window, bridge
        self._page: ExportPage | None = None
        self._looking: Task | None = None
        self._task: Task | None = None
        self._notice: Notice | None = None
        bridge.closed.connect(self._stop)

    @property
    def page(self) -> ExportPage | None:
        """The page, while it is open."""
        return self._page

    @property
    def running(self) -> bool:
        """Whether an export is on its way."""
        return self._task is not None

    def open(self) -> None:
        """Show the page, unless an export is on its way."""
        if self._page:
            self._window.show_page(self._page)
        elif self._bridge.is_open and not self._task and not self._window.is_taken(over_passing=True):
            self._page = page = self._made()
            self._window.show_page(page)
            page.list.setFocus()
            self._look()

    def _made(self) -> ExportPage:
        from app.formats.registry import every_format
        from widgets.pages.transfer.export_page import ExportPage

        formats = [format for format in every_format() if format.write is not None]
        page = ExportPage(formats, self._bridge.session.path, self._bridge.session.schema, self._window)
        page.begun.connect(self._begin)
        page.cancelled.connect(self._cancel)
        page.place_asked.connect(self._ask_for_place)
        return page

    def _look(self) -> None:
        from app.elsewhere import where_fit
        from app.outlook import outlook

        project = self._bridge.session.path
        run = where_fit(project)
        self._looking = looking = Task(lambda hear: run(outlook, project, hears=(hear,)), self)
        looking.finished.connect(lambda found: self._looked(looking, found))
        looking.start()

    def close(self) -> None:
        """Go back to the article; an export on its way goes on."""
        if self._looking:
            self._looking.cancel()
            self._looking = None
        if self._page:
            page, self._page = self._page, None
            self._window.leave_page(page)
            page.deleteLater()

    def retell(self) -> None:
        """Say it all anew, as it is chosen and written: language or colours are others now."""
        if self._page and not self._task:
            page, self._page = self._page, self._made()
            self._page.be_like(page)
            self._window.replace_page(page, self._page)
            page.deleteLater()

    def _looked(self, looking: Task, found: object) -> None:
        from app.outlook import Outlook

        looking.wait()
        looking.deleteLater()
        if looking is not self._looking:
            return
        self._looking = None
        if self._page and isinstance(found, Outlook):
            self._page.show_outlook(found)
        elif self._page and isinstance(found, HashiyaError):
            self._page.show_fault(found)

    def _begin(self, wish: ExportWish, force: bool) -> None:
        from app.elsewhere import where_fit

        project = self._bridge.session.path
        run, work = where_fit(project), _work(project, wish, force)
        self._task = Task(lambda hear: run(work, hears=(hear,)), self)
        self._task.progressed.connect(self._goes_on)
        self._task.finished.connect(self._ended)
        self._task.start()

    def _cancel(self) -> None:
        if self._task:
            self._task.cancel()
        self.close()

    def _goes_on(self, written: int) -> None:
        """Something is being written: the page has done its part."""
        if self._task is None or self.sender() is not self._task:
            return
        said = plural("Exporting: {count} article so far", "Exporting: {count} articles so far", written)
        said = said.format(count=number(written))
        if self._notice is None:
            self._notice = self._window.notices.follow(said, self._task.cancel)
            self.close()
        self._notice.set_said(said)

    def _ended(self, outcome: object) -> None:
        if self._task is None or self.sender() is not self._task:
            return
        self._finish()
        if isinstance(outcome, HashiyaError):
            if self._page:
                self._page.set_busy(False)
                self._page.show_fault(outcome)
            else:
                self._window.notices.tell(describe(outcome), (), "error")
            return
        self.close()
        if outcome is not None:
            self._tell(outcome)

    def _finish(self) -> None:
        task, self._task = self._task, None
        if task:
            task.wait()
            task.deleteLater()
        if self._notice:
            self._window.notices.drop(self._notice)
            self._notice = None

    def _tell(self, exported: Exported) -> None:
        from widgets.pages.transfer.export_page import counted_losses

        said = plural("{count} article exported to {file}", "{count} articles exported to {file}", exported.lines)
        said = said.format(count=number(exported.lines), file=isolate(exported.path.name))
        beside = (path for path in exported.files if path not in (exported.path, exported.report))
        details = [left_to_right(path.name) for path in beside]
        if exported.losses and exported.report:
            lost = _("Not carried, and listed in {file}:").format(file=left_to_right(exported.report.name))
            details = [lost, *counted_losses(exported.losses), *details]
        notice = self._window.notices.tell(said, details, "warning" if exported.losses else "news")
        notice.gives_way = True  # what was lost is listed in the report beside the export
        folder = str(exported.path.parent)
        notice.offer(_("Show the folder"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(folder)))

    def _ask_for_place(self) -> None:
        if not self._page:
            return
        format = self._page.format
        dialog = QFileDialog(self._window, _("Export"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # What is there already is told on the page, in the window's own words.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        if not format.folder:
            suffixes = [f"*{suffix}" for suffix in format.suffixes]
            dialog.setNameFilters([kind(_(format.title), *suffixes), kind(_("All files"), "*")])
        place = Path(self._page.form.place.text())
        if place.parent.is_dir():
            dialog.setDirectory(str(place.parent))
        dialog.selectFile(place.name)
        dialog.fileSelected.connect(lambda path: self._page and self._page.form.set_place(Path(path)))
        ask(dialog, self._window.theme)

    def _stop(self) -> None:
        """The project goes: so does the page, and what is not exported yet."""
        for task in (self._looking, self._task):
            if task:
                task.cancel()
                task.wait()
        self._finish()
        self.close()


def _work(project: Path, wish: ExportWish, force: bool) -> Callable[..., Exported]:
    """The export that is wished for; it is called with who hears how far it is, in this process or another."""
    from app.delivery.card import UNKNOWN_LICENCE
    from app.export import export

    return partial(
        export,
        project,
        wish.out,
        format=wish.format,
        statuses=wish.statuses,
        annotators=wish.annotators,
        labels=wish.labels,
        split=wish.cut.split,
        seed=wish.cut.seed,
        shards=wish.cut.shards,
        compress=wish.compress,
        alignment=wish.alignment,
        licence=wish.licence or UNKNOWN_LICENCE,
        force=force,
    )
