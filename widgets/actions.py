"""Every command of the window as a row of one table; menus, shortcuts and tool buttons are made from it.

`keys` are Qt shortcuts and work anywhere in the window. `hand` are bare keys (see `widgets.keys`) that count only
while nothing is being typed. Both are what the program comes with; `widgets.keymap` knows what a person chose. A row
without a menu is reached by keys, buttons and the context menu of the text.
"""

from __future__ import annotations

from typing import NamedTuple

from app.wording import N_


class Action(NamedTuple):
    """One command: a stable id, its title (a msgid), its menu, how the keyboard reaches it, and how it looks."""

    id: str
    title: str
    menu: str = ""
    keys: tuple[str, ...] = ()
    hand: str = ""
    icon: str = ""
    toggles: bool = False
    section: int = 0


MENUS = (
    ("file", N_("&File")),
    ("edit", N_("&Edit")),
    ("label", N_("&Label")),
    ("article", N_("&Article")),
    ("view", N_("&View")),
    ("help", N_("&Help")),
)
SUBMENUS = {
    "edges": ("label", N_("Edges of the span")),
    "suggestions": ("label", N_("Suggestions")),
    "several": ("article", N_("Articles chosen in the list")),
}
"""Menus inside of others: the menu each stands in, and its title."""

ACTIONS = (
    Action("open", N_("Open…"), "file", ("Ctrl+O",), icon="folder-open"),
    Action("open-sample", N_("Open the sample articles"), "file"),
    Action("open-demonstration", N_("Open the annotated passages"), "file"),
    Action("import", N_("Import articles…"), "file", ("Ctrl+Shift+O",), section=1),
    Action("export", N_("Export…"), "file", ("Ctrl+Shift+E",), section=1),
    Action("publish", N_("Write the training file now"), "file", ("Ctrl+S",), section=1),
    Action("send", N_("Send my work…"), "file", section=1),
    Action("show-folder", N_("Show the training file in its folder"), "file", section=1),
    Action("print", N_("Print…"), "file", ("Ctrl+P",), section=2),
    Action("save-pdf", N_("Save as PDF…"), "file", section=2),
    Action("keep-backups", N_("Keep backups"), "file", toggles=True, section=3),
    Action("restore", N_("Restore a backup…"), "file", section=3),
    Action("delete-project", N_("Delete the project…"), "file", section=3),
    Action("quit", N_("Quit"), "file", ("Ctrl+Q",), section=4),
    Action("undo", N_("Undo"), "edit", ("Ctrl+Z",), icon="undo"),
    Action("redo", N_("Redo"), "edit", ("Ctrl+Shift+Z", "Ctrl+Y"), icon="redo"),
    Action("copy", N_("Copy the selected text"), "edit", ("Ctrl+C",), section=1),
    Action("copy-html", N_("Copy with the marks"), "edit", ("Ctrl+Shift+C",), section=1),
    Action("copy-picture", N_("Copy as a picture"), "edit", section=1),
    Action("paste", N_("Paste as a new article"), "edit", ("Ctrl+Shift+V",), section=1),
    Action("delete", N_("Delete the span"), "edit", hand="Delete", icon="trash", section=2),
    Action("find", N_("Find in the article"), "edit", ("Ctrl+F",), section=3),
    Action("find-project", N_("Find in the project"), "edit", ("Ctrl+Shift+F",), section=3),
    Action("find-next", N_("Next match"), "edit", ("F3",), section=3),
    Action("find-previous", N_("Previous match"), "edit", ("Shift+F3",), section=3),
    Action("settings", N_("Settings…"), "edit", ("Ctrl+,",), section=4),
    Action("inspect", N_("Look into the span"), "label", hand="Enter", section=1),
    Action("next-span", N_("Next span"), "label", section=1),
    Action("previous-span", N_("Previous span"), "label", section=1),
    Action("clitics", N_("Take the attached clitic off or on"), "label", hand="X", section=2),
    Action("clitics-back", N_("Take the attached clitic on or off"), "edges", hand="Shift+X", section=1),
    Action("grow-start", N_("Start a word earlier"), "edges", hand="[", section=2),
    Action("grow-end", N_("End a word later"), "edges", hand="]", section=2),
    Action("shrink-start", N_("Start a word later"), "edges", hand="Shift+[", section=2),
    Action("shrink-end", N_("End a word earlier"), "edges", hand="Shift+]", section=2),
    Action("grow-start-letter", N_("Start a letter earlier"), "edges", hand="Ctrl+[", section=3),
    Action("grow-end-letter", N_("End a letter later"), "edges", hand="Ctrl+]", section=3),
    Action("shrink-start-letter", N_("Start a letter later"), "edges", hand="Ctrl+Shift+[", section=3),
    Action("shrink-end-letter", N_("End a letter earlier"), "edges", hand="Ctrl+Shift+]", section=3),
    Action("accept", N_("Accept the suggestion"), "suggestions", hand="Enter"),
    Action("reject", N_("Reject the suggestion"), "suggestions", ("Delete",), hand="Backspace"),
    Action("accept-alike", N_("Accept all alike"), "suggestions", hand="Shift+Enter"),
    Action("accept-above", N_("Accept all that are shown"), "suggestions"),
    Action("next-suggestion", N_("Next suggestion"), "suggestions", section=1),
    Action("previous-suggestion", N_("Previous suggestion"), "suggestions", section=1),
    Action("suggest-here", N_("Suggest in this article"), "suggestions", toggles=True, section=2),
    Action("suggest", N_("Suggest in this project"), "suggestions", toggles=True, section=2),
    Action("rejected", N_("Rejected suggestions…"), "suggestions", section=3),
    Action("suggesting", N_("How this project suggests…"), "suggestions", section=3),
    Action("add-fragment", N_("Add the selection to the span"), "label", hand="J", section=2),
    Action("remove-fragment", N_("Take this piece out of the span"), "label", section=2),
    Action("link", N_("Link to another span"), "label", hand="R", section=2),
    Action("other-end", N_("Go to the other end"), "label", hand="O", section=2),
    Action("next-mention", N_("Next mention of the same"), "label", hand="M", section=2),
    Action("everywhere", N_("Mark every occurrence…"), "label", hand="A", section=2),
    Action("look-up", N_("Look up the place"), "label", ("Ctrl+G",), hand="P", section=2),
    Action("guideline", N_("Guideline of the label"), "label", ("F2",), section=3),
    Action("annotator", N_("Whose annotations these are…"), "label", section=3),
    Action("relabel-all", N_("Change a label everywhere…"), "label", section=4),
    Action("schema", N_("Labels and questions…"), "label", section=4),
    Action("done", N_("Done and next"), "article", ("Ctrl+Enter", "Ctrl+Return"), icon="check"),
    Action("flag", N_("Flag"), "article", hand="F", icon="flag", toggles=True),
    Action("skip", N_("Skip"), "article", hand="S", icon="skip", toggles=True),
    Action("reopen", N_("Not done after all"), "article"),
    Action("next-article", N_("Next article"), "article", ("Ctrl+PgDown",), icon="next", section=1),
    Action("previous-article", N_("Previous article"), "article", ("Ctrl+PgUp",), icon="previous", section=1),
    Action("fields", N_("About the article"), "article", ("F7",), section=1),
    Action("origin", N_("Source, date and address…"), "article", section=1),
    Action("find-article", N_("Find an article"), "article", section=1),
    Action("next-problem", N_("Next problem"), "article", ("F8",), section=2),
    Action("previous-problem", N_("Previous problem"), "article", ("Shift+F8",), section=2),
    Action("problems", N_("Problems of the article"), "article", ("Ctrl+F8",), section=2),
    Action("several-done", N_("Mark as done"), "several"),
    Action("several-open", N_("Mark as to do"), "several"),
    Action("several-skip", N_("Mark as skipped"), "several"),
    Action("several-flag", N_("Put a flag on"), "several", section=1),
    Action("several-unflag", N_("Take the flag off"), "several", section=1),
    Action("several-all", N_("Choose all that are listed"), "several", section=2),
    Action("delete-articles", N_("Delete the article…"), "article", section=3),
    Action("palette", N_("Every command by its name…"), "view", ("Ctrl+K",)),
    Action("zoom-in", N_("Larger text"), "view", ("Ctrl++", "Ctrl+="), icon="plus", section=1),
    Action("zoom-out", N_("Smaller text"), "view", ("Ctrl+-",), icon="minus", section=1),
    Action("zoom-reset", N_("Text as it was"), "view", ("Ctrl+0",), section=1),
    Action("cores", N_("Double click takes words without clitics"), "view", toggles=True, section=1),
    Action("tag-values", N_("Values on tags"), "view", toggles=True, section=1),
    Action("pane-articles", N_("List of articles"), "view", ("F9",), toggles=True, section=2),
    Action("pane-inspector", N_("Inspector"), "view", ("Shift+F9",), toggles=True, section=2),
    Action("alone", N_("The article alone"), "view", ("F11",), toggles=True, section=2),
    Action("next-pane", N_("Next pane"), "view", ("F6",), section=3),
    Action("previous-pane", N_("Previous pane"), "view", ("Shift+F6",), section=3),
    Action("menus", N_("Go to the menus"), "view", ("F10",), section=3),
    Action("menu-in-hand", N_("Menu of what is in hand"), "view", ("Shift+F10",), section=3),
    Action("to-text", N_("Back to the text"), "view", hand="Esc", section=3),
    Action("key-sheet", N_("Keys on one sheet"), "help", ("F1",)),
    Action("user-guide", N_("User guide"), "help"),
    Action("first-steps", N_("Show the first steps"), "help"),
    Action("copy-details", N_("Copy details for a report"), "help", section=1),
    Action("show-log", N_("Show the log folder"), "help", section=1),
    Action("about", N_("About Hashiya"), "help", section=2),
)

BY_ID = {action.id: action for action in ACTIONS}
ON_A_SPAN = (
    "delete",
    "inspect",
    "look-up",
    "clitics",
    "link",
    "other-end",
    "next-mention",
    "everywhere",
    *(a.id for a in ACTIONS if a.menu == "edges"),
)
"""Commands that need a span in focus."""

ON_A_SUGGESTION = ("accept", "reject", "accept-alike")
"""Commands that need a suggestion in focus."""

SHAPING = ("clitics", *(a.id for a in ACTIONS if a.menu == "edges"))
"""Commands that move the edges of what is in focus, a span or a suggestion."""

ON_SPANS_ALONE = tuple(id for id in ON_A_SPAN if id not in SHAPING)
"""Commands on a span in focus that mean nothing to a suggestion: their keys are free for what is done to those."""

ON_THE_ARTICLE = (
    *("paste", "send", "print", "save-pdf", "copy-picture", "copy-html", "origin", "relabel-all", "first-steps"),
    *(a.id for a in ACTIONS if a.menu == "several"),
)
"""Commands beside those of the text that want the article, and no page, on the screen."""

PAGES = ("import", "export", "schema", "suggesting", "rejected")
"""Commands that open a page of work: one at a time."""
