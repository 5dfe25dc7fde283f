"""A project of this version as the program makes it: kept for the version after it, which must open it.

python -m tests.store.kept_project FILE
"""

from __future__ import annotations

import shutil
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from app.edit.commands import set_flag, set_note, set_status
from app.model.place import Place
from app.session import Session
from app.store import decisions
from app.suggest.base import Article, Suggestion, Why
from tests.store.made_projects import MOMENT, mark, record, span, write_training

TEXTS = (
    "وصل الوفد إلى ساريا ثم عاد من ساريا وفيها: «ساريا» جميلة. قال الوفد إنه باق.",
    "قتل 48 مسلحاً قرب ساريا أمس، ثم زار الوفد ساريا 😀.\nقال المتحدث: «لا خسائر».",
    "لا شيء هنا بعد.",
)
WORDS = (("ساريا", "LOCATION"), ("الوفد", "ACTOR"))
SOURCE, MODEL = "told", b"a model"


class _Told:
    """A source that suggests two words wherever they stand."""

    name, kind = SOURCE, "rule"

    def suggest(self, article: Article) -> list[Suggestion]:
        found = []
        for word, label in WORDS:
            places = (at for at in range(len(article.text)) if article.text.startswith(word, at))
            why = Why("known-place", {"name": word})
            found += [Suggestion(label, at, at + len(word), "rule", SOURCE, 0.9, why) for at in places]
        return found


def make(file: Path) -> None:
    """Articles of two annotators, marks, notes, steps taken back, decisions about suggestions, and a model."""
    with TemporaryDirectory() as folder:
        source = Path(folder, "kept.jsonl")
        marks = (span("b1", 5, 10, "ACTOR"), span("b2", 14, 19, status="suggested", source="rule", source_name=SOURCE))
        spans = (marks, (), ())
        write_training(source, *(record(f"{n}", text, spans[n], "B2") for n, text in enumerate(TEXTS)))
        with closing(Session.open(source)) as session:
            session.set_annotator("A1")
            session._all_sources().put(_Told())
            _work(session)
            model = decisions.Model("crf", MODEL, session.schema.name, MOMENT)
            with session._database.writing() as connection:
                decisions.keep_model(connection, model)
        shutil.copy(session.path, file)


def _work(session: Session) -> None:
    for row in session.rows(0, 2):
        session.go_to(row.key)
        session.suggest_now()
        mark(session, 0, 3, "ACTOR")
        session.do(set_note("ملاحظة"), place=Place())
        session.accept(_suggested(session, "LOCATION")[:1], place=Place())
        session.undo()
        session.redo()
        session.do(set_flag(True), place=Place())
    session.reject(_suggested(session, "ACTOR")[:1])
    session.do(set_status("complete"), place=Place())


def _suggested(session: Session, label: str) -> list[str]:
    return [one.id for one in session.suggestions if one.suggestion.label == label]


if __name__ == "__main__":
    make(Path(sys.argv[1]))
