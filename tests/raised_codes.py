"""Reads from the source which codes of errors and faults the program can give, without running it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
CODE_AT = {"Fault": 3, "Finding": 1}  # elsewhere the code is the first argument


class Raised(NamedTuple):
    """A code where it is given; `values` are the names of its values, None where the source does not show them."""

    code: str
    values: frozenset[str] | None
    place: str


@cache
def trees() -> list[tuple[Path, ast.Module]]:
    """The program's source files, without those that hold the sentences."""
    sources = [source for room in ("app", "widgets") for source in sorted((ROOT / room).rglob("*.py"))]
    read = [source for source in sources if source.name not in ("sentences.py", "fault_sentences.py")]
    return [(source, ast.parse(source.read_text(encoding="utf-8"))) for source in read]


def error_names() -> set[str]:
    """The names of the error classes, of whatever derives from them, and of the values that carry a code."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for _source, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    names = {"HashiyaError"}
    while grown := {name for name, above in bases.items() if above & names} - names:
        names |= grown
    return names | set(CODE_AT) | {name for name in bases if name.endswith("Fault")}


def raised() -> Iterator[Raised]:
    """Every code that is written where an error or a fault is made."""
    names = error_names()
    for source, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (name := _called(node)) in names | {"__init__"}:
                at = CODE_AT.get(name, 0)
                for code in _codes(node.args[at : at + 1]):
                    yield Raised(code, _values(node, at), f"{source.relative_to(ROOT)}:{node.lineno}")


def code_like_words(room: str) -> dict[str, str]:
    """Every string of `room` with the look of a code, wherever it stands, with one place of it."""
    return {
        node.value: f"{source.relative_to(ROOT)}:{node.lineno}"
        for source, tree in trees()
        if source.is_relative_to(ROOT / room)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    }


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _codes(arguments: list[ast.expr]) -> Iterator[str]:
    for argument in arguments:
        if isinstance(argument, ast.IfExp):
            yield from _codes([argument.body, argument.orelse])
        elif isinstance(argument, ast.Constant) and isinstance(argument.value, str) and CODE.fullmatch(argument.value):
            yield argument.value


def _values(node: ast.Call, at: int) -> frozenset[str] | None:
    names = {keyword.arg for keyword in node.keywords if keyword.arg}
    hidden = any(keyword.arg is None for keyword in node.keywords)
    for argument in node.args[at + 1 :]:
        if isinstance(argument, ast.Dict) and all(isinstance(key, ast.Constant) for key in argument.keys):
            names |= {str(key.value) for key in argument.keys if isinstance(key, ast.Constant)}
        else:
            hidden = True
    return None if hidden else frozenset(names)
