"""Rules as the shapes state them: what a SHACL shape carries beside its constraints."""

from __future__ import annotations

from rdflib import RDF, RDFS, SH, BNode, Graph, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.errors import ResourceError
from osaid_graph.model import FindingOutcome, Remedy, Rule
from osaid_graph.validation.requirements import iris_of, text_of
from osaid_graph.vocab import CODE, OSAID, token

#: What a result of a severity means for the requirement. A severity is an IRI, and SHACL has three of its own (section
#: 2.1.4); the fourth is for what rules cannot decide and a reviewer should look at.
OUTCOMES: dict[Node, FindingOutcome] = {
    SH.Violation: "not-met",
    SH.Warning: "not-evidenced",
    CODE["needs-judgement"]: "needs-judgement",
    SH.Info: "recommendation",
}
#: What of a shape says nothing of what it checks.
_DESCRIPTION = (OSAID.remedy, OSAID.requirement, OSAID.bearsOn, RDF.type)
TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


def rules_of(graph: Graph) -> list[URIRef]:
    """Return the shapes that serve a requirement, in the order in which they are written."""
    served = dict.fromkeys(graph.subjects(OSAID.requirement))
    return [node for node in served if isinstance(node, URIRef) and _is_shape(graph, node)]


def rule(graph: Graph, node: URIRef) -> Rule:
    """Return what a rule says of itself.

    Without a severity it is a ``sh:Violation``, as SHACL has it; without ``osaid:property`` it is about its path.

    Raises:
        ResourceError: Its severity is unknown, it has no message, or does not say which property it is about.
    """
    severity = graph.value(node, SH.severity) or SH.Violation
    message = text_of(graph, node, SH.message)
    remedy = graph.value(node, OSAID.remedy)
    about = iris_of(graph, node, OSAID.property) or iris_of(graph, node, SH.path) or (RDF.type,)
    served = iris_of(graph, node, OSAID.requirement)
    wrong = (
        f"has the severity {token(severity)}"
        if severity not in OUTCOMES
        else "has no sh:message"
        if not message
        else f"serves {len(served)} requirements, not one"
        if len(served) != 1
        else ""
    )
    if wrong:
        raise ResourceError(f"rule {token(node)} {wrong}", "mend it in its Turtle file")
    return Rule(
        id=token(node),
        iri=node,
        requirement=token(served[0]),
        bears_on=tuple(token(value) for value in iris_of(graph, node, OSAID.bearsOn)),
        outcome=OUTCOMES[severity],
        message=message,
        property=about[0],
        looks_at=_looked_at(graph, node),
        on_subject=bool(graph.value(node, OSAID.onSubject)),
        remedy=_remedy(graph, remedy) if isinstance(remedy, IdentifiedNode) else Remedy("add", "", ""),
    )


def targeted(graph: Graph) -> set[IdentifiedNode]:
    """Return the shapes with a target; a shape that is a class as well is its own (SHACL, section 2.1.3.3)."""
    found = {node for predicate in TARGETS for node in graph.subjects(predicate)}
    found.update(
        node for kind in _class_kinds(graph) for node in graph.subjects(RDF.type, kind) if _is_shape(graph, node)
    )
    return {node for node in found if isinstance(node, IdentifiedNode)}


def untarget(graph: Graph, node: IdentifiedNode) -> None:
    """Take away the targets of a shape; what refers to it as a part may still use it."""
    for predicate in TARGETS:
        graph.remove((node, predicate, None))
    for kind in _class_kinds(graph):
        graph.remove((node, RDF.type, kind))


def _class_kinds(graph: Graph) -> set[Node]:
    return {RDFS.Class, *graph.subjects(RDFS.subClassOf, RDFS.Class)}


def _looked_at(graph: Graph, rule_node: URIRef) -> tuple[URIRef, ...]:
    """Return the properties that the paths of a shape name, and those of the shapes and lists it is made of."""
    found: set[URIRef] = set()
    seen: set[Node] = {rule_node}
    waiting: list[tuple[Node, bool]] = [(rule_node, False)]
    while waiting:
        node, of_path = waiting.pop()
        for predicate, value in graph.predicate_objects(node):
            in_path = of_path or predicate == SH.path
            if in_path and isinstance(value, URIRef):
                found.add(value)
            further = value not in seen and (isinstance(value, BNode) or _is_shape(graph, value))
            if further and predicate not in _DESCRIPTION:
                seen.add(value)
                waiting.append((value, in_path))
    return tuple(sorted(found - {RDF.nil}))


def _remedy(graph: Graph, node: IdentifiedNode) -> Remedy:
    return Remedy(
        action=text_of(graph, node, OSAID.action),
        yaml=text_of(graph, node, OSAID.yaml),
        turtle=text_of(graph, node, OSAID.turtle),
        under=text_of(graph, node, OSAID.under),
    )


def _is_shape(graph: Graph, node: Node) -> bool:
    return (node, RDF.type, SH.NodeShape) in graph or (node, RDF.type, SH.PropertyShape) in graph
