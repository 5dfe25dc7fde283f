#!/usr/bin/env python3
"""Set Hashiya up and work on it. Needs Python 3.11 or later and nothing else.

    python3 dev.py run [FILE…]      set up, then open the window (on Windows: py dev.py run)
    python3 dev.py test [ARG…]      set up, then run the tests; arguments go to pytest
    python3 dev.py setup            only set up: .venv, from requirements.lock
    python3 dev.py lint             style, types and the rules of who imports whom
    python3 dev.py interop [ARG…]   install the programs that read what is exported, and test against them
    python3 dev.py bench [ARG…]     measure speed and memory
    python3 dev.py torture [ARG…]   kill it, fill its disk, feed it rubbish, and count what was lost
    python3 dev.py shot [ARG…]      take the screenshots of docs/images
    python3 dev.py translations     collect new messages, compile the catalogues
    python3 dev.py package [STEP…]  make what is installed on this system, in dist, and try it
    python3 dev.py lock [ARG…]      renew both locks; arguments go to uv (--upgrade)

Exit status: 0 done, 1 what was asked for failed, 2 something is missing on this computer (and is named).
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "hashiya-setup"
LOCK = ROOT / "requirements.lock"
OLDEST, NEWEST = (3, 11), (3, 14)
CATALOGUES = Path("resources", "translations")
KEYWORDS = ("N_", "plural:1,2", "Counted:1,2")  # beside _, what marks a message for the catalogue
SAMPLE = ROOT / "resources" / "samples" / "annotated.jsonl"
ON_LINUX = sys.platform.startswith("linux")

# What Qt loads on Linux, and the Debian package that carries it.
DRAWING = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
X11 = {"libxkbcommon-x11.so.0": "libxkbcommon-x11-0"} | {
    f"libxcb-{x}.so.{n}": f"libxcb-{x}{n}" for x, n in (("cursor", 0), ("icccm", 4), ("keysyms", 1), ("shape", 0))
}
WAYLAND = {f"libwayland-{x}.so.{n}": f"libwayland-{x}{n}" for x, n in (("client", 0), ("cursor", 0), ("egl", 1))}
UNICODE_TABLES = Path("/usr/share/unicode/auxiliary/GraphemeBreakTest.txt")


class Stop(Exception):
    """Nothing more can be done; the message says what to do, `status` is the exit status."""

    def __init__(self, message: str, status: int = 2) -> None:
        super().__init__(message)
        self.status = status


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def has_apt() -> bool:
    return shutil.which("apt-get") is not None and Path("/etc/debian_version").exists()


def has_display() -> bool:
    """Whether a window can be asked for: always, except on Linux without X11 and Wayland."""
    return not ON_LINUX or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def missing_libraries() -> dict[str, str]:
    """The libraries that Qt needs here and cannot load, each with its Debian package."""
    if not ON_LINUX:
        return {}
    needed = dict(DRAWING)
    if os.environ.get("WAYLAND_DISPLAY"):
        needed.update(WAYLAND)
    elif os.environ.get("DISPLAY"):
        needed.update(X11)
    return {library: package for library, package in needed.items() if not loads(library)}


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def need_libraries() -> None:
    """Make Qt's system libraries available, or stop and say how."""
    missing = missing_libraries()
    if not missing:
        return
    if not has_apt():
        raise Stop("These libraries are missing; install the packages that carry them: " + " ".join(missing))
    need_packages(list(missing.values()))
    if missing_libraries():
        raise Stop("Still missing after the installation: " + " ".join(missing_libraries()))


def need_packages(packages: list[str]) -> None:
    """Install Debian `packages` when root; otherwise stop with the line that does it."""
    if not is_root():
        raise Stop(
            "Some packages of the system are missing. Install them, then start again:\n"
            "    sudo apt-get install " + " ".join(map(name_here, packages))
        )
    say("Installing packages of the system: " + " ".join(packages))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, stdin=subprocess.DEVNULL, check=False)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *map(name_here, packages)]
    if subprocess.run(install, env=environment, stdin=subprocess.DEVNULL, check=False).returncode:
        raise Stop("apt-get could not install them; what it said stands above.")


def name_here(package: str) -> str:
    """The package's name in this release: some were renamed when 64-bit time came (libglib2.0-0t64)."""
    renamed = f"{package}t64"
    found = subprocess.run(["apt-cache", "show", renamed], capture_output=True, check=False)
    return renamed if found.returncode == 0 and found.stdout.strip() else package


