from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.edit.commands import delete, relabel
from app.edit.moves import Moves
from app.errors import EditRefused
from app.model.place import Place
from app.session import Session
from tests.store.made_projects import mark, opened, record, span, write_training

LABELS = ("LOCATION", "ACTOR", "CASUALTY")
GIVEN = (span("s1", 0, 6), span("s2", 7, 13, "ACTOR"), span("s3", 14, 18, "ACTOR", status="suggested"))
STEPS = st.tuples(
    st.sampled_from(["mark", "relabel", "delete", "undo", "redo", "go", "rename", "delete article", "import"]),
    st.integers(0, 9),
)


def counted(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """What the tallies say, and what there is to count."""
    questions = {
        "said": "SELECT label, layer, accepted, suggested FROM tallies ORDER BY 1, 2",
        "there": "SELECT label, layer, sum(status = 'accepted'), sum(status != 'accepted') FROM spans"
        " GROUP BY 1, 2 ORDER BY 1, 2",
    }
    with session._database.reading() as connection:
        return {name: list(map(tuple, connection.exec_driver_sql(sql).all())) for name, sql in questions.items()}


def step(session: Session, folder: Path, what: str, number: int) -> None:
    """Something that somebody might do next."""
    spans = session.annotations.ordered()
    if what == "undo" or what == "redo":
        getattr(session, what)()
    elif what == "go" and session.count:
        session.go_to(session.rows(number % session.count, 1)[0].key if session.is_whole() else session.key or 0)
    elif what == "rename":
        labels = tuple(replace(one, id="PLACE") if one.id == "LOCATION" else one for one in session.schema.labels)
        if labels != session.schema.labels:
            session.set_schema(replace(session.schema, labels=labels, relations=()), Moves({"LOCATION": "PLACE"}))
    elif what == "import":
        session.import_file(write_training(folder / "more.jsonl", record(f"m{number}", spans=GIVEN, annotator="C3")))
    elif not session.key:
        return
    elif what == "delete article":
        session.delete_articles([session.key])
    elif what == "mark":
        mark(session, number, number + 3, session.schema.labels[number % 3].id)
    elif spans and what == "relabel":
        session.do(relabel(spans[number % len(spans)].id, LABELS[number % 3]), place=Place())
    elif spans and what == "delete":
        session.do(delete([one.id for one in spans[: number % 3 + 1]]), place=Place())


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(taken=st.lists(STEPS, min_size=5, max_size=25))
def test_labels_are_counted_as_they_are_whatever_was_done(tmp_path_factory, taken: list[tuple[str, int]]) -> None:  # type: ignore[no-untyped-def]
    folder: Path = tmp_path_factory.mktemp("tallies")
    articles = [record(id, spans=GIVEN) for id in "abc"]
    with closing(opened(write_training(folder / "corpus.jsonl", *articles))) as session:
        for what, number in taken:
            try:
                step(session, folder, what, number)
            except EditRefused:
                continue
            found = counted(session)
            assert found["said"] == found["there"], what
        labels = Counter[str]()
        for label, _layer, accepted, suggested in counted(session)["there"]:
            labels[str(label)] += int(str(accepted)) + int(str(suggested))
        assert session.schema_use().labels == labels
