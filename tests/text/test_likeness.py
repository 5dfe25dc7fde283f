from __future__ import annotations

import random

from hypothesis import given

from app.text.likeness import Alike, resemblance, sketch
from tests.text.made_text import texts

WORDS = [f"كلمة{number}" for number in range(5000)]


def story(seed: int, length: int = 200) -> str:
    made = random.Random(seed)
    return " ".join(made.choices(WORDS, k=length))


def test_a_story_that_was_sent_again_with_changes_is_found_and_others_are_not() -> None:
    alike = Alike()
    for number in range(100):
        assert alike.meet(f"s{number}", story(number)) is None
    first = story(7)
    changed = first.split()
    for place in range(0, len(changed), 20):
        changed[place] = "غيرها"
    for again in (
        "بغداد (رويترز) - " + first,
        first[: len(first) * 3 // 4],
        " ".join(changed),
        first.replace("ة", "ه"),
    ):
        found = alike.meet("again", again)
        assert found is not None and found.id in ("s7", "again") and found.share >= 0.4
    assert alike.meet("half", " ".join(story(8).split()[:100] + story(200, 100).split())) is None


def test_the_share_is_about_that_of_common_words_in_a_row() -> None:
    for kept in (1.0, 0.8, 0.5, 0.2, 0.0):
        words = story(1, 1000).split()
        other = words[: int(1000 * kept)] + story(2, 1000 - int(1000 * kept)).split()
        expected = kept / (2 - kept)
        assert abs(resemblance(sketch(story(1, 1000)), sketch(" ".join(other))) - expected) <= 0.17


def test_texts_of_a_few_words_and_formulas_that_stand_in_every_text_resemble_nothing() -> None:
    alike = Alike()
    assert [alike.meet(str(number), "قال مصدر أمني") for number in range(3)] == [None] * 3
    formula = " هذا الخبر من وكالة الأنباء وجميع حقوق النشر محفوظة لها"
    assert [alike.meet(f"f{number}", story(number) + formula) for number in range(120)] == [None] * 120


@given(texts)
def test_every_text_resembles_itself_wholly_or_is_too_short(text: str) -> None:
    own = sketch(text * 3)
    assert resemblance(own, own) == (1.0 if own else 0.0)
