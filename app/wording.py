"""Everything the program says to a person, in the language that was chosen.

    from app.wording import _, plural
    _("{name} was not written by Hashiya").format(name=path.name)
    plural("{count} article", "{count} articles", count).format(count=count)

English is the key; resources/translations holds the catalogues, which `dev.py translations` keeps up to date. Sentences
of errors stand in app/sentences.py. The window and the command line both speak through here; no Qt is needed for it.
"""

from __future__ import annotations

import gettext
import locale
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import resources

from app.errors import Fault, FaultyFile, HashiyaError
from app.fault_sentences import FAULTS
from app.model.schema import AttributeType, Label, RelationType
from app.sentences import ERRORS, Counted
from app.sentences import N_ as N_

LANGUAGES = ("ar", "en")
RIGHT_TO_LEFT = frozenset({"ar"})
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"

_language = "en"
_catalogue = gettext.NullTranslations()
_digits: Callable[[int], str] = str


def _(msgid: str) -> str:
    """`msgid` in the chosen language; itself where the catalogue has none."""
    return _catalogue.gettext(msgid)


def plural(one: str, many: str, n: int) -> str:
    """The form for `n` things in the chosen language; the caller fills in the number."""
    return _catalogue.ngettext(one, many, n)


def use_language(code: str = "") -> None:
    """Speak `code` ("ar", "en_GB" …) from now on; "" asks the system; an unknown language becomes English."""
    global _language, _catalogue
    wanted = _code(code or system_language())
    _language = wanted if wanted in LANGUAGES else "en"
    _catalogue = gettext.NullTranslations() if _language == "en" else _read_catalogue(_language)


def use_digits(digits: Callable[[int], str] = str) -> None:
    """Write the numbers in messages as `digits` does: the window in those of its language, a terminal in ASCII."""
    global _digits
    _digits = digits


def language() -> str:
    """The code of the language in use: one of `LANGUAGES`."""
    return _language


def is_right_to_left() -> bool:
    """Whether the language in use is written from right to left."""
    return _language in RIGHT_TO_LEFT


def system_language() -> str:
    """The language that the system asks for, e.g. "ar_EG": of several the first that is spoken here; "en" of none."""
    said = environment_languages()
    return first_spoken(said) if said else _windows_language() or locale.getlocale()[0] or "en"


def environment_languages() -> list[str]:
    """The languages that the variables of the environment ask for, the dearest first; none where they say nothing."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if said := [one.split(".")[0] for one in os.environ.get(variable, "").split(":") if one]:
            return said
    return []


def first_spoken(wished: Iterable[str]) -> str:
    """The first of the languages that is spoken here ("ar_EG", "ar-EG" …); "en" where none is."""
    return next((one for one in wished if _code(one) in LANGUAGES), "en")


def describe(error: HashiyaError) -> str:
    """What happened and what to do, in one message for a person; a faulty file's first fault is named with it."""
    said = sentence(ERRORS, error.code, error.values)
    if isinstance(error, FaultyFile) and error.faults:
        said = f"{said} {describe_fault(error.faults[0])}"
        more = len(error.faults) - 1
        if more:
            said += " " + plural("One more fault was found.", "{count} more faults were found.", more).format(
                count=_digits(more)
            )
    return said


def describe_fault(fault: Fault) -> str:
    """Where the fault is (file, line, field) and what it is, in one sentence."""
    return f"{_place(fault)}: {fault_sentence(fault)}"


def fault_sentence(fault: Fault) -> str:
    """What the fault is, without saying where."""
    values = {"file": fault.file, "line": fault.line, "field": fault.field, **fault.values}
    return sentence(FAULTS, fault.code, values)


def sentence(table: Mapping[str, str | Counted], code: str, values: Mapping[str, object]) -> str:
    """What `table` says of `code` with these values, in the chosen language."""
    known = table.get(code)
    if known is None:
        told = ", ".join(f"{name}: {isolated(value)}" for name, value in values.items())
        return _("Something went wrong ({code}). {values}").format(code=isolated(code), values=told).rstrip()
    if isinstance(known, Counted):
        number = values.get(known.by)
        chosen = plural(known.one, known.many, number if isinstance(number, int) else 0)
    else:
        chosen = _(known)
    return chosen.format_map(_Values(values))


def isolated(value: object) -> str:
    """`value` as text that keeps its own direction inside a right-to-left sentence."""
    if not is_right_to_left():
        return str(value)
    return f"{_FIRST_STRONG_ISOLATE}{value}{_POP_ISOLATE}"


class _Values(Mapping[str, object]):
    """The values of an error as a sentence shows them; one that is missing must not hide the sentence itself."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def __getitem__(self, name: str) -> object:
        if name not in self._values:
            return "…"
        value = self._values[name]
        if isinstance(value, Label | AttributeType | RelationType):
            value = value.title(_language)
        return _digits(value) if isinstance(value, int) and not isinstance(value, bool) else isolated(value)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def _place(fault: Fault) -> str:
    file, field = isolated(fault.file), isolated(fault.field)
    if fault.line and fault.field:
        return _("{file}, line {line}, {field}").format(file=file, line=_digits(fault.line), field=field)
    if fault.line:
        return _("{file}, line {line}").format(file=file, line=_digits(fault.line))
    return f"{file}, {field}" if fault.field else file


def _read_catalogue(code: str) -> gettext.NullTranslations:
    found = resources.files("resources").joinpath("translations", code, "LC_MESSAGES", "hashiya.mo")
    with found.open("rb") as stream:
        return gettext.GNUTranslations(stream)


def _code(said: str) -> str:
    return said.replace("-", "_").replace("@", "_").split("_")[0].lower()


def _windows_language() -> str:
    if os.name != "nt":
        return ""
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - known to the type checker on Windows only
    return locale.windows_locale.get(kernel.GetUserDefaultUILanguage(), "")
