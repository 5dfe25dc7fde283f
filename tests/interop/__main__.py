"""`dev.py interop`: the programs that read what is exported, installed beside Hashiya, and the tests against them."""

from __future__ import annotations

import subprocess
import sys


def main(arguments: list[str]) -> int:
    """Install the group `interop` and run its tests; the exit status."""
    installing = [sys.executable, "-m", "uv", "pip", "install", "--python", sys.executable, "--group", "interop"]
    if subprocess.call([*installing, "--quiet"]):
        return 2
    return subprocess.call([sys.executable, "-m", "pytest", "-m", "interop", *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
