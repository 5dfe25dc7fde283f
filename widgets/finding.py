"""Find: what the bar looks for is searched beside the window, shown on the page and, of a project, in a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from app.edit.everywhere import Spot, label_places
from app.errors import HashiyaError
from app.model.place import Place
from app.wording import _, describe, plural
from widgets.bridge import Bridge
from widgets.i18n import number
from widgets.main_window import MainWindow
from widgets.presenter import Presenter
from widgets.seeking import Seeker
from widgets.task import Task

if TYPE_CHECKING:
    from app.search import Hit

IN_ARTICLE, IN_PROJECT = 100_000, 5_000
"""How many matches are kept, at most."""
_SEED = 80


class Finding(QObject):
    """The commands of finding; `does` tells what each action does."""

    def __init__(self, window: MainWindow, bridge: Bridge, presenter: Presenter) -> None:
        super().__init__(window)
        self._window, self._bridge, self._presenter = window, bridge, presenter
        self._bar = window.finder
        self._seeker = Seeker(self)
        self._hits: list[Hit] = []
        self._current = -1
        self._from = 0
        self._articles = 0
        self._going = False
        self.does: dict[str, Callable[[], object]] = {
            "find": lambda: self._open(project=False),
            "find-project": lambda: self._open(project=True),
            "find-next": lambda: self.step(1),
            "find-previous": lambda: self.step(-1),
        }
        self._indexing: Task | None = None
        self._connect()

    def step(self, way: int) -> None:
        """Go to the next match, or with -1 to the one before; after the last comes the first."""
        if not self._bar.isVisible():
            self._open(self._bar.project.isChecked())
        elif self._hits:
            self._go((self._current + way) % len(self._hits))

    def finish(self) -> None:
        """Let every search come to its end: the project is about to be closed."""
        self._seeker.finish()
        if self._indexing:
            self._indexing.cancel()
            self._indexing.wait()
            self._indexing = None

    def _connect(self) -> None:
        bar = self._bar
        bar.changed.connect(self._seek)
        bar.stepped.connect(self.step)
        bar.closed.connect(self._close)
        bar.label_chosen.connect(self._label_all)
        bar.list.visited.connect(self._go)
        bar.list.chosen.connect(self._go)
        self._seeker.arrived.connect(self._arrived)
        self._seeker.counted.connect(self._counted)
        self._seeker.ended.connect(self._ended)
        self._bridge.moved.connect(self._moved)
        self._bridge.opened.connect(self._index)
        self._bridge.closed.connect(self._close)
        if self._bridge.is_open:
            self._index()

    def _index(self) -> None:
        """Make the index of an older project whole, beside the work in it."""
        session = self._bridge.session
        if not session.is_indexed:
            self._indexing = Task(session.index_texts, self)
            self._indexing.start()

    def _open(self, project: bool) -> None:
        text = self._bridge.session.document.text
        start, end = self._window.canvas.selection()
        seed = text[start:end] if end - start <= _SEED else ""
        self._bar.open(project, "" if "\n" in seed else seed)

    def _seek(self) -> None:
        self._hits, self._current, self._articles = [], -1, 0
        wanted, project = self._bar.search(), self._bar.project.isChecked()
        self._from = min(self._window.canvas.place()[:2])
        self._bar.list.hits.clear(grouped=True)
        self._seeker.stop()
        if wanted.pattern and self._bar.isVisible():
            session, scope = self._bridge.session, "project" if project else "article"
            self._seeker.seek(
                lambda stop: session.search(wanted, scope, stop),  # type: ignore[arg-type]
                IN_PROJECT if project else IN_ARTICLE,
                (lambda stop: session.articles_with(wanted, stop)) if project else None,
            )
        self._show()

    def _arrived(self, hits: list[Hit]) -> None:
        self._hits += hits
        if self._bar.project.isChecked():
            self._bar.list.hits.add(hits)
        if self._current < 0:
            self._choose()
        self._show()

    def _choose(self) -> None:
        """The first match from where the hand was, once it is known; the first of all when none comes after it."""
        key = self._bridge.session.key
        after = (n for n, hit in enumerate(self._hits) if hit.key == key and hit.start >= self._from)
        found = next(after, None)
        if found is None and not self._seeker.running and not self._bar.project.isChecked():
            found = 0
        if found is not None:
            self._go(found)

    def _counted(self, articles: int) -> None:
        self._articles = articles
        self._show()

    def _ended(self, error: HashiyaError | None) -> None:
        if self._hits and self._current < 0:
            self._choose()
        self._show(describe(error) if error else "")

    def _go(self, n: int) -> None:
        """Show a match: in its article, selected."""
        if self._going or not 0 <= n < len(self._hits):
            return
        self._current, hit = n, self._hits[n]
        self._going = True
        if hit.key != self._bridge.session.key:
            self._window.inspector.settle()
            self._presenter.keep_place()
            self._bridge.go_to(hit.key)
        if hit.key == self._bridge.session.key:
            self._window.canvas.set_place(Place(hit.start, hit.end))
        self._bar.list.show_current(n if self._bar.project.isChecked() else -1)
        self._going = False
        self._show()

    def _moved(self) -> None:
        """Another article: what is looked for in one article is looked for there."""
        if self._bar.isVisible() and not self._going and not self._bar.project.isChecked():
            self._seek()

    def _show(self, problem: str = "") -> None:
        count = len(self._hits)
        self._mark()
        if problem or not self._bar.field.text():
            said = problem
        elif not count:
            said = "\u2026" if self._seeker.running else _("Not found")
        elif self._current < 0:
            said = plural("{count} match", "{count} matches", count).format(count=number(count))
        else:
            said = _("{n} of {count}").format(n=number(self._current + 1), count=number(count))
        if count and not problem:
            said = " ".join([said, *self._more_to_say(count)])
        self._bar.show_state(said, count)

    def _more_to_say(self, count: int) -> Iterator[str]:
        """In how many articles the matches of the project are, once that is known, and whether there may be more."""
        project = self._bar.project.isChecked()
        full = count >= (IN_PROJECT if project else IN_ARTICLE)
        articles = self._articles if full else len({hit.key for hit in self._hits})
        if project and (self._articles or not self._seeker.running):
            yield plural("in {count} article", "in {count} articles", articles).format(count=number(articles))
        if full:
            yield _("(no more are shown)")
        elif self._seeker.running and project:
            yield "\u2026"

    def _mark(self) -> None:
        """The matches of the article on its page."""
        key = self._bridge.session.key if self._bridge.is_open else None
        here = [n for n, hit in enumerate(self._hits) if hit.key == key]
        current = here.index(self._current) if self._current in here else -1
        self._window.canvas.set_hits([(self._hits[n].start, self._hits[n].end) for n in here], current)

    def _label_all(self, label: str) -> None:
        spots = [Spot(hit.document_id, hit.start, hit.end) for hit in self._hits]
        label_all(self._window, self._bridge, spots, label)

    def _close(self) -> None:
        self._seeker.stop()
        self._hits, self._current = [], -1
        self._bar.list.hits.clear(grouped=True)
        self._mark()
        if self._bar.isVisible():
            self._bar.hide()
            self._window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)


def label_all(window: MainWindow, bridge: Bridge, spots: list[Spot], label: str) -> bool:
    """Mark all of `spots` in one step, and say how many there were; False when nothing was done."""
    step = bridge.do(label_places(spots, label), window.canvas.place())
    if step is None:
        return False
    count = sum(len(change.added) for change in step.changes)
    said = plural("{count} place is marked.", "{count} places are marked.", count)
    window.status.tell(said.format(count=number(count)))
    return True
