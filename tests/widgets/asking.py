"""A schema that asks every kind of question, and windows whose project has it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QApplication

from app.model.schema import CHOICE, CHOICES, NUMBER, TEXT, YES_NO, AttributeType, Choice, Condition, Schema
from tests.widgets.hands import select
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
