"""A button that follows its action."""

from __future__ import annotations

from PySide6.QtCore import SIGNAL
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from widgets.panels.action_button import ActionButton
from widgets.workbench import Workbench


def _listeners(action: QAction) -> int:
    return action.receivers(SIGNAL("changed()"))


def test_nothing_is_connected_anew_when_an_action_changes(bench: Workbench) -> None:
    actions = bench.window.actions_.all()
    before = [_listeners(action) for action in actions]
    for _ in range(20):
        for action in actions:
            action.setEnabled(not action.isEnabled())
    assert [_listeners(action) for action in actions] == before


def test_a_button_is_what_its_action_is(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    action = QAction("Cut && &paste", window)
    button = ActionButton(action, window)
    done: list[bool] = []
    action.triggered.connect(lambda: done.append(action.isChecked()))
    assert button.text() == "Cut && paste"
    action.setText("Other")
    action.setToolTip("why")
    action.setCheckable(True)
    assert (button.text(), button.toolTip(), button.isCheckable()) == ("Other", "why", True)
    button.click()
    assert (done, action.isChecked(), button.isChecked()) == ([True], True, True)
    action.setEnabled(False)
    assert not button.isEnabled()


def test_a_title_and_a_tip_of_its_own_stay(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    action = QAction("One", window)
    button = ActionButton(action, window)
    button.set_title("Two")
    button.set_tip("because")
    action.setText("Three")
    action.setToolTip("why")
    assert (button.text(), button.toolTip()) == ("Two", "because")
