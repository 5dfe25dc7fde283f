"""Source, date and address of an article, said by a person."""

from __future__ import annotations

from pathlib import Path

import orjson
from hypothesis import given
from hypothesis import strategies as st

from app.model.document import NameValue, Origin, origin_of, with_origin
from app.model.wish import Wish
from tests.store.made_projects import mark, opened, write

VALUES = st.text("ab -1", max_size=6).map(lambda said: " ".join(said.split()))
META = st.lists(
    st.builds(NameValue, st.sampled_from(["source", "Publisher", "url", "date", "author"]), VALUES), max_size=6
)


@given(META, st.builds(Origin, VALUES, VALUES, VALUES))
def test_what_is_said_is_what_is_read_and_nothing_else_goes(meta: list[NameValue], origin: Origin) -> None:
    now = with_origin(tuple(meta), origin)
    assert origin_of(now) == origin
    assert [pair for pair in now if pair.name == "author"] == [pair for pair in meta if pair.name == "author"]


def test_the_list_the_search_and_the_training_file_follow(tmp_path: Path) -> None:
    session = opened(write(tmp_path / "corpus.jsonl", '{"id":"a","text":"خبر"}\n{"id":"b","text":"نبأ"}\n'))
    session.set_origin(Origin("رويترز", "31/03/2026", "https://a.example/1"))
    assert session.rows(0, 1)[0].source == "رويترز"
    assert session.find(Wish(text="رويترز")) == [0]
    assert session.find(Wish(sort="date")) == [0, 1]
    session.set_annotator("A1")
    mark(session, 0, 3)
    session.publish()
    session.set_origin(Origin("الأناضول", "", ""))
    assert session.find(Wish(text="رويترز")) == []
    session.publish()
    (line,) = session.training_file.read_bytes().splitlines()
    assert orjson.loads(line)["meta"] == [{"name": "source", "value": "الأناضول"}]
    assert session.annotations.spans
    assert session.undo()
    session.close()
    again = opened(tmp_path / "corpus.hashiya")
    assert again.document.origin == Origin("الأناضول")
    again.close()
