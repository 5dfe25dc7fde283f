"""What articles are asked for beyond their words and status: a small form over the list."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.model.wish import EVERYTHING, Wish
from app.wording import _
from widgets.i18n import isolate, number
from widgets.panels.choice_button import Choice, ChoiceButton
from widgets.panels.flow import FlowLayout
from widgets.panels.toggles import Tick

_TYPING_PAUSE_MS = 250
Offer = Callable[[], list[tuple[str, int]]]


class ArticleFilter(QFrame):
    """`asked` carries the fields of a Wish that are asked for otherwise now; `left` when Escape leaves the form."""

    asked = Signal(dict)
    left = Signal()

    def __init__(self, annotators: Offer, sources: Offer, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("article-filter")
        self._annotators, self._sources = annotators, sources
        self._wish = EVERYTHING
        self._labels: dict[str, str] = {}
        self.label = ChoiceButton(self._label_choices, self)
        self.annotator = ChoiceButton(self._annotator_choices, self)
        self.source = ChoiceButton(self._source_choices, self)
        self.address, self.since, self.until = (QLineEdit(self) for _field in range(3))
        self.problems, self.notes = Tick("", self), Tick("", self)
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._typed)
        self._arrange()
        self.retranslate()

    def set_labels(self, labels: dict[str, str]) -> None:
        """Offer these labels, by their ids what they are called."""
        self._labels = labels
        self.show_wish(self._wish)

    def title(self, label: str) -> str:
        """What a label is called."""
        return self._labels.get(label, label)

    def show_wish(self, wish: Wish) -> None:
        """Show what is asked for; a field that is being written in stays as it is."""
        self._wish = wish
        labels = _(", ").join(isolate(self.title(label)) for label in wish.labels)
        self.label.say(labels or _("Any label"), _("Label"))
        who = _("By anybody") if wish.annotator is None else _("By nobody")
        who = isolate(wish.annotator) if wish.annotator else who
        self.annotator.say(who, _("Annotated by"))
        self.source.say(isolate(wish.source) if wish.source else _("Any source"), _("Source"))
        for tick, down in ((self.problems, wish.problems), (self.notes, wish.notes)):
            tick.setChecked(down)
        if not self._pause.isActive():
            if self.address.text().strip() != wish.address:
                self.address.setText(wish.address)
            for field, said in ((self.since, wish.since), (self.until, wish.until)):
                if dated(field.text())[:10] != said:
                    field.setText(said)
        self._show_whether_dates_are_read()

    def clear(self) -> None:
        """Forget what was written, also what could not be read."""
        self._pause.stop()
        for field in (self.address, self.since, self.until):
            field.clear()

    def enter(self) -> None:
        """Take the keyboard."""
        self.label.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Words in the language in use."""
        self.setAccessibleName(_("Filter"))
        for field, said in (
            (self.address, _("Address")),
            (self.since, _("From date")),
            (self.until, _("To date")),
        ):
            field.setPlaceholderText(said)
            field.setAccessibleName(said)
        self.address.setToolTip(_("A part of the address"))
        for tick, said, name in (
            (self.problems, _("Problems"), _("With problems")),
            (self.notes, _("Notes"), _("With notes")),
        ):
            tick.say(said)
            tick.setAccessibleName(name)
            tick.setToolTip(name)
        self.show_wish(self._wish)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the form."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(6)
        fields: tuple[QWidget, ...] = (self.label, self.annotator, self.source, self.address, self.since, self.until)
        for place, field in enumerate(fields):
            grid.addWidget(field, place // 2, place % 2)
            grid.setColumnStretch(place % 2, 1)
        ticks = QWidget(self)
        flow = FlowLayout(ticks, gap=6)
        for tick, name in ((self.problems, "problems"), (self.notes, "notes")):
            flow.addWidget(tick)
            tick.clicked.connect(lambda down, name=name: self.asked.emit({name: down}))
        for line in (self.address, self.since, self.until):
            line.setMinimumWidth(60)
            line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            line.textEdited.connect(self._pause.start)
            line.editingFinished.connect(self._typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addLayout(grid)
        column.addWidget(ticks)

    def _typed(self) -> None:
        self._pause.stop()
        typed = {
            "address": self.address.text().strip(),
            "since": dated(self.since.text())[:10],
            "until": dated(self.until.text())[:10],
        }
        self._show_whether_dates_are_read()
        if typed != {name: getattr(self._wish, name) for name in typed}:
            self.asked.emit(typed)

    def _show_whether_dates_are_read(self) -> None:
        for field in (self.since, self.until):
            faulty = bool(field.text().strip()) and not dated(field.text())
            field.setToolTip(_("This cannot be read as a date.") if faulty else _("A date, such as 2024-03-05"))
            if field.property("faulty") != faulty:
                field.setProperty("faulty", faulty)
                field.style().unpolish(field)
                field.style().polish(field)

    def _label_choices(self) -> Iterator[Choice]:
        chosen = self._wish.labels
        yield Choice(_("Any label"), not chosen, lambda: self.asked.emit({"labels": ()}))
        for id, title in self._labels.items():
            others = tuple(label for label in chosen if label != id)
            now = others if id in chosen else (*chosen, id)
            yield Choice(isolate(title), id in chosen, lambda now=now: self.asked.emit({"labels": now}))  # type: ignore[misc]

    def _annotator_choices(self) -> Iterator[Choice]:
        chosen = self._wish.annotator
        yield Choice(_("By anybody"), chosen is None, lambda: self.asked.emit({"annotator": None}))
        yield Choice(_("By nobody"), chosen == "", lambda: self.asked.emit({"annotator": ""}))
        for name, count in self._annotators():
            yield self._named("annotator", name, count, chosen == name)

    def _source_choices(self) -> Iterator[Choice]:
        chosen = self._wish.source
        yield Choice(_("Any source"), not chosen, lambda: self.asked.emit({"source": ""}))
        for name, count in self._sources():
            yield self._named("source", name, count, chosen == name)

    def _named(self, field: str, name: str, count: int, chosen: bool) -> Choice:
        return Choice(f"{isolate(name)}  {number(count)}", chosen, lambda: self.asked.emit({field: name}))


def dated(said: str) -> str:
    """See `app.text.dates`, which no start has to wait for."""
    from app.text.dates import dated

    return dated(said) if said.strip() else ""
