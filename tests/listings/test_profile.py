"""Exact profiles of small listings of each form, of folders, of files that differ; and listings that are none."""

from __future__ import annotations

import csv
import datetime
import gzip
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from listing_reference import profiled
from pyarrow import parquet

from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.errors import InputError, UsageError
from osaid_graph.listings.examine import profile
from osaid_graph.listings.files import digest_of_all
from osaid_graph.listings.profile import (
    ColumnRead,
    Counted,
    Dates,
    Digests,
    Example,
    FileRead,
    Gap,
    Licences,
    Mix,
    Part,
    Parts,
    Places,
    Profile,
    Repeated,
    Sizes,
)

NAMES = ("url", "license", "dataset", "sha256", "bytes", "date", "note")
DIGEST = "ab" * 32
TABLE: list[tuple[str | None, ...]] = [
    ("https://a.example/1", "MIT", "pages", DIGEST, "10", "2024-01-05", "x"),
    ("https://a.example/1", "apache 2.0", "pages", DIGEST.upper(), "20", "2023-12-31", "y"),
    ("http://b.example/2", "own terms", "books", "zz", "1 kB", "soon", "z"),
    ("data/3.txt", None, "books", None, None, None, None),
    ("n/a", "NONE", None, "cd" * 32, "30", "2024-02-01T00:00:00Z", ""),
    (None, "MIT", "pages", None, "5", "1700000000", None),
]


def write(path: Path, table: list[tuple[str | None, ...]] = TABLE, names: tuple[str, ...] = NAMES) -> Path:
    """Write a table in the form that a path ends in."""
    end = path.name.partition(".")[2]
    if end == "parquet":
        columns = {name: pa.array([row[at] for row in table], pa.string()) for at, name in enumerate(names)}
        parquet.write_table(pa.table(columns), path)
        return path
    if end.startswith("jsonl"):
        text = "".join(json.dumps(dict(zip(names, row, strict=True))) + "\n" for row in table)
    else:
        out = io.StringIO()
        writer = csv.writer(out, delimiter="\t" if end.startswith("tsv") else ",", lineterminator="\n")
        writer.writerows([names, *([cell or "" for cell in row] for row in table)])
        text = out.getvalue()
    if end.endswith("zst"):
        with pa.output_stream(path, compression="zstd") as stream:
            stream.write(text.encode())
    else:
        path.write_bytes(gzip.compress(text.encode()) if end.endswith("gz") else text.encode())
    return path


def _example(path: Path, row: int, shows: str | None, offset: int | None) -> Example:
    return Example(str(path), row, None, shows) if offset is None else Example(str(path), None, row + offset, shows)


def _expected(path: Path, offset: int | None) -> dict[str, Any]:
    """Return the profile of the table but for what is said of the file; rows of a text are ``offset`` lines on."""

    def gap(kind: str, *rows: tuple[int, str | None]) -> Gap:
        return Gap(kind, len(rows), tuple(_example(path, row, shows, offset) for row, shows in rows))

    return {
        "rows": 6,
        "set_aside": 0,
        "places": Places(address=3, path=0, baseless=1, own=0, malformed=0, placeholder=1, empty=1),
        "licences": Licences(
            known=3,
            refused=1,
            unknown=1,
            none=1,
            spdx=Mix(2, (Counted("MIT", 2), Counted("Apache-2.0", 1)), 0),
            words=Mix(1, (Counted("own terms", 1),), 0),
            not_looked_up=0,
        ),
        "sources": 5,
        "digests": Digests((Counted("sha256", 3),), 1, 2),
        "dates": Dates(4, 1, 1, "2023-11-14", "2024-02-01"),
        "sizes": Sizes(4, 1, 1, 65),
        "hosts": Mix(2, (Counted("a.example", 2), Counted("b.example", 1)), 0),
        "repeated_places": Repeated(1, 2, False, (Counted("https://a.example/1", 2),)),
        "repeated_digests": Repeated(1, 2, False, (Counted(DIGEST, 2),)),
        "parts": Parts(
            "dataset",
            2,
            (
                Part("pages", 3, 2, 3, 0, 0, 0, 2, "2023-11-14", "2024-01-05", 35, 1, 0),
                Part("books", 2, 1, 0, 0, 1, 1, 0, None, None, 0, 0, 0),
                Part(None, 1, 0, 0, 1, 0, 0, 1, "2024-02-01", "2024-02-01", 30, 0, 0),
            ),
            None,
        ),
        "gaps": (
            gap("no place: nothing stands there", (6, None)),
            gap("no place: a word that says nothing", (5, "n/a")),
            gap("no place: a path, relative to nothing that is known", (4, "data/3.txt")),
            gap("no terms: nothing is stated", (4, None)),
            gap("no terms: no licence is granted", (5, "NONE")),
            gap("no terms: words that name no licence exactly", (3, "own terms")),
            gap("no digest: it is none", (3, "zz")),
            gap("no date: it is none", (3, "soon")),
            gap("no size: it is no whole number", (3, "1 kB")),
        ),
        "unused": ("note",),
        "notes": (),
    }


