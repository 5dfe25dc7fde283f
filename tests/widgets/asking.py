"""A schema that asks every kind of question, and windows whose project has it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.model.schema import CHOICE, CHOICES, NUMBER, TEXT, YES_NO, AttributeType, Choice, Condition, Schema
from tests.widgets.hands import press, select
from widgets.panels.attribute_form import AttributeForm
from widgets.workbench import Workbench

OUTCOMES = (
    Choice("killed", {"en": "Killed", "ar": "قتلى"}, "k"),
    Choice("injured", {"en": "Injured", "ar": "جرحى"}, "i"),
    Choice("missing", {"en": "Missing", "ar": "مفقودون"}),
    Choice("captured", {"en": "Captured", "ar": "أسرى"}),
    Choice("displaced", {"en": "Displaced", "ar": "نازحون"}),
)
KINDS = tuple(
    Choice(id, {"en": title})
    for id, title in (
        ("state_forces", "State forces"),
        ("rebels", "Rebels"),
        ("political_militia", "Political militia"),
        ("identity_militia", "Identity militia"),
        ("rioters", "Rioters"),
        ("protesters", "Protesters"),
        ("civilians", "Civilians"),
        ("external_forces", "External forces"),
        ("person", "Person"),
        ("organisation", "Organisation"),
        ("media", "Media"),
    )
)
CASUALTY = (
    AttributeType("outcome", CHOICE, {"en": "Outcome", "ar": "النتيجة"}, choices=OUTCOMES, required=True, on_tag=True),
    AttributeType("count_text", TEXT, {"en": "Count as written", "ar": "العدد كما كُتب"}),
    AttributeType("count_min", NUMBER, {"en": "Minimum", "ar": "الأدنى"}, minimum="0", key="n"),
    AttributeType("count_best", NUMBER, {"en": "Best", "ar": "الأرجح"}, minimum="0"),
    AttributeType("approximate", YES_NO, {"en": "Approximate", "ar": "تقريبي"}),
    AttributeType(
        "who",
        CHOICES,
        {"en": "Who", "ar": "من هم"},
        choices=(Choice("civilians", {"en": "Civilians"}, "c"), Choice("medics", {"en": "Medics"}, "m")),
        shown_when=Condition("outcome", ("killed", "injured")),
    ),
)
LOCATION = (
    AttributeType("name", TEXT, {"en": "Name", "ar": "الاسم"}),
    AttributeType("geonames_id", TEXT, {"en": "GeoNames id", "ar": "معرّف GeoNames"}, pattern=r"\d+"),
    AttributeType("latitude", NUMBER, {"en": "Latitude", "ar": "العرض"}, minimum="-90", maximum="90"),
    AttributeType("longitude", NUMBER, {"en": "Longitude", "ar": "الطول"}, minimum="-180", maximum="180"),
)
ACTOR = (
    AttributeType("kind", CHOICE, {"en": "Kind", "ar": "النوع"}, choices=KINDS),
    AttributeType("role", TEXT, {"en": "Role", "ar": "الصفة"}),
)
FIELDS = (
    AttributeType("source", TEXT, {"en": "Source", "ar": "المصدر"}),
    AttributeType("event_date", TEXT, {"en": "Date of the event", "ar": "تاريخ الحدث"}, pattern=r"\d{4}-\d{2}-\d{2}"),
    AttributeType("relevance", CHOICE, {"en": "Relevance", "ar": "الصلة"}, choices=OUTCOMES[:3]),
)


def asking(schema: Schema) -> Schema:
    """The same schema, asking the questions above."""
    asked = {"CASUALTY": CASUALTY, "LOCATION": LOCATION, "ACTOR": ACTOR}
    labels = tuple(replace(label, attributes=asked.get(label.id, ())) for label in schema.labels)
    return replace(schema, labels=labels, fields=FIELDS)


def let_ask(bench: Workbench) -> Workbench:
    """Let the project of this window have that schema."""
    bench.bridge.session.schema = asking(bench.bridge.session.schema)
    bench.presenter.show_article()
    bench.window.inspector.catch_up()
    return bench


def mark(bench: Workbench, words: str, label: str) -> str:
    """Mark these words; the id of the span, which has the focus."""
    select(bench, words)
    bench.commands.label(label)
    bench.window.inspector.catch_up()
    QApplication.processEvents()
    return bench.window.canvas.focused_span()


def hand() -> object:
    """What has the keyboard."""
    return QApplication.focusWidget()


def click(key: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key wherever the keyboard is."""
    QTest.keyClick(QApplication.focusWidget(), key, held)


def write(text: str) -> None:
    """Type into what has the keyboard."""
    for letter in text:
        press(QApplication.focusWidget(), ord(letter.upper()), letter)


def field(bench: Workbench, name: str) -> object:
    """The field of an attribute."""
    row = bench.window.inspector.card.form.row(name)
    assert row
    return row.field


def said(bench: Workbench, span: str) -> dict[str, tuple[str, ...]]:
    """What a span says: values by name."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value, _source in bench.bridge.session.annotations.spans[span].attributes:
        found[name] = (*found.get(name, ()), value)
    return found


def form_of(bench: Workbench) -> AttributeForm:
    """The form of the focused span."""
    return bench.window.inspector.card.form
