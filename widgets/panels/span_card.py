"""The focused span: its label, where it is, what it covers, what it says, where it came from; or several at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.model.annotation import Span, surface
from app.text.direction import paragraph_direction
from app.wording import N_, _, plural
from widgets.fonts import number_font, page_font
from widgets.i18n import isolate, number, offsets, sentence
from widgets.models.questions import Questions
from widgets.panels.attribute_form import AttributeForm
from widgets.panels.key_cap import KeyCap
from widgets.panels.label_tag import LabelTag
from widgets.panels.place_lookup import PlaceLookup
from widgets.panels.span_parts import SpanParts
from widgets.panels.text_block import TextBlock
from widgets.theme import LabelLook, Theme

_SHOWN = 320
_HEIGHT = 128
_FEW = 6
PLACE = "geonames_id"
"""The attribute that says which place of the gazetteer is meant."""
LOOK_UP_KEYS = "Ctrl+G"
_SOURCES = {
    "manual": N_("Marked by hand"),
    "rule": N_("Found by a rule"),
    "gazetteer": N_("Found in a list of places"),
    "memory": N_("Repeated from earlier marks"),
    "model": N_("Proposed by a model"),
    "import": N_("Came with an imported file"),
}


class SpanCard(QFrame):
    """Shows one span or several, or says how to get one into focus.

    `delete_asked` and `look_up_asked` when their buttons are pressed.
    """

    delete_asked = Signal()
    look_up_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setMinimumHeight(_HEIGHT)  # what is below it must not jump with every mark
        self._span: Span | None = None
        self._told: bool | None = None
        self._about = QWidget(self)
        self._tag = LabelTag(self)
        self._where = QLabel(self)
        self._where.setObjectName("offsets")
        self._where.setFont(number_font())
        self.delete = QToolButton(self)
        self._surface = TextBlock(self, lines=6)
        self._surface.setFont(page_font(19))
        self.form = AttributeForm(theme, self)
        self.look_up = QToolButton(self)
        self.look_up.setProperty("pill", True)
        self._look_up_row = QWidget(self)
        self.lookup = PlaceLookup(theme, self)
        self.parts = SpanParts(self)
        self._origin = TextBlock(self, quiet=True)
        self._nothing = TextBlock(self, quiet=True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._arrange()
        self.delete.clicked.connect(self.delete_asked)
        self.look_up.clicked.connect(self.look_up_asked)
        self.show_nothing()

    @property
    def span(self) -> Span | None:
        """The span that is shown."""
        return self._span

    def show_nothing(self) -> None:
        """Say how to get a span into focus."""
        self._span = None
        self.parts.show_nothing()
        self._tell(False)

    def show_span(self, text: str, span: Span, look: LabelLook) -> None:
        """Show `span` of the article `text`."""
        self._span = span
        self._tag.show_label(look.name, look.ink, look.ground)
        self._where.setText(sentence(" ".join(offsets(start, end) for start, end in span.fragments[:3])))
        said = " ".join(surface(text, span).split())
        self._surface.setText(said if len(said) <= _SHOWN else said[:_SHOWN].rstrip() + "…")
        self._surface.set_direction(paragraph_direction(said) == "rtl")
        self._origin.setText(_origin(span))
        self._tell(True)

    def show_several(self, text: str, spans: Sequence[Span], look: LabelLook) -> None:
        """Show that these spans of the article are meant; `look` is that of their label, or of their labels at once."""
        self._span = None
        self.parts.show_nothing()
        self._tag.show_label(look.name, look.ink, look.ground)
        self._where.setText(plural("{count} span", "{count} spans", len(spans)).format(count=number(len(spans))))
        said = [isolate(" ".join(surface(text, span).split())[:40]) for span in spans[:_FEW]]
        self._surface.setText(" · ".join(said) + (" …" if len(spans) > _FEW else ""))
        self._surface.set_direction(paragraph_direction(surface(text, spans[0])) == "rtl")
        self._origin.setText("")
        self._tell(True)

    def ask(self, questions: Questions) -> None:
        """Ask these questions; where one is which place it is, offer to look it up."""
        self.form.ask(questions)
        asked = PLACE in questions.shown and len(questions.of) == 1
        if self._look_up_row.isHidden() == asked:
            self._look_up_row.setVisible(asked)

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self.form.set_theme(theme)
        self.lookup.set_theme(theme)

    def retranslate(self) -> None:
        """Words in the language in use."""
        self.look_up.setText(_("Look up the place"))
        self.delete.setToolTip(_("Delete the span"))
        self.delete.setAccessibleName(_("Delete the span"))
        self._nothing.setText(_("No span is in focus. Click one in the text, or walk through them with Tab."))
        if self._span is not None:
            self._origin.setText(_origin(self._span))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _arrange(self) -> None:
        self.delete.setProperty("flat", True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._tag)
        head.addStretch(1)
        head.addWidget(self._where)
        foot = QHBoxLayout()
        foot.addWidget(self._origin, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self.delete)
        inside = QVBoxLayout(self._about)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addLayout(head)
        inside.addWidget(self._surface)
        row = QHBoxLayout(self._look_up_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.look_up)
        row.addWidget(KeyCap(LOOK_UP_KEYS, self._look_up_row))
        row.addStretch(1)
        self._look_up_row.hide()
        inside.addWidget(self._look_up_row)
        inside.addWidget(self.lookup)
        inside.addWidget(self.form)
        inside.addWidget(self.parts)
        inside.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 10)
        column.addWidget(self._nothing, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._about)
        self.retranslate()

    def _tell(self, there: bool) -> None:
        if there != self._told:
            self._told = there
            self._nothing.setVisible(not there)
            self._about.setVisible(there)


def _origin(span: Span) -> str:
    said = _(_SOURCES.get(span.source, span.source))
    if span.source_name:
        said += f" · {isolate(span.source_name)}"
    return said + " · " + _("edited") if span.edited else said
