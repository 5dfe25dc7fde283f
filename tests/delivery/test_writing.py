from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from app.delivery.writing import Target, is_still, known_by, put_in_place, told_of
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


def test_what_stood_there_is_replaced_and_what_is_gone_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "report").write_bytes(b"old")
    put(made(tmp_path / "a"), gone=(tmp_path / "report",))
    assert names(tmp_path) == ["a"]
    assert (tmp_path / "a").read_bytes() == b"new"


@pytest.mark.parametrize("name", ["", "/etc/passwd", "../a", "b/../../a", "a\\b", "a.txt"])
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
