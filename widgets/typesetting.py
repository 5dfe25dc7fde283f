"""How an article is set on its page, the same in the window and in a picture of it."""

from __future__ import annotations

from typing import NamedTuple

from app.model.document import Document
from resources import PAGE_FAMILIES
from widgets.canvas.look import Look
from widgets.i18n import isolate
from widgets.theme import Theme

_SOURCE_META = {"source", "publisher", "date", "published", "author", "url"}


class PageSetting(NamedTuple):
    """How the reader wants the article set: font family ("": the shipped one), line spacing in per cent, measure.

    With `values` tags tell what the spans say.
    """

    family: str = ""
    spacing: int = 100
    measure: int = 650
    values: bool = True


def look_of(theme: Theme, zoom: int, language: str, wish: PageSetting = PageSetting()) -> Look:  # noqa: B008 - a value
    """What the article must know of `theme`; `zoom` in per cent, `language` that of the tags."""
    return Look(
        window=theme.window,
        page=theme.page,
        text=theme.text,
        muted=theme.muted,
        line=theme.line,
        accent=theme.accent,
        dark=theme.dark,
        least_contrast=theme.least_contrast,
        families=(wish.family, *PAGE_FAMILIES) if wish.family else PAGE_FAMILIES,
        spacing=wish.spacing / 100,
        measure=wish.measure,
        values=wish.values,
        zoom=zoom / 100,
        language=language,
    )


def source_of(document: Document) -> str:
    """The line under the title: where the article comes from and when, as far as its `meta` says so."""
    return " · ".join(isolate(pair.value) for pair in document.meta if pair.name in _SOURCE_META)
