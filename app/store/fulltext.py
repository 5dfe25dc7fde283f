"""The words of all texts, folded, and which documents have them: what a search of the project asks first.

Contentless FTS5 tables, `words` of the texts and `told` of title, source, date and address: they hold no text and tell
no places, so they take a sixth of the room of the texts; the places are looked for in the texts that they name. `reach`
says how far it goes: a project of an older version, or one whose index was made by another folding, is indexed by
`go_on`, some texts at a time.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

import orjson

from app.store import settings
from app.store.engine import Transaction
from app.store.statements import Statement, sa
from app.text.folding import Folded

FOLDING: Final = "1"
"""Changes when `app.text.folding` folds otherwise: indexes made before are made anew."""
ALL: Final = 2**62
"""The reach of an index that knows every document, those to come as well."""

_STATE: Final = "fulltext"
_SECONDS: Final = 0.02
_MOST_WORDS: Final = 20_000
_AT_ONCE: Final = 1000
_LONGEST: Final = 8000
_TOO_LONG: Final = "\ue000"
"""A word that texts have whose words are longer than FTS5 keeps them: they are always looked into."""

# Letters that are one word for FTS5 as they stand, and what is none in any of them; of others it is not asked.
_WORD: Final = re.compile(r"[0-9a-zß-öø-ÿа-џא-תء-غف-يٱ-ۓ]+")
_BETWEEN: Final = re.compile(r"[\x00-\x1f -/:-@\[-`{-\x7f«»،؛؟٪۔–—‘’“”„…•]+")
_CLITICS: Final = (
    *(
        f"{joined}{attached}{article}"
        for joined in ("", "و", "ف")
        for attached in ("", *"بكلس")
        for article in ("", "ال")
    ),
    *("لل", "ولل", "فلل"),
)


_asked_last: tuple[tuple[object, ...], str] = (), ""
"""Where the words are from that were read last, as FTS5 notes it there at each change, and the words."""


class Wanted(NamedTuple):
    """Words in a row; the first may be the end of a longer word if it is `open` there, the last the beginning."""

    words: tuple[str, ...]
    open_start: bool = True
    open_end: bool = True


def _text(name: str, said: str) -> Statement:
    return Statement(f"fulltext.{name}", lambda: sa.text(said))


_PUT = _text("put", "INSERT INTO words (rowid, text) VALUES (:key, :folded)")
_PUT_TOLD = _text("put told", "INSERT INTO told (rowid, text) VALUES (:key, :folded)")
_TAKE = _text("take", "INSERT INTO words (words, rowid, text) VALUES ('delete', :key, :folded)")
_TAKE_TOLD = _text("take told", "INSERT INTO told (told, rowid, text) VALUES ('delete', :key, :folded)")
_EMPTY = _text("empty", "INSERT INTO words (words) VALUES ('delete-all')")
_EMPTY_TOLD = _text("empty told", "INSERT INTO told (told) VALUES ('delete-all')")
_WHOLE = (
    "SELECT key, text, title, cards.source, cards.date, cards.address"
    " FROM documents JOIN cards ON cards.document = documents.key"
)
_ONE = _text("one", f"{_WHOLE} WHERE key = :key")
_NEXT = _text("next", f"{_WHOLE} WHERE key > :after ORDER BY key LIMIT :most")
_FOUND = _text(
    "found",
    "SELECT position, document FROM cards WHERE document IN (SELECT rowid FROM words WHERE words MATCH :asked)"
    " ORDER BY position",
)
_TERMS = _text("terms", "SELECT term FROM vocabulary")
_STAMP = _text("stamp", "SELECT block FROM words_data WHERE id IN (1, 10) ORDER BY id")
_COUNT = _text("count", "SELECT count(*) FROM documents")
_BEYOND = _text("beyond", f"{_WHOLE} WHERE key > :after ORDER BY key")
_IN_TEXTS = _text("in texts", "SELECT json_group_array(rowid) FROM words WHERE words MATCH :asked")
_IN_TOLD = _text("in told", "SELECT json_group_array(rowid) FROM told WHERE told MATCH :asked")


def begin(connection: Transaction) -> None:
    """Say of a project without documents that its index knows them all."""
    settings.write(connection, _STATE, FOLDING)


def reach(connection: Transaction) -> int:
    """Up to which key the documents are in the index: 0 for none, `ALL` when those to come will be too."""
    folding, _blank, upto = settings.read(connection, _STATE).partition(" ")
    return (int(upto) if upto else ALL) if folding == FOLDING else 0


def told(title: str, origin: Sequence[str]) -> str:
    """What is told of a document besides its text; "" for nothing."""
    return "\n".join(said for said in (title, *origin) if said)


def add(connection: Transaction, key: int, text: str, said: str) -> None:
    """Take a new document in, with what is `told` of it, unless it is `go_on` that will."""
    # Asked for by itself: an INSERT ... SELECT costs FTS5 twice as much as one of values.
    if reach(connection) == ALL:
        connection.execute(_PUT, {"key": key, "folded": _indexed(text)})
        _change(connection, _PUT_TOLD, key, said)


def remove(connection: Transaction, keys: Iterable[int]) -> None:
    """Take documents out whose texts and cards are still there."""
    upto = reach(connection)
    for key in keys:
        row = connection.execute(_ONE, {"key": key}).first() if key <= upto else None
        if row is not None:
            connection.execute(_TAKE, {"key": key, "folded": _indexed(row[1])})
            _change(connection, _TAKE_TOLD, key, told(row[2], row[3:]))


def retell(connection: Transaction, key: int, before: str, now: str) -> None:
    """Note that something else is `told` of a document than `before`."""
    if key <= reach(connection):
        _change(connection, _TAKE_TOLD, key, before)
        _change(connection, _PUT_TOLD, key, now)


def _change(connection: Transaction, statement: Statement, key: int, said: str) -> None:
    if said:
        connection.execute(statement, {"key": key, "folded": Folded(said).text})


def go_on(connection: Transaction) -> bool:
    """Index some more texts, for a fiftieth of a second, one at least; whether more are to come."""
    upto, until = reach(connection), time.monotonic() + _SECONDS
    if upto == ALL:
        return False
    if not upto:
        for statement in (_EMPTY, _EMPTY_TOLD):
            connection.execute(statement)
    while row := connection.execute(_NEXT, {"after": upto, "most": 1}).first():
        upto = row[0]
        connection.execute(_PUT, {"key": upto, "folded": _indexed(row[1])})
        _change(connection, _PUT_TOLD, upto, told(row[2], row[3:]))
        if time.monotonic() >= until:
            break
    settings.write(connection, _STATE, f"{FOLDING} {upto}" if row else FOLDING)
    return row is not None


def wanted(pattern: str) -> Wanted | None:
    """What a text must have that `pattern` is found in, however folded; None when the index cannot tell."""
    folded = Folded(pattern[: 2 * _LONGEST]).text
    words = _WORD.findall(folded)
    if len(pattern) > _LONGEST or not words or _BETWEEN.sub("", _WORD.sub("", folded)):
        return None
    if len(words) == 1 and len(words[0]) == 1:
        return None
    return Wanted(tuple(words), folded.startswith(words[0]), folded.endswith(words[-1]))


def likely(connection: Transaction, wanted: Wanted) -> list[int]:
    """The keys of documents whose words begin as wanted, after clitics or none; in the order of the project."""
    firsts = [f"{clitics}{wanted.words[0]}" for clitics in (_CLITICS if wanted.open_start else [""])]
    return [key for _position, key in _found(connection, wanted, firsts)]


def further(connection: Transaction, wanted: Wanted) -> list[int] | None:
    """The keys of documents that have it inside of longer words; None when these are too many to be asked for.

    With `likely`, all documents in reach that a search for it can find something in. Reads every word of the project,
    unless this index was asked last.
    """
    if not wanted.open_start:
        return []
    said = wanted.words[0] + ("" if _is_open(wanted) else "\n")
    terms = list(islice(_terms_with(_vocabulary(connection), said), _MOST_WORDS + 1))
    if len(terms) > _MOST_WORDS:
        return None
    found: set[tuple[int, int]] = set()
    for k in range(0, len(terms), _AT_ONCE):
        found.update(_found(connection, wanted, terms[k : k + _AT_ONCE]))
    return [key for _position, key in sorted(found)]


def count(connection: Transaction, pattern: str) -> int | None:
    """How many documents have `pattern`, one word or a part of one; None when the index alone cannot tell."""
    asked = wanted(pattern)
    if asked is None or reach(connection) < ALL or Folded(pattern).text != asked.words[0]:
        return None
    found = likely(connection, asked)
    if len(found) == connection.execute(_COUNT).scalar_one():
        return len(found)
    inside = further(connection, asked)
    return None if inside is None else len(set(inside).union(found))


def can_tell(text: str) -> bool:
    """Whether `text` is words, and what stands between words, that the index sees as they are."""
    folded = Folded(text[:_LONGEST]).text
    return _WORD.search(folded) is not None and not _BETWEEN.sub("", _WORD.sub("", folded))


def with_words(connection: Transaction, text: str, *, in_told: bool = True) -> list[int]:
    """The keys, ascending, of documents that have every word of `text`: folded, after attached clitics or none, the
    last also as the beginning of one; in the text or, where `in_told`, in what is told of it. None without a word.

    Documents out of `reach` are read; a character that FTS5 may see otherwise parts words.
    """
    last_first = reversed(_WORD.findall(Folded(text[:_LONGEST]).text))
    words = list(dict.fromkeys(last_first))
    upto = reach(connection)
    found = _with_all(connection, words, in_told) if words and upto else []
    return found + _beyond(connection, words, upto, in_told) if words and upto < ALL else found


def _with_all(connection: Transaction, words: Sequence[str], in_told: bool) -> list[int]:
    def those(statement: Statement, *asked: str) -> list[int]:
        found: list[int] = orjson.loads(connection.execute(statement, {"asked": " AND ".join(asked)}).scalar_one())
        return found

    asked = [_any([clitics + word for clitics in _CLITICS], _is_begun(n, word)) for n, word in enumerate(words)]
    elsewhere = {one: those(_IN_TOLD, one) if in_told else [] for one in asked}
    in_texts = [one for one in asked if not elsewhere[one]]
    found = [those(_IN_TEXTS, *in_texts)] if in_texts else []
    found += [sorted({*those(_IN_TEXTS, one), *told}) for one, told in elsewhere.items() if told]
    few, *others = sorted(found, key=len)
    return sorted(set(few).intersection(*others)) if others else few


def _beyond(connection: Transaction, words: Sequence[str], upto: int, in_told: bool) -> list[int]:
    whole = [r"(?!\w)" * (not _is_begun(n, word)) for n, word in enumerate(words)]
    clitics = "|".join(_CLITICS)
    shapes = [re.compile(rf"(?<!\w)(?:{clitics}){word}{end}") for word, end in zip(words, whole, strict=True)]
    found = []
    for key, text, *others in connection.execute(_BEYOND, {"after": upto}):
        folded = Folded("\n".join([text, *others]) if in_told else text).text
        if all(shape.search(folded) for shape in shapes):
            found.append(key)
    return found


def _is_begun(place: int, word: str) -> bool:
    """Whether `word`, at this place counted from the last, may be the beginning of one: who types is still at it."""
    return place == 0 and len(word) > 1


def _vocabulary(connection: Transaction) -> str:
    """Every word of the texts in a line of its own; kept until the index is another: FTS5 reads all of it for them."""
    global _asked_last
    path = str(connection.exec_driver_sql("PRAGMA database_list").one()[2])
    stamp = path, *(bytes(block) for block in connection.execute(_STAMP).scalars())
    known, words = _asked_last
    if known != stamp:
        words = "\n".join(["", *connection.execute(_TERMS).scalars(), ""])
        _asked_last = stamp, words
    return words


def _terms_with(vocabulary: str, said: str) -> Iterator[str]:
    """The words in a `vocabulary` that have `said` in them; with a line's end in `said`, that end so."""
    at = vocabulary.find(said)
    while at >= 0:
        start, end = vocabulary.rfind("\n", 0, at) + 1, vocabulary.find("\n", at)
        yield vocabulary[start:end]
        at = vocabulary.find(said, end)


