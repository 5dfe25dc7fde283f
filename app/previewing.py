"""What is in a file before anything of it is taken."""

from __future__ import annotations

from pathlib import Path

from app.formats.encodings import NOT_UTF8, Candidate, candidates
from app.formats.sources import open_source
from app.words import frequent_words

__all__ = ["NOT_UTF8", "encodings_of"]

_SAMPLE = 64 * 1024


def encodings_of(path: Path) -> list[Candidate]:
    """The encodings that `path`, which is not UTF-8, may be in, the likeliest first. Raises SourceError."""
    with open_source(path) as stream:
        content = stream.read(_SAMPLE)
    common = frequent_words()
    return candidates(content, lambda word: common.get(word, 0.0))
