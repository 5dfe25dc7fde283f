"""One target given many inputs, in a process of its own: `python -m tests.torture.hostile_worker TARGET RUNS REPORT`.

Guided by coverage where atheris is installed, else by chance alone. The report is a JSON file, renewed as it goes.
"""

from __future__ import annotations

import json
import os
import random
import resource as limits
import shutil
import signal
import sys
import time
import traceback
from pathlib import Path
from types import FrameType
from typing import Any

COUNTED = ("inputs", "crashes", "hangs", "memory", "outside", "ran")
SECONDS, GROWTH, LARGEST = 2, 1 << 30, 20_000
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_RUNNING = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "pickle.find_class", "socket.connect")
_CHANGING = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod")


class TooLong(BaseException):
    """An input took more than its time."""


class Trial:
    """Gives inputs to a target and keeps what is found."""

    def __init__(self, name: str, report: Path, folder: Path, guided: bool) -> None:
        from tests.torture.hostile_targets import targets

        self.target, self.name, self.file, self.folder = targets()[name], name, report, folder
        self.told: dict[str, Any] = dict.fromkeys(COUNTED, 0)
        self.told |= {"guided": guided, "places": {}}
        self._here = False
        sys.addaudithook(self._heard)
        signal.signal(signal.SIGPROF, self._late)
        self.tell()

    def give(self, said: bytes) -> None:
        """One input."""
        work = self.folder / "work"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        self.told["inputs"] += 1
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        self._here = True
        began = time.process_time()
        try:
            self.target(said, work)
        except TooLong:
            self._found("hangs", said, "")
        except MemoryError:
            self._found("memory", said, "")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            self._found("crashes", said, "".join(traceback.format_exception(error)[-4:]))
        finally:
            self._here = False
            signal.setitimer(signal.ITIMER_PROF, 0)
        if time.process_time() - began > SECONDS + 0.5:
            self._found("hangs", said, "in C")
        if self.told["inputs"] % 20 == 0:
            self.tell()

    def tell(self) -> None:
        """Renew the report."""
        made = self.file.with_suffix(".new")
        made.write_text(json.dumps(self.told), encoding="utf-8")
        made.replace(self.file)

    def _found(self, kind: str, said: bytes, where: str) -> None:
        self.told[kind] += 1
        place = f"{kind}: {where[-600:]}"
        if place not in self.told["places"] and len(self.told["places"]) < 20:
            self.told["places"][place] = said.hex()
        self.tell()

    def _late(self, _signal: int, _frame: FrameType | None) -> None:
        if self._here:
            raise TooLong

    def _heard(self, event: str, values: tuple[Any, ...]) -> None:
        if not self._here:
            return
        if event.startswith(_RUNNING):
            self.told["ran"] += 1
        writes = event == "open" and isinstance(values[2], int) and values[2] & _WRITING
        if (writes or event in _CHANGING) and isinstance(values[0], str | bytes):
            path = os.path.abspath(os.fsdecode(values[0]))  # noqa: PTH100 - cheap, for every call
            self.told["outside"] += not path.startswith((str(self.folder), "/dev/null")) and "__pycache__" not in path


def _bounded() -> None:
    size = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    limits.setrlimit(limits.RLIMIT_AS, (size + GROWTH, limits.RLIM_INFINITY))


def _mutated(known: list[bytes], chance: random.Random) -> bytes:
    said = bytearray(chance.choice(known))
    for _ in range(chance.randint(0, 6)):
        at = chance.randint(0, len(said))
        kind = chance.randrange(5)
        if kind == 0:
            said[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del said[at : at + chance.randint(1, 30)]
        elif kind == 2:
            said[at:at] = said[at : at + chance.randint(1, 60)] * chance.randint(1, 20)
        elif kind == 3:
            other = chance.choice(known)
            said[at : at + 40] = other[at : at + chance.randint(1, 200)]
        else:
            said[at:at] = chance.choice(_WORDS)
    return bytes(said[:LARGEST])


_WORDS = [b"-1", b"99999999999999999999", b"1e999", b"null", b"[]", b"{}", b"\x00", b"\xff\xfe", b"../", b"\n", b"\t"]
_WORDS += [b'<!ENTITY a SYSTEM "file:///etc/passwd">', b"&a;", b"[" * 3000, b"\xed\xa0\x80", b"\\ud800", b"(a+)+$"]


def main(name: str, runs: int, report: Path) -> None:
    """Give `name` so many inputs."""
    from tests.torture.hostile_targets import seeds

    try:
        import atheris
    except ImportError:
        atheris = None  # type: ignore[assignment]
    known = seeds(name)
    folder = report.with_suffix(".work")
    folder.mkdir()
    trial = Trial(name, report, folder, atheris is not None)
    for said in known:
        trial.give(said)
    trial.tell()
    _bounded()
    if atheris is None:
        chance = random.Random(name)
        while trial.told["inputs"] < runs:
            trial.give(_mutated(known, chance))
        trial.tell()
        return
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, said in enumerate(known):
        (corpus / str(number)).write_bytes(said)
    words = folder / "words"
    words.write_text("".join('"' + "".join(f"\\x{b:02x}" for b in w[:60]) + '"\n' for w in _WORDS))
    wanted = [f"-runs={runs}", f"-max_len={LARGEST}", f"-dict={words}", "-seed=7", "-timeout=60", "-rss_limit_mb=0"]
    atheris.Setup([sys.argv[0], *wanted, str(corpus)], trial.give)
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.modules.get("app") is None:
        try:
            import atheris

            with atheris.instrument_imports(include=["app", "widgets.settings"]):
                import tests.torture.hostile_targets  # noqa: F401 - so that it is followed
        except ImportError:
            pass
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
