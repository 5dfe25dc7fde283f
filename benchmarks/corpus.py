"""A large corpus, the same each time: articles of about 5 KB in the words of the samples, and of names made from them.

Words come as often as in a language (Zipf's law, over some 40,000 of them), so that an index of the texts is no
smaller than a real one.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Final

import orjson

from app.model.annotation import Annotations, Fragment, Span, State
from app.store import annotations as sheets
from app.store import documents, log
from app.store.annotations import Stamp
from app.store.engine import Database
from benchmarks.material import MOMENT, spans_of
from resources import resource, sample_names

BYTES: Final = 5_000
"""How long an article is, about."""
SPANS: Final = 60
ANNOTATOR: Final = "bench"
"""Who annotates them."""
SOURCES: Final = ("نرمدان برس", "صوت الجنوب", "وكالة البلسان", "الزورد اليوم", "Coastline Wire", "بريد درقونة")

_WORD: Final = re.compile(r"[\u0621-\u065f]{2,}")
_NAMES, _SENTENCES = 40_000, 20_000


def lines(count: int, size: int = BYTES, first: int = 0) -> Iterator[bytes]:
    """`count` articles as lines of JSON, each of about `size` bytes; the n-th is the same in every corpus."""
    for number in range(first, first + count):
        chance = random.Random(number)
        text = _text(chance, size)
        article = {
            "id": f"corpus-{number:07}",
            "title": " ".join(text.split()[:7]),
            "source": SOURCES[number * number % len(SOURCES)],
            "date": f"20{10 + number % 16}-{1 + number % 12:02}-{1 + number % 28:02}",
            "text": text,
        }
        yield orjson.dumps(article, option=orjson.OPT_APPEND_NEWLINE)


def annotate(project: Path, count: int) -> int:
    """Give the first `count` articles of `project` 60 spans each, as an import would; how many have them."""
    here = done = 0
    with closing(Database(project)) as database:
        while done < count:
            with database.writing() as connection:
                seq = log.append(connection, MOMENT, "", "import")
                found = documents.texts(connection, here)[: count - done]
                for text in found:
                    there, stamp = documents.read(connection, text.key), Stamp(ANNOTATOR, MOMENT, seq)
                    sheets.add_layer(connection, text.key, there, _spans(text.text), stamp, imported=True)
            if not found:
                break
            here, done = found[-1].position + 1, done + len(found)
    return done


def rare_word(number: int) -> str:
    """A name that few articles hold, another one for each number."""
    return _vocabulary()[0][-1 - number]


def common_word(number: int) -> str:
    """A word that many articles hold, another one for each number."""
    return _vocabulary()[0][20 + number]


def _spans(text: str) -> Annotations:
    made = [
        Span(f"{k:05}", label, (Fragment(start, end),), created_at=MOMENT, updated_at=MOMENT)
        for k, (start, end, label) in enumerate(spans_of(text, SPANS))
    ]
    return Annotations.of(made, state=State("complete"))


def _text(chance: random.Random, size: int) -> str:
    """Paragraphs of sentences, and names of the article's own, as a report has them."""
    own = [_vocabulary()[0][chance.randrange(_NAMES)] for _ in range(4)]
    made: list[str] = []
    length = 0
    while length < size:
        sentence = chance.choice(_sentences())
        if chance.random() < 0.5:
            sentence = f"{sentence[:-1]}، وفق {chance.choice(own)} ({chance.randrange(2, 9_000)})."
        made.append(sentence + ("\n\n" if chance.random() < 0.25 else " "))
        length += 2 * len(sentence)
    return "".join(made).strip() + "\n"


@cache
def _sentences() -> list[str]:
    chance = random.Random(5)
    words, often = _vocabulary()
    return [
        " ".join(chance.choices(words, cum_weights=often, k=chance.randrange(9, 24))) + "." for _ in range(_SENTENCES)
    ]


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    """Words, those that come most often first, and how often each comes, summed up."""
    texts = [resource("samples", name).read_text("utf-8") for name in sample_names()]
    counted = Counter(word for text in texts for word in _WORD.findall(text))
    words = [word for word, _times in counted.most_common()]
    chance = random.Random(7)
    known = dict.fromkeys(words)
    while len(known) < _NAMES:
        one, other = chance.choice(words), chance.choice(words)
        known[one[: chance.randrange(2, 5)] + other[-chance.randrange(2, 5) :]] = None
    return list(known), list(accumulate(1 / (place + 5) for place in range(1, _NAMES + 1)))
