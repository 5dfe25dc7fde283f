"""`python3 dev.py shot [--out FOLDER] [NAME…]`: the pictures of docs and of the guide, of the real window, offscreen.

The project is the annotated sample articles, so the pictures are true whenever they are taken anew.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.wording import LANGUAGES
from resources import resource, sample_names
from widgets.application import HashiyaApplication
from widgets.settings import Settings
from widgets.workbench import Workbench

DOCS = Path(__file__).resolve().parent.parent / "docs"


class Shot(NamedTuple):
    """One picture: its size, the language of the interface, the theme, which article, and what is shown of it.

    `label` is that of the span in focus ("" for the tenth of any), `action` what is asked for then.
    """

    width: int
    height: int
    language: str
    theme: str
    article: int = 0
    annotated: bool = True
    label: str = ""
    action: str = ""


SHOTS = {
    "window-light-ar": Shot(1440, 900, "ar", "light"),
    "window-light-en": Shot(1440, 900, "en", "light"),
    "window-dark-ar": Shot(1440, 900, "ar", "dark"),
    "window-dark-en": Shot(1440, 900, "en", "dark", article=3),
    "window-wide-ar": Shot(1920, 1080, "ar", "light", article=2),
    "window-narrow-ar": Shot(800, 700, "ar", "light", article=1),
    "window-narrow-en": Shot(640, 700, "en", "dark", article=1),
    "answers-light-ar": Shot(1440, 900, "ar", "light", label="CASUALTY", action="inspect"),
    "linking-light-en": Shot(1440, 900, "en", "light", label="QUOTE", action="link"),
    "guideline-dark-ar": Shot(1440, 900, "ar", "dark", label="QUOTE", action="guideline"),
    "schema-light-en": Shot(1440, 900, "en", "light", action="schema"),
    "first-start-ar": Shot(1440, 900, "ar", "light", annotated=False),
    "first-start-en": Shot(1440, 900, "en", "light", annotated=False),
}
GUIDE = {
    "window": Shot(1120, 740, "", "light"),
    "answers": Shot(1120, 740, "", "light", label="CASUALTY", action="inspect"),
    "linking": Shot(1120, 740, "", "light", label="QUOTE", action="link"),
    "schema": Shot(1120, 740, "", "light", action="schema"),
    "import": Shot(1120, 740, "", "light", article=3, action="import"),
    "export": Shot(1120, 740, "", "light", action="export"),
}
SHOTS |= {f"guide-{name}-{code}": shot._replace(language=code) for name, shot in GUIDE.items() for code in LANGUAGES}
"""Those of the guide are smaller: they are read beside the text, in the width of a page."""


def main() -> int:
    """Take the pictures that were asked for, or all."""
    parser = argparse.ArgumentParser(prog="dev.py shot", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="which pictures: " + ", ".join(SHOTS))
    parser.add_argument("--out", type=Path, default=DOCS, help="the folder of the docs")
    wishes = parser.parse_args()
    unknown = [name for name in wishes.names if name not in SHOTS]
    if unknown:
        parser.error(f"there is no picture called {', '.join(unknown)}")
    with tempfile.TemporaryDirectory(prefix="hashiya-shot-") as home:
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            os.environ[name] = home
        application = HashiyaApplication()
        for name in wishes.names or SHOTS:
            picture = wishes.out / _place(name)
            picture.parent.mkdir(parents=True, exist_ok=True)
            take(application, SHOTS[name], Path(home) / name, picture)
            print(picture)
    sys.stdout.flush()
    os._exit(0)


def wait(milliseconds: int) -> None:
    """Let the window and its threads go on for so long."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _place(name: str) -> Path:
    guide = name.removeprefix("guide-")
    return Path("images", f"{name}.png") if guide == name else Path("guide", "images", f"{guide}.png")


def take(application: HashiyaApplication, shot: Shot, folder: Path, picture: Path) -> None:
    """Open the window as `shot` says, working in `folder`, and save what it shows as `picture`."""
    folder.mkdir()
    application.interpreter.speak(shot.language)
    bench = Workbench(application, Settings(folder / "settings.json"), shot.theme)
    bench.undertakings  # noqa: B018 - made, as it is a moment after a start
    window = bench.window
    window.resize(shot.width, shot.height)
    window.show()
    if shot.annotated:
        file = shutil.copy(resource("samples", "annotated.jsonl"), folder / "نهر الزورد.jsonl")
        bench.open_file(Path(file))
        bench.bridge.session.set_annotator("م-1" if shot.language == "ar" else "A1")
        bench.bridge.go_to(bench.bridge.session.rows(shot.article, 1)[0].key)
        spans = bench.bridge.session.annotations.ordered()
        spans = [span for span in spans if span.label == shot.label] or spans[9:]
        window.canvas.focus_span(spans[0].id, reveal=bool(shot.label))
    else:
        bench.open_sample()
    window.canvas.setFocus()
    wait(100)
    if shot.action == "import":
        bench.importing.open([resource("samples", name) for name in sample_names()])
    elif shot.action:
        window.actions_[shot.action].trigger()
    wait(900)
    if bench.exporting.page:  # a picture tells of no folder of the computer that it was taken on
        out = bench.exporting.page.form.place
        out.setText(Path(out.text()).name)
        wait(900)
    window.grab().save(str(picture))
    QTimer.singleShot(0, window.close)
    wait(50)
    QApplication.processEvents()


if __name__ == "__main__":
    sys.exit(main())
