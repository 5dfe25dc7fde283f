"""What is said of the spans of an article beside their labels: attributes, relations both ways; and of the article.

Below the article there is a block for each span that says something: its label and words, its answers, its links. A
sign behind a value tells where it comes from if no person said it, another one that the schema does not know it; notes
at the end tell what the signs mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.cells import cell_len

from app.cli.output import plain
from app.cli.rows import TAG, Row, Strip
from app.cli.wrap import elided, wrapped
from app.edit.by_rule import in_order
from app.model.annotation import Annotations, Attribute, Relation, Span, surface
from app.model.schema import NO, YES, YES_NO, AttributeType, Schema
from app.sentences import ANSWER_SOURCES
from app.text.arabic import shaped_line, visual_lines
from app.text.direction import paragraph_direction
from app.wording import _, is_right_to_left, language

_SIGNS = {"rule": "*", "gazetteer": "†", "model": "‡", "import": "§"}
_UNKNOWN = "?"
_RELATED = "RELATED"
_INDENT = 3
_SHORT = 40
_FSI, _PDI = "\u2068", "\u2069"


class _Block(NamedTuple):
    """What is said under one heading, in lines of phrases; `label` is "" for the article itself."""

    title: str
    label: str
    words: str
    lines: list[list[str]]


def rows(text: str, said: Annotations, schema: Schema, width: int, *, logical: bool) -> Iterator[Row]:
    """The rows of all blocks on `width` columns, 0 for as many as there are; nothing where nothing is said."""
    teller = _Teller(text, said, schema)
    sheet = _Sheet(width, logical)
    for block in teller.blocks():
        yield []
        yield sheet.heading(block)
        for line in block.lines:
            yield from sheet.wrapped(line)
    notes = teller.notes()
    if notes:
        yield []
    for note in notes:
        yield from sheet.wrapped([note], 0)


class _Teller:
    """Tells in words what spans and relations say; remembers which signs it has used."""

    def __init__(self, text: str, said: Annotations, schema: Schema) -> None:
        self._text, self._said, self._schema = text, said, schema
        self._used: set[str] = set()
        self._links: dict[str, list[Relation]] = {}
        order = {one.id: place for place, one in enumerate(schema.relations)}
        for relation in sorted(said.relations.values(), key=lambda one: (order.get(one.label, len(order)), one)):
            for end in dict.fromkeys((relation.head, relation.child)):
                self._links.setdefault(end, []).append(relation)

    def blocks(self) -> Iterator[_Block]:
        """A block for each span that says something, in reading order, and one for the article."""
        for span in self._said.ordered():
            types = label.attributes if (label := self._schema.label(span.label)) else ()
            lines = [self._answers(span.attributes, types)] if span.attributes else []
            lines += [self._link(span, relation) for relation in self._links.get(span.id, ())]
            if lines:
                yield _Block(self._title(span), span.label, " ".join(surface(self._text, span).split()), lines)
        if fields := self._said.state.fields:
            given = [Attribute(field.name, field.value) for field in fields]
            yield _Block(_("About the article"), "", "", [self._answers(given, self._schema.fields)])

    def notes(self) -> list[str]:
        """What the signs mean that were used."""
        told = {_SIGNS[source]: _(said) for source, said in ANSWER_SOURCES.items()}
        told[_UNKNOWN] = _("Unknown to the schema, kept as they are")
        return [f"{sign} {said}" for sign, said in told.items() if sign in self._used]

    def _title(self, span: Span) -> str:
        label = self._schema.label(span.label)
        return label.title(language()) if label else self._signed(span.label, _UNKNOWN)

    def _answers(self, answers: Iterable[Attribute], types: tuple[AttributeType, ...]) -> list[str]:
        known = {one.id: one for one in types}
        values: dict[str, list[str]] = {}
        for answer in in_order(answers, types):
            values.setdefault(answer.name, []).append(self._value(answer, known.get(answer.name)))
        told = []
        for name, said in values.items():
            title = known[name].title(language()) if name in known else self._signed(name, _UNKNOWN)
            told.append(f"{_apart(title)}: {_(', ').join(map(_apart, said))}")
        return told

    def _value(self, answer: Attribute, asked: AttributeType | None) -> str:
        said, unknown = answer.value, False
        if asked is not None and asked.choices:
            choice = asked.choice(said)
            said, unknown = choice.title(language()) if choice else said, choice is None
        elif asked is not None and asked.kind == YES_NO:
            said = {YES: _("Yes"), NO: _("No")}.get(said, said)
        return self._signed(said, _SIGNS.get(answer.source, ""), _UNKNOWN if unknown else "")

    def _link(self, span: Span, relation: Relation) -> list[str]:
        """Where a relation of `span` leads, or where it comes from."""
        kind = self._schema.relation(relation.label)
        other = self._said.spans[relation.child if relation.head == span.id else relation.head]
        ahead = (relation.head == span.id) != is_right_to_left()
        both = kind.symmetric if kind else relation.label == _RELATED
        arrow = "↔" if both else "→" if ahead else "←"
        words = elided(" ".join(surface(self._text, other).split()), _SHORT)
        named = f"{arrow} {_apart(self._name(relation))}: {_apart(words)}"
        return [named, _apart(self._title(other)), *self._answers(relation.attributes, ())]

    def _name(self, relation: Relation) -> str:
        if kind := self._schema.relation(relation.label):
            return kind.title(language())
        if relation.label == _RELATED and not self._schema.relations:
            return _("Related")
        return self._signed(relation.label, _UNKNOWN)

    def _signed(self, said: str, *signs: str) -> str:
        self._used |= set(signs)
        return plain(said) + "".join(signs)


class _Sheet:
    """Sets words on `width` columns, in the direction of the language and in the order that the terminal needs."""

    def __init__(self, width: int, logical: bool) -> None:
        self._width, self._logical = width, logical
        self._base = "rtl" if is_right_to_left() else "ltr"

    def heading(self, block: _Block) -> Row:
        """The label of a block, and its words as far as they fit."""
        tag, words = f" {block.title} ", plain(block.words)
        if self._width:
            words = elided(words, max(0, self._width - cell_len(tag) - 1))
        if not self._logical:
            tag = shaped_line(f" {_apart(block.title)} ", self._base)
            words = shaped_line(words, paragraph_direction(words) or self._base)
        return self._aligned([Strip(tag, block.label, TAG), *([Strip(" "), Strip(words)] if words else [])])

    def wrapped(self, phrases: list[str], indent: int = _INDENT) -> Iterator[Row]:
        """A line of phrases, set in by `indent` columns; it is broken between them where that is enough."""
        if self._logical:
            phrases = [phrase.translate({ord(_FSI): None, ord(_PDI): None}) for phrase in phrases]
        for line in self._packed(phrases, self._width - indent):
            ends = wrapped(line, self._width - indent) if self._width else [(0, len(line))]
            if self._logical:
                shown = [line[start:end] for start, end in ends]
            else:
                shown = ["".join(cell for cell, _at in cells) for cells in visual_lines(line, self._base, ends)]
            for said in shown:
                yield self._aligned([Strip(" " * indent), Strip(said)])

    def _packed(self, phrases: list[str], room: int) -> Iterator[str]:
        line = ""
        for phrase in phrases:
            longer = f"{line} · {phrase}" if line else phrase
            if line and self._width and len(wrapped(longer, room)) > 1:
                yield line
                longer = phrase
            line = longer
        yield line

    def _aligned(self, row: Row) -> Row:
        """The row from the side where reading begins; the terminal sees to that itself in logical order."""
        if self._logical or self._base == "ltr":
            return row
        room = self._width - sum(cell_len(strip.text) for strip in row)
        return [Strip(" " * max(0, room)), *reversed(row)]


def _apart(said: str) -> str:
    """`said` with a direction of its own."""
    return f"{_FSI}{said}{_PDI}"
