"""The window with a project in it: opening, closing, and who does what an action asks for."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFileDialog

from app.edit.by_rule import get_ready
from app.errors import Fault, FaultyFile, HashiyaError, SourceError
from app.model.schema import Schema
from app.text.boundaries import word_at
from app.text.clitics import word_core
from app.wording import _, describe, describe_fault, language, plural
from widgets.application import HashiyaApplication
from widgets.bridge import Bridge
from widgets.commands import Commands
from widgets.file_dialogs import ask, kind
from widgets.housekeeping import Housekeeping
from widgets.i18n import isolate, number
from widgets.jobs import Publisher
from widgets.main_window import MainWindow
from widgets.panels.notices import Notice
from widgets.presenter import Presenter
from widgets.reading import Reading, is_large
from widgets.samples import demonstration_project, sample_project
from widgets.settings import Settings
from widgets.theme import LabelLook, read_theme, theme_name
from widgets.unsaved import Unsaved

if TYPE_CHECKING:
    from widgets.undertakings import Undertakings

_FAULTS_KEPT = 200
_IDLE_MS, _SETTLED_MS, _PAINTED_MS = 20_000, 500, 40
UNDERTAKINGS = {
    *("carrying", "comforts", "copies", "exporting", "importing", "keeping"),
    *("pasting", "relabelling", "rescue", "schema_editing", "sending", "several", "telling_origin"),
}
"""The parts of `Workbench.undertakings`, by name."""


class Workbench(QObject):
    """One window, and at most one open project."""

    def __init__(self, application: HashiyaApplication, settings: Settings, theme: str = "") -> None:
        super().__init__(application)
        self._application = application
        self._settings = settings
        wish = theme or settings.text("theme")
        self.window = MainWindow(read_theme(theme_name(wish)))
        self.house = Housekeeping(self.window, settings, application.interpreter, wish)
        self.bridge = Bridge(self)
        # Keys that were pressed while the window came may want a name before the bar that asks for it is made.
        self.bridge.name_wanted.connect(lambda: self.undertakings)
        self.window.status.annotator_asked.connect(lambda: self.undertakings)
        self.publisher = Publisher(self.bridge)
        self.presenter = Presenter(self.window, self.bridge, self.publisher)
        self.commands = Commands(self.window, self.bridge, self.publisher, self.presenter)
        self.unsaved = Unsaved(self.window, self.bridge, self.presenter, self.publisher, self.open_file)
        self._reading: Reading | None = None
        self._reading_notice: Notice | None = None
        self._more: list[Path] = []
        self._looks: list[tuple[str, LabelLook]] = []
        self._warned = False
        self._idle = QTimer(self, singleShot=True, interval=_IDLE_MS)
        self._connect()
        self.presenter.show_nothing()
        self._dress()

    def __getattr__(self, name: str) -> Any:
        """What a window does beside labelling goes by its own name: `importing` is `undertakings.importing`."""
        if name not in UNDERTAKINGS:
            raise AttributeError(name)
        return getattr(self.undertakings, name)

    @cached_property
    def undertakings(self) -> Undertakings:
        """What no first paint needs: made a moment after it, or when it is first asked for."""
        from widgets.undertakings import Undertakings

        made = Undertakings(self, self._settings, keys_of)
        self.window.finder.set_labels(self._looks)
        return made

    def look_back(self) -> None:
        """Tell, after a start, what went wrong before it."""
        self.undertakings.comforts.look_back()

    def show(self) -> None:
        """Put the window on the screen where it was last."""
        self.house.restore()
        self.window.show()

    def begin(self, files: Sequence[Path], sample: bool = False) -> None:
        """Start, where nothing was opened meanwhile; the rest of the window is made when that is on the screen."""
        if not self.bridge.is_open:
            self.start(files, sample)
        QTimer.singleShot(_PAINTED_MS, self, self.look_back)

    def start(self, files: Sequence[Path], sample: bool = False) -> None:
        """Open `files`; without any the project opened last, and at the first start the sample articles."""
        if files:
            self.open_file(files[0])
            self._more = list(files[1:]) if self._reading else []
            for file in files[1:] if not self._reading else ():
                self.add_file(file)
            return
        last = next((Path(path) for path in self._settings.texts("recent") if Path(path).is_file()), None)
        if sample or last is None:
            self.open_sample()
        else:
            self.open_file(last)

    def handed(self, files: Sequence[Path]) -> None:
        """Come to the front, with what a later start or the system wants opened."""
        window = self.window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        if files:
            self.start(files)

    def open_sample(self, made: Callable[[], Path] = sample_project) -> None:
        """Open a project that ships, with the first steps beside it for whoever has not taken them."""
        try:
            project = made()
        except HashiyaError as error:
            self._cannot_open(error)
        except OSError as error:
            self._cannot_open(SourceError("source-unreadable", file=error.filename or "", reason=error.strerror or ""))
        else:
            if self.open_file(project) and not self._settings.get("hint.done"):
                self.house.run("first-steps")

    def open_file(self, path: Path) -> bool:
        """Open a text, JSON Lines or a project in place of what is open; False, and said why, when it cannot be."""
        if is_large(path):
            self._read(path)
            return True
        return self._open(path, [])

    def _read(self, path: Path) -> None:
        """Have a large file made into a project while the window goes on, and open it then."""
        self._stop_reading()
        self._reading = reading = Reading(path, self)
        self._reading_notice = self.window.notices.follow(_reading_said(path, 0), reading.cancel)
        reading.progressed.connect(self._is_reading)
        reading.finished.connect(self._was_read)
        if not self.bridge.is_open:
            self.window.nothing.show_reading(path.name)
        reading.start()

    def _was_read(self, outcome: object) -> None:
        reading = self._reading
        if reading is None or self.sender() is not reading:
            return
        self._stop_reading()
        if isinstance(outcome, Path):
            more, self._more = self._more, []
            if self._open(outcome, reading.faults, reading.path) and more:
                self.undertakings.importing.take(more)
        elif isinstance(outcome, HashiyaError):
            self._cannot_open(outcome)
        elif not self.bridge.is_open:
            self.presenter.show_nothing()

    def _is_reading(self, read: int) -> None:
        if self._reading and self._reading_notice:
            self._reading_notice.set_said(_reading_said(self._reading.path, read))

    def _stop_reading(self) -> None:
        if self._reading:
            reading, self._reading = self._reading, None
            reading.cancel()
            reading.wait()
            reading.deleteLater()
        if self._reading_notice:
            self.window.notices.drop(self._reading_notice)
            self._reading_notice = None

    def _open(self, path: Path, faults: list[Fault], source: Path | None = None) -> bool:
        from app.session import Session

        try:
            session = Session.open(path, report=faults.append)
        except HashiyaError as error:
            self.undertakings.keeping.consider(path)
            self._cannot_open(error)
            self.undertakings.rescue.consider(path, error)
            return False
        if not self.close_project():
            session.close()
            return False
        self._know_labels(session.schema)
        self.bridge.open(session)
        self.house.remember_project(str(session.path.absolute()))
        self._tell_faults(source or path, faults)
        self.window.canvas.setFocus()
        QTimer.singleShot(_SETTLED_MS, self, lambda: _settle(session.schema))
        return True

    def add_file(self, path: Path) -> None:
        """Take the articles of another file into the open project."""
        if not self.bridge.is_open:
            return
        if is_large(path):
            self.undertakings.importing.take([path])
            return
        faults: list[Fault] = []
        try:
            self.bridge.session.import_file(path, report=faults.append)
        except HashiyaError as error:
            self.presenter.tell(error, "error")
        else:
            self._tell_faults(path, faults)

    def close_project(self) -> bool:
        """Finish with the open project; False when its training file could not be written, and it stays open once."""
        if not self.bridge.is_open:
            return True
        if "undertakings" in self.__dict__:
            self.undertakings.stop()
        self.window.inspector.settle()
        self.presenter.keep_place()
        if not self.unsaved.finish():
            return False
        if not self.publisher.finish() and not self._warned:
            self._warned = True
            said = _("Every mark is kept in the project. Close again to leave without the training file.")
            self.window.notices.tell(said, (), "error")
            return False
        self._warned = False
        self.window.notices.clear()
        self.bridge.close()
        return True

    def _connect(self) -> None:
        window = self.window
        window.key_pressed = self.commands.key
        window.actions_.asked.connect(self._run)
        window.closing.connect(self._close)
        window.dropped.connect(self._dropped)
        window.menus.recent_chosen.connect(self._open_again)
        window.nothing.open_asked.connect(self._ask_for_file)
        window.nothing.sample_asked.connect(self.open_sample)
        self.house.looks_changed.connect(self._dress)
        self.commands.all_done.connect(self._all_done)
        self.bridge.changed.connect(self._idle.start)
        self.bridge.moved.connect(self._idle.start)
        self.bridge.schema_changed.connect(self._schema_changed)
        self._idle.timeout.connect(gc.collect)
        self._application.crashed.connect(self._tell_crash)

    def _run(self, id: str) -> None:
        own = {"open": self._ask_for_file, "open-sample": self.open_sample, "quit": self.window.close}
        own |= {"open-demonstration": partial(self.open_sample, demonstration_project), "import": self._import}
        own |= self.undertakings.does
        on_articles = self.undertakings.does_on_articles
        if id in on_articles:
            if self.bridge.is_open and not self.window.is_page_shown():
                on_articles[id]()
            return
        if id in own:
            own[id]()
            return
        (self.commands if self.commands.knows(id) else self.house).run(id)

    def _dress(self) -> None:
        """Theme, label names and zoom, everywhere."""
        theme = self.house.theme()
        self._application.wear(theme)
        if self.bridge.is_open:
            self._know_labels(self.bridge.session.schema)
        else:
            self.window.set_theme(theme)
            self.presenter.set_look(theme, self.house.zoom, self.house.setting())

    def _schema_changed(self) -> None:
        self.presenter.keep_place()
        self._know_labels(self.bridge.session.schema)
        self.presenter.show_schema()

    def _know_labels(self, schema: Schema) -> None:
        keys = keys_of(schema)
        theme = self.house.theme().with_schema(schema, keys, language())
        self.window.set_theme(theme)
        looks = [(label.id, theme.look_of(label.id)) for label in schema.labels]
        self.window.menus.set_labels(looks)
        self.window.canvas.set_word(self._word)
        self._looks = looks
        if "undertakings" in self.__dict__:
            self.window.finder.set_labels(looks)
        self.commands.set_label_keys({key: label for label, key in keys.items()})
        self.presenter.set_look(theme, self.house.zoom, self.house.setting())

    def _word(self, text: str, k: int) -> tuple[int, int]:
        """What a double click takes."""
        if self.house.cores_only() and self.bridge.is_open:
            return word_core(text, k, self.bridge.session.lexicon)
        return word_at(text, k)

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self.window, _("Open a text, JSON Lines or a project"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        kinds = kind(_("Articles and projects"), "*.txt", "*.jsonl", "*.hashiya")
        dialog.setNameFilters([kinds, kind(_("All files"), "*")])
        dialog.fileSelected.connect(self._open_again)
        ask(dialog, self.window.theme)

    def _import(self) -> None:
        """Choose what to take into the project; where there is none, what to make one of."""
        if self.bridge.is_open:
            self.undertakings.importing.open()
        else:
            self._ask_for_file()

    def _open_again(self, path: str) -> None:
        self.open_file(Path(path))

    def _dropped(self, paths: list[Path]) -> None:
        if self.bridge.is_open and paths[0].suffix.lower() != ".hashiya":
            self.undertakings.importing.open(paths)
        elif self.open_file(paths[0]):
            for path in paths[1:]:
                self.add_file(path)

    def _cannot_open(self, error: HashiyaError) -> None:
        if self.bridge.is_open:
            self.window.notices.tell(describe(error), _lines(_faults_of(error)), "error")
        else:
            self.presenter.show_nothing(describe(error), _lines(_faults_of(error)))

    def _tell_faults(self, path: Path, faults: Sequence[Fault]) -> None:
        if faults:
            said = plural(
                "{count} fault in {file}; the rest was taken in.",
                "{count} faults in {file}; the rest was taken in.",
                len(faults),
            )
            self.window.notices.tell(said.format(count=number(len(faults)), file=path.name), _lines(faults))

    def _all_done(self) -> None:
        self.window.notices.tell(_("Every article is done or skipped. Well done!"), (), "news").as_passing()

    def _tell_crash(self, kind: str) -> None:
        self.presenter.tell(HashiyaError("program-fault", reason=kind), "error")

    def _close(self, event: QCloseEvent) -> None:
        self._stop_reading()
        if "undertakings" in self.__dict__:
            self.undertakings.carrying.stop()
        if not self.close_project():
            event.ignore()
            return
        self.house.keep()
        event.accept()


def keys_of(schema: Schema) -> dict[str, str]:
    """The key of each label by its id: its own, or the next free digit."""
    taken = {label.key.upper() for label in schema.labels}
    free = iter(digit for digit in "123456789" if digit not in taken)
    return {label.id: label.key.upper() or next(free, "") for label in schema.labels}


def _reading_said(path: Path, read: int) -> str:
    said = plural("Reading {file}: {count} article so far", "Reading {file}: {count} articles so far", read)
    return said.format(file=isolate(path.name), count=number(read))


def _faults_of(error: HashiyaError) -> Sequence[Fault]:
    return error.faults[1:] if isinstance(error, FaultyFile) else ()


def _lines(faults: Sequence[Fault]) -> list[str]:
    return [describe_fault(fault) for fault in faults[:_FAULTS_KEPT]]


def _settle(schema: Schema) -> None:
    """Do now what a key press would have to wait for."""
    get_ready(schema)
    _freeze()


def _freeze() -> None:
    """Keep full collections out of key presses: what was opened is set aside, the rest waits until the hand rests."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 1_000_000)
