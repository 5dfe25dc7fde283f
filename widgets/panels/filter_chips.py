"""What the list of articles is filtered by, a chip each that takes it back, and how many articles that leaves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from app.wording import _
from widgets.i18n import plain_tip
from widgets.models.filters import Part
from widgets.panels.flow import FlowLayout
from widgets.panels.items import empty
from widgets.panels.text_block import TextBlock


class FilterChips(QWidget):
    """`removed` carries the Part that is no longer asked for; `cleared` that nothing is."""

    removed = Signal(object)
    cleared = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: tuple[list[Part], bool] = ([], False)
        self._row = QWidget(self)
        self._flow = FlowLayout(self._row, gap=6)
        self._told = TextBlock(self, quiet=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._row)
        column.addWidget(self._told)

    def chips(self) -> list[QToolButton]:
        """The buttons: one for each part, and the last that clears all when there are any."""
        items = map(self._flow.itemAt, range(self._flow.count()))
        return [chip for item in items if item and isinstance(chip := item.widget(), QToolButton)]

    def show_parts(self, parts: Sequence[Part], told_elsewhere: bool) -> None:
        """Offer to clear these, and each by itself unless what is asked for is `told_elsewhere`."""
        now = (list(parts), told_elsewhere)
        if now == self._shown:
            return
        self._shown = now
        empty(self._flow)
        for part in () if told_elsewhere else parts:
            chip = self._chip(f"{part.said}  \u2715", _("Do not filter by: {filter}").format(filter=part.said))
            chip.setProperty("active", True)
            chip.clicked.connect(lambda _on=False, part=part: self.removed.emit(part))
        if parts:
            clear = self._chip(_("Clear all"), _("Clear all filters"))
            clear.clicked.connect(lambda _on=False: self.cleared.emit())
        self._row.setVisible(bool(parts))
        self.setVisible(bool(parts) or bool(self._told.text()))

    def tell(self, said: str) -> None:
        """Say this under the chips."""
        self._told.setText(said)
        self._told.setVisible(bool(said))
        self.setVisible(bool(self._shown[0]) or bool(said))

    def _chip(self, said: str, name: str) -> QToolButton:
        chip = QToolButton(self._row)
        chip.setProperty("pill", True)
        chip.setText(said.replace("&", "&&"))
        chip.setToolTip(plain_tip(name))
        chip.setAccessibleName(name)
        self._flow.addWidget(chip)
        chip.show()
        return chip
