"""The menus, made from the table of actions and from what there is to choose among."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMainWindow, QMenu, QMenuBar

from app.wording import N_, _
from widgets.action_set import Actions
from widgets.actions import ACTIONS, MENUS, SUBMENUS
from widgets.fonts import article_fonts
from widgets.i18n import isolate, left_to_right, plain_tip
from widgets.icons import label_icon
from widgets.settings_table import LANGUAGES, MEASURES, SPACINGS, THEMES
from widgets.theme import LabelLook

_HEAD_MARGINS = 20
_LONGEST_FOLDER = 48
_TITLE_MARGINS = 28
_LANGUAGES = {id: name for id, name in LANGUAGES.items() if id}


class _Choice(NamedTuple):
    menu: QMenu
    title: str
    actions: dict[str, QAction]


class Menus(QObject):
    """The menu bar. Choices are told by `label_chosen`, `theme_chosen`, `language_chosen` and `recent_chosen`."""

    label_chosen = Signal(str)
    theme_chosen = Signal(str)
    language_chosen = Signal(str)
    recent_chosen = Signal(str)
    article_choice = Signal(str, str)  # name of a setting, its value

    def __init__(self, window: QMainWindow, actions: Actions) -> None:
        super().__init__(window)
        self._actions = actions
        self._project = QLabel(window)
        self._project.setObjectName("project")
        self._project.setTextFormat(Qt.TextFormat.PlainText)
        self._brand = QLabel("\u2068حاشية\u2069 · \u2068Hashiya\u2069", window)
        self._brand.setObjectName("brand")
        self._bar = self._placed(window)
        self._menus = {id: self._bar.addMenu("") for id, _title in MENUS}
        self._menus |= {id: QMenu(self._menus[parent]) for id, (parent, _title) in SUBMENUS.items()}
        self._recent = QMenu(self._menus["file"])
        self._recent.setToolTipsVisible(True)
        self._labels: list[QAction] = []
        self._looks: Sequence[tuple[str, LabelLook]] = ()
        self._fill()
        self._article = {
            "article.font": self._article_choice(
                "article.font",
                N_("Font of the article"),
                {id: name.replace("&", "&&") for id, name in article_fonts().items()},
            ),
            "article.spacing": self._article_choice("article.spacing", N_("Space between lines"), SPACINGS),
            "article.measure": self._article_choice("article.measure", N_("Length of lines"), MEASURES),
        }
        self._theme = self._choice(N_("Colours"), THEMES, self.theme_chosen.emit)
        self._language = self._choice(N_("Language"), _LANGUAGES, self.language_chosen.emit)

    def menu(self, id: str) -> QMenu:
        """The menu called `id` in the table of actions."""
        return self._menus[id]

    def open_first(self) -> None:
        """Let the keyboard into the bar: its first menu opens, arrows lead to the others."""
        if self._bar.isVisible():
            self._bar.setActiveAction(self._bar.actions()[0])

    def open_by(self, letter: str) -> bool:
        """Open the menu that `letter` stands for; False when there is none."""
        wanted = f"&{letter}".upper()
        found = [action for action in self._bar.actions() if letter and wanted in action.text().upper()]
        if found and self._bar.isVisible():
            self._bar.setActiveAction(found[0])
        return bool(found)

    def set_width(self, width: int) -> None:
        """Give way in a window of `width`: the menus stay, the project's name goes, then the program's."""
        if sys.platform == "darwin":
            return
        room = width - self._menus_width() - _HEAD_MARGINS
        brand = self._brand.sizeHint().width()
        self._project.setVisible(room >= brand + self._project.sizeHint().width())
        self._brand.setVisible(room >= brand)

    def _menus_width(self) -> int:
        """What the titles take; the bar itself names its own width, where it is set from the right."""
        metrics = self._bar.fontMetrics()
        return sum(
            metrics.horizontalAdvance(action.text().replace("&", "")) + _TITLE_MARGINS for action in self._bar.actions()
        )

    def retranslate(self) -> None:
        """Titles in the language in use."""
        for id, title in MENUS:
            self._menus[id].setTitle(_(title))
        for id, (_parent, title) in SUBMENUS.items():
            self._menus[id].setTitle(_(title))
        self._recent.setTitle(_("Open again"))
        for choice in (self._theme, self._language, *self._article.values()):
            choice.menu.setTitle(_(choice.title))
        for id, title in THEMES.items():
            self._theme.actions[id].setText(_(title))
        for name, titles in (("article.spacing", SPACINGS), ("article.measure", MEASURES)):
            for id, title in titles.items():
                self._article[name].actions[id].setText(_(title))
        self._article["article.font"].actions[""].setText(_("As it comes"))

    def set_project(self, name: str, tip: str) -> None:
        """Show the project's name at the end of the bar."""
        self._project.setText(name)
        self._project.setToolTip(plain_tip(tip))

    def set_labels(self, labels: Sequence[tuple[str, LabelLook]]) -> None:
        """One command for each label, with its key."""
        menu = self._menus["label"]
        for action in self._labels:
            menu.removeAction(action)
            action.deleteLater()
        self._looks = labels
        first = menu.actions()[0] if menu.actions() else None
        self._labels = [self._label_action(id, look) for id, look in labels]
        for action in self._labels:
            menu.insertAction(first, action)  # type: ignore[arg-type]

    def set_recent(self, paths: Sequence[str]) -> None:
        """The projects opened last; of those that are called alike the folder is told too."""
        self._recent.clear()
        names = Counter(Path(path).name for path in paths)
        for path in paths:
            name, folder = Path(path).name, _in_short(Path(path).parent)
            title = name if names[name] == 1 else f"{isolate(name)} \u00b7 {left_to_right(folder)}"
            action = self._recent.addAction(title.replace("&", "&&"))
            action.setToolTip(plain_tip(path))
            action.triggered.connect(lambda _checked=False, path=path: self.recent_chosen.emit(path))
        self._recent.setEnabled(bool(paths))

    def set_chosen(self, theme: str, language: str) -> None:
        """Tick what is chosen."""
        for choice, chosen in ((self._theme, theme), (self._language, language)):
            for id, action in choice.actions.items():
                action.setChecked(id == chosen)

    def set_article_choice(self, name: str, chosen: str) -> None:
        """Tick how the article is set."""
        for id, action in self._article[name].actions.items():
            action.setChecked(id == chosen)

    def for_text(self, focused: bool, selected: bool, pieces: int = 0, suggested: bool = False) -> QMenu:
        """The menu of the article, for a span of `pieces` in focus, a selection, or what is suggested.

        It deletes itself when it closes.
        """
        menu = QMenu(self._bar)
        menu.aboutToHide.connect(menu.deleteLater)
        if suggested:
            for id in ("accept", "reject", "accept-alike"):
                menu.addAction(self._actions[id])
            menu.addSeparator()
        if focused or selected or suggested:
            for action in self._labels:
                menu.addAction(action)
            menu.addSeparator()
        if focused:
            self._for_span(menu, pieces)
        if suggested:
            menu.addAction(self._actions["clitics"])
            menu.addMenu(self._menus["edges"])
            menu.addSeparator()
        for id in (*(["add-fragment", "copy"] if selected else []), "undo", "redo"):
            menu.addAction(self._actions[id])
        return menu

    def _for_span(self, menu: QMenu, pieces: int) -> None:
        for id in ("inspect", "clitics"):
            menu.addAction(self._actions[id])
        menu.addMenu(self._menus["edges"])
        for id in (*(["remove-fragment"] if pieces > 1 else []), "link", "everywhere", "delete"):
            menu.addAction(self._actions[id])
        menu.addSeparator()

    def _placed(self, window: QMainWindow) -> QMenuBar:
        """The bar between the program's name and the project's; where the system has a bar of its own, that one."""
        bar = QMenuBar(window)
        if sys.platform == "darwin":
            self._brand.hide()
            self._project.hide()
            window.setMenuBar(bar)
            return bar
        head = QFrame(window)
        head.setObjectName("head")
        row = QHBoxLayout(head)
        row.setContentsMargins(6, 0, 10, 0)
        row.setSpacing(0)
        row.addWidget(self._brand)
        row.addWidget(bar, 1)
        row.addWidget(self._project)
        window.setMenuWidget(head)
        return bar

    def _fill(self) -> None:
        sections: dict[str, int] = {}
        self._menus["label"].addSeparator()
        for action in ACTIONS:
            menu = self._menus[action.menu]
            if action.menu in SUBMENUS and menu.isEmpty():
                self._menus[SUBMENUS[action.menu][0]].addMenu(menu)
            if sections.setdefault(action.menu, action.section) != action.section:
                menu.addSeparator()
                sections[action.menu] = action.section
            menu.addAction(self._actions[action.id])
            if action.id == "open":
                menu.addMenu(self._recent)

    def _choice(self, title: str, options: dict[str, str], chosen: Callable[[str], None]) -> _Choice:
        view = self._menus["view"]
        menu = QMenu(view)
        group = QActionGroup(menu)
        actions = {}
        for id, name in options.items():
            action = actions[id] = menu.addAction(name)
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _checked=False, id=id: chosen(id))
        if not any(action.menu() for action in view.actions()):
            view.addSeparator()
        view.addMenu(menu)
        return _Choice(menu, title, actions)

    def _article_choice(self, name: str, title: str, options: dict[str, str]) -> _Choice:
        return self._choice(title, options, lambda chosen: self.article_choice.emit(name, chosen))

    def _label_action(self, id: str, look: LabelLook) -> QAction:
        name = look.name.replace("&", "&&")
        action = QAction(f"{name}\t{look.key}" if look.key else name, self)
        action.setIcon(label_icon(look))
        action.triggered.connect(lambda: self.label_chosen.emit(id))
        return action


def _in_short(folder: Path) -> str:
    """A folder as its end tells it from others, which is what a menu has room for."""
    said = str(folder)
    home = str(Path.home())
    if said == home or said.startswith(home + os.sep):
        said = "~" + said.removeprefix(home)
    return said if len(said) <= _LONGEST_FOLDER else "\u2026" + said[-_LONGEST_FOLDER:]
