"""Profiles of generated listings against plain Python, in every form that a listing has."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from listing_reference import Row, expected, profiled, said
from pyarrow import parquet

from osaid_graph.listings.profile import Counted

SHA256 = ["ab" * 32, "CD" * 32, "sha256:" + "ab" * 32, "SHA-256:" + "ef" * 32]
LICENCES = {
    "MIT": "known",
    "apache license 2.0": "known",
    "GPL-3.0-or-later OR MIT": "known",
    "": "none",
    "nan": "none",
    "None": "none",
    "NONE": "refused",
    "All Rights Reserved": "refused",
    "other": "unknown",
    "free for research": "unknown",
}
SPDX = {"MIT": "MIT", "apache license 2.0": "Apache-2.0", "GPL-3.0-or-later OR MIT": "GPL-3.0-or-later OR MIT"}
PLACES = [
    "https://a.example/1", "https://a.example/1", "HTTP://User@B.example:80/x?y", "https://b.example?q",
    "s3://bucket/key", "doi:10.5281/zenodo.7", "10.1000/182", "https://", "https:///x", "http://a b", "htp://x",
    "www.a.example/x", "a:b", "data/a.parquet", "a.parquet", "/data/a.parquet", "~/a", "C:\\a", "file:///a",
    "hdfs://n/a", "//a/b", "?x", "a#b", "n/a", "[More Information Needed]", "TBD", "unknown", "-", "",
    "https://[2001:db8::1]:8080/x", "dir/12:30.warc",
]  # fmt: skip
DIGESTS = [
    *SHA256, "ab" * 31, "xyz", "n/a", "", "md5:" + "ab" * 16, "AB" * 16, "mfrggzdfmztwq2lknnwg23tpobyxe43u", "0" * 64,
]  # fmt: skip
DATES = [
    "2024-05-31", "2024-02-01T10:00:00Z", "20231231", "20230101123456", "2022", "2022-07", "1700000000",
    "1700000000000", "2024-13-01", "yesterday", "", "null", "2024-5-1", "12",
]  # fmt: skip
SIZES = ["0", "17", "123456789012", "5.0", "1.2 GB", "-3", "", "n/a", "1e3"]


def _cells(values: list[str]) -> st.SearchStrategy[str | None]:
    padded = st.sampled_from(values).flatmap(lambda value: st.sampled_from([value, f" {value} " if value else ""]))
    return st.one_of(st.none(), padded)


ROWS = st.lists(
    st.builds(
        Row,
        location=_cells(PLACES),
        license=_cells(list(LICENCES)),
        source=_cells(["wiki", "books", "n/a", ""]),
        digest=_cells(DIGESTS),
        bytes=_cells(SIZES),
        date=_cells(DATES),
    ),
    min_size=1,
    max_size=25,
)
FORMS = ("csv", "tsv", "jsonl", "parquet")


def _written(rows: list[Row], form: str, path: Path, digest: str) -> None:
    table = [{**asdict(row), digest: row.digest} for row in rows]
    names = ["location", "license", "source", digest, "bytes", "date"]
    if form == "parquet":
        columns = {name: pa.array([row[name] for row in table], pa.string()) for name in names}
        parquet.write_table(pa.table(columns), path)
    elif form == "jsonl":
        path.write_text("".join(json.dumps({name: row[name] for name in names}) + "\n" for row in table), "utf-8")
    else:
        out = io.StringIO()
        writer = csv.writer(out, delimiter="\t" if form == "tsv" else ",", lineterminator="\n")
        writer.writerow(names)
        writer.writerows([row[name] or "" for name in names] for row in table)
        path.write_text(out.getvalue(), "utf-8")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(form=st.sampled_from(FORMS), of=st.sampled_from(["checksum", "sha256", "sha1"]), rows=ROWS, based=st.booleans())
def test_a_profile_is_what_plain_python_counts(form: str, of: str, rows: list[Row], based: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"listing.{form}")
        _written(rows, form, file, of)
        found = profiled(file, base="https://base.example/" if based else "", top=100)
    want = expected(rows, LICENCES, based=based, algorithm="" if of == "checksum" else of)
    assert found.rows == len(rows) and not found.set_aside
    for part in ("places", "sources", "digests", "dates", "sizes", "hosts", "repeated_places", "repeated_digests"):
        assert getattr(found, part) == getattr(want, part), part
    assert found.parts is not None and found.parts.top == want.parts and found.parts.rest is None
    kinds = Counter(LICENCES[said(row.license) or ""] for row in rows)
    licences = found.licences
    assert (licences.known, licences.refused) == (kinds["known"], kinds["refused"])
    assert (licences.unknown, licences.none, licences.not_looked_up) == (kinds["unknown"], kinds["none"], 0)
    spdx = Counter(SPDX[text] for text in (said(row.license) or "" for row in rows) if text in SPDX)
    assert set(licences.spdx.top) == {Counted(value, count) for value, count in spdx.items()}
    assert found.all_placed == (found.places.without_place == 0)
