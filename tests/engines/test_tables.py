"""Tables, views and files of every engine: what they are made of, how long they live, and what is told of bad ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyarrow import int32, parquet, table

from osaid_graph.engines import Engine, Type
from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.errors import InputError

PAIRS: dict[str, Type] = {"a": "BIGINT", "s": "VARCHAR"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder whose name holds what paths and patterns give a meaning to."""
    folder = tmp_path / "property=1 [x]{y}%20*"
    folder.mkdir()
    parquet.write_table(table({"a": [1, 2], "s": ["x", None]}), folder / "one.parquet")
    parquet.write_table(table({"s": ["y"], "a": [3], "more": [True]}), folder / "two.parquet")
    return folder


def test_values_keep_their_types_and_null(engine: Engine) -> None:
    columns: dict[str, Type] = {"a": "BIGINT", "b": "INTEGER", "c": "DOUBLE", "d": "VARCHAR", "e": "BOOLEAN"}
    rows = [(-(1 << 63), -1, 0.5, "it's\0\n\\", True), ((1 << 63) - 1, 2, float("inf"), "😀", False), (None,) * 5]
    engine.values("typed", columns, rows)
    assert engine.rows("SELECT * FROM typed ORDER BY a") == rows
    engine.values("typed", {"a": "BIGINT"}, ())
    assert engine.rows("SELECT a FROM typed") == []
    assert engine.rows("SELECT count(*), max(a) FROM typed") == [(0, None)]


def test_many_values_are_held_as_well(engine: Engine) -> None:
    engine.values("many", PAIRS, ((number, f"n{number}") for number in range(50_000)))
    assert engine.rows("SELECT count(*), sum(a), count(DISTINCT s) FROM many") == [(50_000, 1_249_975_000, 50_000)]


def test_rows_of_another_width_are_refused(engine: Engine) -> None:
    with pytest.raises(ValueError):
        engine.values("ragged", PAIRS, [(1, "x"), (2,)])


def test_a_table_may_be_made_from_itself_and_tells_its_rows(engine: Engine) -> None:
    assert engine.table("grown", "SELECT 1 AS a") == 1
    for rows in (2, 4, 8):
        assert engine.table("grown", "SELECT a FROM grown UNION ALL SELECT a + 1 FROM grown") == rows
    assert engine.rows("SELECT a, count(*) FROM grown GROUP BY a ORDER BY a") == [(1, 1), (2, 3), (3, 3), (4, 1)]
    assert engine.table("grown", "SELECT a FROM grown WHERE a > 9") == 0
    assert engine.rows("SELECT a FROM grown") == []


def test_a_table_is_run_once_and_a_view_whenever_it_is_used(engine: Engine) -> None:
    engine.table("base", "SELECT 1 AS a")
    engine.view("seen", "SELECT a + 10 AS a FROM base")
    engine.table("kept", "SELECT a FROM seen")
    engine.table("base", "SELECT 2 AS a")
    assert engine.rows("SELECT seen.a, kept.a FROM seen, kept") == [(12, 11)]


def test_a_table_takes_the_name_of_a_view_that_it_reads(engine: Engine) -> None:
    engine.view("either", "SELECT 1 AS a")
    assert engine.table("Either", "SELECT a + 1 AS a FROM either") == 1
    engine.view("other", "SELECT a FROM EITHER")
    assert engine.rows("SELECT a FROM other") == [(2,)]
    engine.view("either", "SELECT 7 AS a")
    assert engine.rows("SELECT a FROM other") == [(7,)]


def test_a_column_of_nothing_but_null_can_be_kept(engine: Engine, tmp_path: Path) -> None:
    assert engine.table("nothing", "SELECT NULL AS a, 1 AS b") == 1
    assert engine.table("nothing_1", "SELECT NULL AS a, 1 AS b") == 1
    assert engine.rows("SELECT a, b FROM nothing UNION ALL SELECT a, b FROM nothing_1") == [(None, 1), (None, 1)]
    assert engine.write("SELECT NULL AS a, 1 AS b", tmp_path / "nothing.parquet") == 1


def test_what_is_dropped_is_gone_and_what_is_not_there_is_no_error(engine: Engine) -> None:
    engine.values("first", {"a": "BIGINT"}, [(1,)])
    engine.table("second", "SELECT a FROM first")
    engine.view("third", "SELECT a FROM second")
    engine.drop("third", "SECOND", "first", "never")
    for name in ("first", "second", "third"):
        with pytest.raises(Exception, match=name):
            engine.rows(f"SELECT a FROM {name}")


def test_tables_of_a_series_may_grow_and_shrink(engine: Engine) -> None:
    """An engine may hold small tables by its side: what was small is not always."""
    engine.values("many", {"a": "BIGINT"}, ((number,) for number in range(25_000)))
    sizes = [3, 25_000, 12_000, 1, 0]
    engine.table("series_0", "SELECT a FROM many WHERE a < 7")
    for number, size in enumerate(sizes, 1):
        rows = engine.table(
            f"series_{number}",
            f"SELECT many.a FROM many, (SELECT count(*) AS n FROM series_{number - 1}) AS s WHERE a < {size}",
        )
        assert rows == size
        assert engine.rows(f"SELECT count(*), max(a) FROM series_{number}") == [(size, size - 1 if size else None)]


