"""The list of articles of an open project, as its annotator sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.store import documents, listing
from app.store.engine import Database
from app.store.listing import DocumentRow


class Articles:
    """What a session tells of the documents of its project. Documents are known by their keys."""

    annotator: str
    _database: Database
    _counts: dict[str, int] | None = None

    @property
    def key(self) -> int | None:
        """The key of the current document; None in a project where no document can be shown."""
        raise NotImplementedError

    def rows(self, first: int, limit: int) -> list[DocumentRow]:
        """Rows of the list of articles from position `first` on, at most `limit`."""
        with self._database.reading() as connection:
            return listing.rows(connection, self.annotator, first, limit)

    def rows_at(self, positions: Sequence[int]) -> list[DocumentRow]:
        """Rows of the list of articles at these positions, in the order of the project."""
        with self._database.reading() as connection:
            return listing.rows_at(connection, self.annotator, positions)

    def find(self, text: str = "", statuses: Sequence[str] = (), flagged: bool = False) -> list[int]:
        """Positions of articles whose heading holds `text`, at one of `statuses` (none: any), or only flagged ones."""
        with self._database.reading() as connection:
            return listing.find(connection, self.annotator, text, statuses, flagged)

    def flagged_count(self) -> int:
        """How many articles are flagged."""
        with self._database.reading() as connection:
            return listing.flagged_count(connection, self.annotator)

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
