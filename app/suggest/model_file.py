"""The file of a model: one line of JSON that says what it is, and after it what was learned, byte for byte.

A model goes with its project to other machines, so nothing in it is executed or unpickled; the hash in its head is
looked at before anything else reads a byte of what follows.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import Any, Final, NamedTuple

import orjson

from app import __version__
from app.errors import HashiyaError
from app.suggest.crf_features import VERSION as FEATURES

FORMAT: Final = "hashiya.model"
FORMAT_VERSION: Final = 1
_LONGEST_HEAD: Final = 1_000_000


class ModelRefused(HashiyaError):
    """A model that cannot be used here; nothing of it was loaded."""


class Part(NamedTuple):
    """What was learned of labels that do not stand within each other; what it says is sure to `certainty` at most."""

    labels: tuple[str, ...]
    content: bytes
    certainty: float = 1.0


class Model(NamedTuple):
    """A model as its file has it. `trained_on` counts the articles, `sentences` what was gone over of them.

    `schema` is the name of their schema.
    """

    schema: str
    trained_on: int
    parts: tuple[Part, ...]
    sentences: int = 0

    @property
    def labels(self) -> frozenset[str]:
        """The labels that it suggests."""
        return frozenset(label for part in self.parts for label in part.labels)


def pack(model: Model) -> bytes:
    """The bytes of its file; the same model gives the same bytes."""
    body = b"".join(part.content for part in model.parts)
    head = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "program": __version__,
        "features": FEATURES,
        "schema": model.schema,
        "trained_on": model.trained_on,
        "sentences": model.sentences,
        "parts": [
            {"labels": list(part.labels), "bytes": len(part.content), "certainty": part.certainty}
            for part in model.parts
        ],
        "sha256": sha256(body).hexdigest(),
    }
    return orjson.dumps(head) + b"\n" + body


def unpack(content: bytes, schema: str | None = None, labels: Collection[str] | None = None) -> Model:
    """The model in `content`. Raises ModelRefused for one that is cut or changed, that another version of the program
    made, or that was learned with another schema than `schema`, whose labels are `labels`; None: any.
    """
    line, newline, body = content.partition(b"\n") if b"\n" in content[:_LONGEST_HEAD] else (b"", b"", b"")
    try:
        head = orjson.loads(line)
        versions = (head["format"], head["format_version"], head["features"])
        parts = tuple(_parts(head["parts"], body))
        model = Model(str(head["schema"]), int(head["trained_on"]), parts, int(head["sentences"]))
        whole = bool(newline) and head["sha256"] == sha256(body).hexdigest()
    except (ValueError, KeyError, TypeError):
        raise ModelRefused("model-unsound") from None
    if versions != (FORMAT, FORMAT_VERSION, FEATURES):
        raise ModelRefused("model-other-version")
    if not whole or sum(len(part.content) for part in model.parts) != len(body):
        raise ModelRefused("model-unsound")
    if schema not in (None, model.schema) or (labels is not None and not model.labels <= set(labels)):
        raise ModelRefused("model-other-schema", schema=model.schema)
    return model


def _parts(told: Sequence[dict[str, Any]], body: bytes) -> list[Part]:
    found: list[Part] = []
    at = 0
    for one in told:
        labels, size, certainty = one["labels"], one["bytes"], one["certainty"]
        sound = isinstance(labels, list) and isinstance(size, int) and isinstance(certainty, float)
        if not sound or size < 0 or not 0 <= certainty <= 1:
            raise ValueError("a part that is none")
        found.append(Part(tuple(map(str, labels)), body[at : at + size], certainty))
        at += size
    return found
