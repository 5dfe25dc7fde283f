from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import dev
from app.cli.main import hashiya
from app.cli.spoken import messages
from app.errors import EditRefused, Fault, FaultyFile, SourceError
from app.fault_sentences import FAULTS
from app.formats.registry import ROWS
from app.loss_sentences import LOSSES
from app.problem_sentences import PROBLEMS
from app.sentences import ERRORS, Counted
from app.why_sentences import WHY
from app.wording import _, describe, describe_fault, is_right_to_left, language, plural, use_language
from tests.raised_codes import ROOT, code_like_words, raised

ARABIC = ROOT / "resources" / "translations" / "ar" / "LC_MESSAGES" / "hashiya.po"
SENTENCES = {**PROBLEMS, **ERRORS, **FAULTS}
# Hyphenated words of the program that are no codes.
OTHER_WORDS = {
    "hashiya-jsonl",
    "hashiya-schema",
    "conflict-news",
    "conflict-news-1",
    "dkpro-cassis",
    "utf-8",
    "utf-8-sig",
    "utf-16-be",
    "utf-16-le",
    "utf-16",
    "windows-1256",
    "iso-8859-6",
    "contrast-dark",
    "answers-unasked",  # app.left_sentences says it
}

Message = str | tuple[str, ...]


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", text))


def needed_values(sentence: str | Counted) -> set[str]:
    if isinstance(sentence, Counted):
        return placeholders(sentence.one) | placeholders(sentence.many) | {sentence.by}
    return placeholders(sentence)


def catalogue() -> Catalog:
    with ARABIC.open("rb") as stream:
        return read_po(stream, locale="ar")


def messages_of_the_program() -> Iterator[Message]:
    keywords = {**DEFAULT_KEYWORDS, **parse_keywords(dev.KEYWORDS)}
    for room in ("app", "widgets"):
        for found in extract_from_dir(ROOT / room, [("**.py", "python")], keywords=keywords):
            yield found[2]
    yield from messages(hashiya)


def forms(string: Message) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


def translations(read: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {forms(message.id): forms(message.string) for message in read if message.id}


def test_every_code_that_is_raised_has_its_sentence() -> None:
    assert [found for found in raised() if found.code not in SENTENCES] == []
    known = SENTENCES.keys() | LOSSES.keys() | ROWS.keys() | WHY.keys() | OTHER_WORDS
    assert {word: place for word, place in code_like_words("app").items() if word not in known} == {}


def test_no_sentence_is_without_a_code_that_is_raised() -> None:
    assert set(SENTENCES) - set(code_like_words("app")) - set(code_like_words("widgets")) == set()


def test_a_sentence_shows_no_value_that_its_error_does_not_carry() -> None:
    wrong = []
    for found in raised():
        given = found.values
        if given is None or found.code not in SENTENCES:
            continue
        known = given | {"file", "line", "field"} if found.code in FAULTS else given
        if missing := needed_values(SENTENCES[found.code]) - known:
            wrong.append((found.place, found.code, missing))
    assert wrong == []


def test_the_arabic_catalogue_says_everything_the_program_says_and_nothing_it_no_longer_says() -> None:
    arabic = catalogue()
    said = {message.id for message in arabic if message.id}
    wanted = set(messages_of_the_program())
    assert wanted - said == set()
    assert said - wanted == set()
    silent = [message.id for message in arabic if message.id and (message.fuzzy or not all(forms(message.string)))]
    assert silent == []


def test_a_translation_shows_the_same_values_as_the_english_sentence() -> None:
    wrong = []
    for message in catalogue():
        if isinstance(message.id, str):
            fits = placeholders(message.id) == placeholders(str(message.string))
        else:
            # "One article", "two articles" are words in Arabic; from three on the number is shown.
            wanted, known = placeholders(message.id[1]), placeholders("".join(message.id))
            fits = len(message.string) == 6 and all(placeholders(form) <= known for form in message.string)
            fits = fits and all(placeholders(form) == wanted for form in message.string[3:])
        if not fits:
            wrong.append(message.id)
    assert wrong == []


def test_the_compiled_catalogue_is_the_one_that_is_read_by_people() -> None:
    with ARABIC.with_suffix(".mo").open("rb") as stream:
        compiled = read_mo(stream)
    assert translations(compiled) == translations(catalogue())


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "ar_EG.UTF-8"}, "ar"),
        ({"LANG": "ar_EG.UTF-8", "LANGUAGE": "en:ar"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "fr:ar_EG:en"}, "ar"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "ar_SY"}, "ar"),
        ({"LANG": "ar@euro"}, "ar"),
        ({"LANG": "tr_TR.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
    ],
)
def test_the_system_chooses_the_language_until_the_user_does(
    variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    use_language("")
    assert language() == expected


def test_arabic_is_written_from_right_to_left_and_keeps_names_of_files_whole() -> None:
    fault = Fault("corpus.jsonl", 3, "spans[2].end", "not-json", {"column": 7})
    use_language("ar")
    assert is_right_to_left()
    said = describe_fault(fault)
    assert "\u2068corpus.jsonl\u2069" in said
    assert "\u2068spans[2].end\u2069" in said
    use_language("en")
    assert describe_fault(fault).startswith("corpus.jsonl, line 3, spans[2].end: ")


def test_arabic_numbers_choose_among_six_forms() -> None:
    use_language("ar")
    message = next(message for message in catalogue() if isinstance(message.id, tuple))
    assert [plural(*message.id, n) for n in (0, 1, 2, 3, 11, 100)] == list(message.string)


def test_a_code_without_a_sentence_still_says_something_useful() -> None:
    said = describe(SourceError("never-heard-of", file=str(Path("a", "b.txt"))))
    assert "never-heard-of" in said
    assert str(Path("a", "b.txt")) in said


def test_a_value_that_is_missing_does_not_hide_the_message() -> None:
    code, sentence = next((code, text) for code, text in ERRORS.items() if isinstance(text, str) and "{" in text)
    assert describe(SourceError(code)).startswith(sentence.split("{")[0])


def test_a_faulty_file_names_its_first_fault_and_counts_the_others() -> None:
    faults = tuple(Fault("corpus.jsonl", line, "text", "never-heard-of") for line in (2, 5, 9))
    said = describe(FaultyFile("never-heard-of", faults, file="corpus.jsonl"))
    assert "corpus.jsonl, line 2, text" in said
    assert "2 more faults" in said


def test_an_edit_that_is_refused_says_what_to_do() -> None:
    assert describe(EditRefused("nothing-selected")) == _("Nothing is selected. Select some text first.")
