from __future__ import annotations

from pathlib import Path

import pytest

from app.formats.registry import FEATURES, ROWS, named

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"
FIRST, LAST = "--update-snapshots -->\n", "<!-- the end of the table -->"
SHORT = {
    "same-label-nested": "own label",
    "discontinuous": "pieces",
    "multi-line": "lines",
    "empty-text": "no text",
    "relation-attributes": "of relations",
    "provenance": "by",
    "unknown-keys": "unknown",
}


def table() -> str:
    """What each format of ours carries, in Markdown."""
    head = ["format", "suffix", "in", "out", *(SHORT.get(feature, feature) for feature in FEATURES)]
    rows = [head, ["---", "---", *([":-:"] * (len(head) - 2))]]
    for name in ROWS:
        one = named(name)
        suffix = "a folder" if one.folder else f"`{one.suffixes[0]}`"
        carried = ["✓" if feature in one.carries else "" for feature in FEATURES]
        rows.append([f"`{name}`", suffix, "✓" if one.read else "", "✓" if one.write else "", *carried])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def test_the_page_of_formats_says_what_each_carries(request: pytest.FixtureRequest) -> None:
    said = PAGE.read_text(encoding="utf-8")
    before, _first, rest = said.partition(FIRST)
    shown, _last, after = rest.partition(LAST)
    if request.config.getoption("--update-snapshots"):
        PAGE.write_text(f"{before}{FIRST}\n{table()}\n{LAST}{after}", encoding="utf-8", newline="\n")
        return
    assert shown.strip() == table().strip()
