"""Jobs of the program in which a disk may fail: each prepared, done under faults, finished without, and looked at.

A job's `work` says what it was promised; `look` answers with what is wrong after it, in words, or with nothing.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from app.backups import backups, keep, restore
from app.edit.commands import label, set_note
from app.edit.steps import Place
from app.errors import HashiyaError
from app.export import export
from app.formats.native_check import check_file
from app.publish import publish
from app.session import Session
from app.store.engine import Database
from app.wording import describe
from tests.torture.faults import Faults

FIXTURES: Final = Path(__file__).parents[1] / "store" / "fixtures"
TEXT: Final = "كركوك " * 60
LINES: Final = "".join(f'{{"id":"b{number}","text":"مقال {number} عن الميناء"}}\n' for number in range(3))
BEFORE: Final = "2 spans, 0 in the note"
LEFT: Final = (".part", ".kept", ".part-journal", ".part-wal", ".part-shm")


class Done(NamedTuple):
    """What a job said: its errors as a person reads them, what it promised, and how often the disk refused."""

    said: list[str]
    promised: str
    failed: int


Arm = Callable[[], object]


class Job(NamedTuple):
    """How a job's folder is made, what is done in it (`arm` before the faults), and what must hold after."""

    make: Callable[[Path], None]
    work: Callable[[Path, Faults, Arm], Done]
    look: Callable[[Path, str], list[str]]


@contextmanager
def hearing(said: list[str]) -> Iterator[None]:
    """What goes wrong is said in a sentence; anything that has none goes through."""
    try:
        yield
    except HashiyaError as error:
        said.append(describe(error))


def project_of(folder: Path) -> Path:
    return folder / "article.hashiya"


def make_project(folder: Path) -> None:
    """A project with two steps, its training file, an export, a backup and a file to be imported."""
    (folder / "article.txt").write_text(TEXT, encoding="utf-8")
    (folder / "more.jsonl").write_text(LINES, encoding="utf-8")
    session = Session.open(folder / "article.txt")
    session.set_annotator("A1")
    mark(session)
    session.publish()
    mark(session)
    export(session.path, folder / "out.jsonl")
    keep(session.path, "day")
    session.close()


def mark(session: Session) -> None:
    """Label the first word that is free."""
    start = 6 * len(session.annotations.spans)
    session.do(label(start, start + 5, "LOCATION"), place=Place())


def shape(session: Session) -> str:
    """What can be seen of the annotations."""
    there = session.annotations
    return f"{len(there.spans)} spans, {len(there.state.note)} in the note"


def work_save(folder: Path, faults: Faults, arm: Arm) -> Done:
    """Label, take back and write a note; then the disk is back, and everything is saved."""
    said: list[str] = []
    session = Session.open(project_of(folder))
    arm()
    steps(session, said)
    failed = faults.failed
    faults.disarm()
    if session.trouble is not None:
        said.append(describe(session.trouble))
    saved = session.save()
    promised = shape(session) if saved else "all saved"
    session.close()
    return Done(said, promised, failed)


def steps(session: Session, said: list[str]) -> list[tuple[str, bool]]:
    """Five steps; after each what can be seen, and whether it is said to be on disk."""
    seen = [(shape(session), True)]
    for step in (mark, mark, Session.undo, mark, lambda it: it.do(set_note("ملاحظة " * 800), place=Place())):
        with hearing(said):
            step(session)
        seen.append((shape(session), session.trouble is None))
    return seen


def look_save(folder: Path, promised: str) -> list[str]:
    return look_at(folder, {promised})


def work_killed(folder: Path, faults: Faults, arm: Arm) -> Done:
    """The same, and the program is gone before the disk is back: what was said to be on disk must be there."""
    said: list[str] = []
    session = Session.open(project_of(folder))
    arm()
    seen = steps(session, said)
    if session.trouble is not None:
        said.append(describe(session.trouble))
    last = max(number for number, (_shape, safe) in enumerate(seen) if safe)
    return Done(said, "\n".join(shape for shape, _safe in seen[last : last + 2]), faults.failed)


def look_killed(folder: Path, promised: str) -> list[str]:
    return look_at(folder, set(promised.split("\n")))


def work_publish(folder: Path, faults: Faults, arm: Arm) -> Done:
    """Write the training file, which lacks a step; then again, on a disk that is whole."""
    said: list[str] = []
    arm()
    with hearing(said):
        publish(project_of(folder))
    failed = faults.failed
    faults.disarm()
    file = folder / "article.annotations.jsonl"
    whole = is_whole(file) and (bool(said) or file.read_bytes().count(b'"LOCATION"') == 2)
    publish(project_of(folder))
    return Done(said, f"{whole}", failed)


def look_publish(folder: Path, promised: str) -> list[str]:
    wrong = look_at(folder, {BEFORE})
    lines = (folder / "article.annotations.jsonl").read_text(encoding="utf-8")
    if promised != "True" or not is_whole(folder / "article.annotations.jsonl") or lines.count('"LOCATION"') < 2:
        wrong.append("the training file is not whole, or not of now")
    return wrong


def is_whole(file: Path) -> bool:
    return file.exists() and not list(check_file(file)) and file.read_bytes().endswith(b"\n")


def work_import(folder: Path, faults: Faults, arm: Arm) -> Done:
    """Take three articles into the project, all or none."""
    said: list[str] = []
    session = Session.open(project_of(folder))
    arm()
    with hearing(said):
        session.import_file(folder / "more.jsonl")
    failed = faults.failed
    faults.disarm()
    session.close()
    return Done(said, "1" if said else "4", failed)


