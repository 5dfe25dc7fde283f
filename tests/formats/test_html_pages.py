"""Pages as news sites write them: a portal of today, a weblog, and an agency of 2008 that lays out with tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import Fault
from app.formats.html import read_page
from app.formats.registry import read_file
from app.model.record import Record

PAGES = Path(__file__).parent / "pages"
PORTAL = """مقتل أربعة مدنيين بقصف على ريف إدلب
دخان يتصاعد من البلدة (الأفق)
قُتل أربعة مدنيين بينهم طفلان، وأُصيب أكثر من 12 آخرين، اليوم الاثنين، في قصف مدفعي استهدف بلدة سرمين بريف إدلب الشرقي.
وقال الدفاع المدني إن القصف طال سوقًا شعبية وسط البلدة، وإن فرقه نقلت المصابين إلى مشافي المدينة.
وأضاف المتحدث باسمه: «لا تزال عمليات البحث مستمرة».
«السوق كانت مكتظة بالناس»، يقول شاهد عيان.
ولم يصدر تعليق رسمي حتى الساعة 14:30."""
WEBLOG = """الموصل: افتتاح الجسر الرابع بعد ترميمه
20 نوفمبر، 2025
افتتح محافظ نينوى، صباح اليوم الخميس، الجسر الرابع في مدينة الموصل بعد عامين من أعمال الترميم…
وحضر الافتتاح وزير الإعمار وعدد من أعضاء مجلس المحافظة.
كلفة المشروع
بلغت كلفة الترميم 8.5 مليارات دينار، بحسب البيان:
5 مليارات للهيكل
3.5 مليارات للطرق الرابطة
الطول
650 مترًا"""
OLD = """انفجار عبوة ناسفة في ديالى
الأربعاء 12-03-2008
بعقوبة (الفرات) - قتل شرطي وأصيب اثنان آخران بجروح في انفجار عبوة ناسفة استهدفت دورية للشرطة شرق بعقوبة.
وقال مصدر أمني إن العبوة كانت مزروعة إلى جانب الطريق الرئيس المؤدي إلى ناحية كنعان.
وأوضح المصدر أن القوات الأمنية طوقت المكان ونقلت المصابين إلى مستشفى بعقوبة العام."""
EXPECTED = {
    "portal": (
        PORTAL,
        "مقتل أربعة مدنيين بقصف على ريف إدلب",
        {
            "source": "الأفق الإخبارية",
            "date": "2026-03-02T14:05:00+03:00",
            "address": "https://news.example.org/ar/2026/3/2/idlib",
        },
        {"page-parts-left-out", "pictures-left-out"},
    ),
    "weblog": (
        WEBLOG,
        "الموصل: افتتاح الجسر الرابع بعد ترميمه",
        {
            "source": "جريدة النهرين",
            "date": "2025-11-20T08:00:00+00:00",
            "address": "https://nahrain.example.org/2025/11/mosul-bridge/",
        },
        {"page-parts-left-out", "tables-flattened"},
    ),
    "old": (
        OLD,
        "وكالة الفرات للأنباء - انفجار عبوة ناسفة في ديالى",
        {"encoding": "windows-1256"},
        {"encoding-declared", "page-parts-left-out", "pictures-left-out", "tables-flattened"},
    ),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_of_a_page_of_news_the_article_is_taken_and_nothing_that_stands_round_it(name: str) -> None:
    text, title, meta, told = EXPECTED[name]
    record, *faults = read_file(PAGES / f"{name}.html")
    assert isinstance(record, Record)
    assert record.document.text == text
    assert record.document.title == title
    assert {pair.name: pair.value for pair in record.document.meta} == meta
    assert {fault.code for fault in faults if isinstance(fault, Fault)} == told


def test_what_is_only_called_like_a_menu_and_holds_most_of_the_text_is_the_text() -> None:
    page = f"<div class='content related'><p>{'نص الخبر ' * 20}</p></div><p class='tags'>وسوم</p>"
    (record, *_faults) = read_page(page.encode(), "a.html", "a")
    assert isinstance(record, Record) and record.document.text == ("نص الخبر " * 20).strip()


@pytest.mark.parametrize(
    "script", ["{broken", "[" * 100_000, '{"datePublished": {"@id": 3}}', '[{"datePublished": ""}]']
)
def test_what_is_broken_in_what_machines_are_told_says_nothing(script: str) -> None:
    page = f"<script type='application/ld+json'>{script}</script><p>نص"
    (record,) = read_page(page.encode(), "a.html", "a")
    assert isinstance(record, Record) and record.document.meta == ()
