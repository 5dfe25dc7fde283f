"""A whole article annotated in the real window, by keyboard alone and by mouse alone."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.annotator import MEDIAN_LIMIT, Pointer, Typist, gold, unmarked, wanted
from tests.widgets.hands import training_lines
from widgets.workbench import Workbench

Opens = Callable[..., Workbench]
on_a_pc = pytest.mark.skipif(sys.platform == "darwin", reason="macOS gives virtual keys, tests/widgets/test_keys.py")


@pytest.fixture
def bench(open_bench: Opens, tmp_path: Path) -> Workbench:
    """The window on the first sample article, with nothing marked in it."""
    opened = open_bench(unmarked(gold()[0], tmp_path))
    opened.bridge.session.set_annotator("A1")
    return opened


def published(bench: Workbench) -> list[tuple[object, object]]:
    """Fragments and label of every span of the training file."""
    bench.bridge.session.publish()
    [line] = training_lines(bench.bridge.session.path)
    return [(span["fragments"], span["label"]) for span in line["spans"]]  # type: ignore[attr-defined]


def in_the_sample() -> list[tuple[object, object]]:
    return [(span["fragments"], span["label"]) for span in gold()[0]["spans"]]


@on_a_pc
def test_an_article_is_annotated_by_keyboard_alone(bench: Workbench) -> None:
    typist = Typist(bench)
    made = [typist.make(wish) for wish in wanted(gold()[0])]
    assert len(made) == 108
    assert published(bench) == in_the_sample()
    assert statistics.median(len(one.strokes) for one in made) <= MEDIAN_LIMIT


def test_an_article_is_annotated_by_mouse_alone(bench: Workbench) -> None:
    pointer = Pointer(bench)
    for wish in wanted(gold()[0]):
        pointer.make(wish)
    assert published(bench) == in_the_sample()
