"""Linking spans: which kinds of relations the schema allows and where each may lead; and going along what is linked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent

from app.edit import links
from app.edit.targets import targets
from app.errors import EditRefused
from app.model.annotation import surface
from app.model.schema import RelationType
from widgets.bridge import Bridge
from widgets.canvas.overlay import NUMBERED
from widgets.i18n import isolate
from widgets.keys import key_name
from widgets.main_window import MainWindow
from widgets.panels.link_bar import TargetOffer, TypeOffer

if TYPE_CHECKING:
    from app.session import Session

_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Links(QObject):
    """`does` tells what each action of this kind does. One link is made at a time, of the span in focus."""

    def __init__(self, window: MainWindow, bridge: Bridge) -> None:
        super().__init__(window)
        self._window, self._bridge = window, bridge
        self._bar, self._mode = window.link_bar, window.canvas.overlays.linking
        self._head = self._type = self._came_from = ""
        self._types: list[RelationType] = []
        self._targets: list[str] = []
        self._fixed: list[str] | None = None
        self._latest: dict[str, str] = {}
        self._usual: dict[str, str] = {}
        self.does: dict[str, Callable[[], object]] = {
            "link": self.begin,
            "other-end": self._go_to_other_end,
            "next-mention": self._go_to_next_mention,
        }
        self._mode.other_key = self._key
        self._mode.left.connect(self._bar.hide)
        self._mode.chose.connect(self._bar.choose)
        self._bar.closed.connect(self._mode.leave)
        self._bar.type_chosen.connect(self._choose_type)
        self._bar.target_chosen.connect(self._mode.take)
        window.canvas.link_asked.connect(self._asked)
        window.canvas.article_shown.connect(self._latest.clear)

    def begin(self) -> None:
        """Offer what the focused span may be linked to, and how; the keys then mean that."""
        focus = self._window.canvas.focused_span()
        if not focus or not self._bridge.is_open:
            self._bridge.refused.emit(EditRefused("no-span-focused"))
            return
        self._offer(focus, self._kinds(focus))

    def _offer(self, head: str, types: list[RelationType], fixed: list[str] | None = None) -> None:
        session = self._bridge.session
        span = session.annotations.spans[head]
        if not types:
            self._bridge.refused.emit(EditRefused("no-relation-of-label", label=self._name(span.label)))
            return
        self._mode.leave()
        self._head, self._types, self._fixed = head, types, fixed
        self._bar.open(surface(session.document.text, span), self._window.theme.look_of(span.label))
        self._window.canvas.begin_link([])
        self._choose_type(types[0].id)

    def _choose_type(self, id: str) -> None:
        session = self._bridge.session
        self._type = id
        type = next(type for type in self._types if type.id == id)
        annotations, text = session.annotations, session.document.text
        found = targets(text, annotations, type, self._head, self._latest.get(id, ""))
        self._targets = found if self._fixed is None else [span for span in self._fixed if span in found]
        spans = [annotations.spans[span] for span in self._targets[:NUMBERED]]
        self._bar.offer(
            [TypeOffer(type.id, self._relation(type.id), type.key) for type in self._types],
            id,
            [TargetOffer(span.id, surface(text, span), span.label) for span in spans],
        )
        self._window.make_room()
        self._mode.offer(self._targets)

    def _key(self, event: QKeyEvent) -> bool:
        """A digit links to the span of that number, a letter or an arrow changes the kind."""
        if event.modifiers() & _HELD:
            return False
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._turn(1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        name = key_name(event)
        if name.isdecimal():
            if 0 < int(name) <= len(self._targets):
                self._mode.take(self._targets[int(name) - 1])
            return True
        type = next((type for type in self._types if type.key and type.key.upper() == name), None)
        if type:
            self._choose_type(type.id)
        return type is not None

    def _turn(self, by: int) -> None:
        ids = [type.id for type in self._types]
        self._choose_type(ids[(ids.index(self._type) + by) % len(ids)])

    def _asked(self, head: str, child: str) -> None:
        """Link what was chosen; for a line drawn from tag to tag, ask how if there are several ways."""
        if not self._bridge.is_open:
            return
        if head == self._head:
            self._link(head, child, self._type)
            return
        session = self._bridge.session
        ways = [(head, child, self._kinds(head, child)), (child, head, self._kinds(child, head))]
        first, second, types = next((way for way in ways if way[2]), ways[0])
        if not types:
            first, second = (isolate(self._name(session.annotations.spans[span].label)) for span in (head, child))
            self._bridge.refused.emit(EditRefused("no-relation-between", head=first, child=second))
        elif len(types) == 1:
            self._link(first, second, types[0].id)
        else:
            self._window.canvas.focus_span(first)
            self._offer(first, types, [second])

    def _link(self, head: str, child: str, type: str) -> None:
        self._head = ""
        session = self._bridge.session
        label = session.annotations.spans[head].label
        if self._bridge.do(links.link(head, child, type), self._window.canvas.place()):
            self._latest[type], self._usual[label] = child, type

    def _kinds(self, head: str, child: str = "") -> list[RelationType]:
        """What the schema allows: first what is asked for and missing, then what was chosen last for this label."""
        session = self._bridge.session
        annotations, usual = session.annotations, self._usual.get(session.annotations.spans[head].label)
        made = [relation.label for relation in annotations.relations.values() if relation.head == head]
        offers = links.offers(annotations, session.schema, head, child)
        return sorted(offers, key=lambda type: (made.count(type.id) >= type.at_least, type.id != usual))

    def _go_to_other_end(self) -> None:
        """Focus what the span is linked to; asked again, what that is linked to, back only where nothing else is."""
        focus = self._window.canvas.focused_span()
        ends = _other_ends(self._bridge.session, focus)
        if not ends:
            self._bridge.refused.emit(EditRefused("not-linked" if focus else "no-span-focused"))
            return
        ends.sort(key=lambda end: end == self._came_from)
        self._came_from = focus
        self._window.canvas.focus_span(ends[0])

    def _go_to_next_mention(self) -> None:
        """Focus the next mention of the same, in the order of the text; after the last one the first."""
        session, focus = self._bridge.session, self._window.canvas.focused_span()
        chains = [type.id for type in session.schema.relations if type.symmetric and type.same_label]
        for type in chains if focus else ():
            chain = links.chain(session.annotations, focus, type)
            if len(chain) > 1:
                self._window.canvas.focus_span(chain[(chain.index(focus) + 1) % len(chain)])
                return
        self._bridge.refused.emit(EditRefused("not-in-a-chain" if focus else "no-span-focused"))

    def _name(self, label: str) -> str:
        return self._window.theme.look_of(label).name

    def _relation(self, type: str) -> str:
        return self._window.theme.look_of_relation(type).name


def _other_ends(session: Session, span: str) -> list[str]:
    spans = session.annotations.spans
    ends = {
        relation.child if relation.head == span else relation.head
        for relation in session.annotations.relations.values()
        if span in (relation.head, relation.child)
    }
    return sorted(ends, key=lambda id: (spans[id].start, id))
