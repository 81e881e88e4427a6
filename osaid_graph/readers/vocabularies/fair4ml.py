"""Models in FAIR4ML, an extension of schema.org."""

from __future__ import annotations

from rdflib import DCTERMS, RDFS, Literal, URIRef

from osaid_graph.identity import Kind
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.rdf.descriptions import Description, Descriptions
from osaid_graph.readers.rdf.schema_org import SCHEMA
from osaid_graph.readers.vocabularies.schema_org import places
from osaid_graph.readers.vocabularies.terms import FAIR4ML, REFERENCE_PUBLICATION
from osaid_graph.readers.vocabularies.things import (
    access,
    agents,
    described,
    edges,
    first,
    license_of,
    seen,
    targets,
    thing,
    words,
)
from osaid_graph.vocab import CODE, OSAID

STATES = frozenset(
    (
        *(OSAID.hasParameters, OSAID.license, OSAID.location, OSAID.accessConditions),
        *(OSAID.trainedOn, OSAID.validatedOn, OSAID.evaluatedOn, OSAID.fineTunedFrom),
        *(OSAID.hasArchitecture, OSAID.hasCode, OSAID.hasDocument, OSAID.documentRole),
        CODE["testing"],
    )
)
KINDS: dict[URIRef, Kind] = {FAIR4ML.MLModel: "models"}
#: Tested on is the test split, evaluated on a benchmark: either measures the finished model.
_DATA = (
    (FAIR4ML.trainedOn, OSAID.trainedOn),
    (FAIR4ML.validatedOn, OSAID.validatedOn),
    (FAIR4ML.testedOn, OSAID.evaluatedOn),
    (FAIR4ML.evaluatedOn, OSAID.evaluatedOn),
)
EDGES: dict[URIRef, Kind] = {
    **{theirs: "datasets" for theirs, _ in _DATA},
    FAIR4ML.evaluationDataset: "datasets",
    FAIR4ML.fineTunedFrom: "models",
}


def describe(found: Descriptions, out: ClaimWriter) -> None:
    """Say what a document says of its models."""
    for model in described(found, FAIR4ML.MLModel):
        _model(model, out)
    seen(found, FAIR4ML.MLModelEvaluation)


def _model(found: Description, out: ClaimWriter) -> None:
    node = thing(found, out, OSAID.Model)
    parameters = out.parameters(node, found)
    license_of(found, out, parameters)
    access(found, out, parameters, data=False)
    places(found, out, parameters)
    edges(found, out, parameters, "datasets", _DATA)
    edges(found, out, parameters, "models", ((FAIR4ML.fineTunedFrom, OSAID.fineTunedFrom),))
    if not agents(found, out, node, DCTERMS.publisher, (FAIR4ML.sharedBy,)):
        agents(found, out, node, DCTERMS.publisher, (SCHEMA.publisher, SCHEMA.provider))
    agents(found, out, node, DCTERMS.creator, (SCHEMA.author, SCHEMA.creator))
    for said in found.get(FAIR4ML.modelCategory):
        if words(said):
            part = out.part(node, OSAID.hasArchitecture, OSAID.Architecture, "architecture", said)
            out.say(part, RDFS.comment, Literal(" ".join(words(said).split())), said)
    for code, said in targets(found, out, "models", (SCHEMA.codeRepository,)):
        out.code(node, code, (), said)
        out.say(code, OSAID.location, code, said)
    _documents(found, out, node)
    _evaluations(found, out, node, parameters)


def _documents(found: Description, out: ClaimWriter, node: URIRef) -> None:
    for predicates, role in ((REFERENCE_PUBLICATION, "research-paper"), ((FAIR4ML.usageInstructions,), "")):
        for said in found.get(*predicates):
            document = said.iri or (URIRef(said.text) if said.text.startswith("https://") else None)
            if document is None or out.iri(document, said) is None:
                continue
            out.say(node, OSAID.hasDocument, document, said)
            about = said.description
            name = first(about, (SCHEMA.name,)) if about is not None else None
            out.thing(document, OSAID.Document, said, name.text if name is not None else "")
            if role:
                out.say(document, OSAID.documentRole, CODE[role], said)


def _evaluations(found: Description, out: ClaimWriter, node: URIRef, parameters: URIRef) -> None:
    """Say what the model was evaluated on, and with which code."""
    evaluations = [each for said in found.get(FAIR4ML.hasEvaluation) if (each := said.description) is not None]
    for evaluation in (*evaluations, *found.naming(FAIR4ML.evaluatedMLModel)):
        edges(evaluation, out, parameters, "datasets", ((FAIR4ML.evaluationDataset, OSAID.evaluatedOn),))
        for said in evaluation.get(FAIR4ML.evaluationSoftware):
            if said.iri is not None:
                out.code(node, said.iri, ("testing",), said)
