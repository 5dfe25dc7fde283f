"""The worker's process as the program sees it: started when first asked, ended when it keeps one waiting."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Final

from app.errors import HashiyaError
from app.suggest.model_file import ModelRefused
from app.suggest.worker import ARGUMENT, Message, receive, send

_HIDDEN: Final = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_ASIDE: Final = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)


class WorkerLost(HashiyaError):
    """The process has ended, or was ended, before it answered: "model-crashed", "model-slow" or "model-cancelled"."""


class Process:
    """One worker's process. Each call may come from any thread; answers come one after another.

    With `aside` it gives way to everything else that the computer does.
    """

    def __init__(self, aside: bool = False) -> None:
        self._aside = aside
        self._running: subprocess.Popen[bytes] | None = None
        self._answers: SimpleQueue[tuple[Message, bytes] | None] = SimpleQueue()
        self._asked = 0
        self._turn = threading.Lock()
        self._cancelled = False

    @property
    def is_running(self) -> bool:
        """Whether there is a process now; what it had loaded is gone when there is none."""
        return self._running is not None and self._running.poll() is None

    @property
    def id(self) -> int:
        """The id of the process, 0 where there is none."""
        return self._running.pid if self._running else 0

    def ask(self, told: Message, content: bytes = b"", seconds: float = 60.0) -> tuple[Message, bytes]:
        """The answer to `told`, from a process that is started for it if there is none.

        Raises ModelRefused where the worker refuses, WorkerLost where no answer comes; the process has ended then.
        """
        with self._turn:
            self._cancelled = False
            process = self._started()
            self._asked += 1
            try:
                send(process.stdin, {**told, "id": self._asked}, content)  # type: ignore[arg-type]
                got = self._answers.get(timeout=seconds)
            except Empty:
                self._end()
                raise WorkerLost("model-slow") from None
            except OSError:
                got = None
            if got is None or got[0].get("id") != self._asked:
                self._end()
                raise WorkerLost("model-cancelled" if self._cancelled else "model-crashed")
        said, rest = got
        if code := said.get("code"):
            raise ModelRefused(str(code), **_values(said))
        return said, rest

    def cancel(self) -> None:
        """End the process, from another thread than the one that waits; that gets WorkerLost("model-cancelled")."""
        self._cancelled = True
        if (process := self._running) is not None:
            process.kill()

    def close(self) -> None:
        """End the process, when nobody waits for it."""
        self.cancel()
        with self._turn:
            self._end()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._running is not None and self._running.poll() is None:
            return self._running
        self._end()
        process = subprocess.Popen(
            [*_command(), *(["--aside"] if self._aside else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=_HIDDEN | (_ASIDE if self._aside else 0),
        )
        self._running, self._answers = process, SimpleQueue()
        threading.Thread(target=_listen, args=(process, self._answers), name="suggesting", daemon=True).start()
        return process

    def _end(self) -> None:
        process, self._running = self._running, None
        if process is None:
            return
        with suppress(OSError):
            process.kill()
        process.wait()
        with suppress(OSError):
            process.stdin.close()  # type: ignore[union-attr]


def _listen(process: subprocess.Popen[bytes], answers: SimpleQueue[tuple[Message, bytes] | None]) -> None:
    with process.stdout as pipe:  # type: ignore[union-attr]
        while (got := receive(pipe)) is not None:  # type: ignore[arg-type]
            answers.put(got)
    answers.put(None)


def _values(said: Message) -> dict[str, Any]:
    values = said.get("values")
    return values if isinstance(values, dict) else {}


def _command() -> list[str]:
    """What starts the worker. Packed for Windows it is the program that has a console, which has pipes for certain."""
    if not getattr(sys, "frozen", False):
        return [sys.executable, "-m", "app", ARGUMENT]
    program = Path(sys.executable)
    if program.stem.endswith("w") and (console := program.with_name("hashiya.exe")).is_file():
        program = console
    return [str(program), ARGUMENT]


def _environment() -> dict[str, str]:
    """This one's, in which Python finds the program wherever it was started."""
    if getattr(sys, "frozen", False):
        return {**os.environ}
    places = [str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, places))}
