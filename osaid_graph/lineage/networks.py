"""A lineage, or a part of it, as a graph of networkx, for what this package does not ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from rdflib import URIRef

from osaid_graph.lineage.index import Lineage, made_from, mask, via
from osaid_graph.lineage.reached import kind_name
from osaid_graph.lineage.walk import downstream_of, upstream_of

if TYPE_CHECKING:
    import networkx as nx


def digraph(
    lineage: Lineage, nodes: Iterable[int] | None = None, following: Collection[URIRef] | None = None
) -> nx.DiGraph:
    """Return artefacts by IRI and their edges, from what was made to what it was made from.

    Nodes have the attributes ``label``, ``kind`` (``Dataset``; empty where nothing tells), ``licenses`` (a tuple),
    ``issued`` (an ISO 8601 date; empty where nothing tells) and ``described``. Edges have ``properties``, a tuple of
    names like ``osaid:trainedOn``.

    Args:
        lineage: The lineage.
        nodes: The artefacts to take, with the edges among them; all if None.
        following: The properties of edges to take; those that lead to what something was made from if None.
    """
    import networkx as nx

    chosen = range(len(lineage)) if nodes is None else sorted(set(nodes))
    follows = mask(tuple(made_from() if following is None else following))
    graph: nx.DiGraph = nx.DiGraph()
    for number in chosen:
        issued = lineage.issued(number)
        graph.add_node(
            lineage.iri(number),
            label=lineage.label(number),
            kind=kind_name(lineage, number),
            licenses=lineage.licenses(number),
            issued=issued.isoformat() if issued else "",
            described=bool(lineage.columns.described[number]),
        )
    inside = None if nodes is None else frozenset(chosen)
    for number in chosen:
        found: dict[int, tuple[str, ...]] = {}
        for end, kind in lineage.up.ends(number):
            if follows[kind] and (inside is None or end in inside):
                found[end] = (*found.get(end, ()), via(kind))
        for end, names in found.items():
            graph.add_edge(lineage.iri(number), lineage.iri(end), properties=names)
    return graph


def ancestry(lineage: Lineage, node: str, following: Collection[URIRef] | None = None) -> nx.DiGraph:
    """Return an artefact and all that it was made from; see :func:`digraph`.

    Raises:
        UsageError: There is no such artefact, or several could be meant.
    """
    return digraph(lineage, upstream_of(lineage, lineage.find(node), following=following).arrivals, following)


def descent(lineage: Lineage, node: str, following: Collection[URIRef] | None = None) -> nx.DiGraph:
    """Return an artefact and all that was made from it; see :func:`digraph`.

    Raises:
        UsageError: There is no such artefact, or several could be meant.
    """
    return digraph(lineage, downstream_of(lineage, lineage.find(node), following=following).arrivals, following)
