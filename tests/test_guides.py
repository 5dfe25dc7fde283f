"""The user guide says the same in both languages, leads nowhere that is not there, and its lines run."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.main import run
from app.cli.screen import Screen
from app.wording import use_language
from resources import resource

GUIDE = Path(__file__).parent.parent / "docs" / "guide"
PAGES = sorted(path.name for path in (GUIDE / "en").glob("*.md"))
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def read(language: str, page: str) -> str:
    return (GUIDE / language / page).read_text(encoding="utf-8")


def blocks(page: str, kind: str) -> list[str]:
    return [body for found, body in BLOCK.findall(read("en", page)) if found == kind]


@pytest.mark.parametrize("page", PAGES)
def test_both_languages_have_the_same_chapters_tables_pictures_and_code(page: str) -> None:
    shapes = []
    for language in ("en", "ar"):
        text = read(language, page)
        lines = BLOCK.sub("", text).splitlines()
        marks = [line.split()[0] for line in lines if line.startswith(("#", "|", "-", "1.", "2."))]
        pictures = [re.sub(r"-(en|ar)\.", ".", name) for name in re.findall(r"\((\S+\.png)\)", text)]
        shapes.append((marks, pictures, BLOCK.findall(text)))
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("page", PAGES)
def test_links_and_pictures_lead_to_what_is_there(language: str, page: str) -> None:
    links = re.findall(r"\]\((\S+?)\)", read(language, page))
    assert [link for link in links if not (GUIDE / language / link).is_file()] == []


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the project `corpus.hashiya` and its training file, to be worked in."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(resource("samples", "annotated.jsonl"), tmp_path / "corpus.annotations.jsonl")
    assert called("hashiya import corpus.hashiya corpus.annotations.jsonl") == 0
    return tmp_path


def called(line: str) -> int:
    use_language("en")
    return run(shlex.split(line)[1:], Screen(lambda *_files, **_wishes: 0, lambda *_all, **_wishes: iter(())))


def test_the_five_lines_of_the_guide_load_the_training_file(corpus: Path) -> None:
    (code,) = [block for block in blocks("ml-teams.md", "python") if "json.loads" in block]
    assert len(code.split("\n\n", 1)[1].strip().splitlines()) <= 5
    done = subprocess.run([sys.executable, "-c", code], cwd=corpus, check=False, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_lines_with_datasets_run_where_it_is_there(corpus: Path) -> None:
    pytest.importorskip("datasets")
    (code,) = [block for block in blocks("ml-teams.md", "python") if "datasets" in block]
    done = subprocess.run([sys.executable, "-c", code], cwd=corpus, check=False, capture_output=True)
    assert (done.returncode, b"'label'" in done.stdout) == (0, True), done.stderr[-2000:]


@pytest.mark.parametrize("line", [block.strip() for block in blocks("ml-teams.md", "")])
def test_the_calls_of_the_guide_do_what_they_say(corpus: Path, line: str) -> None:
    if "parquet" in line:
        pytest.importorskip("pyarrow")
    assert called(line) == 0
    out = line.split()[3]
    assert [path.name for path in corpus.iterdir() if path.name.startswith(out) and path.name != "corpus.hashiya"]
