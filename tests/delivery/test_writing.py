from __future__ import annotations

import gzip
import os
import time
from pathlib import Path

import pytest

from app.delivery import writing
from app.delivery.writing import FORGOTTEN_SECONDS, Target, is_still, known_by, put_in_place, sweep, told_of
from app.errors import SourceError


def made(path: Path, content: bytes = b"new", **wishes: object) -> Target:
    target = Target(path, **wishes)  # type: ignore[arg-type]
    target.begin()
    with target.open("a.txt" if wishes.get("folder") else "") as stream:
        stream.writelines([content[:1], content[1:]])
    return target


def put(*targets: Target, gone: tuple[Path, ...] = ()) -> None:
    put_in_place(list(targets), list(gone), lambda: None)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_nothing_has_its_name_before_all_is_written(tmp_path: Path) -> None:
    first, second = made(tmp_path / "a"), made(tmp_path / "b", folder=True)
    assert not (tmp_path / "a").exists() and not (tmp_path / "b").exists()
    put(first, second)
    assert names(tmp_path) == ["a", "b"]
    assert (tmp_path / "b" / "a.txt").read_bytes() == b"new"


def test_when_one_file_cannot_get_its_name_all_are_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "b").write_bytes(b"old")
    (tmp_path / "report").write_bytes(b"old")
    targets = [made(tmp_path / "a"), made(tmp_path / "new"), made(tmp_path / "folder", folder=True)]
    lost = made(tmp_path / "z")
    lost.drop()
    with pytest.raises(FileNotFoundError):
        put(*targets, lost, gone=(tmp_path / "report",))
    for target in targets:
        target.drop()
    assert names(tmp_path) == ["a", "folder", "report"]
    assert [path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()] == [b"old"] * 3


def test_where_not_even_the_old_name_can_be_given_back_a_whole_file_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")
    targets = [made(tmp_path / "a"), made(tmp_path / "b")]
    move = Path.replace

    def full(self: Path, path: Path) -> Path:
        if path.name == "a" and self.name.endswith(".part"):
            return move(self, path)
        raise OSError(28, "full")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="full"):
        put(*targets)
    assert (tmp_path / "a").read_bytes() == b"new"
    assert [path.read_bytes() for path in tmp_path.glob(".a.*.kept")] == [b"old"]


def test_what_stood_there_is_replaced_and_what_is_gone_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "report").write_bytes(b"old")
    put(made(tmp_path / "a"), gone=(tmp_path / "report",))
    assert names(tmp_path) == ["a"]
    assert (tmp_path / "a").read_bytes() == b"new"


@pytest.mark.parametrize("name", ["", "/etc/passwd", "../a", "b/../../a", "a\\b", "C:a", "a.txt"])
def test_no_file_leaves_its_folder_or_is_written_twice(tmp_path: Path, name: str) -> None:
    target = made(tmp_path / "folder", folder=True)
    with pytest.raises(ValueError), target.open(name):
        pass
    target.drop()
    assert names(tmp_path) == []


def test_the_same_content_compresses_to_the_same_bytes(tmp_path: Path) -> None:
    put(made(tmp_path / "a", b"x" * 999, compression="gz"), made(tmp_path / "b", b"x" * 999, compression="gz"))
    packed = (tmp_path / "a").read_bytes()
    assert packed == (tmp_path / "b").read_bytes()
    assert gzip.decompress(packed) == b"x" * 999


def test_a_file_is_zstandard_where_that_is_at_hand(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    put(made(tmp_path / "a", b"x" * 999, compression="zst"))
    packed = (tmp_path / "a").read_bytes()
    assert zstandard.ZstdDecompressor().decompressobj().decompress(packed) == b"x" * 999


def test_a_folder_is_known_again_by_what_it_holds(tmp_path: Path) -> None:
    put(made(tmp_path / "a", folder=True))
    known = known_by(tmp_path / "a")
    assert is_still(known, tmp_path / "a")
    (tmp_path / "a" / "b").touch()
    assert not is_still(known, tmp_path / "a")


def test_a_disk_that_fills_midway_is_told_of_by_the_name_that_was_asked_for(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught, told_of(tmp_path / "out"):
        raise OSError(28, "No space left on device")
    assert (caught.value.code, caught.value.values["file"]) == ("output-unwritable", str(tmp_path / "out"))


def test_what_a_delivery_that_was_cut_off_left_is_swept_when_it_is_old_and_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = [".out.0123abcd.part", ".out.0123abcd.kept"]
    others = [".out.part", ".out.0123abcd.parts", ".out.2.0123abcd.part", ".else.0123abcd.part", "out"]
    (tmp_path / ".out.89abcdef.part" / "deep").mkdir(parents=True)
    for name in (*ours, *others, ".out.89abcdef.part/deep/a.txt"):
        (tmp_path / name).touch()
    sweep(tmp_path / "out")
    assert len(names(tmp_path)) == len(ours) + len(others) + 1, "another program may still be at work"
    later = time.time() + 2 * FORGOTTEN_SECONDS
    monkeypatch.setattr(writing.time, "time", lambda: later)
    sweep(tmp_path / "out")
    assert names(tmp_path) == sorted(others)


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege there")
def test_a_link_called_like_something_unfinished_goes_and_what_it_leads_to_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a").touch()
    (tmp_path / ".out.0123abcd.part").symlink_to(tmp_path / "mine")
    monkeypatch.setattr(writing, "FORGOTTEN_SECONDS", -10.0)
    sweep(tmp_path / "out")
    assert names(tmp_path) == ["mine"] and names(tmp_path / "mine") == ["a"]