def _is_open(wanted: Wanted) -> bool:
    return len(wanted.words) == 1 and wanted.open_end


def _found(connection: Transaction, wanted: Wanted, firsts: Sequence[str]) -> list[tuple[int, int]]:
    """Position and key of the documents that have one of `firsts` and the other words, and of those never asked for."""
    rest = wanted.words[1:]
    parts = [_any(firsts, _is_open(wanted))]
    parts += [_any([word], wanted.open_end and n == len(rest)) for n, word in enumerate(rest, 1)]
    found = connection.execute(_FOUND, {"asked": " AND ".join(parts)}).all()
    # Asked for by itself: with OR, FTS5 takes ten times as long.
    never_asked = connection.execute(_FOUND, {"asked": f'"{_TOO_LONG}"'}).all()
    return sorted({*found, *never_asked}) if never_asked else found


def _any(words: Iterable[str], open_end: bool) -> str:
    """FTS5's words for: one of these, or what begins with it. They are letters and digits, never its syntax."""
    return "({})".format(" OR ".join(f'"{word}"*' if open_end else f'"{word}"' for word in words))


def _indexed(text: str) -> str:
    """What FTS5 is given of a text."""
    folded = Folded(text).text
    if len(folded) <= _LONGEST or max(map(len, folded.split()), default=0) <= _LONGEST:
        return folded
    return f"{folded} {_TOO_LONG}"
