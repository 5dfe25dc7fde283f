"""Text as it is searched: spellings that readers take for one are one, and every place leads back to the original.

Folded together are أ إ آ ٱ and ا, ى and ي, ة and ه, the Persian ی ک and ي ك, the Urdu ہ and ه, capital and small
letters, the decimal digits of Arabic and Persian and ASCII's, blanks of any width and the space, a letter and its
presentation forms, the Hebrew maqaf, geresh and gershayim and - ' ". Tashkeel, niqqud, tatweel and invisible controls
are left out.

A search of a long text waits for this, so each character becomes one byte and the work is done on bytes: in Hebrew by
other bytes than in Arabic.
"""

from __future__ import annotations

import codecs
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, compress, count
from operator import sub
from typing import Final
from unicodedata import normalize

_BLANKS: Final = "\t\xa0\u2002\u2003\u2007\u2009\u200a\u202f\u3000"
_ALIKE: Final = {
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ىی", "ي"),
    "ة": "ه",
    "ک": "ك",
    **dict.fromkeys("ہۀۂ", "ه"),
    "־": "-",
    "׳": "'",
    "״": '"',
    **{chr(zero + digit): str(digit) for zero in (0x660, 0x6F0) for digit in range(10)},
    **dict.fromkeys(_BLANKS, " "),
}
_SEATS: Final = {"ؤ": "ء", "ئ": "ء"}
_MARKS: Final = "".join(map(chr, [*range(0x64B, 0x656), 0x670])) + "\u0640"
_CONTROLS: Final = "\xad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff" + "".join(
    map(chr, range(0x2066, 0x206A))
)
_LETTERS: Final = "".join(map(chr, [*range(0x621, 0x63B), *range(0x641, 0x64B)])) + "پچژگھہے"
_OTHERS: Final = "،؛؟٪٫٬۔«»“”‘’„–—…•°×áàâäçéèêëíîïñóôöúûü"
_NIQQUD: Final = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
_RARE_MARKS: Final = _NIQQUD + "\u0610-\u061a\u0656-\u065f\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
_OWNED: Final = re.compile(f"[{_MARKS}{_RARE_MARKS}]*")
_RARE_MARK: Final = re.compile(f"[{_RARE_MARKS}]")

# A byte for each character that news in a script are written with; rare marks share one, and any other character is
# _STRANGE and put back afterwards.
_LEFT_OUT: Final = _MARKS + _CONTROLS
_LATIN: Final = "".join(map(chr, range(32, 127)))
_STRANGE: Final = 0xFF
_RARE: Final = 0xFE
_STRANGERS: Final = re.compile(rb"\xff+")
_FEW: Final = 50
"""Where fewer than one character in so many is left out, each is looked for by itself: that is quicker."""
_ERRORS: Final = "one byte each"


def _strange_bytes(error: UnicodeError) -> tuple[bytes, int]:
    assert isinstance(error, UnicodeEncodeError)
    strangers = error.object[error.start : error.end]
    return bytes(_RARE if _RARE_MARK.match(ch) else _STRANGE for ch in strangers), error.end


codecs.register_error(_ERRORS, _strange_bytes)


class _Bytes:
    """Which byte stands for which character: `kept` and `left_out` have one each, what is `left_out` goes."""

    def __init__(self, kept: str, left_out: str) -> None:
        read = ("".join(dict.fromkeys(kept)) + left_out).ljust(256, "\ufffe")
        self.encoding = codecs.charmap_build(read)
        self.dropped = bytes([*map(read.index, left_out), _RARE])
        self.is_dropped = bytes(code in self.dropped for code in range(256))
        self.folded, self.with_seats = _folding(read, False), _folding(read, True)
        self.written = read[:_STRANGE] + "\ufffd"


