"""The training file and its Parquet twin, as the libraries that people load data with read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.convert import convert
from app.delivery.features import features_json
from app.delivery.making import Wishes
from app.formats import native, parquet
from app.formats.native import encode
from app.formats.registry import Format
from app.model.annotation import Annotations
from tests.formats.awkward import awkward_records
from tests.formats.in_memory import write

pytestmark = [pytest.mark.interop, pytest.mark.filterwarnings("ignore")]

RECORDS = awkward_records()
LINES: list[dict[str, Any]] = [json.loads(encode(record)) for record in RECORDS]
NESTED = ("spans", "relations", "fields", "meta")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an export in both formats, and its features."""
    (tmp_path / "out.jsonl").write_bytes(written(native.FORMAT))
    (tmp_path / "out.features.json").write_bytes(features_json({}))
    return tmp_path


def written(format: Format) -> bytes:
    return write(format, RECORDS).files[""]


def test_datasets_reads_every_line_with_the_features_beside_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HOME", str(folder / "cache"))
    datasets = pytest.importorskip("datasets")
    features = datasets.Features.from_dict(json.loads((folder / "out.features.json").read_bytes()))
    articles = datasets.load_dataset(
        "json",
        data_files=str(folder / "out.jsonl"),
        features=features,
        split="train",
        cache_dir=str(folder / "cache"),
    )
    assert list(articles) == LINES


def test_datasets_reads_keys_that_hashiya_does_not_know_and_first_values_that_come_late(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    known, last = ({**LINES[number]} for number in (12, -1))
    known["spans"] = last["spans"] = []
    last["reviewers"], last["spans"] = ["ليلى"], [{**LINES[-1]["spans"][0], "confidence": 0.5, "tags": []}]
    source = tmp_path / "source.jsonl"
    source.write_text("".join(json.dumps(line) + "\n" for line in (known, *LINES[:12], last)), encoding="utf-8")
    convert(source, tmp_path / "out.jsonl", Wishes(native.FORMAT))
    features = datasets.Features.from_dict(json.loads((tmp_path / "out.jsonl.features.json").read_bytes()))
    articles = list(
        datasets.load_dataset(
            "json",
            data_files=str(tmp_path / "out.jsonl"),
            features=features,
            split="train",
            cache_dir=str(tmp_path / "cache"),
        )
    )
    assert articles[-1] == last
    assert [article["reviewers"] for article in articles[:-1]] == [None] * 13
    assert articles[0]["spans"] == []


def test_datasets_reads_parquet_by_the_same_features(folder: Path) -> None:
    datasets = pytest.importorskip("datasets")
    (folder / "out.parquet").write_bytes(written(parquet.FORMAT))
    features = datasets.Features.from_dict(json.loads((folder / "out.features.json").read_bytes()))
    articles = datasets.load_dataset(
        "parquet",
        data_files=str(folder / "out.parquet"),
        features=features,
        split="train",
        cache_dir=str(folder / "cache"),
    )
    assert list(articles) == LINES


def test_pandas_reads_every_line(folder: Path) -> None:
    pandas = pytest.importorskip("pandas")
    articles = pandas.read_json(folder / "out.jsonl", lines=True, convert_dates=False, dtype=False)
    assert articles.to_dict("records") == LINES


def test_polars_reads_every_line(folder: Path) -> None:
    polars = pytest.importorskip("polars")
    articles = polars.read_ndjson(folder / "out.jsonl", infer_schema_length=None)
    assert articles.to_dicts() == LINES


def test_duckdb_reads_every_line_and_takes_times_for_times(folder: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pytz")  # which duckdb asks for to give times to Python
    found = duckdb.sql(f"select * from read_json('{folder / 'out.jsonl'}', sample_size=-1)")
    assert found.columns == list(LINES[0])
    articles = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    assert [without_times(article) for article in articles] == [without_times(line) for line in LINES]


def without_times(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_times(item) for name, item in value.items() if not name.endswith("_at")}
    return [without_times(item) for item in value] if isinstance(value, list) else value


def test_pyarrow_reads_from_parquet_what_the_training_file_says(folder: Path) -> None:
    pytest.importorskip("pyarrow")
    from pyarrow import parquet as arrow

    content = written(parquet.FORMAT)
    (folder / "out.parquet").write_bytes(content)
    assert arrow.read_table(folder / "out.parquet").to_pylist() == LINES
    assert written(parquet.FORMAT) == content


def test_polars_and_duckdb_read_the_same_from_parquet(folder: Path) -> None:
    polars, duckdb = pytest.importorskip("polars"), pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    path = folder / "out.parquet"
    path.write_bytes(written(parquet.FORMAT))
    assert polars.read_parquet(path).to_dicts() == LINES
    found = duckdb.sql(f"select * from read_parquet('{path}')")
    assert [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()] == LINES


def test_parquet_tells_of_keys_that_it_has_no_column_for() -> None:
    pytest.importorskip("pyarrow")
    assert write(parquet.FORMAT, RECORDS).losses == []
    linked = next(record for record in RECORDS if record.document.id == "linked")
    assert linked.annotations is not None
    spans = [span._replace(extra='{"confidence":1}') for span in linked.annotations.ordered()[:1]]
    record = linked._replace(annotations=Annotations.of(spans))
    assert [(loss.span, loss.what) for loss in write(parquet.FORMAT, [record]).losses] == [("s1", "unknown-keys")]
