"""One target that is given inputs and watched: what it answers, how long it takes, what it opens, starts and asks."""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import signal
import struct
import sys
import time
import traceback
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import Any, Final

from tests.torture.hostile_seeds import KEPT
from tests.torture.outcome import ROOT

KINDS: Final = ("crashes", "hangs", "memory", "outside", "ran")
SECONDS: Final = 2
"""How much time of the processor an input may take."""
LARGEST: Final = 20_000

_HEAD: Final = struct.Struct("=QQI")
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_RUNNING: Final = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "pickle.find_class", "socket.connect")
_CHANGING: Final = (
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
)


class Slate:
    """What another process can read of a trial at any moment: how many inputs were begun and ended, and the last one.

    It is memory of a file: what stands there stays when the process is killed.
    """

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(bytes(_HEAD.size + LARGEST))
        with ExitStack() as opened:
            self._memory = mmap.mmap(opened.enter_context(file.open("r+b")).fileno(), 0)

    @property
    def begun(self) -> int:
        """How many inputs were begun."""
        return int(_HEAD.unpack_from(self._memory)[0])

    @property
    def ended(self) -> int:
        """How many of them came to an end."""
        return int(_HEAD.unpack_from(self._memory)[1])

    @property
    def last(self) -> bytes:
        """The last input that was begun."""
        return self._memory[_HEAD.size : _HEAD.size + _HEAD.unpack_from(self._memory)[2]]

    def begin(self, said: bytes) -> None:
        """An input is about to be given."""
        self._memory[_HEAD.size : _HEAD.size + len(said)] = said
        _HEAD.pack_into(self._memory, 0, self.begun + 1, self.ended, len(said))

    def end(self) -> None:
        """No input is with the target now."""
        _HEAD.pack_into(self._memory, 0, self.begun, self.begun, len(self.last))


class Findings:
    """What was found of a target, in a file; each input that did harm is kept among the seeds besides."""

    def __init__(self, name: str, file: Path) -> None:
        self._name, self._file = name, file
        self.told: dict[str, Any] = dict.fromkeys(KINDS, 0) | {"places": {}}
        if file.is_file():
            self.told = json.loads(file.read_text(encoding="utf-8"))

    def add(self, kind: str, said: bytes, where: str) -> None:
        """One more, and the input that did it where no other did the same at the same place."""
        self.told[kind] += 1
        place = f"{kind}: {where[-600:]}"
        if place not in self.told["places"] and len(self.told["places"]) < 20:
            self.told["places"][place] = self._keep(said)
        made = self._file.with_suffix(".new")
        made.write_text(json.dumps(self.told), encoding="utf-8")
        made.replace(self._file)

    def _keep(self, said: bytes) -> str:
        kept = KEPT / self._name / hashlib.sha256(said).hexdigest()[:12]
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(said)
        return kept.relative_to(ROOT).as_posix()


class TooLong(BaseException):
    """An input took more than its time."""


class Trial:
    """Gives inputs to the target called `name`; files are written in `folder` and nowhere else."""

    def __init__(self, name: str, folder: Path, slate: Slate, findings: Findings) -> None:
        from tests.torture.hostile_targets import targets

        self._target, self._work, self._slate, self._findings = targets()[name], folder / "work", slate, findings
        self._work.mkdir(exist_ok=True)
        self._inside = (f"{folder}/", "/dev/null")
        self._here = False
        self._heard: list[tuple[str, str]] = []
        sys.addaudithook(self._hear)
        signal.signal(signal.SIGPROF, self._late)

    def give(self, said: bytes) -> None:
        """One input."""
        said = bytes(said[:LARGEST])
        self._slate.begin(said)
        began = time.process_time()
        kind, where = self._given(said)
        if not kind and time.process_time() - began > SECONDS + 0.5:
            kind, where = "hangs", "in C"
        if kind:
            self._findings.add(kind, said, where)
        for kind, where in self._heard:
            self._findings.add(kind, said, where)
        self._heard.clear()
        self._sweep()
        self._slate.end()

    def _given(self, said: bytes) -> tuple[str, str]:
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        self._here = True
        try:
            self._target(said, self._work)
        except TooLong as late:
            return "hangs", "".join(traceback.format_tb(late.__traceback__)[-3:])
        except MemoryError as error:
            return "memory", "".join(traceback.format_tb(error.__traceback__)[-2:])
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            return "crashes", "".join(traceback.format_exception(error)[-4:])
        finally:
            self._here = False
            signal.setitimer(signal.ITIMER_PROF, 0)
        return "", ""

    def _sweep(self) -> None:
        """No file of one input stays for the next; a file of a name that comes each time is written over."""
        with os.scandir(self._work) as found:
            for one in found:
                if one.is_dir(follow_symlinks=False):
                    for file in os.scandir(one.path):
                        os.unlink(file.path)  # noqa: PTH108 - thousands of times a second
                elif not one.name.startswith("input."):
                    os.unlink(one.path)  # noqa: PTH108

    def _late(self, _signal: int, _frame: FrameType | None) -> None:
        if self._here:
            raise TooLong

    def _hear(self, event: str, values: tuple[Any, ...]) -> None:
        if not self._here:
            return
        if event.startswith(_RUNNING):
            self._heard.append(("ran", f"{event} {values!r}"[:200]))
        writes = event == "open" and isinstance(values[2], int) and values[2] & _WRITING
        if (writes or event in _CHANGING) and isinstance(values[0], str | bytes):
            path = os.path.abspath(os.fsdecode(values[0]))  # noqa: PTH100 - cheap, for every call
            if not path.startswith(self._inside) and "__pycache__" not in path:
                self._heard.append(("outside", f"{event} {path}"))
