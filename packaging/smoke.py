"""Holds a packaged Hashiya to what it must do: start, label, save, check, draw, and convert from and to every format.

usage: python packaging/smoke.py PROGRAM     prints what was done and how quick the start was; exit status 1: it fails
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
SAMPLE: Final = ROOT / "resources" / "samples" / "harbour-ceasefire.ar.txt"
NOT_BUNDLED: Final = {"parquet": "pyarrow", "spacy": "spacy"}
"""Formats whose packages are too large to come along; whoever asks for one is told so."""
_DOCX = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>'
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_WORDS = "وصلت السفينة إلى الميناء أمس."
_STARTS = 5
_MANY = 3200
_FEW = 8


class Failed(Exception):
    """The program did not do what it must."""


class Packaged:
    """A program with a home of its own and no screen."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.program = program
        self._folder = folder
        homes = ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
        own = {name: str(folder / "home") for name in homes} | {"QT_QPA_PLATFORM": "offscreen", "LANGUAGE": "en"}
        self._surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | own

    def call(self, *arguments: str | Path, status: int = 0) -> str:
        """What the program says; raises Failed when it ends otherwise than with `status`."""
        command = [str(self.program), *map(str, arguments)]
        done = subprocess.run(
            command, cwd=self._folder, env=self._surroundings, capture_output=True, timeout=120, check=False
        )
        said = (done.stdout + done.stderr).decode("utf-8", "replace")
        if done.returncode != status:
            raise Failed(f"{' '.join(command)}: exit status {done.returncode} instead of {status}\n{said}")
        return said

    def start(self, article: Path) -> tuple[float, dict[str, Any]]:
        """Have the window opened on `article` and used: milliseconds to the painted article, and what came of it."""
        began = time.time()
        said = self.call("window", "--rehearse", article)
        told: dict[str, Any] = json.loads(said.splitlines()[0]) if said.strip() else {}
        return (float(told.get("painted", began)) - began) * 1e3, told


