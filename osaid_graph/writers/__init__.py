"""What is written for others to read: manifests and entries of them, pictures, the graph in other formats.

A writer is a module with ``NAME``, ``TITLE``, ``SUFFIX``, ``ASSESSED`` and ``write(material)``, found through
:data:`WRITERS`; it takes what it can carry from the :class:`~osaid_graph.writers.material.Material`, and what it never
asked for is what the format loses.
"""

from __future__ import annotations

import difflib
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from osaid_graph.errors import UsageError

if TYPE_CHECKING:
    from osaid_graph.writers.material import Material

#: Name for ``--to`` -> module. Imported on use.
WRITERS: dict[str, str] = {
    "croissant": "osaid_graph.writers.croissant",
    "ro-crate": "osaid_graph.writers.ro_crate",
    "html": "osaid_graph.writers.pictures.page",
    "svg": "osaid_graph.writers.pictures.svg",
    "dot": "osaid_graph.writers.network.dot",
    "mermaid": "osaid_graph.writers.network.mermaid",
    "graphml": "osaid_graph.writers.network.graphml",
    "gexf": "osaid_graph.writers.network.gexf",
    "cytoscape": "osaid_graph.writers.network.cytoscape",
    "node-link": "osaid_graph.writers.network.node_link",
    "nodes-csv": "osaid_graph.writers.network.nodes_csv",
    "edges-csv": "osaid_graph.writers.network.edges_csv",
    "nodes-parquet": "osaid_graph.writers.network.nodes_parquet",
    "edges-parquet": "osaid_graph.writers.network.edges_parquet",
    "earl": "osaid_graph.writers.earl",
    "prov-json": "osaid_graph.writers.prov.prov_json",
    "prov-jsonld": "osaid_graph.writers.prov.jsonld",
    "prov-n": "osaid_graph.writers.prov.prov_n",
    "prov-trig": "osaid_graph.writers.prov.trig",
    "spdx3": "osaid_graph.writers.spdx3",
    "cyclonedx": "osaid_graph.writers.cyclonedx",
    "cyclonedx-1.7": "osaid_graph.writers.cyclonedx.v1_7",
}


class Writer(Protocol):
    """Writes one format.

    ``TITLE`` is the standard with its version as people call it, ``SUFFIX`` that of a file of it (``.trig``), and
    ``ASSESSED`` whether it shows the assessment: ``needs`` it, ``shows`` it where there is something to assess, or
    ``ignores`` it.
    """

    NAME: str
    TITLE: str
    SUFFIX: str
    ASSESSED: str

    def write(self, material: Material) -> str | bytes:
        """Return the document.

        Raises:
            NothingToAssessError: The material holds nothing that the format is for.
        """


def writer(name: str) -> Writer:
    """Return the writer of a format.

    Raises:
        UsageError: There is none of that name.
    """
    if name not in WRITERS:
        near = difflib.get_close_matches(name.casefold(), WRITERS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"formats: {', '.join(WRITERS)}"
        raise UsageError(f"no format {name!r} to export to", hint)
    return cast(Writer, import_module(WRITERS[name]))
