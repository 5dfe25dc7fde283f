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
_IOB2: Final = """\
sentences = [[]]
with open({first}, encoding="utf-8", newline="\\n") as stream:
    for line in stream:
        if line.startswith("-DOCSTART-") or not line.strip():
            sentences.append([])
        else:
            sentences[-1].append(line.rstrip("\\n").split("\\t"))
sentences = [sentence for sentence in sentences if sentence]
"""
_WOJOOD: Final = """\
sentences = [[]]
with open({first}, encoding="utf-8", newline="\\n") as stream:
    for line in stream:
        if line.strip():
            token, *tags = line.split()
            sentences[-1].append((token, tags))
        else:
            sentences.append([])
sentences = [sentence for sentence in sentences if sentence]
"""
_BRAT: Final = """\
from pathlib import Path

articles = {}
for path in sorted(Path({first}).rglob("*.txt")):
    text, spans = path.read_bytes().decode("utf-8"), []
    for line in path.with_suffix(".ann").read_bytes().decode("utf-8").split("\\n"):
        if line.startswith("T"):
            id, mark, covered = line.split("\\t", 2)
            label, places = mark.split(" ", 1)
            spans.append((label, [tuple(map(int, place.split())) for place in places.split(";")]))
    articles[path.stem] = text, spans
"""
_WEBANNO: Final = """\
from pathlib import Path

articles = {}
for path in sorted(Path({first}).glob("*.tsv")):
    lines = path.read_bytes().decode("utf-8").split("\\n")
    rows = [line.split("\\t") for line in lines if line and not line.startswith("#")]
    # Number, place in UTF-16, token, and what it says in each layer.
    articles[path.stem] = [(row[0], tuple(map(int, row[1].split("-"))), row[2], row[3:]) for row in rows]
"""
_LINES: Final = {
    "native": _DATASETS.replace("{builder}", '"json"'),
    "parquet": _DATASETS.replace("{builder}", '"parquet"'),
    "csv": _CSV,
    "iob2": _IOB2,
    "wojood": _WOJOOD,
    "brat": _BRAT,
    "webanno-tsv": _WEBANNO,
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
