"""``osaid-graph manifest`` as a command: reports, exit codes, and the one line of what is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from pyarrow import parquet

from osaid_graph.cli import main
from osaid_graph.listings.schema import schema

ROOT = Path(__file__).resolve().parents[2]
ROWS = "url,license,source,sha256\nhttps://a.example/1,MIT,pages,\nn/a,=cmd,=books,zz\ndata/x,,,\n"


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    path = tmp_path / "urls.csv"
    path.write_text(ROWS, "utf-8")
    return path


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "osaid_graph", "manifest", *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1795392000", "NO_COLOR": "1", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_text_tells_columns_counts_datasets_gaps_and_the_verdict(tmp_path: Path, listing: Path) -> None:
    ran = _run(tmp_path, "urls.csv")
    assert ran.stderr == "" and ran.returncode == 1
    digest = ran.stdout.splitlines()[1].rpartition(" ")[2]
    assert len(digest) == 64
    assert (
        ran.stdout.replace(digest, "...")
        == """\
urls.csv: 3 rows
  86 bytes, sha256 ...

columns
  location  url  (as in common-crawl)
  license   license  (as in laion)
  source    source  (as in dolma)
  digest    sha256  (as in schema-org)

where to obtain               1  33.3 %  1 host: a.example 1
terms known                   1  33.3 %  MIT 1
  other words                 1  33.3 %  =cmd 1
source named                  2  66.6 %
digest                        0   0.0 %

by source                                   rows   placed   terms      again     shared
(none named)                                   1    0.0 %   0.0 %          0          0
=books                                         1    0.0 %   0.0 %          0          0
pages                                          1    100 %   100 %          0          0

gaps
  no place: a word that says nothing: 1
    --> urls.csv:3: n/a
  no place: a path, relative to nothing that is known: 1
    --> urls.csv:4: data/x
  no terms: nothing is stated: 1
    --> urls.csv:4
  no terms: words that name no licence exactly: 1
    --> urls.csv:3: =cmd
  no digest: it is none: 1
    --> urls.csv:3: zz
