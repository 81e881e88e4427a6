"""Rows of CSV, TSV, JSON lines and plain lists: which there are, on which lines, and what is put aside and why."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from osaid_graph.engines import BETWEEN
from osaid_graph.errors import EngineError, InputError
from osaid_graph.listings import lines
from osaid_graph.listings.columns import Column
from osaid_graph.listings.csv_rows import header
from osaid_graph.listings.files import find
from osaid_graph.listings.lines import Aside
from osaid_graph.listings.staging import LINE, Staged, columns_of, stage

Cells = list[tuple[int, tuple[str | None, ...]]]


def _staged(path: Path, *names: str, called: list[str] | None = None) -> tuple[Cells, Staged]:
    """Return the rows of a file with their lines, and what became of the file; a name may be a dotted path."""
    (file,), _ = find([str(path)])
    known = {column.name: column for column in columns_of(file, called)}
    target = path.with_suffix(".staged")
    staged = stage(file, target, {name: known.get(name) for name in names}, called)
    table = parquet.read_table(target).to_pylist()
    assert staged.rows == len(table)
    return [(row[LINE], tuple(row[name] for name in names)) for row in table], staged


def _file(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


# -- CSV and TSV -----------------------------------------------------------------------------------------------------


def test_rows_of_csv_have_the_line_that_they_start_on(tmp_path: Path) -> None:
    text = 'url,note\nhttp://a,x\n"http://b","two\nlines, ""quoted"""\n\nhttp://c,\n'
    rows, staged = _staged(_file(tmp_path, "a.csv", text), "note", "url")
    assert rows == [(2, ("x", "http://a")), (3, ('two\nlines, "quoted"', "http://b")), (6, ("", "http://c"))]
    assert staged.aside.count == 0


def test_what_is_no_row_of_csv_is_put_aside_with_its_line(tmp_path: Path) -> None:
    text = b'url,n\na\nb,1\nc,1,2\n"d"x,1\n\xff,1\ne,1\n"open,1\nf,1\n'
    rows, staged = _staged(_file(tmp_path, "a.csv", text), "url")
    assert rows == [(3, ("b",)), (7, ("e",)), (9, ("f",))]
    assert staged.aside.count == 5
    assert staged.aside.first == [
        (2, "1 cell where the table has 2"),
        (4, "3 cells where the table has 2"),
        (5, "text behind a closing quote"),
        (6, "not UTF-8"),
        (8, "a quote that is opened and not closed"),
    ]


def test_no_more_than_the_first_lines_put_aside_are_kept(tmp_path: Path) -> None:
    text = "url,n\n" + "ragged\n" * 20_000 + '"open,1\n'
    _, staged = _staged(_file(tmp_path, "a.csv", text), "url")
    assert staged.aside.count == 20_001
    assert [line for line, _ in staged.aside.first] == [2, 3, 4, 5, 6]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(tmp_path: Path, end: str) -> None:
    rows, _ = _staged(_file(tmp_path, "a.csv", end.join(["\ufeffurl,n", "a,1", "b,2", ""])), "url", "n")
    assert rows == [(2, ("a", "1")), (3, ("b", "2"))]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_what_stands_between_cells_is_found(tmp_path: Path, sign: str) -> None:
    rows, _ = _staged(_file(tmp_path, "a.csv", f'url{sign}n\n"a{sign}b"{sign}1\n'), "url")
    assert rows == [(2, (f"a{sign}b",))]


def test_a_table_without_a_line_of_names_is_given_names(tmp_path: Path) -> None:
    rows, _ = _staged(_file(tmp_path, "a.tsv", "x\thttp://a\ny\thttp://b\n"), "url", called=["caption", "url"])
    assert rows == [(1, ("http://a",)), (2, ("http://b",))]


def test_cells_of_tsv_are_quoted_only_as_a_whole(tmp_path: Path) -> None:
    rows, staged = _staged(_file(tmp_path, "a.tsv", 'url\tn\n"a"\t5" disk\n"b\tc"\n"d ""e"""\t"\n'), "url", "n")
    assert rows == [(2, ("a", '5" disk')), (3, ('"b', 'c"')), (4, ('d "e"', '"'))]
    assert staged.aside.count == 0


@pytest.mark.parametrize(
    ("text", "found"),
    [("", "the file is empty"), ("\n\n", "the file is empty"), ("url,URL\n", "two columns are called 'url'")],
)
def test_a_table_needs_names(tmp_path: Path, text: str, found: str) -> None:
    path = _file(tmp_path, "a.csv", text or "\n")
    (file,), _ = find([str(path)])
    with pytest.raises(InputError, match=found):
        header(file, None)


