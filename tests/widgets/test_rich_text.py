"""What people call their things is shown letter by letter: nowhere is it read as HTML, and no `&` in it makes a key."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from app.formats.registry import read_file
from app.model.annotation import Annotations, Attribute, Fragment, Span, State
from app.model.document import NameValue
from app.model.record import Record
from app.model.schema_file import read_schema
from app.session import Session
from resources import resource
from tests.store.made_projects import write_training
from tests.widgets.every_page import SCENES, ask, menus, settle
from tests.widgets.suggested import begin
from widgets.workbench import Workbench

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),
    pytest.mark.skipif(sys.platform == "win32", reason="no file may be called so there"),
]
Open = Callable[..., Workbench]
MARK = "<img src=x><b>&amp;"
PICTURE = '<img src="x"'
RAW = ("<img", "<b>")
ROWS = 40
ANSWERS = (Attribute("count_text", MARK, "manual"), Attribute(f"{MARK} n", MARK, "manual"))


def schema_json(tree: Any, key: str = "") -> Any:
    """A schema whose titles and guidelines are HTML."""
    if isinstance(tree, list):
        return [schema_json(one) for one in tree]
    if not isinstance(tree, dict):
        return tree
    if key in ("titles", "guidelines"):
        return {language: f"{MARK} {said}"[:90] for language, said in tree.items()}
    return {name: schema_json(value, name) for name, value in tree.items()}


def hostile(record: Record) -> Record:
    """An article of which words, names, notes and answers are HTML, too."""
    assert record.annotations is not None
    moved = len(MARK) + 1
    spans = [_moved(span, moved) for span in record.annotations.ordered()]
    spans.append(Span("m", "PERSON", (Fragment(0, len(MARK)),), ANSWERS, note=MARK, source="model", source_name=MARK))
    spans.append(Span("u", f"{MARK.replace(' ', '_')}", (Fragment(0, len(MARK)),)))
    document = record.document
    origin = tuple(NameValue(name, MARK) for name in ("source", "address", MARK))
    document = replace(document, id=f"{MARK} {document.id}", text=f"{MARK} {document.text}", title=MARK, meta=origin)
    state = State(note=MARK, fields=(NameValue("source", MARK), NameValue(MARK, MARK)))
    annotations = Annotations.of(spans, record.annotations.relations.values(), state)
    return record._replace(document=document, annotations=annotations, annotator=MARK)


def _moved(span: Span, by: int) -> Span:
    there = tuple(Fragment(start + by, end + by) for start, end in span.fragments)
    known = {one.name for one in ANSWERS}
    answers = sorted([*(one for one in span.attributes if one.name not in known), *ANSWERS])
    return span._replace(fragments=there, attributes=tuple(answers), note=MARK, source_name=MARK)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that is called so, in a folder that is."""
    folder = tmp_path / MARK
    folder.mkdir()
    records = [one for one in read_file(Path(str(resource("samples", "annotated.jsonl")))) if isinstance(one, Record)]
    file = write_training(folder / f"{MARK}.jsonl", *map(hostile, records[:3]))
    schema = json.dumps(schema_json(json.loads(resource("schemas", "conflict-news.json").read_bytes())))
    with closing(Session.create(folder / f"{MARK}.hashiya")) as session:
        session.import_file(file)
        session.set_annotator(MARK)
        session.set_schema(read_schema(schema.encode(), "schema"))
        return session.path


def is_raw(text: str) -> bool:
    """Whether Qt would read a tag of ours in `text`."""
    return any(tag in text for tag in RAW) and GuiQt.mightBeRichText(text)


def read_as_html(root: QWidget) -> Iterator[str]:
    """What would be read as HTML, and what makes a key, in everything that can be seen of `root`."""
    for part in [root, *root.findChildren(QWidget)]:
        name = f"{type(part.parentWidget()).__name__} > {type(part).__name__}"
        for kind, text in (("tip", part.toolTip()), ("status", part.statusTip()), ("what", part.whatsThis())):
            if is_raw(text):
                yield f"{name}: {kind}"
        if isinstance(part, QLabel) and part.textFormat() != Qt.TextFormat.PlainText and is_raw(part.text()):
            yield f"{name}: a label reads it"
        elif (isinstance(part, QAbstractButton) or (isinstance(part, QLabel) and part.buddy())) and makes_key(
            part.text()
        ):
            yield f"{name}: a key"
        elif isinstance(part, QTextEdit | QPlainTextEdit) and PICTURE in _html(part):
            yield f"{name}: a text with pictures"
        elif isinstance(part, QAbstractItemView | QComboBox) and part.model() is not None:
            yield from (f"{name}: tip of a row" for tip in _tips(part.model()) if is_raw(tip))


