"""What each error and each fault says, by its code.

The English sentence is also the key of the catalogue. `{name}` stands for a value of the error; a value called
`file`, `line` or `field` of a fault is already said before its sentence. Every code that is raised has its sentence
here, and no sentence is without a code: tests/test_wording.py holds both.
"""

from __future__ import annotations

from typing import NamedTuple


class Counted(NamedTuple):
    """A sentence that follows a number: the value called `by` chooses between the forms. Needs no N_ inside."""

    one: str
    many: str
    by: str = "count"


def N_(msgid: str) -> str:
    """Mark `msgid` for the catalogue where it is too early to translate it."""
    return msgid


ERRORS: dict[str, str | Counted] = {
    "annotator-unknown": N_("Say first whose annotations these are: a name or a code of your choosing."),
    "no-span-focused": N_("No span is in focus. Click one in the text, or walk through them with Tab."),
    "nothing-selected": N_("Nothing is selected. Select some text first."),
    "already-there": N_("This stretch already carries that label."),
    "overlaps-own-label": N_("Spans labelled {label} may not overlap, and there is one here already."),
    "may-not-be-discontinuous": N_("A span labelled {label} may have one piece only."),
    "too-many-words": Counted(
        "A span labelled {label} may have one word at most.",
        "A span labelled {label} may have {limit} words at most.",
        "limit",
    ),
    "work-under-way": N_("Many articles are being changed just now. Wait until that is done, or stop it."),
    "problems-block-done": Counted(
        "One problem must be solved before the article is done. F8 leads to it.",
        "{count} problems must be solved before the article is done. F8 leads from one to the next.",
    ),
    "no-such-command": N_("There is no command and no file called {value}. The commands are: {commands}."),
    "command-misspelled": N_(
        "There is no command and no file called {value}. Is {command} meant? The commands are: {commands}."
    ),
    "no-display": N_(
        "There is no display to open a window on. Commands that need none: hashiya render, show, import, export, check."
    ),
    "display-silent": N_("The display {display} does not answer, so no window can be opened."),
    "library-missing": N_(
        "A window cannot be opened: {libraries} missing. On Debian or Ubuntu: sudo apt-get install {packages}"
    ),
    "schema-faulty": N_("{file} is no label schema that can be used."),
    "source-missing": N_("There is no file {file}."),
    "source-is-directory": N_("{file} is a folder. Name the files in it."),
    "source-is-no-file": N_("{file} is not a file that can be read from start to end."),
    "unpacks-too-large": N_("{file} unpacks to far more than a text of its size would. It was not read on."),
    "unpacks-damaged": N_("{file} is damaged or cut off: it cannot be unpacked to its end."),
    "source-forbidden": N_(
        "{file} cannot be read: you have no permission to. Change its permissions, or ask its owner."
    ),
    "source-unreadable": N_("{file} cannot be read: {reason}."),
    "drawing-library-missing": N_(
        "No picture can be drawn: {libraries} missing. On Debian or Ubuntu: sudo apt-get install {packages}"
    ),
    "no-such-article": N_("{file} holds no article with the id {id}. Without --id, hashiya show lists them."),
    "no-such-label": N_("The schema has no label {label}. Its labels: {labels}"),
    "no-such-source": N_("There is no source of suggestions called {value}. There are: {sources}"),
    "texts-differ": N_("The text of {id} is another in {file} than in {other}, so it is not compared."),
    "nothing-in-common": N_("No article of {file} is in {other}: articles are matched by their id."),
    "relabel-into-what": N_("Say the label that the spans get, another than they have; or --delete, and no label."),
    "model-unsound": N_("What was learned from the labels is damaged, so it is not used. It is learned anew."),
    "model-other-version": N_("What was learned from the labels is of another version of Hashiya. It is learned anew."),
    "model-other-schema": N_("What was learned belongs to another label schema, {schema}, so it is not used."),
    "model-left-out": N_(
        "What the project has learned from its labels cannot be used, so nothing is suggested by it. "
        "It can be learned anew: hashiya train"
    ),
    "model-too-few": N_("There are too few labels to learn from yet. Finish some articles first."),
    "model-library-missing": N_("Nothing can be learned here: the Python package python-crfsuite is not installed."),
    "model-failed": N_("Nothing could be learned from the labels ({reason}). What was learned before stays in use."),
    "model-crashed": N_("What was learned from the labels failed and is no longer used. Labelling goes on."),
    "model-slow": N_("What was learned from the labels did not answer and is no longer used. Labelling goes on."),
    "learning-crashed": N_("Learning from the labels ended by itself. What was learned before stays in use."),
    "learning-slow": N_("Learning from the labels took too long. What was learned before stays in use."),
    "model-cancelled": N_("Learning was stopped. What was learned before stays in use."),
    "project-empty": N_("There is no article in {file} yet. Import one first."),
    "project-name-wrong": N_("{file} is no name for a project: it must end with {suffix}."),
    "picture-too-large": N_("This is more than one picture can hold. Select less of the article, or save it as PDF."),
    "picture-form-unknown": N_("{file} is no name for a picture: it must end with one of {forms}."),
    "output-foreign": N_(
        "There is a file {file} already, and it is not one that was made here before. It was not touched; "
        "choose another name, or overwrite it with --force."
    ),
    "output-is-directory": N_("{file} is a folder. Name a file in it."),
    "output-is-project": N_("{file} is the project itself. It was not touched; choose another name."),
    "output-is-no-file": N_("{file} is no ordinary file, so nothing was written to it. Choose another name."),
    "output-unwritable": N_("{file} could not be written: {reason}. Nothing was changed."),
    "format-unknown": N_("There is no format {value}. The formats are: {formats}."),
    "report-exists": N_("There is a file {file} already. It was not touched, and nothing was taken."),
    "column-wish-malformed": N_("{value} does not say what a column is. Write one of {roles}, =, and its name."),
    "encoding-unknown": N_("There is no encoding {value} that can be read. The encodings are: {encodings}."),
    "source-changed-while-read": N_("{file} changed while it was read, so nothing of it was taken. Try again."),
    "format-not-read": N_("The format {value} can be written, but not read."),
    "format-not-written": N_("The format {value} can be read, but not written."),
    "package-missing": N_("For {value} the Python package {package} is needed, which is not installed here."),
    "folder-not-compressed": N_("The format {value} is a folder of files, which is not compressed."),
    "alignment-unknown": N_("There is no alignment {value}. Choose one of {policies}."),
    "split-malformed": N_(
        "{value} cannot be meant: two or three whole numbers are needed that make 100, like 80/10/10 or 90/10."
    ),
    "shards-malformed": N_("There can be from 1 to {limit} shards, not {value}."),
    "output-is-file": N_("{file} is a file, and the format {format} needs a folder. Choose another name."),
    "output-is-training-file": N_(
        "{file} is the training file of the project, which holds everything in Hashiya's own format. "
        "Choose another name for an export of another kind."
    ),
    "format-not-said": N_("The name {file} does not say in which format to write. Name it with --to."),
    "output-is-source": N_("{file} is what is read, or a folder of it. Choose another name."),
    "nothing-to-convert": N_("Nothing in {file} could be read as an article. Nothing was written."),
    "nothing-to-compare": N_("Nothing in {file} could be read as an article, so there is nothing to compare."),
    "nothing-to-export": N_("No article of {file} has been annotated yet, so there is nothing to write."),
    "no-article": N_("There is no article here yet. Open or import one first."),
    "span-gone": N_("This span is no longer there."),
    "no-clitic": N_("No clitic is attached to this word, as far as is known. [ and ] move its edges by hand."),
    "nothing-left": N_("Nothing would be left of the span. Delete takes it away."),
    "only-fragment": N_("The span has this one piece only. Delete takes the whole span away."),
    "no-fragment-here": N_("The span has no piece here."),
    "link-to-itself": N_("A span cannot be linked to itself. Choose another one for the other end."),
    "no-relation-of-label": N_("The schema has no relation that begins at a span called {label}."),
    "no-relation-between": N_("The schema has no relation between {head} and {child}."),
    "not-linked": N_("This span is linked to no other."),
    "not-in-a-chain": N_("No other mention of the same is linked to this span."),
    "linked-already": N_("These two spans are linked already."),
    "relation-gone": N_("This link is no longer there."),
    "relation-forbidden": N_("The schema knows no relation {relation} from {head} to {child}."),
    "relation-too-many": N_("The span has as many relations {relation} as it may have: {count}."),
    "attribute-unknown": N_("The schema does not ask for {name} here. What is there can be taken away, nothing added."),
    "attribute-wrong": N_("{value} is no answer to {name} that the schema allows."),
    "search-faulty": N_("{pattern} is no regular expression that can be used: {reason}."),
    "search-stopped": N_(
        "The search for {pattern} was stopped because it took longer than a second. Make the expression simpler."
    ),
    "span-outside-text": N_("The span from {start} to {end} does not lie within the article {document}."),
    "changed-elsewhere": N_(
        "The article {document} was changed in another window meanwhile. It is shown as it is now; nothing was lost. "
        "Try again."
    ),
    "turned-in-part": Counted(
        "One article was left as it is, because it was changed since: {documents}",
        "{count} articles were left as they are, because they were changed since: {documents}",
    ),
    "bad-annotator-name": N_("A name or code is needed, of {limit} characters at most."),
    "nothing-read": N_("Nothing in {file} could be read as an article. No project was made or changed."),
    "folder-not-writable": N_(
        "The project {file} cannot be made in the folder {folder}: {reason}. Copy the article to a folder of your own."
    ),
    "source-changed": N_(
        "{file} is no longer the text that was imported. The project {project} keeps the old text and its annotations; "
        "the new text can be added as another article."
    ),
    "project-without-source": N_("{file} was not made of one file, so there is no changed text to add."),
    "nothing-to-send": N_("{annotator} has begun no article of {file} yet, so there is nothing to send."),
    "folder-synced": N_(
        "{file} lies in a folder that {service} synchronises. Work on it on one computer at a time, and close it and "
        "wait until {service} has finished before you open it on another; two people must never work in it together. "
        "It is safer in a folder of your own, with only what «Send my work» writes in {service}."
    ),
    "folder-far": N_(
        "{file} lies in a folder of another computer ({service}), where a connection that breaks can harm it. Each "
        "step is saved more carefully there, and more slowly. It is safer in a folder of this computer."
    ),
    "text-empty": N_("There is no text on the clipboard to make an article of."),
    "text-too-long": N_("The text has {count} characters; an article pasted may have {limit}. Import it as a file."),
    "text-broken": N_("The text holds half of a character (a lone surrogate). Copy it anew, or import it as a file."),
    "backup-failed": N_("No backup could be kept in {file}: {reason}. The project itself is as it was."),
    "restore-failed": N_("{file} could not be exchanged or removed: {reason}."),
    "no-such-backup": Counted(
        "{file} has one backup, and none with the number {number}.",
        "{file} has {count} backups, and none with the number {number}.",
    ),
    "project-exists": N_("There is a file {file} already. It was not touched; choose another name."),
    "not-a-project": N_("{file} is no project of Hashiya. It was not changed."),
    "project-newer": N_(
        "{file} was made by a newer Hashiya (version {version} of the project, this one knows {known}). "
        "It was not changed; open it with the newer program."
    ),
    "project-disk-full": N_(
        "The disk is full: {file} could not be written. What was saved before is safe. Free some space and try again."
    ),
    "project-read-only": N_(
        "{file} or its folder cannot be written. Change the permissions, or copy it to a folder of your own."
    ),
    "project-input-output": N_("The disk failed while {file} was in use ({reason}). What was saved before is safe."),
    "project-moved": N_("{file} was moved, deleted or replaced by another program while it was open."),
    "kept-disk-full": N_(
        "The disk is full. Go on: your work is kept in memory, and saved to {file} as soon as there is room."
    ),
    "kept-read-only": N_(
        "{file} or its folder can no longer be written. Go on: your work is kept in memory, and saved as soon as it "
        "can be."
    ),
    "kept-disk-failed": N_(
        "The disk of {file} does not answer as it should. Go on: your work is kept in memory, and saved as soon as the "
        "disk is back."
    ),
    "kept-moved": N_(
        "{file} was moved, deleted or replaced by another program. Your work is kept in memory: bring the file back, "
        "or save a copy. Nothing is written to what lies there now."
    ),
    "kept-in-memory": N_("Steps of yours are in memory only. This waits until they can be saved."),
    "kept-left": Counted(
        "{count} step that was kept in memory no longer fits its article, which was changed elsewhere, and was left "
        "out.",
        "{count} steps that were kept in memory no longer fit their articles, which were changed elsewhere, and were "
        "left out.",
    ),
    "copy-exists": N_("There is a file called {file} already. Save the copy under another name."),
    "project-busy": N_("Another program is using {file} just now. The last step was not saved; try again."),
    "project-damaged": N_(
        "{file} is damaged ({reason}). It was not changed; keep it, and open a backup, or bring back what can be read: "
        "hashiya recover"
    ),
    "nothing-to-recover": N_("Nothing could be brought back: {file} holds no article that can be read."),
    "project-unreachable": N_("{file} cannot be opened: it, or its folder, is gone or closed to you."),
    "project-error": N_("{file} could not be used: {reason}. The last step was not saved."),
    "document-missing": N_("The project has no article with the number {document}."),
    "document-damaged": N_("The article {document} is damaged in the project. The other articles can be used."),
    "text-damaged": N_(
        "The text of the article {document} is not the one that was imported, so it is not shown. "
        "The other articles can be used."
    ),
    "layer-damaged": N_(
        "The labels, answers or notes of the article {document} are not as they were written. "
        "Look through the article, or go back to a backup."
    ),
    "span-damaged": N_(
        "The span {span} of the article {document} does not fit its text, so the article is not shown. "
        "The other articles can be used."
    ),
    "training-file-taken": N_(
        "{file} was not written by this project and was left alone. The annotations are in {written}."
    ),
    "training-file-unwritable": N_(
        "{file} could not be written: {reason}. The annotations are safe in the project, and the file is as it was."
    ),
    "settings-damaged": N_(
        "The settings in {file} cannot be read, so everything is as it came. The file is kept as {kept}."
    ),
    "settings-unread": N_("The settings in {file} cannot be read: {reason}. Everything is as it came."),
    "settings-unsaved": N_("The settings in {file} cannot be written: {reason}. They hold until the window is closed."),
    "settings-foreign": N_("{file} is no file of settings of Hashiya. Nothing was changed."),
    "suggestion-gone": N_("This is no longer suggested."),
    "suggest-settings-wrong": N_("A threshold lies between 0 and 1, and a share between 0 and 100."),
    "source-raised": N_(
        "The source of suggestions «{name}» failed ({reason}) and is switched off until the project is opened anew."
    ),
    "source-slow": N_(
        "The source of suggestions «{name}» did not answer within {seconds} seconds and is switched off until the "
        "project is opened anew."
    ),
    "source-ended": N_(
        "The source of suggestions «{name}» crashed and is switched off until the project is opened anew."
    ),
    "source-nonsense": N_(
        "The source of suggestions «{name}» answered with what the article or the schema does not have ({reason}). "
        "Nothing of that is shown, and it is switched off until the project is opened anew."
    ),
    "model-damaged": N_("What the source «{name}» had learned is damaged in the project. It has to learn anew."),
    "program-fault": N_(
        "Something went wrong in the program ({reason}). What was saved before is safe; the log says more."
    ),
}

ANSWER_SOURCES: dict[str, str] = {
    "rule": N_("read from the text"),
    "gazetteer": N_("from the list of places"),
    "model": N_("proposed by a model"),
    "import": N_("came with an imported file"),
}
"""What is said of an answer that no person has given yet."""
