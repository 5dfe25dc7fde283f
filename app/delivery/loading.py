"""How a delivery is loaded: the lines of Python that its card shows, for each format."""

from __future__ import annotations

import json
from typing import Final

_JSON_LINES: Final = """\
import json

with open({first}, encoding="utf-8", newline="\\n") as stream:
    articles = [json.loads(line) for line in stream]
"""
_DATASETS: Final = """\
import json
from datasets import Features, load_dataset

with open({features}, encoding="utf-8") as stream:
    features = Features.from_dict(json.load(stream))
articles = load_dataset({builder}, data_files={files}, features=features)
"""
_XMI: Final = """\
from pathlib import Path
import cassis

with Path({first}, "TypeSystem.xml").open("rb") as stream:
    types = cassis.load_typesystem(stream)
articles = {}
for path in sorted(Path({first}).glob("*.xmi")):
    with path.open("rb") as stream:
        articles[path.stem] = cassis.load_cas_from_xmi(stream, typesystem=types)
"""
_CAS_JSON: Final = """\
from pathlib import Path
import cassis

articles = {}
for path in sorted(Path({first}).glob("*.json")):
    with path.open("rb") as stream:
        articles[path.stem] = cassis.load_cas_from_json(stream)
"""
_CSV: Final = """\
import pandas

articles = pandas.read_csv({first} + "/articles.csv", keep_default_na=False, dtype=str)
spans = pandas.read_csv({first} + "/spans.csv", keep_default_na=False, dtype=str)
"""
_CONLLU: Final = """\
import conllu

with open({first}, encoding="utf-8") as stream:
    sentences = conllu.parse(stream.read())
"""
_JSON: Final = """\
import json

with open({first}, encoding="utf-8") as stream:
    {articles} = json.load(stream)
"""
_SPACY: Final = """\
import sys

sys.path.insert(0, {first})
from load import documents

articles = list(documents({first} + "/documents.jsonl"))
"""
_LINES: Final = {
    "native": _DATASETS.replace("{builder}", '"json"'),
    "parquet": _DATASETS.replace("{builder}", '"parquet"'),
    "csv": _CSV,
    "conllu": _CONLLU,
    "label-studio": _JSON.replace("{articles}", "tasks").replace("{first}", '{first} + "/tasks.json"'),
    "spacy": _SPACY,
    "gliner": _JSON.replace("{articles}", "examples"),
    "w3c": _JSON.replace("{articles}", "annotations"),
    "cas-xmi": _XMI,
    "cas-json": _CAS_JSON,
    "doccano": _JSON_LINES,
    "prodigy": _JSON_LINES,
    "prompt-completion": _JSON_LINES,
}


FORMATS: Final = tuple(_LINES)
"""Formats whose loading is known."""


def loading_lines(format: str, out: str, files: dict[str, list[str]]) -> str:
    """Python that loads `files` (by the name of their part) of the delivery `out`, or "" where nobody knows any."""
    if not files:
        return ""
    first = next(iter(files.values()))[0]
    values = {
        "first": json.dumps(first, ensure_ascii=False),
        "features": json.dumps(f"{out}.features.json", ensure_ascii=False),
        "files": json.dumps(files, ensure_ascii=False),
    }
    lines = _LINES.get(format, "")
    for name, value in values.items():
        lines = lines.replace(f"{{{name}}}", value)
    return lines
