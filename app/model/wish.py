"""Which articles of a project are wished for, and in which order: a value."""

from __future__ import annotations

from typing import Final, NamedTuple


class Wish(NamedTuple):
    """Articles that are as every field says; one that says nothing ("", (), False, None) lets all through.

    The words of `text` are in the text, title, source, date or address (folded, each word whole or the beginning of
    one), or it is the id; where it is written as addresses, dates and ids are, it is looked for there as it stands.
    `statuses` and `labels`: any of these; `annotator` is who has annotated it, "" nobody. `address` is part of the
    address. `since` and `until` are dates as `app.text.dates.dated` gives them, both included. `problems` and `notes`
    ask for any; a note may be one of the article or of a span. `sort` is one of `SORTS`.
    """

    text: str = ""
    statuses: tuple[str, ...] = ()
    flagged: bool = False
    source: str = ""
    sort: str = ""
    labels: tuple[str, ...] = ()
    annotator: str | None = None
    problems: bool = False
    notes: bool = False
    address: str = ""
    since: str = ""
    until: str = ""


SORTS: Final = ("", "date", "source", "address", "status", "spans")
"""As they come; the newest first; by source; by address; those to do first; those with most spans first. What lacks it
is last."""
EVERYTHING: Final = Wish()
