"""The licence under which each package comes along, chosen by a person; what is not in this table ends the build."""

from __future__ import annotations

import re
from importlib import metadata
from typing import Final

CHOSEN: Final = {
    "arabic-reshaper": "MIT",
    "attrs": "MIT",
    "click": "BSD-3-Clause",
    "deprecation": "Apache-2.0",
    "dkpro-cassis": "Apache-2.0",
    "importlib-resources": "Apache-2.0",
    "lxml": "BSD-3-Clause",
    "more-itertools": "MIT",
    "orjson": "MPL-2.0 AND MIT",
    "packaging": "Apache-2.0",
    "platformdirs": "MIT",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "pypdf": "BSD-3-Clause",
    "pyside6-essentials": "LGPL-3.0-only",
    "python-bidi": "LGPL-3.0-or-later",
    "python-crfsuite": "MIT",
    "regex": "Apache-2.0 AND CNRI-Python",
    "rich": "MIT",
    "shiboken6": "LGPL-3.0-only",
    "sortedcontainers": "Apache-2.0",
    "sqlalchemy": "MIT",
    "toposort": "Apache-2.0",
    "typing-extensions": "PSF-2.0",
    "zstandard": "BSD-3-Clause",
}
"""By name; where a package offers several licences, the one it is used under."""

_SPOKEN: Final = {
    "MIT": r"\bMIT\b",
    "BSD-3-Clause": r"\bBSD",
    "Apache-2.0": r"\bApache",
    "MPL-2.0": r"\bMPL|Mozilla",
    "PSF-2.0": r"\bPSF|Python",
    "CNRI-Python": r"\bCNRI",
    "LGPL-3.0-only": r"\bLGPL-3|Lesser",
    "LGPL-3.0-or-later": r"\bLGPL|Lesser",
    "GPL-2.0-or-later WITH Bootloader-exception": r"\bGPL.*exception",
}
"""The licences that may be shipped, and how packages write them. Of the GPL there is PyInstaller's bootloader alone,
whose exception lets it start programs under any licence; files under the LGPL lie in the bundle by themselves."""


class ForbiddenLicence(Exception):
    """Something in the bundle is under a licence that nobody has agreed to."""


def licence_of(name: str) -> str:
    """The licence that the package `name` is shipped under. Raises ForbiddenLicence where none was chosen."""
    chosen = CHOSEN.get(re.sub(r"[-_.]+", "-", name).lower(), "")
    if not chosen or not set(chosen.split(" AND ")) <= _SPOKEN.keys():
        raise ForbiddenLicence(f"{name}: {chosen or 'no licence was chosen in packaging/licensing.py'}")
    return chosen


def confirmed(found: metadata.Distribution) -> str:
    """The same of an installed package, if that still says so itself; else ForbiddenLicence is raised."""
    name, told = found.metadata["Name"], found.metadata
    said = " ".join((told.get("License-Expression") or "", (told.get("License") or "")[:200]))
    said += " ".join(line for line in told.get_all("Classifier", []) if line.startswith("License ::"))
    chosen = licence_of(name)
    for one in chosen.split(" AND "):
        if not re.search(_SPOKEN[one], said, re.DOTALL):
            raise ForbiddenLicence(f"{name} is no longer under {one}: {said.strip() or 'it says nothing'}")
    return chosen
