"""What a careful eye finds wrong with a part of the window: each function gives a line for each fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QTextDocument
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QListView,
    QScrollArea,
    QScrollBar,
    QSplitterHandle,
    QStackedWidget,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QWidget,
)

from widgets.canvas.view import ArticleView
from widgets.panels.link_bar import LinkBar
from widgets.panels.text_block import TextBlock

SLACK = 2
MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u2066\u2067\u2068\u2069"))
ROLE = QAccessible.Role
SILENT_ROLES = {ROLE.NoRole, ROLE.Client, ROLE.Window, ROLE.Pane, ROLE.Grouping}


def parts(root: QWidget) -> list[QWidget]:
    """`root`, and every widget in it that can be seen."""
    inside = root.findChildren(QWidget)
    return [root, *(part for part in inside if part.isVisible() and not part.visibleRegion().isEmpty())]


def name_of(part: QWidget) -> str:
    """How a fault names a widget."""
    said = part.text() if isinstance(part, QLabel | QAbstractButton | QLineEdit) else ""
    above = part.parentWidget()
    above_name = f"{type(above).__name__}#{above.objectName()}" if above else ""
    return f"{above_name}>{type(part).__name__}#{part.objectName()} {said[:50]!r} {part.width()}×{part.height()}"


def cut_off(seen: list[QWidget]) -> list[str]:
    """Texts that have less room than they need, and no tool tip that tells the whole."""
    return [f"{name_of(part)}: {fault}" for part in seen if (fault := _cut(part))]


def _cut(part: QWidget) -> str:
    if isinstance(part, QLabel):
        return _cut_label(part)
    if isinstance(part, QAbstractButton):
        return _cut_button(part)
    if isinstance(part, QLineEdit):
        return _cut_hint(part)
    if isinstance(part, QComboBox):
        return _cut_choice(part)
    if isinstance(part, QAbstractItemView):
        return _cut_rows(part)
    return ""


def _told(part: QWidget, text: str) -> bool:
    """Whether a tool tip says the whole."""
    tip = QTextDocument()
    tip.setHtml(part.toolTip())
    return bool(text) and _plain(text).rstrip("…") in _plain(tip.toPlainText()) + _plain(part.toolTip())


def _plain(text: str) -> str:
    return text.translate(MARKS).replace("\u200d", "").strip()


def _cut_label(label: QLabel) -> str:
    text, room = label.text(), label.contentsRect()
    if not text:
        return ""
    if isinstance(label, TextBlock):
        needed = label.heightForWidth(label.width())
        return f"{needed} px high" if needed > label.height() + SLACK and not label._lines else ""
    if label.wordWrap():
        return f"{label.heightForWidth(label.width())} px high" if _too_low(label) else ""
    needed = _width(label.fontMetrics(), text, label.textFormat())
    if needed > room.width() - 2 * label.margin() + SLACK and not _told(label, text):
        return f"{needed} px wide"
    elided = text.endswith("…") or "…\u2069" in text
    return "shortened, with nothing that tells the whole" if elided and not label.toolTip() else ""


def _too_low(label: QLabel) -> bool:
    return label.heightForWidth(label.width()) > label.height() + SLACK


def _width(metrics: QFontMetrics, text: str, form: Qt.TextFormat) -> int:
    if form == Qt.TextFormat.RichText or (form == Qt.TextFormat.AutoText and GuiQt.mightBeRichText(text)):
        document = QTextDocument()
        document.setHtml(text)
        text = document.toPlainText()
    return max(metrics.horizontalAdvance(line) for line in text.split("\n"))


def _cut_button(button: QAbstractButton) -> str:
    if not button.text() or _told(button, button.text()):
        return ""
    needed = button.sizeHint()
    if isinstance(button, QCheckBox):
        needed = button.minimumSizeHint().expandedTo(needed)
    if needed.width() > button.width() + SLACK and _shows_text(button):
        return f"needs {needed.width()} px"
    return f"needs {needed.height()} px in height" if needed.height() > button.height() + 6 else ""


def _shows_text(button: QAbstractButton) -> bool:
    style = getattr(button, "toolButtonStyle", None)
    return style is None or button.icon().isNull() or style() != Qt.ToolButtonStyle.ToolButtonIconOnly


def _cut_hint(field: QLineEdit) -> str:
    hint = field.placeholderText()
    if not hint or field.text():
        return ""
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    inside = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, field)
    taken = field.textMargins().left() + field.textMargins().right() + 4
    needed = field.fontMetrics().horizontalAdvance(hint)
    if needed > inside.width() - taken + SLACK and not _told(field, hint):
        return f"the hint {hint!r} needs {needed} px of {inside.width() - taken}"
    return ""


def _cut_choice(box: QComboBox) -> str:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    field = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    needed = box.fontMetrics().horizontalAdvance(box.currentText())
    if needed > field.width() + SLACK and not _told(box, box.currentText()):
        return f"{box.currentText()!r} needs {needed} px of {field.width()}"
    return ""


def _cut_rows(view: QAbstractItemView) -> str:
    model = view.model()
    if model is None or not type(view.itemDelegate()).__module__.startswith("PySide6"):
        return ""
    columns = 1 if isinstance(view, QListView) else model.columnCount(view.rootIndex())
    for row in range(min(model.rowCount(view.rootIndex()), 40)):
        for column in range(columns):
            index = model.index(row, column, view.rootIndex())
            shown = view.visualRect(index)
            text = str(index.data() or "")
            if not text or shown.isEmpty():
                continue
            needed = view.fontMetrics().horizontalAdvance(text)
            room = min(shown.width(), view.viewport().width()) if view.horizontalScrollBar().maximum() == 0 else 10_000
            if needed > room + SLACK and not index.data(Qt.ItemDataRole.ToolTipRole) and not view_wraps(view):
                return f"row {text!r} needs {needed} px of {room}"
    return ""


def view_wraps(view: QAbstractItemView) -> bool:
    """Whether rows are broken into lines."""
    return bool(getattr(view, "wordWrap", lambda: False)())


def misplaced(seen: list[QWidget]) -> list[str]:
    """Widgets that stand outside of what they belong to, or over their neighbours."""
    faults = []
    for part in seen:
        above = part.parentWidget()
        if above is None or part is seen[0] or part.isWindow() or _scrolls(above):
            continue
        if _placed(above, part) and not above.rect().adjusted(-1, -1, 1, 1).contains(part.geometry()):
            faults.append(f"{name_of(part)} at {part.geometry().getRect()} stands outside of {above.size().toTuple()}")
    for part in seen:
        faults += list(_overlaps(part))
    return faults


def _scrolls(above: QWidget) -> bool:
    area = above.parentWidget()
    return isinstance(area, QAbstractScrollArea) and area.viewport() is above


def _placed(above: QWidget, part: QWidget) -> bool:
    layout = above.layout()
    return layout is not None and _holds(layout, part)


def _holds(layout: QLayout, part: QWidget) -> bool:
    if layout.indexOf(part) >= 0:
        return True
    inside = (layout.itemAt(n) for n in range(layout.count()))
    return any(_holds(item.layout(), part) for item in inside if item is not None and item.layout() is not None)


def _overlaps(above: QWidget) -> Iterator[str]:
    if isinstance(above, QStackedWidget) or above.layout() is None:
        return
    children = [child for child in above.children() if isinstance(child, QWidget) and child.isVisible()]
    placed = [child for child in children if _placed(above, child)]
    for n, one in enumerate(placed):
        for other in placed[n + 1 :]:
            common = one.geometry().intersected(other.geometry())
            if common.width() > SLACK and common.height() > SLACK:
                yield f"{name_of(one)} and {name_of(other)} overlap by {common.size().toTuple()}"


def turned_wrongly(seen: list[QWidget], direction: Qt.LayoutDirection) -> list[str]:
    """Widgets that do not follow the direction of the interface."""
    own = (QScrollBar, QHeaderView, QLineEdit)  # what is written in a field has a direction of its own
    wrong = [part for part in seen if part.layoutDirection() != direction and not isinstance(part, own)]
    return [name_of(part) for part in wrong]


def said(seen: list[QWidget]) -> set[str]:
    """Everything that they say: what is written, hinted, tipped, and told a screen reader."""
    found: set[str] = set()
    for part in seen:
        if isinstance(part, QLabel | QAbstractButton):
            found.add(part.text())
        if isinstance(part, QLineEdit):
            found.add(part.placeholderText())
        if isinstance(part, QComboBox):
            found |= {part.itemText(n) for n in range(part.count())}
        if isinstance(part, QHeaderView):
            model = part.model()
            found |= {str(model.headerData(n, part.orientation()) or "") for n in range(part.count())}
        found |= {_unmarked(part.toolTip()), part.accessibleName(), part.accessibleDescription(), part.windowTitle()}
    return {_plain(text) for text in found if text}


def _unmarked(html: str) -> str:
    document = QTextDocument()
    document.setHtml(html)
    return document.toPlainText() if html else ""


def left_in_latin(arabic: set[str], english: set[str], names: set[str]) -> set[str]:
    """What is said alike in both languages, and is a word of the program and not one of `names`."""
    words = {text for text in arabic & english if re.search(r"[A-Za-z]{2}", text)}
    return {text for text in words if text not in names and not re.search(r"[\u0621-\u064a]", text)}


def nameless(seen: list[QWidget]) -> list[str]:
    """What answers the hand and tells a screen reader neither what it is called nor what it is."""
    faults = []
    for part in seen:
        if not _answers(part):
            continue
        told = QAccessible.queryAccessibleInterface(part)
        if told is None or not told.text(QAccessible.Text.Name).strip():
            faults.append(f"{name_of(part)} has no name")
        elif told.role() in SILENT_ROLES and not isinstance(part, QScrollArea):
            faults.append(f"{name_of(part)} is called {told.text(QAccessible.Text.Name)!r} and is nothing")
    return faults


def _answers(part: QWidget) -> bool:
    if isinstance(part, QScrollBar | QSplitterHandle | QHeaderView):
        return False
    inside = part.parentWidget()
    if isinstance(inside, QAbstractSpinBox | QComboBox | QLineEdit):
        return False
    return part.isEnabled() and (isinstance(part, QAbstractButton) or part.focusPolicy() != Qt.FocusPolicy.NoFocus)


def out_of_reach(seen: list[QWidget], actions: set[object]) -> list[str]:
    """Buttons that only the mouse can press."""
    faults = []
    for part in seen:
        if not isinstance(part, QAbstractButton) or not _answers(part) or part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        if _chosen_by_arrows(part) or _in_link_bar(part):
            continue
        action = getattr(part, "defaultAction", lambda: None)()
        if action not in actions:
            faults.append(name_of(part))
    return faults


def _chosen_by_arrows(button: QAbstractButton) -> bool:
    """Whether it is one of several of which one is down: Tab comes to that one, arrows to the others."""
    group = button.group()
    return group is not None and group.exclusive()


def _in_link_bar(button: QAbstractButton) -> bool:
    """Whether digits, arrows and Esc do what it does, while the hand stays in the text."""
    bars = (part for part in _line(button) if isinstance(part, LinkBar))
    return any(bars)


def disordered(root: QWidget) -> list[str]:
    """Neighbours in the order of Tab that do not follow each other as they are read."""
    chain = _chain(root)
    return [
        f"{name_of(one)} at {_place(one).getRect()} → {name_of(other)} at {_place(other).getRect()}"
        for one, other in pairwise(chain)
        if not isinstance(one, ArticleView) and not _follows(one, other)  # Tab in the article goes from span to span
    ]


def _chain(root: QWidget) -> list[QWidget]:
    """What Tab reaches in `root`, from its beginning on; the focus is back where it was afterwards."""
    window, before = root.window(), QApplication.focusWidget()
    chain: list[QWidget] = []
    for _ in range(200):
        (QApplication.focusWidget() or window).focusNextPrevChild(True)
        part = QApplication.focusWidget()
        if part is None or part in chain:
            break
        chain.append(part)
    if before:
        before.setFocus()
    tops = [_place(part).top() if not part.visibleRegion().isEmpty() else 10_000 for part in chain]
    heads = [n for n, top in enumerate(tops) if top <= min(tops) + 12]
    first = min(heads, key=lambda n: _along(chain[n]), default=0)
    return [part for part in chain[first:] + chain[:first] if root.isAncestorOf(part)]


def _along(part: QWidget) -> int:
    rtl = QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return -_place(part).right() if rtl else _place(part).left()


def _place(part: QWidget) -> QRect:
    return QRect(part.mapToGlobal(QPoint(0, 0)), part.size())


def _line(part: QWidget) -> list[QWidget]:
    above = [part]
    while (parent := above[-1].parentWidget()) is not None:
        above.append(parent)
    return above[::-1]


def _follows(one: QWidget, other: QWidget) -> bool:
    """Whether `other` comes after `one`: farther along the line, or lower; judged where their ways part."""
    ways = zip(_line(one), _line(other), strict=False)
    parting = next(((a, b) for a, b in ways if a is not b), None)
    if parting is None:
        return True
    first, second = map(_place, parting)
    if first.contains(second) or second.contains(first):
        first, second = _place(one), _place(other)
    shared = min(first.bottom(), second.bottom()) - max(first.top(), second.top())
    if shared * 2 > min(first.height(), second.height()):
        rtl = QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return first.center().x() >= second.center().x() if rtl else first.center().x() <= second.center().x()
    return first.top() <= second.top()
