"""The nodes of a lineage as Apache Parquet."""

from __future__ import annotations

from osaid_graph.writers.material import Material
from osaid_graph.writers.network.tables import NODE_COLUMNS, as_parquet, node_rows

NAME, TITLE, SUFFIX, ASSESSED = "nodes-parquet", "Apache Parquet of nodes", ".parquet", "shows"


def write(material: Material) -> bytes:
    """Return a row for each node; see :func:`~osaid_graph.writers.network.tables.as_parquet`.

    Raises:
        NothingToAssessError: There is no node.
        UsageError: pyarrow is not installed.
    """
    return as_parquet(NODE_COLUMNS, node_rows(material))
