"""The page on which files are chosen, looked at, and taken into the project."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.errors import HashiyaError
from app.formats.encodings import Candidate
from app.intake import SKIP, Wishes
from app.model.schema import Schema
from app.sampling import Sample
from app.wording import _, describe, plural
from widgets.fonts import interface_font
from widgets.i18n import number, plain_tip
from widgets.pages.transfer.import_form import ImportForm, articles_said
from widgets.pages.transfer.page import TransferPage
from widgets.panels.drop_area import DropArea
from widgets.panels.roomy import beside_scroll_bar
from widgets.panels.text_block import TextBlock
from widgets.theme import Theme

_LIST_WIDTH, _ROW_HEIGHT, _WIDEST = 240, 50, 820


class _File:
    """One line of the list: a path, how it is to be taken, and what is known of it."""

    def __init__(self, path: Path, item: QListWidgetItem, alike: bool) -> None:
        self.path, self.item = path, item
        self.wishes = Wishes(duplicates=SKIP, alike=alike)
        self.sample: Sample | None = None
        self.encodings: tuple[Candidate, ...] = ()
        self.error: HashiyaError | None = None

    @property
    def is_ready(self) -> bool:
        """Whether there is something in it that can be taken."""
        return self.sample is not None and self.sample.articles > 0


class ImportPage(TransferPage):
    """`look_asked` carries a path and Wishes to be sampled by; `begun` the pairs of path and Wishes to be imported.

    With `alike` texts that are nearly the same are pointed out unless that is taken back.
    `files_asked` and `folder_asked` want something to be chosen, `alone_asked` carries the Path of a file that is
    rather to be opened by itself.
    """

    look_asked = Signal(object, object)
    begun = Signal(list)
    files_asked = Signal()
    folder_asked = Signal()
    alone_asked = Signal(object)

    def __init__(self, theme: Theme, schema: Schema, alike: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._files: list[_File] = []
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Files"))
        self.form = ImportForm(theme, schema, self)
        self.empty = TextBlock(self, quiet=True)
        self.area = DropArea(self)
        self.said = TextBlock(self, quiet=True)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.files, self.folder = QPushButton(_("Choose files…"), self), QPushButton(_("Choose a folder…"), self)
        self.remove = QPushButton(_("Take off the list"), self)
        self.alone = QPushButton(_("Open it by itself"), self)
        self.cancel, self.begin = QPushButton(_("Cancel"), self), QPushButton(_("Import"), self)
        self.begin.setProperty("primary", True)
        self._busy, self._alike = False, alike
        self._wanted = False
        self.area.set_text(
            _("Choose files or a folder, or drop them here: texts, JSON Lines, tables, or the files of others.")
        )
        self._arrange()
        self._connect()
        self._show()

    def add(self, paths: list[Path]) -> None:
        """Put these on the list, and have them looked at; what is on it already is left."""
        self._wanted = False
        known = {file.path for file in self._files}
        for path in dict.fromkeys(paths):
            if path not in known:
                self._look(self._put(path))
        if self.list.currentRow() < 0 and self._files:
            self.list.setCurrentRow(0)
        self._show()
        if self._files and self.focusWidget() in (self.files, self.folder):
            self.list.setFocus()

    def be_like(self, other: ImportPage) -> None:
        """Take over the files of another page, each as it is to be taken; they are looked at again."""
        for file in other._files:
            self._put(file.path).wishes = file.wishes
        for file in self._files:
            self._look(file)
        self.list.setCurrentRow(other.list.currentRow())
        self._show()

    def show_sample(self, path: Path, found: Sample | HashiyaError) -> None:
        """Show what a file holds, or why it cannot be read."""
        file = next((file for file in self._files if file.path == path), None)
        if file is None:
            return
        if isinstance(found, Sample):
            # What was offered stays on offer: a choice that turns out wrong is taken back where it was made.
            file.encodings = found.encodings or file.encodings
            file.sample, file.error = found._replace(encodings=file.encodings), None
        else:
            file.sample, file.error = None, found
        self._name(file)
        self._show()
        self._go_on()

    def show_progress(self, read: int) -> None:
        """So many articles are read."""
        self.bar.setValue(read)
        said = plural("{count} article so far", "{count} articles so far", read)
        self.said.setText(said.format(count=number(read)))

    def set_busy(self, busy: bool) -> None:
        """The import is on its way, or not."""
        self._busy, self._wanted = busy, False
        self._show()
        if busy:
            self.bar.setRange(0, sum(file.sample.articles for file in self._files if file.sample))
            self.show_progress(0)
            self.cancel.setFocus()

    def paths(self) -> list[Path]:
        """What is on the list."""
        return [file.path for file in self._files]

    def wishes(self) -> list[tuple[Path, Wishes]]:
        """What can be taken, and how."""
        return [(file.path, file.wishes) for file in self._files if file.is_ready]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes a file off the list."""
        if event.key() == Qt.Key.Key_Delete and self.list.hasFocus() and not self._busy:
            self._take_off()
        else:
            super().keyPressEvent(event)

    def _is_counted(self) -> bool:
        """Whether it is known how many articles there are in all."""
        return all(file.sample is None or file.sample.whole for file in self._files) and self.bar.maximum() > 0

    def _begin(self) -> None:
        if self._unseen():
            self._wanted = True
            self._show_state()
        else:
            self.begun.emit(self.wishes())

    def _unseen(self) -> int:
        return sum(not (file.sample or file.error) for file in self._files)

    def _go_on(self) -> None:
        """Begin if that was wanted before all was seen, unless something turned up that nobody knew of then."""
        if self._wanted and not self._unseen():
            self._wanted = False
            self._show_state()
            if self._files and all(file.is_ready for file in self._files):
                self._begin()

    def _file(self) -> _File | None:
        row = self.list.currentRow()
        return self._files[row] if 0 <= row < len(self._files) else None

    def _put(self, path: Path) -> _File:
        item = QListWidgetItem(self.list)
        item.setSizeHint(QSize(0, _ROW_HEIGHT))
        self._files.append(_File(path, item, self._alike))
        return self._files[-1]

    def _look(self, file: _File) -> None:
        file.sample = file.error = None
        self._name(file)
        self.look_asked.emit(file.path, file.wishes)

    def _name(self, file: _File) -> None:
        state = _("Looking…") if file.sample is None else articles_said(file.sample)
        if file.error or (file.sample and not file.sample.articles):
            encoding = file.sample and file.sample.encodings
            state = _("Say how it is encoded") if encoding else _("Cannot be read")
        file.item.setText(f"{file.path.name}\n{state}")
        file.item.setToolTip(plain_tip(str(file.path)))

    def _take_off(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._files):
            self._wanted = False
            del self._files[row]
            self.list.takeItem(row)
            self._show()

    def _read_otherwise(self) -> None:
        file = self._file()
        if file:
            file.wishes = self.form.wishes(file.wishes)
            self._wanted = False
            self._look(file)
            self._show_state()

    def _take_otherwise(self) -> None:
        file = self._file()
        if file:
            file.wishes = self.form.wishes(file.wishes)

    def _show(self) -> None:
        file = self._file()
        self.form.setVisible(bool(file and file.sample))
        if file and file.sample:
            self.form.show_sample(file.sample, file.wishes)
        self._show_state()

    def _show_state(self) -> None:
        file = self._file()
        self.area.setVisible(file is None)
        self._rows.setVisible(file is not None)
        self.empty.setVisible(bool(file and not file.sample))
        if file is not None:
            self.empty.setText(describe(file.error) if file.error else _("Looking…"))
        self.list.setVisible(bool(self._files))
        self.remove.setVisible(bool(self._files))
        self.alone.setVisible(len(self._files) == 1 and self._files[0].path.is_file())
        unseen = self._unseen()
        self.begin.setEnabled(not self._busy and not self._wanted and bool(unseen or self.wishes()))
        for part in (self.list, self.form, self.files, self.folder, self.remove, self.alone):
            part.setEnabled(not self._busy)
        # A bar that only moves to and fro takes more of the computer than reading does.
        self.bar.setVisible(self._busy and self._is_counted())
        if unseen and not self._busy:
            self.said.setText(self._looking_said(unseen))
        self.said.setVisible(self._busy or unseen > 0)

    def _looking_said(self, unseen: int) -> str:
        said = plural("{count} file is still looked at.", "{count} files are still looked at.", unseen)
        after = _("The import begins by itself after that.") if self._wanted else ""
        return " ".join(filter(None, (said.format(count=number(unseen)), after)))

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self.form.edited.connect(self._read_otherwise)
        self.form.wished.connect(self._take_otherwise)
        self.files.clicked.connect(self.files_asked)
        self.folder.clicked.connect(self.folder_asked)
        self.remove.clicked.connect(self._take_off)
        self.alone.clicked.connect(lambda: self.alone_asked.emit(self._files[0].path))
        self.cancel.clicked.connect(self.cancelled)
        self.begin.clicked.connect(self._begin)

    def _arrange(self) -> None:
        heading = QLabel(_("Import articles"), self)
        heading.setFont(interface_font(18, bold=True))
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(heading)
        above.addStretch(1)
        for part in (self.files, self.folder):
            above.addWidget(part)
        above.addSpacing(24)
        above.addWidget(self.cancel)
        above.addWidget(self.begin)
        start = QVBoxLayout()
        start.setSpacing(8)
        start.addWidget(self.list, 1)
        start.addWidget(self.remove)
        start.addWidget(self.alone)
        self.list.setFixedWidth(_LIST_WIDTH)
        inside = QWidget(self)
        column = beside_scroll_bar(inside)
        column.addWidget(self.empty)
        column.addWidget(self.form, 1)
        area = self._rows = QScrollArea(self)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        inside.setMaximumWidth(_WIDEST)
        self.form.view.setMinimumHeight(220)
        middle = QHBoxLayout()
        middle.setSpacing(20)
        middle.addLayout(start)
        middle.addWidget(area, 1)
        middle.addWidget(self.area, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 14, 20, 14)
        whole.setSpacing(12)
        whole.addLayout(above)
        whole.addWidget(self.bar)
        whole.addWidget(self.said)
        whole.addLayout(middle, 1)
