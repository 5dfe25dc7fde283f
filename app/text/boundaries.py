"""Where letters, words, sentences and paragraphs begin and end.

Positions are code points. Nothing here costs more in a long text than in a short one: a function reads about as much
as it finds, a letter, a word, a sentence or a paragraph.
"""

from __future__ import annotations

from unicodedata import category

import regex  # type: ignore[import-untyped]

from app.text.graphemes import grapheme_end, grapheme_start, next_grapheme, previous_grapheme, snap
from app.text.offsets import PARAGRAPH_SEPARATORS
from app.text.tokens import WORD_KINDS, kind_of, token_at

__all__ = [
    "grapheme_end",
    "grapheme_start",
    "next_grapheme",
    "next_word",
    "paragraph_at",
    "previous_grapheme",
    "previous_word",
    "sentence_at",
    "snap",
    "trim",
    "word_at",
    "word_end_after",
    "word_start_before",
]

_INVISIBLE = frozenset("\u061c\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOIN_CONTROLS = frozenset("\u200c\u200d")
_BLANKS_AFTER = regex.compile(rf"[\s{''.join(sorted(_INVISIBLE))}]*+")
_BLANKS_BEFORE = regex.compile(rf"(?r)[\s{''.join(sorted(_INVISIBLE))}]*+")

_SEPARATOR_AFTER = regex.compile(f"[{PARAGRAPH_SEPARATORS}]")
_SEPARATOR_BEFORE = regex.compile(f"(?r)[{PARAGRAPH_SEPARATORS}]")

_STOPS = ".!?؟…۔"
_STOP_AFTER = regex.compile(f"[{_STOPS}{PARAGRAPH_SEPARATORS}]")
_STOP_BEFORE = regex.compile(f"(?r)[{_STOPS}{PARAGRAPH_SEPARATORS}]")
_CLOSERS = frozenset("\"'”’»›)]}") | _INVISIBLE


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """`[start, end)` snapped to graphemes, without white space and invisible controls at its ends.

    A zero-width joiner or non-joiner stays with the letter it belongs to. Empty when nothing is left.
    """
    start, end = snap(text, start, end)
    origin = start
    if (seen := _BLANKS_AFTER.match(text, start, end).end()) > start:
        start = max(start, previous_grapheme(text, seen))
    while start < end and _is_blank(text, start, after := next_grapheme(text, start), end):
        start = after
    if (seen := _BLANKS_BEFORE.match(text, start, end).start()) < end:
        end = min(end, next_grapheme(text, seen))
    while start < end and _is_blank(text, before := previous_grapheme(text, end), end, end):
        end = before
    return (start, end) if start < end else (origin, origin)


def word_at(text: str, k: int) -> tuple[int, int]:
    """What a double click on the character at `k` takes; at a paragraph's end, on the character before.

    A word is letters, marks, digits and tatweel, without the punctuation around it; a few marks bind it together
    (`UN-WFP`, `1.2`, `12,000`, `20-30`). A punctuation mark stands alone; white space is taken as a run.
    Empty in an empty paragraph.
    """
    k = grapheme_start(text, k)
    if k == len(text) or text[k] in PARAGRAPH_SEPARATORS:
        if k == 0 or text[k - 1] in PARAGRAPH_SEPARATORS:
            return k, k
        k -= 1
    return token_at(text, k)[:2]


def next_word(text: str, k: int) -> int:
    """Where Ctrl+arrow stops next: the start of a word or punctuation mark, or a paragraph's start or end."""
    if k >= len(text):
        return len(text)
    if text[max(k, 0)] in PARAGRAPH_SEPARATORS:
        return next_grapheme(text, max(k, 0))
    start, end, kind = token_at(text, max(k, 0))
    if kind == "space":
        return end
    if kind == "mark" and _is_punctuation(text[start:end]):
        end = _marks_end(text, start, end)
    if end < len(text) and text[end] not in PARAGRAPH_SEPARATORS:
        after = token_at(text, end)
        return after[1] if after[2] == "space" else end
    return end


def previous_word(text: str, k: int) -> int:
    """The last of the stops of `next_word` before `k`; 0 at the text's start."""
    k = min(k, len(text))
    if k <= 0:
        return 0
    if text[k - 1] in PARAGRAPH_SEPARATORS:
        return grapheme_start(text, k - 1)
    start, end, kind = token_at(text, k - 1)
    if kind == "space":
        if start == 0 or text[start - 1] in PARAGRAPH_SEPARATORS:
            return start
        start, end, kind = token_at(text, start - 1)
    if kind == "mark" and _is_punctuation(text[start:end]):
        return _marks_start(text, start, end)
    return start


def word_end_after(text: str, k: int) -> int:
    """Where the word ends that goes on or begins at `k` or after: what extending a selection by a word takes in.

    Punctuation and space on the way are passed over; the text's end when there is no further word.
    """
    while k < len(text):
        if text[k] in PARAGRAPH_SEPARATORS:
            k = next_grapheme(text, k)
            continue
        _, end, kind = token_at(text, k)
        if kind == "word" and end > k:
            return end
        k = max(end, k + 1)
    return len(text)


def word_start_before(text: str, k: int) -> int:
    """Where the last word begins that reaches before `k`; 0 when there is none."""
    while k > 0:
        if text[k - 1] in PARAGRAPH_SEPARATORS:
            k = grapheme_start(text, k - 1)
            continue
        start, _, kind = token_at(text, k - 1)
        if kind == "word":
            return start
        k = min(start, k - 1)
    return 0


def sentence_at(text: str, k: int) -> tuple[int, int]:
    """What a triple click at `k` takes: the sentence, within its paragraph, without white space around it.

    White space after a sentence belongs to it. Empty where there is nothing but white space.
    """
    k = grapheme_start(text, k)
    start = _sentence_start(text, k)
    return trim(text, start, _sentence_end(text, start, k))


def paragraph_at(text: str, k: int) -> tuple[int, int]:
    """The paragraph around `k`, without its separator; between two paragraphs, the one that ends there."""
    k = grapheme_start(text, k)
    before, after = _SEPARATOR_BEFORE.search(text, 0, k), _SEPARATOR_AFTER.search(text, k)
    return before.end() if before else 0, after.start() if after else len(text)


def _marks_end(text: str, start: int, end: int) -> int:
    """Where the run of one punctuation mark ends of which `[start, end)` is one: three dots are one stop."""
    mark = text[start:end]
    while text.startswith(mark, end) and next_grapheme(text, end) == end + len(mark):
        end += len(mark)
    return end


def _marks_start(text: str, start: int, end: int) -> int:
    mark = text[start:end]
    while text.endswith(mark, 0, start) and previous_grapheme(text, start) == start - len(mark):
        start -= len(mark)
    return start


def _is_punctuation(grapheme: str) -> bool:
    return all(category(ch).startswith("P") for ch in grapheme)


def _is_blank(text: str, start: int, end: int, limit: int) -> bool:
    """Whether the grapheme `[start, end)` shows nothing and belongs to no letter before `limit`."""
    if not all(ch.isspace() or ch in _INVISIBLE or ch in _JOIN_CONTROLS for ch in text[start:end]):
        return False
    return text[start] not in _JOIN_CONTROLS or end == limit or kind_of(text[end]) not in WORD_KINDS


def _sentence_start(text: str, k: int) -> int:
    before = k
    while stop := _STOP_BEFORE.search(text, 0, before):
        before = stop.start()
        opening = _opening_after(text, before)
        if opening is not None and opening <= k:
            return opening
    return 0


def _sentence_end(text: str, start: int, k: int) -> int:
    """Where the sentence that begins at `start` and holds `k` ends, the white space after it included."""
    after = start
    while stop := _STOP_AFTER.search(text, after):
        found: int = stop.start()
        if text[found] in PARAGRAPH_SEPARATORS:
            return found
        opening = _opening_after(text, found)
        if opening is not None and opening > k:
            return opening
        after = found + 1
    return len(text)


def _opening_after(text: str, stop: int) -> int | None:
    """Where the sentence after the full stop, or the like, at `stop` begins; None if none does in its paragraph."""
    if text[stop] in PARAGRAPH_SEPARATORS:
        return stop + 1
    k = stop + 1
    while k < len(text) and text[k] in _CLOSERS:
        k += 1
    space = k
    while k < len(text) and kind_of(text[k]) == "space":
        k += 1
    if k in (space, len(text)) or text[k] in PARAGRAPH_SEPARATORS:
        return None
    if text[stop] == "." and (text[k].islower() or _is_initial(text, stop - 1)):
        return None
    return k


def _is_initial(text: str, k: int) -> bool:
    """Whether the character at `k` is a letter alone, as in `J. Smith` and `د. سعاد`."""
    return k >= 0 and kind_of(text[k]) in ("cased", "letter") and (k == 0 or kind_of(text[k - 1]) not in WORD_KINDS)
