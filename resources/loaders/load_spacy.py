"""Articles of documents.jsonl as spaCy documents: every mark is a span of doc.spans["sc"].

In Python:      from load import documents
                for doc in documents("documents.jsonl"): ...
For training:   python load.py documents.jsonl corpus.spacy

The tokens are words and marks, parted wherever a mark begins or ends, so that none is lost. The pieces of a
discontinuous mark are spans with one id (span.id_). doc.user_data["hashiya"] has what spaCy has no place for:
the article's id and title, what was answered about it and its spans, and the relations between spans, by span.id_.
"""

import json
import sys
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin, Span

KEPT = ("id", "annotator", "title", "status", "flagged", "note", "fields", "meta", "answers", "relations")


def document(row, vocab):
    """The spaCy document of one line."""
    doc = Doc(vocab, words=row["words"], spaces=row["spaces"])
    doc.spans["sc"] = [
        Span(doc, span["token_start"], span["token_end"], label=span["label"], span_id=span["id"])
        for span in row["spans"]
    ]
    doc.user_data["hashiya"] = {key: row[key] for key in KEPT}
    return doc


def documents(path, nlp=None):
    """The spaCy documents of a file, one after another."""
    vocab = (nlp or spacy.blank("xx")).vocab
    with Path(path).open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield document(json.loads(line), vocab)


if __name__ == "__main__":
    DocBin(store_user_data=True, docs=documents(sys.argv[1])).to_disk(sys.argv[2])
