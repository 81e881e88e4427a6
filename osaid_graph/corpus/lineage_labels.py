"""What artefacts of a corpus are called, where that is not the short form of their IRI."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from rdflib import DCTERMS, RDF, BNode, Graph, URIRef
from rdflib.namespace import FOAF
from rdflib.term import IdentifiedNode

from osaid_graph.corpus.batches import batches
from osaid_graph.corpus.lineage_tables import ARTEFACTS
from osaid_graph.corpus.rows import node_of, term_of
from osaid_graph.corpus.vertical import Vertical
from osaid_graph.engines import Engine
from osaid_graph.graph.labels import label
from osaid_graph.identity import short
from osaid_graph.term_ids import term_id
from osaid_graph.vocab import DCAT3, OSAID

#: What labels are made of.
PROPERTIES: Final = (DCTERMS.title, FOAF.name, DCAT3.version, OSAID.hasComponent, OSAID.codeRole, RDF.type)
_TITLES: Final = (DCTERMS.title, FOAF.name)
_SIZE: Final = 10_000


def labels(engine: Engine, facts: Vertical, terms: str) -> Iterator[tuple[int, str]]:
    """Yield the numbers of artefacts with what :func:`osaid_graph.graph.labels.label` calls them.

    Only what has a title, is part of something or has no IRI can be called otherwise than by its IRI; of these, some
    at a time, a graph is made of what is looked at.

    Args:
        engine: Where the tables are.
        facts: The facts.
        terms: The table of the terms of these.
    """
    other = ["a.name LIKE '%#%'", "a.name LIKE '\\_:%' ESCAPE '\\'"]
    other += [f"a.id IN (SELECT subject FROM {facts[prop]})" for prop in _TITLES]
    chosen = f"(SELECT a.number, a.name FROM {ARTEFACTS} AS a WHERE {' OR '.join(other)}) AS chosen"
    for rows in batches(engine, chosen, "number, name", _SIZE):
        nodes = {number: node_of(name) for number, name in rows}
        graph = _around(engine, facts, terms, nodes)
        for number, node in nodes.items():
            called = label(graph, node)
            if called != short(str(node) if isinstance(node, URIRef) else f"_:{node}"):
                yield number, called


def _around(engine: Engine, facts: Vertical, terms: str, nodes: Mapping[int, IdentifiedNode]) -> Graph:
    """Return what is said of nodes, and of what they may be parts of."""
    asked = {related for node in nodes.values() for related in _related(node)}
    engine.values("asked_nodes", {"id": "BIGINT"}, sorted({(term_id(node, facts.ids.seed),) for node in asked}))
    among = "subject IN (SELECT id FROM asked_nodes)"
    selects = [f"SELECT * FROM ({facts.select((prop,))}) AS said WHERE {among}" for prop in PROPERTIES]
    selects[PROPERTIES.index(OSAID.hasComponent)] += " AND object IN (SELECT id FROM asked_nodes)"
    columns = ", ".join(f"{side}.kind, {side}.value, {side}.datatype, {side}.language" for side in ("s", "p", "o"))
    rows = engine.rows(
        f"SELECT {columns} FROM ({' UNION ALL '.join(selects)}) AS said JOIN {terms} AS s ON s.id = said.subject "
        f"JOIN {terms} AS p ON p.id = said.predicate JOIN {terms} AS o ON o.id = said.object"
    )
    engine.drop("asked_nodes")
    graph = Graph()
    for row in rows:
        graph.add((term_of(*row[:4]), term_of(*row[4:8]), term_of(*row[8:])))
    return graph


def _related(node: IdentifiedNode) -> Iterator[IdentifiedNode]:
    """Yield a node, and what its IRI says it may be a part of."""
    yield node
    if not isinstance(node, BNode):
        whole, hash_, _ = str(node).partition("#")
        if hash_:
            yield URIRef(whole)
            yield URIRef(str(node).rpartition("-")[0])
