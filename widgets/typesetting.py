"""How an article is set on its page, the same in the window and in a picture of it."""

from __future__ import annotations

from app.model.document import Document
from widgets.canvas.look import Look
from widgets.theme import Theme

_SOURCE_META = {"source", "publisher", "date", "published", "author", "url"}


def look_of(theme: Theme, zoom: int, language: str) -> Look:
    """What the article must know of `theme`; `zoom` in per cent, `language` that of the tags."""
    return Look(
        window=theme.window,
        page=theme.page,
        text=theme.text,
        muted=theme.muted,
        line=theme.line,
        accent=theme.accent,
        selection=theme.selection,
        dark=theme.dark,
        zoom=zoom / 100,
        language=language,
    )


def source_of(document: Document) -> str:
    """The line under the title: where the article comes from and when, as far as its `meta` says so."""
    return " · ".join(pair.value for pair in document.meta if pair.name in _SOURCE_META)
