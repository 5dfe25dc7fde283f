"""The list of articles of an open project, as its annotator sees it."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Final

from app.errors import CallError
from app.model.annotation import Annotations
from app.model.document import Document, Origin, text_sha256
from app.model.moment import moment
from app.model.wish import EVERYTHING, Wish
from app.store import annotations as sheets
from app.store import documents, finding, listing, log, removing
from app.store.annotations import Sheet
from app.store.engine import Database
from app.store.listing import DocumentRow
from app.store.removing import Removal
from app.text.direction import language_of

TEXT_LIMIT: Final = 5_000_000
"""How many code points an article may have that is made of a text and not of a file."""
_ID_DIGITS: Final = 12
_LANGUAGE_SHOWS_WITHIN: Final = 1000


class Articles:
    """What a session tells of the documents of its project. Documents are known by their keys."""

    annotator: str
    _database: Database
    _sheet: Sheet
    _schema_number: int
    _counts: dict[str, int] | None = None

    @property
    def key(self) -> int | None:
        """The key of the current document; None in a project where no document can be shown."""
        return self._sheet.key or None

    @property
    def document(self) -> Document:
        """The current document; an empty one when `key` is None."""
        return self._sheet.document

    @property
    def annotations(self) -> Annotations:
        """The current document's annotations, as the annotator left them."""
        return self._sheet.annotations

    def rows(self, first: int, limit: int) -> list[DocumentRow]:
        """Rows of the list of articles from position `first` on, at most `limit`."""
        with self._database.reading() as connection:
            return listing.rows(connection, self.annotator, first, limit)

    def rows_at(self, positions: Sequence[int]) -> list[DocumentRow]:
        """Rows of the list of articles at these positions, in the order in which they are asked for."""
        with self._database.reading() as connection:
            return listing.rows_at(connection, self.annotator, positions)

    def find(self, wish: Wish = EVERYTHING) -> list[int]:
        """Positions of the articles that are wished for, in the order wished for.

        With `wish.problems` those of which problems are known: of others `unjudged` tells how many there are.
        """
        if wish.problems:
            self._note_problems()
        with self._database.reading() as connection:
            return finding.find(connection, self.annotator, wish, self._schema_number)

    def annotators(self) -> list[tuple[str, int]]:
        """Whose annotations there are and in how many articles, at most 30 names, those with most first."""
        with self._database.reading() as connection:
            return listing.annotators(connection)

    def _note_problems(self) -> None:
        """Keep what is known of the problems of the current article."""
        raise NotImplementedError

    def sources(self) -> list[tuple[str, int]]:
        """The sources that articles come from and how many do, at most 30, those of most articles first."""
        with self._database.reading() as connection:
            return listing.sources(connection)

    def flagged_count(self) -> int:
        """How many articles are flagged."""
        with self._database.reading() as connection:
            return listing.flagged_count(connection, self.annotator)

    def is_whole(self) -> bool:
        """Whether the article at position n is the n-th: so it is until one before others is deleted."""
        with self._database.reading() as connection:
            return documents.is_whole(connection)

    def removal(self, keys: Sequence[int] | None = None) -> Removal:
        """What would go with the articles that have these keys, or with the whole project: articles, spans by whom."""
        with self._database.reading() as connection:
            if keys is None:
                return removing.told_of_all(connection, documents.count(connection))
            return removing.told(connection, keys)

    def delete_articles(self, keys: Sequence[int]) -> None:
        """Take articles out of the project with all that anybody said of them; only a backup brings them back.

        When the current one is among them, the one that follows it is current afterwards. Raises ProjectError.
        """
        with self._database.writing() as connection:
            here = documents.position(connection, self.key or 0)
            removing.remove(connection, keys, self.annotator, moment(time.time()))
        self._after_deletion(keys, here if self.key in keys else None)

    def _after_deletion(self, keys: Sequence[int], left: int | None) -> None:
        """Show what is there; `left` is the position of the current article when it is gone."""
        raise NotImplementedError

    def add_text(self, text: str) -> int:
        """Make `text`, code point for code point, a new article and the current one; its key.

        A text that is there already is only gone to. Raises CallError for one that is empty, too long or no Unicode.
        """
        _refuse(text)
        id = f"pasted-{text_sha256(text)[:_ID_DIGITS]}"
        with self._database.writing() as connection:
            known = documents.known(connection, id)
            key = known.key if known else 0
            if not known:
                at = moment(time.time())
                log.append(connection, at, self.annotator, "paste", "import")
                document = Document(id, text, language=language_of(text[:_LANGUAGE_SHOWS_WITHIN]))
                key = documents.add(connection, document, at)
        self._after_addition(key)
        return key

    def set_origin(self, origin: Origin) -> None:
        """Say where the current article comes from, when it is of, and its address, in place of what was said.

        No step: it is of the document, whoever annotates it. Raises ProjectError.
        """
        key = self.key
        if key is None or origin == self.document.origin:
            return
        with self._database.writing() as connection:
            seq = log.append(connection, moment(time.time()), self.annotator, "set origin")
            documents.set_origin(connection, key, origin)
            sheets.touch(connection, key, seq)
        self._after_addition(key)

    def _after_addition(self, key: int) -> None:
        """Show the article that was just added, or is another now."""
        raise NotImplementedError

    def counts(self) -> Mapping[str, int]:
        """How many documents stand at each status; statuses without documents are missing."""
        if self._counts is None:
            with self._database.reading() as connection:
                self._counts = listing.counts(connection, self.annotator)
        return {status: number for status, number in self._counts.items() if number}

    def position(self, key: int) -> int | None:
        """Where the document stands in the project, from 0; None when there is no such key."""
        with self._database.reading() as connection:
            return documents.position(connection, key)

    def next_key(self) -> int | None:
        """The key of the document after the current one; None at the end."""
        with self._database.reading() as connection:
            here = documents.position(connection, self.key or 0)
            return None if here is None else documents.key_at(connection, here + 1)

    def previous_key(self) -> int | None:
        """The key of the document before the current one; None at the start."""
        with self._database.reading() as connection:
            here = documents.position(connection, self.key or 0)
            return None if here is None else documents.key_before(connection, here)

    def next_open_key(self) -> int | None:
        """The key of the next other document that is not finished, going on from the start; None if there is none."""
        with self._database.reading() as connection:
            here = documents.position(connection, self.key or 0)
            return None if here is None else listing.next_open(connection, self.annotator, here)

    def key_of(self, id: str) -> int | None:
        """The key of the document with this id, or None."""
        with self._database.reading() as connection:
            known = documents.known(connection, id)
        return known.key if known else None


def _refuse(text: str) -> None:
    if not text.strip():
        raise CallError("text-empty")
    if len(text) > TEXT_LIMIT:
        raise CallError("text-too-long", count=len(text), limit=TEXT_LIMIT)
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in set(text)):
        raise CallError("text-broken")
