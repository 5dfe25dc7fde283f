"""Windows on articles of the test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from widgets.settings import Settings
from widgets.workbench import Workbench

ARTICLE = "قال المتحدث إن 12 مدنياً قتلوا في تل الريحان.\nووصلت سفينة UN-WFP 204 إلى الميناء أمس.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A short article in a folder of its own."""
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three articles in one file."""
    path = tmp_path / "corpus.jsonl"
    path.write_text("".join(f'{{"id": "a{n}", "text": "مقال {n} عن الميناء"}}\n' for n in range(3)), encoding="utf-8")
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings that nobody has touched."""
    return Settings(tmp_path / "config" / "settings.json")


@pytest.fixture
def open_bench(qapp: QApplication, settings: Settings) -> Iterator[Callable[..., Workbench]]:
    """Opens windows on files, as the program does; closes what a test leaves open."""
    opened: list[Workbench] = []

    def open_one(*files: Path, language: str = "en", size: tuple[int, int] = (1400, 900), **wishes: bool) -> Workbench:
        qapp.interpreter.speak(language)  # type: ignore[attr-defined]
        bench = Workbench(qapp, settings)  # type: ignore[arg-type]
        bench.undertakings  # noqa: B018 - made, as it is a moment after a start
        opened.append(bench)
        bench.show()
        bench.window.resize(*size)
        bench.start(files, **wishes)
        bench.window.activateWindow()
        QApplication.processEvents()
        return bench

    yield open_one
    for bench in opened:
        bench.close_project()
        bench.close_project()
        bench.window.close()
        bench.window.deleteLater()
        bench.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.interpreter.speak("en")  # type: ignore[attr-defined]


@pytest.fixture
def bench(open_bench: Callable[..., Workbench], article: Path) -> Workbench:
    """The window on the article, with the annotator known."""
    opened = open_bench(article)
    opened.bridge.session.set_annotator("A1")
    return opened
