"""Requirements as the definition data states them, in the words of one version."""

from __future__ import annotations

from collections.abc import Mapping

from rdflib import RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.errors import ResourceError
from osaid_graph.model import Requirement
from osaid_graph.vocab import OSAID, token


def declared(graph: Graph) -> dict[str, URIRef]:
    """Return the requirements a graph declares, by id, in the order in which they are written."""
    nodes = (node for node in graph.subjects(RDF.type, OSAID.Requirement) if isinstance(node, URIRef))
    return {token(node): node for node in nodes}


def requirement(graph: Graph, node: URIRef, wording: IdentifiedNode) -> Requirement:
    """Return a requirement in the words of ``wording``.

    A wording has the quote. It may restate anything else that is said of the requirement, where a version asks the same
    in a wider or narrower sense; what it does not restate is that of the requirement.

    Raises:
        ResourceError: The clause or the strength is missing or stated twice.
    """

    def text(predicate: URIRef) -> str:
        return text_of(graph, wording, predicate) or text_of(graph, node, predicate)

    def nodes(predicate: URIRef) -> tuple[URIRef, ...]:
        return iris_of(graph, wording, predicate) or iris_of(graph, node, predicate)

    def one(predicate: URIRef) -> str:
        found = nodes(predicate)
        if len(found) != 1:
            raise ResourceError(
                f"requirement {token(node)} has {len(found)} values of osaid:{token(predicate)}, not one",
                "mend it in its Turtle file",
            )
        return token(found[0])

    def first(predicate: URIRef) -> URIRef | None:
        return next(iter(nodes(predicate)), None)

    def tokens(predicate: URIRef) -> tuple[str, ...]:
        return tuple(token(value) for value in nodes(predicate))

    settled = first(OSAID.settledBy)
    return Requirement(
        id=token(node),
        iri=node,
        clause=one(OSAID.clause),
        strength=one(OSAID.strength),
        checks=tuple(sorted(tokens(OSAID.check))),
        label=text(RDFS.label),
        quote=text(OSAID.quote),
        definition=text(SKOS.definition),
        rationale=text(OSAID.rationale),
        satisfied_by=text(OSAID.satisfiedBy),
        decision=text(SKOS.editorialNote),
        applies_to=nodes(OSAID.appliesTo),
        answered_by=first(OSAID.answeredBy),
        role=first(OSAID.answeredForRole),
        applies_when=nodes(OSAID.appliesWhen),
        includes=tokens(OSAID.includes),
        settled_by=token(settled) if settled else "",
        limits=tokens(OSAID.limits),
        waivable=text(OSAID.waivable) == "true",
    )


def circle(requirements: Mapping[str, Requirement]) -> tuple[str, ...]:
    """Return a circle in what requirements include, the first again at its end; empty where there is none.

    What they include must be among them.
    """
    done: set[str] = set()

    def visit(id_: str, above: tuple[str, ...]) -> tuple[str, ...]:
        if id_ in above:
            return (*above[above.index(id_) :], id_)
        if id_ not in done:
            for part in requirements[id_].includes:
                if found := visit(part, (*above, id_)):
                    return found
            done.add(id_)
        return ()

    return next((found for id_ in requirements if (found := visit(id_, ()))), ())


def text_of(graph: Graph, node: IdentifiedNode, predicate: URIRef) -> str:
    """Return the text of a property, empty where it has none."""
    value = graph.value(node, predicate)
    return "" if value is None else str(value)


def iris_of(graph: Graph, node: IdentifiedNode, predicate: URIRef) -> tuple[URIRef, ...]:
    """Return the IRIs a property has, sorted."""
    return tuple(sorted(value for value in graph.objects(node, predicate) if isinstance(value, URIRef)))
