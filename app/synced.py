"""Whether a project lies in a folder that a service copies to other computers while it is being worked on."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from app.errors import SourceError
from app.store import network


class Service(NamedTuple):
    """How a service is known: what its folders are called, what lies in their root, who names them to programs.

    `files` are marks that must be files: folders of that name are where a service keeps its own things. `journal` is
    what a file in the root is called whose name is not known beforehand.
    """

    name: str
    folders: re.Pattern[str]
    marks: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    journal: str = ""


def _called(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# A folder's name is compared whole; macOS keeps the folders of most services in ~/Library/CloudStorage.
SERVICES: Final = (
    Service(
        "OneDrive",
        _called(r"OneDrive( ?-.*)?"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B",),
        ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"),
    ),
    Service("Dropbox", _called(r"Dropbox([ -].*)?"), (".dropbox.cache",), files=(".dropbox",)),
    Service("iCloud", _called(r"iCloud ?Drive|com~apple~CloudDocs|Mobile Documents|iCloud~.*")),
    Service(
        "Google Drive",
        _called(r"Google ?Drive(-.*)?|DriveFS|google-drive:.*"),
        (".tmp.drivedownload", ".tmp.driveupload", ".shortcut-targets-by-id"),
    ),
    Service("Syncthing", _called(r"Syncthing"), (".stfolder",)),
    Service(
        "Nextcloud",
        _called(r"(Nextcloud|ownCloud)\d*"),
        (".nextcloudsync.log", ".owncloudsync.log"),
        journal=r"\._?sync_[0-9a-f]+\.db",
    ),
)
_CLOUD_STORAGE: Final = ("library", "cloudstorage")
_IN_ICLOUD: Final = ("Library", "Mobile Documents", "com~apple~CloudDocs")
"""Where in a home iCloud has what it copies; its Desktop and Documents are links to those of the home."""
_LOOKED_THROUGH: Final = 2000
"""How many names of a folder are looked through for a journal whose name nobody knows beforehand."""


def service_of(project: Path, environment: Mapping[str, str] = os.environ) -> str:
    """The name of the service that synchronises the folder of `project`; "" when none is recognised."""
    folder = project.parent.absolute()
    for place in dict.fromkeys((folder, folder.resolve())):
        for above in (place, *place.parents):
            for service in SERVICES:
                if _is_its_own(service, above, environment):
                    return service.name
            if _is_of_icloud(above):
                return "iCloud"
        if stored := _stored_in_cloud(place):
            return stored
    return ""


def notice_of(project: Path) -> SourceError | None:
    """What to tell whoever opens `project`, once: that its folder is synchronised, or far; what is safe."""
    if service := service_of(project):
        return SourceError("folder-synced", file=project.name, service=service)
    if far := network.kind_of(project):
        return SourceError("folder-far", file=project.name, service=far)
    return None


def _is_its_own(service: Service, folder: Path, environment: Mapping[str, str]) -> bool:
    if service.folders.fullmatch(folder.name):
        return True
    if any(_same(environment.get(variable, ""), folder) for variable in service.variables):
        return True
    if any(os.path.lexists(folder / mark) for mark in service.marks):
        return True
    return any((folder / file).is_file() for file in service.files) or _holds(folder, service.journal)


def _holds(folder: Path, journal: str) -> bool:
    """Whether a file of such a name is among the first in `folder`; not, where it cannot be looked into."""
    if not journal:
        return False
    with suppress(OSError), os.scandir(folder) as entries:
        return any(re.fullmatch(journal, entry.name) for entry in islice(entries, _LOOKED_THROUGH))
    return False


def _is_of_icloud(folder: Path) -> bool:
    """Whether `folder` is the Desktop or the Documents of a home, and iCloud copies them."""
    if folder.name not in ("Desktop", "Documents"):
        return False
    with suppress(OSError):
        return folder.parent.joinpath(*_IN_ICLOUD, folder.name).samefile(folder)
    return False


def _same(named: str, folder: Path) -> bool:
    return bool(named) and os.path.normcase(named.rstrip("/\\")) == os.path.normcase(folder)


def _stored_in_cloud(place: Path) -> str:
    """The folder in macOS's place for such services, of one that has no name here."""
    for above, storage, folder in _threes(place):
        if (above.lower(), storage.lower()) == _CLOUD_STORAGE:
            return folder.partition("-")[0]
    return ""


def _threes(place: Path) -> Iterator[tuple[str, str, str]]:
    parts = place.parts
    return zip(parts, parts[1:], parts[2:], strict=False)
