from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Fault
from app.formats.html import MAX_PAGE_BYTES, read_page
from app.formats.registry import format_of, read_file
from app.model.document import NameValue
from app.model.record import Record

PAGE = """<!DOCTYPE html><html lang="ar-SY" dir="rtl"><head><meta charset="utf-8"><title>قتلى في كركوك | وكالة</title>
<meta property="og:title" content="قتلى في  كركوك"><meta property="og:site_name" content="وكالة الأنباء">
<meta property="article:published_time" content="2026-01-31T10:00:00Z">
<link rel="canonical" href="https://example.org/news/1"><script>var a = "<p>x</p>";</script></head>
<body><header><nav><a>الرئيسية</a> <a>سياسة</a></nav></header>
<article><h1>قتلى في كركوك</h1>
<p>قتل <b>خمسة</b> مدنيين&nbsp;في
   قصف<br>على بلدة 😀 «قره هنجير».</p><figure><img src="a.jpg"></figure>
<p>قال <a href="x">المتحدث</a>: &laquo;لا خسائر&raquo;<!-- تعليق -->.</p><p hidden>سر</p>
<table><tr><td>قتلى<td>5</table><aside>اقرأ أيضا</aside> ذيل</article><footer>حقوق النشر</footer></body></html>"""


def page(content: str | bytes, encoding: str = "") -> tuple[list[Record], list[tuple[str, dict[str, object]]]]:
    found = list(read_page(content.encode() if isinstance(content, str) else content, "a.html", "a", encoding))
    return [one for one in found if isinstance(one, Record)], [
        (f.code, f.values) for f in found if isinstance(f, Fault)
    ]


def text_of(content: str) -> str:
    ((record,), _faults) = page(content)
    return record.document.text


def test_the_article_of_a_page_is_taken_line_for_line_and_what_is_left_out_is_told(tmp_path: Path) -> None:
    ((record,), faults) = page(PAGE)
    assert record.document.text == (
        "قتلى في كركوك\nقتل خمسة مدنيين\xa0في قصف\nعلى بلدة 😀 «قره هنجير».\nقال المتحدث: «لا خسائر».\nقتلى\n5\nذيل"
    )
    assert (record.document.id, record.document.title, record.document.language) == ("a", "قتلى في كركوك", "ar")
    assert record.document.meta == (
        NameValue("source", "وكالة الأنباء"),
        NameValue("date", "2026-01-31T10:00:00Z"),
        NameValue("address", "https://example.org/news/1"),
    )
    assert faults == [
        ("page-parts-left-out", {"count": 2}),
        ("pictures-left-out", {"count": 1}),
        ("tables-flattened", {"count": 1}),
    ]
    path = tmp_path / "خبر.html"
    path.write_text(PAGE, encoding="utf-8")
    assert format_of(path).name == "html"
    assert next(read_file(path)) == record._replace(document=replace(record.document, id="خبر"))


def test_of_a_page_that_marks_no_article_the_main_part_is_taken_and_else_all_but_menus() -> None:
    assert text_of("<nav>قائمة</nav><div>نص <span>أول</span></div><div>ثان</div>") == "نص أول\nثان"
    assert text_of("<p>حول</p><main><p>الخبر</p></main>") == "الخبر"
    menu = "".join(f"<li><a href='#'>رابط {number}</a></li>" for number in range(6))
    assert text_of(f"<body><header><h1>الموقع</h1></header><p>الخبر<ul>{menu}</ul><ul><li>أ<li>ب<li>ج<li>د</ul>") == (
        "الخبر\nأ\nب\nج\nد"
    )
    teasers = "".join(f"<article>خبر {number}</article>" for number in range(5))
    assert text_of(f"<p>{'نص طويل ' * 99}</p>{teasers}").startswith("نص طويل")
    body = f"<article><p>إعلان</p><div itemprop='articleBody'>{'نص ' * 99}</div></article>"
    assert text_of(body) == ("نص " * 99).strip()


@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6"])
def test_the_encoding_that_a_page_declares_is_taken_and_told_of(encoding: str) -> None:
    content = f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}"><p>قتل خمسة'.encode(encoding)
    ((record,), faults) = page(content)
    assert (record.document.text, record.document.meta) == ("قتل خمسة", (NameValue("encoding", encoding),))
    assert faults == [("encoding-declared", {"value": encoding})]
    assert page("<p>قتل".encode("windows-1256")) == ([], [("not-utf8", {"byte": 4, "value": "DE"})])
    assert page("<p>قتل".encode(encoding), encoding)[0][0].document.text == "قتل"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "page-without-text"),
        ("<html><body><script>a</script></body></html>", "page-without-text"),
        ("<p>مقدمة</p>" + "<div>" * 100_000 + "نص", "page-too-deep"),
        ("<p>" + "x" * MAX_PAGE_BYTES, "text-too-large"),
        (b"<p>a\0\0\0", "not-utf8-but-utf16"),
    ],
)
def test_a_page_that_cannot_be_read_whole_is_refused(content: str | bytes, code: str) -> None:
    records, faults = page(content)
    assert (records, [fault[0] for fault in faults]) == ([], [code])


def test_entities_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("سر", encoding="utf-8")
    doctype = f'<!DOCTYPE html [<!ENTITY a SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    assert "سر" not in text_of(f"{doctype}<p>&a; نص</p>")


@given(st.text(st.sampled_from("<>/!-&;\"'= abpdivtrle\n\0ن"), max_size=300))
def test_any_page_is_an_article_or_refused(content: str) -> None:
    records, faults = page(content)
    assert records or faults
    assert all(record.document.text.strip() for record in records)
