from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import SupportsIndex

import pytest
import regex
from hypothesis import given

from app.text import boundaries, graphemes
from app.text.boundaries import grapheme_end, grapheme_start, next_grapheme, previous_grapheme, snap, trim
from tests.text.made_text import clusters, texts, texts_with_place

UNICODE = Path("/usr/share/unicode")


def agrees_with_the_whole(text: str) -> None:
    edges = clusters(text)
    for k in range(len(text) + 1):
        assert grapheme_start(text, k) == max(edge for edge in edges if edge <= k), k
        assert grapheme_end(text, k) == min(edge for edge in edges if edge >= k), k
        assert previous_grapheme(text, k) == max((edge for edge in edges if edge < k), default=0), k
        assert next_grapheme(text, k) == min((edge for edge in edges if edge > k), default=len(text)), k


@given(texts)
def test_looking_near_a_position_finds_what_reading_the_whole_text_finds(text: str) -> None:
    agrees_with_the_whole(text)


@pytest.mark.parametrize(
    "text",
    [
        "ب" + "\u064e\u0651" * 100 + "ت",
        "👨‍👩‍👧‍👦" * 40 + "‍👦",
        "a" + "👩\u0301\u0301‍🚀" * 20,
        "🇾🇪" * 41 + "🇸" + "ب" + "🇾🇪🇸",
        "قال " + "🇾" * 151,
        "\u0600" + "🇾" * 7 + "\u200d🇾🇪🇾\u0600🇾🇪🇸",
        "\u0600\u0601\u0605\u06dd٣٥" * 10 + "\u0600",
        "\u0600\r\n\r\n\n\r\u0301\r\n" * 10,
        "क्त" + "क्‍" * 60 + "ष" + "क" * 60,
        "ᄀ" * 60 + "ᅡ" * 60 + "ᆨ" * 60 + "가" * 60,
    ],
    ids=[
        "marks",
        "family",
        "marks and joiners",
        "flags",
        "odd flags",
        "flags parted",
        "number signs",
        "lines",
        "conjunct",
        "hangul",
    ],
)
def test_long_graphemes_and_long_runs_of_them_are_found_from_any_place(text: str) -> None:
    agrees_with_the_whole(text)


def ranges(file: Path, name: str = "") -> dict[str, str]:
    """Character → value of a Unicode table of ranges, of the rows whose value is `name` or of all."""
    values = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        codes, _, value = (part.strip() for part in line.partition("#")[0].partition(";"))
        if codes and name in ("", value):
            first, _, last = codes.partition("..")
            values.update({chr(code): value for code in range(int(first, 16), int(last or first, 16) + 1)})
    return values


def rows_of_the_break_test() -> list[list[str]]:
    file = UNICODE / "auxiliary" / "GraphemeBreakTest.txt"
    rows = (line.partition("#")[0].strip(" \t÷") for line in file.read_text(encoding="utf-8").splitlines())
    return [
        ["".join(chr(int(code, 16)) for code in cluster.split("×")) for cluster in row.split("÷")]
        for row in rows
        if row
    ]


@pytest.mark.skipif(
    not UNICODE.exists(), reason="Unicode's tables are not here: Debian's package unicode-data has them"
)
def test_unicodes_own_test_of_graphemes_passes_in_every_row_that_the_library_knows() -> None:
    breaks = ranges(UNICODE / "auxiliary" / "GraphemeBreakProperty.txt")
    pictures = ranges(UNICODE / "emoji" / "emoji-data.txt", "Extended_Pictographic")

    def known_alike(letter: str) -> bool:
        """Whether the tables and the library, of other Unicode versions, say the same of this character."""
        value = breaks.get(letter, "Other")
        picture = bool(regex.match(r"\p{Extended_Pictographic}", letter))
        return bool(regex.match(rf"\p{{GCB={value}}}", letter)) and picture == (letter in pictures)

    rows = rows_of_the_break_test()
    known = [row for row in rows if all(known_alike(letter) for cluster in row for letter in cluster)]
    assert len(rows) > 500
    assert len(known) > 0.98 * len(rows)
    for row in known:
        text = "".join(row)
        edges = {len("".join(row[:i])) for i in range(len(row) + 1)}
        assert {k for k in range(len(text) + 1) if grapheme_start(text, k) == k} == edges, row
        assert {k for k in range(len(text) + 1) if grapheme_end(text, k) == k} == edges, row


@pytest.mark.parametrize(
    "graphemes",
    ["क्त", "क््त", "क्‍त", "क़‍्त", "क्त्य", "क|त", "a्|त", "?्|त", "्|त", "a्|त्त", "क्त्|a"],
)
def test_consonants_join_over_a_virama_that_stands_on_a_consonant_and_over_no_other(graphemes: str) -> None:
    text = graphemes.replace("|", "")
    first = next_grapheme(text, 0)
    assert text[:first] == graphemes.partition("|")[0]
    assert previous_grapheme(text, len(text)) == (0 if first == len(text) else first)


