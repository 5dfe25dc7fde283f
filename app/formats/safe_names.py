"""Names that another program allows only in few characters, written so that they can be read back as they were.

A run of other characters stands as `_u` and their UTF-16 code units in hexadecimal and `_`: `مدينة 1` is
`_u06450627...0020_1`; nothing at all stands as `_u_`.
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize
from urllib.parse import unquote

from app.formats.registry import Loss, Lost

ASCII_NAME: Final = re.compile(r"(?:[^A-Za-z0-9_-]|_(?=u))+")
"""What cannot stand in a name of ASCII letters, digits, `_` and `-`."""
IDENTIFIER: Final = re.compile(r"(?:[^A-Za-z0-9_]|_(?=u))+")
"""What cannot stand in an identifier of a programming language; such a name must not begin with a digit besides."""

_ESCAPED: Final = re.compile("_u((?:[0-9A-F]{4})*)_")
_UNSEEN: Final = r"\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"
_UNSAFE_IN_FILES: Final = re.compile(rf'[{_UNSEEN}<>:"/\\|?*%~]')
_DEVICES: Final = re.compile(r"(?i)\A(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(?= *(\.|\Z))")
_LONGEST_FILE_NAME: Final = 200


def safe_name(text: str, unsafe: re.Pattern[str] = ASCII_NAME) -> str:
    """`text` with every run of what is `unsafe` escaped; `unsafe` takes `_` before `u` in."""
    if not text:
        return "_u_"
    return unsafe.sub(lambda found: f"_u{found[0].encode('utf-16-be', 'surrogatepass').hex().upper()}_", text)


def plain_name(name: str) -> str:
    """What `safe_name` made `name` of; a name that it did not make mostly is itself."""
    return _ESCAPED.sub(_plain, name)


def _plain(found: re.Match[str]) -> str:
    try:
        return bytes.fromhex(found[1]).decode("utf-16-be")
    except UnicodeDecodeError:
        return found[0]


class FileNames:
    """Gives each document of a folder a file name of its own, which tells the document's id where it can."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name_for(self, id: str) -> str:
        """A name without suffix, safe on every system; `id_of` gives `id` back unless it was long or taken."""
        name = _UNSAFE_IN_FILES.sub(lambda found: _escaped(found[0]), id) or "%"
        name = _DEVICES.sub(lambda found: f"%{ord(found[0][0]):02X}{found[0][1:]}", name)
        if name[0] in ". ":
            name = f"%{ord(name[0]):02X}{name[1:]}"
        if name[-1] in ". ":
            name = f"{name[:-1]}%{ord(name[-1]):02X}"
        if len(name.encode()) > _LONGEST_FILE_NAME:
            name = name.encode()[: _LONGEST_FILE_NAME - 50].decode(errors="ignore").rstrip("%. ") + "~"
        wanted, copies = name, 1
        while _as_compared(name) in self._taken:
            copies += 1
            name = f"{wanted}~{copies}"
        self._taken.add(_as_compared(name))
        return name


def _escaped(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode())


def _as_compared(name: str) -> str:
    """What is the same for names that some system takes for one."""
    return normalize("NFC", normalize("NFC", name).casefold())


def id_of(file_name: str) -> str:
    """The id of the document that a file without its suffix was named after."""
    return "" if file_name == "%" else unquote(file_name, errors="replace")


def file_name(id: str, names: FileNames, lost: Lost) -> str:
    """A name for the file of the document `id`; `lost` hears when it tells another id."""
    name = names.name_for(id)
    if id_of(name) != id:
        lost(Loss(id, what="id-changed", values=(("from", id), ("to", id_of(name)))))
    return name
