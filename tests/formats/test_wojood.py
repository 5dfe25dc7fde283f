from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.formats.registry import format_of
from app.formats.wojood import FORMAT
from app.model.annotation import Annotations, Fragment, Span
from app.model.document import Document
from app.model.record import Record
from tests.formats.awkward import awkward_records
from tests.formats.in_folder import lay, read_at
from tests.formats.in_memory import write
from tests.formats.in_tokens import black, marks

RECORDS = awkward_records()
WORDS = "أعلن مجلس محافظة كركوك\u00a0أمس أن القوات دخلت البلدة"


def back(folder: Path, content: bytes) -> list[Record]:
    records, faults = read_at(FORMAT, lay(folder, {"a.wojood": content}) / "a.wojood")
    assert faults == []
    return records


def test_nested_and_crossing_spans_of_different_labels_come_back(tmp_path: Path) -> None:
    for record in RECORDS:
        written = write(FORMAT, [record])
        read = back(tmp_path, written.files[""]) if record.document.text else []
        assert black("".join(one.document.text for one in read)) == black(record.document.text)
        if record.document.id == "crossing":
            assert [loss.what for loss in written.losses if loss.span][-1] == "crossing"
        elif len(read) == 1:
            assert marks(read[0]) == marks(record)
        if len(read) > 1:
            assert "article-divided" in [loss.what for loss in written.losses]


def test_a_line_has_a_tag_for_each_span_the_outer_first_and_nothing_that_its_loader_would_split() -> None:
    nested = next(one for one in RECORDS if one.document.id == "nested")
    assert write(FORMAT, [nested]).files[""].decode().split("\n") == [
        "مجلس B-ORG",
        "محافظة I-ORG B-LOCATION",
        "كركوك I-ORG I-LOCATION B-LOCATION",
        "اجتمع O",
        "",
        "",
    ]
    assert [loss.what for loss in write(FORMAT, [nested]).losses if loss.span] == ["same-label-nested"]


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(1, 9), st.sampled_from("XYZ")), max_size=6))
def test_spans_of_whole_words_come_back_unless_one_crosses_its_own_label(places: list[tuple[int, int, str]]) -> None:
    edges = [0, *(k for k in range(1, len(WORDS)) if WORDS[k - 1].isspace())]
    ends = [*(k for k in range(len(WORDS)) if WORDS[k].isspace()), len(WORDS)]
    spans = [
        Span(f"s{n}", label, (Fragment(edges[first % len(edges)], ends[last % len(ends)]),))
        for n, (first, last, label) in enumerate(places)
        if edges[first % len(edges)] < ends[last % len(ends)]
    ]
    record = Record(Document("a", WORDS), Annotations.of(spans))
    written = write(FORMAT, [record])
    gone = {loss.span for loss in written.losses if loss.what == "crossing"}
    kept = record._replace(annotations=Annotations.of(span for span in spans if span.id not in gone))
    assert marks(read_text(written.files[""])) == marks(kept)


def read_text(content: bytes) -> Record:
    from app.formats.token_lines import TaggedLines
    from app.formats.written_lines import WrittenLine

    lines = (WrittenLine(number, line) for number, line in enumerate(content.decode().split("\n")))
    found = list(TaggedLines("a", "a", several=True).read(lines))
    assert len(found) == 1 and isinstance(found[0], Record)
    return found[0]


def test_the_file_of_another_is_read_sequence_by_sequence(tmp_path: Path) -> None:
    path = lay(tmp_path, {"a.wojood": "جامعة B-ORG\nبيرزيت I-ORG B-GPE\n\n\nأمس O\nx\ny B-\n"}) / "a.wojood"
    records, faults = read_at(FORMAT, path)
    assert [one.document.text for one in records] == ["جامعة بيرزيت", "أمس y"]
    assert marks(records[0]) == [(0, 11, "ORG"), (5, 11, "GPE")]
    assert faults == [(6, "line-malformed"), (7, "tag-malformed")]
    assert format_of(path) is FORMAT