def version_of(command: list[str]) -> tuple[int, ...]:
    """The version that `command` starts, or () where it starts none."""
    asked = [*command, "-c", "import sys; print(*sys.version_info[:2])"]
    try:
        said = subprocess.run(asked, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    except OSError:
        return ()
    return tuple(map(int, said.stdout.split())) if said.returncode == 0 else ()


def start_again_with_newer_python() -> int:
    """Started by a Python that is too old: hand everything over to one that is not."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        command = ["py", f"-3.{minor}"] if os.name == "nt" else [f"python3.{minor}"]
        if shutil.which(command[0]) and version_of(command) == (3, minor):
            return subprocess.call([*command, str(Path(__file__).resolve()), *sys.argv[1:]])
    here = ".".join(map(str, sys.version_info[:3]))
    raise Stop(
        f"Hashiya needs Python 3.11 or later; this is Python {here}, and no newer one was found.\n"
        "Install one (Debian and Ubuntu: sudo apt-get install python3.11 python3.11-venv; "
        "Windows and macOS: from python.org), then start again."
    )


def mark_of_this_setup() -> str:
    """What the environment was made from; where it differs, the environment is made anew."""
    content = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    return f"{content} Python {'.'.join(map(str, sys.version_info[:3]))} {ROOT}"


def ready() -> bool:
    try:
        return STAMP.read_text(encoding="utf-8") == mark_of_this_setup() and PYTHON.exists()
    except OSError:
        return False


def need_environment() -> None:
    """Make `.venv` from requirements.lock, unless it stands as it should. One process at a time."""
    if ready():
        return
    with Path(__file__).open("rb") as guard:
        wait_for_others(guard.fileno())
        if not ready():
            say("Setting up .venv from requirements.lock; this is needed again only when that file changes.")
            make_environment()
            install_locked()
            install_project()
            # Written last: an environment without it is never trusted.
            fresh = STAMP.with_suffix(".new")
            fresh.write_text(mark_of_this_setup(), encoding="utf-8")
            fresh.replace(STAMP)


def wait_for_others(descriptor: int) -> None:
    try:
        import fcntl
    except ImportError:
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX)


def make_environment() -> None:
    import importlib.util

    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        version = "{}.{}".format(*sys.version_info)
        if not has_apt():
            raise Stop("This Python has no venv module; install the package of your system that carries it.")
        need_packages([f"python{version}-venv"])
    if VENV.is_symlink():
        VENV.unlink()
    if VENV.exists():
        shutil.rmtree(VENV)
    # The Python below, where the one that runs this belongs to the environment that was just taken away.
    run([getattr(sys, "_base_executable", sys.executable), "-m", "venv", str(VENV)])


def install_locked() -> None:
    """Everything in requirements.lock, by uv; by pip where uv cannot be had or does not reach a registry."""
    checked = ["--require-hashes", "--only-binary", ":all:", "--no-deps"]
    if install_uv(checked):
        uv = [str(BIN / "uv"), "pip", "install", "--python", str(PYTHON), "--no-python-downloads"]
        uv.append("--compile-bytecode")  # else every start compiles what this user may not, or was told not to, write
        if run([*uv, *checked, "-r", str(LOCK)], check=False) == 0:
            return
        say("uv could not install everything; trying again with pip.")
    run([str(PYTHON), "-m", "pip", "install", "--quiet", *checked, "-r", str(LOCK)])


def install_uv(checked: list[str]) -> bool:
    """Put the locked uv into the environment; False where that cannot be done."""
    lines = LOCK.read_text(encoding="utf-8").splitlines(keepends=True)
    first = next((k for k, line in enumerate(lines) if line.startswith("uv==")), None)
    if first is None:
        return False
    last = next((k for k in range(first + 1, len(lines)) if not lines[k].startswith(" ")), len(lines))
    only_uv = VENV / "only-uv.txt"
    only_uv.write_text("".join(lines[first:last]), encoding="utf-8")
    return run([str(PYTHON), "-m", "pip", "install", "--quiet", *checked, "-r", str(only_uv)], check=False) == 0


def install_project() -> None:
    """The project itself, editable; it builds with the locked setuptools, so that nothing else is fetched."""
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"]
    run([*pip, "--editable", str(ROOT)])


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


# PYTHONDONTWRITEBYTECODE would have the whole program compiled anew at each start, which takes longer than the start.
_NOT_FOR_US = ("PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")


def environment() -> dict[str, str]:
    ours = {
        "VIRTUAL_ENV": str(VENV),
        "UV_SYSTEM_CERTS": "1",
        "UV_PYTHON_DOWNLOADS": "never",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_USER": "0",
        "PIP_NO_INPUT": "1",
    }
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_FOR_US}
    return {**kept, **ours}


def run(command: list[str], check: bool = True, quiet: bool = False) -> int:
    """Run `command` in the clone. Raises Stop with status 1 if it fails and `check` is set."""
    status = subprocess.call(command, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL if quiet else None)
    if check and status:
        raise Stop(f"This failed (exit status {status}): {' '.join(command)}", 1)
    return status


def module(*arguments: str) -> list[str]:
    return [str(PYTHON), "-m", *arguments]


def need_everything() -> None:
    need_libraries()
    need_environment()


def setup(arguments: list[str]) -> int:
    need_everything()
    say(f"Ready: {PYTHON.relative_to(ROOT)}")
    return 0


def open_window(arguments: list[str]) -> int:
    need_everything()
    files = [argument if argument.startswith("-") else str(Path(argument).absolute()) for argument in arguments]
    if not has_display():
        return open_without_screen(files)
    return become(module("app", *(files or ["--sample"])))


def become(command: list[str]) -> int:
    """Let `command` take the place of this process: whoever ends this one ends it. Windows can only wait for it."""
    if os.name == "nt":
        return run(command, check=False)
    os.chdir(ROOT)
    os.execve(command[0], command, environment())


def open_without_screen(files: list[str]) -> int:
    """Show what the window would: a picture of the article and its training file, in build/without-a-screen."""
    say("There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open.")
    place = ROOT / "build" / "without-a-screen"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    project, picture, training = place / "article.hashiya", place / "article.png", place / "article.annotations.jsonl"
    run(module("app", "import", "--json", str(project), *(files or [str(SAMPLE)])), quiet=True)
    run(module("app", "render", "--json", str(project), "--out", str(picture)), quiet=True)
    run(module("app", "export", "--json", str(project), str(training)), check=False, quiet=True)
    say("Opened without a screen instead; look at:")
    for made in filter(Path.exists, (picture, training)):
        print(made)
    return 0


def test(arguments: list[str]) -> int:
    need_libraries()
    if ON_LINUX and has_apt() and not UNICODE_TABLES.exists():
        if is_root():
            need_packages(["unicode-data"])
        else:
            say("Unicode's own tests are left out; to have them: sudo apt-get install unicode-data")
    need_environment()
    return run(module("pytest", *arguments), check=False)


def lint(arguments: list[str]) -> int:
    need_environment()
    style = [module("ruff", "check"), module("ruff", "format", "--check")]
    checks = [*style, module("mypy"), [str(BIN / "lint-imports"), "--no-cache"]]
    return min(1, sum(run(check, check=False) != 0 for check in checks))


def start(name: str, arguments: list[str]) -> int:
    need_everything()
    return run(module(name, *arguments), check=False)


def translations(arguments: list[str]) -> int:
    need_environment()
    babel = module("babel.messages.frontend", "--quiet")
    keywords = [f"--keywords={keyword}" for keyword in KEYWORDS]
    with tempfile.TemporaryDirectory() as folder:
        template = str(Path(folder, "hashiya.pot"))
        shape = ["--no-location", "--sort-output", "--omit-header", "--no-wrap"]
        helps = Path(folder, "helps.py")
        run(module("app.cli.spoken", str(helps)))
        run([*babel, "extract", *keywords, *shape, "--output", template, "app", "widgets", str(helps)])
        for catalogue in sorted(ROOT.glob(str(CATALOGUES / "*" / "LC_MESSAGES" / "hashiya.po"))):
            kept = ["--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date", "--no-wrap"]
            place = [f"--locale={catalogue.parts[-3]}", f"--output-file={catalogue}"]
            run([*babel, "update", *kept, *place, f"--input-file={template}"])
            run([*babel, "compile", f"--input-file={catalogue}", f"--output-file={catalogue.with_suffix('.mo')}"])
    return 0


def script(name: str, arguments: list[str]) -> int:
    need_everything()
    return run([str(PYTHON), str(Path("packaging", name)), *arguments], check=False)


COMMANDS = {
    "run": open_window,
    "test": test,
    "setup": setup,
    "lint": lint,
    "interop": lambda arguments: start("tests.interop", arguments),
    "bench": lambda arguments: start("benchmarks", arguments),
    "torture": lambda arguments: start("tests.torture", arguments),
    "shot": lambda arguments: start("benchmarks.screenshots", arguments),
    "translations": translations,
    "package": lambda arguments: script("package.py", arguments),
    "lock": lambda arguments: script("lock.py", arguments),
}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in COMMANDS:
        asked = bool(arguments) and arguments[0] in ("-h", "--help", "help")
        print(__doc__, file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    try:
        if sys.version_info < OLDEST:
            return start_again_with_newer_python()
        return COMMANDS[arguments[0]](arguments[1:])
    except Stop as stop:
        say(str(stop))
        return stop.status
    except OSError as error:
        say(f"{error}. Nothing else was changed; start again when that is mended.")
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
