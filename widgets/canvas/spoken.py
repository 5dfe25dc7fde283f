"""The article in words: its text as assistive technology counts it, and what is said of its spans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.model.annotation import Change, Span, surface
from app.text.graphemes import grapheme_end, grapheme_start
from app.text.offsets import Utf16Index
from app.wording import _, plural
from widgets.canvas.look import Look
from widgets.i18n import percent

_HEAD, _TAIL = 60, 40
_FEW = 3
# A line feed is the only end of a paragraph that Qt looks for; NUL would end the text on its way; Qt takes a byte order
# mark for one wherever a piece begins with it.
_UNSPEAKABLE = re.compile("\r(?!\n)|[\x00\x1c-\x1e\x85\u2029\ufeff\ufffe\ud800-\udfff]")
_SPOKEN = {"\x00": "\u2400", "\ufeff": "\u2060", "\ufffe": "\ufffd"}


class SpokenText:
    """The text of an article in UTF-16 code units, which is what Qt and every screen reader count."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._spoken = _UNSPEAKABLE.sub(_stand_in, text)
        self._index = Utf16Index(text)
        self.length = self._index.to_utf16(len(text))

    def piece(self, start: int, end: int) -> str:
        """What stands in `[start, end)`, as far as that lies in the text."""
        return self._spoken[self.offset(start) : self.offset(end)]

    def units(self, offset: int) -> int:
        """Where the code point at `offset` begins, in UTF-16 code units."""
        return self._index.to_utf16(offset)

    def offset(self, units: int) -> int:
        """The code point at `units`, or the nearest end of the text for one outside it."""
        return self._index.to_code_point(min(max(units, 0), self.length))


def shortened(text: str) -> str:
    """`text` on one line; of a long one only how it begins and ends."""
    line = " ".join(text.split())
    if len(line) <= _HEAD + _TAIL:
        return line
    return f"{line[: grapheme_end(line, _HEAD)]} … {line[grapheme_start(line, len(line) - _TAIL) :]}"


def name_of(text: str, span: Span, look: Look) -> str:
    """What a span is called: what it covers, and as what."""
    return _("{text}, {label}").format(text=shortened(surface(text, span)), label=look.title_of(span.label))


def name_of_suggestion(text: str, span: Span, look: Look, sure: float | None) -> str:
    """What a suggestion is called: what it would be, which words, and how sure that is."""
    said = _filled(_("Suggestion: {label}, {text}"), text, span, look)
    return said if sure is None else f"{said}, {percent(round(100 * sure))}"


def said_on_entering(text: str, spans: Iterable[Span], look: Look) -> str:
    """What is said when the caret comes into `spans`, the outermost first."""
    outermost_first = sorted(spans, key=lambda span: span.start - span.end)
    return _listed([_filled(_("{label}: {text}"), text, span, look) for span in outermost_first])


def said_of_selection(text: str, start: int, end: int) -> str:
    """What is said of a selection that has come to rest."""
    return _("Selected: {text}").format(text=shortened(text[start:end]))


def said_of_change(text: str, change: Change, look: Look) -> str:
    """What is said of a step: of a few spans each, of many their number; "" when only details of them changed."""
    before = {span.id: span for span in change.removed}
    after = {span.id: span for span in change.added}
    made = [span for id, span in after.items() if id not in before]
    gone = [span for id, span in before.items() if id not in after]
    kept = [span for id, span in after.items() if id in before]
    relabelled = [span for span in kept if before[span.id].label != span.label]
    moved = [span for span in kept if span not in relabelled and before[span.id].fragments != span.fragments]
    if len(made) + len(gone) + len(relabelled) + len(moved) > _FEW:
        return _counted(len(made), len(gone), len(relabelled) + len(moved))
    said = [_filled(_("Marked as {label}: {text}"), text, span, look) for span in made]
    said += [_filled(_("Now {label}: {text}"), text, span, look) for span in relabelled]
    said += [_filled(_("{label} now covers: {text}"), text, span, look) for span in moved]
    said += [_filled(_("{label} deleted: {text}"), text, span, look) for span in gone]
    return _listed(said)


def _counted(made: int, gone: int, changed: int) -> str:
    said = []
    if made:
        said.append(plural("{count} span made", "{count} spans made", made).format(count=made))
    if changed:
        said.append(plural("{count} span changed", "{count} spans changed", changed).format(count=changed))
    if gone:
        said.append(plural("{count} span deleted", "{count} spans deleted", gone).format(count=gone))
    return _listed(said)


def _filled(sentence: str, text: str, span: Span, look: Look) -> str:
    return sentence.format(label=look.title_of(span.label), text=shortened(surface(text, span)))


def _listed(said: Sequence[str]) -> str:
    return ". ".join(said)


def _stand_in(found: re.Match[str]) -> str:
    """One code point for one."""
    character = found[0]
    return "\ufffd" if "\ud800" <= character <= "\udfff" else _SPOKEN.get(character, "\n")
