from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from app.store import disk, fingerprint


@pytest.mark.parametrize("links", [True, False])
def test_a_finished_file_gets_its_name_unless_that_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def no_links(*_paths: object) -> None:
        raise OSError

    if not links:
        monkeypatch.setattr(os, "link", no_links)
    made, final = tmp_path / "made", tmp_path / "final"
    made.write_text("1")
    disk.place(made, final)
    assert (final.read_text(), made.exists()) == ("1", False)
    made.write_text("2")
    with pytest.raises(FileExistsError):
        disk.place(made, final)
    assert (final.read_text(), made.read_text()) == ("1", "2")


def test_a_file_is_known_again_by_its_content_also_when_its_time_is_another(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"one")
    known = fingerprint.parse(fingerprint.take(file).stored())
    assert known is not None and known.fits(file)
    os.utime(file, (1, 1))
    assert known.fits(file)
    file.write_bytes(b"two")
    assert not known.fits(file)
    file.write_bytes(b"one more")
    assert not known.fits(file)
    other = tmp_path / "b.jsonl"
    other.write_bytes(b"one")
    assert not known.fits(other)
    assert fingerprint.parse("") is None


def test_a_file_that_got_its_name_has_it_also_when_its_first_name_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_path: object, **_wishes: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    made, final = tmp_path / "made", tmp_path / "final"
    made.write_text("1")
    monkeypatch.setattr(Path, "unlink", refuse)
    disk.place(made, final)
    assert final.read_text() == "1"
    disk.discard(made)
    assert made.exists()
