"""`dev.py lock`: writes requirements.lock, to develop with, and packaging/requirements.lock, to make a package of."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
DEVELOPING: Final = ROOT / "requirements.lock"
PACKAGING: Final = ROOT / "packaging" / "requirements.lock"
BUNDLED: Final = ("cas", "pdf", "zst")
"""The extras whose packages are small enough to come along."""
_SHAPE: Final = (
    *("--universal", "--generate-hashes", "--no-header", "--no-annotate", "--quiet"),
    *("--no-python-downloads", "--python-version=3.11"),
)


def main(arguments: list[str]) -> int:
    """Renew both; what both hold has one version."""
    extras = [f"--extra={extra}" for extra in BUNDLED]
    wishes: list[tuple[Path, list[str]]] = [
        (DEVELOPING, ["--group", "dev"]),
        (PACKAGING, [*extras, "--group", "package", "--constraint", str(DEVELOPING)]),
    ]
    for lock, wish in wishes:
        command = [sys.executable, "-m", "uv", "pip", "compile", *_SHAPE, *wish, "--output-file", str(lock)]
        if status := subprocess.call([*command, *arguments, "pyproject.toml"], cwd=ROOT):
            return status
        lines = lock.read_text(encoding="utf-8").splitlines(keepends=True)
        # Only names, versions, systems and hashes: where the packages come from is each computer's own business.
        kept = [line for line in lines if line.lstrip().startswith("--hash=") or "==" in line]
        lock.write_text("".join(kept), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
