from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dev


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what a setup is made from, with nothing set up yet."""
    for name in ("pyproject.toml", "requirements.lock"):
        shutil.copy(dev.ROOT / name, tmp_path)
    venv = tmp_path / ".venv"
    places = {"ROOT": tmp_path, "LOCK": tmp_path / "requirements.lock", "VENV": venv, "BIN": venv / "bin"}
    for name, place in {**places, "PYTHON": venv / "bin" / "python", "STAMP": venv / "hashiya-setup"}.items():
        monkeypatch.setattr(dev, name, place)
    return tmp_path


@pytest.fixture
def installs(clone: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stands in for the network: notes what would be installed, and makes the environment's Python."""
    done: list[str] = []

    def make_environment() -> None:
        dev.BIN.mkdir(parents=True, exist_ok=True)
        dev.PYTHON.touch()
        done.append("environment")

    monkeypatch.setattr(dev, "make_environment", make_environment)
    monkeypatch.setattr(dev, "install_locked", lambda: done.append("locked"))
    monkeypatch.setattr(dev, "install_project", lambda: done.append("project"))
    return done


def test_what_is_set_up_already_is_not_set_up_again(installs: list[str]) -> None:
    dev.need_environment()
    dev.need_environment()
    assert installs == ["environment", "locked", "project"]


def test_a_setup_that_was_interrupted_is_made_anew(installs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(dev, "install_project", interrupted)
        assert dev.main(["setup"]) == 130
    assert not dev.ready()
    dev.need_environment()
    assert installs == ["environment", "locked", "environment", "locked", "project"]


def test_another_lock_asks_for_another_environment(installs: list[str]) -> None:
    dev.need_environment()
    dev.LOCK.write_text("", encoding="utf-8")
    assert not dev.ready()


def test_uv_is_installed_by_the_hashes_of_the_lock(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dev.VENV.mkdir()
    monkeypatch.setattr(dev, "run", lambda command, check=True: 0)
    assert dev.install_uv([])
    lines = (dev.VENV / "only-uv.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("uv==")
    assert len(lines) > 1
    assert all(line.startswith("    --hash=sha256:") for line in lines[1:])


def test_who_may_not_install_packages_is_told_the_line_that_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "is_root", lambda: False)
    monkeypatch.setattr(dev, "name_here", lambda package: {"libglib2.0-0": "libglib2.0-0t64"}.get(package, package))
    with pytest.raises(dev.Stop) as stopped:
        dev.need_packages(["libglib2.0-0", "libgl1"])
    assert "sudo apt-get install libglib2.0-0t64 libgl1" in str(stopped.value)
    assert stopped.value.status == 2


def test_a_window_on_x11_needs_more_libraries_than_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "ON_LINUX", True)
    monkeypatch.setattr(dev, "loads", lambda library: False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    assert set(dev.missing_libraries()) == set(dev.DRAWING)
    monkeypatch.setenv("DISPLAY", ":0")
    assert set(dev.missing_libraries()) == set(dev.DRAWING) | set(dev.X11)


def test_a_python_that_is_too_old_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.sys, "version_info", (3, 10, 13))
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    assert dev.main(["setup"]) == 2
    assert "needs Python 3.11 or later; this is Python 3.10.13" in capsys.readouterr().err


def test_a_call_that_makes_no_sense_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["rnu"]) == 2
    assert "python3 dev.py run" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="a process of Windows cannot become another one")
def test_who_ends_dev_ends_the_window() -> None:
    said = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    command = f"import sys, dev; dev.become([sys.executable, '-c', {said!r}])"
    with subprocess.Popen([sys.executable, "-c", command], cwd=dev.ROOT, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        assert int(started.stdout.readline()) == started.pid
        started.terminate()
        assert started.wait(10) != 0
