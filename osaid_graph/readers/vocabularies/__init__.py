"""RDF in other people's vocabularies, translated into our own.

A module here knows one vocabulary: ``describe(found, out)`` says in our words what its statements say, ``KINDS`` are
its classes of models and datasets, ``EDGES`` its properties that have one as value, ``STATES`` what it can say. To add
a vocabulary, write such a module and name it in :data:`VOCABULARIES`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Protocol, cast

from rdflib import DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SKOS, Literal, URIRef

from osaid_graph.identity import Kind
from osaid_graph.model import Triple
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.rdf.descriptions import Descriptions
from osaid_graph.readers.rdf.terms import in_our_spelling
from osaid_graph.readers.vocabularies.beside_ours import OwnWords, is_ours
from osaid_graph.readers.vocabularies.names import named
from osaid_graph.reading import Reading, Statement
from osaid_graph.sources import Repair, Unread
from osaid_graph.vocab import BASE, DCAT3

#: Name -> module, in the order they are asked. PROV comes last: it takes the classes that the others know.
VOCABULARIES: dict[str, str] = {
    "mldcat-ap": "osaid_graph.readers.vocabularies.mldcat_ap",
    "fair4ml": "osaid_graph.readers.vocabularies.fair4ml",
    "dcat": "osaid_graph.readers.vocabularies.dcat",
    "schema.org": "osaid_graph.readers.vocabularies.schema_org",
    "prov-o": "osaid_graph.readers.vocabularies.prov_o",
}
#: Beside a description in our own words, PROV tells where that came from, and nothing of the release.
PROV_O = "prov-o"
#: What our own descriptions say in the words of others (docs/ontology.md), and terms that describe terms.
_KNOWN = frozenset(
    (
        *(DCTERMS.title, DCTERMS.publisher, DCTERMS.creator, DCTERMS.description, DCTERMS.identifier),
        *(DCTERMS.source, DCTERMS.issued, DCTERMS.date, DCTERMS.isVersionOf, DCAT3.version),
        *(RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, FOAF.name, FOAF.homepage, FOAF.mbox),
        *(PROV.wasDerivedFrom, PROV.wasQuotedFrom, PROV.wasAttributedTo, PROV.generatedAtTime),
    )
)
_KNOWN_CLASSES = frozenset(
    (
        *(PROV.Agent, PROV.Person, PROV.Organization, PROV.SoftwareAgent, PROV.Entity),
        *(PROV.Activity, PROV.Plan, PROV.Bundle),
        *(FOAF.Agent, FOAF.Person, FOAF.Organization, OWL.Ontology, SKOS.Concept),
    )
)
#: Old spellings of a namespace -> the one that the modules know; of terms only, not of what they are said of.
_OLD = {"https://w3id.org/fair4ml/": "https://w3id.org/fair4ml#"}


class Vocabulary(Protocol):
    """What a module of a vocabulary offers."""

    STATES: frozenset[URIRef]
    KINDS: dict[URIRef, Kind]
    EDGES: dict[URIRef, Kind]

    def describe(self, found: Descriptions, out: ClaimWriter) -> None:
        """Say in our words what a document says."""


def vocabulary(name: str) -> Vocabulary:
    """Return the module of a vocabulary."""
    return cast(Vocabulary, import_module(VOCABULARIES[name]))


def states(*names: str) -> frozenset[URIRef]:
    """Return what vocabularies can say, all of them where none is named."""
    return frozenset(term for name in names or VOCABULARIES for term in vocabulary(name).STATES)


def translate(
    statements: Sequence[Statement],
    data: bytes,
    *,
    unread: Iterable[Unread] = (),
    repairs: Iterable[Repair] = (),
    provenance: bool = False,
) -> Reading:
    """Return the reading of an RDF document: its statements as they are, and what other vocabularies among them say.

    Args:
        statements: The statements of one document, in the order they stand.
        data: Its bytes.
        unread: What the parser passed over.
        repairs: What it put right.
        provenance: Whether PROV describes the release whatever else is there, as in a document of PROV.
    """
    ours = [is_ours(statement.triple) for statement in statements]
    own = OwnWords(statements) if provenance or any(ours) else OwnWords(())
    if any(ours) and not provenance and all(_is_known(each.triple) or own.repeats(each.triple) for each in statements):
        return Reading(tuple(statements), unread=tuple(unread), repairs=tuple(repairs))
    modules = [vocabulary(name) for name in VOCABULARIES if name != PROV_O or provenance or not any(ours)]
    kinds = {term: kind for module in modules for term, kind in module.KINDS.items()}
    edges = {term: kind for module in modules for term, kind in module.EDGES.items()}
    others = own.others(statements) if provenance else statements
    described, unnamed = named([_respelt(statement) for statement in others], data, kinds, edges)
    found, out = Descriptions(described), ClaimWriter()
    for module in modules:
        module.describe(found, out)
    known = any(ours) and not provenance
    found.read(
        each
        for each in found.statements
        if own.repeats(each.triple) or (_is_known(each.triple) and (known or own.describes(each.triple[0])))
    )
    reading = out.reading((*unread, *found.unread()), unnamed)
    there = {(statement.triple, statement.graph) for statement in statements}
    new = own.news(reading.statements) if provenance else reading.statements
    added = [each for each in new if (each.triple, each.graph) not in there]
    return replace(reading, statements=(*statements, *added), repairs=(*repairs, *reading.repairs))


def _is_known(triple: Triple) -> bool:
    """Tell whether a statement needs no translation beside our own words."""
    _, predicate, value = triple
    if predicate == RDF.type:
        return value in _KNOWN_CLASSES or str(value).startswith(BASE)
    return predicate in _KNOWN or str(value).startswith(BASE)


def _respelt(statement: Statement) -> Statement:
    """Return a statement in the spelling of the namespaces that the modules know."""
    subject, predicate, value = (in_our_spelling(term) for term in statement.triple)
    predicate = _respelt_term(predicate)
    if predicate == RDF.type and not isinstance(value, Literal):
        value = _respelt_term(value)
    triple = (subject, predicate, value)
    return statement if triple == statement.triple else replace(statement, triple=triple)


def _respelt_term(term: URIRef) -> URIRef:
    for old, new in _OLD.items():
        if term.startswith(old):
            return URIRef(new + term.removeprefix(old))
    return term
