"""Everything that can be seen of the window, one thing after the other: what is asked of all of it is asked here."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from resources import resource, sample_names
from tests.widgets.hands import press
from widgets.actions import MENUS, SUBMENUS
from widgets.pages.schema.outline import Outline
from widgets.panels.palette import Palette
from widgets.workbench import Workbench

Look = Callable[[QWidget], None]
SETTLED_MS = 5


def settle(until: Callable[[], object] = lambda: True) -> None:
    """Let the window come to rest, when `until` holds."""
    for _ in range(400):
        QTest.qWait(SETTLED_MS)
        QApplication.sendPostedEvents()
        if until():
            QTest.qWait(SETTLED_MS)
            return
    raise AssertionError("the window never came to rest")


def open_sample(bench: Workbench, folder: Path) -> None:
    """The annotated sample articles, by somebody who is known."""
    file = shutil.copy(resource("samples", "annotated.jsonl"), folder / "نهر الزورد.jsonl")
    bench.open_file(Path(file))
    bench.bridge.session.set_annotator("م-١")
    settle()


def focus(bench: Workbench, label: str) -> None:
    """Have a span of `label` in hand, with the inspector beside it."""
    spans = [span for span in bench.bridge.session.annotations.ordered() if span.label == label]
    bench.window.canvas.setFocus()
    bench.window.canvas.focus_span(spans[0].id, reveal=True)
    bench.window.inspector.catch_up()
    settle()


def ask(bench: Workbench, action: str) -> None:
    """Ask for an action of the window."""
    bench.window.actions_[action].trigger()
    settle()


def _article(bench: Workbench, look: Look) -> None:
    look(bench.window)
    for label in ("CASUALTY", "LOCATION", "QUOTE"):
        focus(bench, label)
        look(bench.window)
    bench.window.panes.wish("articles", True)
    settle()
    look(bench.window)
    bench.window.articles.filter.setChecked(True)
    bench.window.articles.search.setText("ق")
    settle()
    look(bench.window)
    bench.window.articles.clear_filter()
    bench.window.articles.filter.setChecked(False)
    ask(bench, "fields")
    look(bench.window)


def _bars(bench: Workbench, look: Look) -> None:
    window = bench.window
    focus(bench, "LOCATION")
    window.first_steps.start_over()
    window.first_steps.show()
    settle()
    look(window)
    window.first_steps.hide()
    for action, bar in (
        ("find", window.finder),
        ("find-project", window.finder),
        ("everywhere", window.review),
        ("relabel-all", window.relabel),
        ("link", window.link_bar),
        ("problems", window.problem_bar),
        ("annotator", window.prompt),
        ("restore", window.backups),
        ("delete-articles", window.question),
        ("delete-project", window.question),
    ):
        focus(bench, "LOCATION")
        ask(bench, action)
        settle(bar.isVisible)
        QTest.qWait(60)
        look(window)
        press(QApplication.focusWidget() or bar, Qt.Key.Key_Escape)
        bar.hide()
    for action in ("look-up", "guideline"):
        focus(bench, "LOCATION")
        ask(bench, action)
        QTest.qWait(60)
        look(window)
        press(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    if window.is_guide_shown():
        ask(bench, "guideline")


def _suggestions(bench: Workbench, look: Look) -> None:
    """An article that nobody has marked; another project is open afterwards."""
    folder, window, choices = bench.bridge.session.path.parent, bench.window, bench.undertakings.suggestion_choices
    text = shutil.copy(resource("samples", "camp-winter.ar.txt"), folder / "برد الشتاء.txt")
    bench.open_file(Path(text))
    bench.bridge.session.set_annotator("م-١")
    settle(lambda: bool(bench.bridge.session.suggestions))
    QTest.qWait(60)
    look(window)
    for action in ("next-suggestion", "reject", "next-suggestion"):
        ask(bench, action)
        QTest.qWait(60)
    look(window)
    window.suggestions.menu_opening.emit()
    look(window.suggestions.menu)
    ask(bench, "suggest-here")
    look(window)
    ask(bench, "suggest-here")
    ask(bench, "rejected")
    look(window)
    assert choices.page
    choices.page.search.setText("ـ")
    look(window)
    choices.close()


def _notices(bench: Workbench, look: Look) -> None:
    window = bench.window
    ask(bench, "about")
    look(window)
    window.notices.clear()
    bench.several.does["several-flag"]()
    settle(lambda: not bench.carrying.running)
    window.notices.tell("ـ" * 30, ["ـ " * 30] * 2, "error")
    window.notices.follow("ـ ـ ـ", lambda: None)
    settle()
    look(window)
    window.notices.clear()
    ask(bench, "alone")
    look(window)
    ask(bench, "alone")


def _schema(bench: Workbench, look: Look) -> None:
    ask(bench, "schema")
    page = bench.schema_editing.page
    assert page is not None
    outline = page.findChild(Outline)
    assert outline is not None
    for path in _first_of_each(outline):
        outline.visited.emit(path)
        settle()
        look(bench.window)
    page.take_out()
    settle()
    look(bench.window)
    bench.schema_editing.close()


def _first_of_each(outline: Outline) -> list[object]:
    """One place of each kind in the tree of the schema."""
    from widgets.pages.schema.outline import FIELD, LABEL, QUESTION, RELATION, SCHEMA, Path

    return [Path(SCHEMA), Path(QUESTION, 0, 0), Path(RELATION, 0), Path(FIELD, 0), Path(LABEL, 0)]


def _import(bench: Workbench, look: Look) -> None:
    bench.importing.open()
    settle()
    look(bench.window)
    bench.importing.page.add([resource("samples", name) for name in sample_names()])  # type: ignore[union-attr]
    settle(lambda: bench.importing.page and bench.importing.page.wishes())
    look(bench.window)
    bench.importing.close()


def _export(bench: Workbench, look: Look) -> None:
    ask(bench, "export")
    page = bench.exporting.page
    assert page is not None
    settle(lambda: bench.exporting._looking is None)
    for name in ("native", "brat", "csv", "iob2", "prompt-completion"):
        page.choose(name)
        settle()
        look(bench.window)
    bench.exporting.close()


def _pages(bench: Workbench, look: Look) -> None:
    ask(bench, "settings")
    look(bench.window)
    page = bench.comforts.preferences.page
    assert page is not None
    for name in ("article.font", "panes.articles", "keys"):
        page.visit(name)
        settle()
        look(bench.window)
    bench.comforts.preferences.close()
    ask(bench, "key-sheet")
    look(bench.window)
    bench.comforts.key_sheet.close()
    ask(bench, "palette")
    look(bench.window)
    for palette in bench.window.findChildren(Palette):
        palette.close_up()
    bench.window.canvas.setFocus()


def _guide(bench: Workbench, look: Look) -> None:
    ask(bench, "user-guide")
    found = [part for part in QApplication.topLevelWidgets() if type(part).__name__ == "GuideWindow"]
    found += bench.window.findChildren(QWidget, "user-guide")
    assert found
    found[0].resize(bench.window.size())
    settle()
    look(found[0])
    found[0].close()


def _nothing(bench: Workbench, look: Look) -> None:
    bench.close_project()
    bench.presenter.show_nothing()
    settle()
    look(bench.window)
    bench.window.nothing.show_problem("ـ " * 80, ["ـ " * 100] * 3)
    settle()
    look(bench.window)
    bench.window.nothing.show_reading("a.jsonl")
    settle()
    look(bench.window)


SCENES: dict[str, Callable[[Workbench, Look], None]] = {
    "article": _article,
    "bars": _bars,
    "notices": _notices,
    "schema": _schema,
    "import": _import,
    "export": _export,
    "pages": _pages,
    "guide": _guide,
    "suggestions": _suggestions,
    "nothing": _nothing,
}
"""What is shown, by a name: each shows one thing after the other, and has all of them looked at."""


def menus(bench: Workbench) -> dict[str, QMenu]:
    """Every menu of the window, by its name."""
    bar = bench.window.menus
    found = {id: bar.menu(id) for id in [*(id for id, _title in MENUS), *SUBMENUS]}
    found["text"] = bar.for_text(True, True, 2)
    found["suggestion"] = bar.for_text(False, False, suggested=True)
    bench.window.suggestions.menu_opening.emit()
    found["suggestions of the bar"] = bench.window.suggestions.menu
    found["orders"] = bench.window.articles.orders()
    inside = [action.menu() for menu in list(found.values()) for action in menu.actions()]
    return found | {f"in {n}": menu for n, menu in enumerate(inside) if isinstance(menu, QMenu)}


@contextmanager
def dialog(bench: Workbench, action: str) -> Iterator[QFileDialog]:
    """The dialog that an action opens, drawn by Qt and not by the system."""
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    try:
        ask(bench, action)
        opened = bench.window.findChildren(QFileDialog)[-1]
        yield opened
        opened.reject()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    finally:
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, False)
