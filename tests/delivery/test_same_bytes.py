"""The same bytes for the same project, whatever the machine: another hash seed, time zone, language, folder, hour."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest

from app.formats.native import encode
from app.formats.registry import every_format
from app.session import Session
from tests.formats.awkward import awkward_records

ROOT = Path(__file__).parent.parent.parent
FORMATS = [
    format.name
    for format in every_format()
    if format.write is not None and (not format.needs or find_spec(format.needs.partition(".")[0]))
]
EXPORTS = """
import sys
from pathlib import Path
from app.export import export
for format in sys.argv[2:]:
    export(Path(sys.argv[1]), Path("out") / f"{format}.x", format=format, split=(80, 20), shards=2, seed=7)
export(Path(sys.argv[1]), Path("out") / "packed.jsonl.gz", labels=("LOCATION",))
"""
MACHINES = {
    "a": {"PYTHONHASHSEED": "1", "TZ": "Asia/Baghdad", "LANG": "C", "LC_ALL": "C"},
    "ب مجلد": {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LANG": "tr_TR.UTF-8", "LC_ALL": "C.UTF-8"},
}


def exported(folder: Path, project: Path, machine: dict[str, str]) -> dict[str, bytes]:
    """What the copy of `project` in `folder` gives in every format, each file by its name."""
    (folder / "out").mkdir(parents=True)
    shutil.copy(project, folder / "p.hashiya")
    os.utime(folder / "p.hashiya", (len(folder.name) * 10**6,) * 2)
    command = [sys.executable, "-c", EXPORTS, "p.hashiya", *FORMATS]
    environment = os.environ | machine | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "0"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    files = (path for path in (folder / "out").rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_every_format_gives_the_same_bytes_on_every_machine(tmp_path: Path) -> None:
    source = tmp_path / "all.jsonl"
    source.write_bytes(b"".join(encode(record) for record in awkward_records() if record.document.text))
    with closing(Session.open(source)) as session:
        project = session.path
    first, second = (exported(tmp_path / name, project, machine) for name, machine in MACHINES.items())
    assert len(first) > 5 * len(FORMATS) and sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_in_a_delivery_names_the_machine_it_was_made_on(tmp_path: Path, format: str) -> None:
    from app.convert import convert
    from app.delivery.making import Wishes
    from app.formats.registry import named

    source = tmp_path / "all.jsonl"
    source.write_bytes(b"".join(map(encode, awkward_records())))
    made = convert(source, tmp_path / "out", Wishes(named(format))).written
    files = [file for path in made.files for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file()]
    assert files and not [file for file in files if os.fsencode(tmp_path) in file.read_bytes()]
