"""What cells are: places, digests, dates and sizes; and that the words and schemes for it are what the data says."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from osaid_graph.engines.duckdb import DuckDB
from osaid_graph.listings import kinds
from osaid_graph.listings.columns import ROLES, conventions
from osaid_graph.listings.licences import look_up, mix, summary
from osaid_graph.listings.profile import Counted

DATA = Path(__file__).resolve().parents[2] / "data" / "listings"


def _asked(expression: str, cells: list[str | None]) -> list[object]:
    """Return what an expression over ``x`` gives for each of some cells."""
    engine = DuckDB(256 << 20, threads=1)
    try:
        engine.values("cells", {"n": "INTEGER", "x": "VARCHAR"}, list(enumerate(cells)))
        return [row[0] for row in engine.rows(f"SELECT {expression} FROM cells ORDER BY n")]
    finally:
        engine.close()


PLACES = {
    "https://a.example/x": "address",
    "HTTP://A.EXAMPLE": "address",
    "s3://bucket/a": "address",
    "hf://datasets/acme/webmix/a.parquet": "address",
    "git+https://a.example/a.git": "address",
    "doi:10.5281/zenodo.7": "address",
    "10.5281/ZENODO.7": "address",
    "hdl:2027/uc1.31158": "address",
    "ark:/12148/btv1b8449691v": "address",
    f"swh:1:cnt:{'a' * 40}": "address",
    "magnet:?xt=urn:btih:abc": "address",
    "https://exämple.org/ü": "address",
    "https://": "malformed",
    "https:///a": "malformed",
    "https://a.example/a b": "malformed",
    "https://a.example/a\nb": "malformed",
    "htp://a.example": "malformed",
    "mailto:a@b.example": "malformed",
    "www.a.example/x": "malformed",
    "//a.example/x": "malformed",
    "see the paper": "malformed",
    "a:b": "malformed",
    "?q": "malformed",
    "#x": "malformed",
    "file:///data/a": "own",
    "hdfs://node/a": "own",
    "dbfs:/a": "own",
    "C:\\data\\a": "own",
    "\\\\server\\a": "own",
    "~/a": "own",
    "n/a": "placeholder",
    "NaN": "placeholder",
    "[More Information Needed]": "placeholder",
    "proprietary": "placeholder",
    "crawl-data/CC-MAIN/a.warc.gz": "path",
    "./a.parquet": "path",
    "acme/webmix": "path",
    "shard-1.tar": "path",
    "2024/12:30.warc": "path",
}


def test_a_cell_for_a_place_is_one_of_six_things() -> None:
    found = _asked(kinds.place("x", based=False), [*PLACES, "/data/a", None])
    assert found == [*PLACES.values(), "own", "empty"]


def test_a_path_from_the_root_is_on_a_machine_unless_it_is_relative_to_something() -> None:
    assert _asked(kinds.place("x", based=True), ["/data/a", "//a.example/x", *PLACES]) == [
        *("path", "malformed"),
        *PLACES.values(),
    ]


@pytest.mark.parametrize(("text", "kind"), PLACES.items())
def test_what_is_an_address_is_the_same_outside_of_queries(text: str, kind: str) -> None:
    assert kinds.is_address(text) is (kind == "address")


@pytest.mark.parametrize(
    ("algorithm", "cells"),
    [
        ("", {"a" * 32: "md5", "a" * 40: "sha1", "a" * 56: "sha224", "a" * 64: "sha256", "a" * 96: "sha384"}),
        ("", {"a" * 128: "sha512", f"sha256:{'b' * 64}": "sha256", f"sha-256-{'b' * 64}": "sha256"}),
        ("", {f"md5:{'b' * 64}": "malformed", "b" * 63: "malformed", f"sha256:{'g' * 64}": "malformed"}),
        ("", {f"sha1:{'2345' * 8}": "sha1", "wxyz" * 8: "sha1", "n/a": "empty", "blake3:ab": "malformed"}),
        ("sha256", {"a" * 64: "sha256", "a" * 40: "malformed", "wxyz" * 8: "malformed"}),
        ("sha1", {"a" * 40: "sha1", "wxyz" * 8: "sha1", "a" * 64: "malformed"}),
    ],
)
def test_a_digest_is_of_an_algorithm(algorithm: str, cells: dict[str, str]) -> None:
    assert _asked(kinds.digest("x", algorithm), [*cells, None]) == [*cells.values(), "empty"]


def test_the_digits_of_a_digest_are_what_is_compared() -> None:
    cells: list[str | None] = ["md5:ab", "sha256:cd", "sha-1-ef", "0123"]
    assert _asked(kinds.digits("x"), cells) == ["ab", "cd", "ef", "0123"]


def test_a_date_is_a_day_as_far_as_it_is_stated_or_seconds() -> None:
    days = {
        "2024-05-31": "2024-05-31",
        "2024-05-31T10:00:00Z": "2024-05-31",
        "2024-05-31 10:00": "2024-05-31",
        "20240531": "2024-05-31",
        "20240531101112": "2024-05-31",
        "2024-05": "2024-05",
        "2024": "2024",
        "2024-13-01": None,
        "2024-05-32": None,
        "31/05/2024": None,
        "1700000000": None,
        "yesterday": None,
    }
    assert _asked(kinds.day("x"), [*days]) == [*days.values()]
    seconds = {"1700000000": 1_700_000_000, "999999999": 999_999_999, "1700000000123": 1_700_000_000, "12": None}
    assert _asked(kinds.seconds("x"), [*seconds]) == [*seconds.values()]


def test_a_size_is_a_whole_number() -> None:
    sizes = {"0": 0, "17": 17, "5.00": 5, "1.5": None, "-1": None, "1 GB": None, "9" * 18: 10**18 - 1, "9" * 19: None}
    assert _asked(kinds.size("x"), [*sizes]) == [*sizes.values()]


def test_a_host_has_no_user_port_or_query() -> None:
    hosts = {
        "https://A.Example/x": "a.example",
        "https://me:secret@a.example:8080/x": "a.example",
        "http://a.example?q=/": "a.example",
        "http://a.example#x": "a.example",
        "http://[2001:db8::1]:80/x": "[2001:db8::1]",
        "s3://bucket": "bucket",
    }
    assert _asked(kinds.bare_host(kinds.host("x")), [*hosts]) == [*hosts.values()]


# -- terms -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "spdx"),
    [
        ("mit", "known", "MIT"),
        ("https://creativecommons.org/licenses/by/4.0/deed.en", "known", "CC-BY-4.0"),
        ("Apache-2.0 OR MIT", "known", "Apache-2.0 OR MIT"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "known", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("MIT\x1fApache-2.0 OR BSD-3-Clause\x1fMIT", "known", "MIT AND (Apache-2.0 OR BSD-3-Clause)"),
        ("MIT\x1f\x1fnan", "known", "MIT"),
        ("MIT\x1fother", "unknown", ""),
        ("MIT\x1fNONE", "refused", ""),
        ("LicenseRef-own", "unknown", ""),
        ("all rights reserved", "refused", ""),
        ("gpl", "unknown", ""),
        ("MIT-like", "unknown", ""),
        ("", "none", ""),
        ("None", "none", ""),
        ("null", "none", ""),
    ],
)
def test_terms_are_known_refused_unknown_or_none(text: str, kind: str, spdx: str) -> None:
    found = look_up(text, 7)
    assert (found.kind, found.spdx, found.rows) == (kind, spdx, 7)


def test_what_is_not_looked_up_counts_as_unknown_and_is_told() -> None:
    found = summary([look_up("MIT", 3), look_up("mit", 2), look_up("own terms", 1), look_up("", 1)], 10, top=1)
    assert (found.known, found.refused, found.unknown, found.none, found.not_looked_up) == (5, 0, 4, 1, 3)
    assert found.spdx.top == (Counted("MIT", 5),) and found.spdx.distinct == 1
    assert found.words.top == (Counted("own terms", 1),)


def test_the_most_frequent_values_come_first_and_the_rest_is_counted() -> None:
    found = mix([("a", 1), ("b", 3), ("c", 1), ("a", 1)], 2)
    assert (found.distinct, found.top, found.rest) == (3, (Counted("b", 3), Counted("a", 2)), 1)


# -- the data --------------------------------------------------------------------------------------------------------


def test_every_convention_says_where_it_is_written() -> None:
    document = yaml.safe_load((DATA / "columns.yaml").read_text("utf-8"))
    assert set(document["roles"]) == set(ROLES)
    assert {each.whose for each in conventions()} == set(document["conventions"])
    assert all(each.says.startswith("https://") for each in conventions())


def test_a_name_has_one_role_and_is_in_lower_case() -> None:
    names = [each.name for each in conventions()]
    assert len(set(names)) == len(names)
    assert all(name == name.casefold() for name in names)


def test_bases_are_addresses_and_algorithms_are_known() -> None:
    assert all(kinds.is_address(each.base) for each in conventions() if each.base)
    assert {each.digest for each in conventions()} - {""} <= set(kinds.ALGORITHMS.values())


def test_words_that_say_nothing_are_in_lower_case_and_no_place() -> None:
    found = kinds.words()
    assert all(word == word.lower().strip() for word in found)
    assert not any(kinds.is_address(word) for word in found)
    assert {"n/a", "[more information needed]", "unknown", "nan", "none"} <= set(found)
