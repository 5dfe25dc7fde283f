"""The article taken along: on paper, as a PDF, as a picture or as HTML in the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QIODevice, QMarginsF, QMimeData, QObject, QSaveFile
from PySide6.QtGui import QGuiApplication, QPagedPaintDevice, QPageLayout
from PySide6.QtWidgets import QFileDialog

from app.errors import CallError, SourceError
from app.model.record import Record
from app.wording import _, language
from widgets.bridge import Bridge
from widgets.file_dialogs import ask
from widgets.i18n import isolate, left_to_right
from widgets.main_window import MainWindow
from widgets.markup import marked_html
from widgets.presenter import Presenter
from widgets.theme import read_theme

_PAPER = "light"
"""Paper is white, and so are most documents that something is pasted into."""
_NAME_LENGTH = 60
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('/\\:*?"<>|\n\r\t\0', " "))


class Copies(QObject):
    """Copies are of what is selected, of the whole article where nothing is; paper and PDF are of the article."""

    def __init__(self, window: MainWindow, bridge: Bridge, presenter: Presenter, zoom: Callable[[], int]) -> None:
        super().__init__(window)
        self._window, self._bridge, self._presenter, self._zoom = window, bridge, presenter, zoom
        self.does: dict[str, Callable[[], object]] = {
            "print": self._ask_for_printer,
            "save-pdf": self._ask_where,
            "copy-picture": self.copy_picture,
            "copy-html": self.copy_html,
        }
        bridge.opened.connect(self._allow)
        bridge.closed.connect(self._allow)
        self._allow()

    def copy_picture(self) -> None:
        """Put the lines of what is selected into the clipboard as a picture, in the colours of the window."""
        if not self._is_at_hand():
            return
        from widgets.render import Wish, picture  # the start waits for no SVG

        start, end = self._stretch()
        wish = Wish(self._window.theme.name, language(), 0, self._zoom())
        ratio = self._window.devicePixelRatioF()
        drawn = picture(self._record(), self._bridge.session.schema, wish, start, end, ratio)
        if drawn is None:
            self._presenter.tell(CallError("picture-too-large"), "error")
            return
        QGuiApplication.clipboard().setImage(drawn)
        self._window.status.tell(_("A picture is in the clipboard."))

    def copy_html(self) -> None:
        """Put what is selected into the clipboard as HTML with its marks, and as text for who takes no HTML."""
        if not self._is_at_hand():
            return
        session, (start, end) = self._bridge.session, self._stretch()
        text, theme = session.document.text, read_theme(_PAPER).with_schema(session.schema, {}, language())
        both = QMimeData()
        both.setText(text[start:end])
        both.setHtml(marked_html(text, session.annotations.spans.values(), theme, start, end))
        QGuiApplication.clipboard().setMimeData(both)
        self._window.status.tell(_("The text with its marks is in the clipboard."))

    def save_pdf(self, out: Path) -> None:
        """Write the article to the PDF `out`, in place of what is there: the user was asked."""
        from widgets.render import draw

        (content,) = draw(self._record(), self._bridge.session.schema, "pdf", theme=_PAPER, language=language())
        file = QSaveFile(str(out))
        if file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(content) == len(content) and file.commit():
            said = _("{file} shows the article with its marks.").format(file=isolate(out.name))
            self._window.notices.tell(said, [left_to_right(str(out))], "news").as_passing()
        else:
            error = SourceError("output-unwritable", file=str(out), reason=file.errorString())
            self._presenter.tell(error, "error")

    def _ask_where(self) -> None:
        if not self._is_at_hand():
            return
        session = self._bridge.session
        name = (session.document.heading or session.document.id).translate(_NOT_IN_NAMES)[:_NAME_LENGTH].strip(" .")
        dialog = QFileDialog(self._window, _("Save as PDF"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix("pdf")
        dialog.setDirectory(str(session.path.parent))
        dialog.selectFile(f"{name or 'article'}.pdf")
        dialog.fileSelected.connect(lambda path: self.save_pdf(Path(path)))
        ask(dialog, self._window.theme)

    def _ask_for_printer(self) -> None:
        if not self._is_at_hand():
            return
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # the start does not wait for it

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setFullPage(True)
        printer.setPageMargins(QMarginsF(), QPageLayout.Unit.Millimeter)
        printer.setDocName(self._bridge.session.document.heading or self._bridge.session.document.id)
        dialog = QPrintDialog(printer, self._window)
        dialog.setWindowTitle(_("Print the article"))
        dialog.accepted.connect(lambda: self.print_to(printer))
        ask(dialog, self._window.theme)

    def print_to(self, printer: QPagedPaintDevice) -> None:
        """Print the article on the sheets of `printer`, to their very edge."""
        from widgets.render import Wish, print_on

        if self._bridge.is_open:
            print_on(printer, self._record(), self._bridge.session.schema, Wish(_PAPER, language()))

    def _record(self) -> Record:
        session = self._bridge.session
        return Record(session.document, session.annotations, session.annotator)

    def _stretch(self) -> tuple[int, int]:
        start, end = self._window.canvas.selection()
        return (start, end) if start < end else (0, len(self._bridge.session.document.text))

    def _is_at_hand(self) -> bool:
        """Whether an article is seen; what stands in its fields belongs to it."""
        if not self._bridge.is_open or self._window.is_taken() or self._bridge.session.key is None:
            return False
        self._window.inspector.settle()
        return True

    def _allow(self) -> None:
        for id in self.does:
            self._window.actions_[id].setEnabled(self._bridge.is_open)
