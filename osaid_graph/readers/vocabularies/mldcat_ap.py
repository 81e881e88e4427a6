"""Models in the Machine Learning DCAT Application Profile, MLDCAT-AP; its datasets are those of DCAT."""

from __future__ import annotations

from rdflib import DCTERMS, FOAF, RDFS, Literal, URIRef

from osaid_graph.identity import HUB, Kind
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.rdf.descriptions import Description, Descriptions
from osaid_graph.readers.vocabularies.terms import BIBLIOGRAPHIC_REFERENCE, DCAT, IT6, LPWCC, SPDX2
from osaid_graph.readers.vocabularies.things import (
    access,
    agents,
    described,
    digest,
    edges,
    license_of,
    locations,
    seen,
    targets,
    texts,
    thing,
    words,
)
from osaid_graph.vocab import CODE, OSAID

STATES = frozenset(
    (
        *(OSAID.hasParameters, OSAID.license, OSAID.location, OSAID.accessConditions, OSAID.sha256),
        *(OSAID.trainedOn, OSAID.validatedOn, OSAID.evaluatedOn, OSAID.fineTunedFrom, OSAID.derivedFrom),
        *(OSAID.hasArchitecture, OSAID.trainedBy, OSAID.hasCode, OSAID.hasDocument, OSAID.documentRole),
    )
)
KINDS: dict[URIRef, Kind] = {IT6.MachineLearningModel: "models"}
_DATA = (
    (IT6.trainedOn, OSAID.trainedOn),
    (IT6.validatedOn, OSAID.validatedOn),
    (IT6.testedOn, OSAID.evaluatedOn),
)
EDGES: dict[URIRef, Kind] = {
    **{theirs: "datasets" for theirs, _ in _DATA},
    IT6.fineTunedFrom: "models",
    IT6.hasVariation: "models",
}
_FILES = (IT6.hasFile, IT6.hasOutputFilePrediction)
_PAPER, _REPOSITORY = LPWCC["paper"], LPWCC["repository"]


def describe(found: Descriptions, out: ClaimWriter) -> None:
    """Say what a document says of its models."""
    for model in described(found, IT6.MachineLearningModel):
        _model(model, out)
    seen(found, IT6.File, IT6.OutputFilePrediction, SPDX2.Checksum, FOAF.Agent, DCTERMS.LicenseDocument)
    seen(found, BIBLIOGRAPHIC_REFERENCE, _PAPER, _REPOSITORY)


def _model(found: Description, out: ClaimWriter) -> None:
    node = thing(found, out, OSAID.Model)
    parameters = out.parameters(node, found)
    license_of(found, out, parameters)
    access(found, out, parameters, data=False)
    edges(found, out, parameters, "datasets", _DATA)
    edges(found, out, parameters, "models", ((IT6.fineTunedFrom, OSAID.fineTunedFrom),))
    for variation, said in targets(found, out, "models", (IT6.hasVariation,)):
        out.say(URIRef(out.parameters(variation, said)), OSAID.derivedFrom, node, said)
    if not agents(found, out, node, DCTERMS.publisher, (IT6.hasProvider, DCTERMS.publisher)):
        agents(found, out, node, DCTERMS.publisher, (IT6.hasUploader,))
    agents(found, out, node, DCTERMS.creator, (DCTERMS.creator,))
    _files(found, out, node, parameters)
    _design(found, out, node, parameters)
    _papers(found, out, node)


def _files(found: Description, out: ClaimWriter, node: URIRef, parameters: URIRef) -> None:
    """Say where the weights are, and where the code: repositories that hold a model's files are the former."""
    files = []
    for said in found.get(*_FILES):
        file = said.description
        if file is None:
            out.tell(parameters, OSAID.location, said.text, said)
            continue
        files.append(file)
        if file.get(IT6.url):
            locations(file, out, parameters, (IT6.url,))
        elif said.iri is not None:
            out.say(parameters, OSAID.location, said.iri, said)
    digest(files, out, parameters)
    for distribution in (said.description for said in found.get(DCAT.distribution)):
        if distribution is not None:
            license_of(distribution, out, parameters)
            locations(distribution, out, parameters, (DCAT.downloadURL, DCAT.accessURL))
    locations(found, out, parameters, (DCAT.landingPage,))
    texts(found, out, parameters, ((IT6.methodOfDistribution, OSAID.location, ""),))
    for said in found.get(IT6.hasRepository):
        iri = said.iri or (out.iri(said.text, said) if said.text else None)
        if iri is None:
            continue
        repository = said.description
        if iri.startswith(HUB) or (repository is not None and repository.get(IT6.hasFile)):
            out.say(parameters, OSAID.location, iri, said)
        else:
            out.code(node, iri, (), said)
            out.say(iri, OSAID.location, iri, said)


def _design(found: Description, out: ClaimWriter, node: URIRef, parameters: URIRef) -> None:
    """Say what the model is built like, and how it was trained."""
    for theirs, whole, ours, kind, name in (
        (IT6.modelArchitecture, node, OSAID.hasArchitecture, OSAID.Architecture, "architecture"),
        (IT6.trainingMethodologies, parameters, OSAID.trainedBy, OSAID.Training, "training"),
        (IT6.trainingProcess, parameters, OSAID.trainedBy, OSAID.Training, "training"),
    ):
        for said in found.get(theirs):
            text = words(said)
            if text:
                part = out.part(whole, ours, kind, name, said)
                out.say(part, RDFS.comment, Literal(" ".join(text.split())), said)


def _papers(found: Description, out: ClaimWriter, node: URIRef) -> None:
    for reference in found.get(IT6.hasBibliographicReference):
        described_by = reference.description
        for said in described_by.get(DCTERMS.references) if described_by is not None else ():
            paper = said.iri or (out.iri(said.text, said) if said.text else None)
            if paper is None:
                continue
            out.say(node, OSAID.hasDocument, paper, said)
            about = said.description
            if about is None or not about.predicates:
                out.thing(paper, OSAID.Document, said)
                continue
            thing(about, out, OSAID.Document)
            if _PAPER in about.types:
                out.say(paper, OSAID.documentRole, CODE["research-paper"], said)
            locations(about, out, paper, (IT6.hasDocument,))
