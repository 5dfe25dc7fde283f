"""What ships beside the code: fonts, icons, themes, translations, schemas, samples."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

# Whole stacks for QFont.setFamilies; resources/fonts/README.md says why in this order.
INTERFACE_FAMILIES = ("Noto Sans", "Noto Sans Arabic UI", "Noto Sans Hebrew")
PAGE_FAMILIES = ("Amiri", "Noto Sans", "Noto Sans Arabic UI", "Noto Serif Hebrew")
NUMBER_FAMILIES = ("Noto Sans Mono", "Noto Sans Arabic UI")


def resource(*parts: str) -> Path:
    """The file or folder `resources/<parts…>`. Raises FileNotFoundError when nothing of that name ships."""
    path = Path(str(files(__name__).joinpath(*parts)))
    if not path.exists():
        raise FileNotFoundError(path)
    return path


def font_files() -> list[Path]:
    """Every font to be loaded before the first text is laid out."""
    return sorted(resource("fonts").glob("*.ttf"))


def sample_names() -> list[str]:
    """File names of the sample articles, Arabic ones first; the first is the one to open when none was asked for."""
    names = [path.name for path in resource("samples").glob("*.txt")]
    return sorted(names, key=lambda name: (not name.endswith(".ar.txt"), name))
