"""The nodes and the edges of a lineage as rows, and the two formats that tables are written in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from osaid_graph.errors import printable
from osaid_graph.graph.labels import name
from osaid_graph.tables import arrow, parquet, text_cell
from osaid_graph.writers.material import Material
from osaid_graph.writers.network.edges import edges_of
from osaid_graph.writers.network.graph import nodes_of
from osaid_graph.writers.network.nodes import ATTRIBUTES, COUNTED, Value, attributes_of, taken_label

#: Column -> whether it holds an identifier, a number or a text.
NODE_COLUMNS: Mapping[str, type] = {
    "id": str,
    **{each: int if each in COUNTED else str for each in ATTRIBUTES if each != "iri"},
}
EDGE_COLUMNS: Mapping[str, type] = dict.fromkeys(
    ("source", "property", "target", "kind", "source_label", "target_label"), str
)
#: Columns of IRIs and ``_:labels``, which start with a letter or an underscore.
_IDS = frozenset({"id", "source", "target", "property"})

Row = Mapping[str, Value]


def node_rows(material: Material) -> list[Row]:
    """Return a row for each node, and enter what it says as carried.

    Raises:
        NothingToAssessError: There is none.
    """
    nodes = nodes_of(material, list(edges_of(material)))
    return [{"id": name(node), **said} for node, said in zip(nodes, attributes_of(material, nodes), strict=True)]


def edge_rows(material: Material) -> list[Row]:
    """Return a row for each edge, and enter the edges and the labels of their nodes as carried.

    Raises:
        NothingToAssessError: There is neither edge nor node.
    """
    edges = sorted(edges_of(material), key=lambda edge: (name(edge.source), name(edge.target)))
    nodes_of(material, edges)
    rows: list[Row] = []
    for edge in edges:
        material.carry(edge.source, edge.predicate, edge.target)
        rows.append(
            {
                "source": name(edge.source),
                "property": edge.prefixed,
                "target": name(edge.target),
                "kind": edge.kind,
                "source_label": taken_label(material, edge.source),
                "target_label": taken_label(material, edge.target),
            }
        )
    return rows


def as_csv(columns: Iterable[str], rows: Iterable[Row]) -> str:
    r"""Return a table as CSV (RFC 4180): a header, lines that end with CR LF, no value as an empty cell.

    What does not print, line breaks included, is written as escapes that can be seen. A text that a spreadsheet would
    take for a formula has an apostrophe before it; columns of identifiers never have one.

    >>> as_csv(["id", "label"], [{"id": "urn:a", "label": "=1,1"}])
    'id,label\r\nurn:a,"\'=1,1"\r\n'
    """
    names = list(columns)
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(names)
    table.writerows([_cell(column, row.get(column)) for column in names] for row in rows)
    return text.getvalue()


def _cell(column: str, value: Value | None) -> str:
    if value is None:
        return ""
    text = printable(str(value))
    return text_cell(text) if column not in _IDS and isinstance(value, str) else text


def as_parquet(columns: Mapping[str, type], rows: Iterable[Row]) -> bytes:
    """Return a table as Apache Parquet: texts as they are, counts as 64-bit integers, no value as null.

    Raises:
        UsageError: pyarrow is not installed.
    """
    pa = arrow()
    schema = pa.schema([(column, pa.int64() if kind is int else pa.string()) for column, kind in columns.items()])
    return parquet(pa.Table.from_pylist([dict(row) for row in rows], schema=schema))
