"""The edges of a lineage as Apache Parquet."""

from __future__ import annotations

from osaid_graph.writers.material import Material
from osaid_graph.writers.network.tables import EDGE_COLUMNS, as_parquet, edge_rows

NAME, TITLE, SUFFIX, ASSESSED = "edges-parquet", "Apache Parquet of edges", ".parquet", "ignores"


def write(material: Material) -> bytes:
    """Return a row for each edge; see :func:`~osaid_graph.writers.network.tables.as_parquet`.

    Raises:
        NothingToAssessError: There is no node.
        UsageError: pyarrow is not installed.
    """
    return as_parquet(EDGE_COLUMNS, edge_rows(material))
