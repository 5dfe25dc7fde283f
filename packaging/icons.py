"""The icons in every form that a system asks for, drawn from their SVG by Qt: PNG, .ico of Windows, .icns of macOS."""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
DRAWINGS: Final = {
    "hashiya": ROOT / "resources" / "icons" / "hashiya.svg",
    "hashiya-document": ROOT / "packaging" / "hashiya-document.svg",
}
SIZES: Final = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Of the PNG files, in pixels."""
_IN_ICO: Final = (16, 24, 32, 48, 64, 128, 256)
_IN_ICNS: Final = (
    *((b"icp4", 16), (b"icp5", 32), (b"ic07", 128), (b"ic08", 256), (b"ic09", 512), (b"ic10", 1024)),
    *((b"ic11", 32), (b"ic12", 64), (b"ic13", 256), (b"ic14", 512)),
)


def make_icons(folder: Path) -> Path:
    """Write all forms of both drawings into `folder`; PNG as NAME-SIZE.png."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, drawing in DRAWINGS.items():
        drawn = {size: png(drawing, size) for size in sorted({*SIZES, *_IN_ICO, *(size for _, size in _IN_ICNS)})}
        for size in SIZES:
            (folder / f"{name}-{size}.png").write_bytes(drawn[size])
        (folder / f"{name}.ico").write_bytes(ico({size: drawn[size] for size in _IN_ICO}))
        (folder / f"{name}.icns").write_bytes(icns(drawn))
    return folder


def png(drawing: Path, size: int) -> bytes:
    """`drawing`, an SVG, as a square PNG."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QIODevice, QRectF
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(drawing)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.convertToFormat(QImage.Format.Format_ARGB32).save(buffer, "PNG")
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """An icon file of Windows: small pictures as bitmaps, which everything there reads, large ones as PNG."""
    bodies = {size: picture if size >= 256 else _bitmap(size, picture) for size, picture in pictures.items()}
    head, rows = struct.pack("<HHH", 0, 1, len(bodies)), []
    offset = len(head) + 16 * len(bodies)
    for size, body in bodies.items():
        side = size % 256  # 0 says 256
        rows.append(struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(body), offset))
        offset += len(body)
    return b"".join([head, *rows, *bodies.values()])


def icns(pictures: dict[int, bytes]) -> bytes:
    """An icon file of macOS, of PNG pictures by their sizes."""
    parts = [struct.pack(">4sI", kind, len(pictures[size]) + 8) + pictures[size] for kind, size in _IN_ICNS]
    return struct.pack(">4sI", b"icns", 8 + sum(map(len, parts))) + b"".join(parts)


def _bitmap(size: int, picture: bytes) -> bytes:
    """A device-independent bitmap, bottom line first, with the empty mask that 32 bits leave without use."""
    from PySide6.QtGui import QImage

    image = QImage.fromData(picture, "PNG").convertToFormat(QImage.Format.Format_ARGB32)
    lines = bytes(image.constBits())
    width = image.bytesPerLine()
    upwards = b"".join(lines[k : k + width] for k in range(width * (size - 1), -1, -width))
    mask = bytes((size + 31) // 32 * 4 * size)
    return (
        struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, len(upwards) + len(mask), 0, 0, 0, 0) + upwards + mask
    )
