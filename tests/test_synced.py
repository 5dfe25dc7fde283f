from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.synced import notice_of, service_of
from app.wording import describe, use_language


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Users/sami/OneDrive/work", "OneDrive"),
        ("Users/sami/OneDrive - Example Org/تعليق", "OneDrive"),
        ("Users/sami/Library/CloudStorage/OneDrive-Personal", "OneDrive"),
        ("home/sami/Dropbox", "Dropbox"),
        ("Users/sami/Dropbox (Example)/a/b/c", "Dropbox"),
        ("Users/sami/Library/Mobile Documents/com~apple~CloudDocs/a", "iCloud"),
        ("Users/sami/iCloudDrive", "iCloud"),
        ("Users/sami/Google Drive/My Drive", "Google Drive"),
        ("Users/sami/Library/CloudStorage/GoogleDrive-sami@example.org/My Drive", "Google Drive"),
        ("Users/sami/Library/CloudStorage/Box-Box/a", "Box"),
        ("home/sami/Nextcloud/a", "Nextcloud"),
        ("home/sami/my onedrive notes", ""),
        ("home/sami/Dropboxes", ""),
        ("home/sami/Library/Documents", ""),
    ],
)
def test_a_synchronised_folder_is_known_by_what_it_is_called(tmp_path: Path, folder: str, service: str) -> None:
    project = tmp_path / folder / "a.hashiya"
    project.parent.mkdir(parents=True)
    assert service_of(project, {}) == service


@pytest.mark.parametrize(
    ("mark", "service"),
    [
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        (".dropbox.cache", "Dropbox"),
        (".tmp.drivedownload", "Google Drive"),
        (".stfolder", "Syncthing"),
        (".nextcloudsync.log", "Nextcloud"),
    ],
)
def test_a_synchronised_folder_is_known_by_what_lies_above_the_project(tmp_path: Path, mark: str, service: str) -> None:
    project = tmp_path / "shared" / "deep" / "er" / "a.hashiya"
    project.parent.mkdir(parents=True)
    assert service_of(project, {}) == ""
    (tmp_path / "shared" / mark).mkdir()
    assert service_of(project, {}) == service
    assert service_of(tmp_path / "elsewhere" / "a.hashiya", {}) == ""


def test_a_synchronised_folder_is_known_by_what_the_system_says(tmp_path: Path) -> None:
    project = tmp_path / "work files" / "sub" / "a.hashiya"
    assert service_of(project, {"OneDriveCommercial": f"{tmp_path / 'work files'}{os.sep}"}) == "OneDrive"
    assert service_of(project, {"OneDrive": ""}) == ""


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege there")
def test_a_link_into_a_synchronised_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "a").mkdir(parents=True)
    (tmp_path / "here").symlink_to(tmp_path / "Dropbox" / "a")
    assert service_of(tmp_path / "here" / "a.hashiya", {}) == "Dropbox"


def test_what_is_safe_is_said_in_both_languages(tmp_path: Path) -> None:
    notice = notice_of(tmp_path / "Dropbox" / "a.hashiya")
    assert notice is not None
    assert "Dropbox" in describe(notice) and "one computer at a time" in describe(notice)
    use_language("ar")
    assert "Dropbox" in describe(notice) and "حاسوب" in describe(notice)
