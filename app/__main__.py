"""The one door: the window, or a command of the command line. Each half is imported only when it is asked for."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.model.record import Record
    from app.model.schema import Schema


def main() -> None:
    """Run `hashiya` with the arguments of this process, and leave with its exit status."""
    arguments = sys.argv[1:]
    if getattr(sys, "frozen", False) and {"--multiprocessing-fork", "-c"} & {*arguments}:
        # Packed into one program, a process for long work is this program again.
        from multiprocessing import freeze_support

        freeze_support()
    if arguments[:1] == ["--suggest-worker"]:  # see app.suggest.worker
        from app.suggest.worker import main as answer

        return answer()
    if arguments[:2] == ["window", "--rehearse"]:  # a start is measured by it: no command line is loaded for that
        sys.exit(_open_window(arguments[2:], rehearse=True))
    sys.exit(_open_window(arguments) if _wants_window(arguments) else _run_command(arguments))


def _wants_window(arguments: list[str]) -> bool:
    from app.cli.names import COMMANDS, is_meant_as_command

    plain = not any(argument.startswith("-") for argument in arguments)
    return plain and not (arguments and (arguments[0] in COMMANDS or is_meant_as_command(arguments[0])))


def _open_window(files: list[str], *, language: str = "", theme: str = "", **wishes: bool) -> int:
    gc.disable()  # nothing that a start makes is garbage; the workbench turns it on when the article is there
    from app.errors import CallError
    from app.wording import describe, use_language
    from widgets.display import require_display

    try:
        require_display()
    except CallError as error:
        use_language()
        print(describe(error), file=sys.stderr)  # noqa: T201 - the only place left to say it
        return 2
    from widgets.lean_qt import import_qt

    import_qt()
    from widgets.application import run

    return run(files, language=language, theme=theme, **wishes)


def _run_command(arguments: list[str]) -> int:
    from app.cli.main import run
    from app.cli.screen import Screen

    return run(arguments, Screen(_open_window, _draw))


def _draw(record: Record, schema: Schema, form: str, **wishes: str | int) -> Iterator[bytes]:
    """The files of a picture; see `widgets.render`."""
    from widgets.display import require_libraries

    require_libraries()
    from widgets.render import draw

    return draw(record, schema, form, **wishes)


if __name__ == "__main__":
    main()
