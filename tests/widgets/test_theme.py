"""Which theme is worn, and how labels look in it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPixmap, QPixmapCache

from app.labels import shipped_schema
from app.model.schema import Ink
from widgets.theme import is_legible, read_theme, theme_name
from widgets.workbench import Workbench

Dark, Light = Qt.ColorScheme.Dark, Qt.ColorScheme.Light
High, Usual = Qt.ContrastPreference.HighContrast, Qt.ContrastPreference.NoPreference


@pytest.mark.parametrize(
    ("scheme", "contrast", "worn"),
    [
        (Light, Usual, "light"),
        (Dark, Usual, "dark"),
        (Qt.ColorScheme.Unknown, Usual, "light"),
        (Light, High, "contrast"),
        (Dark, High, "contrast-dark"),
    ],
)
def test_the_system_says_which_theme_unless_a_person_does(
    monkeypatch: pytest.MonkeyPatch, scheme: Qt.ColorScheme, contrast: Qt.ContrastPreference, worn: str
) -> None:
    wish = SimpleNamespace(contrastPreference=lambda: contrast)
    hints = SimpleNamespace(colorScheme=lambda: scheme, accessibility=lambda: wish)
    monkeypatch.setattr(QGuiApplication, "styleHints", lambda: hints)
    assert theme_name("system") == worn
    assert theme_name("dark") == "dark"


def test_the_window_follows_the_system_while_it_is_open(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert bench.window.theme.name == "light"
    real = QGuiApplication.styleHints()
    seen = SimpleNamespace(colorScheme=lambda: Dark, accessibility=real.accessibility)
    monkeypatch.setattr(QGuiApplication, "styleHints", lambda: seen)
    real.colorSchemeChanged.emit(Dark)
    assert bench.window.theme.name == "dark"
    assert bench.window.canvas.page.look.dark


def test_the_article_and_the_chips_show_a_label_in_the_same_colours(bench: Workbench) -> None:
    for theme in ("light", "dark", "contrast", "contrast-dark"):
        bench.house.use_theme(theme)
        look, chip = bench.window.canvas.page.look, bench.window.theme.look_of("LOCATION")
        assert look.ink_of("LOCATION").name().upper() == chip.ink
        assert look.ground_of("LOCATION").name().upper() == chip.ground


def test_colours_that_must_be_changed_to_be_read_are_known() -> None:
    assert all(is_legible(label.colour) for label in shipped_schema("conflict-news").labels)
    assert not is_legible(Ink("#FFEE88", "#FFFFFF", "#FFFFFF", "#000000"))
    assert not is_legible(Ink("#000000", "#FFFFFF", "#444444", "#000000"))


def test_every_theme_names_itself() -> None:
    assert [read_theme(name).name for name in ("light", "dark", "contrast", "contrast-dark")] == [
        "light",
        "dark",
        "contrast",
        "contrast-dark",
    ]


def test_icons_drawn_for_a_theme_are_not_kept_for_the_next(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert QPixmapCache.cacheLimit() <= 2_048
    assert QPixmapCache.insert("an icon of the theme before", QPixmap(16, 16))
    real = QGuiApplication.styleHints()
    seen = SimpleNamespace(colorScheme=lambda: Dark, accessibility=real.accessibility)
    monkeypatch.setattr(QGuiApplication, "styleHints", lambda: seen)
    real.colorSchemeChanged.emit(Dark)
    pixmap = QPixmap()
    assert bench.window.theme.name == "dark"
    assert not QPixmapCache.find("an icon of the theme before", pixmap)
