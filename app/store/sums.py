"""What a layer says as one number, so that a byte that became another is noticed where all can still be read.

The number adds up a hash of each span, each relation and the state: a step changes it by what it takes out and puts
in. It is kept with the seq of the step that it belongs to, so a layer that was changed otherwise has none until it is
looked through again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Final

import orjson

from app.model.annotation import Annotations, Change, Relation, Span, State
from app.store import settings
from app.store.engine import Transaction

_NAME: Final = "sum of layer {layer}"
_MODULUS: Final = 1 << 64


def of(annotations: Annotations) -> int:
    """The number of what these annotations say, whatever the order in which they are read."""
    spans, relations = annotations.spans.values(), annotations.relations.values()
    return (_added(spans) + _added(relations) + _hash(annotations.state)) % _MODULUS


def known(connection: Transaction, document: int, layer: int, changed: int) -> int | None:
    """The number that was kept of this layer of this document (their keys), as it was after the step `changed`."""
    return read(settings.recall(connection, name_of(layer), document), changed)


def name_of(layer: int) -> str:
    """Under which name the number of a layer is remembered for its document."""
    return _NAME.format(layer=layer)


def read(kept: str, changed: int) -> int | None:
    """The number that was kept as `kept` of a layer as it was after the step `changed`, or None."""
    at, _colon, number = kept.partition(":")
    return int(number) if at == str(changed) and number.isdecimal() else None


def keep(connection: Transaction, numbers: Mapping[tuple[int, int, int], int]) -> None:
    """Keep the numbers of layers by the key of the document, that of the layer, and the step that changed it last."""
    settings.remember(
        connection,
        {(name_of(layer), document): f"{changed}:{number}" for (document, layer, changed), number in numbers.items()},
    )


def follow(connection: Transaction, document: int, layer: int, was: int, seq: int, change: Change) -> None:
    """Have the number of a layer, if it is known as it was after step `was`, follow what step `seq` changes."""
    number = known(connection, document, layer, was)
    if number is None:
        return
    gone = _added((*change.removed, *change.removed_relations, *filter(None, [change.state_before])))
    come = _added((*change.added, *change.added_relations, *filter(None, [change.state_after])))
    keep(connection, {(document, layer, seq): (number - gone + come) % _MODULUS})


def _added(values: Iterable[Span | Relation | State]) -> int:
    return sum(map(_hash, values))


def _hash(value: Span | Relation | State) -> int:
    if not isinstance(value, State) and value.score is not None:
        value = value._replace(score=float(value.score))  # as it is read again
    said = orjson.dumps((type(value).__name__, value), default=tuple)
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big")
