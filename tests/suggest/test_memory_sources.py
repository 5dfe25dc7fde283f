"""What repeats a mark, what was labelled before, and how both follow what is labelled next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.labels import default_schema
from app.model.annotation import Annotations
from app.suggest.base import Article
from app.suggest.dictionary import Dictionary
from app.suggest.memory import Memory
from app.suggest.repetition import Repetition
from tests.store.made_projects import span

SCHEMA = default_schema()
TEXT = "وصل الوفد إلى كركوك، ثم عاد من كركوك وبكركوك إلى بغداد. رحب الجيش به وقال للجيش: كركوكي"


def article(text: str = TEXT, *spans: object) -> Article:
    return Article("a", text, Annotations.of(spans), SCHEMA)  # type: ignore[arg-type]


def said(text: str, found: object) -> list[tuple[str, str]]:
    return sorted((one.label, text[one.start : one.end]) for one in found)  # type: ignore[attr-defined]


def test_a_mark_is_repeated_wherever_its_text_stands_as_a_word_without_its_clitics() -> None:
    found = list(Repetition().suggest(article(TEXT, span("s", 14, 19), span("t", 61, 66, "ACTOR"))))
    assert [TEXT[one.start : one.end] for one in found if one.label == "LOCATION"] == ["كركوك"] * 3
    assert found[0].why.code == "repeats-mark" and found[0].why.values["place"] == 14


def test_a_suggestion_that_nobody_accepted_is_not_repeated() -> None:
    assert not list(Repetition().suggest(article(TEXT, span("s", 14, 19, status="suggested"))))


@pytest.mark.parametrize(
    ("taken", "seen", "wanted"),
    [
        ({("LOCATION", "كركوك"): 3}, {}, [("LOCATION", "كركوك")] * 3),
        ({("ACTOR", "الجيش"): 1}, {}, [("ACTOR", "الجيش"), ("ACTOR", "للجيش")]),
        ({("LOCATION", "كركوك"): 3, ("ACTOR", "كركوك"): 3}, {}, []),
        ({("LOCATION", "كركوك"): 3, ("ACTOR", "كركوك"): 1}, {}, [("LOCATION", "كركوك")] * 3),
        ({("LOCATION", "كركوك"): 3}, {"كركوك": 30}, []),
        ({("LOCATION", "كركوك"): 0}, {}, []),
        ({("LOCATION", "ك"): 9, ("LOCATION", ""): 9}, {}, []),
        ({("LOCATION", "الوفد الي"): 1}, {}, [("LOCATION", "الوفد إلى")]),
        ({("LOCATION", "كركوك ثم"): 1}, {}, []),
    ],
)
def test_what_mostly_carries_one_label_is_found_again(
    taken: dict[tuple[str, str], int], seen: dict[str, int], wanted: list[tuple[str, str]]
) -> None:
    assert said(TEXT, Dictionary(lambda: Memory(taken=taken, seen=seen)).suggest(article())) == wanted


WORDS = st.sampled_from(["كركوك", "بغداد", "الجيش", "الوفد", "الوفد الي", "عاد"])
LABELS = st.sampled_from(["LOCATION", "ACTOR"])


@given(st.lists(st.tuples(LABELS, WORDS, st.sampled_from([-1, 1, 2])), max_size=12))
def test_a_dictionary_that_follows_says_what_one_made_anew_says(steps: list[tuple[str, str, int]]) -> None:
    taken: dict[tuple[str, str], int] = {}
    touched: dict[str, int] = {}
    followed = Dictionary(lambda: Memory(taken=taken, touched=touched))
    for turn, (label, form, by) in enumerate(steps, 1):
        taken[label, form] = max(taken.get((label, form), 0) + by, 0)
        touched.pop(form, None)
        touched[form] = turn
        anew = Dictionary(lambda: Memory(taken=dict(taken))).suggest(article())
        assert sorted(followed.suggest(article())) == sorted(anew)
