"""`python3 dev.py torture [--short] [--json] [PROOF…]`: break things on purpose, and count what was lost.

Without --short it takes hours; with it, minutes. Exit status 1 when anything was lost, 2 for a wrong argument.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from importlib import import_module
from importlib.util import find_spec

from tests.torture.outcome import Outcome, progress

PROOFS = ("crash", "disk", "power", "together", "corruption", "hostile", "network", "endurance")


def main() -> int:
    """Run the proofs that are asked for, one after the other; answer with 1 when one of them lost something."""
    wishes = _wishes()
    outcomes = {name: _proved(name, wishes.short) for name in wishes.proofs or PROOFS}
    if wishes.json:
        print(json.dumps(_told(outcomes, wishes.short), ensure_ascii=False, indent=1))
    else:
        for name, outcome in outcomes.items():
            print(name, _line(outcome))
    for name, outcome in outcomes.items():
        for failure in outcome.failures:
            print(f"FAILED {name}: {failure}", file=sys.stderr)
    return 1 if any(outcome.failures for outcome in outcomes.values()) else 0


def _wishes() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py torture", description=__doc__)
    parser.add_argument("--short", action="store_true", help="as much as fits into minutes; what CI runs")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("proofs", nargs="*", metavar="PROOF", choices=[[], *PROOFS], help=", ".join(PROOFS))
    return parser.parse_args()


def _proved(name: str, short: bool) -> Outcome:
    started = time.monotonic()
    progress(f"{name} …")
    module = f"tests.torture.{name}"
    if find_spec(module) is None:
        return Outcome(skipped="there is no such proof here")
    outcome: Outcome = import_module(module).prove(short)
    took = {"seconds": round(time.monotonic() - started, 1)}
    return Outcome({**outcome.figures, **took}, outcome.failures, outcome.skipped)


def _told(outcomes: dict[str, Outcome], short: bool) -> dict[str, object]:
    proofs = {
        name: {**outcome.figures, "failures": list(outcome.failures)}
        | ({"skipped": outcome.skipped} if outcome.skipped else {})
        for name, outcome in outcomes.items()
    }
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return {"short": short, "machine": machine, "lost": sum(len(o.failures) for o in outcomes.values()), **proofs}


def _line(outcome: Outcome) -> str:
    if outcome.skipped:
        return f"skipped: {outcome.skipped}"
    figures = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in outcome.figures.items())
    return f"{figures}; {len(outcome.failures)} failures"


if __name__ == "__main__":
    sys.exit(main())
