"""Whatever an article is called, its file lies in the folder of its export, under a name that every system takes."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from app.errors import CallError
from app.export import export
from app.formats.native import encode
from app.formats.registry import every_format, read_file
from app.model.record import Record
from app.session import Session
from tests.store.made_projects import record

ARTICLE = "قال زيد إن كركوك بعيدة."
IDS = (
    *("../../x", "..\\..\\x", "/etc/passwd", "C:\\x", "C:x", "\\\\host\\share\\x", "a/b", "a\\b", "~/x", "$HOME"),
    *("CON", "con.txt", "nul.txt", "NUL .txt", "aux", "Com1", "lpt9.tar.gz", "COM¹", "CONIN$", "falcon", "."),
    *("..", "...", " ", "a ", "a.", " a", "-rf", "%2e%2e%2f", "%", "a\x00b", "a\nb", "\x1b[31m", "\u202etxt.exe"),
    *("\x85", "\u2028", "e\u0301", "\u00e9", "A", "a", "ﬀ", "x" * 5000, "ع" * 300, "ع" * 300 + "غ", "😀" * 99),
    *("TypeSystem.xml", "annotation.conf", "label-config.xml", "*?<>|\"'", "خبر عن كركوك"),
    *(f"{'x' * 300}{number}" for number in range(12)),
)  # fmt: skip
DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"}
DEVICES |= {f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"}
FOLDERS = [one.name for one in every_format() if one.folder and one.write is not None]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose articles have the names that do most harm."""
    folder = tmp_path_factory.mktemp("project")
    lines = [encode(record(id, f"{ARTICLE}\n{number}", status="complete")) for number, id in enumerate(IDS)]
    (folder / "all.jsonl").write_bytes(b"".join(lines))
    session = Session.open(folder / "all.jsonl")
    session.close()
    assert session.count == len(IDS)
    return session.path


def is_taken_everywhere(name: str) -> bool:
    """Whether Windows, macOS and Linux take a file of this name as it is, and a person sees what it says."""
    stem = name.partition(".")[0].rstrip(" ").casefold()
    seen = not any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp") for letter in name)
    signs = set('<>:"/\\|?*')
    return seen and stem not in DEVICES and not set(name) & signs and name[-1] not in ". " and len(name.encode()) < 250


@pytest.mark.parametrize("format", FOLDERS)
def test_no_name_of_an_article_leads_out_of_the_folder_or_takes_the_place_of_another(
    project: Path, tmp_path: Path, format: str
) -> None:
    out = tmp_path / "deep" / "deeper" / "out"
    out.parent.mkdir(parents=True)
    try:
        made = export(project, out, format=format)
    except CallError as missing:
        assert missing.code == "package-missing"
        pytest.skip(f"{missing.values['package']} is not installed")
    beside = {path.name for path in out.parent.iterdir()}
    assert beside <= {"out", "out.card.md", "out.features.json", "out.report.jsonl"}
    assert [*tmp_path.iterdir()] == [tmp_path / "deep"] and [*(tmp_path / "deep").iterdir()] == [out.parent]
    files = [path for path in out.rglob("*") if not path.is_dir()]
    assert all(is_taken_everywhere(path.name) for path in files), [path.name for path in files]
    alike = {unicodedata.normalize("NFC", path.name).casefold() for path in files}
    assert len(alike) == len(files)
    if next(one for one in every_format() if one.name == format).read is not None:
        texts = {one.document.text.strip() for one in read_file(out, format) if isinstance(one, Record)}
        numbers = {int(text.rpartition("\n")[2]) for text in texts}
        assert len(numbers) + made.losses.get("not-in-xml", 0) == len(IDS)
