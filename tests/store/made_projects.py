"""Projects for the tests: made quickly, opened as the window opens them."""

from __future__ import annotations

from pathlib import Path

from app.edit.commands import label
from app.edit.steps import Place, Step
from app.formats.native import encode
from app.model.annotation import Annotations, Fragment, Span, State
from app.model.document import Document
from app.model.record import Record
from app.session import Session

ARTICLE = "اقتحمت القوات بلدة كركوك أمس، و قتل 48 مسلحاً قرب UN-WFP 😀.\nقال المتحدث: «لا خسائر»."
MOMENT = "2026-01-31T10:00:00.000Z"


def write(path: Path, text: str = ARTICLE) -> Path:
    """A text file with this very text, line ends and all."""
    path.write_bytes(text.encode("utf-8"))
    return path


def opened(path: Path, annotator: str = "A1") -> Session:
    """The session of `path`, which does not wait for the disk."""
    session = Session.open(path)
    session._database.pragma("synchronous", "OFF")
    if annotator and not session.annotator:
        session.set_annotator(annotator)
    return session


def mark(session: Session, start: int, end: int, name: str = "LOCATION") -> Step:
    """Label a stretch of the current document, as a key press does."""
    step = session.do(label(start, end, name), place=Place(start, end))
    assert step is not None
    return step


def surfaces(session: Session) -> list[tuple[str, str]]:
    """Label and text of each span of the current document, in order."""
    text = session.document.text
    return [(span.label, text[span.start : span.end]) for span in session.annotations.ordered()]


def span(id: str, start: int, end: int, label: str = "LOCATION", **values: object) -> Span:
    """A span of one fragment."""
    return Span(id, label, (Fragment(start, end),), created_at=MOMENT, updated_at=MOMENT)._replace(**values)


def record(
    id: str = "a", text: str = ARTICLE, spans: tuple[Span, ...] = (), annotator: str = "B2", status: str = "in_progress"
) -> Record:
    """One line of a training file, as `annotator` left it."""
    annotations = Annotations.of(spans, (), State(status))
    return Record(Document(id, text, language="ar", created_at=MOMENT), annotations, annotator, "s", "1", MOMENT)


def write_training(path: Path, *records: Record) -> Path:
    """A training file that holds these records."""
    path.write_bytes(b"".join(map(encode, records)))
    return path
