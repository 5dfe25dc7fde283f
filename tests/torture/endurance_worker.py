"""Everything a hand does in a working week, a turn at a time: each turn ends with the window as it was before it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QAbstractAnimation, QEvent, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QWidget

from app import lessons
from app.model.place import Place
from app.text.boundaries import word_at
from benchmarks import corpus
from benchmarks.hand import CONTROL, NONE
from tests.torture.endurance_deciding import DEEDS, SHIFT, Decider, Turn

Key = Qt.Key

_SPANS = 64
"""From so many spans in an article on the hand deletes rather than marks, so that the last hour is like the first."""
_LEARNED_FROM = 30
"""Of how many articles the project learns at a time, so that models change often and none is waited for long."""
_BARS = {
    "find": "finder",
    "everywhere": "review",
    "relabel-all": "relabel",
    "problems": "problem_bar",
    "annotator": "prompt",
    "delete-articles": "question",
    "restore": "backups",
    "origin": "origin",
}
"""Actions that have a bar appear over the article, and the bar of each."""
_PANES = ("pane-articles", "pane-inspector", "alone")
_WORDS = (("darb", "next span"), ("تال", "الامتداد"), ("zoom", "article"))


class Worker(Decider):
    """The window on a project. `round_` gives some thousand actions; whoever asks carries each out and times it."""

    def __init__(self, project: Path, settings: Path, seed: int) -> None:
        super().__init__(project, settings)
        self._seed = seed
        lessons.MOST_ARTICLES = _LEARNED_FROM
        self.session.set_annotator(corpus.ANNOTATOR)
        self.bench.window.resize(1200, 800)
        self.house = self.bench.house
        self._often: dict[Callable[[], Turn], int] = {
            self._caret: 1000,
            self._select: 300,
            self._wheel: 200,
            self._hover: 4500,
            self._walk: 60,
            self._mark: 66,
            self._undo: 20,
            self._delete: 20,
            self._relabel: 12,
            self._edges: 14,
            self._answer: 6,
            self._link: 3,
            self._next: 16,
            self._list: 4,
            self._status: 3,
            self._note: 4,
            self._find: 3,
            self._filter: 2,
            self._bar: 2,
            self._palette: 2,
            self._notice: 2,
            self._panes: 1,
            self._tab: 30,
            self._decide: 12,
            self._shape_suggested: 2,
            self._threshold: 1,
            self._suggest_here: 2,
        }
        self._seldom: tuple[Callable[[], Turn], ...] = (
            *(self._find_project, self._everywhere, self._menu, self._guideline, self._zoom, self._resize),
            *(self._look, self._publish, self._pages, self._suggest, self._suggestion_menu),
        )

    def round_(self, number: int) -> Turn:
        """The turns of one round, well mixed: over six thousand actions; what is done seldom is in every second one.

        A round of the same number has the same turns, and what is left to chance in each falls out as it did.
        """
        turns = [turn for turn, times in self._often.items() for _ in range(times)]
        turns += self._seldom if number % 2 == 0 else ()
        for at in range(len(turns) + 1):
            self._chance.seed(f"{self._seed} {number} {at}")
            if at == 0:
                self._chance.shuffle(turns)
            else:
                yield from turns[at - 1]()

    def get_warm(self) -> Turn:
        """What is made when it is first asked for: each bar, and the process that suggests by what was learned."""
        self.wait(lambda: self.session.last_learned is not None and self.is_still())
        for action in _BARS:
            yield from self._bar(action)
        for pane in _PANES:
            yield from self._panes(pane)
        for deed in DEEDS:
            yield from self._decide(deed)
        yield from self._shape_suggested()

    def rest(self) -> None:
        """The hand rests: what the window does in a pause is done, and the hand is back at the first article."""
        self.bench.window.notices.clear()
        self.bench.bridge.go_to(self.session.rows(0, 1)[0].key)
        self.canvas.setFocus()
        self.wait(lambda: not self.bench.publisher.running and not self.bench.commands.finding._seeker._leaving)
        # The button that empties a field fades for a moment after it was needed.
        running, animations = QAbstractAnimation.State.Running, self.bench.window.findChildren
        self.wait(lambda: all(one.state() != running for one in animations(QAbstractAnimation)))
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.bench._idle.timeout.emit()
        self.commits.clear()

    def is_still(self) -> bool:
        """Whether nothing is under way; processes that suggest and that are ready to learn wait, and are heard."""
        at_work = {thread.name for thread in threading.enumerate()} - {"MainThread", "suggesting", "resting"}
        return not at_work and not self.session.is_learning

    def _press(self, key: Key, text: str = "") -> None:
        if QApplication.focusWidget() is None:
            raise AssertionError("the keyboard is nowhere")
        super()._press(key, text)

    def _caret(self) -> Turn:
        key = self._chance.choice((Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home))
        held = self._chance.choice((NONE, NONE, CONTROL))
        yield "caret", lambda: self.key(key, held)

    def _select(self) -> Turn:
        key = self._chance.choice((Key.Key_Left, Key.Key_Left, Key.Key_Right, Key.Key_Down))
        yield "select", lambda: self.key(key, CONTROL | SHIFT)

    def _wheel(self) -> Turn:
        down = self._chance.random() < 0.6
        yield "scroll", lambda: self._turn(down)

    def _hover(self) -> Turn:
        size = self.canvas.viewport().size()
        at = QPointF(self._chance.random() * size.width(), self._chance.random() * size.height())
        yield "hover", lambda: self._mouse(QEvent.Type.MouseMove, at)

    def _walk(self) -> Turn:
        way = self._chance.choice(("next-span", "previous-span"))
        yield "walk-spans", lambda: self.act(way)

    def _mark(self) -> Turn:
        if len(self.session.annotations.spans) >= _SPANS:
            yield from self._delete()
            return
        start, end = self._word()
        yield "place", lambda: self.canvas.set_place(Place(start, end))
        number = self._chance.randrange(1, 6)
        yield "label", lambda: self.key(Key(Key.Key_0 + number), text=str(number))

    def _undo(self) -> Turn:
        for _ in range(self._chance.randrange(1, 4)):
            if self.session.can_undo:
                yield "undo", lambda: self.key(Key.Key_Z, CONTROL)
        if self.session.can_redo:
            yield "redo", lambda: self.key(Key.Key_Z, CONTROL | SHIFT)

    def _delete(self) -> Turn:
        if self._focus():
            yield "delete", lambda: self.key(Key.Key_Delete)

    def _relabel(self) -> Turn:
        if self._focus():
            number = self._chance.randrange(1, 6)
            yield "relabel", lambda: self.key(Key(Key.Key_0 + number), text=str(number))

    def _edges(self) -> Turn:
        if self._focus():
            edge = self._chance.choice(("grow-start", "grow-end", "shrink-start", "shrink-end", "clitics"))
            yield "edge", lambda: self.act(edge)

    def _answer(self) -> Turn:
        if self._focus("CASUALTY"):
            yield "form", lambda: self.key(Key.Key_Return)
            key, text = self._chance.choice(((Key.Key_K, "k"), (Key.Key_I, "i")))
            yield "answer", lambda: self._press(key, text)
            self._press(Key.Key_Escape)
            self.canvas.setFocus()

    def _link(self) -> Turn:
        if self._focus("QUOTE"):
            yield "link-offered", lambda: self.act("link")
            yield "linked", lambda: self._press(Key.Key_Return)
            self.bench.window.link_bar.closed.emit()
            self.canvas.setFocus()

    def _next(self) -> Turn:
        key = Key.Key_PageDown if self._chance.random() < 0.7 else Key.Key_PageUp
        yield "next-article", lambda: self.key(key, CONTROL)

    def _list(self) -> Turn:
        row = self._chance.randrange(self.session.count)
        model = self.bench.window.articles.model
        yield "open-article", lambda: self.bench.window.articles.chosen.emit(model.row(row).key)

    def _status(self) -> Turn:
        state = self.session.annotations.state.status
        yield "flag", lambda: self.act("flag")
        yield "status", lambda: self.act("reopen" if state == "complete" else "done")
        self.bench.window.notices.clear()

    def _note(self) -> Turn:
        note = self.bench.window.inspector.note
        note.field.setPlainText(f"{self._chance.random()}")
        yield "note", note.settle

    def _find(self) -> Turn:
        finding, finder = self.bench.commands.finding, self.bench.window.finder
        finding.does["find"]()
        word = self._surface()
        yield "find", lambda: (finder.field.setText(word), self.wait(lambda: not finding._seeker.running))
        for _ in range(3):
            yield "find-next", lambda: self.act("find-next")
        finder.closed.emit()

    def _find_project(self) -> Turn:
        finding, finder = self.bench.commands.finding, self.bench.window.finder
        word = self._surface()
        finding.does["find-project"]()
        yield "find-project", lambda: (finder.field.setText(word), self.wait(lambda: not finding._seeker.running))
        for _ in range(2):
            yield "find-next", lambda: self.act("find-next")
        finder.closed.emit()

    def _filter(self) -> Turn:
        articles, word = self.bench.window.articles, self._surface()
        wish = self._chance.choice(
            ({"text": word}, {"statuses": ("complete",)}, {"labels": ("ACTOR",)}, {"flagged": True})
        )
        yield "filter", lambda: articles.ask(wish)
        yield "filter", articles.clear_filter

    def _everywhere(self) -> Turn:
        everywhere = self.bench.commands.everywhere
        if self._focus():
            yield "everywhere", lambda: (everywhere.open(), self.wait(lambda: not everywhere._seeker.running))
            everywhere.close()

    def _bar(self, action: str = "") -> Turn:
        action = action or self._chance.choice([*_BARS])
        if self._focus():
            bar: QWidget = getattr(self.bench.window, _BARS[action])
            yield "bar", lambda: (self.act(action), self.wait(bar.isVisible))
            yield "bar", lambda: self._press(Key.Key_Escape)
            if bar.isVisible():
                raise AssertionError(f"Esc does not put the bar of {action} away")
            self.canvas.setFocus()

    def _menu(self) -> Turn:
        self._focus()
        middle = self.canvas.viewport().rect().center()
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, self.canvas.mapToGlobal(middle))
        yield "menu", lambda: QApplication.sendEvent(self.canvas.viewport(), asked)
        while popup := QApplication.activePopupWidget():
            popup.close()

    def _palette(self) -> Turn:
        palette, words = self.bench.comforts.by_name.palette, self._chance.choice(_WORDS)
        yield "palette", lambda: self.act("palette")
        for word in words:
            yield "palette-word", lambda word=word: palette.line.setText(word)
        palette.close_up()
        self.canvas.setFocus()

    def _notice(self) -> Turn:
        notices = self.bench.window.notices
        yield "notice", lambda: self.act("about")
        yield "notice", lambda: notices.shown()[0].dismissed.emit()

    def _guideline(self) -> Turn:
        self._focus()
        for _ in range(2):
            yield "guideline", lambda: self.act("guideline")

    def _panes(self, pane: str = "") -> Turn:
        pane = pane or self._chance.choice(_PANES)
        for _ in range(2):
            yield "panes", lambda: self.act(pane)

    def _zoom(self) -> Turn:
        yield "zoom", lambda: self.house.zoom_by(1)
        yield "zoom", lambda: self.house.zoom_by(0)

    def _resize(self) -> Turn:
        yield "resize", lambda: self.bench.window.resize(1440, 900)
        yield "resize", lambda: self.bench.window.resize(1200, 800)

    def _pages(self) -> Turn:
        bench, comforts = self.bench, self.bench.comforts
        for name, close in (
            ("settings", comforts.preferences.close),
            ("key-sheet", comforts.key_sheet.close),
            ("schema", bench.schema_editing.close),
            ("import", bench.importing.close),
            ("export", bench.exporting.close),
            ("suggesting", bench.undertakings.suggestion_choices.close),
            ("rejected", bench.undertakings.suggestion_choices.close),
            ("user-guide", self._close_guide),
        ):
            yield f"page-{name}", lambda name=name: self.act(name)
            yield "page-closed", close
        self.canvas.setFocus()

    def _close_guide(self) -> None:
        for window in QApplication.topLevelWidgets():
            if window is not self.bench.window and window.isVisible():
                window.close()
        self.bench.window.activateWindow()
        self.wait(lambda: QApplication.activeWindow() is self.bench.window)

    def _look(self) -> Turn:
        yield "theme", lambda: self.house.use_theme("dark")
        yield "language", lambda: self.house.use_language("ar")
        yield "theme", lambda: self.house.use_theme("light")
        yield "language", lambda: self.house.use_language("en")

    def _publish(self) -> Turn:
        publisher = self.bench.publisher
        yield "publish", lambda: (self.act("publish"), self.wait(lambda: not publisher.running))

    def _focus(self, label: str = "") -> bool:
        """Have a span in hand, one of `label` if that is said; False where there is none."""
        there = [span.id for span in self.session.annotations.spans.values() if label in ("", span.label)]
        if there:
            self.canvas.setFocus()
            self.canvas.focus_span(self._chance.choice(there))
        return bool(there)

    def _word(self) -> tuple[int, int]:
        text = self.session.document.text
        while True:
            start, end = word_at(text, self._chance.randrange(len(text)))
            if text[start:end].strip().isalnum():
                return start, end

    def _surface(self) -> str:
        start, end = self._word()
        return self.session.document.text[start:end]
