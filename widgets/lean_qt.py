"""Qt imported without what PySide does at each import for programs of another kind.

Left alone, PySide reads the source of every module that is imported after it, to see whether it wants another spelling
of Qt's names (`__feature__`), and compiles expressions that only its stub generator needs: a sixth of the start.
"""

from __future__ import annotations

import builtins
import re
import sys
from collections.abc import Callable
from typing import Any

_LONG = 2_000  # the shortest expression, in characters, that takes long enough to be worth waiting for


class _Later:
    """An expression that is compiled when it is first used."""

    def __init__(self, compile_: Callable[..., re.Pattern[str]], pattern: str, flags: int) -> None:
        self._wanted = (compile_, pattern, flags)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        compile_, pattern, flags = self._wanted
        return lambda *values, **named: getattr(compile_(pattern, flags), name)(*values, **named)


def import_qt() -> None:
    """Import PySide6 once, quickly; what is imported later is imported as if PySide were not there."""
    if "PySide6.QtCore" in sys.modules:
        return
    compile_ = re.compile

    def compiled(pattern: Any, flags: int = 0) -> Any:
        long = isinstance(pattern, str) and len(pattern) > _LONG
        return _Later(compile_, pattern, flags) if long else compile_(pattern, flags)

    re.compile = compiled  # type: ignore[assignment]
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        re.compile = compile_
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
