"""Tasks of Label Studio, read: labels are spans, other regions of the same id what they answer."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from app.errors import Fault
from app.formats.findings import shown
from app.formats.json_objects import Entry, articles_of, string
from app.formats.label_studio_interface import ATTRIBUTE, FIELD, NOTE
from app.formats.lines import as_text, own_meta
from app.formats.placing import Naming, Placing, text_or_fault
from app.model.annotation import Attribute, State
from app.model.document import Document, NameValue
from app.model.record import Record

_OURS = ("text", "document", "title", "language", "annotator", "meta")
_ANSWERS = {"choices": "choices", "textarea": "text", "number": "number", "rating": "rating", "datetime": "datetime"}
_ANSWERS |= {"taxonomy": "taxonomy"}

_Object = dict[str, Any]
Taken = AbstractSet[tuple[str, str, str]]


def read_tasks(path: Path, encoding: str = "") -> Iterator[Record | Fault]:
    """The articles of a file of tasks, and what was refused of them. Raises SourceError when it cannot be opened."""
    return articles_of(path, lambda entry, file, naming: _Task(entry, file, naming).records(), encoding)


class _Task:
    """One task: its article, and a record for each of its annotations."""

    def __init__(self, entry: Entry, file: str, naming: Naming) -> None:
        data = entry.value.get("data")
        self._task = entry.value
        self._line = entry.line
        self._data: _Object = data if isinstance(data, dict) else {}
        self._file = file
        self._naming = naming

    def records(self) -> Iterator[Record | Fault]:
        text = text_or_fault(_text(self._data), self._file, self._line)
        if isinstance(text, Fault):
            yield text._replace(field="data.text")
            return
        annotations = _objects(self._task, "annotations") or _objects(self._task, "completions")
        for number, annotation in enumerate(annotations or [{}]):
            yield from self._record(text, annotation, f"annotations[{number}]", bool(annotations), not number)

    def _record(
        self, text: str, annotation: _Object, field: str, annotated: bool, first: bool
    ) -> Iterator[Record | Fault]:
        annotator = string(self._data.get("annotator")) or _who(annotation.get("completed_by"))
        id = self._naming.id_for(self._data.get("document") or self._task.get("id"), text, annotator)
        placing = Placing(self._file, self._line, id, text)
        results = f"{field}.result"
        marks = _Result(placing, text, placing.listed(results, annotation.get("result")), results)
        marks.take("accepted")
        if first:
            for number, prediction in enumerate(_objects(self._task, "predictions")):
                name = f"predictions[{number}].result"
                guessed = placing.listed(name, prediction.get("result"))
                _Result(placing, text, guessed, name, marks.taken).take("suggested")
        state = State(
            _status(annotation, annotated),
            False,
            marks.note,
            tuple(marks.fields),
            "import",
            annotation.get("ground_truth") is True,
        )
        document = Document(id, text, string(self._data.get("title")), string(self._data.get("language")), self._meta())
        yield self._naming.once(Record(document, placing.annotations(state), annotator, line=self._line))
        yield from placing.faults

    def _meta(self) -> tuple[NameValue, ...]:
        others = (NameValue(name, as_text(item)) for name, item in self._data.items() if name not in _OURS)
        return (*own_meta(self._data.get("meta")), *others)


class _Result:
    """The regions of one annotation or prediction. `taken` are the places of spans that were taken before."""

    def __init__(self, placing: Placing, text: str, regions: list[Any], field: str, taken: Taken = frozenset()) -> None:
        self.note = ""
        self.fields: list[NameValue] = []
        self.taken: set[tuple[str, str, str]] = set()
        self._before = taken
        self._placing = placing
        self._text = text
        self._regions = list(self._sound(regions, field))
        self._answers: dict[object, list[Attribute]] = {}

    def _sound(self, regions: list[Any], field: str) -> Iterator[tuple[str, _Object, _Object]]:
        for number, region in enumerate(regions):
            name = f"{field}[{number}]"
            if not isinstance(region, dict):
                self._placing.refuse(name, "not-an-object")
                continue
            value = region.get("value")
            yield name, region, value if isinstance(value, dict) else {}

    def take(self, status: str) -> None:
        """Take the spans, then the relations between them."""
        for field, region, value in self._regions:
            if _kind(region) in _ANSWERS:
                self._answer(field, region, value)
        for field, region, value in self._regions:
            if "labels" in _kind(region):
                self._span(field, region, value, status)
        for field, region, _value in self._regions:
            if _kind(region) == "relation":
                self._relation(field, region)
            elif _kind(region) not in _ANSWERS and "labels" not in _kind(region):
                self._placing.refuse(f"{field}.type", "region-unknown", shown(region.get("type")))

    def _answer(self, field: str, region: _Object, value: _Object) -> None:
        name = string(region.get("from_name"))
        given = value.get(_ANSWERS[_kind(region)])
        values = [_one(item) for item in (given if isinstance(given, list) else [given])]
        if "start" in value and isinstance(region.get("id"), str):
            answers = [Attribute(name.removeprefix(ATTRIBUTE), one, "import") for one in values]
            self._answers.setdefault(region["id"], []).extend(answers)
        elif name == NOTE:
            self.note = "\n".join(values)
        else:
            self.fields += [NameValue(name.removeprefix(FIELD), one) for one in values]

    def _span(self, field: str, region: _Object, value: _Object, status: str) -> None:
        labels = value.get(_kind(region))
        place = value.get("start"), value.get("end")
        for number, label in enumerate(labels if isinstance(labels, list) and labels else [labels]):
            what = (as_text(place[0]), as_text(place[1]), as_text(label))
            if what in self._before:
                continue
            id = region.get("id") if number == 0 else None
            answers = self._answers.get(region.get("id"), []) if isinstance(region.get("id"), str) else []
            score = region.get("score")
            taken = self._placing.span(
                f"{field}.value",
                label,
                [place],
                id,
                answers,
                status,
                float(score) if isinstance(score, int | float) and not isinstance(score, bool) else None,
                self._surface(value),
                _note(region),
            )
            if taken:
                self.taken.add(what)

    def _surface(self, value: _Object) -> object:
        """What the region says it covers, unless it is only that line ends are written in Label Studio's ways."""
        said, start, end = value.get("text"), value.get("start"), value.get("end")
        if not isinstance(said, str) or type(start) is not int or type(end) is not int:
            return None
        return None if _squeezed(said) == _squeezed(self._text[start:end]) else said

    def _relation(self, field: str, region: _Object) -> None:
        head, child = region.get("from_id"), region.get("to_id")
        if region.get("direction") == "left":
            head, child = child, head
        labels = region.get("labels")
        for label in labels if isinstance(labels, list) and labels else ["related"]:
            self._placing.relation(field, label, head, child)