class Watched(str):
    """A text that counts how many of its characters were taken."""

    taken = 0

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        found = super().__getitem__(key)
        self.taken += len(found)
        return found


ARTICLE = "قالت UN-WFP إنّ ٣٥ مدنيًّا (بينهم 12,000) قُتلوا في «قره قوش». ثم عادوا 👩‍🚀🇾🇪 إلى لـ«فرانس برس»؟ "


@pytest.mark.parametrize("text", [ARTICLE * 2_000, ARTICLE[:-1] * 12_000, (ARTICLE + "\r\n") * 12_000], ids=len)
@pytest.mark.parametrize(
    "look",
    [
        *(grapheme_start, grapheme_end, previous_grapheme, next_grapheme),
        *(boundaries.word_at, boundaries.next_word, boundaries.previous_word, boundaries.sentence_at),
        lambda text, k: snap(text, k, len(text) - k),
        lambda text, k: trim(text, k, len(text) - k),
    ],
)
def test_a_look_at_a_position_takes_in_its_neighbourhood_and_never_the_text(
    text: str, look: Callable[[str, int], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = 0

    class Reader:
        def findall(self, part: str) -> list[str]:
            nonlocal read
            read += len(part)
            return regex.findall(r"\X", part)

        def finditer(self, part: str) -> object:
            nonlocal read
            read += len(part)
            return regex.finditer(r"\X", part)

    monkeypatch.setattr(graphemes, "_CLUSTER", Reader())
    middle = len(text) // 2
    for k in (*range(middle, middle + len(ARTICLE)), len(text) - 1, len(text), 0):
        watched = Watched(text)
        read = 0
        look(watched, k)
        assert watched.taken < 1_500, k
        assert read < 1_500, k


@given(texts_with_place(), texts_with_place())
def test_a_snapped_range_splits_no_grapheme_and_is_no_wider_than_it_must_be(
    one: tuple[str, int], other: tuple[str, int]
) -> None:
    text, start, end = one[0] + other[0], one[1], len(one[0]) + other[1]
    first, last = snap(text, start, end)
    edges = clusters(text)
    if start == end:
        assert first == last == max(edge for edge in edges if edge <= start)
    else:
        assert first == max(edge for edge in edges if edge <= start)
        assert last == min(edge for edge in edges if edge >= end)


@given(texts_with_place(), texts_with_place())
def test_a_trimmed_range_keeps_all_that_can_be_seen_and_splits_nothing(
    one: tuple[str, int], other: tuple[str, int]
) -> None:
    text, start, end = one[0] + other[0], one[1], len(one[0]) + other[1]
    first, last = snap(text, start, end)
    kept = trim(text, start, end)
    assert trim(text, *kept) == kept
    assert {*kept} <= {*clusters(text)}
    if kept[0] == kept[1]:
        assert seen(text[first:last]) == ""
    else:
        assert seen(text[first : kept[0]]) == seen(text[kept[1] : last]) == ""
        assert text[kept[0]] in "\u200c\u200d" or seen(text[kept[0] : next_grapheme(text, kept[0])])
        assert seen(text[previous_grapheme(text, kept[1]) : kept[1]])


def seen(text: str) -> str:
    visible = (letter for letter in text if not letter.isspace())
    return regex.sub(r"[\p{Bidi_Control}\u200b-\u200d\u2060\ufeff]", "", "".join(visible))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  قره قوش \n", "قره قوش"),
        ("\u00a0قال\u00a0", "قال"),
        ("\u200f\u2067قال\u2069\u200f", "قال"),
        ("\ufeff\u200bقال\u200b", "قال"),
        ("می\u200cروم ", "می\u200cروم"),
        (" هـ\u200d ", "هـ\u200d"),
        ("\n\u200dه", "\u200dه"),
        ("می\u200c", "می\u200c"),
        ("قال\u200c \u200d", "قال\u200c"),
        (" \u0301 ", " \u0301"),
        ("«قال»،", "«قال»،"),
        (" \n\u200f\u00a0", ""),
        ("", ""),
    ],
)
def test_a_selection_drops_white_space_and_invisible_controls_at_its_ends(text: str, expected: str) -> None:
    start, end = trim(text, 0, len(text))
    assert text[start:end] == expected


def test_nothing_left_of_a_selection_is_an_empty_range_where_it_began() -> None:
    assert trim("قال  \n قيل", 4, 6) == (4, 4)


def test_a_selection_that_cuts_a_letter_from_its_marks_takes_both() -> None:
    text = "مُحَمَّد"
    assert trim(text, 1, 5) == (0, 7) == snap(text, 1, 5)


def test_positions_beyond_the_text_mean_its_ends() -> None:
    assert [grapheme_start("قَل", k) for k in (-2, -1, 4)] == [0, 0, 3] == [grapheme_end("قَل", k) for k in (-2, -1, 4)]
    assert snap("", -1, 1) == (0, 0)
    assert trim("قَل", -3, 9) == (0, 3)
