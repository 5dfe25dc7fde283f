"""The program whose power fails: works and says what is safe, or looks at what a disk has kept.

python -m tests.torture.power_child work FOLDER STEPS KIND   under faults.so, which records; KIND as app.store.network
python -m tests.torture.power_child look                  one JSON object a line comes in, a list of faults goes out
"""

from __future__ import annotations

import json
import sys
import traceback
from pathlib import Path
from typing import Any
from unittest.mock import patch

from app.backups import backups, keep
from app.edit.commands import label, set_note
from app.edit.steps import Place
from app.export import export
from app.formats.native_check import check_file
from app.session import Session
from app.store.engine import Database
from tests.torture.faults import Faults
from widgets.settings import Settings

TEXT = "كركوك " * 400
UNDO, PUBLISH, NOTE = 5, 4, 7


def work(folder: Path, steps: int) -> None:
    """Label, take back, write notes, publish, export, import, keep copies; after each, say what is promised."""
    faults = Faults()
    promised: dict[str, Any] = {}

    def promise(what: str, **more: object) -> None:
        promised.update(more)
        faults.mark(json.dumps({**promised, "what": what}))

    (folder / "article.txt").write_text(TEXT, encoding="utf-8")
    (folder / "more.jsonl").write_text('{"id":"b1","text":"مقال عن الميناء"}\n', encoding="utf-8")
    session = Session.open(folder / "article.txt")
    session.set_annotator("A1")
    promise("project", step=0, shape=seen(session))
    settings = Settings(folder / "settings.json")
    for number in range(1, steps + 1):
        one_step(session, number)
        promise("step", step=number, shape=seen(session))
        if number % PUBLISH == 0:
            session.publish()
            promise("training file", published=len(session.annotations.spans))
            settings.set("zoom", 100 + number)
            settings.save()
        if number == steps // 3:
            export(session.path, folder / "out.jsonl")
            export(session.path, folder / "packed.jsonl.gz", split=(50, 25, 25))
            promise("export", exported=True)
        if number == steps // 2:
            session.import_file(folder / "more.jsonl")
            promise("import", count=session.count)
        if number == 2 * steps // 3:
            keep(session.path, "day")
            promise("backup", backups=1)
    session.close()
    promise("closed")


def seen(session: Session) -> str:
    """What can be seen of the annotations."""
    return f"{len(session.annotations.spans)} spans, note {session.annotations.state.note!r}"


def one_step(session: Session, number: int) -> None:
    """The step with this number."""
    if number % UNDO == 0:
        session.undo()
    elif number % NOTE == 0:
        session.do(set_note(f"ملاحظة {number}"), place=Place())
    else:
        start = 6 * len(session.annotations.spans)
        session.do(label(start, start + 5, "LOCATION"), place=Place())


def look(place: Path, promised: dict[str, Any]) -> list[str]:
    """What is wrong with what the disk has kept, in the light of what was promised."""
    project = place / "article.hashiya"
    if not project.exists():
        return [] if "step" not in promised else ["no project is there, not one with its steps"]
    wrong = looked_at(project, promised)
    for name in ("article.annotations.jsonl", "out.jsonl"):
        file = place / name
        if file.exists() and (list(check_file(file)) or not file.read_bytes().endswith(b"\n")):
            wrong.append(f"{name} is not whole")
    training = place / "article.annotations.jsonl"
    if "published" in promised and not training.exists():
        wrong.append("no training file is there, not one that was promised")
    if "exported" in promised and len([*place.glob("packed*.jsonl.gz"), *place.glob("out.jsonl")]) != 4:
        wrong.append("the export is there, not whole")
    settings = place / "settings.json"
    if settings.exists():  # old or new, but whole
        json.loads(settings.read_text(encoding="utf-8"))
    for copy in backups(project):
        database = Database(copy.path, access="mode=ro&immutable=1")
        if database.pragma("integrity_check") != "ok":
            wrong.append(f"{copy.path.name} is damaged")
        database.close()
    if len(backups(project)) < promised.get("backups", 0):
        wrong.append("no backup is there, not the one that was promised")
    return wrong


def looked_at(project: Path, promised: dict[str, Any]) -> list[str]:
    """What is wrong with the project."""
    database = Database(project)
    found = database.pragma("integrity_check")
    database.close()
    if found != "ok":
        return [f"integrity_check says {found}"]
    session = Session.open(project)
    there, count = seen(session), session.count
    session.close()
    wrong = []
    if "shapes" in promised and there not in promised["shapes"]:
        wrong.append(f"{there} is there, not {promised['shapes']}")
    if count < promised.get("count", 0):
        wrong.append(f"{count} articles is there, not {promised['count']}")
    return wrong


def main() -> None:
    """Work or look."""
    if sys.argv[1] == "work":
        with patch("app.store.network.kind_of", lambda _path: sys.argv[4]):
            work(Path(sys.argv[2]), int(sys.argv[3]))
        return
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            told = look(Path(asked["place"]), asked["promised"])
        except Exception:  # noqa: BLE001 - whatever it is, the parent must hear of it
            told = [traceback.format_exc()[-700:]]
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
