"""The terms of other people's vocabularies that are translated; what is not here stays unread."""

from __future__ import annotations

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

#: Namespaces of which only classes are looked at.
MLS = Namespace("http://www.w3.org/ns/mls#")
DPV_AI = Namespace("https://w3id.org/dpv/ai#")
AIRO = Namespace("https://w3id.org/airo#")
LPWCC = Namespace("https://linkedpaperswithcode.com/class/")
EU_ACCESS = Namespace("http://publications.europa.eu/resource/authority/access-right/")
BIBLIOGRAPHIC_REFERENCE = URIRef("http://purl.org/spar/biro/BibliographicReference")
CC_LICENSE = URIRef("http://creativecommons.org/ns#license")
PAV_VERSION = URIRef("http://purl.org/pav/version")
#: CodeMeta has moved; each of its addresses is in use.
REFERENCE_PUBLICATION = tuple(
    URIRef(base + "referencePublication")
    for base in ("https://w3id.org/codemeta/", "https://w3id.org/codemeta/terms/", "https://codemeta.github.io/terms/")
)


class DCAT(DefinedNamespace):
    """DCAT 3 (rdflib's own is version 2)."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/dcat#")

    Dataset: URIRef
    Distribution: URIRef
    accessURL: URIRef
    distribution: URIRef
    downloadURL: URIRef
    landingPage: URIRef
    version: URIRef


class IT6(DefinedNamespace):
    """MLDCAT-AP 3.1.0, and what its published examples call ``hasFile`` and ``version``."""

    _fail = True
    _NS = Namespace("http://data.europa.eu/it6/")

    File: URIRef
    Library: URIRef
    MachineLearningModel: URIRef
    OutputFilePrediction: URIRef
    Run: URIRef
    biasMethod: URIRef
    collectionDate: URIRef
    collectionMethod: URIRef
    curationMethod: URIRef
    dataProvenance: URIRef
    fineTunedFrom: URIRef
    hasBibliographicReference: URIRef
    hasDocument: URIRef
    hasFile: URIRef
    hasOutputFilePrediction: URIRef
    hasProvider: URIRef
    hasRepository: URIRef
    hasUploader: URIRef
    hasVariation: URIRef
    methodOfDistribution: URIRef
    modelArchitecture: URIRef
    testedOn: URIRef
    trainedOn: URIRef
    trainingMethodologies: URIRef
    trainingProcess: URIRef
    unsuitabilityMethod: URIRef
    url: URIRef
    validatedOn: URIRef
    version: URIRef
    versionLabel: URIRef


class FAIR4ML(DefinedNamespace):
    """FAIR4ML 0.1.0."""

    _fail = True
    _NS = Namespace("https://w3id.org/fair4ml#")

    MLModel: URIRef
    MLModelEvaluation: URIRef
    evaluatedMLModel: URIRef
    evaluatedOn: URIRef
    evaluationDataset: URIRef
    evaluationSoftware: URIRef
    fineTunedFrom: URIRef
    hasEvaluation: URIRef
    modelCategory: URIRef
    sharedBy: URIRef
    testedOn: URIRef
    trainedOn: URIRef
    usageInstructions: URIRef
    validatedOn: URIRef


class SPDX2(DefinedNamespace):
    """SPDX 2, which DCAT uses for checksums."""

    _fail = True
    _NS = Namespace("http://spdx.org/rdf/terms#")

    Checksum: URIRef
    algorithm: URIRef
    checksum: URIRef
    checksumAlgorithm_sha256: URIRef
    checksumValue: URIRef
