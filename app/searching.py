"""What an open project answers when it is searched: texts, occurrences of a name, examples of a label."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Literal

from app.edit.commands import span_of
from app.edit.everywhere import marked
from app.model.annotation import Change, surface
from app.search import Find, Hit, count_articles, in_project, in_text, index_texts
from app.store import documents, examples, fulltext, spans
from app.store.annotations import Sheet
from app.store.documents import Text
from app.store.engine import Database
from app.text.clitics import Lexicon
from app.text.find import Search, matches, occurrences, said_by
from app.words import Labelled

LABELS_READ: Final = 20_000
"""How many of the project's labels are evidence of which words there are."""
Scope = Literal["article", "project"]


class Searching:
    """What a session finds in the texts of its project."""

    path: Path
    annotator: str
    _database: Database
    _sheet: Sheet
    _labelled: Labelled | None = None

    @property
    def lexicon(self) -> Lexicon:
        """What tells clitics from letters: the words that ship with the program, and those labelled in the project."""
        if self._labelled is None:
            with self._database.reading() as connection:
                self._labelled = Labelled(spans.surfaces(connection, LABELS_READ))
        return self._labelled.lexicon()

    def search(
        self, wanted: Search, scope: Scope = "article", should_stop: Callable[[], bool] = lambda: False
    ) -> Iterator[Hit]:
        """Each place of `wanted` in the current document or in all, as they are asked for.

        In the project through a connection of its own: also from another thread, if all of it from that one.
        Raises SearchFaulty or SearchStopped.
        """
        return self._places(lambda text: matches(text, wanted), scope, should_stop, said=said_by(wanted))

    @property
    def is_indexed(self) -> bool:
        """Whether searches are answered from the index alone; else `index_texts` makes it whole."""
        with self._database.reading() as connection:
            return fulltext.reach(connection) == fulltext.ALL

    def index_texts(self, progress: Callable[[int], None]) -> None:
        """Make the index whole; `progress` is called now and then and may raise. From any thread."""
        index_texts(self.path, progress)

    def articles_with(self, wanted: Search, should_stop: Callable[[], bool] = lambda: False) -> int:
        """In how many articles of the project `wanted` is found. From any thread. Raises as `search`."""
        return count_articles(self.path, wanted, should_stop)

    def occurrences(
        self, span_id: str, scope: Scope = "article", should_stop: Callable[[], bool] = lambda: False
    ) -> Iterator[Hit]:
        """Each place that says what the span says, clitics cut off, itself among them; as `search`.

        `marked` are those that carry the span's label already.
        """
        span, lexicon = span_of(self._sheet.annotations, span_id), self.lexicon
        said = surface(self._sheet.document.text, span)
        return self._places(lambda text: occurrences(text, said, lexicon), scope, should_stop, span.label)

    def examples(self, label: str, most: int) -> list[Hit]:
        """Spans of the project with this label, what is said often first and each wording once; `most` at most."""
        found: list[Hit] = []
        with self._database.reading() as connection:
            for place in examples.of_label(connection, label, most):
                document = documents.read(connection, place.key)
                text = Text(place.key, document.id, document.heading, document.text)
                found += in_text(text, lambda _text, at=(place.start, place.end): [at])  # type: ignore[misc]
        return found

    def _places(
        self, find: Find, scope: Scope, should_stop: Callable[[], bool], label: str = "", said: str = ""
    ) -> Iterator[Hit]:
        if scope == "project":
            return in_project(self.path, find, should_stop, self.annotator, label, said)
        document = self._sheet.document
        text = Text(self._sheet.key, document.id, document.heading, document.text)
        return in_text(text, find, marked(self._sheet.annotations, label))

    def _follow_labels(self, text: str, change: Change) -> None:
        """Learn from what a step did to the document with this text which words there are."""
        if self._labelled is not None:
            self._labelled.follow(text, change)
