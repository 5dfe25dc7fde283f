"""Documents as the programs that people write them with make them: python-docx for Word, Qt's printer for PDF."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import Fault
from app.formats.registry import read_file
from app.model.record import Record

pytestmark = pytest.mark.interop

ARABIC = "قتل خمسة مدنيين في قصف على مدينة كركوك أمس الأول، وأعلن المتحدث أن الحصيلة قد ترتفع إلى 25."
ENGLISH = "Five civilians were killed in the shelling of the town of Kirkuk."


def test_a_document_of_python_docx_is_read_paragraph_for_paragraph(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    made = docx.Document()
    made.core_properties.title = "عنوان"
    made.add_heading("قتلى في كركوك")
    paragraph = made.add_paragraph("قتل ")
    paragraph.add_run("خمسة").bold = True
    paragraph.add_run(" 😀 مُحَمَّد.\nسطر\tآخر")
    table = made.add_table(2, 2)
    for place, text in enumerate("أبجد"):
        table.cell(place // 2, place % 2).text = text
    made.save(str(tmp_path / "a.docx"))
    record, fault = read_file(tmp_path / "a.docx")
    assert isinstance(record, Record) and isinstance(fault, Fault)
    assert record.document.title == "عنوان"
    assert record.document.text == "قتلى في كركوك\nقتل خمسة 😀 مُحَمَّد.\nسطر\tآخر\nأ\tب\nج\tد"
    assert fault.code == "tables-flattened"


@pytest.mark.parametrize(("text", "code"), [(ENGLISH, ""), (ARABIC, "pdf-as-printed")])
def test_a_printed_page_gives_its_text_only_where_it_holds_one(
    qapp: object, tmp_path: Path, text: str, code: str
) -> None:
    pytest.importorskip("pypdf")
    from PySide6.QtGui import QPdfWriter, QTextDocument

    printed = QTextDocument()
    printed.setPlainText(text)
    printed.print_(QPdfWriter(str(tmp_path / "a.pdf")))
    (found,) = read_file(tmp_path / "a.pdf")
    if code:
        assert isinstance(found, Fault) and found.code == code
    else:
        assert isinstance(found, Record) and ENGLISH in " ".join(found.document.text.split())
