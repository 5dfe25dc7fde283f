"""A label changed, or its spans deleted, in many articles: looked at in a bar, done as one step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from app.edit.bulk import Meant
from app.errors import HashiyaError
from app.left_sentences import left_said
from app.model.place import Place
from app.wording import _, describe, plural
from widgets.bridge import Bridge
from widgets.carrying import Carrying
from widgets.i18n import isolate, number
from widgets.main_window import MainWindow
from widgets.several import Several
from widgets.task import Hear, Task

if TYPE_CHECKING:
    from app.bulk import Done, Work


class Relabelling(QObject):
    """The bar, and the preview that follows what is chosen in it."""

    def __init__(
        self, window: MainWindow, bridge: Bridge, carrying: Carrying, several: Several, go_to: Callable[[int], object]
    ) -> None:
        super().__init__(window)
        self._window, self._bridge, self._carrying, self._several = window, bridge, carrying, several
        self._go_to = go_to
        self._bar = window.relabel
        self._looking: Task | None = None
        self._work: Work | None = None
        self.does: dict[str, Callable[[], object]] = {"relabel-all": self.open}
        self._bar.changed.connect(self._look)
        self._bar.applied.connect(self._apply)
        self._bar.closed.connect(self.close)
        self._bar.list.chosen.connect(self._show_place)
        bridge.closed.connect(self.close)
        bridge.documents_changed.connect(self._look)
        bridge.schema_changed.connect(self.close)

    def open(self) -> None:
        """Show the bar; the label of the span in focus is chosen."""
        if not self._bridge.is_open:
            return
        session, theme = self._bridge.session, self._window.theme
        there = [label.id for label in session.schema.labels]
        there += [id for id in session.label_counts if id not in there]
        focused = session.annotations.spans.get(self._window.canvas.focused_span())
        self._bar.open([(id, theme.look_of(id)) for id in there], focused.label if focused else there[0])

    def close(self) -> None:
        """Put the bar away and go back to the text."""
        self.finish()
        if self._bar.isVisible():
            self._bar.hide()
            self._window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Leave what is looked for: the project is about to be closed."""
        if self._looking:
            task, self._looking = self._looking, None
            task.cancel()
            task.wait()

    def _look(self) -> None:
        """Look, in a thread, what would be done."""
        self.finish()
        self._bar.list.hits.clear(grouped=True)
        if not self._bar.isVisible() or self._carrying.running:
            return
        source, target, text, everywhere = self._bar.meant()
        if not source or source == target:
            self._bar.show_state(_("Choose another label for it to become."))
            return
        self._work = work = self._wished(source, target, text, everywhere)
        project = self._bridge.session.path

        def look(hear: Hear) -> Done:
            from app.bulk import preview

            return preview(project, work, hear)

        self._looking = task = Task(look, self)
        self._bar.show_state(_("Looking through the articles…"))
        task.progressed.connect(self._heard)
        task.finished.connect(self._looked)
        task.start()

    def _wished(self, source: str, target: str, text: str, everywhere: bool) -> Work:
        from app.bulk import Work

        articles = self._window.articles
        listed = None if everywhere else [articles.model.position_of(row) for row in range(articles.model.rowCount())]
        return Work(self._bridge.session.annotator, listed, meant=Meant(source, text), label=target)

    def _heard(self, count: int) -> None:
        if self.sender() is self._looking:
            said = plural("Looked at {count} article…", "Looked at {count} articles…", count)
            self._bar.show_state(said.format(count=number(count)))

    def _looked(self, outcome: object) -> None:
        task = self.sender()
        if not isinstance(task, Task):
            return
        task.wait()
        task.deleteLater()
        if task is not self._looking:
            return
        self._looking = None
        if isinstance(outcome, HashiyaError):
            self._bar.show_state(describe(outcome))
        elif outcome is not None:
            self._show(outcome)  # type: ignore[arg-type]

    def _show(self, told: Done) -> None:
        assert self._work is not None
        self._bar.list.hits.add(told.hits)
        left = left_said(told.left, number)
        if not told.spans:
            self._bar.show_state(_("There is no such span.") if not left else _("Nothing would change."), left)
            return
        spans = plural("{count} span", "{count} spans", told.spans).format(count=number(told.spans))
        articles = plural("in {count} article", "in {count} articles", told.articles)
        said = f"{spans} {articles.format(count=number(told.articles))}"
        if len(told.hits) < told.spans:
            first = plural("the first {count} is shown", "the first {count} are shown", len(told.hits))
            said += " · " + first.format(count=number(len(told.hits)))
        change = plural("Change {count} span", "Change {count} spans", told.spans)
        delete = plural("Delete {count} span", "Delete {count} spans", told.spans)
        self._bar.show_state(said, left, (change if self._work.label else delete).format(count=number(told.spans)))

    def _apply(self) -> None:
        work = self._work
        if work is None or work.meant is None:
            return
        name = self._window.theme.look_of(work.label).name if work.label else ""

        def told(done: Done) -> str:
            if not name:
                said = plural("{count} span was deleted.", "{count} spans were deleted.", done.spans)
                return said.format(count=number(done.spans))
            said = plural("{count} span is {label} now.", "{count} spans are {label} now.", done.spans)
            return said.format(count=number(done.spans), label=isolate(name))

        if self._several.carry_out(work, told):
            self.close()

    def _show_place(self, n: int) -> None:
        """The place that was chosen, where it stands in its article."""
        hit = self._bar.list.hits.hit(n)
        self._go_to(hit.key)
        if self._bridge.session.key == hit.key:
            self._window.canvas.set_place(Place(hit.start, hit.end))
