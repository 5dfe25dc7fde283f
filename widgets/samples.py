"""The sample articles as a project of the user's own, made at the first start in the system's place for such data."""

from __future__ import annotations

import shutil
from pathlib import Path

from resources import resource, sample_names


def sample_folder() -> Path:
    """Where the samples are copied to, by the manners of this system."""
    from platformdirs import user_data_path

    return user_data_path("hashiya", appauthor=False) / "samples"


def demonstration_project() -> Path:
    """The project of annotated passages; made when it is not there. Raises OSError or HashiyaError."""
    from app.demonstration import make_demonstration

    project = sample_folder() / "demonstration.hashiya"
    if not project.exists():
        project.parent.mkdir(parents=True, exist_ok=True)
        make_demonstration(project)
    return project


def sample_project() -> Path:
    """The project with all sample articles; made when it is not there. Raises OSError or HashiyaError."""
    from app.session import Session

    project = sample_folder() / "samples.hashiya"
    if project.exists():
        return project
    project.parent.mkdir(parents=True, exist_ok=True)
    session = Session.create(project)
    try:
        for name in sample_names():
            session.import_file(Path(shutil.copy(resource("samples", name), project.parent)))
    finally:
        session.close()
    return project
