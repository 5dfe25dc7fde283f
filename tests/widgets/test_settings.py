"""What is remembered of a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from widgets.settings import SETTINGS, Settings


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


@pytest.mark.parametrize("content", ["[1]", '{"theme": "pink", "zoom": true}', '{"theme": 5}'])
def test_a_value_that_makes_no_sense_is_the_default(tmp_path: Path, content: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(content)
    assert {name: Settings(file).get(name) for name in ("theme", "zoom")} == {
        name: SETTINGS[name].default for name in ("theme", "zoom")
    }


@pytest.mark.logs("settings were not read")
def test_a_damaged_file_means_defaults(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text("{")
    assert Settings(file).number("zoom") == 100


@pytest.mark.logs("settings were not saved")
@pytest.mark.logs("settings were not read")
def test_a_folder_that_cannot_be_made_costs_the_settings_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    Settings(tmp_path / "file" / "settings.json").save()


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
