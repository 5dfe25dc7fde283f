"""Which part of a delivery an article goes to: by its id alone, so that it stays there when others come or go."""

from __future__ import annotations

import hashlib
from typing import Final, NamedTuple

from app.errors import CallError
from app.formats.registry import Format

COMPRESSIONS: Final = ("gz", "zst")
MOST_SHARDS: Final = 1000

_NAMES: Final = {2: ("train", "test"), 3: ("train", "validation", "test")}
_WHOLE: Final = 2**64


class Cut(NamedTuple):
    """How articles are divided: by `split` in parts of a hundred (none: not at all), each into `shards` files."""

    split: tuple[int, ...] = ()
    seed: int = 0
    shards: int = 1

    @property
    def names(self) -> tuple[str, ...]:
        """What comes between the name of the delivery and its suffix, for each of its files in their order."""
        return tuple(_joined(part, self._shard(k)) for part in self._parts for k in range(self.shards))

    def name_for(self, id: str) -> str:
        """Which of `names` the article called `id` belongs to."""
        place, last = _share(self.seed, "split", id) * 100, 0
        part = self._parts[-1]
        for name, share in zip(self._parts, self.split, strict=False):
            last += share
            if place < last * _WHOLE:
                part = name
                break
        return _joined(part, self._shard(_share(self.seed, "shard", id) * self.shards // _WHOLE))

    def is_for(self, name: str, id: str) -> bool:
        """Whether the article called `id` belongs to `name`."""
        return not (self.split or self.shards > 1) or self.name_for(id) == name

    @property
    def _parts(self) -> tuple[str, ...]:
        return _NAMES.get(len(self.split), ("",))

    def _shard(self, number: int) -> str:
        return f"{number:05}-of-{self.shards:05}" if self.shards > 1 else ""


def cut_of(split: str, seed: int = 0, shards: int = 1) -> Cut:
    """The cut that a person writes as `80/10/10` or `90/10`. Raises CallError for one that cannot be meant."""
    shares = split.split("/") if split else []
    if not all(share.isascii() and share.isdigit() and len(share) < 4 for share in shares):
        raise CallError("split-malformed", value=split)
    numbers = tuple(map(int, shares))
    if numbers and (len(numbers) not in _NAMES or sum(numbers) != 100 or not all(numbers)):
        raise CallError("split-malformed", value=split)
    if not 1 <= shards <= MOST_SHARDS:
        raise CallError("shards-malformed", value=shards, limit=MOST_SHARDS)
    return Cut(numbers, seed, shards)


def stem_of(out: str, format: Format) -> tuple[str, str]:
    """The name of a delivery without its suffix, and the suffix that its files get before that of compression."""
    bare = out
    for compression in COMPRESSIONS:
        bare = bare.removesuffix(f".{compression}")
    for suffix in sorted(format.suffixes, key=len, reverse=True):
        if bare.lower().endswith(suffix) and len(bare) > len(suffix):
            return bare[: -len(suffix)], bare[-len(suffix) :]
    return bare, "" if format.folder else format.suffixes[0]


def _joined(part: str, shard: str) -> str:
    return "-".join(filter(None, (part, shard)))


def _share(seed: int, purpose: str, id: str) -> int:
    """A number below 2**64 that is anybody's guess, and always the same."""
    digest = hashlib.sha256(f"{purpose}\0{seed}\0{id}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big")
