"""Pages of the matrix against an oracle in plain Python: whatever is chosen and sorted by, together."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any, Final, cast

import duckdb
import pytest

from osaid_graph.model import REQUIREMENT_OUTCOMES
from osaid_graph.server.matrix import KINDS, VERDICTS, Chosen, Matrix
from osaid_graph.server.tables import RANKED, Tables
from osaid_graph.validation.definition import definition

VERSION: Final = "1.0-rc1"
REQUIREMENTS: Final = tuple(definition(VERSION).requirements)[:3]
#: From the worst to the best.
ORDER: Final = ("not-met", "not-evidenced", "undetermined", "needs-judgement", "not-applicable", "met")
RELEASES: Final = 60
PARTS: Final = ("a", "B", "É", "%", "_", "\\", "'", '"', "ß", "日")
#: A release: its number, IRI, kind and verdict, and the outcomes of requirements.
Release = tuple[Any, ...]


class Held:
    """Tables that hold what they are given."""

    requirements = REQUIREMENTS

    def __init__(self, releases: Sequence[Release]) -> None:
        self.connection = duckdb.connect()
        columns = ", ".join(f'"{id_}" VARCHAR' for id_ in REQUIREMENTS)
        self.connection.execute(
            f"CREATE TABLE outcomes (subject BIGINT, iri VARCHAR, kind VARCHAR, outcome VARCHAR, {columns})"
        )
        self.connection.executemany(f"INSERT INTO outcomes VALUES ({', '.join('?' * len(releases[0]))})", releases)
        ranked = "SELECT subject, ROW_NUMBER() OVER (ORDER BY iri) AS rank, LOWER(iri) AS name FROM outcomes"
        self.connection.execute(f"CREATE TABLE {RANKED} AS {ranked}")

    def rows(self, select: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(select, list(values)).fetchall()


@pytest.fixture(scope="module")
def releases() -> list[Release]:
    """Return releases of all kinds and outcomes, at random; some have no outcome of a requirement."""
    given = random.Random(1)  # noqa: S311 - no secret
    states = (*REQUIREMENT_OUTCOMES, None)
    return [
        (
            given.choice((-1, 1)) * (number + 1),
            f"https://example.org/{''.join(given.choices(PARTS, k=3))}{number}",
            given.choice(KINDS),
            given.choice(VERDICTS),
            *(given.choice(states) for _ in REQUIREMENTS),
        )
        for number in range(RELEASES)
    ]


@pytest.fixture(scope="module")
def matrix(releases: list[Release]) -> Iterator[Matrix]:
    """Return their matrix."""
    held = Held(releases)
    yield Matrix(cast(Tables, held), definition(VERSION))
    held.connection.close()


def expected(releases: Sequence[Release], chosen: Chosen) -> list[Release]:
    """Return all releases that are asked for, in the order that is asked for."""
    column = {"outcome": 3} | {id_: 4 + at for at, id_ in enumerate(REQUIREMENTS)}
    found = [
        each
        for each in sorted(releases, key=lambda each: each[1].encode())
        if chosen.text.lower() in each[1].lower()
        and chosen.kind in ("", each[2])
        and chosen.outcome in ("", each[3])
        and (not chosen.state or each[column[chosen.requirement]] == chosen.state)
    ]
    if chosen.sort == "name":
        return found[::-1] if chosen.down else found
    at, way = column[chosen.sort], -1 if chosen.down else 1
    return sorted(found, key=lambda each: way * ORDER.index(each[at]) if each[at] else len(ORDER))


@pytest.mark.parametrize("sort", ["name", "outcome", *REQUIREMENTS])
@pytest.mark.parametrize("down", ["", "1"])
def test_a_page_is_what_an_oracle_says(matrix: Matrix, releases: list[Release], sort: str, down: str) -> None:
    given = random.Random(f"{sort}{down}")  # noqa: S311 - no secret
    seen = 0
    for _ in range(100):
        asked = {
            "q": given.choice(("", "", *PARTS, "EXAMPLE.org/")),
            "kind": given.choice(("", "", *KINDS)),
            "outcome": given.choice(("", "", *VERDICTS)),
            "requirement": given.choice(REQUIREMENTS),
            "state": given.choice(("", "", *REQUIREMENT_OUTCOMES)),
            "page": given.choice(("1", "2", "3", "99")),
            "size": given.choice(("1", "4", "50")),
        }
        page = matrix.page(Chosen.of(asked | {"sort": sort, "down": down}, REQUIREMENTS))
        whole = expected(releases, page.chosen)
        first = (page.chosen.page - 1) * page.chosen.size
        assert page.total == len(whole) and page.chosen.page == min(int(asked["page"]), page.pages), asked
        rows = [(row.iri, row.kind, row.outcome, *row.outcomes) for row in page.rows]
        assert rows == [each[1:] for each in whole[first : first + page.chosen.size]], asked
        seen += len(rows)
    assert seen > 100
