"""Whether a project lies in a folder that a service copies to other computers while it is being worked on."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from app.errors import SourceError


class Service(NamedTuple):
    """How a service is known: what its folders are called, what lies in their root, who names them to programs."""

    name: str
    folders: re.Pattern[str]
    marks: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()


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
    Service("Dropbox", _called(r"Dropbox([ -].*)?"), (".dropbox", ".dropbox.cache")),
    Service("iCloud", _called(r"iCloud ?Drive|com~apple~CloudDocs|Mobile Documents|iCloud~.*")),
    Service(
        "Google Drive",
        _called(r"Google ?Drive(-.*)?|DriveFS"),
        (".tmp.drivedownload", ".tmp.driveupload", ".shortcut-targets-by-id"),
    ),
    Service("Syncthing", _called(r"Syncthing"), (".stfolder",)),
    Service("Nextcloud", _called(r"Nextcloud|ownCloud"), (".nextcloudsync.log", ".owncloudsync.log")),
)
_CLOUD_STORAGE: Final = ("library", "cloudstorage")


def service_of(project: Path, environment: Mapping[str, str] = os.environ) -> str:
    """The name of the service that synchronises the folder of `project`; "" when none is recognised."""
    folder = project.parent.absolute()
    for place in dict.fromkeys((folder, folder.resolve())):
        for above in (place, *place.parents):
            for service in SERVICES:
                if _is_its_own(service, above, environment):
                    return service.name
        if stored := _stored_in_cloud(place):
            return stored
    return ""


def notice_of(project: Path) -> SourceError | None:
    """What to tell whoever opens `project`, once: that it is synchronised, and what is safe."""
    service = service_of(project)
    return SourceError("folder-synced", file=project.name, service=service) if service else None


def _is_its_own(service: Service, folder: Path, environment: Mapping[str, str]) -> bool:
    if service.folders.fullmatch(folder.name):
        return True
    if any(_same(environment.get(variable, ""), folder) for variable in service.variables):
        return True
    return any(os.path.lexists(folder / mark) for mark in service.marks)


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
