"""What the program stands on: held by hashes, as new as is asked for, and under licences that somebody has read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import licensing
import lock
import pytest
import sbom
from packaging.requirements import Requirement

PROJECT = tomllib.loads((lock.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = (lock.DEVELOPING, lock.PACKAGING)


def wanted(file: Path) -> Iterator[str]:
    """What pyproject.toml asks for in this lock."""
    yield from PROJECT["project"]["dependencies"]
    extras = lock.BUNDLED if file == lock.PACKAGING else ()
    yield from (line for extra in extras for line in PROJECT["project"]["optional-dependencies"][extra])
    yield from PROJECT["dependency-groups"]["package" if file == lock.PACKAGING else "dev"]


@pytest.mark.parametrize("file", LOCKS, ids=["developing", "packaging"])
def test_everything_that_is_installed_is_held_by_hashes(file: Path) -> None:
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith(" ")]
    held = list(sbom.locked(file))
    assert len(held) == len(lines) > 20
    assert not [one.name for one in held if not one.hashes]
    assert all(re.fullmatch(r"[0-9a-f]{64}", sum_) for one in held for sum_ in one.hashes)


@pytest.mark.parametrize("file", LOCKS, ids=["developing", "packaging"])
def test_the_lock_holds_what_the_project_asks_for(file: Path) -> None:
    held = {(one.name, one.version) for one in sbom.locked(file)}
    for asked in map(Requirement, wanted(file)):
        name = re.sub(r"[-_.]+", "-", asked.name).lower()
        versions = [version for known, version in held if known == name]
        assert versions and any(asked.specifier.contains(version, prereleases=True) for version in versions), asked


def test_each_package_that_comes_along_has_a_licence_that_was_chosen() -> None:
    inside = {one.name for one in sbom.locked() if one.name not in sbom.NOT_INSIDE} | {"pyinstaller"}
    assert inside == set(licensing.CHOSEN)
    assert all(
        "GPL" not in licence.replace("LGPL", "") for name, licence in licensing.CHOSEN.items() if name != "pyinstaller"
    )


def test_each_package_still_says_so_itself() -> None:
    here = {name for name in licensing.CHOSEN if list(metadata.distributions(name=name))}
    assert len(here) > 10
    assert all(licensing.confirmed(metadata.distribution(name)) for name in here)


@pytest.mark.parametrize("licence", ["AGPL-3.0-only", "GPL-3.0-only", "SSPL-1.0", ""])
def test_a_licence_that_nobody_has_agreed_to_ends_the_build(monkeypatch: pytest.MonkeyPatch, licence: str) -> None:
    monkeypatch.setitem(licensing.CHOSEN, "newcomer", licence)
    with pytest.raises(licensing.ForbiddenLicence, match="newcomer"):
        licensing.licence_of("newcomer")


def test_a_package_that_changes_its_licence_ends_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(licensing.CHOSEN, "click", "MPL-2.0")
    with pytest.raises(licensing.ForbiddenLicence, match="no longer under"):
        licensing.confirmed(metadata.distribution("click"))
