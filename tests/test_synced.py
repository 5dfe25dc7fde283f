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
        ("home/sami/Nextcloud2/a", "Nextcloud"),
        ("Users/sami/OneDrive/Desktop", "OneDrive"),
        ("Users/sami/OneDrive - Example Org/سطح المكتب", "OneDrive"),
        ("run/user/1000/gvfs/google-drive:host=example.org,user=sami/a", "Google Drive"),
        ("Users/sami/Desktop", ""),
        ("Users/sami/Documents/a", ""),
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
        (".shortcut-targets-by-id", "Google Drive"),
        (".nextcloudsync.log", "Nextcloud"),
        (".sync_0a1b2c3d4e5f.db", "Nextcloud"),
        ("._sync_0a1b2c3d4e5f.db", "Nextcloud"),
    ],
)
def test_a_synchronised_folder_is_known_by_what_lies_above_the_project(tmp_path: Path, mark: str, service: str) -> None:
    project = tmp_path / "shared" / "deep" / "er" / "a.hashiya"
    project.parent.mkdir(parents=True)
    assert service_of(project, {}) == ""
    (tmp_path / "shared" / mark).mkdir()
    assert service_of(project, {}) == service
    assert service_of(tmp_path / "elsewhere" / "a.hashiya", {}) == ""


def test_the_home_in_which_dropbox_keeps_its_own_things_is_not_its_folder(tmp_path: Path) -> None:
    project = tmp_path / "sami" / "work" / "a.hashiya"
    project.parent.mkdir(parents=True)
    (tmp_path / "sami" / ".dropbox").mkdir()
    assert service_of(project, {}) == ""
    (tmp_path / "sami" / "work" / ".dropbox").touch()
    assert service_of(project, {}) == "Dropbox"


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege there")
@pytest.mark.parametrize("name", ["Desktop", "Documents"])
def test_a_desktop_and_documents_that_icloud_copies_are_known(tmp_path: Path, name: str) -> None:
    project = tmp_path / "sami" / name / "news" / "a.hashiya"
    project.parent.mkdir(parents=True)
    cloud = tmp_path / "sami" / "Library" / "Mobile Documents" / "com~apple~CloudDocs"
    cloud.mkdir(parents=True)
    assert service_of(project, {}) == ""
    (cloud / name).symlink_to(tmp_path / "sami" / name)
    assert service_of(project, {}) == "iCloud"
    assert service_of(tmp_path / "sami" / "Music" / "a.hashiya", {}) == ""


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
