"""What `hashiya suggest --compare` says: articles with suggestions and without them, side by side."""

from __future__ import annotations

from pathlib import Path

from app.cli.output import DONE, say, say_json
from app.effort import Comparison, Group, compare
from app.formats.sources import open_source
from app.wording import _, plural

_NOTHING = "–"


def say_comparison(project: Path, as_json: bool) -> int:
    """Print both groups of `project`. Raises HashiyaError where it cannot be read."""
    with open_source(project):
        pass
    found = compare(project)
    if as_json:
        groups = {"with_suggestions": found.with_suggestions._asdict(), "without": found.without._asdict()}
        say_json({"ok": True, "project": str(project), "share_without": found.share, **groups})
        return DONE
    rows = _rows(found)
    widths = [max(len(row[at]) for row in rows) for at in range(3)]
    for first, *others in rows:
        said = [first.ljust(widths[0]), *(one.rjust(width) for one, width in zip(others, widths[1:], strict=True))]
        say("  ".join(said))
    if not found.share:
        say(_("This project keeps no articles free of suggestions, so there is nothing to compare with."))
    elif not found.without.articles:
        say(_("Nobody has worked on an article without suggestions yet."))
    if found.with_suggestions.timed or found.without.timed:
        say(_("Time is what passed between steps; pauses of more than five minutes do not count."))
    return DONE


def _rows(found: Comparison) -> list[tuple[str, ...]]:
    columns = [
        (
            "",
            _("articles"),
            _("of these finished"),
            _("time an article (median)"),
            _("changes an article"),
            _("spans an article"),
        )
    ]
    for title, one in ((_("with suggestions"), found.with_suggestions), (_("without"), found.without)):
        numbers = (str(one.articles), str(one.finished), _time(one), _number(one.changes), _number(one.spans))
        columns.append((title, *numbers))
    return list(zip(*columns, strict=True))


def _time(group: Group) -> str:
    if group.seconds is None:
        return _NOTHING
    seconds = round(group.seconds)
    return plural("{count} second", "{count} seconds", seconds).format(count=seconds)


def _number(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.2f}"
