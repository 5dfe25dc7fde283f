"""What every test stands on: no screen, an empty home, the bundled font, and no warning that nobody expected."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

EMPTY_HOME = Path(tempfile.mkdtemp(prefix="hashiya-tests-"))

settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-snapshots", action="store_true", help="take the pictures anew instead of comparing")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "logs(text): the test expects a logged warning that contains `text`")
    for variable in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_RUNTIME_DIR"):
        os.environ[variable] = str(EMPTY_HOME)
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        os.environ[variable] = str(EMPTY_HOME / variable.lower())
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        os.environ.pop(variable, None)
    os.environ["LANG"] = "C.UTF-8"


def pytest_unconfigure() -> None:
    shutil.rmtree(EMPTY_HOME, ignore_errors=True)


@pytest.fixture(autouse=True)
def speaks_english() -> Iterator[None]:
    """Each test starts in English, whatever the one before it chose."""
    from app.wording import use_language

    use_language("en")
    yield
    use_language("en")


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_unexpected_warning(request: pytest.FixtureRequest) -> Iterator[None]:
    """A logged warning or error fails the test, unless a `logs` marker expects it; one that is expected must come."""
    expected = [str(mark.args[0]) for mark in request.node.iter_markers("logs")]
    heard = _Heard()
    logging.getLogger().addHandler(heard)
    yield
    logging.getLogger().removeHandler(heard)
    surprising = [said for said in heard.messages if not any(text in said for text in expected)]
    missing = [text for text in expected if not any(text in said for said in heard.messages)]
    assert not surprising, f"logged unexpectedly: {surprising}"
    assert not missing, f"expected in the log and not found: {missing}"


@pytest.fixture(autouse=True)
def no_window_left_open() -> Iterator[None]:
    """A window that a test leaves on the screen fails it (and is closed, for the tests after it)."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return
    left = [window for window in widgets.QApplication.topLevelWidgets() if window.isVisible()]
    names = [f"{type(window).__name__} {window.windowTitle()!r}" for window in left]
    for window in left:
        window.close()
        window.deleteLater()
    assert not names, f"windows left open: {names}"


@pytest.fixture(scope="session")
def qapp_cls() -> type:
    """The application class of the program itself, for every test that needs one."""
    from widgets.application import HashiyaApplication

    return HashiyaApplication


@pytest.fixture(scope="session")
def qapp(qapp: object) -> object:
    """The application, writing in the bundled fonts, so that pictures are the same on every Linux machine."""
    from PySide6.QtGui import QFont, QFontDatabase
    from PySide6.QtWidgets import QApplication

    from resources import INTERFACE_FAMILIES, font_files

    for file in font_files():
        assert QFontDatabase.addApplicationFont(str(file)) >= 0, file
    QApplication.setFont(QFont(list(INTERFACE_FAMILIES), 10))
    return qapp