def _naively(text: str, width: int) -> tuple[list[tuple[int, list[str]]], list[int]]:
    """Return the rows of CSV and the lines put aside: a record from each line on, by the library alone."""
    rows, aside, at = [], [], 0
    found = list(io.StringIO(text, newline=""))
    while at < len(found):
        reader = csv.reader(iter(found[at:]), strict=True)
        try:
            cells = next(reader)
        except csv.Error:
            aside.append(at + 1)
            at += 1
            continue
        if len(cells) == width:
            rows.append((at + 1, cells))
        elif cells:
            aside.append(at + 1)
        at += reader.line_num
    return rows[1:], aside


@settings(max_examples=300, deadline=None)
@given(
    pieces=st.lists(st.sampled_from(["a", "b,c", ",", '"', '"x,y"', '""', "\n", "\n", "\r\n", "é", " "]), max_size=40),
    block=st.sampled_from([1, 3, 8, 1 << 20]),
)
def test_csv_is_read_as_the_library_reads_it_record_by_record(pieces: list[str], block: int) -> None:
    text = "url,n\n" + "".join(pieces)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "_BLOCK", block)
        rows, staged = _staged(_file(Path(folder), "a.csv", text), "url", "n")
    want, aside = _naively(text, 2)
    assert rows == [(line, tuple(cells)) for line, cells in want]
    assert (staged.aside.count, [line for line, _ in staged.aside.first]) == (len(aside), aside[: lines.SHOWN])


# -- JSON lines and lists --------------------------------------------------------------------------------------------


def test_rows_of_json_lines_are_objects(tmp_path: Path) -> None:
    text = (
        '{"url": "http://a", "meta": {"license": ["MIT", null, "X"]}, "n": 7}\n\n'
        '{"n": 1.5, "meta": null}\n{"url": 12, "meta": {"license": "MIT"}, "n": 12345678901234567890}\r\n'
        '{"url": true, "meta": {"license": []}, "n": {"a": [1]}}\n'
    )
    rows, staged = _staged(_file(tmp_path, "a.jsonl", text), "url", "meta.license", "n", "gone")
    assert rows == [
        (1, ("http://a", f"MIT{BETWEEN}X", "7", None)),
        (3, (None, None, "1.5", None)),
        (4, ("12", "MIT", "12345678901234567890", None)),
        (5, ("true", "", '{"a": [1]}', None)),
    ]
    assert staged.aside.count == 0


def test_what_is_no_object_is_put_aside_with_its_line(tmp_path: Path) -> None:
    text = b'{"url": "a"}\nnot json\n[1]\n"x"\n12\nnull\n{"url": NaN}\n{"url": "\xff"}\n{"url": "b"}\n{"url": "c"'
    rows, staged = _staged(_file(tmp_path, "a.jsonl", text), "url")
    assert rows == [(1, ("a",)), (9, ("b",))]
    assert staged.aside.count == 8
    assert staged.aside.first == [
        (2, "no JSON: Expecting value"),
        (3, "JSON, but no object: a list"),
        (4, "JSON, but no object: a text"),
        (5, "JSON, but no object: a number"),
        (6, "JSON, but no object: null"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1},{"a":2}\n{"a":3\n}',  # three objects on one line and a half
        '{"a":"x\ny"}\n{"a":1}',
        '{"a":[1\n2]}\n{"a":1}',
        '{"a":1}]\n[{"a":2}',
        "{}\n" * 5 + "{",
    ],
)
def test_lines_that_are_decoded_together_are_read_as_if_alone(tmp_path: Path, text: str) -> None:
    alone = []
    for number, line in enumerate(text.split("\n"), 1):
        try:
            value = json.loads(line)
        except ValueError:
            continue
        alone.append((number, (None if value.get("a") is None else str(value["a"]),)))
    rows, _ = _staged(_file(tmp_path, "a.jsonl", text), "a")
    assert rows == alone


LINES = st.sampled_from(
    [
        '{"a": "x"}',
        '{"a": 1}',
        '{"a": null}',
        "{}",
        "[]",
        "7",
        '"',
        '{"a": "',
        '"}',
        "{",
        "}",
        ",",
        "",
        " ",
        '{"a": "\\ud800"}',
    ]
)