def look_count(folder: Path, promised: str) -> list[str]:
    session = Session.open(project_of(folder))
    count = session.count
    session.close()
    return look_at(folder, {BEFORE}) + ([] if str(count) == promised else [f"{count} articles, not {promised}"])


def work_make(folder: Path, faults: Faults, arm: Arm) -> Done:
    """Make a project of a file."""
    said: list[str] = []
    arm()
    with hearing(said):
        Session.open(folder / "more.jsonl").close()
    failed = faults.failed
    faults.disarm()
    Session.open(folder / "more.jsonl").close()
    return Done(said, "", failed)


def look_make(folder: Path, _promised: str) -> list[str]:
    made = sorted(path.name for path in folder.glob("more*.hashiya"))
    session = Session.open(folder / made[0])
    count = session.count
    session.close()
    wrong = look_at(folder, {BEFORE})
    return wrong if (made, count) == (["more.hashiya"], 3) else [*wrong, f"{made} with {count} articles"]


def work_export(folder: Path, faults: Faults, arm: Arm) -> Done:
    """Export over an earlier export, and into a folder of a compressed format."""
    said: list[str] = []
    before = (folder / "out.jsonl").read_bytes()
    arm()
    with hearing(said):
        export(project_of(folder), folder / "out.jsonl")
    with hearing(said):
        export(project_of(folder), folder / "tables", format="csv")
    with hearing(said):
        export(project_of(folder), folder / "packed.jsonl.gz")
    failed = faults.failed
    faults.disarm()
    whole = (folder / "out.jsonl").read_bytes() == before
    whole = whole and (bool(said) or ((folder / "tables").is_dir() and (folder / "packed.jsonl.gz").is_file()))
    export(project_of(folder), folder / "out.jsonl")
    return Done(said, f"{whole}", failed)


def look_export(folder: Path, promised: str) -> list[str]:
    wrong = look_at(folder, {BEFORE})
    if promised != "True" or not is_whole(folder / "out.jsonl"):
        wrong.append("the export is not as it was")
    return wrong


def make_older(folder: Path) -> None:
    """A project of the first version ever."""
    shutil.copyfile(FIXTURES / "version-1.hashiya", project_of(folder))


def work_migration(folder: Path, faults: Faults, arm: Arm) -> Done:
    """Open an older project, which brings it up to this version."""
    said: list[str] = []
    arm()
    with hearing(said):
        session = Session.open(project_of(folder))
        session.close()
    failed = faults.failed
    faults.disarm()
    return Done(said, "", failed)


def look_migration(folder: Path, _promised: str) -> list[str]:
    database = Database(project_of(folder))
    found = database.pragma("integrity_check")
    database.close()
    session = Session.open(project_of(folder))
    told = (session.count, len(session.annotations.spans) > 0 or session.count > 0)
    session.close()
    return [] if (found, told[1]) == ("ok", True) else [f"{found}, {told}"]


def work_backup(folder: Path, faults: Faults, arm: Arm) -> Done:
    """Keep a copy, and go back to the one before."""
    said: list[str] = []
    arm()
    with hearing(said):
        keep(project_of(folder), "deletion")
    with hearing(said):
        restore(project_of(folder), 1)
    failed = faults.failed
    faults.disarm()
    return Done(said, "", failed)


def look_backup(folder: Path, _promised: str) -> list[str]:
    wrong = look_at(folder, {BEFORE})
    for copy in backups(project_of(folder)):
        database = Database(copy.path, access="mode=ro&immutable=1")
        if database.pragma("integrity_check") != "ok":
            wrong.append(f"{copy.path.name} is damaged")
        database.close()
    return wrong


def work_open(folder: Path, faults: Faults, arm: Arm) -> Done:
    """Open the project, label a word and close it, on a disk that fails from the first call."""
    said: list[str] = []
    shapes = [BEFORE]
    arm()
    with hearing(said):
        session = Session.open(project_of(folder))
        with hearing(said):
            mark(session)
        shapes = [shape(session)] if session.trouble is None else [BEFORE, shape(session)]
        if session.trouble is not None:
            said.append(describe(session.trouble))
        session.close()
    return Done(said, "\n".join(shapes), faults.failed)


def look_at(folder: Path, shapes: set[str]) -> list[str]:
    """What is wrong with the project, which must have one of these shapes, and what nobody has taken away."""
    database = Database(project_of(folder))
    found = database.pragma("integrity_check")
    database.close()
    if found != "ok":
        return [f"integrity_check says {found}"]
    session = Session.open(project_of(folder))
    there = shape(session)
    session.close()
    return [] if there in shapes else [f"{there[:40]!r} is there, not {sorted(one[:40] for one in shapes)}"]


def left(folder: Path) -> list[str]:
    """Files that were never finished."""
    return sorted(path.name for path in folder.rglob("*") if path.name.endswith(LEFT))


JOBS: Final = {
    "open": Job(make_project, work_open, look_killed),
    "save": Job(make_project, work_save, look_save),
    "killed": Job(make_project, work_killed, look_killed),
    "publish": Job(make_project, work_publish, look_publish),
    "import": Job(make_project, work_import, look_count),
    "make": Job(make_project, work_make, look_make),
    "export": Job(make_project, work_export, look_export),
    "migration": Job(make_older, work_migration, look_migration),
    "backup": Job(make_project, work_backup, look_backup),
}
