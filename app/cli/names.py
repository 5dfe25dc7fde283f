"""The commands by name, and where each lives: a file is imported only when its command is used."""

from __future__ import annotations

COMMANDS = {
    "check": "app.cli.check:check",
    "export": "app.cli.export:export",
    "import": "app.cli.import_files:import_files",
    "render": "app.cli.render:render",
    "show": "app.cli.show:show",
    "window": "app.cli.window:window",
}
