"""What a word can be where counts are read."""

from __future__ import annotations

from typing import Final, NamedTuple


class Kind:
    """What a word does where counts are read; plain numbers, for they are compared more often than anything."""

    UNKNOWN, END, STOP = range(3)
    # Parts of numbers: 48; خمسة; أحد (in أحد عشر); عشرة; عشرون; مئة, ثلاثمئة; ألف; ألفان; نصف; آلاف; عشرات; عدة
    (
        DIGITS,
        UNIT,
        TEEN_UNIT,
        TEN,
        TENS,
        HUNDREDS,
        SCALE,
        TWO_SCALES,
        PART,
        SCALES,
        SOME,
        SEVERAL,
        NUMBER_OF,
        MANY,
        OTHER_DIGITS,
    ) = range(3, 18)
    # What is said of them
    (
        ABOUT,
        NEARLY,
        MORE,
        LESS,
        UP_TO,
        NOT,
        WHAT,
        BETWEEN,
        TO,
        DASH,
        OR,
        OF,
        ON,
        IN,
        LEAST,
        MOST,
        EXTREME,
        LOWEST,
        HIGHEST,
        ESTIMATE,
        ODD,
        RISE,
        REACH,
    ) = range(18, 41)
    # What is counted: one, two, two or many (مسلحين), many; what is no person; حالة
    ONE, TWO, TWO_OR_MANY, PEOPLE, THING, TIME, MONTH, WEEKDAY, DAYTIME, MONEY, CASE, AGE = range(41, 53)
    # What happened: مقتل, whose noun is the victim; قتل, whose noun may have done it
    HARM, DEED = range(53, 55)
    # Words that make a name or a date with a number; بينهم; بعد; أول
    LABEL, CLITIC, AMONG, AFTER, ORDINAL = range(55, 60)


class Word(NamedTuple):
    """A word as it counts: `value` of its number, where it begins after `cut` letters of clitics.

    `article` and `joined` tell ال and a و before it. `places` are the decimals of digits, `whole` tells that they
    can be read without them; ألفا has a place too, for it may be one thousand or two. A thing of the `value` 1 is one.
    `victim` tells that a noun says by itself that harm was done, `label` that a number after the word belongs to it.
    """

    kind: int
    value: int = 0
    cut: int = 0
    article: bool = False
    joined: bool = False
    places: int = 0
    whole: bool = True
    victim: bool = False
    label: bool = False


UNKNOWN: Final = Word(Kind.UNKNOWN)
UNKNOWN_DEFINITE: Final = Word(Kind.UNKNOWN, article=True)
END: Final = Word(Kind.END)
