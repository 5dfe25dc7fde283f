"""How dmgbuild lays the disk image out: the application on the left, the folder to drop it on at its right."""

from pathlib import Path

application = defines["app"]  # noqa: F821 - dmgbuild's own name for what -D gives

format = "UDZO"
files = [application]
symlinks = {"Applications": "/Applications"}
icon_locations = {Path(application).name: (150, 180), "Applications": (450, 180)}
icon = str(Path(application, "Contents", "Resources", "hashiya.icns"))
window_rect = ((200, 200), (600, 400))
icon_size = 112
text_size = 13
default_view = "icon-view"
