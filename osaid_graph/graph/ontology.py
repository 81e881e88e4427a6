"""The ontology as a graph, and the small fixed entailment that every check uses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.resources import root, turtle_files

#: Vocabularies that the ontology is aligned to by axioms; the other alignments are mappings and entail nothing.
AXIOM_ALIGNMENTS = ("prov-o.ttl", "dcat.ttl", "dcterms.ttl", "earl.ttl")


@cache
def ontology() -> Graph:
    """Return ``ontology/osaid.ttl`` with the alignments that are axioms."""
    graph = Graph()
    folder = root() / "ontology"
    graph.parse(data=(folder / "osaid.ttl").read_text("utf-8"), format="turtle")
    for name in AXIOM_ALIGNMENTS:
        graph.parse(data=(folder / "alignments" / name).read_text("utf-8"), format="turtle")
    return graph


@cache
def codelists() -> Graph:
    """Return the SKOS codelists."""
    graph = Graph()
    for file in turtle_files("ontology"):
        if file.name == "codelists.ttl":
            graph.parse(data=file.read_text("utf-8"), format="turtle")
    return graph


def entail(graph: Graph) -> None:
    """Add to ``graph`` what follows from sub-classes, sub-properties and inverses of the ontology.

    This is the whole profile of ``check``: RDFS rules rdfs7 and rdfs9 and OWL 2 RL rule prp-inv over our own axioms.
    There are no domains and ranges in it, because a type inferred from an edge hides the error that SHACL is to find.
    """
    for triple in list(graph):
        for implied in entailed(triple):
            graph.add(implied)


def entailed(triple: tuple[Node, Node, Node]) -> Iterator[tuple[Node, Node, Node]]:
    """Yield what follows from one statement; see :func:`entail`."""
    subject, predicate, value = triple
    if predicate == RDF.type:
        for broader in _closure(RDFS.subClassOf).get(value, ()):
            yield subject, RDF.type, broader
    for implied, turned in implications().get(predicate, ()):
        if not turned:
            yield subject, implied, value
        elif isinstance(value, IdentifiedNode):
            yield value, implied, subject


def narrower(prop: URIRef) -> frozenset[URIRef]:
    """Return a property and all its sub-properties."""
    found = {sub for sub, supers in _closure(RDFS.subPropertyOf).items() if prop in supers and isinstance(sub, URIRef)}
    return frozenset(found | {prop})


@cache
def narrower_classes(kind: URIRef) -> frozenset[URIRef]:
    """Return a class and all its sub-classes."""
    found = {sub for sub, supers in _closure(RDFS.subClassOf).items() if kind in supers and isinstance(sub, URIRef)}
    return frozenset(found | {kind})


@cache
def implying(prop: URIRef) -> tuple[tuple[URIRef, bool], ...]:
    """Return the properties of which a statement implies one of ``prop``, and whether with the ends turned round."""
    found = {(prop, False)}
    for source, implied in implications().items():
        if isinstance(source, URIRef):
            found.update((source, turned) for target, turned in implied if target == prop)
    return tuple(sorted(found))


def broader_classes() -> dict[URIRef, tuple[URIRef, ...]]:
    """Return the classes that have broader ones with all of these."""
    return {kind: broader for kind, broader in _closure(RDFS.subClassOf).items() if isinstance(kind, URIRef)}


def turning() -> frozenset[URIRef]:
    """Return the properties a statement of which says something of its object too, from the other end."""
    found = (prop for prop, implied in implications().items() if any(turned for _, turned in implied))
    return frozenset(prop for prop in found if isinstance(prop, URIRef))


@cache
def inverses(prop: URIRef) -> tuple[URIRef, ...]:
    """Return the properties that say the same from the other end."""
    both = {*ontology().objects(prop, OWL.inverseOf), *ontology().subjects(OWL.inverseOf, prop)}
    return tuple(sorted(each for each in both if isinstance(each, URIRef)))


@cache
def _closure(predicate: URIRef) -> dict[Node, tuple[URIRef, ...]]:
    direct: dict[Node, set[Node]] = defaultdict(set)
    for subject, value in ontology().subject_objects(predicate):
        direct[subject].add(value)
    closed: dict[Node, tuple[URIRef, ...]] = {}
    for start in direct:
        found: dict[Node, None] = {}
        waiting = sorted(direct[start], key=str)
        while waiting:
            node = waiting.pop()
            if node not in found and node != start:
                found[node] = None
                waiting.extend(direct.get(node, ()))
        closed[start] = tuple(node for node in found if isinstance(node, URIRef))
    return closed


@cache
def implications() -> dict[Node, tuple[tuple[URIRef, bool], ...]]:
    """Return for each property all that a statement with it implies, and whether with the ends turned round."""
    graph = ontology()
    direct: dict[Node, set[tuple[URIRef, bool]]] = defaultdict(set)
    for sub, broader in graph.subject_objects(RDFS.subPropertyOf):
        if isinstance(broader, URIRef):
            direct[sub].add((broader, False))
    for left, right in graph.subject_objects(OWL.inverseOf):
        if isinstance(left, URIRef) and isinstance(right, URIRef):
            direct[left].add((right, True))
            direct[right].add((left, True))
    implied: dict[Node, tuple[tuple[URIRef, bool], ...]] = {}
    for start in list(direct):
        found: set[tuple[Node, bool]] = {(start, False)}
        waiting: list[tuple[Node, bool]] = [(start, False)]
        while waiting:
            node, turned = waiting.pop()
            for target, turns in direct.get(node, ()):
                step = (target, turned != turns)
                if step not in found:
                    found.add(step)
                    waiting.append(step)
        found.discard((start, False))
        implied[start] = tuple(sorted((iri, turned) for iri, turned in found if isinstance(iri, URIRef)))
    return implied
