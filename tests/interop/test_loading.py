"""What a card says of loading a delivery, done as it says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.delivery.loading import FORMATS
from app.formats.native import encode
from app.formats.registry import named
from app.session import Session
from tests.formats.awkward import awkward_records

pytestmark = pytest.mark.interop


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that holds the awkward articles."""
    source = tmp_path_factory.mktemp("project") / "all.jsonl"
    source.write_bytes(b"".join(encode(record) for record in awkward_records() if record.document.text))
    session = Session.open(source)
    session.close()
    return session.path


@pytest.mark.parametrize("format", FORMATS)
def test_a_delivery_loads_by_the_lines_of_its_card(project: Path, tmp_path: Path, format: str) -> None:
    from app.export import export

    pytest.importorskip(named(format).needs or "json")
    made = export(project, tmp_path / "out", format=format)
    assert made.card is not None
    (lines,) = re.findall(r"```python\n(.*?)```", made.card.read_text(encoding="utf-8"), re.S)
    for package in re.findall(r"^(?:import|from) (\w+)", lines, re.M):
        # The script that comes with a delivery for spaCy.
        pytest.importorskip("spacy" if package == "load" else package)
    said = subprocess.run(
        [sys.executable, "-c", lines], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
    )
    assert said.returncode == 0, said.stderr[-2000:]
