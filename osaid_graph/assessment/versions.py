"""References to a dataset or model of which only a version is described: what is meant, and how to write it."""

from __future__ import annotations

from rdflib import DCTERMS, RDF, Graph, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.errors import InputError
from osaid_graph.graph.release import Release
from osaid_graph.identity import Kind, resolve, short
from osaid_graph.lineage.edges import Edge
from osaid_graph.model import Remedy
from osaid_graph.vocab import OSAID

#: The top-level keys of the manifest that name datasets, by the edge they write.
_KEYS = {
    OSAID.trainedOn: "training-data",
    OSAID.validatedOn: "validation-data",
    OSAID.evaluatedOn: "evaluation-data",
}


def described_versions(release: Release, graph: Graph, node: IdentifiedNode) -> list[URIRef]:
    """Return the versions of an unresolved node that the documents describe, sorted."""
    if (node, RDF.type, OSAID.UnresolvedReference) not in graph:
        return []
    versions = (version for version in release.graph.subjects(DCTERMS.isVersionOf, node) if version != node)
    return sorted(v for v in versions if isinstance(v, URIRef) and _is_described(graph, v))


def version_reason(release: Release, graph: Graph, versions: list[URIRef]) -> str:
    """Return in a sentence which versions are described, and where."""
    if not versions:
        return ""
    found = []
    for version in versions:
        place = release.location(version)
        where = "" if place is None else f" ({place.source}{f':{place.line}' if place.line else ''})"
        found.append(f"{reference(graph, version)}{where}")
    return f"described here is {', '.join(found)}; refer to it by its version"


def version_remedy(
    graph: Graph, node: IdentifiedNode, versions: list[URIRef], arrival: tuple[IdentifiedNode, Edge] | None
) -> Remedy | None:
    """Return the reference to the first of the versions described, as it stands where the node is referred to."""
    if not versions or arrival is None:
        return None
    holder, edge = arrival
    written = reference(graph, versions[0])
    alone = edge.predicate in _KEYS and len(set(graph.objects(holder, edge.predicate))) == 1
    instead = f"{written}  # in the place of {reference(graph, node)}"
    yaml = f"{_KEYS[edge.predicate]}: [{written}]" if alone else instead
    ends = (versions[0], holder) if edge.inverse else (holder, versions[0])
    return Remedy("replace", yaml, f"{ends[0].n3()} {edge.predicate.n3()} {ends[1].n3()} .")


def reference(graph: Graph, node: IdentifiedNode) -> str:
    """Return the short reference that a manifest takes for a node, ``org/name@version``, else its IRI."""
    trained = (OSAID.AISystem, OSAID.Model, OSAID.Parameters, OSAID.Checkpoint)
    kind: Kind = "models" if any((node, RDF.type, each) in graph for each in trained) else "datasets"
    written = short(str(node))
    try:
        return written if resolve(written, kind) == str(node) else str(node)
    except InputError:
        return str(node)


def _is_described(graph: Graph, node: IdentifiedNode) -> bool:
    return any(
        kind in OSAID and kind != OSAID.UnresolvedReference
        for kind in graph.objects(node, RDF.type)
        if isinstance(kind, URIRef)
    )