class Folded:
    """A text folded, and where each stretch of it stands in the original."""

    __slots__ = ("_bytes", "_codes", "_missing", "_original", "text")

    def __init__(self, original: str, *, seats: bool = False) -> None:
        """Fold `original`; with `seats` also ؤ and ئ become ء."""
        self._original = original
        # A hamza of its own over its seat is the same letter as the one that is made of both.
        spelled = original.replace("و\u0654", "ؤ\u0654").replace("ي\u0654", "ئ\u0654")
        self._bytes = by = _HEBREW if _is_hebrew(original) else _ARABIC
        codes: bytes = codecs.charmap_encode(spelled, _ERRORS, by.encoding)[0]
        folded = codes.translate(by.with_seats if seats else by.folded, by.dropped)
        self._codes = codes if len(folded) < len(codes) else b""
        self._missing: array[int] | None = None
        self.text: str = codecs.charmap_decode(folded, "strict", by.written)[0]
        if _STRANGE in codes:
            self.text = self._with_strangers(codes, folded)

    def start(self, i: int) -> int:
        """Where the character stands in the original that gave the folded one at `i`."""
        if not self._codes:
            return i
        return i + bisect_right(self._left_out(), i)

    def end(self, j: int) -> int:
        """Where the folded text up to `j` ends in the original, with the tashkeel and tatweel of its last letter."""
        if j <= 0:
            return 0
        after = self.start(j - 1) + 1
        return _OWNED.match(self._original, after).end() if self._codes else after  # type: ignore[union-attr]

    def _left_out(self) -> array[int]:
        """Where in the folded text characters were left out; counted when the first place is asked for."""
        if self._missing is None:
            self._missing = array("Q", map(sub, sorted(self._places()), count()))
        return self._missing

    def _places(self) -> Iterable[int]:
        """Where in the original characters were left out."""
        codes = self._codes
        if len(codes) - len(self.text) > len(codes) // _FEW:
            return compress(range(len(codes)), codes.translate(self._bytes.is_dropped))
        return chain.from_iterable(_each(codes, code) for code in self._bytes.dropped)

    def _with_strangers(self, codes: bytes, folded: bytes) -> str:
        """The folded text with the characters that have no byte of their own."""
        strangers = "".join([self._original[slice(*run.span())] for run in _STRANGERS.finditer(codes)])
        strangers = "".join(map(_alike, strangers))
        parts: list[str] = []
        done = used = 0
        for run in _STRANGERS.finditer(folded):
            first, last = run.span()
            parts += self.text[done:first], strangers[used : used + last - first]
            done, used = last, used + last - first
        return "".join((*parts, self.text[done:]))


@lru_cache(maxsize=4)
def fold(text: str) -> Folded:
    """`text` folded; kept for the texts that were asked for last."""
    return Folded(text)


@lru_cache(maxsize=8192)
def _alike(ch: str) -> str:
    """The one character that stands for `ch`."""
    if "\ufb50" <= ch <= "\ufefc":
        plain = normalize("NFKC", ch)
        ch = plain if len(plain) == 1 else ch
    elif "\ufb1d" <= ch <= "\ufb4e":
        plain = _RARE_MARK.sub("", normalize("NFKD", ch))
        ch = plain if len(plain) == 1 else ch
    alike = _ALIKE.get(ch) or ch.lower()
    return alike if len(alike) == 1 else ch


def _each(codes: bytes, code: int) -> Iterator[int]:
    at = codes.find(code)
    while at >= 0:
        yield at
        at = codes.find(code, at + 1)


def _folding(read: str, seats: bool) -> bytes:
    """What becomes of each byte."""
    alike = [_SEATS.get(ch, ch) if seats else ch for ch in map(_alike, read)]
    return bytes(_STRANGE if read[k] == "\ufffe" else read.index(ch) for k, ch in enumerate(alike))


def _is_hebrew(text: str) -> bool:
    """Whether the letters of Hebrew are worth a byte each: what comes out is the same."""
    start = text[:_SAMPLE]
    return bool(_HEBREW_LETTER.search(start)) and 2 * len(_HEBREW_LETTER.findall(start)) > len(start.split()) * 3


_SAMPLE: Final = 1000
_HEBREW_LETTERS: Final = "".join(map(chr, range(0x5D0, 0x5EB)))
_HEBREW_LETTER: Final = re.compile(f"[{_HEBREW_LETTERS}]")
_POINTS: Final = "".join(map(chr, [*range(0x5B0, 0x5BE), 0x5BF, 0x5C1, 0x5C2, 0x5C7]))
_COMMON: Final = "\0\n\r" + _LATIN
_ARABIC: Final = _Bytes(_COMMON + _LETTERS + "".join(_ALIKE) + _OTHERS, _LEFT_OUT)
_HEBREW: Final = _Bytes(
    _COMMON + _HEBREW_LETTERS + "ؤئء\u05be\u05f3\u05f4" + _BLANKS + "«»“”‘’„–—…•", _LEFT_OUT + _POINTS
)
