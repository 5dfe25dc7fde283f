"""The status bar: what is true now about saving, progress, the selection, the annotator and the zoom."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from app.wording import _, plural
from widgets.announcing import announce
from widgets.i18n import clock, isolate, number, offsets, percent, sentence

_MESSAGE_MS = 5000
_SOON_MS = 30
_WIDE, _NARROW = 1000, 640


class StatusBar(QFrame):
    """Every part says a fact. Its buttons ask: `annotator_asked`, `problems_asked`, `zoom_asked(steps)` (0: 100 %)."""

    annotator_asked = Signal()
    problems_asked = Signal()
    zoom_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.saved = QLabel(self)
        self.saved.setObjectName("saved")
        self.file = QLabel(self)
        self.progress = QProgressBar(self)
        self.done = QLabel(self)
        self.selection = QLabel(self)
        self.message = QLabel(self)
        self.problems = QToolButton(self)
        self.annotator = QToolButton(self)
        self.smaller = QToolButton(self)
        self.zoom = QToolButton(self)
        self.larger = QToolButton(self)
        self._commit: float | None = None
        self._trouble = self._name = ""
        self._unsaved: int | None = None
        self._done = self._total = self._behind = self._problems = 0
        self._writing = False
        self._width = 10_000
        self._selected = (0, 0)
        self._zoom = 100
        # A key press waits for the article alone, not for the bar below it.
        self._say_selection = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._say_selection.timeout.connect(self._show_selection)
        self._hush = QTimer(self, singleShot=True, interval=_MESSAGE_MS)
        self._hush.timeout.connect(self.hush)
        self._arrange()
        self._connect()
        self.retranslate()

    def set_saved(self, commit: float | None) -> None:
        """The time of the last commit, or None when this project has none yet."""
        self._commit, self._trouble, self._unsaved = commit, "", None
        self._show_saved()

    def set_trouble(self, said: str) -> None:
        """Say that the last edit was not saved."""
        self._trouble = said
        self._show_saved()
        announce(self, self.saved.text(), urgent=True)

    def set_unsaved(self, count: int) -> None:
        """Say how many steps are in memory only, since the disk refuses them; none yet is also worth a word."""
        before, self._unsaved = self._unsaved, count
        self._show_saved()
        if before is None:
            announce(self, self.saved.text(), urgent=True)

    def set_file(self, behind: int, writing: bool) -> None:
        """How many articles the training file lacks, and whether it is being written just now."""
        self._behind, self._writing = behind, writing
        if writing:
            said = _("Writing the training file…")
        elif behind:
            said = plural(
                "Training file: {count} article behind", "Training file: {count} articles behind", behind
            ).format(count=number(behind))
        else:
            said = ""
        self.file.setText(said)
        self.file.setVisible(bool(said))

    def set_done(self, done: int, total: int) -> None:
        """How many of the project's articles are done."""
        self._done, self._total = done, total
        self.progress.setRange(0, max(total, 1))
        self.progress.setValue(done)
        self._fit()
        self.done.setText(
            plural("{done} of {count} article done", "{done} of {count} articles done", total).format(
                done=number(done), count=number(total)
            )
        )

    def set_selection(self, start: int, end: int) -> None:
        """What is selected, in code points, said in a moment; an empty stretch says nothing."""
        self._selected = (start, end)
        if not self._say_selection.isActive():
            self._say_selection.start()

    def set_annotator(self, name: str) -> None:
        """Whose annotations these are; "" when nobody was named."""
        self._name = name
        shown = name if len(name) <= 24 else name[:23] + "…"
        said = _("Annotator: {name}").format(name=isolate(shown)) if name else _("No annotator yet")
        self.annotator.setText(said.replace("&", "&&"))

    def set_problems(self, count: int) -> None:
        """How many problems the article has; none are not worth a word."""
        self._problems = count
        said = plural("{count} problem in this article", "{count} problems in this article", count)
        self.problems.setText(f"\u26a0 {number(count)}")
        self.problems.setToolTip(said.format(count=number(count)))
        self.problems.setAccessibleName(said.format(count=number(count)))
        self.problems.setVisible(count > 0)

    def set_zoom(self, zoom: int) -> None:
        """The size of the text in per cent."""
        self._zoom = zoom
        self.zoom.setText(percent(zoom))

    def tell(self, said: str) -> None:
        """Say something that matters for a few seconds."""
        self.message.setText(sentence(said))
        announce(self, said)
        self._hush.start()
        self._fit()

    def hush(self) -> None:
        """What was told last holds no longer."""
        self._hush.stop()
        if self.message.text():
            self.message.clear()
            self._fit()

    def set_width(self, width: int) -> None:
        """Give way in a narrow window of `width`: first the bar, then what is least missed."""
        self._width = width
        self._fit()
        self.annotator.setVisible(width >= 700)
        for button in (self.smaller, self.larger):
            button.setVisible(width >= 900)

    def retranslate(self) -> None:
        """Words and digits in the language in use."""
        self._show_saved()
        self.set_file(self._behind, self._writing)
        self.set_done(self._done, self._total)
        self.set_selection(*self._selected)
        self.set_annotator(self._name)
        self.set_problems(self._problems)
        self.set_zoom(self._zoom)
        for button, tip in (
            (self.annotator, _("Whose annotations these are")),
            (self.smaller, _("Smaller text")),
            (self.zoom, _("Text as it was")),
            (self.larger, _("Larger text")),
        ):
            button.setToolTip(tip)
        self.smaller.setAccessibleName(_("Smaller text"))
        self.larger.setAccessibleName(_("Larger text"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _fit(self) -> None:
        """Where there is little room what is told goes before what is always there."""
        room, told = self._width, bool(self.message.text())
        self.progress.setVisible(room >= _WIDE and self._total > 0)
        self.done.setVisible(self._total > 0 and room >= _NARROW and not (told and room < _WIDE))
        for part in (self.saved, self.selection):
            part.setVisible(not (told and room < _NARROW))

    def _show_saved(self) -> None:
        if self._unsaved:
            said = plural("Not saved: {count} step", "Not saved: {count} steps", self._unsaved)
            said = "⚠ " + said.format(count=number(self._unsaved))
        elif self._unsaved == 0:
            said = "⚠ " + _("Nothing can be saved now")
        elif self._trouble:
            said = _("Not saved: {reason}").format(reason=self._trouble)
        elif self._commit is None:
            said = _("Nothing to save yet")
        else:
            said = "✓ " + _("Saved {time}").format(time=clock(self._commit))
        self.saved.setText(sentence(said))
        state = "trouble" if self._trouble or self._unsaved is not None else "new" if self._commit is None else "saved"
        if self.saved.property("state") != state:
            self.saved.setProperty("state", state)
            self.saved.style().polish(self.saved)

    def _show_selection(self) -> None:
        start, end = self._selected
        said = _("Selection {offsets}").format(offsets=offsets(start, end)) if start < end else ""
        self.selection.setText(said)

    def _arrange(self) -> None:
        for label in (self.saved, self.file, self.done, self.selection, self.message):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(150)
        for button in (self.problems, self.annotator, self.smaller, self.zoom, self.larger):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 4)
        row.setSpacing(18)
        for widget in (self.saved, self.file, self.progress, self.done, self.selection, self.message):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.problems)
        row.addWidget(self.annotator)
        sizes = QHBoxLayout()
        sizes.setSpacing(0)
        for button in (self.smaller, self.zoom, self.larger):
            sizes.addWidget(button)
        row.addLayout(sizes)

    def _connect(self) -> None:
        self.annotator.clicked.connect(self.annotator_asked)
        self.problems.clicked.connect(self.problems_asked)
        self.smaller.clicked.connect(lambda: self.zoom_asked.emit(-1))
        self.zoom.clicked.connect(lambda: self.zoom_asked.emit(0))
        self.larger.clicked.connect(lambda: self.zoom_asked.emit(1))