def _shown(found: Profile, names: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(found, name) for name in names}


#: The end of a name -> the form, and by how much the line of a row is more than its number; None where rows count.
FORMS = {
    "parquet": ("parquet", None),
    "csv": ("csv", 1),
    "tsv": ("tsv", 1),
    "jsonl": ("jsonl", 0),
    "csv.gz": ("csv", 1),
    "jsonl.gz": ("jsonl", 0),
    "jsonl.zst": ("jsonl", 0),
    "tsv.zst": ("tsv", 1),
}


@pytest.mark.parametrize("end", FORMS)
def test_a_listing_has_one_profile_in_every_form(tmp_path: Path, end: str) -> None:
    path = write(tmp_path / f"listing.{end}")
    form, offset = FORMS[end]
    found = profiled(path)
    want = _expected(path, offset)
    assert _shown(found, want) == want
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    assert found.inputs == (FileRead(str(path), form, len(data), digest, 6, 0, ()),)
    assert (found.sha256, found.date, found.engine) == (digest, "2026-11-23", "duckdb")
    assert [(column.role, column.column) for column in found.columns] == [
        *(("location", "url"), ("license", "license"), ("source", "dataset"), ("digest", "sha256")),
        *(("bytes", "bytes"), ("date", "date")),
    ]


def test_types_of_parquet_say_the_same_as_texts(tmp_path: Path) -> None:
    days = [datetime.date(2024, 1, 5), datetime.date(2023, 12, 31), None]
    moment = datetime.datetime(2024, 2, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=5)))
    table = pa.table(
        {
            "url": pa.array(["https://a.example/1", "https://a.example/2", "x"]).dictionary_encode(),
            "licenses": pa.array([["MIT", "Apache-2.0"], [None, "mit"], []], pa.list_(pa.string())),
            "sha256": pa.array([bytes.fromhex(DIGEST), b"\x01", None], pa.binary()),
            "size": pa.array([2**40, None, -1], pa.int64()),
            "date": pa.array(days, pa.date32()),
            "meta": pa.array([{"date": moment}, None, None], pa.struct([("date", pa.timestamp("us", "Asia/Karachi"))])),
        }
    )
    parquet.write_table(table, tmp_path / "a.parquet")
    found = profiled(tmp_path / "a.parquet")
    assert found.licences.spdx.top == (Counted("MIT", 1), Counted("MIT AND Apache-2.0", 1))
    assert found.digests == Digests((Counted("sha256", 1),), 1, 1)
    assert found.sizes == Sizes(1, 1, 1, 2**40)
    assert found.dates == Dates(2, 0, 1, "2023-12-31", "2024-01-05")
    assert profiled(tmp_path / "a.parquet", columns={"date": "meta.date"}).dates == Dates(
        1, 0, 2, "2024-01-31", "2024-01-31"
    )


def test_the_first_of_several_places_is_the_place(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"url": ["https://a.example/1", "x"]}\n{"url": []}\n{"url": ["n/a"]}\n', "utf-8")
    assert profiled(path).places == Places(address=1, path=0, baseless=0, own=0, malformed=0, placeholder=1, empty=1)


def test_paths_are_places_where_it_is_known_what_they_are_relative_to(tmp_path: Path) -> None:
    path = tmp_path / "warc.csv"
    path.write_text("warc_filename,x\ncrawl-data/a.warc.gz,\n/crawl-data/b.warc.gz,\n", "utf-8")
    known = profiled(path)
    assert (known.places.path, known.all_placed) == (2, True)
    assert known.columns[0].base == "https://data.commoncrawl.org/"
    unknown = profiled(path, base="")
    assert (unknown.places.baseless, unknown.places.own, unknown.columns[0].base) == (1, 1, None)
    other = profiled(path, base="s3://commoncrawl/", columns={"location": "warc_filename"})
    assert other.places.path == 2
    assert other.columns[0] == ColumnRead("location", "warc_filename", None, None, "s3://commoncrawl/")
    with pytest.raises(UsageError, match="--base 'data' is no address"):
        profiled(path, base="data")


