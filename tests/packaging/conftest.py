"""The scripts of packaging/ import each other by name, as Python finds them beside the one that was started."""

from __future__ import annotations

import sys
from pathlib import Path

for room in ("packaging", "packaging/windows"):
    sys.path.append(str(Path(__file__).parent.parent.parent / room))
