"""The plan of the house, as far as a test can hold it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
AT_THE_TOP = {
    *("pyproject.toml", "README.md", "app", "widgets", "resources", "tests", "build.spec"),
    *("dev.py", "requirements.lock", "LICENSE", "CHANGELOG.md", ".ci", ".github", ".gitignore"),
    *("benchmarks", "docs", "packaging"),
}
LONGEST_FILE = 400
A_REGISTRY = re.compile(r"(pypi|pythonhosted|npmjs|crates|conda|anaconda)\.(org|com|io)|(index-url|find-links)\s*[=:]")


def files_of_the_project() -> Iterator[Path]:
    """Every file that is not left out by .gitignore."""
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split() if line]
    waiting = [ROOT]
    while waiting:
        for found in waiting.pop().iterdir():
            if found.name == ".git" or any(fnmatch(found.name, pattern) for pattern in ignored):
                continue
            if found.is_dir():
                waiting.append(found)
            else:
                yield found


def imports(source: Path) -> Iterator[tuple[str, bool]]:
    """The modules that a file imports, and whether it does so while it is itself being imported."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    inside = {
        child
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for child in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((name.name, node not in inside) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", node not in inside


def test_nobody_imports_what_the_contracts_forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    # It would set up logging anew, and with that silence the loggers whose warnings other tests wait for.
    monkeypatch.setattr("logging.config.dictConfig", lambda config: None)
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_the_application_reaches_for_the_screen_through_one_door_only_and_only_when_it_opens() -> None:
    reaching = {
        (source.relative_to(ROOT).as_posix(), module, at_once)
        for source in (ROOT / "app").rglob("*.py")
        for module, at_once in imports(source)
        if module.split(".")[0] in {"PySide6", "shiboken6", "widgets"}
    }
    strays = {
        found for found in reaching if found[0] != "app/__main__.py" or found[2] or found[1].startswith("PySide6")
    }
    assert not strays


def test_the_top_level_holds_what_the_plan_names_and_nothing_else() -> None:
    assert {file.relative_to(ROOT).parts[0] for file in files_of_the_project()} <= AT_THE_TOP


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {
        file: len(file.read_text(encoding="utf-8").splitlines())
        for file in files_of_the_project()
        if file.suffix == ".py"
    }
    assert {file.name: lines for file, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_nothing_says_from_which_registry_packages_come() -> None:
    assert not list(ROOT.rglob("[u]v.lock"))
    told = []
    for file in files_of_the_project():
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        told += [f"{file.relative_to(ROOT)}: {found.group()}" for found in A_REGISTRY.finditer(text)]
    assert not told


def test_every_locked_package_is_pinned_to_one_version_and_its_hashes() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    packages = re.compile(r"[a-z0-9-]+==[^\s;]+( ; .+)? \\")
    hashes = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert all(packages.fullmatch(line) or hashes.fullmatch(line) for line in lines)
