"""The page of settings opened and closed, and settings taken from one computer to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from app.errors import HashiyaError
from app.wording import _, describe, describe_fault
from widgets.file_dialogs import ask, kind
from widgets.fonts import article_fonts
from widgets.i18n import isolate, percent
from widgets.main_window import PASSING, MainWindow
from widgets.settings import Settings, read_settings, write_settings
from widgets.settings_table import SETTINGS, Setting, Value

if TYPE_CHECKING:
    from widgets.pages.settings.page import SettingsPage

_LANGUAGE_NAMES = ("ar", "en")
_FAULTS_SHOWN = 50


class Preferences(QObject):
    """One page at a time. `label_keys` gives the titles of the labels in use by the keys that mark with them."""

    def __init__(self, window: MainWindow, settings: Settings, label_keys: Callable[[], Mapping[str, str]]) -> None:
        super().__init__(window)
        self._window, self._settings, self._label_keys = window, settings, label_keys
        self._page: SettingsPage | None = None
        self._told_of_trouble = False
        self.does: dict[str, Callable[[], object]] = {"settings": self.open}
        settings.changed.connect(self._changed)

    @property
    def page(self) -> SettingsPage | None:
        """The page, while it is open."""
        return self._page

    def open(self, name: str = "") -> None:
        """Show the page, over whatever is shown, at the setting called `name`."""
        if self._page is None:
            from widgets.pages.settings.page import SettingsPage

            self._page = page = SettingsPage(self._settings, titles_of_choices, self._label_keys(), self._window)
            page.setProperty(PASSING, True)
            page.edited.connect(self.edit)
            page.reset.connect(lambda name: self.edit(name, SETTINGS[name].default))
            page.reset_all.connect(self._reset_all)
            page.import_asked.connect(self._ask_for_file)
            page.export_asked.connect(self._ask_for_place)
            page.closed.connect(self.close)
        if not self._window.is_page_in_front(self._page):
            self._window.show_page(self._page)
        self._page.visit(name)

    def close(self) -> None:
        """Go back to where one was."""
        if self._page:
            page, self._page = self._page, None
            self._window.leave_page(page)
            page.deleteLater()

    def read(self, file: Path) -> None:
        """Set what the file says; each setting that makes no sense is told, and is as it came."""
        try:
            values, faults = read_settings(file)
        except HashiyaError as error:
            self._window.notices.tell(describe(error), (), "error")
            return
        said = _("The settings of {file} are in use now.").format(file=isolate(file.name))
        self._replace(values, said, [describe_fault(fault) for fault in faults[:_FAULTS_SHOWN]])

    def write(self, out: Path) -> None:
        """Write what was set into a file."""
        try:
            write_settings(self._settings, out)
        except HashiyaError as error:
            self._window.notices.tell(describe(error), (), "error")
            return
        said = _("The settings were written to {file}.").format(file=isolate(out.name))
        self._window.notices.tell(said, (), "news").as_passing()

    def tell_trouble(self) -> None:
        """Say, once, that the settings could not be read or written."""
        problem = self._settings.problem
        if problem and not self._told_of_trouble:
            self._told_of_trouble = True
            self._window.notices.tell(describe(problem))

    def edit(self, name: str, value: Value) -> None:
        """Set what a person chose, and keep it."""
        self._settings.set(name, value)
        self._save()

    def _save(self) -> None:
        self._settings.save()
        self.tell_trouble()

    def _changed(self, name: str) -> None:
        if self._page:
            self._page.show_setting(name)

    def _reset_all(self) -> None:
        self._replace({}, _("All settings are as they came."), ())

    def _replace(self, values: Mapping[str, Value], said: str, details: list[str] | tuple[str, ...]) -> None:
        before = self._settings.chosen()

        def undo() -> None:
            self._settings.choose(before)
            self._save()
            self._window.notices.drop(notice)

        self._settings.choose(values)
        self._save()
        notice = self._window.notices.tell(said, details, "warning" if details else "news")
        notice.offer(_("Undo"), undo)

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self._window, _("Import settings"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([kind(_("Settings"), "*.json"), kind(_("All files"), "*")])
        dialog.fileSelected.connect(lambda path: self.read(Path(path)))
        ask(dialog, self._window.theme)

    def _ask_for_place(self) -> None:
        dialog = QFileDialog(self._window, _("Export settings"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix("json")
        dialog.selectFile("hashiya-settings.json")
        dialog.fileSelected.connect(lambda path: self.write(Path(path)))
        ask(dialog, self._window.theme)


def titles_of_choices(setting: Setting) -> Mapping[str, str]:
    """What may be chosen of `setting`, each with its title in the language in use."""
    if setting.name == "article.font":
        return article_fonts() | {"": _("As it comes")}
    if setting.name == "scale":
        return {value: percent(int(value)) for value in setting.choices}
    kept = _LANGUAGE_NAMES if setting.name == "language" else ()
    return {value: title if value in kept or not title else _(title) for value, title in setting.choices.items()}
