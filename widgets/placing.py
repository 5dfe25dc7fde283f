"""Looking places up in the gazetteer, which is read when the first one is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.edit import attributes
from app.errors import EditRefused
from app.model.annotation import Span, surface
from app.model.answers import is_answer
from app.model.schema import Label
from app.text.direction import page_direction
from app.wording import _, language, plural
from widgets.bridge import Bridge
from widgets.i18n import in_local_digits, isolate, left_to_right, number
from widgets.main_window import MainWindow
from widgets.panels.place_lookup import MOST, PlaceOffer

if TYPE_CHECKING:
    from app.places import Candidate

_ID = "geonames_id"
_WRITTEN = ("kind", "name", _ID, "latitude", "longitude", "precision")
_WEIGHED = 60
"""So many names and ids of an article are asked for their countries, the first ones."""


class Placing(QObject):
    """One span is looked up at a time. `does` tells what each action of this kind does."""

    def __init__(self, window: MainWindow, bridge: Bridge) -> None:
        super().__init__(window)
        self._window, self._bridge = window, bridge
        self._panel = window.inspector.card.lookup
        self._span = ""
        self._opened_from: QWidget | None = None
        self._found: list[Candidate] = []
        self._seen: dict[str, int] = {}
        self.does: dict[str, Callable[[], object]] = {"look-up": self.open}
        window.inspector.card.form.look_up_asked.connect(self.open)
        window.inspector.card.look_up_asked.connect(self.open)
        self._panel.wanted.connect(self._look_up)
        self._panel.chosen.connect(self._choose)
        self._panel.left.connect(self._leave)
        window.canvas.focus_changed.connect(self._focused)

    def open(self) -> None:
        """Look the focused span up, if its label asks for a place."""
        session, meant = self._bridge.session, self._window.inspector.chosen()
        span = session.annotations.spans.get(meant[0]) if len(meant) == 1 else None
        if span is None:
            self._bridge.refused.emit(EditRefused("no-span-focused"))
            return
        label = session.schema.label(span.label)
        if label is None or label.attribute(_ID) is None:
            self._window.status.tell(_("{label} asks for no place.").format(label=self._name_of(span)))
            return
        self._opened_from = QApplication.focusWidget()
        self._span = span.id
        self._window.show_inspector()
        self._window.inspector.catch_up()
        self._seen = self._countries()
        self._panel.open(" ".join(surface(session.document.text, span).split()))

    def _countries(self) -> dict[str, int]:
        """How often each country is met in the places of the article."""
        from app.places import gazetteer

        session = self._bridge.session
        labels = {label.id for label in session.schema.labels if label.attribute(_ID)}
        spans = [span for span in session.annotations.ordered() if span.label in labels and span.id != self._span]
        names = [surface(session.document.text, span) for span in spans[:_WEIGHED]]
        ids = [one.value for span in spans for one in span.attributes if one.name == _ID]
        return dict(gazetteer().seen_countries(names, ids[:_WEIGHED]))

    def _look_up(self, name: str) -> None:
        from app.places import gazetteer

        self._found = gazetteer().look_up(name, self._seen, limit=MOST)
        self._panel.offer([self._offer(candidate) for candidate in self._found])

    def _offer(self, candidate: Candidate) -> PlaceOffer:
        from app.places import gazetteer

        place = candidate.place
        country = gazetteer().country_name(place.country, language()) if place.kind != "country" else ""
        people = plural("{count} person", "{count} people", place.population)
        people = people.format(count=number(place.population)) if place.population else ""
        at = f"{float(place.latitude):.2f}, {float(place.longitude):.2f}" if place.latitude else ""
        known = (self._kind(place.kind), country, people, left_to_right(in_local_digits(at)) if at else "")
        own = place.name(language())
        name = own if own == candidate.name else f"{isolate(own)} ({isolate(candidate.name)})"
        return PlaceOffer(name, " · ".join(filter(None, known)))

    def _kind(self, kind: str) -> str:
        """What the schema calls this kind of place."""
        asked = self._label().attribute("kind")
        choice = asked.choice(kind) if asked else None
        return choice.title(language()) if choice else kind.replace("_", " ")

    def _choose(self, n: int) -> None:
        """Write what the label asks for and the gazetteer knows; what it does not know of this place goes."""
        from app.places import to_attributes

        session = self._bridge.session
        if self._span not in session.annotations.spans:
            return self._leave()
        label = self._label()
        known = dict(to_attributes(self._found[n].place, self._article_language()))
        values: dict[str, tuple[str, ...]] = {}
        for name in _WRITTEN:
            one, value = label.attribute(name), known.get(name, "")
            if one is not None:
                values[name] = (value,) if value and is_answer(one, value) else ()
        self._bridge.do(attributes.set_attributes(self._span, values, "gazetteer"), self._window.canvas.place())
        self._leave()

    def _article_language(self) -> str:
        """The language in which the place is named: that of the article."""
        document = self._bridge.session.document
        said = document.language[:2]
        return said if said in ("ar", "en") else "en" if page_direction(document.text) == "ltr" else "ar"

    def _label(self) -> Label:
        session = self._bridge.session
        label = session.schema.label(session.annotations.spans[self._span].label)
        assert label is not None
        return label

    def _name_of(self, span: Span) -> str:
        return self._window.theme.look_of(span.label).name

    def _focused(self, span: str) -> None:
        if self._span and span != self._span:
            self._leave(give_back=self._panel.field.hasFocus())

    def _leave(self, give_back: bool = True) -> None:
        """Put the list away; the keyboard goes back to where it came from."""
        before, self._opened_from, self._span = self._opened_from, None, ""
        self._window.inspector.catch_up()
        in_form = before is not None and self._window.inspector.card.form.isAncestorOf(before) and before.isVisible()
        if give_back:
            target = before if in_form and before is not None else self._window.canvas
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._panel.hide()