@pytest.mark.parametrize("many", [["one.parquet"], ["one.parquet", "two.parquet"], ["."]], ids=len)
def test_files_are_read_by_the_names_of_their_columns(engine: Engine, folder: Path, many: list[str]) -> None:
    engine.files("read", [str(folder / name) for name in many], PAIRS)
    expected = [(1, "x"), (2, None)] if many == ["one.parquet"] else [(1, "x"), (2, None), (3, "y")]
    assert engine.rows("SELECT * FROM read ORDER BY a") == expected


def test_files_of_a_narrower_type_are_widened(engine: Engine, tmp_path: Path) -> None:
    parquet.write_table(
        table({"a": [1]}).cast(table({"a": [1]}).schema.set(0, table({"a": [1]}).field(0).with_type(int32()))),
        tmp_path / "x.parquet",
    )
    engine.files("narrow", [str(tmp_path / "x.parquet")], {"a": "BIGINT"})
    assert engine.rows("SELECT a + 4611686018427387904 FROM narrow") == [((1 << 62) + 1,)]


def test_no_files_are_an_empty_table(engine: Engine) -> None:
    engine.files("none", [], PAIRS)
    assert engine.rows("SELECT a, s FROM none") == []


def test_written_rows_are_read_by_every_engine(engine: Engine, tmp_path: Path) -> None:
    engine.values("given", PAIRS, [(number, f"{number % 7}") for number in range(1000)])
    assert engine.write("SELECT s, a FROM given WHERE a >= 10 ORDER BY a DESC", tmp_path / "out.parquet") == 990
    other = DuckDB(1 << 28)
    other.files("out", [str(tmp_path / "out.parquet")], PAIRS)
    assert other.rows("SELECT count(*), sum(a), min(s) FROM out") == [(990, 499_455, "0")]
    other.close()
    assert written(tmp_path / "out.parquet") == list(range(999, 9, -1))


def test_rows_are_written_in_order_in_pieces_or_at_once(engine: Engine, tmp_path: Path) -> None:
    engine.values("given", PAIRS, [(number, f"{number}") for number in range(100)])
    pieces = ("a < 30", "a >= 30 AND a < 60", "a >= 60")
    for name, chosen in (("whole", ()), ("pieces", pieces)):
        assert engine.write_sorted("SELECT s, 99 - a AS a FROM given", "a", tmp_path / name, chosen) == 100
        assert written(tmp_path / name) == list(range(100))


def written(place: Path) -> list[int]:
    """Return the column ``a`` of a file, or of the files of a folder in the order of their names."""
    files = sorted(place.glob("*")) if place.is_dir() else [place]
    assert all(file.suffix == ".parquet" for file in files) or not place.is_dir()
    return [a for file in files for a in parquet.read_table(file)["a"].to_pylist()]


def test_nothing_is_written_as_a_table_without_rows(engine: Engine, tmp_path: Path) -> None:
    assert engine.write("SELECT 1 AS a, 'x' AS s WHERE 1 = 2", tmp_path / "out.parquet") == 0
    engine.files("read", [str(tmp_path / "out.parquet")], PAIRS)
    assert engine.rows("SELECT a, s FROM read") == []


def damaged(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (damaged, "damaged, or no Parquet file"),
        (lambda file: file.write_text("hello"), "damaged, or no Parquet file"),
        (lambda file: file.write_bytes(b""), "damaged, or no Parquet file"),
        (Path.unlink, "no such file"),
    ],
    ids=["cut", "text", "empty", "gone"],
)
def test_a_file_that_cannot_be_read_is_named(
    engine: Engine, folder: Path, harm: Callable[[Path], object], words: str
) -> None:
    file = folder / "one.parquet"
    harm(file)
    with pytest.raises(InputError) as raised:
        engine.files("read", [str(file)], PAIRS)
        engine.rows("SELECT string_agg(a::VARCHAR || s, ',') FROM read")
    assert raised.value.message == words
    assert Path(raised.value.source.removeprefix("file:")).resolve() == file.resolve()


def test_a_file_with_bytes_overwritten_is_told(engine: Engine, folder: Path) -> None:
    file = folder / "one.parquet"
    content = file.read_bytes()
    file.write_bytes(content[:4] + bytes(60) + content[64:])
    with pytest.raises(InputError, match="damaged"):
        engine.files("read", [str(file)], PAIRS)
        engine.rows("SELECT string_agg(a::VARCHAR || s, ',') FROM read")


def test_of_several_files_the_one_with_bytes_overwritten_is_named_by_duckdb(folder: Path) -> None:
    file = folder / "one.parquet"
    content = file.read_bytes()
    file.write_bytes(content[:4] + bytes(60) + content[64:])
    sound = folder / "sound.parquet"
    sound.write_bytes(content)
    engine = DuckDB(1 << 28)
    try:
        with pytest.raises(InputError) as raised:
            engine.files("sound", [str(sound)], PAIRS)
            engine.files("read", [str(sound), str(file)], PAIRS)
            engine.rows("SELECT string_agg(a::VARCHAR || s, ',') FROM read JOIN sound USING (a, s)")
    finally:
        engine.close()
    assert (raised.value.message, raised.value.source) == ("damaged, or no Parquet file", str(file))


def test_a_column_that_files_do_not_have_is_named(engine: Engine, folder: Path) -> None:
    with pytest.raises(InputError) as raised:
        engine.files("read", [str(folder / "one.parquet")], {"a": "BIGINT", "nope": "BIGINT"})
    assert (raised.value.message, raised.value.source) == ("no column nope; it has a, s", str(folder / "one.parquet"))
