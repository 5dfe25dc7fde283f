"""Projects damaged on purpose: what is wrong is said, the rest is right, and recovery brings back what can be read.

Every damage follows from its number. A project counts as found when opening or reading it says so, as found in the
background when the look through it does that a window takes while the hand rests, as harmless when everything reads
as before, and as silently wrong otherwise.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from app.edit.commands import set_note
from app.edit.steps import Place
from app.edit.suggested import Wanted, reject
from app.formats.native import encode
from app.model.annotation import Annotations, Attribute, Fragment, Span, State
from app.model.document import Document
from app.model.record import Record
from app.session import Session
from app.soundness import look
from tests.torture.outcome import ROOT, Outcome, child_environment, progress

PROJECTS, PROJECTS_SHORT = 500, 60
HANG_SECONDS: Final = 10
"""Of the processor."""
WAITED: Final = 12
"""So many times as long a project may take on a busy machine."""
ARTICLES: Final = 50
PAGE: Final = 4096
SUMMED: Final = (
    *("rows_there", "rows_back", "articles_lost", "spans_lost", "spans_lost_on_undamaged_pages"),
    *("decisions_there", "decisions_back"),
)
MOMENT: Final = "2026-01-31T10:00:00.000Z"
Damage = Callable[[Path, random.Random], None]


def prove(short: bool) -> Outcome:
    """Damage so many projects, each in one of the ways in turn."""
    counted: Counter[str] = Counter()
    failures: list[str] = []
    with tempfile.TemporaryDirectory(prefix="hashiya-corruption-") as name:
        folder = Path(name)
        template = make(folder / "whole")
        for number, told in answers(folder, template, PROJECTS_SHORT if short else PROJECTS):
            way = list(WAYS)[number % len(WAYS)]
            counted["projects"] += 1
            counted[f"way_{way}"] += 1
            counted[str(told["what"])] += 1
            if told["what"] == "silently_wrong":
                counted[f"silently_wrong_by_{way}"] += 1
            for figure in SUMMED:
                counted[figure] += int(told.get(figure, 0))
            failures += [f"{way} {number}: {wrong}" for wrong in told["wrong"]]
            if number % 50 == 49:
                progress(f"{number + 1} projects")
    names = ("found_at_opening", "found_in_background", "harmless", "silently_wrong", "broken")
    figures: dict[str, float | str] = {name: counted[name] for name in names} | dict(counted)
    figures["recovered_share"] = round(counted["rows_back"] / max(1, counted["rows_there"]), 4)
    return Outcome(figures, failures)


def make(folder: Path) -> Path:
    """A project with short and long articles, answers and steps; the last of them are in the log still."""
    folder.mkdir()
    lines = []
    for number in range(ARTICLES):
        text = f"مقال {number} عن كركوك و بغداد. " + f"كلمة{number} " * (number * 12)
        spans = [
            Span(f"s{at}", "LOCATION", (Fragment(at, at + 4),), (Attribute("x", f"v{at}"),) if at % 3 else ())
            for at in range(0, min(len(text) - 4, 60), 5)
        ]
        spans = [span._replace(created_at=MOMENT, updated_at=MOMENT) for span in spans]
        annotations = Annotations.of(spans, (), State("in_progress"))
        lines.append(
            encode(Record(Document(f"a{number}", text, created_at=MOMENT), annotations, "A1", "s", "1", MOMENT))
        )
    (folder / "p.jsonl").write_bytes(b"".join(lines))
    Session.open(folder / "p.jsonl").close()
    look(folder / "p.hashiya")
    with closing(Session.open(folder / "p.jsonl")) as session:
        session.set_annotator("A1")
        for row in session.rows(0, session.count)[1:]:
            session.go_to(row.key)
            for at in range(1, 5):
                session.do(reject([Wanted("LOCATION", at, at + 2, "rule", "places", 0.9, "كركوك")]), place=Place())
        session.go_to(session.rows(0, 1)[0].key)
        for at in range(20):
            session.do(set_note(f"ملاحظة {at}"), place=Place())
        for file in folder.glob("p.hashiya*"):
            shutil.copy(file, folder / file.name.replace("p.", "q."))
    return folder


def answers(folder: Path, template: Path, many: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """What a program that opens each damaged project says of it; one that hangs or dies is started anew."""
    child = _child(folder)
    for number in range(many):
        place = folder / "case"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        way = list(WAYS)[number % len(WAYS)]
        source = "q" if way == "torn_log" else "p"
        for file in template.glob(f"{source}.hashiya*"):
            if not file.name.endswith("-shm"):
                shutil.copy(file, place / file.name.replace("q.", "p."))
        WAYS[way](place / "p.hashiya", random.Random(number))
        told = _asked(child, place, template)
        if told is None:
            child.kill()
            child.communicate()
            child = _child(folder)
        yield number, told or {"what": "broken", "wrong": ["the program hangs or dies"]}
    child.kill()
    child.communicate()


def _asked(child: subprocess.Popen[str], place: Path, template: Path) -> dict[str, Any] | None:
    """What the program says of one project; None when it dies, or is killed because it hangs."""
    assert child.stdin is not None and child.stdout is not None
    late = threading.Timer(WAITED * HANG_SECONDS, child.kill)
    late.start()
    try:
        child.stdin.write(json.dumps([str(place), str(template)]) + "\n")
        child.stdin.flush()
        told: dict[str, Any] = json.loads(child.stdout.readline())
        return told
    except (OSError, ValueError):
        return None
    finally:
        late.cancel()


def _child(folder: Path) -> subprocess.Popen[str]:
    """A program that waits for projects."""
    command = [sys.executable, "-m", "tests.torture.corruption_child"]
    pipe = subprocess.PIPE
    environment = child_environment(folder)
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment, cwd=ROOT)


def _changed(path: Path, change: Callable[[bytearray], None]) -> None:
    content = bytearray(path.read_bytes())
    change(content)
    path.write_bytes(content)


def flipped(path: Path, chance: random.Random) -> None:
    """One to eight bytes are others."""

    def change(content: bytearray) -> None:
        for _ in range(chance.randint(1, 8)):
            content[chance.randrange(len(content))] ^= chance.randint(1, 255)

    _changed(path, change)


def cut(path: Path, chance: random.Random) -> None:
    """The end is missing."""
    _changed(path, lambda content: content.__delitem__(slice(chance.randrange(len(content)), None)))


def swapped(path: Path, chance: random.Random) -> None:
    """Two pages stand in each other's place."""

    def change(content: bytearray) -> None:
        one, two = (PAGE * number for number in chance.sample(range(1, len(content) // PAGE), 2))
        content[one : one + PAGE], content[two : two + PAGE] = content[two : two + PAGE], content[one : one + PAGE]

    _changed(path, change)


def zeroed(path: Path, chance: random.Random) -> None:
    """One to three pages are empty."""

    def change(content: bytearray) -> None:
        for _ in range(chance.randint(1, 3)):
            at = PAGE * chance.randrange(len(content) // PAGE)
            content[at : at + PAGE] = bytes(PAGE)

    _changed(path, change)


def garbage_header(path: Path, chance: random.Random) -> None:
    """The first bytes are nonsense."""
    _changed(path, lambda content: content.__setitem__(slice(0, 100), chance.randbytes(100)))


def torn_log(path: Path, chance: random.Random) -> None:
    """The log is cut or overwritten."""
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        (cut if chance.random() < 0.5 else flipped)(log, chance)


def _by_sql(path: Path, *statements: str) -> None:
    import sqlite3

    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def damaged_index(path: Path, chance: random.Random) -> None:
    """The index of words is nonsense."""
    _by_sql(path, f"UPDATE words_data SET block = randomblob(50) WHERE id % 2 = {chance.randint(0, 1)}")


def invalid_json(path: Path, chance: random.Random) -> None:
    """A whole row holds what is no JSON."""
    _by_sql(path, f"UPDATE spans SET attributes = '[[' WHERE layer = {chance.randint(1, ARTICLES)}")


def reworded(path: Path, chance: random.Random) -> None:
    """One letter of a label, an answer or a note is another, and all of it can be read."""
    label, answer, note = re.escape(b"LOCATION"), rb'"v\d+"', "ملاحظة 19".encode()

    def change(content: bytearray) -> None:
        places = [found.span() for said in (label, answer, note) for found in re.finditer(said, content)]
        _start, end = chance.choice(places)
        content[end - 2] ^= 1

    _changed(path, change)


def not_ours(path: Path, chance: random.Random) -> None:
    """A sound database of another program, or one that says it is ours and is not."""
    path.unlink()
    said = 0x48534859 if chance.random() < 0.5 else 7
    _by_sql(path, "CREATE TABLE t (x)", f"PRAGMA application_id={said}", "PRAGMA user_version=5")


WAYS: Final[dict[str, Damage]] = {
    way.__name__: way
    for way in (
        *(flipped, cut, swapped, zeroed, garbage_header, torn_log),
        *(damaged_index, invalid_json, not_ours, reworded),
    )
}
