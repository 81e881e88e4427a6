"""A listing has the profile on Spark that it has on DuckDB."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

import pyarrow as pa
import pytest
from listing_reference import profiled
from pyarrow import parquet

from osaid_graph.engines import BETWEEN, Cell, Engine
from osaid_graph.errors import InputError
from osaid_graph.listings.examine import profile

CELLS = [
    *("https://A.example:80/1", "https://a.example/1?x", "doi:10.5281/zenodo.7", "n/a", "", " data/x ", "C:\\x", None),
    *("https://me@b.example/a b", "www.a.example", "https://[2001:db8::1]/x", "s3://bucket/é", "it's", "a\tb", "/x"),
]


def _files(folder: Path) -> None:
    """Write a listing with what engines may take differently: texts of all kinds, types, nested columns, paths."""
    (folder / "dataset=a b%2F").mkdir(parents=True)
    size = len(CELLS)
    moment = datetime.datetime(2024, 1, 31, 23, 30, tzinfo=datetime.UTC)
    licences = [["MIT", None], ["mit", "Apache-2.0"], [], None, ["own"], ["NONE"], ["\\"], ["null"]]
    parquet.write_table(
        pa.table(
            {
                "URL": CELLS,
                "meta": pa.array([{"licenses": licences[n % 8], "n": n} for n in range(size)]),
                "sha256": pa.array([bytes([n % 3]) * (32 if n % 4 else 5) for n in range(size)], pa.binary()),
                "date": pa.array([None if n == 3 else moment for n in range(size)], pa.timestamp("ns", "America/Lima")),
                "bytes": pa.array([None if n == 2 else n * 10**9 for n in range(size)], pa.int64()),
            }
        ),
        folder / "dataset=a b%2F" / "it's [1] é%20.parquet",
    )
    (folder / "b.csv").write_text(
        "url,license,date,bytes,sha256\n"
        + "".join(f'"{cell or ""}",{cell if n % 2 else ""},2024-02-{n + 10},{n}.0,sha256:{"ab" * 32}\n'
                  for n, cell in enumerate(CELLS) if '"' not in str(cell) and "," not in str(cell))
        + "ragged\nhttps://a.example/1?x,MIT,1700000000,x,md5:00\n",
        "utf-8",
    )  # fmt: skip


def test_spark_counts_what_duckdb_counts(tmp_path: Path, spark_here: Engine) -> None:
    folder = tmp_path / "listing %20[x]"
    _files(folder)
    found = profile([str(folder)], spark_here, "spark", today=datetime.date(2026, 11, 23))
    assert found == dataclasses.replace(profiled(folder), engine="spark")
    assert found.rows == 2 * len(CELLS) + 1 and len(found.gaps) > 8 and found.repeated_digests.groups


def test_columns_of_files_are_texts_alike(tmp_path: Path, engine: Engine) -> None:
    inner: list[dict[str, object] | None] = [{"words": ["a", None, "b"], "n": 1.5}, None, {"words": [], "n": None}]
    day = pa.array([0, None, 19_000], pa.date32())
    table = pa.table({"Inner": inner, "day": day, "raw": pa.array([b"\x00\xff", b"", None]), "n": [1, -2, None]})
    paths = []
    for name in ("a [1].parquet", "é %20*.parquet"):
        parquet.write_table(table, tmp_path / name)
        paths.append(str(tmp_path / name))
    columns = {
        "words": Cell(("Inner", "words"), "list"),
        "number": Cell(("Inner", "n")),
        "day": Cell(("day",), "day"),
        "raw": Cell(("raw",), "bytes"),
        "whole": Cell(("n",)),
        "none": None,
    }
    engine.texts("texts_of_files", paths, columns, "file", "row")
    rows = engine.rows('SELECT file, "row", words, number, day, raw, whole, none FROM texts_of_files')
    assert sorted(rows, key=lambda row: row[:2]) == [
        each
        for path in sorted(paths)
        for each in [
            (path, 1, f"a{BETWEEN}b", "1.5", "1970-01-01", "00ff", "1", None),
            (path, 2, None, None, None, "", "-2", None),
            (path, 3, "", None, "2022-01-08", None, None, None),
        ]
    ]


def test_a_damaged_listing_is_named(tmp_path: Path, engine: Engine) -> None:
    parquet.write_table(pa.table({"url": [f"https://a.example/{n * n}" for n in range(9_000)]}), tmp_path / "a.parquet")
    data = bytearray((tmp_path / "a.parquet").read_bytes())
    data[4:400] = b"\x00" * 396
    (tmp_path / "b.parquet").write_bytes(data)
    with pytest.raises(InputError) as raised:
        profile([str(tmp_path)], engine, "either")
    assert str(tmp_path / "b.parquet") in raised.value.source
