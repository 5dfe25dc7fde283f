"""The card of a delivery, `OUT.card.md`: what it holds, by which guidelines it was made, how it is loaded.

In English and the same bytes for the same delivery, with the head that dataset hubs read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.delivery.loading import loading_lines
from app.delivery.parts import Cut
from app.delivery.tally import Tally
from app.formats.registry import FEATURES, Format
from app.loss_sentences import LOSSES
from app.model.annotation import STATUSES
from app.model.schema import Schema

UNKNOWN_LICENCE = "unknown"


class Delivery(NamedTuple):
    """What a card tells of: the name, the format and the files of a delivery (by what comes before their suffix)."""

    out: str
    format: Format
    cut: Cut
    files: dict[str, str]
    licence: str = UNKNOWN_LICENCE
    alignment: str = ""


def card(delivery: Delivery, tally: Tally, schema: Schema | None) -> bytes:
    """The card as bytes."""
    blocks = [
        _head(delivery, tally),
        f"# {delivery.out}",
        _what(delivery, tally),
        "## Articles",
        _articles(tally),
        "## Labels",
        _labels(tally, schema),
        *_relations(tally, schema),
        *_files(delivery, tally),
        *_guidelines(schema),
        *_losses(delivery, tally),
        *_loading(delivery, tally),
        "## Licence",
        _licence(delivery),
    ]
    return ("\n\n".join(block.strip("\n") for block in blocks) + "\n").encode("utf-8", "replace")


def parts_of(delivery: Delivery, tally: Tally) -> dict[str, list[str]]:
    """The files that hold articles, by the part they belong to; `train` where there are no parts."""
    parts: dict[str, list[str]] = {}
    for name, file in delivery.files.items():
        part = name.split("-")[0] if delivery.cut.split else ""
        if tally.files[name]:
            parts.setdefault(part or "train", []).append(file)
    return parts


def _head(delivery: Delivery, tally: Tally) -> str:
    lines = [f"license: {json.dumps(delivery.licence, ensure_ascii=False)}", "language:"]
    lines += [f"- {json.dumps(language, ensure_ascii=False)}" for language in sorted(tally.languages) if language]
    if lines[-1] == "language:":
        lines.pop()
    lines += ["task_categories:", "- token-classification"]
    if delivery.format.name in ("native", "parquet"):
        lines += ["configs:", "- config_name: default", "  data_files:"]
        for part, files in parts_of(delivery, tally).items():
            lines += [f"  - split: {part}", "    path:"]
            lines += [f"    - {json.dumps(file, ensure_ascii=False)}" for file in files]
    return "\n".join(["---", *lines, "---"])


def _what(delivery: Delivery, tally: Tally) -> str:
    rows: list[tuple[object, ...]] = [
        ("format", f"`{delivery.format.name}`, written by Hashiya"),
        ("annotated articles", tally.records),
        ("spans", tally.spans),
        ("relations", tally.relations),
        ("characters", tally.characters),
        ("annotators", len(tally.annotators)),
    ]
    if delivery.alignment:
        rows.append(("spans that cut words", f"`{delivery.alignment}`"))
    return _table(("what", "how many"), rows) + "\n\nAn article that two annotators worked on counts twice."


def _articles(tally: Tally) -> str:
    rows = [(status, tally.statuses[status]) for status in STATUSES if tally.statuses[status]]
    by = sorted(tally.annotators.items())
    return _table(("status", "articles"), rows) + "\n\n" + _table(("annotator", "articles"), by)


def _labels(tally: Tally, schema: Schema | None) -> str:
    known = [label.id for label in schema.labels] if schema else []
    rows: list[tuple[object, ...]] = []
    for id in _known_first(known, tally.labels):
        label = schema.label(id) if schema else None
        rows.append((id, label.title("en") if label else "", label.title("ar") if label else "", tally.labels[id]))
    return _table(("label", "English", "Arabic", "spans"), rows)


def _relations(tally: Tally, schema: Schema | None) -> Iterator[str]:
    known = [relation.id for relation in schema.relations] if schema else []
    rows: list[tuple[object, ...]] = []
    for id in _known_first(known, tally.relation_labels):
        one = schema.relation(id) if schema else None
        rows.append((id, one.title("en") if one else "", one.title("ar") if one else "", tally.relation_labels[id]))
    if rows:
        yield "## Relations"
        yield _table(("relation", "English", "Arabic", "count"), rows)


def _files(delivery: Delivery, tally: Tally) -> Iterator[str]:
    yield "## Files"
    rows = [(f"`{file}`", tally.files[name]) for name, file in delivery.files.items()]
    if delivery.cut.split:
        shares = "/".join(map(str, delivery.cut.split))
        yield (
            f"Divided {shares} by the ids of articles, with the seed {delivery.cut.seed}: an article stays in its part "
            "when others are added, and all of its annotators stand in the same part."
        )
    yield _table(("file", "articles"), rows)


def _guidelines(schema: Schema | None) -> Iterator[str]:
    if schema is None:
        return
    written = [
        *((label.id, label.guidelines) for label in schema.labels),
        *((one.id, one.guidelines) for one in schema.relations),
    ]
    yield "## Guidelines"
    yield f"The label schema is `{schema.name}`, version `{schema.version}`."
    for id, texts in written:
        for language, text in sorted((texts or {}).items()):
            if text.strip():
                yield f"### {_plain(id)} ({language})"
                yield _quoted(text)


def _losses(delivery: Delivery, tally: Tally) -> Iterator[str]:
    carried = [feature for feature in FEATURES if feature in delivery.format.carries]
    yield "## What this format carries"
    yield ", ".join(LOSSES[feature] for feature in carried) + "." if carried else "Labels and where they stand."
    if tally.losses:
        yield f"What it could not carry is listed in `{delivery.out}.report.jsonl`:"
        yield _table(("what", "how often"), [(LOSSES.get(what, what), n) for what, n in sorted(tally.losses.items())])


def _loading(delivery: Delivery, tally: Tally) -> Iterator[str]:
    lines = loading_lines(delivery.format.name, delivery.out, parts_of(delivery, tally))
    if lines:
        yield "## How to load it"
        yield f"```python\n{lines.strip()}\n```"


def _licence(delivery: Delivery) -> str:
    if delivery.licence != UNKNOWN_LICENCE:
        return _plain(delivery.licence)
    return "Not stated. `hashiya export --licence NAME` states it here and at the head of this card."


def _known_first(known: list[str], counted: Counter[str]) -> list[str]:
    return [*known, *sorted(set(counted) - set(known))]


def _table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(_plain(str(cell)) for cell in line) + " |" for line in lines)


def _quoted(text: str) -> str:
    """`text` with its lines and its lists, as a quotation."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return "\n".join(f"> - {line[1:].strip()}" if line.startswith("•") else f"> {line}".rstrip() for line in lines)


def _plain(text: str) -> str:
    """`text` on one line of Markdown, which it can neither end nor divide."""
    return " ".join(text.split()).replace("|", "\\|")
