"""The edges of a lineage as CSV."""

from __future__ import annotations

from osaid_graph.writers.material import Material
from osaid_graph.writers.network.tables import EDGE_COLUMNS, as_csv, edge_rows

NAME, TITLE, SUFFIX, ASSESSED = "edges-csv", "CSV of edges", ".csv", "ignores"


def write(material: Material) -> str:
    """Return a row for each edge; see :func:`~osaid_graph.writers.network.tables.as_csv`.

    Raises:
        NothingToAssessError: There is no node.
    """
    return as_csv(EDGE_COLUMNS, edge_rows(material))