def test_an_approximation_says_that_it_is_one(tmp_path: Path) -> None:
    found = profiled(write(tmp_path / "a.csv"), approximate=True)
    assert found.repeated_places.approximate and found.repeated_places.groups is None
    assert found.repeated_digests.approximate and found.repeated_digests.top == ()
    assert found.parts is not None and {part.repeated for part in found.parts.top} == {None}


def test_what_is_not_among_the_most_frequent_is_the_rest(tmp_path: Path) -> None:
    found = profiled(write(tmp_path / "a.csv"), top=1)
    assert (found.hosts.rest, found.licences.spdx.rest) == (1, 1)
    assert found.parts is not None and [part.dataset for part in found.parts.top] == ["pages"]
    assert found.parts.rest == Part(None, 3, 1, 0, 1, 1, 1, 1, "2024-02-01", "2024-02-01", 30, 0, 0)


def test_rows_are_told_apart_by_any_column(tmp_path: Path) -> None:
    found = profiled(write(tmp_path / "a.csv"), by="NOTE")
    assert found.parts is not None and found.parts.column == "note"
    assert [part.dataset for part in found.parts.top] == [None, "x", "y", "z"]
    assert found.unused == ()
    with pytest.raises(UsageError, match="--by: there is no column 'nowt'"):
        profiled(write(tmp_path / "a.csv"), by="nowt")


def test_places_that_datasets_share_are_told(tmp_path: Path) -> None:
    table: list[tuple[str | None, ...]] = [
        *(("https://a.example/1", "one"), ("https://a.example/1", "one"), ("https://a.example/1", "two")),
        *(("https://a.example/2", "two"), ("https://a.example/2", "two"), ("n/a", "two"), ("n/a", "one")),
    ]
    found = profiled(write(tmp_path / "a.csv", table, ("url", "source")))
    assert found.repeated_places == Repeated(
        2, 5, False, (Counted("https://a.example/1", 3), Counted("https://a.example/2", 2))
    )
    assert found.parts is not None
    assert {part.dataset: (part.repeated, part.shared) for part in found.parts.top} == {"one": (1, 2), "two": (1, 1)}


# -- several files ---------------------------------------------------------------------------------------------------


def test_a_folder_is_all_listings_in_it_whatever_their_forms(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "_temporary").mkdir()
    write(tmp_path / "b" / "1.parquet", TABLE[:2])
    write(tmp_path / "a.csv", TABLE[2:4])
    write(tmp_path / "c.jsonl", TABLE[4:])
    write(tmp_path / "_temporary" / "x.csv")
    write(tmp_path / ".hidden.csv")
    (tmp_path / "README.md").write_text("# listing", "utf-8")
    (tmp_path / "empty.csv").write_text("", "utf-8")
    found = profiled(tmp_path)
    assert [(each.name, each.rows) for each in found.inputs] == [
        (str(tmp_path / "a.csv"), 2),
        (str(tmp_path / "c.jsonl"), 2),
        (str(tmp_path / "b" / "1.parquet"), 2),
    ]
    want = _expected(tmp_path, None)
    counts = ("rows", "places", "licences", "digests", "dates", "sizes", "hosts", "repeated_places", "parts")
    assert _shown(found, dict.fromkeys(counts)) == {name: want[name] for name in counts}
    others = ", ".join(str(tmp_path / name) for name in ("README.md", "empty.csv"))
    assert found.notes == (f"2 files ({others}) in the folders are no listing, or empty",)
    assert found.sha256 == digest_of_all([each.sha256 or "" for each in found.inputs])
    listed = "".join(f"{digest}\n" for digest in sorted(each.sha256 or "" for each in found.inputs))
    assert found.sha256 == hashlib.sha256(listed.encode()).hexdigest()


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv")
    assert profiled(path, tmp_path, path).rows == 6


def test_examples_are_the_first_in_the_order_of_files_and_rows(tmp_path: Path) -> None:
    second = write(tmp_path / "a.parquet", [(None,) * 7] * 3 + TABLE)
    first = write(tmp_path / "b.csv", [TABLE[0], (None, *TABLE[0][1:])])
    found = profiled(first, second)
    assert next(gap for gap in found.gaps if gap.kind == "no place: nothing stands there") == Gap(
        "no place: nothing stands there",
        5,
        (Example(str(first), None, 3, None), Example(str(second), 1, None, None), Example(str(second), 2, None, None)),
    )


