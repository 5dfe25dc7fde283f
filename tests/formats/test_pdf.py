from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from app.errors import CallError, Fault
from app.formats import pdf
from app.formats.pdf import is_backwards, read_content
from app.formats.registry import read_file
from app.model.record import Record

NEWS = "أعلن المتحدث باسم الجيش أمس الأول أن الحصيلة قد ترتفع في مدينة كركوك القديمة"


def made(stream: str, pages: int = 1) -> bytes:
    """A PDF as it is written by hand; `stream` is what is drawn on each page."""
    kids = " ".join(["3 0 R"] * pages)
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Title (Kirkuk) >>",
    ]
    content, places = "%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(content)
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    content += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{rows}trailer\n"
    content += f"<< /Size {len(bodies) + 1} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return content.encode("latin-1")


SOUND = made("BT /F 12 Tf 50 700 Td (Five civilians were killed.) Tj 0 -20 Td (The toll may rise.) Tj ET")


def test_arabic_letters_in_the_order_of_the_paper_are_told_from_a_text() -> None:
    assert not is_backwards(NEWS) and is_backwards(NEWS[::-1])
    assert not is_backwards("Five civilians were killed.") and not is_backwards("")


def test_without_the_library_the_user_is_told_what_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    path = tmp_path / "a.pdf"
    path.write_bytes(SOUND)
    with pytest.raises(CallError, match="package-missing"):
        list(read_file(path))


def test_a_text_that_can_be_had_is_read_line_by_line(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    path = tmp_path / "report.pdf"
    path.write_bytes(SOUND)
    (record,) = read_file(path)
    assert isinstance(record, Record)
    assert (record.document.id, record.document.title) == ("report", "Kirkuk")
    assert record.document.text == "Five civilians were killed.\nThe toll may rise."


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-pdf"),
        (b"%PDF-1.4 and no more", "not-pdf"),
        (SOUND[: len(SOUND) // 3], "not-pdf"),
        (made(""), "pdf-without-text"),
        (made("BT (a) Tj ET", pdf.MAX_PAGES + 1), "pdf-too-long"),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_a_pdf_of_which_no_text_can_be_had_is_refused(content: bytes, code: str) -> None:
    pytest.importorskip("pypdf")
    found = read_content(content, "a.pdf", "a")
    assert isinstance(found, Fault) and found.code == code


@pytest.mark.parametrize("text", ["ﻞﺘﻗ ﺔﺴﻤﺧ", NEWS[::-1]])
def test_shapes_as_they_are_printed_are_never_taken_for_a_text(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_extracted", lambda content: (text, "", 1))
    found = read_content(b"", "a.pdf", "a")
    assert isinstance(found, Fault) and found.code == "pdf-as-printed"
