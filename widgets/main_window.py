"""The window: its panes, bars and menus put in their places. It decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QMainWindow, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.wording import _
from widgets.action_set import Actions
from widgets.actions import BY_ID
from widgets.canvas.view import ArticleView
from widgets.i18n import left_to_right
from widgets.icons import icon
from widgets.menus import Menus
from widgets.pages.nothing_open import NothingOpen
from widgets.panels.articles import ArticlesPanel
from widgets.panels.bars import Bars
from widgets.panels.drop_area import DropArea
from widgets.panels.first_steps import FirstSteps
from widgets.panels.inspector import Inspector
from widgets.panels.notices import Notices
from widgets.panels.roomy import scrolled
from widgets.panels.status import StatusBar
from widgets.panels.strip import Strip
from widgets.panels.toast import Toast
from widgets.panes import INSPECTOR, Panes
from widgets.tab_order import tab_as_laid_out
from widgets.theme import Theme

_TOOLS = ("undo", "redo", "previous-article", "next-article", "flag", "skip")
_MIRRORED = {"undo", "redo", "next-article", "previous-article", "skip"}
_ICON_SIZE = 18
PASSING = "passing"
"""The property of a page that is looked at in passing: it may come over any other."""
_LEAST = QSize(480, 360)
_LEAST_MIDDLE = 64
_CLEAR = "_q_qlineeditclearaction"  # what Qt calls the button in a field; its own icon is black on every theme


class _Dressed(Protocol):
    def set_theme(self, theme: Theme) -> None: ...


class _Sharpness(QWidget):
    """Hears of a screen with finer pixels. The window has too many events for each to be looked at in Python."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()

    def event(self, event: QEvent) -> bool:
        """Pass on what changed."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.changed.emit()
        return super().event(event)


class MainWindow(QMainWindow):
    """Every part by name. `key_pressed` gets what no field or list took; it says whether it was a command."""

    closing = Signal(QCloseEvent)
    dropped = Signal(list)  # paths as Path
    surrounded = Signal(bool)  # whether the article is on the screen, with what is around it

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._icons: tuple[str, bool, float] | None = None
        self._has_project = False
        self.key_pressed: Callable[[QKeyEvent], bool] = lambda event: False
        self.actions_ = Actions(self)
        self.menus = Menus(self, self.actions_)
        tools = [self.actions_[id] for id in _TOOLS]
        self.strip = Strip(theme, tools, self.actions_["done"], lambda: self.actions_.caption("done"), self)
        self.notices = Notices(theme, self)
        self.first_steps = FirstSteps(theme, self)
        self.canvas = ArticleView(self)
        self.nothing = NothingOpen(self)
        self._under_page: QWidget = self.nothing
        self._pages: list[QWidget] = []
        self._steps_wanted = False
        self.way_back = Toast(self.canvas)
        self.articles = ArticlesPanel(theme, self)
        self._start_side = QStackedWidget(self)
        self._list_pane = scrolled(self.articles, self)
        self._start_side.addWidget(self._list_pane)
        self.inspector = Inspector(theme, self)
        self.status = StatusBar(self)
        self.panes = Panes(self._start_side, self._centre(), scrolled(self.inspector, self), self)
        self._arrange()
        self.addActions(self.actions_.all())
        self.actions_.keys_changed.connect(self._tell_keys)
        _Sharpness(self).changed.connect(self._set_icons)
        self.setAcceptDrops(True)
        self._dressed: list[_Dressed] = [self.strip, self.articles, self.inspector, self.first_steps, self.notices]
        self.set_theme(theme)
        self.retranslate()

    def complete(self) -> None:
        """Make the bars and panels that no first paint needs."""
        from widgets.panels.backup_bar import BackupBar
        from widgets.panels.find_bar import FindBar
        from widgets.panels.guide import GuidePanel
        from widgets.panels.link_bar import LinkBar
        from widgets.panels.name_prompt import NamePrompt
        from widgets.panels.origin_bar import OriginBar
        from widgets.panels.problem_bar import ProblemBar
        from widgets.panels.question_bar import QuestionBar
        from widgets.panels.relabel_bar import RelabelBar
        from widgets.panels.review_bar import ReviewBar
        from widgets.panels.suggestion_bar import SuggestionBar

        theme = self.theme
        self.finder = FindBar(theme, self)
        self.review = ReviewBar(theme, self)
        self.relabel = RelabelBar(theme, self)
        self.backups = BackupBar(self)
        self.problem_bar = ProblemBar(self)
        self.link_bar = LinkBar(theme, self)
        self.prompt = NamePrompt(self)
        self.question = QuestionBar(self)
        self.origin = OriginBar(self)
        self.guide = GuidePanel(theme, self)
        decisions = (self.actions_[id] for id in ("accept", "reject", "accept-alike", "accept-above"))
        self.suggestions = SuggestionBar(*decisions, self)
        self._start_side.addWidget(self.guide)
        for bar in (self.finder, self.review, self.relabel, self.backups):
            self._above.add(bar)
        for bar in (self.suggestions, self.problem_bar, self.link_bar, self.prompt, self.question, self.origin):
            self._below.add(bar)
        self._dressed += [self.finder, self.review, self.relabel, self.link_bar, self.guide]

    def show_article(self, shown: bool) -> None:
        """The article in the middle, or the page that says that none is open."""
        self._under_page = self.canvas if shown else self.nothing
        if not self.is_page_shown():
            self._middle.setCurrentWidget(self._under_page)
        self.strip.setEnabled(shown)

    def show_project(self, shown: bool) -> None:
        """What is around the article, while there is a project."""
        self._has_project = shown
        self._surround(shown and not self.is_page_shown())

    def show_page(self, page: QWidget) -> None:
        """A page in place of the article and of everything around it, over the pages that are open already."""
        self.notices.give_way()
        if page in self._pages:
            self._pages.remove(page)
        else:
            self._middle.addWidget(page)
        self._pages.append(page)
        self._middle.setCurrentWidget(page)
        self._surround(False)

    def is_page_shown(self) -> bool:
        """Whether a page has the place of the article: nothing is done to an article that is not seen."""
        return bool(self._pages)

    def is_page_in_front(self, page: QWidget) -> bool:
        """Whether `page` is the one that is seen."""
        return self._middle.currentWidget() is page

    def is_at_work(self) -> bool:
        """Whether a page is open, in front or behind, that settings and keys may cover and no other may."""
        return any(not page.property(PASSING) for page in self._pages)

    def is_taken(self, over_passing: bool = False) -> bool:
        """Whether a page is in the way, which is then said; with `over_passing` one of work."""
        taken = self.is_at_work() if over_passing else self.is_page_shown()
        if taken:
            self.status.tell(_("Close this page first."))
        return taken

    def replace_page(self, page: QWidget, other: QWidget) -> None:
        """Put `other` where `page` is, in front or behind others."""
        in_front = self.is_page_in_front(page)
        self._pages[self._pages.index(page)] = other
        self._middle.addWidget(other)
        if in_front:
            self._middle.setCurrentWidget(other)
        self._middle.removeWidget(page)

    def leave_page(self, page: QWidget) -> None:
        """What the page stood in place of again: the page it came over, or the article and everything around it."""
        in_front = self.is_page_in_front(page)
        self._pages.remove(page)
        if in_front:
            below = self._pages[-1] if self._pages else self._under_page
            self._middle.setCurrentWidget(below)
            if self._pages:
                (below.focusWidget() or below).setFocus(Qt.FocusReason.OtherFocusReason)
        self._middle.removeWidget(page)
        if not self._pages:
            self._surround(self._has_project)
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_steps(self, wanted: bool) -> None:
        """The first steps over the article; while a page has its place they wait."""
        self._steps_wanted = wanted
        self.first_steps.setVisible(wanted and not self._pages)

    def show_guide(self, shown: bool) -> None:
        """The guideline in place of the list of articles, or the list again."""
        self._start_side.setCurrentWidget(self.guide if shown else self._list_pane)

    def is_guide_shown(self) -> bool:
        """Whether the guideline has the place of the list of articles."""
        return self._start_side.currentWidget() is self.guide

    def make_room(self) -> None:
        """Let the article give way to the bars around it now: what is shown next must not end up under one."""
        for bars in (self._above, self._below):
            bars.settle()
        for part in (self.link_bar, self._middle.parentWidget()):
            layout = part.layout()
            if layout is not None:
                layout.activate()

    def show_inspector(self) -> None:
        """Have the inspector on the screen."""
        if not self.panes.is_shown(INSPECTOR):
            self.panes.wish(INSPECTOR, True)

    def set_theme(self, theme: Theme) -> None:
        """Colours and label names of another theme, everywhere but in the article."""
        self.theme = theme
        for part in self._dressed:
            part.set_theme(theme)
        self._set_icons()

    def set_alone(self, alone: bool) -> None:
        """The article alone on the whole screen, or everything around it again."""
        for part in (self.strip, self.status, self.menuWidget()):
            if part is not None:
                part.setVisible(not alone)
        self.panes.set_alone(alone)
        keys = {"key": left_to_right(self.actions_.caption("alone"))}
        self.way_back.tell(_("Esc or {key} brings everything back").format(**keys) if alone else "")
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        if alone:
            self.showFullScreen()
        elif self.isFullScreen():
            self.showNormal()

    def retranslate(self) -> None:
        """Words in the language in use."""
        self.actions_.retranslate()
        self.menus.retranslate()
        self.menus.set_width(self.width())
        self.canvas.setAccessibleName(_("Article"))
        self._set_icons()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Offer what was not taken by the part that has the focus."""
        if not self.key_pressed(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab goes as things stand: much of the window is made, and made anew, when it is wanted."""
        tab_as_laid_out(self.centralWidget())
        return super().focusNextPrevChild(forwards)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let panes give way."""
        super().resizeEvent(event)
        self.panes.fit(event.size().width())
        self.status.set_width(event.size().width())
        self.menus.set_width(event.size().width())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask whoever has something to finish."""
        self.closing.emit(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if _files(event.mimeData()):
            event.acceptProposedAction()
            self._invite(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They were carried past."""
        self._invite(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the files over."""
        self._invite(False)
        self.dropped.emit(_files(event.mimeData()))

    def _invite(self, over: bool) -> None:
        for area in self.findChildren(DropArea):
            area.set_over(over)

    def _surround(self, shown: bool) -> None:
        self.panes.set_empty(not shown)
        self.strip.setVisible(shown)
        self.status.annotator.setEnabled(shown)
        self.show_steps(self._steps_wanted)
        self.surrounded.emit(shown)

    def _tell_keys(self) -> None:
        self.first_steps.set_done_key(self.actions_.caption("done"))
        self.strip.update()

    def _centre(self) -> QWidget:
        self._middle = QStackedWidget(self)
        self._middle.addWidget(self.canvas)
        self._middle.addWidget(self.nothing)
        self._middle.setMinimumHeight(_LEAST_MIDDLE)
        ignored = QSizePolicy.Policy.Ignored  # the bars come first where a window is low
        self._middle.setSizePolicy(QSizePolicy.Policy.Preferred, ignored)
        centre = QFrame(self)
        centre.setObjectName("centre")
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.first_steps.hide()
        self._above, self._below = Bars(12, 0, centre), Bars(0, 12, centre)
        for bar in (self.notices, self.first_steps):
            self._above.add(bar)
        column.addWidget(self._above)
        column.addWidget(self._middle, 1)
        column.addWidget(self._below)
        return centre

    def _arrange(self) -> None:
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.panes, 1)
        column.addWidget(self.status)
        self._hold(whole)
        self.show_steps(False)

    def _hold(self, whole: QWidget) -> None:
        """Have `whole` in the window; it scrolls where the screen is smaller than all that must be seen of it."""
        room = self.screen().availableSize()
        self.setMinimumSize(_LEAST.boundedTo(room))
        if _LEAST.boundedTo(room) == _LEAST:
            self.setCentralWidget(whole)
            return
        whole.setMinimumSize(_LEAST)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(whole)
        self.setCentralWidget(area)

    def _set_icons(self) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        wanted = (self.theme.name, mirrored, self.devicePixelRatioF())
        if wanted == self._icons:
            return
        self._icons = wanted
        theme, ratio = self.theme, self.devicePixelRatioF()
        for id, action in BY_ID.items():
            if action.icon:
                turned = mirrored and id in _MIRRORED
                made = self.actions_[id]
                made.setIcon(icon(action.icon, theme.text, theme.disabled, _ICON_SIZE, ratio, turned))
                made.setIconVisibleInMenu(False)
        for button, name in (
            (self.inspector.card.delete, "trash"),
            (self.inspector.spans.group, "tag"),
            (self.articles.order, "list"),
            (self.articles.filter, "filter"),
            (self.first_steps.close_button, "close"),
            (self.status.smaller, "minus"),
            (self.status.larger, "plus"),
        ):
            button.setIcon(icon(name, theme.muted, theme.disabled, 16, ratio))
        for field in (self.articles.search, self.inspector.spans.filter):
            clear = field.findChild(QAction, _CLEAR)
            if isinstance(clear, QAction):
                clear.setIcon(icon("close", theme.muted, theme.disabled, 16, ratio))


def _files(mime: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