2 rows do not say where to obtain what they list
"""
    )


def test_a_profile_fits_its_schema_and_is_the_same_every_time(tmp_path: Path, listing: Path) -> None:
    first, again = (_run(tmp_path, "urls.csv", "-F", "json") for _ in range(2))
    assert first.returncode == 1 and first.stdout == again.stdout
    document = json.loads(first.stdout)
    shipped: dict[str, Any] = json.loads((ROOT / "data" / "schema" / "listing.schema.json").read_text("utf-8"))
    assert shipped == schema(), "python tools/generate_schema.py"
    Draft202012Validator.check_schema(shipped)
    assert list(Draft202012Validator(shipped).iter_errors(document)) == []
    assert (document["date"], document["rows"], document["places"]["baseless"]) == ("2026-11-23", 3, 1)
    assert list(Draft202012Validator(shipped).iter_errors({**document, "more": 1})) != []


def test_tables_have_a_row_for_each_dataset(tmp_path: Path, listing: Path) -> None:
    ran = _run(tmp_path, "urls.csv", "-F", "csv", "--top", "2")
    assert ran.stdout == (
        "dataset,rows,with_place,known_license,refused_license,unknown_license,no_license,digests,first,last,bytes,"
        "repeated,shared\n,1,0,0,0,0,1,0,,,0,0,0\n'=books,1,0,0,0,1,0,0,,,0,0,0\n(all others),1,1,1,0,0,0,0,,,0,0,0\n"
    )
    assert _run(tmp_path, "urls.csv", "-F", "parquet", "-o", "by.parquet").returncode == 1
    table = parquet.read_table(tmp_path / "by.parquet").to_pylist()
    assert [(row["dataset"], row["rows"], row["with_place"]) for row in table] == [
        *((None, 1, 0), ("=books", 1, 0), ("pages", 1, 1)),
    ]


def test_statements_are_written_for_check_to_read(tmp_path: Path, listing: Path) -> None:
    ran = _run(tmp_path, "urls.csv", "-F", "yaml", "--dataset", "acme/webmix", "-o", "webmix.yaml")
    assert ran.returncode == 1
    assert (
        ran.stderr
        == "whether the data is open, public, obtainable or unshareable is not stated: --availability says it\n"
    )
    (dataset,) = yaml.safe_load((tmp_path / "webmix.yaml").read_text("utf-8"))["datasets"]
    assert (dataset["id"], dataset["listing"]["rows"], dataset["listing"]["rows-without-location"]) == (
        "acme/webmix",
        3,
        2,
    )
    turtle = _run(tmp_path, "urls.csv", "-F", "turtle", "--availability", "public")
    assert turtle.stdout.startswith("# Written by osaid-graph manifest ")
    assert turtle.stderr == "in no statement: 1 row without a dataset\n"


def test_a_listing_without_gaps_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("url\nhttps://a.example\n", "utf-8")
    ran = _run(tmp_path, "a.csv", "-q")
    assert (ran.returncode, ran.stdout) == (0, "a.csv: 1 row\nevery row says where to obtain what it lists\n")


def test_gaps_may_be_let_pass(tmp_path: Path, listing: Path) -> None:
    assert _run(tmp_path, "urls.csv", "-q", "--exit-zero").returncode == 0


BAD: list[tuple[list[str], int, str]] = [
    (["gone.csv"], 3, "error: gone.csv: no such file\nhelp: check the name\n"),
    (["https://a.example/a.csv"], 3, "error: https://a.example/a.csv: an address, not a file: nothing is fetched\n"),
    (["bad.parquet"], 3, "error: bad.parquet: no whole file of Parquet: "),
    (["none.csv"], 3, "error: no column is known to be a location; columns: a, b\n"),
    (["urls.csv", "--column", "location=u"], 2, "error: a column for location: there is no column 'u'\n"),
    (["urls.csv", "--column", "url"], 2, "error: --column 'url' gives no role its column\n"),
    (["urls.csv", "--column", "place=url"], 2, "error: --column 'place=url' gives no role its column\n"),
    (["urls.csv", "--column", "location="], 2, "error: a listing has a column for the location\n"),
    (["urls.csv", "--column", "date=url", "--column", "date=url"], 2, "error: --column date is given twice\n"),
    (["urls.csv", "--base", "here"], 2, "error: --base 'here' is no address\n"),
    (["urls.csv", "--names", "a,,b"], 2, "error: --names 'a,,b' has an empty name\n"),
    (["urls.csv", "--dataset", "acme/x"], 2, "error: --dataset, --availability and --address are for statements\n"),
    (["urls.csv", "-F", "yaml", "--availability", "x"], 2, "error: --availability cannot be 'x'\n"),
    (["urls.csv", "--master", "local"], 2, "error: --master is for Spark\n"),
    (["urls.csv", "-o", "urls.csv"], 2, "error: urls.csv: is an input\n"),
    (["urls.csv", "--memory", "1"], 2, "error: "),
    (["urls.csv", "--column", "source=", "-F", "csv"], 3, "error: no column says which dataset a row is of"),
    ([], 2, "error: missing argument"),
]


@pytest.mark.parametrize(("arguments", "code", "told"), BAD, ids=[" ".join(each[0]) or "nothing" for each in BAD])
def test_what_is_wrong_is_told_in_a_line(
    tmp_path: Path,
    listing: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: Sequence[str],
    code: int,
    told: str,
) -> None:
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 and no more")
    (tmp_path / "none.csv").write_text("a,b\n1,2\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["osaid-graph", "manifest", *arguments])
    with pytest.raises(SystemExit) as left:
        main()
    written = capsys.readouterr()
    assert (left.value.code, written.out) == (code, "")
    assert written.err.startswith(told)
    assert len(written.err.splitlines()) <= 2
