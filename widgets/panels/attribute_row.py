"""One question of a form: its name, the field that answers it, and what is wrong with the answer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.model.schema import NUMBER, TEXT, AttributeType
from app.sentences import ANSWER_SOURCES
from app.wording import _, language
from widgets.fonts import interface_font
from widgets.i18n import in_local_digits, isolate, left_to_right
from widgets.models.questions import Given
from widgets.panels.beside import BesideLayout
from widgets.panels.choice_field import ChoiceField
from widgets.panels.key_cap import KeyCap
from widgets.panels.line_field import LineField
from widgets.panels.text_block import TextBlock
from widgets.theme import Theme


class AttributeRow(QWidget):
    """Asks for one attribute. `answered` carries its id, the values (None: as they are), and whether to go on.

    `entered` carries the row itself when the keyboard comes into it, or when something there is to be read.
    """

    answered = Signal(str, object, bool)
    entered = Signal(QWidget)

    def __init__(self, one: AttributeType, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.one, self._theme = one, theme
        self._given = Given()
        self._name = TextBlock(self, quiet=True)
        self.field = LineField(one, self) if one.kind in (NUMBER, TEXT) else ChoiceField(one, theme, self)
        self._fault = TextBlock(self)
        self._fault.setObjectName("fault")
        self._fault.hide()
        self._arrange()
        self.field.installEventFilter(self)
        self.field.answered.connect(lambda values, go_on: self.answered.emit(one.id, values, go_on))
        if isinstance(self.field, LineField):
            self.field.faulted.connect(self._show_fault)
        self.retranslate()

    @property
    def is_faulty(self) -> bool:
        """Whether something wrong is written here."""
        return not self._fault.isHidden()

    def fault(self) -> str:
        """What is wrong with what is written, or what would be right."""
        return fault_of(self.one)

    def show_given(self, given: Given) -> None:
        """Show the answer there is; what is being written stays."""
        self._given = given
        self.field.show_given(given)
        if isinstance(self.field, ChoiceField):
            known = self.field.titles()
            self._show_fault(any(value not in known for value in given.values))
            self._write_name()
        self._describe()

    def is_missing(self) -> bool:
        """Whether there must be an answer and is none."""
        return self.one.required and not self._given.values and not self._given.several

    def name_width(self) -> int:
        """How wide the name is in one line, with its key."""
        cap = 24 if self.one.key else 0
        return QFontMetrics(interface_font()).horizontalAdvance(self._name.text()) + cap + 2

    def set_name_width(self, width: int) -> None:
        """Keep to a column of this width."""
        self._pair.name_width = width
        self._pair.invalidate()

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self._theme = theme
        self._name.set_ink(theme.accent if self.field.hasFocus() else "")
        self.field.set_theme(theme)

    def retranslate(self) -> None:
        """Words in the language in use."""
        self._write_name()
        self._name.setToolTip(_("Required") if self.one.required else "")
        self.field.retranslate()
        if self.is_faulty:
            self._show_fault(True)
        self._describe()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show by the name, too, that the keyboard is here."""
        if event.type() == QEvent.Type.FocusIn:
            self._name.set_ink(self._theme.accent)
            self.entered.emit(self)
        elif event.type() == QEvent.Type.FocusOut:
            self._name.set_ink("")
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _arrange(self) -> None:
        name = QWidget(self)
        inside = QHBoxLayout(name)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(self._name, 1, Qt.AlignmentFlag.AlignVCenter)
        if self.one.key:
            inside.addWidget(KeyCap(self.one.key.upper(), name), 0, Qt.AlignmentFlag.AlignVCenter)
        pair = QWidget(self)
        self._pair = BesideLayout(pair)
        self._pair.addWidget(name)
        self._pair.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(pair)
        column.addWidget(self._fault)

    def _write_name(self) -> None:
        """The name, a sign that there must be an answer, and, where no field says so, that there are several."""
        title = self.one.title(language())
        several = self._given.several and isinstance(self.field, ChoiceField)
        parts = (f"{title}\u00a0*" if self.one.required else title, _("several") if several else "")
        self._name.setText(" · ".join(filter(None, parts)))

    def _show_fault(self, faulty: bool) -> None:
        self._fault.setText(fault_of(self.one) if faulty else "")
        if faulty == self._fault.isHidden():
            self._fault.setVisible(faulty)
            if faulty and self.field.hasFocus():
                self.entered.emit(self)
        self._describe()

    def _describe(self) -> None:
        """What a screen reader says of the field: its name, value, whether it is required, and whose word it is."""
        parts = [self.one.title(language())]
        said = _("several values") if self._given.several else self.field.said()
        parts += [said or _("no answer")]
        parts += [_("required")] if self.one.required else []
        parts += [sign_of(self._given)] if sign_of(self._given) else []
        parts += [self._fault.text()] if self.is_faulty else []
        self.field.setAccessibleName(_(", ").join(parts))
        self.field.setToolTip(
            _("{said}; Enter keeps it").format(said=sign_of(self._given)) if sign_of(self._given) else ""
        )


def sign_of(given: Given) -> str:
    """Where a value comes from that no person has said yet; "" for one that a person has."""
    return _(ANSWER_SOURCES[given.source]) if given.values and given.source in ANSWER_SOURCES else ""


def fault_of(one: AttributeType) -> str:
    """What a right answer to `one` looks like."""
    if one.kind == NUMBER:
        return _number_fault(in_local_digits(one.minimum), in_local_digits(one.maximum))
    if one.kind == TEXT:
        return _("This is not in the form that is asked for: {pattern}").format(pattern=isolate(one.pattern))
    return _("One of these is not among the choices.")


def _number_fault(least: str, most: str) -> str:
    if least and most:
        said = _("This has to be a number from {least} to {most}.")
        return said.format(least=left_to_right(least), most=left_to_right(most))
    if least:
        return _("This has to be a number, at least {least}.").format(least=left_to_right(least))
    if most:
        return _("This has to be a number, at most {most}.").format(most=left_to_right(most))
    return _("This has to be a number.")
