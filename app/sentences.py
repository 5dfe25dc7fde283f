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
    "relabel-into-what": N_("Say the label that the spans get, another than they have; or --delete, and no label."),
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
    "project-damaged": N_("{file} is damaged ({reason}). It was not changed; keep it, and open a copy from a backup."),
    "project-unreachable": N_("{file} cannot be opened: it, or its folder, is gone or closed to you."),
    "project-error": N_("{file} could not be used: {reason}. The last step was not saved."),
    "document-missing": N_("The project has no article with the number {document}."),
    "document-damaged": N_("The article {document} is damaged in the project. The other articles can be used."),
    "text-damaged": N_(
        "The text of the article {document} is not the one that was imported, so it is not shown. "
        "The other articles can be used."
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
    "program-fault": N_(
        "Something went wrong in the program ({reason}). What was saved before is safe; the log says more."
    ),
}

FAULTS: dict[str, str | Counted] = {
    "schema-unknown": N_("This is no label schema of Hashiya: its format is not hashiya-schema."),
    "schema-newer": N_("This label schema is of version {value}, which this version of Hashiya cannot read."),
    "labels-missing": N_("A label schema needs a list of labels, with one label at least."),
    "label-twice": N_("Two labels are called {value}."),
    "label-key-taken": N_("The key {value} belongs to the label {other} already."),
    "label-key-wrong": N_("A label's key is one digit from 1 to 9 or one letter from a to z, not {value}."),
    "setting-unknown": N_("There is no such setting here; it was left out."),
    "setting-wrong": N_("This setting cannot be {value}; it stays as it came."),
    "schema-too-large": N_("The file is larger than {limit} MiB. No label schema is."),
    "label-key-reserved": N_("The key {value} is a command already wherever a label could be marked. Choose another."),
    "name-twice": N_("The name {value} stands twice here."),
    "key-taken": N_("The key {value} belongs to {other} already."),
    "key-wrong": N_("A key is one digit or one letter from a to z here, not {value}."),
    "key-of-another-kind": N_("This means nothing for an attribute of the kind {kind}."),
    "choices-missing": N_("There is nothing to choose from: one choice at least is needed."),
    "too-many": N_("There are {value} here, and {limit} at most can be used."),
    "below-one": N_("Counting starts at one here, and this is {value}."),
    "not-decimal": N_('A bound is written as text, in digits, like "12" or "-3.5", not {value}.'),
    "bounds-crossed": N_("The minimum {value} is greater than the maximum {limit}."),
    "counts-crossed": N_("At least {value} are wanted, and at most {limit}."),
    "default-wrong": N_("The default {value} could not be answered here."),
    "default-several": N_("One default at most can stand here."),
    "pattern-faulty": N_("{value} is no regular expression that can be used: {reason}."),
    "pattern-runs-away": N_("The regular expression {value} needs too long for a short text. Make it simpler."),
    "pattern-too-long": N_("The regular expression is longer than {limit} characters: {value}"),
    "condition-unknown": N_("The condition asks for {value}, and there is no attribute of that name here."),
    "condition-impossible": N_("The condition waits for the value {value}, which {other} cannot have."),
    "condition-circle": N_("These conditions go round in a circle: {value}"),
    "relation-label-unknown": N_("There is no label {value} that a relation could lead from or to."),
    "colour-malformed": N_("A colour is written like #B93815, not {value}."),
    "name-malformed": N_("A name holds no spaces and is not empty, unlike this one: {value}"),
    "texts-missing": N_("One text at least is needed, by its language: ar or en."),
    "text-missing": N_("There is no text here."),
    "language-unknown": N_("A language is written with two or three small letters, like ar or en."),
    "key-unknown": N_("This key means nothing here."),
    "file-empty": N_("The file is empty: there is no article in it."),
    "no-lines": N_("The file is empty: no article has been annotated yet."),
    "not-utf8": N_("Byte {byte} of this line ({value}) is not UTF-8. Save the file as UTF-8 and try again."),
    "not-utf8-but-utf16": N_(
        "This is not UTF-8 text; it looks like UTF-16, or is no text at all. Save it as UTF-8 and try again."
    ),
    "byte-order-mark": N_("The file begins with a byte order mark. Save it as UTF-8 without one."),
    "carriage-return": N_("The line ends with CR LF. Save the file with LF alone at the ends of lines."),
    "no-last-newline": N_("The last line has no newline at its end. The file may have been cut off."),
    "line-blank": N_("The line is blank."),
    "line-too-long": N_("The line is longer than {limit} MiB."),
    "line-twice": N_("An article with the id {value} and the same annotator stands in this file already."),
    "json-over-lines": N_("This is one JSON document written over several lines. Write JSON Lines: one object a line."),
    "not-json": N_("This is not JSON from character {column} of the line on."),
    "not-an-object": N_("A JSON object is needed here: {{…}}."),
    "answer-rejected": N_("The answer to this article was to reject it, so its marks were not taken."),
    "region-unknown": N_("A region of the type {value} is none that can be read here."),
    "key-twice": N_("The key {key} stands twice in one object."),
    "integer-too-wide": N_("This whole number does not fit into 64 bits. Write it as a string."),
    "number-too-large": N_("This number is too large to be kept. Write it as a string."),
    "not-a-json-number": N_("NaN and Infinity are no JSON. Write null, or a string."),
    "lone-surrogate": N_(
        "Half of a surrogate pair stands here alone, which UTF-8 cannot hold. The text was cut or damaged before."
    ),
    "too-deep": N_("The values are nested deeper than {limit} levels."),
    "key-missing": N_("This key is missing."),
    "key-required": N_("This key is missing, and nothing can stand in for it."),
    "key-order": N_("This key is out of place: {expected} comes here."),
    "not-a-string": N_("A string is needed here, not {value}."),
    "not-a-whole-number": N_("A whole number is needed here, not {value}."),
    "not-a-number": N_("A number or null is needed here, not {value}."),
    "not-true-or-false": N_("true or false is needed here, not {value}."),
    "not-a-list": N_("A list is needed here, not {value}."),
    "unknown-word": N_("{value} is none of the words that can stand here: {expected}."),
    "empty-name": N_("This is empty, and must not be."),
    "below-zero": N_("Counting starts at zero, and this is {value}."),
    "bad-id": N_("An id is a string or a whole number, not {value}."),
    "bad-time": N_("A time is written like 2026-01-31T10:00:00.000Z, not {value}."),
    "bad-hash": N_("A SHA-256 is written as 64 digits of 0–9 and a–f, not {value}."),
    "bad-version": N_("{value} is no version of this format. Versions are written like 1.0."),
    "version-too-new": N_(
        "This line is in version {value} of the format. This Hashiya reads versions 1.x; a newer Hashiya is needed."
    ),
    "not-our-format": N_("This is no line of a training file: its format is not hashiya-jsonl."),
    "text-empty": N_("The text is empty."),
    "text-too-large": N_("The text is larger than {limit} MiB. Divide it into several articles."),
    "hash-mismatch": N_("The text is not the one that was annotated: its SHA-256 is {expected}."),
    "wrong-length": N_("The text is {expected} code points long, not {value}."),
    "span-empty": N_("This ends at {value}, not after its start at {start}."),
    "span-outside": N_("The span ends at {value}, but the text is {length} code points long."),
    "surface-mismatch": N_("The span says that it covers «{value}», but the text there is «{expected}»."),
    "grapheme-cut": N_(
        "The span cuts a character in two at {value}, a letter from its mark or an emoji. It is kept as it is."
    ),
    "span-suggested": N_("This span is a suggestion, and a training file holds accepted spans only."),
    "spans-order": N_(
        "This span is out of place. Spans are sorted by start, then the longer first, then by label and id."
    ),
    "fragments-none": N_("A span needs one fragment at least."),
    "fragments-order": N_("This fragment begins before the one in front of it has ended."),
    "fragments-apart": N_("The fragments give {value} here, and the span {expected}."),
    "attributes-order": N_("The attributes are not sorted by name and value."),
    "id-twice": N_("The id {value} stands twice in this line."),
    "relation-dangling": N_("The relation leads to the span {value}, which is not in this line."),
    "relation-lost-its-span": N_("The relation {value} was left out, because a span that it links was."),
    "relations-order": N_("This relation is out of place. Relations are sorted by label and id."),
    "encoding-unknown": N_("There is no encoding called {value}."),
    "not-in-encoding": N_("Byte {byte} ({value}) means nothing in the encoding {encoding}. Choose another one."),
    "folder-empty": N_("There is nothing in this folder that could be read."),
    "outside-folder": N_("This leads out of the folder that is read, so it was left alone."),
    "text-file-missing": N_("The text that these marks belong to is missing: {value}"),
    "line-malformed": N_("This line is not written as its format asks: {value}"),
    "entry-not-read": N_("Entries of this kind are not read: {value}"),
    "mark-unknown": N_("This says something of {value}, which is not in this article."),
    "table-not-in-encoding": N_("A byte of the table ({value}) means nothing in the encoding {encoding}."),
    "table-broken": N_("The table cannot be read on from here ({reason})."),
    "row-length": N_("The row has {value} cells, and the table {expected} columns."),
    "column-missing": N_("The table has no column {value}. Say which column holds it."),
    "tag-malformed": N_("This is no tag of the kind of B-LABEL, I-LABEL or O: {value}"),
    "cas-broken": N_("This is no CAS that can be read: {reason}"),
    "type-system-missing": N_("There is no {value} beside it, which says what its types are."),
    "not-webanno": N_("This is no file of WebAnno TSV 3; it begins with: {value}"),
    "marks-not-read": N_(
        "Marks like these were not read as spans, as the file is not Hashiya's own. They are kept under meta."
    ),
    "id-of-another-text": N_("The project has another text under the id {value}. This one was left out."),
    "file-not-opened": N_("This cannot be opened. Your permissions may not allow it."),
    "kind-not-read": N_("Files of this kind are not read, so it was passed over."),
    "library-not-here": N_("To read this, the Python package {package} is needed, which is not installed here."),
    "folder-too-deep": N_("Folders lie deeper in each other than {limit} here. What is in this one was not read."),
    "page-without-text": N_("There is no text in this file."),
    "page-too-deep": N_("The elements of this page are nested deeper than {limit}. A real page is not."),
    "not-docx": N_(
        "This is no Word document that can be read: it is damaged, locked with a password, or another kind."
    ),
    "not-pdf": N_("No text can be had of this PDF: it is damaged, locked, or its fonts name no letters."),
    "pdf-too-long": N_("The PDF has {value} pages, and {limit} at most are read. No article is that long."),
    "pdf-without-text": N_("This PDF holds no text, as where pages were scanned. The text must be recognised first."),
    "pdf-as-printed": N_(
        "This PDF holds the shapes of letters as they are printed, and not a text to be marked. "
        "Take the article from where it was published, or from the file that the PDF was made of."
    ),
    "archive-too-large": N_("What is packed in this file is larger than {limit} MiB, or it has too many parts."),
    "encoding-declared": N_(
        "The page says itself that it is in {value}, and was read so. Look whether its text is right."
    ),
    "pictures-left-out": Counted("One picture was left out.", "{count} pictures were left out."),
    "page-parts-left-out": Counted(
        "One part beside the article was left out: a menu, a form or the like.",
        "{count} parts beside the article were left out: menus, forms and the like.",
    ),
    "tables-flattened": Counted(
        "One table was taken as text, row by row.", "{count} tables were taken as text, row by row."
    ),
    "notes-left-out": Counted(
        "One footnote, endnote or comment was left out.", "{count} footnotes, endnotes and comments were left out."
    ),
    "deletions-left-out": Counted(
        "One passage that was deleted under tracked changes was left out.",
        "{count} passages that were deleted under tracked changes were left out.",
    ),
    "text-there-already": N_("The text of {value} is there already, as {other}. It was not taken again."),
    "annotated-and-kept": N_("{value} is annotated and stays; the new text is taken beside it, as {other}."),
    "nearly-the-same": N_("{value} is nearly the same as {other}: {share} percent of what stands in them is common."),
    "presentation-forms": Counted(
        "One character of {value} is a presentation form, as copies from PDF have them. "
        "Import it once more with --repair-presentation-forms to have the letter itself.",
        "{count} characters of {value} are presentation forms, as copies from PDF have them. "
        "Import it once more with --repair-presentation-forms to have the letters themselves.",
    ),
    "annotations-differ": N_(
        "The project has other annotations by {annotator} of the article {value}. It keeps its own; "
        "these were left out."
    ),
}

ANSWER_SOURCES: dict[str, str] = {
    "rule": N_("read from the text"),
    "gazetteer": N_("from the list of places"),
    "model": N_("proposed by a model"),
    "import": N_("came with an imported file"),
}
"""What is said of an answer that no person has given yet."""
