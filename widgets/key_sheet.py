"""The sheet of keys shown, put away and printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.wording import _
from widgets.main_window import PASSING, MainWindow

if TYPE_CHECKING:
    from widgets.pages.key_sheet import KeySheetPage


class KeySheet(QObject):
    """One page at a time; F1 shows it, and puts it away."""

    def __init__(self, window: MainWindow, label_keys: Callable[[], Mapping[str, str]]) -> None:
        super().__init__(window)
        self._window, self._label_keys = window, label_keys
        self._page: KeySheetPage | None = None
        self.does: dict[str, Callable[[], object]] = {"key-sheet": self.toggle}
        window.actions_.keys_changed.connect(self._keys_changed)

    @property
    def page(self) -> KeySheetPage | None:
        """The page, while it is open."""
        return self._page

    def toggle(self) -> None:
        """Show the sheet, over whatever is shown, or put it away."""
        window = self._window
        if self._page and window.is_page_in_front(self._page):
            self.close()
        elif self._page:
            window.show_page(self._page)
        else:
            self._open()

    def _open(self) -> None:
        from widgets.pages.key_sheet import KeySheetPage

        window = self._window
        self._page = page = KeySheetPage(window.theme, window.actions_.keymap, self._label_keys(), window)
        page.setProperty(PASSING, True)
        page.closed.connect(self.close)
        page.print_asked.connect(self._ask_for_printer)
        window.show_page(page)
        page.search.setFocus()

    def close(self) -> None:
        """Go back to where one was."""
        if self._page:
            page, self._page = self._page, None
            self._window.leave_page(page)
            page.deleteLater()

    def dress(self) -> None:
        """The theme of the window is another one."""
        if self._page:
            self._page.set_theme(self._window.theme)

    def _keys_changed(self) -> None:
        if self._page:
            self._page.set_keymap(self._window.actions_.keymap)

    def _ask_for_printer(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # the start does not wait for it

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(_("Keys on one sheet"))
        dialog = QPrintDialog(printer, self._window)
        dialog.setWindowTitle(_("Keys on one sheet"))
        dialog.accepted.connect(lambda: self._page and self._page.print_to(printer))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
