"""`hashiya backups`: the copies kept of a project, and going back to one."""

from __future__ import annotations

from pathlib import Path

import click

from app import backups as keeping
from app.backups import Backup
from app.cli.output import DONE, say, say_json
from app.formats.sources import open_source
from app.wording import _

_WHY = {
    "day": lambda: _("a day of work"),
    "deletion": lambda: _("before a deletion"),
    "restore": lambda: _("before going back"),
}


@click.command("backups")
@click.argument("project", type=click.Path(path_type=Path))
@click.option("--restore", "number", type=int, help="Put the backup with this number in place of PROJECT.")
@click.option("--keep/--no-keep", "wished", default=None, help="Make backups without being asked, or no longer.")
@click.option("--json", "as_json", is_flag=True, help="Say it as one JSON object.")
def list_backups(project: Path, number: int | None, wished: bool | None, as_json: bool) -> int:
    """List the backups of PROJECT, the newest first, or go back to one of them.

    They lie in a folder beside the project. Before going back, what is there now becomes a backup itself.
    """
    if wished is not None:
        keeping.keep_them(project, wished)
    restored = keeping.restore(project, number) if number is not None else None
    there = keeping.backups(project)
    if not there:
        with open_source(project):
            pass
    if as_json:
        told = [_told(backup) for backup in there]
        say_json({"ok": True, "project": str(project), "restored": restored and str(restored.path), "backups": told})
        return DONE
    if restored:
        say(_("{file} is again as it was on {time} (UTC).").format(file=project, time=_time(restored)))
        return DONE
    for backup in there:
        size = _("{count} MB").format(count=f"{backup.size / 1e6:.1f}")
        say(f"{backup.number:3}  {_time(backup)}  {size:>9}  {_WHY[backup.why]()}")
    if not there:
        say(_("There is no backup of {file} yet.").format(file=project))
    return DONE


def _told(backup: Backup) -> dict[str, object]:
    return {
        "number": backup.number,
        "file": str(backup.path),
        "at": f"{backup.at}Z",
        "why": backup.why,
        "bytes": backup.size,
    }


def _time(backup: Backup) -> str:
    return backup.at.replace("T", " ")
