"""Opens a file like `hashiya FILE`, and says on standard output when its article was painted, then leaves.

usage: python -m benchmarks.first_paint FILE        prints seconds since the epoch, to be held against the start
"""

from __future__ import annotations

import gc
import os
import sys
import time


def main() -> None:
    """Run the window until its article is on the screen."""
    gc.disable()  # the first thing that the program itself does
    from app.__main__ import main as hashiya
    from widgets.lean_qt import import_qt

    import_qt()
    from PySide6.QtGui import QPaintEvent

    from widgets.canvas.view import ArticleView

    painted = ArticleView.paintEvent

    def paint_and_leave(view: ArticleView, event: QPaintEvent) -> None:
        painted(view, event)
        if view.page is not None:
            print(time.time(), flush=True)
            os._exit(0)

    ArticleView.paintEvent = paint_and_leave  # type: ignore[method-assign]
    sys.argv = ["hashiya", *sys.argv[1:]]
    hashiya()


if __name__ == "__main__":
    main()
