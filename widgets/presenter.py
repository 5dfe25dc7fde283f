"""Keeps what is on the screen in step with the session: each signal of it reaches the parts that show it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer

from app.edit.steps import Step
from app.errors import HashiyaError
from app.model.annotation import Annotations, State
from app.model.place import Place
from app.model.schema import Schema
from app.wording import _, describe, language
from widgets.actions import ON_A_SPAN, SHAPING
from widgets.bridge import Bridge
from widgets.jobs import Publisher
from widgets.main_window import MainWindow
from widgets.models.filters import depends_on_annotations
from widgets.models.tally import Tally
from widgets.theme import Theme
from widgets.typesetting import PageSetting, look_of, source_of

_SOON_MS = 30
_LOOK_AGAIN_MS = 250
_FILE_STATE_MS = 400


class Presenter(QObject):
    """The session on the window. Costs of a step follow what it changed, never the article or the project."""

    def __init__(self, window: MainWindow, bridge: Bridge, publisher: Publisher) -> None:
        super().__init__(window)
        self._window = window
        self._bridge = bridge
        self._publisher = publisher
        self._position = -1
        self._shown_key: int | None = None
        self._rows: dict[int, tuple[State, int]] = {}
        self._moved = False
        self._stale = False
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._look_again = QTimer(self, singleShot=True, interval=_LOOK_AGAIN_MS)
        self._file_state = QTimer(self, singleShot=True, interval=_FILE_STATE_MS)
        self._connect()

    def show_all(self) -> None:
        """Everything of a session just opened."""
        window, session = self._window, self._bridge.session
        window.show_project(True)
        window.menus.set_project(session.path.name, str(session.path))
        window.menus.set_width(window.width())
        window.setWindowTitle(f"{session.name} – Hashiya")
        window.strip.chips.set_schema(session.schema, window.theme)
        window.articles.set_shelf(session)
        self._offer_labels()
        window.status.set_annotator(session.annotator)
        self.show_saved()
        self._show_counts()
        self.show_article()
        self._show_position()
        for notice in session.notices:
            self.tell(notice)
        self._file_state.start()

    def show_nothing(self, problem: str = "", details: Sequence[str] = ()) -> None:
        """No project is open, because of `problem` if there was one."""
        window = self._window
        self._shown_key = None
        self._soon.stop()
        self._moved = False
        self._rows.clear()
        window.canvas.clear()
        window.show_article(False)
        window.setWindowTitle("Hashiya")
        window.nothing.show_problem(problem, details)
        window.articles.set_shelf(None)
        window.articles.set_tally(Tally())
        window.inspector.show_article("", Annotations(), Schema("", "", {}, ()))
        window.menus.set_project("", "")
        window.show_project(False)
        window.status.set_done(0, 0)
        window.status.set_annotator("")
        window.status.set_saved(None)
        window.status.set_selection(0, 0)
        window.show_steps(False)
        for id in _NEED_AN_ARTICLE:
            window.actions_[id].setEnabled(False)

    def show_article(self) -> None:
        """The current article, where the hand left it."""
        window, session = self._window, self._bridge.session
        window.notices.go_on()
        if self._stale and depends_on_annotations(window.articles.model.wish):
            self._look_again.start()
        self._stale = False
        self._shown_key = session.key
        there = session.key is not None
        window.show_article(there)
        if not there:
            window.canvas.clear()
            window.nothing.show_problem("")
        document, annotations = session.document, session.annotations
        if there:
            source = source_of(document)
            window.canvas.show_document(document.text, document.title, annotations, session.schema, source)
            self._restore_place()
        window.inspector.show_article(document.text, annotations, session.schema)
        window.inspector.set_focus(window.canvas.focused_span() if there else "")
        window.strip.chips.set_counts(session.label_counts)
        self._position = (session.position(session.key) if session.key is not None else None) or 0
        self._moved = True
        self._show_state()
        self._catch_up_soon()

    def show_schema(self) -> None:
        """What is asked by the schema that was just set, of the article as the hand left it."""
        self._window.strip.chips.set_schema(self._bridge.session.schema, self._window.theme)
        self._offer_labels()
        self.show_article()

    def _offer_labels(self) -> None:
        labels = self._bridge.session.schema.labels
        self._window.articles.set_labels({label.id: label.title(language()) for label in labels})

    def keep_place(self) -> None:
        """Remember where the hand is in the article that is shown."""
        if self._shown_key is None or not self._bridge.is_open:
            return
        place = self._window.canvas.place()
        said = f"{place.anchor}:{place.caret}:{place.focus}"
        self._bridge.session.remember("place", said, self._shown_key)
        self._bridge.session.remember("reading", self._window.canvas.reading_position(), self._shown_key)

    def set_look(self, theme: Theme, zoom: int, wish: PageSetting) -> None:
        """Dress the article in `theme` at `zoom` per cent, set as wished."""
        self._window.canvas.set_look(look_of(theme, zoom, language(), wish))

    def show_saved(self) -> None:
        """When the last step was saved, or how many are not."""
        session = self._bridge.session
        if session.trouble is not None:
            self._window.status.set_unsaved(session.unsaved)
        else:
            self._window.status.set_saved(session.last_commit)

    def tell(self, error: HashiyaError, level: str = "warning") -> None:
        """Say `error` in the window until it is put away."""
        self._window.notices.tell(describe(error), (), level)

    def _connect(self) -> None:
        bridge, publisher = self._bridge, self._publisher
        bridge.opened.connect(self.show_all)
        bridge.closed.connect(self.show_nothing)
        bridge.changed.connect(self._changed)
        bridge.moved.connect(self.show_article)
        bridge.documents_changed.connect(self._documents_changed)
        bridge.counts_changed.connect(self._catch_up_soon)
        bridge.noticed.connect(self.tell)
        bridge.refused.connect(self._refused)
        bridge.failed.connect(self._failed)
        publisher.state_changed.connect(self._show_file_state)
        publisher.published.connect(self._show_file_state)
        publisher.failed.connect(self._file_failed)
        self._soon.timeout.connect(self._catch_up)
        self._look_again.timeout.connect(self._filter_again)
        self._file_state.timeout.connect(self._show_file_state)

    def _changed(self, step: Step, origin: object) -> None:
        window, session = self._window, self._bridge.session
        window.notices.go_on()
        self._stale = True
        change = step.change_of(session.document.id)
        if change is not None:
            window.inspector.follow(session.annotations, change)
            window.canvas.refresh(change, step.after)
            self._rows[self._position] = (session.annotations.state, len(session.annotations.spans))
        self._allow_turns()
        self._catch_up_soon()
        if step.command == "label":
            window.first_steps.take("label")
        elif step.command == "set_status" and session.annotations.state.status == "complete":
            window.first_steps.take("done")

    def _catch_up(self) -> None:
        """Show around the article what the steps of the last moment did: a key press waits for the article alone."""
        window, session = self._window, self._bridge.session
        if self._moved:
            self._show_position()
        window.strip.chips.set_counts(session.label_counts)
        self.show_saved()
        for position, (state, spans) in self._rows.items():
            self._replace_row(position, state, spans)
        self._rows.clear()
        self._show_state()
        self._show_counts()

    def _show_position(self) -> None:
        self._moved = False
        self._window.articles.set_current(-1 if self._shown_key is None else self._position)

    def _catch_up_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _filter_again(self) -> None:
        """An article that was left may fit the filter no longer; one under the hand stays until it is left."""
        if not self._stale:
            self._window.articles.look_again()

    def _replace_row(self, position: int, state: State, spans: int) -> None:
        model = self._window.articles.model
        row = model.row_at(position)
        if row is not None:
            model.replace(position, row._replace(status=state.status, flagged=state.flagged, spans=spans))

    def _refused(self, refusal: HashiyaError) -> None:
        self._window.status.tell(describe(refusal))
        span = refusal.values.get("span")
        if refusal.code == "already-there" and isinstance(span, str):
            self._window.canvas.focus_span(span)

    def _failed(self, error: HashiyaError) -> None:
        self._window.status.set_trouble(_("see the notice above"))
        self.tell(error, "error")

    def _file_failed(self, error: HashiyaError) -> None:
        self.tell(error, "error")

    def _documents_changed(self) -> None:
        self._window.articles.look_again()
        self._window.status.set_annotator(self._bridge.session.annotator)

    def _show_counts(self) -> None:
        tally = self._bridge.tally
        self._window.status.set_done(tally.done, tally.total)
        self._window.articles.set_tally(tally)

    def _show_state(self) -> None:
        """What can be done now."""
        window, session = self._window, self._bridge.session
        state, actions, there = session.annotations.state, window.actions_, session.key is not None
        for id in _NEED_AN_ARTICLE:
            actions[id].setEnabled(there)
        focus, selection = window.canvas.focused_span(), window.canvas.selection()
        for id in ON_A_SPAN:
            actions[id].setEnabled(bool(focus or (id in SHAPING and window.canvas.suggested_focus)))
        actions["copy"].setEnabled(selection[0] < selection[1])
        self._allow_turns()
        actions["flag"].setChecked(state.flagged)
        actions["skip"].setChecked(state.status == "skipped")
        actions["reopen"].setEnabled(state.status in ("complete", "skipped"))

    def _allow_turns(self) -> None:
        """Undo and redo are allowed at once: the next key may be one of them."""
        session, actions = self._bridge.session, self._window.actions_
        actions["undo"].setEnabled(session.can_undo)
        actions["redo"].setEnabled(session.can_redo)

    def _show_file_state(self) -> None:
        if not self._bridge.is_open:
            return
        large, running = self._publisher.is_large, self._publisher.running
        # A small file follows within a second; a line that came and went with every mark would only distract.
        self._window.status.set_file(self._bridge.session.behind if large and not running else 0, large and running)

    def _restore_place(self) -> None:
        canvas, key = self._window.canvas, self._shown_key
        anchor, _, rest = self._bridge.session.recall("place", key).partition(":")
        caret, _, focus = rest.partition(":")
        if anchor.isdecimal() and caret.isdecimal():
            canvas.set_place(Place(int(anchor), int(caret), focus), reveal=False)
            canvas.restore_reading_position(self._bridge.session.recall("reading", key))
        else:
            canvas.verticalScrollBar().setValue(0)


_NEED_AN_ARTICLE = (
    *("undo", "redo", "copy", *ON_A_SPAN, "next-span", "previous-span", "annotator", "publish", "fields"),
    *("add-fragment", "remove-fragment", "find", "find-project", "find-next", "find-previous"),
    *("guideline", "schema", "show-folder", "done", "flag", "skip", "reopen", "next-article", "previous-article"),
    *("next-problem", "previous-problem", "problems", "delete-articles", "relabel-all", "several-all"),
    *("several-done", "several-open", "several-skip", "several-flag", "several-unflag"),
)
