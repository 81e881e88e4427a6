"""Inputs of many descriptions in a store: read a batch at a time, so that memory holds the store and one batch.

What a check adds to a graph is added here in the same way by the same functions. Entailment looks at one statement, so
a batch can have it on its own; what is unresolved, and what terms come to, is found in the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

import pyoxigraph as ox
from rdflib import Graph

from osaid_graph.graph.activities import expand_activities
from osaid_graph.graph.conclusions import conclude
from osaid_graph.graph.dump import Dump, Progress, add_digest, records
from osaid_graph.graph.ontology import entail, entailed
from osaid_graph.graph.references import resolve_references
from osaid_graph.graph.release import Release
from osaid_graph.query.terms import PREFIXES, graph_of, quads
from osaid_graph.reading import Reading, Statement
from osaid_graph.terms import Policy

#: Statements that are entailed from and stored at a time.
_BATCH: Final = 20_000
#: What points at nodes that a reference is resolved to.
_EDGES: Final = tuple(
    ox.NamedNode(PREFIXES["osaid"] + name)
    for name in ("trainedOn", "validatedOn", "evaluatedOn", "derivedFrom", "hasComponent")
)
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_LICENSE: Final = ox.NamedNode(PREFIXES["osaid"] + "license")


def add_dumps(
    store: ox.Store, release: Release, dumps: Sequence[Dump], policy: Policy | None, progress: Progress | None
) -> None:
    """Add what a release and dumps say to a store, together and a named graph for each dump.

    Args:
        store: Where to.
        release: The other inputs; the dumps become sources of it.
        dumps: What to read.
        policy: What terms come to under it is added, and what a check entails; None to add statements as read.
        progress: Told how many bytes of how many have been read.

    Raises:
        InputError: A dump is broken; its ``source`` and ``line`` are set.
    """
    first = Graph()
    first += release.graph
    if policy is not None:
        entail(first)
        expand_activities(first)
        entail(first)
    store.bulk_extend(quads(first))
    size, before = sum(dump.size for dump in dumps), 0
    for dump in dumps:
        told = _part(progress, before, size)
        add_digest(dump)
        source = release.add_part(Reading(()), dump.name, {}, dump.format, dump.digest)
        named = ox.NamedNode(str(source.graph))
        statements = (statement for record in records(dump, told) for statement in record.statements)
        for batch in _batches(statements):
            _add(store, batch, named, entail=policy is not None)
        before += dump.size
    if policy is not None:
        _resolve(store)
        _conclude(store, policy)


def _part(progress: Progress | None, before: int, size: int) -> Progress | None:
    return None if progress is None else lambda read, _: progress(before + read, size)


def _batches(statements: Iterable[Statement]) -> Iterator[list[Statement]]:
    waiting = iter(statements)
    while batch := list(islice(waiting, _BATCH)):
        yield batch


def _add(store: ox.Store, batch: list[Statement], named: ox.NamedNode, *, entail: bool) -> None:
    triples = [statement.triple for statement in batch]
    store.bulk_extend(quads(triples, named))
    store.bulk_extend(quads(triples))
    if entail:
        store.bulk_extend(quads(implied for triple in triples for implied in entailed(triple)))


def _resolve(store: ox.Store) -> None:
    """Give a class to every node that has none and is pointed at, as :func:`resolve_references` does."""
    targets = _named(quad.object for edge in _EDGES for quad in _said(store, None, edge, None))
    for part in _parts([target for target in targets if not _has_class(store, target)]):
        graph = graph_of(_around(store, part))
        resolve_references(graph)
        entail(graph)
        store.bulk_extend(quads(graph))


def _conclude(store: ox.Store, policy: Policy) -> None:
    """Add what the terms of each node come to, as :func:`conclude` does."""
    for part in _parts(_named(quad.subject for quad in _said(store, None, _LICENSE, None))):
        graph = graph_of(_terms_of(store, part))
        conclude(graph, policy)
        store.bulk_extend(quads(graph))


def _terms_of(store: ox.Store, nodes: Iterable[ox.NamedNode]) -> Iterator[ox.Triple]:
    for node in nodes:
        for predicate in (_TYPE, _LICENSE):
            for quad in store.quads_for_pattern(node, predicate, None, ox.DefaultGraph()):
                yield quad.triple
                if isinstance(quad.object, ox.BlankNode):  # a refusal, told by its class
                    yield from (each.triple for each in store.quads_for_pattern(quad.object, _TYPE, None))


def _said(
    store: ox.Store,
    subject: ox.NamedNode | ox.BlankNode | ox.Triple | None,
    predicate: ox.NamedNode | None,
    value: ox.NamedNode | None,
) -> Iterator[ox.Quad]:
    """Yield what all say together; a lookup, because in SPARQL each would be a scan of the whole store."""
    return store.quads_for_pattern(subject, predicate, value, ox.DefaultGraph())


def _has_class(store: ox.Store, node: ox.NamedNode) -> bool:
    """Tell whether a class of the ontology describes a node."""
    kinds = (quad.object for quad in _said(store, node, _TYPE, None))
    return any(isinstance(kind, ox.NamedNode) and kind.value.startswith(PREFIXES["osaid"]) for kind in kinds)


def _around(store: ox.Store, nodes: Iterable[ox.NamedNode]) -> Iterator[ox.Triple]:
    """Yield what is said of nodes, what points at them, and the classes of that."""
    for node in nodes:
        yield from (quad.triple for quad in _said(store, node, None, None))
        for quad in _said(store, None, None, node):
            yield quad.triple
            yield from (each.triple for each in _said(store, quad.subject, _TYPE, None))


def _named(nodes: Iterable[object]) -> list[ox.NamedNode]:
    """Return the IRIs among nodes, each once; blank nodes are not among them."""
    return list(dict.fromkeys(node for node in nodes if isinstance(node, ox.NamedNode)))


def _parts(nodes: list[ox.NamedNode]) -> Iterator[list[ox.NamedNode]]:
    """Yield nodes, some at a time."""
    for start in range(0, len(nodes), _BATCH):
        yield nodes[start : start + _BATCH]
