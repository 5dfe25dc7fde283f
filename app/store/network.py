"""Whether a folder lies on another computer, where locks and shared memory are not what they are on a disk."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

_FAR: Final = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "ncpfs", "afs", "afpfs", "webdav", "davfs", "ceph"),
        *("glusterfs", "lustre", "beegfs", "gpfs", "ocfs2", "gfs2", "9p", "vboxsf", "prl_fs", "vmhgfs"),
    )
)
"""File systems that hand a file to another computer, or to the one this system is a guest of."""
_FAR_FUSE: Final = frozenset(
    (
        *("sshfs", "rclone", "davfs2", "davfs", "glusterfs", "ceph", "s3fs", "gcsfuse", "curlftpfs", "smbnetfs"),
        *("gvfsd", "kio", "vmhgfs", "google", "onedriver"),
    )
)
"""The first word of what a FUSE file system calls itself, where it leads to another computer."""
_MOUNTS: Final = Path("/proc/self/mountinfo")
_ESCAPES: Final = {"\\040": " ", "\\011": "\t", "\\012": "\n", "\\134": "\\"}
_DRIVE_REMOTE: Final = 4
_MNT_LOCAL: Final = 0x1000
_STATFS_BYTES, _FLAGS_AT, _NAME_AT, _NAME_BYTES = 4096, 64, 72, 16


def kind_of(path: Path) -> str:
    """What the file system of a network is called that `path` lies on; "" for a disk of this computer, or unknown."""
    try:
        folder = path.parent.resolve()
        if sys.platform == "win32":
            return _kind_on_windows(folder)
        if sys.platform == "darwin":
            return _kind_on_macos(folder)
        return _kind_among(_MOUNTS.read_text(encoding="utf-8", errors="surrogateescape"), folder)
    except (OSError, AttributeError, ValueError):
        return ""


def _kind_among(mounts: str, folder: Path) -> str:
    """The kind that `mounts`, as Linux tells them, give `folder`: that of the longest mount point above it."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        point, found = before.split(" ")[4], after.split(" ")[0]
        for escape, sign in _ESCAPES.items():
            point = point.replace(escape, sign)
        # Of two mounts at one place the later hides the earlier.
        if len(point) >= best and folder.is_relative_to(point):
            best, kind = len(point), found
    name, _, under = kind.partition(".")
    is_far = under.partition("-")[0] in _FAR_FUSE if name == "fuse" else kind in _FAR
    return (under or kind) if is_far else ""


def _kind_on_windows(folder: Path) -> str:
    if folder.drive.startswith("\\\\"):
        return "SMB"
    import ctypes

    windows = getattr(ctypes, "windll")  # noqa: B009 - only Windows has it, and this is checked elsewhere too
    return "SMB" if windows.kernel32.GetDriveTypeW(folder.drive + "\\") == _DRIVE_REMOTE else ""


def _kind_on_macos(folder: Path) -> str:
    import ctypes

    # struct statfs with 64-bit inodes: the flags and the name of the file system are where the numbers say. On Intel
    # the call for that struct has a name of its own.
    system, told = ctypes.CDLL(None), ctypes.create_string_buffer(_STATFS_BYTES)
    call = getattr(system, "statfs$INODE64", None) or system.statfs
    if call(os.fsencode(folder), told) != 0:
        return ""
    flags = int.from_bytes(told.raw[_FLAGS_AT : _FLAGS_AT + 4], sys.byteorder)
    name = told.raw[_NAME_AT : _NAME_AT + _NAME_BYTES].partition(b"\0")[0].decode("ascii", "replace")
    return "" if flags & _MNT_LOCAL else name
