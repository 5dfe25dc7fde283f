"""Folders of other computers are known, and a project there keeps a rollback journal."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.store import network
from app.synced import notice_of
from app.wording import describe
from tests.store.made_projects import mark, opened, surfaces, write

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:30 / /home/huda/office rw - cifs //server/office rw
31 22 0:31 / /home/huda/on\\040ssh rw - fuse.sshfs huda@server: rw
32 22 0:32 / /home/huda/mtp rw - fuse.jmtpfs jmtpfs rw
33 30 0:33 / /home/huda/office/here rw - tmpfs tmpfs rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/huda", ""),
        ("/home/huda/office", "cifs"),
        ("/home/huda/office/corpus", "cifs"),
        ("/home/huda/office/here/corpus", ""),
        ("/home/huda/officer", ""),
        ("/home/huda/on ssh", "sshfs"),
        ("/home/huda/mtp", ""),
    ],
)
def test_the_folder_of_another_computer_is_known_by_its_mount(folder: str, kind: str) -> None:
    assert network._kind_among(MOUNTS, Path(folder)) == kind


def test_a_project_on_a_network_keeps_a_rollback_journal_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = write(tmp_path / "article.txt")
    opened(article).close()
    with monkeypatch.context() as far:
        far.setattr("app.store.network.kind_of", lambda _path: "nfs")
        session = opened(article)
        assert session._database.pragma("journal_mode") == "delete"
        mark(session, 0, 6)
        assert session.publish().lines == 1
        assert not session.path.with_name("article.hashiya-wal").exists()
        notice = notice_of(session.path)
        assert notice is not None
        assert "nfs" in describe(notice)
        session.close()
    session = opened(article)
    assert session._database.pragma("journal_mode") == "wal"
    assert surfaces(session) == [("LOCATION", "اقتحمت")]
    session.close()