@settings(max_examples=200, deadline=None)
@given(found=st.lists(LINES, max_size=30), block=st.sampled_from([1, 5, 1 << 20]))
def test_json_lines_are_read_as_the_library_reads_each(found: list[str], block: int) -> None:
    want: Cells = []
    aside = []
    for number, line in enumerate(found, 1):
        try:
            value: Any = json.loads(line)
        except ValueError:
            value = None
        if isinstance(value, dict):
            text = value.get("a")
            half = text == "\ud800"
            want.append((number, (None if text is None else "\ufffd" if half else str(text),)))
        elif line.strip():
            aside.append(number)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "_BLOCK", block)
        path = _file(Path(folder), "a.jsonl", "\n".join(found) or "\n")
        (file,), _ = find([str(path)])
        target = Path(folder, "staged")
        staged = stage(file, target, {"a": Column(("a",), "text")})
        rows = [(row[LINE], (row["a"],)) for row in parquet.read_table(target).to_pylist()]
    assert rows == want
    assert (staged.aside.count, [line for line, _ in staged.aside.first]) == (len(aside), aside[: lines.SHOWN])


def test_columns_of_json_lines_are_those_of_the_first_thousand(tmp_path: Path) -> None:
    text = '{"url": "a", "meta": {"b": 1, "c": {"d": ["x"]}}, "e": null, "f": [1], "g": true}\n' + "{}\n" * 1_000
    path = _file(tmp_path, "a.jsonl", text + '{"late": 1, "url": "z"}\n')
    (file,), _ = find([str(path)])
    assert columns_of(file, None) == (
        Column(("url",), "text"),
        Column(("meta", "b"), "number"),
        Column(("meta", "c", "d"), "list"),
        Column(("e",), "text"),
        Column(("f",), "other"),
        Column(("g",), "other"),
    )
    rows, staged = _staged(path, "url")
    assert rows[-1] == (1_002, ("z",))
    assert [column.name for column in staged.late] == ["late"]


def test_a_plain_list_is_one_column_of_places(tmp_path: Path) -> None:
    path = _file(tmp_path, "warc.paths.gz", gzip.compress(b"crawl-data/a.warc.gz\n\n crawl-data/b.warc.gz \n"))
    rows, _ = _staged(path, "location")
    assert rows == [(1, ("crawl-data/a.warc.gz",)), (3, ("crawl-data/b.warc.gz",))]


# -- packed, damaged -------------------------------------------------------------------------------------------------


def _packed(data: bytes, how: str) -> bytes:
    if how == "gz":
        return gzip.compress(data)
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(data)
    return bytes(sink.getvalue())


@pytest.mark.parametrize("how", ["gz", "zst"])
def test_packed_texts_are_read_in_all_their_parts(tmp_path: Path, how: str) -> None:
    data = _packed(b"url\na\n", how) + _packed(b"b\n", how)
    rows, _ = _staged(_file(tmp_path, f"a.csv.{how}", data), "url")
    assert rows == [(2, ("a",)), (3, ("b",))]


@pytest.mark.parametrize("how", ["gz", "zst"])
@pytest.mark.parametrize("damage", ["cut", "other"])
def test_a_packed_text_that_is_damaged_is_named(tmp_path: Path, how: str, damage: str) -> None:
    whole = _packed(b"url\n" + b"".join(b"http://a.example/%d\n" % (n * n) for n in range(200_000)), how)
    path = _file(tmp_path, f"a.csv.{how}", whole[: len(whole) // 2] if damage == "cut" else b"no archive at all")
    with pytest.raises(InputError, match="the file is damaged or cut off after") as raised:
        _staged(path, "url")
    assert raised.value.source == str(path)


def test_a_line_that_is_no_line_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE", 1 << 20)
    with pytest.raises(InputError, match="a line is longer than 1 MiB"):
        _staged(_file(tmp_path, "a.jsonl", b"x" * (3 << 20)), "url")


def test_of_what_is_put_aside_the_first_lines_are_told_in_order() -> None:
    aside = Aside()
    for line in (9, 3, 7, 1, 8, 2, 6):
        aside.put(line, "why")
    assert (aside.count, [line for line, _ in aside.first]) == (7, [1, 2, 3, 6, 7])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full: it takes no byte, as a full disk")
def test_a_full_disk_is_told_with_what_to_do(tmp_path: Path) -> None:
    (file,), _ = find([str(_file(tmp_path, "a.csv", "url\nhttps://a.example/1\n"))])
    with pytest.raises(EngineError) as raised:
        stage(file, Path("/dev/full"), {"location": Column(("url",), "text")})
    assert str(raised.value) == f"{file.name} cannot be turned into Parquet in /dev: No space left on device"
    assert raised.value.hint == "free some space, or choose a folder on another disk with --spill"
