"""What documents say of the vocabulary itself, which an assessment leaves out: its words mean what the ontology says.

SHACL takes the instances of a class to be those of the classes below it as well, as the data graph has them
(https://www.w3.org/TR/shacl/#dfn-shacl-instance), so that one ``rdfs:subClassOf`` would change what the rules say of
everything that is of the class. Whoever describes a release says what its things are, and not what a class is.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from rdflib import RDFS, Graph, URIRef
from rdflib.term import Node

from osaid_graph.graph.ontology import codelists, ontology
from osaid_graph.vocab import BASE


@cache
def vocabulary_terms() -> frozenset[URIRef]:
    """Return the classes, properties and concepts that the ontology and the codelists declare."""
    subjects = {*ontology().subjects(), *codelists().subjects()}
    return frozenset(term for term in subjects if isinstance(term, URIRef) and term.startswith(BASE))


def leave_out_axioms(graph: Graph) -> None:
    """Remove what a graph says of classes and of terms of the vocabulary: :func:`axioms`."""
    for axiom in list(axioms(graph)):
        graph.remove(axiom)


def axioms(graph: Graph) -> Iterator[tuple[Node, Node, Node]]:
    """Yield the statements that order classes, and those about a term of the vocabulary."""
    yield from graph.triples((None, RDFS.subClassOf, None))
    for term in vocabulary_terms():
        yield from (said for said in graph.triples((term, None, None)) if said[1] != RDFS.subClassOf)
