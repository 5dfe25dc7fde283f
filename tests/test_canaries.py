"""Faults of the libraries that were met once and would hurt again: a newer version that brings one back fails here."""

from __future__ import annotations

import sys

import pytest


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on: nothing to lose")
def test_calls_into_qt_that_return_nothing_leave_the_reference_count_of_none_alone(qapp: object) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QTextLayout, QTextOption

    option, layout = QTextOption(), QTextLayout("سلام")
    before = sys.getrefcount(None)
    for _ in range(2_000):
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
    assert abs(sys.getrefcount(None) - before) < 200
