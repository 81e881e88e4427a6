"""CSV: RFC 4180, every requirement, every finding wherever it counts, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from hostile_assessment import hostile, reviewed

from osaid_graph.model import Assessment
from osaid_graph.reports import render
from osaid_graph.reports.csv import COLUMNS, safe


def rows(assessment: Assessment) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO(render(assessment, "csv"), newline=""), strict=True)


def test_a_row_for_each_requirement_and_finding() -> None:
    assessment = reviewed()
    found = [(row["requirement"], row["outcome"], row["finding"], row["counts"]) for row in rows(assessment)]
    assert found == [
        row
        for result in assessment.results
        for row in [
            *((result.requirement.id, result.outcome, f.id, "own") for f in result.findings),
            *((result.requirement.id, result.outcome, f.id, "bearing") for f in result.bearing),
        ]
        or [(result.requirement.id, result.outcome, "", "")]
    ]


def test_lines_end_as_the_rfc_asks_and_the_head_names_the_columns() -> None:
    text = render(reviewed(), "csv")
    assert text.partition("\r\n")[0] == ",".join(COLUMNS)
    assert text.endswith("\r\n") and not text.startswith("\ufeff")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])  # noqa: RUF001
def test_a_cell_that_starts_like_a_formula_is_led_by_an_apostrophe(start: str) -> None:
    assert safe(f"{start}HYPERLINK()").startswith("'")
    assert safe(f"a{start}b").startswith("a")


def test_no_cell_of_the_data_is_a_formula_or_steers_a_terminal() -> None:
    for row in rows(hostile()):
        assert set(row) == set(COLUMNS)
        for cell in row.values():
            assert not cell.startswith(tuple("=+-@\t\r"))
            assert all(c.isprintable() or c == "\n" for c in cell)
