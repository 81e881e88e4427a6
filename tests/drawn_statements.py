"""Graphs drawn at random that say all that the ontology has words for, and much that makes no sense."""

from __future__ import annotations

from random import Random

from rdflib import PROV, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import IdentifiedNode, Node

from osaid_graph.graph.ontology import broader_classes, implications
from osaid_graph.vocab import CODE, OSAID

#: Small graphs in one: they have no node in common, so that many are held against each other in the time of one.
PARTS = 150
_SUBJECTS = (OSAID.AISystem, OSAID.Model, OSAID.Parameters, OSAID.Dataset)
_CLASSES = sorted({*broader_classes(), *(kind for kinds in broader_classes().values() for kind in kinds)})
_ODD = (PROV.Entity, OSAID.license, OSAID.NotDisclosed, Literal("Model"), URIRef("https://example.org/Class"))
_COMPONENTS = (
    *(OSAID.hasComponent, OSAID.isComponentOf, OSAID.hasModel, OSAID.hasParameters, OSAID.hasCode, OSAID.hasDocument),
    *(OSAID.hasConfiguration, OSAID.hasComponent),
)
_LINEAGE = (
    *(OSAID.trainedOn, OSAID.usedToTrain, OSAID.evaluatedOn, OSAID.derivedFrom, OSAID.sourceOf, OSAID.fineTunedFrom),
    *(OSAID.subsetOf, OSAID.derivedFrom),
)
_ACTIVITIES = (OSAID.trainedBy, OSAID.processedBy, OSAID.usedDataset, OSAID.usedCode, OSAID.usedConfiguration)
_EVERYTHING = sorted(prop for prop in implications() if isinstance(prop, URIRef))
#: What the statements of a small graph are mostly about.
_THEMES = (
    _COMPONENTS,
    _LINEAGE,
    (*_ACTIVITIES, *_COMPONENTS[:3]),
    (*_COMPONENTS, *_LINEAGE),
    (OSAID.license,),
    _EVERYTHING,
)
_TEXTS = (
    *("MIT", "Apache-2.0", "CC-BY-NC-4.0", "llama2", "MIT OR CC-BY-NC-4.0", "GPL-2.0-only AND CC-BY-ND-4.0", "NONE"),
    *(
        "other",
        "unknown",
        "NOASSERTION",
        "a licence of our own",
        "",
        "LicenseRef-own",
        "https://opensource.org/license/mit",
    ),
)


def drawn_graph(seed: int) -> Graph:
    """Return a graph of many small ones, the same for the same seed."""
    random = Random(seed)  # noqa: S311 (a test that draws, not a secret)
    graph = Graph()
    for part in range(PARTS):
        for statement in _part(random, f"{part}"):
            graph.add(statement)
    return graph


def _part(random: Random, mark: str) -> list[tuple[Node, Node, Node]]:
    nodes: list[IdentifiedNode] = [URIRef(f"https://example.org/{mark}/{number}") for number in range(4)]
    nodes += [BNode(f"{mark}a"), BNode(f"{mark}b")]
    theme = random.choice(_THEMES)
    found: list[tuple[Node, Node, Node]] = []
    for node in nodes:
        if random.random() < 0.5:
            found.append((node, RDF.type, random.choice(_SUBJECTS)))
        if random.random() < 0.15:
            found.append((node, RDF.type, random.choice((*_CLASSES, *_ODD))))
        if random.random() < 0.2:
            said = random.choice((OSAID.characteristics, OSAID.circular, RDFS.label, RDFS.seeAlso, OSAID.approval))
            found.append((node, said, random.choice((Literal("a text"), Literal(True), CODE.approved))))
    for _ in range(random.randrange(3, 12)):
        prop = random.choice(theme if random.random() < 0.85 else (*_EVERYTHING, OSAID.license))
        found.append((random.choice(nodes), prop, _value(random, prop, nodes)))
    return found


def _value(random: Random, prop: URIRef, nodes: list[IdentifiedNode]) -> Node:
    if prop != OSAID.license:
        return random.choice(nodes) if random.random() < 0.95 else Literal("a text")
    text = random.choice(_TEXTS)
    typed = random.choice((Literal(text), Literal(text, datatype=XSD.string), Literal(text, lang="en")))
    return random.choice((typed, typed, typed, URIRef("https://spdx.org/licenses/MIT"), random.choice(nodes)))