def test_what_a_file_does_not_have_counts_as_empty_and_is_told(tmp_path: Path) -> None:
    one = write(tmp_path / "1.parquet", [("https://a.example/1", "MIT")], ("URL", "license"))
    two = write(tmp_path / "2.parquet", [("https://a.example/2", "x")], ("url", "note"))
    three = write(tmp_path / "3.csv", [("MIT", "y")], ("license", "note"))
    found = profiled(tmp_path)
    assert (found.places.address, found.places.empty) == (2, 1)
    assert (found.licences.known, found.licences.none) == (2, 1)
    assert [each.without for each in found.inputs] == [(), ("license",), ("URL",)]
    assert found.notes == (
        f"1 of 3 files have no column URL (location), and count as empty there: {three}",
        f"1 of 3 files have no column license (license), and count as empty there: {two}",
    )
    assert str(one) not in " ".join(found.notes)


def test_files_whose_columns_have_other_types_are_read_as_they_are(tmp_path: Path) -> None:
    for number, sizes in enumerate([pa.array([5]), pa.array([5.5]), pa.array(["7"])]):
        meta = pa.array([{"url": "https://a.example/1", **({"x": 1} if number else {})}])
        parquet.write_table(pa.table({"meta": meta, "size": sizes}), tmp_path / f"{number}.parquet")
    found = profiled(tmp_path)
    assert found.sizes == Sizes(2, 1, 0, 12)
    assert found.places.address == 3


def test_folders_of_hive_are_columns(tmp_path: Path) -> None:
    for folder in ("dataset=web pages", "dataset=b%2Fc", "dataset=__HIVE_DEFAULT_PARTITION__"):
        (tmp_path / folder / "license=MIT").mkdir(parents=True)
        write(tmp_path / folder / "license=MIT" / "a.parquet", [("https://a.example/1",)], ("url",))
    write(tmp_path / "dataset=b%2Fc" / "license=MIT" / "b.csv", [("https://a.example/2", "mine")], ("url", "dataset"))
    found = profiled(tmp_path)
    assert found.parts is not None
    assert [(part.dataset, part.rows) for part in found.parts.top] == [
        (None, 1),
        ("b/c", 1),
        ("mine", 1),
        ("web pages", 1),
    ]
    assert (found.licences.known, found.sources) == (4, 3)
    assert all(not each.without for each in found.inputs)


def test_names_of_files_may_hold_what_patterns_are_made_of(tmp_path: Path) -> None:
    for name in ("a[1].parquet", "b*?.parquet", "it's é.parquet"):
        write(tmp_path / name, [("n/a",)], ("url",))
    found = profiled(tmp_path)
    assert [example.file for gap in found.gaps for example in gap.first] == [
        str(tmp_path / name) for name in ("a[1].parquet", "b*?.parquet", "it's é.parquet")
    ]


def test_columns_that_come_up_late_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"url": "https://a.example"}\n' * 1_001 + '{"url": "x", "license": "MIT"}\n', "utf-8")
    assert profiled(path).notes == ("columns that the first lines do not have were not looked at: license",)


def test_lines_that_are_no_rows_are_counted_and_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("url,n\nhttps://a.example,1\nragged\nhttps://a.example/2,2\n", "utf-8")
    found = profiled(path)
    assert (found.rows, found.set_aside, found.inputs[0].set_aside, found.all_placed) == (2, 1, 1, False)
    assert found.gaps == (Gap("no row: put aside", 1, (Example(str(path), None, 3, "1 cell where the table has 2"),)),)


# -- no listings -----------------------------------------------------------------------------------------------------


def _refused(*paths: Path, **wishes: object) -> InputError:
    with pytest.raises(InputError) as raised:
        profiled(*paths, **wishes)
    return raised.value


