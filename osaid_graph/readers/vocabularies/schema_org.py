"""Datasets and code in schema.org, where a model in another vocabulary refers to them."""

from __future__ import annotations

from rdflib import DCTERMS, URIRef

from osaid_graph.identity import Kind
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.rdf.descriptions import Description, Descriptions
from osaid_graph.readers.rdf.schema_org import SCHEMA
from osaid_graph.readers.vocabularies.things import (
    access,
    agents,
    described,
    license_of,
    locations,
    seen,
    targets,
    thing,
)
from osaid_graph.vocab import OSAID

STATES = frozenset((OSAID.license, OSAID.location, OSAID.accessConditions, OSAID.derivedFrom))
KINDS: dict[URIRef, Kind] = {SCHEMA.Dataset: "datasets"}
EDGES: dict[URIRef, Kind] = {}


def describe(found: Descriptions, out: ClaimWriter) -> None:
    """Say what a document says of its datasets and code."""
    for dataset in described(found, SCHEMA.Dataset):
        node = thing(dataset, out, OSAID.Dataset)
        license_of(dataset, out, node)
        access(dataset, out, node, data=True)
        places(dataset, out, node)
        if not agents(dataset, out, node, DCTERMS.publisher, (SCHEMA.publisher, SCHEMA.provider)):
            agents(dataset, out, node, DCTERMS.publisher, (SCHEMA.creator, SCHEMA.author))
        for source, said in targets(dataset, out, "datasets", (SCHEMA.isBasedOn,)):
            out.say(node, OSAID.derivedFrom, source, said)
    for code in described(found, SCHEMA.SoftwareSourceCode):
        node = thing(code, out, OSAID.Code)
        license_of(code, out, node)
        locations(code, out, node, (SCHEMA.codeRepository, SCHEMA.url))
    seen(found, SCHEMA.Person, SCHEMA.Organization, SCHEMA.DataDownload, SCHEMA.MediaObject)


def places(found: Description, out: ClaimWriter, bearer: URIRef) -> None:
    """Say where something can be got: its page, its archived copy, and the files of its distributions."""
    locations(found, out, bearer, (SCHEMA.contentUrl, SCHEMA.archivedAt, SCHEMA.url))
    for said in found.get(SCHEMA.distribution):
        if isinstance(said.term, URIRef) and said.description is not None and not said.description.predicates:
            out.say(bearer, OSAID.location, said.term, said)
        elif said.description is not None:
            locations(said.description, out, bearer, (SCHEMA.contentUrl, SCHEMA.url))
        else:
            out.tell(bearer, OSAID.location, said.text, said)
