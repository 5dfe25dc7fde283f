"""Commands of the window as a whole: panes, size of the text, colours, language; and what is remembered of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from app import __version__
from app.wording import _, language
from widgets.i18n import Interpreter
from widgets.keymap import Keymap
from widgets.main_window import MainWindow
from widgets.panes import ARTICLES, INSPECTOR
from widgets.settings import Settings
from widgets.settings_table import KEYS, SETTINGS
from widgets.theme import Theme, read_theme, theme_name
from widgets.typesetting import PageSetting

if TYPE_CHECKING:
    from widgets.user_guide import UserGuide

_FRAME = QSize(16, 48)
"""What the system may draw around a window, before it has told."""


class Housekeeping(QObject):
    """`looks_changed` when theme, language or zoom are others now, and the article must be dressed anew."""

    looks_changed = Signal()

    def __init__(self, window: MainWindow, settings: Settings, interpreter: Interpreter, theme: str = "") -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._interpreter = interpreter
        self._wish = theme or settings.text("theme")
        self._alone = False
        self._guide: UserGuide | None = None
        self._does: dict[str, Callable[[], object]] = {
            "zoom-in": lambda: self.zoom_by(1),
            "zoom-out": lambda: self.zoom_by(-1),
            "zoom-reset": lambda: self.zoom_by(0),
            "pane-articles": lambda: self._toggle(ARTICLES),
            "pane-inspector": lambda: self._toggle(INSPECTOR),
            "alone": self._toggle_alone,
            "next-pane": lambda: self._walk(1),
            "previous-pane": lambda: self._walk(-1),
            "menus": window.menus.open_first,
            "menu-in-hand": _ask_for_menu,
            "to-text": self._to_text,
            "find-article": self._find_article,
            "cores": self._toggle_cores,
            "tag-values": self._toggle_values,
            "user-guide": self._open_guide,
            "first-steps": self._first_steps,
            "about": self._about,
        }
        self._applies: dict[str, Callable[[], object]] = {
            "language": self._speak,
            "digits": lambda: self._speak_as(language()),
            "theme": self._use_theme,
            "zoom": self._use_zoom,
            "panes.articles": lambda: self._use_pane(ARTICLES),
            "panes.inspector": lambda: self._use_pane(INSPECTOR),
            "spans.grouped": self._use_groups,
            KEYS: self._use_keys,
        }
        self._connect()

    def knows(self, id: str) -> bool:
        """Whether the action `id` is one of these."""
        return id in self._does

    @property
    def zoom(self) -> int:
        """The size of the article's text, in per cent."""
        return self._settings.number("zoom")

    def run(self, id: str) -> None:
        """Carry out the action `id`."""
        self._does[id]()

    def theme(self) -> Theme:
        """The theme that is wished for, without the labels of any schema."""
        return read_theme(theme_name(self._wish))

    def restore(self) -> None:
        """Put the window where it was, with the panes it had."""
        window, settings = self._window, self._settings
        geometry = QByteArray.fromBase64(settings.text("window.geometry").encode("ascii", "ignore"))
        if geometry.isEmpty() or not window.restoreGeometry(geometry):
            room = window.screen().availableGeometry()
            window.resize(min(1440, room.width() - _FRAME.width()), min(900, room.height() - _FRAME.height()))
        sizes = settings.get("panes.sizes")
        window.panes.set_sizes_wished(
            [size for size in sizes if isinstance(size, int)] if isinstance(sizes, list) else []
        )
        for name in (ARTICLES, INSPECTOR):
            window.panes.restore(name, bool(settings.get(f"panes.{name}")))
        window.inspector.spans.group.setChecked(bool(settings.get("spans.grouped")))
        window.menus.set_chosen(self._wish, language())
        window.menus.set_recent(settings.texts("recent"))
        window.status.set_zoom(self.zoom)
        window.actions_.set_keymap(Keymap(settings.lists(KEYS)))
        self._show_setting()
        self._show_panes()

    def keep(self) -> None:
        """Remember the window for the next start."""
        window, settings = self._window, self._settings
        if not self._alone:
            settings.set("window.geometry", window.saveGeometry().toBase64().toStdString())
        settings.set("panes.sizes", window.panes.sizes_wished())
        for name in (ARTICLES, INSPECTOR):
            settings.set(f"panes.{name}", window.panes.wished(name))
        settings.set("spans.grouped", window.inspector.spans.model.grouped)
        settings.save()

    def zoom_by(self, steps: int) -> None:
        """Make the text larger or smaller by so many steps; 0: as it was made."""
        least, most = SETTINGS["zoom"].bounds
        zoom = max(least, min(self.zoom + steps * SETTINGS["zoom"].step, most)) if steps else 100
        self._settings.set("zoom", zoom)

    def use_theme(self, wish: str) -> None:
        """Colour everything as wished, by one of the names that the setting "theme" can have."""
        self._settings.set("theme", wish)
        if self._wish != wish:
            self._use_theme()

    def use_language(self, code: str) -> None:
        """Speak another language at once."""
        self._settings.set("language", code)
        if code != language():
            self._speak()

    def setting(self) -> PageSetting:
        """How the reader wants the article set."""
        settings = self._settings
        spacing, measure = settings.number_of("article.spacing"), settings.number_of("article.measure")
        return PageSetting(settings.text("article.font"), spacing, measure, self._values_told())

    def use_setting(self, name: str, value: str) -> None:
        """Set the article otherwise: `name` is that of a setting whose name begins with "article."."""
        self._settings.set(name, value)

    def cores_only(self) -> bool:
        """Whether a double click leaves attached clitics out."""
        return bool(self._settings.get("article.cores"))

    def _show_setting(self) -> None:
        for name in ("article.font", "article.spacing", "article.measure"):
            self._window.menus.set_article_choice(name, self._settings.text(name))
        self._window.actions_["cores"].setChecked(self.cores_only())
        self._window.actions_["tag-values"].setChecked(self._values_told())

    def _toggle_cores(self) -> None:
        self._settings.set("article.cores", not self.cores_only())

    def _values_told(self) -> bool:
        return bool(self._settings.get("article.values"))

    def _toggle_values(self) -> None:
        self._settings.set("article.values", not self._values_told())

    def remember_project(self, path: str) -> None:
        """Put `path` at the head of the projects opened last, in this window or another."""
        self._settings.read_again()
        recent = [path, *(other for other in self._settings.texts("recent") if other != path)][:8]
        self._settings.set("recent", recent)
        self._settings.save()
        self._window.menus.set_recent(recent)

    def _setting_changed(self, name: str) -> None:
        if name in self._applies:
            self._applies[name]()
        elif name.startswith("article."):
            self._show_setting()
            if name != "article.cores":
                self.looks_changed.emit()

    def _speak(self) -> None:
        self._speak_as(self._settings.text("language"))

    def _speak_as(self, code: str) -> None:
        self._interpreter.speak(code, self._settings.text("digits"))
        self._window.menus.set_chosen(self._wish, language())
        self.looks_changed.emit()

    def _use_theme(self) -> None:
        self._wish = self._settings.text("theme")
        self._window.menus.set_chosen(self._wish, language())
        self.looks_changed.emit()

    def _use_zoom(self) -> None:
        self._window.status.set_zoom(self.zoom)
        self._window.canvas.set_zoom(self.zoom)

    def _use_pane(self, name: str) -> None:
        wanted = bool(self._settings.get(f"panes.{name}"))
        if self._window.panes.wished(name) != wanted:
            self._window.panes.wish(name, wanted)

    def _use_groups(self) -> None:
        self._window.inspector.spans.group.setChecked(bool(self._settings.get("spans.grouped")))

    def _use_keys(self) -> None:
        self._window.actions_.set_keymap(Keymap(self._settings.lists(KEYS)))

    def _connect(self) -> None:
        window = self._window
        self._settings.changed.connect(self._setting_changed)
        window.panes.shown_changed.connect(self._show_panes)
        window.status.zoom_asked.connect(self.zoom_by)
        window.canvas.zoom_asked.connect(self.zoom_by)
        window.menus.theme_chosen.connect(self.use_theme)
        window.menus.language_chosen.connect(self.use_language)
        window.menus.article_choice.connect(self.use_setting)
        window.first_steps.put_away.connect(self._steps_done)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)

    def _system_changed(self, _what: object) -> None:
        self.looks_changed.emit()

    def _toggle(self, name: str) -> None:
        self._window.panes.wish(name, not self._window.panes.is_shown(name))
        self._settings.set(f"panes.{name}", self._window.panes.wished(name))
        self._show_panes()

    def _toggle_alone(self) -> None:
        self._alone = not self._alone
        self._window.set_alone(self._alone)
        self._show_panes()

    def _show_panes(self) -> None:
        actions, panes = self._window.actions_, self._window.panes
        actions["pane-articles"].setChecked(panes.is_shown(ARTICLES))
        actions["pane-inspector"].setChecked(panes.is_shown(INSPECTOR))
        actions["alone"].setChecked(self._alone)

    def _to_text(self) -> None:
        if self._alone and self._window.canvas.hasFocus():
            self._toggle_alone()
        self._window.canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _find_article(self) -> None:
        if not self._window.panes.is_shown(ARTICLES):
            self._window.panes.wish(ARTICLES, True)
        self._window.articles.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._window.articles.search.selectAll()

    def _walk(self, way: int) -> None:
        stops = [stop for stop in self._stops() if stop.isVisible() and stop.isEnabled() and not _is_empty(stop)]
        focus = QGuiApplication.focusObject()
        here = next((n for n, stop in enumerate(stops) if stop is focus or self._holds(stop, focus)), 0)
        stops[(here + way) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)

    def _stops(self) -> list[QWidget]:
        window = self._window
        inspector = window.inspector
        chip = window.strip.chips.first()
        steps = window.first_steps.close_button
        slider = window.suggestions.slider
        return [window.canvas, inspector.spans.view, inspector.fields.head, *chip, window.articles.list, steps, slider]

    def _holds(self, stop: QWidget, focus: QObject | None) -> bool:
        """Whether the focus is in the pane whose stop this is."""
        return isinstance(focus, QWidget) and self._pane_of(stop) is self._pane_of(focus) is not None

    def _pane_of(self, part: QWidget) -> QWidget | None:
        window = self._window
        panes = (window.suggestions, window.inspector.fields, window.inspector, window.strip, window.articles)
        return next((pane for pane in panes if pane.isAncestorOf(part)), None)

    def _first_steps(self) -> None:
        self._window.first_steps.start_over()
        self._window.show_steps(True)

    def _open_guide(self) -> None:
        from widgets.user_guide import UserGuide

        if self._guide is None:
            self._guide = UserGuide(self._window)
        self._guide.open()

    def _steps_done(self) -> None:
        self._settings.set("hint.done", True)
        if self._window.first_steps.close_button.hasFocus():
            self._window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self._window.show_steps(False)

    def _about(self) -> None:
        said = _("Hashiya {version}. Marks spans in right-to-left articles; nothing leaves this computer.")
        details = [
            _("MIT licence, the Hashiya authors. Licences of fonts and libraries lie beside what they cover."),
            _("Places: GeoNames (CC BY 4.0) and Unicode CLDR. Frequencies of words: wordfreq (CC BY-SA 4.0)."),
        ]
        self._window.notices.tell(said.format(version=__version__), details, "news")


def _ask_for_menu() -> None:
    """The menu of what has the keyboard, as the mouse would ask for it; X leaves this key to the program."""
    focus = QApplication.focusWidget()
    if focus:
        middle = focus.rect().center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, focus.mapToGlobal(middle))
        QApplication.sendEvent(focus, event)


def _is_empty(stop: QWidget) -> bool:
    return isinstance(stop, QAbstractItemView) and stop.model().rowCount() == 0
