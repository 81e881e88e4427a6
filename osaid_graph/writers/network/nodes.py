"""What is said of a node of a lineage, as attributes with plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rdflib import DCTERMS, RDF, RDFS, BNode, Literal, URIRef
from rdflib.namespace import FOAF
from rdflib.term import IdentifiedNode

from osaid_graph.graph.labels import name, said
from osaid_graph.graph.ontology import ontology
from osaid_graph.lineage.edges import kinds
from osaid_graph.vocab import DCAT3, OSAID, token
from osaid_graph.writers.material import Material
from osaid_graph.writers.picture import shown

#: The value of an attribute. What is not said has no attribute.
Value = str | int
#: Attribute -> the properties whose values it holds, as they were stated.
STATED: Mapping[str, tuple[URIRef, ...]] = {
    "version": (DCAT3.version,),
    "license": (OSAID.license,),
    "roles": (OSAID.codeRole, OSAID.documentRole),
    "issued": (DCTERMS.issued,),
    "availability": (OSAID.availability,),
    "withdrawn": (OSAID.withdrawn,),
    "comment": (RDFS.comment,),
}
#: The attributes that count findings; a node that was not assessed has none.
COUNTED = ("not_met", "not_evidenced")
#: Every attribute that a node may have, in order.
ATTRIBUTES = ("iri", "label", "kind", *STATED, *COUNTED)
_SEPARATOR = "; "


def attributes_of(
    material: Material, nodes: Sequence[IdentifiedNode], stated: Sequence[str] = tuple(STATED)
) -> Iterator[dict[str, Value]]:
    """Yield the attributes of nodes, each a subset of :data:`ATTRIBUTES` in order, and enter them as carried.

    Several values are joined by semicolons, sorted. A statement that something is withheld or has no object is a value
    in words. ``iri`` is only of nodes that have one.

    Args:
        material: The release.
        nodes: The nodes.
        stated: The attributes of :data:`STATED` that the format has room for.
    """
    counts, assessed = _gaps(material)
    for node in nodes:
        found: dict[str, Value] = {} if isinstance(node, BNode) else {"iri": str(node)}
        found["label"] = taken_label(material, node)
        kind = taken_kind(material, node)
        if kind:
            found["kind"] = kind
        for attribute in stated:
            words = [_in_words(material, node, each) for each in STATED[attribute]]
            if any(words):
                found[attribute] = _SEPARATOR.join(filter(None, words))
        if node in assessed:
            found.update((each, counts[name(node), each.replace("_", "-")]) for each in COUNTED)
        yield found


def taken_label(material: Material, node: IdentifiedNode) -> str:
    """Return what a node is called where it is drawn, and enter the statements that say so as carried."""
    text = shown(material.graph, node)
    for predicate in (DCTERMS.title, FOAF.name):
        titles = sorted((v for v in material.peek(node, predicate) if isinstance(v, Literal)), key=str)
        if titles:
            material.carry(node, predicate, titles[0])
            break
    for version in material.peek(node, DCAT3.version):
        if text.endswith(f" {version}"):
            material.carry(node, DCAT3.version, version)
    if isinstance(node, BNode):
        for role in material.peek(node, OSAID.codeRole):
            if token(role) in text:
                material.carry(node, OSAID.codeRole, role)
    return text


def taken_kind(material: Material, node: IdentifiedNode) -> str:
    """Return the classes of a node, the most specific alone, and enter them and the broader ones as carried."""
    classes = {each for each in kinds(material.graph, node) if each in OSAID}
    broader = {each: set(ontology().transitive_objects(each, RDFS.subClassOf)) - {each} for each in classes}
    implied = set().union(*broader.values()) if broader else set()
    for each in classes:
        if isinstance(each, URIRef):
            material.carry(node, RDF.type, each)
    return _SEPARATOR.join(sorted(token(each) for each in classes - implied))


def _in_words(material: Material, node: IdentifiedNode, predicate: URIRef) -> str:
    words = []
    for value in material.take(node, predicate):
        words.append(said(material.graph, value))
        if isinstance(value, BNode):
            for kind in (OSAID.NotDisclosed, OSAID.NotApplicable):
                material.carry(value, RDF.type, kind)
            comments = sorted(material.peek(value, RDFS.comment), key=str)
            for comment in comments[:1]:
                material.carry(value, RDFS.comment, comment)
    return _SEPARATOR.join(words)


def _gaps(material: Material) -> tuple[Counter[tuple[str, str]], frozenset[IdentifiedNode]]:
    """Return how many findings of either outcome are on each node, and the nodes that were assessed."""
    examination = material.examination
    if examination is None:
        return Counter(), frozenset()
    findings = examination.assessment.findings
    return Counter((each.focus, each.outcome) for each in findings), examination.scope.nodes
