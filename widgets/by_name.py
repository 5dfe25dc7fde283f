"""Everything by its name: what the palette of commands offers, and what choosing it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer

from app.errors import HashiyaError
from app.model.wish import Wish
from app.wording import N_, _
from widgets.actions import ACTIONS, MENUS, ON_A_SPAN, ON_A_SUGGESTION, ON_THE_ARTICLE, PAGES, SUBMENUS, Action
from widgets.bridge import Bridge
from widgets.commands import Commands
from widgets.main_window import MainWindow
from widgets.models.entries import Entries, Entry
from widgets.panels.palette import Palette
from widgets.preferences import Preferences, titles_of_choices
from widgets.settings import Settings
from widgets.settings_table import SHOWN

_RECENT = "commands.recent"
_REMEMBERED, _ARTICLES, _LEAST_LETTERS = 12, 6, 2
_PAUSE_MS = 120
_MENU_TITLES = {**dict(MENUS), **{id: title for id, (_parent, title) in SUBMENUS.items()}}
_NO_SPAN, _NO_WORDS = N_("Go to a span first"), N_("Select words first")
_REASONS = {
    **dict.fromkeys(ON_A_SPAN, _NO_SPAN),
    **dict.fromkeys(ON_A_SUGGESTION, N_("Go to a suggestion first")),
    **dict.fromkeys(("accept-above", "next-suggestion", "previous-suggestion"), N_("Nothing is suggested here")),
    "copy": _NO_WORDS,
    "undo": N_("There is nothing to undo"),
    "redo": N_("There is nothing to do again"),
    "reopen": N_("It is not done yet"),
}


class ByName(QObject):
    """Actions, labels, articles and settings; what was used last comes first, in this session and the next."""

    def __init__(
        self, window: MainWindow, bridge: Bridge, commands: Commands, preferences: Preferences, settings: Settings
    ) -> None:
        super().__init__(window)
        self._window, self._bridge, self._commands = window, bridge, commands
        self._preferences, self._settings = preferences, settings
        self._entries = Entries(())
        self.palette = Palette(window.theme, window, lambda text: self._entries.matching(text))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._find_articles)
        self.palette.edited.connect(lambda _text: self._pause.start())
        self.palette.chosen.connect(self._do)
        self.does: dict[str, Callable[[], object]] = {"palette": self.open}

    def open(self) -> None:
        """Show the palette; asked for once more, put it away."""
        if self.palette.isVisible():
            self.palette.close_up()
            return
        self.dress()
        self._entries = Entries(
            [*self._labels(), *self._actions(), *self._of_settings()], self._settings.texts(_RECENT)
        )
        self.palette.open()

    def dress(self) -> None:
        """The colours are others now."""
        self.palette.set_theme(self._window.theme)

    def _do(self, entry: Entry) -> None:
        recent = [entry.id, *(id for id in self._settings.texts(_RECENT) if id != entry.id)]
        if not entry.id.startswith("article:"):
            self._settings.set(_RECENT, recent[:_REMEMBERED])
        entry.do()

    def _actions(self) -> Iterator[Entry]:
        for action in ACTIONS:
            if action.id != "palette":
                made = self._window.actions_[action.id]
                menu = _MENU_TITLES[action.menu]
                others = f"{action.title} {_(menu)} {menu}".replace("&", "")
                kind, key = _(menu).replace("&", ""), self._window.actions_.caption(action.id)
                yield Entry(action.id, _(action.title), made.trigger, others, kind, key, self._reason(action))

    def _reason(self, action: Action) -> str:
        covered = self._commands.knows(action.id) or action.id in ON_THE_ARTICLE
        if (covered and self._window.is_page_shown()) or (action.id in PAGES and self._window.is_at_work()):
            return _("Close this page first")
        if self._window.actions_[action.id].isEnabled():
            return "" if self._bridge.is_open or not self._commands.knows(action.id) else _("Open a project first")
        if not self._bridge.is_open:
            return _("Open a project first")
        return _(_REASONS.get(action.id, N_("Not possible now")))

    def _labels(self) -> Iterator[Entry]:
        if not self._bridge.is_open:
            return
        start, end = self._window.canvas.selection()
        reason = "" if start < end or self._window.canvas.focused_span() else _(_NO_WORDS)
        if self._window.is_page_shown():
            reason = _("Close this page first")
        for label in self._bridge.session.schema.labels:
            look = self._window.theme.look_of(label.id)
            others = " ".join((label.id, *label.titles.values(), "Mark as", _("Label"), "label"))
            title = _("Mark as {label}").format(label=look.name)
            do = _bound(self._commands.label, label.id)
            yield Entry(f"label:{label.id}", title, do, others, _("Label"), look.key, reason, look.ink)

    def _of_settings(self) -> Iterator[Entry]:
        for setting in SHOWN:
            go = _bound(self._preferences.open, setting.name)
            others, kind = f"{setting.title} {setting.name} Settings", _("Setting")
            yield Entry(f"setting:{setting.name}", _(setting.title), go, others, kind)
            titles = {} if setting.name == "article.font" else titles_of_choices(setting)
            for value, title in titles.items():
                english = f"{setting.title} {setting.choices[value]}"
                set_it = _bound(self._preferences.edit, setting.name, value)
                said = f"{_(setting.title)}: {title}"
                yield Entry(f"setting:{setting.name}={value}", said, set_it, english, kind)

    def _find_articles(self) -> None:
        """Articles whose heading holds what is written, behind all else; sought while the hand rests."""
        text = self.palette.line.text().strip()
        if len(text) < _LEAST_LETTERS or not self.palette.isVisible() or not self._bridge.is_open:
            return
        session, reason = self._bridge.session, _("Close this page first") if self._window.is_page_shown() else ""
        try:
            rows = session.rows_at(session.find(Wish(text))[:_ARTICLES])
        except HashiyaError:
            return
        articles = [
            Entry(
                f"article:{row.key}",
                row.heading or row.id,
                _bound(self._commands.open_article, row.key),
                kind=_("Article"),
                reason=reason,
            )
            for row in rows
        ]
        if articles:
            self.palette.show_found([*self._entries.matching(text), *articles])


def _bound(do: Callable[..., object], *values: object) -> Callable[[], object]:
    return lambda: do(*values)
