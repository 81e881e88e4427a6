"""Datasets in DCAT 3 (and DCAT-AP): who published them, under which terms, and where their distributions are."""

from __future__ import annotations

from rdflib import DCTERMS, FOAF, Literal, URIRef

from osaid_graph.identity import Kind
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.rdf.descriptions import Description, Descriptions
from osaid_graph.readers.vocabularies.terms import DCAT, IT6
from osaid_graph.readers.vocabularies.things import (
    access,
    agents,
    described,
    digest,
    license_of,
    locations,
    seen,
    targets,
    texts,
    thing,
)
from osaid_graph.vocab import OSAID

STATES = frozenset(
    (
        *(OSAID.availability, OSAID.license, OSAID.location, OSAID.accessConditions, OSAID.sha256),
        *(OSAID.derivedFrom, OSAID.provenance, OSAID.scope, OSAID.obtained, OSAID.processing, OSAID.characteristics),
    )
)
KINDS: dict[URIRef, Kind] = {DCAT.Dataset: "datasets"}
EDGES: dict[URIRef, Kind] = {}
#: Their property, ours, and a word to put before what it says.
_TEXTS = (
    (DCTERMS.provenance, OSAID.provenance, ""),
    (IT6.dataProvenance, OSAID.provenance, ""),
    (IT6.collectionMethod, OSAID.obtained, ""),
    (IT6.curationMethod, OSAID.processing, ""),
    (IT6.biasMethod, OSAID.characteristics, "detection of biases"),
    (IT6.unsuitabilityMethod, OSAID.characteristics, "detection of unsuitable data"),
    (IT6.collectionDate, OSAID.scope, "collected"),
    (DCTERMS.language, OSAID.scope, "language"),
    (DCTERMS.spatial, OSAID.scope, "place"),
    (DCTERMS.temporal, OSAID.scope, "period"),
)


def describe(found: Descriptions, out: ClaimWriter) -> None:
    """Say what a document says of its datasets."""
    for dataset in described(found, DCAT.Dataset):
        _dataset(dataset, out)
    seen(found, DCAT.Distribution, FOAF.Agent, FOAF.Person, FOAF.Organization, DCTERMS.LicenseDocument)


def _dataset(found: Description, out: ClaimWriter) -> None:
    node = thing(found, out, OSAID.Dataset)
    license_of(found, out, node)
    access(found, out, node, data=True)
    agents(found, out, node, DCTERMS.publisher, (DCTERMS.publisher,))
    agents(found, out, node, DCTERMS.creator, (DCTERMS.creator,))
    texts(found, out, node, _TEXTS)
    locations(found, out, node, (DCAT.landingPage,))
    distributions = [each for said in found.get(DCAT.distribution) if (each := said.description) is not None]
    for distribution in distributions:
        license_of(distribution, out, node)
        locations(distribution, out, node, (DCAT.downloadURL, DCAT.accessURL))
    digest(distributions, out, node)
    for said in found.get(DCTERMS.source):
        if isinstance(said.term, Literal):
            out.tell(node, OSAID.provenance, said.text, said)
        elif said.iri is not None:
            out.say(node, OSAID.derivedFrom, said.iri, said)
    for whole, said in targets(found, out, "datasets", (DCTERMS.isVersionOf,)):
        out.say(node, DCTERMS.isVersionOf, whole, said)