def _text(data: _Object) -> object:
    """The text of a task: its `text`, or the one string that it has."""
    strings = [value for name, value in data.items() if isinstance(value, str) and name not in _OURS]
    return data.get("text", strings[0] if len(strings) == 1 else None)


def _objects(owner: _Object, name: str) -> list[_Object]:
    found = owner.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _kind(region: _Object) -> str:
    return string(region.get("type"))


def _who(given: object) -> str:
    """Whose annotation it is: the address or the number of somebody there."""
    if isinstance(given, dict):
        return string(given.get("email")) or as_text(given.get("id"))
    return as_text(given) if type(given) in (str, int) else ""


def _status(annotation: _Object, annotated: bool) -> str:
    if not annotated:
        return "new"
    return "skipped" if annotation.get("was_cancelled") is True else "complete"


def _note(region: _Object) -> str:
    meta = region.get("meta")
    words = meta.get("text") if isinstance(meta, dict) else None
    return "\n".join(map(as_text, words)) if isinstance(words, list) else string(words)


def _squeezed(text: str) -> str:
    return "".join(text.replace("\\n", " ").split())


def _one(item: object) -> str:
    """One value of an answer; the steps of a taxonomy are joined."""
    return " / ".join(map(as_text, item)) if isinstance(item, list) else as_text(item)
