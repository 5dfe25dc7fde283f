"""Models made and run: conditional random fields over pieces of words. In the worker's process alone, since its
library ends a process that it reads a damaged model in.
"""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile, gettempdir
from typing import Any, Final

from app.suggest.crf_features import Sentence, features, sentences
from app.suggest.model_file import Model, ModelRefused, Part
from app.suggest.train import OUTSIDE, Lesson, learnable, read_sentences, stretches, tags

Found = tuple[str, int, int, float]
"""A label, the stretch that would carry it, and how likely it does."""

# Chosen by folds of news that stand together, so that no article is on both sides.
_SMOOTHED: Final = {"c1": 0.3, "c2": 0.02, "max_iterations": 40}
_QUICK: Final = {"max_iterations": 5}
_QUICK_CERTAINTY: Final = 0.8
"""A perceptron is sure of all it says; so much of it was right."""
_FEW: Final = 11_000
_MANY: Final = 40_000
"""Pieces of about fifteen and of fifty articles of 600 words: between them only a perceptron learns within a second,
and after them learning takes the time that it needs."""
_BY_NUMBER: Final = Path("/dev/fd")
_PREFIX: Final = "hashiya-learning-"
_OLD: Final = 3600.0
"""After so many seconds nobody writes into a folder of that prefix any more."""


def learn(lessons: Sequence[Lesson], schema: str) -> Model:
    """A model of what was read; the same lessons give the same one in a process that has learned nothing before.

    Raises ModelRefused where no label has been made often enough, and where the library is not there.
    """
    groups = learnable(lessons)
    if not groups:
        raise ModelRefused("model-too-few")
    library = _library()
    trainers = [library.Trainer(verbose=False) for _ in groups]
    read = [read_sentences(one) for one in lessons]
    for one, sentences_read, told in zip(lessons, read, _told(read), strict=True):
        sequences = [library.ItemSequence(sentence) for sentence in told]
        for trainer, labels in zip(trainers, groups, strict=True):
            for sequence, said in zip(sequences, tags(sentences_read, one.marks, labels), strict=True):
                trainer.append(sequence, said)
    pieces = sum(len(sentence) for sentences_read in read for sentence in sentences_read)
    quick = _FEW < pieces * len(groups) <= _MANY
    parts = (_trained(trainer, labels, quick) for trainer, labels in zip(trainers, groups, strict=True))
    return Model(schema, len(lessons), tuple(parts), sum(map(len, read)))


def _told(read: Sequence[Sequence[Sentence]]) -> list[list[list[list[bytes]]]]:
    """The features of all that was read, without those that are met once: they tell nothing, and are most of them."""
    told = [features(parts) for parts in read]
    items = [item for of_article in told for of_sentence in of_article for item in of_sentence]
    times = Counter(chain.from_iterable(items))
    for item in items:
        item[:] = [feature for feature in item if times[feature] > 1]
    return told


def _trained(trainer: Any, labels: tuple[str, ...], quick: bool) -> Part:
    trainer.select("ap" if quick else "lbfgs")
    trainer.set_params(_QUICK if quick else _SMOOTHED)
    return Part(labels, _written(trainer.train), _QUICK_CERTAINTY if quick else 1.0)


def _written(write: Callable[[str], object]) -> bytes:
    """What `write` puts into the file whose path it is given. A process that is killed meanwhile leaves no file.

    On Windows, where every file has a name, it is taken away by whoever learns an hour later.
    """
    if _BY_NUMBER.is_dir():
        with TemporaryFile() as unnamed:
            write(f"{_BY_NUMBER}/{unnamed.fileno()}")
            unnamed.seek(0)
            return unnamed.read()
    for left in Path(gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if left.stat().st_mtime < time.time() - _OLD:
                shutil.rmtree(left)
    with TemporaryDirectory(prefix=_PREFIX) as folder:
        named = Path(folder, "model")
        write(str(named))
        return named.read_bytes()


class Tagger:
    """A loaded model. Loading one whose parts are damaged may end the process."""

    def __init__(self, model: Model) -> None:
        library = _library()
        self._sequence = library.ItemSequence
        self._contents = [part.content for part in model.parts]  # read in place, as long as they are tagged with
        self._taggers = [library.Tagger() for _ in model.parts]
        self._certainties = [part.certainty for part in model.parts]
        for tagger, content in zip(self._taggers, self._contents, strict=True):
            try:
                tagger.open_inmemory(content)
            except ValueError:
                raise ModelRefused("model-unsound") from None

    def tag(self, text: str) -> list[Found]:
        """What the model would mark in `text`, in reading order; the beginning of each without its clitics."""
        parts = sentences(text)
        found: list[Found] = []
        for sentence, told in zip(parts, features(parts), strict=True):
            sequence = self._sequence(told)
            for tagger, certainty in zip(self._taggers, self._certainties, strict=True):
                for label, first, last, score in _marks(tagger, sequence):
                    likely = round(min(max(score, 0.0), 1.0) * certainty, 4)
                    found.append((label, sentence[first].start, sentence[last - 1].end, likely))
        return found

    def doubt(self, text: str) -> float:
        """How unsure the model is of `text`, from 0 to 1: the mean over its pieces."""
        parts = sentences(text)
        doubts = 0.0
        for sentence, told in zip(parts, features(parts), strict=True):
            sequence = self._sequence(told)
            sure = min(tagger.probability(tagger.tag(sequence)) for tagger in self._taggers)
            doubts += len(sentence) * (1 - sure ** (1 / len(sentence)))
        return doubts / max(sum(map(len, parts)), 1)


def _marks(tagger: Any, sequence: Any) -> Iterable[tuple[str, int, int, float]]:
    """The likeliest reading of a sentence; a mark is as likely as the piece of it that is least so."""
    said = tagger.tag(sequence)
    if said.count(OUTSIDE) == len(said):
        return
    for label, first, last in stretches(said):
        score = min(tagger.marginal(said[k], k) for k in range(first, last))
        yield label, first, last, score


def _library() -> Any:
    try:
        import pycrfsuite  # type: ignore[import-untyped]
    except ImportError:
        raise ModelRefused("model-library-missing") from None
    return pycrfsuite
