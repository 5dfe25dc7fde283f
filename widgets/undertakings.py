"""What a window does beside labelling one article: each is made a moment after the first paint, none before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from widgets.carrying import Carrying
from widgets.comforts import Comforts
from widgets.copies import Copies
from widgets.exporting import Exporting
from widgets.focus_ring import SHOWS_FOCUS, FocusRing
from widgets.importing import Importing
from widgets.keeping import Keeping
from widgets.learning import Learning
from widgets.pasting import Pasting
from widgets.relabelling import Relabelling
from widgets.rescue import Rescue
from widgets.schema_editing import SchemaEditing
from widgets.sending import Sending
from widgets.several import Several
from widgets.suggestion_choices import SuggestionChoices
from widgets.telling_origin import TellingOrigin

if TYPE_CHECKING:
    from widgets.settings import Settings
    from widgets.workbench import Workbench


class Undertakings(QObject):
    """`does` is what their actions ask for; `does_on_articles` what of it needs an article on the screen."""

    def __init__(self, bench: Workbench, settings: Settings, label_keys: Callable[..., dict[str, str]]) -> None:
        super().__init__(bench)
        window, bridge, presenter = bench.window, bench.bridge, bench.presenter
        window.complete()
        bench.commands.complete()
        self._commands = bench.commands
        window.canvas.setProperty(SHOWS_FOCUS, True)  # by its caret, or the frame of the span
        self.focus_ring = FocusRing(lambda: window.theme, self)
        self.carrying = Carrying(window, bridge, bench.publisher)
        self.several = Several(window, bridge, presenter, self.carrying)
        self.relabelling = Relabelling(window, bridge, self.carrying, self.several, bench.commands.open_article)
        self.schema_editing = SchemaEditing(window, bridge, self.carrying, label_keys)
        assert bench.commands.suggesting
        self.suggestion_choices = SuggestionChoices(window, bridge, bench.commands.suggesting)
        self.learning = Learning(bridge, self)
        self.comforts = Comforts(window, bridge, bench.commands, settings)
        self.exporting = Exporting(window, bridge)
        self.importing = Importing(window, bridge)
        self.sending = Sending(window, bridge, presenter)
        self.telling_origin = TellingOrigin(window, bridge, presenter)
        self.pasting = Pasting(window, bridge, presenter)
        self.copies = Copies(window, bridge, presenter, lambda: bench.house.zoom)
        self.keeping = Keeping(window, bridge, presenter, self.carrying, bench.close_project, bench.open_file)
        self.rescue = Rescue(window, bridge, self.carrying, bench.close_project, bench.open_file)
        self.importing.open_asked.connect(bench.open_file)
        for dressed in (self.comforts.dress, self.exporting.retell, self.importing.retell):
            bench.house.looks_changed.connect(dressed)
        self.does: dict[str, Callable[[], object]] = {
            "schema": self.schema_editing.open,
            "export": self.exporting.open,
            **self.keeping.does,
            **self.pasting.does,
            **self.sending.does,
            **self.copies.does,
            **self.comforts.does,
            **self.telling_origin.does,
            **self.suggestion_choices.does,
        }
        self.does_on_articles = self.several.does | self.relabelling.does

    def stop(self) -> None:
        """Leave what is under way: the project is about to be closed."""
        self.keeping.stop()
        self.rescue.finish()
        self.carrying.stop()
        self.relabelling.finish()
        self.importing.stop()
        self._commands.finish()
