"""The simulated annotator counts what it does, and is spared what was suggested."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks import suggest
from benchmarks.suggest import Gold

TEXT = "وصل الوفد إلى ساريا ثم عاد من ساريا"
PLACES = frozenset({(14, 19, "LOCATION"), (30, 35, "LOCATION")})


def test_what_is_marked_accepted_and_rejected_is_counted() -> None:
    golds = [Gold("a", TEXT, PLACES), Gold("b", TEXT, PLACES), Gold("c", TEXT, frozenset())]
    measured = suggest.measure(golds)
    assert measured["by_article"] == [
        (suggest.MARK + suggest.ACCEPT) / 2,  # the second place is suggested when the first was marked
        2 * suggest.ACCEPT / 2,
        2 * suggest.REJECT,  # a form that was marked more often than refused is asked about again
    ]
    assert measured["shown_recall"] == 3 / 4 and measured["shown_precision"] == 3 / 5


def test_a_corpus_gives_its_labels_other_names_and_keeps_every_fifth_line_back(tmp_path: Path) -> None:
    spans = [{"label": "LOC", "start": 14, "end": 19}, {"label": "MISC", "start": 0, "end": 3}]
    lines = [json.dumps({"id": f"a{n}", "text": TEXT, "spans": spans}) for n in range(5)]
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("\n".join(lines), encoding="utf-8")
    golds = suggest.read_gold(corpus, {"LOC": "LOCATION"})
    assert [one.id for one in golds] == ["a0", "a1", "a2", "a3"]
    assert golds[0].marks == {(14, 19, "LOCATION")}
    assert len(suggest.read_gold(corpus, {})) == 5
