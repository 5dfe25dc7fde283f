"""Where letters, words, sentences and paragraphs begin and end.

Positions are code points. Nothing here costs more in a long text than in a short one: every function looks at the
neighbourhood of its position, up to the first place that is a boundary whatever stands before it.
"""

from __future__ import annotations

from functools import lru_cache

import regex  # type: ignore[import-untyped]

from app.text.offsets import PARAGRAPH_SEPARATORS

_CLUSTER = regex.compile(r"\X")
_FIRST_WINDOW = 64

_INVISIBLE = frozenset("\u061c\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOIN_CONTROLS = frozenset("\u200c\u200d")
_BLANKS_AFTER = regex.compile(rf"[\s{''.join(sorted(_INVISIBLE))}]*+")
_BLANKS_BEFORE = regex.compile(rf"(?r)[\s{''.join(sorted(_INVISIBLE))}]*+")

_SEPARATOR_AFTER = regex.compile(f"[{PARAGRAPH_SEPARATORS}]")
_SEPARATOR_BEFORE = regex.compile(f"(?r)[{PARAGRAPH_SEPARATORS}]")

_KINDS = regex.compile(
    r"(?V1)(?P<digit>\p{Nd})|(?P<cased>[\p{Lu}\p{Ll}\p{Lt}])|(?P<letter>[\p{L}\p{N}])"
    r"|(?P<trailing>[[\p{M}\p{Cf}]--\u200b])"
)
_WORD_KINDS = frozenset({"digit", "cased", "letter"})
_WESTERN_KINDS = frozenset({"digit", "cased"})
_BLANK_KINDS = frozenset({"space", "trailing"})

_STOPS = frozenset(".!?؟…۔")
_CLOSERS = frozenset("\"'”’»›)]}") | _INVISIBLE


def grapheme_start(text: str, k: int) -> int:
    """`k` if a grapheme starts there, else the start of the grapheme that it lies in."""
    if k <= 0 or k >= len(text):
        return min(max(k, 0), len(text))
    if _parts(text[k - 1], text[k]):
        return k
    return _around(text, k)[0]


def grapheme_end(text: str, k: int) -> int:
    """`k` if a grapheme ends there, else the end of the grapheme that it lies in."""
    if k <= 0 or k >= len(text):
        return min(max(k, 0), len(text))
    if _parts(text[k - 1], text[k]):
        return k
    return _around(text, k)[1]


def previous_grapheme(text: str, k: int) -> int:
    """The nearest grapheme boundary before `k`; 0 at the text's start."""
    return grapheme_start(text, k - 1)


def next_grapheme(text: str, k: int) -> int:
    """The nearest grapheme boundary after `k`; the text's length at its end."""
    return grapheme_end(text, k + 1)


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """`[start, end)` widened so that it splits no grapheme; an empty range stays empty."""
    first = grapheme_start(text, start)
    return (first, first) if start >= end else (first, grapheme_end(text, end))


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """`[start, end)` snapped to graphemes, without white space and invisible controls at its ends.

    A zero-width joiner or non-joiner stays with the letter it belongs to. Empty when nothing is left.
    """
    start, end = snap(text, start, end)
    origin = start
    if (seen := _BLANKS_AFTER.match(text, start, end).end()) > start:
        start = max(start, previous_grapheme(text, seen))
    while start < end and _is_blank(text, start, after := next_grapheme(text, start)):
        start = after
    if (seen := _BLANKS_BEFORE.match(text, start, end).start()) < end:
        end = min(end, next_grapheme(text, seen))
    while start < end and _is_blank(text, before := previous_grapheme(text, end), end):
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
    return _token(text, k)[:2]


def next_word(text: str, k: int) -> int:
    """Where Ctrl+arrow stops next: the start of a word or punctuation mark, or a paragraph's start or end."""
    if k >= len(text):
        return len(text)
    if text[max(k, 0)] in PARAGRAPH_SEPARATORS:
        return next_grapheme(text, max(k, 0))
    start, end, kind = _token(text, max(k, 0))
    if kind == "space":
        return end
    while kind == "mark" and text.startswith(text[start:end], end):
        start, end = end, grapheme_end(text, end + end - start)
    if end < len(text) and text[end] not in PARAGRAPH_SEPARATORS:
        after = _token(text, end)
        return after[1] if after[2] == "space" else end
    return end


def previous_word(text: str, k: int) -> int:
    """The last of the stops of `next_word` before `k`; 0 at the text's start."""
    k = min(k, len(text))
    if k <= 0:
        return 0
    if text[k - 1] in PARAGRAPH_SEPARATORS:
        return grapheme_start(text, k - 1)
    start, end, kind = _token(text, k - 1)
    if kind == "space":
        if start == 0 or text[start - 1] in PARAGRAPH_SEPARATORS:
            return start
        start, end, kind = _token(text, start - 1)
    while kind == "mark" and text.endswith(text[start:end], 0, start):
        start, end = start - (end - start), start
    return start


def sentence_at(text: str, k: int) -> tuple[int, int]:
    """What a triple click at `k` takes: the sentence, within its paragraph, without white space around it.

    White space after a sentence belongs to it. Empty where there is nothing but white space.
    """
    k = grapheme_start(text, k)
    start = end = k
    while start > 0 and text[start - 1] not in PARAGRAPH_SEPARATORS and not _opens_sentence(text, start):
        start -= 1
    while end < len(text) and text[end] not in PARAGRAPH_SEPARATORS and (end == k or not _opens_sentence(text, end)):
        end += 1
    return trim(text, start, end)


def paragraph_at(text: str, k: int) -> tuple[int, int]:
    """The paragraph around `k`, without its separator; between two paragraphs, the one that ends there."""
    k = grapheme_start(text, k)
    before, after = _SEPARATOR_BEFORE.search(text, 0, k), _SEPARATOR_AFTER.search(text, k)
    return before.end() if before else 0, after.start() if after else len(text)


@lru_cache(maxsize=16384)
def _parts(before: str, after: str) -> bool:
    """Whether a grapheme starts between these two characters whatever stands in front of them.

    Only emoji joined by ZWJ and Indic conjuncts look further back than one character to join, and flags to part:
    so both joins are tried, and a pair of flag letters, which joins when alone, never counts as a sure place.
    """
    return all(_CLUSTER.findall(front + before + after)[-1] == after for front in ("", "👩", "क्"))


def _around(text: str, k: int) -> tuple[int, int]:
    """The grapheme that `k` lies in, or (k, k) at a boundary; `0 < k < len(text)`."""
    safe = k - 1
    while safe > 0 and not _parts(text[safe - 1], text[safe]):
        safe -= 1
    window = _FIRST_WINDOW
    while True:
        stop = min(k + window, len(text))
        for found in _CLUSTER.finditer(text[safe:stop]):
            start, end = safe + found.start(), safe + found.end()
            if start == k:
                return k, k
            if end > k and (end < stop or stop == len(text)):
                return start, end
        window *= 4


def _is_blank(text: str, start: int, end: int) -> bool:
    """Whether the grapheme `[start, end)` shows nothing and belongs to no letter."""
    if not all(ch.isspace() or ch in _INVISIBLE or ch in _JOIN_CONTROLS for ch in text[start:end]):
        return False
    return text[start] not in _JOIN_CONTROLS or end == len(text) or _kind(text[end]) not in _WORD_KINDS


@lru_cache(maxsize=4096)
def _kind(ch: str) -> str:
    if ch in PARAGRAPH_SEPARATORS:
        return "separator"
    if ch.isspace() or ch == "\u200b":
        return "space"
    found = _KINDS.match(ch)
    return found.lastgroup or "" if found else "mark"


def _binds(mark: str, left: str, right: str) -> bool:
    """Whether `mark` holds a word together between characters of these kinds."""
    if mark in ",:/–\u066b\u066c":
        return left == right == "digit"
    if mark in "-\u2010\u2011" and left in _WORD_KINDS and right == "digit":
        return True
    return mark in "-\u2010\u2011.'’_" and left in _WESTERN_KINDS and right in _WESTERN_KINDS


def _token(text: str, k: int) -> tuple[int, int, str]:
    """The word, mark or run of space (the third value says which) that the character at `k` belongs to."""
    start = grapheme_start(text, k)
    end = next_grapheme(text, start)
    base = next((i for i in range(start, end) if _kind(text[i]) != "trailing"), start)
    kind = _kind(text[base])
    if kind == "mark":
        return start, end, "mark"
    if kind == "trailing":
        while base > 0 and _kind(text[base]) == "trailing":
            base -= 1
    if _kind(text[base]) in _WORD_KINDS:
        first, last = _word_start(text, base), _word_end(text, base)
        if last > start:
            return first, last, "word"
    return _space_start(text, start), _space_end(text, end), "space"


def _word_end(text: str, k: int) -> int:
    end, last = k + 1, _kind(text[k])
    for i in range(k + 1, len(text)):
        kind = _kind(text[i])
        if kind in _WORD_KINDS:
            end, last = i + 1, kind
        elif kind != "trailing" and not (i + 1 < len(text) and _binds(text[i], last, _kind(text[i + 1]))):
            break
    return grapheme_end(text, end)


def _word_start(text: str, k: int) -> int:
    start = k
    for i in range(k - 1, -1, -1):
        kind = _kind(text[i])
        if kind in _WORD_KINDS:
            start = i
        elif kind != "trailing" and not (
            i + 1 == start and _binds(text[i], _base_kind(text, i - 1), _kind(text[start]))
        ):
            break
    return grapheme_start(text, start)


def _base_kind(text: str, k: int) -> str:
    """The kind of the character that the marks and controls up to `k` follow."""
    while k > 0 and _kind(text[k]) == "trailing":
        k -= 1
    return _kind(text[k]) if k >= 0 else "separator"


def _space_end(text: str, k: int) -> int:
    while k < len(text) and _kind(text[k]) in _BLANK_KINDS:
        k += 1
    return grapheme_start(text, k)


def _space_start(text: str, k: int) -> int:
    while k > 0 and _kind(text[k - 1]) in _BLANK_KINDS:
        k -= 1
    return grapheme_end(text, k)


def _opens_sentence(text: str, k: int) -> bool:
    """Whether a sentence starts at `k`, within a paragraph: after a stop, what closes it, and white space."""
    if k == len(text) or text[k].isspace() or not text[k - 1].isspace():
        return False
    i = k - 1
    while i >= 0 and text[i].isspace() and text[i] not in PARAGRAPH_SEPARATORS:
        i -= 1
    while i >= 0 and text[i] in _CLOSERS:
        i -= 1
    if i < 0 or text[i] not in _STOPS:
        return False
    return text[i] != "." or not (text[k].islower() or _is_initial(text, i - 1))


def _is_initial(text: str, k: int) -> bool:
    """Whether the character at `k` is a letter alone, as in `J. Smith` and `د. سعاد`."""
    return k >= 0 and _kind(text[k]) in ("cased", "letter") and (k == 0 or _kind(text[k - 1]) not in _WORD_KINDS)
