"""Presentation forms: letters as a printer shapes them, which PDF copies have in place of the letters themselves."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

# The words ﷲ ﷺ ﷼ and the ornate parentheses ﴾ ﴿ are written like that on purpose.
_CODES: Final = (*range(0xFB50, 0xFDF0), *range(0xFE70, 0xFEFD))
_FORMS: Final = "".join(chr(code) for code in _CODES if normalize("NFKC", chr(code)) != chr(code))
_FORM: Final = re.compile(f"[{_FORMS}]")


def presentation_forms(text: str) -> int:
    """How many characters of `text` are presentation forms of Arabic letters."""
    return 0 if text.isascii() else len(_FORM.findall(text))


def without_presentation_forms(text: str) -> str:
    """`text` with the letters that each form stands for, and nothing else changed; the order stays as it is."""
    return _FORM.sub(_letters, text)


def _letters(found: re.Match[str]) -> str:
    # Forms of a mark that stands alone have a blank to stand on.
    return normalize("NFKC", found[0]).replace(" ", "")
