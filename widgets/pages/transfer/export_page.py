"""The page on which a format is chosen, with what it carries and what it would leave out, and an export is begun."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
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

from app.errors import CallError, HashiyaError
from app.formats.registry import FEATURES, Format
from app.loss_sentences import LOSSES
from app.model.schema import Schema
from app.outlook import Outlook
from app.wording import _, describe, is_right_to_left, plural
from widgets.fonts import interface_font
from widgets.i18n import isolate, number, plain_tip
from widgets.pages.transfer.export_form import ExportForm
from widgets.pages.transfer.page import ENTER, TransferPage
from widgets.panels.roomy import beside_scroll_bar
from widgets.panels.text_block import TextBlock

_LIST_WIDTH, _LIST_MARGINS, _ROW_HEIGHT, _WIDEST = 240, 52, 30, 760
_REPLACEABLE = "output-foreign"


class ExportPage(TransferPage):
    """`begun` carries an ExportWish, and whether what is there may be replaced.

    `place_asked` wants a file or a folder to be chosen.
    """

    begun = Signal(object, bool)
    place_asked = Signal()

    def __init__(self, formats: Sequence[Format], project: Path, schema: Schema, parent: QWidget) -> None:
        super().__init__(parent)
        self._formats = list(formats)
        self._outlook: Outlook | None = None
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Format"))
        self.list.setObjectName("formats")
        self.form = ExportForm(project, schema, self)
        self._title, self._carries, self._left = TextBlock(self), TextBlock(self, quiet=True), TextBlock(self)
        self._title.setFont(interface_font(15, bold=True))
        self._fault = TextBlock(self)
        self._fault.setObjectName("fault")
        self.replace = QPushButton(_("Replace it"), self)
        self.busy = QProgressBar(self)
        self.busy.setRange(0, 0)
        self.cancel, self.begin = QPushButton(_("Cancel"), self), QPushButton(_("Export"), self)
        self.begin.setProperty("primary", True)
        for format in self._formats:
            self._add(format)
        self._arrange()
        self.list.currentRowChanged.connect(self._show_format)
        self.list.itemActivated.connect(lambda _item: self._to_form())
        self.form.edited.connect(self._check)
        self.form.place_asked.connect(self.place_asked)
        self.cancel.clicked.connect(self.cancelled)
        self.begin.clicked.connect(lambda: self._begin(False))
        self.replace.clicked.connect(lambda: self._begin(True))
        self.set_busy(False)
        self.list.setCurrentRow(0)

    @property
    def format(self) -> Format:
        """The format in hand."""
        return self._formats[max(0, self.list.currentRow())]

    def choose(self, name: str) -> None:
        """Take the format called `name` in hand."""
        self.list.setCurrentRow(next(n for n, format in enumerate(self._formats) if format.name == name))

    def be_like(self, other: ExportPage) -> None:
        """Take over what is chosen and written on another page."""
        if other._outlook is not None:
            self.show_outlook(other._outlook)
        self.choose(other.format.name)
        self.form.be_like(other.form)

    def show_outlook(self, outlook: Outlook) -> None:
        """Show what there is to be exported."""
        self._outlook = outlook
        self.form.show_outlook(outlook)
        self._show_format()

    def show_fault(self, error: HashiyaError | None) -> None:
        """Say why nothing was exported; what is in the way of another program can be replaced."""
        self._fault.setText(_said(error) if error else "")
        self._fault.setVisible(error is not None)
        self.replace.setVisible(error is not None and error.code == _REPLACEABLE)
        if error is not None:
            (self.replace if self.replace.isVisibleTo(self) else self.form.place).setFocus()

    def set_busy(self, busy: bool) -> None:
        """An export has begun, and has written nothing yet; or it has not begun."""
        self.busy.setVisible(busy)
        self._check()
        if busy:
            self.begin.setEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on a format goes on to its form."""
        if not (self.list.hasFocus() and event.key() in ENTER and not event.modifiers()):
            super().keyPressEvent(event)

    def _to_form(self) -> None:
        # After the key: what it is pressed on must still be the list.
        QTimer.singleShot(0, self, lambda: self.form.place.setFocus())

    def _begin(self, force: bool) -> None:
        wish = self.form.wish()
        if wish:
            self.show_fault(None)
            self.set_busy(True)
            self.begun.emit(wish, force)

    def _check(self) -> None:
        """Whether this can be exported as it is written."""
        self.show_fault(None)
        try:
            wish = self.form.wish()
        except CallError as error:
            self._fault.setText(describe(error))
            self._fault.show()
            wish = None
        nothing = self._outlook is not None and not self._outlook.articles
        self.begin.setEnabled(wish is not None and not nothing)

    def _show_format(self) -> None:
        format, outlook = self.format, self._outlook
        self._title.setText(_(format.title))
        carried = (what for what in FEATURES if what in format.carries)
        self._carries.setText(_("Carries: {things}").format(things=_listed(LOSSES[what] for what in carried)))
        self._carries.setVisible(bool(format.carries))
        self._left.setText(_left_out(outlook, format) if outlook else _("Looking through the project…"))
        self.form.show_format(format)
        self._check()

    def _add(self, format: Format) -> None:
        missing = bool(format.needs) and find_spec(format.needs.partition(".")[0]) is None
        item = QListWidgetItem(_(format.title), self.list)
        item.setSizeHint(QSize(0, _ROW_HEIGHT * (1 + missing)))
        if missing:
            said = _("Needs the Python package {package}").format(package=format.needs)
            item.setToolTip(plain_tip(said))
            item.setText(f"{_(format.title)}\n{said}")
            item.setFlags(Qt.ItemFlag.NoItemFlags)

    def _arrange(self) -> None:
        heading = QLabel(_("Export"), self)
        heading.setFont(interface_font(18, bold=True))
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(heading)
        above.addStretch(1)
        above.addWidget(self.cancel)
        above.addWidget(self.begin)
        inside = QWidget(self)
        column = beside_scroll_bar(inside)
        column.setSpacing(8)
        for part in (self._title, self._carries, self._left, _line(inside), self.form):
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        inside.setMaximumWidth(_WIDEST)
        widest = max(self.list.fontMetrics().horizontalAdvance(_(format.title)) for format in self._formats)
        self.list.setFixedWidth(max(_LIST_WIDTH, widest + _LIST_MARGINS))
        middle = QHBoxLayout()
        middle.setSpacing(20)
        middle.addWidget(self.list)
        middle.addWidget(area, 1)
        said = QHBoxLayout()
        said.addWidget(self._fault, 1)
        said.addWidget(self.replace, 0, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 14, 20, 14)
        whole.setSpacing(12)
        whole.addLayout(above)
        whole.addWidget(self.busy)
        whole.addLayout(said)
        whole.addLayout(middle, 1)


def _said(error: HashiyaError) -> str:
    if error.code != _REPLACEABLE:
        return describe(error)
    said = _("There is a {file} already, and it is not an export of this project. Choose another name, or replace it.")
    return said.format(file=isolate(Path(str(error.values["file"])).name))


def counted_losses(losses: Mapping[str, int]) -> list[str]:
    """What is left out and how often, in words."""
    return [f"{_(LOSSES.get(what, what))}: {number(count)}" for what, count in losses.items() if count]


def _left_out(outlook: Outlook, format: Format) -> str:
    if not outlook.articles:
        return _("Nothing has been annotated yet, so there is nothing to export.")
    left = counted_losses(outlook.left_out(format))
    said = _("Would leave out: {things}").format(things=_listed(left)) if left else _("Nothing would be left out.")
    if outlook.looked < outlook.articles:
        looked = plural("Seen in the first {count} article.", "Seen in the first {count} articles.", outlook.looked)
        said += " " + looked.format(count=number(outlook.looked))
    return said


def _listed(things: Iterable[str]) -> str:
    return ("، " if is_right_to_left() else ", ").join(_(thing) for thing in things)


def _line(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setObjectName("line")
    line.setFixedHeight(1)
    return line