def main(arguments: list[str]) -> int:
    """Try the program; 0 when it did everything."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        program = Packaged(Path(arguments[0]).absolute(), Path(folder))
        try:
            for tried in (label_and_save, read_documents, write_formats, share_work, learn, start_again):
                say(tried(program, Path(folder)))
        except (Failed, OSError, subprocess.TimeoutExpired) as failure:
            say(f"FAILED: {failure}")
            return 1
    return 0


def label_and_save(program: Packaged, folder: Path) -> str:
    """An article opened, a word labelled, saved, checked and drawn."""
    article = folder / "article.txt"
    article.write_bytes(SAMPLE.read_bytes())
    version = program.call("--version").strip()
    first, _told = program.start(article)
    training, picture = folder / "article.annotations.jsonl", folder / "article.png"
    (line,) = training.read_text(encoding="utf-8").splitlines()
    saved = json.loads(line)
    (span,) = saved["spans"]
    if (
        saved["text"] != SAMPLE.read_text(encoding="utf-8")
        or saved["text"][span["start"] : span["end"]] != span["text"]
    ):
        raise Failed("the training file does not say what is in the article")
    program.call("check", training)
    program.call("render", folder / "article.hashiya", "--out", picture)
    if not picture.read_bytes().startswith(b"\x89PNG") or picture.stat().st_size < 20_000:
        raise Failed("the picture is none")
    return f"{version}: opened in {first:.0f} ms at the first start, labelled {span['label']}, saved, checked, drawn"


def read_documents(program: Packaged, folder: Path) -> str:
    """Articles as they come in mails and from the web."""
    with zipfile.ZipFile(folder / "mail.docx", "w") as packed:
        packed.writestr("[Content_Types].xml", _TYPES)
        packed.writestr("word/document.xml", _DOCX.format(_WORDS))
    page = f"<!doctype html><title>t</title><article><p>{_WORDS}</p></article>"
    (folder / "page.html").write_text(page, encoding="utf-8")
    for name in ("mail.docx", "page.html"):
        out = folder / f"{name}.jsonl"
        program.call("convert", folder / name, out)
        if _WORDS not in json.loads(out.read_text(encoding="utf-8"))["text"]:
            raise Failed(f"{name} was not read")
    program.call("render", folder / "article.hashiya", "--out", folder / "print.pdf")
    # Qt's PDF holds letters as they are printed, which only what reads it can tell.
    told = program.call("import", "--dry-run", "--json", folder / "none.hashiya", folder / "print.pdf", status=1)
    if "pdf-as-printed" not in told:
        raise Failed(f"PDF is not read: {told}")
    return "read .docx, .html and .pdf"


def write_formats(program: Packaged, folder: Path) -> str:
    """Every format, and compressed ones; those that are not bundled say what they lack."""
    sys.path.insert(0, str(ROOT))
    from app.formats.registry import every_format

    training = folder / "article.annotations.jsonl"
    written = []
    for form in every_format():
        if form.write is None:
            continue
        out = folder / "out" / (form.name + ("" if form.folder else form.suffixes[0]))
        out.parent.mkdir(exist_ok=True)
        if form.name in NOT_BUNDLED:
            if NOT_BUNDLED[form.name] not in program.call("convert", training, out, "--to", form.name, status=2):
                raise Failed(f"{form.name} does not say what it lacks")
            continue
        program.call("convert", training, out, "--to", form.name)
        written.append(form.name)
    program.call("convert", training, folder / "out" / "packed.jsonl.zst")
    program.call("convert", folder / "out" / "packed.jsonl.zst", folder / "out" / "packed.jsonl.gz")
    return f"wrote {len(written)} formats, .zst and .gz; not bundled: {', '.join(NOT_BUNDLED)}"


def share_work(program: Packaged, folder: Path) -> str:
    """So many articles that a second process of the program takes its part."""
    (line,) = (folder / "article.annotations.jsonl").read_text(encoding="utf-8").splitlines()
    article = {**json.loads(line), "meta": []}
    many = "".join(json.dumps({**article, "id": f"a{n}"}, ensure_ascii=False) + "\n" for n in range(_MANY))
    (folder / "many.jsonl").write_text(many, encoding="utf-8", newline="\n")
    program.call("import", folder / "many.hashiya", folder / "many.jsonl")
    program.call("export", folder / "many.hashiya", folder / "many-out.jsonl")
    written = (folder / "many-out.jsonl").read_bytes().count(b"\n")
    if written != _MANY:
        raise Failed(f"of {_MANY} articles {written} were exported")
    return f"imported and exported {_MANY} articles"


def learn(program: Packaged, folder: Path) -> str:
    """What can be marked in an article, and what a few of them teach, in a process that the program starts."""
    (line,) = (folder / "article.annotations.jsonl").read_text(encoding="utf-8").splitlines()
    few = "".join(json.dumps({**json.loads(line), "id": f"a{n}"}, ensure_ascii=False) + "\n" for n in range(_FEW))
    (folder / "few.jsonl").write_text(few, encoding="utf-8", newline="\n")
    program.call("import", folder / "few.hashiya", folder / "few.jsonl")
    told = json.loads(program.call("train", "--json", folder / "few.hashiya"))
    if told["articles"] != _FEW or not told["labels"]:
        raise Failed(f"nothing was learned: {told}")
    program.call("suggest", folder / "article.txt", "--out", folder / "suggested.jsonl")
    spans = json.loads((folder / "suggested.jsonl").read_text(encoding="utf-8").splitlines()[0])["spans"]
    return f"learned {', '.join(told['labels'])} in {told['seconds']:.1f} s, suggested {len(spans)} spans by rules"


def start_again(program: Packaged, folder: Path) -> str:
    """How long it takes from the call until an article that is known is painted."""
    taken = []
    for _ in range(_STARTS):
        for left in folder.glob("article.*"):
            if left.suffix != ".txt":
                left.unlink()
        taken.append(program.start(folder / "article.txt")[0])
    return f"start to painted article: median {sorted(taken)[len(taken) // 2]:.0f} ms, best {min(taken):.0f} ms"


def say(line: str) -> None:
    """On standard output, also of a Windows console."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
