"""What an assessment of a corpus kept aside, and where it stands now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from osaid_graph.corpus.assessed import ASIDE
from osaid_graph.engines import Engine

#: The table of what was kept aside with its place: ``node``, ``name``, ``document``, ``line``, ``reason``. The place is
#: that of the first statement of the node which is live; without one, ``document`` is empty and ``line`` null.
PLACED: Final = "placed_aside"


@dataclass(frozen=True, slots=True)
class KeptAside:
    """A reason for which something was kept aside, and the first that it was given for.

    Attributes:
        name: The IRI of a release or judgement, or ``_:label`` of one that has none.
        document: The document that it stands in; empty where that says it no more.
        line: The line there; None where it has none.
        reason: Why.
        number: How many were kept aside for that reason.
    """

    name: str
    document: str
    line: int | None
    reason: str
    number: int


def make_placed(engine: Engine) -> None:
    """Make the table of what was kept aside with its place.

    Args:
        engine: To which the corpus and its assessment are attached.
    """
    engine.table("aside_nodes", f"SELECT node, iri, reason FROM {ASIDE}")
    places = (
        "SELECT t.subject, s.name AS document, t.line, ROW_NUMBER() OVER "
        "(PARTITION BY t.subject ORDER BY s.origin, t.source, t.line, t.sequence) AS place "
        "FROM statements t JOIN sources s ON s.source = t.source WHERE t.subject IN (SELECT node FROM aside_nodes)"
    )
    engine.table(
        PLACED,
        "SELECT a.node, a.iri AS name, COALESCE(p.document, '') AS document, p.line, a.reason FROM aside_nodes a "
        f"LEFT JOIN (SELECT * FROM ({places}) AS places WHERE place = 1) AS p ON p.subject = a.node",
    )
    engine.drop("aside_nodes")


def kept_aside(engine: Engine) -> tuple[KeptAside, ...]:
    """Return what was kept aside by reason, the one that most was kept aside for first.

    Args:
        engine: To which the corpus and its assessment are attached.
    """
    make_placed(engine)
    rows = engine.rows(
        "SELECT name, document, line, reason, number FROM (SELECT *, "
        "COUNT(*) OVER (PARTITION BY reason) AS number, "
        "ROW_NUMBER() OVER (PARTITION BY reason ORDER BY document, line, name) AS rank "
        f"FROM {PLACED}) AS ranked WHERE rank = 1 ORDER BY number DESC, reason"
    )
    return tuple(KeptAside(*row) for row in rows)
