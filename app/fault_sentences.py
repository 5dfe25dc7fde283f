"""What each fault of a file says, by its code: the place it stands at is already said before its sentence.

`app/sentences.py` holds those of errors, and says what is promised of both.
"""

from __future__ import annotations

from app.sentences import N_, Counted

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
