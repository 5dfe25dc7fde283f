"""Whether a window can be opened here at all. Qt itself would abort, so this looks before Qt is asked; no Qt in it."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from app.errors import CallError

# What Qt's X11 and Wayland plugins load, with the package of Debian and Ubuntu that carries it.
_NEEDED = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
}
_NEEDED_ON_X11 = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
_NEEDED_ON_WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


def require_display() -> None:
    """Return when a window can be opened; else raise CallError that says what is missing."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM", "") not in ("", "xcb", "wayland"):
        return
    problems = [_wayland_problem(), _x11_problem()]
    if None in problems:
        return
    raise next((problem for problem in problems if problem and problem.code != "no-display"), CallError("no-display"))


def require_libraries() -> None:
    """Return when pictures can be drawn, which needs no display; else raise CallError that says what is missing."""
    if sys.platform in ("win32", "darwin"):
        return
    if lack := _lack_of(_NEEDED):
        raise CallError("drawing-library-missing", **lack.values)


def _wayland_problem() -> CallError | None:
    if _wayland_socket() is None:
        return CallError("no-display")
    return _lack_of(_NEEDED | _NEEDED_ON_WAYLAND)


def _x11_problem() -> CallError | None:
    display = os.environ.get("DISPLAY", "")
    if not display:
        return CallError("no-display")
    if lack := _lack_of(_NEEDED | _NEEDED_ON_X11):
        return lack
    return None if _x_server_answers() else CallError("display-silent", display=display)


def _wayland_socket() -> Path | None:
    name = os.environ.get("WAYLAND_DISPLAY", "")
    if not name:
        return None
    socket = Path(os.environ.get("XDG_RUNTIME_DIR", "/run")) / name
    return socket if socket.is_socket() else None


def _lack_of(libraries: dict[str, str]) -> CallError | None:
    missing = [name for name in libraries if not _loads(name)]
    if not missing:
        return None
    packages = " ".join(libraries[name] for name in missing)
    return CallError("library-missing", libraries=", ".join(missing), packages=packages)


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _x_server_answers() -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # Qt brings its own way then; nothing is known
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    silent = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not silent
