from __future__ import annotations

from unicodedata import normalize

from hypothesis import given

from app.text.presentation import presentation_forms, without_presentation_forms
from tests.text.made_text import texts


def test_letters_come_back_and_words_that_are_one_character_stay() -> None:
    copied = "ﻗُﺘﻞ ﺧﻤﺴﺔ ﻓﻲ ﻻ ﷲ ﷺ ﴾أ﴿ ﹰ"
    assert presentation_forms(copied) == 11
    assert without_presentation_forms(copied) == "قُتل خمسة في لا ﷲ ﷺ ﴾أ﴿ ً"


def test_every_form_becomes_letters_and_marks() -> None:
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):
        if presentation_forms(chr(code)):
            plain = without_presentation_forms(chr(code))
            assert presentation_forms(plain) == 0 and " " not in plain
            assert plain == normalize("NFKC", chr(code)).replace(" ", "")


@given(texts)
def test_what_has_no_forms_stays_as_it_is(text: str) -> None:
    if not presentation_forms(text):
        assert without_presentation_forms(text) == text
    assert presentation_forms(without_presentation_forms(text)) == 0
