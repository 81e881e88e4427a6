"""All that can be asked, as N-Quads: to be loaded into another engine, which then answers the same queries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import pyoxigraph as ox


def n_quads(store: ox.Store, default_graph: str | None = None) -> bytes:
    """Return the statements of a store, sorted.

    Args:
        store: What can be asked (:func:`osaid_graph.query.store.build`).
        default_graph: What the default graph is called there, for engines that have all of their graphs for one, as
            Virtuoso does; None to leave it without a name.
    """
    return (ox.serialize(sorted(_quads(store, default_graph), key=str), format=ox.RdfFormat.N_QUADS)) or b""


def write_n_quads(store: ox.Store, file: BinaryIO, default_graph: str | None = None) -> None:
    """Write the statements of a store into a file, in no order, one at a time.

    Args:
        store: As of :func:`n_quads`.
        file: The file.
        default_graph: As of :func:`n_quads`.
    """
    ox.serialize(_quads(store, default_graph), file, format=ox.RdfFormat.N_QUADS)


def _quads(store: ox.Store, default_graph: str | None) -> Iterator[ox.Quad]:
    named = ox.DefaultGraph() if default_graph is None else ox.NamedNode(default_graph)
    for quad in store.quads_for_pattern(None, None, None, None):
        if quad.graph_name == ox.DefaultGraph():
            yield ox.Quad(quad.subject, quad.predicate, quad.object, named)
        else:
            yield quad
