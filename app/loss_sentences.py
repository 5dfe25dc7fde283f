"""What an export could not carry, in words: `app.sentences` for what a format leaves out."""

from __future__ import annotations

from app.sentences import N_

LOSSES: dict[str, str] = {
    "overlap": N_("overlapping spans"),
    "nested": N_("nested spans"),
    "crossing": N_("crossing spans"),
    "same-label-nested": N_("spans within spans of their own label"),
    "discontinuous": N_("spans of several pieces"),
    "sub-word": N_("spans of parts of words"),
    "multi-line": N_("spans over several lines"),
    "empty-text": N_("articles without text"),
    "attributes": N_("attributes"),
    "relations": N_("relations"),
    "relation-attributes": N_("attributes of relations"),
    "fields": N_("answers about articles"),
    "title": N_("titles"),
    "meta": N_("details of articles"),
    "notes": N_("notes"),
    "status": N_("statuses of articles"),
    "provenance": N_("who or what marked it"),
    "unknown-keys": N_("keys that Hashiya does not know"),
    "grew": N_("spans grown to whole words"),
    "trimmed": N_("spans without the white space at their ends"),
    "cuts-token": N_("spans left out because they cut a word"),
    "no-token": N_("spans left out because there is no word in them"),
    "too-many-tokens": N_("spans of more words than the model learns by its own settings"),
    "beyond-reach": N_("spans further into a text than the model reads by its own settings"),
    "only-line-ends": N_("spans left out because they hold nothing but line ends"),
    "bounds-changed": N_("spans with changed bounds"),
    "note-in-one-line": N_("notes brought into one line"),
    "relation-without-span": N_("relations of spans that were left out"),
    "name-escaped": N_("names with escaped characters"),
    "white-space": N_("articles whose white space does not come back"),
    "article-divided": N_("articles divided at their paragraphs"),
    "not-in-xml": N_("articles left out because XML has no room for a character in them"),
    "id-changed": N_("articles with a changed id"),
}
"""What an export could not carry as it was, by `what` of a loss; a number follows."""
