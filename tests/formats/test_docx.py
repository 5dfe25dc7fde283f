from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest

from app.errors import Fault
from app.formats import docx
from app.formats.registry import read_file
from app.model.record import Record

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>عنوان </dc:title><dc:creator>x</dc:creator>'
    "</cp:coreProperties>"
)


def paragraph(*runs: str) -> str:
    return "<w:p><w:pPr><w:bidi/></w:pPr>" + "".join(f"<w:r><w:rPr/>{run}</w:r>" for run in runs) + "</w:p>"


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{text}</w:t>'


def body(*parts: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document {W} {MC}><w:body>{"".join(parts)}</w:body></w:document>'


def packed(document: str | bytes, parts: Mapping[str, str] | None = None, **others: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
        for name, content in others.items():
            archive.writestr(f"docProps/{name}.xml", content)
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return made.getvalue()


def read(tmp_path: Path, content: bytes) -> tuple[list[Record], list[tuple[str, dict[str, object]]]]:
    path = tmp_path / "خبر.docx"
    path.write_bytes(content)
    found = list(read_file(path))
    return [one for one in found if isinstance(one, Record)], [
        (f.code, f.values) for f in found if isinstance(f, Fault)
    ]


def test_paragraphs_are_lines_and_what_is_no_running_text_is_told_of(tmp_path: Path) -> None:
    deleted = f"<w:del><w:r>{t('محذوف')}<w:delText>قديم</w:delText></w:r></w:del>"
    inserted = f"<w:ins><w:r>{t('قال ')}</w:r></w:ins>"
    choice, fallback = f"<mc:Choice>{t('😀')}</mc:Choice>", f"<mc:Fallback>{t('☺')}</mc:Fallback>"
    boxed = f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"
    drawn = f"<w:drawing><w:p>{t('لا')}</w:p></w:drawing>"
    marked = "".join((t("أ"), "<w:tab/>", t("ب"), "<w:br/>", t("مُحَمَّد\xa0"), drawn))
    cells = [f"<w:tc>{paragraph(t(text))}</w:tc>" for text in ("قتلى", "5", "جرحى", "7")]
    table = f"<w:tbl><w:tr>{cells[0]}{cells[1]}</w:tr><w:tr>{cells[2]}{cells[3]}</w:tr></w:tbl>"
    document = body(
        paragraph(t("قتل  خمسة"), t(" مدنيين"), "<w:footnoteReference/>", boxed),
        f"<w:p>{deleted}{inserted}<w:r>{marked}</w:r></w:p>",
        paragraph(),
        table,
        paragraph(t("آخر"), "<w:instrText>PAGE</w:instrText>"),
    )
    ((record,), faults) = read(tmp_path, packed(document, core=CORE))
    assert record.document.text == "قتل  خمسة مدنيين😀\nقال أ\tب\nمُحَمَّد\xa0\n\nقتلى\t5\nجرحى\t7\nآخر"
    assert (record.document.id, record.document.title) == ("خبر", "عنوان")
    assert faults == [
        ("deletions-left-out", {"count": 1}),
        ("notes-left-out", {"count": 1}),
        ("pictures-left-out", {"count": 1}),
        ("tables-flattened", {"count": 1}),
    ]


BOMB = f'<!DOCTYPE a [<!ENTITY a "{"x" * 99}"><!ENTITY b "{"&a;" * 99}"><!ENTITY c "{"&b;" * 99}">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-docx"),
        (b"\xd0\xcf\x11\xe0 an old .doc", "not-docx"),
        (packed(body(paragraph(t("نص"))))[:-30], "not-docx"),
        (packed(body(paragraph(t("نص"))).replace("</w:p>", "")), "not-docx"),
        (packed(BOMB + f"<w:document {W}><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:document>"), "not-docx"),
        (packed(OUTSIDE + f"<w:document {W}><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:document>"), "not-docx"),
        (packed(body("<w:p>" * 100_000)), "not-docx"),
        (packed(body(paragraph(t("   ")))), "page-without-text"),
        (packed(b"\xff\xfe\x00"), "not-docx"),
    ],
)
def test_what_is_no_sound_document_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    records, faults = read(tmp_path, content)
    assert (records, [fault[0] for fault in faults]) == ([], [code])


def test_an_archive_without_a_text_and_one_whose_packing_was_damaged_are_refused(tmp_path: Path) -> None:
    empty = BytesIO()
    zipfile.ZipFile(empty, "w").close()
    assert read(tmp_path, empty.getvalue())[1] == [("not-docx", {})]
    sound = bytearray(packed(body(paragraph(*(t(str(number * 7919)) for number in range(999))))))
    for place in range(150, len(sound) - 300, 97):
        sound[place] ^= 0x55
        records, faults = read(tmp_path, bytes(sound))
        assert (records, [fault[0] for fault in faults]) == ([], ["not-docx"])
        sound[place] ^= 0x55


def test_what_unpacks_to_more_than_a_document_is_left_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "MAX_XML_BYTES", 4 * 2**20)
    bomb = packed(body("<w:p/>" * 3_000_000))
    assert len(bomb) < 100_000
    assert read(tmp_path, bomb) == ([], [("archive-too-large", {"limit": 4})])


@pytest.mark.parametrize(
    ("bound", "others", "code"),
    [
        ("MAX_XML_BYTES", {"docProps/core.xml": "<a>" + " " * 5000}, "archive-too-large"),
        ("MAX_PARTS", {f"word/media/{number}.xml": "" for number in range(5000)}, "archive-too-large"),
    ],
)
def test_an_archive_is_bounded_in_its_other_parts_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, others: dict[str, str], code: str
) -> None:
    monkeypatch.setattr(docx, bound, 4999)
    records, faults = read(tmp_path, packed(body(paragraph(t("نص"))), others))
    assert (records, [fault[0] for fault in faults]) == ([], [code])


def test_parts_whose_names_lead_out_of_the_archive_are_written_nowhere(tmp_path: Path) -> None:
    (inside := tmp_path / "deep" / "deeper").mkdir(parents=True)
    names = ("../../out.txt", "/etc/hashiya-out", "..\\out.txt", "C:\\out.txt", "CON", "word/../../out.txt")
    records, _faults = read(inside, packed(body(paragraph(t("نص"))), dict.fromkeys(names, "x")))
    assert [record.document.text for record in records] == ["نص"]
    assert len([*tmp_path.rglob("*")]) == 3 and not Path("/etc/hashiya-out").exists()
