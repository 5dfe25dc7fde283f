"""What is remembered of a person."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from app.errors import FaultyFile
from app.wording import describe, describe_fault
from widgets.application import use_scale
from widgets.settings import Settings, read_settings, write_settings
from widgets.settings_table import SECTIONS, SETTINGS, SHOWN


def test_what_was_kept_is_there_at_the_next_start(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "deep" / "settings.json")
    settings.set("theme", "dark")
    settings.set("recent", ["/a/b.hashiya"])
    settings.save()
    again = Settings(settings.file)
    assert (again.text("theme"), again.texts("recent")) == ("dark", ["/a/b.hashiya"])
    assert [path.name for path in settings.file.parent.iterdir()] == ["settings.json"]


def test_a_setting_keeps_its_type(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        Settings(tmp_path / "settings.json").set("zoom", "large")


@pytest.mark.parametrize("content", ['{"theme": "pink", "zoom": true}', '{"theme": 5, "zoom": 7000}'])
def test_a_value_that_makes_no_sense_is_the_default(tmp_path: Path, content: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(content)
    assert {name: Settings(file).get(name) for name in ("theme", "zoom")} == {
        name: SETTINGS[name].default for name in ("theme", "zoom")
    }


@pytest.mark.logs("settings were not read")
@pytest.mark.parametrize("content", [b"{", b"[1]", b"\xff\xfe", b"[" * 100_000, b"{}" + b" " * 300_000])
def test_a_damaged_file_means_defaults_and_one_sentence_and_is_kept(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    settings = Settings(file)
    assert settings.number("zoom") == 100
    assert settings.problem and "settings.damaged" in describe(settings.problem)
    assert (tmp_path / "settings.damaged").read_bytes() == content
    settings.set("zoom", 110)
    settings.save()
    assert Settings(file).number("zoom") == 110


@pytest.mark.logs("settings were not saved")
@pytest.mark.logs("settings were not read")
def test_a_folder_that_cannot_be_made_costs_the_settings_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = Settings(tmp_path / "file" / "settings.json")
    settings.save()
    assert settings.problem and "hold until" in describe(settings.problem)


def test_settings_of_a_newer_program_survive_this_one(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"sound": "loud"}')
    settings = Settings(file)
    settings.set("zoom", 120)
    settings.save()
    assert '"sound": "loud"' in file.read_text()


def test_two_windows_leave_each_others_settings_alone(tmp_path: Path) -> None:
    one, other = Settings(tmp_path / "settings.json"), Settings(tmp_path / "settings.json")
    one.set("recent", ["/a.hashiya"])
    one.save()
    other.read_again()
    other.set("recent", ["/b.hashiya", *other.texts("recent")])
    other.save()
    one.set("zoom", 120)
    one.save()
    kept = Settings(tmp_path / "settings.json")
    assert (kept.texts("recent"), kept.number("zoom")) == (["/b.hashiya", "/a.hashiya"], 120)


def test_what_a_person_set_goes_to_another_computer_and_what_a_window_remembers_stays(tmp_path: Path) -> None:
    here, there = Settings(tmp_path / "here.json"), Settings(tmp_path / "there.json")
    here.set("theme", "dark")
    here.set("keys", {"flag": ["F4"]})
    here.set("recent", ["/secret.hashiya"])
    write_settings(here, tmp_path / "taken.json")
    assert "secret" not in (tmp_path / "taken.json").read_text()
    values, faults = read_settings(tmp_path / "taken.json")
    there.set("zoom", 150)
    there.choose(values)
    assert not faults
    assert (there.text("theme"), there.lists("keys"), there.number("zoom")) == ("dark", {"flag": ["F4"]}, 100)


def test_each_setting_of_a_file_that_makes_no_sense_is_named_and_the_others_are_taken(tmp_path: Path) -> None:
    told = {"theme": "pink", "zoom": 9000, "article.cores": 1, "recent": ["/x"], "sound": "loud", "language": "ar"}
    told |= {"keys": {"flag": [7]}}
    (tmp_path / "s.json").write_text(json.dumps({"format": "hashiya-settings", "version": 1, "settings": told}))
    values, faults = read_settings(tmp_path / "s.json")
    assert values == {"language": "ar"}
    assert {fault.field: fault.code for fault in faults} == {
        **dict.fromkeys(("theme", "zoom", "article.cores", "keys"), "setting-wrong"),
        **dict.fromkeys(("recent", "sound"), "setting-unknown"),
    }
    assert all("setting" in said for said in map(describe_fault, faults))


@pytest.mark.parametrize(
    "content", ["", "{}", '{"format": "hashiya-settings", "settings": []}', '["theme"]', "[" * 9999]
)
def test_a_file_without_settings_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "s.json").write_text(content)
    with pytest.raises(FaultyFile, match="settings-foreign"):
        read_settings(tmp_path / "s.json")


def test_every_setting_takes_its_own_default_and_what_can_be_chosen(tmp_path: Path) -> None:
    for setting in SETTINGS.values():
        assert setting.takes(setting.default), setting.name
        assert all(setting.takes(choice) for choice in setting.choices)
        assert not setting.section or setting.title
    assert {setting.section for setting in SHOWN} == set(SECTIONS)


def test_a_window_hears_which_setting_is_another_now(tmp_path: Path) -> None:
    settings, heard = Settings(tmp_path / "s.json"), []
    settings.changed.connect(heard.append)
    settings.set("zoom", 100)
    settings.set("zoom", 120)
    assert heard == ["zoom"]
    assert settings.chosen() == {"zoom": 120}


def test_the_size_of_everything_is_told_to_qt_before_its_first_word_and_a_users_own_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_SCALE_FACTOR", "3")
    settings = Settings(tmp_path / "s.json")
    settings.set("scale", "150")
    use_scale(settings)
    assert os.environ["QT_SCALE_FACTOR"] == "3"
    monkeypatch.delenv("QT_SCALE_FACTOR")
    use_scale(settings)
    assert os.environ["QT_SCALE_FACTOR"] == "1.5"
    monkeypatch.delenv("QT_SCALE_FACTOR")


def test_settings_are_on_the_disk_before_they_get_their_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    flush, move = os.fsync, Path.replace

    def flushed(descriptor: int) -> None:
        asked.append("flush")
        flush(descriptor)

    def moved(self: Path, target: Path) -> Path:
        asked.append("move")
        return move(self, target)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(Path, "replace", moved)
    settings = Settings(tmp_path / "settings.json")
    settings.set("zoom", 130)
    settings.save()
    assert asked == ["flush", "move"]
