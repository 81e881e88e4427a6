"""Load a version of the definition: its requirements with their words, and the rules that check them."""

from __future__ import annotations

from functools import cache

from rdflib import DCTERMS, RDF, RDFS, SH, SKOS, Graph, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.errors import ResourceError, UsageError
from osaid_graph.model import Definition, FindingOutcome, Remedy, Requirement, Rule
from osaid_graph.resources import turtle_files
from osaid_graph.vocab import DCAT3, DEF, OSAID, REQ, token

DEFAULT_VERSION = "1.0-rc1"

#: What a result of a severity means for the requirement.
OUTCOMES: dict[Node, FindingOutcome] = {
    SH.Violation: "not-met",
    SH.Warning: "not-evidenced",
    SH.Info: "recommendation",
}


@cache
def shapes() -> Graph:
    """Return the rules of ``shapes/`` as one graph."""
    graph = Graph()
    for file in turtle_files("shapes"):
        graph.parse(data=file.read_text("utf-8"), format="turtle")
    return graph


@cache
def _requirements() -> Graph:
    graph = Graph()
    for file in turtle_files("ontology/definition"):
        graph.parse(data=file.read_text("utf-8"), format="turtle")
    return graph


def versions() -> tuple[str, ...]:
    """Return the ids of the versions of the definition that are shipped."""
    return tuple(sorted(token(node) for node in _requirements().subjects(RDF.type, OSAID.Definition) if _iri(node)))


@cache
def definition(version: str = DEFAULT_VERSION) -> Definition:
    """Return a version of the definition.

    Raises:
        UsageError: There is no such version; those that exist are listed.
    """
    if version not in versions():
        raise UsageError(f"no version {version!r} of the definition", "versions: " + ", ".join(versions()))
    graph, iri = _requirements(), DEF[version]
    words = {
        token(_one_iri(graph, wording, OSAID.requirement)): _text(graph, wording, OSAID.quote)
        for wording in graph.objects(iri, OSAID.wording)
        if isinstance(wording, IdentifiedNode)
    }
    ordered = [token(node) for node in graph.subjects(RDF.type, OSAID.Requirement) if _iri(node)]
    requirements = {id_: _requirement(graph, id_, words[id_]) for id_ in ordered if id_ in words}
    rules = {rule.id: rule for rule in _rules() if rule.requirement in requirements}
    return Definition(
        id=version,
        version=_text(graph, iri, DCAT3.version),
        title=_text(graph, iri, DCTERMS.title),
        source=_text(graph, iri, DCTERMS.source),
        requirements=requirements,
        rules=rules,
    )


def _requirement(graph: Graph, id_: str, quote: str) -> Requirement:
    node = REQ[id_]
    answered = [value for value in graph.objects(node, OSAID.answeredBy) if isinstance(value, URIRef)]
    role = [value for value in graph.objects(node, OSAID.answeredForRole) if isinstance(value, URIRef)]
    return Requirement(
        id=id_,
        clause=token(_one_iri(graph, node, OSAID.clause)),
        strength=token(_one_iri(graph, node, OSAID.strength)),
        checks=tuple(sorted(token(value) for value in _iris(graph, node, OSAID.check))),
        label=_text(graph, node, RDFS.label),
        quote=quote,
        definition=_text(graph, node, SKOS.definition),
        rationale=_text(graph, node, OSAID.rationale),
        satisfied_by=_text(graph, node, OSAID.satisfiedBy),
        decision=_text(graph, node, SKOS.editorialNote),
        applies_to=_iris(graph, node, OSAID.appliesTo),
        answered_by=answered[0] if answered else None,
        role=role[0] if role else None,
        applies_when=_iris(graph, node, OSAID.appliesWhen),
        includes=tuple(token(value) for value in _iris(graph, node, OSAID.includes)),
    )


def _rules() -> list[Rule]:
    graph = shapes()
    return [_rule(graph, node) for node in graph.subjects(OSAID.requirement) if isinstance(node, URIRef)]


def _rule(graph: Graph, node: URIRef) -> Rule:
    severity = graph.value(node, SH.severity)
    remedy = graph.value(node, OSAID.remedy)
    if severity not in OUTCOMES or not isinstance(remedy, IdentifiedNode):
        raise ResourceError(f"rule {token(node)} has no severity or no remedy", "mend it in shapes/")
    return Rule(
        id=token(node),
        requirement=token(_one_iri(graph, node, OSAID.requirement)),
        outcome=OUTCOMES[severity],
        message=_text(graph, node, SH.message),
        property=_one_iri(graph, node, OSAID.property),
        on_subject=bool(graph.value(node, OSAID.onSubject)),
        remedy=Remedy(
            action=_text(graph, remedy, OSAID.action),
            yaml=_text(graph, remedy, OSAID.yaml),
            turtle=_text(graph, remedy, OSAID.turtle),
            under=_text(graph, remedy, OSAID.under),
        ),
    )


def _text(graph: Graph, node: IdentifiedNode, predicate: URIRef) -> str:
    value = graph.value(node, predicate)
    return "" if value is None else str(value)


def _iri(node: object) -> bool:
    return isinstance(node, URIRef)


def _iris(graph: Graph, node: IdentifiedNode, predicate: URIRef) -> tuple[URIRef, ...]:
    return tuple(sorted(value for value in graph.objects(node, predicate) if isinstance(value, URIRef)))


def _one_iri(graph: Graph, node: IdentifiedNode, predicate: URIRef) -> URIRef:
    found = _iris(graph, node, predicate)
    if len(found) != 1:
        raise ResourceError(
            f"{node} has {len(found)} values of {token(predicate)}, not one",
            "mend it in shapes/ or ontology/",
        )
    return found[0]
