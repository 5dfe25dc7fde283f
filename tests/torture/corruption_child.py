"""The program that opens damaged projects: for each JSON list [FOLDER, WHOLE] that comes in, what it found."""

from __future__ import annotations

import json
import shutil
import sys
import time
import traceback
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from app import soundness
from app.errors import HashiyaError, ProjectError
from app.recover import recover
from app.session import Session
from app.store.found import Found
from app.store.pages import Pages
from app.wording import describe
from tests.torture.corruption import HANG_SECONDS, PAGE

Seen = dict[str, tuple[str, tuple[object, ...], object]]
Decided = tuple[str, int, int, str]


def read(project: Path) -> tuple[Seen, list[str]]:
    """Every article with its spans and state, as a window reads it, and what was said on the way."""
    seen: Seen = {}
    said: list[str] = []
    with closing(Session.open(project)) as session:
        said += [describe(notice) for notice in session.notices if isinstance(notice, ProjectError)]
        for row in session.rows(0, session.count):
            try:
                session.go_to(row.key)
            except HashiyaError as error:
                said.append(describe(error))
                continue
            shown = session.annotations
            spans = tuple(sorted(map(tuple, shown.spans.values())))
            seen[session.document.id] = session.document.text, spans, shown.state
    return seen, said


@cache
def sound_of(whole: Path) -> Seen:
    """What the project says that was not damaged."""
    return read(whole)[0]


def look(folder: Path, whole: Path) -> dict[str, Any]:
    """Open, read, check and recover the project in `folder`, whose like in `whole` is sound."""
    project = folder / "p.hashiya"
    kept = folder / "kept" / "p.hashiya"
    kept.parent.mkdir()
    for file in folder.glob("p.hashiya*"):
        shutil.copy(file, kept.parent / file.name)
    torn = project.with_name("p.hashiya-wal").exists()
    sound = sound_of(whole / "p.hashiya")
    wrong: list[str] = []
    started = time.process_time()
    seen: Seen = {}
    try:
        seen, said = read(project)
    except HashiyaError as error:
        said = [describe(error)]
    except Exception:  # noqa: BLE001 - whatever it is, the parent must hear of it
        said = []
        wrong.append(traceback.format_exc()[-500:])
    if time.process_time() - started > HANG_SECONDS:
        wrong.append("opening hangs")
    what = "found_at_opening" if said else judged(project, seen, sound, torn)
    if wrong:
        what = "broken"
    elif what == "silently_wrong":
        wrong.append(difference(seen, sound))
    return {"what": what, "wrong": wrong, **recovered(kept, whole / "p.hashiya", wrong)}


def judged(project: Path, seen: Seen, sound: Seen, torn: bool) -> str:
    """What a project is that opened and read without a word."""
    if seen == sound or (torn and all(sound[id][0] == seen[id][0] for id in sound if id in seen)):
        return "harmless"  # a log that is torn is read up to its last whole commit, as after a power failure
    try:
        soundness.look(project)
    except ProjectError:
        return "found_in_background"
    return "silently_wrong"


def difference(seen: Seen, sound: Seen) -> str:
    """Where what was read is not what was written."""
    missing = sorted(sound.keys() - seen.keys())
    others = [id for id in sound if id in seen and seen[id] != sound[id]]
    return f"read without a word, but {len(missing)} articles are missing and {others[:3]} are others"


def recovered(damaged: Path, whole: Path, wrong: list[str]) -> dict[str, int]:
    """How much of the rows on pages that are as they were recovery brings back."""
    before, started = damaged.read_bytes(), time.process_time()
    told: dict[str, int] = {}
    seen: Seen = {}
    decided: set[Decided] = set()
    try:
        done = recover(damaged)
        told = {"articles_lost": len(done.lost), "spans_lost": sum(done.salvaged.spans_lost.values())}
        seen, said = read(done.path)
        decided = decided_in(Found(Pages(done.path).rows()))
        wrong += [f"what was recovered says {one}" for one in said[:1]]
    except HashiyaError as error:
        if not describe(error).strip():
            wrong.append("recovery says nothing")
    except Exception:  # noqa: BLE001 - whatever it is, the parent must hear of it
        wrong.append("recovery: " + traceback.format_exc()[-500:])
    if time.process_time() - started > HANG_SECONDS:
        wrong.append("recovery hangs")
    if damaged.read_bytes() != before:
        wrong.append("recovery has changed the damaged file")
    return told | shares(before, whole, seen, decided)


def decided_in(found: Found, among: Found | None = None) -> set[Decided]:
    """What was decided about suggestions, as rows say of articles that are known in `among`."""
    ids = {key: str(row[2]) for key, row in (among or found).tables["documents"].items()}
    return {(ids[row[2]], row[4], row[5], row[9]) for row in found.tables["decisions"].values() if row[2] in ids}


def shares(damaged: bytes, whole: Path, seen: Seen, decided: set[Decided]) -> dict[str, int]:
    """Articles and spans of pages that stand, as they were, anywhere in the damaged file; and those that came back."""
    there = {damaged[at : at + PAGE] for at in range(0, len(damaged), PAGE)}
    pages = Pages(whole)
    known, left = Found(pages.rows()), Found(pages.rows(there))
    back = {(id, str(span[0])) for id, (_text, spans, _state) in seen.items() for span in spans}
    ids = {key: row[2] for key, row in known.tables["documents"].items()}
    of_layer = {key: ids.get(row[1]) for key, row in known.tables["layers"].items()}
    spans = [(str(of_layer[row[0]]), str(row[1])) for row in left.tables["spans"].values()]
    articles = [str(row[2]) for row in left.tables["documents"].values()]
    decisions = {one for one in decided_in(left, known) if one[0] in seen}
    return {
        "decisions_there": len(decisions),
        "decisions_back": len(decisions & decided),
        "rows_there": len(spans) + len(articles),
        "rows_back": sum(span in back for span in spans) + sum(id in seen for id in articles),
        "spans_lost_on_undamaged_pages": sum(span not in back and span[0] in seen for span in spans),
    }


def main() -> None:
    """Answer project by project."""
    for line in sys.stdin:
        folder, whole = json.loads(line)
        print(json.dumps(look(Path(folder), Path(whole))), flush=True)


if __name__ == "__main__":
    main()