def makes_key(text: str) -> bool:
    """Whether an ampersand of ours asks for a key."""
    return "amp;" in text and bool(QKeySequence.mnemonic(text).toString())


def _html(part: QTextEdit | QPlainTextEdit) -> str:
    return part.document().toHtml() if isinstance(part, QTextEdit) else ""


def _tips(model: QAbstractItemModel, above: QModelIndex | None = None, depth: int = 0) -> Iterator[str]:
    above = above or QModelIndex()
    for row in range(min(model.rowCount(above), ROWS)):
        index = model.index(row, 0, above)
        yield str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        if depth < 3:
            yield from _tips(model, index, depth + 1)


class Watch:
    """Looks at everything it is shown, and remembers whether our names were there to be seen."""

    def __init__(self) -> None:
        self.faults: set[str] = set()
        self.seen = 0

    def __call__(self, root: QWidget) -> None:
        """Look at `root`."""
        self.seen += sum(MARK in label.text() for label in root.findChildren(QLabel))
        self.faults.update(read_as_html(root))


@pytest.mark.parametrize("scene", SCENES)
def test_no_name_is_read_as_html_and_none_makes_a_key(open_bench: Open, project: Path, scene: str) -> None:
    bench, look = open_bench(project, size=(1366, 768)), Watch()
    settle()
    SCENES[scene](bench, look)
    assert not look.faults, "\n".join(sorted(look.faults))
    assert look.seen or scene in ("guide", "nothing", "suggestions")  # it opens a project of its own


def test_suggestions_of_such_words_by_a_source_called_so_are_not_read_as_html(open_bench: Open, project: Path) -> None:
    bench, look = open_bench(project, size=(1366, 768)), Watch()
    bar, choices = bench.window.suggestions, bench.undertakings.suggestion_choices
    settle()
    begin(bench, ("LOCATION", 0, len(MARK), 0.9), ("ACTOR", 0, len(MARK), 0.8), name=MARK)
    for action in ("next-suggestion", "reject", "next-suggestion"):
        ask(bench, action)
        settle()
        look(bench.window)
    assert MARK in bar.said.text() and bar.said.textFormat() == Qt.TextFormat.PlainText
    bar.menu_opening.emit()
    look(bar.menu)
    ask(bench, "rejected")
    settle()
    look(bench.window)
    assert choices.page
    assert not look.faults, "\n".join(sorted(look.faults))


def test_a_file_and_a_filter_called_so_are_not_read_as_html(open_bench: Open, project: Path) -> None:
    bench, look = open_bench(project, size=(1366, 768)), Watch()
    bench.window.panes.wish("articles", True)
    bench.window.articles.filter.setChecked(True)
    bench.window.articles.ask({"source": MARK, "annotator": MARK, "labels": ("CASUALTY",)})
    settle()
    look(bench.window)
    bench.window.articles.filter.setChecked(False)
    settle()
    assert [chip for chip in bench.window.articles.chips.chips() if MARK in chip.text().replace("&&", "&")]
    look(bench.window)
    file = project.with_suffix(".csv")
    file.write_text(f'text,"{MARK}",date\nخبر,{MARK},{MARK}\n,,\n', encoding="utf-8")
    bench.importing.open()
    bench.importing.page.add([file, project.with_suffix(".none"), project])  # type: ignore[union-attr]
    settle(lambda: bench.importing.page and bench.importing.page.wishes())
    look(bench.window)
    bench.importing.close()
    for said in (MARK, f"{MARK}\n{MARK}"):
        bench.window.notices.tell(said, [said], "error")
        bench.window.status.tell(said)
        bench.window.nothing.show_problem(said, [said])
    settle()
    look(bench.window)
    assert not look.faults, "\n".join(sorted(look.faults))


def test_no_line_of_a_menu_is_read_as_html_or_makes_a_key(open_bench: Open, project: Path) -> None:
    bench = open_bench(project)
    settle()
    window = bench.window
    window.articles.filter.setChecked(True)
    choices = [button.choices() for button in (window.articles.form.label, window.articles.form.source)]
    found: dict[str, QMenu] = menus(bench) | {str(number): menu for number, menu in enumerate(choices)}
    seen = 0
    for name, menu in found.items():
        for action in menu.actions():
            seen += MARK in action.text().replace("&&", "&")
            assert not makes_key(action.text()), name
            assert not (menu.toolTipsVisible() and is_raw(action.toolTip())), name
    assert seen
