"""A record as a CAS of Apache UIMA, as INCEpTION has it, and back; dkpro-cassis counts in UTF-16 on disk.

Spans are of the type `webanno.custom.Span`, one annotation for each fragment, those of one span with one `identifier`;
relations are of `webanno.custom.Relation` with a `Governor` (the head) and a `Dependent`. Attributes are two lists,
`names` and `values`. Of the files of others each annotation but sentences and words is read: what it is called from
its `label` or `value`, else from its type, and its other texts as attributes.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any, Final

from app.errors import Fault
from app.formats.placing import Placing
from app.formats.registry import FEATURES
from app.formats.sources import MAX_TEXT_BYTES
from app.model.annotation import Annotations, Attribute, Relation, State
from app.model.document import Document, NameValue
from app.model.record import Record

CARRIES: Final = frozenset(FEATURES) - {"fields", "status", "provenance", "unknown-keys"}

SPAN: Final = "webanno.custom.Span"
RELATION: Final = "webanno.custom.Relation"
ABOUT: Final = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
DETAILS: Final = "webanno.custom.Details"

_ANNOTATION: Final = "uima.tcas.Annotation"
_TOP: Final = "uima.cas.TOP"
_STRING: Final = "uima.cas.String"
_STRINGS: Final = "uima.cas.StringArray"
_OF_THE_TEXT: Final = (".segmentation.type.", ".metadata.type.", "uima.tcas.DocumentAnnotation")
_OF_OURS: Final = ("identifier", "label", "note", "names", "values")
_OF_ALL: Final = ("begin", "end", "sofa", "Governor", "Dependent")


def type_system() -> Any:
    """The types of what is written. Raises ImportError where dkpro-cassis is missing."""
    types = import_module("cassis").TypeSystem()
    span = types.create_type(SPAN, _ANNOTATION)
    relation = types.create_type(RELATION, _ANNOTATION)
    about = types.create_type(ABOUT, "uima.tcas.DocumentAnnotation")
    details = types.create_type(DETAILS, _TOP)
    for owner, names in (
        (span, ("identifier", "label", "note")),
        (relation, ("identifier", "label")),
        (about, ("documentId", "documentTitle")),
        (details, ("annotator", "note")),
    ):
        for name in names:
            types.create_feature(owner, name, _STRING)
    for owner in (span, relation, details):
        for name in ("names", "values"):
            types.create_feature(owner, name, _STRINGS)
    for name in ("Governor", "Dependent"):
        types.create_feature(relation, name, span)
    return types


def to_cas(record: Record, types: Any) -> Any:
    """`record` as a CAS with these types."""
    document, annotations = record.document, record.annotations or Annotations()
    cas = import_module("cassis").Cas(typesystem=types)
    cas.sofa_string, cas.sofa_mime = document.text, "text/plain"
    strings, references = types.get_type(_STRINGS), dict[str, Any]()
    about = types.get_type(ABOUT)(begin=0, end=len(document.text))
    about.documentId, about.documentTitle, about.language = document.id, document.title, document.language or "x"
    details = types.get_type(DETAILS)(annotator=record.annotator, note=annotations.state.note)
    details.names = strings(elements=[pair.name for pair in document.meta])
    details.values = strings(elements=[pair.value for pair in document.meta])
    cas.add_all([about, details])
    for span in annotations.ordered():
        for start, end in reversed(span.fragments):
            piece = types.get_type(SPAN)(begin=start, end=end, identifier=span.id, label=span.label)
            cas.add(piece)
            references[span.id] = piece
        piece.note = span.note or None
        _say(piece, span.attributes, strings)
    for relation in sorted(annotations.relations.values(), key=lambda relation: (relation.label, relation.id)):
        cas.add(_linked(relation, references, types, strings))
    return cas


def _linked(relation: Relation, references: dict[str, Any], types: Any, strings: Any) -> Any:
    head, child = references[relation.head], references[relation.child]
    link = types.get_type(RELATION)(begin=child.begin, end=child.end, identifier=relation.id, label=relation.label)
    link.Governor, link.Dependent = head, child
    _say(link, relation.attributes, strings)
    return link


def _say(owner: Any, attributes: tuple[Attribute, ...], strings: Any) -> None:
    if attributes:
        owner.names = strings(elements=[attribute.name for attribute in attributes])
        owner.values = strings(elements=[attribute.value for attribute in attributes])


def from_cas(cas: Any, file: str, id: str) -> Iterator[Record | Fault]:
    """The record of a CAS, called `id` where it does not say itself, and what was refused of it."""
    text = cas.sofa_string
    if not isinstance(text, str):
        yield Fault(file, 0, "", "text-missing")
        return
    if len(text) * 4 > MAX_TEXT_BYTES and len(text.encode("utf-8", "replace")) > MAX_TEXT_BYTES:
        yield Fault(file, 0, "", "text-too-large", {"limit": MAX_TEXT_BYTES // 2**20})
        return
    about = next(iter(_of_type(cas, ABOUT)), None)
    details = next(iter(_of_type(cas, DETAILS)), None)
    id = _text(about, "documentId") or id
    language = _text(about, "language")
    meta = tuple(NameValue(name, value) for name, value in _pairs(details))
    document = Document(id, text, _text(about, "documentTitle"), "" if language == "x" else language, meta)
    placing = Placing(file, 0, id, text)
    _place(cas, placing)
    state = State("in_progress", note=_text(details, "note"), role="import")
    yield Record(document, placing.annotations(state), _text(details, "annotator"))
    yield from placing.faults


def _place(cas: Any, placing: Placing) -> None:
    marks = [one for one in cas.select(_ANNOTATION) if not any(part in one.type.name for part in _OF_THE_TEXT)]
    links = [one for one in marks if _has(one, "Governor") and _has(one, "Dependent")]
    spans: dict[str, list[Any]] = {}
    for one in marks:
        if not (_has(one, "Governor") and _has(one, "Dependent")):
            own = one.type.name == SPAN and _text(one, "identifier")
            spans.setdefault(own or f"{one.type.name} {one.xmiID}", []).append(one)
    ids: dict[int, str] = {}
    for key, pieces in spans.items():
        first = max(pieces, key=lambda one: (len(_said(one)), bool(_text(one, "note")), -one.begin))
        own = key if first.type.name == SPAN and _text(first, "identifier") else None
        places = [(one.begin, one.end) for one in pieces]
        taken = placing.span(f"{first.xmiID}", _name(first), places, own, _said(first), note=_text(first, "note"))
        ids |= {one.xmiID: taken for one in pieces}
    for link in links:
        head, child = (ids.get(getattr(getattr(link, end), "xmiID", 0)) for end in ("Governor", "Dependent"))
        placing.relation(f"{link.xmiID}", _name(link), head, child, _text(link, "identifier"), _said(link))


def _of_type(cas: Any, name: str) -> list[Any]:
    return list(cas.select(name)) if cas.typesystem.contains_type(name) else []


def _has(one: Any, feature: str) -> bool:
    return one.type.get_feature(feature) is not None


def _name(one: Any) -> str:
    return _text(one, "label") or _text(one, "value") or str(one.type.name).rpartition(".")[2]


def _said(one: Any) -> list[Attribute]:
    said = [Attribute(name, value, "import") for name, value in _pairs(one)]
    named = next((feature for feature in ("label", "value") if _text(one, feature)), "")
    passed = (*_OF_ALL, *(_OF_OURS if one.type.name in (SPAN, RELATION) else (named,)))
    for feature in one.type.all_features:
        if feature.name not in passed and (value := _text(one, feature.name)):
            said.append(Attribute(feature.name, value, "import"))
    return said


def _pairs(one: Any) -> list[tuple[str, str]]:
    lists = [getattr(getattr(one, name, None), "elements", None) or [] for name in ("names", "values")]
    return [(str(name or ""), str(value or "")) for name, value in zip(*lists, strict=False)]


def _text(one: Any, feature: str) -> str:
    value = getattr(one, feature, None)
    return value if isinstance(value, str) else ""
