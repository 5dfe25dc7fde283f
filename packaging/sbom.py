"""A bill of materials in CycloneDX's form, of the lock that the packages are made from."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from licensing import licence_of

ROOT: Final = Path(__file__).resolve().parent.parent
LOCK: Final = ROOT / "packaging" / "requirements.lock"
NOT_INSIDE: Final = frozenset(
    {
        *("markdown-it-py", "mdurl", "pygments"),
        *("altgraph", "dmgbuild", "ds-store", "mac-alias", "macholib", "pefile", "pyinstaller"),
        *("pyinstaller-hooks-contrib", "pywin32-ctypes", "setuptools"),
    }
)
"""What is wanted and never called, and what makes a package: neither is in it."""
_PACKAGE = re.compile(r"([a-z0-9.-]+)==([^\s;]+)(?: ; (.+?))? \\?$")


class Locked(NamedTuple):
    """One line of the lock: `marker` says for which systems."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]


def locked(lock: Path = LOCK) -> Iterator[Locked]:
    """What the lock holds, in its order."""
    for part in re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8")):
        head, *rest = part.splitlines()
        if found := _PACKAGE.match(head):
            hashes = (line.strip(" \\").removeprefix("--hash=sha256:") for line in rest)
            yield Locked(found[1], found[2], found[3] or "", tuple(hashes))


def bill(version: str) -> dict[str, Any]:
    """The bill of Hashiya `version`; the same lock makes the same bill."""
    components = [_component(one) for one in locked() if one.name not in NOT_INSIDE]
    content = json.dumps([version, components], sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, content)}",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "hashiya", "version": version, "bom-ref": "hashiya"}},
        "components": components,
    }


def _component(one: Locked) -> dict[str, Any]:
    address = f"pkg:pypi/{one.name}@{one.version}"
    said: dict[str, Any] = {"type": "library", "name": one.name, "version": one.version, "bom-ref": address}
    said |= {"purl": address, "scope": "optional" if one.marker else "required"}
    said["licenses"] = [{"expression": licence_of(one.name)}]
    properties = [{"name": "hashiya:wheel-sha256", "value": value} for value in one.hashes]
    if one.marker:
        properties.insert(0, {"name": "hashiya:only-where", "value": one.marker})
    return said | {"properties": properties}
