"""How a project suggests, chosen in the window: the threshold, the menu of the bar, and the page of all choices."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from app.errors import HashiyaError
from app.suggesting import SuggestSettings
from app.why_sentences import describe_why, source_title
from app.wording import _, describe
from widgets.announcing import announce
from widgets.bridge import Bridge
from widgets.i18n import isolate, number, percent, plain_tip
from widgets.main_window import MainWindow
from widgets.panels.suggestion_bar import Focused
from widgets.suggesting import Suggesting

if TYPE_CHECKING:
    from app.suggesting import Quiet
    from widgets.pages.suggestions import SuggestionsPage


class SuggestionChoices(QObject):
    """`does` tells what each action of this kind does. The bar tells how things stand; one page at a time is open."""

    def __init__(self, window: MainWindow, bridge: Bridge, suggesting: Suggesting) -> None:
        super().__init__(window)
        self._window, self._bridge, self._suggesting = window, bridge, suggesting
        self._bar = window.suggestions
        self._page: SuggestionsPage | None = None
        self._said = ""
        self._quiet: set[tuple[str, str]] | None = None
        self.does: dict[str, Callable[[], object]] = {
            "suggest": lambda: self._set(on=not self._how.on),
            "suggesting": self.open,
            "rejected": lambda: self.open("rejected"),
        }
        suggesting.stood_otherwise.connect(self.tell)
        suggesting.decided.connect(self._look_for_quiet)
        self._bar.threshold_changed.connect(lambda least: self._set(threshold=least / 100))
        self._bar.menu_opening.connect(self._fill_menu)
        self._sources, self._resting = QMenu(self._bar.menu), QMenu(self._bar.menu)
        self._sources.setToolTipsVisible(True)
        self._sources.triggered.connect(lambda source: self._switch(source.data(), source.isChecked()))
        self._resting.triggered.connect(lambda one: self._wake(*one.data()))
        self._bar.retold.connect(suggesting.tell_soon)
        window.surrounded.connect(lambda _shown: self.tell())
        window.actions_.keys_changed.connect(self._tell_keys)
        bridge.closed.connect(self._closed)
        self._tell_keys()
        self.tell()

    @property
    def page(self) -> SuggestionsPage | None:
        """The page, while it is open."""
        return self._page

    def open(self, part: str = "") -> None:
        """Show the page of all choices, at the list of what was rejected if that is the `part`."""
        if not self._bridge.is_open:
            return
        if self._page is None:
            if self._window.is_taken(over_passing=True):
                return
            from widgets.pages.suggestions import SuggestionsPage

            self._page = page = SuggestionsPage(self._window)
            page.edited.connect(self._edited)
            page.woken.connect(self._wake)
            page.taken_back.connect(self._take_back)
            page.closed.connect(self.close)
            self._show_on_page()
        self._window.show_page(self._page)
        self._page.visit(part)

    def close(self) -> None:
        """Go back to the article."""
        if self._page:
            page, self._page = self._page, None
            self._window.leave_page(page)
            page.deleteLater()

    def tell(self) -> None:
        """Tell in the bar how things stand."""
        bar, is_open = self._bar, self._bridge.is_open
        there = is_open and self._bridge.session.key is not None
        self._window.actions_["suggest"].setChecked(there and self._how.on)
        for action in ("suggest", "suggest-here", "suggesting", "rejected"):
            self._window.actions_[action].setEnabled(there)
        for action in ("accept-above", "next-suggestion", "previous-suggestion"):
            self._window.actions_[action].setEnabled(there and bool(self._suggesting.shown()))
        bar.setVisible(there and self._how.on and not self._window.is_page_shown())
        if not there:
            return
        session, shown, is_off_here = self._bridge.session, self._suggesting.shown(), self._suggesting.is_off_here
        self._window.actions_["suggest-here"].setChecked(not is_off_here)
        note = _("This article is kept free of suggestions")
        note = _("Suggestions are off in this article") if is_off_here else "" if session.shows_suggestions else note
        focused = self._focused()
        bar.show_threshold(round(100 * self._how.threshold))
        bar.show_state(None if note else len(shown), focused, note)
        self._announce(focused)

    @property
    def _how(self) -> SuggestSettings:
        return self._bridge.session.suggest_settings

    def _focused(self) -> Focused | None:
        one, session = self._suggesting.focused, self._bridge.session
        if one is None:
            return None
        start, end = self._suggesting.bounds.wanted or (one.suggestion.start, one.suggestion.end)
        return Focused(
            session.document.text[start:end],
            self._window.theme.look_of(one.suggestion.label),
            describe_why(one.suggestion.why),
            sure_said(one.confidence),
            len(session.alike(one.id)),
        )

    def _announce(self, focused: Focused | None) -> None:
        """Have what came into focus, or got other bounds, spoken."""
        said = ""
        if focused:
            text, label = isolate(focused.surface), isolate(focused.look.name)
            said = _("Suggestion: {text}, {label}, {sure}, {why}")
            said = said.format(text=text, label=label, sure=focused.sure, why=focused.why)
        if said != self._said:
            self._said = said
            announce(self._window.canvas, said)

    def _closed(self) -> None:
        self._quiet = None
        self.close()
        self.tell()

    def _tell_keys(self) -> None:
        keymap = self._window.actions_.keymap
        self._bar.set_keys(("Tab", *(keymap.caption(id) for id in ("accept", "reject", "accept-alike"))))

    def _set(self, **wanted: object) -> None:
        if self._bridge.is_open:
            try:
                self._bridge.session.set_suggest_settings(self._how._replace(**wanted))  # type: ignore[arg-type]
            except HashiyaError as error:
                self._bridge.failed.emit(error)
            self._suggesting.look_again()
            self._show_on_page()
            self.tell()

    # The menu

    def _fill_menu(self) -> None:
        """The menu as things stand. Its two lists stay: PySide holds on to each menu that was ever added to another."""
        menu, actions, session = self._bar.menu, self._window.actions_, self._bridge.session
        menu.clear()
        for action in ("suggest-here", "suggest"):
            menu.addAction(actions[action])
        menu.addSeparator()
        self._sources.setTitle(_("Sources"))
        self._sources.clear()
        for name in session.source_names():
            trouble = session.source_troubles.get(name)
            title = source_title(name).replace("&", "&&")
            source = self._sources.addAction(_("{source} (failed)").format(source=title) if trouble else title)
            source.setCheckable(True)
            source.setChecked(name not in self._how.off)
            source.setToolTip(plain_tip(describe(trouble)) if trouble else "")
            source.setData(name)
        self._resting.setTitle(_("Quiet, since mostly wrong"))
        self._resting.setEnabled(bool(session.quiet()))
        self._resting.clear()
        for one in session.quiet():
            action_ = self._resting.addAction(_("Show again: {what}").format(what=self._quiet_said(one)))
            action_.setData((one.source_name, one.label))
        menu.addMenu(self._sources)
        menu.addMenu(self._resting)
        menu.addSeparator()
        for action in ("next-suggestion", "rejected", "suggesting"):
            menu.addAction(actions[action])

    def _switch(self, name: str, on: bool) -> None:
        self._set(off=tuple(one for one in (*self._how.off, name) if one != name or not on))

    # Sources that are wrong too often

    def _quiet_said(self, one: Quiet) -> str:
        label = isolate(self._window.theme.look_of(one.label).name)
        said = _("{source}, as {label} ({accepted} of {decided} accepted)")
        return said.format(
            source=isolate(source_title(one.source_name)),
            label=label,
            accepted=number(one.accepted),
            decided=number(one.decided),
        )

    def _look_for_quiet(self) -> None:
        """Say so when a source was wrong once too often; nothing moves for it."""
        found = {(one.source_name, one.label): one for one in self._bridge.session.quiet()}
        fresh = [one for pair, one in found.items() if self._quiet is not None and pair not in self._quiet]
        self._quiet = set(found)
        for one in fresh:
            said = _("No longer shown, since mostly wrong: {what}").format(what=self._quiet_said(one))
            self._window.status.tell(said)

    def _wake(self, source_name: str, label: str) -> None:
        self._bridge.session.wake(source_name, label)
        self._show_on_page()

    # The page

    def _show_on_page(self) -> None:
        if not self._page:
            return
        session, theme = self._bridge.session, self._window.theme
        values: dict[str, str | int | bool] = {
            "suggest": self._how.on,
            "order": self._how.order,
            "share": self._how.share_without,
        }
        troubles = {name: describe(error) for name, error in session.source_troubles.items()}
        sources = [(name, name not in self._how.off, troubles.get(name, "")) for name in session.source_names()]
        quiet = [(one.source_name, one.label, self._quiet_said(one)) for one in session.quiet()]
        rejected = [(one, theme.look_of(one.label)) for one in session.rejections()]
        self._page.show_choices(values, sources, quiet)
        self._page.show_rejected(rejected)

    def _edited(self, name: str, value: object) -> None:
        if name.startswith("source."):
            self._switch(name.removeprefix("source."), bool(value))
        else:
            self._set(**{{"suggest": "on", "share": "share_without"}.get(name, name): value})

    def _take_back(self, chosen: list[object]) -> None:
        for one in chosen:
            self._bridge.session.take_back(one)  # type: ignore[arg-type]
        self._show_on_page()


def sure_said(confidence: float) -> str:
    """How sure a suggestion is, in a word and per cent."""
    words = ((0.9, _("almost certain")), (0.75, _("likely")), (0.5, _("possible")), (0.0, _("doubtful")))
    word = next(said for least, said in words if confidence >= least)
    return f"{word} \u00b7 {percent(round(100 * confidence))}"
