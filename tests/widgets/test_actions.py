"""The table of actions, and what is made from it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence

from app.model.schema import Ink, Label, Schema
from app.model.schema_parts import RESERVED_KEYS
from widgets.action_set import Actions
from widgets.actions import ACTIONS, MENUS, SUBMENUS
from widgets.workbench import Workbench, keys_of

INK = Ink("#000000", "#FFFFFF", "#FFFFFF", "#000000")
FORBIDDEN = ("Alt+Shift", "Ctrl+Alt+Left", "Ctrl+Alt+Right", "Ctrl+Alt+Up", "Ctrl+Alt+Down")


def labels(*keys: str) -> Schema:
    """A schema with a label for each key."""
    return Schema("s", "1", {}, tuple(Label(f"L{n}", {}, INK, key) for n, key in enumerate(keys)))


def test_keys_that_switch_layouts_or_workspaces_are_left_alone() -> None:
    used = [QKeySequence(keys).toString() for action in ACTIONS for keys in action.keys]
    assert [keys for keys in used if keys in FORBIDDEN or keys.startswith("Alt+Shift")] == []


def test_every_action_stands_in_a_menu_and_does_something(bench: Workbench) -> None:
    own = {"open", "open-sample", "open-demonstration", "quit", "schema", "import", "export"}
    assert {action.menu for action in ACTIONS} == {id for id, _title in MENUS} | set(SUBMENUS)
    own |= set(
        bench.keeping.does | bench.pasting.does | bench.sending.does | bench.copies.does | bench.telling_origin.does
    )
    own |= set(bench.comforts.does | bench.undertakings.suggestion_choices.does)
    helpless = {
        action.id for action in ACTIONS if not (bench.commands.knows(action.id) or bench.house.knows(action.id))
    }
    own |= set(bench.several.does | bench.relabelling.does) - {"undo", "redo"}
    assert helpless == own


def test_a_menu_writes_its_keys_from_left_to_right(bench: Workbench) -> None:
    texts = [action.text() for action in bench.window.actions_.all() if "\t" in action.text()]
    assert len(texts) > 15
    assert all(text.split("\t")[1][0] == "\u2066" and text[-1] == "\u2069" for text in texts)


@pytest.mark.parametrize(
    ("own", "given"),
    [(("1", "2"), ["1", "2"]), (("", ""), ["1", "2"]), (("2", ""), ["2", "1"]), (("f", ""), ["F", "1"])],
)
def test_a_label_has_its_own_key_or_the_next_free_digit(own: tuple[str, ...], given: list[str]) -> None:
    assert list(keys_of(labels(*own)).values()) == given


def test_the_tenth_label_without_a_key_has_none() -> None:
    assert list(keys_of(labels(*[""] * 10)).values())[-1] == ""


def test_shortcuts_are_found_by_their_keys(bench: Workbench) -> None:
    actions: Actions = bench.window.actions_
    assert actions.with_keys("Ctrl+Shift+Z") is actions["redo"]
    assert actions.with_keys("Ctrl+J") is None


def test_no_label_can_take_the_letter_of_a_command() -> None:
    letters = {action.hand.lower() for action in ACTIONS if len(action.hand) == 1 and action.hand.isalpha()}
    assert letters <= RESERVED_KEYS
