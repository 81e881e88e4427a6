"""The nodes of a lineage as CSV."""

from __future__ import annotations

from osaid_graph.writers.material import Material
from osaid_graph.writers.network.tables import NODE_COLUMNS, as_csv, node_rows

NAME, TITLE, SUFFIX, ASSESSED = "nodes-csv", "CSV of nodes", ".csv", "shows"


def write(material: Material) -> str:
    """Return a row for each node; see :func:`~osaid_graph.writers.network.tables.as_csv`.

    Raises:
        NothingToAssessError: There is no node.
    """
    return as_csv(NODE_COLUMNS, node_rows(material))
