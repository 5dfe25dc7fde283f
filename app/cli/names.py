"""The commands by name, and where each lives: a file is imported only when its command is used."""

from __future__ import annotations

import os

COMMANDS = {
    "backups": "app.cli.backups:list_backups",
    "check": "app.cli.check:check",
    "convert": "app.cli.convert:convert",
    "demonstration": "app.cli.demonstration:demonstration",
    "diff": "app.cli.diff:diff",
    "evaluate": "app.cli.evaluate:evaluate_files",
    "export": "app.cli.export:export",
    "find": "app.cli.find:find",
    "import": "app.cli.import_files:import_files",
    "manual": "app.cli.manual:manual",
    "recover": "app.cli.recover:recover",
    "relabel": "app.cli.relabel:relabel",
    "render": "app.cli.render:render",
    "schema": "app.cli.schema:schema",
    "send": "app.cli.send:send",
    "show": "app.cli.show:show",
    "suggest": "app.cli.suggest:suggest",
    "train": "app.cli.train:train",
    "window": "app.cli.window:window",
}


def is_meant_as_command(word: str) -> bool:
    """Whether `word` reads like a command and not like a file: one word without a dot, and no file is called so."""
    return word.isidentifier() and not os.path.exists(word)  # noqa: PTH110 - pathlib is slow to import
