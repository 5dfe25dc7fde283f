"""The schema of the project changed in the window: a page opened and closed, files in and out, the draft taken over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QScrollArea, QVBoxLayout, QWidget

from app.edit import drafts
from app.edit.drafts import Draft
from app.errors import FaultyFile, HashiyaError, ProjectError, SourceError
from app.labels import shipped_schemas
from app.model.annotation import Annotations, Fragment, Span
from app.model.document import Document
from app.model.schema import Schema
from app.model.schema_file import read_schema, schema_json
from app.wording import _, describe, describe_fault, language, plural
from widgets.bridge import Bridge
from widgets.canvas.view import ArticleView
from widgets.carrying import Carrying
from widgets.file_dialogs import ask, kind
from widgets.i18n import number
from widgets.main_window import MainWindow
from widgets.models.questions import about_spans
from widgets.pages.schema.page import SchemaPage
from widgets.panels.attribute_form import AttributeForm
from widgets.panels.chips import LabelChips
from widgets.task import Hear
from widgets.theme import Theme
from widgets.typesetting import look_of

_SHOWN = 1_500
_SOON_MS = 120
_FAULTS_KEPT = 50
_LAYERS = 4


class SchemaEditing(QObject):
    """One page at a time. `label_keys` gives the keys of a schema's labels, as the window will use them."""

    closed = Signal()

    def __init__(
        self, window: MainWindow, bridge: Bridge, carrying: Carrying, label_keys: Callable[[Schema], dict[str, str]]
    ) -> None:
        super().__init__(window)
        self._window, self._bridge, self._carrying, self._label_keys = window, bridge, carrying, label_keys
        self._page: SchemaPage | None = None
        bridge.closed.connect(self.close)

    @property
    def page(self) -> SchemaPage | None:
        """The page, while it is open."""
        return self._page

    def open(self) -> None:
        """Show the page on the project's schema."""
        if self._page:
            self._window.show_page(self._page)
            return
        if not self._bridge.is_open or self._window.is_taken(over_passing=True):
            return
        try:
            use = self._bridge.session.schema_use().labels
        except HashiyaError as error:
            self._bridge.noticed.emit(error)
            return
        window, session = self._window, self._bridge.session
        preview = Preview(window.theme, session.document, session.annotations, self._label_keys)
        shipped = shipped_schemas()
        inks = [label.colour for schema in shipped for label in schema.labels]
        self._page = page = SchemaPage(drafts.begin(session.schema), use, inks, window.theme.dark, preview, window)
        page.offer([(schema.name, schema.titles.get(language()) or schema.name) for schema in shipped])
        page.drafted.connect(preview.show_schema)
        page.visited.connect(preview.show_label)
        page.applied.connect(self._apply)
        page.cancelled.connect(self.close)
        page.import_asked.connect(self._import)
        page.export_asked.connect(self._export)
        page.shipped_asked.connect(self._begin_from)
        preview.show_schema(session.schema)
        window.show_page(page)
        page.outline.setFocus()

    def close(self) -> None:
        """Go back to the article."""
        if self._page:
            page, self._page = self._page, None
            self._window.leave_page(page)
            page.deleteLater()
            self.closed.emit()

    def read(self, path: Path) -> None:
        """Take the schema of a file for the draft; a faulty one is told with its faults, and the draft stays."""
        if not self._page:
            return
        try:
            schema = read_schema(path.read_bytes(), path.name)
        except FaultyFile as error:
            said = [describe_fault(fault) for fault in error.faults[:_FAULTS_KEPT]]
            self._window.notices.tell(describe(error), said, "error")
        except OSError as error:
            self._tell(SourceError("source-unreadable", file=str(path), reason=error.strerror or ""))
        else:
            self._page.set_draft(drafts.start_from(self._page.draft, schema))

    def write(self, path: Path) -> None:
        """Write the draft's schema to a file."""
        if self._page:
            try:
                path.write_bytes(schema_json(self._page.draft.schema))
            except OSError as error:
                self._tell(SourceError("output-unwritable", file=str(path), reason=error.strerror or ""))

    def _apply(self, draft: Draft) -> None:
        session, schema, moves = self._bridge.session, draft.schema, draft.moves()
        if not moves:
            try:
                session.set_schema(schema)
            except HashiyaError as error:
                self._tell(error)
            else:
                self.close()
            return
        project, annotator = session.path, session.annotator

        def work(hear: Hear) -> list[ProjectError]:
            from app.asking import ask_by

            return ask_by(project, schema, moves, annotator, hear)

        self._carrying.run(_following, work, self._followed)

    def _followed(self, damaged: list[ProjectError]) -> None:
        """Everything goes by the schema now."""
        self._bridge.session.note_schema(damaged)
        self.close()

    def _begin_from(self, name: str) -> None:
        schema = next(schema for schema in shipped_schemas() if schema.name == name)
        if self._page:
            self._page.set_draft(drafts.start_from(self._page.draft, schema))

    def _import(self) -> None:
        dialog = QFileDialog(self._window, _("Import a schema"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([kind(_("Label schemas"), "*.json"), kind(_("All files"), "*")])
        self._ask(dialog, self.read)

    def _export(self) -> None:
        dialog = QFileDialog(self._window, _("Export the schema"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.setNameFilters([kind(_("Label schemas"), "*.json")])
        if self._page:
            dialog.selectFile(f"{self._page.draft.schema.name}.json")
        self._ask(dialog, self.write)

    def _ask(self, dialog: QFileDialog, use: Callable[[Path], None]) -> None:
        dialog.fileSelected.connect(lambda path: use(Path(path)))
        ask(dialog, self._window.theme)

    def _tell(self, error: HashiyaError) -> None:
        self._window.notices.tell(describe(error), (), "error")


def _following(reached: int) -> str:
    said = plural(
        "The annotations of {count} article follow. Editing waits.",
        "The annotations of {count} articles follow. Editing waits.",
        reached,
    )
    return said.format(count=number(reached))


class Preview(QWidget):
    """How the article in hand looks with a schema: its chips, its first paragraphs with their spans, and a form."""

    def __init__(
        self, theme: Theme, document: Document, annotations: Annotations, keys: Callable[[Schema], dict[str, str]]
    ) -> None:
        super().__init__()
        self._theme, self._keys = theme, keys
        self._text, self._annotations = _beginning(document, annotations)
        self._schema: Schema | None = None
        self._label = ""
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._show)
        self._chips = LabelChips(theme, self)
        self._view = ArticleView(self)
        self._view.set_look(look_of(theme, 80, language()))
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._form = AttributeForm(theme, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 0)
        column.setSpacing(10)
        column.addWidget(self._chips)
        column.addWidget(self._view, 3)
        area = self._questions = QScrollArea(self)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._form)
        column.addWidget(area, 2)

    def show_schema(self, schema: Schema) -> None:
        """Show what `schema` would make of the article, in a moment."""
        self._schema = schema
        self._soon.start()

    def show_label(self, label: str) -> None:
        """Show the form of spans of this label."""
        self._label = label
        self._soon.start()

    def _show(self) -> None:
        schema = self._schema
        if schema is None:
            return
        theme = self._theme.with_schema(schema, self._keys(schema), language())
        self._chips.set_schema(schema, theme)
        self._chips.set_counts(Counter(span.label for span in self._annotations.spans.values()))
        position = self._view.reading_position()
        self._view.show_document(self._text, "", self._annotations, schema)
        self._view.restore_reading_position(position)
        asked = about_spans(schema, [Span("", self._label, (Fragment(0, 1),))])
        self._form.ask(asked)
        self._questions.setVisible(bool(asked.types))
        for _layer in range(_LAYERS):  # or its rows would be seen squeezed until the event loop comes round to them
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


def _beginning(document: Document, annotations: Annotations) -> tuple[str, Annotations]:
    """The first paragraphs of a document, and the spans and relations that lie in them."""
    text = document.text
    end = text.find("\n", _SHOWN)
    text = text if end < 0 else text[:end]
    spans = [span for span in annotations.spans.values() if span.end <= len(text)]
    there = {span.id for span in spans}
    links = [link for link in annotations.relations.values() if {link.head, link.child} <= there]
    return text, Annotations.of(spans, links)