def test_a_file_that_is_not_there_or_is_none_is_named(tmp_path: Path) -> None:
    assert str(_refused(tmp_path / "gone.csv")) == f"{tmp_path / 'gone.csv'}: no such file"
    assert _refused(Path("https://a.example/a.csv")).message in (
        "no such file",
        "an address, not a file: nothing is fetched",
    )
    (tmp_path / "a.docx").write_text("x", "utf-8")
    assert _refused(tmp_path / "a.docx").message == "not known to be a listing"
    (tmp_path / "a.csv").write_text("", "utf-8")
    assert _refused(tmp_path / "a.csv").message == "the file is empty"
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "b.md").write_text("x", "utf-8")
    assert _refused(tmp_path / "none").message == "no listing in this folder"
    (tmp_path / "link.csv").symlink_to(tmp_path / "nowhere.csv")
    assert _refused(tmp_path).source == str(tmp_path / "link.csv")


def test_a_listing_without_rows_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("url\n", "utf-8")
    assert _refused(tmp_path / "a.csv").message == "no rows"
    write(tmp_path / "a.parquet", [], ("url",))
    assert _refused(tmp_path / "a.parquet", tmp_path / "a.csv").message == "no rows in 2 files"
    (tmp_path / "b.csv").write_text("url,n\nx\ny\n", "utf-8")
    (tmp_path / "c.jsonl").write_text("\n[1]\n{\n7\n", "utf-8")
    for names, told in (
        (["b.csv"], "b.csv:2: 1 cell where the table has 2; no rows, and 1 more such line"),
        (["c.jsonl"], "c.jsonl:2: JSON, but no object: a list; no rows, and 2 more such lines"),
        (
            ["a.csv", "c.jsonl"],
            "c.jsonl:2: JSON, but no object: a list; no rows in 2 files, and 2 more such lines",
        ),
    ):
        assert str(_refused(*(tmp_path / name for name in names))) == f"{tmp_path}/{told}"


def test_parquet_that_is_cut_off_is_named(tmp_path: Path) -> None:
    whole = write(tmp_path / "a.parquet").read_bytes()
    (tmp_path / "b.parquet").write_bytes(whole[: len(whole) // 2])
    found = _refused(tmp_path)
    assert found.source == str(tmp_path / "b.parquet") and found.message.startswith("no whole file of Parquet: ")
    assert found.hint == "fetch it again, and compare its digest"


def test_a_column_that_hides_the_numbers_of_rows_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", [("https://a.example/1", "7")], ("url", "file_row_number"))
    assert _refused(path).message.startswith("it has a column file_row_number")


@pytest.mark.parametrize("damage", [b"\xff" * 40, b"\x00" * 400])
def test_parquet_whose_pages_are_damaged_is_named(tmp_path: Path, damage: bytes) -> None:
    table = pa.table({"url": [f"https://a.example/{number * number}" for number in range(20_000)]})
    parquet.write_table(table, tmp_path / "a.parquet", compression="snappy")
    data = bytearray((tmp_path / "a.parquet").read_bytes())
    data[4 : 4 + len(damage)] = damage
    (tmp_path / "b.parquet").write_bytes(data)
    found = _refused(tmp_path)
    assert found.source == str(tmp_path / "b.parquet") and "damaged" in found.message


def test_texts_of_parquet_that_are_no_utf_8_are_named(tmp_path: Path) -> None:
    broken = pa.array([b"https://a.example/\xff", b"x"], pa.binary())
    table = pa.table({"url": pa.Array.from_buffers(pa.string(), 2, broken.buffers())})
    parquet.write_table(table, tmp_path / "a.parquet")
    assert _refused(tmp_path).source == str(tmp_path / "a.parquet")


def test_work_is_told_as_it_is_done(tmp_path: Path) -> None:
    texts, rows = write(tmp_path / "a.csv"), write(tmp_path / "b.parquet")
    whole = texts.stat().st_size + rows.stat().st_size
    told: dict[str, list[tuple[int, int]]] = {}
    engine = DuckDB(256 << 20, threads=1)
    try:
        profile(
            [str(texts), str(rows)],
            engine,
            "duckdb",
            watch=lambda work: lambda *done: told.setdefault(work, []).append(done),
        )
    finally:
        engine.close()
    assert told["digesting"][-1] == (whole, whole)
    assert told["reading"][-1] == (texts.stat().st_size, texts.stat().st_size)
    assert told["counting"] == [(step, 5) for step in range(1, 6)]


def test_an_engine_that_fails_otherwise_blames_no_file(tmp_path: Path) -> None:
    class Full:
        def values(self, *_: object) -> None:
            raise UsageError("no space")

    with pytest.raises(UsageError, match="no space"):
        profile([str(write(tmp_path / "a.csv"))], Full(), "full")  # type: ignore[arg-type]
