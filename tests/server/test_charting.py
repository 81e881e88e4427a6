"""Charts of answers: drawn where there are names and numbers, and never of anything else."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from osaid_graph.server.asking import Cell, Table
from osaid_graph.server.charting import charted


def table(columns: str, *rows: tuple[str, ...]) -> Table:
    return Table(tuple(columns.split()), tuple(tuple(map(Cell, row)) for row in rows), len(rows))


def test_a_bar_is_as_long_as_its_number() -> None:
    picture = charted(table("kind licence n", ("x", "MIT", "10"), ("x", "GPL <3>", "5"), ("x", "BSD", "0.5")))
    root = ElementTree.fromstring(picture)  # noqa: S314 - written here
    namespace = {"s": "http://www.w3.org/2000/svg"}
    assert root.findtext("s:title", "", namespace) == "n by licence"
    assert root.findtext("s:desc", "", namespace) == "MIT 10, GPL <3> 5, BSD 0.5"
    bars = [float(each.attrib["width"]) for each in root.findall("s:g/s:rect", namespace)]
    assert bars[0] == pytest.approx(2 * bars[1]) and bars[0] == pytest.approx(20 * bars[2], rel=0.05)


def test_the_first_rows_of_many_are_drawn_and_that_is_told() -> None:
    picture = charted(table("a n", *((f"name {number}", str(number)) for number in range(1, 41))))
    assert len(re.findall("<rect", picture)) == 25 + 1  # and the ground
    assert "The first 25 of 40 rows" in picture


def test_rows_that_share_a_name_are_told_apart_by_the_next() -> None:
    picture = charted(table("licence kind n", ("MIT", "Model", "10"), ("MIT", "Dataset", "5"), ("BSD", "Model", "2")))
    assert "n by licence, kind" in picture and "MIT, Dataset" in picture
    assert "n by licence<" in charted(table("licence kind n", ("MIT", "Model", "10"), ("BSD", "Model", "5")))


@pytest.mark.parametrize(
    "found",
    [
        table("a n"),
        table("a n", ("x", "1")),
        table("a n", ("x", "1"), ("y", "1")),
        table("a n", ("x", "1"), ("y", "many")),
        table("a n", ("x", "1"), ("y", "-2")),
        table("n", ("1",), ("2",)),
        table("a b", ("x", "y"), ("z", "w")),
    ],
)
def test_what_has_no_names_or_no_numbers_is_no_chart(found: Table) -> None:
    assert charted(found) == ""


def test_a_number_that_is_a_node_is_none() -> None:
    cells = tuple((Cell(name), Cell(number, iri="https://example.org/1")) for name, number in (("x", "1"), ("y", "2")))
    assert charted(Table(("a", "n"), cells, 2)) == ""
