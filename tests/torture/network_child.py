"""A window whose article, notes and searches hold words that must turn up nowhere else: it works, and then crashes.

python -m tests.torture.network_child crash ARTICLE OUT    works, fails inside, and is aborted
python -m tests.torture.network_child after ARTICLE OUT    the start after that: what it has to tell, copied
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication

from app.model.place import Place
from benchmarks.hand import Hand
from widgets.application import settings_file
from widgets.log import start_log

CANARIES = {
    "text": "Qanarytext",
    "note": "Qanarynote",
    "search": "Qanarysearch",
    "project": "Qanaryproject",
    "filter": "Qanaryfilter",
    "palette": "Qanarypalette",
    "arabic": "قنارياتالنص",
}
"""Words that only a person has written: into the article, notes on it and its fields, and what was looked for."""


def main(part: str, article: Path, out: Path) -> None:
    """Work, and fail; or start again, and copy what is known of it."""
    hand = Hand(article, settings_file())
    start_log(hand.application.crashed.emit)
    hand.bench.comforts.look_back()
    if part == "crash":
        _work(hand)
        _fail(hand)
    hand.bench.comforts.reports.copy_details()
    said = [QGuiApplication.clipboard().text()]
    said += [notice.text() for notice in hand.bench.window.notices.shown()]
    out.write_text("\n".join(said), encoding="utf-8")
    if part == "crash":
        os.abort()
    hand.bench.window.close()
    os._exit(0)


def _work(hand: Hand) -> None:
    hand.session.set_annotator("A1")
    hand.canvas.set_place(Place(0, len(CANARIES["text"])))
    hand.key(Qt.Key.Key_2, text="2")
    note = hand.bench.window.inspector.note
    note.field.setPlainText(CANARIES["note"])
    note.settle()
    for action, name in (("find", "search"), ("find-project", "project")):
        hand.bench.commands.finding.does[action]()
        hand.bench.window.finder.field.setText(CANARIES[name])
        hand._wait_for(hand.bench.commands.finding._seeker)
        hand.bench.window.finder.closed.emit()
    hand.bench.window.articles.ask({"text": CANARIES["filter"]})
    hand.settle()
    hand.bench.window.articles.clear_filter()
    palette = hand.bench.comforts.by_name.palette
    palette.open()
    palette.line.setText(CANARIES["palette"])
    hand.settle()
    palette.close_up()
    hand.settle()


def _fail(hand: Hand) -> None:
    """Nobody catches this, and its message quotes the article."""

    def fail() -> None:
        text = hand.session.document.text
        raise ValueError(text)

    QTimer.singleShot(0, fail)
    QTimer.singleShot(50, hand.application.quit)
    hand.application.exec()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
