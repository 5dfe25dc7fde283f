"""Articles, spans and pages for the tests of the canvas."""

from __future__ import annotations

from PySide6.QtGui import QFont, QTextLayout

from app.model.annotation import Annotations, Fragment, Span
from app.model.schema import Ink, Label, Schema
from widgets.canvas.layout import LaidParagraph, lay_out
from widgets.canvas.look import Look
from widgets.canvas.page import ArticlePage

LABELS = (
    Label("CASUALTY", {"ar": "ضحايا", "en": "Casualty"}, Ink("#AE3411", "#FBDDCD", "#FF9B73", "#4F2A1C"), "1"),
    Label("LOCATION", {"ar": "موقع", "en": "Location"}, Ink("#00704F", "#D6F1E5", "#5FD3A8", "#12402F"), "2"),
    Label("ACTOR", {"ar": "فاعل", "en": "Actor"}, Ink("#1B57B5", "#DDE8FB", "#8AB6FF", "#1E3354"), "3"),
    Label("QUOTE", {"ar": "اقتباس", "en": "Quote"}, Ink("#6F3AA8", "#EEE4F8", "#CBA4F2", "#392A4B"), "4"),
)
SCHEMA = Schema("news", "1", {}, LABELS)
LOOK = Look().with_schema(SCHEMA, "ar")

PLACED_GLYPHS = (
    QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphIndexes | QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphPositions
)

ARTICLE = "\n\n".join(
    [
        "اشتباكات في أطراف مدينة نهر الصفا",
        "قال المتحدث باسم قوات الحماية المدنية سالم الحداد، أمس، إن ما لا يقل عن 12 مدنياً قُتلوا وأصيب 30 آخرون "
        "في قصف استهدف سوق بلدة تل الريحان، جنوب نهر الصفا.",
        "وأضاف لوكالة «أنباء الساحل»: «فرق الإنقاذ لا تزال تبحث عن ثلاثة مفقودين تحت الأنقاض، والطريق إلى المستشفى "
        "مقطوع».",
        "ووصلت إلى الساحل الشمالي أمس سفينة UN-WFP 204 محملة بـ1.2 طن من الأدوية، في أول عملية إمداد منذ 2014.",
        "Reuters reported that the convoy of 20-30 trucks left «نهر الصفا» at dawn.",
        "من جهتها أعلنت حركة «لواء الفجر» مسؤوليتها عن تفجير جسر الوادي؛ هل من ضحايا؟ لا أحد يعلم.",
    ]
)


def span(id: str, start: int, end: int, label: str = "ACTOR") -> Span:
    """A span of one fragment."""
    return Span(id, label, (Fragment(start, end),))


def spans_on(text: str, *surfaces: str, label: str = "ACTOR") -> list[Span]:
    """A span on the first occurrence of each of `surfaces`, its id the surface."""
    return [span(surface, text.index(surface), text.index(surface) + len(surface), label) for surface in surfaces]


def laid(text: str, rtl: bool = True, width: float = 5000, family: str = "Amiri") -> LaidParagraph:
    """One paragraph laid out in a bundled font."""
    font = QFont([family, "Noto Sans"])
    font.setPixelSize(23)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return lay_out(text, 0, rtl, font, width)


def page_of(text: str, *spans: Span, width: float = 762, title: str = "", look: Look = LOOK) -> ArticlePage:
    """A page with `spans`."""
    return ArticlePage(text, title, "", Annotations.of(spans), look, width)
