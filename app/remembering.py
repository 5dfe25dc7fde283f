"""What a project remembers of labels and decisions (`app.suggest.memory`): read when first needed, then followed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from contextlib import closing

from app.model.annotation import Change, Span
from app.model.decision import ACCEPTED, REJECTED, Decision
from app.store import decisions, settings
from app.store.engine import Database
from app.suggest.memory import Form, Memory, Place, folded_form
from app.suggest.words import words_in
from app.text.folding import Folded

LABELS_READ = 20_000
"""How many of the project's labels are known to the dictionary: those of the newest layers."""
FINISHED_READ = 50
"""In how many finished articles words without a label are counted."""
WOKEN = "suggest_woken"


class Remembered:
    """The memory of an open project. Nothing is read before `memory` or `get_ready` is first called."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: _Known | None = None
        self._ahead: tuple[int, _Known] | None = None
        self._missed = 0
        """How many steps and changes there were while nothing was known: what was read before one of them is old."""
        self._of = 0

    @property
    def is_ready(self) -> bool:
        """Whether `memory` reads no more than it must: while steps are in memory alone, nobody else can read them."""
        if self._known is not None or self._database.is_aside:
            return True
        return self._ahead is not None and self._ahead[0] == self._missed

    def get_ready(self) -> Memory:
        """Read what `memory` would read, and give it to be looked at before anything is followed; any thread may."""
        self._ahead, missed = None, self._missed
        with closing(Database(self._database.path, access="mode=ro")) as database:
            known = _Known(database)
        self._ahead = missed, known
        return known.memory

    def memory(self, document: int) -> Memory:
        """What is remembered now, with the places of the document that has this key. It follows the steps."""
        if self._known is None:
            missed, ahead = self._ahead or (-1, None)
            self._known = ahead if ahead and missed == self._missed else _Known(self._database)
            self._ahead = None
        if self._of != document:
            with self._database.reading() as connection:
                self._known.be_at(decisions.here(connection, document))
            self._of = document
        return self._known.memory

    def forget(self) -> None:
        """Read everything anew when it is next needed."""
        self._known = self._ahead = None
        self._missed += 1
        self._of = 0

    def follow(self, text: str, change: Change) -> None:
        """Know what a step did to the document with this text; it is the one that `memory` was asked for last."""
        if self._known is None:
            self._missed += 1
        else:
            self._known.follow(text, change)


class _Known:
    """What was read of a project: `memory` shows it as it is followed."""

    def __init__(self, database: Database) -> None:
        with database.reading() as connection:
            found = Counter(decisions.forms(connection, LABELS_READ))
            finished = decisions.finished_texts(connection, FINISHED_READ)
            self._record = decisions.counts(connection)
            self._refused = Counter({(one.label, one.folded): one.times for one in decisions.rejections(connection)})
            woken = settings.read(connection, WOKEN)
        self._taken: dict[Form, int] = {}
        for (label, surface), times in found.items():
            form = label, folded_form(surface)
            self._taken[form] = self._taken.get(form, 0) + times
        self._seen: Counter[str] = Counter()
        for text in finished:
            self._seen.update(words_in(Folded(text).text))
        self._rejected = {form for form in self._refused if self._is_refused(form)}
        self._here: set[Place] = set()
        self._touched: dict[str, int] = {}
        self._turns = 0
        quiet_no_more = frozenset((source, label) for source, label in json.loads(woken or "[]"))
        self.memory = Memory(
            self._taken, self._rejected, self._record, quiet_no_more, self._seen, self._here, self._touched
        )

    def be_at(self, here: Iterable[Place]) -> None:
        """Know the places of another document that somebody decided about, instead of those of the one before."""
        self._here.clear()
        self._here.update(here)

    def follow(self, text: str, change: Change) -> None:
        """Know what a step did to the document with this text."""
        for spans, by in ((change.removed, -1), (change.added, 1)):
            for span in spans:
                self._count(text, span, by)
        for one in change.undecided:
            self._note(one, -1)
            self._here.discard((one.label, one.start, one.end))
        for one in change.decided:
            self._note(one, 1)
            self._here.add((one.label, one.start, one.end))
        before, after = change.state_before, change.state_after
        if before and after and before.status != after.status and "complete" in (before.status, after.status):
            words = words_in(Folded(text).text)
            (self._seen.update if after.status == "complete" else self._seen.subtract)(words)

    def _count(self, text: str, span: Span, by: int) -> None:
        if span.status != "accepted" or len(span.fragments) > 1:
            return
        form = span.label, folded_form(text[span.start : span.end])
        self._taken[form] = max(self._taken.get(form, 0) + by, 0)
        self._turns += 1
        self._touched.pop(form[1], None)
        self._touched[form[1]] = self._turns
        self._judge(form)

    def _note(self, one: Decision, by: int) -> None:
        accepted, decided = self._record.get((one.source_name, one.label), (0, 0))
        taken = by if one.outcome == ACCEPTED else 0
        self._record[one.source_name, one.label] = max(accepted + taken, 0), max(decided + by, 0)
        if one.outcome == REJECTED:
            form = one.label, one.folded
            self._refused[form] = max(self._refused[form] + by, 0)
            self._judge(form)

    def _judge(self, form: Form) -> None:
        if form in self._refused:
            (self._rejected.add if self._is_refused(form) else self._rejected.discard)(form)

    def _is_refused(self, form: Form) -> bool:
        """Whether a form was refused, and not labelled more often than that."""
        return self._refused[form] > 0 and self._refused[form] >= self._taken.get(form, 0)
